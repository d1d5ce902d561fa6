#include "engine/casework/life.h"

#include <algorithm>
#include <array>

namespace onewindow {
namespace {

constexpr std::array kInReceived = {
    Command::kCorrectCase,         Command::kAcceptCase,   Command::kRefuseCase,
    Command::kRequestSupplement,   Command::kWithdrawCase, Command::kHandOverFile,
    Command::kAcknowledgeHandOver, Command::kDecideCase,   Command::kRecordAdHocStep,
    Command::kAccompanyCase,       Command::kUrgeCase,     Command::kOrderSupervision,
    Command::kGrantMandate,        Command::kEndMandate,   Command::kReturnOriginals,
    Command::kAttachFile};
constexpr std::array kInSupplementing = {Command::kReceiveMaterials, Command::kWithdrawCase,
                                         Command::kRecordAdHocStep,  Command::kAccompanyCase,
                                         Command::kGrantMandate,     Command::kEndMandate,
                                         Command::kReturnOriginals,  Command::kAttachFile};
constexpr std::array kInReview = {
    Command::kHandOverFile,      Command::kAcknowledgeHandOver, Command::kClaimTask,
    Command::kReleaseTask,       Command::kExtendLease,         Command::kCompleteStep,
    Command::kTransferTask,      Command::kPauseCase,           Command::kResumeCase,
    Command::kPostNotice,        Command::kExtendLimit,         Command::kDecideCase,
    Command::kWithdrawCase,      Command::kRecordAdHocStep,     Command::kAccompanyCase,
    Command::kUrgeCase,          Command::kOrderSupervision,    Command::kHandDownTask,
    Command::kRequestAssistance, Command::kAnswerAssistance,    Command::kGrantMandate,
    Command::kEndMandate,        Command::kReturnOriginals,     Command::kReassignTask,
    Command::kAttachFile};
// A notice given in time, but recorded later, is still to be had (Art. 32).
constexpr auto kDeemedAccepted = [] {
  std::array<Command::WishCase, kInReview.size() + 3> wishes{
      Command::kAcceptCase, Command::kRefuseCase, Command::kRequestSupplement};
  std::copy(kInReview.begin(), kInReview.end(), wishes.begin() + 3);
  return wishes;
}();
constexpr std::array kDecided = {
    Command::kHandBackCertificate, Command::kReceiveCertificate, Command::kRecordAdHocStep,
    Command::kAccompanyCase,       Command::kUrgeCase,           Command::kOrderSupervision,
    Command::kGrantMandate,        Command::kEndMandate,         Command::kReturnOriginals,
    Command::kAttachFile};
// Turned away or withdrawn: there is nothing to hand out.
constexpr std::array kEnded = {Command::kCloseCase, Command::kRecordAdHocStep,
                               Command::kReturnOriginals};
constexpr std::array kInReady = {Command::kDeliverCase,     Command::kRecordAdHocStep,
                                 Command::kGrantMandate,    Command::kEndMandate,
                                 Command::kReturnOriginals, Command::kAttachFile};
constexpr std::array kInDelivered = {Command::kCloseCase, Command::kRecordAdHocStep,
                                     Command::kReturnOriginals, Command::kAttachFile};
constexpr std::array kInClosed = {Command::kRecordAdHocStep, Command::kForgetPerson};
constexpr std::array kInEnquiry = {Command::kAnswerEnquiry,       Command::kHandOverEnquiry,
                                   Command::kAcknowledgeHandOver, Command::kClaimTask,
                                   Command::kReassignTask,        Command::kUrgeCase,
                                   Command::kOrderSupervision};

bool HasDecision(const CaseRecord& record) {
  return record.result() == GRANTED || record.result() == NOT_GRANTED ||
         record.result() == REPORTED_UPWARD;
}

}  // namespace

std::span<const Command::WishCase> AllowedIn(const CaseRecord& record) {
  if (record.has_forgotten_at()) return {};
  switch (record.stage()) {
    case STAGE_RECEIVED:
      return kInReceived;
    case STAGE_SUPPLEMENTING:
      return kInSupplementing;
    case STAGE_ACCEPTED:
    case STAGE_IN_REVIEW:
      if (record.deemed_accepted()) return kDeemedAccepted;
      return kInReview;
    case STAGE_FINISHED:
      if (HasDecision(record)) return kDecided;
      return kEnded;
    case STAGE_READY:
      return kInReady;
    case STAGE_DELIVERED:
      return kInDelivered;
    case STAGE_CLOSED:
      return kInClosed;
    case STAGE_ENQUIRY:
      return kInEnquiry;
    case STAGE_UNSPECIFIED:
    case Stage_INT_MIN_SENTINEL_DO_NOT_USE_:
    case Stage_INT_MAX_SENTINEL_DO_NOT_USE_:
      return {};
  }
  return {};
}

bool Allows(const CaseRecord& record, Command::WishCase wish) {
  auto allowed = AllowedIn(record);
  return std::find(allowed.begin(), allowed.end(), wish) != allowed.end();
}

std::string_view CommandName(Command::WishCase wish) {
  const auto* field = Command::descriptor()->FindFieldByNumber(wish);
  return field == nullptr ? std::string_view("unknown command") : std::string_view(field->name());
}

std::string_view StageName(Stage stage) {
  constexpr std::string_view kPrefix = "STAGE_";
  std::string_view name = Stage_Name(stage);
  name.remove_prefix(std::min(name.size(), kPrefix.size()));
  return name;
}

std::vector<std::string> AllowedCommands(const CaseRecord& record) {
  std::vector<std::string> names;
  for (Command::WishCase wish : AllowedIn(record)) names.emplace_back(CommandName(wish));
  return names;
}

}  // namespace onewindow
