#include "services/onewindow/verbs.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "services/onewindow/api.h"
#include "services/onewindow/field_notes.h"
#include "services/onewindow/list_views.h"
#include "services/onewindow/request.h"
#include "services/onewindow/request_fields.h"
#include "services/onewindow/value_text.h"

namespace onewindow {
namespace {

using google::protobuf::Descriptor;

std::vector<Verb> AllVerbs() {
  std::vector<Verb> all;
  for (const VerbGroup& group : VerbGroups()) {
    all.insert(all.end(), group.verbs.begin(), group.verbs.end());
  }
  return all;
}

// The paths that the command line can set.
std::set<std::string> PathsOf(const Descriptor& request) {
  std::set<std::string> paths;
  for (const RequestField& field : FieldsOf(request)) paths.insert(field.path);
  return paths;
}

TEST(VerbsTest, EveryCallOfEveryServiceHasOneCommand) {
  std::map<std::string, int> commands;
  for (const Verb& verb : AllVerbs()) ++commands[verb.method];
  auto names = MethodNames();
  EXPECT_GT(names.size(), 40u);
  for (const std::string& name : names) EXPECT_EQ(commands[name], 1) << name;
  EXPECT_EQ(commands.size(), names.size());
}

TEST(VerbsTest, EveryWordIsTakenOnce) {
  std::set<std::string> words;
  for (const Verb& verb : AllVerbs()) EXPECT_TRUE(words.insert(verb.words).second) << verb.words;
}

TEST(VerbsTest, EveryRowNamesFieldsAndWordsThatThereAre) {
  for (const Verb& verb : AllVerbs()) {
    const Descriptor& type = *FindMethod(verb.method)->input_type();
    auto paths = PathsOf(type);
    auto request = NewMessage(type);
    for (const Argument& argument : verb.arguments) {
      EXPECT_TRUE(paths.contains(argument.path)) << verb.words << ' ' << argument.path;
    }
    for (const Choice& choice : verb.choices) {
      EXPECT_TRUE(SetField(*request, choice.path, choice.word).ok()) << verb.words;
      EXPECT_TRUE(choice.value_path.empty() || paths.contains(choice.value_path)) << verb.words;
    }
    for (const Default& preset : verb.defaults) {
      EXPECT_TRUE(SetField(*request, preset.path, preset.word).ok()) << verb.words;
    }
  }
}

TEST(VerbsTest, NoTwoFieldsOfARequestShareAFlag) {
  for (const Verb& verb : AllVerbs()) {
    std::set<std::string> flags;
    const Descriptor& type = *FindMethod(verb.method)->input_type();
    for (const RequestField& field : FieldsOf(type)) {
      if (field.path == CallerPositionPath(type)) continue;
      EXPECT_TRUE(flags.insert(field.flag).second) << verb.words << " --" << field.flag;
    }
  }
}

TEST(VerbsTest, EveryNoteIsAboutAFieldOfSomeRequest) {
  std::set<std::string> paths;
  for (const Verb& verb : AllVerbs()) {
    for (const std::string& path : PathsOf(*FindMethod(verb.method)->input_type())) {
      paths.insert(path);
    }
  }
  for (const FieldNote& note : FieldNotes()) {
    EXPECT_TRUE(paths.contains(std::string(note.path))) << note.path;
  }
}

TEST(VerbsTest, EveryListHasAViewAndEveryColumnIsAFieldOfItsRows) {
  std::set<std::string> viewed;
  for (const ListView& view : ListViews()) viewed.insert(view.answer);
  for (const Verb& verb : AllVerbs()) {
    const Descriptor& answer = *FindMethod(verb.method)->output_type();
    if (answer.FindFieldByName("next_page_token") == nullptr) continue;
    if (answer.name() == "GetTimelineResponse") continue;  // Has a form of its own.
    EXPECT_EQ(viewed.count(answer.name()), 1u) << answer.name();
    for (const ListView& view : ListViews()) {
      if (view.answer != answer.name()) continue;
      auto row = NewMessage(*answer.FindFieldByName(view.rows)->message_type());
      // A path that names no field fails a CHECK.
      for (const Column& column : view.columns) TextAt(*row, column.path);
    }
  }
}

TEST(VerbsTest, MethodsAreFoundInEverySpelling) {
  for (const char* name :
       {"FrontDesk.Submit", "front-desk.submit", "onewindow.v1.FrontDesk.Submit"}) {
    ASSERT_NE(FindMethod(name), nullptr) << name;
    EXPECT_EQ(MethodName(*FindMethod(name)), "FrontDesk.Submit");
  }
  EXPECT_EQ(FindMethod("FrontDesk.Submitt"), nullptr);
}

}  // namespace
}  // namespace onewindow
