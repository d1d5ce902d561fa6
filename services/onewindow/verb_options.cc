#include "services/onewindow/verb_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "engine/base/check.h"
#include "services/onewindow/api.h"
#include "services/onewindow/request_fields.h"

namespace onewindow {
namespace {

constexpr char kCaseId[] = "case_id";
constexpr char kPageToken[] = "paging.page_token";
constexpr char kEnvelope[] = "envelope.";

class VerbOptions {
 public:
  VerbOptions(CLI::App& app, const Verb& verb, std::shared_ptr<Wish> wish)
      : app_(app), verb_(verb), wish_(std::move(wish)) {}

  void Add() {
    const auto* method = FindMethod(verb_.method);
    CHECK(method != nullptr) << verb_.method;
    taken_.push_back(CallerPositionPath(*method->input_type()));
    for (const Choice& choice : verb_.choices) AddChoice(choice);
    for (const RequestField& field : FieldsOf(*method->input_type())) {
      bool taken = std::find(taken_.begin(), taken_.end(), field.path) != taken_.end();
      if (!taken) AddField(field);
    }
    if (CarriesPersonalData(*method->input_type())) {
      app_.add_option("--from", wish_->from,
                      "Read the request as JSON, - from standard input: other users of this "
                      "machine see the words of a command line, and shells keep them")
          ->type_name("FILE");
    }
    if (method->server_streaming()) {
      app_.add_option("--messages", wish_->answers_max, "End after so many; default: never");
    }
  }

 private:
  void AddChoice(const Choice& choice) {
    taken_.push_back(choice.path);
    auto say = [wish = wish_, choice] { wish->fields[choice.path] = {choice.word}; };
    CLI::Option* option = nullptr;
    if (choice.value_path.empty()) {
      option = app_.add_flag_callback("--" + choice.flag, say, choice.help);
    } else {
      taken_.push_back(choice.value_path);
      option = app_.add_option_function<std::string>(
          "--" + choice.flag,
          [wish = wish_, choice, say](const std::string& value) {
            say();
            wish->fields[choice.value_path] = {value};
          },
          choice.help);
    }
    for (CLI::Option* other : choices_) option->excludes(other);
    choices_.push_back(option);
  }

  void AddField(const RequestField& field) {
    if (field.path == kCaseId) {
      app_.add_option("CASE", wish_->case_name, "A case's id or receipt number")->required();
      return;
    }
    if (field.path == kPageToken) app_.add_flag("--all", wish_->all_pieces, "Fetch every piece");
    for (const Argument& argument : verb_.arguments) {
      if (argument.path != field.path) continue;
      AddOption(field, argument.name)->required();
      return;
    }
    CLI::Option* option = AddOption(field, "--" + field.flag);
    if (field.path.starts_with(kEnvelope)) option->group("Every command");
  }

  CLI::Option* AddOption(const RequestField& field, const std::string& name) {
    auto set = [wish = wish_, path = field.path](std::vector<std::string> values) {
      wish->fields[path] = std::move(values);
    };
    switch (field.form) {
      case FieldForm::kSwitch:
        return app_.add_flag_callback(
            name, [set] { set({"true"}); }, field.help);
      case FieldForm::kOne:
      case FieldForm::kDocument:
        return app_
            .add_option_function<std::string>(
                name, [set](const std::string& value) { set({value}); }, field.help)
            ->type_name(field.value);
      case FieldForm::kList:
      case FieldForm::kPairs:
        return app_.add_option_function<std::vector<std::string>>(name, set, field.help)
            ->type_name(field.value)
            ->allow_extra_args(false);
    }
    CHECK(false) << field.path;
    return nullptr;
  }

  CLI::App& app_;
  const Verb& verb_;
  std::shared_ptr<Wish> wish_;
  std::vector<std::string> taken_;  // Paths that no flag of their own sets.
  std::vector<CLI::Option*> choices_;
};

}  // namespace

void AddVerbOptions(CLI::App& app, const Verb& verb, const std::shared_ptr<Wish>& wish) {
  VerbOptions(app, verb, wish).Add();
}

}  // namespace onewindow
