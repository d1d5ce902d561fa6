#include "services/supervision/explain.h"

#include <chrono>
#include <optional>
#include <string>

#include "engine/calendar/working_calendar.h"
#include "engine/casework/rejections.h"
#include "engine/clock/explain.h"
#include "engine/clock/timestamp.h"
#include "services/rpc/case_view.h"

namespace onewindow {
namespace {

// How far ahead of now an explanation may look.
constexpr std::chrono::days kAheadMax(3660);

std::optional<Rejection> CheckAsOf(Instant as_of, const CaseRecord& record, Instant now) {
  if (as_of >= ToInstant(record.received_at()) && as_of <= now + kAheadMax) return std::nullopt;
  return RefusedField(FIELD_INVALID, "as_of",
                      "expected a time from the receipt of the case to ten years from now");
}

bool Explainable(const Clock& clock, const Published& published, Instant as_of) {
  return published.calendars.contains(clock.calendar()) && !clock.ledger().empty() &&
         ToInstant(clock.ledger(0).from()) <= as_of;
}

}  // namespace

Reply<ExplainResponse> Explain(const ExplainRequest& request, const Identity& caller,
                               const Engine& engine) {
  const auto found = FindCase(request.case_id(), caller, engine);
  if (IsNo(found)) return NoAs<ExplainResponse>(found);
  const CaseRecord& record = std::get<CaseRecord>(found);
  const Instant now = engine.Now();
  const Instant as_of = request.has_as_of() ? ToInstant(request.as_of()) : now;
  if (request.has_as_of()) {
    if (auto rejection = CheckAsOf(as_of, record, now)) return *std::move(rejection);
  }

  ExplainResponse response;
  const auto published = engine.published();
  for (const Clock& clock : record.clocks()) {
    if (request.clock_id() != 0 && clock.id() != request.clock_id()) continue;
    if (!Explainable(clock, *published, as_of)) continue;
    const WorkingCalendar& calendar = *published->calendars.at(clock.calendar());
    *response.add_explanations() = ExplainClock(clock, calendar, as_of);
  }
  if (request.clock_id() != 0 && response.explanations().empty()) {
    return RefusedBecause(CLOCK_NOT_FOUND,
                          "Case " + std::to_string(record.id()) + " has no clock " +
                              std::to_string(request.clock_id()) + " at that time");
  }
  return response;
}

}  // namespace onewindow
