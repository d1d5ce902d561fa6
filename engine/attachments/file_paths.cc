#include "engine/attachments/file_paths.h"

#include <algorithm>

#include "engine/attachments/file_hash.h"
#include "engine/base/check.h"

namespace onewindow {

std::string AttachmentsPath(const std::string& data_directory) {
  return data_directory + "/attachments";
}

std::string FilePath(const std::string& root, std::string_view address) {
  CHECK(IsAddress(address));
  return root + "/" + std::string(address.substr(0, 2)) + "/" + std::string(address);
}

std::string IncomingPath(const std::string& root) { return root + "/incoming"; }

std::string MarkPath(const std::string& root, std::string_view address) {
  CHECK(IsAddress(address));
  return IncomingPath(root) + "/" + std::string(address);
}

bool IsAddress(std::string_view text) {
  return text.size() == kSha256HexCharacters && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace onewindow
