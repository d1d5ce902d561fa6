#include "services/onewindow/case_views.h"

#include "engine/clock/timestamp.h"
#include "engine/yaml/scalar.h"
#include "services/onewindow/display_width.h"
#include "services/onewindow/list_views.h"
#include "services/onewindow/table.h"
#include "services/onewindow/value_text.h"

namespace onewindow {
namespace {

using google::protobuf::Message;

constexpr size_t kLabelWidth = 14;

void PrintRow(const std::string& label, const std::string& value, std::ostream& out) {
  if (!value.empty()) out << PadTo(label, kLabelWidth) << OneLine(value) << '\n';
}

// "clock_started  id=2 kind=promised ...".
std::string EventText(const Event& event) {
  const auto* fact = event.GetReflection()->GetOneofFieldDescriptor(
      event, event.GetDescriptor()->FindOneofByName("fact"));
  if (fact == nullptr) return "of a kind that this program does not know";
  std::string fields = FieldsText(event.GetReflection()->GetMessage(event, fact));
  return fact->name() + (fields.empty() ? "" : "  " + fields);
}

template <typename Rows>
std::vector<const Message*> Pointers(const Rows& rows) {
  std::vector<const Message*> pointers;
  for (const auto& row : rows) pointers.push_back(&row);
  return pointers;
}

void PrintPersonal(const CaseView& view, std::ostream& out) {
  const CaseRecord& record = view.record();
  PrintRow("applicant", record.applicant().name().text(), out);
  PrintRow("document", record.applicant().document_number().text(), out);
  PrintRow("phone", record.applicant().phone().text(), out);
  for (const Applicant& other : record.co_applicants()) {
    PrintRow("with", other.name().text(), out);
    PrintRow("document", other.document_number().text(), out);
  }
  for (const FormField& field : record.form()) PrintRow(field.name(), field.value().text(), out);
  for (const std::string& reason : view.condition_reasons()) PrintRow("condition", reason, out);
  const bool withheld = view.personal() == CaseView::WITHHELD;
  if (withheld) PrintRow("personal", "withheld; see personal show", out);
  if (view.personal() == CaseView::FORGOTTEN) PrintRow("personal", "forgotten", out);
}

void PrintClocks(const CaseView& view, std::ostream& out) {
  Table table({"CLOCK", "KIND", "OF", "STATE", "LIGHT", "BUDGET", "CONSUMED", "LEFT", "DUE", ""});
  for (const ClockStanding& standing : view.clocks()) {
    for (const Clock& clock : view.record().clocks()) {
      if (clock.id() != standing.clock_id()) continue;
      table.Add({TextAt(clock, "id"), TextAt(clock, "kind"), clock.subject(),
                 TextAt(standing, "state"), TextAt(standing, "light"), TextAt(standing, "budget"),
                 TextAt(standing, "consumed"), TextAt(standing, "remaining"),
                 TextAt(clock, "due_at"), clock.provisional() ? "provisional" : ""});
    }
  }
  if (table.empty()) return;
  out << '\n';
  table.Print(out);
}

void PrintTasks(const CaseRecord& record, std::ostream& out) {
  if (record.tasks_size() == 0) return;
  out << '\n';
  PrintRows(Pointers(record.tasks()),
            {{"TASK", "id"},
             {"KIND", "kind"},
             {"STEP", "step"},
             {"STATE", "state"},
             {"AT", "organisation"},
             {"DUTY", "duty"},
             {"HELD BY", "position"},
             {"SINCE", "since"},
             {"LEASE UNTIL", "lease_until"}},
            out);
}

void PrintPauses(const CaseRecord& record, std::ostream& out) {
  if (record.pauses_size() == 0) return;
  out << '\n';
  PrintRows(Pointers(record.pauses()),
            {{"PAUSE", "id"},
             {"KIND", "kind"},
             {"TASK", "task"},
             {"FROM", "from"},
             {"EXPECTED END", "expected_end"}},
            out);
}

void PrintMandates(const CaseRecord& record, std::ostream& out) {
  if (record.mandates_size() == 0) return;
  out << '\n';
  PrintRows(Pointers(record.mandates()),
            {{"MANDATE", "id"},
             {"KIND", "kind"},
             {"HELPER", "helper"},
             {"AGENT", "agent_name"},
             {"MAY", "scopes"},
             {"UNTIL", "until"}},
            out);
}

void PrintAttachments(const CaseRecord& record, std::ostream& out) {
  if (record.attachments_size() == 0) return;
  out << '\n';
  PrintRows(Pointers(record.attachments()),
            {{"FILE", "id"},
             {"NAME", "name.text"},
             {"MATERIAL", "material"},
             {"TYPE", "media_type"},
             {"BYTES", "bytes"}},
            out);
}

std::string Allowed(const CaseView& view) { return TextAt(view, "allowed"); }

}  // namespace

void PrintOutcome(const CommandOutcome& outcome, std::ostream& out) {
  if (outcome.sequence() == 0) out << "would be done; nothing was changed\n";
  if (outcome.case_id() != 0) PrintRow("case", TextAt(outcome, "case_id"), out);
  PrintRow("receipt", outcome.receipt_number(), out);
  PrintRow("query code", outcome.query_code(), out);
  PrintRow("stage", TextAt(outcome, "stage"), out);
  if (outcome.sequence() != 0) {
    PrintRow("recorded",
             TextAt(outcome, "recorded_at") + "  command " + std::to_string(outcome.sequence()),
             out);
  }
  for (const Event& event : outcome.events()) PrintRow("event", EventText(event), out);
  for (const Warning& warning : outcome.warnings()) {
    PrintRow(
        "warning",
        warning.text() +
            (warning.case_id() == 0 ? "" : " (case " + std::to_string(warning.case_id()) + ")"),
        out);
  }
}

void PrintCase(const CaseView& view, std::ostream& out) {
  const CaseRecord& record = view.record();
  PrintRow("case", std::to_string(record.id()), out);
  PrintRow("receipt", record.receipt_number(), out);
  PrintRow(
      "item",
      view.item_name() + "  " + record.item() + " version " + std::to_string(record.item_version()),
      out);
  PrintRow("stage", TextAt(record, "stage"), out);
  PrintRow("result", TextAt(record, "result"), out);
  PrintRow("light", TextAt(view, "light"), out);
  if (record.set_aside()) PrintRow("set aside", "by a fault of ours; nothing but reading", out);
  PrintRow("taken in at", record.intake(), out);
  PrintRow("decided by", record.deciding(), out);
  PrintRow("collected at", record.delivery_point(), out);
  PrintRow("received", TextAt(record, "received_at"), out);
  PrintRow("accepted", TextAt(record, "accepted_at"), out);
  PrintRow("decided", TextAt(record, "decided_at"), out);
  PrintRow("closed", TextAt(record, "closed_at"), out);
  PrintRow("materials", TextAt(record, "materials"), out);
  PrintRow("originals", TextAt(record, "originals"), out);
  PrintPersonal(view, out);
  if (record.cards() != 0) PrintRow("cards", std::to_string(record.cards()), out);
  PrintRow("etag", view.etag(), out);
  PrintTasks(record, out);
  PrintClocks(view, out);
  PrintPauses(record, out);
  PrintMandates(record, out);
  PrintAttachments(record, out);
  if (!Allowed(view).empty()) out << '\n';
  PrintRow("allowed", Allowed(view), out);
}

void PrintTimeline(const GetTimelineResponse& timeline, std::ostream& out) {
  for (const TimelineEntry& entry : timeline.entries()) {
    std::string who = entry.person_name().empty() ? entry.caller().person() : entry.person_name();
    if (!entry.position_name().empty()) who += " " + entry.position_name();
    if (!entry.organisation_name().empty()) who += " (" + entry.organisation_name() + ")";
    out << TextAt(entry, "occurred_at") << "  " << PadTo(entry.command(), 24) << OneLine(who);
    if (entry.late_entry()) {
      out << "  entered " << TextAt(entry, "recorded_at") << ", late by "
          << TextAt(entry, "late_by");
    }
    out << '\n';
    for (const Event& event : entry.events()) out << "    " << OneLine(EventText(event)) << '\n';
  }
  if (!timeline.next_page_token().empty()) {
    out << "There is more: add --all, or --page-token " << timeline.next_page_token() << '\n';
  }
}

void PrintCaseChange(const CaseChange& change, std::ostream& out) {
  out << change.sequence() << "  " << TextAt(change, "view.record.receipt_number") << "  "
      << TextAt(change, "view.record.stage") << "  " << TextAt(change, "view.light") << "  "
      << TextAt(change, "view.record.result") << "\n";
}

void PrintWorklistChange(const WorklistChange& change, std::ostream& out) {
  out << change.sequence();
  if (change.case_id() == 0) {
    out << "  watching\n";
    return;
  }
  out << "  case " << change.case_id();
  if (change.entries().empty()) out << "  left";
  for (const WorklistEntry& entry : change.entries()) {
    out << "  " << OneLine(entry.item_name()) << " " << TextAt(entry, "task.kind") << " "
        << entry.task().step() << " " << TextAt(entry, "task.state");
  }
  out << '\n';
}

void PrintTakenTask(const TakenTask& taken, std::ostream& out) {
  out << "case " << taken.view().record().id() << "  task " << taken.task().id() << "  "
      << OneLine(taken.view().item_name()) << "  " << TextAt(taken, "task.kind") << "  "
      << taken.task().step() << "  lease until " << TextAt(taken, "task.lease_until") << '\n';
}

void PrintHolders(const GetHoldersResponse& holders, std::ostream& out) {
  if (holders.holders().empty()) {
    out << "nobody: the case is closed\n";
    return;
  }
  PrintRows(RowsOf(holders, "holders"),
            {{"TASK", "task_id"},
             {"ORGANISATION", "organisation_name"},
             {"POSITION", "position"},
             {"PERSON", "person_name"},
             {"WHY", "why"},
             {"SINCE", "since"},
             {"UNTIL", "until"}},
            out);
}

}  // namespace onewindow
