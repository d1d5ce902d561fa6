#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "onewindow/v1/log.pb.h"

struct evp_md_ctx_st;
struct evp_md_st;

namespace onewindow {

// How far the log reached, and the hash over all of it.
struct ChainEnd {
  Sequence sequence;
  std::array<uint8_t, 32> hash{};

  friend bool operator==(const ChainEnd&, const ChainEnd&) = default;
};

// Computes the chain of hashes (log.proto). Not for several threads at once.
class ChainHasher {
 public:
  ChainHasher();
  ChainHasher(ChainHasher&&) noexcept;
  ~ChainHasher();

  // The end after a command with this body.
  ChainEnd Extend(const ChainEnd& end, std::string_view body);

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
    void operator()(evp_md_st* digest) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
  std::unique_ptr<evp_md_st, Free> digest_;
};

// Collects the entries of one LogRun as bytes, each command serialised once.
class LogRunWriter {
 public:
  // Where the body of the next entry, of this size, begins: fill it, then call Close.
  // The pointer is valid until then.
  char* Open(size_t body_bytes);
  // The body just filled in.
  std::string_view body() const;
  void Close(const ChainEnd& end);
  // Empty again, its memory kept.
  void Clear() { bytes_.clear(); }

  // The serialised LogRun so far.
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  size_t body_begin_ = 0;
  size_t body_bytes_ = 0;
};

// Walks along a serialised LogRun without copying its entries.
class LogRunReader {
 public:
  explicit LogRunReader(std::string_view run) : rest_(run) {}

  struct Entry {
    std::string_view body;
    std::string_view hash;
  };
  // False at the end of the run, or where it cannot be parsed: then ok() is false too.
  bool Next();
  // Requires: Next() was true.
  const Entry& entry() const { return entry_; }
  bool ok() const { return ok_; }

 private:
  std::string_view rest_;
  Entry entry_;
  bool ok_ = true;
};

}  // namespace onewindow
