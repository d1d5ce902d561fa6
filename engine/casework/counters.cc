#include "engine/casework/counters.h"

namespace onewindow {

uint32_t Counters::Last(std::string_view series) const {
  auto found = last_.find(series);
  return found == last_.end() ? 0 : found->second;
}

void Counters::Advance(std::string_view series, uint32_t serial) {
  auto found = last_.find(series);
  if (found == last_.end()) {
    last_.emplace(series, serial);
  } else if (found->second < serial) {
    found->second = serial;
  }
}

}  // namespace onewindow
