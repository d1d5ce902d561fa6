#include "adapters/event_logs/log_mapping.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "engine/yaml/load.h"

namespace onewindow {
namespace {

std::string Element(const char* list, int index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

void CheckNames(const LogMapping& mapping, Findings& findings) {
  const LogColumns& columns = mapping.columns();
  constexpr const char* kExpected = "expected the name of a column";
  if (columns.case_id().empty()) findings.push_back({"columns.case_id", kExpected});
  if (columns.activity().empty()) findings.push_back({"columns.activity", kExpected});
  if (columns.time().empty()) findings.push_back({"columns.time", kExpected});
  if (mapping.item().empty()) findings.push_back({"item", "expected a name for the service item"});
  if (mapping.transitions_size() > 0 && columns.lifecycle().empty()) {
    findings.push_back({"transitions", "expected columns.lifecycle to name their column"});
  }
}

void CheckTimes(const LogMapping& mapping, Findings& findings) {
  if (!mapping.zone().empty() && !FindTimeZone(mapping.zone())) {
    findings.push_back({"zone", "expected an IANA name such as `Asia/Shanghai`, but `" +
                                    mapping.zone() + "` is unknown"});
  }
  if (mapping.time_formats_size() > 0 && mapping.zone().empty()) {
    findings.push_back({"time_formats", "expected a zone for times written without an offset"});
  }
}

void CheckSteps(const LogMapping& mapping, Findings& findings) {
  std::set<std::string_view> seen;
  for (int i = 0; i < mapping.steps_size(); ++i) {
    const std::string& step = mapping.steps(i);
    if (step.empty()) findings.push_back({Element("steps", i), "expected the name of an activity"});
    if (!seen.insert(step).second) {
      findings.push_back({Element("steps", i), "`" + step + "` is named twice"});
    }
  }
}

void CheckChannels(const LogMapping& mapping, Findings& findings) {
  std::set<std::string_view> seen;
  for (int i = 0; i < mapping.channels_size(); ++i) {
    const ChannelValue& channel = mapping.channels(i);
    if (channel.from().empty() || channel.to() == CHANNEL_UNSPECIFIED) {
      findings.push_back({Element("channels", i), "expected both `from` and `to`"});
    }
    if (!seen.insert(channel.from()).second) {
      findings.push_back({Element("channels", i), "`" + channel.from() + "` is mapped twice"});
    }
  }
  bool no_row_could_pass = !mapping.columns().channel().empty() && seen.empty() &&
                           mapping.unmapped_channels() != LogMapping::OTHER;
  if (no_row_could_pass) {
    findings.push_back({"channels",
                        "expected an entry for each value of the channel column, or "
                        "`unmapped_channels: other`"});
  }
}

// One printable ASCII character or a tabulator, or nothing for the usual one.
bool IsDialectCharacter(const std::string& text) {
  if (text.empty() || text == "\t") return true;
  return text.size() == 1 && text[0] >= ' ' && text[0] <= '~';
}

void CheckCsv(const CsvDialect& csv, Findings& findings) {
  constexpr const char* kExpected = "expected one ASCII character";
  if (!IsDialectCharacter(csv.separator())) findings.push_back({"csv.separator", kExpected});
  if (!IsDialectCharacter(csv.quote())) findings.push_back({"csv.quote", kExpected});
  std::string separator = csv.separator().empty() ? "," : csv.separator();
  std::string quote = csv.quote().empty() ? "\"" : csv.quote();
  if (separator == quote) findings.push_back({"csv", "expected separator and quote to differ"});
}

}  // namespace

Result<LogMapping> LoadLogMapping(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    FaultKind kind = errno == ENOENT ? FaultKind::kNotFound : FaultKind::kIo;
    return Fault{kind, "cannot open " + path.string() + ": " + std::strerror(errno)};
  }
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (file.bad()) return Fault{FaultKind::kIo, "cannot read " + path.string()};

  auto loaded = LoadYaml<LogMapping>({.file = path.string(), .text = text});
  if (!loaded.ok()) return AsFault(loaded.problems);
  Findings findings = CheckLogMapping(loaded.message);
  if (!findings.empty()) return AsFault(loaded.places.Locate(findings));
  return std::move(loaded.message);
}

Findings CheckLogMapping(const LogMapping& mapping) {
  Findings findings;
  CheckNames(mapping, findings);
  CheckTimes(mapping, findings);
  CheckSteps(mapping, findings);
  CheckChannels(mapping, findings);
  CheckCsv(mapping.csv(), findings);
  return findings;
}

std::optional<absl::TimeZone> FindTimeZone(const std::string& name) {
  auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  };
  if (name.empty() || name[0] == '/' || name == "localtime") return std::nullopt;
  if (!std::all_of(name.begin(), name.end(), is_plain)) return std::nullopt;
  absl::TimeZone zone;
  if (!absl::LoadTimeZone(name, &zone)) return std::nullopt;
  return zone;
}

}  // namespace onewindow
