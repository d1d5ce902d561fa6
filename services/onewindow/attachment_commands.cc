#include "services/onewindow/attachment_commands.h"

#include <CLI/CLI.hpp>
#include <map>
#include <utility>

#include "services/onewindow/api.h"
#include "services/onewindow/call_run.h"
#include "services/onewindow/caller.h"
#include "services/onewindow/command_tree.h"
#include "services/onewindow/file_transfer.h"
#include "services/onewindow/request.h"

namespace onewindow {
namespace {

constexpr char kHeading[] = "Files";

struct AttachmentWish {
  std::string case_name;
  std::string file;  // To send, or to write to.
  std::string attachment;
  std::string material;
  std::string name;
  std::string media_type;
  std::string request_id;
};

// By the end of the file's name; other kinds are named by --type.
std::string MediaTypeOf(const std::string& file) {
  static const std::map<std::string, std::string> kTypes = {
      {"bmp", "image/bmp"},
      {"doc", "application/msword"},
      {"jpeg", "image/jpeg"},
      {"jpg", "image/jpeg"},
      {"mp3", "audio/mpeg"},
      {"mp4", "video/mp4"},
      {"ofd", "application/ofd"},
      {"pdf", "application/pdf"},
      {"png", "image/png"},
      {"tif", "image/tiff"},
      {"tiff", "image/tiff"},
      {"txt", "text/plain"},
      {"xls", "application/vnd.ms-excel"},
      {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
      {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}};
  const auto found = kTypes.find(file.substr(file.rfind('.') + 1));
  return found == kTypes.end() ? "" : found->second;
}

// One command: the way to the server, and what the case that it names is called there.
class AttachmentRun {
 public:
  AttachmentRun(const Calls& calls, Terminal& terminal)
      : calls_(calls), options_(calls.options), terminal_(terminal) {}

  ExitCode Attach(const AttachmentWish& wish) {
    auto file = LocalFile::Open(wish.file);
    if (!file.ok()) return Fail(terminal_, file.fault());
    AttachFileRequest::Header header;
    header.set_material(wish.material);
    header.set_name(wish.name.empty() ? file.value().name() : wish.name);
    header.set_media_type(wish.media_type.empty() ? MediaTypeOf(wish.file) : wish.media_type);
    header.set_bytes(file.value().bytes());
    header.set_sha256(file.value().sha256());
    if (header.media_type().empty()) {
      return Mistake(wish.file + ": its name does not say what kind of file it is; add --type");
    }
    header.mutable_envelope()->set_request_id(wish.request_id);
    CompleteRequest(header, options_.position);
    return WithCase(wish.case_name, [&](Wire& wire, uint64_t case_id) {
      header.set_case_id(case_id);
      auto sent = SendFile(wire, header, file.value(), options_.timeout_seconds, terminal_);
      if (auto* failure = std::get_if<CallFailure>(&sent)) {
        return Report(*failure, header.envelope().request_id());
      }
      return PrintOutcomeOf(std::get<CommandOutcome>(sent));
    });
  }

  ExitCode Get(const AttachmentWish& wish) {
    return WithCase(wish.case_name, [&](Wire& wire, uint64_t case_id) {
      GetCaseRequest asked;
      asked.set_case_id(case_id);
      asked.set_position(options_.position);
      Caller::Answer answer = CallerOver(wire).Call(*FindMethod("FrontDesk.GetCase"), asked);
      if (auto* failure = std::get_if<CallFailure>(&answer)) return Report(*failure, "");
      const auto& view = static_cast<const CaseView&>(
          *std::get<std::unique_ptr<google::protobuf::Message>>(answer));
      auto found = FindFile(view.record(), wish.attachment);
      if (!found.ok()) return Mistake(found.fault().message);
      ReadAttachmentRequest request;
      CompleteRequest(request, options_.position);
      request.set_case_id(case_id);
      request.set_attachment(found.value().id());
      return Receive(wire, request, found.value().bytes(), wish.file);
    });
  }

 private:
  Caller CallerOver(Wire& wire) const {
    return Caller(wire,
                  std::chrono::milliseconds(static_cast<int64_t>(options_.timeout_seconds * 1000)));
  }

  ExitCode WithCase(const std::string& name,
                    const std::function<ExitCode(Wire&, uint64_t)>& action) {
    const CaseNameKind kind = KindOfCaseName(name);
    if (kind == CaseNameKind::kNeither) {
      return Mistake("CASE: expected the id of a case or a receipt number of 20 digits, but got `" +
                     name + "`");
    }
    auto wire = calls_.Open();
    if (!wire.ok()) return Fail(terminal_, wire.fault());
    if (kind == CaseNameKind::kCaseId) return action(*wire.value(), std::stoull(name));
    auto found = CallerOver(*wire.value()).FindReceipt(name, options_.position);
    if (auto* failure = std::get_if<CallFailure>(&found)) return Report(*failure, "");
    return action(*wire.value(), std::get<uint64_t>(found));
  }

  ExitCode Receive(Wire& wire, const ReadAttachmentRequest& request, uint64_t bytes,
                   const std::string& path) {
    auto received = ReceiveFile(wire, request, {.bytes = bytes, .path = path}, terminal_);
    if (!received.ok()) return Fail(terminal_, received.fault());
    if (received.value().code != 0) return Report(received.value(), "");
    terminal_.out << path << ": " << bytes << " bytes\n";
    return ExitCode::kOk;
  }

  ExitCode PrintOutcomeOf(const CommandOutcome& outcome) {
    PrintTo(options_, outcome, terminal_);
    return ExitCode::kOk;
  }
  ExitCode Report(const CallFailure& failure, const std::string& request_id) {
    return ReportFailure(options_, failure, request_id, terminal_);
  }
  ExitCode Mistake(const std::string& what) {
    Complain(terminal_, what);
    return ExitCode::kUsage;
  }

  const Calls& calls_;
  const CallOptions& options_;
  Terminal& terminal_;
};

}  // namespace

void AddAttachmentCommands(CommandTree& tree, const std::shared_ptr<const Calls>& calls) {
  auto sent = std::make_shared<AttachmentWish>();
  CLI::App& attach = tree.Add(
      {.words = "attach",
       .heading = kHeading,
       .help = "Attach a file to a case: a scan, a photograph, a recording",
       .example = "onewindow attach 51012120261123000001 scan.pdf --material identity-card"},
      [calls, sent](Terminal& terminal) {
        return AttachmentRun(*calls, terminal).Attach(*sent);
      });
  attach.add_option("CASE", sent->case_name, "A case's id or receipt number")->required();
  attach.add_option("FILE", sent->file, "The file to send")->required();
  attach.add_option("--material", sent->material, "The item's material that it is, by id");
  attach.add_option("--name", sent->name, "What people call it; default: the file's own name");
  attach.add_option("--type", sent->media_type,
                    "Its kind, such as image/jpeg; default: by its name");
  attach.add_option("--request-id", sent->request_id, "To ask again for what was asked before");

  auto wanted = std::make_shared<AttachmentWish>();
  CLI::App& get =
      tree.Add({.words = "attachment get",
                .heading = kHeading,
                .help = "Save a file of a case; `show` lists them",
                .example = "onewindow attachment get 51012120261123000001 3f9a --to scan.pdf"},
               [calls, wanted](Terminal& terminal) {
                 return AttachmentRun(*calls, terminal).Get(*wanted);
               });
  get.add_option("CASE", wanted->case_name, "A case's id or receipt number")->required();
  get.add_option("ID", wanted->attachment, "Its id, or the beginning of it")->required();
  get.add_option("--to", wanted->file, "Where to put it; a file that is there is replaced")
      ->required();
}

}  // namespace onewindow
