#include "adapters/item_catalogues/item_import.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>

#include "tests/adapters/item_catalogues/catalogue_fixture.h"

namespace onewindow {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

constexpr char kFolder[] = ONEWINDOW_SOURCE_DIR "/tests/adapters/item_catalogues/";
constexpr char kGoodCode[] = "511A0138600000-511602000000-000-115113010833722043-1-00";

class ItemImportTest : public CatalogueFixture {
 protected:
  // A row that makes a draft, with this name.
  static std::string Row(const std::string& name) {
    return "区教科体局,未分类," + name + "," + kGoodCode + ",1,511602000000,115113010833722043";
  }
};

TEST_F(ItemImportTest, EveryRowIsADraftOrListed) {
  auto imported = Import(std::string(kFolder) + "small_catalogue.csv");
  ASSERT_TRUE(imported.ok()) << imported.fault().message;
  ItemImportReport expected;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      ContentOf(std::string(kFolder) + "small_catalogue.report.textproto"), &expected));
  google::protobuf::util::MessageDifferencer differencer;
  std::string difference;
  differencer.ReportDifferencesToString(&difference);
  EXPECT_TRUE(differencer.Compare(expected, imported.value())) << difference;
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(out()), {}), 3);
}

TEST_F(ItemImportTest, ADraftSaysWhatTheCatalogueSays) {
  ASSERT_TRUE(Import(std::string(kFolder) + "small_catalogue.csv").ok());
  EXPECT_EQ(DraftText("512b0159000000"),
            "# Draft (草稿): `onewindow item check` says what is missing.\n"
            "id: \"512b0159000000\"\n"
            "name: \"求职\\\"创业\\\"补贴\"\n"
            "code: \"512B0159000000-511602000000-000-12511301008778423H-1-00\"\n"
            "kind: benefit\n"
            "regime: own\n"
            "sources:\n"
            "  - \"small_catalogue.csv:3 区人社局 就业, 创业\"\n");
  EXPECT_EQ(Draft("511a0138600000").item.regime(), ServiceItem::LICENSING);
}

TEST_F(ItemImportTest, WhatIsMissingForbidsThatADraftIsPublished) {
  ASSERT_TRUE(Import(std::string(kFolder) + "small_catalogue.csv").ok());
  std::vector<std::string> missing;
  for (const Problem& problem : Draft("512b0159000000").errors) missing.push_back(problem.message);
  EXPECT_THAT(missing, ElementsAre("the lowest level that may decide is missing",
                                   "the handling is missing: expected `instant` or `within_limit`, "
                                   "which needs a route",
                                   "the ways in which the result is delivered are missing"));
}

TEST_F(ItemImportTest, ACompletedDraftIsAPublishableItem) {
  ASSERT_TRUE(Import(std::string(kFolder) + "small_catalogue.csv").ok());
  std::string completed = DraftText("512b0159000000") +
                          "minimum_level: county_level\nhandling: instant\ndelivery: [at_window]\n";
  ItemDocument document = ReadItem({.file = "completed.yaml", .text = completed});
  EXPECT_TRUE(document.ok()) << FormatProblems(document.errors);
}

TEST_F(ItemImportTest, AByteOrderMarkAndAnyLineEndAreTakenAsTheyCome) {
  std::string text = "\xef\xbb\xbf" + std::string(kHeader) + Row("教师资格认定") + "\n";
  size_t at = 0;
  while ((at = text.find('\n', at)) != std::string::npos) {
    text.replace(at, 1, "\r\n");
    at += 2;
  }
  auto imported = Import(Write(text));
  ASSERT_TRUE(imported.ok()) << imported.fault().message;
  EXPECT_EQ(imported.value().drafts(), 1u);
  EXPECT_EQ(Draft("511a0138600000").item.name(), "教师资格认定");
}

TEST_F(ItemImportTest, Gb18030IsReadWhereItIsSaid) {
  // 教师, 𠀀 (four bytes) and a second byte that is an ASCII letter (乗, 81 5C).
  std::string name = "\xBD\xCC\xCA\xA6\x95\x32\x82\x36\x81\x5C";
  std::string text = std::string(kHeader) + "d,m," + name + "," + kGoodCode +
                     ",1,511602000000,115113010833722043\n";
  auto imported = Import(Write(text), TextEncoding::kGb18030);
  ASSERT_TRUE(imported.ok()) << imported.fault().message;
  EXPECT_EQ(Draft("511a0138600000").item.name(), "教师𠀀乗");
}

TEST_F(ItemImportTest, BytesOfAnotherEncodingMakeTheirRowUnusable) {
  std::string text = std::string(kHeader) + Row("\xBD\xCC\xCA\xA6") + "\n";
  auto imported = Import(Write(text));
  ASSERT_TRUE(imported.ok()) << imported.fault().message;
  ASSERT_EQ(imported.value().unusable_size(), 1);
  EXPECT_EQ(imported.value().unusable(0).reason(), "name: expected UTF-8, but found other bytes");
  EXPECT_EQ(imported.value().unusable(0).column(), 27u);
  EXPECT_EQ(imported.value().drafts(), 0u);
}

TEST_F(ItemImportTest, AQuotedFieldMayGoOverLinesAndTheNextRowKeepsItsLine) {
  auto imported =
      Import(Write(std::string(kHeader) + Row("\"教师\n资格\"") + "\n,,,wrong,1,511602000000,\n"));
  ASSERT_TRUE(imported.ok()) << imported.fault().message;
  EXPECT_EQ(Draft("511a0138600000").item.name(), "教师\n资格");
  ASSERT_EQ(imported.value().unusable_size(), 1);
  EXPECT_EQ(imported.value().unusable(0).line(), 4u);
}

TEST_F(ItemImportTest, ColumnsMayStandInAnyOrderBesideOthers) {
  auto imported =
      Import(Write("more,dept_code,area_code,task_type,item_code,name,main_item,department\n"
                   "x,115113010833722043,511602000000,1," +
                   std::string(kGoodCode) + ",教师资格认定,未分类,区教科体局\n"));
  ASSERT_TRUE(imported.ok()) << imported.fault().message;
  EXPECT_EQ(imported.value().drafts(), 1u);
  EXPECT_TRUE(imported.value().doubtful_codes().empty());
}

TEST_F(ItemImportTest, ABrokenFileIsAFaultAtItsPlace) {
  auto without_column = Import(Write("department,name\na,b\n"));
  ASSERT_FALSE(without_column.ok());
  EXPECT_THAT(without_column.fault().message,
              EndsWith("catalogue.csv:1:1: expected a column `main_item`"));
  auto open_quote = Import(Write(std::string(kHeader) + "a,\"b\n"));
  ASSERT_FALSE(open_quote.ok());
  EXPECT_THAT(open_quote.fault().message,
              EndsWith("catalogue.csv:2:3: the quote that opens here is never closed"));
  auto empty = Import(Write(""));
  ASSERT_FALSE(empty.ok());
  EXPECT_THAT(empty.fault().message, EndsWith("expected a header that names the columns"));
  auto absent = Import(scratch_ / "absent.csv");
  ASSERT_FALSE(absent.ok());
  EXPECT_EQ(absent.fault().kind, FaultKind::kNotFound);
}

TEST_F(ItemImportTest, NothingIsOverwritten) {
  std::filesystem::path catalogue = Write(std::string(kHeader) + Row("教师资格认定") + "\n");
  ASSERT_TRUE(Import(catalogue).ok());
  auto again = Import(catalogue);
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.fault().kind, FaultKind::kExists);
}

TEST_F(ItemImportTest, UnusableRowsAreToldAsTheyAreMet) {
  std::vector<uint32_t> lines;
  auto imported = ImportItems({.catalogue = std::string(kFolder) + "small_catalogue.csv",
                               .out = out(),
                               .on_unusable = [&](const ItemImportReport::UnusableRow& row) {
                                 lines.push_back(row.line());
                               }});
  ASSERT_TRUE(imported.ok()) << imported.fault().message;
  EXPECT_THAT(lines, ElementsAre(4u, 5u, 6u, 7u, 8u, 9u));
}

}  // namespace
}  // namespace onewindow
