#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "engine/runtime/case_folds.h"
#include "engine/runtime/recent_requests.h"
#include "engine/runtime/sorted_chunks.h"

namespace onewindow {
namespace {

std::vector<int> ValuesOf(const SortedChunks<int>& chunks) {
  std::vector<int> values;
  for (auto place = chunks.begin(); !place.at_end(); ++place) values.push_back(*place);
  return values;
}

RC_GTEST_PROP(SortedChunksProperty, BehavesAsASet, ()) {
  SortedChunks<int> chunks;
  std::set<int> model;
  // Thousands of values in a small range: chunks split, empty and vanish.
  const int count = *rc::gen::inRange(0, 4000);
  const auto seed = *rc::gen::arbitrary<uint32_t>();
  uint32_t state = seed;
  for (int i = 0; i < count; ++i) {
    state = state * 1664525 + 1013904223;
    const int value = static_cast<int>(state >> 8) % 3000;
    if (state >> 31 == 0 || model.size() < 1000) {
      chunks.Insert(value);
      model.insert(value);
    } else {
      chunks.Erase(value);
      model.erase(value);
    }
  }
  RC_ASSERT(ValuesOf(chunks) == std::vector<int>(model.begin(), model.end()));
  RC_ASSERT(chunks.size() == model.size());
  const int probe = *rc::gen::inRange(-10, 3010);
  const auto lower = model.lower_bound(probe);
  const auto found = chunks.LowerBound(probe);
  RC_ASSERT(found.at_end() == (lower == model.end()));
  if (!found.at_end()) RC_ASSERT(*found == *lower);
  RC_ASSERT(chunks.CountBelow(probe) == static_cast<size_t>(std::distance(model.begin(), lower)));
}

RC_GTEST_PROP(SortedChunksProperty, AssignedIsInsertedOneByOne, ()) {
  const auto values = *rc::gen::arbitrary<std::vector<int>>();
  SortedChunks<int> assigned;
  assigned.Assign(values);
  SortedChunks<int> inserted;
  for (const int value : values) inserted.Insert(value);
  RC_ASSERT(assigned == inserted);
}

CaseHead RandomHead() {
  CaseHead head;
  head.priority = *rc::gen::inRange(0u, 3u);
  head.intake = OrganisationNumber{*rc::gen::inRange(1u, 4u)};
  head.applicant = *rc::gen::inRange(0u, 4u);
  head.set_aside = *rc::gen::arbitrary<bool>();
  const auto instant = [] { return Instant(Duration(*rc::gen::inRange(0, 1000))); };
  if (*rc::gen::arbitrary<bool>()) head.wake = instant();
  if (*rc::gen::arbitrary<bool>()) head.due = instant();
  if (*rc::gen::arbitrary<bool>()) head.near = instant();
  head.stage = *rc::gen::element(STAGE_IN_REVIEW, STAGE_ENQUIRY);
  head.accompanied_by = PositionNumber{*rc::gen::inRange(0u, 3u)};
  const auto tasks = *rc::gen::inRange(0u, 3u);
  for (uint32_t id = 1; id <= tasks; ++id) {
    TaskHead task;
    task.id = id;
    task.kind = *rc::gen::element(Task::ROUTE_STEP, Task::COLLECTION_READY);
    task.state = *rc::gen::element(Task::AWAITING_CLAIM, Task::CLAIMED);
    task.duty = *rc::gen::element(HANDLING, DECISION);
    task.organisation = OrganisationNumber{*rc::gen::inRange(1u, 4u)};
    if (task.state == Task::CLAIMED) task.position = PositionNumber{*rc::gen::inRange(1u, 3u)};
    head.tasks.push_back(task);
  }
  return head;
}

RC_GTEST_PROP(CaseFoldsProperty, ChangedOneByOneTheyAreWhatAScanBuilds, ()) {
  CaseFolds changed;
  std::map<CaseId, CaseHead> heads;
  const int changes = *rc::gen::inRange(0, 60);
  for (int i = 0; i < changes; ++i) {
    const CaseId case_id{*rc::gen::inRange<uint64_t>(1, 10)};
    const auto known = heads.find(case_id);
    const CaseHead* before = known == heads.end() ? nullptr : &known->second;
    if (before != nullptr && *rc::gen::inRange(0, 4) == 0) {
      changed.Replace(case_id, before, nullptr);
      heads.erase(known);
    } else {
      const CaseHead after = RandomHead();
      changed.Replace(case_id, before, &after);
      heads[case_id] = after;
    }
  }
  CaseFolds::Builder builder;
  for (const auto& [case_id, head] : heads) builder.Add(case_id, head);
  RC_ASSERT(changed == std::move(builder).Build());
}

TEST(CaseFoldsTest, LightsTurnNearAtTheirTimeAndRedAfterTheLastInstant) {
  const Instant near(Duration(10));
  const Instant due(Duration(20));
  EXPECT_EQ(LightAt(due, near, near - Duration(1)), LIGHT_NORMAL);
  EXPECT_EQ(LightAt(due, near, near), LIGHT_NEAR);
  EXPECT_EQ(LightAt(due, near, due), LIGHT_NEAR);
  EXPECT_EQ(LightAt(due, near, due + Duration(1)), LIGHT_OVERDUE);
  EXPECT_EQ(LightAt(std::nullopt, std::nullopt, due), LIGHT_NORMAL);
}

RC_GTEST_PROP(RecentRequestsProperty, FindsWhatAListWouldFind, ()) {
  RecentRequests requests;
  struct Known {
    uint64_t hash;
    Instant at;
  };
  std::vector<Known> model;
  Instant now{};
  const int count = *rc::gen::inRange(1, 3000);
  const auto seed = *rc::gen::arbitrary<uint32_t>();
  uint32_t state = seed;
  for (int i = 0; i < count; ++i) {
    state = state * 1664525 + 1013904223;
    now += std::chrono::minutes(state >> 26);
    // Few hashes: many share one, and many land beside each other.
    const uint64_t hash = state >> 8 & 0x3F;
    requests.Remember(Sequence{model.size() + 1}, {.hash = hash, .recorded_at = now});
    model.push_back({.hash = hash, .at = now});
  }
  for (uint64_t hash = 1; hash < 64; ++hash) {
    std::set<uint64_t> expected;
    for (size_t i = 0; i < model.size(); ++i) {
      if (model[i].hash == hash && model[i].at + std::chrono::days(7) >= now) {
        expected.insert(i + 1);
      }
    }
    std::set<uint64_t> found;
    for (const Sequence sequence : requests.Find(hash, now)) found.insert(sequence.value);
    RC_ASSERT(found == expected);
  }
}

TEST(RecentRequestsTest, TheHashIsTheSameOnEveryMachine) {
  EXPECT_EQ(RecentRequests::HashOf("li", ""), 0u);
  EXPECT_EQ(RecentRequests::HashOf("li", "request-1"), RecentRequests::HashOf("li", "request-1"));
  EXPECT_NE(RecentRequests::HashOf("li", "request-1"), RecentRequests::HashOf("lir", "equest-1"));
}

}  // namespace
}  // namespace onewindow
