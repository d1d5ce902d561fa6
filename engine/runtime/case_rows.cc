#include "engine/runtime/case_rows.h"

#include <algorithm>
#include <set>
#include <string>

#include "engine/clock/timestamp.h"
#include "engine/tables/schema.h"

namespace onewindow {
namespace {

std::set<std::string> Pseudonyms(const CaseRecord& record) {
  std::set<std::string> pseudonyms = {record.applicant().pseudonym()};
  for (const Applicant& applicant : record.co_applicants()) {
    pseudonyms.insert(applicant.pseudonym());
  }
  pseudonyms.erase("");
  return pseudonyms;
}

void PutApplicantRows(Batch& batch, const CaseRecord& before, const CaseRecord& after) {
  const CaseId case_id{after.id()};
  const std::set<std::string> old_ones = Pseudonyms(before);
  const std::set<std::string> new_ones = Pseudonyms(after);
  for (const std::string& pseudonym : old_ones) {
    if (new_ones.contains(pseudonym)) continue;
    batch.Delete(families::kDirectory, ApplicantKey(pseudonym, case_id));
  }
  for (const std::string& pseudonym : new_ones) {
    if (old_ones.contains(pseudonym)) continue;
    batch.Put(families::kDirectory, ApplicantKey(pseudonym, case_id), "");
  }
}

using KeyOf = std::string (*)(OrganisationNumber, CardPlace);

// One row for whoever lists all, one for the organisation that it went to.
void PutFor(Batch& batch, KeyOf key_of, const Organisation* recipient, CardPlace place,
            CaseId case_id) {
  batch.Put(families::kDirectory, key_of(OrganisationNumber{}, place), CaseValue(case_id));
  if (recipient == nullptr) return;
  const OrganisationNumber number{recipient->number()};
  batch.Put(families::kDirectory, key_of(number, place), CaseValue(case_id));
}

}  // namespace

std::string PaperKeyOf(const ExternalNumbers& numbers) {
  const ExternalNumber* paper = PaperNumberIn(numbers);
  return paper == nullptr ? std::string() : PaperKey(paper->system(), paper->number());
}

void PutNewCaseRows(Batch& batch, const CaseRecord& record, ItemNumber item) {
  const CaseId case_id{record.id()};
  batch.Put(families::kDirectory, ReceiptKey(record.receipt_number()), CaseValue(case_id));
  const Date day = DateOf(ToInstant(record.received_at()), kBeijing);
  batch.Put(families::kDirectory, ItemDayKey(item, day, case_id), "");
  PutApplicantRows(batch, CaseRecord(), record);
  if (const std::string paper = PaperKeyOf(record.external_numbers()); !paper.empty()) {
    batch.Put(families::kDirectory, paper, CaseValue(case_id));
  }
}

void PutPersonRows(Batch& batch, const LoggedCommand& logged, const CaseRecord& before,
                   const CaseRecord& after) {
  for (const Event& event : logged.events()) {
    if (event.has_personal_data_corrected()) PutApplicantRows(batch, before, after);
    if (!event.has_person_forgotten()) continue;
    PutApplicantRows(batch, before, after);
    batch.Put(families::kDirectory, ForgottenKey(CaseId{after.id()}), "");
    batch.Delete(families::kKeys, CaseKey(CaseId{after.id()}));
  }
}

bool OnlyReads(const LoggedCommand& logged) {
  return std::ranges::all_of(logged.events(), &Event::has_personal_data_read);
}

void PutListRows(Batch& batch, const LoggedCommand& logged, const OrganisationIndex& organisation) {
  const CaseId case_id{logged.case_id()};
  CardPlace place{.sequence = Sequence{logged.sequence()}, .index = 0};
  for (const Event& event : logged.events()) {
    if (event.has_card_issued()) {
      const auto* recipient = organisation.Find(event.card_issued().organisation());
      PutFor(batch, CardKey, recipient, place, case_id);
    } else if (event.has_supervision_ordered()) {
      const SupervisionOrder& order = event.supervision_ordered().order();
      PutFor(batch, OrderKey, organisation.Find(order.organisation()), place, case_id);
    } else if (event.has_personal_data_read()) {
      batch.Put(families::kDirectory, ReadingKey(case_id, place.sequence), "");
    }
    ++place.index;
  }
}

}  // namespace onewindow
