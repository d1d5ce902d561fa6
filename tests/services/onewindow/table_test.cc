#include "services/onewindow/table.h"

#include <gtest/gtest.h>

#include <sstream>

#include "services/onewindow/display_width.h"

namespace onewindow {
namespace {

TEST(DisplayWidthTest, ChineseTakesTwoColumnsAndCombiningMarksNone) {
  EXPECT_EQ(DisplayWidth("abc"), 3u);
  EXPECT_EQ(DisplayWidth("受理"), 4u);
  EXPECT_EQ(DisplayWidth("〔2026〕17号"), 12u);
  EXPECT_EQ(DisplayWidth("，（）"), 6u);
  EXPECT_EQ(DisplayWidth("e\u0301"), 1u);
  EXPECT_EQ(DisplayWidth("\U00020000"), 2u);
  EXPECT_EQ(DisplayWidth("é→"), 2u);
}

TEST(DisplayWidthTest, TextThatBreaksOffIsMeasuredWithoutReadingOn) {
  EXPECT_EQ(DisplayWidth("\xE5\x8F"), 1u);
}

TEST(DisplayWidthTest, NothingMovesTheCursor) { EXPECT_EQ(OneLine("a\nb\tc\x1B[2J"), "a b c?[2J"); }

TEST(TableTest, ColumnsFitTheirWidestCell) {
  Table table({"ID", "STAGE", "NOTE", "BY"});
  table.Add({"1", "受理", "", "li"});
  table.Add({"12345", "review", "", "王"});
  std::ostringstream out;
  table.Print(out);
  EXPECT_EQ(out.str(),
            "ID     STAGE   BY\n"
            "1      受理    li\n"
            "12345  review  王\n");
}

}  // namespace
}  // namespace onewindow
