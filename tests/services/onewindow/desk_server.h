#pragma once

#include <functional>
#include <string>
#include <vector>

#include "onewindow/v1/case_commands.pb.h"
#include "services/onewindow/wire.h"
#include "tests/services/onewindow/desk_engine.h"
#include "tests/services/onewindow/desk_world.h"

namespace onewindow {

// The power goes at the desk, in the midst of a call.
struct PowerCut {};

// The engine behind a line that may lose, double and delay what goes over it. FrontDesk.Submit
// only.
class DeskServer final : public Wire {
 public:
  enum class Line { kQuiet, kTroubled };

  // `below(n)`, one of 0 to n - 1, says what the line does.
  explicit DeskServer(std::function<int(int)> below) : below_(std::move(below)), engine_(time_) {}

  std::variant<std::string, CallFailure> Call(const std::string& method, const std::string& request,
                                              std::chrono::milliseconds deadline) override;
  std::variant<std::string, CallFailure> Send(
      const std::string& method, const std::function<std::optional<std::string>()>& next_request,
      std::chrono::milliseconds deadline) override;
  CallFailure Watch(const std::string& method, const std::string& request,
                    const std::function<MoreWanted(const std::string&)>& on_answer) override;
  void Wait(std::chrono::milliseconds) override {}

  const TimeSource& time() const { return time_; }
  void Pass(Duration duration) { time_.now += duration; }

  // Who sends from now on. What was on its way arrives now, or later; over a quiet line now.
  void BeginSending(const std::string& person, Line line);

  // The new cases since sending began came in the order of their papers.
  bool ReceivedInOrder() const;
  std::vector<CaseRecord> Cases() const { return engine_.Cases(); }

 private:
  struct Delayed {
    std::string person;
    SubmitCase wish;
  };

  std::variant<std::string, CallFailure> Deliver(const std::string& person, const SubmitCase& wish);

  std::function<int(int)> below_;
  StandingTime time_;
  DeskEngine engine_;
  std::string person_;
  Line line_ = Line::kQuiet;
  std::vector<Delayed> delayed_;
  size_t cases_ = 0;
  std::vector<Instant> received_;  // The papers' times.
};

}  // namespace onewindow
