#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>

#include "absl/time/time.h"
#include "adapters/event_logs/log_row.h"
#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "onewindow/v1/log_mapping.pb.h"

namespace onewindow {

// A row that the mapping tells us to pass over.
struct IgnoredRow {};

// Turns the values of a row into what they mean, as one mapping has it.
class RowMapper {
 public:
  // kInvalid with what CheckLogMapping finds.
  static Result<RowMapper> Make(const LogMapping& mapping);

  // The name of the column that holds the field; empty: none does.
  const ByLogField<std::string>& columns() const { return columns_; }
  const CsvDialect& csv() const { return mapping_.csv(); }

  // The channel that a value of the channel column means: unspecified where it is empty, nothing
  // where a row that has it is unusable.
  std::optional<Channel> ChannelOf(std::string_view name) const;

  std::variant<LogRow, RowProblem, IgnoredRow> Map(const RawRow& raw) const;

 private:
  class Reading;

  explicit RowMapper(const LogMapping& mapping);

  std::optional<Instant> ReadTime(std::string_view text) const;

  LogMapping mapping_;
  ByLogField<std::string> columns_;
  std::optional<absl::TimeZone> zone_;
  std::map<std::string, Channel, std::less<>> channels_;
  std::set<std::string, std::less<>> transitions_;
};

}  // namespace onewindow
