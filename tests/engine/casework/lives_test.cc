// Random lives of cases of the demo county's items: commands sensible and not, at random times, by
// whoever. CaseWorld holds every command to what the engine promises.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "engine/base/check.h"
#include "engine/calendar/calendar_document.h"
#include "engine/casework/life.h"
#include "engine/catalog/read_item.h"
#include "engine/organisation/read_chart.h"
#include "tests/engine/casework/any_command.h"
#include "tests/support/story/case_world.h"

namespace onewindow {
namespace {

namespace fs = std::filesystem;

const fs::path kDeploy = fs::path(ONEWINDOW_SOURCE_DIR) / "deploy";

YamlText ReadYaml(const fs::path& file, std::string& text) {
  std::ifstream stream(file);
  text.assign(std::istreambuf_iterator<char>(stream), {});
  return {file.string(), text};
}

const OrganisationChart& DemoChart() {
  static const OrganisationChart chart = [] {
    std::string text;
    return ReadChart(ReadYaml(kDeploy / "demo-county/organisation.yaml", text)).chart;
  }();
  return chart;
}

const std::vector<ServiceItem>& DemoItems() {
  static const std::vector<ServiceItem> items = [] {
    std::vector<ServiceItem> read;
    for (const auto& entry : fs::directory_iterator(kDeploy / "demo-county/items")) {
      std::string text;
      ItemDocument document = ReadItem(ReadYaml(entry.path(), text));
      if (document.ok()) read.push_back(document.item);
    }
    return read;
  }();
  return items;
}

const WorkingCalendar& China() {
  static const WorkingCalendar calendar =
      WorkingCalendar::Make(ReadCalendarDirectory(kDeploy / "calendars/china").message).value();
  return calendar;
}

CaseWorld DemoWorld() {
  CaseWorld world(OrganisationIndex::Build(DemoChart()).value());
  world.AddCalendar(China());
  for (const ServiceItem& item : DemoItems()) CHECK(world.AddItem(item).ok()) << item.id();
  world.WaitUntil(StartOf(MakeDate(2025, 1, 2), kBeijing) +
                  std::chrono::minutes(Below(600 * 24 * 60)));
  return world;
}

std::string Bytes(const CaseWorld& world) {
  std::string bytes;
  for (const auto& [id, record] : world.cases()) bytes += record.SerializeAsString();
  return bytes + std::to_string(world.log().size());
}

// Mostly within the hour; sometimes days, which alarms fall into.
void WaitAtRandom(CaseWorld& world) {
  int kind = Below(9);
  auto gap = std::chrono::minutes(Below(kind < 6 ? 60 : kind < 8 ? 3 * 24 * 60 : 30 * 24 * 60));
  if (Below(8) == 0) {
    world.BeDownUntil(world.now() + gap);
  } else {
    world.WaitUntil(world.now() + gap);
  }
}

// A rejection leaves nothing; CaseWorld checks what an outcome must be.
void DoAtRandom(CaseWorld& world, const CaseRecord& record, WishKind kind) {
  world.WaitUntil(world.now());  // What is due by now comes first, as it does for every command.
  CaseWorld::Wish wish = AnyWish(world, record, kind);
  std::string before = Bytes(world);
  Decision tried = world.Try(wish);
  RC_ASSERT(Bytes(world) == before);
  if (!tried.rejected()) {
    RC_ASSERT(!world.Do(wish).rejected());
    return;
  }
  const Rejection& rejection = tried.rejection();
  RC_ASSERT(rejection.reason != REASON_UNSPECIFIED);
  RC_ASSERT(!rejection.text.empty());
}

const CaseRecord& AnyCase(const CaseWorld& world) {
  auto index = Below(static_cast<int>(world.cases().size()));
  return std::next(world.cases().begin(), index)->second;
}

// What leads towards the end, tried by all who have to do with the case.
bool GoOneStep(CaseWorld& world, uint64_t case_id) {
  const CaseRecord record = *world.Find(case_id);
  for (const Command& command : CommandsTowardsTheEnd(world, record)) {
    for (const Caller& caller : CallersNear(world, record)) {
      if (!world.Do({.command = command, .caller = caller}).rejected()) return true;
    }
  }
  return false;
}

void LiveAtRandom(CaseWorld& world, int steps) {
  while (world.cases().empty()) DoAtRandom(world, CaseRecord(), WishKind::kSubmission);
  for (int i = 0; i < steps; ++i) {
    if (Below(12) == 0) DoAtRandom(world, CaseRecord(), WishKind::kSubmission);
    if (Below(20) == 0) DoAtRandom(world, CaseRecord(), WishKind::kEnquiry);
    CaseRecord record = AnyCase(world);
    // Chance alone seldom brings a case into review.
    if (Below(2) == 0) {
      GoOneStep(world, record.id());
    } else {
      DoAtRandom(world, record, Below(5) == 0 ? WishKind::kAny : WishKind::kAllowed);
    }
    WaitAtRandom(world);
  }
}

// What the lives came to; rapidcheck prints the shares.
void Classify(const CaseWorld& world) {
  std::set<std::string> facts;
  for (const CaseWorld::Logged& logged : world.log()) {
    for (const Event& event : logged.events) {
      facts.insert(Event::descriptor()->FindFieldByNumber(event.fact_case())->name());
    }
  }
  for (const char* fact :
       {"pause_started", "notice_posted", "limit_extended", "card_issued", "supplement_requested",
        "task_recalled", "case_delivered", "assist_answered", "enquiry_handed_over",
        "enquiry_answered", "case_accompanied", "case_urged", "supervision_ordered",
        "supervision_order_answered", "mandate_granted", "mandate_ended", "originals_returned",
        "conditions_decided"}) {
    if (facts.contains(fact)) RC_CLASSIFY(true, std::string(fact));
  }
}

RC_GTEST_PROP(LivesTest, RandomLivesKeepEveryPromise, ()) {
  CheckScope scope;
  CaseWorld world = DemoWorld();
  LiveAtRandom(world, 60);
  world.CheckFold();
  Classify(world);
}

constexpr int kStepsToTheEndMax = 200;

RC_GTEST_PROP(LivesTest, EveryOpenCaseCanReachItsEnd, ()) {
  CheckScope scope;
  CaseWorld world = DemoWorld();
  LiveAtRandom(world, 25);
  for (const auto& [id, record] : world.cases()) {
    for (int i = 0; i < kStepsToTheEndMax && record.stage() != STAGE_CLOSED; ++i) {
      // Where nobody can do anything, time must: a notice stands, a lease runs.
      if (!GoOneStep(world, id)) world.WaitUntil(world.now() + std::chrono::days(3));
    }
    RC_ASSERT(Stage_Name(record.stage()) == "STAGE_CLOSED");
  }
  world.CheckFold();
}

RC_GTEST_PROP(LivesTest, WhoeverHadACaseCanBeForgottenWhenItsFileMayGo, ()) {
  CheckScope scope;
  CaseWorld world = DemoWorld();
  LiveAtRandom(world, 12);
  for (const auto& [id, record] : world.cases()) {
    for (int i = 0; i < kStepsToTheEndMax && record.stage() != STAGE_CLOSED; ++i) {
      if (!GoOneStep(world, id)) world.WaitUntil(world.now() + std::chrono::days(3));
    }
  }
  world.WaitUntil(world.now() + Policy().retention);
  for (const auto& [id, record] : world.cases()) {
    CaseWorld::Wish forget{.command = {}, .caller = DataOfficer(world)};
    forget.command.mutable_forget_person()->set_case_id(id);
    forget.command.mutable_forget_person()->set_basis(ForgetPerson::RETENTION_ENDED);
    RC_ASSERT(!world.Do(forget).rejected());
    RC_ASSERT(AllowedIn(record).empty());
    RC_ASSERT(world.Do(forget).rejection().reason == ALREADY_FORGOTTEN);
  }
  world.CheckFold();
}

}  // namespace
}  // namespace onewindow
