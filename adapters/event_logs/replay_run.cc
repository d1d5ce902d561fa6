#include "adapters/event_logs/replay_run.h"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "engine/casework/clocks.h"
#include "engine/casework/visit.h"
#include "engine/clock/timestamp.h"
#include "engine/runtime/import_session.h"

namespace onewindow {
namespace {

// The name under which the log's own case ids are kept.
constexpr const char* kLogSystem = "log";
constexpr size_t kCommandsAtOnce = 1000;

Sealed Text(const std::string& text) {
  Sealed sealed;
  sealed.set_text(text);
  return sealed;
}

// A log says nothing about its applicants: each case is its own.
Applicant UnknownApplicant(const std::string& case_id) {
  Applicant applicant;
  applicant.set_kind(Applicant::OTHER);
  *applicant.mutable_name() = Text("-");
  applicant.set_document_type(Applicant::OTHER_DOCUMENT);
  *applicant.mutable_document_number() = Text(case_id);
  return applicant;
}

RecordAdHocStep::Mark MarkOf(LoggedEvent::Placement placement) {
  switch (placement) {
    case LoggedEvent::Placement::kBeforeStart:
      return RecordAdHocStep::BEFORE_START;
    case LoggedEvent::Placement::kWithin:
      return RecordAdHocStep::OFF_ROUTE;
    case LoggedEvent::Placement::kAfterEnd:
      return RecordAdHocStep::AFTER_END;
  }
  return RecordAdHocStep::OFF_ROUTE;
}

double Hours(Duration duration) {
  return std::chrono::duration<double, std::ratio<3600>>(duration).count();
}

Command SubmissionOf(const LoggedCase& logged) {
  Command command;
  SubmitCase& submit = *command.mutable_submit_case();
  submit.set_item(std::string(ReplayCounty::kItemId));
  *submit.mutable_applicant() = UnknownApplicant(logged.id);
  ExternalNumber& number = *submit.add_external_numbers();
  number.set_system(kLogSystem);
  number.set_number(logged.id);
  if (logged.deadline) *submit.mutable_imported_deadline() = ToTimestamp(*logged.deadline);
  return command;
}

}  // namespace

ReplayRun::ReplayRun(const ReplayOptions& options, ImportSession& session)
    : options_(&options), session_(&session), county_(options.mapping), figures_(county_.Item()) {}

Status ReplayRun::Live(const Occurrence& occurrence) {
  now_ = occurrence.at;
  if (const auto* start = std::get_if<LoggedStart>(&occurrence.what)) {
    return LiveStart(occurrence, start->record);
  }
  if (const auto* event = std::get_if<LoggedEvent>(&occurrence.what)) {
    return LiveEvent(occurrence, *event);
  }
  return LiveEnd(occurrence, std::get<LoggedEnd>(occurrence.what).record);
}

Status ReplayRun::AdvanceTo(Instant at) {
  now_ = std::max(now_, at);
  return session_->AdvanceTo(now_);
}

Status ReplayRun::LiveStart(const Occurrence& occurrence, const LoggedCase& logged) {
  Result<std::string_view> desk = DeskOf(logged.department, occurrence);
  if (!desk.ok()) return desk.fault();
  Doing doing{.occurrence = occurrence, .desk = desk.value(), .channel = logged.channel};
  Result<std::optional<Accepted>> submitted = Do(SubmissionOf(logged), doing);
  if (!submitted.ok()) return submitted.fault();
  if (!submitted.value()) return {};
  LiveCase live{.id = submitted.value()->case_id, .desk = desk.value()};
  cases_[logged.id] = live;
  figures_.AddReceived(logged.channel_name, logged.department);
  Command accept;
  accept.mutable_accept_case()->set_case_id(live.id.value);
  return Must(std::move(accept), doing);
}

Status ReplayRun::LiveEvent(const Occurrence& occurrence, const LoggedEvent& logged) {
  auto live = cases_.find(logged.case_id);
  if (live == cases_.end()) {
    Refuse(occurrence, "its case was not received");
    return {};
  }
  Doing doing{.occurrence = occurrence, .desk = live->second.desk, .on_behalf_of = logged.resource};
  if (logged.placement == LoggedEvent::Placement::kWithin) {
    Result<bool> stepped = StepOnRoute(live->second, logged.activity, doing);
    if (!stepped.ok()) return stepped.fault();
    if (stepped.value()) return {};
  }
  Command command;
  RecordAdHocStep& step = *command.mutable_record_ad_hoc_step();
  step.set_case_id(live->second.id.value);
  step.set_name(logged.activity);
  step.set_mark(MarkOf(logged.placement));
  step.set_position(logged.group);
  return Must(std::move(command), doing);
}

Result<bool> ReplayRun::StepOnRoute(const LiveCase& live, const std::string& activity,
                                    const Doing& doing) {
  std::string step = county_.StepOf(activity);
  if (step.empty()) return false;
  Result<CaseRecord> record = session_->Case(live.id);
  if (!record.ok()) return record.fault();
  for (const Task& task : record.value().tasks()) {
    if (task.kind() != Task::ROUTE_STEP || task.step() != step) continue;
    Command claim;
    claim.mutable_claim_task()->set_case_id(live.id.value);
    claim.mutable_claim_task()->set_task_id(task.id());
    if (Status claimed = Must(std::move(claim), doing); !claimed.ok()) return claimed.fault();
    Command complete;
    complete.mutable_complete_step()->set_case_id(live.id.value);
    complete.mutable_complete_step()->set_task_id(task.id());
    complete.mutable_complete_step()->set_action(CompleteStep::PASS);
    if (Status passed = Must(std::move(complete), doing); !passed.ok()) return passed.fault();
    return true;
  }
  return false;
}

Status ReplayRun::LiveEnd(const Occurrence& occurrence, const LoggedCase& logged) {
  auto live = cases_.find(logged.id);
  if (live == cases_.end()) {
    Refuse(occurrence, "its case was not received");
    return {};
  }
  Doing doing{.occurrence = occurrence, .desk = live->second.desk};
  uint64_t id = live->second.id.value;
  Command decide;
  decide.mutable_decide_case()->set_case_id(id);
  decide.mutable_decide_case()->set_result(GRANTED);
  Result<std::optional<Accepted>> decided = Do(std::move(decide), doing);
  if (!decided.ok()) return decided.fault();
  if (!decided.value()) return {};
  const CaseRecord& record = *decided.value()->record;
  Instant end = ToInstant(record.decided_at());
  const Clock* promise = FindClock(record, PROMISED);
  bool late = promise != nullptr && end > ToInstant(promise->limit().until());
  figures_.AddFinished({.channel = logged.channel_name,
                        .department = logged.department,
                        .hours = Hours(end - ToInstant(record.received_at())),
                        .timeliness = late ? ReplayFigures::FinishedCase::Timeliness::kLate
                                           : ReplayFigures::FinishedCase::Timeliness::kInTime});
  Command deliver;
  deliver.mutable_deliver_case()->set_case_id(id);
  deliver.mutable_deliver_case()->set_mode(AT_WINDOW);
  if (Status delivered = Must(std::move(deliver), doing); !delivered.ok()) return delivered;
  Command close;
  close.mutable_close_case()->set_case_id(id);
  return Must(std::move(close), doing);
}

Result<std::string_view> ReplayRun::DeskOf(const std::string& department,
                                           const Occurrence& occurrence) {
  ReplayCounty::Desk desk = county_.DeskOf(department);
  Doing doing{.occurrence = occurrence, .desk = ""};
  if (desk.known == ReplayCounty::Desk::Known::kNewly) {
    Command publish;
    *publish.mutable_publish_organisation()->mutable_chart() = county_.chart();
    if (Status done = Must(std::move(publish), doing); !done.ok()) return done.fault();
  }
  if (!published_) {
    Command calendar;
    *calendar.mutable_publish_calendar()->mutable_calendar() = options_->calendar;
    if (Status done = Must(std::move(calendar), doing); !done.ok()) return done.fault();
    Command item;
    *item.mutable_publish_item()->mutable_item() = county_.Item();
    if (Status done = Must(std::move(item), doing); !done.ok()) return done.fault();
    published_ = true;
  }
  return desk.position;
}

Result<std::optional<Accepted>> ReplayRun::Do(Command command, const Doing& doing) {
  Envelope& envelope = MutableEnvelopeOf(command);
  envelope.set_position(std::string(doing.desk));
  envelope.set_channel(doing.channel);
  envelope.set_on_behalf_of(doing.on_behalf_of);
  if (doing.occurrence.occurred_at != doing.occurrence.at) {
    *envelope.mutable_occurred_at() = ToTimestamp(doing.occurrence.occurred_at);
  }
  Answer answer = session_->Do(std::move(command), doing.occurrence.at);
  if (auto* accepted = std::get_if<Accepted>(&answer)) return std::optional(std::move(*accepted));
  if (auto* fault = std::get_if<Fault>(&answer)) return std::move(*fault);
  Refuse(doing.occurrence, std::get<Rejection>(answer).text);
  return std::optional<Accepted>();
}

Status ReplayRun::Must(Command command, const Doing& doing) {
  Result<std::optional<Accepted>> done = Do(std::move(command), doing);
  return done.ok() ? Status() : Status(done.fault());
}

void ReplayRun::Refuse(const Occurrence& occurrence, std::string why) {
  ++refused_;
  if (options_->on_problem) {
    options_->on_problem({.position = occurrence.position, .reason = std::move(why)});
  }
}

Result<ReplayReport> ReplayRun::Report() const {
  ReplayFigures figures = figures_;
  Sequence position;
  while (true) {
    Result<LogStretch> stretch = session_->log().ReadAfter(position, kCommandsAtOnce);
    if (!stretch.ok()) return stretch.fault();
    for (const LoggedCommand& logged : stretch.value().commands) {
      figures.AddCommand(logged);
      position = Sequence{logged.sequence()};
    }
    if (stretch.value().commands.empty()) break;
  }
  ReplayReport report = figures.Report();
  if (report.cases() > 0) report.set_as_of(FormatInstant(now_, UtcOffset{std::chrono::minutes(0)}));
  return report;
}

}  // namespace onewindow
