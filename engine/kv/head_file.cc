#include "engine/kv/head_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <concepts>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/base/check.h"
#include "engine/kv/crc32c.h"

namespace onewindow {
namespace {

constexpr std::string_view kMagic = "OWHEAD1\n";
constexpr size_t kReservedBytes = 12;
constexpr size_t kSequenceAt = 8;
constexpr size_t kHashAt = 16;
constexpr size_t kCrcAt = 60;
constexpr size_t kSlotDistance = 4096;
constexpr size_t kSlots = 2;

template <std::unsigned_integral Number>
void AppendBigEndian(std::string& bytes, Number number) {
  for (size_t shift = sizeof(Number) * 8; shift > 0; shift -= 8) {
    bytes.push_back(static_cast<char>((number >> (shift - 8)) & 0xFF));
  }
}

uint64_t ReadBigEndian(std::string_view bytes) {
  uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<uint8_t>(byte);
  return number;
}

// Which slot counts, and what it says.
struct NewestSlot {
  size_t slot;
  Head head;
};

Result<NewestSlot> FindNewest(const std::string& path) {
  const Result<std::string> content = ReadWhole(path);
  if (!content.ok()) return content.fault();
  std::optional<NewestSlot> newest;
  for (size_t slot = 0; slot < kSlots; ++slot) {
    const std::string_view bytes = content.value();
    if (bytes.size() < slot * kSlotDistance) break;
    const Result<Head> head = DecodeHead(bytes.substr(slot * kSlotDistance, kHeadRecordBytes));
    if (!head.ok()) continue;
    if (!newest || head.value().sequence > newest->head.sequence) {
      newest = NewestSlot{.slot = slot, .head = head.value()};
    }
  }
  if (!newest) return Fault{FaultKind::kCorrupt, path + " has no valid record in either slot"};
  return *newest;
}

}  // namespace

std::string EncodeHead(const Head& head) {
  std::string record(kMagic);
  AppendBigEndian(record, head.sequence.value);
  record.append(head.hash.begin(), head.hash.end());
  record.append(kReservedBytes, '\0');
  AppendBigEndian(record, Crc32c(record));
  CHECK(record.size() == kHeadRecordBytes);
  return record;
}

Result<Head> DecodeHead(std::string_view record) {
  if (record.size() != kHeadRecordBytes || !record.starts_with(kMagic) ||
      ReadBigEndian(record.substr(kCrcAt)) != Crc32c(record.substr(0, kCrcAt))) {
    return Fault{FaultKind::kCorrupt, "Expected a head record, but its checksum does not fit"};
  }
  Head head;
  head.sequence.value = ReadBigEndian(record.substr(kSequenceAt, kHashAt - kSequenceAt));
  std::copy_n(record.begin() + kHashAt, head.hash.size(), head.hash.begin());
  return head;
}

Result<HeadFile> HeadFile::Create(const std::string& path, const Head& head) {
  std::string slot = EncodeHead(head);
  slot.resize(kSlotDistance);
  if (Status written = WriteDurably(path, slot + slot); !written.ok()) return written.fault();
  return Open(path);
}

Result<HeadFile> HeadFile::Open(const std::string& path) {
  const Result<NewestSlot> newest = FindNewest(path);
  if (!newest.ok()) return newest.fault();
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!file.open()) return SystemFault("Cannot open", path);
  return HeadFile(path, std::move(file), newest.value().head, (newest.value().slot + 1) % kSlots);
}

Result<Head> HeadFile::Read(const std::string& path) {
  const Result<NewestSlot> newest = FindNewest(path);
  if (!newest.ok()) return newest.fault();
  return newest.value().head;
}

HeadFile::HeadFile(std::string path, Descriptor file, Head head, size_t next_slot)
    : path_(std::move(path)), file_(std::move(file)), head_(head), next_slot_(next_slot) {}

Status HeadFile::Write(const Head& head) {
  CHECK(head.sequence > head_.sequence) << head.sequence.value;
  const std::string record = EncodeHead(head);
  const auto offset = static_cast<off_t>(next_slot_ * kSlotDistance);
  ssize_t written = 0;
  do {
    written = ::pwrite(file_.number(), record.data(), record.size(), offset);
  } while (written < 0 && errno == EINTR);
  if (written < 0) return SystemFault("Cannot write", path_);
  if (static_cast<size_t>(written) != record.size()) {
    return Fault{FaultKind::kIo, "Could write only a part of the record in " + path_};
  }
  head_ = head;
  next_slot_ = (next_slot_ + 1) % kSlots;
  return {};
}

Status HeadFile::Sync() const {
  if (::fdatasync(file_.number()) != 0) return SystemFault("Cannot sync", path_);
  return {};
}

}  // namespace onewindow
