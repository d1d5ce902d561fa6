#include "adapters/event_logs/log_bytes.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace onewindow {
namespace {

constexpr std::string_view kGzipMagic = "\x1f\x8b";
constexpr int kGzipWindowBits = 15 + 16;

Fault Damaged(const std::string& what) {
  return Fault{FaultKind::kCorrupt, "the gzip data are damaged: " + what};
}

}  // namespace

Result<LogBytes> LogBytes::Open(const std::filesystem::path& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) {
    FaultKind kind = errno == ENOENT ? FaultKind::kNotFound : FaultKind::kIo;
    return Fault{kind, "cannot open " + path.string() + ": " + std::strerror(errno)};
  }
  std::error_code unknown_size;
  auto bytes_total = std::filesystem::file_size(path, unknown_size);
  LogBytes bytes(file, path, unknown_size ? 0 : bytes_total);

  if (Status status = bytes.FillInput(); !status.ok()) return status.fault();
  if (bytes.unread_.starts_with(kGzipMagic)) {
    if (Status status = bytes.StartInflating(); !status.ok()) return status.fault();
  }
  return bytes;
}

LogBytes::LogBytes(std::FILE* file, std::filesystem::path path, uint64_t bytes_total)
    : file_(file), path_(std::move(path)), progress_{.bytes_total = bytes_total} {}

Result<std::string_view> LogBytes::Read() {
  output_.resize(kChunkBytes);
  output_size_ = 0;
  while (!pending_ && output_size_ < kChunkBytes) {
    if (unread_.empty() && at_end_) break;
    if (unread_.empty()) {
      if (Status status = FillInput(); !status.ok()) pending_ = status.fault();
      continue;
    }
    Status status = stream_ ? InflateSome() : CopySome();
    if (!status.ok()) pending_ = status.fault();
  }
  if (output_size_ > 0) return std::string_view(output_.data(), output_size_);
  if (pending_) return *pending_;
  if (stream_ && !between_members_) return Damaged("they end early");
  return std::string_view();
}

Status LogBytes::FillInput() {
  input_.resize(kChunkBytes);
  size_t count = std::fread(input_.data(), 1, input_.size(), file_.get());
  if (std::ferror(file_.get()) != 0) {
    return Fault{FaultKind::kIo, "cannot read " + path_.string() + ": " + std::strerror(errno)};
  }
  at_end_ = count < input_.size();
  unread_ = std::string_view(input_.data(), count);
  progress_.bytes_read += count;
  return {};
}

Status LogBytes::StartInflating() {
  auto stream = std::make_unique<z_stream>();
  if (inflateInit2(stream.get(), kGzipWindowBits) != Z_OK) {
    return Fault{FaultKind::kUnavailable, "not enough memory to decompress " + path_.string()};
  }
  stream_.reset(stream.release());
  return {};
}

Status LogBytes::InflateSome() {
  if (between_members_) {
    if (unread_[0] != kGzipMagic[0]) return Damaged("something else follows behind them");
    inflateReset(stream_.get());
    between_members_ = false;
  }
  // zlib takes its input by a pointer to non-const, and does not write to it.
  stream_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(unread_.data()));
  stream_->avail_in = static_cast<uInt>(unread_.size());
  stream_->next_out = reinterpret_cast<Bytef*>(output_.data() + output_size_);
  stream_->avail_out = static_cast<uInt>(kChunkBytes - output_size_);
  int outcome = inflate(stream_.get(), Z_NO_FLUSH);
  unread_.remove_prefix(unread_.size() - stream_->avail_in);
  output_size_ = kChunkBytes - stream_->avail_out;
  if (outcome == Z_STREAM_END) {
    between_members_ = true;
    return {};
  }
  if (outcome == Z_OK) return {};
  return Damaged(stream_->msg != nullptr ? stream_->msg : "they cannot be decompressed");
}

Status LogBytes::CopySome() {
  size_t count = std::min(unread_.size(), kChunkBytes - output_size_);
  std::memcpy(output_.data() + output_size_, unread_.data(), count);
  unread_.remove_prefix(count);
  output_size_ += count;
  return {};
}

}  // namespace onewindow
