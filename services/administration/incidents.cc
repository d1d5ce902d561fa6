#include "services/administration/incidents.h"

#include <charconv>
#include <optional>
#include <string>

#include "engine/casework/disclosure.h"
#include "services/rpc/page_token.h"

namespace onewindow {
namespace {

// Commands that one piece looks through.
constexpr size_t kCommandsReadMax = 20'000;

// The cursor is the last sequence that was looked at. Nothing for one that is no number.
std::optional<Sequence> LookedAt(const std::string& cursor) {
  Sequence sequence;
  if (cursor.empty()) return sequence;
  const char* end = cursor.data() + cursor.size();
  const auto [rest, error] = std::from_chars(cursor.data(), end, sequence.value);
  if (error != std::errc() || rest != end) return std::nullopt;
  return sequence;
}

// The text of the incident if this command set its case aside.
const std::string* IncidentIn(const LoggedCommand& logged) {
  for (const Event& event : logged.events()) {
    if (event.has_case_set_aside()) return &event.case_set_aside().incident();
  }
  return nullptr;
}

Incident IncidentOf(const LoggedCommand& logged, const CaseRecord& record,
                    const std::string& text) {
  Incident incident;
  incident.set_case_id(record.id());
  incident.set_receipt_number(record.receipt_number());
  incident.set_sequence(logged.sequence());
  *incident.mutable_set_aside_at() = logged.recorded_at();
  incident.set_incident(text);
  return incident;
}

}  // namespace

Reply<ListIncidentsResponse> ListIncidents(const ListIncidentsRequest& request,
                                           const Identity& caller, const Engine& engine) {
  const PageTokens tokens(request);
  const auto page = tokens.Read(request.paging());
  if (const auto* rejection = std::get_if<Rejection>(&page)) return *rejection;
  const auto& [size, cursor] = std::get<PageRequest>(page);
  const auto after = LookedAt(cursor);
  if (!after) return BadPageToken();

  auto stretch = engine.log().ReadAfter(*after, kCommandsReadMax);
  if (!stretch.ok()) return stretch.fault();
  const auto& commands = stretch.value().commands;
  const auto published = engine.published();
  ListIncidentsResponse response;
  for (const LoggedCommand& logged : commands) {
    if (static_cast<size_t>(response.incidents_size()) == size) break;
    if (logged.sequence() < engine.Stats().sequence.value) {
      response.set_next_page_token(tokens.Write(std::to_string(logged.sequence())));
    } else {
      response.clear_next_page_token();
    }
    const std::string* text = IncidentIn(logged);
    if (text == nullptr) continue;
    auto record = engine.GetCase(CaseId{logged.case_id()});
    if (!record.ok()) return record.fault();
    if (!record.value() || !record.value()->set_aside()) continue;
    if (!MaySeeCase(*record.value(), caller.position, *published->organisation)) continue;
    *response.add_incidents() = IncidentOf(logged, *record.value(), *text);
  }
  return response;
}

}  // namespace onewindow
