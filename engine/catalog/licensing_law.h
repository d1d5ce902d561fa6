#pragma once

#include <cstdint>

// What 行政许可法 sets for items of the LICENSING regime. All in working days (Art. 82).
namespace onewindow::licensing_law {

inline constexpr uint32_t kIntakeDays = 5;         // Art. 32
inline constexpr uint32_t kDecisionDaysMax = 20;   // Art. 42
inline constexpr uint32_t kExtensionDaysMax = 10;  // Art. 42
inline constexpr uint32_t kDeliveryDaysMax = 10;   // Art. 44

}  // namespace onewindow::licensing_law
