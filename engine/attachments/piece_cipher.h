#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/ids.h"

struct evp_cipher_ctx_st;

namespace onewindow {

inline constexpr size_t kFileKeyBytes = 32;
inline constexpr size_t kFileSaltBytes = 7;
// What a file is cut into, in the clear.
inline constexpr size_t kPieceBytes = 64 << 10;
inline constexpr size_t kPieceTagBytes = 16;
inline constexpr size_t kFileHeaderBytes = 19;

using FileKey = std::span<const uint8_t, kFileKeyBytes>;
using FileSalt = std::array<uint8_t, kFileSaltBytes>;

// What a sealed file begins with.
struct FileHeader {
  CaseId case_id;
  // Random; no two files under one key have the same.
  FileSalt salt{};
};

enum class PiecePlace { kNotLast, kLast };

// Seals or opens the pieces of one file, one after another. STREAM, of Hoang, Reyhanitabar, Rogaway
// and Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance": as each nonce
// says where its piece stands and whether it is the last, a piece that was changed, moved, left out
// or taken from another file does not open.
//
// Format of a sealed file, numbers big-endian:
//   file   = header 1*piece
//   header = "OWF1" case(8) salt(7)
//   piece  = AES-256-GCM of 1 to 65,536 bytes | tag(16); all but the last of 65,536
//   nonce  = salt(7) | index(4), from 0 | 1 for the last piece, else 0
//   associated data of each piece = header
class PieceCipher {
 public:
  enum class Direction { kOpen = 0, kSeal = 1 };

  PieceCipher(Direction direction, FileKey key, const FileHeader& header);

  // Requires: it was made to seal; 1 to kPieceBytes, and kPieceBytes unless it is the last.
  std::string Seal(std::string_view piece, PiecePlace place);
  // Requires: it was made to open. Nothing where these are not the bytes that Seal made of the next
  // piece.
  std::optional<std::string> Open(std::string_view sealed, PiecePlace place);

 private:
  struct FreeContext {
    void operator()(evp_cipher_ctx_st* context) const;
  };
  // Begins the next piece.
  void Begin(PiecePlace place);

  // It holds the key, and wipes it when it is freed.
  std::unique_ptr<evp_cipher_ctx_st, FreeContext> context_;
  const std::string header_;
  const FileSalt salt_;
  uint64_t index_ = 0;
};

std::string EncodeFileHeader(const FileHeader& header);
// Nothing for bytes that begin no sealed file.
std::optional<FileHeader> DecodeFileHeader(std::string_view bytes);

}  // namespace onewindow
