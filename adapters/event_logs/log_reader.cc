#include "adapters/event_logs/log_reader.h"

#include <string_view>

#include "adapters/event_logs/csv_log_reader.h"
#include "adapters/event_logs/log_bytes.h"
#include "adapters/event_logs/xes_log_reader.h"

namespace onewindow {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

std::string_view WithoutByteOrderMark(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text;
}

bool LooksLikeXml(std::string_view text) {
  size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '<';
}

// Feeds one reader until the file ends or is broken.
template <typename Reader>
Status Drain(LogBytes& bytes, std::string_view first_chunk, RowIntake& intake,
             const LogSink& sink) {
  Reader reader(intake);
  for (std::string_view chunk = first_chunk; !chunk.empty();) {
    sink.on_progress(bytes.progress());
    if (Status status = reader.Read(chunk); !status.ok()) return status;
    auto next = bytes.Read();
    if (!next.ok() && next.fault().kind == FaultKind::kCorrupt) {
      return intake.Broken(reader.position(), next.fault().message);
    }
    if (!next.ok()) return next.fault();
    chunk = next.value();
  }
  return reader.Finish();
}

}  // namespace

Result<LogReading> ReadLog(const std::filesystem::path& path, const RowMapper& mapper,
                           const LogSink& sink) {
  auto bytes = LogBytes::Open(path);
  if (!bytes.ok()) return bytes.fault();
  RowIntake intake(path.string(), mapper, sink);
  auto first = bytes.value().Read();
  if (!first.ok() && first.fault().kind == FaultKind::kCorrupt) {
    return LogReading{.rows = {}, .broken = intake.Broken({1, 1}, first.fault().message)};
  }
  if (!first.ok()) return first.fault();

  std::string_view text = WithoutByteOrderMark(first.value());
  Status status = LooksLikeXml(text) ? Drain<XesLogReader>(bytes.value(), text, intake, sink)
                                     : Drain<CsvLogReader>(bytes.value(), text, intake, sink);
  sink.on_progress(bytes.value().progress());
  LogReading reading{.rows = intake.counts(), .broken = {}};
  if (status.ok()) return reading;
  if (status.fault().kind != FaultKind::kInvalid) return status.fault();
  reading.broken = status.fault();
  return reading;
}

}  // namespace onewindow
