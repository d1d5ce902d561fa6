#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/kv/kv.h"

// A backup knows nothing of who was forgotten after it was made. So each forgetting is also written
// to a list that lies beside the data and in the directory of its backups. Restoring brings it
// along, and whoever opens the data forgets what it names.
//
// Format of the list:
//   list = { line }
//   line = case " " hash "\n"
//   case = case id, in decimal
//   hash = the log's hash at the submission of the case, 64 hexadecimal digits: after a restore
//          another case may come to bear the same id
namespace onewindow {

class FileStore;
class RocksKv;

struct ForgottenCase {
  CaseId case_id;
  std::string hash;  // Hexadecimal.
  friend auto operator<=>(const ForgottenCase&, const ForgottenCase&) = default;
};
using ForgottenCases = std::set<ForgottenCase>;

// Of the list in a directory (kv/data_directory.h); empty where there is none. kCorrupt for a line
// of another form.
Result<ForgottenCases> ReadForgotten(const std::string& directory);
// The list names these too, durably, once this has returned. Makes the directory if need be.
Status AddForgotten(const std::string& directory, const ForgottenCases& cases);

// What one directory's list names, the other's names too.
Status CarryForgotten(const std::string& from, const std::string& to);

// The case as a list names it. kNotFound where the log does not reach it.
Result<ForgottenCase> AsForgotten(const Reader& store, CaseId case_id);
// Those of the listed ones that are cases of this log.
Result<ForgottenCases> CasesOfThisLog(const Reader& store, const ForgottenCases& listed);
// Those that the log itself says are forgotten.
Result<ForgottenCases> ForgottenInLog(const Reader& store);

// Removes the files of these cases, and destroys their keys in all files of the store
// (RocksKv::Purge).
Status EraseCases(const ForgottenCases& cases, RocksKv& store, const FileStore& files);

// The same for data that was just restored, by the list that came along.
Status ForgetInRestored(const std::string& directory);

}  // namespace onewindow
