"""deploy/setup against a machine that is only pretended."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


class SetupTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        shutil.copy(ROOT / "deploy/setup", self.folder)
        self.write("packages.txt", "# comment\nbuild gadget\nbuild widget\n\ntest gauge\n")
        self.write("dpkg-query", '#!/bin/bash\ngrep -qx "${*: -1}" "$HERE/installed" '
                                 "&& echo -n installed\n")
        self.write("apt-get", '#!/bin/bash\necho "$*" >> "$HERE/apt-calls"\n')
        self.write("installed", "")

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")
        (self.folder / name).chmod(0o755)

    def run_setup(self, *sections, user_id=0):
        # bash takes EUID from the process; the copy reads a variable that the test can set.
        script = self.folder / "setup"
        script.write_text(script.read_text(encoding="utf-8").replace("EUID", "PRETENDED_ID"))
        environment = os.environ | {
            "PATH": f"{self.folder}:{os.environ['PATH']}", "HERE": str(self.folder),
            "PRETENDED_ID": str(user_id)}
        return subprocess.run(
            [script, *sections], env=environment, cwd="/", stdin=subprocess.DEVNULL,
            capture_output=True, text=True, check=False)

    def apt_calls(self):
        calls = self.folder / "apt-calls"
        return calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []

    def test_does_nothing_when_nothing_is_missing(self):
        self.write("installed", "gadget\nwidget\n")
        result = self.run_setup("build", user_id=1000)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))
        self.assertEqual(self.apt_calls(), [])

    def test_installs_what_is_missing_of_the_sections_asked_for(self):
        self.write("installed", "gadget\n")
        self.assertEqual(self.run_setup("build").returncode, 0)
        self.assertEqual(
            self.apt_calls(), ["update -q", "install -y --no-install-recommends widget"])

    def test_tells_who_is_not_root_what_to_run(self):
        self.write("installed", "gadget\n")
        result = self.run_setup("build", "test", user_id=1000)
        self.assertEqual(result.returncode, 1)
        self.assertIn(
            "sudo apt-get update && "
            "sudo apt-get install -y --no-install-recommends widget gauge\n", result.stderr)
        self.assertEqual(self.apt_calls(), [])

    def test_refuses_no_section_and_unknown_ones(self):
        self.assertEqual(self.run_setup().returncode, 2)
        self.assertEqual(self.run_setup("tests").returncode, 2)
        self.assertEqual(self.apt_calls(), [])

    def test_fails_when_the_installation_fails(self):
        self.write("apt-get", "#!/bin/bash\nexit 100\n")
        self.assertNotEqual(self.run_setup("test").returncode, 0)


if __name__ == "__main__":
    unittest.main()
