#pragma once

#include <sstream>
#include <stdexcept>
#include <string>

namespace onewindow {

// What a failed CHECK becomes inside a CheckScope: a bug of ours, never a rule of the domain.
class CheckFailure : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

// While a CheckScope lives, a failed CHECK on its thread throws CheckFailure, so that the writer
// can discard one command and set its case aside. Elsewhere a failed CHECK ends the process.
class CheckScope {
 public:
  CheckScope();
  ~CheckScope();
  CheckScope(const CheckScope&) = delete;
  CheckScope& operator=(const CheckScope&) = delete;

 private:
  bool outer_;
};

namespace internal {

[[noreturn]] void FailCheck(const char* file, int line, const std::string& what);

// Collects what follows `CHECK(x) <<` and fails when the full expression ends.
class CheckMessage {
 public:
  CheckMessage(const char* file, int line, const char* condition) : file_(file), line_(line) {
    text_ << condition;
  }
  CheckMessage(const CheckMessage&) = delete;
  CheckMessage& operator=(const CheckMessage&) = delete;
  [[noreturn]] ~CheckMessage() noexcept(false) { FailCheck(file_, line_, text_.str()); }

  template <typename T>
  CheckMessage& operator<<(const T& value) {
    text_ << (first_ ? ": " : "") << value;
    first_ = false;
    return *this;
  }

 private:
  const char* file_;
  int line_;
  bool first_ = true;
  std::ostringstream text_;
};

}  // namespace internal
}  // namespace onewindow

// Holds in release builds too. CHECK(holds) << "detail";
#define CHECK(condition) \
  if (condition) [[likely]] {  \
  } else                 \
    ::onewindow::internal::CheckMessage(__FILE__, __LINE__, #condition)
