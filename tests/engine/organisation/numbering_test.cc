#include "engine/organisation/numbering.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace onewindow {
namespace {

using Numbers = std::map<std::string, uint32_t>;

OrganisationChart ChartOf(const std::vector<std::string>& ids) {
  OrganisationChart chart;
  for (const std::string& id : ids) {
    chart.add_organisations()->set_id(id);
    chart.add_positions()->set_id(id + "-clerk");
  }
  return chart;
}

Numbers OrganisationNumbers(const OrganisationChart& chart) {
  Numbers numbers;
  for (const auto& organisation : chart.organisations()) {
    numbers[organisation.id()] = organisation.number();
  }
  return numbers;
}

Numbers PositionNumbers(const OrganisationChart& chart) {
  Numbers numbers;
  for (const auto& position : chart.positions()) numbers[position.id()] = position.number();
  return numbers;
}

TEST(NumberingTest, FirstPublicationNumbersInTheOrderOfTheChart) {
  auto chart = WithNumbers(ChartOf({"b", "a"}), OrganisationChart());
  EXPECT_EQ(chart.version(), 1u);
  EXPECT_EQ(OrganisationNumbers(chart), (Numbers{{"b", 1}, {"a", 2}}));
  EXPECT_EQ(PositionNumbers(chart), (Numbers{{"b-clerk", 1}, {"a-clerk", 2}}));
}

TEST(NumberingTest, IdsKeepTheirNumbersWhereverTheyStand) {
  auto first = WithNumbers(ChartOf({"a", "b"}), OrganisationChart());
  auto second = WithNumbers(ChartOf({"c", "b", "a"}), first);
  EXPECT_EQ(second.version(), 2u);
  EXPECT_EQ(OrganisationNumbers(second), (Numbers{{"a", 1}, {"b", 2}, {"c", 3}}));
  EXPECT_EQ(PositionNumbers(second), (Numbers{{"a-clerk", 1}, {"b-clerk", 2}, {"c-clerk", 3}}));
}

TEST(NumberingTest, NumbersOfRemovedIdsAreNeverGivenAgain) {
  auto first = WithNumbers(ChartOf({"a", "b"}), OrganisationChart());
  auto second = WithNumbers(ChartOf({"a"}), first);
  auto third = WithNumbers(ChartOf({"a", "c"}), second);
  EXPECT_EQ(OrganisationNumbers(third), (Numbers{{"a", 1}, {"c", 3}}));
  EXPECT_EQ(PositionNumbers(third), (Numbers{{"a-clerk", 1}, {"c-clerk", 3}}));
}

TEST(NumberingTest, AnIdThatComesBackGetsANewNumber) {
  auto first = WithNumbers(ChartOf({"a", "b"}), OrganisationChart());
  auto second = WithNumbers(ChartOf({"a"}), first);
  auto third = WithNumbers(ChartOf({"a", "b"}), second);
  EXPECT_EQ(OrganisationNumbers(third), (Numbers{{"a", 1}, {"b", 3}}));
}

TEST(NumberingTest, NumbersWrittenInTheDocumentAreReplaced) {
  auto chart = ChartOf({"a"});
  chart.mutable_organisations(0)->set_number(77);
  EXPECT_EQ(OrganisationNumbers(WithNumbers(chart, OrganisationChart())), (Numbers{{"a", 1}}));
}

}  // namespace
}  // namespace onewindow
