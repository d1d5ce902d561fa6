#include "services/onewindow/desk_send.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "engine/clock/timestamp.h"
#include "onewindow/v1/front_desk.pb.h"
#include "onewindow/v1/reasons.pb.h"
#include "services/onewindow/api.h"
#include "services/onewindow/refusal.h"

namespace onewindow {
namespace {

bool Says(const CallFailure& failure, Reason reason) {
  return ReasonOf(failure) == Reason_Name(reason);
}

// Somebody else may send the very same paper.
bool IsAboutCaller(const CallFailure& failure) {
  return Says(failure, POSITION_NOT_HELD) || Says(failure, NOT_SUBSTITUTE) ||
         Says(failure, CALL_NOT_ALLOWED);
}

// Whether the server has the paper, it did not come to look.
bool SaysNothingOfPaper(const CallFailure& failure) {
  return Says(failure, PROGRAM_FAULT) || ReasonOf(failure).empty();
}

bool IsWanted(const DeskCase& known, const DeskSendWish& wish) {
  if (known.settled()) return false;
  return wish.numbers.empty() ||
         std::find(wish.numbers.begin(), wish.numbers.end(), known.number()) != wish.numbers.end();
}

SubmitCase SubmissionOf(const DeskCase& known, const DeskSendWish& wish) {
  SubmitCase submission = known.entry.submission();
  submission.mutable_envelope()->set_on_behalf_of(wish.on_behalf_of);
  return submission;
}

// Under another id, as the same one may stand for one body only.
SubmitCase TrialOf(SubmitCase submission) {
  Envelope& envelope = *submission.mutable_envelope();
  envelope.set_validate_only(true);
  envelope.set_request_id(envelope.request_id() + ":trial");
  return submission;
}

const Warning* OpenCaseIn(const CommandOutcome& outcome) {
  for (const Warning& warning : outcome.warnings()) {
    if (warning.kind() == Warning::OPEN_CASE_OF_APPLICANT) return &warning;
  }
  return nullptr;
}

}  // namespace

Result<DeskSendReport> DeskSend::Run(const DeskSendWish& wish, const DeskSendListener& listener) {
  std::vector<std::string> numbers;
  for (const DeskCase* known : book_.Cases()) {
    if (IsWanted(*known, wish)) numbers.push_back(known->number());
  }
  DeskSendReport report;
  report.left = numbers.size();
  for (const std::string& number : numbers) {
    const DeskCase& known = *book_.Find(number);
    Outcome outcome = Send(known, wish);
    if (const auto* fault = std::get_if<Fault>(&outcome)) return *fault;
    if (auto* stopped = std::get_if<Stopped>(&outcome)) {
      report.stopped = std::move(stopped->why);
      return report;
    }
    if (const auto* left = std::get_if<Left>(&outcome)) {
      listener.left(known, left->why);
      continue;
    }
    const DeskRecord& record = std::get<DeskRecord>(outcome);
    if (Status written = Write(record); !written.ok()) return written.fault();
    ++(record.has_sent() ? report.sent : report.held_back);
    --report.left;
    listener.settled(known);
  }
  return report;
}

DeskSend::Outcome DeskSend::Send(const DeskCase& known, const DeskSendWish& wish) {
  const SubmitCase submission = SubmissionOf(known, wish);
  auto tried = Call(TrialOf(submission));
  if (auto* failure = std::get_if<CallFailure>(&tried)) {
    if (Says(*failure, PAPER_ALREADY_RECEIVED)) return AskAgain(known, submission, *failure);
    return NotSent(known, std::move(*failure));
  }
  const Warning* open_case = OpenCaseIn(std::get<CommandOutcome>(tried));
  if (open_case != nullptr && wish.on_open_case == OnOpenCase::kHoldBack) {
    return HeldBack(known, *open_case);
  }
  DeskRecord attempt;
  attempt.mutable_attempted()->set_provisional_number(known.number());
  *attempt.mutable_attempted()->mutable_at() = ToTimestamp(time_.Now());
  if (Status written = Write(attempt); !written.ok()) return written.fault();

  auto answer = Call(submission);
  if (auto* failure = std::get_if<CallFailure>(&answer)) {
    if (Says(*failure, PAPER_ALREADY_RECEIVED)) return SentBefore(known, *failure);
    return NotSent(known, std::move(*failure));
  }
  return Sent(known, std::get<CommandOutcome>(answer));
}

// The paper was received. Whoever had sent it under this token gets the same answer as then, query
// code and all; anybody else learns the receipt number only.
DeskSend::Outcome DeskSend::AskAgain(const DeskCase& known, const SubmitCase& submission,
                                     const CallFailure& refusal) {
  auto answer = Call(submission);
  const auto* failure = std::get_if<CallFailure>(&answer);
  if (failure == nullptr) return Sent(known, std::get<CommandOutcome>(answer));
  if (StopsAll(*failure)) return Stopped{*failure};
  return SentBefore(known, refusal);
}

// The engine looks for the paper before anything else but the caller: with any other refusal of
// its own it says that it does not have the paper.
DeskSend::Outcome DeskSend::NotSent(const DeskCase& known, CallFailure failure) const {
  if (StopsAll(failure)) return Stopped{std::move(failure)};
  const bool in_doubt = known.state == DeskLine::IN_DOUBT;
  if (IsAboutCaller(failure) || (in_doubt && SaysNothingOfPaper(failure))) {
    return Left{std::move(failure)};
  }
  return HeldBack(known, failure);
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

DeskRecord DeskSend::SentBefore(const DeskCase& known, const CallFailure& refusal) const {
  CommandOutcome outcome;
  outcome.set_receipt_number(ReceiptNumberOf(refusal));
  return Sent(known, outcome);
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
