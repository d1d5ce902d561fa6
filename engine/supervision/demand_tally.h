#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "onewindow/v1/checkpoint.pb.h"

namespace onewindow {

namespace v1 {
class CaseRecord;
class Event;
class LoggedCommand;
}  // namespace v1

// What a department has demanded of townships, and what came of it (权随责走、费随事转).
struct DemandFigures {
  uint64_t requested = 0;
  uint64_t agreed = 0;
  uint64_t declined = 0;
  uint64_t countered = 0;
  // By the department itself, or because its task ended.
  uint64_t given_up = 0;
  // Refused demands: for assistance without a basis, to take on what is on no list.
  uint64_t without_basis = 0;
  uint64_t hand_downs_refused = 0;

  friend bool operator==(const DemandFigures&, const DemandFigures&) = default;
};

// Whether an event like this changes the figures.
bool IsDemand(const v1::Event& event);

// The demands of each department: a fold of the log, booked when a thing was recorded.
class DemandTally {
 public:
  // One command with demands in it, and the case after it.
  void Add(const v1::LoggedCommand& logged, const v1::CaseRecord& after);

  // By the id of the department.
  const std::map<std::string, DemandFigures>& departments() const { return departments_; }

  std::vector<v1::DemandCell> ToProto() const;
  static DemandTally FromProto(const google::protobuf::RepeatedPtrField<v1::DemandCell>& cells);

  friend bool operator==(const DemandTally&, const DemandTally&) = default;

 private:
  std::map<std::string, DemandFigures> departments_;
};

}  // namespace onewindow
