#include "adapters/event_logs/row_mapper.h"

#include "absl/time/civil_time.h"
#include "adapters/event_logs/log_mapping.h"
#include "engine/yaml/utf8.h"

namespace onewindow {
namespace {

ByLogField<std::string> ColumnNames(const LogColumns& columns) {
  ByLogField<std::string> names;
  names[LogField::kCaseId] = columns.case_id();
  names[LogField::kActivity] = columns.activity();
  names[LogField::kTime] = columns.time();
  names[LogField::kResource] = columns.resource();
  names[LogField::kGroup] = columns.group();
  names[LogField::kChannel] = columns.channel();
  names[LogField::kDepartment] = columns.department();
  names[LogField::kStart] = columns.start();
  names[LogField::kDeadline] = columns.deadline();
  names[LogField::kEnd] = columns.end();
  names[LogField::kLifecycle] = columns.lifecycle();
  return names;
}

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// What keeps a text from being stored; empty: nothing.
std::string TextFlaw(std::string_view text) {
  if (text.size() > kLogFieldBytesMax) {
    return "has " + std::to_string(text.size()) + " bytes, more than " +
           std::to_string(kLogFieldBytesMax);
  }
  if (text.find('\0') != std::string_view::npos) return "contains a NUL byte";
  if (FindInvalidUtf8(text)) return "is not valid UTF-8";
  return {};
}

}  // namespace

Result<RowMapper> RowMapper::Make(const LogMapping& mapping) {
  if (Findings findings = CheckLogMapping(mapping); !findings.empty()) return AsFault(findings);
  return RowMapper(mapping);
}

RowMapper::RowMapper(const LogMapping& mapping)
    : mapping_(mapping),
      columns_(ColumnNames(mapping.columns())),
      zone_(FindTimeZone(mapping.zone())),
      transitions_(mapping.transitions().begin(), mapping.transitions().end()) {
  for (const ChannelValue& channel : mapping.channels()) channels_[channel.from()] = channel.to();
}

std::optional<Channel> RowMapper::ChannelOf(std::string_view name) const {
  if (name.empty()) return CHANNEL_UNSPECIFIED;
  if (auto found = channels_.find(name); found != channels_.end()) return found->second;
  if (mapping_.unmapped_channels() == LogMapping::OTHER) return CHANNEL_OTHER;
  return std::nullopt;
}

std::optional<Instant> RowMapper::ReadTime(std::string_view text) const {
  std::optional<Instant> instant;
  if (mapping_.time_formats().empty()) {
    instant = ParseInstant(text);
    auto local =
        zone_ && !instant ? ParseInstant(text, UtcOffset{std::chrono::minutes(0)}) : std::nullopt;
    if (local) {
      auto second = std::chrono::floor<std::chrono::seconds>(*local);
      absl::CivilSecond civil(1970, 1, 1, 0, 0, second.time_since_epoch().count());
      absl::Time time = zone_->At(civil).pre;
      instant = Instant(Duration(absl::ToUnixMicros(time))) + (*local - second);
    }
  }
  for (const std::string& format : mapping_.time_formats()) {
    absl::Time time;
    std::string error;
    if (!absl::ParseTime(format, {text.data(), text.size()}, *zone_, &time, &error)) continue;
    // Beyond the range of microseconds this saturates, which the check below refuses.
    instant = Instant(Duration(absl::ToUnixMicros(time)));
    break;
  }
  if (instant && (*instant < kInstantMin || *instant > kInstantMax)) return std::nullopt;
  return instant;
}

// Reads the fields of one row and remembers the first that cannot be used.
class RowMapper::Reading {
 public:
  Reading(const RowMapper& mapper, const RawRow& raw) : mapper_(mapper), raw_(raw) {}

  // Empty when the row has none.
  std::string Text(LogField field) {
    const auto& value = raw_.fields[field];
    if (!value) return {};
    std::string flaw = TextFlaw(value->text);
    if (!flaw.empty()) {
      Refuse(field, flaw);
      return {};
    }
    return std::string(value->text);
  }

  std::string RequiredText(LogField field) {
    std::string text = Text(field);
    if (text.empty()) Refuse(field, Absence(field));
    return text;
  }

  std::optional<Instant> Time(LogField field) {
    std::string text = Text(field);
    std::string_view trimmed = Trimmed(text);
    if (trimmed.empty()) return std::nullopt;
    auto instant = mapper_.ReadTime(trimmed);
    if (!instant) Refuse(field, "is not a time that the mapping can read: " + Quoted(trimmed));
    return instant;
  }

  Instant RequiredTime(LogField field) {
    auto instant = Time(field);
    if (!instant) Refuse(field, Absence(field));
    return instant.value_or(Instant());
  }

  std::string ChannelName() {
    std::string name = Text(LogField::kChannel);
    if (!mapper_.ChannelOf(name)) {
      Refuse(LogField::kChannel, "is not among the mapped channels: " + Quoted(name));
    }
    return name;
  }

  const std::optional<RowProblem>& problem() const { return problem_; }

 private:
  std::string Absence(LogField field) const {
    return raw_.fields[field] ? "is empty" : "is missing";
  }

  static std::string Quoted(std::string_view text) { return "`" + Shortened(text) + "`"; }

  void Refuse(LogField field, const std::string& flaw) {
    if (problem_) return;
    const auto& value = raw_.fields[field];
    problem_ = RowProblem{.position = value ? value->position : raw_.position,
                          .reason = mapper_.columns_[field] + " " + flaw};
  }

  const RowMapper& mapper_;
  const RawRow& raw_;
  std::optional<RowProblem> problem_;
};

std::variant<LogRow, RowProblem, IgnoredRow> RowMapper::Map(const RawRow& raw) const {
  Reading reading(*this, raw);
  std::string transition = reading.Text(LogField::kLifecycle);
  if (!transitions_.empty() && !transition.empty() && !transitions_.contains(transition)) {
    return IgnoredRow();
  }
  LogRow row{.position = raw.position,
             .case_id = reading.RequiredText(LogField::kCaseId),
             .activity = reading.RequiredText(LogField::kActivity),
             .time = reading.RequiredTime(LogField::kTime),
             .resource = reading.Text(LogField::kResource),
             .group = reading.Text(LogField::kGroup),
             .case_facts = {.channel = reading.ChannelName(),
                            .department = reading.Text(LogField::kDepartment),
                            .start = reading.Time(LogField::kStart),
                            .deadline = reading.Time(LogField::kDeadline),
                            .end = reading.Time(LogField::kEnd)}};
  if (reading.problem()) return *reading.problem();
  return row;
}

}  // namespace onewindow
