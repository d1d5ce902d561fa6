#include "services/onewindow/desk_journal.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "engine/base/ids.h"
#include "engine/kv/crc32c.h"
#include "engine/tables/bytes.h"

namespace onewindow {
namespace {

constexpr std::string_view kMagic = "OWDESK";
constexpr uint16_t kVersion = 1;
constexpr size_t kHeadBytes = kMagic.size() + sizeof kVersion;
constexpr size_t kRecordHeadBytes = 8;

std::string KeyPath(const std::string& directory) { return directory + "/key"; }
std::string LockPath(const std::string& directory) { return directory + "/lock"; }
std::string JournalPath(const std::string& directory) { return directory + "/journal"; }

bool Exists(const std::string& path) {
  struct stat found {};
  return stat(path.c_str(), &found) == 0;
}

std::string Head() { return ByteWriter().Text(kMagic).U16(kVersion).Take(); }

uint32_t ChecksumOf(uint32_t size, std::string_view box) {
  return Crc32c(ByteWriter().U32(size).Text(box).Take());
}

std::string RecordOf(std::string_view box) {
  const auto size = static_cast<uint32_t>(box.size());
  return ByteWriter().U32(size).U32(ChecksumOf(size, box)).Text(box).Take();
}

// The box of the record that the bytes begin with; empty where they begin with no whole one. No box
// is empty.
std::string_view FirstBox(std::string_view bytes) {
  ByteReader reader(bytes);
  const uint32_t size = reader.U32();
  const uint32_t checksum = reader.U32();
  const std::string_view box = reader.Text(size);
  return reader.ok() && ChecksumOf(size, box) == checksum ? box : std::string_view();
}

// A power cut tears the last record only. What is followed by a whole one was written once, and is
// damaged.
bool HoldsWholeRecord(std::string_view bytes) {
  for (; bytes.size() > kRecordHeadBytes; bytes.remove_prefix(1)) {
    if (!FirstBox(bytes).empty()) return true;
  }
  return false;
}

Status WriteAt(const Descriptor& file, const std::string& path, size_t offset,
               std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written =
        pwrite(file.number(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return SystemFault("cannot write", path);
    bytes.remove_prefix(static_cast<size_t>(written));
    offset += static_cast<size_t>(written);
  }
  return {};
}

Status CutAt(const Descriptor& file, const std::string& path, size_t size) {
  if (ftruncate(file.number(), static_cast<off_t>(size)) == 0) return {};
  return SystemFault("cannot shorten", path);
}

Status MakeDirectory(const std::string& directory) {
  if (mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) {
    return SystemFault("cannot make", directory);
  }
  struct stat found {};
  if (stat(directory.c_str(), &found) != 0) return SystemFault("cannot look at", directory);
  if ((found.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Fault{FaultKind::kInvalid,
                 directory + ": others may enter it; it must be its owner's alone (chmod 700)"};
  }
  return SyncDirectory(directory + "/..");
}

// Without a journal nothing is sealed under a key yet: one that was not written to its end is made
// anew.
Result<SecretKey> KeyOfNewDesk(const std::string& directory, Entropy& entropy) {
  const std::string path = KeyPath(directory);
  if (auto key = ReadKeyFile(path); key.ok()) return key;
  if (unlink(path.c_str()) != 0 && errno != ENOENT) return SystemFault("cannot remove", path);
  return MakeKeyFile(path, entropy);
}

// None of its characters is taken for another when it is read aloud.
std::string DrawDesk(Entropy& entropy) {
  constexpr std::string_view kCharacters = "0123456789abcdefghjkmnpqrstvwxyz";
  std::array<uint8_t, 4> bytes;
  entropy.Fill(bytes);
  std::string desk;
  for (const uint8_t byte : bytes) desk += kCharacters[byte % kCharacters.size()];
  return desk;
}

Result<Descriptor> TakeLock(const std::string& directory) {
  const std::string path = LockPath(directory);
  Descriptor lock(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock.open()) return SystemFault("cannot open", path);
  if (flock(lock.number(), LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno != EWOULDBLOCK) return SystemFault("cannot lock", path);
  return Fault{FaultKind::kUnavailable,
               directory + ": another process works at this desk; try again when it is done"};
}

}  // namespace

Status DeskJournal::Create(const std::string& directory, Entropy& entropy) {
  if (Exists(JournalPath(directory))) {
    return Fault{FaultKind::kExists, directory + ": there is a desk already"};
  }
  if (Status made = MakeDirectory(directory); !made.ok()) return made;
  auto key = KeyOfNewDesk(directory, entropy);
  if (!key.ok()) return key.fault();
  DeskRecord first;
  first.mutable_made()->set_desk(DrawDesk(entropy));
  const std::string box = SealBox(key.value(), first.SerializeAsString(), entropy);
  return WriteDurably(JournalPath(directory), Head() + RecordOf(box), 0600);
}

Result<DeskJournal> DeskJournal::Open(const std::string& directory, Entropy& entropy) {
  const std::string path = JournalPath(directory);
  if (!Exists(path)) {
    return Fault{FaultKind::kNotFound,
                 directory + ": there is no desk; `onewindow desk init` makes one"};
  }
  // First, as another process may put a new journal in its place.
  auto lock = TakeLock(directory);
  if (!lock.ok()) return lock.fault();
  Descriptor file(open(path.c_str(), O_RDWR | O_CLOEXEC));
  if (!file.open()) return SystemFault("cannot open", path);
  auto key = ReadKeyFile(KeyPath(directory));
  if (!key.ok()) return key.fault();
  auto bytes = ReadWhole(path);
  if (!bytes.ok()) return bytes.fault();
  DeskJournal journal(path, std::move(lock).value(), std::move(file), key.value(), entropy);
  if (Status read = journal.Read(bytes.value()); !read.ok()) return read.fault();
  return journal;
}

DeskJournal::DeskJournal(std::string path, Descriptor lock, Descriptor file, const SecretKey& key,
                         Entropy& entropy)
    : path_(std::move(path)),
      lock_(std::move(lock)),
      file_(std::move(file)),
      key_(key),
      entropy_(&entropy) {}

Status DeskJournal::Read(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) return Fault{FaultKind::kCorrupt, path_ + ": is no journal"};
  if (!bytes.starts_with(Head())) {
    return Fault{FaultKind::kUnsupported, path_ + ": was written by a later version"};
  }
  whole_bytes_ = kHeadBytes;
  while (whole_bytes_ < bytes.size()) {
    const std::string_view rest = bytes.substr(whole_bytes_);
    const std::string_view box = FirstBox(rest);
    if (box.empty() && HoldsWholeRecord(rest)) {
      return Fault{FaultKind::kCorrupt,
                   path_ + ": the record at byte " + std::to_string(whole_bytes_) + " was damaged"};
    }
    if (box.empty()) break;
    const auto plain = OpenBox(key_, box);
    if (!plain || !records_.emplace_back().ParseFromString(*plain)) {
      return Fault{FaultKind::kCorrupt, path_ + ": was not sealed under the key of this desk"};
    }
    whole_bytes_ += kRecordHeadBytes + box.size();
  }
  torn_bytes_ = bytes.size() - whole_bytes_;
  return {};
}

std::string DeskJournal::RecordBytes(const DeskRecord& record) const {
  return RecordOf(SealBox(key_, record.SerializeAsString(), *entropy_));
}

Status DeskJournal::Append(const DeskRecord& record) {
  if (Status cut = CutAt(file_, path_, whole_bytes_); !cut.ok()) return cut;
  torn_bytes_ = 0;
  const std::string bytes = RecordBytes(record);
  Status written = WriteAt(file_, path_, whole_bytes_, bytes);
  if (written.ok() && fsync(file_.number()) != 0) written = SystemFault("cannot sync", path_);
  if (!written.ok()) {
    // A record that nobody was told of must not come back.
    (void)CutAt(file_, path_, whole_bytes_);
    return written;
  }
  whole_bytes_ += bytes.size();
  records_.push_back(record);
  return {};
}

Status DeskJournal::Replace(std::vector<DeskRecord> records) {
  std::string bytes = Head();
  for (const DeskRecord& record : records) bytes += RecordBytes(record);
  if (Status written = WriteDurably(path_, bytes, 0600); !written.ok()) return written;
  file_ = Descriptor(open(path_.c_str(), O_RDWR | O_CLOEXEC));
  if (!file_.open()) return SystemFault("cannot open", path_);
  records_ = std::move(records);
  whole_bytes_ = bytes.size();
  torn_bytes_ = 0;
  return {};
}

}  // namespace onewindow
