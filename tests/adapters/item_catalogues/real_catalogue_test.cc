#include <gmock/gmock.h>

#include <cstdlib>
#include <map>

#include "tests/adapters/item_catalogues/catalogue_fixture.h"

namespace onewindow {
namespace {

using testing::ElementsAre;
using testing::Pair;
using testing::UnorderedElementsAre;

// The published catalogue of a district. The numbers were counted with another program.
class RealCatalogueTest : public CatalogueFixture {
 protected:
  static std::filesystem::path SharedCatalogue() {
    const char* given = std::getenv("ONEWINDOW_SHARED");
    std::filesystem::path shared =
        given != nullptr ? given : std::string(ONEWINDOW_SOURCE_DIR) + "/../shared";
    return shared / "data" / "catalog" / "guangan_district_items.csv";
  }

  void SetUp() override {
    if (!std::filesystem::exists(SharedCatalogue())) {
      GTEST_SKIP() << SharedCatalogue() << " is absent; set ONEWINDOW_SHARED to its folder";
    }
    auto imported = Import(SharedCatalogue());
    ASSERT_TRUE(imported.ok()) << imported.fault().message;
    report_ = std::move(imported).value();
  }

  ItemImportReport report_;
};

TEST_F(RealCatalogueTest, EveryRowIsAccountedFor) {
  EXPECT_EQ(report_.rows(), 1135u);
  EXPECT_EQ(report_.drafts(), 1131u);
  std::vector<uint32_t> lines;
  for (const auto& row : report_.unusable()) lines.push_back(row.line());
  // A code of the province, and three that name no area.
  EXPECT_THAT(lines, ElementsAre(119u, 167u, 368u, 632u));
}

TEST_F(RealCatalogueTest, CodesThatAreNoCreditCodesAreWarnings) {
  std::map<std::string, uint32_t> codes;
  std::map<std::string, uint32_t> drafts;
  for (const auto& doubtful : report_.doubtful_codes()) {
    ++codes[doubtful.column()];
    drafts[doubtful.column()] += doubtful.drafts();
  }
  EXPECT_THAT(codes, ElementsAre(Pair("dept_code", 30u), Pair("item_code", 13u)));
  EXPECT_THAT(drafts, ElementsAre(Pair("dept_code", 882u), Pair("item_code", 150u)));
}

TEST_F(RealCatalogueTest, EveryDraftIsAnItemThatWantsTheSameThreeThings) {
  std::map<ServiceItem::Kind, int> kinds;
  for (const auto& entry : std::filesystem::directory_iterator(out())) {
    ItemDocument draft = Draft(entry.path().stem().string());
    ++kinds[draft.item.kind()];
    EXPECT_EQ(draft.errors.size(), 3u) << entry.path() << FormatProblems(draft.errors);
    EXPECT_EQ(draft.item.regime() == ServiceItem::LICENSING,
              draft.item.kind() == ServiceItem::LICENCE);
  }
  EXPECT_THAT(kinds, UnorderedElementsAre(
                         Pair(ServiceItem::LICENCE, 535), Pair(ServiceItem::BENEFIT, 9),
                         Pair(ServiceItem::CONFIRMATION, 50), Pair(ServiceItem::AWARD, 1),
                         Pair(ServiceItem::ARBITRATION, 6), Pair(ServiceItem::OTHER_POWER, 182),
                         Pair(ServiceItem::PUBLIC_SERVICE, 348)));
}

}  // namespace
}  // namespace onewindow
