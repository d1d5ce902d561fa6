#include "services/supervision/holders.h"

#include "engine/casework/holders.h"
#include "engine/casework/rejections.h"
#include "engine/clock/timestamp.h"
#include "engine/organisation/organisation_index.h"
#include "services/rpc/case_view.h"

namespace onewindow {
namespace {

HolderEntry::Why Shown(Holder::Why why) {
  switch (why) {
    case Holder::Why::kFirstContact:
      return HolderEntry::FIRST_CONTACT;
    case Holder::Why::kSender:
      return HolderEntry::SENDER;
    case Holder::Why::kOrganisation:
      return HolderEntry::ORGANISATION;
    case Holder::Why::kHandler:
      return HolderEntry::HANDLER;
    case Holder::Why::kAwaitsApplicant:
      return HolderEntry::AWAITS_APPLICANT;
    case Holder::Why::kAwaitsDecision:
      return HolderEntry::AWAITS_DECISION;
    case Holder::Why::kAwaitsClosing:
      return HolderEntry::AWAITS_CLOSING;
  }
  return HolderEntry::WHY_UNSPECIFIED;
}

HolderEntry EntryOf(const HeldStretch& stretch, const OrganisationIndex& chart) {
  const Holder& holder = stretch.holder;
  HolderEntry entry;
  entry.set_task_id(holder.task);
  entry.set_why(Shown(holder.why));
  entry.set_organisation(holder.organisation);
  if (const auto* organisation = chart.Find(holder.organisation)) {
    entry.set_organisation_name(organisation->name());
  }
  entry.set_position(holder.position);
  entry.set_person(holder.person);
  if (const Person* person = chart.FindPerson(holder.person)) entry.set_person_name(person->name());
  *entry.mutable_since() = ToTimestamp(stretch.from);
  if (stretch.until) *entry.mutable_until() = ToTimestamp(*stretch.until);
  return entry;
}

Result<HolderHistory> ReadHistory(CaseId case_id, const Engine& engine) {
  HolderHistory history;
  PageRequest page{.size = kPageSizeMax, .cursor = {}};
  do {
    auto commands = engine.Timeline(case_id, page);
    if (!commands.ok()) return commands.fault();
    for (const LoggedCommand& command : commands.value().rows) {
      history.Add(command.sequence(), command.events());
    }
    page.cursor = commands.value().next_cursor;
  } while (!page.cursor.empty());
  return history;
}

}  // namespace

Reply<GetHoldersResponse> GetHolders(const GetHoldersRequest& request, const Identity& caller,
                                     const Engine& engine) {
  const auto found = FindCase(request.case_id(), caller, engine);
  if (IsNo(found)) return NoAs<GetHoldersResponse>(found);
  const CaseRecord& record = std::get<CaseRecord>(found);
  const Instant now = engine.Now();
  const Instant at = request.has_at() ? ToInstant(request.at()) : now;
  if (request.has_at() && (at < ToInstant(record.received_at()) || at > now)) {
    return RefusedField(FIELD_INVALID, "at", "expected a time from the receipt of the case to now");
  }
  Result<HolderHistory> history = ReadHistory(CaseId{record.id()}, engine);
  if (!history.ok()) return history.fault();

  GetHoldersResponse response;
  const auto published = engine.published();
  *response.mutable_at() = ToTimestamp(at);
  for (const HeldStretch& stretch : history.value().At(at)) {
    *response.add_holders() = EntryOf(stretch, *published->organisation);
  }
  return response;
}

}  // namespace onewindow
