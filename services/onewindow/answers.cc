#include "services/onewindow/answers.h"

#include <google/protobuf/util/json_util.h>

#include "engine/base/check.h"
#include "engine/base/ids.h"
#include "engine/yaml/write.h"
#include "services/onewindow/case_views.h"
#include "services/onewindow/clock_views.h"
#include "services/onewindow/display_width.h"
#include "services/onewindow/documents.h"
#include "services/onewindow/list_views.h"
#include "services/onewindow/value_text.h"

namespace onewindow {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kNameWidth = 18;

// Prints the answer if it is an M.
template <typename M, typename Print>
bool PrintedAs(const Message& answer, const Print& print, std::ostream& out) {
  if (answer.GetDescriptor() != M::descriptor()) return false;
  print(static_cast<const M&>(answer), out);
  return true;
}

// A field a line; of a list of messages a line for each.
void PrintFields(const Message& answer, std::ostream& out) {
  const auto* type = answer.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor& field = *type->field(i);
    bool rows = field.is_repeated() && field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (rows) {
      for (const Message* row : RowsOf(answer, field.name())) {
        out << PadTo(field.name(), kNameWidth) << FieldsText(*row) << '\n';
      }
      continue;
    }
    std::string text = TextAt(answer, field.name());
    if (!text.empty()) out << PadTo(field.name(), kNameWidth) << OneLine(text) << '\n';
  }
}

bool PrintedAsList(const Message& answer, std::ostream& out) {
  for (const ListView& view : ListViews()) {
    if (view.answer != answer.GetDescriptor()->name()) continue;
    PrintList(answer, view, out);
    return true;
  }
  return false;
}

}  // namespace

void PrintAnswer(const Message& answer, std::ostream& out) {
  if (PrintedAsList(answer, out)) return;
  if (PrintedAs<CommandOutcome>(answer, PrintOutcome, out)) return;
  if (PrintedAs<CaseView>(answer, PrintCase, out)) return;
  if (PrintedAs<GetTimelineResponse>(answer, PrintTimeline, out)) return;
  if (PrintedAs<GetHoldersResponse>(answer, PrintHolders, out)) return;
  if (PrintedAs<CaseChange>(answer, PrintCaseChange, out)) return;
  if (PrintedAs<WorklistChange>(answer, PrintWorklistChange, out)) return;
  if (PrintedAs<TakenTask>(answer, PrintTakenTask, out)) return;
  if (PrintedAs<ExplainResponse>(answer, PrintExplanations, out)) return;
  if (PrintedAs<GetProcessingTimesResponse>(answer, PrintProcessingTimes, out)) return;
  if (PrintedAs<GetLateEntriesResponse>(answer, PrintLateEntries, out)) return;
  if (IsDocument(*answer.GetDescriptor())) {
    out << WriteYaml(answer);
    return;
  }
  PrintFields(answer, out);
}

std::string AnswerJson(const Message& answer, JsonLines lines) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.add_whitespace = lines == JsonLines::kMany;
  std::string json;
  auto written = google::protobuf::util::MessageToJsonString(answer, &json, options);
  CHECK(written.ok()) << std::string(written.message());
  while (json.ends_with('\n')) json.pop_back();
  return json;
}

}  // namespace onewindow
