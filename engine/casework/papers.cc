#include "engine/casework/papers.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "engine/base/limits.h"
#include "engine/casework/paper_number.h"
#include "engine/casework/rejections.h"
#include "engine/clock/timestamp.h"
#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {
namespace {

constexpr std::string_view kField = "external_numbers";

bool IsThisPaper(const CaseRecord& known, const SubmitCase& wish, const Context& context) {
  return ToInstant(known.received_at()) == context.at && known.item() == wish.item() &&
         known.applicant().pseudonym() == wish.applicant().pseudonym();
}

std::string NameOf(const CaseRecord& known) {
  return "case " + std::to_string(known.id()) + " (" + known.receipt_number() + ")";
}

}  // namespace

std::optional<Rejection> CheckPaper(const SubmitCase& wish, const Context& context) {
  const ExternalNumber* number = PaperNumberIn(wish.external_numbers());
  if (number == nullptr) return std::nullopt;
  if (std::count_if(wish.external_numbers().begin(), wish.external_numbers().end(), IsOfPaper) >
      1) {
    return RefusedField(FIELD_INVALID, kField, "a case is of one paper only");
  }
  if (number->system() != DeskSystem(context.caller.position())) {
    return RefusedField(FIELD_INVALID, kField, "a desk's papers are sent from its own position");
  }
  if (number->number().empty() || number->number().size() > kPaperNumberBytesMax) {
    return RefusedField(
        FIELD_INVALID, kField,
        "a paper's number has at most " + std::to_string(kPaperNumberBytesMax) + " bytes");
  }
  if (context.paper == nullptr) return std::nullopt;
  const bool received = IsThisPaper(*context.paper, wish, context);
  Rejection rejection = RefusedField(
      received ? PAPER_ALREADY_RECEIVED : PAPER_NUMBER_TAKEN, kField,
      "'" + number->number() + "' " +
          (received ? "was received as " : "is the number of another paper, received as ") +
          NameOf(*context.paper));
  rejection.receipt_number = context.paper->receipt_number();
  return rejection;
}

std::optional<Rejection> CheckTakenInBy(const SubmitCase& wish, const Context& context) {
  if (wish.taken_in_by().empty()) return std::nullopt;
  const std::string& position = context.caller.position();
  const Date day = DateOf(context.at, kBeijing);
  if (context.organisation.Holds(wish.taken_in_by(), position, day) ||
      context.organisation.SubstitutionBy(wish.taken_in_by(), position, day) != nullptr) {
    return std::nullopt;
  }
  return RefusedField(POSITION_NOT_HELD, "taken_in_by",
                      "'" + wish.taken_in_by() + "' did not hold the position '" + position +
                          "' on " + FormatDate(day));
}

}  // namespace onewindow
