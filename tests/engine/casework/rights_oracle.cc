#include "tests/engine/casework/rights_oracle.h"

#include <algorithm>

namespace onewindow {
namespace {

bool HasThe(const Position& position, Duty duty) {
  return std::count(position.duties().begin(), position.duties().end(), duty) > 0;
}

// Where the open task lies; empty where there is none.
std::string PlaceOfTask(const CaseRecord& record, uint32_t task_id) {
  for (const Task& task : record.tasks()) {
    if (task.id() == task_id) return task.organisation();
  }
  return "";
}

}  // namespace

void RightsOracle::See(const Event& event) {
  if (event.has_substitution_arranged()) {
    substitutions_.push_back(event.substitution_arranged().substitution());
  } else if (event.has_substitution_ended()) {
    std::erase_if(substitutions_, [&](const Substitution& each) {
      return each.number() == event.substitution_ended().number();
    });
  }
}

bool RightsOracle::Holds(const std::string& person, const std::string& position, Date day) const {
  const std::string today = FormatDate(day);
  for (const Holding& holding : chart_.holdings()) {
    if (holding.person() != person || holding.position() != position) continue;
    if (holding.from() > today) continue;
    if (!holding.until().empty() && holding.until() < today) continue;
    bool on_rota = holding.weekdays().empty();
    for (uint32_t weekday : holding.weekdays()) on_rota |= weekday == IsoWeekday(day);
    if (on_rota) return true;
  }
  return false;
}

bool RightsOracle::StandsIn(const std::string& person, const std::string& holder,
                            const std::string& position, Date day) const {
  const std::string today = FormatDate(day);
  for (const Substitution& each : substitutions_) {
    if (each.substitute() != person || each.holder() != holder) continue;
    if (each.position() != position || each.from() > today || each.until() < today) continue;
    return Holds(holder, position, day);
  }
  return false;
}

bool RightsOracle::MayAct(const Caller& caller, Date day) const {
  for (const Person& person : chart_.persons()) {
    if (person.id() != caller.on_behalf_of()) continue;
    return StandsIn(caller.person(), person.id(), caller.position(), day);
  }
  return Holds(caller.person(), caller.position(), day);
}

const Position* RightsOracle::PositionOf(const std::string& id) const {
  for (const Position& position : chart_.positions()) {
    if (position.id() == id) return &position;
  }
  return nullptr;
}

std::string RightsOracle::ParentOf(const std::string& organisation) const {
  for (const Organisation& each : chart_.organisations()) {
    if (each.id() == organisation) return each.parent();
  }
  return "";
}

bool RightsOracle::Leads(const Position& position, const std::string& organisation) const {
  if (HasThe(position, ADMINISTRATION)) return true;
  bool there =
      position.organisation() == organisation || position.organisation() == ParentOf(organisation);
  return there && HasThe(position, APPROVAL);
}

bool RightsOracle::MayWish(const Caller& caller, const Command& command,
                           const CaseRecord& before) const {
  const Position* position = PositionOf(caller.position());
  if (position == nullptr) return false;
  const auto is_there = [&](uint32_t task_id) {
    // Without an id the only task that fits is meant; then any of the case's places will do.
    if (task_id != 0) return position->organisation() == PlaceOfTask(before, task_id);
    return std::any_of(before.tasks().begin(), before.tasks().end(), [&](const Task& task) {
      return task.organisation() == position->organisation();
    });
  };
  if (command.has_claim_task()) return is_there(command.claim_task().task_id());
  if (command.has_release_task()) return is_there(command.release_task().task_id());
  if (command.has_complete_step()) return is_there(command.complete_step().task_id());
  if (command.has_transfer_task()) return is_there(command.transfer_task().task_id());
  if (command.has_reassign_task()) {
    return Leads(*position, PlaceOfTask(before, command.reassign_task().task_id()));
  }
  if (command.has_arrange_substitution()) {
    const Position* meant = PositionOf(command.arrange_substitution().position());
    return meant != nullptr && Leads(*position, meant->organisation());
  }
  if (command.has_record_absence()) {
    for (const Holding& holding : chart_.holdings()) {
      if (holding.person() != command.record_absence().person()) continue;
      if (Leads(*position, PositionOf(holding.position())->organisation())) return true;
    }
    return false;
  }
  return true;
}

}  // namespace onewindow
