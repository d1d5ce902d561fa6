#include "engine/attachments/file_writer.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "engine/attachments/file_paths.h"

namespace onewindow {

FileWriter::FileWriter(Paths paths, const FreeSpaceGuard& free_space, Descriptor file,
                       PieceCipher cipher)
    : paths_(std::move(paths)),
      free_space_(&free_space),
      file_(std::move(file)),
      cipher_(std::move(cipher)) {
  piece_.reserve(kPieceBytes);
}

FileWriter::FileWriter(FileWriter&& other) noexcept
    : paths_(std::exchange(other.paths_, {})),
      free_space_(other.free_space_),
      file_(std::move(other.file_)),
      cipher_(std::move(other.cipher_)),
      sealed_hash_(std::move(other.sealed_hash_)),
      content_hash_(std::move(other.content_hash_)),
      piece_(std::move(other.piece_)),
      bytes_(other.bytes_) {}

FileWriter::~FileWriter() {
  if (!paths_.draft.empty()) ::unlink(paths_.draft.c_str());
}

Status FileWriter::Add(std::string_view content) {
  content_hash_.Add(content);
  bytes_ += content.size();
  while (!content.empty()) {
    if (piece_.size() == kPieceBytes) {
      if (Status written = Write(cipher_.Seal(piece_, PiecePlace::kNotLast)); !written.ok()) {
        return written;
      }
      piece_.clear();
    }
    const size_t taken = std::min(content.size(), kPieceBytes - piece_.size());
    piece_.append(content.substr(0, taken));
    content.remove_prefix(taken);
  }
  return {};
}

Result<StoredFile> FileWriter::Finish() {
  if (bytes_ == 0) return Fault{FaultKind::kInvalid, "an empty file is not kept"};
  if (Status written = Write(cipher_.Seal(piece_, PiecePlace::kLast)); !written.ok()) {
    return written.fault();
  }
  if (::fsync(file_.number()) != 0) return SystemFault("Cannot sync", paths_.draft);
  StoredFile stored{
      .address = sealed_hash_.Finish(), .content_sha256 = content_hash_.Finish(), .bytes = bytes_};
  if (Status published = Publish(stored.address); !published.ok()) return published.fault();
  return stored;
}

Status FileWriter::Write(std::string_view sealed) {
  if (Status roomy = free_space_->Check(); !roomy.ok()) return roomy;
  sealed_hash_.Add(sealed);
  while (!sealed.empty()) {
    const ssize_t written = ::write(file_.number(), sealed.data(), sealed.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return SystemFault("Cannot write", paths_.draft);
    sealed.remove_prefix(static_cast<size_t>(written));
  }
  return {};
}

// First a mark that says whose file there will be, then the file: so whatever is cut short in
// between is found by its mark.
Status FileWriter::Publish(const std::string& address) {
  const std::string mark = MarkPath(paths_.root, address);
  if (std::rename(paths_.draft.c_str(), mark.c_str()) != 0) {
    return SystemFault("Cannot rename", paths_.draft);
  }
  paths_.draft = mark;
  if (Status synced = SyncDirectory(IncomingPath(paths_.root)); !synced.ok()) return synced;

  const std::string path = FilePath(paths_.root, address);
  const std::string folder = std::filesystem::path(path).parent_path();
  std::error_code error;
  if (std::filesystem::create_directory(folder, error)) {
    if (Status synced = SyncDirectory(paths_.root); !synced.ok()) return synced;
  }
  if (::link(mark.c_str(), path.c_str()) != 0) return SystemFault("Cannot link", path);
  paths_.draft.clear();
  return SyncDirectory(folder);
}

}  // namespace onewindow
