#include "services/onewindow/call_commands.h"

#include <google/protobuf/util/json_util.h>

#include <CLI/CLI.hpp>
#include <iterator>
#include <memory>

#include "engine/yaml/nearest.h"
#include "services/onewindow/api.h"
#include "services/onewindow/attachment_commands.h"
#include "services/onewindow/call_options.h"
#include "services/onewindow/call_run.h"
#include "services/onewindow/command_tree.h"
#include "services/onewindow/reassign_all_command.h"
#include "services/onewindow/request.h"
#include "services/onewindow/verb_options.h"
#include "services/onewindow/verbs.h"

namespace onewindow {
namespace {

using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

ExitCode RunOverWire(const Calls& calls, const MethodDescriptor& method, Message& request,
                     const Wish& wish, Terminal& terminal) {
  auto wire = calls.Open();
  if (!wire.ok()) return Fail(terminal, wire.fault());
  return RunCall(*wire.value(), calls.options, method, request, wish, terminal);
}

ExitCode RunVerb(const Calls& calls, const Verb& verb, const Wish& wish, Terminal& terminal) {
  auto request = RequestOf(verb, wish, terminal.in);
  if (!request.ok()) {
    Complain(terminal, request.fault().message);
    return ExitCode::kUsage;
  }
  if (!wish.case_name.empty() && KindOfCaseName(wish.case_name) == CaseNameKind::kNeither) {
    Complain(terminal,
             "CASE: expected the id of a case or a receipt number of 20 digits, but got `" +
                 wish.case_name + "`");
    return ExitCode::kUsage;
  }
  return RunOverWire(calls, *FindMethod(verb.method), *request.value(), wish, terminal);
}

ExitCode RunByName(const Calls& calls, const std::string& name, Wish& wish, Terminal& terminal) {
  const MethodDescriptor* method = FindMethod(name);
  if (method == nullptr) {
    Complain(terminal, "unknown call `" + name + "`: " + Suggest(name, MethodNames()));
    return ExitCode::kUsage;
  }
  if (wish.json.empty()) wish.json = "{}";
  if (wish.json == "-") wish.json.assign(std::istreambuf_iterator<char>(terminal.in), {});
  auto request = NewMessage(*method->input_type());
  auto read = google::protobuf::util::JsonStringToMessage(wish.json, request.get());
  if (!read.ok()) {
    Complain(terminal, "--json: " + std::string(read.message()));
    return ExitCode::kUsage;
  }
  return RunOverWire(calls, *method, *request, wish, terminal);
}

}  // namespace

std::shared_ptr<const Calls> AddCallCommands(CommandTree& tree, const OpenWire& open_wire) {
  auto calls = std::make_shared<Calls>();
  calls->open_wire = open_wire;
  AddCallOptions(tree.root(), calls->options);
  for (const VerbGroup& group : VerbGroups()) {
    for (const Verb& verb : group.verbs) {
      auto wish = std::make_shared<Wish>();
      CLI::App& app = tree.Add({.words = verb.words,
                                .heading = group.heading,
                                .help = verb.help,
                                .example = "onewindow " + verb.words + " " + verb.example},
                               [calls, &verb, wish](Terminal& terminal) {
                                 return RunVerb(*calls, verb, *wish, terminal);
                               });
      AddVerbOptions(app, verb, wish);
    }
  }

  AddReassignAllCommand(tree, calls);
  AddAttachmentCommands(tree, calls);

  auto wish = std::make_shared<Wish>();
  auto name = std::make_shared<std::string>();
  CLI::App& call =
      tree.Add({.words = "call",
                .heading = "Programs",
                .help = "Call any method with a request in JSON; without --json with an empty one",
                .example = "onewindow call front-desk.get-case --json '{\"case_id\": 42}' -o json"},
               [calls, wish, name](Terminal& terminal) {
                 return RunByName(*calls, *name, *wish, terminal);
               });
  call.add_option("METHOD", *name, "SERVICE.METHOD, such as front-desk.submit")->required();
  call.add_option("--json", wish->json, "The request; - reads it from standard input");
  call.add_option("--messages", wish->answers_max, "Of a watch: end after so many");
  return calls;
}

}  // namespace onewindow
