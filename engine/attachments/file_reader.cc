#include "engine/attachments/file_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace onewindow {

FileReader::FileReader(std::string address, Descriptor file, uint64_t rest,
                       const FileHeader& header, FileKey key)
    : address_(std::move(address)),
      file_(std::move(file)),
      rest_(rest),
      cipher_(PieceCipher::Direction::kOpen, key, header) {
  hash_.Add(EncodeFileHeader(header));
}

Fault FileReader::Damaged() const {
  return {FaultKind::kCorrupt, "The attachment " + address_ + " is not what was written"};
}

Result<std::optional<std::string>> FileReader::Next() {
  if (rest_ == 0) return std::optional<std::string>();
  const size_t size = std::min<uint64_t>(rest_, kPieceBytes + kPieceTagBytes);
  Result<std::string> sealed = ReadBytes(file_, address_, size);
  if (!sealed.ok()) return sealed.fault();
  if (sealed.value().size() != size) return Damaged();
  rest_ -= size;
  hash_.Add(sealed.value());
  const PiecePlace place = rest_ == 0 ? PiecePlace::kLast : PiecePlace::kNotLast;
  std::optional<std::string> piece = cipher_.Open(sealed.value(), place);
  if (!piece) return Damaged();
  if (rest_ == 0 && hash_.Finish() != address_) return Damaged();
  return piece;
}

Result<std::string> ReadBytes(const Descriptor& file, const std::string& name, size_t count) {
  std::string bytes(count, '\0');
  size_t filled = 0;
  while (filled < count) {
    const ssize_t got = ::read(file.number(), bytes.data() + filled, count - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return SystemFault("Cannot read", name);
    if (got == 0) break;
    filled += static_cast<size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

Status CheckStoredFile(const std::string& path, const std::string& address) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.open()) return SystemFault("Cannot open", path);
  FileHash hash;
  while (true) {
    Result<std::string> bytes = ReadBytes(file, path, kPieceBytes);
    if (!bytes.ok()) return bytes.fault();
    hash.Add(bytes.value());
    if (bytes.value().size() < kPieceBytes) break;
  }
  if (hash.Finish() == address) return {};
  return Fault{FaultKind::kCorrupt, path + " is not what was written"};
}

}  // namespace onewindow
