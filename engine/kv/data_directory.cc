#include "engine/kv/data_directory.h"

#include <charconv>
#include <string_view>
#include <system_error>

#include "engine/kv/durable_file.h"

namespace onewindow {
namespace {

constexpr std::string_view kFormatPrefix = "onewindow-data ";

}  // namespace

std::string FormatPath(const std::string& directory) { return directory + "/FORMAT"; }
std::string HeadPath(const std::string& directory) { return directory + "/HEAD"; }
std::string DatabasePath(const std::string& directory) { return directory + "/db"; }
std::string ForgottenPath(const std::string& directory) { return directory + "/forgotten"; }

Result<uint32_t> ReadFormat(const std::string& directory) {
  Result<std::string> text = ReadWhole(FormatPath(directory));
  if (!text.ok()) return text.fault();
  return ParseFormat(text.value(), FormatPath(directory));
}

Status WriteFormat(const std::string& directory, uint32_t version) {
  return WriteDurably(FormatPath(directory), FormatText(version));
}

Result<uint32_t> ParseFormat(const std::string& text, const std::string& where) {
  uint32_t version = 0;
  if (text.starts_with(kFormatPrefix)) {
    std::from_chars(text.data() + kFormatPrefix.size(), text.data() + text.size(), version);
  }
  if (version == 0 || text != FormatText(version)) {
    return Fault{FaultKind::kCorrupt, where + " does not name a data format of OneWindow"};
  }
  if (version > kDataFormat) {
    return Fault{FaultKind::kUnsupported, where + " names data format " + std::to_string(version) +
                                              ", but this binary reads formats up to " +
                                              std::to_string(kDataFormat) +
                                              ": use a newer OneWindow"};
  }
  return version;
}

std::string FormatText(uint32_t version) {
  return std::string(kFormatPrefix) + std::to_string(version) + "\n";
}

}  // namespace onewindow
