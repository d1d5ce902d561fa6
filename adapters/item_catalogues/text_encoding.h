#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace onewindow {

// GB18030 contains GBK and GB2312, which older systems export.
enum class TextEncoding { kUtf8, kGb18030 };

// "UTF-8", "GB18030".
std::string_view NameOf(TextEncoding encoding);

// Turns the text of one field into UTF-8.
class TextDecoder {
 public:
  explicit TextDecoder(TextEncoding encoding);

  // Nothing where the bytes are no text of the encoding.
  std::optional<std::string> Decode(std::string_view bytes) const;

 private:
  struct CloseConversion {
    void operator()(void* conversion) const;
  };
  std::unique_ptr<void, CloseConversion> conversion_;  // Null for UTF-8.
};

}  // namespace onewindow
