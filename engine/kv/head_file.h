#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/kv/durable_file.h"

// The HEAD file beside the database says how far the log reached. RocksDB can lose the tail of its
// own log to a flipped bit and open without a word; whoever opens the data therefore checks that
// the log is unbroken and reaches the HEAD.
//
// Format of HEAD, numbers big-endian:
//   file     = slot filler slot filler              8,192 bytes; slots at 0 and 4,096, so that they
//                                                   never share a sector
//   filler   = 4,032 bytes of zero
//   slot     = magic sequence hash reserved crc32c  64 bytes
//   magic    = "OWHEAD1" %x0A                       8 bytes
//   sequence = 8 bytes                              of the last command, 0 before the first
//   hash     = 32 bytes                             of that command, zeros before the first
//   reserved = 12 bytes of zero
//   crc32c   = 4 bytes                              over the 60 before it
//
// Records go to the two slots in turn; the valid one with the greater sequence counts. A torn write
// thus leaves the record before it.
namespace onewindow {

struct Head {
  Sequence sequence;
  std::array<uint8_t, 32> hash{};

  friend bool operator==(const Head&, const Head&) = default;
};

inline constexpr size_t kHeadRecordBytes = 64;

// One slot.
std::string EncodeHead(const Head& head);
// kCorrupt unless `record` is what EncodeHead makes.
Result<Head> DecodeHead(std::string_view record);

class HeadFile {
 public:
  // Makes the file, or replaces it as a whole; both slots hold `head`. On disk when it returns.
  static Result<HeadFile> Create(const std::string& path, const Head& head);
  // kNotFound where there is no such file: right only for a store without a log. kCorrupt where
  // neither slot is valid.
  static Result<HeadFile> Open(const std::string& path);
  // For offline tools: the newest record, nothing opened for writing. Faults as Open's.
  static Result<Head> Read(const std::string& path);

  // What was written last.
  const Head& head() const { return head_; }

  // Call after the commit was synced: the HEAD must never be ahead of the log. It survives the end
  // of the process at once, that of the machine after Sync(). From one thread at a time. Requires:
  // head.sequence > this->head().sequence. kIo: write no more, restart.
  Status Write(const Head& head);
  // Callable from any thread. kIo as above.
  Status Sync() const;

 private:
  HeadFile(std::string path, Descriptor file, Head head, size_t next_slot);

  std::string path_;
  Descriptor file_;
  Head head_;
  size_t next_slot_;  // 0 or 1: where head_ is not.
};

}  // namespace onewindow
