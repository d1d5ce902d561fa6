#include "engine/runtime/case_rows.h"

#include <string>

#include "engine/clock/timestamp.h"
#include "engine/tables/schema.h"

namespace onewindow {

void PutNewCaseRows(Batch& batch, const CaseRecord& record, ItemNumber item) {
  const CaseId case_id{record.id()};
  batch.Put(families::kDirectory, ReceiptKey(record.receipt_number()), CaseValue(case_id));
  const Date day = DateOf(ToInstant(record.received_at()), kBeijing);
  batch.Put(families::kDirectory, ItemDayKey(item, day, case_id), "");
  const std::string& pseudonym = record.applicant().pseudonym();
  if (!pseudonym.empty()) batch.Put(families::kDirectory, ApplicantKey(pseudonym, case_id), "");
}

void PutCardRows(Batch& batch, const LoggedCommand& logged, const OrganisationIndex& organisation) {
  CardPlace place{.sequence = Sequence{logged.sequence()}, .index = 0};
  for (const Event& event : logged.events()) {
    if (event.has_card_issued()) {
      const std::string case_value = CaseValue(CaseId{logged.case_id()});
      batch.Put(families::kDirectory, CardKey(OrganisationNumber{}, place), case_value);
      const Organisation* recipient = organisation.Find(event.card_issued().organisation());
      if (recipient != nullptr) {
        const OrganisationNumber number{recipient->number()};
        batch.Put(families::kDirectory, CardKey(number, place), case_value);
      }
    }
    ++place.index;
  }
}

}  // namespace onewindow
