#include "services/supervision/readings.h"

#include "services/rpc/case_view.h"
#include "services/rpc/page_token.h"
#include "services/supervision/names.h"

namespace onewindow {
namespace {

Reading ReadingOf(const LoggedCommand& logged, const OrganisationIndex& organisation) {
  Reading reading;
  reading.set_sequence(logged.sequence());
  *reading.mutable_read_at() = logged.recorded_at();
  reading.set_person(logged.caller().person());
  reading.set_position(logged.caller().position());
  reading.set_attachment(logged.events(0).personal_data_read().attachment());
  AddNames(reading, logged.caller(), organisation);
  return reading;
}

}  // namespace

Reply<ListReadingsResponse> ListReadings(const ListReadingsRequest& request, const Identity& caller,
                                         const Engine& engine) {
  const auto record = FindCase(request.case_id(), caller, engine);
  if (IsNo(record)) return NoAs<ListReadingsResponse>(record);
  const PageTokens tokens(request);
  const auto page = tokens.Read(request.paging());
  if (const auto* rejection = std::get_if<Rejection>(&page)) return *rejection;
  auto readings = engine.Readings(CaseId{request.case_id()}, std::get<PageRequest>(page));
  if (!readings.ok() && readings.fault().kind == FaultKind::kInvalid) return BadPageToken();
  if (!readings.ok()) return readings.fault();

  ListReadingsResponse response;
  const auto published = engine.published();
  for (const LoggedCommand& logged : readings.value().rows) {
    *response.add_readings() = ReadingOf(logged, *published->organisation);
  }
  response.set_next_page_token(tokens.Write(readings.value().next_cursor));
  return response;
}

}  // namespace onewindow
