#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace onewindow {

// The serial numbers given so far, by series: receipts of a county and day, documents and cards of
// an issuer and year. A fold of the log: Apply sees every event that carries a number.
class Counters {
 public:
  // 0 where the series has not begun.
  uint32_t Last(std::string_view series) const;
  void Advance(std::string_view series, uint32_t serial);

  const auto& all() const { return last_; }

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::unordered_map<std::string, uint32_t, Hash, std::equal_to<>> last_;
};

}  // namespace onewindow
