#pragma once

#include <string>
#include <vector>

namespace onewindow {

// A word that stands without dashes behind the command, for a field of the request.
struct Argument {
  std::string name;  // For help: "ITEM".
  std::string path;
};

// A flag that says several things at once.
struct Choice {
  std::string flag;  // "return-to"
  // What it sets: a field and a word, "action" and "return_to_step".
  std::string path;
  std::string word;
  std::string help;
  // The field that takes the flag's value; empty: it has none.
  std::string value_path = "";
};

// What a field is set to unless the command line sets it, where the message it stands in is there.
struct Default {
  std::string path;
  std::string word;
};

// One call as a command. Its flags follow from the request message; only what people would not
// guess stands here.
struct Verb {
  std::string words;    // "certificate receive"
  std::string method;   // "UnifiedWindow.ReceiveCertificate"
  std::string help;     // One line.
  std::string example;  // What stands behind the words.
  std::vector<Argument> arguments = {};
  std::vector<Choice> choices = {};
  std::vector<Default> defaults = {};
};

// The commands of a service stand under one heading of the overview.
struct VerbGroup {
  std::string heading;
  std::vector<Verb> verbs;
};

// Every call of every service has a row: a test walks the descriptors. A request with a case_id
// takes CASE as its first argument, a case's id or receipt number.
const std::vector<VerbGroup>& VerbGroups();

}  // namespace onewindow
