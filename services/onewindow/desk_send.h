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
  // The absent holder of the papers' position for whom they are sent (职位代理); empty: nobody.
  std::string on_behalf_of = {};
};

struct DeskSendReport {
  size_t sent = 0;
  size_t held_back = 0;
  size_t left = 0;  // As they were: the line broke, or nothing was said of the paper.
  // Why it ended before its time.
  std::optional<CallFailure> stopped;
};

// Sees each case as soon as it is known what came of it.
struct DeskSendListener {
  // It is sent or held back.
  std::function<void(const DeskCase&)> settled;
  // It stays as it was: the failure is not of the paper, but of the caller or the server.
  std::function<void(const DeskCase&, const CallFailure&)> left;
};

// Sends what a desk took in without its line, in the order of the papers' times. That each is
// received once is the engine's rule (engine/casework/papers.h): what was received before is
// recorded as sent. What the server refuses, or warns of, is held back, and the rest goes on.
class DeskSend {
 public:
  // All must outlive it.
  DeskSend(Caller& caller, DeskJournal& journal, DeskBook& book, const TimeSource& time)
      : caller_(caller), journal_(journal), book_(book), time_(time) {}

  // The fault is of the journal.
  Result<DeskSendReport> Run(const DeskSendWish& wish, const DeskSendListener& listener);

 private:
  struct Left {
    CallFailure why;
  };
  // No case would fare better.
  struct Stopped {
    CallFailure why;
  };
  // What came of one case; a fault is the journal's.
  using Outcome = std::variant<DeskRecord, Left, Stopped, Fault>;

  Outcome Send(const DeskCase& known, const DeskSendWish& wish);
  Outcome AskAgain(const DeskCase& known, const SubmitCase& submission, const CallFailure& refusal);
  Outcome NotSent(const DeskCase& known, CallFailure failure) const;
  std::variant<CommandOutcome, CallFailure> Call(const SubmitCase& submission);
  DeskRecord Sent(const DeskCase& known, const CommandOutcome& outcome) const;
  DeskRecord SentBefore(const DeskCase& known, const CallFailure& refusal) const;
  DeskRecord HeldBack(const DeskCase& known, const CallFailure& refusal) const;
  DeskRecord HeldBack(const DeskCase& known, const Warning& warning) const;
  Status Write(const DeskRecord& record);

  Caller& caller_;
  DeskJournal& journal_;
  DeskBook& book_;
  const TimeSource& time_;
};

}  // namespace onewindow
