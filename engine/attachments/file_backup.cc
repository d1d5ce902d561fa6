#include "engine/attachments/file_backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <set>
#include <sstream>
#include <system_error>
#include <vector>

#include "engine/attachments/file_paths.h"
#include "engine/attachments/file_reader.h"
#include "engine/kv/durable_file.h"

namespace onewindow {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBegun = "begun\n";
constexpr std::string_view kEnd = "end";

std::string ListPath(const std::string& backups, uint32_t id) {
  return AttachmentsPath(backups) + "/" + std::to_string(id) + ".list";
}

Fault Failed(const std::string& path, const std::error_code& error) {
  return {FaultKind::kIo, path + ": " + error.message()};
}

Status MakeDirectory(const std::string& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) return Failed(directory, error);
  return SyncDirectory(fs::path(directory).parent_path().string());
}

// Sealed files only; what is not named as one is passed over, marks and lists too.
Result<std::vector<std::string>> AddressesIn(const std::string& root) {
  std::vector<std::string> addresses;
  std::error_code error;
  if (!fs::exists(root, error)) return addresses;
  for (const fs::directory_entry& folder : fs::directory_iterator(root, error)) {
    if (folder.path().filename().string().size() != 2) continue;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder.path(), error)) {
      const std::string name = entry.path().filename().string();
      if (IsAddress(name)) addresses.push_back(name);
    }
    if (error) break;
  }
  if (error) return Failed(root, error);
  return addresses;
}

// On disk before it has its name.
Status Copy(const std::string& from, const std::string& to) {
  const std::string draft = to + ".part";
  std::error_code error;
  fs::copy_file(from, draft, fs::copy_options::overwrite_existing, error);
  if (error == std::errc::no_such_file_or_directory) {
    return Fault{FaultKind::kNotFound, from + " is missing"};
  }
  if (error == std::errc::no_space_on_device) return Fault{FaultKind::kNoSpace, draft};
  if (error) return Failed(draft, error);
  const Descriptor copy(::open(draft.c_str(), O_RDONLY | O_CLOEXEC));
  if (!copy.open() || ::fsync(copy.number()) != 0) return SystemFault("Cannot sync", draft);
  if (std::rename(draft.c_str(), to.c_str()) != 0) return SystemFault("Cannot rename", draft);
  return {};
}

Status LinkOrCopy(const std::string& from, const std::string& to) {
  if (::link(from.c_str(), to.c_str()) == 0 || errno == EEXIST) return {};
  if (errno == ENOENT) return SystemFault("Cannot link", from);
  return Copy(from, to);
}

enum class Missing { kPassedOver, kDamage };

// Brings the files from one root to another, each with its directory on disk in the end.
Status Bring(const std::vector<std::string>& addresses, const std::string& from_root,
             const std::string& to_root, Missing missing) {
  std::set<std::string> folders;
  for (const std::string& address : addresses) {
    const std::string to = FilePath(to_root, address);
    const std::string folder = fs::path(to).parent_path().string();
    if (folders.insert(folder).second) {
      if (Status made = MakeDirectory(folder); !made.ok()) return made;
    }
    Status brought = LinkOrCopy(FilePath(from_root, address), to);
    if (brought.ok()) continue;
    if (brought.fault().kind != FaultKind::kNotFound) return brought;
    if (missing == Missing::kDamage) return Fault{FaultKind::kCorrupt, brought.fault().message};
  }
  for (const std::string& folder : folders) {
    if (Status synced = SyncDirectory(folder); !synced.ok()) return synced;
  }
  return {};
}

Status Mark(const std::vector<std::string>& addresses, const std::string& root) {
  for (const std::string& address : addresses) {
    const std::string path = FilePath(root, address);
    if (::link(path.c_str(), MarkPath(root, address).c_str()) != 0) {
      return SystemFault("Cannot mark", path);
    }
  }
  return SyncDirectory(IncomingPath(root));
}

Result<std::string> ReadListText(const std::string& backups, uint32_t id) {
  const std::string path = ListPath(backups, id);
  Result<std::string> text = ReadWhole(path);
  if (text.ok() || text.fault().kind != FaultKind::kNotFound) return text;
  return Fault{FaultKind::kCorrupt, path + ", the list of the backup's files, is missing"};
}

Result<std::vector<std::string>> ReadList(const std::string& backups, uint32_t id) {
  Result<std::string> text = ReadListText(backups, id);
  if (!text.ok()) return text.fault();
  if (text.value() == kBegun) {
    return Fault{FaultKind::kCorrupt, "Backup " + std::to_string(id) + " in " + backups +
                                          " was interrupted before its files were in it"};
  }
  std::vector<std::string> addresses;
  std::istringstream lines(text.value());
  for (std::string line; std::getline(lines, line);) {
    if (line == kEnd) return addresses;
    if (!IsAddress(line)) break;
    addresses.push_back(line);
  }
  return Fault{FaultKind::kCorrupt, ListPath(backups, id) + " is not what was written"};
}

// An interrupted backup names none.
Result<std::set<std::string>> NamedBy(const std::vector<uint32_t>& ids,
                                      const std::string& backups) {
  std::set<std::string> named;
  for (const uint32_t id : ids) {
    Result<std::string> text = ReadListText(backups, id);
    if (text.ok() && text.value() == kBegun) continue;
    Result<std::vector<std::string>> addresses = ReadList(backups, id);
    if (!addresses.ok()) return addresses.fault();
    named.insert(addresses.value().begin(), addresses.value().end());
  }
  return named;
}

Status RemoveListsBut(const std::vector<uint32_t>& ids, const std::string& backups) {
  std::set<std::string> kept;
  for (const uint32_t id : ids) kept.insert(ListPath(backups, id));
  const std::string root = AttachmentsPath(backups);
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(root, error)) {
    if (entry.path().extension() != ".list" || kept.contains(entry.path().string())) continue;
    if (fs::remove(entry.path(), error); error) return Failed(entry.path().string(), error);
  }
  if (error) return Failed(root, error);
  return {};
}

}  // namespace

Status BeginFileBackup(const std::string& backups, uint32_t id) {
  if (Status made = MakeDirectory(AttachmentsPath(backups)); !made.ok()) return made;
  return WriteDurably(ListPath(backups, id), kBegun);
}

// A file may go while it is being copied: its person is forgotten, and then so is it.
Status BackUpFiles(const std::string& data_directory, const std::string& backups, uint32_t id) {
  const std::string root = AttachmentsPath(data_directory);
  Result<std::vector<std::string>> addresses = AddressesIn(root);
  if (!addresses.ok()) return addresses.fault();
  Status brought = Bring(addresses.value(), root, AttachmentsPath(backups), Missing::kPassedOver);
  if (!brought.ok()) return brought;
  std::string list;
  for (const std::string& address : addresses.value()) {
    std::error_code error;
    if (fs::exists(FilePath(AttachmentsPath(backups), address), error)) list += address + '\n';
  }
  return WriteDurably(ListPath(backups, id), list + std::string(kEnd) + '\n');
}

Status VerifyFileBackup(const std::string& backups, uint32_t id) {
  Result<std::vector<std::string>> addresses = ReadList(backups, id);
  if (!addresses.ok()) return addresses.fault();
  for (const std::string& address : addresses.value()) {
    Status checked = CheckStoredFile(FilePath(AttachmentsPath(backups), address), address);
    if (checked.ok()) continue;
    if (checked.fault().kind != FaultKind::kNotFound) return checked;
    return Fault{FaultKind::kCorrupt, checked.fault().message};
  }
  return {};
}

// The lists go first: a list never names a file that was purged.
Status PurgeFileBackups(const std::string& backups, const std::vector<uint32_t>& kept) {
  Result<std::set<std::string>> named = NamedBy(kept, backups);
  if (!named.ok()) return named.fault();
  if (Status removed = RemoveListsBut(kept, backups); !removed.ok()) return removed;
  const std::string root = AttachmentsPath(backups);
  Result<std::vector<std::string>> addresses = AddressesIn(root);
  if (!addresses.ok()) return addresses.fault();
  for (const std::string& address : addresses.value()) {
    if (named.value().contains(address)) continue;
    std::error_code error;
    if (fs::remove(FilePath(root, address), error); error) return Failed(address, error);
  }
  return {};
}

Status RestoreFiles(const std::string& backups, uint32_t id, const std::string& data_directory) {
  Result<std::vector<std::string>> addresses = ReadList(backups, id);
  if (!addresses.ok()) return addresses.fault();
  const std::string root = AttachmentsPath(data_directory);
  for (const std::string& directory : {root, IncomingPath(root)}) {
    if (Status made = MakeDirectory(directory); !made.ok()) return made;
  }
  Status brought = Bring(addresses.value(), AttachmentsPath(backups), root, Missing::kDamage);
  return brought.ok() ? Mark(addresses.value(), root) : brought;
}

}  // namespace onewindow
