#pragma once

#include <cstdint>
#include <string>

#include "engine/base/result.h"

// What a data directory holds:
//
//   FORMAT   which grammar everything here follows; written before the rest
//   HEAD     how far the log reached (head_file.h)
//   db/      the RocksDB database, its own logs and its LOCK
//   forgotten  cases whose keys were destroyed (runtime/forgotten.h); a directory of backups holds
//            the same, and restoring brings it along
//   attachments/  the files of cases (engine/attachments/file_paths.h)
//
// Format of FORMAT:
//   file    = "onewindow-data " version "\n"
//   version = "1" .. "4294967295", without leading zeros
namespace onewindow {

// What this binary writes, and the newest that it reads. Older versions are never dropped: whoever
// raises it also reads what was there.
inline constexpr uint32_t kDataFormat = 1;

std::string FormatPath(const std::string& directory);
std::string HeadPath(const std::string& directory);
std::string DatabasePath(const std::string& directory);
std::string ForgottenPath(const std::string& directory);

// The version in the FORMAT file. kNotFound without that file; kUnsupported where it is newer than
// kDataFormat, naming both; kCorrupt where the file is not one of ours.
Result<uint32_t> ReadFormat(const std::string& directory);
Status WriteFormat(const std::string& directory, uint32_t version);

// The same in text, for whoever keeps a version elsewhere. `where` is named in the Fault.
Result<uint32_t> ParseFormat(const std::string& text, const std::string& where);
std::string FormatText(uint32_t version);

}  // namespace onewindow
