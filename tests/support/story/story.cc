#include "tests/support/story/story.h"

#include <fstream>
#include <iterator>
#include <utility>

#include "engine/base/check.h"
#include "engine/calendar/calendar_document.h"
#include "engine/casework/counted_refusal.h"
#include "engine/casework/visit.h"
#include "engine/catalog/read_item.h"
#include "engine/clock/timestamp.h"
#include "engine/organisation/read_chart.h"
#include "engine/yaml/problem.h"
#include "tests/support/story/story_command.h"
#include "tests/support/story/story_people.h"

namespace onewindow {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = ONEWINDOW_SOURCE_DIR;

std::string ReadText(const StoryLine& line, const fs::path& file) {
  std::ifstream stream(file);
  if (!stream) line.Fail("there is no file " + file.string());
  return {std::istreambuf_iterator<char>(stream), {}};
}

// Rights that another caller may have.
bool IsAboutTheCaller(Reason reason) {
  return reason == NOT_YOUR_DESK || reason == DUTY_MISSING || reason == POSITION_NOT_HELD ||
         reason == TASK_HELD_BY_OTHER || reason == NOT_ANSWERABLE;
}

StoryAnswer AnswerOfRejection(const Rejection& rejection) {
  return {.words = {"refused", Reason_Name(rejection.reason)},
          .value = [rejection](const std::string& key) -> std::optional<std::string> {
            if (key == "stage") return StoryWord(Stage_Name(rejection.stage));
            if (key == "field") return rejection.field;
            if (key == "receipt") return rejection.receipt_number;
            if (key != "allowed") return std::nullopt;
            std::string allowed;
            for (const std::string& word : rejection.allowed) {
              allowed += (allowed.empty() ? "" : ",") + StoryWord(word);
            }
            return allowed;
          }};
}

uint32_t TaskIdOf(const Command& command) {
  const auto& reflection = *Command::GetReflection();
  const auto* arm =
      reflection.GetOneofFieldDescriptor(command, Command::descriptor()->FindOneofByName("wish"));
  const auto& wish = reflection.GetMessage(command, arm);
  const auto* field = wish.GetDescriptor()->FindFieldByName("task_id");
  return field == nullptr ? 0 : wish.GetReflection()->GetUInt32(wish, field);
}

}  // namespace

CaseWorld TellStory(const fs::path& file) {
  std::ifstream stream(file);
  CHECK(stream.good()) << "no story in " << file.string();
  Story story(file.filename().string());
  std::string text;
  for (int number = 1; std::getline(stream, text); ++number) story.Tell(number, text);
  return std::move(story).End();
}

void Story::Tell(int number, const std::string& text) {
  auto line = StoryLine::Read(name_ + ":" + std::to_string(number), text);
  if (!line) return;
  if (item_ && item_->Continue(*line)) return;
  if (item_) PublishItem(*line);
  if (Prepare(*line)) return line->CheckUsedUp();
  StoryAnswer answer = Answer(*line);
  line->CheckUsedUp();
  if (line->expects()) return CheckAnswer(*line, answer);
  if (!answer.words.empty() && answer.words.front() == "refused") {
    line->Fail("it was refused: " + answer.words.back());
  }
}

CaseWorld Story::End() && {
  CHECK(!cases_.empty()) << name_ << " tells of no case";
  world().CheckFold();
  return std::move(*world_);
}

CaseWorld& Story::world() {
  if (!world_) {
    auto line = StoryLine::Read(name_, "organisation tests/support/story/small_county.yaml");
    ReadOrganisation(*line);
  }
  return *world_;
}

bool Story::Prepare(StoryLine& line) {
  const std::string& verb = line.verb();
  if (verb == "calendar") {
    ReadCalendar(line);
  } else if (verb == "organisation") {
    ReadOrganisation(line);
  } else if (verb == "item") {
    item_.emplace(line);
  } else if (verb == "item-file") {
    ReadItemFile(line);
  } else if (verb == "at" || verb == "down-until") {
    std::string day = line.NextWord();
    Instant until = ReadStoryTime(line, day + "T" + line.NextWord());
    if (until < world().now()) line.Fail("time does not go back");
    verb == "at" ? world().WaitUntil(until) : world().BeDownUntil(until);
  } else if (verb == "set-aside") {
    world().SetAside(IdOf(line, line.NextWord()));
  } else {
    return false;
  }
  if (line.expects()) line.Fail("'" + verb + "' has no answer");
  return true;
}

// "china 2025 2026": the published years from one to another.
void Story::ReadCalendar(StoryLine& line) {
  std::string id = line.NextWord();
  uint32_t first = ReadStoryNumber(line, line.NextWord());
  uint32_t last = ReadStoryNumber(line, line.NextWord());
  auto loaded = ReadCalendarDirectory(kSource / "deploy/calendars" / id);
  if (!loaded.ok()) line.Fail(FormatProblems(loaded.problems));
  Calendar calendar = loaded.message;
  calendar.clear_years();
  for (const CalendarYear& year : loaded.message.years()) {
    if (year.year() >= first && year.year() <= last) *calendar.add_years() = year;
  }
  calendar.set_version(1);
  auto made = WorkingCalendar::Make(calendar);
  if (!made.ok()) line.Fail(made.fault().message);
  world().AddCalendar(std::move(made).value());
}

void Story::ReadOrganisation(StoryLine& line) {
  if (world_) line.Fail("the organisation comes first");
  fs::path file = kSource / line.NextWord();
  ChartDocument document = ReadChart({file.string(), ReadText(line, file)});
  if (!document.ok()) line.Fail(FormatProblems(document.errors));
  auto index = OrganisationIndex::Build(std::move(document.chart));
  if (!index.ok()) line.Fail(index.fault().message);
  world_.emplace(std::move(index).value());
}

void Story::ReadItemFile(StoryLine& line) {
  fs::path file = kSource / line.NextWord();
  ItemDocument document = ReadItem({file.string(), ReadText(line, file)});
  if (!document.ok()) line.Fail(FormatProblems(document.errors));
  if (Status added = world().AddItem(document.item); !added.ok()) line.Fail(added.fault().message);
}

void Story::PublishItem(const StoryLine& line) {
  Status added = world().AddItem(std::move(*item_).Finish());
  item_.reset();
  if (!added.ok()) line.Fail(added.fault().message);
}

uint64_t Story::IdOf(const StoryLine& line, const std::string& name) const {
  auto found = cases_.find(name);
  if (found == cases_.end()) line.Fail("there is no case " + name);
  return found->second;
}

const CaseRecord& Story::CaseOf(const StoryLine& line, const std::string& name) const {
  return *world_->Find(IdOf(line, name));
}

StoryAnswer Story::Answer(StoryLine& line) {
  if (const StoryVerb* verb = FindStoryVerb(line.verb())) return CarryOut(line, *verb);
  if (const PeopleVerb* verb = FindPeopleVerb(line.verb())) return CarryOut(line, *verb);
  if (line.verb() == "send") return Send(line);
  return Ask(line);
}

StoryAnswer Story::Ask(StoryLine& line) {
  const std::string& verb = line.verb();
  if (verb != "case" && verb != "clock" && verb != "explain" && verb != "tasks" &&
      verb != "cards" && verb != "documents" && verb != "timeline" && verb != "holders" &&
      verb != "assists" && verb != "readings" &&
      verb != "conditions") {
    line.Fail("unknown word '" + verb + "'");
  }
  if (!line.expects()) line.Fail("'" + verb + "' without '->' asks nothing");
  std::string name = line.NextWord();
  const CaseRecord& record = CaseOf(line, name);
  if (verb == "case") return AnswerOfCase(name, StoryWord(Stage_Name(record.stage())));
  if (verb == "tasks") return AnswerOfTasks(record);
  if (verb == "holders") return Holders(line, record.id());
  if (verb == "assists") return AnswerOfAssists(record);
  if (verb == "conditions") {
    return AnswerOfConditions(record, *world().ItemOf(record));
  }
  std::vector<Event> events = world().EventsOf(record.id());
  if (verb == "cards") return AnswerOfCards(events);
  if (verb == "documents") return AnswerOfDocuments(events);
  if (verb == "readings") return AnswerOfReadings(events);
  if (verb == "timeline") return AnswerOfTimeline(events);
  std::string clock_name = line.NextWord();
  const Clock* clock = FindStoryClock(record, clock_name);
  if (clock == nullptr) line.Fail("case " + name + " has no clock " + clock_name);
  const WorkingCalendar& calendar = *world().CalendarOf(record);
  return verb == "clock" ? AnswerOfClock(*clock, calendar, world().now())
                         : AnswerOfExplanation(*clock, calendar, world().now());
}

// "holders C1 at=2025-10-13T10:00"; without a time, now.
StoryAnswer Story::Holders(StoryLine& line, uint64_t id) {
  const auto at = line.Take("at");
  const HolderHistory history = HoldersIn(world(), id);
  return AnswerOfHolders(history.At(at ? ReadStoryTime(line, *at) : world().now()));
}

StoryAnswer Story::AnswerOfCase(const std::string& name, std::string word) const {
  const CaseRecord& record = *world_->Find(cases_.at(name));
  return {.words = {std::move(word)}, .value = [this, &record](const std::string& key) {
            return CaseValue(record, *world_->CalendarOf(record), world_->now(), key);
          }};
}

StoryAnswer Story::CarryOut(StoryLine& line, const StoryVerb& verb) {
  const std::string name = line.NextWord();
  bool is_new = verb.word == "submit" || verb.word == "enquire";
  if (is_new && cases_.contains(name)) line.Fail("there is a case " + name + " already");
  CaseWorld::Wish wish;
  if (is_new) {
    NameEnquiry(wish.command, line);
    verb.fill(wish.command, line, CaseRecord());
  } else if (cases_.contains(name)) {
    verb.fill(wish.command, line, CaseOf(line, name));
  } else {
    CaseRecord unknown;
    unknown.set_id(999'999);
    verb.fill(wish.command, line, unknown);
  }
  if (auto occurred = line.Take("occurred")) wish.at = ReadStoryTime(line, *occurred);
  const Command command = wish.command;
  Decision decision = DoAsCaller(line, std::move(wish));
  if (decision.rejected()) return AnswerOfRejection(decision.rejection());
  for (const Event& event : decision.outcome().events) {
    if (auto refused = CountedRefusal(command, event)) return AnswerOfRejection(*refused);
  }
  if (is_new) cases_[name] = decision.outcome().next.id();
  return AnswerOfCase(name, std::string(verb.done));
}

// "enquiry=Q1": the case came from that one; an unknown name is an enquiry that is not there.
void Story::NameEnquiry(Command& command, StoryLine& line) const {
  const auto name = line.Take("enquiry");
  if (!name) return;
  const auto found = cases_.find(*name);
  command.mutable_submit_case()->set_enquiry(found == cases_.end() ? 999'999 : found->second);
}

StoryAnswer Story::CarryOut(StoryLine& line, const PeopleVerb& verb) {
  CaseWorld::Wish wish;
  verb.fill(wish.command, line);
  Decision decision = DoAsCaller(line, std::move(wish));
  if (decision.rejected()) return AnswerOfRejection(decision.rejection());
  return AnswerOfPeople(verb, decision.outcome().events.front());
}

StoryAnswer Story::Send(StoryLine& line) {
  const std::string name = line.NextWord();
  uint64_t id = IdOf(line, name);
  const CaseRecord before = CaseOf(line, name);
  for (const Task& task : before.tasks()) {
    CaseWorld::Wish wish;
    if (task.state() == Task::AWAITING_HAND_OVER) {
      wish.command.mutable_hand_over_file()->set_case_id(id);
      wish.command.mutable_hand_over_file()->set_task_id(task.id());
      Decision sent = DoAsWhoMay(wish);
      if (sent.rejected()) return AnswerOfRejection(sent.rejection());
    } else if (task.state() != Task::AWAITING_ACKNOWLEDGEMENT) {
      continue;
    }
    wish.command.mutable_acknowledge_hand_over()->set_case_id(id);
    wish.command.mutable_acknowledge_hand_over()->set_task_id(task.id());
    Decision arrived = DoAsWhoMay(wish);
    if (arrived.rejected()) return AnswerOfRejection(arrived.rejection());
  }
  return AnswerOfCase(name, "arrived");
}

Decision Story::DoAsCaller(StoryLine& line, CaseWorld::Wish wish) {
  auto by = line.Take("by");
  if (!by) return DoAsWhoMay(std::move(wish));
  wish.caller = ReadCaller(line, *by);
  wish.caller.set_on_behalf_of(line.TakeOr("for", ""));
  return world().Do(wish);
}

Decision Story::DoAsWhoMay(CaseWorld::Wish wish) {
  wish.caller = WhoMay(wish);
  Decision decision = world().Do(wish);
  if (!decision.rejected() || decision.rejection().reason != TASK_NOT_CLAIMED) return decision;
  CaseWorld::Wish claim{.command = {}, .caller = {}, .at = wish.at};
  ClaimTask& claimed = *claim.command.mutable_claim_task();
  claimed.set_task_id(TaskIdOf(wish.command));
  claimed.set_case_id(CaseIdOf(wish.command));
  claim.caller = WhoMay(claim);
  if (world().Do(claim).rejected()) return decision;
  wish.caller = claim.caller;
  return world().Do(wish);
}

Caller Story::WhoMay(const CaseWorld::Wish& wish) const {
  CaseWorld::Wish tried = wish;
  std::optional<Caller> first;
  for (const Holding& holding : world_->organisation().chart().holdings()) {
    tried.caller.set_person(holding.person());
    tried.caller.set_position(holding.position());
    tried.caller.set_channel(CHANNEL_WINDOW);
    if (!first) first = tried.caller;
    Decision decision = world_->Try(tried);
    if (!decision.rejected() || !IsAboutTheCaller(decision.rejection().reason)) {
      return tried.caller;
    }
  }
  return first.value_or(Caller());
}

// "sun@east-handler", or "sun" at the first position he holds.
Caller Story::ReadCaller(const StoryLine& line, const std::string& text) const {
  Caller caller;
  caller.set_channel(CHANNEL_WINDOW);
  size_t at = text.find('@');
  caller.set_person(text.substr(0, at));
  if (at != std::string::npos) {
    caller.set_position(text.substr(at + 1));
    return caller;
  }
  for (const Holding& holding : world_->organisation().chart().holdings()) {
    if (holding.person() != caller.person()) continue;
    caller.set_position(holding.position());
    return caller;
  }
  if (caller.person() != kSystemPerson) line.Fail("nobody is called '" + caller.person() + "'");
  return caller;
}

}  // namespace onewindow
