#include "services/onewindow/item_views.h"

#include "services/onewindow/list_views.h"

namespace onewindow {

void PrintDifference(const ItemDifference& difference, std::ostream& out) {
  if (difference.changes().empty()) {
    out << "nothing changes in meaning\n";
    return;
  }
  PrintRows(RowsOf(difference, "changes"),
            {{"PART", "part"},
             {"", "kind"},
             {"FIELD", "field"},
             {"BEFORE", "before"},
             {"AFTER", "after"}},
            out);
}

void PrintSimulation(const ItemSimulation& simulation, std::ostream& out) {
  if (simulation.acts().empty()) return;
  PrintRows(RowsOf(simulation, "acts"),
            {{"AT", "at"},
             {"COMMAND", "command"},
             {"STEP", "step"},
             {"ORGANISATION", "organisation"},
             {"POSITION", "position"},
             {"PERSON", "person"}},
            out);
  if (simulation.clocks().empty()) return;
  out << '\n';
  PrintRows(RowsOf(simulation, "clocks"),
            {{"CLOCK", "kind"},
             {"SUBJECT", "subject"},
             {"ORGANISATION", "organisation"},
             {"LIMIT", "limit"},
             {"STARTS", "starts_at"},
             {"DUE", "due_at"},
             {"PROVISIONAL", "provisional"},
             {"ENDED", "stopped_at"},
             {"LIGHT", "light"}},
            out);
}

}  // namespace onewindow
