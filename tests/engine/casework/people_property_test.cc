// Random lives in two counties, held against a second telling of who may do what.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "engine/base/check.h"
#include "engine/casework/life.h"
#include "engine/casework/visit.h"
#include "tests/engine/casework/any_command.h"
#include "tests/engine/casework/busy_counties.h"
#include "tests/engine/casework/rights_oracle.h"

namespace onewindow {
namespace {

// Over all lives: what somebody could do, and what nobody without the right could.
struct Tally {
  std::map<Command::WishCase, int> done;
  std::map<Command::WishCase, int> refused;
  int stood_in = 0;
};

template <typename Things>
const std::string& AnyIdOf(const Things& things) {
  return things[Below(things.size())].id();
}

// Whoever holds something, whoever stood in at some time, and some who do neither there.
std::vector<Caller> Everybody(const RightsOracle& oracle) {
  const OrganisationChart& chart = oracle.chart();
  const Channel channel = Below(8) == 0 ? CHANNEL_HELPER : CHANNEL_WINDOW;
  std::vector<Caller> everybody;
  const auto add = [&](const std::string& person, const std::string& position,
                       const std::string& on_behalf_of) {
    Caller& caller = everybody.emplace_back();
    caller.set_person(person);
    caller.set_position(position);
    caller.set_on_behalf_of(on_behalf_of);
    caller.set_channel(channel);
  };
  for (const Holding& each : chart.holdings()) add(each.person(), each.position(), "");
  for (const Substitution& each : oracle.substitutions()) {
    add(each.substitute(), each.position(), each.holder());
    add(each.substitute(), each.position(), "");
  }
  const std::string& somebody = AnyIdOf(chart.persons());
  add(somebody, AnyIdOf(chart.positions()), "");
  add(somebody, AnyIdOf(chart.positions()), AnyIdOf(chart.persons()));
  add(chart.holdings(0).person(), chart.holdings(0).position(), "no-such-person");
  return everybody;
}

class CountedLife {
 public:
  explicit CountedLife(Tally& tally)
      : world_(BusyCounties()), oracle_(world_.organisation().chart()), tally_(tally) {}

  void Live(int steps) {
    for (int i = 0; i < steps; ++i) {
      if (Rarely(40)) SetOneAside();
      Step(AnyCommandIn(world_));
      const int hours_max = Below(8) == 0 ? 60 : 6;
      world_.WaitUntil(world_.now() + std::chrono::minutes(Below(hours_max * 60)));
    }
  }

  // When the files may go.
  void LiveOn() {
    world_.WaitUntil(world_.now() + Policy().retention);
    for (const auto& [id, record] : world_.cases()) {
      if (record.stage() != STAGE_CLOSED || record.set_aside()) continue;
      Command forget;
      forget.mutable_forget_person()->set_case_id(id);
      forget.mutable_forget_person()->set_basis(ForgetPerson::RETENTION_ENDED);
      Step(forget);
    }
  }

  void CheckFold() const { world_.CheckFold(); }

 private:
  void SetOneAside() {
    for (const auto& [id, record] : world_.cases()) {
      if (Rarely(3) && !record.set_aside()) return world_.SetAside(id);
    }
  }

  // Tried by everybody, and done by one of those who may.
  void Step(const Command& command) {
    std::vector<Caller> doers;
    for (const Caller& caller : Everybody(oracle_)) {
      if (MayDo({.command = command, .caller = caller})) doers.push_back(caller);
    }
    if (doers.empty()) return;
    const Caller doer = *rc::gen::elementOf(doers);
    const CaseRecord before = BeforeOf(command);
    const Decision decision = world_.Do({.command = command, .caller = doer});
    RC_ASSERT(!decision.rejected());
    oracle_.See(DeedOf(command, doer, before, decision));
    if (!doer.on_behalf_of().empty() && before.id() != 0) ++tally_.stood_in;
  }

  bool MayDo(const CaseWorld::Wish& wish) {
    const Decision decision = world_.Try(wish);
    const bool may_act = oracle_.MayAct(wish.caller, DateOf(world_.now(), kBeijing));
    if (decision.rejected()) {
      ++tally_.refused[wish.command.wish_case()];
      // Before anything else, so that nobody learns what there is.
      const Reason reason = decision.rejection().reason;
      RC_ASSERT(may_act || reason == POSITION_NOT_HELD || reason == NOT_SUBSTITUTE ||
                decision.rejection().field == "envelope.on_behalf_of");
      return false;
    }
    ++tally_.done[wish.command.wish_case()];
    const CaseRecord before = BeforeOf(wish.command);
    if (!oracle_.Permits(DeedOf(wish.command, wish.caller, before, decision))) {
      RC_FAIL(wish.caller.ShortDebugString() + " has no right to " +
              wish.command.ShortDebugString() + " of " + before.ShortDebugString());
    }
    return true;
  }

  CaseRecord BeforeOf(const Command& command) const {
    const CaseRecord* record = world_.Find(CaseIdOf(command));
    return record == nullptr ? CaseRecord() : *record;
  }

  Deed DeedOf(const Command& command, const Caller& caller, const CaseRecord& before,
              const Decision& decision) const {
    return {.command = command,
            .caller = caller,
            .before = before,
            .case_id = decision.outcome().next.id(),
            .item = world_.catalogue().Find(before.item(), before.item_version()),
            .now = world_.now(),
            .at = world_.now(),
            .events = decision.outcome().events};
  }

  CaseWorld world_;
  RightsOracle oracle_;
  Tally& tally_;
};

TEST(PeopleTest, NobodyWithoutTheRightMakesAnEvent) {
  CheckScope scope;
  Tally tally;
  const bool holds = rc::check("nobody without the right makes an event", [&] {
    CountedLife life(tally);
    life.Live(150);
    if (Below(4) == 0) life.LiveOn();
    life.CheckFold();
  });
  EXPECT_TRUE(holds);

  // Most commands were somebody's to make, one is nobody's, and none is everybody's.
  const auto& arms = *Command::descriptor()->FindOneofByName("wish");
  for (int i = 0; i < arms.field_count(); ++i) {
    const auto wish = static_cast<Command::WishCase>(arms.field(i)->number());
    EXPECT_GT(tally.refused[wish], 0) << CommandName(wish);
  }
  EXPECT_EQ(tally.done.count(Command::kFireAlarms), 0u);
  EXPECT_GT(tally.done.size(), 35u);
  EXPECT_GT(tally.stood_in, 0);
}

enum class Ending { kByDate, kByCommand, kSubstituteLeft, kHolderLeft };

class StandingIn {
 public:
  StandingIn() : world_(BusyCounties()) {
    for (int i = 0; i < 12; ++i) {
      const Command command = AnyCommandIn(world_);
      // No other that begins later, and gives on what this one gave.
      if (!command.has_arrange_substitution()) DoAsWhoMay(world_, command);
    }
    Arrange();
  }

  void ExpectItGives() const {
    RC_ASSERT(index().MayActFrom(stands_in_.substitute(), stands_in_.position(), Today()));
    for (int i = 0; i < 5; ++i) {
      const Decision decision = Try(AnyCommandIn(world_), stands_in_.holder());
      if (decision.rejected()) RC_ASSERT(!IsForWantOfRight(decision.rejection().reason));
    }
  }

  void End(Ending ending) {
    if (ending == Ending::kByDate) {
      const Date next = *ParseDate(stands_in_.until()) + std::chrono::days(1);
      world_.WaitUntil(StartOf(next, kBeijing) + std::chrono::minutes(Below(3 * 24 * 60)));
    } else if (ending == Ending::kByCommand) {
      Command command;
      command.mutable_end_substitution()->set_number(stands_in_.number());
      DoAsWhoMay(world_, command);
      Publish(BusyChart());  // Which revives nothing.
    } else {
      PublishWithout(ending == Ending::kHolderLeft ? stands_in_.holder() : stands_in_.substitute());
    }
  }

  // No command, and none of the questions that a person's positions open: they ask the index.
  void ExpectItGivesNothing() {
    const auto& [person, position] = std::tie(stands_in_.substitute(), stands_in_.position());
    for (int i = 0; i < 20; ++i) {
      RC_ASSERT(!index().MayActFrom(person, position, Today()));
      RC_ASSERT(!index().StandsIn(person, stands_in_.holder(), position, Today()));
      const Command command = AnyCommandIn(world_);
      for (const std::string& on_behalf_of : {stands_in_.holder(), std::string()}) {
        const Decision decision = Try(command, on_behalf_of);
        RC_ASSERT(decision.rejected());
        RC_ASSERT(IsForWantOfRight(decision.rejection().reason));
      }
      if (!command.has_publish_organisation() && !command.has_arrange_substitution()) {
        DoAsWhoMay(world_, command);
      }
    }
  }

 private:
  static bool IsForWantOfRight(Reason reason) {
    return reason == NOT_SUBSTITUTE || reason == POSITION_NOT_HELD;
  }
  const OrganisationIndex& index() const { return world_.organisation(); }
  Date Today() const { return DateOf(world_.now(), kBeijing); }

  Decision Try(const Command& command, const std::string& on_behalf_of) const {
    CaseWorld::Wish wish{.command = command, .caller = {}};
    wish.caller.set_person(stands_in_.substitute());
    wish.caller.set_position(stands_in_.position());
    wish.caller.set_on_behalf_of(on_behalf_of);
    wish.caller.set_channel(CHANNEL_WINDOW);
    return world_.Try(wish);
  }

  // One that came with the chart, or any other, from today on.
  void Arrange() {
    const OrganisationChart& chart = index().chart();
    if (Rarely(3)) {
      for (const Substitution& each : chart.substitutions()) {
        if (index().StandsIn(each.substitute(), each.holder(), each.position(), Today())) {
          stands_in_ = each;
          return;
        }
      }
    }
    const uint32_t last = chart.last_substitution_number();
    while (index().chart().last_substitution_number() == last) {
      const Holding& holding = chart.holdings(Below(chart.holdings_size()));
      const std::string& place = index().FindPosition(holding.position())->organisation();
      const std::string substitute = *rc::gen::elementOf(Colleagues(world_, place));
      if (!holding.weekdays().empty() || !holding.until().empty()) continue;
      if (index().MayActFrom(substitute, holding.position(), Today())) continue;
      Command command;
      ArrangeSubstitution& wish = *command.mutable_arrange_substitution();
      wish.set_position(holding.position());
      wish.set_holder(holding.person());
      wish.set_substitute(substitute);
      wish.set_from(FormatDate(Today()));
      wish.set_until(FormatDate(Today() + std::chrono::days(Below(6))));
      DoAsWhoMay(world_, command);
    }
    stands_in_ = *index().chart().substitutions().rbegin();
  }

  void Publish(const OrganisationChart& chart) {
    Command command;
    *command.mutable_publish_organisation()->mutable_chart() = chart;
    DoAsWhoMay(world_, command);
  }

  void PublishWithout(const std::string& person) {
    OrganisationChart chart = BusyChart();
    const std::string yesterday = FormatDate(Today() - std::chrono::days(1));
    for (Holding& holding : *chart.mutable_holdings()) {
      const bool has_come = holding.person() == person && holding.from() <= yesterday;
      const bool has_left = !holding.until().empty() && holding.until() <= yesterday;
      if (has_come && !has_left) holding.set_until(yesterday);
    }
    Publish(chart);
  }

  CaseWorld world_;
  Substitution stands_in_;
};

// Whatever ended it, and whatever is tried.
RC_GTEST_PROP(PeopleTest, ASubstitutionThatHasEndedGivesNothing, ()) {
  CheckScope scope;
  StandingIn substitution;
  substitution.ExpectItGives();
  substitution.End(*rc::gen::element(Ending::kByDate, Ending::kByCommand, Ending::kSubstituteLeft,
                                     Ending::kHolderLeft));
  substitution.ExpectItGivesNothing();
}

}  // namespace
}  // namespace onewindow
