"""A person is planted in a case of a real server and looked for, byte by byte, in everything that
comes of it: the data directory, its backups, what a restore makes of them, the server's log, and
all that the client prints unless it was asked for personal data. Then he is forgotten, and looked
for where a backup still knew him.

A hit would be his texts in UTF-8 or as JSON escapes them. Blocks of the store may be compressed,
which hides texts from such a search: planted_person_test.cc looks for the same in every row as it
is read.

usage: planted_person_test.py ONEWINDOW ONEWINDOWD
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
ONEWINDOW = ONEWINDOWD = ""
NAME, NUMBER, PHONE, ADDRESS = "欧阳琉璃", "510121198811236677", "13987650123", "雀巢巷七十九号"
REASON = "因搬去外省而撤回"
PLANTED = (NAME, NUMBER, PHONE, ADDRESS, REASON)
WINDOW = "zhao-jia zhaozhen-window-1"
SUPERVISOR = "zhang-jia jintang-service-bureau-supervisor"
ADMINISTRATOR = "zhang-yi jintang-service-bureau-administrator"
OFFICER = "zhang-ding jintang-service-bureau-data-officer"


def forms(text):
    """The text as it may stand in a file or an answer."""
    yield text.encode("utf-8")
    escaped = json.dumps(text)[1:-1].encode("ascii")
    if escaped != text.encode("utf-8"):
        yield escaped


def hits(content, where):
    return [f"{text} in {where}" for text in PLANTED for form in forms(text) if form in content]


class PlantedPerson(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.home = pathlib.Path(self.place.name)
        self.data, self.backups = self.home / "data", self.home / "backups"
        self.configuration = self.home / "onewindowd.yaml"
        self.configuration.write_text(
            f"data: {self.data}\nlisten: 127.0.0.1:0\nbackups: {self.backups}\n"
            f"master_key: {self.home}/key/master.key\nretention_days: 0\nlog_level: debug\n",
            encoding="utf-8")
        (self.home / "key").mkdir()
        self.printed = []
        self.start("--init", ROOT / "deploy/demo-county")
        lines = (self.data / "demo-tokens").read_text(encoding="utf-8").split("\n")
        self.tokens = dict(line.split() for line in lines if len(line.split()) == 2)

    def tearDown(self):
        if self.server.poll() is None:
            self.stop()
        self.place.cleanup()

    def start(self, *arguments):
        self.log = open(self.home / "log", "ab")
        self.server = subprocess.Popen([ONEWINDOWD, "--config", self.configuration, *arguments],
                                       stdout=subprocess.PIPE, stderr=self.log, text=True)
        line = self.server.stdout.readline()
        self.assertIn("listens at", line, (self.home / "log").read_text(encoding="utf-8"))
        self.address = line.split()[-1]

    def stop(self):
        self.server.send_signal(signal.SIGTERM)
        self.assertEqual(self.server.wait(timeout=60), 0)
        self.server.stdout.close()
        self.log.close()

    def run_as(self, who, *arguments, text=None):
        environment = {"PATH": os.environ["PATH"], "ONEWINDOW_SERVER": self.address}
        if who:
            person, position = who.split()
            environment["ONEWINDOW_TOKEN"] = self.tokens[person]
            environment["ONEWINDOW_POSITION"] = position
        return subprocess.run([ONEWINDOW, *arguments], env=environment, timeout=120,
                              input=None if text is None else text.encode("utf-8"),
                              capture_output=True)

    def done(self, who, *arguments, text=None):
        ended = self.run_as(who, *arguments, "-o", "json", text=text)
        self.assertEqual(ended.returncode, 0, f"{arguments}: {ended.stdout}{ended.stderr}")
        self.printed.append((" ".join(map(str, arguments)), ended.stdout + ended.stderr))
        return json.loads(ended.stdout)

    def refused(self, who, reason, *arguments):
        """Words where they must not stand: the answer does not even repeat them."""
        ended = self.run_as(who, *arguments)
        self.assertEqual(ended.returncode, 1, f"{arguments}: {ended.stdout}{ended.stderr}")
        self.assertIn(reason, ended.stderr)
        self.printed.append((" ".join(arguments), ended.stdout + ended.stderr))

    def planted_case(self):
        applicant = {"name": {"text": NAME}, "document_number": {"text": NUMBER},
                     "phone": {"text": PHONE}, "address": {"text": ADDRESS}}
        outcome = self.done(WINDOW, "submit", "--item", "senior-card", "--from", "-",
                            "--materials", "identity-card,photograph",
                            text=json.dumps({"applicant": applicant}))
        receipt = outcome["receipt_number"]
        scan = self.home / "scan.txt"
        scan.write_text("\n".join(PLANTED), encoding="utf-8")
        self.done(WINDOW, "attach", receipt, scan)
        scan.unlink()
        self.refused(WINDOW, b"FIELD_INVALID", "accept", receipt, "--on-behalf-of", NAME)
        self.done(WINDOW, "withdraw", receipt, "--reason", REASON)
        self.done(WINDOW, "close", receipt)
        return receipt, outcome["query_code"]

    def ask_everything(self, receipt, code):
        """All that shows cases and is not about personal data."""
        self.done(WINDOW, "show", receipt)
        self.done(WINDOW, "find", "--receipt", receipt)
        self.done(WINDOW, "timeline", receipt)
        self.done(WINDOW, "explain", receipt)
        self.done(None, "progress", receipt, code)
        self.done(SUPERVISOR, "personal", "readings", receipt)
        for question in ("overdue", "cards", "times", "lights"):
            self.done(SUPERVISOR, question)
        self.done(ADMINISTRATOR, "status")
        self.done(ADMINISTRATOR, "incident", "list")

    def assert_nowhere(self, *directories):
        found = []
        for directory in directories:
            for file in sorted(path for path in directory.rglob("*") if path.is_file()):
                found += hits(file.read_bytes(), file)
        for what, text in self.printed:
            found += hits(text, what)
        self.assertEqual(found, [])

    def offline(self, *arguments):
        ended = subprocess.run([ONEWINDOW, *arguments], timeout=120, capture_output=True)
        self.assertEqual(ended.returncode, 0, f"{arguments}: {ended.stdout}{ended.stderr}")
        self.printed.append((" ".join(map(str, arguments)), ended.stdout + ended.stderr))

    def restore_into(self, data):
        self.stop()
        if data == self.data:
            shutil.rmtree(data)
        self.offline("backup", "restore", self.backups, "--id", "1", "--data", data)

    def sealed_files(self):
        return sorted(self.data.glob("attachments/??/*"))

    def test_a_planted_person_is_nowhere_but_where_he_is_read(self):
        receipt, code = self.planted_case()
        read = self.run_as(WINDOW, "personal", "show", receipt, "-o", "json")
        self.assertEqual(len(hits(read.stdout, "")), 4, "who reads sees all that was planted then")
        self.ask_everything(receipt, code)
        self.assert_nowhere(self.home)
        self.done(ADMINISTRATOR, "backup", "create")
        self.assert_nowhere(self.home)
        self.stop()
        self.assert_nowhere(self.home)
        self.offline("verify", "--data", self.data)
        restored = self.home / "restored"
        self.offline("backup", "restore", self.backups, "--id", "1", "--data", restored)
        self.offline("verify", "--data", restored)
        self.assert_nowhere(self.home)

    def test_whoever_is_forgotten_cannot_be_read_through_an_older_backup(self):
        receipt, code = self.planted_case()
        self.assertEqual(len(self.sealed_files()), 1)
        self.done(ADMINISTRATOR, "backup", "create")
        self.refused(OFFICER, b"FIELD_INVALID", "personal", "forget", receipt, "--basis",
                     "consent_withdrawn", "--paper", NUMBER)
        self.done(OFFICER, "personal", "forget", receipt, "--basis", "consent_withdrawn")
        refused = self.run_as(WINDOW, "personal", "show", receipt)
        self.assertEqual(refused.returncode, 1)
        self.assertIn(b"ALREADY_FORGOTTEN", refused.stderr)
        self.assertEqual(self.sealed_files(), [])

        tokens = (self.data / "demo-tokens").read_bytes()
        credentials = (self.data / "credentials.yaml").read_bytes()
        self.restore_into(self.data)
        (self.data / "demo-tokens").write_bytes(tokens)
        (self.data / "credentials.yaml").write_bytes(credentials)
        self.assertEqual(self.sealed_files(), [])
        self.offline("verify", "--data", self.data)
        self.start()
        refused = self.run_as(WINDOW, "personal", "show", receipt)
        self.assertEqual(refused.returncode, 1)
        self.assertIn(b"ALREADY_FORGOTTEN", refused.stderr)
        self.assertEqual(self.done(WINDOW, "show", receipt)["personal"], "FORGOTTEN")
        self.assertEqual(self.done(WINDOW, "find", "--id-number", NUMBER).get("cases", []), [])
        self.ask_everything(receipt, code)
        self.stop()
        self.offline("verify", "--data", self.data)
        self.assertEqual(self.sealed_files(), [])
        self.assert_nowhere(self.home)


if __name__ == "__main__":
    ONEWINDOW, ONEWINDOWD = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1], verbosity=2)
