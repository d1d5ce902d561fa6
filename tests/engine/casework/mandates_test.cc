// A mandate lets nobody do what its scopes do not say: whatever mandates were given and taken back,
// what a helper or agent may do on a day is what a list kept by hand says.
#include "engine/casework/mandates.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/check.h"
#include "engine/calendar/calendar_document.h"
#include "engine/casework/rights.h"
#include "tests/engine/casework/any_command.h"
#include "tests/support/story/case_world.h"
#include "tests/support/story/small_county.h"

namespace onewindow {
namespace {

using std::chrono::days;

constexpr Mandate::Scope kScopes[] = {Mandate::MAY_SUBMIT, Mandate::MAY_SUPPLEMENT,
                                      Mandate::MAY_WITHDRAW, Mandate::MAY_COLLECT};
const Date kMonday = MakeDate(2025, 10, 13);

Caller CallerAt(std::string_view person, std::string_view position) {
  Caller caller;
  caller.set_person(std::string(person));
  caller.set_position(std::string(position));
  caller.set_channel(CHANNEL_WINDOW);
  return caller;
}

Caller Window() { return CallerAt("li", "east-window"); }

// An item decided at the desk, which asks for one material and sees it in the original.
ServiceItem DeskItem() {
  ServiceItem item;
  item.set_id("pension");
  item.set_name("pension");
  item.set_kind(ServiceItem::OTHER_POWER);
  item.set_power_source(ServiceItem::STATUTORY_POWER);
  item.set_regime(ServiceItem::OWN);
  item.set_handling(ServiceItem::INSTANT);
  item.set_minimum_level(ServiceItem::TOWNSHIP_LEVEL);
  item.set_accepted_by(ServiceItem::WINDOW);
  item.set_certificate(NO_CERTIFICATE);
  item.mutable_supplement_limit()->set_amount(300);
  item.mutable_supplement_limit()->set_unit(CALENDAR_DAYS);
  item.add_delivery(AT_WINDOW);
  Material& material = *item.add_materials();
  material.set_id("id");
  material.set_name("id");
  material.set_originals(1);
  return item;
}

CaseWorld DeskWorld() {
  CaseWorld world(SmallCounty());
  world.AddCalendar(
      WorkingCalendar::Make(
          ReadCalendarDirectory(ONEWINDOW_SOURCE_DIR "/deploy/calendars/china").message)
          .value());
  const Status added = world.AddItem(DeskItem());
  CHECK(added.ok()) << added.fault().message;
  world.WaitUntil(StartOf(kMonday, kBeijing) + std::chrono::hours(9));
  return world;
}

SubmitCase Submission() {
  SubmitCase wish;
  wish.set_item("pension");
  Applicant& applicant = *wish.mutable_applicant();
  applicant.set_kind(Applicant::NATURAL_PERSON);
  applicant.set_document_type(Applicant::IDENTITY_NUMBER);
  applicant.mutable_name()->set_text("name");
  applicant.mutable_document_number()->set_text("number");
  applicant.set_pseudonym("number");
  wish.add_materials("id");
  wish.add_originals("id");
  return wish;
}

void MustDo(CaseWorld& world, const Command& command) {
  const Decision done = world.Do({.command = command, .caller = Window()});
  CHECK(!done.rejected()) << done.rejection().text;
}

uint64_t Submitted(CaseWorld& world) {
  Command command;
  *command.mutable_submit_case() = Submission();
  MustDo(world, command);
  return world.log().back().case_id;
}

// Waits for its applicant's supplement.
uint64_t SupplementingCase(CaseWorld& world) {
  const uint64_t id = Submitted(world);
  Command command;
  command.mutable_request_supplement()->set_case_id(id);
  command.mutable_request_supplement()->add_materials("id");
  MustDo(world, command);
  return id;
}

// Its result lies at the window.
uint64_t ReadyCase(CaseWorld& world) {
  const uint64_t id = Submitted(world);
  Command command;
  command.mutable_decide_case()->set_case_id(id);
  command.mutable_decide_case()->set_result(GRANTED);
  MustDo(world, command);
  return id;
}

// What somebody tries for the applicant, the scope that it needs, and as whom.
struct Attempt {
  CaseWorld::Wish wish;
  Mandate::Scope scope;
  Mandate::Kind kind;
  std::string helper;  // Empty: who shows the mandate with this id.
  uint32_t mandate_id = 0;
};

Attempt Collecting(uint64_t ready, DeliverCase::Taker taker, Mandate::Kind kind,
                   uint32_t mandate_id) {
  Attempt attempt{.wish = {.command = {}, .caller = Window()},
                  .scope = Mandate::MAY_COLLECT,
                  .kind = kind,
                  .helper = {},
                  .mandate_id = mandate_id};
  DeliverCase& wish = *attempt.wish.command.mutable_deliver_case();
  wish.set_case_id(ready);
  wish.set_mode(AT_WINDOW);
  wish.set_taker(taker);
  wish.set_mandate_id(mandate_id);
  wish.mutable_taker_name()->set_text("name");
  wish.mutable_taker_document_number()->set_text("number");
  return attempt;
}

std::vector<Attempt> AttemptsOf(const Caller& helper, uint64_t supplementing, uint64_t ready) {
  std::vector<Attempt> attempts;
  const auto add = [&](Mandate::Scope scope) -> Command& {
    attempts.push_back({.wish = {.command = {}, .caller = helper},
                        .scope = scope,
                        .kind = Mandate::HELPER,
                        .helper = helper.person()});
    return attempts.back().wish.command;
  };
  ReceiveMaterials& materials = *add(Mandate::MAY_SUPPLEMENT).mutable_receive_materials();
  materials.set_case_id(supplementing);
  materials.add_materials("id");
  add(Mandate::MAY_WITHDRAW).mutable_withdraw_case()->set_case_id(supplementing);
  ReturnOriginals& originals = *add(Mandate::MAY_COLLECT).mutable_return_originals();
  originals.set_case_id(ready);
  originals.mutable_taker_name()->set_text("name");
  return attempts;
}

std::vector<Attempt> AllAttempts(uint64_t supplementing, uint64_t ready) {
  std::vector<Attempt> all;
  Caller officer = Window();
  officer.set_channel(CHANNEL_HELPER);
  for (const Caller& helper :
       {CallerAt("shi", "east-helper"), CallerAt("lu", "west-helper"), officer}) {
    for (Attempt& attempt : AttemptsOf(helper, supplementing, ready)) {
      all.push_back(std::move(attempt));
    }
  }
  for (uint32_t mandate_id = 0; mandate_id < 5; ++mandate_id) {
    all.push_back(Collecting(ready, DeliverCase::HELPER_ON_MANDATE, Mandate::HELPER, mandate_id));
    all.push_back(Collecting(ready, DeliverCase::AUTHORISED_AGENT, Mandate::OWN_AGENT, mandate_id));
  }
  return all;
}

// A mandate as the applicant remembers it.
struct Given {
  Mandate mandate;
  Date first_day;
  Date last_day;
};

class Applicants {
 public:
  void GiveAtRandom(CaseWorld& world, uint64_t case_id) {
    const Date today = DateOf(world.now(), kBeijing);
    Given given{.mandate = {}, .first_day = today, .last_day = today + days(Below(6))};
    Mandate& mandate = given.mandate;
    mandate.set_kind(Below(3) == 0 ? Mandate::OWN_AGENT : Mandate::HELPER);
    mandate.set_helper(*rc::gen::element<std::string>("shi", "lu", "li"));
    mandate.mutable_agent_name()->set_text("agent");
    mandate.mutable_agent_document_number()->set_text("number");
    mandate.add_scopes(kScopes[Below(4)]);
    if (Below(2) == 0) mandate.add_scopes(kScopes[Below(4)]);
    mandate.set_until(FormatDate(given.last_day));
    Command command;
    command.mutable_grant_mandate()->set_case_id(case_id);
    *command.mutable_grant_mandate()->mutable_mandate() = mandate;
    MustDo(world, command);
    given_[case_id].push_back(std::move(given));
  }

  void EndAtRandom(CaseWorld& world, uint64_t case_id) {
    std::vector<Given>& given = given_[case_id];
    if (given.empty()) return;
    const Date today = DateOf(world.now(), kBeijing);
    const int index = Below(static_cast<int>(given.size()));
    Command command;
    command.mutable_end_mandate()->set_case_id(case_id);
    command.mutable_end_mandate()->set_mandate_id(static_cast<uint32_t>(index + 1));
    const Decision ended = world.Do({.command = command, .caller = Window()});
    RC_ASSERT(ended.rejected() == (given[index].last_day < today));
    given[index].last_day = std::min(given[index].last_day, today - days(1));
  }

  bool Allow(const Attempt& attempt, uint64_t case_id, Date day) const {
    const auto found = given_.find(case_id);
    if (found == given_.end()) return false;
    uint32_t id = 0;
    for (const Given& given : found->second) {
      const Mandate& mandate = given.mandate;
      ++id;
      if (day < given.first_day || day > given.last_day) continue;
      if (mandate.kind() != attempt.kind) continue;
      if (attempt.helper.empty() && id != attempt.mandate_id) continue;
      if (!attempt.helper.empty() && mandate.helper() != attempt.helper) continue;
      for (int scope : mandate.scopes()) {
        if (scope == attempt.scope) return true;
      }
    }
    return false;
  }

 private:
  std::map<uint64_t, std::vector<Given>> given_;
};

bool IsAboutMandates(Reason reason) {
  return reason == MANDATE_MISSING || reason == MANDATE_ENDED || reason == MANDATE_SCOPE_EXCEEDED;
}

RC_GTEST_PROP(MandatesTest, NobodyDoesWhatNoMandateSays, ()) {
  CheckScope scope;
  CaseWorld world = DeskWorld();
  const uint64_t supplementing = SupplementingCase(world);
  const uint64_t ready = ReadyCase(world);
  const std::vector<Attempt> attempts = AllAttempts(supplementing, ready);
  Applicants applicants;
  for (int step = 0; step < 12; ++step) {
    const uint64_t case_id = Below(2) == 0 ? supplementing : ready;
    if (Below(3) == 0) {
      applicants.EndAtRandom(world, case_id);
    } else {
      applicants.GiveAtRandom(world, case_id);
    }
    if (Below(2) == 0) world.WaitUntil(world.now() + days(Below(3)));
    const Date today = DateOf(world.now(), kBeijing);
    for (const Attempt& attempt : attempts) {
      const bool about_ready = attempt.scope == Mandate::MAY_COLLECT;
      const Decision tried = world.Try(attempt.wish);
      RC_ASSERT(tried.rejected() !=
                applicants.Allow(attempt, about_ready ? ready : supplementing, today));
      if (tried.rejected()) RC_ASSERT(IsAboutMandates(tried.rejection().reason));
    }
  }
}

RC_GTEST_PROP(MandatesTest, AHelperFilesOnHisOwnMandateToSubmitOnly, ()) {
  CheckScope scope;
  CaseWorld world = DeskWorld();
  CaseWorld::Wish wish{.command = {}, .caller = CallerAt("shi", "east-helper")};
  SubmitCase& submission = *wish.command.mutable_submit_case();
  submission = Submission();
  Mandate& mandate = *submission.mutable_mandate();
  mandate.set_kind(*rc::gen::element(Mandate::HELPER, Mandate::OWN_AGENT));
  mandate.set_helper(*rc::gen::element<std::string>("shi", "lu", "sun"));
  mandate.mutable_agent_name()->set_text("agent");
  mandate.mutable_agent_document_number()->set_text("number");
  mandate.add_scopes(kScopes[Below(4)]);
  const int days_left = Below(3) - 1;
  mandate.set_until(FormatDate(kMonday + days(days_left)));
  const bool may = mandate.kind() == Mandate::HELPER && mandate.helper() == "shi" &&
                   Covers(mandate, Mandate::MAY_SUBMIT) && days_left >= 0;
  RC_ASSERT(world.Try(wish).rejected() != may);
}

}  // namespace
}  // namespace onewindow
