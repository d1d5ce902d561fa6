#include "adapters/csv/csv_scanner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace onewindow {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Table = std::vector<std::vector<std::string>>;

struct Scanned {
  Table rows;
  std::vector<std::string> problems;  // "line:column reason"
  std::vector<TextPosition> positions;
  std::optional<TextPosition> open_quote;
};

// Scans the text in chunks of the size.
Scanned Scan(std::string_view text, size_t chunk_bytes = 1 << 16, char separator = ',',
             char quote = '"') {
  Scanned scanned;
  CsvScanner scanner(separator, quote, [&](const CsvRecord& record) {
    scanned.positions.push_back(record.position);
    if (record.problem) {
      scanned.problems.push_back(std::to_string(record.problem->position.line) + ":" +
                                 std::to_string(record.problem->position.column) + " " +
                                 record.problem->reason);
      return Status();
    }
    auto& row = scanned.rows.emplace_back();
    for (const TextField& field : record.fields) row.emplace_back(field.text);
    return Status();
  });
  for (; !text.empty(); text.remove_prefix(std::min(chunk_bytes, text.size()))) {
    EXPECT_TRUE(scanner.Scan(text.substr(0, chunk_bytes)).ok());
  }
  scanned.open_quote = scanner.open_quote();
  EXPECT_TRUE(scanner.Finish().ok());
  return scanned;
}

TEST(CsvScannerTest, FieldsMayBeQuotedAndHoldAnything) {
  EXPECT_THAT(Scan("a,\"b,\"\"c\"\"\r\nd\",\r\n,,\"\"\n").rows,
              ElementsAre(ElementsAre("a", "b,\"c\"\r\nd", ""), ElementsAre("", "", "")));
}

TEST(CsvScannerTest, AnyLineEndSeparatesRowsAndEmptyLinesAreNone) {
  EXPECT_THAT(Scan("a\nb\r\nc\rd\n\n\r\n\re").rows,
              ElementsAre(ElementsAre("a"), ElementsAre("b"), ElementsAre("c"), ElementsAre("d"),
                          ElementsAre("e")));
}

TEST(CsvScannerTest, TheLastLineNeedsNoEnd) {
  EXPECT_THAT(Scan("a,b,").rows, ElementsAre(ElementsAre("a", "b", "")));
  EXPECT_THAT(Scan("a,\"b\"").rows, ElementsAre(ElementsAre("a", "b")));
  EXPECT_THAT(Scan("").rows, IsEmpty());
}

TEST(CsvScannerTest, AQuoteWithinAPlainFieldStandsForItself) {
  EXPECT_THAT(Scan("5\" pipe,x\n").rows, ElementsAre(ElementsAre("5\" pipe", "x")));
}

TEST(CsvScannerTest, SeparatorAndQuoteMayDiffer) {
  EXPECT_THAT(Scan("a;'b;''c'\n", 100, ';', '\'').rows, ElementsAre(ElementsAre("a", "b;'c")));
}

TEST(CsvScannerTest, TextBehindAClosingQuoteSpoilsOnlyItsRow) {
  auto scanned = Scan("a,b\nc,\"d\"e\nf,g\n");
  EXPECT_THAT(scanned.problems, ElementsAre("2:6 text follows behind a closing quote"));
  EXPECT_THAT(scanned.rows, ElementsAre(ElementsAre("a", "b"), ElementsAre("f", "g")));
}

TEST(CsvScannerTest, ANulByteSpoilsOnlyItsRow) {
  auto scanned = Scan(std::string_view("a\nb\0c\nd\n", 8));
  EXPECT_THAT(scanned.problems, ElementsAre("2:2 the row contains a NUL byte"));
  EXPECT_THAT(scanned.rows, ElementsAre(ElementsAre("a"), ElementsAre("d")));
}

TEST(CsvScannerTest, OverlongRowsAreSpoiledAndSkipped) {
  std::string longest(kCsvRowBytesMax, 'x');
  EXPECT_THAT(Scan(longest + "\n").problems, IsEmpty());
  auto scanned = Scan("a\n" + longest + "x\nb\n");
  EXPECT_THAT(scanned.problems, ElementsAre("2:1048577 the row is longer than 1048576 bytes"));
  EXPECT_THAT(scanned.rows, ElementsAre(ElementsAre("a"), ElementsAre("b")));
  auto many = Scan(std::string(4095, ',') + "\n" + std::string(4096, ',') + "\nb\n");
  EXPECT_THAT(many.problems, ElementsAre("2:4097 the row has more than 4096 fields"));
  ASSERT_EQ(many.rows.size(), 2u);
  EXPECT_EQ(many.rows[0].size(), 4096u);
}

TEST(CsvScannerTest, EmptyLinesNeverAddUpToAnOverlongRow) {
  auto scanned = Scan(std::string(kCsvRowBytesMax + 10, '\n') + "a\n");
  EXPECT_THAT(scanned.problems, IsEmpty());
  EXPECT_THAT(scanned.positions, ElementsAre(TextPosition{kCsvRowBytesMax + 11, 1}));
}

TEST(CsvScannerTest, PositionsCountEveryKindOfLineEnd) {
  auto scanned = Scan("a,\"x\ny\"\r\nb\rc\n");
  EXPECT_THAT(scanned.positions,
              ElementsAre(TextPosition{1, 1}, TextPosition{3, 1}, TextPosition{4, 1}));
}

TEST(CsvScannerTest, AnOpenQuoteIsKnownByItsPlace) {
  EXPECT_EQ(Scan("a\nb,\"c\nd").open_quote, (TextPosition{2, 3}));
  EXPECT_EQ(Scan("a\nb,\"c\"").open_quote, std::nullopt);
}

// A field as RFC 4180 wants it written.
std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

RC_GTEST_PROP(CsvScannerProperty, WhatIsWrittenIsReadInChunksOfAnySize, ()) {
  auto field = rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', '\r', ' '));
  auto width = *rc::gen::inRange<size_t>(1, 5);
  auto table =
      *rc::gen::container<Table>(rc::gen::container<std::vector<std::string>>(width, field));
  std::string line_end = *rc::gen::element<std::string>("\n", "\r\n", "\r");
  std::string text;
  for (const auto& row : table) {
    for (size_t i = 0; i < row.size(); ++i) {
      bool plain = !row[i].empty() && row[i].find_first_of(",\"\r\n") == std::string::npos;
      text += (i > 0 ? "," : "") + (plain ? row[i] : Quoted(row[i]));
    }
    text += line_end;
  }
  auto scanned = Scan(text, *rc::gen::inRange<size_t>(1, 20));
  RC_ASSERT(scanned.rows == table);
  RC_ASSERT(scanned.problems.empty());
}

}  // namespace
}  // namespace onewindow
