#include "services/administration/server_status.h"

#include <string>

#include "engine/calendar/working_calendar.h"
#include "engine/clock/timestamp.h"
#include "services/rpc/audit.h"
#include "services/rpc/free_space.h"
#include "services/rpc/head.h"

namespace onewindow {
namespace {

void AddWriter(ServerStatus& status, const WriterStats& stats) {
  status.set_commands(stats.commands);
  status.set_rejected(stats.rejected);
  status.set_remembered(stats.remembered);
  status.set_incidents(stats.incidents);
  status.set_batches(stats.batches);
  if (stats.commands > 0) {
    status.set_puts_per_command(static_cast<double>(stats.puts) /
                                static_cast<double>(stats.commands));
  }
  status.set_queued(stats.queued);
  status.set_open_cases(stats.open_cases);
  status.set_refusing(stats.refusing);
}

CalendarCoverage CoverageOf(const WorkingCalendar& calendar, Instant now) {
  const Date last = calendar.last_published_day();
  CalendarCoverage coverage;
  coverage.set_calendar(calendar.id());
  coverage.set_version(calendar.version());
  coverage.set_published_until(FormatDate(last));
  coverage.set_next_year_missing(YearOf(last) <= YearOf(DateOf(now, calendar.zone())));
  return coverage;
}

}  // namespace

Reply<ServerStatus> GetStatus(const Premises& premises) {
  const Engine& engine = premises.engine;
  const auto head = HeadOf(engine);
  if (!head.ok()) return head.fault();

  ServerStatus status;
  status.set_version(premises.version);
  *status.mutable_now() = ToTimestamp(engine.Now());
  *status.mutable_started_at() = ToTimestamp(premises.started_at);
  status.set_sequence(head.value().sequence.value);
  status.set_head_hash(head.value().hash.data(), head.value().hash.size());
  status.set_free_bytes(FreeBytes(premises.data_directory));
  AddWriter(status, engine.Stats());
  for (const auto& [id, calendar] : engine.published()->calendars) {
    *status.add_calendars() = CoverageOf(*calendar, engine.Now());
  }
  return status;
}

Reply<ConfirmClockResponse> ConfirmClock(const Identity& caller, Engine& engine) {
  engine.ConfirmClock();
  NoteAct(caller, "confirmed the clock");
  ConfirmClockResponse response;
  *response.mutable_now() = ToTimestamp(engine.Now());
  return response;
}

}  // namespace onewindow
