#include "engine/base/check.h"

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace onewindow {
namespace {

thread_local bool in_check_scope = false;

// The path within the repository: the message may end up in the log, whose bytes are the same
// wherever the program was built.
std::string_view WithinRepository(std::string_view file) {
  for (const std::string_view top : {"/engine/", "/services/", "/adapters/", "/tests/"}) {
    const size_t found = file.rfind(top);
    if (found != std::string_view::npos) return file.substr(found + 1);
  }
  return file;
}

}  // namespace

CheckScope::CheckScope() : outer_(in_check_scope) { in_check_scope = true; }
CheckScope::~CheckScope() { in_check_scope = outer_; }

namespace internal {

void FailCheck(const char* file, int line, const std::string& what) {
  std::string message =
      std::string(WithinRepository(file)) + ":" + std::to_string(line) + ": CHECK failed: " + what;
  if (in_check_scope) throw CheckFailure(message);
  std::fprintf(stderr, "%s\n", message.c_str());
  std::abort();
}

}  // namespace internal
}  // namespace onewindow
