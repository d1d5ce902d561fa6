#include "services/onewindow/field_notes.h"

namespace onewindow {

const std::vector<FieldNote>& FieldNotes() {
  static const std::vector<FieldNote> notes{
      // Every command.
      {"envelope.request_id", "", "The same id gives the same answer again; default: a new one"},
      {"envelope.on_behalf_of", "", "The absent holder, or the principal of a mandate"},
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
      {"form", "form", "A field of the form"},
      {"materials", "", "Ids of the item's materials"},
      {"delivery_point", "", "Organisation where the result is collected"},
      {"external_numbers", "external-number", "Number in another system"},
      {"priority", "", "0 normal, 1 urgent, 2 assisted"},
      {"imported_deadline", "", "Of an import: the deadline fixed elsewhere"},
      {"item_and_day.item", "item", "With --day: the item"},
      {"item_and_day.day", "day", "With --item: the day of receipt, YYYY-MM-DD"},
      {"receipt_number", "receipt", "The receipt's number (受理编号)"},
      {"query_code", "code", "The receipt's query code"},
      // Tasks and clocks.
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
      {"reason_code", "", "Of not_granted: the code of the reason"},
      {"remedies", "", "What the applicant may do against it (复议, 诉讼)"},
      {"order_id", "order", "Which order, by its number within the case"},
      {"reply_by", "", "Until when it is to be answered"},
      {"which", "", "all, open or overdue; default: all"},
      {"at", "", "From the receipt to now; default: now"},
      {"enquiry", "", "The enquiry that it came from, by case id"},
      {"certificate_number", "number", "The certificate's number"},
      {"taker_document_number", "taker-id-number", "Number of the taker's identity document"},
      {"tracking_number", "tracking", "The courier's number"},
      {"person", "by-person", "Who did it, where it was somebody else"},
      {"position", "by-position", "His position, likewise"},
      {"organisation", "", "Only this organisation; default: all"},
      {"version", "", "Which version; default: the latest"},
  };
  return notes;
}

}  // namespace onewindow
