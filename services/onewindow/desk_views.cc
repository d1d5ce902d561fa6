#include "services/onewindow/desk_views.h"

#include <vector>

#include "onewindow/v1/answers.pb.h"
#include "onewindow/v1/reasons.pb.h"
#include "services/onewindow/list_views.h"
#include "services/onewindow/refusal.h"

namespace onewindow {
namespace {

const std::vector<Column>& Columns() {
  static const std::vector<Column> columns{{"NUMBER", "provisional_number"},
                                           {"PAPER", "occurred_at"},
                                           {"ITEM", "item"},
                                           {"STATE", "state"},
                                           {"RECEIPT", "receipt_number"},
                                           {"CODE", "query_code"},
                                           {"NAME", "applicant.name"},
                                           {"ID NUMBER", "applicant.document_number"},
                                           {"PHONE", "applicant.phone"},
                                           {"CAUSE", "cause"},
                                           {"SAYS", "text"}};
  return columns;
}

std::string ChineseOf(Reason reason) {
  return Reason_descriptor()->FindValueByNumber(reason)->options().GetExtension(reason_text).zh();
}

// Advice only: what is right is for the server to say.
std::string WhatToDo(const DeskCase& known) {
  const std::string& cause = known.held_back.cause();
  const std::string& number = known.number();
  if (cause == Warning::Kind_Name(Warning::OPEN_CASE_OF_APPLICANT)) {
    return "look at it: onewindow show " + std::to_string(known.held_back.case_id()) +
           "; if this is another matter: onewindow desk send " + number +
           " --despite-open-case; if it is the same: onewindow desk cancel " + number;
  }
  if (cause == Reason_Name(OCCURRED_TOO_LONG_AGO)) {
    return "the county sets how late is too late (late_entry_days_max): once it allows more, send "
           "again; else cancel it and submit the paper as of today";
  }
  if (cause == Reason_Name(PAPER_NUMBER_TAKEN)) {
    return "a copy of this desk has given the same number to another paper: cancel it, and record "
           "the paper again under a new one";
  }
  return "onewindow desk cancel " + number +
         ", then onewindow desk submit with what is right and --as-of the paper's time";
}

std::string WhatToDo(const DeskCase& known, const CallFailure& why) {
  if (ReasonOf(why) == Reason_Name(PROGRAM_FAULT) || ReasonOf(why).empty()) {
    return "send again later; the server's log says more";
  }
  return "send as somebody who holds " + known.entry.submission().envelope().position() +
         ", or who stands in there with --on-behalf-of";
}

}  // namespace

DeskLine LineOf(const DeskCase& known, Personal personal) {
  const SubmitCase& submission = known.entry.submission();
  DeskLine line;
  line.set_provisional_number(known.number());
  *line.mutable_occurred_at() = submission.envelope().occurred_at();
  line.set_item(submission.item());
  line.set_state(known.state);
  if (known.state == DeskLine::SENT) line.set_receipt_number(known.sent.receipt_number());
  if (known.state == DeskLine::HELD_BACK) {
    line.set_cause(known.held_back.cause());
    line.set_text(known.held_back.text());
  }
  if (personal == Personal::kLeftOut) return line;
  line.set_query_code(known.sent.query_code());
  *line.mutable_applicant() = submission.applicant();
  return line;
}

DeskLine SettledLine(const DeskCase& known) {
  DeskLine line = LineOf(known, Personal::kLeftOut);
  line.set_query_code(known.sent.query_code());
  return line;
}

DeskLine LeftLine(const DeskCase& known, const CallFailure& why) {
  DeskLine line = LineOf(known, Personal::kLeftOut);
  line.set_cause(ReasonOf(why));
  line.set_text(ExplanationOf(why));
  return line;
}

void PrintDeskList(const DeskList& list, std::ostream& out) {
  if (list.lines().empty()) {
    out << "nothing\n";
    return;
  }
  PrintRows(RowsOf(list, "lines"), Columns(), out);
}

void PrintSettled(const DeskCase& known, std::ostream& out) {
  out << known.number();
  if (known.state == DeskLine::SENT) {
    out << " -> " << known.sent.receipt_number();
    if (!known.sent.query_code().empty()) out << "  query code " << known.sent.query_code();
    out << std::endl;
    return;
  }
  out << " held back: " << known.held_back.text() << "\n  reason    " << known.held_back.cause()
      << "\n  to do     " << WhatToDo(known) << std::endl;
}

void PrintLeft(const DeskCase& known, const CallFailure& why, std::ostream& out) {
  out << known.number() << " left as it was: " << ExplanationOf(why) << "\n  reason    "
      << ReasonOf(why) << "\n  to do     " << WhatToDo(known, why) << std::endl;
}

std::string NotRecordedText(const Rejection& rejection) {
  std::string text = "not recorded: " + ChineseOf(rejection.reason) + "\n  " + rejection.text +
                     "\n  reason    " + Reason_Name(rejection.reason);
  if (!rejection.field.empty()) text += "\n  field     " + rejection.field;
  std::string allowed;
  for (const std::string& word : rejection.allowed) allowed += (allowed.empty() ? "" : ", ") + word;
  if (!allowed.empty()) text += "\n  allowed   " + allowed;
  return text;
}

}  // namespace onewindow
