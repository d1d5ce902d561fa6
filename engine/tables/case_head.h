#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "onewindow/v1/case.pb.h"

// What folds need to know of a case, in front of its record, so that a scan over a million cases
// parses none.
//
// Format of a value of the families open and closed, numbers big-endian:
//   value  = head CaseRecord
//   head   = version stage priority flags intake item sequence applicant wake due near
//            [accompanied] count *task
//   version   1 byte    1; 2 where the case is accompanied
//   stage     1 byte    Stage
//   priority  1 byte
//   flags     1 byte    1: set aside
//   intake    4 bytes   Organisation.number of where it was taken in
//   item      4 bytes   ServiceItem.number
//   sequence  8 bytes   the last command of its history
//   applicant 8 bytes   the pseudonym's first 8 bytes, exclusive-or item
//   wake      8 bytes   when a timer is next due
//   due       8 bytes   of the promised or statutory clock that ends first
//   near      8 bytes   of the same clock
//   accompanied 4 bytes Position.number of who accompanies it; version 2 only
//   count     2 bytes   tasks that follow
//   task   = id(4) kind(1) state(1) duty(1) organisation(4) position(4) due(8) near(8) since(8)
//            due, near: of the clock of its step; since: when it came into this state
//
// Instants are microseconds since 1970-01-01, two's complement; 2^63 - 1 stands for none.
namespace onewindow {

struct TaskHead {
  uint32_t id = 0;
  Task::Kind kind = Task::KIND_UNSPECIFIED;
  Task::State state = Task::STATE_UNSPECIFIED;
  Duty duty = DUTY_UNSPECIFIED;
  OrganisationNumber organisation;
  // Who holds it; 0 unless it is claimed.
  PositionNumber position;
  std::optional<Instant> due;
  std::optional<Instant> near;
  Instant since{};

  friend bool operator==(const TaskHead&, const TaskHead&) = default;
};

struct CaseHead {
  Stage stage = STAGE_UNSPECIFIED;
  // At most 255.
  uint32_t priority = 0;
  bool set_aside = false;
  OrganisationNumber intake;
  ItemNumber item;
  Sequence sequence;
  uint64_t applicant = 0;
  std::optional<Instant> wake;
  std::optional<Instant> due;
  std::optional<Instant> near;
  // Who accompanies the case (全程代理); 0: nobody.
  PositionNumber accompanied_by;
  std::vector<TaskHead> tasks;

  friend bool operator==(const CaseHead&, const CaseHead&) = default;
};

// A stored case taken apart.
struct StoredCase {
  CaseHead head;
  // The bytes of the CaseRecord, in the value that was decoded.
  std::string_view record;
};

// Requires: at most 65,535 tasks.
std::string EncodeCase(const CaseHead& head, const CaseRecord& record);
// kCorrupt for bytes that EncodeCase did not make, kUnsupported for a newer version.
Result<StoredCase> DecodeCase(std::string_view value);
// As DecodeCase, with the record parsed.
Result<CaseRecord> DecodeRecord(std::string_view value);

}  // namespace onewindow
