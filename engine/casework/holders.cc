#include "engine/casework/holders.h"

#include <algorithm>
#include <utility>

#include "engine/casework/apply.h"
#include "engine/clock/timestamp.h"

namespace onewindow {
namespace {

bool IsSent(const Task& task) {
  return task.state() == Task::AWAITING_HAND_OVER || task.state() == Task::AWAITING_ACKNOWLEDGEMENT;
}

// The work that the window hands over: the acceptance, and what the acceptance opens.
bool ComesFromTheWindow(const Task& task) {
  if (task.kind() == Task::ACCEPTANCE) return true;
  return task.kind() == Task::ROUTE_STEP && task.leg() == 0 && task.step_index() == 0;
}

bool IsWithFirstContact(const CaseRecord& record, const Task& task) {
  const std::string& first = record.first_contact().organisation();
  if (first.empty() || !ComesFromTheWindow(task)) return false;
  if (IsSent(task)) return task.from() == first;
  return task.kind() == Task::ACCEPTANCE && task.organisation() == first;
}

Holder ByFirstContact(const CaseRecord& record, const Task& task) {
  const FirstContact& first = record.first_contact();
  return {.task = task.id(),
          .why = Holder::Why::kFirstContact,
          .organisation = first.organisation(),
          .position = first.position(),
          .person = first.person()};
}

// The branch of a case that has no task; nothing once it is closed.
std::optional<Holder> HolderWithoutTask(const CaseRecord& record) {
  const auto intake = [&record](Holder::Why why) {
    return Holder{.why = why, .organisation = record.intake()};
  };
  switch (record.stage()) {
    case STAGE_SUPPLEMENTING:
      return intake(Holder::Why::kAwaitsApplicant);
    case STAGE_RECEIVED:
    case STAGE_ACCEPTED:
    case STAGE_IN_REVIEW:
      return intake(Holder::Why::kAwaitsDecision);
    case STAGE_FINISHED:
    case STAGE_READY:
    case STAGE_DELIVERED:
      return intake(Holder::Why::kAwaitsClosing);
    case STAGE_ENQUIRY:
    case STAGE_CLOSED:
    case STAGE_UNSPECIFIED:
    case Stage_INT_MIN_SENTINEL_DO_NOT_USE_:
    case Stage_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return std::nullopt;
}

}  // namespace

Holder HolderOf(const CaseRecord& record, const Task& task) {
  const bool claimed = task.state() == Task::CLAIMED;
  if (!claimed && IsWithFirstContact(record, task)) return ByFirstContact(record, task);
  Holder holder{.task = task.id(),
                .why = Holder::Why::kOrganisation,
                .organisation = task.organisation(),
                .position = task.position(),
                .person = task.person()};
  if (claimed) holder.why = Holder::Why::kHandler;
  if (IsSent(task)) {
    holder.why = Holder::Why::kSender;
    holder.organisation = task.from();
  }
  return holder;
}

std::vector<Holder> HoldersOf(const CaseRecord& record) {
  std::vector<Holder> holders;
  for (const Task& task : record.tasks()) holders.push_back(HolderOf(record, task));
  if (!holders.empty()) return holders;
  if (auto holder = HolderWithoutTask(record)) holders.push_back(*std::move(holder));
  return holders;
}

// Within a command a branch may pass through states that nobody sees; what counts is where it
// leads, from the last change on.
void HolderHistory::Add(uint64_t sequence,
                        const google::protobuf::RepeatedPtrField<Event>& events) {
  std::vector<Holder> holders = HoldersOf(record_);
  for (const Event& event : events) {
    Apply(record_, event, sequence);
    std::vector<Holder> now = HoldersOf(record_);
    if (now == holders) continue;
    holders = std::move(now);
    last_ = std::max(last_, ToInstant(event.occurred_at()));
  }
  Settle(last_);
}

void HolderHistory::Settle(Instant changed) {
  const std::vector<Holder> holders = HoldersOf(record_);
  std::map<uint32_t, size_t> standing;
  for (const Holder& holder : holders) {
    const auto before = standing_.find(holder.task);
    if (before != standing_.end() && stretches_[before->second].holder == holder) {
      standing[holder.task] = before->second;
      continue;
    }
    standing[holder.task] = stretches_.size();
    stretches_.push_back({.holder = holder, .from = changed, .until = std::nullopt});
  }
  for (const auto& [task, place] : standing_) {
    const auto after = standing.find(task);
    if (after == standing.end() || after->second != place) stretches_[place].until = changed;
  }
  standing_ = std::move(standing);
}

std::vector<HeldStretch> HolderHistory::At(Instant at) const {
  std::vector<HeldStretch> found;
  for (const HeldStretch& stretch : stretches_) {
    if (stretch.from <= at && (!stretch.until || at < *stretch.until)) found.push_back(stretch);
  }
  std::ranges::sort(found, {}, [](const HeldStretch& stretch) { return stretch.holder.task; });
  return found;
}

}  // namespace onewindow
