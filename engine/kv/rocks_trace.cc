#include "engine/kv/rocks_trace.h"

#include <cstdarg>
#include <utility>

#include "engine/kv/rocks_fault.h"

namespace onewindow {
namespace {

class RocksTrace final : public rocksdb::LoggerWrapper {
 public:
  RocksTrace(std::shared_ptr<rocksdb::Logger> file, FreeSpaceGuard guard)
      : LoggerWrapper(file.get()), file_(std::move(file)), guard_(std::move(guard)) {}

  void LogHeader(const char* format, va_list arguments) override {
    if (guard_.Check().ok()) LoggerWrapper::LogHeader(format, arguments);
  }
  void Logv(const char* format, va_list arguments) override {
    if (guard_.Check().ok()) LoggerWrapper::Logv(format, arguments);
  }
  void Logv(rocksdb::InfoLogLevel level, const char* format, va_list arguments) override {
    if (guard_.Check().ok()) LoggerWrapper::Logv(level, format, arguments);
  }

 private:
  const std::shared_ptr<rocksdb::Logger> file_;
  const FreeSpaceGuard guard_;
};

}  // namespace

Result<std::shared_ptr<rocksdb::Logger>> OpenRocksTrace(const std::string& database_path,
                                                        const rocksdb::DBOptions& options,
                                                        const FreeSpaceGuard& guard) {
  std::shared_ptr<rocksdb::Logger> file;
  const rocksdb::Status status = rocksdb::CreateLoggerFromOptions(database_path, options, &file);
  if (!status.ok()) return FaultOf(status, "Cannot open the info log in " + database_path);
  return std::shared_ptr<rocksdb::Logger>(std::make_shared<RocksTrace>(std::move(file), guard));
}

}  // namespace onewindow
