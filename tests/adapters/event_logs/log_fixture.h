#pragma once

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/event_logs/occurrences.h"
#include "engine/base/instant.h"

namespace onewindow {

// A directory of its own for one test, with the words to write logs into it and read them.
class LogFixture : public ::testing::Test {
 protected:
  LogFixture() {
    std::string name = (std::filesystem::temp_directory_path() / "event_logs-XXXXXX").string();
    directory_ = mkdtemp(name.data());
    std::filesystem::create_directory(temp());
  }
  ~LogFixture() override { std::filesystem::remove_all(directory_); }

  std::filesystem::path temp() const { return directory_ / "temp"; }

  std::filesystem::path Write(const std::string& name, std::string_view content) const {
    std::ofstream(directory_ / name, std::ios::binary) << content;
    return directory_ / name;
  }

  static std::string Gzipped(std::string_view content) {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, content.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
  }

  // Columns "case", "what", "when" and any that are given; Amsterdam; every channel is "other".
  static LogMapping SmallMapping() {
    LogMapping mapping;
    mapping.mutable_columns()->set_case_id("case");
    mapping.mutable_columns()->set_activity("what");
    mapping.mutable_columns()->set_time("when");
    mapping.set_zone("Europe/Amsterdam");
    mapping.set_item("Test");
    mapping.set_unmapped_channels(LogMapping::OTHER);
    return mapping;
  }

  Result<Occurrences> Open(const LogMapping& mapping, const std::filesystem::path& log,
                           size_t memory_bytes = 64 << 20) {
    problems_.clear();
    return Occurrences::Read(
        mapping, {.log = log,
                  .temp_directory = temp(),
                  .memory_bytes = memory_bytes,
                  .on_problem = [this](const RowProblem& problem) { problems_.push_back(problem); },
                  .on_progress = {}});
  }

  static std::vector<Occurrence> Drain(Occurrences& occurrences) {
    std::vector<Occurrence> all;
    while (true) {
      auto next = occurrences.Next();
      if (!next.ok()) {
        ADD_FAILURE() << next.fault().message;
        return all;
      }
      if (!next.value()) return all;
      all.push_back(*next.value());
    }
  }

  // "line:column reason" of every problem.
  std::vector<std::string> Problems() const {
    std::vector<std::string> lines;
    for (const RowProblem& problem : problems_) {
      lines.push_back(std::to_string(problem.position.line) + ":" +
                      std::to_string(problem.position.column) + " " + problem.reason);
    }
    return lines;
  }

  // Where the shared data lie; the test is to be skipped where they do not.
  static std::filesystem::path SharedLog(const std::string& name) {
    const char* given = std::getenv("ONEWINDOW_SHARED");
    std::filesystem::path shared =
        given != nullptr ? given : std::string(ONEWINDOW_SOURCE_DIR) + "/../shared";
    return shared / "data" / "eventlogs" / name;
  }

  static std::filesystem::path ShippedMapping(const std::string& name) {
    return std::filesystem::path(ONEWINDOW_SOURCE_DIR) / "deploy" / "mappings" / name;
  }

  std::filesystem::path directory_;
  std::vector<RowProblem> problems_;
};

// One line that tells everything about an occurrence but where it stood in the file.
inline std::string Told(const Occurrence& occurrence) {
  constexpr UtcOffset kUtc{std::chrono::minutes(0)};
  std::string line = FormatInstant(occurrence.at, kUtc);
  if (occurrence.at != occurrence.occurred_at) {
    line += " (" + FormatInstant(occurrence.occurred_at, kUtc) + ")";
  }
  if (auto* start = std::get_if<LoggedStart>(&occurrence.what)) {
    return line + " " + start->record.id + " starts";
  }
  if (auto* end = std::get_if<LoggedEnd>(&occurrence.what)) {
    return line + " " + end->record.id + " ends";
  }
  const auto& event = std::get<LoggedEvent>(occurrence.what);
  line += " " + event.case_id + " " + event.activity;
  if (!event.resource.empty()) line += " by " + event.resource;
  if (event.placement == LoggedEvent::Placement::kBeforeStart) line += ", before the start";
  if (event.placement == LoggedEvent::Placement::kAfterEnd) line += ", after the end";
  return line;
}

inline std::vector<std::string> Told(const std::vector<Occurrence>& occurrences) {
  std::vector<std::string> lines;
  for (const Occurrence& occurrence : occurrences) lines.push_back(Told(occurrence));
  return lines;
}

}  // namespace onewindow
