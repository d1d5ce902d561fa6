#pragma once

#include <cstdlib>
#include <type_traits>

#include "engine/base/check.h"
#include "engine/base/ids.h"
#include "onewindow/v1/commands.pb.h"

namespace onewindow {

// Every wish: its case of the oneof, its accessor.
#define ONEWINDOW_WISHES(WISH)                            \
  WISH(kSubmitCase, submit_case)                          \
  WISH(kCorrectCase, correct_case)                        \
  WISH(kAcceptCase, accept_case)                          \
  WISH(kRefuseCase, refuse_case)                          \
  WISH(kRequestSupplement, request_supplement)            \
  WISH(kReceiveMaterials, receive_materials)              \
  WISH(kWithdrawCase, withdraw_case)                      \
  WISH(kHandOverFile, hand_over_file)                     \
  WISH(kAcknowledgeHandOver, acknowledge_hand_over)       \
  WISH(kClaimTask, claim_task)                            \
  WISH(kReleaseTask, release_task)                        \
  WISH(kExtendLease, extend_lease)                        \
  WISH(kCompleteStep, complete_step)                      \
  WISH(kTransferTask, transfer_task)                      \
  WISH(kPauseCase, pause_case)                            \
  WISH(kResumeCase, resume_case)                          \
  WISH(kPostNotice, post_notice)                          \
  WISH(kExtendLimit, extend_limit)                        \
  WISH(kDecideCase, decide_case)                          \
  WISH(kHandBackCertificate, hand_back_certificate)       \
  WISH(kReceiveCertificate, receive_certificate)          \
  WISH(kDeliverCase, deliver_case)                        \
  WISH(kCloseCase, close_case)                            \
  WISH(kFireAlarms, fire_alarms)                          \
  WISH(kRecordAdHocStep, record_ad_hoc_step)              \
  WISH(kResolveIncident, resolve_incident)                \
  WISH(kPublishItem, publish_item)                        \
  WISH(kPublishCalendar, publish_calendar)                \
  WISH(kPublishOrganisation, publish_organisation)        \
  WISH(kRecordAbsence, record_absence)                    \
  WISH(kArrangeSubstitution, arrange_substitution)        \
  WISH(kEndSubstitution, end_substitution)                \
  WISH(kReassignTask, reassign_task)                      \
  WISH(kRecordEnquiry, record_enquiry)                    \
  WISH(kHandOverEnquiry, hand_over_enquiry)               \
  WISH(kAnswerEnquiry, answer_enquiry)                    \
  WISH(kAccompanyCase, accompany_case)                    \
  WISH(kUrgeCase, urge_case)                              \
  WISH(kOrderSupervision, order_supervision)              \
  WISH(kAnswerSupervisionOrder, answer_supervision_order) \
  WISH(kGrantMandate, grant_mandate)                      \
  WISH(kEndMandate, end_mandate)                          \
  WISH(kReturnOriginals, return_originals)                \
  WISH(kHandDownTask, hand_down_task)                     \
  WISH(kRequestAssistance, request_assistance)            \
  WISH(kAnswerAssistance, answer_assistance)              \
  WISH(kReadPersonalData, read_personal_data)             \
  WISH(kCorrectPersonalData, correct_personal_data)       \
  WISH(kForgetPerson, forget_person)                      \
  WISH(kAttachFile, attach_file)

// Calls `visitor` with the wish that the command holds. The one switch over commands: an arm that
// is forgotten does not compile. Requires: a wish is set.
template <typename C, typename Visitor>
decltype(auto) VisitWish(C& command, Visitor&& visitor) {
#define ONEWINDOW_WISH(case_name, accessor) \
  case Command::case_name:                  \
    return visitor(command.accessor());
  switch (command.wish_case()) {
    ONEWINDOW_WISHES(ONEWINDOW_WISH)
    case Command::WISH_NOT_SET:
      break;
  }
#undef ONEWINDOW_WISH
#undef ONEWINDOW_WISHES
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
