"""The client against a real server, as people use them: a case from submission to its archive, what
is refused, how commands end, and what stands in between.

usage: client_and_server_test.py ONEWINDOW ONEWINDOWD
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
OK, REFUSED, USAGE, CHECK_FAILED, UNAVAILABLE = range(5)
WINDOW = "zhao-jia zhaozhen-window-1"
HANDLER = "zhu-jia jintang-civil-affairs-handler"
DECIDER = "zhu-yi jintang-civil-affairs-decider"
SUPERVISOR = "zhang-jia jintang-service-bureau-supervisor"
ADMINISTRATOR = "zhang-yi jintang-service-bureau-administrator"


class ClientAndServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        cls.data = pathlib.Path(cls.place.name) / "data"
        cls.start_server()
        lines = (cls.data / "demo-tokens").read_text(encoding="utf-8").split("\n")
        cls.tokens = dict(line.split() for line in lines if len(line.split()) == 2)

    @classmethod
    def start_server(cls):
        cls.log = open(pathlib.Path(cls.place.name) / "log", "ab")
        cls.server = subprocess.Popen(
            [ONEWINDOWD, "--data", cls.data, "--listen", "127.0.0.1:0",
             "--init", ROOT / "deploy/demo-county"],
            stdout=subprocess.PIPE, stderr=cls.log, text=True)
        line = cls.server.stdout.readline()
        if "listens at" not in line:
            cls.log.flush()
            raise AssertionError(pathlib.Path(cls.log.name).read_text(encoding="utf-8"))
        cls.address = line.split()[-1]

    @classmethod
    def stop_server(cls):
        cls.server.send_signal(signal.SIGTERM)
        code = cls.server.wait(timeout=60)
        cls.server.stdout.close()
        cls.log.close()
        return code

    @classmethod
    def tearDownClass(cls):
        if cls.server.poll() is None:
            cls.stop_server()
        cls.place.cleanup()

    def run_as(self, who, *arguments, text=None):
        """As "person position", or as nobody."""
        environment = {"PATH": os.environ["PATH"], "ONEWINDOW_SERVER": self.address}
        if who:
            person, position = who.split()
            environment["ONEWINDOW_TOKEN"] = self.tokens[person]
            environment["ONEWINDOW_POSITION"] = position
        return subprocess.run([ONEWINDOW, *arguments], env=environment, input=text, timeout=60,
                              capture_output=True, text=True)

    def done(self, who, *arguments):
        """The answer in JSON of a command that must succeed."""
        ended = self.run_as(who, *arguments, "-o", "json")
        self.assertEqual(ended.returncode, OK, f"{arguments}: {ended.stdout}{ended.stderr}")
        return json.loads(ended.stdout)

    def submit(self, number="510121195001011234"):
        return self.done(WINDOW, "submit", "--item", "senior-card", "--name", "张三",
                         "--id-number", number, "--materials", "identity-card,photograph")

    def test_a_case_from_submission_to_its_archive(self):
        outcome = self.submit("510121195001015678")
        receipt = outcome["receipt_number"]
        self.assertEqual(len(receipt), 20)
        self.done(WINDOW, "accept", receipt)
        self.done(WINDOW, "hand-over", receipt)
        self.done(HANDLER, "acknowledge", receipt)
        self.done(HANDLER, "claim", receipt)
        self.done(HANDLER, "complete", receipt, "--pass", "--opinion", "材料属实")
        self.done(DECIDER, "claim", receipt)
        self.done(DECIDER, "decide", receipt, "--granted", "--opinion", "同意")
        self.done(HANDLER, "certificate", "hand-back", receipt, "--number", "A-1")
        self.done(WINDOW, "certificate", "receive", receipt)
        ready = self.run_as(WINDOW, "ready")
        self.assertIn(receipt, ready.stdout)
        self.done(WINDOW, "deliver", receipt, "--mode", "at_window", "--taker",
                  "applicant_himself", "--taker-name", "张三", "--taker-id-number",
                  "510121195001015678")
        self.done(WINDOW, "close", receipt)

        shown = self.run_as(WINDOW, "show", receipt)
        self.assertRegex(shown.stdout, r"stage +closed")
        self.assertRegex(shown.stdout, r"result +granted")
        timeline = self.run_as(WINDOW, "timeline", receipt, "--all")
        self.assertEqual(timeline.returncode, OK, timeline.stderr)
        for command in ("submit_case", "accept_case", "complete_step", "decide_case", "close_case"):
            self.assertIn(command, timeline.stdout)
        self.assertNotIn("张三", timeline.stdout)
        explained = self.run_as(WINDOW, "explain", receipt)
        self.assertIn("promised", explained.stdout)
        progress = self.run_as(None, "progress", receipt, outcome["query_code"])
        self.assertEqual(progress.returncode, OK, progress.stderr)
        self.assertRegex(progress.stdout, r"stage +closed")
        self.assertNotIn("张三", progress.stdout)

    def test_what_is_refused_says_the_stage_and_what_is_allowed(self):
        receipt = self.submit()["receipt_number"]
        self.done(WINDOW, "accept", receipt)
        again = self.run_as(WINDOW, "accept", receipt)
        self.assertEqual(again.returncode, REFUSED)
        self.assertIn("当前环节不允许此操作", again.stderr)
        self.assertRegex(again.stderr, r"reason +WRONG_STAGE")
        self.assertRegex(again.stderr, r"allowed +\w+")
        self.assertNotIn("grpc", again.stderr)

    def test_the_same_request_id_gives_the_same_answer(self):
        first = self.done(WINDOW, "submit", "--item", "senior-card", "--name", "李四", "--id-number",
                          "510121195001010000", "--materials", "identity-card,photograph",
                          "--request-id", "once")
        second = self.done(WINDOW, "submit", "--item", "senior-card", "--name", "李四",
                           "--id-number", "510121195001010000", "--materials",
                           "identity-card,photograph", "--request-id", "once")
        self.assertEqual(first, second)

    def test_an_application_is_read_from_a_file_or_the_standard_input(self):
        application = (ROOT / "deploy/application.json").read_text(encoding="utf-8")
        of_file = self.run_as(WINDOW, "submit", "--from", str(ROOT / "deploy/application.json"))
        self.assertEqual(of_file.returncode, OK, of_file.stderr)
        of_input = self.run_as(WINDOW, "submit", "--from", "-", text=application)
        self.assertEqual(of_input.returncode, OK, of_input.stderr)
        number = json.loads(application)["applicant"]["document_number"]["text"]
        asked = json.dumps({"applicant": {"document_number": number}})
        found = self.run_as(WINDOW, "find", "--from", "-", "-o", "json", text=asked)
        self.assertEqual(len(json.loads(found.stdout)["cases"]), 2)

    def test_what_is_only_validated_leaves_nothing_behind(self):
        answer = self.run_as(WINDOW, "submit", "--item", "senior-card", "--name", "王五",
                             "--id-number", "510121195001019999", "--validate-only")
        self.assertEqual(answer.returncode, OK, answer.stderr)
        self.assertIn("nothing was changed", answer.stdout)
        found = self.run_as(WINDOW, "find", "--id-number", "510121195001019999")
        self.assertEqual(found.stdout, "nothing\n")

    def test_a_case_is_found_by_receipt_by_applicant_and_by_item_and_day(self):
        receipt = self.submit("510121195001017777")["receipt_number"]
        day = f"{receipt[6:10]}-{receipt[10:12]}-{receipt[12:14]}"
        for by in (["--receipt", receipt], ["--id-number", "510121195001017777"],
                   ["--item", "senior-card", "--day", day]):
            found = self.run_as(WINDOW, "find", *by)
            self.assertEqual(found.returncode, OK, f"{by}: {found.stderr}")
            self.assertIn(receipt, found.stdout, by)
            self.assertNotIn("张三", found.stdout, by)
        for by in (["--receipt", "5" * 20], ["--id-number", "510121195001010001"],
                   ["--item", "senior-card", "--day", "2020-01-01"]):
            self.assertEqual(self.run_as(WINDOW, "find", *by).stdout, "nothing\n", by)

    def attach(self, receipt, file, *options):
        return self.run_as(WINDOW, "attach", receipt, str(file), *options)

    def test_a_file_is_attached_listed_and_fetched(self):
        receipt = self.submit("510121195001013333")["receipt_number"]
        scan = pathlib.Path(self.place.name) / "scan.pdf"
        scan.write_bytes(os.urandom(300_000))
        sent = self.attach(receipt, scan, "--material", "identity-card")
        self.assertEqual(sent.returncode, OK, sent.stderr)
        self.assertIn("attach: 100 %", sent.stderr)
        self.assertRegex(self.run_as(WINDOW, "show", receipt).stdout,
                         r"identity-card +application/pdf +300000")
        file = self.done(WINDOW, "show", receipt)["record"]["attachments"][0]["id"]
        fetched = pathlib.Path(self.place.name) / "fetched.pdf"
        got = self.run_as(WINDOW, "attachment", "get", receipt, file, "--to", str(fetched))
        self.assertEqual(got.returncode, OK, got.stderr)
        self.assertEqual(fetched.read_bytes(), scan.read_bytes())
        self.assertEqual(fetched.stat().st_mode & 0o077, 0)
        self.assertFalse(fetched.with_suffix(".pdf.part").exists())

    def test_a_file_that_is_refused_ends_with_its_reason(self):
        receipt = self.submit("510121195001014444")["receipt_number"]
        page = pathlib.Path(self.place.name) / "page.html"
        page.write_text("<html>", encoding="utf-8")
        self.assertEqual(self.attach(receipt, page).returncode, USAGE)
        refused = self.attach(receipt, page, "--type", "text/html")
        self.assertEqual(refused.returncode, REFUSED)
        self.assertIn("FIELD_INVALID", refused.stderr)
        empty = pathlib.Path(self.place.name) / "empty.pdf"
        empty.touch()
        self.assertEqual(self.attach(receipt, empty).returncode, USAGE)
        missing = self.run_as(WINDOW, "attachment", "get", receipt, "ff", "--to", "nowhere")
        self.assertEqual(missing.returncode, USAGE)
        self.assertIn("0 of the case's 0 files", missing.stderr)

    def test_a_server_killed_in_the_midst_of_an_upload_keeps_no_part_of_it(self):
        receipt = self.submit("510121195001015555")["receipt_number"]
        large = pathlib.Path(self.place.name) / "large.mp4"
        large.write_bytes(os.urandom(60 << 20))
        environment = {"PATH": os.environ["PATH"], "ONEWINDOW_SERVER": self.address,
                       "ONEWINDOW_TOKEN": self.tokens[WINDOW.split()[0]],
                       "ONEWINDOW_POSITION": WINDOW.split()[1]}
        upload = subprocess.Popen([ONEWINDOW, "attach", receipt, str(large)], env=environment,
                                  stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        self.assertIn("%", upload.stderr.readline())
        self.server.kill()
        self.server.wait(timeout=60)
        self.server.stdout.close()
        upload.communicate(timeout=60)
        self.assertNotEqual(upload.returncode, OK)
        self.start_server()
        incoming = self.data / "attachments" / "incoming"
        self.assertEqual(list(incoming.iterdir()), [])
        self.assertEqual(self.attach(receipt, large).returncode, OK)

    def test_without_a_token_and_with_a_wrong_one_nothing_is_said(self):
        nobody = self.run_as(None, "worklist", "--position", "zhaozhen-window-1")
        self.assertEqual(nobody.returncode, REFUSED)
        self.assertIn("TOKEN_MISSING", nobody.stderr)
        wrong = self.run_as(None, "worklist", "--position", "zhaozhen-window-1", "--token", "x")
        self.assertEqual(wrong.returncode, REFUSED)
        self.assertIn("TOKEN_UNKNOWN", wrong.stderr)

    def test_lists_are_tables_and_documents_come_back_as_documents(self):
        for who, arguments in [(WINDOW, ["worklist"]), (WINDOW, ["items"]),
                               (SUPERVISOR, ["overdue"]), (SUPERVISOR, ["near"]),
                               (SUPERVISOR, ["cards"]), (SUPERVISOR, ["lights"]),
                               (SUPERVISOR, ["times"]), (ADMINISTRATOR, ["status"]),
                               (ADMINISTRATOR, ["incident", "list"]),
                               (ADMINISTRATOR, ["organisation", "show"]),
                               (ADMINISTRATOR, ["calendar", "published", "china"])]:
            ended = self.run_as(who, *arguments)
            self.assertEqual(ended.returncode, OK, f"{arguments}: {ended.stderr}")
            self.assertTrue(ended.stdout, arguments)
        item = self.run_as(ADMINISTRATOR, "item", "show", "senior-card")
        self.assertIn("\nname: 老年优待证核发\n", item.stdout)

    def test_a_watch_begins_with_the_case_as_it_is(self):
        receipt = self.submit("510121195001016666")["receipt_number"]
        ended = self.run_as(WINDOW, "watch", "case", receipt, "--messages", "1")
        self.assertEqual(ended.returncode, OK, ended.stderr)
        self.assertIn(f"{receipt}  received", ended.stdout)

    def test_a_wrong_document_is_not_sent(self):
        chart = str(ROOT / "deploy/demo-county/organisation.yaml")
        ended = self.run_as(ADMINISTRATOR, "item", "publish", chart)
        self.assertEqual(ended.returncode, USAGE)
        self.assertIn("organisation.yaml:10:1", ended.stderr)
        good = str(ROOT / "deploy/demo-county/items/senior-card.yaml")
        published = self.run_as(ADMINISTRATOR, "item", "publish", good)
        self.assertEqual(published.returncode, OK, published.stderr)

    def test_any_method_can_be_called_in_json(self):
        answer = self.done(WINDOW, "call", "front-desk.list-items", "--json",
                           '{"paging": {"page_size": 1}}')
        self.assertEqual(len(answer["items"]), 1)
        self.assertTrue(answer["next_page_token"])

    def test_the_doctor_asks_the_server(self):
        ended = self.run_as(None, "doctor", "--data", str(self.data), "--ask", self.address)
        self.assertIn(f"{self.address} serves", ended.stdout)
        self.assertRegex(ended.stdout, r"ok +credentials")
        self.assertRegex(ended.stdout, r"ok +master key")

    def test_data_that_a_server_holds_is_left_alone(self):
        ended = self.run_as(None, "backup", "create", "--data", str(self.data), "--to",
                            str(self.data.parent / "backups"))
        self.assertEqual(ended.returncode, UNAVAILABLE)
        self.assertIn("--server", ended.stderr)

    def test_nobody_listens(self):
        ended = self.run_as(WINDOW, "--server", "127.0.0.1:1", "accept", "1", "--request-id", "r-1")
        self.assertEqual(ended.returncode, UNAVAILABLE)
        self.assertIn("--request-id r-1", ended.stderr)

    def test_z_after_a_stop_the_data_verifies_is_backed_up_and_restored(self):
        self.submit("510121195001012222")
        self.assertEqual(self.stop_server(), 0)
        data, backups = str(self.data), str(self.data.parent / "backups")
        restored = self.data.parent / "restored"
        for arguments in (["verify", "--data", data], ["recover", "--data", data],
                          ["backup", "create", "--data", data, "--to", backups],
                          ["backup", "list", backups], ["backup", "verify", backups],
                          ["backup", "restore", backups, "--id", "1", "--data", str(restored)],
                          ["verify", "--data", str(restored)]):
            ended = self.run_as(None, *arguments)
            self.assertEqual(ended.returncode, OK, f"{arguments}: {ended.stdout}{ended.stderr}")


if __name__ == "__main__":
    ONEWINDOW, ONEWINDOWD = sys.argv.pop(1), sys.argv.pop(1)
    unittest.main()
