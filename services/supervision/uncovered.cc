#include "services/supervision/uncovered.h"

#include <string>
#include <utility>
#include <variant>

#include "engine/casework/rejections.h"
#include "services/rpc/page_token.h"

namespace onewindow {
namespace {

constexpr std::chrono::days kDaysAhead{30};

// A day of the request, or else the default.
std::variant<Date, Rejection> DayOf(std::string_view field, const std::string& text,
                                    Date otherwise) {
  if (text.empty()) return otherwise;
  if (auto day = ParseDate(text)) return *day;
  return RefusedField(FIELD_INVALID, field, "expected a day like 2026-01-01");
}

Rejection NoList(const Fault& fault, const PageRequest& page) {
  if (fault.kind == FaultKind::kNotFound) {
    return RefusedBecause(ORGANISATION_NOT_FOUND, fault.message);
  }
  if (page.cursor.empty()) return RefusedField(FIELD_INVALID, "until", fault.message);
  return BadPageToken();
}

UncoveredEntry EntryOf(const UncoveredRow& row) {
  UncoveredEntry entry;
  entry.set_position(row.position);
  entry.set_position_name(row.position_name);
  entry.set_organisation(row.organisation);
  entry.set_organisation_name(row.organisation_name);
  entry.set_from(FormatDate(row.from));
  entry.set_until(FormatDate(row.until));
  return entry;
}

}  // namespace

Reply<ListUncoveredResponse> ListUncovered(const ListUncoveredRequest& request,
                                           const Identity& caller, const Engine& engine) {
  const PageTokens tokens(request);
  const auto page = tokens.Read(request.paging());
  if (const auto* rejection = std::get_if<Rejection>(&page)) return *rejection;
  const Date today = DateOf(engine.Now(), kBeijing);
  const auto from = DayOf("from", request.from(), today);
  if (const auto* rejection = std::get_if<Rejection>(&from)) return *rejection;
  const auto until = DayOf("until", request.until(), std::get<Date>(from) + kDaysAhead);
  if (const auto* rejection = std::get_if<Rejection>(&until)) return *rejection;

  auto rows = engine.ListUncovered({.position = caller.position,
                                    .from = std::get<Date>(from),
                                    .until = std::get<Date>(until),
                                    .organisation = request.organisation()},
                                   std::get<PageRequest>(page));
  if (!rows.ok()) return NoList(rows.fault(), std::get<PageRequest>(page));
  ListUncoveredResponse response;
  for (const UncoveredRow& row : rows.value().rows) *response.add_entries() = EntryOf(row);
  response.set_next_page_token(tokens.Write(rows.value().next_cursor));
  return response;
}

}  // namespace onewindow
