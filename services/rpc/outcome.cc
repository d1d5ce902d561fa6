#include "services/rpc/outcome.h"

#include <algorithm>
#include <string>

#include "engine/casework/apply.h"
#include "services/rpc/personal.h"

namespace onewindow {
namespace {

void AddWarning(CommandOutcome& outcome, Warning::Kind kind, uint64_t case_id, std::string text) {
  Warning& warning = *outcome.add_warnings();
  warning.set_kind(kind);
  warning.set_case_id(case_id);
  warning.set_text(std::move(text));
}

// The clock events that fix a due date say whether it may still move.
bool FixesProvisionalDate(const Event& event) {
  if (event.has_clock_started()) return event.clock_started().clock().provisional();
  if (event.has_clock_resumed()) return event.clock_resumed().provisional();
  if (event.has_clock_extended()) return event.clock_extended().provisional();
  return false;
}

// An applicant whom the event brings in or corrects has an identity number that looks like a slip.
bool HasDoubtfulNumber(const Event& event) {
  const auto is_doubtful = [](const Applicant& applicant) { return applicant.document_doubtful(); };
  return is_doubtful(event.case_submitted().applicant()) ||
         std::ranges::any_of(event.case_submitted().co_applicants(), is_doubtful) ||
         is_doubtful(event.enquiry_recorded().applicant()) ||
         is_doubtful(event.personal_data_corrected().applicant());
}

void AddWarnings(CommandOutcome& outcome, const LoggedCommand& logged) {
  bool provisional = false;
  for (const Event& event : logged.events()) {
    const uint64_t open_case = event.case_submitted().open_case_of_applicant();
    if (open_case != 0) {
      AddWarning(outcome, Warning::OPEN_CASE_OF_APPLICANT, open_case,
                 "该申请人的同一事项另有在办件:" + std::to_string(open_case));
    }
    if (HasDoubtfulNumber(event)) {
      AddWarning(outcome, Warning::IDENTITY_NUMBER_DOUBTFUL, 0, "公民身份号码校验不符,请核对证件");
    }
    for (const std::string& position : event.absence_recorded().uncovered()) {
      AddWarning(outcome, Warning::ABSENCE_UNCOVERED, 0, "请假期间该岗位无人值守:" + position);
    }
    for (const std::string& position : event.substitution_ended().uncovered()) {
      AddWarning(outcome, Warning::ABSENCE_UNCOVERED, 0, "代理终止后该岗位无人值守:" + position);
    }
    provisional = provisional || FixesProvisionalDate(event);
  }
  if (provisional) {
    AddWarning(outcome, Warning::PROVISIONAL_DUE_DATE, 0, "期限超出已公布的日历,日期为暂定");
  }
}

// Of a case or an enquiry that has just come in; empty for any other event.
const std::string& ReceiptOf(const Event& event) {
  if (event.has_enquiry_recorded()) return event.enquiry_recorded().receipt_number();
  return event.case_submitted().receipt_number();
}

// The case goes on while an answer waits to be asked for again: its stage back then is folded anew.
Result<Stage> StageAfter(const Accepted& accepted, const Engine& engine) {
  const CaseRecord& record = *accepted.record;
  const bool newest = record.history().empty() ||
                      record.history(record.history_size() - 1) <= accepted.sequence.value;
  if (newest || !accepted.sequence) return record.stage();

  CaseRecord then;
  PageRequest page{.size = kPageSizeMax, .cursor = {}};
  do {
    auto commands = engine.Timeline(accepted.case_id, page);
    if (!commands.ok()) return commands.fault();
    for (const LoggedCommand& command : commands.value().rows) {
      if (command.sequence() > accepted.sequence.value) return then.stage();
      for (const Event& event : command.events()) Apply(then, event, command.sequence());
    }
    page.cursor = commands.value().next_cursor;
  } while (!page.cursor.empty());
  return then.stage();
}

}  // namespace

Result<CommandOutcome> OutcomeOf(const Accepted& accepted, const Engine& engine) {
  const LoggedCommand& logged = *accepted.logged;
  CommandOutcome outcome;
  outcome.set_sequence(accepted.sequence.value);
  outcome.set_case_id(accepted.case_id.value);
  *outcome.mutable_recorded_at() = logged.recorded_at();
  if (accepted.case_id && accepted.sequence) {
    outcome.set_etag(std::to_string(accepted.sequence.value));
  }
  if (accepted.record != nullptr) {
    auto stage = StageAfter(accepted, engine);
    if (!stage.ok()) return stage.fault();
    outcome.set_stage(stage.value());
  }
  for (const Event& event : logged.events()) {
    Event& shown = *outcome.add_events();
    shown = event;
    LeaveOutPersonal(shown);
    const std::string& receipt = ReceiptOf(event);
    if (receipt.empty() || !accepted.sequence) continue;
    outcome.set_receipt_number(receipt);
    outcome.set_query_code(engine.vault().QueryCode(accepted.case_id));
  }
  AddWarnings(outcome, logged);
  return outcome;
}

}  // namespace onewindow
