"""A server on the data of a replayed log: the past is there to be asked, and the present begins
when the operator has confirmed the time of day.

usage: replayed_county_test.py ONEWINDOW ONEWINDOWD
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
ONEWINDOW = ONEWINDOWD = ""
OK, UNAVAILABLE = 0, 4
SECONDS_MAX = 60
DESK = "department-1-desk"
MAPPINGS = ROOT / "deploy/mappings"
# Of desk-log.csv: the first case, received on that day and closed.
FIRST_DAY = "2025-09-22"


class ReplayedCountyTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = pathlib.Path(folder.name) / "data"
        self.variables = {}
        self.done("replay", "--log", MAPPINGS / "desk-log.csv", "--mapping",
                  MAPPINGS / "desk-log.yaml", "--data", self.data)
        made = self.done("credentials", "make", "--person", "operator", "--add-to",
                         self.data / "credentials.yaml")
        self.variables["ONEWINDOW_TOKEN"] = made.strip()
        self.start_server()

    def start_server(self):
        log = self.data.parent / "log"
        with open(log, "ab") as errors:
            self.server = subprocess.Popen(
                [ONEWINDOWD, "--data", self.data, "--listen", "127.0.0.1:0"],
                stdout=subprocess.PIPE, stderr=errors, text=True)
        self.addCleanup(self.server.stdout.close)
        self.addCleanup(self.server.wait)
        self.addCleanup(self.server.kill)
        line = self.server.stdout.readline()
        self.assertIn("listens at", line, log.read_text(encoding="utf-8"))
        self.variables["ONEWINDOW_SERVER"] = line.split()[-1]

    def run_client(self, *words):
        return subprocess.run(
            [ONEWINDOW, *words], env={"PATH": os.environ["PATH"]} | self.variables,
            stdin=subprocess.DEVNULL, timeout=SECONDS_MAX, capture_output=True, text=True,
            check=False)

    def done(self, *words):
        """What a command that must succeed prints."""
        ended = self.run_client(*words)
        self.assertEqual(ended.returncode, OK, f"{words}: {ended.stdout}{ended.stderr}")
        return ended.stdout

    def answered(self, *words):
        return json.loads(self.done(*words, "-o", "json"))

    def submit(self):
        return self.run_client("--position", DESK, "submit", "--item", "replayed-case", "--name",
                               "张三", "--id-number", "510121199003071232", "-o", "json")

    def red_cards(self):
        return self.done("cards").count("\nred ")

    def test_what_was_replayed_is_read(self):
        found = self.answered("find", "--item", "replayed-case", "--day", FIRST_DAY)["cases"]
        self.assertEqual([case["record"]["stage"] for case in found], ["STAGE_CLOSED"])
        receipt = found[0]["record"]["receipt_number"]
        self.assertRegex(self.done("show", receipt), r"result +granted")
        timeline = self.done("timeline", receipt)
        self.assertIn("2025-09-25 16:20  decide_case", timeline)
        times = self.done("times").splitlines()
        # Received, finished, on time, late: as the log has it.
        self.assertRegex(times[-1], r"^all +5 +3 +2 +1 ")

    def test_writes_wait_until_the_time_of_day_is_confirmed(self):
        refused = self.submit()
        self.assertEqual(refused.returncode, UNAVAILABLE)
        self.assertIn("CLOCK_JUMPED", refused.stderr)
        self.assertRegex(refused.stderr, r"lies \d+ days ahead")
        self.assertIn("onewindow clock confirm", refused.stderr)
        self.assertIn("days ahead", self.done("status"))
        self.assertEqual(self.red_cards(), 2)

        self.done("clock", "confirm")
        self.assertNotIn("days ahead", self.done("status"))
        submitted = self.submit()
        self.assertEqual(submitted.returncode, OK, submitted.stderr)
        receipt = json.loads(submitted.stdout)["receipt_number"]
        self.assertRegex(self.done("show", receipt), r"stage +received")
        # The open case whose deadline passed after the end of the log got its card at last.
        self.assertEqual(self.red_cards(), 3)

        self.server.send_signal(signal.SIGTERM)
        self.assertEqual(self.server.wait(SECONDS_MAX), 0)
        self.done("verify", "--data", self.data)


if __name__ == "__main__":
    ONEWINDOW, ONEWINDOWD = sys.argv.pop(1), sys.argv.pop(1)
    unittest.main()
