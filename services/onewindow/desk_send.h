#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/runtime/time_source.h"
#include "onewindow/v1/answers.pb.h"
#include "services/onewindow/caller.h"
#include "services/onewindow/desk_book.h"
#include "services/onewindow/desk_journal.h"

namespace onewindow {

enum class OnOpenCase {
  kHoldBack,  // Somebody looks whether the applicant has applied for the same thing twice.
  kSend,
};

struct DeskSendWish {
  // Only these numbers; empty: all that are not sent yet.
  std::vector<std::string> numbers;
  OnOpenCase on_open_case = OnOpenCase::kHoldBack;
};

struct DeskSendReport {
  size_t sent = 0;
  size_t held_back = 0;
  size_t left = 0;  // Not tried, for the line broke.
  // Why it ended before its time.
  std::optional<CallFailure> stopped;
};

// Sends what a desk took in without its line, in the order of the papers' times. What the server
// took in before, under the same request id or from another copy of the journal, is not taken in
// again; what it refuses, or warns of, is held back, and the rest goes on.
class DeskSend {
 public:
  // All must outlive it.
  DeskSend(Caller& caller, DeskJournal& journal, DeskBook& book, const TimeSource& time)
      : caller_(caller), journal_(journal), book_(book), time_(time) {}

  // `on_settled` sees each case as soon as it is sent or held back. The fault is of the journal.
  Result<DeskSendReport> Run(const DeskSendWish& wish,
                             const std::function<void(const DeskCase&)>& on_settled);

 private:
  // What came of one case; a failure of the call says that nobody knows, a fault is the journal's.
  using Outcome = std::variant<DeskRecord, CallFailure, Fault>;

  Outcome Send(const DeskCase& known, OnOpenCase on_open_case);
  // The case that another copy of this journal has sent, if any.
  std::variant<std::optional<DeskRecord>, CallFailure> FindSent(const DeskCase& known);
  Outcome Submit(const DeskCase& known);
  Outcome NotSent(const DeskCase& known, CallFailure failure) const;
  std::variant<CommandOutcome, CallFailure> Call(const SubmitCase& submission);
  DeskRecord Sent(const DeskCase& known, const CommandOutcome& outcome) const;
  DeskRecord HeldBack(const DeskCase& known, const CallFailure& refusal) const;
  DeskRecord HeldBack(const DeskCase& known, const Warning& warning) const;
  Status Write(const DeskRecord& record);

  Caller& caller_;
  DeskJournal& journal_;
  DeskBook& book_;
  const TimeSource& time_;
};

}  // namespace onewindow
