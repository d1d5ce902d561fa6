#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace onewindow {

// How a process ended.
struct ProcessEnd {
  int exit_code = 0;  // -1 where a signal ended it.
  int signal = 0;
};

// A server as a process of its own. What it says on standard error goes to a file, so that a test
// can show it. Killed at the end if it still runs.
class ServerProcess {
 public:
  struct Options {
    std::vector<std::string> command;  // The program's path and its arguments.
    std::string log;                   // A file, written on.
  };
  // Starts it and waits until it has printed a line "NAME listens at ADDRESS". kUnavailable, with
  // the end of its log, where it ended before that.
  static Result<ServerProcess> Start(const Options& options);
  // Starts it and waits for nothing. It has no address().
  static ServerProcess Begin(const Options& options);

  ServerProcess(ServerProcess&& other) noexcept;
  ServerProcess& operator=(ServerProcess&&) = delete;
  ~ServerProcess();

  const std::string& address() const { return address_; }
  pid_t pid() const { return pid_; }

  void Signal(int signal) const;
  // Waits until it has ended.
  ProcessEnd Wait();
  // Processor time it has taken so far, of all its threads.
  double CpuSeconds() const;

 private:
  ServerProcess(pid_t pid, int output, int input) : pid_(pid), output_(output), input_(input) {}
  bool ReadAddress();

  pid_t pid_;   // 0: it has ended and was waited for.
  int output_;  // Its standard output and input.
  int input_;
  std::string address_;
};

// Runs it to its end; what it prints goes to the log.
ProcessEnd RunToEnd(const ServerProcess::Options& options);

// The whole file; empty where it cannot be read.
std::string TextOf(const std::string& path);

}  // namespace onewindow
