#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <memory>

#include "engine/calendar/calendar_document.h"
#include "services/onewindow/call_options.h"
#include "services/onewindow/checkups.h"
#include "services/onewindow/command_tree.h"
#include "services/onewindow/offline_commands.h"
#include "services/onewindow/share.h"
#include "services/onewindowd/settings.h"
#include "services/rpc/credentials.h"

namespace onewindow {
namespace {

constexpr char kSystemConfiguration[] = "/etc/onewindow/onewindowd.yaml";

struct DoctorWish {
  std::string configuration;
  std::string data;
  std::string calendar = "china";
  std::string server;  // Empty: none is asked.
};

using Diagnoses = std::vector<Diagnosis>;

void Append(Diagnoses more, Diagnoses& all) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

// The configuration that the server would start with; nothing where none is named and none stands
// where the system has it.
Result<std::optional<Settings>> SettingsOf(const DoctorWish& wish) {
  Configuration configuration;
  std::error_code unreadable;
  bool system = std::filesystem::exists(kSystemConfiguration, unreadable);
  std::string path = wish.configuration;
  if (path.empty() && wish.data.empty()) {
    if (!system) return std::optional<Settings>();
    path = kSystemConfiguration;
  }
  if (!path.empty()) {
    auto read = ReadConfiguration(path);
    if (!read.ok()) return read.fault();
    configuration = read.value();
  }
  if (!wish.data.empty()) configuration.set_data(wish.data);
  auto settings = MakeSettings(configuration);
  if (!settings.ok()) return settings.fault();
  return std::optional<Settings>(settings.value());
}

Diagnosis CheckCredentials(const std::string& path) {
  Diagnosis file = CheckFile("credentials", path, Guarded::kAgainstWriting);
  if (file.health != Health::kGood) return file;
  auto credentials = ReadCredentials(path);
  if (!credentials.ok()) return {Health::kFault, "credentials", credentials.fault().message};
  size_t tokens = credentials.value().size();
  return {tokens == 0 ? Health::kWarning : Health::kGood, "credentials",
          path + ", " + std::to_string(tokens) + " tokens"};
}

Diagnosis CheckCalendar(const std::string& path_or_name) {
  std::string subject = "calendar " + path_or_name;
  auto directory = CalendarDirectory(path_or_name);
  if (!directory.ok()) return {Health::kFault, subject, directory.fault().message};
  auto loaded = ReadCalendarDirectory(directory.value());
  if (!loaded.ok()) return {Health::kFault, subject, FormatProblems(loaded.problems)};
  auto calendar = WorkingCalendar::Make(loaded.message).value();
  auto now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  return CheckCoverage(calendar, DateOf(now, calendar.zone()));
}

Diagnoses CheckSettings(const Settings& settings) {
  const EngineOptions& engine = settings.engine;
  Diagnoses found = CheckDataDirectory(engine.data_directory);
  found.push_back(CheckFreeSpace(engine.data_directory, engine.free_bytes_min));
  std::string key = engine.master_key_file.empty() ? engine.data_directory + "/master.key"
                                                   : engine.master_key_file;
  found.push_back(CheckFile("master key", key, Guarded::kAgainstReading));
  found.push_back(CheckCredentials(settings.credentials_file));
  return found;
}

Diagnosis CheckAnswer(const std::string& server) {
  Connection connection;
  connection.server = server;
  auto wire = OpenGrpcWire(connection);
  if (!wire.ok()) return {Health::kFault, "server", wire.fault().message};
  return CheckServer(*wire.value(), server);
}

ExitCode Examine(const DoctorWish& wish, Terminal& terminal) {
  Diagnoses found{CheckCalendar(wish.calendar)};
  auto settings = SettingsOf(wish);
  if (!settings.ok()) {
    found.push_back({Health::kFault, "configuration", settings.fault().message});
  } else if (!settings.value()) {
    found.push_back({Health::kGood, "configuration",
                     "none looked at: name it with --config, or the data with --data"});
  } else {
    found.push_back({Health::kGood, "configuration", "can be used"});
    Append(CheckSettings(*settings.value()), found);
  }
  if (!wish.server.empty()) found.push_back(CheckAnswer(wish.server));
  return PrintDiagnoses(found, terminal);
}

}  // namespace

void AddDoctorCommand(CommandTree& tree) {
  auto wish = std::make_shared<DoctorWish>();
  CLI::App& doctor = tree.Add(
      {.words = "doctor",
       .heading = "Server",
       .help = "Look at calendars, configuration, data, space, files and server, and say what must "
               "be mended",
       .example = "onewindow doctor --config /etc/onewindow/onewindowd.yaml --ask 127.0.0.1:7443"},
      [wish](Terminal& terminal) { return Examine(*wish, terminal); });
  doctor.add_option("--config", wish->configuration, "The server's configuration");
  doctor.add_option("--data", wish->data, "Its data directory; goes before the configuration");
  doctor.add_option("--calendar", wish->calendar, "A calendar's directory, or one that ships")
      ->capture_default_str();
  doctor.add_option("--ask", wish->server, "Also ask this server whether it serves");
}

}  // namespace onewindow
