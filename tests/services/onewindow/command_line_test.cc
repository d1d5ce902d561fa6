#include "services/onewindow/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "services/onewindow/command_tree.h"
#include "services/onewindow/token.h"

namespace onewindow {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct Ended {
  ExitCode code;
  std::string out;
  std::string err;
};

Ended RunClient(const std::vector<std::string>& arguments, const std::string& input = "") {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  Terminal terminal{.in = in, .out = out, .err = err, .audience = Audience::kProgram};
  ExitCode code = RunCommandLine(arguments, terminal);
  return {code, out.str(), err.str()};
}

constexpr char kDemo[] = ONEWINDOW_SOURCE_DIR "/deploy/demo-county/";

TEST(CommandLineTest, WithoutArgumentsItTeaches) {
  Ended ended = RunClient({});
  EXPECT_EQ(ended.code, ExitCode::kOk);
  EXPECT_THAT(ended.out, HasSubstr("\n  Front desk      submit correct "));
  EXPECT_THAT(ended.out, HasSubstr("Try:\n  echo '2025-09-26 5' | onewindow calendar due\n"));
}

TEST(CommandLineTest, AnUnknownCommandSuggestsTheNearest) {
  Ended ended = RunClient({"calender"});
  EXPECT_EQ(ended.code, ExitCode::kUsage);
  EXPECT_THAT(ended.err, HasSubstr("unknown command `calender`: did you mean `calendar`?"));
  EXPECT_THAT(RunClient({"calendar", "dues"}).err, HasSubstr("did you mean `due`?"));
}

TEST(CommandLineTest, AnUnknownOptionSuggestsTheNearest) {
  Ended ended = RunClient({"calendar", "show", "--yaer=2025", "--year=2025"});
  EXPECT_EQ(ended.code, ExitCode::kUsage);
  EXPECT_THAT(ended.err, HasSubstr("unknown option `--yaer`: did you mean `--year`?"));
}

TEST(CommandLineTest, AGroupAloneNamesWhatItNeeds) {
  Ended ended = RunClient({"credentials"});
  EXPECT_EQ(ended.code, ExitCode::kUsage);
  EXPECT_THAT(ended.err, HasSubstr("needs one more word: `hash` or `make`"));
}

TEST(CommandLineTest, EveryCommandExplainsItselfWithAnExampleOfItsOwn) {
  CommandTree tree;
  AddAllCommands(tree);
  ASSERT_FALSE(tree.words().empty());
  for (const std::string& words : tree.words()) {
    std::vector<std::string> arguments;
    std::istringstream stream(words);
    for (std::string word; stream >> word;) arguments.push_back(word);
    arguments.push_back("--help");
    Ended ended = RunClient(arguments);
    EXPECT_EQ(ended.code, ExitCode::kOk) << words;
    EXPECT_THAT(ended.out, HasSubstr("Example:\n")) << words;
    EXPECT_THAT(ended.out, HasSubstr("onewindow " + words)) << words;
  }
}

TEST(CommandLineTest, ShowListsTheDaysThatDifferFromThePlainWeek) {
  Ended ended = RunClient({"calendar", "show", "--year", "2025", "--calendar",
                           ONEWINDOW_SOURCE_DIR "/deploy/calendars/china"});
  EXPECT_EQ(ended.code, ExitCode::kOk) << ended.err;
  EXPECT_THAT(ended.out, StartsWith("china 2025: 248 working days\n"));
  EXPECT_THAT(ended.out, HasSubstr("2025-01-26  Sun  make-up workday 调休上班  春节\n"));
}

TEST(CommandLineTest, AYearBeyondTheCalendarIsRefusedByName) {
  Ended ended = RunClient({"calendar", "show", "--year", "2027", "--calendar",
                           ONEWINDOW_SOURCE_DIR "/deploy/calendars/china"});
  EXPECT_EQ(ended.code, ExitCode::kUsage);
  EXPECT_THAT(ended.err, HasSubstr("from 2015-01-01 to 2026-12-31"));
}

TEST(CommandLineTest, TheDemoCountyIsSound) {
  Ended items = RunClient({"item", "check", std::string(kDemo) + "items"});
  EXPECT_EQ(items.code, ExitCode::kOk) << items.err;
  EXPECT_THAT(items.out, HasSubstr(" checked: 0 errors, "));
  Ended chart = RunClient({"organisation", "check", std::string(kDemo) + "organisation.yaml"});
  EXPECT_EQ(chart.code, ExitCode::kOk) << chart.err;
}

TEST(CommandLineTest, ADocumentThatIsWrongIsReportedWithItsPlace) {
  // A chart is no item: its first key is unknown.
  std::string chart = std::string(kDemo) + "organisation.yaml";
  Ended ended = RunClient({"item", "check", chart});
  EXPECT_EQ(ended.code, ExitCode::kCheckFailed);
  EXPECT_THAT(ended.err, HasSubstr(chart + ":10:1: error: "));
}

TEST(CommandLineTest, AFileThatIsNotThereIsAMistakeOfTheCommandLine) {
  Ended ended = RunClient({"item", "check", "/nowhere/at-all.yaml"});
  EXPECT_EQ(ended.code, ExitCode::kUsage);
  EXPECT_THAT(ended.err, HasSubstr("/nowhere/at-all.yaml: no such file"));
}

TEST(CommandLineTest, HashIsTheSha256OfTheTokenAlone) {
  // printf %s abc | sha256sum
  EXPECT_EQ(RunClient({"credentials", "hash"}, "abc\n").out,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n");
  EXPECT_EQ(RunClient({"credentials", "hash"}, "").code, ExitCode::kUsage);
}

TEST(CommandLineTest, MadeTokensDifferAndComeWithTheirEntry) {
  Ended first = RunClient({"credentials", "make", "--person", "li"});
  Ended second = RunClient({"credentials", "make", "--person", "li"});
  EXPECT_EQ(first.code, ExitCode::kOk);
  EXPECT_NE(first.out, second.out);
  std::string token = first.out.substr(0, first.out.size() - 1);
  EXPECT_EQ(token.size(), 43u);
  EXPECT_THAT(first.err, HasSubstr(TokenSha256(token)));
  EXPECT_EQ(RunClient({"credentials", "make", "--person", "Li Si"}).code, ExitCode::kUsage);
}

}  // namespace
}  // namespace onewindow
