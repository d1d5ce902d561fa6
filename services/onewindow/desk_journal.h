#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/kv/durable_file.h"
#include "engine/runtime/secret_box.h"
#include "onewindow/v1/desk_journal.pb.h"

namespace onewindow {

// What was done at a front desk without a line: one record behind the other, each on the disk
// before anybody is told of it, each sealed as a whole under the desk's own key.
//
// A desk is a directory that only its owner may enter:
//   key       32 random bytes; whoever loses it loses what is in the journal
//   lock      held by the process that works at the desk; there is one at a time
//   journal   what was done
//
// Format of the journal, numbers big-endian:
//   journal  = "OWDESK" version(2) *record
//   version  = 1
//   record   = size(4) checksum(4) box
//   size     = of the box, in bytes
//   checksum = CRC-32C of size and box
//   box      = a DeskRecord, sealed (secret_box.h)
class DeskJournal {
 public:
  // Makes a desk; where the power was cut in the midst of it, again. kExists where there is one,
  // kInvalid where others may enter the directory.
  static Status Create(const std::string& directory, Entropy& entropy);

  // kNotFound where there is no desk, kUnavailable while another process works at it, kCorrupt
  // where a record was damaged or sealed under another key, kUnsupported for a later version.
  static Result<DeskJournal> Open(const std::string& directory, Entropy& entropy);

  const std::vector<DeskRecord>& records() const { return records_; }
  // How much of a last record was written before the power went. Nobody was told of it; the next
  // record takes its place.
  size_t torn_bytes() const { return torn_bytes_; }

  // On the disk when it returns; where it fails, nothing was added.
  Status Append(const DeskRecord& record);
  // Puts these in the place of all records.
  Status Replace(std::vector<DeskRecord> records);

 private:
  DeskJournal(std::string path, Descriptor lock, Descriptor file, const SecretKey& key,
              Entropy& entropy);
  Status Read(std::string_view bytes);
  std::string RecordBytes(const DeskRecord& record) const;

  std::string path_;
  Descriptor lock_;
  Descriptor file_;
  SecretKey key_;
  Entropy* entropy_;
  std::vector<DeskRecord> records_;
  size_t whole_bytes_ = 0;  // Up to here every record is whole.
  size_t torn_bytes_ = 0;
};

}  // namespace onewindow
