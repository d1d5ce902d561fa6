#include "engine/organisation/credit_code.h"

#include <gtest/gtest.h>

namespace onewindow {
namespace {

TEST(CreditCodeTest, KnowsCodesInUse) {
  EXPECT_TRUE(IsCreditCode("91350100M000100Y43"));
  EXPECT_TRUE(IsCreditCode("11511301008778183N"));
}

TEST(CreditCodeTest, RefusesAnyOtherCheckCharacter) {
  for (char c : std::string_view("0123456789ABCDEFGHJKLMPQRTUWXY")) {
    EXPECT_FALSE(IsCreditCode(std::string("11511301008778183") + c)) << c;
  }
}

TEST(CreditCodeTest, RefusesOtherLengthsAndCharacters) {
  EXPECT_FALSE(IsCreditCode(""));
  EXPECT_FALSE(IsCreditCode("91350100M000100Y4"));
  EXPECT_FALSE(IsCreditCode("91350100M000100Y430"));
  EXPECT_FALSE(IsCreditCode("9135O100M000100Y43"));
  EXPECT_FALSE(IsCreditCode("91350100m000100y43"));
}

}  // namespace
}  // namespace onewindow
