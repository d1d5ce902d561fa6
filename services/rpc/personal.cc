#include "services/rpc/personal.h"

#include <algorithm>
#include <array>

#include "engine/organisation/organisation_index.h"
#include "engine/runtime/sealed_fields.h"

namespace onewindow {
namespace {

constexpr std::array kDutiesWithCases = {RECEPTION, HANDLING,   DECISION,
                                         APPROVAL,  COLLECTION, SYSTEM};

// A township is one house: its halls, offices and stations share what it takes part in.
bool TakesPart(const Organisation& own, std::string_view id,
               const OrganisationIndex& organisation) {
  const Organisation* partaking = organisation.Find(id);
  if (partaking == nullptr) return false;
  if (organisation.IsWithin(*partaking, own)) return true;
  return partaking->kind() == Organisation::TOWNSHIP && organisation.IsWithin(own, *partaking);
}

}  // namespace

void LeaveOutPersonal(CaseRecord& record) {
  ForEachSealed(record, [](Sealed& sealed) { sealed.Clear(); });
  record.mutable_applicant()->clear_pseudonym();
}

void LeaveOutPersonal(Event& event) {
  ForEachSealed(event, [](Sealed& sealed) { sealed.Clear(); });
  if (event.has_case_submitted()) {
    event.mutable_case_submitted()->mutable_applicant()->clear_pseudonym();
  }
}

bool SeesPersonal(const CaseRecord& record, std::string_view position,
                  const OrganisationIndex& organisation) {
  const Position* acting = organisation.FindPosition(position);
  if (acting == nullptr) return false;
  const bool works_with_cases = std::any_of(kDutiesWithCases.begin(), kDutiesWithCases.end(),
                                            [&](Duty duty) { return HasDuty(*acting, duty); });
  const Organisation* own = organisation.Find(acting->organisation());
  if (!works_with_cases || own == nullptr) return false;

  const auto takes_part = [&](std::string_view id) { return TakesPart(*own, id, organisation); };
  if (takes_part(record.intake()) || takes_part(record.delivery_point())) return true;
  if (takes_part(record.deciding())) return true;
  return std::any_of(record.tasks().begin(), record.tasks().end(), [&](const Task& task) {
    return takes_part(task.organisation()) || takes_part(task.from());
  });
}

}  // namespace onewindow
