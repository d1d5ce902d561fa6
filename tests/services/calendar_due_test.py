"""`onewindow calendar due` against an oracle that walks day by day, over the plans that
ship (read by a few lines of our own) and, where it is there, the data set they were made from.

usage: calendar_due_test.py ONEWINDOW
"""

import datetime
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("ONEWINDOW_SHARED") or ROOT.parent / "shared")
FIRST, LAST = datetime.date(2015, 1, 1), datetime.date(2026, 12, 31)
DAY = datetime.timedelta(days=1)
# Not random from run to run, so that a failure can be seen again.
SEED = 20261122
ONEWINDOW = ""


def plans_that_ship():
    """Date -> whether it is off, of the days that differ from the plain week."""
    entry = re.compile(r"- \{date: (\d{4}-\d\d-\d\d), kind: (holiday|workday)")
    off = {}
    for path in sorted((ROOT / "deploy/calendars/china").glob("2*.yaml")):
        for day, kind in entry.findall(path.read_text(encoding="utf-8")):
            off[datetime.date.fromisoformat(day)] = kind == "holiday"
    return off


def plans_of_the_data_set():
    off = {}
    for path in sorted((SHARED / "data/calendars").glob("2*.json")):
        for day in json.loads(path.read_text(encoding="utf-8"))["days"]:
            off[datetime.date.fromisoformat(day["date"])] = day["isOffDay"]
    return off


def is_working(day, off):
    return not off[day] if day in off else day.weekday() < 5


def due(start, amount, unit, off):
    day = start
    if unit == "calendar":
        day += amount * DAY
        while not is_working(day, off):
            day += DAY
        return day
    while amount:
        day += DAY
        amount -= is_working(day, off)
    return day


def run(lines):
    return subprocess.run([ONEWINDOW, "calendar", "due"], input=lines, capture_output=True,
                          text=True, timeout=60)


class CalendarDue(unittest.TestCase):
    def agrees(self, off):
        self.assertGreater(len(off), 300)
        chance = random.Random(SEED)
        questions = []
        for _ in range(20000):
            start = FIRST + chance.randrange((LAST - FIRST).days + 1) * DAY
            unit = chance.choice(["", "calendar"])
            questions.append((start, chance.choice([0, 1, 5, 20, chance.randrange(90)]), unit))
        answers = run("".join(f"{start} {n} {unit}\n" for start, n, unit in questions))
        self.assertEqual((answers.returncode, answers.stderr), (0, ""))
        for (start, n, unit), answer in zip(questions, answers.stdout.splitlines(), strict=True):
            day = due(start, n, unit, off)
            self.assertEqual(answer, f"{day} provisional" if day > LAST else f"{day}",
                             f"{start} {n} {unit}")

    def test_agrees_with_the_plans_that_ship(self):
        self.agrees(plans_that_ship())

    def test_agrees_with_the_data_set(self):
        if not (SHARED / "data/calendars").is_dir():
            self.skipTest(f"no {SHARED}/data/calendars")
        self.agrees(plans_of_the_data_set())

    def test_the_vectors_of_the_domain(self):
        answers = run("2024-02-07 5\n2025-01-24 5\n2025-04-25 5\n2025-09-26 5\n2025-09-26 20\n"
                      "2026-02-12 20\n2026-12-30 5\n2025-09-30 1 calendar\n")
        self.assertEqual(answers.stdout.splitlines(),
                         ["2024-02-20", "2025-02-07", "2025-05-06", "2025-10-10", "2025-10-30",
                          "2026-03-18", "2027-01-06 provisional", "2025-10-09"])
        self.assertEqual(answers.returncode, 0)

    def test_lines_that_cannot_be_used_are_reported_and_the_rest_is_done(self):
        answers = run("2025-09-26 5\nnonsense\n\n2025-02-30 5\n2025-09-26\n2025-09-26 -1\n"
                      "2025-09-26 5 weeks\n2014-12-31 5\n2025-09-26 20\n")
        self.assertEqual(answers.stdout.splitlines(), ["2025-10-10", "2025-10-30"])
        self.assertEqual(answers.returncode, 3)
        places = [line.split(": ")[0] for line in answers.stderr.splitlines()]
        self.assertEqual(places, ["stdin:2:1", "stdin:4:1", "stdin:5:11", "stdin:6:12",
                                  "stdin:7:14", "stdin:8:1"])

    def test_a_hundred_thousand_lines_take_little(self):
        lines = "".join(f"{FIRST + (i % 4000) * DAY} {i % 60}\n" for i in range(100000))
        begin = time.monotonic()
        answers = run(lines)
        elapsed = time.monotonic() - begin
        self.assertEqual(answers.stdout.count("\n"), 100000)
        # It takes a tenth of a second; the rest is for a machine that is busy with other tests.
        self.assertLess(elapsed, 5)


if __name__ == "__main__":
    ONEWINDOW = sys.argv.pop(1)
    unittest.main()
