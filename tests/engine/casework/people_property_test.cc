// Random commands by random persons at random positions, held against a second telling of who may.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "engine/base/check.h"
#include "tests/engine/casework/any_command.h"
#include "tests/engine/casework/rights_oracle.h"
#include "tests/support/story/story.h"

namespace onewindow {
namespace {

// The small county with a few cases of a route through one office.
CaseWorld CountyWithCases() {
  Story story("people");
  int line = 0;
  for (const char* text :
       {"calendar china 2025 2026", "item relief promised=60wd",
        "step check by=intake/civil-affairs", "step review by=intake/civil-affairs",
        "step decision by=intake/civil-affairs", "at 2025-10-27 09:00",
        "submit C1 by=li item=relief", "submit C2 by=li item=relief",
        "submit C3 by=qian item=relief", "accept C1", "accept C3", "send C1", "send C3"}) {
    story.Tell(++line, text);
  }
  return std::move(story).End();
}

template <typename Things>
const std::string& AnyIdOf(const Things& things) {
  return things[Below(things.size())].id();
}

// Mostly who holds the position or stands in for its holder; else anybody from anywhere.
Caller AnyCaller(const CaseWorld& world, const RightsOracle& oracle) {
  const OrganisationChart& chart = world.organisation().chart();
  Caller caller;
  caller.set_channel(CHANNEL_WINDOW);
  const int kind = Below(4);
  if (kind == 0 && !oracle.substitutions().empty()) {
    const auto index = static_cast<size_t>(Below(static_cast<int>(oracle.substitutions().size())));
    const Substitution& substitution = oracle.substitutions()[index];
    caller.set_person(substitution.substitute());
    caller.set_position(substitution.position());
    caller.set_on_behalf_of(substitution.holder());
  } else if (kind <= 2) {
    const Holding& holding = chart.holdings(Below(chart.holdings_size()));
    caller.set_person(holding.person());
    caller.set_position(holding.position());
  }
  if (kind == 3 || Below(6) == 0) caller.set_person(AnyIdOf(chart.persons()));
  if (kind == 3 || Below(6) == 0) caller.set_position(AnyIdOf(chart.positions()));
  if (Below(6) == 0) caller.set_on_behalf_of(AnyIdOf(chart.persons()));
  if (Below(12) == 0) caller.set_on_behalf_of("a-principal");
  return caller;
}

std::string DayFrom(const CaseWorld& world, int days) {
  return FormatDate(DateOf(world.now(), kBeijing) + std::chrono::days(days));
}

void FillSubstitution(ArrangeSubstitution& wish, const CaseWorld& world) {
  const OrganisationChart& chart = world.organisation().chart();
  const Holding& holding = chart.holdings(Below(chart.holdings_size()));
  wish.set_position(holding.position());
  wish.set_holder(holding.person());
  wish.set_substitute(AnyIdOf(chart.persons()));
  const int from = Below(5) - 1;
  wish.set_from(DayFrom(world, from));
  wish.set_until(DayFrom(world, from + Below(6)));
}

Command AnyCommandAboutPeople(const CaseWorld& world) {
  Command command;
  const int kind = Below(6);
  if (kind == 0) {
    command.mutable_end_substitution()->set_number(
        1 + static_cast<uint32_t>(Below(
                static_cast<int>(world.organisation().chart().last_substitution_number()) + 1)));
  } else if (kind == 1) {
    RecordAbsence& wish = *command.mutable_record_absence();
    wish.set_person(AnyIdOf(world.organisation().chart().persons()));
    wish.set_from(DayFrom(world, Below(3)));
    wish.set_until(DayFrom(world, 3 + Below(3)));
  } else {
    FillSubstitution(*command.mutable_arrange_substitution(), world);
  }
  return command;
}

const CaseRecord& AnyCase(const CaseWorld& world) {
  return std::next(world.cases().begin(), Below(static_cast<int>(world.cases().size())))->second;
}

Command AnyCommandOfACase(const CaseWorld& world, const CaseRecord& record) {
  // Chance alone seldom claims what can be completed.
  if (Below(2) == 0) return AnyWish(world, record, WishKind::kAllowed).command;
  const std::vector<Command> onwards = CommandsTowardsTheEnd(record);
  return onwards[static_cast<size_t>(Below(static_cast<int>(onwards.size())))];
}

RC_GTEST_PROP(PeopleTest, NobodyWithoutTheRightMakesAnEvent, ()) {
  CheckScope scope;
  CaseWorld world = CountyWithCases();
  RightsOracle oracle(world.organisation().chart());
  bool stood_in = false;
  for (int i = 0; i < 150; ++i) {
    const CaseRecord before = AnyCase(world);
    CaseWorld::Wish wish{
        .command = Below(4) == 0 ? AnyCommandAboutPeople(world) : AnyCommandOfACase(world, before),
        .caller = AnyCaller(world, oracle)};
    const bool may = oracle.MayAct(wish.caller, DateOf(world.now(), kBeijing));
    const Decision decision = world.Do(wish);
    if (!decision.rejected()) {
      RC_ASSERT(may);
      RC_ASSERT(oracle.MayWish(wish.caller, wish.command, before));
      stood_in |= !wish.caller.on_behalf_of().empty() && before.id() != 0;
      for (const Event& event : decision.outcome().events) oracle.See(event);
    } else if (!may) {
      const Reason reason = decision.rejection().reason;
      RC_ASSERT(reason == POSITION_NOT_HELD || reason == NOT_SUBSTITUTE);
    }
    world.WaitUntil(world.now() + std::chrono::minutes(Below(8 * 60)));
  }
  world.CheckFold();
  RC_CLASSIFY(stood_in, "somebody stood in");
}

// Whatever ended it, its days or somebody, and whatever is tried.
RC_GTEST_PROP(PeopleTest, ASubstitutionThatHasEndedGivesNothing, ()) {
  CheckScope scope;
  CaseWorld world = CountyWithCases();
  CaseWorld::Wish arrangement;
  ArrangeSubstitution& wish = *arrangement.command.mutable_arrange_substitution();
  wish.set_position("east-handler");
  wish.set_holder("sun");
  wish.set_substitute("zhou");
  wish.set_from(DayFrom(world, 0));
  const int days = 1 + Below(6);
  wish.set_until(DayFrom(world, days - 1));
  arrangement.caller.set_person("wu");
  arrangement.caller.set_position("east-director");
  RC_ASSERT(!world.Do(arrangement).rejected());

  Caller substitute;
  substitute.set_person("zhou");
  substitute.set_position("east-handler");
  substitute.set_on_behalf_of("sun");
  CaseWorld::Wish claim{.command = {}, .caller = substitute};
  claim.command.mutable_claim_task()->set_case_id(world.cases().begin()->first);
  RC_ASSERT(!world.Try(claim).rejected());

  if (Below(2) == 0) {
    CaseWorld::Wish end{.command = {}, .caller = arrangement.caller};
    end.command.mutable_end_substitution()->set_number(1);
    RC_ASSERT(!world.Do(end).rejected());
  } else {
    const Date next = DateOf(world.now(), kBeijing) + std::chrono::days(days);
    world.WaitUntil(StartOf(next, kBeijing) + std::chrono::minutes(Below(3 * 24 * 60)));
  }
  for (int i = 0; i < 20; ++i) {
    const CaseRecord record = AnyCase(world);
    CaseWorld::Wish tried{.command = AnyCommandOfACase(world, record), .caller = substitute};
    if (Below(2) == 0) tried.caller.clear_on_behalf_of();
    const Decision decision = world.Do(tried);
    RC_ASSERT(decision.rejected());
    const Reason reason = decision.rejection().reason;
    RC_ASSERT(reason == NOT_SUBSTITUTE || reason == POSITION_NOT_HELD);
  }
}

}  // namespace
}  // namespace onewindow
