#include "services/onewindow/list_views.h"

#include <utility>

#include "engine/base/check.h"
#include "services/onewindow/table.h"
#include "services/onewindow/value_text.h"

namespace onewindow {

using google::protobuf::Message;

namespace {

std::vector<ListView> DeskLists() {
  return {
      {"FindCasesResponse",
       "cases",
       {{"CASE", "record.id"},
        {"RECEIPT", "record.receipt_number"},
        {"ITEM", "item_name"},
        {"STAGE", "record.stage"},
        {"RESULT", "record.result"},
        {"RECEIVED", "record.received_at"},
        {"LIGHT", "light"}}},
      {"ListItemsResponse",
       "items",
       {{"ITEM", "id"},
        {"VERSION", "version"},
        {"NAME", "name"},
        {"HANDLING", "handling"},
        {"ACCEPTED BY", "accepted_by"},
        {"PROMISED", "promised_limit"},
        {"STATUTORY", "statutory_limit"}}},
      {"ListWorklistResponse",
       "entries",
       {{"CASE", "case_id"},
        {"RECEIPT", "receipt_number"},
        {"ITEM", "item_name"},
        {"STAGE", "stage"},
        {"TASK", "task.id"},
        {"KIND", "task.kind"},
        {"STEP", "task.step"},
        {"STATE", "task.state"},
        {"HELD BY", "task.position"},
        {"PRIORITY", "priority"},
        {"URGED", "urgings"},
        {"LIGHT", "light"},
        {"DUE", "due_at"},
        {"LEFT", "clock.remaining"}}},
      {"ListAccompaniedResponse",
       "entries",
       {{"CASE", "case_id"},
        {"RECEIPT", "receipt_number"},
        {"ITEM", "item_name"},
        {"STAGE", "stage"},
        {"HELD BY", "held_by"},
        {"URGED", "urgings"},
        {"LIGHT", "light"},
        {"DUE", "due_at"}}},
      {"ListReadyResponse",
       "entries",
       {{"CASE", "case_id"},
        {"RECEIPT", "receipt_number"},
        {"ITEM", "item_name"},
        {"RESULT", "result"},
        {"DELIVERY", "delivery_mode"},
        {"AT", "delivery_point"},
        {"SINCE", "ready_since"}}},
  };
}

std::vector<ListView> SupervisionLists() {
  return {
      {"ListDueResponse",
       "entries",
       {{"CASE", "case_id"},
        {"RECEIPT", "receipt_number"},
        {"ITEM", "item_name"},
        {"STAGE", "stage"},
        {"INTAKE", "intake"},
        {"DECIDING", "deciding"},
        {"LIGHT", "light"},
        {"CLOCK", "clock.kind"},
        {"DUE", "due_at"},
        {"LEFT", "clock.remaining"}}},
      {"ListCardsResponse",
       "entries",
       {{"CARD", "card.colour"},
        {"YEAR", "card.year"},
        {"NO", "card.serial"},
        {"ISSUED", "issued_at"},
        {"CASE", "case_id"},
        {"CLOCK", "card.clock"},
        {"STEP", "card.step"},
        {"TO", "card.organisation"},
        {"POSITION", "card.position"},
        {"PERSON", "card.person"}}},
      {"ListOrdersResponse",
       "entries",
       {{"CASE", "case_id"},
        {"RECEIPT", "receipt_number"},
        {"ORDER", "order.id"},
        {"TO", "order.organisation"},
        {"ORDERED", "ordered_at"},
        {"REPLY BY", "order.reply_by"},
        {"ANSWERED", "order.answered_at"},
        {"OVERDUE", "overdue"}}},
      {"ListIncidentsResponse",
       "incidents",
       {{"CASE", "case_id"},
        {"RECEIPT", "receipt_number"},
        {"SET ASIDE", "set_aside_at"},
        {"COMMAND", "sequence"},
        {"INCIDENT", "incident"}}},
  };
}

std::vector<ListView> PeopleLists() {
  return {
      {"ListReadingsResponse",
       "readings",
       {{"READ AT", "read_at"},
        {"PERSON", "person"},
        {"NAME", "person_name"},
        {"POSITION", "position"},
        {"AT", "organisation_name"},
        {"FILE", "attachment"},
        {"COMMAND", "sequence"}}},
      {"ListUncoveredResponse",
       "entries",
       {{"POSITION", "position"},
        {"NAME", "position_name"},
        {"ORGANISATION", "organisation_name"},
        {"FROM", "from"},
        {"UNTIL", "until"}}},
  };
}

std::vector<ListView> TownshipLists() {
  return {
      {"ListDemandsResponse",
       "entries",
       {{"DEPARTMENT", "department"},
        {"NAME", "department_name"},
        {"REQUESTED", "requested"},
        {"AGREED", "agreed"},
        {"DECLINED", "declined"},
        {"COUNTERED", "countered"},
        {"GIVEN UP", "given_up"},
        {"WITHOUT BASIS", "without_basis"},
        {"REFUSED HAND-DOWNS", "hand_downs_refused"}}},
  };
}

std::vector<ListView> AllLists() {
  std::vector<ListView> all = DeskLists();
  for (ListView& view : SupervisionLists()) all.push_back(std::move(view));
  for (ListView& view : PeopleLists()) all.push_back(std::move(view));
  for (ListView& view : TownshipLists()) all.push_back(std::move(view));
  return all;
}

}  // namespace

const std::vector<ListView>& ListViews() {
  static const std::vector<ListView> views = AllLists();
  return views;
}

std::vector<const Message*> RowsOf(const Message& message, const std::string& field) {
  const auto* rows = message.GetDescriptor()->FindFieldByName(field);
  CHECK(rows != nullptr && rows->is_repeated()) << field;
  std::vector<const Message*> found;
  for (int i = 0; i < message.GetReflection()->FieldSize(message, rows); ++i) {
    found.push_back(&message.GetReflection()->GetRepeatedMessage(message, rows, i));
  }
  return found;
}

void PrintRows(const std::vector<const Message*>& rows, const std::vector<Column>& columns,
               std::ostream& out) {
  std::vector<std::string> headings;
  for (const Column& column : columns) headings.push_back(column.heading);
  Table table(headings);
  for (const Message* row : rows) {
    std::vector<std::string> cells;
    for (const Column& column : columns) cells.push_back(TextAt(*row, column.path));
    table.Add(std::move(cells));
  }
  table.Print(out);
}

void PrintList(const Message& answer, const ListView& view, std::ostream& out) {
  auto rows = RowsOf(answer, view.rows);
  std::string next = TextAt(answer, "next_page_token");
  if (!rows.empty()) PrintRows(rows, view.columns, out);
  if (rows.empty() && next.empty()) out << "nothing\n";
  if (!next.empty()) out << "There is more: add --all, or --page-token " << next << '\n';
}

}  // namespace onewindow
