import unittest

import lengths
import planted


class LengthsTest(planted.PlantedTest):
    def check(self):
        return lengths.violations(self.root)

    def test_accepts_what_just_fits(self):
        self.plant("engine/base/a.cc", "void A() {\n" + "  B();\n" * 58 + "}\n" + "\n" * 440)
        self.plant("engine/base/a.h", "// " + "字" * 97 + "\n")
        self.plant("build/release/generated.cc", "\n" * 501)
        self.assert_found(self.check())

    def test_finds_a_long_function(self):
        self.plant("engine/base/a.cc", "\nvoid A() {\n" + "  B();\n" * 59 + "}\n")
        self.plant("tests/a.py", "def a():\n" + "    b()\n" * 60)
        self.assert_found(
            self.check(), "engine/base/a.cc:2 A has 61 lines", "tests/a.py:1 a has 61 lines")

    def test_finds_a_long_file(self):
        self.plant("proto/onewindow/v1/a.proto", "\n" * 501)
        self.assert_found(self.check(), "proto/onewindow/v1/a.proto:501 501 lines")

    def test_finds_a_long_line(self):
        self.plant("engine/base/a.h", "\n// " + "字" * 98 + "\n")
        self.assert_found(self.check(), "engine/base/a.h:2 101 characters")


if __name__ == "__main__":
    unittest.main()
