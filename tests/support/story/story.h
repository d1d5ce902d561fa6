#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "tests/support/story/case_world.h"
#include "tests/support/story/story_answer.h"
#include "tests/support/story/story_item.h"
#include "tests/support/story/story_line.h"

namespace onewindow {

struct PeopleVerb;
struct StoryVerb;

// Tells the story in a file line by line and gives the world at its end; throws StoryError at the
// first line that does not come true, and CheckFailure where the engine breaks a promise.
// tests/scenarios/README.md has the language.
CaseWorld TellStory(const std::filesystem::path& file);

// The telling of one story.
class Story {
 public:
  explicit Story(std::string name) : name_(std::move(name)) {}

  void Tell(int number, const std::string& text);
  CaseWorld End() &&;

 private:
  // What comes first: calendar, organisation, items, time. False for any other line.
  bool Prepare(StoryLine& line);
  void ReadCalendar(StoryLine& line);
  void ReadOrganisation(StoryLine& line);
  void ReadItemFile(StoryLine& line);
  void PublishItem(const StoryLine& line);

  StoryAnswer Answer(StoryLine& line);
  StoryAnswer Ask(StoryLine& line);
  StoryAnswer CarryOut(StoryLine& line, const StoryVerb& verb);
  StoryAnswer CarryOut(StoryLine& line, const PeopleVerb& verb);
  // The file of every open task is handed over and acknowledged.
  StoryAnswer Send(StoryLine& line);
  StoryAnswer Holders(StoryLine& line, uint64_t id);
  void NameEnquiry(Command& command, StoryLine& line) const;
  StoryAnswer AnswerOfCase(const std::string& name, std::string word) const;

  Decision DoAsCaller(StoryLine& line, CaseWorld::Wish wish);
  // By whoever may; a task that waits for a claim is claimed first.
  Decision DoAsWhoMay(CaseWorld::Wish wish);
  Caller WhoMay(const CaseWorld::Wish& wish) const;
  Caller ReadCaller(const StoryLine& line, const std::string& text) const;

  CaseWorld& world();
  const CaseRecord& CaseOf(const StoryLine& line, const std::string& name) const;
  uint64_t IdOf(const StoryLine& line, const std::string& name) const;

  std::string name_;
  std::optional<CaseWorld> world_;
  std::optional<StoryItem> item_;
  std::map<std::string, uint64_t> cases_;
};

}  // namespace onewindow
