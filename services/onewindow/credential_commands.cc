#include <CLI/CLI.hpp>
#include <memory>

#include "engine/base/ids.h"
#include "engine/base/name.h"
#include "engine/yaml/write.h"
#include "onewindow/v1/credentials.pb.h"
#include "services/onewindow/command_tree.h"
#include "services/onewindow/offline_commands.h"
#include "services/onewindow/token.h"

namespace onewindow {
namespace {

constexpr char kHeading[] = "Server";

struct NewCredential {
  std::string person;
  std::string note;
};

ExitCode Hash(Terminal& terminal) {
  std::string token;
  std::getline(terminal.in, token);
  if (token.ends_with('\r')) token.pop_back();
  if (token.empty()) {
    return Fail(terminal, {FaultKind::kInvalid, "expected a token on standard input"});
  }
  terminal.out << TokenSha256(token) << '\n';
  return ExitCode::kOk;
}

// The token alone goes to standard output, so that it can be kept without being seen.
ExitCode Make(const NewCredential& wish, Terminal& terminal) {
  if (!IsName(wish.person)) {
    return Fail(terminal, {FaultKind::kInvalid,
                           "--person: expected the id of a person, in a-z, "
                           "0-9 and `-`, but got `" +
                               wish.person + "`"});
  }
  std::string token = MakeToken();
  CredentialsFile entry;
  Credential& credential = *entry.add_credentials();
  credential.set_token_sha256(TokenSha256(token));
  credential.set_person(wish.person);
  credential.set_note(wish.note);
  terminal.out << token << '\n';
  terminal.err << "For the server's credentials file:\n" << WriteYaml(entry);
  return ExitCode::kOk;
}

}  // namespace

void AddCredentialCommands(CommandTree& tree) {
  tree.Add({.words = "credentials hash",
            .heading = kHeading,
            .help = "Read a token from standard input and print what the credentials file holds "
                    "of it",
            .example = "onewindow credentials hash < token.txt"},
           Hash);

  auto wish = std::make_shared<NewCredential>();
  CLI::App& make = tree.Add(
      {.words = "credentials make",
       .heading = kHeading,
       .help = "Make a random token, and the entry of the credentials file for it (on standard "
               "error)",
       .example = "onewindow credentials make --person zhaozhen-window-jia > token.txt"},
      [wish](Terminal& terminal) { return Make(*wish, terminal); });
  make.add_option("--person", wish->person, "Who will call with it")->required();
  make.add_option("--note", wish->note, "For people");
}

}  // namespace onewindow
