#include "tests/support/server_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

#include "engine/base/check.h"

namespace onewindow {
namespace {

constexpr std::string_view kListening = " listens at ";
constexpr size_t kShownLogBytes = 4096;

struct Ends {
  int read;
  int write;
};

Ends MakePipe() {
  std::array<int, 2> ends{};
  CHECK(::pipe2(ends.data(), O_CLOEXEC) == 0) << std::strerror(errno);
  return {.read = ends[0], .write = ends[1]};
}

int OpenLog(const std::string& path) {
  const int log = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  CHECK(log >= 0) << path << ": " << std::strerror(errno);
  return log;
}

// The child dies with this thread, so that a test that is killed leaves nothing behind.
pid_t Spawn(const std::vector<std::string>& command, int input, int output, int errors) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t pid = ::fork();
  CHECK(pid >= 0) << std::strerror(errno);
  if (pid > 0) return pid;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(input, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(errors, STDERR_FILENO);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

ProcessEnd WaitFor(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0) CHECK(errno == EINTR) << std::strerror(errno);
  if (WIFSIGNALED(status)) return {.exit_code = -1, .signal = WTERMSIG(status)};
  return {.exit_code = WEXITSTATUS(status), .signal = 0};
}

std::string EndOf(const std::string& text) {
  return text.size() > kShownLogBytes ? text.substr(text.size() - kShownLogBytes) : text;
}

}  // namespace

ServerProcess ServerProcess::Begin(const Options& options) {
  const Ends input = MakePipe();
  const Ends output = MakePipe();
  const int log = OpenLog(options.log);
  ServerProcess server(Spawn(options.command, input.read, output.write, log), output.read,
                       input.write);
  ::close(input.read);
  ::close(output.write);
  ::close(log);
  return server;
}

Result<ServerProcess> ServerProcess::Start(const Options& options) {
  ServerProcess server = Begin(options);
  if (server.ReadAddress()) return server;
  const ProcessEnd end = server.Wait();
  return Fault{FaultKind::kUnavailable, options.command[0] + " ended with code " +
                                            std::to_string(end.exit_code) +
                                            " before it listened:\n" + EndOf(TextOf(options.log))};
}

ServerProcess::ServerProcess(ServerProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)),
      output_(std::exchange(other.output_, -1)),
      input_(std::exchange(other.input_, -1)),
      address_(std::move(other.address_)) {}

ServerProcess::~ServerProcess() {
  if (pid_ != 0) {
    Signal(SIGKILL);
    static_cast<void>(Wait());
  }
  if (output_ >= 0) ::close(output_);
  if (input_ >= 0) ::close(input_);
}

// The pipe stays open and has room for what little a server prints later.
bool ServerProcess::ReadAddress() {
  std::string line;
  char c = 0;
  while (true) {
    const ssize_t got = ::read(output_, &c, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    if (c != '\n') {
      line += c;
      continue;
    }
    const size_t at = line.find(kListening);
    if (at == std::string::npos) {
      line.clear();
      continue;
    }
    address_ = line.substr(at + kListening.size());
    return true;
  }
}

void ServerProcess::Signal(int signal) const {
  CHECK(pid_ != 0);
  CHECK(::kill(pid_, signal) == 0) << std::strerror(errno);
}

ProcessEnd ServerProcess::Wait() { return WaitFor(std::exchange(pid_, 0)); }

// Fields 14 and 15 of /proc/PID/stat, behind the name in brackets; see proc(5).
double ServerProcess::CpuSeconds() const {
  const std::string stat = TextOf("/proc/" + std::to_string(pid_) + "/stat");
  const size_t name_end = stat.rfind(") ");
  CHECK(name_end != std::string::npos) << stat;
  const char* at = stat.c_str() + name_end + 2;
  for (int field = 3; field < 14; ++field) at = std::strchr(at, ' ') + 1;
  char* next = nullptr;
  const double user = std::strtod(at, &next);
  const double system = std::strtod(next, nullptr);
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

ProcessEnd RunToEnd(const ServerProcess::Options& options) {
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const int log = OpenLog(options.log);
  const pid_t pid = Spawn(options.command, nothing, log, log);
  ::close(nothing);
  ::close(log);
  return WaitFor(pid);
}

std::string TextOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace onewindow
