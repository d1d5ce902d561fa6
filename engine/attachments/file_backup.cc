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

Result<std::vector<std::string>> ReadList(const std::string& backups, uint32_t id) {
  const std::string path = ListPath(backups, id);
  Result<std::string> text = ReadWhole(path);
  std::vector<std::string> addresses;
  if (!text.ok() && text.fault().kind == FaultKind::kNotFound) return addresses;
  if (!text.ok()) return text.fault();
  if (text.value() == kBegun) {
    return Fault{FaultKind::kCorrupt, "Backup " + std::to_string(id) + " in " + backups +
                                          " was interrupted before its files were in it"};
  }
  std::istringstream lines(text.value());
  for (std::string line; std::getline(lines, line);) {
    if (line == kEnd) return addresses;
    if (!IsAddress(line)) break;
    addresses.push_back(line);
  }
  return Fault{FaultKind::kCorrupt, path + " is not what was written"};
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

Status RestoreFiles(const std::string& backups, uint32_t id, const std::string& data_directory) {
  Result<std::vector<std::string>> addresses = ReadList(backups, id);
  if (!addresses.ok()) return addresses.fault();
  const std::string root = AttachmentsPath(data_directory);
  if (Status made = MakeDirectory(root); !made.ok()) return made;
  return Bring(addresses.value(), AttachmentsPath(backups), root, Missing::kDamage);
}

}  // namespace onewindow
