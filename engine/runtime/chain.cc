#include "engine/runtime/chain.h"

#include <google/protobuf/io/coded_stream.h>
#include <openssl/evp.h>

#include "engine/base/check.h"

namespace onewindow {
namespace {

using google::protobuf::io::CodedInputStream;
using google::protobuf::io::CodedOutputStream;

// Format of LogRun and LogEntry in Protocol Buffers' encoding: both have fields of bytes only.
constexpr uint8_t kEntriesTag = LogRun::kEntriesFieldNumber << 3 | 2;
constexpr uint8_t kBodyTag = LogEntry::kBodyFieldNumber << 3 | 2;
constexpr uint8_t kHashTag = LogEntry::kHashFieldNumber << 3 | 2;
constexpr size_t kHashFieldBytes = 1 + 1 + sizeof(ChainEnd::hash);

void AppendField(std::string& bytes, uint8_t tag, size_t size) {
  uint8_t head[1 + 5];
  head[0] = tag;
  const uint8_t* end =
      CodedOutputStream::WriteVarint32ToArray(static_cast<uint32_t>(size), head + 1);
  bytes.append(reinterpret_cast<const char*>(head), static_cast<size_t>(end - head));
}

size_t VarintBytes(size_t number) {
  return CodedOutputStream::VarintSize32(static_cast<uint32_t>(number));
}

// The content of a field of bytes at the front of `rest`, which moves on behind it.
std::optional<std::string_view> TakeField(std::string_view& rest, uint8_t tag) {
  if (rest.empty() || static_cast<uint8_t>(rest.front()) != tag) return std::nullopt;
  CodedInputStream stream(reinterpret_cast<const uint8_t*>(rest.data()) + 1,
                          static_cast<int>(rest.size() - 1));
  uint32_t size = 0;
  if (!stream.ReadVarint32(&size)) return std::nullopt;
  rest.remove_prefix(1 + static_cast<size_t>(stream.CurrentPosition()));
  if (rest.size() < size) return std::nullopt;
  const std::string_view content = rest.substr(0, size);
  rest.remove_prefix(size);
  return content;
}

}  // namespace

void ChainHasher::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }
void ChainHasher::Free::operator()(evp_md_st* digest) const { EVP_MD_free(digest); }

ChainHasher::ChainHasher()
    : context_(EVP_MD_CTX_new()), digest_(EVP_MD_fetch(nullptr, "SHA256", nullptr)) {
  CHECK(context_ != nullptr && digest_ != nullptr);
}
ChainHasher::ChainHasher(ChainHasher&&) noexcept = default;
ChainHasher::~ChainHasher() = default;

ChainEnd ChainHasher::Extend(const ChainEnd& end, std::string_view body) {
  ChainEnd next{.sequence = Sequence{end.sequence.value + 1}, .hash = {}};
  CHECK(EVP_DigestInit_ex2(context_.get(), digest_.get(), nullptr) == 1);
  CHECK(EVP_DigestUpdate(context_.get(), end.hash.data(), end.hash.size()) == 1);
  CHECK(EVP_DigestUpdate(context_.get(), body.data(), body.size()) == 1);
  CHECK(EVP_DigestFinal_ex(context_.get(), next.hash.data(), nullptr) == 1);
  return next;
}

char* LogRunWriter::Open(size_t body_bytes) {
  AppendField(bytes_, kEntriesTag, 1 + VarintBytes(body_bytes) + body_bytes + kHashFieldBytes);
  AppendField(bytes_, kBodyTag, body_bytes);
  body_begin_ = bytes_.size();
  body_bytes_ = body_bytes;
  bytes_.resize(bytes_.size() + body_bytes);
  return bytes_.data() + body_begin_;
}

std::string_view LogRunWriter::body() const {
  return std::string_view(bytes_).substr(body_begin_, body_bytes_);
}

void LogRunWriter::Close(const ChainEnd& end) {
  AppendField(bytes_, kHashTag, end.hash.size());
  bytes_.append(reinterpret_cast<const char*>(end.hash.data()), end.hash.size());
}

bool LogRunReader::Next() {
  if (rest_.empty()) return false;
  std::optional<std::string_view> entry = TakeField(rest_, kEntriesTag);
  std::optional<std::string_view> body = entry ? TakeField(*entry, kBodyTag) : std::nullopt;
  std::optional<std::string_view> hash = body ? TakeField(*entry, kHashTag) : std::nullopt;
  if (!hash || hash->size() != sizeof(ChainEnd::hash) || !entry->empty()) {
    ok_ = false;
    return false;
  }
  entry_ = {.body = *body, .hash = *hash};
  return true;
}

}  // namespace onewindow
