#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>

#include "engine/base/ids.h"
#include "engine/base/name.h"
#include "engine/yaml/load.h"
#include "engine/yaml/write.h"
#include "onewindow/v1/credentials.pb.h"
#include "services/onewindow/command_tree.h"
#include "services/onewindow/files.h"
#include "services/onewindow/offline_commands.h"
#include "services/onewindow/token.h"

namespace onewindow {
namespace {

constexpr char kHeading[] = "Server";
// Of a list below its key, as WriteYaml writes it.
constexpr size_t kIndent = 2;

struct NewCredential {
  std::string person;
  std::string note;
  std::string add_to;  // Empty: only shown.
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

// The lines of a list one level further out: YAML takes both below "credentials:".
std::string Outdented(const std::string& lines) {
  std::string outdented;
  for (size_t at = 0; at < lines.size();) {
    const size_t next = lines.find('\n', at) + 1;
    outdented += lines.substr(at + kIndent, next - at - kIndent);
    at = next;
  }
  return outdented;
}

// What has to stand behind the text to add the entry: with its key where there is no list yet, else
// in the style of the list.
Result<std::string> Addition(const std::string& path, const std::string& text,
                             const CredentialsFile& entry) {
  const std::string whole = WriteYaml(entry);
  const std::string lines = whole.substr(whole.find('\n') + 1);
  const std::string line_end = text.empty() || text.ends_with('\n') ? "" : "\n";
  for (const std::string& styled : {whole, lines, Outdented(lines)}) {
    std::string addition = line_end + styled;
    if (LoadYaml<CredentialsFile>({.file = path, .text = text + addition}).ok()) return addition;
  }
  return Fault{FaultKind::kInvalid,
               path +
                   ": expected a list `credentials` with one entry below the other; nothing was "
                   "changed"};
}

// Writes behind what is there, so that remarks, owner and permissions of the file stay.
Status Append(const std::string& path, const CredentialsFile& entry) {
  Result<std::string> there = ReadWholeFile(path);
  if (!there.ok() && there.fault().kind != FaultKind::kNotFound) return there.fault();
  auto addition = Addition(path, there.ok() ? there.value() : "", entry);
  if (!addition.ok()) return addition.fault();
  std::ofstream file(path, std::ios::binary | std::ios::app);
  file << addition.value();
  file.close();
  if (file) return {};
  return Fault{FaultKind::kIo, path + ": cannot be written"};
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
  if (wish.add_to.empty()) {
    terminal.err << "For the server's credentials file:\n" << WriteYaml(entry);
  } else if (Status added = Append(wish.add_to, entry); !added.ok()) {
    return Fail(terminal, added.fault());
  }
  terminal.out << token << '\n';
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
       .help = "Make a random token, and its entry for the server's credentials file (on standard "
               "error, or with --add-to in the file)",
       .example = "onewindow credentials make --person zhao-jia --add-to credentials.yaml "
                  "> token.txt"},
      [wish](Terminal& terminal) { return Make(*wish, terminal); });
  make.add_option("--person", wish->person, "Who will call with it")->required();
  make.add_option("--note", wish->note, "For people");
  make.add_option("--add-to", wish->add_to,
                  "The credentials file that the entry is added to; a running server takes it up "
                  "by itself");
}

}  // namespace onewindow
