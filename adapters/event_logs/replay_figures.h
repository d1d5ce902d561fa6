#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "onewindow/v1/catalog.pb.h"
#include "onewindow/v1/log.pb.h"
#include "onewindow/v1/replay_report.pb.h"

namespace onewindow {

// Adds up what the engine answered during a replay. Of each finished case it keeps one number in
// each of three lists, for exact quantiles.
class ReplayFigures {
 public:
  struct FinishedCase {
    std::string channel;
    std::string department;
    double hours = 0;
    enum class Timeliness { kInTime, kLate } timeliness = Timeliness::kInTime;
  };

  // `item`: whose route names the activities.
  explicit ReplayFigures(const ServiceItem& item);

  void AddReceived(const std::string& channel, const std::string& department);
  void AddFinished(const FinishedCase& finished);
  // Counts the steps and cards among the command's events.
  void AddCommand(const LoggedCommand& logged);

  ReplayReport Report() const;

 private:
  struct Group {
    uint32_t cases = 0;
    uint32_t late = 0;
    std::vector<double> hours;  // Of finished cases.
  };

  void AddMark(RecordAdHocStep::Mark mark);
  void AddStep(const std::string& activity, const std::string& handler);
  static DurationHours Durations(std::vector<double> hours);
  static ReplayGroup Figures(const Group& group);

  std::map<std::string, std::string> activity_of_step_;
  Group all_;
  std::map<std::string, Group> by_channel_;
  std::map<std::string, Group> by_department_;
  ReplayReport counted_;
};

}  // namespace onewindow
