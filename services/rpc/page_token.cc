#include "services/rpc/page_token.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <memory>
#include <string_view>

#include "engine/casework/rejections.h"
#include "services/rpc/digest.h"

namespace onewindow {
namespace {

// Format of a token: hexadecimal digits of
//   token   = binding cursor
//   binding = first 8 bytes of SHA-256(type name | request without its paging)
constexpr size_t kBindingBytes = 8;

}  // namespace

Rejection BadPageToken() {
  return RefusedField(PAGE_TOKEN_INVALID, "paging.page_token",
                      "expected what the page before gave for the same request");
}

PageTokens::PageTokens(const google::protobuf::Message& request) {
  const std::unique_ptr<google::protobuf::Message> filter(request.New());
  filter->CopyFrom(request);
  const auto* paging = filter->GetDescriptor()->FindFieldByName("paging");
  filter->GetReflection()->ClearField(filter.get(), paging);
  const Digest digest =
      Sha256(request.GetDescriptor()->full_name() + '|' + filter->SerializeAsString());
  binding_.assign(reinterpret_cast<const char*>(digest.data()), kBindingBytes);
}

std::variant<PageRequest, Rejection> PageTokens::Read(const Paging& paging) const {
  PageRequest page;
  if (paging.page_size() != 0) page.size = std::min<size_t>(paging.page_size(), kPageSizeMax);
  if (paging.page_token().empty()) return page;

  const auto token = FromHex(paging.page_token());
  if (!token || token->size() <= kBindingBytes || !token->starts_with(binding_)) {
    return BadPageToken();
  }
  page.cursor = token->substr(kBindingBytes);
  return page;
}

std::string PageTokens::Write(const std::string& cursor) const {
  return cursor.empty() ? std::string() : ToHex(binding_ + cursor);
}

}  // namespace onewindow
