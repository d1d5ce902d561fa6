#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <variant>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "onewindow/v1/answers.pb.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/front_desk.pb.h"
#include "services/onewindow/terminal.h"
#include "services/onewindow/wire.h"

namespace onewindow {

// A file to be sent: read twice, for its digest and to be sent, and never held as a whole.
class LocalFile {
 public:
  // The fault names the file: kNotFound, kIo, kInvalid for a directory or an empty file.
  static Result<LocalFile> Open(const std::string& path);

  // Without its directory.
  const std::string& name() const { return name_; }
  uint64_t bytes() const { return bytes_; }
  const std::string& sha256() const { return sha256_; }
  // The next piece of 64 KiB; empty at the end.
  std::string NextPiece();

 private:
  LocalFile() = default;

  std::string name_;
  std::ifstream stream_;
  uint64_t bytes_ = 0;
  std::string sha256_;
};

// Sends header and content, with a bar of how far it is. The server has `timeout_seconds`, and as
// long as a slow line takes.
std::variant<CommandOutcome, CallFailure> SendFile(Wire& wire,
                                                   const AttachFileRequest::Header& header,
                                                   LocalFile& file, double timeout_seconds,
                                                   Terminal& terminal);

struct Destination {
  uint64_t bytes;  // To come.
  std::string path;
};
// Writes beside the destination, and puts the file there once it is whole: code 0. Only who asked
// may read it. Faults are those of the own disk.
Result<CallFailure> ReceiveFile(Wire& wire, const ReadAttachmentRequest& request,
                                const Destination& destination, Terminal& terminal);

// By id or the beginning of one. kInvalid where none or several fit.
Result<Attachment> FindFile(const CaseRecord& record, const std::string& wanted);

}  // namespace onewindow
