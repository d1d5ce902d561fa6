#include "engine/runtime/case_head_of.h"

#include <algorithm>

#include "engine/casework/enquiry.h"
#include "engine/casework/wake.h"
#include "engine/clock/ledger.h"
#include "engine/clock/timestamp.h"
#include "engine/tables/bytes.h"

namespace onewindow {
namespace {

OrganisationNumber NumberOf(const OrganisationIndex& index, const std::string& id) {
  const Organisation* organisation = id.empty() ? nullptr : index.Find(id);
  return OrganisationNumber{organisation == nullptr ? 0 : organisation->number()};
}

PositionNumber PositionNumberOf(const OrganisationIndex& index, const std::string& id) {
  const Position* position = id.empty() ? nullptr : index.FindPosition(id);
  return PositionNumber{position == nullptr ? 0 : position->number()};
}

// Whether the clock says until when this task is to be done.
bool IsClockOf(const Clock& clock, const Task& task) {
  if (clock.kind() == HAND_OVER) return clock.subject() == std::to_string(task.id());
  if (clock.kind() == ASSISTANCE) return clock.subject() == std::to_string(task.id());
  if (task.kind() == Task::ACCEPTANCE) return clock.kind() == INTAKE;
  if (task.kind() == Task::REPLY_TASK) return clock.kind() == REPLY;
  if (task.kind() == Task::ROUTE_STEP) {
    return clock.kind() == STEP && clock.subject() == task.step();
  }
  return clock.kind() == DELIVERY;
}

bool IsClockOfCase(const Clock& clock) {
  return clock.kind() == PROMISED || clock.kind() == STATUTORY;
}

// The clock that ends first among those chosen and not stopped; null where there is none. A paused
// one is due only where it ran out before.
template <typename Chosen>
const Clock* FirstToEnd(const CaseRecord& record, Chosen&& chosen) {
  const Clock* first = nullptr;
  for (const Clock& clock : record.clocks()) {
    if (IsStopped(clock) || !clock.has_due_at() || !chosen(clock)) continue;
    if (first == nullptr || ToInstant(clock.due_at()) < ToInstant(first->due_at())) first = &clock;
  }
  return first;
}

std::optional<Instant> DueAt(const Clock* clock) {
  if (clock == nullptr) return std::nullopt;
  return ToInstant(clock->due_at());
}

std::optional<Instant> NearAt(const Clock* clock) {
  if (clock == nullptr || !clock->has_near_at()) return std::nullopt;
  return ToInstant(clock->near_at());
}

TaskHead HeadOf(const Task& task, const CaseRecord& record, const OrganisationIndex& organisation) {
  const Clock* clock =
      FirstToEnd(record, [&task](const Clock& each) { return IsClockOf(each, task); });
  TaskHead head;
  head.id = task.id();
  head.kind = task.kind();
  head.state = task.state();
  head.duty = task.duty();
  head.organisation = NumberOf(organisation, task.organisation());
  head.position = PositionNumberOf(organisation, task.position());
  head.due = DueAt(clock);
  head.near = NearAt(clock);
  head.since = ToInstant(task.since());
  return head;
}

}  // namespace

CaseHead HeadOf(const CaseRecord& record, const OrganisationIndex& organisation,
                const Catalogue& catalogue) {
  const ServiceItem* item = catalogue.Current(record.item());
  const Clock* clock = FirstToEnd(record, IsClockOfCase);
  CaseHead head;
  head.stage = record.stage();
  head.priority = std::min<uint32_t>(record.priority(), 255);
  head.set_aside = record.set_aside();
  head.intake = NumberOf(organisation, record.intake());
  head.item = ItemNumber{item == nullptr ? 0 : item->number()};
  if (record.history_size() > 0) {
    head.sequence = Sequence{record.history(record.history_size() - 1)};
  }
  // An enquiry is no open case of the applicant.
  if (!IsEnquiry(record)) head.applicant = ApplicantHash(record.applicant(), head.item);
  head.accompanied_by = PositionNumberOf(organisation, record.accompanied_by());
  head.wake = NextWake(record);
  head.due = DueAt(clock);
  head.near = NearAt(clock);
  head.tasks.reserve(static_cast<size_t>(record.tasks_size()));
  for (const Task& task : record.tasks()) head.tasks.push_back(HeadOf(task, record, organisation));
  return head;
}

uint64_t ApplicantHash(const Applicant& applicant, ItemNumber item) {
  if (applicant.pseudonym().size() < sizeof(uint64_t)) return 0;
  return ByteReader(applicant.pseudonym()).U64() ^ item.value;
}

}  // namespace onewindow
