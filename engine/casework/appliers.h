#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <cstdint>

#include "engine/base/ids.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/events.pb.h"

namespace onewindow {

// When an event took effect, and the log sequence of its command.
struct EventAt {
  const google::protobuf::Timestamp& at;
  uint64_t sequence;
};

// Appliers trust the event: in replay it is long since on disk and there is nothing left to refuse.

// apply_life.cc
void ApplyFact(CaseRecord& record, const CaseSubmitted& fact, EventAt when);
void ApplyFact(CaseRecord& record, const CaseCorrected& fact, EventAt when);
void ApplyFact(CaseRecord& record, const CaseAccepted& fact, EventAt when);
void ApplyFact(CaseRecord& record, const DeemedAcceptanceAnnulled& fact, EventAt when);
void ApplyFact(CaseRecord& record, const CaseLapsed& fact, EventAt when);
void ApplyFact(CaseRecord& record, const CaseRefused& fact, EventAt when);
void ApplyFact(CaseRecord& record, const SupplementRequested& fact, EventAt when);
void ApplyFact(CaseRecord& record, const MaterialsReceived& fact, EventAt when);
void ApplyFact(CaseRecord& record, const CaseWithdrawn& fact, EventAt when);
void ApplyFact(CaseRecord& record, const CaseDecided& fact, EventAt when);
void ApplyFact(CaseRecord& record, const CertificateHandedBack& fact, EventAt when);
void ApplyFact(CaseRecord& record, const CaseReady& fact, EventAt when);
void ApplyFact(CaseRecord& record, const CaseDelivered& fact, EventAt when);
void ApplyFact(CaseRecord& record, const CaseClosed& fact, EventAt when);
void ApplyFact(CaseRecord& record, const CaseSetAside& fact, EventAt when);
void ApplyFact(CaseRecord& record, const IncidentResolved& fact, EventAt when);

// apply_form.cc
void ApplyFact(CaseRecord& record, const ConditionsDecided& fact, EventAt when);

// apply_tasks.cc
void ApplyFact(CaseRecord& record, const TaskOpened& fact, EventAt when);
void ApplyFact(CaseRecord& record, const FileHandedOver& fact, EventAt when);
void ApplyFact(CaseRecord& record, const HandOverAcknowledged& fact, EventAt when);
void ApplyFact(CaseRecord& record, const TaskClaimed& fact, EventAt when);
void ApplyFact(CaseRecord& record, const TaskReleased& fact, EventAt when);
void ApplyFact(CaseRecord& record, const LeaseExtended& fact, EventAt when);
void ApplyFact(CaseRecord& record, const StepCompleted& fact, EventAt when);
void ApplyFact(CaseRecord& record, const TaskTransferred& fact, EventAt when);
void ApplyFact(CaseRecord& record, const TaskReassigned& fact, EventAt when);
void ApplyFact(CaseRecord& record, const TaskRecalled& fact, EventAt when);

// apply_assist.cc: between county and township.
void ApplyFact(CaseRecord& record, const TaskHandedDown& fact, EventAt when);
void ApplyFact(CaseRecord& record, const AssistRequested& fact, EventAt when);
void ApplyFact(CaseRecord& record, const AssistAnswered& fact, EventAt when);

// apply_clocks.cc
void ApplyFact(CaseRecord& record, const PauseStarted& fact, EventAt when);
void ApplyFact(CaseRecord& record, const PauseEnded& fact, EventAt when);
void ApplyFact(CaseRecord& record, const LimitExtended& fact, EventAt when);
void ApplyFact(CaseRecord& record, const ClockStarted& fact, EventAt when);
void ApplyFact(CaseRecord& record, const ClockPaused& fact, EventAt when);
void ApplyFact(CaseRecord& record, const ClockResumed& fact, EventAt when);
void ApplyFact(CaseRecord& record, const ClockExtended& fact, EventAt when);
void ApplyFact(CaseRecord& record, const ClockStopped& fact, EventAt when);
void ApplyFact(CaseRecord& record, const ClockAnnulled& fact, EventAt when);
void ApplyFact(CaseRecord& record, const AlarmFired& fact, EventAt when);
void ApplyFact(CaseRecord& record, const CardIssued& fact, EventAt when);

// apply_contact.cc
void ApplyFact(CaseRecord& record, const EnquiryRecorded& fact, EventAt when);
void ApplyFact(CaseRecord& record, const EnquiryHandedOver& fact, EventAt when);
void ApplyFact(CaseRecord& record, const EnquiryAnswered& fact, EventAt when);
void ApplyFact(CaseRecord& record, const CaseAccompanied& fact, EventAt when);
void ApplyFact(CaseRecord& record, const CaseUrged& fact, EventAt when);
void ApplyFact(CaseRecord& record, const SupervisionOrdered& fact, EventAt when);
void ApplyFact(CaseRecord& record, const SupervisionOrderAnswered& fact, EventAt when);

// apply_personal.cc
void ApplyFact(CaseRecord& record, const PersonalDataCorrected& fact, EventAt when);
void ApplyFact(CaseRecord& record, const PersonForgotten& fact, EventAt when);

// apply_mandates.cc
void ApplyFact(CaseRecord& record, const MandateGranted& fact, EventAt when);
void ApplyFact(CaseRecord& record, const MandateEnded& fact, EventAt when);
void ApplyFact(CaseRecord& record, const OriginalsReturned& fact, EventAt when);

// apply_attachments.cc
void ApplyFact(CaseRecord& record, const FileAttached& fact, EventAt when);

}  // namespace onewindow
