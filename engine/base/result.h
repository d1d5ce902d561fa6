#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "engine/base/check.h"

namespace onewindow {

// The world failed, or what it gave us cannot be used. A rule that says no is a Rejection, and a
// bug of ours a CHECK; the three never mix.
enum class FaultKind {
  kInvalid,      // Input cannot be used as it is; the message says where and what would be right.
  kNotFound,
  kExists,
  kIo,           // A read or write failed; after a failed write only reopening helps.
  kNoSpace,      // Writes are refused until space is free; reads go on.
  kCorrupt,      // What is on disk is not what was written.
  kUnsupported,  // A data format newer than this binary.
  kUnavailable,  // Busy, stopping, or held by another process.
  kBug,          // A CHECK stopped one command; what it was about is set aside.
};

struct Fault {
  FaultKind kind;
  std::string message;
};

// A value or a Fault.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Fault fault) : content_(std::move(fault)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return std::holds_alternative<T>(content_); }
  // Requires: ok().
  const T& value() const& {
    CHECK(ok()) << fault().message;
    return std::get<T>(content_);
  }
  T& value() & {
    CHECK(ok()) << fault().message;
    return std::get<T>(content_);
  }
  T&& value() && {
    CHECK(ok()) << fault().message;
    return std::get<T>(std::move(content_));
  }
  // Requires: !ok().
  const Fault& fault() const { return std::get<Fault>(content_); }

 private:
  std::variant<T, Fault> content_;
};

// Success, or a Fault.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Fault fault) : fault_(std::move(fault)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return !fault_.has_value(); }
  // Requires: !ok().
  const Fault& fault() const { return *fault_; }

 private:
  std::optional<Fault> fault_;
};

}  // namespace onewindow
