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

void Apply(CaseRecord& record, const Event& event, uint64_t sequence) {
  const EventAt at{.at = event.occurred_at(), .sequence = sequence};
#define ONEWINDOW_FACT(case_name, accessor)  \
  case Event::case_name:                     \
    ApplyFact(record, event.accessor(), at); \
    break
  switch (event.fact_case()) {
    ONEWINDOW_FACT(kCaseSubmitted, case_submitted);
    ONEWINDOW_FACT(kCaseCorrected, case_corrected);
    ONEWINDOW_FACT(kCaseAccepted, case_accepted);
    ONEWINDOW_FACT(kCaseRefused, case_refused);
    ONEWINDOW_FACT(kSupplementRequested, supplement_requested);
    ONEWINDOW_FACT(kMaterialsReceived, materials_received);
    ONEWINDOW_FACT(kCaseWithdrawn, case_withdrawn);
    ONEWINDOW_FACT(kTaskOpened, task_opened);
    ONEWINDOW_FACT(kFileHandedOver, file_handed_over);
    ONEWINDOW_FACT(kHandOverAcknowledged, hand_over_acknowledged);
    ONEWINDOW_FACT(kTaskClaimed, task_claimed);
    ONEWINDOW_FACT(kTaskReleased, task_released);
    ONEWINDOW_FACT(kLeaseExtended, lease_extended);
    ONEWINDOW_FACT(kStepCompleted, step_completed);
    ONEWINDOW_FACT(kTaskTransferred, task_transferred);
    ONEWINDOW_FACT(kTaskRecalled, task_recalled);
    ONEWINDOW_FACT(kPauseStarted, pause_started);
    ONEWINDOW_FACT(kPauseEnded, pause_ended);
    ONEWINDOW_FACT(kLimitExtended, limit_extended);
    ONEWINDOW_FACT(kCaseDecided, case_decided);
    ONEWINDOW_FACT(kCertificateHandedBack, certificate_handed_back);
    ONEWINDOW_FACT(kCaseReady, case_ready);
    ONEWINDOW_FACT(kCaseDelivered, case_delivered);
    ONEWINDOW_FACT(kCaseClosed, case_closed);
    ONEWINDOW_FACT(kClockStarted, clock_started);
    ONEWINDOW_FACT(kClockPaused, clock_paused);
    ONEWINDOW_FACT(kClockResumed, clock_resumed);
    ONEWINDOW_FACT(kClockExtended, clock_extended);
    ONEWINDOW_FACT(kClockStopped, clock_stopped);
    ONEWINDOW_FACT(kAlarmFired, alarm_fired);
    ONEWINDOW_FACT(kCardIssued, card_issued);
    ONEWINDOW_FACT(kCaseSetAside, case_set_aside);
    ONEWINDOW_FACT(kIncidentResolved, incident_resolved);
    // Facts for the history, which decide nothing later.
    case Event::kNoticePosted:
    case Event::kDocumentIssued:
    case Event::kAdHocStepRecorded:
      break;
    // Facts of no case.
    case Event::kItemPublished:
    case Event::kCalendarPublished:
    case Event::kOrganisationPublished:
      return;
    case Event::FACT_NOT_SET:
      CHECK(false) << "an event without a fact at " << sequence;
  }
#undef ONEWINDOW_FACT
  Note(record, sequence);
}

void Apply(Counters& counters, const Event& event) {
  if (event.has_case_submitted()) {
    counters.Advance(SeriesOfReceipt(event.case_submitted().receipt_number()),
                     event.case_submitted().receipt_serial());
  } else if (event.has_document_issued()) {
    const Document& document = event.document_issued().document();
    counters.Advance(SeriesOf(document), document.serial());
  } else if (event.has_card_issued()) {
    counters.Advance(SeriesOf(event.card_issued()), event.card_issued().serial());
  }
}

}  // namespace onewindow
