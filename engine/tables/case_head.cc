#include "engine/tables/case_head.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/base/check.h"
#include "engine/tables/bytes.h"

namespace onewindow {
namespace {

// Each value has the oldest version that can hold it, so that one written before stays as it is.
constexpr uint8_t kPlainVersion = 1;
constexpr uint8_t kAccompaniedVersion = 2;
constexpr uint8_t kNewestVersion = kAccompaniedVersion;
constexpr uint8_t kSetAside = 1;
constexpr int64_t kNone = std::numeric_limits<int64_t>::max();
constexpr size_t kFixedBytes = 4 * 1 + 3 * 4 + 5 * 8 + 2;
constexpr size_t kTaskBytes = 4 + 3 * 1 + 2 * 4 + 3 * 8;

uint64_t Encoded(std::optional<Instant> instant) {
  return static_cast<uint64_t>(instant ? instant->time_since_epoch().count() : kNone);
}

std::optional<Instant> Decoded(uint64_t bits) {
  const auto count = static_cast<int64_t>(bits);
  if (count == kNone) return std::nullopt;
  return Instant(Duration(count));
}

void EncodeTask(ByteWriter& writer, const TaskHead& task) {
  writer.U32(task.id)
      .U8(static_cast<uint8_t>(task.kind))
      .U8(static_cast<uint8_t>(task.state))
      .U8(static_cast<uint8_t>(task.duty))
      .U32(task.organisation.value)
      .U32(task.position.value)
      .U64(Encoded(task.due))
      .U64(Encoded(task.near))
      .U64(Encoded(task.since));
}

TaskHead DecodeTask(ByteReader& reader) {
  TaskHead task;
  task.id = reader.U32();
  task.kind = static_cast<Task::Kind>(reader.U8());
  task.state = static_cast<Task::State>(reader.U8());
  task.duty = static_cast<Duty>(reader.U8());
  task.organisation.value = reader.U32();
  task.position.value = reader.U32();
  task.due = Decoded(reader.U64());
  task.near = Decoded(reader.U64());
  task.since = Decoded(reader.U64()).value_or(Instant{});
  return task;
}

}  // namespace

std::string EncodeCase(const CaseHead& head, const CaseRecord& record) {
  CHECK(head.tasks.size() <= std::numeric_limits<uint16_t>::max());
  ByteWriter writer(kFixedBytes + head.tasks.size() * kTaskBytes + record.ByteSizeLong());
  const bool accompanied = bool(head.accompanied_by);
  writer.U8(accompanied ? kAccompaniedVersion : kPlainVersion)
      .U8(static_cast<uint8_t>(head.stage))
      .U8(static_cast<uint8_t>(std::min<uint32_t>(head.priority, 255)))
      .U8(head.set_aside ? kSetAside : 0)
      .U32(head.intake.value)
      .U32(head.item.value)
      .U64(head.sequence.value)
      .U64(head.applicant)
      .U64(Encoded(head.wake))
      .U64(Encoded(head.due))
      .U64(Encoded(head.near));
  if (accompanied) writer.U32(head.accompanied_by.value);
  writer.U16(static_cast<uint16_t>(head.tasks.size()));
  for (const TaskHead& task : head.tasks) EncodeTask(writer, task);
  std::string value = writer.Take();
  CHECK(record.AppendToString(&value));
  return value;
}

Result<StoredCase> DecodeCase(std::string_view value) {
  ByteReader reader(value);
  const uint8_t version = reader.U8();
  if (version > kNewestVersion) {
    return Fault{FaultKind::kUnsupported, "a case's head has version " + std::to_string(version) +
                                              ", newer than this program"};
  }
  StoredCase stored;
  CaseHead& head = stored.head;
  head.stage = static_cast<Stage>(reader.U8());
  head.priority = reader.U8();
  head.set_aside = (reader.U8() & kSetAside) != 0;
  head.intake.value = reader.U32();
  head.item.value = reader.U32();
  head.sequence.value = reader.U64();
  head.applicant = reader.U64();
  head.wake = Decoded(reader.U64());
  head.due = Decoded(reader.U64());
  head.near = Decoded(reader.U64());
  if (version == kAccompaniedVersion) head.accompanied_by.value = reader.U32();
  const uint16_t count = reader.U16();
  if (version < kPlainVersion || reader.rest().size() < count * kTaskBytes) {
    return Fault{FaultKind::kCorrupt, "a case's head is damaged or cut short"};
  }
  head.tasks.reserve(count);
  for (uint16_t i = 0; i < count; ++i) head.tasks.push_back(DecodeTask(reader));
  if (!reader.ok()) return Fault{FaultKind::kCorrupt, "a case's head is cut short"};
  stored.record = reader.rest();
  return stored;
}

Result<CaseRecord> DecodeRecord(std::string_view value) {
  Result<StoredCase> stored = DecodeCase(value);
  if (!stored.ok()) return stored.fault();
  const std::string_view bytes = stored.value().record;
  CaseRecord record;
  if (!record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return Fault{FaultKind::kCorrupt, "a case's record cannot be parsed"};
  }
  return record;
}

}  // namespace onewindow
