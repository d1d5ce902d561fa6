#include "engine/casework/filing.h"

#include <algorithm>
#include <set>
#include <string>

#include "engine/casework/applicant.h"
#include "engine/casework/mandates.h"
#include "engine/casework/rejections.h"
#include "engine/casework/rights.h"
#include "engine/catalog/catalogue.h"
#include "engine/clock/timestamp.h"

namespace onewindow {
namespace {

bool NamesCaller(const Mandate& mandate, const Context& context) {
  return mandate.kind() == Mandate::HELPER && mandate.helper() == ActingPerson(context);
}

}  // namespace

const ServiceItem* ItemInForce(const Catalogue& catalogue, std::string_view id, Instant at) {
  const ServiceItem* item = catalogue.Current(id);
  while (item != nullptr && item->version() > 1 && ToInstant(item->published_at()) > at) {
    item = catalogue.Find(id, item->version() - 1);
  }
  return item;
}

// The same document has the same pseudonym, which alone can be compared of what is sealed.
std::optional<Rejection> CheckApplicants(const SubmitCase& wish) {
  if (auto refused = CheckApplicant(wish.applicant(), "applicant")) return refused;
  std::set<std::string_view> known = {wish.applicant().pseudonym()};
  for (int i = 0; i < wish.co_applicants_size(); ++i) {
    const std::string field = "co_applicants[" + std::to_string(i) + "]";
    const Applicant& applicant = wish.co_applicants(i);
    if (auto refused = CheckApplicant(applicant, field)) return refused;
    if (known.insert(applicant.pseudonym()).second) continue;
    return RefusedField(APPLICANT_TWICE, field, "is among the applicants already");
  }
  return std::nullopt;
}

std::optional<Rejection> CheckFiling(const SubmitCase& wish, const Context& context) {
  const bool helps = ActsAsHelper(context);
  if (!wish.has_mandate() && !helps) return std::nullopt;
  if (!wish.has_mandate()) {
    return RefusedField(MANDATE_MISSING, "mandate", "a helper files on a mandate that names him");
  }
  if (auto refused = CheckMandate(wish.mandate(), context)) return refused;
  if (helps && !NamesCaller(wish.mandate(), context)) {
    return RefusedField(MANDATE_MISSING, "mandate.helper", "names another than who files");
  }
  if (Covers(wish.mandate(), Mandate::MAY_SUBMIT)) return std::nullopt;
  return RefusedField(MANDATE_SCOPE_EXCEEDED, "mandate.scopes", "does not say MAY_SUBMIT");
}

std::optional<Rejection> CheckOriginals(const SubmitCase& wish, const Context& context) {
  for (const std::string& id : wish.originals()) {
    const auto& in = wish.materials();
    if (std::find(in.begin(), in.end(), id) == in.end()) {
      return RefusedField(ORIGINAL_NOT_HELD, "originals",
                          "'" + id + "' is not among the materials");
    }
    for (const Material& material : context.item->materials()) {
      if (material.id() != id || material.originals() > 0) continue;
      return RefusedField(FIELD_INVALID, "originals", "no original of '" + id + "' is asked for");
    }
  }
  return std::nullopt;
}

}  // namespace onewindow
