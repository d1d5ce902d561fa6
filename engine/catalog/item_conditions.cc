#include "engine/catalog/item_conditions.h"

#include <utility>

#include "engine/catalog/item_checks.h"

namespace onewindow {
namespace {

using item_checks::Element;
using LimitCases = google::protobuf::RepeatedPtrField<LimitCase>;

std::string LimitForPeople(const Limit& limit) {
  const char* unit = limit.unit() == WORKING_DAYS    ? "个工作日"
                     : limit.unit() == CALENDAR_DAYS ? "个自然日"
                                                     : "小时";
  return std::to_string(limit.amount()) + unit;
}

class ConditionCollector {
 public:
  std::vector<ItemCondition> Collect(const ServiceItem& item) && {
    Add("instant_when", item.instant_when(), "当场办结");
    AddLimits("statutory_limit_when", item.statutory_limit_when(), "法定时限");
    AddLimits("promised_limit_when", item.promised_limit_when(), "承诺时限");
    for (int i = 0; i < item.materials_size(); ++i) {
      const Material& material = item.materials(i);
      Add(Element("materials", i) + ".when", material.when(), "材料「" + material.name() + "」");
    }
    for (int i = 0; i < item.route().legs_size(); ++i) {
      const Leg& leg = item.route().legs(i);
      for (int j = 0; j < leg.branches_size(); ++j) {
        AddBranch(Element("route.legs", i) + "." + Element("branches", j), leg.branches(j));
      }
    }
    return std::move(conditions_);
  }

 private:
  void Add(std::string path, const std::string& text, std::string subject) {
    if (text.empty()) return;
    conditions_.push_back({std::move(path), text, std::move(subject)});
  }

  void AddLimits(const std::string& path, const LimitCases& cases, const std::string& subject) {
    for (int i = 0; i < cases.size(); ++i) {
      Add(Element(path, i) + ".when", cases[i].when(), subject + LimitForPeople(cases[i].limit()));
    }
  }

  void AddBranch(const std::string& path, const Branch& branch) {
    std::string steps;
    for (const Step& step : branch.steps()) steps += (steps.empty() ? "" : "、") + step.name();
    Add(path + ".when", branch.when(), "分支「" + steps + "」");
    for (int i = 0; i < branch.steps_size(); ++i) {
      const Step& step = branch.steps(i);
      const std::string step_path = path + "." + Element("steps", i);
      Add(step_path + ".when", step.when(), "环节「" + step.name() + "」");
      AddLimits(step_path + ".limit_when", step.limit_when(), "「" + step.name() + "」时限");
    }
  }

  std::vector<ItemCondition> conditions_;
};

}  // namespace

std::vector<ItemCondition> ConditionsOf(const ServiceItem& item) {
  return ConditionCollector().Collect(item);
}

}  // namespace onewindow
