"""deploy/demo and deploy/demo --once as people use them, on a tree where all is installed and built
already: the scripts and the county of deploy, with the programs under test.

usage: demo_test.py ONEWINDOW ONEWINDOWD
"""

import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
ONEWINDOW = ONEWINDOWD = ""
SECONDS_MAX = 60
RECEIPT = re.compile(r"\b\d{20}\b")


def free_address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


class DemoTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.tree = pathlib.Path(folder.name)
        shutil.copytree(ROOT / "deploy", self.tree / "deploy")
        for done_already in ("setup", "build"):
            (self.tree / "deploy" / done_already).write_text("#!/bin/sh\n", encoding="utf-8")
        programs = self.tree / "build/release"
        programs.mkdir(parents=True)
        (programs / "onewindow").symlink_to(ONEWINDOW)
        (programs / "onewindowd").symlink_to(ONEWINDOWD)
        self.address = free_address()

    def environment(self, **more):
        own = {name: value for name, value in os.environ.items()
               if not name.startswith("ONEWINDOW_")}
        return own | more

    def run_in_tree(self, *command, **variables):
        return subprocess.run(
            command, cwd=self.tree, env=self.environment(**variables), stdin=subprocess.DEVNULL,
            timeout=SECONDS_MAX, capture_output=True, text=True, check=False)

    def start_demo(self):
        """The server, and what the demo printed until it listened."""
        log = self.tree / "log"
        with open(log, "ab") as errors:
            demo = subprocess.Popen(
                ["deploy/demo"], cwd=self.tree, stdin=subprocess.DEVNULL, stderr=errors,
                stdout=subprocess.PIPE, text=True,
                env=self.environment(ONEWINDOW_DEMO_LISTEN=self.address))
        self.addCleanup(demo.stdout.close)
        self.addCleanup(demo.wait)
        self.addCleanup(demo.kill)
        printed = []
        for line in demo.stdout:
            printed.append(line)
            if "listens at" in line:
                return demo, "".join(printed)
        raise AssertionError("".join(printed) + log.read_text(encoding="utf-8"))

    def interrupt(self, demo):
        demo.send_signal(signal.SIGINT)
        self.assertEqual(demo.wait(SECONDS_MAX), 0)

    def try_call(self, printed, call):
        """What one of the printed calls answers, in a terminal of its own."""
        exports = re.findall(r"^  (export .*)$", printed, re.MULTILINE)
        ended = self.run_in_tree("bash", "-euc", "\n".join([*exports, call]))
        self.assertEqual(ended.returncode, 0, f"{call}: {ended.stdout}{ended.stderr}")
        return ended.stdout

    def test_the_three_calls_it_prints_work_and_their_case_outlives_it(self):
        demo, printed = self.start_demo()
        self.assertIn(f"listens at {self.address}", printed)
        calls = re.findall(r"^  (build/release/onewindow .*)$", printed, re.MULTILINE)
        self.assertEqual(len(calls), 3, printed)
        items, submit, worklist = calls
        self.assertIn("birth-registration", self.try_call(printed, items))
        receipt = RECEIPT.search(self.try_call(printed, submit)).group()
        self.assertIn(receipt, self.try_call(printed, worklist))
        self.interrupt(demo)

        again, printed_again = self.start_demo()
        self.assertEqual(printed_again, printed)
        self.assertIn(receipt, self.try_call(printed_again, worklist))
        self.interrupt(again)
        verified = self.run_in_tree("build/release/onewindow", "verify", "--data", "demo-data")
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)

    def assert_day_arithmetic(self, explained, working_days):
        """The days stand one after another, none twice, until the last one that counts: the due
        day."""
        due = re.search(r" due (\S+)", explained).group(1)
        days = re.findall(r"^(\d{4}-\d\d-\d\d)  (\w+) *(\d*)", explained, re.MULTILINE)
        self.assertEqual([day for day, _, _ in days], sorted({day for day, _, _ in days}))
        ordinals = [int(number) for _, verdict, number in days if verdict == "counted"]
        self.assertEqual(ordinals, list(range(1, working_days + 1)))
        self.assertEqual(days[-1][0], due)

    def test_once_brings_a_case_to_its_end_and_explains_its_days(self):
        scratch = self.tree / "scratch"
        scratch.mkdir()
        ended = self.run_in_tree("deploy/demo", "--once", TMPDIR=str(scratch))
        self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)
        self.assertEqual(ended.stderr, "")
        timeline = ended.stdout.split(" onewindow timeline ")[1]
        for event in ("case_submitted", "case_accepted", "case_decided", "certificate_handed_back",
                      "case_ready", "case_delivered", "case_closed"):
            self.assertIn(event, timeline)

        # The first explanation: the clocks run.
        explained = ended.stdout.split(" onewindow explain ")[1]
        statutory = re.search(r"^clock \d+  statutory .*?\n\n", explained,
                              re.MULTILINE | re.DOTALL).group()
        self.assertIn("running", statutory)
        self.assert_day_arithmetic(statutory, 20)
        self.assertEqual(list(scratch.iterdir()), [])
        self.assertFalse((self.tree / "demo-data").exists())

    def test_anything_else_is_told_the_usage(self):
        ended = self.run_in_tree("deploy/demo", "--twice")
        self.assertEqual(ended.returncode, 2)
        self.assertIn("usage: deploy/demo [--once]", ended.stderr)


if __name__ == "__main__":
    ONEWINDOW, ONEWINDOWD = (os.path.abspath(program) for program in sys.argv[1:3])
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
