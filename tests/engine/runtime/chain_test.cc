#include "engine/runtime/chain.h"

#include <gtest/gtest.h>

#include <cstring>

#include "engine/runtime/cursor.h"

namespace onewindow {
namespace {

std::string Hex(const std::array<uint8_t, 32>& hash) {
  std::string text;
  for (const uint8_t byte : hash) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    text.push_back(kDigits[byte >> 4]);
    text.push_back(kDigits[byte & 15]);
  }
  return text;
}

// python3 -c "import hashlib; print(hashlib.sha256(bytes(32) + b'abc').hexdigest())"
TEST(ChainTest, HashesTheHashBeforeAndTheBody) {
  ChainHasher hasher;
  const ChainEnd first = hasher.Extend(ChainEnd(), "abc");
  EXPECT_EQ(first.sequence, Sequence{1});
  EXPECT_EQ(Hex(first.hash), "365aa7d8f7f9402c4b9434502b4cc89ddb09fe50d7cd95b493b834c62d5a5370");
  EXPECT_EQ(hasher.Extend(ChainEnd(), "abc"), first);
  EXPECT_NE(hasher.Extend(first, "abc").hash, first.hash);
}

// A run is a LogRun like any other, so that whoever has the protos can read the log.
TEST(ChainTest, ARunIsTheProtoItClaimsToBe) {
  ChainHasher hasher;
  LogRunWriter writer;
  LogRun expected;
  ChainEnd end;
  for (const size_t size : {0u, 1u, 127u, 128u, 20'000u}) {
    const std::string body(size, 'b');
    std::memcpy(writer.Open(body.size()), body.data(), body.size());
    end = hasher.Extend(end, writer.body());
    writer.Close(end);
    LogEntry& entry = *expected.add_entries();
    entry.set_body(body);
    entry.set_hash(end.hash.data(), end.hash.size());
  }
  LogRun run;
  ASSERT_TRUE(run.ParseFromString(writer.bytes()));
  ASSERT_EQ(run.entries_size(), expected.entries_size());
  LogRunReader reader(writer.bytes());
  for (int i = 0; i < expected.entries_size(); ++i) {
    EXPECT_EQ(run.entries(i).body(), expected.entries(i).body());
    EXPECT_EQ(run.entries(i).hash(), expected.entries(i).hash());
    ASSERT_TRUE(reader.Next());
    EXPECT_EQ(reader.entry().body, expected.entries(i).body());
    EXPECT_EQ(reader.entry().hash, expected.entries(i).hash());
  }
  EXPECT_FALSE(reader.Next());
  EXPECT_TRUE(reader.ok());
}

TEST(ChainTest, EveryPrefixOfARunIsRefused) {
  ChainHasher hasher;
  LogRunWriter writer;
  std::memcpy(writer.Open(3), "abc", 3);
  writer.Close(hasher.Extend(ChainEnd(), writer.body()));
  for (size_t size = 1; size < writer.bytes().size(); ++size) {
    LogRunReader reader(std::string_view(writer.bytes()).substr(0, size));
    EXPECT_FALSE(reader.Next()) << size;
    EXPECT_FALSE(reader.ok()) << size;
  }
}

TEST(CursorTest, IsBoundToItsList) {
  const std::string cursor = MakeCursor("worklist/a", "place");
  EXPECT_EQ(PlaceOfCursor("worklist/a", cursor).value(), "place");
  EXPECT_EQ(PlaceOfCursor("worklist/a", "").value(), std::nullopt);
  for (const std::string& wrong : {cursor.substr(1), cursor.substr(0, 15), cursor + "g"}) {
    EXPECT_EQ(PlaceOfCursor("worklist/a", wrong).fault().kind, FaultKind::kInvalid) << wrong;
  }
  EXPECT_EQ(PlaceOfCursor("worklist/b", cursor).fault().kind, FaultKind::kInvalid);
}

}  // namespace
}  // namespace onewindow
