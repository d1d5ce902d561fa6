#include "engine/runtime/fair_order.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

namespace onewindow {
namespace {

using Tasks = std::map<OrganisationNumber, std::vector<Worklist>>;

int Below(int n) {
  return *rc::gen::noShrink(rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, n)));
}

ListsByTownship ListsOf(const Tasks& tasks) {
  ListsByTownship lists;
  for (const auto& [township, each] : tasks) {
    for (const Worklist& list : each) lists[township].push_back(&list);
  }
  return lists;
}

WorkKey AnyKey(uint64_t case_id) {
  WorkKey key;
  key.urgency = static_cast<uint8_t>(253 + Below(3));
  key.due = Below(8) == 0 ? Instant::max() : Instant(std::chrono::hours(Below(40)));
  key.case_id = CaseId{case_id};
  key.task = 1 + static_cast<uint32_t>(Below(2));
  return key;
}

// Townships of very different sizes, each with a few lists.
Tasks AnyTasks() {
  Tasks tasks;
  uint64_t case_id = 0;
  const int townships = 1 + Below(8);
  for (int t = 0; t < townships; ++t) {
    std::vector<Worklist> lists(static_cast<size_t>(1 + Below(3)));
    const int count = Below(4) == 0 ? Below(120) : Below(12);
    for (int i = 0; i < count; ++i) {
      lists[static_cast<size_t>(Below(static_cast<int>(lists.size())))].Insert(AnyKey(++case_id));
    }
    tasks[OrganisationNumber{static_cast<uint32_t>(7 * t)}] = std::move(lists);
  }
  return tasks;
}

OrganisationNumber TownshipOf(const Tasks& tasks, const WorkKey& key) {
  for (const auto& [township, lists] : tasks) {
    for (const Worklist& list : lists) {
      const auto found = list.LowerBound(key);
      if (!found.at_end() && *found == key) return township;
    }
  }
  RC_FAIL("a task of nobody");
  return {};
}

std::vector<WorkKey> AllPieces(const Tasks& tasks, size_t count) {
  std::vector<WorkKey> all;
  std::optional<std::string> place;
  do {
    const FairPiece piece = TakeInTurn(ListsOf(tasks), place, count);
    RC_ASSERT(piece.keys.size() <= count);
    all.insert(all.end(), piece.keys.begin(), piece.keys.end());
    place = piece.next;
  } while (place);
  return all;
}

// How many tasks of a class each township has.
std::map<OrganisationNumber, size_t> SizesOf(const Tasks& tasks, uint8_t urgency) {
  std::map<OrganisationNumber, size_t> sizes;
  for (const auto& [township, lists] : tasks) {
    for (const Worklist& list : lists) {
      for (auto key = list.begin(); !key.at_end(); ++key) {
        if ((*key).urgency == urgency) ++sizes[township];
      }
    }
  }
  return sizes;
}

RC_GTEST_PROP(FairOrderTest, EveryTownshipHasItsShareOfTheFirstTasksOfAClass, ()) {
  const Tasks tasks = AnyTasks();
  const std::vector<WorkKey> all = AllPieces(tasks, 1000);
  for (size_t from = 0; from < all.size();) {
    const uint8_t urgency = all[from].urgency;
    const auto sizes = SizesOf(tasks, urgency);
    std::map<OrganisationNumber, size_t> seen;
    size_t n = 0;
    for (; from + n < all.size() && all[from + n].urgency == urgency;) {
      ++seen[TownshipOf(tasks, all[from + n])];
      ++n;
      for (const auto& [township, size] : sizes) {
        // Unless it has no more to give.
        RC_ASSERT(seen[township] >= std::min(size, n / sizes.size()));
      }
    }
    from += n;
  }
}

RC_GTEST_PROP(FairOrderTest, EveryTaskComesOnceByClassAndInTheOrderOfItsTownship, ()) {
  const Tasks tasks = AnyTasks();
  const std::vector<WorkKey> all = AllPieces(tasks, static_cast<size_t>(1 + Below(20)));
  size_t expected = 0;
  for (const auto& [township, lists] : tasks) {
    for (const Worklist& list : lists) expected += list.size();
  }
  RC_ASSERT(all.size() == expected);
  RC_ASSERT((std::set<WorkKey>(all.begin(), all.end()).size() == expected));
  std::map<OrganisationNumber, WorkKey> last;
  for (size_t i = 0; i < all.size(); ++i) {
    RC_ASSERT(i == 0 || all[i - 1].urgency <= all[i].urgency);
    const auto [before, is_first] = last.try_emplace(TownshipOf(tasks, all[i]), all[i]);
    RC_ASSERT(is_first || before->second < all[i]);
    before->second = all[i];
  }
}

// Whoever works his list off between two pieces loses no task by it.
RC_GTEST_PROP(FairOrderTest, TasksThatGoInBetweenMoveNoOthers, ()) {
  Tasks tasks = AnyTasks();
  const std::vector<WorkKey> all = AllPieces(tasks, 1000);
  const FairPiece first =
      TakeInTurn(ListsOf(tasks), std::nullopt, static_cast<size_t>(1 + Below(9)));
  for (auto& [township, lists] : tasks) {
    for (Worklist& list : lists) {
      for (const WorkKey& done : first.keys) list.Erase(done);
    }
  }
  if (!first.next) return;
  std::vector<WorkKey> rest = first.keys;
  const FairPiece second = TakeInTurn(ListsOf(tasks), first.next, 1000);
  rest.insert(rest.end(), second.keys.begin(), second.keys.end());
  RC_ASSERT(rest == all);
}

TEST(FairOrderTest, APlaceThatNobodyGaveEndsAllTheSame) {
  Worklist list;
  WorkKey key;
  key.case_id = CaseId{1};
  list.Insert(key);
  const ListsByTownship lists{{OrganisationNumber{1}, {&list}}};
  for (const char* place : {"", "x", "nobody gave this place"}) {
    EXPECT_LE(TakeInTurn(lists, std::string(place), 10).keys.size(), 1u);
  }
}

}  // namespace
}  // namespace onewindow
