#include <algorithm>
#include <string>
#include <utility>

#include "engine/casework/deciders.h"
#include "engine/casework/mandates.h"
#include "engine/casework/plan.h"
#include "engine/casework/rejections.h"
#include "engine/casework/rights.h"
#include "engine/casework/sealed_text.h"

namespace onewindow {
namespace {

// Any window of the county gives originals back, and so does a helper who may collect.
std::optional<Rejection> CheckReturningDesk(const CaseRecord& current, std::string_view wish,
                                            const Context& context) {
  if (auto refused = CheckInCounty(current, wish, {RECEPTION, COLLECTION, HELPING}, context)) {
    return refused;
  }
  if (!ActsAsHelper(context)) return std::nullopt;
  return CheckMandated(current, wish, {.kind = Mandate::HELPER, .helper = ActingPerson(context)},
                       Mandate::MAY_COLLECT, context);
}

std::optional<Rejection> CheckHeld(const CaseRecord& current, const ReturnOriginals& wish) {
  const auto& held = current.originals();
  const auto is_held = [&](const std::string& id) {
    return std::find(held.begin(), held.end(), id) != held.end();
  };
  const auto& named = wish.materials();
  if (!held.empty() && std::all_of(named.begin(), named.end(), is_held)) return std::nullopt;
  Rejection rejection = RefusedField(ORIGINAL_NOT_HELD, "materials", "no such original is held");
  rejection.allowed = {held.begin(), held.end()};
  return rejection;
}

}  // namespace

Decision DecideWish(const CaseRecord& current, const GrantMandate& wish, const Context& context) {
  if (auto refused = CheckFrontDesk(current, "grant a mandate of", context)) return *refused;
  if (auto refused = CheckMandate(wish.mandate(), context)) return *refused;

  Plan plan(current, context);
  AddMandate(plan, wish.mandate());
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const EndMandate& wish, const Context& context) {
  constexpr std::string_view kWish = "end a mandate of";
  if (auto refused = CheckFrontDesk(current, kWish, context)) return *refused;
  const Mandate* mandate = FindMandate(current, wish.mandate_id());
  if (mandate == nullptr) {
    return RefusedField(MANDATE_NOT_FOUND, "mandate_id",
                        "the case has no mandate " + std::to_string(wish.mandate_id()));
  }
  const Date day = DateOf(context.at, kBeijing);
  if (!HasBegun(*mandate, day)) {
    return Refused(MANDATE_NOT_FOUND, current, kWish, "it was given on " + mandate->from());
  }
  if (!IsInForce(*mandate, day)) {
    return Refused(MANDATE_ENDED, current, kWish, "it ended after " + mandate->until());
  }

  Plan plan(current, context);
  Event event;
  event.mutable_mandate_ended()->set_mandate_id(wish.mandate_id());
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const ReturnOriginals& wish,
                    const Context& context) {
  if (auto refused = CheckReturningDesk(current, "return originals of", context)) return *refused;
  if (auto refused = CheckHeld(current, wish)) return *refused;
  if (IsBlank(wish.taker_name())) {
    return RefusedField(TAKER_MISSING, "taker_name", "says who took them back");
  }

  Plan plan(current, context);
  Event event;
  OriginalsReturned& returned = *event.mutable_originals_returned();
  *returned.mutable_materials() = wish.materials().empty() ? current.originals() : wish.materials();
  *returned.mutable_taker_name() = wish.taker_name();
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

}  // namespace onewindow
