#include "engine/kv/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

namespace onewindow {
namespace {

Status WriteAll(const Descriptor& file, const std::string& path, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(file.number(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return SystemFault("Cannot write", path);
    content.remove_prefix(static_cast<size_t>(written));
  }
  if (::fsync(file.number()) != 0) return SystemFault("Cannot sync", path);
  return {};
}

std::string DirectoryOf(const std::string& path) {
  const std::string directory = std::filesystem::path(path).parent_path().string();
  return directory.empty() ? "." : directory;
}

}  // namespace

Status WriteDurably(const std::string& path, std::string_view content, mode_t mode) {
  const std::string draft = path + ".new";
  {
    const Descriptor file(::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
    if (!file.open()) return SystemFault("Cannot create", draft);
    if (Status written = WriteAll(file, draft, content); !written.ok()) return written;
  }
  if (std::rename(draft.c_str(), path.c_str()) != 0) return SystemFault("Cannot rename", draft);
  return SyncDirectory(DirectoryOf(path));
}

Result<std::string> ReadWhole(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.open()) return SystemFault("Cannot open", path);
  std::string content;
  char chunk[4096];
  while (true) {
    const ssize_t count = ::read(file.number(), chunk, sizeof chunk);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return SystemFault("Cannot read", path);
    if (count == 0) return content;
    content.append(chunk, static_cast<size_t>(count));
  }
}

Status SyncDirectory(const std::string& directory) {
  const Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.open()) return SystemFault("Cannot open", directory);
  if (::fsync(opened.number()) != 0) return SystemFault("Cannot sync", directory);
  return {};
}

Fault SystemFault(std::string_view what, const std::string& path) {
  const int code = errno;
  FaultKind kind = FaultKind::kIo;
  if (code == ENOENT) kind = FaultKind::kNotFound;
  if (code == EEXIST) kind = FaultKind::kExists;
  if (code == ENOSPC || code == EDQUOT) kind = FaultKind::kNoSpace;
  return {.kind = kind,
          .message = std::string(what) + " " + path + ": " + std::generic_category().message(code)};
}

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (open()) ::close(number_);
}

}  // namespace onewindow
