#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/supervision/duration_sketch.h"
#include "onewindow/v1/checkpoint.pb.h"

namespace onewindow {

namespace v1 {
class LoggedCommand;
}  // namespace v1
class OrganisationIndex;

// 补录: how much later than it happened the command was recorded; nothing where its caller did not
// say that it had happened before. What takes effect earlier by rule, as an alarm after downtime,
// is no late entry.
std::optional<Duration> LateBy(const v1::LoggedCommand& logged);

// How many late entries each organisation made, and how late they were: a fold of the log. Whose
// entry it is says the position that the caller acted from.
class LateEntries {
 public:
  void Add(const v1::LoggedCommand& logged, const OrganisationIndex& organisation);

  // An empty organisation stands for imports that name no position.
  const std::map<std::string, DurationSketch>& by_organisation() const { return gaps_; }

  std::vector<v1::LateEntriesCell> ToProto() const;
  static Result<LateEntries> FromProto(
      const google::protobuf::RepeatedPtrField<v1::LateEntriesCell>& cells);

  friend bool operator==(const LateEntries&, const LateEntries&) = default;

 private:
  std::map<std::string, DurationSketch> gaps_;
};

}  // namespace onewindow
