#pragma once

#include <cstddef>
#include <cstdint>

// Bounds of the whole product. Each is checked where input enters, and named in the error.
namespace onewindow {

inline constexpr size_t kRequestBytesMax = 1 << 20;      // One request over any interface.
inline constexpr size_t kBatchCommandsMax = 256;         // Commands in one synced write.
inline constexpr size_t kBatchBytesMax = 1 << 20;        // Their log bytes, about.
inline constexpr size_t kRequestIdBytesMax = 128;
inline constexpr size_t kPaperNumberBytesMax = 256;      // A provisional number of a desk.
inline constexpr size_t kFreeTextBytesMax = 16 << 10;    // One sealed text.
inline constexpr size_t kEventsPerCommandMax = 256;
inline constexpr size_t kPageSizeMax = 1000;             // Rows in one answer.
inline constexpr size_t kPageSizeDefault = 50;
inline constexpr int kLimitAmountMax = 10000;            // Days or hours of one limit.
inline constexpr int64_t kRememberedRequestsMax = 1'000'000;
inline constexpr int64_t kRememberedRequestDays = 7;

}  // namespace onewindow
