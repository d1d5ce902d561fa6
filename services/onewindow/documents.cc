#include "services/onewindow/documents.h"

#include <filesystem>

#include "engine/base/ids.h"
#include "engine/calendar/calendar_document.h"
#include "engine/catalog/read_item.h"
#include "engine/organisation/read_chart.h"
#include "services/onewindow/files.h"

namespace onewindow {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

Status Take(const Message& read, const Problems& problems, Message& message) {
  if (!problems.empty()) return AsFault(problems);
  message.CopyFrom(read);
  return {};
}

}  // namespace

bool IsDocument(const Descriptor& type) {
  return &type == ServiceItem::descriptor() || &type == Calendar::descriptor() ||
         &type == OrganisationChart::descriptor();
}

Status ReadDocument(const std::string& path, Message& message) {
  const Descriptor* type = message.GetDescriptor();
  std::error_code unreadable;
  if (type == Calendar::descriptor() && std::filesystem::is_directory(path, unreadable)) {
    auto loaded = ReadCalendarDirectory(path);
    return Take(loaded.message, loaded.problems, message);
  }
  auto text = ReadWholeFile(path);
  if (!text.ok()) return text.fault();
  YamlText source{.file = path, .text = text.value()};
  if (type == Calendar::descriptor()) {
    auto loaded = ReadCalendar(source);
    return Take(loaded.message, loaded.problems, message);
  }
  if (type == ServiceItem::descriptor()) {
    ItemDocument document = ReadItem(source);
    return Take(document.item, document.errors, message);
  }
  CHECK(type == OrganisationChart::descriptor()) << type->full_name();
  ChartDocument document = ReadChart(source);
  return Take(document.chart, document.errors, message);
}

}  // namespace onewindow
