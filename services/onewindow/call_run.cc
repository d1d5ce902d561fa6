#include "services/onewindow/call_run.h"

#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "services/onewindow/answers.h"
#include "services/onewindow/caller.h"
#include "services/onewindow/files.h"
#include "services/onewindow/refusal.h"
#include "services/onewindow/request_fields.h"

namespace onewindow {
namespace {

using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

void PrintLines(const CallOptions& options, const Message& answer, JsonLines lines,
                Terminal& terminal) {
  if (options.output == Output::kJson) {
    terminal.out << AnswerJson(answer, lines) << std::endl;
  } else {
    PrintAnswer(answer, terminal.out);
    terminal.out << std::flush;
  }
}

Result<std::string> JsonFrom(const std::string& file, std::istream& in) {
  if (file.empty()) return std::string("{}");
  if (file == "-") return std::string(std::istreambuf_iterator<char>(in), {});
  return ReadWholeFile(file);
}

class CallRun {
 public:
  CallRun(Wire& wire, const CallOptions& options, Terminal& terminal)
      : caller_(wire,
                std::chrono::milliseconds(static_cast<int64_t>(options.timeout_seconds * 1000))),
        options_(options),
        terminal_(terminal) {}

  ExitCode Run(const MethodDescriptor& method, Message& request, const Wish& wish) {
    if (!wish.case_name.empty()) {
      auto named = NameCase(request, wish.case_name);
      if (named) return Refused(*named, "");
    }
    CompleteRequest(request, options_.position);
    if (method.server_streaming()) return Watch(method, request, wish.answers_max);
    Caller::Answer answer =
        wish.all_pieces ? caller_.CallForAll(method, request) : caller_.Call(method, request);
    if (auto* failure = std::get_if<CallFailure>(&answer)) {
      return Refused(*failure, RequestIdOf(request));
    }
    Print(*std::get<std::unique_ptr<Message>>(answer), JsonLines::kMany);
    return ExitCode::kOk;
  }

 private:
  // Requires: the name is an id or a receipt number.
  std::optional<CallFailure> NameCase(Message& request, const std::string& name) {
    std::string id = name;
    if (KindOfCaseName(name) == CaseNameKind::kReceiptNumber) {
      auto found = caller_.FindReceipt(name, options_.position);
      if (auto* failure = std::get_if<CallFailure>(&found)) return std::move(*failure);
      id = std::to_string(std::get<uint64_t>(found));
    }
    auto set = SetField(request, "case_id", id);
    CHECK(set.ok()) << set.fault().message;
    return std::nullopt;
  }

  ExitCode Watch(const MethodDescriptor& method, const Message& request, uint64_t answers_max) {
    uint64_t answers = 0;
    CallFailure end = caller_.Watch(method, request, [&](const Message& answer) {
      Print(answer, JsonLines::kOne);
      return ++answers == answers_max ? MoreWanted::kNo : MoreWanted::kYes;
    });
    return end.code == 0 ? ExitCode::kOk : Refused(end, "");
  }

  void Print(const Message& answer, JsonLines lines) {
    PrintLines(options_, answer, lines, terminal_);
  }

  ExitCode Refused(const CallFailure& failure, const std::string& request_id) {
    return ReportFailure(options_, failure, request_id, terminal_);
  }

  Caller caller_;
  const CallOptions& options_;
  Terminal& terminal_;
};

}  // namespace

Result<std::unique_ptr<Message>> RequestOf(const Verb& verb, const Wish& wish, std::istream& in) {
  Result<std::string> json = JsonFrom(wish.from, in);
  if (!json.ok()) return json.fault();
  return MakeRequest(verb, wish.fields, json.value());
}

ExitCode RunCall(Wire& wire, const CallOptions& options, const MethodDescriptor& method,
                 Message& request, const Wish& wish, Terminal& terminal) {
  return CallRun(wire, options, terminal).Run(method, request, wish);
}

void PrintTo(const CallOptions& options, const Message& answer, Terminal& terminal) {
  PrintLines(options, answer, JsonLines::kMany, terminal);
}

ExitCode ReportFailure(const CallOptions& options, const CallFailure& failure,
                       const std::string& request_id, Terminal& terminal) {
  if (options.output == Output::kJson) {
    terminal.err << RefusalJson(failure) << '\n';
  } else {
    Complain(terminal, RefusalText(failure));
  }
  ExitCode code = ExitCodeOf(failure);
  if (code == ExitCode::kUnavailable && !IsSurelyNotDone(failure) && !request_id.empty()) {
    terminal.err << "It may or may not have been done. To ask again safely, add --request-id "
                 << request_id << '\n';
  }
  return code;
}

}  // namespace onewindow
