// The server: reads its configuration, opens its data, listens, and ends when told to.
#include <signal.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <ctime>
#include <iostream>
#include <string>

#include "engine/organisation/organisation_index.h"
#include "services/onewindowd/demo_tokens.h"
#include "services/onewindowd/first_start.h"
#include "services/onewindowd/server.h"
#include "services/onewindowd/settings.h"
#include "services/onewindowd/version.h"

namespace onewindow {
namespace {

// 0 stopped when told to; 1 could not start or its store failed; 2 wrong usage or configuration.
enum ExitCode { kStopped = 0, kFailed = 1, kUsage = 2 };

// How often the credentials file is looked at.
constexpr timespec kLookInterval{.tv_sec = 1, .tv_nsec = 0};

struct Flags {
  std::string config;
  std::string data;
  std::string listen;
  std::string init;
};

void Parse(CLI::App& app, Flags& flags) {
  app.set_version_flag("--version", "onewindowd " + std::string(kServerVersion));
  app.add_option("--config", flags.config, "Configuration file, see deploy/onewindowd.yaml")
      ->check(CLI::ExistingFile);
  app.add_option("--data", flags.data, "Data directory; goes before the configuration");
  app.add_option("--listen", flags.listen,
                 "Address for gRPC such as 127.0.0.1:7443, port 0 for a free one; goes before the "
                 "configuration");
  app.add_option("--init", flags.init,
                 "A demo county to publish where nothing is published yet, with a token for each "
                 "person in DATA/demo-tokens")
      ->check(CLI::ExistingDirectory);
  app.footer(
      "SIGTERM and SIGINT stop the server: what waits is answered first. SIGHUP rereads the\n"
      "credentials, which is also done by itself when their file changes.");
}

Result<Settings> SettingsFrom(const Flags& flags) {
  Configuration configuration;
  if (!flags.config.empty()) {
    auto read = ReadConfiguration(flags.config);
    if (!read.ok()) return read.fault();
    configuration = std::move(read).value();
  }
  if (!flags.data.empty()) configuration.set_data(flags.data);
  if (!flags.listen.empty()) configuration.set_listen(flags.listen);
  return MakeSettings(configuration);
}

spdlog::level::level_enum LevelOf(Configuration::LogLevel level) {
  if (level == Configuration::DEBUG) return spdlog::level::debug;
  if (level == Configuration::WARNING) return spdlog::level::warn;
  if (level == Configuration::ERROR) return spdlog::level::err;
  return spdlog::level::info;
}

void SetUpLog(Configuration::LogLevel level) {
  auto logger = spdlog::stderr_color_mt("onewindowd");
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
  logger->set_level(LevelOf(level));
  spdlog::set_default_logger(std::move(logger));
}

// Signals are taken by WaitForEnd alone: blocked here before any thread is made.
sigset_t BlockSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGUSR1}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// Until somebody says stop or the store fails. Looks at the credentials meanwhile.
ExitCode WaitForEnd(Server& server, const sigset_t& signals, const std::atomic<bool>& failed) {
  while (true) {
    const int signal = sigtimedwait(&signals, nullptr, &kLookInterval);
    if (failed) return kFailed;
    if (signal == SIGTERM || signal == SIGINT) return kStopped;
    server.RereadCredentials();
  }
}

Status PublishDemo(const std::string& directory, const Settings& settings, Server& server) {
  Status status = PublishCounty(directory, server.engine());
  if (!status.ok()) return status;
  const std::string tokens_file = settings.engine.data_directory + "/demo-tokens";
  const auto made = MakeDemoTokens(server.engine().published()->organisation->chart(),
                                   settings.credentials_file, tokens_file);
  if (!made.ok()) return made.fault();
  if (made.value() == DemoTokens::kMade) spdlog::info("demo tokens: {}", tokens_file);
  return {};
}

ExitCode Run(Settings settings, const std::string& init) {
  const sigset_t signals = BlockSignals();
  // What the server makes is for its own eyes.
  umask(0077);
  std::atomic<bool> failed = false;
  settings.engine.on_failure = [&failed](const Fault& fault) {
    spdlog::critical("the store failed, the server ends: {}", fault.message);
    failed = true;
    kill(getpid(), SIGUSR1);
  };
  const SystemTime time;
  auto server = Server::Open(settings, time);
  Status status = server.ok() ? Status() : Status(server.fault());
  if (status.ok() && !init.empty()) status = PublishDemo(init, settings, *server.value());
  if (status.ok()) status = server.value()->Listen();
  if (!status.ok()) {
    spdlog::critical("cannot start: {}", status.fault().message);
    return kFailed;
  }

  // For programs that started this one with port 0.
  std::cout << "onewindowd listens at " << server.value()->address() << std::endl;
  const ExitCode code = WaitForEnd(*server.value(), signals, failed);
  spdlog::info("stopping");
  server.value()->Stop();
  spdlog::info("stopped");
  return failed ? kFailed : code;
}

}  // namespace
}  // namespace onewindow

int main(int argc, char** argv) {
  CLI::App app("The OneWindow (一窗) case workflow server.", "onewindowd");
  onewindow::Flags flags;
  onewindow::Parse(app, flags);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? onewindow::kStopped : onewindow::kUsage;
  }
  auto settings = onewindow::SettingsFrom(flags);
  if (!settings.ok()) {
    std::cerr << "onewindowd: " << settings.fault().message << '\n';
    return onewindow::kUsage;
  }
  onewindow::SetUpLog(settings.value().log_level);
  return onewindow::Run(std::move(settings).value(), flags.init);
}
