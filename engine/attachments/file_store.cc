#include "engine/attachments/file_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "engine/attachments/file_paths.h"

namespace onewindow {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDraftSuffix = ".part";

Fault Failed(const std::string& path, const std::error_code& error) {
  return {FaultKind::kIo, path + ": " + error.message()};
}

std::string DraftPath(const std::string& root, const FileHeader& header) {
  FileHash name;
  name.Add(EncodeFileHeader(header));
  return MarkPath(root, name.Finish()) + std::string(kDraftSuffix);
}

Status Unlink(const std::string& path) {
  if (::unlink(path.c_str()) == 0 || errno == ENOENT) return {};
  return SystemFault("Cannot remove", path);
}

Status RemoveDrafts(const std::string& root) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(IncomingPath(root), error)) {
    if (entry.path().extension() != kDraftSuffix) continue;
    if (Status removed = Unlink(entry.path().string()); !removed.ok()) return removed;
  }
  if (error) return Failed(IncomingPath(root), error);
  return {};
}

Result<FileHeader> ReadHeader(const Descriptor& file, const std::string& path) {
  Result<std::string> bytes = ReadBytes(file, path, kFileHeaderBytes);
  if (!bytes.ok()) return bytes.fault();
  if (const auto header = DecodeFileHeader(bytes.value())) return *header;
  return Fault{FaultKind::kCorrupt, path + " does not begin as a file of ours"};
}

}  // namespace

FileStore::FileStore(std::string root, uint64_t free_bytes_min)
    : root_(std::move(root)),
      free_space_(std::make_unique<const FreeSpaceGuard>(root_, free_bytes_min)) {}

Result<FileStore> FileStore::Open(const std::string& data_directory, uint64_t free_bytes_min) {
  const std::string root = AttachmentsPath(data_directory);
  std::error_code error;
  if (fs::create_directories(IncomingPath(root), error)) {
    for (const std::string& directory : {root, data_directory}) {
      if (Status synced = SyncDirectory(directory); !synced.ok()) return synced.fault();
    }
  }
  if (error) return Failed(root, error);
  if (Status removed = RemoveDrafts(root); !removed.ok()) return removed.fault();
  return FileStore(root, free_bytes_min);
}

Result<FileWriter> FileStore::Begin(FileKey key, const FileHeader& header) const {
  if (Status roomy = free_space_->Check(); !roomy.ok()) return roomy.fault();
  const std::string draft = DraftPath(root_, header);
  Descriptor file(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
  if (!file.open()) return SystemFault("Cannot create", draft);
  FileWriter writer({.root = root_, .draft = draft}, *free_space_, std::move(file),
                    PieceCipher(PieceCipher::Direction::kSeal, key, header));
  if (Status written = writer.Write(EncodeFileHeader(header)); !written.ok()) {
    return written.fault();
  }
  return writer;
}

Status FileStore::Settle(const std::string& address) const {
  return Unlink(MarkPath(root_, address));
}

// The mark goes last: as long as it is there, the rest is found at the next start.
Status FileStore::Remove(const std::string& address) const {
  const std::string path = FilePath(root_, address);
  if (::unlink(path.c_str()) == 0) {
    const std::string folder = fs::path(path).parent_path().string();
    if (Status synced = SyncDirectory(folder); !synced.ok()) return synced;
  } else if (errno != ENOENT) {
    return SystemFault("Cannot remove", path);
  }
  return Unlink(MarkPath(root_, address));
}

Result<std::vector<UnsettledFile>> FileStore::Unsettled() const {
  std::vector<UnsettledFile> unsettled;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(IncomingPath(root_), error)) {
    const std::string name = entry.path().filename().string();
    if (!IsAddress(name)) continue;
    unsettled.push_back({.address = name, .case_id = CaseOfFile(entry.path().string())});
  }
  if (error) return Failed(IncomingPath(root_), error);
  return unsettled;
}

Result<FileReader> FileStore::Read(const std::string& address, FileKey key, CaseId case_id) const {
  const std::string path = FilePath(root_, address);
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.open() && errno == ENOENT) return Fault{FaultKind::kCorrupt, path + " is missing"};
  if (!file.open()) return SystemFault("Cannot open", path);
  struct stat found {};
  if (::fstat(file.number(), &found) != 0) return SystemFault("Cannot look at", path);
  Result<FileHeader> header = ReadHeader(file, path);
  if (!header.ok()) return header.fault();
  const uint64_t size = static_cast<uint64_t>(found.st_size);
  if (header.value().case_id != case_id || size <= kFileHeaderBytes) {
    return Fault{FaultKind::kCorrupt,
                 path + " is no file of case " + std::to_string(case_id.value)};
  }
  return FileReader(address, std::move(file), size - kFileHeaderBytes, header.value(), key);
}

Result<CaseId> CaseOfFile(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.open()) return SystemFault("Cannot open", path);
  Result<FileHeader> header = ReadHeader(file, path);
  if (!header.ok()) return header.fault();
  return header.value().case_id;
}

}  // namespace onewindow
