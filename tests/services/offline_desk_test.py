"""A front desk that lost its line, against a real server: what it takes in meanwhile arrives once,
at the paper's time, whatever breaks on the way.

usage: offline_desk_test.py ONEWINDOW ONEWINDOWD
"""

import datetime
import fcntl
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
COUNTY = ROOT / "deploy/demo-county"
ONEWINDOW = ONEWINDOWD = ""
OK, REFUSED, USAGE, CHECK_FAILED, UNAVAILABLE = range(5)
BEIJING = datetime.timezone(datetime.timedelta(hours=8))
WINDOW = "zhao-jia zhaozhen-window-1"
OTHER_WINDOW = "qian-jia guancang-window-1"
ADMINISTRATOR = "zhang-yi jintang-service-bureau-administrator"
SUPERVISOR = "zhang-jia jintang-service-bureau-supervisor"
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def identity_number(serial):
    """With the check character of GB 11643; another one for each serial below 1000."""
    digits = f"51012119600101{serial:03}"
    return digits + "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, digits)) % 11]


def minutes_ago(minutes):
    now = datetime.datetime.now(BEIJING).replace(second=0, microsecond=0)
    return now - datetime.timedelta(minutes=minutes)


class Server:
    """One that can be stopped and started again on the same data, at the same address."""

    def __init__(self, place):
        self.data, self.log, self.address = place / "data", place / "log", "127.0.0.1:0"
        self.start()
        lines = (self.data / "demo-tokens").read_text(encoding="utf-8").split("\n")
        self.tokens = dict(line.split() for line in lines if len(line.split()) == 2)

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [ONEWINDOWD, "--data", self.data, "--listen", self.address, "--init", COUNTY],
                stdout=subprocess.PIPE, stderr=log, text=True)
        line = self.process.stdout.readline()
        if "listens at" not in line:
            raise AssertionError(self.log.read_text(encoding="utf-8"))
        self.address = line.split()[-1]

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(timeout=60)
        self.process.stdout.close()


class OfflineDesk(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.place = pathlib.Path(folder.name)
        self.server = Server(self.place)
        self.addCleanup(self.server.stop)
        self.desk = self.new_desk("desk")

    def environment(self, who, desk):
        person, position = who.split()
        return {"PATH": os.environ["PATH"], "ONEWINDOW_SERVER": self.server.address,
                "ONEWINDOW_TOKEN": self.server.tokens[person], "ONEWINDOW_POSITION": position,
                "ONEWINDOW_DESK": str(desk or self.desk)}

    def run_as(self, who, *arguments, desk=None):
        return subprocess.run([ONEWINDOW, *map(str, arguments)], timeout=120, text=True,
                              env=self.environment(who, desk), capture_output=True)

    def done(self, who, *arguments, desk=None, code=OK):
        ended = self.run_as(who, *arguments, desk=desk)
        self.assertEqual(ended.returncode, code, f"{arguments}: {ended.stdout}{ended.stderr}")
        return ended.stdout

    def answer(self, who, *arguments):
        return json.loads(self.done(who, *arguments, "-o", "json"))

    def new_desk(self, name):
        desk = self.place / name
        self.done(WINDOW, "desk", "init", desk=desk)
        return desk

    def take_in(self, serial, at, who=WINDOW, desk=None, item="senior-card",
                materials="identity-card,photograph"):
        """The provisional number of an application without a line."""
        return self.done(who, "desk", "submit", "--item", item, "--name", f"申请人{serial}",
                         "--id-number", identity_number(serial), "--materials", materials,
                         "--as-of", at.isoformat(), desk=desk).strip()

    def cases_of(self, serial, who=WINDOW):
        """What the server has of the applicant, the newest first."""
        found = self.answer(who, "find", "--id-number", identity_number(serial), "--all")
        return [case["record"] for case in found.get("cases", [])]

    def case_of(self, serial, who=WINDOW):
        cases = self.cases_of(serial, who)
        self.assertEqual(len(cases), 1, cases)
        return cases[0]

    def listed(self, *arguments, desk=None):
        return json.loads(self.done(WINDOW, "desk", "list", *arguments, "-o", "json",
                                    desk=desk)).get("lines", [])

    def received_at(self, record):
        return datetime.datetime.fromisoformat(record["received_at"].replace("Z", "+00:00"))

    def test_a_day_late_its_clocks_start_with_the_paper(self):
        paper = minutes_ago(26 * 60)
        number = self.take_in(1, paper)
        self.assertRegex(number, f"^临-zhaozhen-window-1-[0-9a-z]{{4}}-{paper:%Y%m%d}-0001$")
        sent = self.done(WINDOW, "desk", "send")
        record = self.case_of(1)
        self.assertIn(f"{number} -> {record['receipt_number']}  query code ", sent)
        self.assertEqual(self.received_at(record), paper)
        self.assertEqual(record["external_numbers"],
                         [{"system": "desk:zhaozhen-window-1", "number": number}])

        accepted = paper + datetime.timedelta(minutes=5)
        self.done(WINDOW, "accept", record["receipt_number"], "--as-of", accepted.isoformat())
        due = subprocess.run([ONEWINDOW, "calendar", "due"], input=f"{accepted:%Y-%m-%d} 30\n",
                             capture_output=True, text=True, check=True).stdout.split()[0]
        explained = self.answer(WINDOW, "explain", record["receipt_number"])["explanations"]
        promised = [clock for clock in explained if clock["clock"]["kind"] == "PROMISED"]
        self.assertEqual(len(promised), 1, explained)
        day = datetime.datetime.fromisoformat(promised[0]["due_at"].split(".")[0].rstrip("Z")
                                              + "+00:00")
        self.assertEqual(f"{day.astimezone(BEIJING):%Y-%m-%d}", due)
        late = self.answer(SUPERVISOR, "late-entries", "--organisation", "zhaozhen")
        self.assertEqual(late["total"]["entries"], "2")
        self.assertGreaterEqual(int(late["total"]["gap_seconds"]), 2 * 25 * 3600)

    def test_sent_twice_is_taken_in_once(self):
        self.take_in(1, minutes_ago(90))
        copy = self.place / "copy"
        shutil.copytree(self.desk, copy)
        self.done(WINDOW, "desk", "send")
        receipt = self.case_of(1)["receipt_number"]
        self.assertEqual(self.done(WINDOW, "desk", "send"), "")
        self.assertIn(f" -> {receipt}  query code ", self.done(WINDOW, "desk", "send", desk=copy))
        self.case_of(1)

    def forget_that_it_was_sent(self):
        """As if the power had gone before the last record was written."""
        content = (self.desk / "journal").read_bytes()
        at, last = 8, 8
        while at < len(content):
            last, at = at, at + 8 + int.from_bytes(content[at:at + 4], "big")
        os.truncate(self.desk / "journal", last)

    def test_a_colleague_ends_a_doubt(self):
        number = self.take_in(1, minutes_ago(90))
        self.done(WINDOW, "desk", "send")
        receipt = self.case_of(1)["receipt_number"]
        self.forget_that_it_was_sent()
        self.assertEqual(self.listed()[0]["state"], "IN_DOUBT")
        said = self.done(OTHER_WINDOW, "desk", "send", code=CHECK_FAILED)
        self.assertRegex(said, f"{number} left as it was: .+\n  reason +POSITION_NOT_HELD\n")
        self.assertIn("zhaozhen-window-1", said)
        self.done(WINDOW, "desk", "cancel", number, code=CHECK_FAILED)

        today = datetime.datetime.now(BEIJING).date()
        self.done(ADMINISTRATOR, "substitution", "arrange", "zhaozhen-window-1", "zhao-jia",
                  "zhao-yi", "--from", today, "--until", today + datetime.timedelta(days=1))
        colleague = "zhao-yi zhaozhen-window-1"
        self.done(colleague, "desk", "send", code=CHECK_FAILED)
        self.assertIn(f"{number} -> {receipt}\n",
                      self.done(colleague, "desk", "send", "--on-behalf-of", "zhao-jia"))
        self.case_of(1)

    def test_two_desks_of_one_position_give_other_numbers(self):
        other = self.new_desk("other")
        paper = minutes_ago(30)
        numbers = {self.take_in(1, paper), self.take_in(2, paper, desk=other)}
        self.assertEqual(len(numbers), 2)
        for desk in (self.desk, other):
            self.done(WINDOW, "desk", "send", desk=desk)
        self.assertEqual({self.case_of(serial)["external_numbers"][0]["number"]
                          for serial in (1, 2)}, numbers)

    def test_the_command_line_says_which_desk(self):
        other = self.new_desk("other")
        self.done(WINDOW, "desk", "submit", "--desk", other, "--item", "senior-card", "--name",
                  "张三", "--id-number", identity_number(1))
        self.assertEqual(self.listed(), [])
        self.assertEqual(len(self.listed(desk=other)), 1)

    def test_two_desks_cross(self):
        other = self.new_desk("other")
        mine = [(3, 50), (1, 90), (2, 70)]
        theirs = [(5, 60), (4, 80)]
        for serial, minutes in mine:
            self.take_in(serial, minutes_ago(minutes))
        for serial, minutes in theirs:
            self.take_in(serial, minutes_ago(minutes), who=OTHER_WINDOW, desk=other)
        self.done(OTHER_WINDOW, "desk", "send", desk=other)
        self.done(WINDOW, "desk", "send")
        records = {serial: self.case_of(serial) for serial in range(1, 6)}
        times = [self.received_at(records[serial]) for serial in (1, 4, 2, 5, 3)]
        self.assertEqual(times, sorted(times))
        for desk in ([1, 2, 3], [4, 5]):
            ids = [int(records[serial]["id"]) for serial in desk]
            self.assertEqual(ids, sorted(ids))
        self.assertEqual(records[1]["intake"], "zhaozhen-hall")
        self.assertEqual(records[4]["intake"], "guancang-hall")

    def start_sending(self, until_sent):
        """A sending process that has sent about so many of what waits."""
        journal = self.desk / "journal"
        before = journal.stat().st_size
        sender = subprocess.Popen([ONEWINDOW, "desk", "send"], text=True,
                                  env=self.environment(WINDOW, None),
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(until_sent):
            self.assertIn(" -> ", sender.stdout.readline())
        self.assertGreater(journal.stat().st_size, before)
        return sender

    def take_in_many(self, count):
        for serial in range(count):
            self.take_in(serial, minutes_ago(200 - serial))

    def assert_each_once(self, count):
        ids = [int(self.case_of(serial)["id"]) for serial in range(count)]
        self.assertEqual(ids, sorted(ids))
        self.assertEqual({line["state"] for line in self.listed()}, {"SENT"})
        self.assertEqual([line["receipt_number"] for line in self.listed()],
                         [self.case_of(serial)["receipt_number"] for serial in range(count)])

    def test_killed_in_the_midst_it_goes_on_where_it_stopped(self):
        self.take_in_many(30)
        for until in (1, 3, 5):
            sender = self.start_sending(until)
            sender.kill()
            sender.communicate()
        self.done(WINDOW, "desk", "send")
        self.assert_each_once(30)

    def test_a_line_that_breaks_in_the_midst_loses_and_doubles_nothing(self):
        self.take_in_many(30)
        sender = self.start_sending(3)
        self.server.stop(signal.SIGKILL)
        out, err = sender.communicate(timeout=120)
        self.assertEqual(sender.returncode, UNAVAILABLE, out + err)
        self.assertIn("nothing is sent twice", err)
        self.done(WINDOW, "desk", "send", code=UNAVAILABLE)
        self.server.start()
        self.done(WINDOW, "desk", "send")
        self.assert_each_once(30)

    def test_conflicts_are_held_back_and_the_rest_goes_on(self):
        first = self.take_in(1, minutes_ago(100))
        again = self.take_in(1, minutes_ago(90))
        old = self.take_in(2, minutes_ago(40 * 24 * 60))
        wrong = self.take_in(3, minutes_ago(80), materials="letter")
        good = self.take_in(4, minutes_ago(70))
        said = self.done(WINDOW, "desk", "send", code=CHECK_FAILED)
        for number in (first, good):
            self.assertRegex(said, f"{number} -> \\d{{20}}")
        for number, reason in ((again, "OPEN_CASE_OF_APPLICANT"), (old, "OCCURRED_TOO_LONG_AGO"),
                               (wrong, "MATERIAL_NOT_LISTED")):
            self.assertRegex(said, f"{number} held back: .+\n  reason +{reason}\n  to do +.+")
        states = {line["provisional_number"]: line["state"] for line in self.listed()}
        self.assertEqual(states, {first: "SENT", good: "SENT", again: "HELD_BACK",
                                  old: "HELD_BACK", wrong: "HELD_BACK"})

        self.done(WINDOW, "desk", "send", again, "--despite-open-case")
        self.assertEqual(len(self.cases_of(1)), 2)
        self.done(WINDOW, "desk", "cancel", wrong)
        self.done(WINDOW, "desk", "cancel", old)
        self.assertEqual(self.done(WINDOW, "desk", "send"), "")
        self.assertEqual(self.done(WINDOW, "desk", "purge", "--days", "0"), "5 purged, 0 kept\n")
        self.assertEqual(self.listed(), [])
        self.assertEqual(self.take_in(5, minutes_ago(60))[-4:],
                         f"{int(good[-4:]) + 1:04}" if minutes_ago(60).date() ==
                         minutes_ago(70).date() else "0001")

    def test_nothing_personal_is_in_the_desks_files_or_its_list(self):
        number = self.take_in(7, minutes_ago(10))
        planted = ["申请人7", identity_number(7)]
        for path in self.desk.iterdir():
            content = path.read_bytes()
            for text in planted:
                self.assertNotIn(text.encode(), content, path)
        listed = self.done(WINDOW, "desk", "list")
        self.assertIn(number, listed)
        for text in planted:
            self.assertNotIn(text, listed)
            self.assertIn(text, self.done(WINDOW, "desk", "list", "--personal"))
        sent = self.done(WINDOW, "desk", "send", "-o", "json")
        self.assertEqual(len(json.loads(sent)["query_code"]), 8)
        for text in planted:
            self.assertNotIn(text, sent)
        self.assertEqual((self.desk / "key").stat().st_mode & 0o777, 0o600)

    def test_what_is_wrong_is_found_before_it_is_recorded(self):
        self.server.stop()
        submit = ["desk", "submit", "--item", "senior-card", "--name", "张三"]
        slip = self.run_as(WINDOW, *submit, "--id-number", "510121195001011234", "--validate-only")
        self.assertEqual(slip.returncode, OK)
        self.assertIn("GB 11643", slip.stderr)
        good = [*submit, "--id-number", identity_number(1)]
        self.assertNotIn("GB 11643", self.run_as(WINDOW, *good, "--validate-only").stderr)
        unlisted = self.run_as(WINDOW, *good, "--county", COUNTY, "--materials", "letter")
        self.assertEqual(unlisted.returncode, CHECK_FAILED)
        self.assertRegex(unlisted.stderr, r"reason +MATERIAL_NOT_LISTED\n  field +materials")
        self.done(WINDOW, *good, "--county", COUNTY, "--validate-only")
        self.assertEqual(self.run_as(WINDOW, *good, "--request-id", "mine").returncode, USAGE)
        self.assertEqual(self.listed(), [])
        self.done(WINDOW, *good, "--county", COUNTY)
        self.assertEqual(len(self.listed()), 1)
        self.server.start()

    def test_a_torn_record_is_reported_and_costs_no_other(self):
        first = self.take_in(1, minutes_ago(20))
        self.take_in(2, minutes_ago(10))
        journal = self.desk / "journal"
        os.truncate(journal, journal.stat().st_size - 3)
        listed = self.run_as(WINDOW, "desk", "list")
        self.assertIn("was not finished", listed.stderr)
        self.assertEqual([line["provisional_number"] for line in self.listed()], [first])
        self.take_in(3, minutes_ago(10))
        self.assertEqual(self.run_as(WINDOW, "desk", "list").stderr, "")

    def test_one_process_works_at_a_desk_at_a_time(self):
        with open(self.desk / "lock", "ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.done(WINDOW, "desk", "list", code=UNAVAILABLE)
        self.done(WINDOW, "desk", "list")

    def test_what_was_sent_is_not_cancelled(self):
        number = self.take_in(1, minutes_ago(10))
        self.done(WINDOW, "desk", "send")
        refused = self.run_as(WINDOW, "desk", "cancel", number)
        self.assertEqual(refused.returncode, CHECK_FAILED)
        self.assertIn(self.case_of(1)["receipt_number"], refused.stderr)
        self.assertEqual(self.run_as(WINDOW, "desk", "cancel", "临-x").returncode, USAGE)
        self.assertEqual(self.run_as(WINDOW, "desk", "init").returncode, USAGE)


if __name__ == "__main__":
    ONEWINDOWD = sys.argv.pop(2)
    ONEWINDOW = sys.argv.pop(1)
    unittest.main()
