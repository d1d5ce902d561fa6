import unittest

import planted
import tested_reasons

REASONS = """\
    enum Reason {
      REASON_UNSPECIFIED = 0;
      // Not WRONG_PLACE = 7.
      WRONG_STAGE = 1;
      MATERIALS_INCOMPLETE = 2;
    }
    """


class TestedReasonsTest(planted.PlantedTest):
    def check(self):
        return tested_reasons.violations(self.root)

    def test_accepts_rows_in_scenarios_and_tests(self):
        self.plant(tested_reasons.REASONS, REASONS)
        self.plant("tests/scenarios/a.scn", "accept C1 -> rejected WRONG_STAGE\n")
        self.plant("tests/engine/a_test.cc", "EXPECT_EQ(x.reason(), MATERIALS_INCOMPLETE);\n")
        self.assert_found(self.check())

    def test_finds_reasons_that_only_comments_and_longer_words_name(self):
        self.plant(tested_reasons.REASONS, REASONS)
        self.plant("tests/scenarios/a.scn", "# WRONG_STAGE\n  # WRONG_STAGE\n")
        self.plant("tests/engine/a_test.cc", "// MATERIALS_INCOMPLETE\nMATERIALS_INCOMPLETE_TOO;\n")
        self.plant("engine/casework/decide.cc", "MATERIALS_INCOMPLETE;\n")
        self.assert_found(
            self.check(),
            "proto/onewindow/v1/reasons.proto:4 WRONG_STAGE has no test row",
            "proto/onewindow/v1/reasons.proto:5 MATERIALS_INCOMPLETE has no test row")

    def test_finds_a_vocabulary_without_reasons(self):
        self.assert_found(self.check(), "proto/onewindow/v1/reasons.proto:1 is missing")
        self.plant(tested_reasons.REASONS, "enum Reasons { A = 1; }")
        self.assert_found(self.check(), "proto/onewindow/v1/reasons.proto:1 has no enum Reason")


if __name__ == "__main__":
    unittest.main()
