#include "engine/conditions/check.h"

#include <gtest/gtest.h>

#include "tests/engine/conditions/fields.h"

namespace onewindow {
namespace {

std::string Checked(std::string_view text) {
  const Result<Expression> read = ReadCondition(text, ShopFields());
  return read.ok() ? "right" : read.fault().message;
}

TEST(CheckConditionTest, AcceptsWhatHasTheDeclaredTypes) {
  EXPECT_EQ(Checked("form.area > 100.5 && form.stock <= 3"), "right");
  EXPECT_EQ(Checked("form.area > form.stock"), "right");
  EXPECT_EQ(Checked("form.use == \"餐饮\" || form.use in [\"娱乐\", \"仓储\"]"), "right");
  EXPECT_EQ(Checked("form.opened < form.lease_end"), "right");
  EXPECT_EQ(Checked("date(\"2026-01-01\") <= form.opened"), "right");
  EXPECT_EQ(Checked("form.own_house || form.own_house == false"), "right");
  EXPECT_EQ(Checked("has(form.note) && form.note != \"无\""), "right");
  EXPECT_EQ(Checked("form.note == form.use"), "right");
}

TEST(CheckConditionTest, NamesTheDeclaredFieldsInPlaceOfAnUnknownOne) {
  EXPECT_EQ(Checked("form.size > 100"),
            "column 1: the item declares no field `form.size`; expected one of `form.area` "
            "`form.stock` `form.use` `form.opened` `form.lease_end` `form.own_house` `form.note`");
  EXPECT_EQ(ReadCondition("form.a", DeclaredFields()).fault().message,
            "column 1: the item declares no field `form.a`; it declares none");
}

TEST(CheckConditionTest, SaysWhichTypeIsExpected) {
  EXPECT_EQ(Checked("form.area > \"100\""),
            "column 13: with `form.area` expected a number such as 120.5");
  EXPECT_EQ(Checked("form.stock > 1.5"),
            "column 14: with `form.stock` expected a whole number such as 120");
  EXPECT_EQ(Checked("form.opened > \"2026-01-01\""),
            "column 15: with `form.opened` expected a day such as 2026-01-31, written "
            "date(\"2026-01-31\")");
  EXPECT_EQ(Checked("form.note == 5"), "column 14: with `form.note` expected a text");
  EXPECT_EQ(Checked("form.own_house == \"是\""),
            "column 19: with `form.own_house` expected `true` or `false`");
  EXPECT_EQ(Checked("form.use == \"住宅\""),
            "column 13: `form.use`: expected one of `餐饮`, `娱乐`, `仓储`, but found `住宅`");
  EXPECT_EQ(Checked("form.use in [\"餐饮\", \"住宅\"]"),
            "column 20: `form.use`: expected one of `餐饮`, `娱乐`, `仓储`, but found `住宅`");
  EXPECT_EQ(Checked("form.area > form.opened"),
            "column 13: with `form.area` expected a number such as 120.5, but `form.opened` is a "
            "day such as 2026-01-31");
}

TEST(CheckConditionTest, RefusesWhatNeverDiffers) {
  EXPECT_EQ(Checked("1 < 2"), "column 1: two constants are compared: one side is a field");
  EXPECT_EQ(Checked("form.area == form.area"), "column 14: a field is compared with itself");
}

TEST(CheckConditionTest, OnlyNumbersAndDaysAreOrdered) {
  EXPECT_EQ(Checked("form.note < \"a\""),
            "column 1: `form.note` has no order: use `==`, `!=` or `in`");
  EXPECT_EQ(Checked("form.own_house >= true"),
            "column 1: `form.own_house` has no order: use `==`, `!=` or `in`");
  EXPECT_EQ(Checked("!form.area"), "column 2: `form.area` is not true or false: compare it");
}

TEST(CheckConditionTest, FieldIdsAreNamesOfCel) {
  for (const char* id : {"area", "a", "lease_end", "area2"}) EXPECT_TRUE(IsFieldId(id)) << id;
  for (const char* id : {"", "2area", "_a", "Area", "lease-end", "面积", "in", "true", "has"}) {
    EXPECT_FALSE(IsFieldId(id)) << id;
  }
  EXPECT_TRUE(IsFieldId(std::string(40, 'a')));
  EXPECT_FALSE(IsFieldId(std::string(41, 'a')));
}

}  // namespace
}  // namespace onewindow
