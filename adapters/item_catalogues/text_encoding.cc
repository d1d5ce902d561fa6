#include "adapters/item_catalogues/text_encoding.h"

#include <iconv.h>

#include "engine/base/check.h"
#include "engine/yaml/utf8.h"

namespace onewindow {
namespace {

// Two bytes of GB18030 give at most three of UTF-8, and one byte gives one.
constexpr size_t kGrowthMax = 2;

}  // namespace

std::string_view NameOf(TextEncoding encoding) {
  return encoding == TextEncoding::kUtf8 ? "UTF-8" : "GB18030";
}

void TextDecoder::CloseConversion::operator()(void* conversion) const { iconv_close(conversion); }

TextDecoder::TextDecoder(TextEncoding encoding) {
  if (encoding == TextEncoding::kUtf8) return;
  conversion_.reset(iconv_open("UTF-8", "GB18030"));
  CHECK(conversion_.get() != iconv_t(-1)) << "this system does not know GB18030";
}

std::optional<std::string> TextDecoder::Decode(std::string_view bytes) const {
  if (conversion_ == nullptr) {
    if (FindInvalidUtf8(bytes)) return std::nullopt;
    return std::string(bytes);
  }
  std::string text(bytes.size() * kGrowthMax, '\0');
  char* in = const_cast<char*>(bytes.data());  // iconv does not write there.
  char* out = text.data();
  size_t in_left = bytes.size();
  size_t out_left = text.size();
  iconv(conversion_.get(), nullptr, nullptr, nullptr, nullptr);  // Back to the initial state.
  if (iconv(conversion_.get(), &in, &in_left, &out, &out_left) == size_t(-1)) return std::nullopt;
  text.resize(text.size() - out_left);
  return text;
}

}  // namespace onewindow
