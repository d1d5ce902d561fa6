#pragma once

#include "engine/base/ids.h"
#include "engine/casework/context.h"
#include "engine/casework/decision.h"
#include "onewindow/v1/commands.pb.h"

namespace onewindow {

// One decider for each command. Before it is asked, Decide has checked that the case exists, is not
// set aside, is in a stage that admits the command, that the caller holds his position, and that
// context.at is neither in the future nor too long ago.

// decide_intake.cc: Arts. 29 to 32.
Decision DecideWish(const CaseRecord& current, const SubmitCase& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const CorrectCase& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const AcceptCase& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const RefuseCase& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const RequestSupplement& wish,
                    const Context& context);
Decision DecideWish(const CaseRecord& current, const ReceiveMaterials& wish,
                    const Context& context);
Decision DecideWish(const CaseRecord& current, const WithdrawCase& wish, const Context& context);

// decide_tasks.cc: hand-over, acknowledgement, claims.
Decision DecideWish(const CaseRecord& current, const HandOverFile& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const AcknowledgeHandOver& wish,
                    const Context& context);
Decision DecideWish(const CaseRecord& current, const ClaimTask& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const ReleaseTask& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const ExtendLease& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const TransferTask& wish, const Context& context);

// decide_steps.cc: the route.
Decision DecideWish(const CaseRecord& current, const CompleteStep& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const RecordAdHocStep& wish, const Context& context);

// decide_clocks.cc: pauses, notices, extensions, alarms (Arts. 42, 45).
Decision DecideWish(const CaseRecord& current, const PauseCase& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const ResumeCase& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const PostNotice& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const ExtendLimit& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const FireAlarms& wish, const Context& context);

// decide_result.cc: the decision and what follows it (Arts. 38, 44).
Decision DecideWish(const CaseRecord& current, const DecideCase& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const HandBackCertificate& wish,
                    const Context& context);
Decision DecideWish(const CaseRecord& current, const ReceiveCertificate& wish,
                    const Context& context);
Decision DecideWish(const CaseRecord& current, const DeliverCase& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const CloseCase& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const ResolveIncident& wish, const Context& context);

// decide_mandates.cc: who may act for the applicant, and what he left at the desk (Art. 29).
Decision DecideWish(const CaseRecord& current, const GrantMandate& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const EndMandate& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const ReturnOriginals& wish, const Context& context);

// decide_administration.cc: what cases rest on.
Decision DecideWish(const CaseRecord& current, const PublishItem& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const PublishCalendar& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const PublishOrganisation& wish,
                    const Context& context);

// decide_enquiry.cc: first contact (首问责任).
Decision DecideWish(const CaseRecord& current, const RecordEnquiry& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const HandOverEnquiry& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const AnswerEnquiry& wish, const Context& context);

// decide_supervision.cc: accompaniment, urging, supervision orders.
Decision DecideWish(const CaseRecord& current, const AccompanyCase& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const UrgeCase& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const OrderSupervision& wish,
                    const Context& context);
Decision DecideWish(const CaseRecord& current, const AnswerSupervisionOrder& wish,
                    const Context& context);

// decide_personal.cc: reading, correcting and forgetting personal data (个人信息保护法).
Decision DecideWish(const CaseRecord& current, const ReadPersonalData& wish,
                    const Context& context);
Decision DecideWish(const CaseRecord& current, const CorrectPersonalData& wish,
                    const Context& context);
Decision DecideWish(const CaseRecord& current, const ForgetPerson& wish, const Context& context);

// decide_hand_down.cc, decide_assist.cc: between county and township.
Decision DecideWish(const CaseRecord& current, const HandDownTask& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const RequestAssistance& wish,
                    const Context& context);
Decision DecideWish(const CaseRecord& current, const AnswerAssistance& wish,
                    const Context& context);

// decide_attachments.cc: files.
Decision DecideWish(const CaseRecord& current, const AttachFile& wish, const Context& context);

// decide_people.cc: absences, substitutions (职位代理), and the work of who left.
Decision DecideWish(const CaseRecord& current, const RecordAbsence& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const ArrangeSubstitution& wish,
                    const Context& context);
Decision DecideWish(const CaseRecord& current, const EndSubstitution& wish, const Context& context);
Decision DecideWish(const CaseRecord& current, const ReassignTask& wish, const Context& context);

}  // namespace onewindow
