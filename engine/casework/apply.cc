#include "engine/casework/apply.h"

#include <algorithm>
#include <string>

#include "engine/base/check.h"
#include "engine/casework/appliers.h"
#include "engine/casework/counters.h"
#include "engine/casework/documents.h"
#include "onewindow/v1/events.pb.h"

namespace onewindow {
namespace {

void Note(CaseRecord& record, uint64_t sequence) {
  int size = record.history_size();
  if (size == 0 || record.history(size - 1) != sequence) record.add_history(sequence);
}

}  // namespace

// Every fact that changes a record: its case of the oneof, its accessor.
#define ONEWINDOW_FACTS(FACT)                                 \
  FACT(kCaseSubmitted, case_submitted)                        \
  FACT(kCaseCorrected, case_corrected)                        \
  FACT(kConditionsDecided, conditions_decided)                \
  FACT(kCaseAccepted, case_accepted)                          \
  FACT(kDeemedAcceptanceAnnulled, deemed_acceptance_annulled) \
  FACT(kCaseRefused, case_refused)                            \
  FACT(kSupplementRequested, supplement_requested)            \
  FACT(kMaterialsReceived, materials_received)                \
  FACT(kCaseWithdrawn, case_withdrawn)                        \
  FACT(kCaseLapsed, case_lapsed)                              \
  FACT(kTaskOpened, task_opened)                              \
  FACT(kFileHandedOver, file_handed_over)                     \
  FACT(kHandOverAcknowledged, hand_over_acknowledged)         \
  FACT(kTaskClaimed, task_claimed)                            \
  FACT(kTaskReleased, task_released)                          \
  FACT(kLeaseExtended, lease_extended)                        \
  FACT(kStepCompleted, step_completed)                        \
  FACT(kTaskTransferred, task_transferred)                    \
  FACT(kTaskReassigned, task_reassigned)                      \
  FACT(kTaskRecalled, task_recalled)                          \
  FACT(kPauseStarted, pause_started)                          \
  FACT(kPauseEnded, pause_ended)                              \
  FACT(kLimitExtended, limit_extended)                        \
  FACT(kCaseDecided, case_decided)                            \
  FACT(kCertificateHandedBack, certificate_handed_back)       \
  FACT(kCaseReady, case_ready)                                \
  FACT(kCaseDelivered, case_delivered)                        \
  FACT(kCaseClosed, case_closed)                              \
  FACT(kClockStarted, clock_started)                          \
  FACT(kClockPaused, clock_paused)                            \
  FACT(kClockResumed, clock_resumed)                          \
  FACT(kClockExtended, clock_extended)                        \
  FACT(kClockStopped, clock_stopped)                          \
  FACT(kClockAnnulled, clock_annulled)                        \
  FACT(kAlarmFired, alarm_fired)                              \
  FACT(kCardIssued, card_issued)                              \
  FACT(kTaskHandedDown, task_handed_down)                     \
  FACT(kAssistRequested, assist_requested)                    \
  FACT(kAssistAnswered, assist_answered)                      \
  FACT(kCaseSetAside, case_set_aside)                         \
  FACT(kIncidentResolved, incident_resolved)                  \
  FACT(kEnquiryRecorded, enquiry_recorded)                    \
  FACT(kEnquiryHandedOver, enquiry_handed_over)               \
  FACT(kEnquiryAnswered, enquiry_answered)                    \
  FACT(kCaseAccompanied, case_accompanied)                    \
  FACT(kCaseUrged, case_urged)                                \
  FACT(kSupervisionOrdered, supervision_ordered)              \
  FACT(kSupervisionOrderAnswered, supervision_order_answered) \
  FACT(kMandateGranted, mandate_granted)                      \
  FACT(kMandateEnded, mandate_ended)                          \
  FACT(kOriginalsReturned, originals_returned)                \
  FACT(kPersonalDataCorrected, personal_data_corrected)       \
  FACT(kPersonForgotten, person_forgotten)                    \
  FACT(kFileAttached, file_attached)

void Apply(CaseRecord& record, const Event& event, uint64_t sequence) {
  const EventAt at{.at = event.occurred_at(), .sequence = sequence};
#define ONEWINDOW_FACT(case_name, accessor)  \
  case Event::case_name:                     \
    ApplyFact(record, event.accessor(), at); \
    break;
  switch (event.fact_case()) {
    ONEWINDOW_FACTS(ONEWINDOW_FACT)
    // Who looks at a case does not change it: no new version.
    case Event::kPersonalDataRead:
      return;
    // Facts for the history, which decide nothing later.
    case Event::kNoticePosted:
    case Event::kDocumentIssued:
    case Event::kAdHocStepRecorded:
    case Event::kHandDownRefused:
      break;
    // Facts of no case.
    case Event::kItemPublished:
    case Event::kCalendarPublished:
    case Event::kOrganisationPublished:
    case Event::kAbsenceRecorded:
    case Event::kSubstitutionArranged:
    case Event::kSubstitutionEnded:
      return;
    case Event::FACT_NOT_SET:
      CHECK(false) << "an event without a fact at " << sequence;
  }
#undef ONEWINDOW_FACT
#undef ONEWINDOW_FACTS
  Note(record, sequence);
}

void Apply(Counters& counters, const Event& event) {
  if (event.has_case_submitted()) {
    counters.Advance(SeriesOfReceipt(event.case_submitted().receipt_number()),
                     event.case_submitted().receipt_serial());
  } else if (event.has_enquiry_recorded()) {
    counters.Advance(SeriesOfReceipt(event.enquiry_recorded().receipt_number()),
                     event.enquiry_recorded().receipt_serial());
  } else if (event.has_document_issued()) {
    const Document& document = event.document_issued().document();
    counters.Advance(SeriesOf(document), document.serial());
  } else if (event.has_card_issued()) {
    counters.Advance(SeriesOf(event.card_issued()), event.card_issued().serial());
  }
}

}  // namespace onewindow
