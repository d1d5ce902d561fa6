#include "engine/catalog/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "engine/base/check.h"

namespace onewindow {
namespace {

using testing::ElementsAre;

ServiceItem Item(const std::string& id, const std::string& name) {
  ServiceItem item;
  item.set_id(id);
  item.set_name(name);
  return item;
}

Catalogue Publish(const Catalogue& catalogue, const ServiceItem& item) {
  return catalogue.With(catalogue.Numbered(item));
}

TEST(CatalogueTest, AnEmptyOneFindsNothing) {
  Catalogue catalogue;
  EXPECT_EQ(catalogue.Current("relief"), nullptr);
  EXPECT_EQ(catalogue.Current(ItemNumber{1}), nullptr);
  EXPECT_EQ(catalogue.Find("relief", 1), nullptr);
  EXPECT_TRUE(catalogue.AllCurrent().empty());
}

TEST(CatalogueTest, PublishingAgainMakesANewVersionAndKeepsTheOldOne) {
  Catalogue catalogue = Publish(Publish(Catalogue(), Item("relief", "old")), Item("relief", "new"));
  EXPECT_EQ(catalogue.Current("relief")->name(), "new");
  EXPECT_EQ(catalogue.Current("relief")->version(), 2u);
  EXPECT_EQ(catalogue.Find("relief", 1)->name(), "old");
  EXPECT_EQ(catalogue.Find("relief", 2)->name(), "new");
  EXPECT_EQ(catalogue.Find("relief", 0), nullptr);
  EXPECT_EQ(catalogue.Find("relief", 3), nullptr);
}

TEST(CatalogueTest, NumbersAreGivenInOrderAndStayOverPublications) {
  Catalogue catalogue = Publish(Publish(Catalogue(), Item("relief", "")), Item("card", ""));
  catalogue = Publish(Publish(catalogue, Item("relief", "")), Item("sign", ""));
  EXPECT_EQ(catalogue.Current("relief")->number(), 1u);
  EXPECT_EQ(catalogue.Current("card")->number(), 2u);
  EXPECT_EQ(catalogue.Current("sign")->number(), 3u);
  EXPECT_EQ(catalogue.Current(ItemNumber{1}), catalogue.Current("relief"));
  EXPECT_EQ(catalogue.Current(ItemNumber{4}), nullptr);
}

TEST(CatalogueTest, VersionAndNumberInTheDocumentAreReplaced) {
  ServiceItem item = Item("relief", "");
  item.set_version(9);
  item.set_number(9);
  ServiceItem numbered = Catalogue().Numbered(item);
  EXPECT_EQ(numbered.version(), 1u);
  EXPECT_EQ(numbered.number(), 1u);
}

TEST(CatalogueTest, ACopyIsNotChangedByWhatIsPublishedAfterIt) {
  Catalogue before = Publish(Catalogue(), Item("relief", "old"));
  Catalogue after = Publish(before, Item("relief", "new"));
  after = Publish(after, Item("card", ""));
  EXPECT_EQ(before.Current("relief")->name(), "old");
  EXPECT_EQ(before.Current("card"), nullptr);
  EXPECT_EQ(before.Find("relief", 1), after.Find("relief", 1));
}

TEST(CatalogueTest, AllCurrentAreInTheOrderOfTheirNumbers) {
  Catalogue catalogue = Publish(Publish(Catalogue(), Item("z", "")), Item("a", ""));
  catalogue = Publish(catalogue, Item("z", "again"));
  EXPECT_THAT(catalogue.AllCurrent(), ElementsAre(catalogue.Find("z", 2), catalogue.Find("a", 1)));
}

TEST(CatalogueTest, AVersionOutOfTurnIsABug) {
  CheckScope scope;
  Catalogue catalogue = Publish(Catalogue(), Item("relief", ""));
  ServiceItem item = catalogue.Numbered(Item("relief", ""));
  item.set_version(3);
  EXPECT_THROW((void)catalogue.With(item), CheckFailure);
  item.set_version(2);
  item.set_number(2);
  EXPECT_THROW((void)catalogue.With(item), CheckFailure);
}

}  // namespace
}  // namespace onewindow
