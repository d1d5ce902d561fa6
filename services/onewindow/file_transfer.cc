#include "services/onewindow/file_transfer.h"

#include <fcntl.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include "engine/attachments/file_hash.h"
#include "engine/attachments/piece_cipher.h"
#include "engine/kv/durable_file.h"
#include "services/onewindow/progress_bar.h"

namespace onewindow {
namespace {

namespace fs = std::filesystem;

constexpr char kAttachFile[] = "/onewindow.v1.FrontDesk/AttachFile";
constexpr char kReadAttachment[] = "/onewindow.v1.FrontDesk/ReadAttachment";
constexpr double kSlowLineBytesPerSecond = 64 << 10;
constexpr int kInternal = 13;

CallFailure Unreadable() {
  return {.code = kInternal, .message = "The answer cannot be read", .details = ""};
}

Fault CannotWrite(const std::string& path) {
  return {FaultKind::kIo, path + ": " + std::strerror(errno)};
}

// An empty file that its owner alone may read, as what comes is a person's. What lay there is gone.
Status MakePrivate(const std::string& path) {
  std::error_code ignored;
  fs::remove(path, ignored);
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.open()) return CannotWrite(path);
  return {};
}

}  // namespace

Result<LocalFile> LocalFile::Open(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    return Fault{FaultKind::kInvalid, path + ": is a directory"};
  }
  LocalFile file;
  file.name_ = fs::path(path).filename().string();
  file.stream_.open(path, std::ios::binary);
  if (!file.stream_) {
    const FaultKind kind = errno == ENOENT ? FaultKind::kNotFound : FaultKind::kIo;
    return Fault{kind, path + ": " + std::strerror(errno)};
  }
  FileHash hash;
  for (std::string piece = file.NextPiece(); !piece.empty(); piece = file.NextPiece()) {
    hash.Add(piece);
    file.bytes_ += piece.size();
  }
  if (file.stream_.bad()) return Fault{FaultKind::kIo, path + ": cannot be read"};
  if (file.bytes_ == 0) return Fault{FaultKind::kInvalid, path + ": is empty"};
  file.sha256_ = hash.Finish();
  file.stream_.clear();
  file.stream_.seekg(0);
  return file;
}

std::string LocalFile::NextPiece() {
  std::string piece(kPieceBytes, '\0');
  stream_.read(piece.data(), static_cast<std::streamsize>(piece.size()));
  piece.resize(static_cast<size_t>(stream_.gcount()));
  return piece;
}

std::variant<CommandOutcome, CallFailure> SendFile(Wire& wire,
                                                   const AttachFileRequest::Header& header,
                                                   LocalFile& file, double timeout_seconds,
                                                   Terminal& terminal) {
  ProgressBar progress(terminal, "attach");
  uint64_t sent = 0;
  bool begun = false;
  const auto next = [&]() -> std::optional<std::string> {
    AttachFileRequest request;
    if (!begun) {
      begun = true;
      *request.mutable_header() = header;
      return request.SerializeAsString();
    }
    *request.mutable_piece() = file.NextPiece();
    if (request.piece().empty()) return std::nullopt;
    sent += request.piece().size();
    progress.Show(sent, header.bytes());
    return request.SerializeAsString();
  };
  const double seconds =
      timeout_seconds + static_cast<double>(header.bytes()) / kSlowLineBytesPerSecond;
  auto answer =
      wire.Send(kAttachFile, next, std::chrono::milliseconds(static_cast<int64_t>(seconds * 1000)));
  if (auto* failure = std::get_if<CallFailure>(&answer)) return std::move(*failure);
  CommandOutcome outcome;
  if (!outcome.ParseFromString(std::get<std::string>(answer))) return Unreadable();
  return outcome;
}

Result<CallFailure> ReceiveFile(Wire& wire, const ReadAttachmentRequest& request,
                                const Destination& destination, Terminal& terminal) {
  const std::string draft = destination.path + ".part";
  if (Status made = MakePrivate(draft); !made.ok()) return made.fault();
  std::ofstream stream(draft, std::ios::binary | std::ios::trunc);
  if (!stream) return CannotWrite(draft);
  ProgressBar progress(terminal, "attachment get");
  uint64_t received = 0;
  bool readable = true;
  CallFailure end =
      wire.Watch(kReadAttachment, request.SerializeAsString(), [&](const std::string& bytes) {
        AttachmentPiece piece;
        readable = piece.ParseFromString(bytes);
        stream << piece.content();
        received += piece.content().size();
        progress.Show(received, destination.bytes);
        return readable && stream ? MoreWanted::kYes : MoreWanted::kNo;
      });
  stream.close();
  const bool written = static_cast<bool>(stream);
  if (!readable) end = Unreadable();
  std::error_code error;
  if (end.code == 0 && written) fs::rename(draft, destination.path, error);
  if (end.code == 0 && written && !error) return end;
  std::error_code ignored;
  fs::remove(draft, ignored);
  if (end.code != 0) return end;
  return Fault{FaultKind::kIo, destination.path + ": cannot be written"};
}

Result<Attachment> FindFile(const CaseRecord& record, const std::string& wanted) {
  std::vector<const Attachment*> fitting;
  for (const Attachment& attachment : record.attachments()) {
    if (attachment.id().starts_with(wanted)) fitting.push_back(&attachment);
  }
  if (fitting.size() == 1) return *fitting.front();
  return Fault{FaultKind::kInvalid, "ID: " + std::to_string(fitting.size()) + " of the case's " +
                                        std::to_string(record.attachments_size()) + " files fit `" +
                                        wanted + "`; `show` lists them with their ids"};
}

}  // namespace onewindow
