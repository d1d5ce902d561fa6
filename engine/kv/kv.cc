#include "engine/kv/kv.h"

namespace onewindow {

const std::string& AfterEveryKey() {
  static const std::string key(kKeyBytesMax + 1, '\xff');
  return key;
}

KeyRange KeysWithPrefix(std::string_view prefix) {
  const size_t last = prefix.find_last_not_of('\xff');
  if (last == std::string_view::npos) {
    return {.from = std::string(prefix), .until = AfterEveryKey()};
  }
  std::string until(prefix.substr(0, last + 1));
  until.back() = static_cast<char>(static_cast<unsigned char>(until.back()) + 1);
  return {.from = std::string(prefix), .until = until};
}

}  // namespace onewindow
