#include "engine/kv/kv.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include "engine/kv/memory_kv.h"
#include "tests/engine/kv/kv_fixture.h"

namespace onewindow {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Implementation {
  std::string name;
  std::function<std::unique_ptr<Kv>(const std::string& directory)> make;
};

// What every store promises, whatever it stands on.
class KvContractTest : public ::testing::TestWithParam<Implementation> {
 protected:
  std::string Got(std::string_view key, Family family = kHotFamily) const {
    return GotFrom(*store_, key, family);
  }
  static std::string GotFrom(const Reader& reader, std::string_view key,
                             Family family = kHotFamily) {
    const auto value = reader.Get(family, key);
    return value.ok() ? value.value().value_or("(none)") : value.fault().message;
  }
  void Put(std::string_view key, std::string_view value, Family family = kHotFamily) {
    ASSERT_TRUE(PutOne(*store_, family, key, value).ok());
  }

  ScratchDirectory scratch_;
  std::unique_ptr<Kv> store_ = GetParam().make(scratch_.path());
};

TEST_P(KvContractTest, WhatWasPutIsReadAndWhatWasNotIsNothing) {
  Put("a", "1");
  EXPECT_EQ(Got("a"), "1");
  EXPECT_EQ(Got("b"), "(none)");
  EXPECT_EQ(Got("a", kColdFamily), "(none)");
}

TEST_P(KvContractTest, KeysAndValuesAreAnyBytes) {
  const std::string zeros(3, '\0');
  const std::string longest(kKeyBytesMax, '\xff');
  Put("", "empty key");
  Put(zeros, zeros);
  Put(longest, "");
  EXPECT_EQ(Got(""), "empty key");
  EXPECT_EQ(Got(zeros), zeros);
  EXPECT_EQ(Got(longest), "");
  EXPECT_EQ(ListedAll(*store_, kHotFamily).size(), 3u);
}

TEST_P(KvContractTest, KeysAreOrderedAsUnsignedBytes) {
  Put("\x7f", "2");
  Put("\x80", "3");
  Put("", "1");
  Put("\xff", "4");
  EXPECT_THAT(ListedAll(*store_, kHotFamily), ElementsAre("=1", "\x7f=2", "\x80=3", "\xff=4"));
}

TEST_P(KvContractTest, ABatchChangesSeveralFamiliesAtOnceAndItsLastWordWins) {
  Put("gone", "1");
  Batch batch;
  batch.Put(kHotFamily, "a", "first");
  batch.Put(kHotFamily, "a", "second");
  batch.Put(kColdFamily, "a", "cold");
  batch.Delete(kHotFamily, "gone");
  batch.Delete(kHotFamily, "never there");
  batch.Put(kHotFamily, "b", "x");
  batch.Delete(kHotFamily, "b");
  ASSERT_TRUE(store_->Commit(batch, Durability::kBuffered).ok());
  ASSERT_TRUE(store_->Sync().ok());
  EXPECT_THAT(ListedAll(*store_, kHotFamily), ElementsAre("a=second"));
  EXPECT_THAT(ListedAll(*store_, kColdFamily), ElementsAre("a=cold"));
}

TEST_P(KvContractTest, AnEmptyBatchChangesNothing) {
  Put("a", "1");
  ASSERT_TRUE(store_->Commit(Batch(), Durability::kSynced).ok());
  EXPECT_THAT(ListedAll(*store_, kHotFamily), ElementsAre("a=1"));
}

TEST_P(KvContractTest, AScanKeepsToItsRangeInBothDirections) {
  for (const char* key : {"a", "b", "c", "d"}) Put(key, "1");
  const KeyRange range{.from = "b", .until = "d"};
  EXPECT_THAT(Listed(*store_, kHotFamily, range), ElementsAre("b=1", "c=1"));
  EXPECT_THAT(Listed(*store_, kHotFamily, range, {.direction = Direction::kBackward}),
              ElementsAre("c=1", "b=1"));
}

TEST_P(KvContractTest, ARangeThatEndsBeforeItBeginsIsEmpty) {
  Put("b", "1");
  for (const KeyRange& range : {KeyRange{"c", "a"}, KeyRange{"b", "b"}, KeyRange{"", ""}}) {
    EXPECT_THAT(Listed(*store_, kHotFamily, range), IsEmpty());
  }
}

TEST_P(KvContractTest, AScanThatIsCutShortGoesOnWhereItEnded) {
  for (const char* key : {"a", "b", "c", "d", "e"}) Put(key, "1");
  for (const Direction direction : {Direction::kForward, Direction::kBackward}) {
    std::string seen;
    std::optional<KeyRange> range = KeyRange{.from = "a", .until = "e"};
    int turns = 0;
    for (; range; ++turns) {
      const auto end = store_->Scan(kHotFamily, *range, {.direction = direction, .limit = 2},
                                    [&](auto key, auto) {
                                      seen += key;
                                      return Visit::kContinue;
                                    });
      ASSERT_TRUE(end.ok());
      EXPECT_EQ(end.value().visited, 2u);
      range = end.value().rest;
    }
    EXPECT_EQ(seen, direction == Direction::kForward ? "abcd" : "dcba");
    EXPECT_EQ(turns, 2);
  }
}

TEST_P(KvContractTest, AVisitorEndsAScan) {
  for (const char* key : {"a", "b", "c"}) Put(key, "1");
  std::string seen;
  const auto end = store_->Scan(kHotFamily, KeysWithPrefix(""), {}, [&](auto key, auto) {
    seen += key;
    return key == "b" ? Visit::kStop : Visit::kContinue;
  });
  ASSERT_TRUE(end.ok());
  EXPECT_EQ(seen, "ab");
  EXPECT_EQ(end.value().visited, 2u);
  ASSERT_TRUE(end.value().rest.has_value());
  EXPECT_THAT(Listed(*store_, kHotFamily, *end.value().rest), ElementsAre("c=1"));
}

TEST_P(KvContractTest, AVisitorMayReadTheStore) {
  Put("a", "1");
  Put("b", "2");
  std::string seen;
  const auto end = store_->Scan(kHotFamily, KeysWithPrefix(""), {}, [&](auto key, auto) {
    seen += Got(key);
    return Visit::kContinue;
  });
  ASSERT_TRUE(end.ok());
  EXPECT_EQ(seen, "12");
}

TEST_P(KvContractTest, ASnapshotKeepsItsMoment) {
  Put("a", "old");
  const auto before = store_->Snapshot();
  Batch batch;
  batch.Put(kHotFamily, "a", "new");
  batch.Put(kColdFamily, "b", "new");
  ASSERT_TRUE(store_->Commit(batch, Durability::kSynced).ok());
  const auto after = store_->Snapshot();

  EXPECT_EQ(GotFrom(*before, "a"), "old");
  EXPECT_EQ(GotFrom(*before, "b", kColdFamily), "(none)");
  EXPECT_THAT(ListedAll(*before, kHotFamily), ElementsAre("a=old"));
  EXPECT_EQ(GotFrom(*after, "a"), "new");
  EXPECT_THAT(ListedAll(*after, kColdFamily), ElementsAre("b=new"));
}

// Against the plainest model there is: one map per family.
TEST_P(KvContractTest, AnyRunOfBatchesLeavesWhatAMapWouldHold) {
  std::map<std::string, std::string> model;
  const auto same_as_model = [&](const std::vector<std::pair<char, uint8_t>>& changes) {
    Batch batch;
    for (const auto& [key_byte, number] : changes) {
      const std::string key(1, key_byte);
      if (number % 3 != 0) {
        batch.Put(kHotFamily, key, std::to_string(number));
        model[key] = std::to_string(number);
      } else {
        batch.Delete(kHotFamily, key);
        model.erase(key);
      }
    }
    RC_ASSERT(store_->Commit(batch, Durability::kBuffered).ok());

    const auto from = std::string(1, *rc::gen::arbitrary<char>());
    const auto until = std::string(1, *rc::gen::arbitrary<char>());
    std::vector<std::string> expected;
    for (const auto& [key, value] : model) {
      if (from <= key && key < until) expected.push_back(key + "=" + value);
    }
    const KeyRange range{.from = from, .until = until};
    RC_ASSERT(Listed(*store_, kHotFamily, range) == expected);
    std::reverse(expected.begin(), expected.end());
    RC_ASSERT(Listed(*store_, kHotFamily, range, {.direction = Direction::kBackward}) == expected);
  };
  EXPECT_TRUE(rc::check(same_as_model));
}

INSTANTIATE_TEST_SUITE_P(Stores, KvContractTest,
                         ::testing::Values(Implementation{"MemoryKv",
                                                          [](const std::string&) {
                                                            return std::make_unique<MemoryKv>(2);
                                                          }},
                                           Implementation{"RocksKv", OpenSmall}),
                         [](const auto& tested) { return tested.param.name; });

TEST(KeyRangeTest, APrefixHasAnEnd) {
  EXPECT_EQ(KeysWithPrefix("ab").until, "ac");
  EXPECT_EQ(KeysWithPrefix("a\xff\xff").until, "b");
  EXPECT_EQ(KeysWithPrefix("\xff").until, AfterEveryKey());
  EXPECT_LT(std::string(kKeyBytesMax, '\xff'), AfterEveryKey());
}

TEST(BatchTest, ItCountsOperationsAndBytes) {
  Batch batch;
  EXPECT_TRUE(batch.empty());
  batch.Put(kHotFamily, "key", "value");
  batch.Delete(kColdFamily, "key");
  EXPECT_EQ(batch.size(), 2u);
  EXPECT_EQ(batch.bytes(), 11u);
  EXPECT_EQ(batch.operation(0).value, "value");
  EXPECT_EQ(batch.operation(1).kind, Batch::Kind::kDelete);
  EXPECT_EQ(batch.operation(1).family, kColdFamily);
  batch.Clear();
  EXPECT_TRUE(batch.empty());
  EXPECT_EQ(batch.bytes(), 0u);
}

TEST(BatchDeathTest, AKeyBeyondTheBoundIsABug) {
  Batch batch;
  EXPECT_DEATH(batch.Put(kHotFamily, std::string(kKeyBytesMax + 1, 'k'), ""), "CHECK failed");
}

}  // namespace
}  // namespace onewindow
