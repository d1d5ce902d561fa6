#include "services/onewindow/desk_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/onewindow/desk_world.h"

namespace onewindow {
namespace {

using testing::ElementsAre;

constexpr char kFirst[] = "临-window-1-7k3m-20251010-0001";
constexpr char kSecond[] = "临-window-1-7k3m-20251010-0002";
const Date kTenth = MakeDate(2025, 10, 10);

std::vector<std::string> NumbersOf(const DeskBook& book) {
  std::vector<std::string> numbers;
  for (const DeskCase* known : book.Cases()) numbers.push_back(known->number());
  return numbers;
}

DeskRecord Attempted(const std::string& number) {
  DeskRecord record;
  record.mutable_attempted()->set_provisional_number(number);
  *record.mutable_attempted()->mutable_at() = ToTimestamp(OnThe(13, 9));
  return record;
}

DeskRecord HeldBack(const std::string& number) {
  DeskRecord record;
  record.mutable_held_back()->set_provisional_number(number);
  record.mutable_held_back()->set_cause("MATERIAL_NOT_LISTED");
  return record;
}

TEST(DeskBookTest, NumbersGoByPositionDeskAndDayOfThePaper) {
  DeskBook book({Made("7k3m")});
  EXPECT_EQ(book.NextNumber("window-1", kTenth), kFirst);
  book.Take(Entered(kFirst, OnThe(10, 9)));
  EXPECT_EQ(book.NextNumber("window-1", kTenth), kSecond);
  EXPECT_EQ(book.NextNumber("window-1", MakeDate(2025, 10, 9)), "临-window-1-7k3m-20251009-0001");
  EXPECT_EQ(book.NextNumber("window-2", kTenth), "临-window-2-7k3m-20251010-0001");
}

// Two clerks of one position, each with a desk of his own.
TEST(DeskBookTest, TwoDesksOfOnePositionGiveOtherNumbers) {
  EXPECT_NE(DeskBook({Made("7k3m")}).NextNumber("window-1", kTenth),
            DeskBook({Made("9b0t")}).NextNumber("window-1", kTenth));
}

TEST(DeskBookTest, CasesComeInTheOrderOfTheirPapers) {
  const DeskBook book({Entered(kFirst, OnThe(10, 16)), Entered(kSecond, OnThe(10, 9)),
                       Entered("临-window-1-7k3m-20251009-0001", OnThe(9, 17))});
  EXPECT_THAT(NumbersOf(book), ElementsAre("临-window-1-7k3m-20251009-0001", kSecond, kFirst));
}

TEST(DeskBookTest, AnAttemptIsInDoubtUntilItIsKnownWhatCameOfIt) {
  DeskBook book({Entered(kFirst, OnThe(10, 9))});
  EXPECT_EQ(book.Find(kFirst)->state, DeskLine::TO_SEND);
  book.Take(Attempted(kFirst));
  EXPECT_EQ(book.Find(kFirst)->state, DeskLine::IN_DOUBT);
  book.Take(HeldBack(kFirst));
  EXPECT_EQ(book.Find(kFirst)->state, DeskLine::HELD_BACK);
  EXPECT_FALSE(book.Find(kFirst)->settled());
  book.Take(Attempted(kFirst));
  book.Take(Sent(kFirst, OnThe(13, 9)));
  EXPECT_EQ(book.Find(kFirst)->state, DeskLine::SENT);
  EXPECT_TRUE(book.Find(kFirst)->settled());
  EXPECT_EQ(book.Find(kSecond), nullptr);
}

TEST(DeskBookTest, PurgedNumbersAreNotGivenAgain) {
  const std::vector<DeskRecord> records = {Made("7k3m"), Entered(kFirst, OnThe(10, 9)),
                                           Entered(kSecond, OnThe(10, 10)), Attempted(kFirst),
                                           Sent(kFirst, OnThe(11, 9))};
  const DeskBook book(records);
  EXPECT_THAT(NumbersOf(DeskBook(book.Purged(records, OnThe(11, 9)))),
              ElementsAre(kFirst, kSecond));
  const auto kept = book.Purged(records, OnThe(11, 10));
  EXPECT_THAT(NumbersOf(DeskBook(kept)), ElementsAre(kSecond));

  DeskBook again(kept);
  const auto emptied = again.Purged({Entered(kSecond, OnThe(10, 10))}, OnThe(1, 0));
  EXPECT_EQ(DeskBook(emptied).NextNumber("window-1", kTenth), "临-window-1-7k3m-20251010-0003");
  EXPECT_EQ(DeskBook({kept[0], kept[1]}).NextNumber("window-1", kTenth),
            "临-window-1-7k3m-20251010-0003");
}

TEST(DeskBookTest, RequestIdsAreWhatRequestsTake) {
  EXPECT_EQ(DeskRequestId(kFirst), "desk:window-1-7k3m-20251010-0001");
}

}  // namespace
}  // namespace onewindow
