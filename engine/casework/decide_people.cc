#include <algorithm>
#include <string>
#include <utility>

#include "engine/casework/apply.h"
#include "engine/casework/deciders.h"
#include "engine/casework/plan.h"
#include "engine/casework/rejections.h"
#include "engine/casework/rights.h"
#include "engine/casework/tasks.h"
#include "engine/organisation/coverage.h"
#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

// Of one absence or substitution; longer ones are recorded anew.
constexpr std::chrono::days kDaysMax{366};

std::optional<Rejection> CheckPerson(std::string_view field, const std::string& person,
                                     const Context& context) {
  if (context.organisation.FindPerson(person) != nullptr) return std::nullopt;
  if (person.empty()) return RefusedField(FIELD_MISSING, field, "names a person");
  return RefusedField(FIELD_INVALID, field, "there is no person '" + person + "'");
}

std::optional<Rejection> CheckPosition(const std::string& position, const Context& context) {
  if (context.organisation.FindPosition(position) != nullptr) return std::nullopt;
  if (position.empty()) return RefusedField(FIELD_MISSING, "position", "names a position");
  return RefusedField(FIELD_INVALID, "position", "there is no position '" + position + "'");
}

// Days that are not all over, whenever they began.
using DaysOrRejection = std::variant<DaySpan, Rejection>;
DaysOrRejection ReadDays(const std::string& from, const std::string& until,
                         const Context& context) {
  const auto first = ParseDate(from);
  const auto last = ParseDate(until);
  if (!first) return RefusedField(FIELD_INVALID, "from", "expected a day like 2026-01-01");
  if (!last) return RefusedField(FIELD_INVALID, "until", "expected a day like 2026-01-01");
  if (*last < *first) return RefusedField(FIELD_INVALID, "until", "ends before it begins");
  if (*last - *first >= kDaysMax) {
    return RefusedField(FIELD_INVALID, "until", "makes more than 366 days");
  }
  if (*last < DateOf(context.now, kBeijing)) {
    return RefusedField(FIELD_INVALID, "until", "all of its days are over");
  }
  return DaySpan{*first, *last};
}

bool HoldsDuring(std::string_view person, std::string_view position, DaySpan days,
                 const OrganisationIndex& organisation) {
  for (Date day = days.from; day <= days.until; day += std::chrono::days(1)) {
    if (organisation.Holds(person, position, day)) return true;
  }
  return false;
}

// In the order of the chart, each once.
std::vector<const Position*> PositionsDuring(std::string_view person, DaySpan days,
                                             const OrganisationIndex& organisation) {
  std::vector<const Position*> positions;
  for (const Holding& holding : organisation.chart().holdings()) {
    if (holding.person() != person) continue;
    const Position* position = organisation.FindPosition(holding.position());
    const bool is_new = std::find(positions.begin(), positions.end(), position) == positions.end();
    if (is_new && HoldsDuring(person, position->id(), days, organisation)) {
      positions.push_back(position);
    }
  }
  return positions;
}

// By who leads one of the organisations that he works in.
std::optional<Rejection> CheckLeadsOneOf(const CaseRecord& current,
                                         const std::vector<const Position*>& positions,
                                         const Context& context) {
  std::optional<Rejection> refused;
  for (const Position* position : positions) {
    refused = CheckLeads(current, "record an absence", position->organisation(), context);
    if (!refused) return std::nullopt;
  }
  return refused;
}

std::optional<Rejection> CheckPair(const ArrangeSubstitution& wish, DaySpan days,
                                   const Context& context) {
  const OrganisationIndex& chart = context.organisation;
  if (!chart.HoldsThroughout(wish.holder(), wish.position(), days)) {
    return RefusedField(FIELD_INVALID, "holder",
                        "'" + wish.holder() + "' does not hold the position '" + wish.position() +
                            "' for all of these days");
  }
  const Position& position = *chart.FindPosition(wish.position());
  if (wish.substitute() == wish.holder() || !chart.WorksBeside(wish.substitute(), position, days)) {
    return RefusedField(SUBSTITUTE_NOT_ELIGIBLE, "substitute",
                        "expected another person with a position in the same township or "
                        "department, or a station's superior, for all of these days");
  }
  return std::nullopt;
}

const Substitution* FindSubstitution(uint32_t number, const OrganisationIndex& organisation) {
  for (const Substitution& each : organisation.chart().substitutions()) {
    if (each.number() == number) return &each;
  }
  return nullptr;
}

// The positions from which he acts on any of these days in another's place.
std::vector<const Position*> StandInsDuring(std::string_view person, DaySpan days,
                                            const OrganisationIndex& organisation) {
  std::vector<const Position*> positions;
  for (const Substitution& each : organisation.chart().substitutions()) {
    const bool overlaps =
        *ParseDate(each.from()) <= days.until && days.from <= *ParseDate(each.until());
    if (each.substitute() != person || !overlaps) continue;
    positions.push_back(organisation.FindPosition(each.position()));
  }
  return positions;
}

// Which of the positions nobody would fill on some of these days, once the event is on the chart.
std::vector<std::string> UncoveredBy(const Event& event,
                                     const std::vector<const Position*>& positions, DaySpan days,
                                     const Context& context) {
  OrganisationChart chart = context.organisation.chart();
  Apply(chart, event);
  const OrganisationIndex amended = OrganisationIndex::Build(std::move(chart)).value();
  std::vector<std::string> uncovered;
  for (const Position* position : positions) {
    const std::string& id = position->id();
    if (std::find(uncovered.begin(), uncovered.end(), id) != uncovered.end()) continue;
    if (!UncoveredRunsOf(amended, *amended.FindPosition(id), days).empty()) uncovered.push_back(id);
  }
  return uncovered;
}

bool IsHeld(const Task& task) { return task.state() == Task::CLAIMED; }

std::optional<Rejection> CheckReceiver(const ReassignTask& wish, const Task& task,
                                       const Context& context) {
  const OrganisationIndex& chart = context.organisation;
  const Position* to = chart.FindPosition(wish.to_position());
  bool fits = to != nullptr && to->organisation() == task.organisation() &&
              HasDuty(*to, task.duty()) && to->id() != task.position();
  if (fits) return std::nullopt;
  Rejection rejection = RefusedField(
      FIELD_INVALID, "to_position",
      "names no other position of '" + task.organisation() + "' with the duty of the task");
  for (const Position* each : chart.PositionsWithDuty(task.organisation(), task.duty())) {
    if (each->id() != task.position()) rejection.allowed.push_back(each->id());
  }
  return rejection;
}

}  // namespace

// Leave without a substitute is an alert, not a refusal.
Decision DecideWish(const CaseRecord& current, const RecordAbsence& wish, const Context& context) {
  if (auto refused = CheckPerson("person", wish.person(), context)) return *refused;
  auto read = ReadDays(wish.from(), wish.until(), context);
  if (auto* rejection = std::get_if<Rejection>(&read)) return *rejection;
  const DaySpan days = std::get<DaySpan>(read);
  const auto positions = PositionsDuring(wish.person(), days, context.organisation);
  if (positions.empty()) {
    return RefusedField(FIELD_INVALID, "person",
                        "'" + wish.person() + "' holds no position on any of these days");
  }
  if (auto refused = CheckLeadsOneOf(current, positions, context)) return *refused;

  Plan plan(current, context);
  Event event;
  AbsenceRecorded& recorded = *event.mutable_absence_recorded();
  Absence& absence = *recorded.mutable_absence();
  absence.set_number(context.organisation.chart().last_absence_number() + 1);
  absence.set_person(wish.person());
  absence.set_from(wish.from());
  absence.set_until(wish.until());
  auto affected = positions;
  const auto stand_ins = StandInsDuring(wish.person(), days, context.organisation);
  affected.insert(affected.end(), stand_ins.begin(), stand_ins.end());
  for (std::string& position : UncoveredBy(event, affected, days, context)) {
    recorded.add_uncovered(std::move(position));
  }
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const ArrangeSubstitution& wish,
                    const Context& context) {
  if (auto refused = CheckPosition(wish.position(), context)) return *refused;
  const Position& position = *context.organisation.FindPosition(wish.position());
  if (auto refused =
          CheckLeads(current, "arrange a substitution", position.organisation(), context)) {
    return *refused;
  }
  if (auto refused = CheckPerson("holder", wish.holder(), context)) return *refused;
  if (auto refused = CheckPerson("substitute", wish.substitute(), context)) return *refused;
  auto days = ReadDays(wish.from(), wish.until(), context);
  if (auto* rejection = std::get_if<Rejection>(&days)) return *rejection;
  if (auto refused = CheckPair(wish, std::get<DaySpan>(days), context)) return *refused;

  Plan plan(current, context);
  Event event;
  Substitution& substitution = *event.mutable_substitution_arranged()->mutable_substitution();
  substitution.set_number(context.organisation.chart().last_substitution_number() + 1);
  substitution.set_position(wish.position());
  substitution.set_holder(wish.holder());
  substitution.set_substitute(wish.substitute());
  substitution.set_from(wish.from());
  substitution.set_until(wish.until());
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

// At once: the day on which it is ended no longer counts. What nobody then fills is named.
Decision DecideWish(const CaseRecord& current, const EndSubstitution& wish,
                    const Context& context) {
  const Date today = DateOf(context.now, kBeijing);
  const Substitution* ended = FindSubstitution(wish.number(), context.organisation);
  if (ended == nullptr || ended->ended() || *ParseDate(ended->until()) < today) {
    return RefusedField(SUBSTITUTION_NOT_FOUND, "number", "names no substitution still in force");
  }
  const Position& position = *context.organisation.FindPosition(ended->position());
  if (auto refused = CheckLeads(current, "end a substitution", position.organisation(), context)) {
    return *refused;
  }

  Plan plan(current, context);
  Event event;
  SubstitutionEnded& fact = *event.mutable_substitution_ended();
  fact.set_number(wish.number());
  const Date first = *ParseDate(ended->from());
  if (first < today) fact.set_last_day(FormatDate(today - std::chrono::days(1)));
  const DaySpan left{std::max(first, today),
                     std::min(*ParseDate(ended->until()), today + kDaysMax)};
  for (std::string& uncovered : UncoveredBy(event, {&position}, left, context)) {
    fact.add_uncovered(std::move(uncovered));
  }
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const ReassignTask& wish, const Context& context) {
  auto chosen = ChooseTask(current, "reassign", wish.task_id(), IsHeld);
  if (auto* rejection = std::get_if<Rejection>(&chosen)) return *rejection;
  const Task& task = *std::get<const Task*>(chosen);
  if (auto refused = CheckLeads(current, "reassign", task.organisation(), context)) return *refused;
  // Given to a position that has not claimed it: nobody else can. On its way a reply names its
  // sender, who is answerable for it and not its holder there.
  const bool is_here = task.state() == Task::CLAIMED || task.state() == Task::AWAITING_CLAIM;
  if (!is_here || task.position().empty()) {
    return Refused(TASK_NOT_CLAIMED, current, "reassign", "nobody holds the task");
  }
  if (auto refused = CheckReceiver(wish, task, context)) return *refused;

  Plan plan(current, context);
  Event event;
  TaskReassigned& reassigned = *event.mutable_task_reassigned();
  reassigned.set_task_id(task.id());
  reassigned.set_from_position(task.position());
  reassigned.set_from_person(task.person());
  reassigned.set_to_position(wish.to_position());
  if (wish.has_reason()) *reassigned.mutable_reason() = wish.reason();
  plan.Add(std::move(event));
  return std::move(plan).Done();
}

}  // namespace onewindow
