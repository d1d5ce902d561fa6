#include "services/onewindow/desk_send.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "engine/clock/timestamp.h"
#include "onewindow/v1/front_desk.pb.h"
#include "services/onewindow/api.h"
#include "services/onewindow/refusal.h"

namespace onewindow {
namespace {

constexpr uint32_t kPageRows = 1000;

// The line is down, or nothing of this caller is taken at present: the next case would fare no
// better, and nothing is wrong with this one.
bool StopsAll(const CallFailure& failure) {
  constexpr int kUnauthenticated = 16;
  constexpr int kResourceExhausted = 8;
  return ExitCodeOf(failure) == ExitCode::kUnavailable || failure.code == kUnauthenticated ||
         failure.code == kResourceExhausted;
}

bool IsWanted(const DeskCase& known, const DeskSendWish& wish) {
  if (known.settled()) return false;
  return wish.numbers.empty() ||
         std::find(wish.numbers.begin(), wish.numbers.end(), known.number()) != wish.numbers.end();
}

// The line broke in the midst of it: asked again, the server gives the same answer as before, query
// code and all. It remembers for 7 days (Envelope.request_id); later it is searched for.
bool IsSurelyRemembered(const DeskCase& known, Instant now) {
  return known.state == DeskLine::IN_DOUBT && now - known.attempted_at < std::chrono::days(1);
}

// Under another id, as the same one may stand for one body only.
SubmitCase TrialOf(const DeskCase& known) {
  SubmitCase trial = known.entry.submission();
  trial.mutable_envelope()->set_validate_only(true);
  trial.mutable_envelope()->set_request_id(trial.envelope().request_id() + ":trial");
  return trial;
}

const Warning* OpenCaseIn(const CommandOutcome& outcome) {
  for (const Warning& warning : outcome.warnings()) {
    if (warning.kind() == Warning::OPEN_CASE_OF_APPLICANT) return &warning;
  }
  return nullptr;
}

bool HasNumber(const CaseRecord& record, const ExternalNumber& wanted) {
  return std::any_of(record.external_numbers().begin(), record.external_numbers().end(),
                     [&](const ExternalNumber& number) {
                       return number.system() == wanted.system() &&
                              number.number() == wanted.number();
                     });
}

}  // namespace

Result<DeskSendReport> DeskSend::Run(const DeskSendWish& wish,
                                     const std::function<void(const DeskCase&)>& on_settled) {
  std::vector<std::string> numbers;
  for (const DeskCase* known : book_.Cases()) {
    if (IsWanted(*known, wish)) numbers.push_back(known->number());
  }
  DeskSendReport report;
  report.left = numbers.size();
  for (const std::string& number : numbers) {
    Outcome outcome = Send(*book_.Find(number), wish.on_open_case);
    if (const auto* fault = std::get_if<Fault>(&outcome)) return *fault;
    if (auto* failure = std::get_if<CallFailure>(&outcome)) {
      report.stopped = std::move(*failure);
      return report;
    }
    const DeskRecord& record = std::get<DeskRecord>(outcome);
    if (Status written = Write(record); !written.ok()) return written.fault();
    ++(record.has_sent() ? report.sent : report.held_back);
    --report.left;
    on_settled(*book_.Find(number));
  }
  return report;
}

DeskSend::Outcome DeskSend::Send(const DeskCase& known, OnOpenCase on_open_case) {
  if (IsSurelyRemembered(known, time_.Now())) return Submit(known);
  auto found = FindSent(known);
  if (auto* failure = std::get_if<CallFailure>(&found)) return NotSent(known, std::move(*failure));
  if (auto& sent = std::get<std::optional<DeskRecord>>(found)) return *std::move(sent);

  auto tried = Call(TrialOf(known));
  if (auto* failure = std::get_if<CallFailure>(&tried)) return NotSent(known, std::move(*failure));
  const Warning* open_case = OpenCaseIn(std::get<CommandOutcome>(tried));
  if (open_case != nullptr && on_open_case == OnOpenCase::kHoldBack) {
    return HeldBack(known, *open_case);
  }
  DeskRecord attempt;
  attempt.mutable_attempted()->set_provisional_number(known.number());
  *attempt.mutable_attempted()->mutable_at() = ToTimestamp(time_.Now());
  if (Status written = Write(attempt); !written.ok()) return written.fault();
  return Submit(known);
}

DeskSend::Outcome DeskSend::Submit(const DeskCase& known) {
  auto answer = Call(known.entry.submission());
  if (auto* failure = std::get_if<CallFailure>(&answer)) return NotSent(known, std::move(*failure));
  return Sent(known, std::get<CommandOutcome>(answer));
}

DeskSend::Outcome DeskSend::NotSent(const DeskCase& known, CallFailure failure) const {
  if (StopsAll(failure)) return failure;
  return HeldBack(known, failure);
}

std::variant<std::optional<DeskRecord>, CallFailure> DeskSend::FindSent(const DeskCase& known) {
  const SubmitCase& submission = known.entry.submission();
  FindCasesRequest request;
  request.set_position(submission.envelope().position());
  auto& applicant = *request.mutable_applicant();
  applicant.set_document_type(submission.applicant().document_type());
  applicant.set_document_number(submission.applicant().document_number().text());
  request.mutable_paging()->set_page_size(kPageRows);
  auto answer = caller_.CallForAll(*FindMethod("FrontDesk.FindCases"), request);
  if (auto* failure = std::get_if<CallFailure>(&answer)) return std::move(*failure);

  ExternalNumber own;
  own.set_system(DeskSystem(submission.envelope().position()));
  own.set_number(known.number());
  const auto& cases = static_cast<const FindCasesResponse&>(
                          *std::get<std::unique_ptr<google::protobuf::Message>>(answer))
                          .cases();
  for (const CaseView& view : cases) {
    // A desk that was set up anew may have given the number a second time.
    if (!HasNumber(view.record(), own)) continue;
    if (ToInstant(view.record().received_at()) != known.occurred_at()) continue;
    CommandOutcome outcome;
    outcome.set_receipt_number(view.record().receipt_number());
    return Sent(known, outcome);
  }
  return std::nullopt;
}

std::variant<CommandOutcome, CallFailure> DeskSend::Call(const SubmitCase& submission) {
  auto answer = caller_.Call(*FindMethod("FrontDesk.Submit"), submission);
  if (auto* failure = std::get_if<CallFailure>(&answer)) return std::move(*failure);
  return static_cast<const CommandOutcome&>(
      *std::get<std::unique_ptr<google::protobuf::Message>>(answer));
}

DeskRecord DeskSend::Sent(const DeskCase& known, const CommandOutcome& outcome) const {
  DeskRecord record;
  DeskSent& sent = *record.mutable_sent();
  sent.set_provisional_number(known.number());
  *sent.mutable_at() = ToTimestamp(time_.Now());
  sent.set_receipt_number(outcome.receipt_number());
  sent.set_query_code(outcome.query_code());
  return record;
}

DeskRecord DeskSend::HeldBack(const DeskCase& known, const CallFailure& refusal) const {
  DeskRecord record;
  DeskHeldBack& held_back = *record.mutable_held_back();
  held_back.set_provisional_number(known.number());
  *held_back.mutable_at() = ToTimestamp(time_.Now());
  held_back.set_cause(ReasonOf(refusal));
  held_back.set_text(ExplanationOf(refusal));
  return record;
}

DeskRecord DeskSend::HeldBack(const DeskCase& known, const Warning& warning) const {
  DeskRecord record;
  DeskHeldBack& held_back = *record.mutable_held_back();
  held_back.set_provisional_number(known.number());
  *held_back.mutable_at() = ToTimestamp(time_.Now());
  held_back.set_cause(Warning::Kind_Name(warning.kind()));
  held_back.set_text(warning.text());
  held_back.set_case_id(warning.case_id());
  return record;
}

Status DeskSend::Write(const DeskRecord& record) {
  Status written = journal_.Append(record);
  if (written.ok()) book_.Take(record);
  return written;
}

}  // namespace onewindow
