#include "engine/supervision/late_entries.h"

#include <utility>

#include "engine/casework/visit.h"
#include "engine/clock/timestamp.h"
#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {

std::optional<Duration> LateBy(const LoggedCommand& logged) {
  const Envelope& envelope = EnvelopeOf(logged.command());
  if (!envelope.has_occurred_at()) return std::nullopt;
  const Duration gap = ToInstant(logged.recorded_at()) - ToInstant(envelope.occurred_at());
  if (gap <= Duration(0)) return std::nullopt;
  return gap;
}

void LateEntries::Add(const LoggedCommand& logged, const OrganisationIndex& organisation) {
  const auto gap = LateBy(logged);
  if (!gap) return;
  const Position* position = organisation.FindPosition(logged.caller().position());
  const std::string entered_by = position == nullptr ? std::string() : position->organisation();
  gaps_[entered_by].Add(
      static_cast<uint64_t>(std::chrono::floor<std::chrono::seconds>(*gap).count()));
}

std::vector<LateEntriesCell> LateEntries::ToProto() const {
  std::vector<LateEntriesCell> cells;
  cells.reserve(gaps_.size());
  for (const auto& [organisation, gap] : gaps_) {
    LateEntriesCell& cell = cells.emplace_back();
    cell.set_organisation(organisation);
    *cell.mutable_gap() = gap.ToProto();
  }
  return cells;
}

Result<LateEntries> LateEntries::FromProto(
    const google::protobuf::RepeatedPtrField<LateEntriesCell>& cells) {
  LateEntries entries;
  for (const LateEntriesCell& cell : cells) {
    Result<DurationSketch> gap = DurationSketch::FromProto(cell.gap());
    if (!gap.ok()) return gap.fault();
    entries.gaps_[cell.organisation()] = std::move(gap).value();
  }
  return entries;
}

}  // namespace onewindow
