#pragma once

#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "onewindow/v1/clock.pb.h"

namespace onewindow {

// What is wrong with a story: what it says, or what came back. Begins with file:line.
class StoryError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// One step of a story.
// Format: word { word | key=value } [ "->" { word | key=value } ], and "#" begins a remark. A ";"
// behind a word stands alone.
class StoryLine {
 public:
  // Nothing for an empty line.
  static std::optional<StoryLine> Read(const std::string& place, std::string_view text);

  // "pause_over_a_holiday.scn:5".
  const std::string& place() const { return place_; }
  const std::string& verb() const { return words_.front(); }

  // The next word behind the verb; an error where there is none.
  const std::string& NextWord();
  bool HasMoreWords() const { return next_ < words_.size(); }
  // The argument's value, which is then used up.
  std::optional<std::string> Take(const std::string& key);
  std::string TakeOr(const std::string& key, const std::string& otherwise);
  // Words and arguments that nobody took are errors.
  void CheckUsedUp() const;

  bool expects() const { return expects_; }
  const std::vector<std::string>& expected_words() const { return expected_words_; }
  const std::map<std::string, std::string>& expected() const { return expected_; }

  [[noreturn]] void Fail(const std::string& what) const;

 private:
  std::string place_;
  std::vector<std::string> words_;
  size_t next_ = 1;
  std::map<std::string, std::string> arguments_;
  bool expects_ = false;
  std::vector<std::string> expected_words_;
  std::map<std::string, std::string> expected_;
};

// "a,b,c".
std::vector<std::string> SplitList(std::string_view text);
// "not-granted" for NOT_GRANTED: how stories write names of the vocabulary.
std::string StoryWord(std::string_view name);
// "5wd", "7cd", "8h".
Limit ReadStoryLimit(const StoryLine& line, std::string_view text);
// "2025-09-26T09:00" in Beijing, or a day, whose last instant is meant.
Instant ReadStoryTime(const StoryLine& line, std::string_view text);
// The date of a day's last instant, otherwise with the minute.
std::string WriteStoryTime(Instant instant);
uint32_t ReadStoryNumber(const StoryLine& line, std::string_view text);

// The value of a proto enum with this word, with or without the prefix of its type.
template <typename E>
E ReadStoryEnum(const StoryLine& line, std::string_view word) {
  const auto* descriptor = google::protobuf::GetEnumDescriptor<E>();
  for (int i = 0; i < descriptor->value_count(); ++i) {
    if (StoryWord(descriptor->value(i)->name()) == word) {
      return static_cast<E>(descriptor->value(i)->number());
    }
  }
  line.Fail("there is no " + descriptor->name() + " '" + std::string(word) + "'");
}

}  // namespace onewindow
