#include "engine/casework/identity_number.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace onewindow {
namespace {

const Date kToday = MakeDate(2025, 10, 13);

struct Row {
  const char* number;
  IdentityNumberFlaw flaw;
};

class IdentityNumberTest : public testing::TestWithParam<Row> {};

TEST_P(IdentityNumberTest, HasTheFlaw) {
  EXPECT_EQ(FlawOfIdentityNumber(GetParam().number, kToday), GetParam().flaw);
}

INSTANTIATE_TEST_SUITE_P(All, IdentityNumberTest,
                         testing::Values(
                             // The examples of the standard.
                             Row{"11010519491231002X", IdentityNumberFlaw::kNone},
                             Row{"440524188001010014", IdentityNumberFlaw::kBirth},
                             Row{"510121195001011239", IdentityNumberFlaw::kNone},
                             Row{"510121195001011234", IdentityNumberFlaw::kCheck},
                             Row{"11010519491231002x", IdentityNumberFlaw::kNone},
                             Row{"110105491231002", IdentityNumberFlaw::kForm},
                             Row{"5101211950010112399", IdentityNumberFlaw::kForm},
                             Row{"51012119500X011239", IdentityNumberFlaw::kForm},
                             Row{"", IdentityNumberFlaw::kForm},
                             Row{"510121195002291230", IdentityNumberFlaw::kBirth},
                             Row{"510121209901011230", IdentityNumberFlaw::kBirth}));

// What the check character is for: GB 11643, after ISO 7064 MOD 11-2.
TEST(IdentityNumberTest, EverySlipOfOneDigitAndEveryExchangeOfNeighboursIsFound) {
  const std::string good = "11010519491231002X";
  for (size_t i = 0; i < 17; ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string slip = good;
      slip[i] = digit;
      EXPECT_EQ(FlawOfIdentityNumber(slip, kToday) == IdentityNumberFlaw::kNone, slip == good)
          << slip;
    }
    if (i == 16) continue;
    std::string exchanged = good;
    std::swap(exchanged[i], exchanged[i + 1]);
    EXPECT_EQ(FlawOfIdentityNumber(exchanged, kToday) == IdentityNumberFlaw::kNone,
              exchanged == good)
        << exchanged;
  }
}

}  // namespace
}  // namespace onewindow
