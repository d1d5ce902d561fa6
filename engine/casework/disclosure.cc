#include "engine/casework/disclosure.h"

#include <algorithm>
#include <array>

#include "engine/organisation/organisation_index.h"

namespace onewindow {
namespace {

constexpr std::array kDutiesWithCases = {RECEPTION, HANDLING,   DECISION,
                                         APPROVAL,  COLLECTION, SYSTEM};

bool WorksWithCases(const Position& position) {
  return std::any_of(kDutiesWithCases.begin(), kDutiesWithCases.end(),
                     [&](Duty duty) { return HasDuty(position, duty); });
}

// `own` is where the position belongs, `id` who takes part.
bool SharesIn(const Organisation& own, std::string_view id, const OrganisationIndex& organisation) {
  const Organisation* partaking = organisation.Find(id);
  if (partaking == nullptr) return false;
  if (organisation.IsWithin(*partaking, own)) return true;
  return partaking->kind() == Organisation::TOWNSHIP && organisation.IsWithin(own, *partaking);
}

// Of the county that took the case in.
bool ProtectsData(const Position& position, const Organisation& own, std::string_view intake,
                  const OrganisationIndex& organisation) {
  const Organisation* took_in = organisation.Find(intake);
  return HasDuty(position, DATA_PROTECTION) && took_in != nullptr &&
         organisation.CountyOf(own) == organisation.CountyOf(*took_in);
}

}  // namespace

bool MaySeeCase(const CaseRecord& record, std::string_view position,
                const OrganisationIndex& organisation) {
  const Position* acting = organisation.FindPosition(position);
  if (acting == nullptr) return false;
  if (!organisation.HasSeveralCounties()) return true;
  const Organisation* own = organisation.CountyOf(*organisation.Find(acting->organisation()));
  const auto is_here = [&](std::string_view id) {
    const Organisation* partaking = organisation.Find(id);
    return partaking != nullptr && organisation.CountyOf(*partaking) == own;
  };
  if (is_here(record.intake()) || is_here(record.delivery_point()) || is_here(record.deciding())) {
    return true;
  }
  return std::any_of(record.tasks().begin(), record.tasks().end(), [&](const Task& task) {
    return is_here(task.organisation()) || is_here(task.from());
  });
}

bool MayReadPersonal(const CaseRecord& record, std::string_view position,
                     const OrganisationIndex& organisation) {
  const Position* acting = organisation.FindPosition(position);
  if (acting == nullptr) return false;
  const Organisation* own = organisation.Find(acting->organisation());
  if (own == nullptr) return false;
  if (ProtectsData(*acting, *own, record.intake(), organisation)) return true;
  if (!WorksWithCases(*acting)) return false;

  const auto shares_in = [&](std::string_view id) { return SharesIn(*own, id, organisation); };
  if (shares_in(record.intake())) return true;
  if (shares_in(record.delivery_point())) return true;
  if (shares_in(record.deciding())) return true;
  return std::any_of(record.tasks().begin(), record.tasks().end(), [&](const Task& task) {
    return shares_in(task.organisation()) || shares_in(task.from());
  });
}

}  // namespace onewindow
