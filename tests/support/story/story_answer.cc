#include "tests/support/story/story_answer.h"

#include <algorithm>
#include <map>
#include <utility>

#include "engine/calendar/working_calendar.h"
#include "engine/casework/form.h"
#include "engine/clock/explain.h"
#include "engine/clock/ledger.h"
#include "engine/clock/timestamp.h"

namespace onewindow {
namespace {

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() || word == ";" ? "" : " ") + word;
  }
  return text;
}

// "id,deed".
std::string Listed(const google::protobuf::RepeatedPtrField<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text += (text.empty() ? "" : ",") + id;
  return text;
}

// Whether `pattern` from i on is all of `words` from k on.
bool Matches(const std::vector<std::string>& pattern, size_t i,
             const std::vector<std::string>& words, size_t k) {
  if (i == pattern.size()) return k == words.size();
  if (pattern[i] != "...") {
    return k < words.size() && words[k] == pattern[i] && Matches(pattern, i + 1, words, k + 1);
  }
  for (size_t rest = k; rest <= words.size(); ++rest) {
    if (Matches(pattern, i + 1, words, rest)) return true;
  }
  return false;
}

void AddItem(std::vector<std::string>& words, std::initializer_list<std::string> item) {
  if (!words.empty()) words.emplace_back(";");
  words.insert(words.end(), item.begin(), item.end());
}

StoryAnswer OnlyWords(std::vector<std::string> words) {
  if (words.empty()) words.emplace_back("none");
  return {.words = std::move(words), .value = [](const std::string&) { return std::nullopt; }};
}

std::string Numbered(uint32_t year, uint32_t serial) {
  return std::to_string(year) + "/" + std::to_string(serial);
}

std::string DueOf(const Clock& clock) {
  if (clock.has_due_at() && IsRunning(clock)) return WriteStoryTime(ToInstant(clock.due_at()));
  return StoryWord(LedgerEntry::State_Name(StateOf(clock)));
}

const Clock* MainClock(const CaseRecord& record) {
  for (const char* name : {"promised", "statutory", "intake", "reply"}) {
    if (const Clock* clock = FindStoryClock(record, name)) return clock;
  }
  return nullptr;
}

std::string NameOf(const Clock& clock) {
  std::string name = StoryWord(ClockKind_Name(clock.kind()));
  return clock.subject().empty() ? name : name + ":" + clock.subject();
}

std::optional<std::string> ClockValue(const Clock& clock, const WorkingCalendar& calendar,
                                      Instant now, const std::string& key) {
  ClockExplanation explanation = ExplainClock(clock, calendar, now);
  if (key == "due") return DueOf(clock);
  if (key == "consumed") return std::to_string(explanation.consumed());
  if (key == "remaining") return std::to_string(explanation.remaining());
  if (key == "budget") return std::to_string(explanation.budget());
  if (key == "light") return StoryWord(Light_Name(LightAt(clock, now)));
  if (key == "provisional") return clock.provisional() ? "yes" : "no";
  if (key == "organisation") return clock.organisation();
  if (key == "near" && clock.has_near_at()) return WriteStoryTime(ToInstant(clock.near_at()));
  return std::nullopt;
}

std::string Word(ClockDay::Verdict verdict) {
  switch (verdict) {
    case ClockDay::COUNTED:
    case ClockDay::COUNTED_MAKE_UP:
      return "counted";
    case ClockDay::COUNTED_GRANTED:
      return "granted";
    case ClockDay::PAUSED:
      return "paused";
    case ClockDay::ROLLED:
      return "rolled";
    case ClockDay::SKIPPED_WEEKEND:
    case ClockDay::SKIPPED_HOLIDAY:
      return "skipped";
    case ClockDay::VERDICT_UNSPECIFIED:
    case ClockDay_Verdict_ClockDay_Verdict_INT_MIN_SENTINEL_DO_NOT_USE_:
    case ClockDay_Verdict_ClockDay_Verdict_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return "unknown";
}

std::string Word(Holder::Why why) {
  switch (why) {
    case Holder::Why::kFirstContact:
      return "first-contact";
    case Holder::Why::kSender:
      return "sender";
    case Holder::Why::kOrganisation:
      return "organisation";
    case Holder::Why::kHandler:
      return "handler";
    case Holder::Why::kAwaitsApplicant:
      return "awaits-applicant";
    case Holder::Why::kAwaitsDecision:
      return "awaits-decision";
    case Holder::Why::kAwaitsClosing:
      return "awaits-closing";
  }
  return "unknown";
}

void AddDay(std::vector<std::string>& words, const ClockDay& day) {
  words.push_back(day.date());
  if (day.verdict() == ClockDay::COUNTED_MAKE_UP) words.emplace_back("(make-up)");
  if (day.verdict() == ClockDay::SKIPPED_WEEKEND) words.emplace_back("(weekend)");
  if (day.verdict() == ClockDay::SKIPPED_HOLIDAY) words.push_back("(" + day.name() + ")");
  if (day.minutes() > 0) words.push_back(std::to_string(day.minutes()) + "min");
}

std::string EventWord(const Event& event) {
  const auto* field = Event::descriptor()->FindFieldByNumber(event.fact_case());
  return StoryWord(field->name());
}

// The name that the story made the file's address of: its bytes in hexadecimal, then zeros.
std::string FileNameOf(const std::string& address) {
  std::string name;
  for (size_t i = 0; i + 1 < address.size(); i += 2) {
    const int byte = std::stoi(address.substr(i, 2), nullptr, 16);
    if (byte != 0) name += static_cast<char>(byte);
  }
  return name;
}

// The window that the event names as the place it happened at; empty where it names none.
std::string WindowOf(const Event& event) {
  if (event.has_materials_received()) return event.materials_received().window();
  return event.case_withdrawn().window();
}

}  // namespace

void CheckAnswer(const StoryLine& line, const StoryAnswer& answer) {
  if (!Matches(line.expected_words(), 0, answer.words, 0)) {
    line.Fail("expected '" + Joined(line.expected_words()) + "', but it was '" +
              Joined(answer.words) + "'");
  }
  for (const auto& [key, expected] : line.expected()) {
    auto value = answer.value(key);
    if (!value) line.Fail("the answer has no '" + key + "'");
    if (*value != expected)
      line.Fail("expected " + key + "=" + expected + ", but it was " + *value);
  }
}

std::optional<std::string> CaseValue(const CaseRecord& record, const WorkingCalendar& calendar,
                                     Instant now, const std::string& key) {
  if (key == "stage") return StoryWord(Stage_Name(record.stage()));
  if (key == "result") return StoryWord(ResultKind_Name(record.result()));
  if (key == "receipt") return record.receipt_number();
  if (key == "intake-at") return record.intake();
  if (key == "channel") return StoryWord(Channel_Name(record.channel()));
  if (key == "applicants") return std::to_string(1 + record.co_applicants_size());
  if (key == "originals") return Listed(record.originals());
  if (key == "deciding") return record.deciding();
  if (key == "in-name-of") return record.in_name_of().empty() ? "none" : record.in_name_of();
  if (key == "collected-at") return record.delivery_point();
  if (key == "delivery-mode") return StoryWord(DeliveryMode_Name(record.delivery_mode()));
  if (key == "cards") return std::to_string(record.cards());
  if (key == "urgings") return std::to_string(record.urgings());
  if (key == "orders") return std::to_string(record.orders_size());
  if (key == "accompanied-by") return record.accompanied_by();
  if (key == "first-contact") return record.first_contact().person();
  if (key == "files") return std::to_string(record.attachments_size());
  if (key == "pauses") return std::to_string(record.pauses_size());
  if (key == "applicant-name") return record.applicant().name().text();
  if (key == "version") return std::to_string(record.history_size());
  if (key == "forgotten") return record.has_forgotten_at() ? "yes" : "no";
  if (key == "accepted-on") {
    return FormatDate(DateOf(ToInstant(record.accepted_at()), kBeijing));
  }
  if (const Clock* clock = FindStoryClock(record, key)) return DueOf(*clock);
  const Clock* main = MainClock(record);
  if (main == nullptr) return std::nullopt;
  return ClockValue(*main, calendar, now, key);
}

const Clock* FindStoryClock(const CaseRecord& record, const std::string& name) {
  for (int i = record.clocks_size() - 1; i >= 0; --i) {
    if (NameOf(record.clocks(i)) == name) return &record.clocks(i);
  }
  return nullptr;
}

StoryAnswer AnswerOfClock(const Clock& clock, const WorkingCalendar& calendar, Instant now) {
  return {.words = {StoryWord(LedgerEntry::State_Name(StateOf(clock)))},
          .value = [&clock, &calendar, now](const std::string& key) {
            return ClockValue(clock, calendar, now, key);
          }};
}

StoryAnswer AnswerOfExplanation(const Clock& clock, const WorkingCalendar& calendar, Instant now) {
  ClockExplanation explanation = ExplainClock(clock, calendar, now);
  StoryAnswer answer = AnswerOfClock(clock, calendar, now);
  answer.words.clear();
  std::vector<std::string> skipped;
  std::string run;
  for (const ClockDay& day : explanation.days()) {
    std::string word = Word(day.verdict());
    if (word == "skipped") {
      AddDay(skipped, day);
      continue;
    }
    if (word != run) AddItem(answer.words, {word});
    run = word;
    AddDay(answer.words, day);
  }
  if (!skipped.empty()) AddItem(answer.words, {"skipped"});
  answer.words.insert(answer.words.end(), skipped.begin(), skipped.end());
  return answer;
}

StoryAnswer AnswerOfTasks(const CaseRecord& record) {
  std::vector<std::string> words;
  for (const Task& task : record.tasks()) {
    std::string name = task.step().empty() ? StoryWord(Task::Kind_Name(task.kind())) : task.step();
    AddItem(words, {name, task.organisation(), StoryWord(Task::State_Name(task.state()))});
    if (!task.person().empty()) {
      words.push_back(task.person());
    } else if (!task.position().empty()) {
      words.push_back("for:" + task.position());
    }
  }
  return OnlyWords(std::move(words));
}

StoryAnswer AnswerOfHolders(const std::vector<HeldStretch>& holders) {
  std::vector<std::string> words;
  for (const HeldStretch& stretch : holders) {
    const Holder& holder = stretch.holder;
    AddItem(words, {holder.organisation});
    if (!holder.person.empty()) {
      words.push_back(holder.person);
    } else if (!holder.position.empty()) {
      words.push_back("for:" + holder.position);
    }
    words.push_back(Word(holder.why));
  }
  return OnlyWords(std::move(words));
}

StoryAnswer AnswerOfAssists(const CaseRecord& record) {
  std::vector<std::string> words;
  for (const Assist& assist : record.assists()) {
    AddItem(words, {std::to_string(assist.id()), StoryWord(Assist::State_Name(assist.state())),
                    assist.to(), "until", WriteStoryTime(ToInstant(assist.terms().deadline()))});
  }
  return OnlyWords(std::move(words));
}

StoryAnswer AnswerOfCards(const std::vector<Event>& events) {
  std::vector<std::string> words;
  for (const Event& event : events) {
    if (!event.has_card_issued()) continue;
    const CardIssued& card = event.card_issued();
    std::string clock = StoryWord(ClockKind_Name(card.clock()));
    if (!card.step().empty()) clock += ":" + card.step();
    Date day = DateOf(ToInstant(event.occurred_at()), kBeijing);
    AddItem(words, {StoryWord(CardColour_Name(card.colour())), clock, card.organisation(),
                    Numbered(card.year(), card.serial()), "on", FormatDate(day)});
    if (!card.person().empty()) words.push_back(card.person());
  }
  return OnlyWords(std::move(words));
}

StoryAnswer AnswerOfConditions(const CaseRecord& record, const ServiceItem& item) {
  std::map<std::string, std::string> lines;
  for (std::string& line : ExplainVerdicts(record, item)) {
    std::replace(line.begin(), line.end(), ' ', '_');
    lines[std::to_string(lines.size() + 1)] = std::move(line);
  }
  return {.words = {}, .value = [lines](const std::string& key) -> std::optional<std::string> {
            const auto found = lines.find(key);
            if (found == lines.end()) return std::nullopt;
            return found->second;
          }};
}

StoryAnswer AnswerOfDocuments(const std::vector<Event>& events) {
  std::vector<std::string> words;
  for (const Event& event : events) {
    if (!event.has_document_issued()) continue;
    const Document& document = event.document_issued().document();
    AddItem(words, {StoryWord(Document::Kind_Name(document.kind())), document.issuer(),
                    Numbered(document.year(), document.serial())});
  }
  return OnlyWords(std::move(words));
}

StoryAnswer AnswerOfReadings(const std::vector<Event>& events) {
  std::vector<std::string> words;
  for (const Event& event : events) {
    if (!event.has_personal_data_read()) continue;
    const PersonalDataRead& read = event.personal_data_read();
    AddItem(words, {read.person(), read.position()});
    if (!read.attachment().empty()) words.push_back("file:" + FileNameOf(read.attachment()));
  }
  return OnlyWords(std::move(words));
}

StoryAnswer AnswerOfTimeline(const std::vector<Event>& events) {
  std::vector<std::string> words;
  for (const Event& event : events) {
    words.push_back(EventWord(event));
    if (const std::string window = WindowOf(event); !window.empty()) {
      words.insert(words.end(), {"at", window});
    }
  }
  return OnlyWords(std::move(words));
}

}  // namespace onewindow
