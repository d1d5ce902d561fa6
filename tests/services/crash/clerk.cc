#include "tests/services/crash/clerk.h"

#include <utility>

namespace onewindow {

bool SaysGone(const grpc::Status& status) {
  return status.error_code() == grpc::StatusCode::UNAVAILABLE ||
         status.error_code() == grpc::StatusCode::CANCELLED;
}

std::string Clerk::Work(DeskClient& client, const std::function<bool()>& acknowledged,
                        const std::function<bool(const grpc::Status&)>& may_end) {
  while (true) {
    Acknowledged next = Next();
    const grpc::Status status = client.Call(next.step, CommandOf(next), next.outcome);
    if (!status.ok()) {
      unanswered_ = true;
      if (may_end(status)) return {};
      return RequestId(next) + ": " + status.error_message();
    }
    if (auto wrong = WrongIn(next.step, next.outcome, Before(next)); !wrong.empty()) {
      return RequestId(next) + ": " + wrong;
    }
    acknowledged_.push_back(std::move(next));
    if (!acknowledged()) return {};
  }
}

std::string Clerk::Recheck(DeskClient& client) {
  for (; rechecked_ < acknowledged_.size(); ++rechecked_) {
    const Acknowledged& done = acknowledged_[rechecked_];
    CommandOutcome again;
    const grpc::Status status = client.Call(done.step, CommandOf(done), again);
    if (!status.ok()) return RequestId(done) + " was acknowledged: " + status.error_message();
    if (again.SerializeAsString() != done.outcome.SerializeAsString()) {
      return RequestId(done) + " was answered with\n" + done.outcome.ShortDebugString() +
             "\nand is now answered with\n" + again.ShortDebugString();
    }
  }
  if (!std::exchange(unanswered_, false)) return {};
  Acknowledged pending = Next();
  const grpc::Status status = client.Call(pending.step, CommandOf(pending), pending.outcome);
  if (!status.ok()) return RequestId(pending) + ": " + status.error_message();
  if (auto wrong = WrongIn(pending.step, pending.outcome, Before(pending)); !wrong.empty()) {
    return RequestId(pending) + ": " + wrong;
  }
  acknowledged_.push_back(std::move(pending));
  return {};
}

std::string Clerk::LookAtCases(DeskClient& client) const {
  for (size_t first = 0; first < acknowledged_.size();) {
    size_t end = first + 1;
    while (end < acknowledged_.size() && acknowledged_[end].number == acknowledged_[first].number) {
      ++end;
    }
    if (auto wrong = LookAtCase(client, first, end); !wrong.empty()) return wrong;
    first = end;
  }
  return {};
}

std::string Clerk::LookAtCase(DeskClient& client, size_t first, size_t end) const {
  const Acknowledged& last = acknowledged_[end - 1];
  CaseView view;
  GetTimelineResponse timeline;
  const uint64_t case_id = last.outcome.case_id();
  for (const grpc::Status& status :
       {client.GetCase(case_id, view), client.GetTimeline(case_id, timeline)}) {
    if (!status.ok()) return RequestId(last) + ": " + status.error_message();
  }
  if (view.record().stage() != StageAfter(last.step)) {
    return RequestId(last) + ": its case is " + Stage_Name(view.record().stage());
  }
  if (timeline.entries_size() != static_cast<int>(end - first)) {
    return RequestId(last) + ": " + timeline.ShortDebugString();
  }
  for (size_t i = first; i < end; ++i) {
    const TimelineEntry& entry = timeline.entries(static_cast<int>(i - first));
    if (entry.sequence() != acknowledged_[i].outcome.sequence() ||
        entry.command() != NameOf(acknowledged_[i].step)) {
      return RequestId(acknowledged_[i]) + " is not " + entry.ShortDebugString();
    }
  }
  return {};
}

Acknowledged Clerk::Next() const {
  if (acknowledged_.empty()) return {.number = 1, .step = DeskStep::kSubmit, .outcome = {}};
  const Acknowledged& last = acknowledged_.back();
  if (last.step == DeskStep::kClose) {
    return {.number = last.number + 1, .step = DeskStep::kSubmit, .outcome = {}};
  }
  const auto step = kDeskSteps[static_cast<size_t>(last.step) + 1];
  return {.number = last.number, .step = step, .outcome = {}};
}

Command Clerk::CommandOf(const Acknowledged& step) const {
  const uint64_t case_id =
      step.outcome.case_id() != 0 ? step.outcome.case_id() : Before(step).case_id();
  return DeskCommand(name_, step.number, step.step, case_id);
}

CommandOutcome Clerk::Before(const Acknowledged& step) const {
  if (step.step == DeskStep::kSubmit) return {};
  return acknowledged_.back().outcome;
}

}  // namespace onewindow
