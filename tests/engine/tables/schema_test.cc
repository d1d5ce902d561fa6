#include "engine/tables/schema.h"

#include <gtest/gtest.h>

#include "engine/kv/memory_kv.h"

namespace onewindow {
namespace {

using std::string_literals::operator""s;

const std::string kPseudonym = "0123456789abcdef";

TEST(SchemaTest, FamiliesStandAtTheirIndexes) {
  const std::vector<FamilySpec> all = AllFamilies();
  ASSERT_EQ(all.size(), families::kCount);
  EXPECT_EQ(all[families::kLog.index].name, "log");
  EXPECT_EQ(all[families::kOpen.index].name, "open");
  EXPECT_EQ(all[families::kClosed.index].name, "closed");
  EXPECT_EQ(all[families::kKeys.index].name, "keys");
  EXPECT_EQ(all[families::kDirectory.index].name, "directory");
  EXPECT_EQ(all[families::kCheckpoints.index].name, "checkpoints");
  EXPECT_EQ(all[families::kCatalogue.index].name, "catalogue");
  EXPECT_EQ(all[families::kMeta.index].name, "meta");
}

TEST(SchemaTest, KeysHaveTheBytesOfVersionOne) {
  EXPECT_EQ(LogKey(Sequence{258}), "\0\0\0\0\0\0\1\2"s);
  EXPECT_EQ(CaseKey(CaseId{1}), "\0\0\0\0\0\0\0\1"s);
  EXPECT_EQ(ReceiptKey("510121-1"), "r510121-1");
  EXPECT_EQ(ApplicantKey(kPseudonym, CaseId{2}), "a" + kPseudonym + "\0\0\0\0\0\0\0\2"s);
  EXPECT_EQ(ItemDayKey(ItemNumber{3}, MakeDate(1970, 1, 2), CaseId{2}),
            "d\0\0\0\3\0\0\0\1\0\0\0\0\0\0\0\2"s);
  EXPECT_EQ(CardKey(OrganisationNumber{4}, {.sequence = Sequence{1}, .index = 2}),
            "c\0\0\0\4\xff\xff\xff\xff\xff\xff\xff\xfe\0\2"s);
  EXPECT_EQ(ForgottenKey(CaseId{2}), "f\0\0\0\0\0\0\0\2"s);
  EXPECT_EQ(ReadingKey(CaseId{2}, Sequence{258}), "v\0\0\0\0\0\0\0\2\0\0\0\0\0\0\1\2"s);
  EXPECT_EQ(RequestsKey(Sequence{5}), "r\0\0\0\0\0\0\0\5"s);
  EXPECT_EQ(ItemKey("relief", 6), "irelief\0\0\0\0\6"s);
  EXPECT_EQ(CalendarKey("china", 7), "cchina\0\0\0\0\7"s);
  EXPECT_EQ(ChartKey(8), "o\0\0\0\10"s);
}

TEST(SchemaTest, KeysGiveBackTheirParts) {
  EXPECT_EQ(NumberOfKey(LogKey(Sequence{77})), 77u);
  EXPECT_EQ(NumberOfKey("short"), std::nullopt);
  EXPECT_EQ(CaseOfValue(CaseValue(CaseId{9})), CaseId{9});
  EXPECT_EQ(CaseOfValue(""), std::nullopt);
  EXPECT_EQ(CaseOfDirectoryKey(ApplicantKey(kPseudonym, CaseId{12})), CaseId{12});
  EXPECT_EQ(CaseOfDirectoryKey(ForgottenKey(CaseId{14})), CaseId{14});
  EXPECT_EQ(FirstOfRequestsKey(RequestsKey(Sequence{13})), Sequence{13});
  EXPECT_EQ(SequenceOfReadingKey(ReadingKey(CaseId{2}, Sequence{16})), Sequence{16});
  const CardPlace place =
      PlaceOfCardKey(CardKey(OrganisationNumber{4}, {.sequence = Sequence{15}, .index = 2}));
  EXPECT_EQ(place.sequence, Sequence{15});
  EXPECT_EQ(place.index, 2);
}

TEST(SchemaTest, NewerCardsComeFirst) {
  const OrganisationNumber recipient{4};
  EXPECT_LT(CardKey(recipient, {.sequence = Sequence{300}, .index = 0}),
            CardKey(recipient, {.sequence = Sequence{299}, .index = 0}));
}

TEST(SchemaTest, ARangeHoldsItsOwnKeysAndNoOthers) {
  MemoryKv store(families::kCount);
  Batch batch;
  const Date day = MakeDate(2026, 3, 2);
  for (const Date other : {day - std::chrono::days(1), day, day + std::chrono::days(1)}) {
    batch.Put(families::kDirectory, ItemDayKey(ItemNumber{3}, other, CaseId{1}), "");
    batch.Put(families::kDirectory, ItemDayKey(ItemNumber{4}, other, CaseId{2}), "");
  }
  ASSERT_TRUE(store.Commit(batch, Durability::kSynced).ok());
  std::vector<CaseId> found;
  Result<ScanEnd> end = store.Scan(families::kDirectory, ItemDayRange(ItemNumber{3}, day), {},
                                   [&found](std::string_view key, std::string_view) {
                                     found.push_back(CaseOfDirectoryKey(key));
                                     return Visit::kContinue;
                                   });
  ASSERT_TRUE(end.ok());
  EXPECT_EQ(found, std::vector<CaseId>{CaseId{1}});
}

}  // namespace
}  // namespace onewindow
