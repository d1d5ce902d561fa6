#include "engine/supervision/demand_tally.h"

#include "engine/base/check.h"
#include "engine/base/ids.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/events.pb.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

void Count(DemandFigures& figures, AnswerAssistance::Answer answer) {
  switch (answer) {
    case AnswerAssistance::ACCEPT:
      ++figures.agreed;
      return;
    case AnswerAssistance::DECLINE:
      ++figures.declined;
      return;
    case AnswerAssistance::COUNTER_PROPOSE:
      ++figures.countered;
      return;
    case AnswerAssistance::GIVE_UP:
      ++figures.given_up;
      return;
    case AnswerAssistance::ANSWER_UNSPECIFIED:
    case AnswerAssistance_Answer_AnswerAssistance_Answer_INT_MIN_SENTINEL_DO_NOT_USE_:
    case AnswerAssistance_Answer_AnswerAssistance_Answer_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  CHECK(false) << "an answer that says nothing";
}

const std::string& AskingOrganisation(const CaseRecord& record, uint32_t assist_id) {
  CHECK(assist_id >= 1 && static_cast<int>(assist_id) <= record.assists_size()) << record.id();
  return record.assists(static_cast<int>(assist_id) - 1).from();
}

}  // namespace

bool IsDemand(const Event& event) {
  return event.has_assist_requested() || event.has_assist_answered() ||
         event.has_hand_down_refused();
}

void DemandTally::Add(const LoggedCommand& logged, const CaseRecord& after) {
  for (const Event& event : logged.events()) {
    if (event.has_assist_requested()) {
      ++departments_[event.assist_requested().assist().from()].requested;
    } else if (event.has_assist_answered()) {
      const AssistAnswered& answered = event.assist_answered();
      Count(departments_[AskingOrganisation(after, answered.assist_id())], answered.answer());
    } else if (event.has_hand_down_refused()) {
      DemandFigures& figures = departments_[event.hand_down_refused().organisation()];
      const bool asked_for_help = logged.command().has_request_assistance();
      ++(asked_for_help ? figures.without_basis : figures.hand_downs_refused);
    }
  }
}

std::vector<DemandCell> DemandTally::ToProto() const {
  std::vector<DemandCell> cells;
  cells.reserve(departments_.size());
  for (const auto& [department, figures] : departments_) {
    DemandCell& cell = cells.emplace_back();
    cell.set_department(department);
    cell.set_requested(figures.requested);
    cell.set_agreed(figures.agreed);
    cell.set_declined(figures.declined);
    cell.set_countered(figures.countered);
    cell.set_given_up(figures.given_up);
    cell.set_without_basis(figures.without_basis);
    cell.set_hand_downs_refused(figures.hand_downs_refused);
  }
  return cells;
}

DemandTally DemandTally::FromProto(const google::protobuf::RepeatedPtrField<DemandCell>& cells) {
  DemandTally tally;
  for (const DemandCell& cell : cells) {
    tally.departments_[cell.department()] = {.requested = cell.requested(),
                                             .agreed = cell.agreed(),
                                             .declined = cell.declined(),
                                             .countered = cell.countered(),
                                             .given_up = cell.given_up(),
                                             .without_basis = cell.without_basis(),
                                             .hand_downs_refused = cell.hand_downs_refused()};
  }
  return tally;
}

}  // namespace onewindow
