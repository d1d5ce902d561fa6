#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/supervision/duration_sketch.h"
#include "onewindow/v1/checkpoint.pb.h"

namespace onewindow {

namespace v1 {
class CaseRecord;
class Event;
}  // namespace v1
class OrganisationIndex;
class WorkingCalendar;

// Whose cases a cell counts.
struct TallyKey {
  std::string item;
  std::string department;  // The deciding organisation.
  std::string township;    // Where it was taken in; what belongs to the county, by itself.

  friend auto operator<=>(const TallyKey&, const TallyKey&) = default;
};

struct TallyValue {
  uint64_t received = 0;
  uint64_t finished = 0;
  // Of the finished ones, against the promise; those without a promise are in neither.
  uint64_t on_time = 0;
  uint64_t late = 0;
  DurationSketch wall;
  DurationSketch working;

  void Merge(const TallyValue& other);
  friend bool operator==(const TallyValue&, const TallyValue&) = default;
};

// Whether an event like this can change a tally: one that opens a case or gives it its result.
bool IsTallied(const v1::Event& event);

// Numbers of received and finished cases and how long they took: a fold of the log, booked when a
// thing was recorded.
class ProcessingTally {
 public:
  // What one command did to a case. `before` is a default record for a submission; `calendar` is
  // the item's, null where there is none.
  void Add(const v1::CaseRecord& before, const v1::CaseRecord& after,
           const OrganisationIndex& organisation, const WorkingCalendar* calendar);

  const std::map<TallyKey, TallyValue>& cells() const { return cells_; }

  std::vector<v1::TallyCell> ToProto() const;
  static Result<ProcessingTally> FromProto(
      const google::protobuf::RepeatedPtrField<v1::TallyCell>& cells);

  friend bool operator==(const ProcessingTally&, const ProcessingTally&) = default;

 private:
  std::map<TallyKey, TallyValue> cells_;
};

}  // namespace onewindow
