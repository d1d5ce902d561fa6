#include "services/supervision/timeline.h"

#include <string>

#include "engine/casework/life.h"
#include "engine/clock/timestamp.h"
#include "engine/supervision/late_entries.h"
#include "services/rpc/case_view.h"
#include "services/rpc/page_token.h"
#include "services/rpc/personal.h"
#include "services/supervision/names.h"

namespace onewindow {
namespace {

void AddTimes(TimelineEntry& entry, const LoggedCommand& logged) {
  *entry.mutable_recorded_at() = logged.recorded_at();
  const bool other = !logged.events().empty() && logged.events(0).has_occurred_at();
  *entry.mutable_occurred_at() = other ? logged.events(0).occurred_at() : logged.recorded_at();

  const auto late = LateBy(logged);
  if (!late) return;
  entry.set_late_entry(true);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(*late);
  entry.mutable_late_by()->set_seconds(seconds.count());
  entry.mutable_late_by()->set_nanos(static_cast<int32_t>((*late - seconds).count() * 1000));
}

TimelineEntry EntryOf(const LoggedCommand& logged, const OrganisationIndex& organisation) {
  TimelineEntry entry;
  entry.set_sequence(logged.sequence());
  *entry.mutable_caller() = logged.caller();
  entry.set_command(std::string(CommandName(logged.command().wish_case())));
  for (const Event& event : logged.events()) {
    Event& shown = *entry.add_events();
    shown = event;
    LeaveOutPersonal(shown);
  }
  AddNames(entry, logged.caller(), organisation);
  AddTimes(entry, logged);
  return entry;
}

}  // namespace

Reply<GetTimelineResponse> GetTimeline(const GetTimelineRequest& request, const Identity& caller,
                                       const Engine& engine) {
  const auto record = FindCase(request.case_id(), caller, engine);
  if (IsNo(record)) return NoAs<GetTimelineResponse>(record);
  const PageTokens tokens(request);
  const auto page = tokens.Read(request.paging());
  if (const auto* rejection = std::get_if<Rejection>(&page)) return *rejection;
  auto commands = engine.Timeline(CaseId{request.case_id()}, std::get<PageRequest>(page));
  if (!commands.ok() && commands.fault().kind == FaultKind::kInvalid) return BadPageToken();
  if (!commands.ok()) return commands.fault();

  GetTimelineResponse response;
  const auto published = engine.published();
  for (const LoggedCommand& logged : commands.value().rows) {
    *response.add_entries() = EntryOf(logged, *published->organisation);
  }
  response.set_next_page_token(tokens.Write(commands.value().next_cursor));
  return response;
}

}  // namespace onewindow
