#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "services/onewindow/exit_code.h"
#include "services/onewindow/terminal.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace onewindow {

// What the help says of a command.
struct CommandText {
  std::string words;    // As typed: "calendar due".
  std::string heading;  // Of the overview that it stands under: "Front desk".
  std::string help;     // One line, a wish in the imperative.
  std::string example;  // A whole command line that works.
};

using Action = std::function<ExitCode(Terminal&)>;

// All commands by their words. Commands add themselves with their options; parsing runs none of
// them, so that every mistake on the command line is found before anything is done.
class CommandTree {
 public:
  CommandTree();
  ~CommandTree();
  CommandTree(const CommandTree&) = delete;
  CommandTree& operator=(const CommandTree&) = delete;

  // Makes the command, and the groups that its words name. Options are added to what it returns,
  // which lives as long as the tree. Requires: the words are new.
  CLI::App& Add(const CommandText& text, Action action);
  // Requires: there is such a command.
  CLI::App& Find(const std::string& words);
  // Another way to do what the command does, taken where the option is given.
  void AddAlternative(CLI::App& command, const CLI::Option& option, Action action);
  // Options that every command takes are added here.
  CLI::App& root() { return *root_; }

  // Parses, runs and gives the code to end with. `arguments` are without the program's name.
  ExitCode Run(const std::vector<std::string>& arguments, Terminal& terminal);

  // The words of every command, in the order they were added.
  const std::vector<std::string>& words() const { return words_; }

 private:
  CLI::App& Group(CLI::App& parent, const std::string& word, const std::string& heading);
  void PrintOverview(std::ostream& out) const;
  ExitCode ReportMistake(const std::string& what, Terminal& terminal) const;

  std::unique_ptr<CLI::App> root_;
  std::vector<std::string> words_;
  std::map<const CLI::App*, Action> actions_;
  Action chosen_;
};

}  // namespace onewindow
