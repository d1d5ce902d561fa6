#include "adapters/event_logs/replay_figures.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace onewindow {
namespace {

// Linear interpolation between the two nearest ranks. Requires: sorted, not empty.
double Quantile(const std::vector<double>& sorted, double share) {
  double rank = share * static_cast<double>(sorted.size() - 1);
  auto below = static_cast<size_t>(rank);
  size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (rank - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

uint32_t Count(size_t size) { return static_cast<uint32_t>(size); }

}  // namespace

ReplayFigures::ReplayFigures(const ServiceItem& item) {
  for (const Leg& leg : item.route().legs()) {
    for (const Branch& branch : leg.branches()) {
      for (const Step& step : branch.steps()) activity_of_step_[step.id()] = step.name();
    }
  }
}

void ReplayFigures::AddReceived(const std::string& channel, const std::string& department) {
  ++all_.cases;
  ++by_channel_[channel].cases;
  ++by_department_[department].cases;
}

void ReplayFigures::AddFinished(const FinishedCase& finished) {
  uint32_t late = finished.timeliness == FinishedCase::Timeliness::kLate ? 1 : 0;
  for (Group* group :
       {&all_, &by_channel_[finished.channel], &by_department_[finished.department]}) {
    group->hours.push_back(finished.hours);
    group->late += late;
  }
}

void ReplayFigures::AddStep(const std::string& activity, const std::string& handler) {
  ++(*counted_.mutable_steps())[activity];
  ++(*counted_.mutable_handlers())[handler];
  counted_.set_events(counted_.events() + 1);
}

void ReplayFigures::AddCommand(const LoggedCommand& logged) {
  for (const Event& event : logged.events()) {
    if (event.has_card_issued()) {
      ++(*counted_.mutable_cards())[event.card_issued().colour() == RED ? "red" : "yellow"];
    } else if (event.has_step_completed()) {
      AddStep(activity_of_step_.at(event.step_completed().step()), logged.caller().on_behalf_of());
      counted_.set_route_steps(counted_.route_steps() + 1);
    } else if (event.has_ad_hoc_step_recorded()) {
      AddStep(event.ad_hoc_step_recorded().name(), logged.caller().on_behalf_of());
      AddMark(event.ad_hoc_step_recorded().mark());
    }
  }
}

void ReplayFigures::AddMark(RecordAdHocStep::Mark mark) {
  switch (mark) {
    case RecordAdHocStep::BEFORE_START:
      return counted_.set_before_start(counted_.before_start() + 1);
    case RecordAdHocStep::AFTER_END:
      return counted_.set_after_end(counted_.after_end() + 1);
    case RecordAdHocStep::OFF_ROUTE:
    case RecordAdHocStep::MARK_UNSPECIFIED:
    case RecordAdHocStep_Mark_RecordAdHocStep_Mark_INT_MIN_SENTINEL_DO_NOT_USE_:
    case RecordAdHocStep_Mark_RecordAdHocStep_Mark_INT_MAX_SENTINEL_DO_NOT_USE_:
      return counted_.set_off_route(counted_.off_route() + 1);
  }
}

DurationHours ReplayFigures::Durations(std::vector<double> hours) {
  DurationHours durations;
  if (hours.empty()) return durations;
  std::sort(hours.begin(), hours.end());
  durations.set_mean(std::accumulate(hours.begin(), hours.end(), 0.0) /
                     static_cast<double>(hours.size()));
  durations.set_p50(Quantile(hours, 0.5));
  durations.set_p90(Quantile(hours, 0.9));
  durations.set_p95(Quantile(hours, 0.95));
  durations.set_max(hours.back());
  return durations;
}

ReplayGroup ReplayFigures::Figures(const Group& group) {
  ReplayGroup figures;
  figures.set_cases(group.cases);
  figures.set_finished(Count(group.hours.size()));
  figures.set_late(group.late);
  *figures.mutable_duration_hours() = Durations(group.hours);
  return figures;
}

ReplayReport ReplayFigures::Report() const {
  ReplayReport report = counted_;
  for (const char* colour : {"yellow", "red"}) (*report.mutable_cards())[colour];
  report.set_cases(all_.cases);
  report.set_finished(Count(all_.hours.size()));
  report.set_open(report.cases() - report.finished());
  report.set_late(all_.late);
  *report.mutable_duration_hours() = Durations(all_.hours);
  for (const auto& [channel, group] : by_channel_) {
    (*report.mutable_by_channel())[channel] = Figures(group);
  }
  for (const auto& [department, group] : by_department_) {
    (*report.mutable_by_department())[department] = Figures(group);
  }
  return report;
}

}  // namespace onewindow
