#pragma once

#include <cstdlib>
#include <type_traits>

#include "engine/base/check.h"
#include "engine/base/ids.h"
#include "onewindow/v1/commands.pb.h"

namespace onewindow {

// Calls `visitor` with the wish that the command holds. The one switch over commands: an arm that
// is forgotten does not compile. Requires: a wish is set.
template <typename C, typename Visitor>
decltype(auto) VisitWish(C& command, Visitor&& visitor) {
#define ONEWINDOW_WISH(case_name, accessor) \
  case Command::case_name:                  \
    return visitor(command.accessor())
  switch (command.wish_case()) {
    ONEWINDOW_WISH(kSubmitCase, submit_case);
    ONEWINDOW_WISH(kCorrectCase, correct_case);
    ONEWINDOW_WISH(kAcceptCase, accept_case);
    ONEWINDOW_WISH(kRefuseCase, refuse_case);
    ONEWINDOW_WISH(kRequestSupplement, request_supplement);
    ONEWINDOW_WISH(kReceiveMaterials, receive_materials);
    ONEWINDOW_WISH(kWithdrawCase, withdraw_case);
    ONEWINDOW_WISH(kHandOverFile, hand_over_file);
    ONEWINDOW_WISH(kAcknowledgeHandOver, acknowledge_hand_over);
    ONEWINDOW_WISH(kClaimTask, claim_task);
    ONEWINDOW_WISH(kReleaseTask, release_task);
    ONEWINDOW_WISH(kExtendLease, extend_lease);
    ONEWINDOW_WISH(kCompleteStep, complete_step);
    ONEWINDOW_WISH(kTransferTask, transfer_task);
    ONEWINDOW_WISH(kPauseCase, pause_case);
    ONEWINDOW_WISH(kResumeCase, resume_case);
    ONEWINDOW_WISH(kPostNotice, post_notice);
    ONEWINDOW_WISH(kExtendLimit, extend_limit);
    ONEWINDOW_WISH(kDecideCase, decide_case);
    ONEWINDOW_WISH(kHandBackCertificate, hand_back_certificate);
    ONEWINDOW_WISH(kReceiveCertificate, receive_certificate);
    ONEWINDOW_WISH(kDeliverCase, deliver_case);
    ONEWINDOW_WISH(kCloseCase, close_case);
    ONEWINDOW_WISH(kFireAlarms, fire_alarms);
    ONEWINDOW_WISH(kRecordAdHocStep, record_ad_hoc_step);
    ONEWINDOW_WISH(kResolveIncident, resolve_incident);
    ONEWINDOW_WISH(kPublishItem, publish_item);
    ONEWINDOW_WISH(kPublishCalendar, publish_calendar);
    ONEWINDOW_WISH(kPublishOrganisation, publish_organisation);
    ONEWINDOW_WISH(kRecordEnquiry, record_enquiry);
    ONEWINDOW_WISH(kHandOverEnquiry, hand_over_enquiry);
    ONEWINDOW_WISH(kAnswerEnquiry, answer_enquiry);
    ONEWINDOW_WISH(kAccompanyCase, accompany_case);
    ONEWINDOW_WISH(kUrgeCase, urge_case);
    ONEWINDOW_WISH(kOrderSupervision, order_supervision);
    ONEWINDOW_WISH(kAnswerSupervisionOrder, answer_supervision_order);
    ONEWINDOW_WISH(kReadPersonalData, read_personal_data);
    ONEWINDOW_WISH(kCorrectPersonalData, correct_personal_data);
    ONEWINDOW_WISH(kForgetPerson, forget_person);
    case Command::WISH_NOT_SET:
      break;
  }
#undef ONEWINDOW_WISH
  CHECK(false) << "a command without a wish";
  std::abort();
}

inline const Envelope& EnvelopeOf(const Command& command) {
  return VisitWish(command, [](const auto& wish) -> const Envelope& { return wish.envelope(); });
}

// VisitWish shows wishes as they are in the log, never to be changed; this command is still ours.
inline Envelope& MutableEnvelopeOf(Command& command) {
  return VisitWish(command, [](const auto& wish) -> Envelope& {
    return *const_cast<std::remove_cvref_t<decltype(wish)>&>(wish).mutable_envelope();
  });
}

// 0 for submissions and administration.
inline uint64_t CaseIdOf(const Command& command) {
  return VisitWish(command, [](const auto& wish) -> uint64_t {
    if constexpr (requires { wish.case_id(); }) {
      return wish.case_id();
    } else {
      return 0;
    }
  });
}

}  // namespace onewindow
