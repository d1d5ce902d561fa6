#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/case_commands.pb.h"
#include "services/onewindow/wire.h"
#include "tests/services/onewindow/desk_world.h"

namespace onewindow {

// A county whose window li and wang hold, under virtual time: the engine itself, without its
// threads, on a store in memory. It takes submissions only.
class DeskEngine {
 public:
  // It must outlive the engine.
  explicit DeskEngine(const StandingTime& time);
  ~DeskEngine();

  // A CommandOutcome as it goes over the line, or the refusal.
  std::variant<std::string, CallFailure> Submit(const std::string& person, const SubmitCase& wish);
  std::vector<CaseRecord> Cases() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace onewindow
