#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/catalog/read_item.h"
#include "engine/organisation/organisation_index.h"
#include "engine/organisation/read_chart.h"

namespace onewindow {
namespace {

namespace fs = std::filesystem;

using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

const fs::path kCounty = fs::path(ONEWINDOW_SOURCE_DIR) / "deploy/demo-county";

std::string ReadText(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

ItemDocument ReadDemoItem(const std::string& id) {
  std::string file = id + ".yaml";
  return ReadItem({file, ReadText(kCounty / "items" / file)});
}

std::vector<const Step*> StepsOf(const ServiceItem& item) {
  std::vector<const Step*> steps;
  for (const Leg& leg : item.route().legs()) {
    for (const Branch& branch : leg.branches()) {
      for (const Step& step : branch.steps()) steps.push_back(&step);
    }
  }
  return steps;
}

std::vector<std::string> DemoItemIds() {
  std::vector<std::string> ids;
  for (const auto& entry : fs::directory_iterator(kCounty / "items"))
    ids.push_back(entry.path().stem());
  return ids;
}

std::vector<std::string> Lines(const Problems& problems) {
  std::vector<std::string> lines;
  for (const Problem& problem : problems) lines.push_back(FormatProblem(problem));
  return lines;
}

const Step& OnlyBranchStep(const ServiceItem& item, int step) {
  return item.route().legs(0).branches(0).steps(step);
}

TEST(DemoItemsTest, AllAreThere) {
  EXPECT_THAT(
      DemoItemIds(),
      UnorderedElementsAre(
          "birth-entry", "birth-registration", "birth-registration-card", "birth-registration-slip",
          "destitute-support", "destitute-support-township", "disability-allowances",
          "disability-living-allowance", "elderly-allowance", "first-child-registration",
          "identity-card", "night-market", "orphan-recognition", "orphan-welfare-card",
          "private-felling", "senior-card", "shop-sign", "street-campaign", "temporary-relief",
          "temporary-relief-investigated", "tree-felling"));
}

TEST(DemoItemsTest, NoneHasErrorsAndEachIsNamedLikeItsFile) {
  for (const std::string& id : DemoItemIds()) {
    auto document = ReadDemoItem(id);
    EXPECT_THAT(Lines(document.errors), IsEmpty());
    EXPECT_EQ(document.item.id(), id);
    EXPECT_FALSE(document.item.sources().empty()) << id;
  }
}

// What the published items contradict or leave open, and nothing else.
TEST(DemoItemsTest, WarningsAreThoseOfTheSources) {
  constexpr char kUntimed[] =
      ":1: it has neither a statutory nor a promised limit: no whole is timed";
  std::map<std::string, std::vector<std::string>> expected = {
      {"elderly-allowance",
       {"elderly-allowance.yaml:13:18: the article that it comes from is missing (`basis`)",
        "elderly-allowance.yaml:14:17: the steps add up to 21 working_days, but the promise is "
        "22 working_days"}},
      {"disability-allowances", {std::string("disability-allowances.yaml:4") + kUntimed}},
      {"temporary-relief-investigated",
       {std::string("temporary-relief-investigated.yaml:4") + kUntimed}},
      {"destitute-support-township", {std::string("destitute-support-township.yaml:3") + kUntimed}},
      {"orphan-recognition", {std::string("orphan-recognition.yaml:6") + kUntimed}},
      {"destitute-support",
       {"destitute-support.yaml:12:18: the article that it comes from is missing (`basis`)"}},
  };
  for (const std::string& id : DemoItemIds()) {
    EXPECT_EQ(Lines(ReadDemoItem(id).warnings), expected[id]);
  }
}

TEST(DemoItemsTest, EveryStepHasSomebodyForItWhicheverTownTakesTheCase) {
  auto chart = ReadChart({"organisation.yaml", ReadText(kCounty / "organisation.yaml")}).chart;
  OrganisationIndex index = OrganisationIndex::Build(std::move(chart)).value();
  for (const std::string& id : DemoItemIds()) {
    ServiceItem item = ReadDemoItem(id).item;
    for (const Organisation& intake : index.chart().organisations()) {
      if (intake.kind() != Organisation::TOWNSHIP) continue;
      CasePlaces places{.intake = intake,
                        .registered_division = "510121119000",
                        .residence_division = "510121001015"};
      for (const Step* step : StepsOf(item)) {
        const Organisation* performer = index.Resolve(step->performer(), places);
        ASSERT_NE(performer, nullptr) << id << " " << step->id() << " " << intake.id();
        EXPECT_THAT(index.PositionsWithDuty(performer->id(), step->duty()), Not(IsEmpty()))
            << id << " " << step->id();
      }
    }
  }
}

TEST(DemoItemsTest, TemporaryReliefCountsItsNotice) {
  ServiceItem item = ReadDemoItem("temporary-relief").item;
  const Step& notice = OnlyBranchStep(item, 1);
  EXPECT_EQ(notice.kind(), Step::PUBLIC_NOTICE);
  EXPECT_EQ(notice.counting(), Step::COUNTED);
  EXPECT_EQ(notice.limit().amount(), 5u);
  EXPECT_EQ(notice.limit().unit(), WORKING_DAYS);
}

TEST(DemoItemsTest, LivingAllowanceHasTwoUnitsAndItsNoticeIsNotCounted) {
  ServiceItem item = ReadDemoItem("disability-living-allowance").item;
  EXPECT_EQ(OnlyBranchStep(item, 0).limit().unit(), WORKING_DAYS);
  EXPECT_EQ(OnlyBranchStep(item, 1).limit().unit(), CALENDAR_DAYS);
  EXPECT_EQ(OnlyBranchStep(item, 1).counting(), Step::UNCOUNTED);
}

TEST(DemoItemsTest, BirthRegistrationIsDecidedAtTheDesk) {
  EXPECT_EQ(ReadDemoItem("birth-registration").item.handling(), ServiceItem::INSTANT);
}

TEST(DemoItemsTest, StreetCampaignIsAcceptedByTheDepartmentThatLooksAtTheSite) {
  ServiceItem item = ReadDemoItem("street-campaign").item;
  EXPECT_EQ(item.accepted_by(), ServiceItem::LEAD);
  EXPECT_EQ(OnlyBranchStep(item, 0).kind(), Step::SITE_CHECK);
}

TEST(DemoItemsTest, NightMarketIsLookedAtByThreeAtOnce) {
  ServiceItem item = ReadDemoItem("night-market").item;
  EXPECT_EQ(item.route().legs(0).branches_size(), 3);
  EXPECT_TRUE(item.route().legs(0).branches(0).lead());
}

}  // namespace
}  // namespace onewindow
