#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/kv/kv.h"
#include "engine/kv/memory_kv.h"
#include "engine/runtime/case_queries.h"
#include "engine/runtime/entropy.h"
#include "engine/runtime/partition.h"
#include "engine/runtime/prepare.h"
#include "engine/runtime/time_source.h"
#include "engine/runtime/vault.h"
#include "engine/runtime/work_queries.h"

namespace onewindow {

// Time that passes only when a test says so.
class VirtualTime final : public TimeSource {
 public:
  explicit VirtualTime(Instant now) : now_(now) {}
  Instant Now() const override { return now_; }
  Duration Steady() const override { return steady_; }

  void Pass(Duration duration) {
    now_ += duration;
    steady_ += duration;
  }
  // Somebody sets the clock on the wall.
  void Jump(Duration duration) { now_ += duration; }

 private:
  Instant now_;
  Duration steady_{0};
};

// The same bytes in every run.
class SeededEntropy final : public Entropy {
 public:
  void Fill(std::span<uint8_t> bytes) override {
    for (uint8_t& byte : bytes) {
      state_ = state_ * 6364136223846793005 + 1442695040888963407;
      byte = static_cast<uint8_t>(state_ >> 56);
    }
  }

 private:
  uint64_t state_ = 1;
};

// A store that fails on demand.
class FailingKv final : public Kv {
 public:
  explicit FailingKv(Kv& inner) : inner_(&inner) {}
  Result<std::optional<std::string>> Get(Family family, std::string_view key) const override {
    return inner_->Get(family, key);
  }
  Result<ScanEnd> Scan(Family family, const KeyRange& range, const ScanOptions& options,
                       const Visitor& visit) const override {
    return inner_->Scan(family, range, options, visit);
  }
  std::unique_ptr<const Reader> Snapshot() const override { return inner_->Snapshot(); }
  Status Commit(const Batch& batch, Durability durability) override {
    if (failure) return *failure;
    return inner_->Commit(batch, durability);
  }
  Status Sync() override { return failure ? Status(*failure) : inner_->Sync(); }

  std::optional<Fault> failure;

 private:
  Kv* inner_;
};

// A county with one desk, where one person does everything: the whole engine but its threads, on a
// store in memory. Kill() loses whatever was not committed.
class World : public ::testing::Test {
 protected:
  World();
  ~World() override;

  // Chart, calendar and item, as the system publishes them.
  static std::vector<Command> Publications();
  void Publish();
  void Open();
  void Kill() { partition_.reset(); }
  Result<std::unique_ptr<Partition>> TryOpen();

  // One command of the desk, sealed and processed by itself.
  Answer Do(Command command);
  Answer DoAs(std::string_view person, Command command);
  Submission Prepare(std::string_view person, Command command);
  std::vector<Answer> DoAll(std::vector<Submission> submissions);

  // The wishes of a case's life. Each has a new request id.
  Command Submit(const std::string& applicant);
  Command Accept(CaseId case_id);
  Command Claim(CaseId case_id);
  Command Decide(CaseId case_id);
  Command Deliver(CaseId case_id);
  Command Close(CaseId case_id);
  // A submission that must be accepted.
  CaseId SubmitCase(const std::string& applicant);
  // All of them, each accepted.
  CaseId LiveWholeLife(const std::string& applicant);

  Moment Now() const { return {.wall = time_.Now(), .steady = time_.Steady()}; }
  CaseRecord Record(CaseId case_id) const;
  // Everything that the store holds, as text to compare.
  std::vector<std::string> Rows(Family family) const;
  void ExpectFoldsAreRebuiltAsTheyAre();

  std::filesystem::path directory_;
  MemoryKv memory_;
  FailingKv store_;
  VirtualTime time_;
  SeededEntropy entropy_;
  Vault vault_;
  CaseKeys keys_;
  RuntimePolicy policy_;
  std::unique_ptr<Partition> partition_;
  int last_request_ = 0;

 private:
  Envelope NewEnvelope();
};

// What an answer must be, with what it was where it is not.
const Accepted& ExpectAccepted(const Answer& answer);
Reason ReasonOf(const Answer& answer);

}  // namespace onewindow
