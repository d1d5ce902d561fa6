#include <rapidcheck/gtest.h>

#include "engine/kv/data_directory.h"
#include "engine/runtime/verify.h"
#include "tests/engine/runtime/world.h"

// Random lives of a few cases, with restarts, full disks and time passing: whatever happened, what
// is stored is what the log makes, and what is known in memory is what is stored.
namespace onewindow {
namespace {

enum class Happening {
  kSubmit,
  kAccept,
  kClaim,
  kDecide,
  kDeliver,
  kClose,
  kRepeat,
  kPause,
  kTimers,
  kRestart,
  kFull,
  kSave
};

class Lives : public World {
 public:
  Lives() { Publish(); }
  void TestBody() override {}

  void Happen(Happening happening, uint64_t choice) {
    switch (happening) {
      case Happening::kSubmit:
        return Try(Submit("applicant " + std::to_string(choice % 3)));
      case Happening::kAccept:
        return Try(Accept(Any(choice)));
      case Happening::kClaim:
        return Try(Claim(Any(choice)));
      case Happening::kDecide:
        return Try(Decide(Any(choice)));
      case Happening::kDeliver:
        return Try(Deliver(Any(choice)));
      case Happening::kClose:
        return Try(Close(Any(choice)));
      case Happening::kRepeat:
        if (last_.wish_case() != Command::WISH_NOT_SET) Do(last_);
        return;
      case Happening::kPause:
        return time_.Pass(std::chrono::hours(choice % 240));
      case Happening::kTimers:
        partition_->FireDue(Now(), 1 + choice % 3);
        return;
      case Happening::kRestart:
        Kill();
        return Open();
      case Happening::kFull:
        store_.failure = Fault{FaultKind::kNoSpace, "full"};
        Try(Submit("unlucky"));
        store_.failure.reset();
        return;
      case Happening::kSave:
        RC_ASSERT(partition_->SaveFolds().ok());
        return;
    }
  }

  void CheckEverything() {
    ExpectFoldsAreRebuiltAsTheyAre();
    const Head head = HeadFile::Read(HeadPath(directory_)).value();
    Result<VerifyReport> report = VerifyStore(memory_, head, {});
    RC_ASSERT(report.ok());
    for (const VerifyFinding& finding : report.value().findings) {
      RC_LOG() << finding.where << ": " << finding.what << "\n";
    }
    RC_ASSERT(report.value().ok());
    RC_ASSERT(!::testing::Test::HasFailure());
  }

  void SaveFoldsOften() {
    policy_.checkpoint_commands = 5;
    Kill();
    Open();
  }

 private:
  // Sometimes one that does not exist.
  CaseId Any(uint64_t choice) {
    const size_t place = choice % (cases_.size() + 1);
    return place == cases_.size() ? CaseId{999'999} : cases_[place];
  }
  // Accepted or refused; but no bug, and no fault.
  void Try(const Command& command) {
    last_ = command;
    const Answer answer = Do(command);
    RC_ASSERT(!std::holds_alternative<Fault>(answer));
    const auto* accepted = std::get_if<Accepted>(&answer);
    if (accepted != nullptr && command.has_submit_case()) cases_.push_back(accepted->case_id);
  }

  Command last_;
  std::vector<CaseId> cases_;
};

RC_GTEST_PROP(LivesProperty, WhatIsStoredIsWhatTheLogMakes, ()) {
  Lives lives;
  if (*rc::gen::arbitrary<bool>()) lives.SaveFoldsOften();
  const auto happenings = *rc::gen::container<std::vector<std::pair<int, uint64_t>>>(
      rc::gen::pair(rc::gen::inRange(0, 12), rc::gen::arbitrary<uint64_t>()));
  for (const auto& [kind, choice] : happenings) {
    lives.Happen(static_cast<Happening>(kind), choice);
  }
  lives.CheckEverything();
}

}  // namespace
}  // namespace onewindow
