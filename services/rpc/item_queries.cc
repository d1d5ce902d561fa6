#include "services/rpc/item_queries.h"

#include <charconv>
#include <string>

#include "engine/catalog/catalogue.h"
#include "services/rpc/page_token.h"

namespace onewindow {
namespace {

// The cursor is the number of the last item shown. Nothing for one that is no number.
std::optional<uint32_t> LastShown(const std::string& cursor) {
  uint32_t number = 0;
  if (cursor.empty()) return number;
  const char* end = cursor.data() + cursor.size();
  const auto [rest, error] = std::from_chars(cursor.data(), end, number);
  if (error != std::errc() || rest != end) return std::nullopt;
  return number;
}

}  // namespace

Reply<ListItemsResponse> ListItems(const ListItemsRequest& request, const Engine& engine) {
  const PageTokens tokens(request);
  const auto page = tokens.Read(request.paging());
  if (const auto* rejection = std::get_if<Rejection>(&page)) return *rejection;
  const auto& [size, cursor] = std::get<PageRequest>(page);
  const auto after = LastShown(cursor);
  if (!after) return BadPageToken();

  ListItemsResponse response;
  const auto published = engine.published();
  for (const ServiceItem* item : published->catalogue->AllCurrent()) {
    if (item->number() <= *after) continue;
    if (static_cast<size_t>(response.items_size()) == size) {
      const auto& last = response.items(response.items_size() - 1);
      response.set_next_page_token(tokens.Write(std::to_string(last.number())));
      break;
    }
    *response.add_items() = *item;
  }
  return response;
}

}  // namespace onewindow
