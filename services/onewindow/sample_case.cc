#include "services/onewindow/sample_case.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <optional>
#include <utility>

#include "engine/base/check.h"
#include "engine/casework/apply.h"
#include "engine/casework/context.h"
#include "engine/casework/counters.h"
#include "engine/casework/decide.h"
#include "engine/casework/form.h"
#include "engine/casework/route.h"
#include "engine/casework/wake.h"
#include "engine/catalog/limit_text.h"
#include "engine/clock/ledger.h"
#include "engine/clock/timestamp.h"
#include "onewindow/v1/commands.pb.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

// Stands for every text that is asked for.
constexpr char kSample[] = "样例";
// Of nobody: born in 1900, with the check character of GB 11643.
constexpr char kIdentityNumber[] = "510121190001010014";

// From where it is done. Without a position: nobody is there to do it.
struct Actor {
  std::string organisation;
  std::string position;
};

// What is to be done next, and from when on.
struct Act {
  Instant from;
  Command command;
  Actor actor;
  std::string step;
};

const char* NameOf(const Command& command) {
  const auto* field =
      Command::descriptor()->FindFieldByNumber(static_cast<int>(command.wish_case()));
  return field->name().c_str();
}

class SampleCase {
 public:
  SampleCase(const ServiceItem& item, const DeskCounty& county, const SampleWish& wish)
      : wish_(wish),
        organisation_(county.organisation),
        catalogue_(county.catalogue.With(county.catalogue.Numbered(item))),
        item_(*catalogue_.Current(item.id())),
        now_(wish.received) {
    auto calendar = county.calendars.find(item.calendar());
    if (calendar != county.calendars.end()) calendar_ = &calendar->second;
    simulation_.set_item(item.id());
  }

  ItemSimulation Live() && {
    bool goes_on = Do(Submission());
    while (goes_on && record_.stage() != STAGE_READY) {
      FireAlarms();
      std::optional<Act> next = NextAct();
      CHECK(next.has_value()) << "nothing is to be done in " << record_.DebugString();
      now_ = std::max(now_, next->from);
      FireAlarms();
      goes_on = Do(*next);
    }
    ListClocks();
    return std::move(simulation_);
  }

 private:
  // The first position there that has one of the duties, as they stand, and a holder today.
  Actor SomebodyAt(const std::string& organisation, std::initializer_list<Duty> duties) const {
    for (Duty duty : duties) {
      for (const Position* position : organisation_.PositionsWithDuty(organisation, duty)) {
        if (!HolderOf(position->id(), organisation_, Today()).empty()) {
          return {organisation, position->id()};
        }
      }
    }
    return {organisation, ""};
  }

  Actor Receiver() const {
    if (const Position* named = organisation_.FindPosition(wish_.position)) {
      return {named->organisation(), named->id()};
    }
    if (!wish_.position.empty()) return {"", wish_.position};
    Actor of_county;
    for (const Organisation& organisation : organisation_.chart().organisations()) {
      Actor actor = SomebodyAt(organisation.id(), {RECEPTION});
      if (actor.position.empty()) continue;
      if (organisation_.TownshipOf(organisation) != nullptr) return actor;
      if (of_county.position.empty()) of_county = std::move(actor);
    }
    return of_county;
  }

  Act Submission() const {
    Act act{.from = now_, .command = {}, .actor = Receiver(), .step = ""};
    SubmitCase& submission = *act.command.mutable_submit_case();
    submission.set_item(item_.id());
    Applicant& applicant = *submission.mutable_applicant();
    applicant.set_kind(Applicant::NATURAL_PERSON);
    applicant.mutable_name()->set_text(kSample);
    applicant.set_document_type(Applicant::IDENTITY_NUMBER);
    applicant.mutable_document_number()->set_text(kIdentityNumber);
    if (const Organisation* intake = organisation_.Find(act.actor.organisation)) {
      const Organisation* home = organisation_.TownshipOf(*intake);
      if (home == nullptr) home = organisation_.CountyOf(*intake);
      applicant.set_registered_division(home->division_code());
      applicant.set_residence_division(home->division_code());
    }
    for (const Material& material : item_.materials()) submission.add_materials(material.id());
    for (const FormField& field : wish_.form) *submission.add_form() = field;
    return act;
  }

  // The earliest that any task waits for; of several at one instant the first task's.
  std::optional<Act> NextAct() const {
    std::optional<Act> earliest;
    for (const Task& task : record_.tasks()) {
      Act act{.from = now_, .command = {}, .actor = {}, .step = task.step()};
      Fill(act, task);
      if (act.command.wish_case() == Command::WISH_NOT_SET) continue;
      if (!earliest || act.from < earliest->from) earliest = std::move(act);
    }
    return earliest;
  }

  void Fill(Act& act, const Task& task) const {
    if (task.kind() == Task::COLLECTION_READY) {
      act.actor = SomebodyAt(task.organisation(), {COLLECTION});
      act.command.mutable_receive_certificate();
    } else if (task.state() == Task::AWAITING_HAND_OVER) {
      act.actor = SomebodyAt(task.from(), {RECEPTION, HANDLING, DECISION});
      act.command.mutable_hand_over_file()->set_task_id(task.id());
    } else if (task.state() == Task::AWAITING_ACKNOWLEDGEMENT) {
      act.actor = SomebodyAt(task.organisation(), {task.duty(), RECEPTION, HANDLING, DECISION});
      act.command.mutable_acknowledge_hand_over()->set_task_id(task.id());
    } else if (task.kind() == Task::ROUTE_STEP && task.state() == Task::AWAITING_CLAIM) {
      act.actor = SomebodyAt(task.organisation(), {task.duty()});
      act.command.mutable_claim_task()->set_task_id(task.id());
    } else if (task.kind() == Task::ROUTE_STEP) {
      act.actor = {task.organisation(), task.position()};
      FillStep(act, task);
    } else if (task.kind() == Task::CERTIFICATION) {
      act.actor = SomebodyAt(task.organisation(), {task.duty()});
      act.command.mutable_hand_back_certificate()->set_certificate_number(kSample);
    } else if (task.kind() == Task::ACCEPTANCE) {
      act.actor = SomebodyAt(task.organisation(), {task.duty()});
      FillAcceptance(act);
    }
  }

  void FillAcceptance(Act& act) const {
    if (item_.handling() == ServiceItem::INSTANT) {
      act.command.mutable_decide_case()->set_result(GRANTED);
    } else {
      act.command.mutable_accept_case();
    }
  }

  void FillStep(Act& act, const Task& task) const {
    const Step& step = StepAt(item_, task);
    const Clock* notice = RunningClock(NOTICE, step.id());
    if (step.kind() == Step::PUBLIC_NOTICE && !IsPosted(step)) {
      act.command.mutable_post_notice()->set_task_id(task.id());
      act.command.mutable_post_notice()->set_place(kSample);
      return;
    }
    if (notice != nullptr) {
      act.from = ToInstant(notice->due_at()) + Duration(1);
    } else if (const Clock* limit = RunningClock(STEP, step.id())) {
      act.from = std::max(now_, ToInstant(limit->due_at()));
    }
    if (step.kind() == Step::DECIDE) {
      act.command.mutable_decide_case()->set_result(GRANTED);
      act.command.mutable_decide_case()->mutable_opinion()->set_text(kSample);
      return;
    }
    CompleteStep& completion = *act.command.mutable_complete_step();
    completion.set_task_id(task.id());
    completion.set_action(CompleteStep::PASS);
    completion.mutable_opinion()->set_text(kSample);
    if (step.kind() == Step::SITE_CHECK) {
      completion.set_second_performer(Colleague(task));
    }
  }

  // The second officer of a site check is of the same place.
  std::string Colleague(const Task& task) const {
    for (const Holding& holding : organisation_.chart().holdings()) {
      const Position* position = organisation_.FindPosition(holding.position());
      if (holding.person() == task.person() || position == nullptr) continue;
      if (position->organisation() != task.organisation()) continue;
      if (organisation_.Holds(holding.person(), holding.position(), Today())) {
        return holding.person();
      }
    }
    return "";
  }

  bool IsPosted(const Step& step) const {
    return std::any_of(record_.clocks().begin(), record_.clocks().end(), [&](const Clock& clock) {
      return clock.kind() == NOTICE && clock.subject() == step.id();
    });
  }

  const Clock* RunningClock(ClockKind kind, const std::string& subject) const {
    for (const Clock& clock : record_.clocks()) {
      if (clock.kind() == kind && clock.subject() == subject && IsRunning(clock)) return &clock;
    }
    return nullptr;
  }

  void FireAlarms() {
    for (auto wake = NextWake(record_); wake && *wake <= now_; wake = NextWake(record_)) {
      Command command;
      command.mutable_fire_alarms()->set_case_id(record_.id());
      *command.mutable_fire_alarms()->mutable_until() = ToTimestamp(now_);
      Caller system;
      system.set_person(std::string(kSystemPerson));
      system.set_channel(CHANNEL_SYSTEM);
      Decision decision = DecideNow(command, system);
      CHECK(!decision.rejected()) << decision.rejection().text;
      Take(std::move(decision.outcome()));
    }
  }

  // Whether the way goes on.
  bool Do(const Act& act) {
    Caller caller;
    caller.set_position(act.actor.position);
    caller.set_person(HolderOf(act.actor.position, organisation_, Today()));
    caller.set_channel(CHANNEL_WINDOW);
    if (caller.person().empty()) return Stop(act, POSITION_NOT_HELD, NobodyFor(act.actor));
    Decision decision = DecideNow(act.command, caller);
    if (decision.rejected()) {
      return Stop(act, decision.rejection().reason, decision.rejection().text);
    }
    Take(std::move(decision.outcome()));
    ItemSimulation::Act& done = *simulation_.add_acts();
    *done.mutable_at() = ToTimestamp(now_);
    done.set_command(NameOf(act.command));
    done.set_step(act.step);
    done.set_organisation(act.actor.organisation);
    done.set_position(act.actor.position);
    done.set_person(caller.person());
    return true;
  }

  std::string NobodyFor(const Actor& actor) const {
    if (!actor.position.empty()) {
      return "Expected somebody to act, but nobody holds the position '" + actor.position +
             "' on " + FormatDate(Today());
    }
    return "Expected somebody to act at '" + actor.organisation +
           "', but nobody there holds a position with the duty for it on " + FormatDate(Today());
  }

  bool Stop(const Act& act, Reason reason, std::string text) {
    ItemSimulation::Obstacle& obstacle = *simulation_.mutable_obstacle();
    *obstacle.mutable_at() = ToTimestamp(now_);
    obstacle.set_command(NameOf(act.command));
    obstacle.set_step(act.step);
    obstacle.set_reason(reason);
    obstacle.set_text(std::move(text));
    return false;
  }

  Decision DecideNow(const Command& command, const Caller& caller) const {
    const Context context{.now = now_,
                          .at = now_,
                          .sequence = sequence_ + 1,
                          .caller = caller,
                          .item = &item_,
                          .calendar = calendar_,
                          .catalogue = catalogue_,
                          .organisation = organisation_,
                          .counters = counters_,
                          .policy = {},
                          .form = FormTextsAfter(record_, command, &item_)};
    return Decide(record_, command, context);
  }

  void Take(Decision::Outcome outcome) {
    ++sequence_;
    for (const Event& event : outcome.events) Apply(counters_, event);
    record_ = std::move(outcome.next);
    for (const Clock& clock : record_.clocks()) {
      if (clock.has_due_at()) last_due_[clock.id()] = clock;
    }
  }

  void ListClocks() {
    for (const Clock& clock : record_.clocks()) {
      ItemSimulation::SampleClock& sample = *simulation_.add_clocks();
      sample.set_kind(clock.kind());
      sample.set_subject(clock.subject());
      sample.set_organisation(clock.organisation());
      sample.set_limit(FormatLimit(clock.limit()));
      *sample.mutable_starts_at() = clock.ledger(0).from();
      if (auto due = last_due_.find(clock.id()); due != last_due_.end()) {
        *sample.mutable_due_at() = due->second.due_at();
        sample.set_provisional(due->second.provisional());
      }
      if (IsStopped(clock)) {
        *sample.mutable_stopped_at() = clock.ledger(clock.ledger_size() - 1).from();
      }
      sample.set_light(LightAt(clock, now_));
    }
  }

  Date Today() const { return DateOf(now_, kBeijing); }

  const SampleWish& wish_;
  const OrganisationIndex& organisation_;
  Catalogue catalogue_;
  const ServiceItem& item_;
  const WorkingCalendar* calendar_ = nullptr;
  Counters counters_;
  CaseRecord record_;
  uint64_t sequence_ = 0;
  Instant now_;
  std::map<uint32_t, Clock>
      last_due_;  // By id: each clock as it stood when it last had a due date.
  ItemSimulation simulation_;
};

}  // namespace

ItemSimulation SimulateItem(const ServiceItem& item, const DeskCounty& county,
                            const SampleWish& wish) {
  return SampleCase(item, county, wish).Live();
}

}  // namespace onewindow
