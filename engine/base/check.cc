#include "engine/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace onewindow {
namespace {

thread_local bool in_check_scope = false;

}  // namespace

CheckScope::CheckScope() : outer_(in_check_scope) { in_check_scope = true; }
CheckScope::~CheckScope() { in_check_scope = outer_; }

namespace internal {

void FailCheck(const char* file, int line, const std::string& what) {
  std::string message = std::string(file) + ":" + std::to_string(line) + ": CHECK failed: " + what;
  if (in_check_scope) throw CheckFailure(message);
  std::fprintf(stderr, "%s\n", message.c_str());
  std::abort();
}

}  // namespace internal
}  // namespace onewindow
