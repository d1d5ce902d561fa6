#include "services/onewindow/command_tree.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>

#include "engine/base/check.h"
#include "engine/yaml/nearest.h"

namespace onewindow {
namespace {

constexpr char kOverviewHead[] =
    "onewindow: the command line of OneWindow (一窗).\n"
    "\n";

constexpr char kOverviewTail[] =
    "\n"
    "Try:\n"
    "  echo '2025-09-26 5' | onewindow calendar due\n"
    "  onewindow worklist --position zhaozhen-window-1\n"
    "  onewindow explain 51012120261123000001\n"
    "\n"
    "`onewindow COMMAND --help` explains a command and shows an example.\n"
    "`onewindow --help` lists all of them, and the options that say which server to call and as "
    "whom.\n"
    "Ends with 0 done, 1 refused, 2 wrong command line, 3 check failed, 4 unavailable.\n";

constexpr size_t kHeadingWidth = 18;
constexpr size_t kLineWidth = 100;

CLI::App& Deepest(CLI::App& app) {
  CLI::App* deepest = &app;
  while (!deepest->get_subcommands().empty()) deepest = deepest->get_subcommands().front();
  return *deepest;
}

std::vector<std::string> SubcommandNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* child : app.get_subcommands({})) names.push_back(child->get_name());
  return names;
}

void CollectOptionNames(const CLI::App& app, std::vector<std::string>& names) {
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
}

std::string FullName(const CLI::App& app) {
  return app.get_parent() == nullptr ? app.get_name()
                                     : FullName(*app.get_parent()) + " " + app.get_name();
}

// What to say of the first word that nobody understood.
std::string Misunderstood(CLI::App& root, const std::string& word) {
  CLI::App& app = Deepest(root);
  if (word.starts_with("-")) {
    std::vector<std::string> options;
    CollectOptionNames(app, options);
    if (&app != &root) CollectOptionNames(root, options);
    std::string name = word.substr(0, word.find('='));
    return "unknown option `" + name + "`: " + Suggest(name, options);
  }
  auto names = SubcommandNames(app);
  if (names.empty()) return "`" + FullName(app) + "` takes no further `" + word + "`";
  return "unknown command `" + word + "`: " + Suggest(word, names);
}

}  // namespace

CommandTree::CommandTree() : root_(std::make_unique<CLI::App>("", "onewindow")) {
  root_->description("The command line of OneWindow (一窗).");
  root_->set_help_flag("-h,--help", "What the command does and takes");
  root_->fallthrough();  // And so every command, which takes it over from its parent.
  root_->require_subcommand(0, 1);
  root_->get_formatter()->column_width(34);
}

CommandTree::~CommandTree() = default;

CLI::App& CommandTree::Group(CLI::App& parent, const std::string& word,
                             const std::string& heading) {
  for (CLI::App* child : parent.get_subcommands({})) {
    if (child->get_name() == word) return *child;
  }
  CLI::App& made = *parent.add_subcommand(word, "Commands about the " + word);
  made.require_subcommand(0, 1);
  if (&parent == root_.get()) made.group(heading);
  return made;
}

CLI::App& CommandTree::Add(const CommandText& text, Action action) {
  CLI::App* parent = root_.get();
  std::istringstream words(text.words);
  std::string word;
  words >> word;
  for (std::string next; words >> next; word = next) parent = &Group(*parent, word, text.heading);
  CLI::App& made = *parent->add_subcommand(word, text.help);
  if (parent == root_.get()) made.group(text.heading);
  made.footer("\nExample:\n  " + text.example +
              "\n\nOptions for the server and for all commands: onewindow --help");
  made.callback([this, action] { chosen_ = action; });
  actions_[&made] = std::move(action);
  words_.push_back(text.words);
  return made;
}

CLI::App& CommandTree::Find(const std::string& words) {
  CLI::App* app = root_.get();
  std::istringstream stream(words);
  for (std::string word; stream >> word;) app = app->get_subcommand(word);
  return *app;
}

void CommandTree::AddAlternative(CLI::App& command, const CLI::Option& option, Action action) {
  command.callback([this, usual = actions_.at(&command), &option, action = std::move(action)] {
    chosen_ = option.count() > 0 ? action : usual;
  });
}

void CommandTree::PrintOverview(std::ostream& out) const {
  out << kOverviewHead;
  std::vector<std::string> headings;
  for (const CLI::App* child : root_->get_subcommands({})) {
    if (std::find(headings.begin(), headings.end(), child->get_group()) == headings.end()) {
      headings.push_back(child->get_group());
    }
  }
  for (const std::string& heading : headings) {
    std::string line = "  " + heading;
    line.resize(std::max(line.size(), kHeadingWidth - 1), ' ');
    for (const CLI::App* child : root_->get_subcommands({})) {
      if (child->get_group() != heading) continue;
      if (line.size() + 1 + child->get_name().size() > kLineWidth) {
        out << line << '\n';
        line.assign(kHeadingWidth - 1, ' ');
      }
      line += " " + child->get_name();
    }
    out << line << '\n';
  }
  out << kOverviewTail;
}

ExitCode CommandTree::ReportMistake(const std::string& what, Terminal& terminal) const {
  Complain(terminal, what);
  terminal.err << "See `" << FullName(Deepest(*root_)) << " --help`.\n";
  return ExitCode::kUsage;
}

ExitCode CommandTree::Run(const std::vector<std::string>& arguments, Terminal& terminal) {
  if (arguments.empty()) {
    PrintOverview(terminal.out);
    return ExitCode::kOk;
  }
  try {
    root_->parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    terminal.out << root_->help();
    return ExitCode::kOk;
  } catch (const CLI::ParseError& error) {
    auto left = root_->remaining(true);
    return ReportMistake(left.empty() ? error.what() : Misunderstood(*root_, left.front()),
                         terminal);
  }
  if (!chosen_) {
    return ReportMistake("`" + FullName(Deepest(*root_)) +
                             "` needs one more word: " + OneOf(SubcommandNames(Deepest(*root_))),
                         terminal);
  }
  return chosen_(terminal);
}

}  // namespace onewindow
