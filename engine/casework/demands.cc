#include "engine/casework/demands.h"

#include <algorithm>
#include <set>

namespace onewindow {
namespace {

const Limit& Chosen(const CaseRecord& record,
                    const google::protobuf::RepeatedPtrField<LimitCase>& cases,
                    const Limit& otherwise) {
  const auto chosen = std::find_if(cases.begin(), cases.end(),
                                   [&](const LimitCase& one) { return Holds(record, one.when()); });
  return chosen == cases.end() ? otherwise : chosen->limit();
}

const Branch& BranchAt(const ServiceItem& item, RoutePlace place) {
  return item.route().legs(static_cast<int>(place.leg)).branches(static_cast<int>(place.branch));
}

}  // namespace

bool Holds(const CaseRecord& record, std::string_view condition) {
  if (condition.empty()) return true;
  return std::any_of(record.verdicts().begin(), record.verdicts().end(),
                     [&](const ConditionVerdict& verdict) {
                       return verdict.condition() == condition && verdict.holds();
                     });
}

bool IsInstant(const CaseRecord& record, const ServiceItem& item) {
  if (item.handling() == ServiceItem::INSTANT) return true;
  return !item.instant_when().empty() && Holds(record, item.instant_when());
}

std::vector<std::string> MissingMaterials(const CaseRecord& record, const ServiceItem& item) {
  const std::set<std::string_view> in(record.materials().begin(), record.materials().end());
  std::vector<std::string> missing;
  for (const Material& material : item.materials()) {
    if (material.conditional() || material.source() != Material::FROM_APPLICANT) continue;
    if (!Holds(record, material.when())) continue;
    if (!in.contains(material.id())) missing.push_back(material.id());
  }
  return missing;
}

const Limit& StatutoryLimit(const CaseRecord& record, const ServiceItem& item) {
  return Chosen(record, item.statutory_limit_when(), item.statutory_limit());
}

const Limit& PromisedLimit(const CaseRecord& record, const ServiceItem& item) {
  return Chosen(record, item.promised_limit_when(), item.promised_limit());
}

const Limit& StepLimit(const CaseRecord& record, const Step& step) {
  return Chosen(record, step.limit_when(), step.limit());
}

bool IsTaken(const CaseRecord& record, const ServiceItem& item, RoutePlace place) {
  return Holds(record, BranchAt(item, place).when()) && Holds(record, StepAt(item, place).when());
}

std::optional<RoutePlace> NextTaken(const CaseRecord& record, const ServiceItem& item,
                                    RoutePlace place) {
  const int steps = BranchAt(item, place).steps_size();
  for (; static_cast<int>(place.step) < steps; ++place.step) {
    if (IsTaken(record, item, place)) return place;
  }
  return std::nullopt;
}

}  // namespace onewindow
