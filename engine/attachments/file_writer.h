#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/attachments/file_hash.h"
#include "engine/attachments/piece_cipher.h"
#include "engine/base/result.h"
#include "engine/kv/durable_file.h"
#include "engine/kv/free_space_guard.h"

namespace onewindow {

// A sealed file that is whole and on disk.
struct StoredFile {
  // SHA-256 of the sealed file, in hexadecimal: what it is found by.
  std::string address;
  // Of what is in it, in the clear.
  std::string content_sha256;
  uint64_t bytes = 0;
};

// A file on its way into the store: sealed and written piece by piece, so that memory does not
// depend on its size. Made by FileStore::Begin. Dropped before Finish() it leaves nothing behind.
class FileWriter {
 public:
  FileWriter(FileWriter&& other) noexcept;
  FileWriter& operator=(FileWriter&&) = delete;
  ~FileWriter();

  // In any portions. kNoSpace below the watermark of free space, or on a full disk.
  Status Add(std::string_view content);
  // Of all that was added.
  uint64_t bytes() const { return bytes_; }
  // Seals the last piece; when this returns, the file and its names are on disk. kInvalid for an
  // empty file.
  Result<StoredFile> Finish();

 private:
  friend class FileStore;
  struct Paths {
    std::string root;
    std::string draft;
  };
  FileWriter(Paths paths, const FreeSpaceGuard& free_space, Descriptor file, PieceCipher cipher);

  Status Write(std::string_view sealed);
  Status Publish(const std::string& address);

  Paths paths_;  // An empty draft: it is somebody else's by now.
  const FreeSpaceGuard* free_space_;
  Descriptor file_;
  PieceCipher cipher_;
  FileHash sealed_hash_;
  FileHash content_hash_;
  std::string piece_;  // What is not sealed yet: it may be the last.
  uint64_t bytes_ = 0;
};

}  // namespace onewindow
