"""A disk that really fills up, below the real server: writes are refused by name while reads go on,
and go on themselves as soon as there is room.

The disk is a small tmpfs in a mount namespace of its own; where this machine allows none, the test
is skipped and says so.

usage: full_disk_test.py ONEWINDOW ONEWINDOWD
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
ONEWINDOW = ONEWINDOWD = ""
OK, REFUSED = 0, 1
SECONDS_MAX = 60
DISK_MIB, FREE_MIB_MIN = 96, 16
NAMESPACE = ["unshare", "--mount"] if os.geteuid() == 0 else \
    ["unshare", "--map-root-user", "--mount"]


def may_mount(folder):
    tried = subprocess.run([*NAMESPACE, "mount", "-t", "tmpfs", "tmpfs", folder],
                           capture_output=True, check=False)
    return tried.returncode == 0


class FullDiskTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.place = pathlib.Path(folder.name)
        self.disk = self.place / "disk"
        self.disk.mkdir()
        if not may_mount(self.disk):
            self.skipTest("this machine allows no mount of a tmpfs, not even in a namespace")
        self.start_server()

    def start_server(self):
        settings = self.place / "onewindowd.yaml"
        settings.write_text(f"data: {self.disk}/data\nlisten: 127.0.0.1:0\nmemory_mib: 16\n"
                            f"free_mib_min: {FREE_MIB_MIN}\n", encoding="utf-8")
        script = f'mount -t tmpfs -o size={DISK_MIB}m tmpfs "$0" && exec "$@"'
        log = self.place / "log"
        with open(log, "ab") as errors:
            self.server = subprocess.Popen(
                [*NAMESPACE, "sh", "-c", script, self.disk, ONEWINDOWD, "--config", settings,
                 "--init", ROOT / "deploy/demo-county"],
                stdout=subprocess.PIPE, stderr=errors, text=True)
        self.addCleanup(self.server.stdout.close)
        self.addCleanup(self.server.wait)
        self.addCleanup(self.server.kill)
        line = self.server.stdout.readline()
        self.assertIn("listens at", line, log.read_text(encoding="utf-8"))
        # As the server sees its disk: /proc leads into its namespace.
        self.inside = pathlib.Path(f"/proc/{self.server.pid}/root{self.disk}")
        tokens = (self.inside / "data/demo-tokens").read_text(encoding="utf-8")
        token = next(line.split()[1] for line in tokens.splitlines()
                     if line.startswith("zhao-jia "))
        self.variables = {"PATH": os.environ["PATH"], "ONEWINDOW_SERVER": line.split()[-1],
                          "ONEWINDOW_TOKEN": token, "ONEWINDOW_POSITION": "zhaozhen-window-1"}

    def run_client(self, *words):
        return subprocess.run([ONEWINDOW, *words], env=self.variables, stdin=subprocess.DEVNULL,
                              timeout=SECONDS_MAX, capture_output=True, text=True, check=False)

    def submit(self):
        return self.run_client("submit", "--item", "senior-card", "--name", "张三", "--id-number",
                               "510121195001011234", "--materials", "identity-card,photograph",
                               "-o", "json")

    def receipt_of(self, ended):
        self.assertEqual(ended.returncode, OK, ended.stderr)
        return json.loads(ended.stdout)["receipt_number"]

    def fill(self):
        """A file of somebody else's, down to half of what the server wants to keep free."""
        filler = self.inside / "filler"
        with open(filler, "wb") as file:
            free = os.statvfs(self.inside).f_bavail * os.statvfs(self.inside).f_frsize
            os.posix_fallocate(file.fileno(), 0, free - (FREE_MIB_MIN << 20) // 2)
        return filler

    def test_writes_are_refused_while_reads_go_on(self):
        before = self.receipt_of(self.submit())
        filler = self.fill()
        refused = self.submit()
        self.assertEqual(refused.returncode, REFUSED, refused.stdout + refused.stderr)
        self.assertIn("DISK_FULL", refused.stderr)
        self.assertIn("磁盘空间不足", refused.stderr)
        self.assertEqual(self.run_client("show", before).returncode, OK)

        filler.unlink()
        after = self.receipt_of(self.submit())
        self.assertNotEqual(before, after)
        self.assertEqual(self.run_client("show", before).returncode, OK)


if __name__ == "__main__":
    ONEWINDOW, ONEWINDOWD = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1])
