#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace onewindow {

inline constexpr size_t kSha256HexCharacters = 64;

// SHA-256 of bytes that come piece by piece.
class FileHash {
 public:
  FileHash();
  void Add(std::string_view bytes);
  // In lower-case hexadecimal. Nothing may be added afterwards.
  std::string Finish();

 private:
  struct FreeContext {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, FreeContext> context_;
};

}  // namespace onewindow
