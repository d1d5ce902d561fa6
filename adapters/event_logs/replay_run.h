#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "adapters/event_logs/occurrences.h"
#include "adapters/event_logs/replay.h"
#include "adapters/event_logs/replay_county.h"
#include "adapters/event_logs/replay_figures.h"
#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/runtime/submission.h"
#include "onewindow/v1/commands.pb.h"

namespace onewindow {

class ImportSession;

// Turns occurrences of a log into commands of the engine.
class ReplayRun {
 public:
  // Both must outlive the run.
  ReplayRun(const ReplayOptions& options, ImportSession& session);

  // A fault where the store fails. What the engine refuses is reported as a problem of the row.
  Status Live(const Occurrence& occurrence);
  // Lets virtual time pass after the last occurrence.
  Status AdvanceTo(Instant at);
  // Requires: the session is finished.
  Result<ReplayReport> Report() const;

  // How many occurrences the engine refused.
  uint32_t refused() const { return refused_; }

 private:
  struct LiveCase {
    CaseId id;
    std::string_view desk;
  };
  // Who does it, when, and which row says so.
  struct Doing {
    const Occurrence& occurrence;
    std::string_view desk;
    std::string on_behalf_of{};
    Channel channel = CHANNEL_SYSTEM;
  };

  Status LiveStart(const Occurrence& occurrence, const LoggedCase& logged);
  Status LiveEvent(const Occurrence& occurrence, const LoggedEvent& logged);
  Status LiveEnd(const Occurrence& occurrence, const LoggedCase& logged);

  // Claims and passes the step where the case waits for this activity. False: it does not.
  Result<bool> StepOnRoute(const LiveCase& live, const std::string& activity, const Doing& doing);
  Result<std::string_view> DeskOf(const std::string& department, const Occurrence& occurrence);

  // Nothing where the engine refused: then the row is reported.
  Result<std::optional<Accepted>> Do(Command command, const Doing& doing);
  // As Do, where only a fault matters.
  Status Must(Command command, const Doing& doing);
  void Refuse(const Occurrence& occurrence, std::string why);

  const ReplayOptions* options_;
  ImportSession* session_;
  ReplayCounty county_;
  ReplayFigures figures_;
  std::unordered_map<std::string, LiveCase> cases_;
  Instant now_ = kInstantMin;
  bool published_ = false;
  uint32_t refused_ = 0;
};

}  // namespace onewindow
