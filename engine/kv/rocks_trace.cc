#include "engine/kv/rocks_trace.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdarg>
#include <cstdio>
#include <mutex>
#include <utility>

#include "engine/kv/durable_file.h"

namespace onewindow {
namespace {

constexpr size_t kLineBytesMax = 4096;

class RocksTrace final : public rocksdb::Logger {
 public:
  RocksTrace(std::string path, size_t bytes_max) : path_(std::move(path)), bytes_max_(bytes_max) {}

  Status Open() {
    std::rename(path_.c_str(), (path_ + ".old").c_str());  // There is none at first.
    file_ = Descriptor(::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640));
    bytes_ = 0;
    if (!file_.open()) return SystemFault("Cannot open", path_);
    return {};
  }

  using rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override {
    const std::string line = LineOf(format, arguments);
    const std::lock_guard lock(mutex_);
    if (bytes_ + line.size() > bytes_max_ && !Open().ok()) return;
    const ssize_t written = ::write(file_.number(), line.data(), line.size());
    if (written > 0) bytes_ += static_cast<size_t>(written);
  }

 private:
  static std::string LineOf(const char* format, va_list arguments) {
    rocksdb::Env& env = *rocksdb::Env::Default();
    const uint64_t micros = env.NowMicros();
    std::array<char, kLineBytesMax> text{};
    std::vsnprintf(text.data(), text.size(), format, arguments);
    return env.TimeToString(micros / 1'000'000) + " " + text.data() + "\n";
  }

  const std::string path_;
  const size_t bytes_max_;
  std::mutex mutex_;
  Descriptor file_{-1};  // Guarded by mutex_, as the next.
  size_t bytes_ = 0;
};

}  // namespace

Result<std::shared_ptr<rocksdb::Logger>> OpenRocksTrace(const std::string& database_path,
                                                        size_t bytes_max) {
  auto trace = std::make_shared<RocksTrace>(database_path + "/LOG", bytes_max);
  if (Status opened = trace->Open(); !opened.ok()) return opened.fault();
  return std::shared_ptr<rocksdb::Logger>(std::move(trace));
}

}  // namespace onewindow
