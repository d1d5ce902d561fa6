#include "engine/casework/invariants.h"

#include <array>
#include <set>
#include <string_view>

#include "engine/base/check.h"
#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/casework/assists.h"
#include "engine/casework/attachments.h"
#include "engine/clock/ledger.h"
#include "engine/clock/timestamp.h"
#include "onewindow/v1/case.pb.h"

namespace onewindow {
namespace {

// 首问责任: a reply on its way keeps the name of who sent it.
bool NamesItsSender(const Task& task) {
  return task.kind() == Task::REPLY_TASK && task.state() == Task::AWAITING_ACKNOWLEDGEMENT;
}

// Invariant: every open task is at an organisation, has an id of its own, and is claimed exactly
// when a position holds it.
void CheckTasks(const CaseRecord& record) {
  std::set<uint32_t> ids;
  for (const Task& task : record.tasks()) {
    CHECK(task.id() != 0 && task.id() <= record.last_task_id()) << record.id();
    CHECK(ids.insert(task.id()).second) << record.id() << " task " << task.id();
    CHECK(!task.organisation().empty()) << record.id() << " task " << task.id();
    CHECK(task.state() != Task::STATE_UNSPECIFIED) << record.id() << " task " << task.id();
    CHECK((task.state() == Task::CLAIMED || NamesItsSender(task)) == !task.person().empty())
        << record.id() << " task " << task.id();
    CHECK(task.state() == Task::CLAIMED || !task.has_lease_until()) << record.id();
  }
}

// Invariant: the tasks of a route are all in the leg that is under way, one for each branch.
void CheckLeg(const CaseRecord& record) {
  std::set<uint32_t> branches;
  for (const Task& task : record.tasks()) {
    if (task.kind() != Task::ROUTE_STEP) continue;
    CHECK(task.leg() == record.leg()) << record.id() << " task " << task.id();
    CHECK(branches.insert(task.branch()).second) << record.id() << " branch " << task.branch();
  }
}

// Invariant: a ledger begins with its clock running, is in ascending order, and no two entries
// beside each other are in the same state.
void CheckLedger(const CaseRecord& record, const Clock& clock) {
  CHECK(clock.ledger_size() > 0) << record.id();
  CHECK(clock.ledger(0).state() == LedgerEntry::RUNNING) << record.id();
  for (int i = 1; i < clock.ledger_size(); ++i) {
    CHECK(clock.ledger(i).state() != clock.ledger(i - 1).state()) << record.id();
    CHECK(ToInstant(clock.ledger(i - 1).from()) <= ToInstant(clock.ledger(i).from()))
        << record.id();
  }
}

// Invariant: a running clock has a due date; only a running one has alarms, in ascending order.
void CheckAlarms(const CaseRecord& record, const Clock& clock) {
  CHECK(!IsRunning(clock) || clock.has_due_at()) << record.id() << " clock " << clock.id();
  CHECK(IsRunning(clock) || clock.alarms_size() == 0) << record.id() << " clock " << clock.id();
  for (int i = 1; i < clock.alarms_size(); ++i) {
    CHECK(ToInstant(clock.alarms(i - 1).at()) <= ToInstant(clock.alarms(i).at())) << record.id();
  }
}

// Invariant: the case's own clocks stand still exactly while a pause is in force, and a pause
// belongs to an open task.
void CheckPauses(const CaseRecord& record) {
  for (const Pause& pause : record.pauses()) {
    bool has_task = false;
    for (const Task& task : record.tasks()) has_task |= task.id() == pause.task();
    CHECK(has_task) << record.id() << " pause " << pause.id();
  }
  for (const Clock& clock : record.clocks()) {
    if (clock.kind() != STATUTORY && clock.kind() != PROMISED) continue;
    if (IsStopped(clock)) continue;
    CHECK(IsPaused(clock) == (record.pauses_size() > 0)) << record.id() << " clock " << clock.id();
  }
}

// Work that follows the decision.
bool FollowsResult(const Task& task) {
  return task.kind() == Task::CERTIFICATION || task.kind() == Task::COLLECTION_READY ||
         task.kind() == Task::ARCHIVING;
}

// Invariant: an enquiry has one task, its reply, and nothing else has one.
void CheckReply(const CaseRecord& record) {
  const bool enquiry = record.stage() == STAGE_ENQUIRY;
  CHECK(!enquiry || record.tasks_size() == 1) << record.id();
  for (const Task& task : record.tasks()) {
    CHECK(enquiry == (task.kind() == Task::REPLY_TASK)) << record.id() << " task " << task.id();
  }
}

// Invariant: who performed a step is named, once for each step, person and in whose place.
void CheckPerformed(const CaseRecord& record) {
  std::set<std::array<std::string_view, 3>> known;
  for (const Performed& done : record.performed()) {
    CHECK(!done.step().empty() && !done.person().empty()) << record.id();
    CHECK(known.insert({done.step(), done.person(), done.on_behalf_of()}).second)
        << record.id() << " " << done.step();
  }
}

// Invariant: a result is there from FINISHED on and not before; once there is one, the clocks
// towards it have stopped.
void CheckResult(const CaseRecord& record) {
  bool finished = record.stage() >= STAGE_FINISHED && record.stage() <= STAGE_CLOSED;
  CHECK(finished == (record.result() != RESULT_KIND_UNSPECIFIED)) << record.id();
  for (const Clock& clock : record.clocks()) {
    if (clock.kind() == DELIVERY) continue;
    CHECK(!finished || IsStopped(clock)) << record.id() << " clock " << clock.id();
  }
  bool certificate_due = record.stage() == STAGE_FINISHED;
  for (const Task& task : record.tasks()) {
    CHECK(finished == FollowsResult(task)) << record.id() << " task " << task.id();
    CHECK(certificate_due || task.kind() != Task::CERTIFICATION) << record.id();
  }
}

// Invariant: a mandate has an id of its own, a scope and a last day, and a helper's costs nothing.
void CheckMandates(const CaseRecord& record) {
  std::set<uint32_t> ids;
  for (const Mandate& mandate : record.mandates()) {
    CHECK(mandate.id() != 0 && mandate.id() <= record.last_mandate_id()) << record.id();
    CHECK(ids.insert(mandate.id()).second) << record.id() << " mandate " << mandate.id();
    CHECK(!mandate.scopes().empty()) << record.id() << " mandate " << mandate.id();
    CHECK(ParseDate(mandate.from())) << record.id() << " mandate " << mandate.id();
    CHECK(ParseDate(mandate.until())) << record.id() << " mandate " << mandate.id();
    CHECK(mandate.kind() != Mandate::HELPER || mandate.fee_fen() == 0) << record.id();
  }
}

// Invariant: originals that are held belong to materials that are in; a closed case holds none.
void CheckOriginals(const CaseRecord& record) {
  const std::set<std::string_view> in(record.materials().begin(), record.materials().end());
  for (const std::string& id : record.originals()) CHECK(in.contains(id)) << record.id() << id;
  CHECK(record.stage() != STAGE_CLOSED || record.originals().empty()) << record.id();
}

int OpenTasks(const CaseRecord& record, uint32_t task_id, Task::Kind kind) {
  int count = 0;
  for (const Task& task : record.tasks()) count += task.id() == task_id && task.kind() == kind;
  return count;
}

// Invariant: assistance asked for has the open step that asks for it, and once agreed on a task of
// its own; no other assist task is open.
void CheckAssists(const CaseRecord& record) {
  int agreed = 0;
  for (const Assist& assist : record.assists()) {
    if (assist.state() == Assist::AGREED) {
      ++agreed;
      CHECK(OpenTasks(record, assist.assist_task(), Task::ASSIST_TASK) == 1)
          << record.id() << " assist " << assist.id();
    }
    CHECK(!IsOpen(assist) || OpenTasks(record, assist.task(), Task::ROUTE_STEP) == 1)
        << record.id() << " assist " << assist.id();
  }
  int assist_tasks = 0;
  for (const Task& task : record.tasks()) assist_tasks += task.kind() == Task::ASSIST_TASK;
  CHECK(assist_tasks == agreed) << record.id();
}

// Invariant: an open case always waits for somebody, except for the applicant's supplement.
void CheckSomebodyIsAnswerable(const CaseRecord& record) {
  switch (record.stage()) {
    case STAGE_RECEIVED:
    case STAGE_ACCEPTED:
    case STAGE_IN_REVIEW:
    case STAGE_READY:
    case STAGE_DELIVERED:
    case STAGE_ENQUIRY:
      // An accepted item without a route is decided at the desk that took it in.
      CHECK(record.tasks_size() > 0 || record.stage() == STAGE_ACCEPTED) << record.id();
      return;
    case STAGE_SUPPLEMENTING:
    case STAGE_FINISHED:
    case STAGE_CLOSED:
      return;
    case STAGE_UNSPECIFIED:
    case Stage_INT_MIN_SENTINEL_DO_NOT_USE_:
    case Stage_INT_MAX_SENTINEL_DO_NOT_USE_:
      CHECK(false) << record.id() << " has no stage";
  }
}

// Invariant: of whom is forgotten there is nothing left to find him by.
void CheckForgotten(const CaseRecord& record) {
  if (!record.has_forgotten_at()) return;
  CHECK(record.applicant().pseudonym().empty()) << record.id();
  for (const Applicant& applicant : record.co_applicants()) {
    CHECK(applicant.pseudonym().empty()) << record.id();
  }
}

// Invariant: a case has each file and each content once, and none that is empty; no more than it
// may have.
void CheckAttachments(const CaseRecord& record) {
  std::set<std::string_view> ids;
  std::set<std::string_view> contents;
  for (const Attachment& attachment : record.attachments()) {
    CHECK(ids.insert(attachment.id()).second) << record.id() << " file " << attachment.id();
    CHECK(contents.insert(attachment.content_mac()).second)
        << record.id() << " file " << attachment.id();
    CHECK(attachment.bytes() > 0) << record.id() << " file " << attachment.id();
  }
  CHECK(record.attachments_size() <= kAttachmentsMax) << record.id();
}

// Invariant: each condition has one verdict, and what is still open does not hold.
void CheckVerdicts(const CaseRecord& record) {
  std::set<std::string_view> conditions;
  for (const ConditionVerdict& verdict : record.verdicts()) {
    CHECK(conditions.insert(verdict.condition()).second) << record.id() << verdict.condition();
    CHECK(verdict.missing().empty() || !verdict.holds()) << record.id() << verdict.condition();
  }
}

}  // namespace

void CheckInvariants(const CaseRecord& record) {
  CHECK(record.id() != 0);
  CheckTasks(record);
  CheckLeg(record);
  for (const Clock& clock : record.clocks()) {
    CheckLedger(record, clock);
    CheckAlarms(record, clock);
  }
  CheckPauses(record);
  CheckReply(record);
  CheckPerformed(record);
  CheckResult(record);
  CheckMandates(record);
  CheckOriginals(record);
  CheckAssists(record);
  CheckSomebodyIsAnswerable(record);
  CheckForgotten(record);
  CheckAttachments(record);
  CheckVerdicts(record);
}

}  // namespace onewindow
