// Who is answerable while everything changes: two counties, rotas, people who leave and stand in
// for each other, charts published again, enquiries that are passed on, assistance between offices.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "engine/casework/apply.h"
#include "engine/casework/holders.h"
#include "engine/casework/visit.h"
#include "engine/clock/timestamp.h"
#include "tests/engine/casework/any_command.h"
#include "tests/engine/casework/busy_counties.h"

namespace onewindow {
namespace {

// Where a piece of work is and who has it, told from the events alone.
struct Told {
  Task::State state;
  std::string organisation;
  std::string from;
  std::string position;
  std::string person;
};

class TasksToldByEvents {
 public:
  void See(const Event& event) {
    if (event.has_task_opened()) {
      const Task& task = event.task_opened().task();
      told_[task.id()] = {.state = task.state(),
                          .organisation = task.organisation(),
                          .from = task.from(),
                          .position = task.position(),
                          .person = task.person()};
    } else if (event.has_file_handed_over()) {
      told_[event.file_handed_over().task_id()].state = Task::AWAITING_ACKNOWLEDGEMENT;
    } else if (event.has_hand_over_acknowledged()) {
      told_[event.hand_over_acknowledged().task_id()].state = Task::AWAITING_CLAIM;
    } else if (event.has_task_claimed()) {
      Give(event.task_claimed().task_id(), Task::CLAIMED, event.task_claimed().position(),
           event.task_claimed().person());
    } else if (event.has_task_released()) {
      Give(event.task_released().task_id(), Task::AWAITING_CLAIM, "", "");
    } else if (event.has_task_transferred()) {
      Give(event.task_transferred().task_id(), Task::AWAITING_CLAIM,
           event.task_transferred().to_position(), "");
    } else if (event.has_task_reassigned()) {
      Give(event.task_reassigned().task_id(), Task::AWAITING_CLAIM,
           event.task_reassigned().to_position(), "");
    } else if (event.has_task_handed_down()) {
      Give(event.task_handed_down().task_id(), Task::AWAITING_HAND_OVER, "", "");
      Told& told = told_[event.task_handed_down().task_id()];
      told.from = std::exchange(told.organisation, event.task_handed_down().to_organisation());
    }
  }

  // Until an acknowledgement the sender is answerable, and who claimed it from then on.
  void Check(const Holder& holder, const FirstContact& first) const {
    const auto found = told_.find(holder.task);
    RC_ASSERT(found != told_.end());
    const Told& told = found->second;
    const bool is_sent =
        told.state == Task::AWAITING_HAND_OVER || told.state == Task::AWAITING_ACKNOWLEDGEMENT;
    RC_ASSERT(holder.organisation == (is_sent ? told.from : told.organisation));
    if (holder.why == Holder::Why::kFirstContact) {
      RC_ASSERT(told.state != Task::CLAIMED && holder.organisation == first.organisation());
      RC_ASSERT(holder.position == first.position() && holder.person == first.person());
    } else {
      RC_ASSERT(holder.position == told.position && holder.person == told.person);
    }
  }

 private:
  void Give(uint32_t task, Task::State state, const std::string& position,
            const std::string& person) {
    Told& told = told_[task];
    told.state = state;
    told.position = position;
    told.person = person;
  }

  std::map<uint32_t, Told> told_;
};

std::vector<Holder> Holders(const std::vector<HeldStretch>& stretches) {
  std::vector<Holder> holders;
  for (const HeldStretch& stretch : stretches) holders.push_back(stretch.holder);
  return holders;
}

// The holders of a branch follow each other, and one of them lasts unless the branch has ended.
void CheckTiling(const std::vector<HeldStretch>& stretches, const CaseRecord& record) {
  std::map<uint32_t, const HeldStretch*> last;
  for (const HeldStretch& stretch : stretches) {
    const HeldStretch*& before = last[stretch.holder.task];
    const bool follows = before != nullptr && stretch.holder.task != 0;
    if (follows) RC_ASSERT(before->until && *before->until == stretch.from);
    RC_ASSERT(!stretch.until || *stretch.until >= stretch.from);
    before = &stretch;
  }
  RC_ASSERT(stretches.front().from == ToInstant(record.received_at()));
}

// From its receipt on, until it is closed, a case is held at each instant: by one holder for each
// branch.
void CheckHeldThroughout(const HolderHistory& history, const CaseRecord& record) {
  Instant end{};
  for (const HeldStretch& stretch : history.stretches()) {
    end = std::max(end, stretch.until.value_or(kInstantMax));
  }
  RC_ASSERT((end == kInstantMax) == (record.stage() != STAGE_CLOSED));
  for (const HeldStretch& stretch : history.stretches()) {
    for (const Instant at :
         {stretch.from - Duration(1), stretch.from, stretch.until.value_or(end)}) {
      if (at < ToInstant(record.received_at()) || at >= end) continue;
      const std::vector<HeldStretch> held = history.At(at);
      RC_ASSERT(!held.empty());
      std::set<uint32_t> branches;
      for (const HeldStretch& each : held) RC_ASSERT(branches.insert(each.holder.task).second);
    }
  }
}

// The fold of a life against the record as it was after each command, and against its events.
void CheckHolders(const CaseWorld& world, const CaseRecord& record) {
  HolderHistory history;
  TasksToldByEvents told;
  CaseRecord then;
  for (const CaseWorld::Logged& logged : world.log()) {
    if (logged.case_id != record.id()) continue;
    for (const Event& event : logged.events) {
      Apply(then, event, logged.sequence);
      told.See(event);
    }
    history.Add(logged.sequence, {logged.events.begin(), logged.events.end()});
    const std::vector<Holder> held = Holders(history.At(kInstantMax));
    RC_ASSERT(held == HoldersOf(then));
    const size_t branches = static_cast<size_t>(std::max(1, then.tasks_size()));
    RC_ASSERT(held.size() == (then.stage() == STAGE_CLOSED ? 0 : branches));
    for (const Holder& holder : held) {
      if (holder.task != 0) told.Check(holder, then.first_contact());
    }
  }
  CheckTiling(history.stretches(), record);
  CheckHeldThroughout(history, record);
}

Command About(const CaseRecord& record, const Command& wish) {
  Command command = wish;
  VisitWish(command, [&](const auto& arm) {
    auto& ours = const_cast<std::remove_cvref_t<decltype(arm)>&>(arm);
    if constexpr (requires { ours.set_case_id(0); }) ours.set_case_id(record.id());
  });
  return command;
}

// What takes a branch from its holder: he gives it back, or who leads gives it to another.
std::vector<Command> WaysToTakeFrom(const CaseWorld& world, const CaseRecord& record,
                                    const Task& task) {
  std::vector<Command> ways;
  Command release;
  release.mutable_release_task()->set_task_id(task.id());
  ways.push_back(About(record, release));
  for (const Position& position : world.organisation().chart().positions()) {
    if (position.organisation() != task.organisation()) continue;
    Command reassignment;
    reassignment.mutable_reassign_task()->set_task_id(task.id());
    reassignment.mutable_reassign_task()->set_to_position(position.id());
    ways.push_back(About(record, reassignment));
  }
  return ways;
}

uint32_t TaskOf(const Command& command) {
  return VisitWish(command, [](const auto& wish) -> uint32_t {
    if constexpr (requires { wish.task_id(); }) return wish.task_id();
    return 0;
  });
}

// The commands that bring this branch on, whatever becomes of the others.
std::vector<Command> WaysOn(const CaseWorld& world, const CaseRecord& record, uint32_t branch) {
  std::vector<Command> ways;
  const Task* task = nullptr;
  for (const Task& each : record.tasks()) {
    if (each.id() == branch) task = &each;
  }
  const bool is_named =
      task != nullptr && (task->kind() == Task::ROUTE_STEP || task->kind() == Task::ASSIST_TASK);
  if (is_named) ways = WaysToTakeFrom(world, record, *task);
  if (task != nullptr && task->kind() == Task::REPLY_TASK) {
    ways = WaysToTakeFrom(world, record, *task);
  }
  for (const Command& command : CommandsTowardsTheEnd(world, record)) {
    const bool is_of_branch =
        is_named ? TaskOf(command) == branch : TaskOf(command) == branch || TaskOf(command) == 0;
    if (is_of_branch) ways.push_back(command);
  }
  return ways;
}

// Whoever acts today; those of the organisation first.
std::vector<Caller> ActingToday(const CaseWorld& world, const std::string& organisation) {
  const OrganisationIndex& chart = world.organisation();
  const Date today = DateOf(world.now(), kBeijing);
  std::vector<Caller> near;
  std::vector<Caller> others;
  for (const Caller& caller : WhoActs(world)) {
    const Position* position = chart.FindPosition(caller.position());
    const bool acts =
        caller.on_behalf_of().empty()
            ? chart.Holds(caller.person(), caller.position(), today)
            : chart.StandsIn(caller.person(), caller.on_behalf_of(), caller.position(), today);
    if (!acts) continue;
    (position->organisation() == organisation ? near : others).push_back(caller);
  }
  near.insert(near.end(), others.begin(), others.end());
  return near;
}

// Nobody is answerable for what nobody can do: whoever holds a branch, somebody who acts today
// brings it on or takes it from him.
void CheckSomebodyCan(const CaseWorld& world, const CaseRecord& record) {
  for (const Holder& holder : HoldersOf(record)) {
    const std::vector<Caller> callers = ActingToday(world, holder.organisation);
    const std::vector<Command> ways = WaysOn(world, record, holder.task);
    const bool somebody_can = std::any_of(ways.begin(), ways.end(), [&](const Command& command) {
      return std::any_of(callers.begin(), callers.end(), [&](const Caller& caller) {
        return !world.Try({.command = command, .caller = caller}).rejected();
      });
    });
    if (somebody_can) continue;
    RC_FAIL("branch " + std::to_string(holder.task) + " of " + record.ShortDebugString() +
            " is held by " + holder.organisation + " " + holder.position +
            ", and nobody can do anything");
  }
}

RC_GTEST_PROP(HoldersTest, EveryOpenCaseIsHeldAtEveryInstant, ()) {
  constexpr int kSteps = 60;
  CheckScope scope;
  CaseWorld world = BusyCounties();
  for (int i = 0; i < kSteps; ++i) {
    DoAsWhoMay(world, AnyCommandIn(world));
    const int hours_max = Below(8) == 0 ? 60 : 6;
    world.WaitUntil(world.now() + std::chrono::minutes(Below(hours_max * 60)));
    if (i % 6 != 5) continue;
    for (const auto& [id, record] : world.cases()) CheckSomebodyCan(world, record);
  }
  for (const auto& [id, record] : world.cases()) CheckHolders(world, record);
  world.CheckFold();
}

}  // namespace
}  // namespace onewindow
