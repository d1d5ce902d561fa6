#include "tests/adapters/event_logs/log_fixture.h"

namespace onewindow {
namespace {

class MemoryTest : public LogFixture {
 protected:
  // kB of the process, by the name that /proc/self/status gives it; 0: unknown.
  static uint64_t StatusKilobytes(const std::string& name) {
    std::ifstream status("/proc/self/status");
    std::string word;
    uint64_t kilobytes = 0;
    while (status >> word) {
      if (word == name + ":" && status >> kilobytes) return kilobytes;
    }
    return 0;
  }

  // A log of about 50 MB whose cases lie scattered over it.
  std::filesystem::path WriteBigLog(uint64_t rows) const {
    std::ofstream file(directory_ / "big.csv", std::ios::binary);
    file << "case,what,when,note\n";
    for (uint64_t i = 0; i < rows; ++i) {
      uint64_t second = i * 7919 % 86'400;
      file << "case-" << i * 31 % 50'021 << ",step " << i % 17 << ",2011-01-" << 10 + i % 20 << " "
           << 10 + second / 3600 % 10 << ":" << 10 + second / 60 % 50 << ":" << 10 + second % 50
           << ",\"a note that nobody maps, of some length\"\n";
    }
    return directory_ / "big.csv";
  }
};

TEST_F(MemoryTest, ABigLogNeedsLittleMoreThanTheMemoryOfItsSorts) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers keep memory of their own";
#endif
  constexpr uint64_t kRows = 600'000;
  constexpr uint64_t kGrowthKilobytesMax = 64 << 10;
  auto path = WriteBigLog(kRows);
  ASSERT_GT(std::filesystem::file_size(path), 45u << 20);
  // Linux: the peak is counted anew from here.
  std::ofstream("/proc/self/clear_refs") << "5" << std::flush;
  uint64_t before = StatusKilobytes("VmRSS");
  if (before == 0) GTEST_SKIP() << "/proc/self/status is not readable";

  auto log = Open(SmallMapping(), path, 32 << 20);
  ASSERT_TRUE(log.ok()) << log.fault().message;
  uint64_t delivered = 0;
  Instant now = kInstantMin;
  while (true) {
    auto next = log.value().Next();
    ASSERT_TRUE(next.ok());
    if (!next.value()) break;
    ASSERT_GE(next.value()->at, now);
    now = next.value()->at;
    ++delivered;
  }
  uint64_t growth = StatusKilobytes("VmHWM") - before;
  RecordProperty("growth_kilobytes", static_cast<int>(growth));
  EXPECT_EQ(delivered, kRows + log.value().totals().cases);
  EXPECT_EQ(log.value().totals().cases, 50'021u);
  EXPECT_LT(growth, kGrowthKilobytesMax);
}

}  // namespace
}  // namespace onewindow
