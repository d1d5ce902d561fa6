#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>

#include "engine/base/name.h"
#include "engine/catalog/item_checks.h"

namespace onewindow::item_checks {
namespace {

// Only handling can be taken for done.
Silence SilenceOf(const Step& step) {
  return step.kind() == Step::HANDLE ? DEEMED_CONSENT : SILENCE_UNSPECIFIED;
}

class RouteChecker {
 public:
  explicit RouteChecker(const ServiceItem& item) : item_(item), route_(item.route()) {}

  Review Check() && {
    for (int i = 0; i < route_.legs_size(); ++i) {
      CheckLeg(Element("route.legs", i), route_.legs(i));
    }
    CheckEnd();
    return std::move(review_);
  }

 private:
  void CheckLeg(const std::string& path, const Leg& leg) {
    if (leg.branches().empty()) review_.AddError(path, "a leg has at least one branch");
    auto leads = std::count_if(leg.branches().begin(), leg.branches().end(),
                               [](const Branch& branch) { return branch.lead(); });
    if (leg.branches_size() > 1 && leads != 1) {
      review_.AddError(path, "expected exactly one branch with `lead: true`, but found " +
                                 std::to_string(leads));
    }
    for (int i = 0; i < leg.branches_size(); ++i) {
      CheckBranch(path + "." + Element("branches", i), leg.branches(i));
    }
  }

  void CheckBranch(const std::string& path, const Branch& branch) {
    if (branch.steps().empty()) review_.AddError(path, "a branch has at least one step");
    for (int i = 0; i < branch.steps_size(); ++i) {
      CheckStep(path + "." + Element("steps", i), branch.steps(i));
    }
  }

  void CheckStep(const std::string& path, const Step& step) {
    if (!IsName(step.id())) {
      review_.AddError(path + ".id",
                       "expected 1 to 40 of a-z, 0-9 and '-', but found `" + step.id() + "`");
    } else if (!ids_.insert(step.id()).second) {
      review_.AddError(path + ".id", "`" + step.id() + "` stands twice on the route");
    }
    if (step.name().empty()) review_.AddError(path + ".name", "a name is missing");
    if (step.kind() == Step::KIND_UNSPECIFIED || !Step::Kind_IsValid(step.kind())) {
      review_.AddError(path + ".kind", "a kind is missing");
    }
    if (step.has_limit()) review_.Add(CheckLimit(path + ".limit", step.limit(), SilenceOf(step)));
    review_.Add(CheckLimitCases(path + ".limit_when", step.limit_when(), SilenceOf(step)));
    CheckPerformer(path + ".performer", step.performer());
    CheckDuty(path + ".duty", step);
    CheckNotice(path, step);
  }

  void CheckPerformer(const std::string& path, const Performer& performer) {
    if (performer.place() == Performer::PLACE_UNSPECIFIED ||
        !Performer::Place_IsValid(performer.place())) {
      return review_.AddError(path, "who performs the step is missing");
    }
    bool may_be_empty = performer.place() != Performer::NAMED;
    if (may_be_empty && performer.organisation().empty()) return;
    if (!IsName(performer.organisation())) {
      review_.AddError(path, "expected 1 to 40 of a-z, 0-9 and '-', but found `" +
                                 performer.organisation() + "`");
    }
  }

  void CheckDuty(const std::string& path, const Step& step) {
    if (step.kind() == Step::DECIDE) {
      if (step.duty() != DECISION) review_.AddError(path, "a decision takes the duty `decision`");
    } else if (step.kind() == Step::SITE_CHECK) {
      if (step.duty() != HANDLING) review_.AddError(path, "a site check takes the duty `handling`");
    } else if (step.duty() != RECEPTION && step.duty() != HANDLING && step.duty() != DECISION &&
               step.duty() != APPROVAL) {
      review_.AddError(path, "expected `handling`, `reception`, `decision` or `approval`");
    }
  }

  void CheckNotice(const std::string& path, const Step& step) {
    if (step.kind() != Step::PUBLIC_NOTICE) {
      if (step.counting() == Step::COUNTING_UNSPECIFIED) return;
      return review_.AddError(path + ".counting", "only a public notice is counted or not");
    }
    if (!step.has_limit()) {
      review_.AddError(path, "a public notice needs a limit: how long it stands at least");
    } else if (step.limit().amount() == 0) {
      review_.AddError(path + ".limit", "a public notice stands for at least 1 day or hour");
    }
    if (step.counting() != Step::UNCOUNTED) return;
    auto publicity = std::find_if(
        item_.special_procedures().begin(), item_.special_procedures().end(),
        [](const SpecialProcedure& procedure) { return procedure.kind() == PUBLICITY; });
    if (publicity == item_.special_procedures().end() || publicity->basis().empty()) {
      review_.AddError(path + ".counting",
                       "an uncounted notice needs `publicity` with its `basis` among the "
                       "special_procedures");
    }
  }

  // The decision ends the route, and only one branch can make it.
  void CheckEnd() {
    for (int i = 0; i < route_.legs_size(); ++i) {
      for (int j = 0; j < route_.legs(i).branches_size(); ++j) {
        const Branch& branch = route_.legs(i).branches(j);
        for (int k = 0; k < branch.steps_size(); ++k) {
          bool is_last = i + 1 == route_.legs_size() && k + 1 == branch.steps_size();
          CheckDecision(Element("route.legs", i) + "." + Element("branches", j) + "." +
                            Element("steps", k) + ".kind",
                        branch.steps(k), is_last ? StepPlace::kLast : StepPlace::kEarlier);
        }
      }
    }
    const Leg& last = route_.legs(route_.legs_size() - 1);
    if (last.branches_size() > 1) {
      review_.AddError(Element("route.legs", route_.legs_size() - 1),
                       "the last leg decides and has a single branch");
    }
  }

  enum class StepPlace { kEarlier, kLast };

  void CheckDecision(const std::string& path, const Step& step, StepPlace place) {
    if (place == StepPlace::kLast && step.kind() != Step::DECIDE) {
      review_.AddError(path, "the last step of the route is the one to `decide`");
    }
    if (place == StepPlace::kEarlier && step.kind() == Step::DECIDE) {
      review_.AddError(path, "only the last step of the route may `decide`");
    }
  }

  const ServiceItem& item_;
  const Route& route_;
  Review review_;
  std::unordered_set<std::string> ids_;
};

}  // namespace

Review CheckRoute(const ServiceItem& item) {
  if (!item.route().legs().empty()) return RouteChecker(item).Check();
  Review review;
  if (item.handling() == ServiceItem::WITHIN_LIMIT) {
    review.AddError("route", "an item that is not decided at the desk needs a route");
  }
  return review;
}

}  // namespace onewindow::item_checks
