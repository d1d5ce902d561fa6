import unittest

import planted
import words


class WordsTest(planted.PlantedTest):
    def check(self, **changes):
        return words.violations(self.root, words.shipped_table() | changes)

    def test_accepts_plain_names(self):
        self.plant("engine/base/database.h", """\
            struct Database;
            class Dataset {};  // class Manager in a comment
            enum Channel { CHANNEL_HELPER };
            struct HelperFiling {};
            bool Open(std::function<void(bool)> done, int mode);
            if (bool ok = Try()) {
            }
            """)
        self.plant("engine/kv/data_directory.h", "class DataDirectory {};\n")
        self.plant("README.md", "See https://www.gov.cn/a and /etc/onewindow, /usr/bin.\n")
        self.assert_found(self.check())

    def test_finds_empty_words_in_types_and_files(self):
        self.plant("engine/base/case_helper.h", "class CaseManager {\n};\nusing KvImpl = int;\n")
        self.plant("proto/onewindow/v1/a.proto", "message CaseInfo {\n}\n")
        self.assert_found(
            self.check(),
            'engine/base/case_helper.h:1 "helper"',
            'engine/base/case_helper.h:1 "Manager" in CaseManager',
            'engine/base/case_helper.h:3 "Impl" in KvImpl',
            'proto/onewindow/v1/a.proto:1 "Info" in CaseInfo')

    def test_finds_remarks(self):
        self.plant("engine/base/a.cc", "// TODO: later\n")
        self.plant("deploy/a.yaml", "a: 1\n# FIXME\n")
        self.assert_found(self.check(), "deploy/a.yaml:2 FIXME", "engine/base/a.cc:1 TODO")

    def test_finds_places_on_one_machine(self):
        self.plant("a.md", "cd /home/li/src\nhttps://10.0.0.1/x\npip.corp.internal\n")
        self.plant("b.sh", "cat /work/main/x\ncurl https://nexus.example.org/\n")
        self.assert_found(
            self.check(),
            "a.md:1 /home/l", "a.md:3 pip.corp.internal", "a.md:2 https://10.0",
            "b.sh:1 /work/m", "b.sh:2 nexus")

    def test_finds_bool_parameters_in_public_headers(self):
        text = "Status Open(const Path& path,\n            bool create = true);\n"
        self.plant("engine/kv/a.h", text)
        self.plant("engine/kv/a.cc", text)
        self.assert_found(self.check(), "engine/kv/a.h:1 Open takes a bool")
        self.assert_found(self.check(allowed_bool_parameters=["engine/kv/a.h: Open"]))

    def test_finds_pairs_in_headers(self):
        self.plant("engine/kv/a.h", "\nstd::pair<int, int> Both();\n")
        self.assert_found(self.check(), "engine/kv/a.h:2 std::pair")


if __name__ == "__main__":
    unittest.main()
