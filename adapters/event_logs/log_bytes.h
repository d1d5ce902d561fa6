#pragma once

#include <zlib.h>

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/event_logs/log_row.h"
#include "engine/base/result.h"

namespace onewindow {

// The bytes of a log file, decompressed if they begin as gzip does. Memory does not depend on the
// size of the file.
class LogBytes {
 public:
  static constexpr size_t kChunkBytes = 256 << 10;

  // kNotFound or kIo where the file cannot be opened or read.
  static Result<LogBytes> Open(const std::filesystem::path& path);

  // The next kChunkBytes, fewer only at the end and before a fault, none at the end. They live
  // until the next call. kCorrupt where the compressed data are damaged or end early, kIo where
  // reading fails; what was whole before a fault has been returned.
  Result<std::string_view> Read();

  ReadProgress progress() const { return progress_; }

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  struct EndInflate {
    void operator()(z_stream* stream) const {
      inflateEnd(stream);
      delete stream;
    }
  };

  LogBytes(std::FILE* file, std::filesystem::path path, uint64_t bytes_total);

  Status FillInput();
  Status StartInflating();
  Status InflateSome();
  Status CopySome();

  std::unique_ptr<std::FILE, CloseFile> file_;
  std::filesystem::path path_;
  ReadProgress progress_;
  std::vector<char> input_;
  std::string_view unread_;  // What of input_ is still to be used.
  std::vector<char> output_;
  size_t output_size_ = 0;
  bool at_end_ = false;                           // Of the file.
  std::unique_ptr<z_stream, EndInflate> stream_;  // Null for plain files.
  bool between_members_ = false;                  // A gzip member has ended, none has begun.
  std::optional<Fault> pending_;                  // To be returned by the next Read.
};

}  // namespace onewindow
