#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/attachments/file_reader.h"
#include "engine/attachments/file_writer.h"
#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/kv/free_space_guard.h"

namespace onewindow {

// A file of which it is not known whether a case has it: its server ended before, or it was
// restored from a backup.
struct UnsettledFile {
  std::string address;
  // As the file itself says; a fault as CaseOfFile's where it does not.
  Result<CaseId> case_id;
};

// The files of all cases, below DATA/attachments, each sealed and found by its content. A file is
// there before a case names it, and is never changed. Callable from any thread.
class FileStore {
 public:
  // Makes the directories if need be, and removes what was half written. Below `free_bytes_min` of
  // free space nothing is written; 0: no guard.
  static Result<FileStore> Open(const std::string& data_directory, uint64_t free_bytes_min);

  // Begins a file of the case that its header names. The store must outlive the writer. kNoSpace
  // as FileWriter::Add's.
  Result<FileWriter> Begin(FileKey key, const FileHeader& header) const;
  // The case has the file: it stays.
  Status Settle(const std::string& address) const;
  // No case has the file, or its person is to be forgotten: it is gone for good when this returns.
  // Not an error where it was gone already.
  Status Remove(const std::string& address) const;
  // What was neither settled nor removed. As many as uploads were under way when the server ended,
  // and after a restore all.
  Result<std::vector<UnsettledFile>> Unsettled() const;

  // Requires: the case has it. kCorrupt where it is missing, or is no file of this case. Later
  // damage comes out while it is read.
  Result<FileReader> Read(const std::string& address, FileKey key, CaseId case_id) const;

  const std::string& root() const { return root_; }

 private:
  FileStore(std::string root, uint64_t free_bytes_min);

  std::string root_;
  std::unique_ptr<const FreeSpaceGuard> free_space_;  // Its writers point to it.
};

// The case that a sealed file names in its header. kCorrupt where it begins as no file of ours.
Result<CaseId> CaseOfFile(const std::string& path);

}  // namespace onewindow
