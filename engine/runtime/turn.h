#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/casework/context.h"
#include "engine/kv/kv.h"
#include "engine/runtime/chain.h"
#include "engine/runtime/partition_state.h"
#include "engine/runtime/submission.h"
#include "engine/runtime/time_source.h"
#include "engine/runtime/watch_hub.h"

namespace onewindow {

// What a turn works with; all of it outlives the turn.
struct TurnTools {
  PartitionState& state;
  const Kv& store;
  ChainHasher& hasher;
  const TimeSource& time;  // For the statistics only.
  Policy policy;
};

// One batch on its way: decides commands one after another, each on the effects of those before it,
// and collects what is to be written. Nothing of it is seen outside before Publish, and nothing is
// left of it when it is dropped instead (RollBack).
class Turn {
 public:
  Turn(const TurnTools& tools, Instant now);

  // The answer, to be given when the turn is committed.
  Answer Take(Submission submission);
  // Fires what is due of a case.
  Status FireDue(CaseId case_id);

  // Commands that made events so far, and their bytes.
  size_t commands() const { return logged_.size(); }
  size_t bytes() const { return run_.bytes().size(); }
  const ChainEnd& end() const { return end_; }
  const WriterStats& stats() const { return stats_; }

  // The rows of all that was decided. Requires: commands() > 0; called once.
  void AddTo(Batch& batch);
  // The batch is on disk: folds and readers see it from here on, and watchers are told.
  void Publish(WatchHub& watches);
  // The batch is not on disk: as if the turn had never been.
  void RollBack();

 private:
  // A case as this turn has left it.
  struct WorkingCase {
    std::shared_ptr<const CaseRecord> record;  // A default record where there is no case.
    CaseHead head;
    // As it was committed before the turn; absent for a new case.
    std::optional<CommittedCase> committed;
    bool changed = false;
  };
  struct LoggedStep {
    CaseId case_id;
    std::shared_ptr<const LoggedCommand> logged;
    // Null for administration.
    std::shared_ptr<const CaseRecord> before;
    std::shared_ptr<const CaseRecord> after;
    std::shared_ptr<const Published> published;
  };
  struct Deduced {
    std::vector<Event> events;
    std::shared_ptr<const CaseRecord> next;
    CaseHead head;
  };

  Result<WorkingCase*> Load(CaseId case_id);
  Status FireDue(CaseId case_id, WorkingCase& working);
  std::optional<Answer> Remembered(const Submission& submission);
  // What the caller is told of what was logged.
  static Answer AnswerOf(Accepted accepted);
  std::optional<Answer> AnswerFrom(const Submission& submission, const LoggedStep& step) const;
  std::optional<Rejection> StaleEtag(const Submission& submission, const CaseRecord& record) const;

  // What a decision about the form is to know of it.
  Result<FormTexts> OpenForm(const Submission& submission, const CaseRecord& record) const;
  Answer DecideOne(Submission submission, WorkingCase& working, const FormTexts& form = {});
  std::variant<Deduced, Rejection> Deduce(const Submission& submission, const WorkingCase& working,
                                          const FormTexts& form);
  Answer Log(Submission submission, WorkingCase& working, Deduced deduced);
  Answer SetAside(Submission submission, WorkingCase& working, const std::string& incident);
  uint64_t OpenCaseOfApplicant(const SubmitCase& wish) const;
  Status LoadEnquiry(const Command& command);
  const CaseRecord* EnquiryOf(const Command& command) const;
  Status LoadPaper(const Command& command);
  const CaseRecord* PaperOf(const Command& command) const;
  uint64_t OpenCaseOf(uint64_t hash) const;

  void Append(const LoggedCommand& logged);
  void AddRows(const LoggedStep& step, const std::string& wrapped_key);

  TurnTools tools_;
  Instant now_;
  ChainEnd end_;
  std::shared_ptr<const Published> published_;
  std::unordered_map<CaseId, WorkingCase> cases_;
  // Open cases that were submitted in this turn, by CaseHead.applicant.
  std::unordered_map<uint64_t, CaseId> new_applicants_;
  // Cases as they were submitted, by PaperKey: those of this turn, and those that it met.
  std::unordered_map<std::string, std::shared_ptr<const CaseRecord>> papers_;
  std::unordered_multimap<uint64_t, size_t> requests_;  // Hash to place in logged_.
  std::vector<LoggedStep> logged_;
  LogRunWriter run_;
  Batch rows_;  // Of the families that are not written once for each case.
  WriterStats stats_;
};

}  // namespace onewindow
