#include "engine/casework/route.h"

#include "engine/base/check.h"

namespace onewindow {

const Step& StepAt(const ServiceItem& item, RoutePlace place) {
  const Route& route = item.route();
  CHECK(static_cast<int>(place.leg) < route.legs_size()) << item.id() << " leg " << place.leg;
  const Leg& leg = route.legs(static_cast<int>(place.leg));
  CHECK(static_cast<int>(place.branch) < leg.branches_size()) << item.id();
  const Branch& branch = leg.branches(static_cast<int>(place.branch));
  CHECK(static_cast<int>(place.step) < branch.steps_size()) << item.id();
  return branch.steps(static_cast<int>(place.step));
}

std::optional<RoutePlace> FindStep(const ServiceItem& item, std::string_view step) {
  for (int leg = 0; leg < item.route().legs_size(); ++leg) {
    const auto& branches = item.route().legs(leg).branches();
    for (int branch = 0; branch < branches.size(); ++branch) {
      const auto& steps = branches[branch].steps();
      for (int index = 0; index < steps.size(); ++index) {
        if (steps[index].id() != step) continue;
        return RoutePlace{.leg = static_cast<uint32_t>(leg),
                          .branch = static_cast<uint32_t>(branch),
                          .step = static_cast<uint32_t>(index)};
      }
    }
  }
  return std::nullopt;
}

const Step* DecidingStep(const ServiceItem& item) {
  if (item.route().legs_size() == 0) return nullptr;
  const Leg& leg = item.route().legs(item.route().legs_size() - 1);
  const Branch& branch = leg.branches(leg.branches_size() - 1);
  return &branch.steps(branch.steps_size() - 1);
}

bool LeadsItsLeg(const ServiceItem& item, RoutePlace place) {
  const Leg& leg = item.route().legs(static_cast<int>(place.leg));
  return leg.branches_size() == 1 || leg.branches(static_cast<int>(place.branch)).lead();
}

}  // namespace onewindow
