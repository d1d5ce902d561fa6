import unittest

import planted
import rules

HEAD = """\
# Rules
| Rule | Section | Code | Story |
|---|---|---|---|
"""


class RulesTest(planted.PlantedTest):
    def check(self):
        return rules.violations(self.root)

    def plant_rules(self, *lines):
        self.plant(rules.RULES, HEAD + "".join(line + "\n" for line in lines))

    def setUp(self):
        super().setUp()
        self.plant("engine/casework/decide.cc", "bool CheckTime();\n")
        self.plant("engine/clock/run.cc", "void Project();\n")
        self.plant("tests/scenarios/late.scn", "at 2025-10-13\n")

    def test_accepts_rows_whose_code_and_stories_are_there(self):
        self.plant("tests/clock_test.cc", "TEST(Clock, Runs) {}\n")
        self.plant_rules(
            "| late | 6 | `decide.cc:CheckTime`, `engine/clock/run.cc:Project` | `late` |",
            "| early | 4.3, 6 | `decide.cc` | `tests/clock_test.cc:Runs`, `late` |",
            "| never | 4 | none: nobody asked | none: there is no code |")
        self.assert_found(self.check())

    def test_finds_files_symbols_and_stories_that_are_not_there(self):
        self.plant_rules("| a | 6 | `decide.cc:CheckTim`, `gone.cc` | `late`, `early` |",
                         "| b | 6 | `engine/clock/gone.cc:Project` | `tests/gone_test.cc` |")
        self.assert_found(
            self.check(),
            f"{rules.RULES}:4 Code: engine/casework/decide.cc does not name CheckTim",
            f"{rules.RULES}:4 Code: there is no file engine/casework/gone.cc",
            f"{rules.RULES}:4 Story: there is no story tests/scenarios/early.scn",
            f"{rules.RULES}:5 Code: there is no file engine/clock/gone.cc",
            f"{rules.RULES}:5 Story: there is no file tests/gone_test.cc")

    def test_finds_rows_without_code_story_section_or_why(self):
        self.plant_rules("| a | six | later | `late` |", "|  | 6 | none: | |", "| a | 6 |")
        self.assert_found(
            self.check(),
            f"{rules.RULES}:4 Section: expected like 4.3",
            f"{rules.RULES}:4 Code: names nothing",
            f"{rules.RULES}:5 Rule: is empty",
            f"{rules.RULES}:5 Code: none, but not why",
            f"{rules.RULES}:5 Story: names nothing",
            f"{rules.RULES}:6 has 2 cells")

    def test_says_what_row_to_add_for_a_story_that_no_row_names(self):
        self.plant("tests/scenarios/early.scn", "at 2025-10-13\n")
        self.plant_rules("| late | 6 | `decide.cc:CheckTime` | `late` |")
        self.assert_found(self.check(),
                          "tests/scenarios/early.scn:1 add | <its rule> | <section> | "
                          "`<file>:<symbol>` | `early` |")

    def test_finds_that_the_page_is_missing(self):
        self.assert_found(self.check(), f"{rules.RULES}:1 is missing")


if __name__ == "__main__":
    unittest.main()
