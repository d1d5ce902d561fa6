#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "engine/catalog/item_conditions.h"
#include "engine/catalog/read_item.h"
#include "tests/support/replaced.h"

namespace onewindow {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kShop = R"(id: shop
name: 开店
kind: confirmation
regime: own
minimum_level: county_level
handling: within_limit
promised_limit: 9 working_days
promised_limit_when:
- {when: form.area > 500, limit: 20 working_days}
instant_when: form.area <= 10
fields:
- {id: area, name: 面积, type: decimal, unit: 平方米}
- {id: use, name: 用途, type: choice, choices: [餐饮, 零售]}
- {id: note, name: 备注, type: text}
materials:
- {id: card, name: 身份证}
- {id: hygiene, name: 卫生材料, when: 'form.use == "餐饮"'}
route:
  legs:
  - branches:
    - lead: true
      steps:
      - {id: review, name: 审核, kind: handle, performer: county/civil-affairs, limit: 4 working_days}
    - when: 'form.use == "餐饮"'
      steps:
      - {id: kitchen, name: 后厨核查, kind: site_check, performer: county/health}
  - branches:
    - steps:
      - {id: visit, name: 现场核查, kind: site_check, performer: intake, when: form.area > 100,
         limit: 3 working_days, limit_when: [{when: form.area > 500, limit: 5 working_days}]}
      - {id: decision, name: 审批, kind: decide, performer: county/civil-affairs}
delivery: [at_window]
)";

std::vector<std::string> ErrorsOf(const std::string& text) {
  std::vector<std::string> lines;
  for (const Problem& problem : ReadItem({"shop.yaml", text}).errors) {
    lines.push_back(std::to_string(problem.line) + ": " + problem.message);
  }
  return lines;
}

std::vector<std::string> ErrorsWith(std::string_view found, std::string_view replacement) {
  return ErrorsOf(Replaced(std::string(kShop), found, replacement));
}

TEST(CheckConditionsTest, AnItemMayDependOnItsForm) {
  EXPECT_THAT(ErrorsOf(std::string(kShop)), IsEmpty());
  EXPECT_THAT(ReadItem({"shop.yaml", std::string(kShop)}).warnings, IsEmpty());
}

TEST(CheckConditionsTest, ConditionsAreListedWithWhatDependsOnThem) {
  const ServiceItem item = ReadItem({"shop.yaml", std::string(kShop)}).item;
  std::vector<std::string> lines;
  for (const ItemCondition& condition : ConditionsOf(item)) {
    lines.push_back(condition.path + " " + condition.subject + ": " + condition.text);
  }
  EXPECT_THAT(
      lines,
      ElementsAre("instant_when 当场办结: form.area <= 10",
                  "promised_limit_when[0].when 承诺时限20个工作日: form.area > 500",
                  "materials[1].when 材料「卫生材料」: form.use == \"餐饮\"",
                  "route.legs[0].branches[1].when 分支「后厨核查」: form.use == \"餐饮\"",
                  "route.legs[1].branches[0].steps[0].when 环节「现场核查」: form.area > 100",
                  "route.legs[1].branches[0].steps[0].limit_when[0].when "
                  "「现场核查」时限5个工作日: form.area > 500"));
}

TEST(CheckConditionsTest, ConditionsAreCheckedAgainstTheDeclaredFields) {
  EXPECT_THAT(ErrorsWith("instant_when: form.area <= 10", "instant_when: form.size <= 10"),
              ElementsAre("10: column 1: the item declares no field `form.size`; expected one of "
                          "`form.area` `form.use` `form.note`"));
  EXPECT_THAT(
      ErrorsWith("when: form.area > 100", "when: form.area > large"),
      ElementsAre("29: column 13: expected a field or a constant, but found `large`; a field "
                  "is written `form.large`, a text \"large\""));
  EXPECT_THAT(
      ErrorsWith("\'form.use == \"餐饮\"\'}", "\'form.use == \"办公\"\'}"),
      ElementsAre("17: column 13: `form.use`: expected one of `餐饮`, `零售`, but found `办公`"));
}

TEST(CheckConditionsTest, FieldsAreWhole) {
  EXPECT_THAT(
      ErrorsWith("- {id: note, name: 备注", "- {id: 备注, name: 备注"),
      ElementsAre("14: expected 1 to 40 of a-z, 0-9 and \'_\' that begin with a letter and are "
                  "no word of CEL, but found `备注`"));
  EXPECT_THAT(ErrorsWith("- {id: note, name: 备注", "- {id: area, name: 备注"),
              ElementsAre("14: `area` stands twice among the fields"));
  EXPECT_THAT(ErrorsWith("name: 备注, type: text", "type: text"),
              ElementsAre("14: a name is missing"));
  EXPECT_THAT(ErrorsWith("name: 备注, type: text", "name: 备注"),
              ElementsAre("14: a type is missing"));
  EXPECT_THAT(ErrorsWith("type: text", "type: text, unit: 个"),
              ElementsAre("14: only an `integer` or a `decimal` has a unit"));
  EXPECT_THAT(ErrorsWith("type: text", "type: text, choices: [a, b]"),
              ElementsAre("14: only a field of type `choice` has choices"));
  EXPECT_THAT(ErrorsWith("type: text", "type: choice, choices: [a]"),
              ElementsAre("14: a field of type `choice` has at least two choices"));
  EXPECT_THAT(ErrorsWith("type: text", "type: choice, choices: [a, a]"),
              ElementsAre("14: it stands twice"));
}

TEST(CheckConditionsTest, WhatIsAlwaysNeededHasNoCondition) {
  EXPECT_THAT(ErrorsWith("    - lead: true\n", "    - lead: true\n      when: form.area > 100\n"),
              ElementsAre("21: the branch that leads has a step that is always taken"));
  EXPECT_THAT(ErrorsWith("kind: decide,", "kind: decide, when: form.area > 100,"),
              ElementsAre("31: the decision is always taken"));
  EXPECT_THAT(ErrorsWith("delivery:", "accepted_by: lead\ndelivery:"), IsEmpty());
  EXPECT_THAT(ErrorsWith("name: 审核, kind: handle,",
                         "name: 初审, kind: handle, when: form.area > 100, performer: intake}\n"
                         "      - {id: second, name: 审核, kind: handle,"),
              IsEmpty());
  EXPECT_THAT(
      ErrorsOf(Replaced(Replaced(std::string(kShop), "delivery:", "accepted_by: lead\ndelivery:"),
                        "name: 审核, kind: handle,",
                        "name: 初审, kind: handle, when: form.area > 100, performer: intake}\n"
                        "      - {id: second, name: 审核, kind: handle,")),
      ElementsAre("33: the first step accepts, so it is always taken"));
}

TEST(CheckConditionsTest, ADoubtIsNotSaidTwice) {
  EXPECT_THAT(ErrorsWith("name: 卫生材料,", "name: 卫生材料, conditional: true,"),
              ElementsAre("17: `when` says exactly when it is demanded: leave out `conditional`"));
  EXPECT_THAT(ErrorsWith("handling: within_limit", "handling: instant"),
              ElementsAre("10: an item that is `instant` anyway needs no condition for it"));
}

TEST(CheckConditionsTest, LimitsByConditionAreLimits) {
  EXPECT_THAT(ErrorsWith("limit: 20 working_days", "limit: 0 calendar_days"),
              ElementsAre("9: expected at least 1; only working days may be 0, the same day"));
  EXPECT_THAT(ErrorsWith("when: form.area > 500, limit: 20", "limit: 20"),
              ElementsAre("9: the condition under which it applies is missing"));
  EXPECT_THAT(ErrorsWith("delivery:", "extension: {cap: 5 calendar_days}\ndelivery:"),
              ElementsAre("32: its unit is not that of the limit that it extends"));
}

}  // namespace
}  // namespace onewindow
