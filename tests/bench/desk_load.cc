#include "tests/bench/desk_load.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <latch>
#include <mutex>
#include <optional>

namespace onewindow {
namespace {

using Steady = std::chrono::steady_clock;

// What all callers of a load share.
struct Shared {
  const LoadPlan& plan;
  std::atomic<uint64_t> next_case = 1;
  std::latch running;
  std::mutex mutex;
  LoadReport report;                // Guarded by mutex.
  std::vector<float> milliseconds;  // Guarded by mutex.

  explicit Shared(const LoadPlan& p) : plan(p), running(static_cast<std::ptrdiff_t>(p.callers)) {}
};

// One clerk with one call under way, who sees a case through and takes the next.
class Clerk {
 public:
  Clerk(DeskClient& client, Shared& shared) : client_(client), shared_(shared) {}

  void TakeCase() {
    number_ = shared_.next_case.fetch_add(1);
    if (number_ > shared_.plan.cases) return GoHome({});
    life_.clear();
    Send();
  }

 private:
  DeskStep step() const { return kDeskSteps[life_.size()]; }

  void Send() {
    const uint64_t case_id = life_.empty() ? 0 : life_.back().case_id();
    command_ = DeskCommand(shared_.plan.run, number_, step(), case_id);
    context_.emplace();
    Identify(*context_);
    outcome_.Clear();
    sent_ = Steady::now();
    client_.Call(step(), *context_, command_, outcome_,
                 [this](const grpc::Status& status) { Receive(status); });
  }

  void Receive(const grpc::Status& status) {
    const std::chrono::duration<float, std::milli> took = Steady::now() - sent_;
    milliseconds_.push_back(took.count());
    if (!status.ok()) return GoHome(status.error_message());
    const CommandOutcome before = life_.empty() ? CommandOutcome() : life_.back();
    if (auto wrong = WrongIn(step(), outcome_, before); !wrong.empty()) return GoHome(wrong);
    life_.push_back(outcome_);
    if (life_.size() < kDeskSteps.size()) return Send();
    TakeCase();
  }

  void GoHome(const std::string& wrong) {
    {
      std::scoped_lock lock(shared_.mutex);
      LoadReport& report = shared_.report;
      report.calls += milliseconds_.size();
      if (report.wrong.empty() && !wrong.empty()) {
        report.wrong = RequestIdOf(shared_.plan.run, number_, step()) + ": " + wrong;
      }
      if (life_.size() == kDeskSteps.size()) report.whole_life = life_;
      shared_.milliseconds.insert(shared_.milliseconds.end(), milliseconds_.begin(),
                                  milliseconds_.end());
    }
    shared_.running.count_down();
  }

  DeskClient& client_;
  Shared& shared_;
  uint64_t number_ = 0;
  std::vector<CommandOutcome> life_;
  Command command_;
  CommandOutcome outcome_;
  std::optional<grpc::ClientContext> context_;
  Steady::time_point sent_;
  std::vector<float> milliseconds_;
};

double Quantile(std::vector<float>& values, double share) {
  if (values.empty()) return 0;
  const auto at = static_cast<size_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
  return static_cast<double>(values[at]);
}

}  // namespace

LoadReport RunLoad(const std::vector<std::unique_ptr<DeskClient>>& clients, const LoadPlan& plan) {
  Shared shared(plan);
  std::vector<std::unique_ptr<Clerk>> callers;
  for (size_t i = 0; i < plan.callers; ++i) {
    callers.push_back(std::make_unique<Clerk>(*clients[i % clients.size()], shared));
  }
  const Steady::time_point begin = Steady::now();
  for (const auto& caller : callers) caller->TakeCase();
  shared.running.wait();
  const std::chrono::duration<double> took = Steady::now() - begin;

  std::scoped_lock lock(shared.mutex);
  LoadReport report = shared.report;
  report.seconds = took.count();
  report.p50_ms = Quantile(shared.milliseconds, 0.50);
  report.p99_ms = Quantile(shared.milliseconds, 0.99);
  if (report.wrong.empty() && report.calls != plan.cases * kDeskSteps.size()) {
    report.wrong = "only " + std::to_string(report.calls) + " calls were answered";
  }
  return report;
}

}  // namespace onewindow
