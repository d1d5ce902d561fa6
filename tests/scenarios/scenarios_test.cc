#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/check.h"
#include "tests/support/story/story.h"

namespace onewindow {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> Stories() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(ONEWINDOW_SOURCE_DIR "/tests/scenarios")) {
    if (entry.path().extension() == ".scn") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class ScenarioTest : public testing::TestWithParam<std::string> {};

TEST_P(ScenarioTest, ComesTrue) {
  CheckScope scope;
  fs::path file = fs::path(ONEWINDOW_SOURCE_DIR "/tests/scenarios") / (GetParam() + ".scn");
  try {
    TellStory(file);
  } catch (const StoryError& error) {
    FAIL() << error.what();
  } catch (const CheckFailure& failure) {
    FAIL() << file.filename().string() << ": " << failure.what();
  }
}

INSTANTIATE_TEST_SUITE_P(Scenarios, ScenarioTest, testing::ValuesIn(Stories()),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace onewindow
