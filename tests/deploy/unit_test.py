"""The shipped unit lets the server read and write what the shipped configuration names, also the
paths that are only examples."""

import pathlib
import re
import unittest

DEPLOY = pathlib.Path(__file__).resolve().parents[2] / "deploy"
WRITTEN = {"data", "backups"}
READ = {"certificate", "key", "client_ca", "credentials", "master_key"}


def directives(text):
    found = {}
    for line in text.splitlines():
        if "=" in line and not line.startswith("#"):
            name, value = line.split("=", 1)
            found.setdefault(name, []).extend(value.split())
    return found


def paths(text):
    return dict(re.findall(r"^#? *(\w+): (/\S+)$", text, re.MULTILINE))


class UnitTest(unittest.TestCase):
    def setUp(self):
        self.unit = directives((DEPLOY / "onewindowd.service").read_text(encoding="utf-8"))
        self.paths = paths((DEPLOY / "onewindowd.yaml").read_text(encoding="utf-8"))

    def test_every_path_is_one_that_the_server_reads_or_writes(self):
        self.assertEqual(set(self.paths), WRITTEN | READ)

    def test_what_is_written_is_a_state_directory(self):
        self.assertEqual(self.unit["ProtectSystem"], ["strict"])
        states = {f"/var/lib/{name}" for name in self.unit["StateDirectory"]}
        self.assertEqual({self.paths[name] for name in WRITTEN}, states)

    def test_what_is_only_read_is_beside_the_configuration(self):
        (folder,) = self.unit["ConfigurationDirectory"]
        for name in READ:
            self.assertEqual(str(pathlib.Path(self.paths[name]).parent), f"/etc/{folder}", name)

    def test_keys_can_belong_to_the_user(self):
        self.assertNotIn("DynamicUser", self.unit)
        (user,) = self.unit["User"]
        users = (DEPLOY / "onewindow.sysusers").read_text(encoding="utf-8")
        self.assertRegex(users, rf"(?m)^u {user} ")


if __name__ == "__main__":
    unittest.main()
