#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/attachments/file_hash.h"
#include "engine/attachments/piece_cipher.h"
#include "engine/base/result.h"
#include "engine/kv/durable_file.h"

namespace onewindow {

// A stored file, opened piece by piece. Made by FileStore::Read.
class FileReader {
 public:
  // The next piece in the clear; nothing at the end. kCorrupt where the file is not what was
  // written: then nothing that came before may be used either. The last piece comes only when the
  // whole file is known to be the one that its address names.
  Result<std::optional<std::string>> Next();

 private:
  friend class FileStore;
  // `rest`: the bytes of the file behind its header.
  FileReader(std::string address, Descriptor file, uint64_t rest, const FileHeader& header,
             FileKey key);

  Fault Damaged() const;

  std::string address_;
  Descriptor file_;
  uint64_t rest_;
  PieceCipher cipher_;
  FileHash hash_;
};

// Exactly `count` bytes from where the file stands; fewer only at its end.
Result<std::string> ReadBytes(const Descriptor& file, const std::string& name, size_t count);

// Reads the whole file, sealed as it is, and compares. kNotFound where it is missing, kCorrupt
// where its SHA-256 is not its address.
Status CheckStoredFile(const std::string& path, const std::string& address);

}  // namespace onewindow
