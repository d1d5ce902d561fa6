#include "services/onewindow/field_notes.h"

#include <utility>

namespace onewindow {
namespace {

// Of those who act with the applicant or for him.
std::vector<FieldNote> OtherPersonsNotes() {
  return {
      {"co_applicants", "co-applicant",
       "Another applicant: kind, name, document_type, document_number, ..."},
      {"mandate.id", "mandate-id", "Leave out: the server gives it"},
      {"mandate.kind", "mandate-kind", "Who acts for the applicant (代办, 委托代理)"},
      {"mandate.helper", "helper", "Of a helper: his person"},
      {"mandate.agent_name", "agent-name", "Of the applicant's own agent: his name"},
      {"mandate.agent_document_number", "agent-id-number", "His identity document"},
      {"mandate.scopes", "scopes", "What he may do"},
      {"mandate.from", "mandate-from", "Leave out: the day on which it is given"},
      {"mandate.until", "mandate-until", "The last day, YYYY-MM-DD"},
      {"mandate.fee_fen", "fee-fen", "What the applicant pays him; a helper nothing"},
      {"mandate_id", "mandate", "Which mandate"},
  };
}

// Of calls, lists, applicants and their cases.
std::vector<FieldNote> CommonNotes() {
  return {
      // Every command.
      {"envelope.request_id", "", "The same id gives the same answer again; default: a new one"},
      {"envelope.on_behalf_of", "", "The absent holder, by id, for whom one stands in"},
      {"envelope.channel", "", "How the wish came in"},
      {"envelope.occurred_at", "as-of", "When it happened, for late entries; default: now"},
      {"envelope.validate_only", "", "Only say what would come of it"},
      {"envelope.etag", "", "The version of the case that was seen; refused if it has changed"},
      // Every list.
      {"paging.page_size", "", "Rows to fetch, at most 1000; default 50"},
      {"paging.page_token", "", "Go on where the list before ended"},
      // Applicants and their cases.
      {"applicant.kind", "applicant-kind", "Default: natural_person"},
      {"applicant.name", "name", "The applicant's name"},
      {"applicant.document_type", "document-type", "Default: identity_number"},
      {"applicant.document_number", "id-number", "Number of the identity document"},
      {"applicant_number", "", "0 the applicant; 1, 2, ...: a co-applicant"},
      {"basis", "", "The provision or request that it rests on"},
      {"paper", "", "Number of the paper on which it was ordered (文号), nothing of a person"},
      {"attachment", "", "Record that this file is read, by id, and show nothing personal"},
      {"form", "form", "A field of the form"},
      {"materials", "", "Ids of the item's materials"},
      {"originals", "", "Ids of materials whose originals stay here for now"},
      {"delivery_point", "", "Organisation where the result is collected"},
      {"external_numbers", "external-number", "Number in another system"},
      {"priority", "", "0 normal, 1 urgent, 2 assisted"},
      {"imported_deadline", "", "Of an import: the deadline fixed elsewhere"},
      {"item_and_day.item", "item", "With --day: the item"},
      {"item_and_day.day", "day", "With --item: the day of receipt, YYYY-MM-DD"},
      {"receipt_number", "receipt", "The receipt's number (受理编号)"},
      {"query_code", "code", "The receipt's query code"},
  };
}

// Of tasks, clocks and what is done with them.
std::vector<FieldNote> WorkNotes() {
  return {
      {"from", "", "The first day, YYYY-MM-DD"},
      {"until", "", "The last day, YYYY-MM-DD, inclusive"},
      {"to_position", "", "The position that is to do it"},
      {"of_position", "of", "Another position's worklist, for who leads its organisation"},
      {"order", "", "fair: within a class of priority every township in turn"},
      {"task_id", "task", "Which task; default: the only one that fits"},
      {"pause_id", "pause", "Which pause; default: the only one in force"},
      {"clock_id", "clock", "Which clock; default: all"},
      {"slip_serial", "slip", "Number of an open slip to join; default: a new one"},
      {"lease_seconds", "", "How long a task stays claimed, at most 86400"},
      {"tasks_in_hand_max", "in-hand", "Tasks to hold at once, 1 to 100; default 10"},
      {"second_performer", "second", "Of a site check: the second officer"},
      {"amount", "", "Days to add, in the unit of the clock"},
      {"clocks", "", "Which clocks to extend; default: statutory"},
      {"competent_organ", "", "Of not_competent: the organ that is"},
      {"reported_to", "", "Of reported_upward: the organ that it goes up to"},
      {"to_organisation", "", "The organisation that it goes to"},
      {"assist_id", "assist", "Which request for assistance"},
      {"terms.basis", "", "The rule or paper on which it is asked"},
      {"terms.authority", "", "The authority that goes with it"},
      {"terms.funding", "", "The money that goes with it"},
      {"terms.support", "", "People, training, equipment"},
      {"terms.deadline", "", "Until when it is asked"},
      {"reason_code", "", "Of not_granted: the code of the reason"},
      {"remedies", "", "What the applicant may do against it (复议, 诉讼)"},
      {"order_id", "order", "Which order, by its number within the case"},
      {"reply_by", "", "Until when it is to be answered"},
      {"which", "", "all, open or overdue; default: all"},
      {"at", "", "From the receipt to now; default: now"},
      {"enquiry", "", "The enquiry that it came from, by case id"},
      {"taken_in_by", "", "Who took the paper in at this position; default: the caller"},
      {"certificate_number", "number", "The certificate's number"},
      {"taker_document_number", "taker-id-number", "Number of the taker's identity document"},
      {"tracking_number", "tracking", "The courier's number"},
      {"person", "by-person", "Who did it, where it was somebody else"},
      {"position", "by-position", "His position, likewise"},
      {"organisation", "", "Only this organisation; default: all"},
      {"version", "", "Which version; default: the latest"},
  };
}

std::vector<FieldNote> AllNotes() {
  std::vector<FieldNote> all = CommonNotes();
  for (FieldNote& note : WorkNotes()) all.push_back(std::move(note));
  for (FieldNote& note : OtherPersonsNotes()) all.push_back(std::move(note));
  return all;
}

}  // namespace

const std::vector<FieldNote>& FieldNotes() {
  static const std::vector<FieldNote> notes = AllNotes();
  return notes;
}

}  // namespace onewindow
