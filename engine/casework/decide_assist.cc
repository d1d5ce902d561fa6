#include <string>
#include <utility>

#include "engine/casework/assists.h"
#include "engine/casework/clocks.h"
#include "engine/casework/deciders.h"
#include "engine/casework/plan.h"
#include "engine/casework/rejections.h"
#include "engine/casework/rights.h"
#include "engine/casework/sealed_text.h"
#include "engine/casework/task_rules.h"
#include "engine/casework/tasks.h"
#include "engine/clock/timestamp.h"
#include "engine/organisation/organisation_index.h"

namespace onewindow {
namespace {

constexpr std::string_view kRequest = "ask for assistance with";
constexpr std::string_view kAnswer = "answer the request for assistance with";
// Open at the same time in one case.
constexpr int kOpenAssistsMax = 8;

bool IsClaimedStep(const Task& task) {
  return task.state() == Task::CLAIMED && task.kind() == Task::ROUTE_STEP;
}

// 权随责走、费随事转: what is asked names what goes with it. The basis is looked at before.
std::optional<Rejection> CheckTerms(const AssistTerms& terms, const Context& context) {
  Rejection rejection = RefusedField(ASSIST_TERMS_MISSING, "terms",
                                     "basis, authority, funding, support and a deadline that lies "
                                     "ahead go with the request");
  if (terms.basis().empty()) rejection.allowed.emplace_back("basis");
  if (terms.authority().empty()) rejection.allowed.emplace_back("authority");
  if (terms.funding().empty()) rejection.allowed.emplace_back("funding");
  if (terms.support().empty()) rejection.allowed.emplace_back("support");
  if (!terms.has_deadline() || ToInstant(terms.deadline()) <= context.now) {
    rejection.allowed.emplace_back("deadline");
  }
  if (rejection.allowed.empty()) return std::nullopt;
  return rejection;
}

// A township or an office, station or hall of one, where somebody can do it.
std::optional<Rejection> CheckAsked(const std::string& to, const Context& context) {
  if (context.organisation.Find(to)->kind() == Organisation::VILLAGE) {
    return RefusedField(NOT_A_TOWNSHIP, "to_organisation",
                        "'" + to + "' is a village: its township is asked");
  }
  if (!context.organisation.PositionsWithDuty(to, HANDLING).empty()) return std::nullopt;
  return RefusedField(PERFORMER_NOT_FOUND, "to_organisation",
                      "nobody handles tasks at '" + to + "'");
}

std::optional<Rejection> CheckNotAskedYet(const CaseRecord& current, const Task& task,
                                          const std::string& to) {
  int open = 0;
  for (const Assist& assist : current.assists()) {
    if (!IsOpen(assist)) continue;
    ++open;
    if (assist.task() != task.id() || assist.to() != to) continue;
    return Refused(ASSIST_UNDER_WAY, current, kRequest,
                   "'" + to + "' has been asked already: assist " + std::to_string(assist.id()));
  }
  if (open < kOpenAssistsMax) return std::nullopt;
  return Refused(ASSIST_UNDER_WAY, current, kRequest,
                 "as many as may be are open already: " + std::to_string(open));
}

const Assist* FindAssist(const CaseRecord& record, uint32_t id) {
  bool exists = id >= 1 && static_cast<int>(id) <= record.assists_size();
  return exists ? &record.assists(static_cast<int>(id) - 1) : nullptr;
}

// Whose turn it is: the asked township's while it was only asked, else the asking side's.
bool IsForTownship(const Assist& assist, AnswerAssistance::Answer answer) {
  return answer != AnswerAssistance::GIVE_UP && assist.state() != Assist::COUNTER_PROPOSED;
}

// A head of the township that was asked, of whichever of its offices.
std::optional<Rejection> CheckTownshipHead(const CaseRecord& current, const Assist& assist,
                                           const Context& context) {
  if (IsSystem(context)) return std::nullopt;
  const OrganisationIndex& chart = context.organisation;
  const Organisation* acting = chart.Find(ActingOrganisation(context));
  const Organisation* asked = chart.Find(assist.to());
  const Organisation* township = asked == nullptr ? nullptr : chart.TownshipOf(*asked);
  if (acting == nullptr || township == nullptr || chart.TownshipOf(*acting) != township) {
    return Refused(NOT_YOUR_DESK, current, kAnswer, "'" + assist.to() + "' was asked");
  }
  return CheckDesk(current, kAnswer, acting->id(), {APPROVAL}, context);
}

std::optional<Rejection> CheckAnswerer(const CaseRecord& current, const Assist& assist,
                                       AnswerAssistance::Answer answer, const Context& context) {
  if (IsForTownship(assist, answer)) return CheckTownshipHead(current, assist, context);
  const Task* asking = FindTask(current, assist.task());
  if (asking != nullptr) return CheckHolderSide(current, kAnswer, *asking, context);
  return CheckDesk(current, kAnswer, assist.from(), {HANDLING, DECISION, APPROVAL}, context);
}

// Which answers the state admits; counter-proposed terms are agreed to or given up.
std::optional<Rejection> CheckState(const CaseRecord& current, const Assist& assist,
                                    AnswerAssistance::Answer answer) {
  bool admitted = IsOpen(assist);
  if (assist.state() == Assist::AGREED) admitted = answer == AnswerAssistance::GIVE_UP;
  if (assist.state() == Assist::COUNTER_PROPOSED) {
    admitted = answer == AnswerAssistance::GIVE_UP || answer == AnswerAssistance::ACCEPT;
  }
  if (admitted) return std::nullopt;
  return Refused(
      ASSIST_ALREADY_ANSWERED, current, kAnswer,
      "assist " + std::to_string(assist.id()) + " is " + Assist::State_Name(assist.state()));
}

std::optional<Rejection> CheckContent(const Assist& assist, const AnswerAssistance& wish,
                                      const Context& context) {
  switch (wish.answer()) {
    case AnswerAssistance::ACCEPT:
      return CheckTerms(assist.terms(), context);  // Its deadline may have passed meanwhile.
    case AnswerAssistance::DECLINE:
      if (!IsBlank(wish.reason())) return std::nullopt;
      return RefusedField(FIELD_MISSING, "reason", "says why the township declines");
    case AnswerAssistance::COUNTER_PROPOSE:
      return CheckTerms(wish.terms(), context);
    case AnswerAssistance::GIVE_UP:
      return std::nullopt;
    case AnswerAssistance::ANSWER_UNSPECIFIED:
    case AnswerAssistance_Answer_AnswerAssistance_Answer_INT_MIN_SENTINEL_DO_NOT_USE_:
    case AnswerAssistance_Answer_AnswerAssistance_Answer_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  Rejection rejection = RefusedField(FIELD_MISSING, "answer", "says what the answer is");
  rejection.allowed = {"ACCEPT", "DECLINE", "COUNTER_PROPOSE", "GIVE_UP"};
  return rejection;
}

// The asked organisation has a task of its own until the deadline; the file stays where it is.
void OpenAssistTask(Plan& plan, const Assist& assist) {
  Task task;
  task.set_kind(Task::ASSIST_TASK);
  task.set_organisation(assist.to());
  task.set_duty(HANDLING);
  OpenTask(plan, std::move(task), assist.to());
  Limit limit;
  limit.set_unit(UNTIL);
  *limit.mutable_until() = assist.terms().deadline();
  limit.set_basis(assist.terms().basis());
  StartClock(plan, {.kind = ASSISTANCE,
                    .subject = std::to_string(plan.record().last_task_id()),
                    .organisation = assist.to(),
                    .limit = limit,
                    .at = plan.context().at});
}

}  // namespace

// Source: domain, "Who may do what": what a county asks of a township takes authority and funding
// along.
Decision DecideWish(const CaseRecord& current, const RequestAssistance& wish,
                    const Context& context) {
  auto chosen = ChooseTask(current, kRequest, wish.task_id(), IsClaimedStep);
  if (auto* rejection = std::get_if<Rejection>(&chosen)) return *rejection;
  const Task task = *std::get<const Task*>(chosen);
  if (auto refused = CheckHolderSide(current, kRequest, task, context)) return *refused;
  if (auto refused = CheckRouteStep(current, kRequest, task)) return *refused;
  if (task.state() != Task::CLAIMED) {
    return Refused(TASK_NOT_CLAIMED, current, kRequest,
                   "task " + std::to_string(task.id()) + " is not claimed");
  }
  const std::string& to = wish.to_organisation();
  if (auto refused = CheckGoesDown(current, kRequest, task, to, context)) return *refused;
  if (auto refused = CheckNotAskedYet(current, task, to)) return *refused;

  Plan plan(current, context);
  Event event;
  if (wish.terms().basis().empty()) {
    HandDownRefused& demand = *event.mutable_hand_down_refused();
    demand.set_task_id(task.id());
    demand.set_organisation(task.organisation());
    demand.set_to_organisation(to);
    plan.Add(std::move(event));
    return std::move(plan).Done();
  }
  if (auto refused = CheckAsked(to, context)) return *refused;
  if (auto refused = CheckTerms(wish.terms(), context)) return *refused;
  Assist& assist = *event.mutable_assist_requested()->mutable_assist();
  assist.set_id(static_cast<uint32_t>(current.assists_size()) + 1);
  assist.set_state(Assist::REQUESTED);
  assist.set_task(task.id());
  assist.set_from(task.organisation());
  assist.set_to(to);
  *assist.mutable_terms() = wish.terms();
  plan.Add(std::move(event));
  plan.Issue(Document::ASSIST_LETTER, task.organisation());
  return std::move(plan).Done();
}

Decision DecideWish(const CaseRecord& current, const AnswerAssistance& wish,
                    const Context& context) {
  const Assist* found = FindAssist(current, wish.assist_id());
  if (found == nullptr) {
    return RefusedField(ASSIST_NOT_FOUND, "assist_id",
                        "there is no assist " + std::to_string(wish.assist_id()));
  }
  const Assist assist = *found;
  if (auto refused = CheckAnswerer(current, assist, wish.answer(), context)) return *refused;
  if (auto refused = CheckState(current, assist, wish.answer())) return *refused;
  if (auto refused = CheckContent(assist, wish, context)) return *refused;

  Plan plan(current, context);
  if (wish.answer() == AnswerAssistance::GIVE_UP) {
    GiveUpAssist(plan, assist.id());
    return std::move(plan).Done();
  }
  Event event;
  AssistAnswered& answered = *event.mutable_assist_answered();
  answered.set_assist_id(assist.id());
  answered.set_answer(wish.answer());
  if (wish.has_reason()) *answered.mutable_reason() = wish.reason();
  if (wish.answer() == AnswerAssistance::COUNTER_PROPOSE) *answered.mutable_terms() = wish.terms();
  plan.Add(std::move(event));
  if (wish.answer() == AnswerAssistance::ACCEPT) OpenAssistTask(plan, assist);
  return std::move(plan).Done();
}

}  // namespace onewindow
