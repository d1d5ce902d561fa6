#include "engine/supervision/processing_tally.h"

#include <algorithm>
#include <optional>

#include "engine/calendar/working_calendar.h"
#include "engine/clock/timestamp.h"
#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/events.pb.h"

namespace onewindow {
namespace {

TallyKey KeyOf(const CaseRecord& record, const OrganisationIndex& organisation) {
  TallyKey key{.item = record.item(), .department = record.deciding(), .township = record.intake()};
  const Organisation* intake = organisation.Find(record.intake());
  const Organisation* township = intake == nullptr ? nullptr : organisation.TownshipOf(*intake);
  if (township != nullptr) key.township = township->id();
  return key;
}

// The promise as it ran until the command that stopped it.
std::optional<Instant> PromisedDue(const CaseRecord& before) {
  for (const Clock& clock : before.clocks()) {
    if (clock.kind() == PROMISED && clock.has_due_at()) return ToInstant(clock.due_at());
  }
  return std::nullopt;
}

uint64_t WholeSeconds(Duration duration) {
  return static_cast<uint64_t>(
      std::max<int64_t>(0, std::chrono::floor<std::chrono::seconds>(duration).count()));
}

}  // namespace

void TallyValue::Merge(const TallyValue& other) {
  received += other.received;
  finished += other.finished;
  on_time += other.on_time;
  late += other.late;
  wall.Merge(other.wall);
  working.Merge(other.working);
}

bool IsTallied(const Event& event) {
  return event.has_case_submitted() || event.has_case_decided() || event.has_case_refused() ||
         event.has_case_withdrawn() || event.has_case_lapsed();
}

void ProcessingTally::Add(const CaseRecord& before, const CaseRecord& after,
                          const OrganisationIndex& organisation, const WorkingCalendar* calendar) {
  const bool received = before.id() == 0;
  const bool finished = after.has_decided_at() && !before.has_decided_at();
  if (!received && !finished) return;

  TallyValue& cell = cells_[KeyOf(after, organisation)];
  if (received) ++cell.received;
  if (!finished) return;
  ++cell.finished;
  const Instant from = ToInstant(after.received_at());
  const Instant until = ToInstant(after.decided_at());
  cell.wall.Add(WholeSeconds(until - from));
  if (calendar != nullptr && calendar->Covers(from).ok()) {
    cell.working.Add(WholeSeconds(calendar->ServiceTimeBetween(from, until)));
  }
  if (const auto due = PromisedDue(before)) ++(until <= *due ? cell.on_time : cell.late);
}

std::vector<TallyCell> ProcessingTally::ToProto() const {
  std::vector<TallyCell> protos;
  protos.reserve(cells_.size());
  for (const auto& [key, value] : cells_) {
    TallyCell& proto = protos.emplace_back();
    proto.set_item(key.item);
    proto.set_department(key.department);
    proto.set_township(key.township);
    proto.set_received(value.received);
    proto.set_finished(value.finished);
    proto.set_on_time(value.on_time);
    proto.set_late(value.late);
    *proto.mutable_wall() = value.wall.ToProto();
    *proto.mutable_working() = value.working.ToProto();
  }
  return protos;
}

Result<ProcessingTally> ProcessingTally::FromProto(
    const google::protobuf::RepeatedPtrField<TallyCell>& cells) {
  ProcessingTally tally;
  for (const TallyCell& proto : cells) {
    Result<DurationSketch> wall = DurationSketch::FromProto(proto.wall());
    Result<DurationSketch> working = DurationSketch::FromProto(proto.working());
    if (!wall.ok()) return wall.fault();
    if (!working.ok()) return working.fault();
    const TallyKey key{
        .item = proto.item(), .department = proto.department(), .township = proto.township()};
    tally.cells_[key] = {.received = proto.received(),
                         .finished = proto.finished(),
                         .on_time = proto.on_time(),
                         .late = proto.late(),
                         .wall = std::move(wall).value(),
                         .working = std::move(working).value()};
  }
  return tally;
}

}  // namespace onewindow
