import unittest

import golden_events
import planted

EVENTS = """\
    message CaseAccepted { string note = 1; }
    message Event {
      uint64 number = 1;
      // oneof in a comment: Wrong wrong = 9;
      oneof kind {
        CaseSubmitted case_submitted = 2;
        CaseAccepted case_accepted = 3;
      }
    }
    message Other { oneof kind { int32 other = 1; } }
    """


class GoldenEventsTest(planted.PlantedTest):
    def test_accepts_an_event_with_its_file(self):
        self.plant(golden_events.EVENTS, EVENTS)
        self.plant("tests/golden/case_submitted.bin", "")
        self.plant("tests/golden/case_accepted.hex", "")
        self.assert_found(golden_events.violations(self.root))

    def test_finds_an_event_without_one(self):
        self.plant(golden_events.EVENTS, EVENTS)
        self.plant("tests/golden/case_submitted.bin", "")
        self.assert_found(
            golden_events.violations(self.root),
            "proto/onewindow/v1/events.proto:7 case_accepted has no golden file")

    def test_finds_a_vocabulary_without_events(self):
        self.assert_found(
            golden_events.violations(self.root), "proto/onewindow/v1/events.proto:1 is missing")
        self.plant(golden_events.EVENTS, "message Even {}")
        self.assert_found(
            golden_events.violations(self.root), "proto/onewindow/v1/events.proto:1 has no message")


if __name__ == "__main__":
    unittest.main()
