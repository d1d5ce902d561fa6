#include "adapters/event_logs/external_sort.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>

#include "adapters/event_logs/record_bytes.h"
#include "tests/adapters/event_logs/log_fixture.h"

namespace onewindow {
namespace {

struct Pair {
  std::string key;
  std::string value;
  friend bool operator==(const Pair&, const Pair&) = default;
};

std::vector<Pair> Sorted(const std::vector<Pair>& input, ExternalSort::Options options) {
  ExternalSort sort(std::move(options));
  for (const Pair& pair : input) {
    if (Status status = sort.Add(pair.key, pair.value); !status.ok()) {
      ADD_FAILURE() << status.fault().message;
    }
  }
  EXPECT_TRUE(sort.Finish().ok());
  std::vector<Pair> output;
  while (true) {
    auto next = sort.Next();
    if (!next.ok()) {
      ADD_FAILURE() << next.fault().message;
      return output;
    }
    if (!next.value()) return output;
    output.push_back({std::string(next.value()->key), std::string(next.value()->value)});
  }
}

std::vector<Pair> StablySorted(std::vector<Pair> pairs) {
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const Pair& a, const Pair& b) { return a.key < b.key; });
  return pairs;
}

class ExternalSortTest : public LogFixture {};

TEST_F(ExternalSortTest, NothingSortsToNothing) {
  EXPECT_TRUE(Sorted({}, {.directory = temp()}).empty());
}

TEST_F(ExternalSortTest, ManyMoreRunsThanAreMergedAtOnceKeepTheOrderOfEqualKeys) {
  std::vector<Pair> input;
  for (int i = 0; i < 20'000; ++i) {
    input.push_back({std::to_string(i * 7919 % 101), std::to_string(i)});
  }
  EXPECT_EQ(Sorted(input, {.directory = temp(), .memory_bytes = 1 << 10}), StablySorted(input));
  EXPECT_TRUE(std::filesystem::is_empty(temp()));
}

TEST_F(ExternalSortTest, ARecordLargerThanTheMemoryIsSortedAllTheSame) {
  std::vector<Pair> input = {{"c", std::string(100'000, 'x')}, {"a", ""}, {"b", "small"}};
  EXPECT_EQ(Sorted(input, {.directory = temp(), .memory_bytes = 1 << 10}), StablySorted(input));
}

TEST_F(ExternalSortTest, NoFileIsLeftWhileItSortsNorWhenItIsAbandoned) {
  {
    ExternalSort sort({.directory = temp(), .memory_bytes = 1 << 10});
    for (int i = 0; i < 1000; ++i) ASSERT_TRUE(sort.Add(std::to_string(i), "value").ok());
    EXPECT_TRUE(std::filesystem::is_empty(temp()));
  }
  EXPECT_TRUE(std::filesystem::is_empty(temp()));
}

TEST_F(ExternalSortTest, AFileThatCannotGrowIsAFaultThatNamesTheDirectory) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit tight{.rlim_cur = 8 << 10, .rlim_max = before.rlim_max};
  auto handler = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &tight), 0);
  ExternalSort sort({.directory = temp(), .memory_bytes = 64 << 10});
  Status status;
  for (int i = 0; i < 10'000 && status.ok(); ++i) status = sort.Add(std::to_string(i), "value");
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  ASSERT_FALSE(status.ok());
  EXPECT_NE(status.fault().message.find(temp().string()), std::string::npos);
}

RC_GTEST_FIXTURE_PROP(ExternalSortTest, AgreesWithASortInMemory, ()) {
  auto text = rc::gen::container<std::string>(rc::gen::inRange<char>(-3, 3));
  auto input = *rc::gen::container<std::vector<Pair>>(
      rc::gen::construct<Pair>(text, rc::gen::arbitrary<std::string>()));
  size_t memory_bytes = *rc::gen::inRange<size_t>(1, 2000);
  RC_ASSERT(Sorted(input, {.directory = temp(), .memory_bytes = memory_bytes}) ==
            StablySorted(input));
}

RC_GTEST_PROP(RecordBytesProperty, BytesCompareAsTheValuesDo, (int64_t a, int64_t b)) {
  auto bytes = [](int64_t micros) {
    return RecordWriter().Time(Instant(Duration(micros))).bytes();
  };
  RC_ASSERT((bytes(a) < bytes(b)) == (a < b));
  RC_ASSERT(RecordReader(bytes(a)).Time() == Instant(Duration(a)));
}

}  // namespace
}  // namespace onewindow
