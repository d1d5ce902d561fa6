#include "tests/support/story/story_people.h"

#include <array>
#include <string>

namespace onewindow {
namespace {

void RecordAnAbsence(Command& command, StoryLine& line) {
  RecordAbsence& wish = *command.mutable_record_absence();
  wish.set_person(line.TakeOr("person", ""));
  wish.set_from(line.TakeOr("from", ""));
  wish.set_until(line.TakeOr("until", ""));
}

void Arrange(Command& command, StoryLine& line) {
  ArrangeSubstitution& wish = *command.mutable_arrange_substitution();
  wish.set_position(line.TakeOr("position", ""));
  wish.set_holder(line.TakeOr("holder", ""));
  wish.set_substitute(line.TakeOr("substitute", ""));
  wish.set_from(line.TakeOr("from", ""));
  wish.set_until(line.TakeOr("until", ""));
}

void EndIt(Command& command, StoryLine& line) {
  command.mutable_end_substitution()->set_number(ReadStoryNumber(line, line.TakeOr("number", "0")));
}

constexpr std::array kVerbs = {PeopleVerb{"record-absence", "recorded", RecordAnAbsence},
                               PeopleVerb{"arrange-substitution", "arranged", Arrange},
                               PeopleVerb{"end-substitution", "ended", EndIt}};

std::string NumberIn(const Event& event) {
  if (event.has_absence_recorded()) {
    return std::to_string(event.absence_recorded().absence().number());
  }
  if (event.has_substitution_arranged()) {
    return std::to_string(event.substitution_arranged().substitution().number());
  }
  return std::to_string(event.substitution_ended().number());
}

}  // namespace

const PeopleVerb* FindPeopleVerb(std::string_view word) {
  for (const PeopleVerb& verb : kVerbs) {
    if (verb.word == word) return &verb;
  }
  return nullptr;
}

StoryAnswer AnswerOfPeople(const PeopleVerb& verb, const Event& event) {
  return {.words = {std::string(verb.done)},
          .value = [event](const std::string& key) -> std::optional<std::string> {
            if (key == "number") return NumberIn(event);
            if (key == "last-day") return event.substitution_ended().last_day();
            if (key != "uncovered") return std::nullopt;
            const auto& uncovered = event.has_absence_recorded()
                                        ? event.absence_recorded().uncovered()
                                        : event.substitution_ended().uncovered();
            std::string positions;
            for (const std::string& position : uncovered) {
              positions += (positions.empty() ? "" : ",") + position;
            }
            return positions.empty() ? "none" : positions;
          }};
}

}  // namespace onewindow
