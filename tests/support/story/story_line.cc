#include "tests/support/story/story_line.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <sstream>

namespace onewindow {

std::optional<StoryLine> StoryLine::Read(const std::string& place, std::string_view text) {
  StoryLine line;
  line.place_ = place;
  std::istringstream stream{std::string(text)};
  std::string token;
  while (stream >> token && token.front() != '#') {
    if (token == "->") {
      if (line.expects_) line.Fail("a second '->'");
      line.expects_ = true;
      continue;
    }
    auto& words = line.expects_ ? line.expected_words_ : line.words_;
    auto& values = line.expects_ ? line.expected_ : line.arguments_;
    if (size_t equals = token.find('='); equals != std::string::npos) {
      bool is_new = values.emplace(token.substr(0, equals), token.substr(equals + 1)).second;
      if (!is_new) line.Fail("'" + token + "' is said twice");
    } else if (token.size() > 1 && token.back() == ';') {
      words.push_back(token.substr(0, token.size() - 1));
      words.emplace_back(";");
    } else {
      words.push_back(token);
    }
  }
  if (line.words_.empty()) {
    if (line.expects_ || !line.arguments_.empty()) line.Fail("a line begins with a word");
    return std::nullopt;
  }
  return line;
}

const std::string& StoryLine::NextWord() {
  if (!HasMoreWords()) Fail("a word is missing behind '" + words_.back() + "'");
  return words_[next_++];
}

std::optional<std::string> StoryLine::Take(const std::string& key) {
  auto found = arguments_.extract(key);
  if (found.empty()) return std::nullopt;
  return found.mapped();
}

std::string StoryLine::TakeOr(const std::string& key, const std::string& otherwise) {
  return Take(key).value_or(otherwise);
}

void StoryLine::CheckUsedUp() const {
  if (HasMoreWords()) Fail("unknown word '" + words_[next_] + "'");
  if (!arguments_.empty()) Fail("unknown key '" + arguments_.begin()->first + "'");
}

void StoryLine::Fail(const std::string& what) const { throw StoryError(place_ + ": " + what); }

std::vector<std::string> SplitList(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    size_t comma = std::min(text.find(','), text.size());
    parts.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

std::string StoryWord(std::string_view name) {
  constexpr std::string_view kPrefixes[] = {"STAGE_", "LIGHT_", "CHANNEL_"};
  for (std::string_view prefix : kPrefixes) {
    if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  }
  std::string word(name);
  for (char& c : word) c = c == '_' ? '-' : static_cast<char>(std::tolower(c));
  return word;
}

uint32_t ReadStoryNumber(const StoryLine& line, std::string_view text) {
  uint32_t number = 0;
  auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || stop != text.data() + text.size()) {
    line.Fail("'" + std::string(text) + "' is no number");
  }
  return number;
}

Limit ReadStoryLimit(const StoryLine& line, std::string_view text) {
  size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  size_t colon = std::min(text.find(':'), text.size());
  std::string_view unit = text.substr(digits, colon - digits);
  Limit limit;
  if (colon < text.size()) {
    limit.set_silence(ReadStoryEnum<Silence>(line, std::string(text.substr(colon + 1))));
  }
  limit.set_amount(ReadStoryNumber(line, text.substr(0, digits)));
  limit.set_basis("basis");
  if (unit == "wd") {
    limit.set_unit(WORKING_DAYS);
  } else if (unit == "cd") {
    limit.set_unit(CALENDAR_DAYS);
  } else if (unit == "h") {
    limit.set_unit(SERVICE_HOURS);
  } else {
    line.Fail("expected a limit such as 5wd, 7cd or 8h, but found '" + std::string(text) + "'");
  }
  return limit;
}

Instant ReadStoryTime(const StoryLine& line, std::string_view text) {
  if (auto day = ParseDate(text)) return EndOf(*day, kBeijing);
  if (auto instant = ParseInstant(text, kBeijing)) return *instant;
  line.Fail("'" + std::string(text) + "' is no day and no time");
}

std::string WriteStoryTime(Instant instant) {
  Date day = DateOf(instant, kBeijing);
  if (instant == EndOf(day, kBeijing)) return FormatDate(day);
  std::string text = FormatMinute(instant, kBeijing);
  std::replace(text.begin(), text.end(), ' ', 'T');
  return text;
}

}  // namespace onewindow
