#include "services/onewindow/checkups.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "engine/kv/data_directory.h"
#include "engine/kv/head_file.h"
#include "services/onewindow/refusal.h"

namespace onewindow {
namespace {

constexpr char kHealthCheck[] = "/grpc.health.v1.Health/Check";
// A HealthCheckResponse with status (1) SERVING (1).
constexpr char kServing[] = "\x08\x01";
constexpr std::chrono::milliseconds kHealthDeadline{3000};
constexpr unsigned kLastMonthOfPatience = 10;
constexpr uint64_t kMiB = 1 << 20;

unsigned MonthOf(Date date) {
  return static_cast<unsigned>(std::chrono::year_month_day(date).month());
}

}  // namespace

Diagnosis CheckCoverage(const WorkingCalendar& calendar, Date today) {
  Date last = calendar.last_published_day();
  Diagnosis found{Health::kGood, "calendar " + calendar.id(),
                  "published until " + FormatDate(last)};
  int year = YearOf(today);
  if (YearOf(last) > year) return found;
  if (YearOf(last) < year) {
    found.health = Health::kFault;
    found.text += ": " + std::to_string(year) + " is missing, all new due dates are provisional";
    return found;
  }
  std::string next = std::to_string(year + 1);
  if (MonthOf(today) <= kLastMonthOfPatience) {
    found.text += "; " + next + " is to be published between October and December";
    return found;
  }
  found.health = Health::kWarning;
  found.text += ": " + next +
                " is missing; publish it as soon as the State Council has, due dates beyond are "
                "provisional";
  return found;
}

std::vector<Diagnosis> CheckDataDirectory(const std::string& directory) {
  auto format = ReadFormat(directory);
  if (!format.ok()) return {{Health::kFault, "data", format.fault().message}};
  auto head = HeadFile::Read(HeadPath(directory));
  if (!head.ok()) return {{Health::kFault, "data", head.fault().message}};
  return {{Health::kGood, "data",
           directory + ", format " + std::to_string(format.value()) + ", log until command " +
               std::to_string(head.value().sequence.value)}};
}

Diagnosis CheckFreeSpace(const std::string& directory, uint64_t free_bytes_min) {
  std::error_code error;
  auto space = std::filesystem::space(directory, error);
  if (error) return {Health::kFault, "free space", directory + ": " + error.message()};
  Diagnosis found{Health::kGood, "free space", std::to_string(space.available / kMiB) + " MiB"};
  if (space.available >= 4 * free_bytes_min) return found;
  found.health = space.available < free_bytes_min ? Health::kFault : Health::kWarning;
  found.text += "; below " + std::to_string(free_bytes_min / kMiB) + " MiB writes are refused";
  return found;
}

Diagnosis CheckFile(const std::string& subject, const std::string& path, Guarded guarded) {
  struct stat found;
  if (stat(path.c_str(), &found) != 0) {
    return {Health::kFault, subject, path + ": " + std::strerror(errno)};
  }
  bool open = (found.st_mode & (guarded == Guarded::kAgainstReading ? 0077u : 0022u)) != 0;
  if (!open) return {Health::kGood, subject, path};
  bool reading = guarded == Guarded::kAgainstReading;
  return {Health::kFault, subject,
          path + ": others may " + (reading ? "read" : "write") + " it; chmod " +
              (reading ? "600" : "go-w") + " " + path};
}

Diagnosis CheckServer(Wire& wire, const std::string& server) {
  auto answer = wire.Call(kHealthCheck, "", kHealthDeadline);
  if (auto* failure = std::get_if<CallFailure>(&answer)) {
    return {Health::kFault, "server", server + ": " + RefusalText(*failure)};
  }
  if (std::get<std::string>(answer) != kServing) {
    return {Health::kFault, "server", server + " answers, but does not serve"};
  }
  return {Health::kGood, "server", server + " serves"};
}

}  // namespace onewindow
