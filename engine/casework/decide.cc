#include "engine/casework/decide.h"

#include <optional>
#include <string>

#include "engine/calendar/working_calendar.h"
#include "engine/casework/deciders.h"
#include "engine/casework/life.h"
#include "engine/casework/papers.h"
#include "engine/casework/rejections.h"
#include "engine/casework/rights.h"
#include "engine/casework/visit.h"
#include "engine/clock/timestamp.h"

namespace onewindow {
namespace {

bool IsAboutCase(Command::WishCase wish) {
  switch (wish) {
    case Command::kSubmitCase:
    case Command::kPublishItem:
    case Command::kPublishCalendar:
    case Command::kPublishOrganisation:
    case Command::kRecordAbsence:
    case Command::kArrangeSubstitution:
    case Command::kEndSubstitution:
    case Command::kRecordEnquiry:
    case Command::WISH_NOT_SET:
      return false;
    case Command::kCorrectCase:
    case Command::kAcceptCase:
    case Command::kRefuseCase:
    case Command::kRequestSupplement:
    case Command::kReceiveMaterials:
    case Command::kWithdrawCase:
    case Command::kHandOverFile:
    case Command::kAcknowledgeHandOver:
    case Command::kClaimTask:
    case Command::kReleaseTask:
    case Command::kExtendLease:
    case Command::kCompleteStep:
    case Command::kTransferTask:
    case Command::kPauseCase:
    case Command::kResumeCase:
    case Command::kPostNotice:
    case Command::kExtendLimit:
    case Command::kDecideCase:
    case Command::kHandBackCertificate:
    case Command::kReceiveCertificate:
    case Command::kDeliverCase:
    case Command::kCloseCase:
    case Command::kFireAlarms:
    case Command::kRecordAdHocStep:
    case Command::kResolveIncident:
    case Command::kReassignTask:
    case Command::kHandOverEnquiry:
    case Command::kAnswerEnquiry:
    case Command::kAccompanyCase:
    case Command::kUrgeCase:
    case Command::kOrderSupervision:
    case Command::kAnswerSupervisionOrder:
    case Command::kGrantMandate:
    case Command::kEndMandate:
    case Command::kReturnOriginals:
    case Command::kHandDownTask:
    case Command::kRequestAssistance:
    case Command::kAnswerAssistance:
    case Command::kReadPersonalData:
    case Command::kCorrectPersonalData:
    case Command::kForgetPerson:
    case Command::kAttachFile:
      return true;
  }
  return true;
}

// What happens by itself: everything else is somebody's wish, or brought in for somebody.
bool IsForSystemOnly(Command::WishCase wish) { return wish == Command::kFireAlarms; }

// Alarms, incidents and what a supervisor waits for are not bound to a stage; nor is who may read
// or correct personal data. Forgetting has its own rule.
bool IsBoundToStage(Command::WishCase wish) {
  return wish != Command::kFireAlarms && wish != Command::kResolveIncident &&
         wish != Command::kAnswerSupervisionOrder && wish != Command::kReadPersonalData &&
         wish != Command::kCorrectPersonalData && wish != Command::kForgetPerson;
}

// A case that is set aside is only read.
bool IsForCaseSetAside(Command::WishCase wish) {
  return wish == Command::kResolveIncident || wish == Command::kReadPersonalData;
}

// Without its key a case takes no text any more, and nobody is left whom it could serve.
bool IsForForgottenCase(Command::WishCase wish) {
  return wish == Command::kFireAlarms || wish == Command::kResolveIncident;
}

std::optional<Rejection> CheckCase(const CaseRecord& current, Command::WishCase wish) {
  if (!IsAboutCase(wish)) return std::nullopt;
  std::string name(CommandName(wish));
  if (current.id() == 0) {
    return RefusedField(CASE_NOT_FOUND, "case_id",
                        "Expected to " + name + ", but there is no such case");
  }
  if (current.has_forgotten_at() && !IsForForgottenCase(wish)) {
    return Refused(ALREADY_FORGOTTEN, current, name, "its person is forgotten");
  }
  if (current.set_aside() && !IsForCaseSetAside(wish)) {
    return Refused(SET_ASIDE, current, name, "it is set aside after an incident");
  }
  if (IsBoundToStage(wish) && !Allows(current, wish)) return WrongStage(current, name);
  return std::nullopt;
}

// A late entry is accepted within a bound (domain: "Time as it was and as it was written").
std::optional<Rejection> CheckTime(const CaseRecord& current, const Context& context) {
  if (context.calendar != nullptr &&
      DateOf(context.at, context.calendar->zone()) < context.calendar->first_day()) {
    return RefusedField(BEFORE_CALENDAR, "envelope.occurred_at",
                        "the calendar begins on " + FormatDate(context.calendar->first_day()));
  }
  if (IsSystem(context)) return std::nullopt;
  if (context.at > context.now) {
    return RefusedField(OCCURRED_IN_FUTURE, "envelope.occurred_at", "lies after now");
  }
  if (context.now - context.at > context.policy.late_entry_max) {
    return RefusedField(
        OCCURRED_TOO_LONG_AGO, "envelope.occurred_at",
        "lies more than " + std::to_string(context.policy.late_entry_max.count()) + " days ago");
  }
  if (current.id() != 0 && context.at < ToInstant(current.received_at())) {
    return RefusedField(OCCURRED_BEFORE_RECEIPT, "envelope.occurred_at",
                        "the case was received later than that");
  }
  return std::nullopt;
}

}  // namespace

Decision Decide(const CaseRecord& current, const Command& command, const Context& context) {
  Command::WishCase wish = command.wish_case();
  // Permission before existence, so that nobody learns what there is.
  if (auto refused = CheckCaller(current, CommandName(wish), context)) return *refused;
  if (IsForSystemOnly(wish)) {
    if (auto refused = CheckSystem(CommandName(wish), context)) return *refused;
  }
  if (auto refused = CheckCase(current, wish)) return *refused;
  // Before its time: what was received stays received, however late it is sent again.
  if (auto refused = CheckPaper(command.submit_case(), context)) return *refused;
  if (auto refused = CheckTime(current, context)) return *refused;
  return VisitWish(command, [&](const auto& arm) { return DecideWish(current, arm, context); });
}

}  // namespace onewindow
