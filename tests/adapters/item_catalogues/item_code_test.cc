#include "adapters/item_catalogues/item_code.h"

#include <gtest/gtest.h>

#include <array>

namespace onewindow {
namespace {

TEST(ItemCodeTest, IsTakenApart) {
  struct Row {
    std::string_view text;
    std::string_view basic;
    std::string_view organ;
  };
  for (const Row& row :
       {Row{"511A0138600000-511602000000-000-115113010833722043-1-00", "511A0138600000",
            "115113010833722043"},
        Row{"G-000007-001-511602000000-000-115113010833722043-1-00", "G-000007-001",
            "115113010833722043"},
        Row{"511A0138600000-511602000000-000-00877868-5-2-01", "511A0138600000", "00877868-5"}}) {
    auto code = ReadItemCode(row.text);
    ASSERT_TRUE(code.has_value()) << row.text;
    EXPECT_EQ(code->basic, row.basic);
    EXPECT_EQ(code->area, "511602000000");
    EXPECT_EQ(code->organ, row.organ);
  }
}

TEST(ItemCodeTest, AnythingElseIsNone) {
  for (const char* text :
       {"", "-", "E-000004-001-11511301008778386B", "-511602000000-000-115113010833722043-1-00",
        "511A0138600000-51160200000-000-115113010833722043-1-00",
        "511A0138600000-511602000000-00-115113010833722043-1-00",
        "511A0138600000-511602000000-000--1-00", "511A0138600000-511602000000-000-1-00",
        "511A0138600000-511602000000-000-115113010833722043-1-0",
        "511A0138600000-511602000000-000-115113010833722043-A-00"}) {
    EXPECT_FALSE(ReadItemCode(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace onewindow
