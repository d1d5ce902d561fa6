#include <gmock/gmock.h>

#include <cstdlib>
#include <random>
#include <string>

#include "tests/services/crash/clerks_fixture.h"

namespace onewindow {
namespace {

// Takes "--name=value" for the two arguments of these tests.
void TakeArguments(int argc, char** argv) {
  crash_arguments.seed = std::random_device()();
  if (const char* cycles = std::getenv("ONEWINDOW_CRASH_CYCLES")) {
    crash_arguments.cycles = std::atoi(cycles);
  }
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const char* value = argv[i] + argument.find('=') + 1;
    if (argument.starts_with("--cycles=")) crash_arguments.cycles = std::atoi(value);
    if (argument.starts_with("--seed=")) {
      crash_arguments.seed = std::strtoull(value, nullptr, 10);
    }
  }
}

}  // namespace
}  // namespace onewindow

int main(int argc, char** argv) {
  ::testing::InitGoogleMock(&argc, argv);
  onewindow::TakeArguments(argc, argv);
  return RUN_ALL_TESTS();
}
