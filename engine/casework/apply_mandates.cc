#include <algorithm>
#include <chrono>

#include "engine/base/check.h"
#include "engine/base/instant.h"
#include "engine/casework/appliers.h"
#include "engine/clock/timestamp.h"

namespace onewindow {

void ApplyFact(CaseRecord& record, const MandateGranted& fact, EventAt) {
  CHECK(fact.mandate().id() == record.last_mandate_id() + 1) << record.id();
  *record.add_mandates() = fact.mandate();
  record.set_last_mandate_id(fact.mandate().id());
}

// The day on which it is ended does not count any more.
void ApplyFact(CaseRecord& record, const MandateEnded& fact, EventAt when) {
  const Date last_day = DateOf(ToInstant(when.at), kBeijing) - std::chrono::days(1);
  for (Mandate& mandate : *record.mutable_mandates()) {
    if (mandate.id() == fact.mandate_id()) mandate.set_until(FormatDate(last_day));
  }
}

void ApplyFact(CaseRecord& record, const OriginalsReturned& fact, EventAt) {
  const auto& returned = fact.materials();
  auto& held = *record.mutable_originals();
  held.erase(std::remove_if(held.begin(), held.end(),
                            [&](const std::string& id) {
                              return std::find(returned.begin(), returned.end(), id) !=
                                     returned.end();
                            }),
             held.end());
}

}  // namespace onewindow
