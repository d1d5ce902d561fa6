#include "engine/conditions/parse.h"

#include <gtest/gtest.h>

#include "engine/conditions/print.h"

namespace onewindow {
namespace {

std::string Canonical(std::string_view text) {
  const Result<Expression> parsed = ParseCondition(text);
  return parsed.ok() ? PrintCondition(parsed.value()) : parsed.fault().message;
}

// Not a condition: what is said.
std::string Refusal(std::string_view text) {
  const Result<Expression> parsed = ParseCondition(text);
  return parsed.ok() ? "accepted: " + PrintCondition(parsed.value()) : parsed.fault().message;
}

TEST(ParseConditionTest, ReadsEveryConstruct) {
  EXPECT_EQ(Canonical("form.area>100"), "form.area > 100");
  EXPECT_EQ(Canonical("100 <= form.area"), "100 <= form.area");
  EXPECT_EQ(Canonical("form.area != -0.50"), "form.area != -0.5");
  EXPECT_EQ(Canonical("form.use == '餐饮'"), "form.use == \"餐饮\"");
  EXPECT_EQ(Canonical("form.note == 'a \\'b\\' \"c\" \\\\'"),
            "form.note == \"a 'b' \\\"c\\\" \\\\\"");
  EXPECT_EQ(Canonical("form.use in [ \"餐饮\" , \"娱乐\" ]"), "form.use in [\"餐饮\", \"娱乐\"]");
  EXPECT_EQ(Canonical("form.opened < date('2026-01-31')"), "form.opened < date(\"2026-01-31\")");
  EXPECT_EQ(Canonical("form.own_house == false"), "form.own_house == false");
  EXPECT_EQ(Canonical("!has(form.note)"), "!has(form.note)");
  EXPECT_EQ(Canonical("!!form.own_house"), "!!form.own_house");
}

TEST(ParseConditionTest, AndBindsCloserThanOrAndNotCloserThanBoth) {
  EXPECT_EQ(ParseCondition("form.a || form.b && form.c").value(),
            ParseCondition("form.a || (form.b && form.c)").value());
  EXPECT_NE(ParseCondition("form.a || form.b && form.c").value(),
            ParseCondition("(form.a || form.b) && form.c").value());
  EXPECT_EQ(ParseCondition("!form.a && form.b").value(),
            ParseCondition("(!form.a) && form.b").value());
  EXPECT_NE(ParseCondition("!form.a && form.b").value(),
            ParseCondition("!(form.a && form.b)").value());
}

TEST(ParseConditionTest, SaysWhatToWriteInstead) {
  EXPECT_EQ(Refusal("form.area = 100"), "column 11: instead of `=` write `==`");
  EXPECT_EQ(Refusal("form.area ＞ 100"), "column 11: instead of `＞` write `>`");
  EXPECT_EQ(Refusal("form.note == “a”"), "column 14: instead of `“` write `\"`");
  EXPECT_EQ(Refusal("form.a and form.b"), "column 8: instead of `and` write `&&`");
  EXPECT_EQ(Refusal("form.a or form.b"), "column 8: instead of `or` write `||`");
  EXPECT_EQ(Refusal("not form.a"), "column 1: instead of `not` write `!`");
  EXPECT_EQ(Refusal("(form.a or form.b)"), "column 9: instead of `or` write `||`");
  EXPECT_EQ(Refusal("area > 100"),
            "column 1: expected a field or a constant, but found `area`; a field is written "
            "`form.area`, a text \"area\"");
  EXPECT_EQ(Refusal("面积 > 100"),
            "column 1: `面` has no meaning here; a field is written `form.` and its id, a text in "
            "quotes");
}

TEST(ParseConditionTest, SaysWhereItStopped) {
  EXPECT_EQ(Refusal(""), "column 1: expected a field or a constant, but found the end");
  EXPECT_EQ(Refusal("form.a &&"), "column 10: expected a field or a constant, but found the end");
  EXPECT_EQ(Refusal("(form.a"), "column 8: expected `)`, but found the end");
  EXPECT_EQ(Refusal("form.a)"), "column 7: expected `&&`, `||` or the end, but found `)`");
  EXPECT_EQ(Refusal("form."),
            "column 6: expected the id of a field behind `form.`, but found the end");
  EXPECT_EQ(Refusal("has(area)"),
            "column 5: expected a field such as `form.area`, but found `area`");
  EXPECT_EQ(Refusal("form.use in []"), "column 14: expected a field or a constant, but found `]`");
  EXPECT_EQ(Refusal("form.use in ['a'"), "column 17: expected `,` or `]`, but found the end");
  EXPECT_EQ(Refusal("'a' in ['a']"), "column 1: before `in` expected a field");
  EXPECT_EQ(Refusal("true"),
            "column 5: expected a comparison behind the constant, but found the end");
  EXPECT_EQ(Refusal("form.note == '餐饮"), "column 14: the text has no closing quote");
  EXPECT_EQ(Refusal("form.note == '\\n'"), "column 16: behind `\\` expected `\\`, `\"` or `'`");
}

TEST(ParseConditionTest, NumbersAndDaysAreExact) {
  EXPECT_EQ(Refusal("form.area > 010"),
            "column 13: expected a number such as 120 or 0.5, but found `010`");
  EXPECT_EQ(Refusal("form.area > 1.2.3"),
            "column 13: expected a number such as 120 or 0.5, but found `1.2.3`");
  EXPECT_EQ(Refusal("form.area > 1e3"),
            "column 13: expected a number such as 120 or 0.5, but found `1e3`");
  EXPECT_EQ(Refusal("form.area > 0.1234567"),
            "column 13: expected at most 12 digits before the point and 6 behind it, but found "
            "`0.1234567`");
  EXPECT_EQ(Refusal("form.opened > date('2026-02-30')"),
            "column 20: expected a day such as 2026-01-31, but found `2026-02-30`");
}

// CEL would read `!form.a == form.b` as (!form.a) == form.b, which nobody means.
TEST(ParseConditionTest, WhatIsNegatedOrInParenthesesIsNotCompared) {
  const std::string refusal =
      "a comparison has a field or constant on each side; what is negated or in parentheses is not "
      "compared";
  EXPECT_EQ(Refusal("!form.a == form.b"), "column 9: " + refusal);
  EXPECT_EQ(Refusal("(form.a) == form.b"), "column 10: " + refusal);
  EXPECT_EQ(Refusal("form.a < form.b < form.c"), "column 17: " + refusal);
}

TEST(ParseConditionTest, SizeAndDepthAreBounded) {
  const std::string deep(kConditionDepthMax, '(');
  const std::string closed(kConditionDepthMax, ')');
  EXPECT_EQ(Canonical(deep + "form.a" + closed), "form.a");
  EXPECT_EQ(Refusal("(" + deep + "form.a" + closed + ")"),
            "column 17: parentheses and `!` stand more than 16 deep");
  EXPECT_EQ(Refusal(std::string(kConditionBytesMax + 1, '!')),
            "column 1: a condition has at most 1000 bytes, but this has 1001");
}

}  // namespace
}  // namespace onewindow
