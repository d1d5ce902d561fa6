#include "services/onewindowd/settings.h"

#include <cstdint>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>

#include "engine/yaml/load.h"

namespace onewindow {
namespace {

constexpr uint64_t kMebibyte = 1 << 20;

struct Range {
  std::string_view key;
  uint32_t value;
  uint32_t min;
  uint32_t max;
};

// Of numbers for which 0 means "not given", 0 is left to the default.
std::optional<Fault> CheckRanges(const Configuration& given) {
  const Range ranges[] = {
      {"memory_mib", given.memory_mib(), 16, 1 << 20},
      {"queue_commands_max", given.queue_commands_max(), 1, 1'000'000},
      {"late_entry_days_max", given.late_entry_days_max(), 0, 3650},
      {"clock_jump_minutes_max", given.clock_jump_minutes_max(), 1, 10'080},
      {"retention_days", given.retention_days(), 0, 36'525},
      {"downtime_days_max", given.downtime_days_max(), 1, 3650},
      {"stop_seconds_max", given.stop_seconds_max(), 1, 600},
      {"attachment_bytes_max", given.attachment_bytes_max(), 1, 1 << 30},
  };
  for (const Range& range : ranges) {
    if (range.value == 0 || (range.value >= range.min && range.value <= range.max)) continue;
    return Fault{FaultKind::kInvalid, std::string(range.key) + ": expected " +
                                          std::to_string(range.min) + " to " +
                                          std::to_string(range.max)};
  }
  return std::nullopt;
}

std::optional<Fault> CheckTls(const Tls& tls) {
  const bool any = !tls.certificate().empty() || !tls.key().empty() || !tls.client_ca().empty();
  const bool all = !tls.certificate().empty() && !tls.key().empty() && !tls.client_ca().empty();
  if (any == all) return std::nullopt;
  return Fault{FaultKind::kInvalid, "tls: expected certificate, key and client_ca together"};
}

std::string Or(const std::string& given, std::string otherwise) {
  return given.empty() ? std::move(otherwise) : given;
}

RuntimePolicy PolicyOf(const Configuration& given) {
  RuntimePolicy policy;
  if (given.has_late_entry_days_max()) {
    policy.casework.late_entry_max = std::chrono::days(given.late_entry_days_max());
  }
  if (given.has_retention_days()) {
    policy.casework.retention = std::chrono::days(given.retention_days());
  }
  if (given.attachment_bytes_max() != 0) {
    policy.casework.attachment_bytes_max = given.attachment_bytes_max();
  }
  if (given.clock_jump_minutes_max() != 0) {
    policy.clock_jump_max = std::chrono::minutes(given.clock_jump_minutes_max());
  }
  if (given.downtime_days_max() != 0) {
    policy.downtime_max = std::chrono::days(given.downtime_days_max());
  }
  if (given.queue_commands_max() != 0) policy.queue_commands_max = given.queue_commands_max();
  return policy;
}

}  // namespace

Result<Configuration> ReadConfiguration(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) return Fault{FaultKind::kNotFound, path + ": cannot be read"};
  const auto loaded = LoadYaml<Configuration>({.file = path, .text = text});
  if (!loaded.ok()) return AsFault(loaded.problems);
  return loaded.message;
}

Result<Settings> MakeSettings(const Configuration& given) {
  if (given.data().empty()) {
    return Fault{FaultKind::kInvalid, "data: expected a directory, here or as --data"};
  }
  if (auto fault = CheckRanges(given)) return *fault;
  if (auto fault = CheckTls(given.tls())) return *fault;

  Settings settings;
  settings.engine.data_directory = given.data();
  settings.engine.master_key_file = given.master_key();
  settings.engine.backup_directory = given.backups();
  if (given.memory_mib() != 0) settings.engine.memory_bytes = given.memory_mib() * kMebibyte;
  if (given.has_free_mib_min()) settings.engine.free_bytes_min = given.free_mib_min() * kMebibyte;
  settings.engine.policy = PolicyOf(given);
  settings.rpc.listen = Or(given.listen(), "127.0.0.1:7443");
  settings.rpc.tls = {.certificate = given.tls().certificate(),
                      .key = given.tls().key(),
                      .client_ca = given.tls().client_ca()};
  settings.credentials_file = Or(given.credentials(), given.data() + "/credentials.yaml");
  settings.backup_directory = given.backups();
  if (given.stop_seconds_max() != 0) {
    settings.stop_max = std::chrono::seconds(given.stop_seconds_max());
  }
  if (given.log_level() != Configuration::LOG_LEVEL_UNSPECIFIED) {
    settings.log_level = given.log_level();
  }
  return settings;
}

}  // namespace onewindow
