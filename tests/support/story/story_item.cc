#include "tests/support/story/story_item.h"

#include <utility>

#include "engine/catalog/performer_text.h"

namespace onewindow {
namespace {

Performer ReadStoryPerformer(const StoryLine& line, const std::string& text) {
  auto performer = ReadPerformer(text);
  if (!performer.ok()) line.Fail(performer.fault().message);
  return performer.value();
}

// "red:promised:overdue=3" would read as key=value, so: colour:clock:overdue:days.
CardRule ReadRule(const StoryLine& line, const std::string& text) {
  std::vector<std::string> parts;
  std::string rest = text;
  for (size_t colon = rest.find(':'); colon != std::string::npos; colon = rest.find(':')) {
    parts.push_back(rest.substr(0, colon));
    rest = rest.substr(colon + 1);
  }
  parts.push_back(rest);
  if (parts.size() != 4) line.Fail("expected a card rule such as red:promised:overdue:0");
  CardRule rule;
  rule.set_colour(ReadStoryEnum<CardColour>(line, parts[0]));
  rule.set_clock(ReadStoryEnum<ClockKind>(line, parts[1]));
  uint32_t amount = ReadStoryNumber(line, parts[3]);
  if (parts[2] == "overdue") {
    rule.set_days_overdue(amount);
  } else if (parts[2] == "left") {
    rule.set_days_left(amount);
  } else if (parts[2] == "percent") {
    rule.set_percent_used(amount);
  } else {
    line.Fail("a card is issued by overdue, left or percent, not by '" + parts[2] + "'");
  }
  return rule;
}

Step HallDecides() {
  Step step;
  step.set_id("decision");
  step.set_name("decision");
  step.set_kind(Step::DECIDE);
  step.mutable_performer()->set_place(Performer::TOWNSHIP_OF_INTAKE);
  step.mutable_performer()->set_organisation("reception");
  return step;
}

}  // namespace

StoryItem::StoryItem(StoryLine& line) {
  item_.set_id(line.NextWord());
  item_.set_name(item_.id());
  item_.set_kind(ServiceItem::OTHER_POWER);
  item_.set_power_source(
      ReadStoryEnum<ServiceItem::PowerSource>(line, line.TakeOr("power", "statutory-power")));
  item_.set_regime(ReadStoryEnum<ServiceItem::Regime>(line, line.TakeOr("regime", "own")));
  if (item_.regime() == ServiceItem::LICENSING) item_.set_kind(ServiceItem::LICENCE);
  item_.set_handling(
      ReadStoryEnum<ServiceItem::Handling>(line, line.TakeOr("handling", "within-limit")));
  item_.set_minimum_level(
      ReadStoryEnum<ServiceItem::Level>(line, line.TakeOr("level", "township-level")));
  item_.set_accepted_by(
      ReadStoryEnum<ServiceItem::AcceptedBy>(line, line.TakeOr("accepted-by", "window")));
  item_.set_certificate(
      ReadStoryEnum<Certificate>(line, line.TakeOr("certificate", "no-certificate")));
  item_.set_calendar(line.TakeOr("calendar", "china"));
  ReadLimits(line);
  ReadLists(line);
  line.CheckUsedUp();
}

void StoryItem::ReadLimits(StoryLine& line) {
  auto read = [&](const std::string& key, auto target) {
    if (auto text = line.Take(key)) *target() = ReadStoryLimit(line, *text);
  };
  read("promised", [&] { return item_.mutable_promised_limit(); });
  read("statutory", [&] { return item_.mutable_statutory_limit(); });
  read("intake", [&] { return item_.mutable_intake_limit(); });
  read("supplement", [&] { return item_.mutable_supplement_limit(); });
  read("delivery-limit", [&] { return item_.mutable_delivery_limit(); });
  read("extension", [&] { return item_.mutable_extension()->mutable_cap(); });
  if (auto near = line.Take("near")) {
    item_.mutable_thresholds()->set_near_percent(ReadStoryNumber(line, *near));
  }
}

void StoryItem::ReadLists(StoryLine& line) {
  for (const std::string& id : SplitList(line.TakeOr("materials", ""))) {
    Material& material = *item_.add_materials();
    bool optional = id.ends_with('?');
    material.set_id(optional ? id.substr(0, id.size() - 1) : id);
    material.set_name(material.id());
    material.set_originals(1);
    material.set_conditional(optional);
  }
  for (const std::string& id : SplitList(line.TakeOr("copies", ""))) {
    for (Material& material : *item_.mutable_materials()) {
      if (material.id() == id) material.set_originals(0);
    }
  }
  // "testing" or, with the time it may take, "testing:10wd".
  for (const std::string& text : SplitList(line.TakeOr("pauses", ""))) {
    SpecialProcedure& procedure = *item_.add_special_procedures();
    size_t colon = text.find(':');
    procedure.set_kind(ReadStoryEnum<SpecialProcedureKind>(line, text.substr(0, colon)));
    procedure.set_basis("basis");
    if (colon == std::string::npos) continue;
    *procedure.mutable_limit() = ReadStoryLimit(line, text.substr(colon + 1));
  }
  for (const std::string& mode : SplitList(line.TakeOr("delivery", "at-window"))) {
    item_.add_delivery(ReadStoryEnum<DeliveryMode>(line, mode));
  }
  for (const std::string& rule : SplitList(line.TakeOr("cards", ""))) {
    *item_.mutable_thresholds()->add_cards() = ReadRule(line, rule);
  }
}

// "field area type=decimal name=面积 unit=亩 choices=a,b".
void StoryItem::AddField(StoryLine& line) {
  DeclaredField& field = *item_.add_fields();
  field.set_id(line.NextWord());
  field.set_name(line.TakeOr("name", field.id()));
  field.set_type(ReadStoryEnum<DeclaredField::Type>(line, line.TakeOr("type", "text")));
  field.set_unit(line.TakeOr("unit", ""));
  for (const std::string& choice : SplitList(line.TakeOr("choices", ""))) {
    field.add_choices(choice);
  }
}

// "when instant if=form.a", "when material:contract if=form.a", "when promised:3wd if=form.a": what
// holds where the condition does.
void StoryItem::AddWhen(StoryLine& line) {
  const std::string subject = line.NextWord();
  const std::string condition = line.TakeOr("if", "");
  const size_t colon = subject.find(':');
  const std::string kind = subject.substr(0, colon);
  const std::string rest = colon == std::string::npos ? "" : subject.substr(colon + 1);
  const auto add = [&](LimitCase& one, const std::string& limit) {
    one.set_when(condition);
    *one.mutable_limit() = ReadStoryLimit(line, limit);
  };
  if (kind == "instant") return item_.set_instant_when(condition);
  if (kind == "promised") return add(*item_.add_promised_limit_when(), rest);
  if (kind == "statutory") return add(*item_.add_statutory_limit_when(), rest);
  for (Material& material : *item_.mutable_materials()) {
    if (kind == "material" && material.id() == rest) return material.set_when(condition);
  }
  line.Fail("nothing is called '" + subject + "'");
}

bool StoryItem::Continue(StoryLine& line) {
  if (line.verb() == "field") {
    AddField(line);
  } else if (line.verb() == "when") {
    AddWhen(line);
  } else if (line.verb() == "step") {
    AddStep(line);
  } else if (line.verb() == "branch") {
    AddBranch(line);
  } else if (line.verb() == "join") {
    in_branches_ = false;
    item_.mutable_route()->add_legs()->add_branches();
  } else {
    return false;
  }
  line.CheckUsedUp();
  return true;
}

void StoryItem::AddBranch(StoryLine& line) {
  if (!in_branches_) item_.mutable_route()->add_legs();
  in_branches_ = true;
  Branch& branch =
      *item_.mutable_route()->mutable_legs(item_.route().legs_size() - 1)->add_branches();
  branch.set_when(line.TakeOr("when", ""));
  if (!line.HasMoreWords()) return;
  if (line.NextWord() != "lead") line.Fail("a branch is 'lead' or nothing");
  branch.set_lead(true);
}

void StoryItem::AddStep(StoryLine& line) {
  Route& route = *item_.mutable_route();
  if (route.legs().empty()) route.add_legs()->add_branches();
  Leg& leg = *route.mutable_legs(route.legs_size() - 1);
  Step& step = *leg.mutable_branches(leg.branches_size() - 1)->add_steps();
  step.set_id(line.NextWord());
  step.set_name(step.id());
  step.set_kind(ReadStoryEnum<Step::Kind>(line, line.TakeOr("kind", "handle")));
  *step.mutable_performer() = ReadStoryPerformer(line, line.TakeOr("by", "intake/reception"));
  step.set_when(line.TakeOr("when", ""));
  if (auto when = line.Take("limit-when")) {
    LimitCase& one = *step.add_limit_when();
    *one.mutable_limit() = ReadStoryLimit(line, when->substr(0, when->find(':')));
    one.set_when(when->substr(when->find(':') + 1));
  }
  if (auto duty = line.Take("duty")) step.set_duty(ReadStoryEnum<Duty>(line, *duty));
  if (auto limit = line.Take("limit")) *step.mutable_limit() = ReadStoryLimit(line, *limit);
  if (auto counting = line.Take("counting")) {
    step.set_counting(ReadStoryEnum<Step::Counting>(line, *counting));
  }
}

ServiceItem StoryItem::Finish() && {
  bool needs_route = item_.handling() == ServiceItem::WITHIN_LIMIT;
  if (item_.route().legs().empty() && needs_route) {
    *item_.mutable_route()->add_legs()->add_branches()->add_steps() = HallDecides();
  }
  if (item_.route().legs().empty()) return std::move(item_);
  Leg& leg = *item_.mutable_route()->mutable_legs(item_.route().legs_size() - 1);
  Branch& branch = *leg.mutable_branches(leg.branches_size() - 1);
  if (branch.steps_size() > 0) {
    branch.mutable_steps(branch.steps_size() - 1)->set_kind(Step::DECIDE);
  }
  return std::move(item_);
}

}  // namespace onewindow
