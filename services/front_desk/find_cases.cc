#include "services/front_desk/find_cases.h"

#include <optional>
#include <utility>

#include "engine/casework/disclosure.h"
#include "engine/casework/rejections.h"
#include "services/rpc/case_view.h"
#include "services/rpc/page_token.h"

namespace onewindow {
namespace {

using CasePage = Page<CaseRecord>;

Reply<CasePage> ByReceipt(const std::string& receipt_number, const Engine& engine) {
  auto found = engine.FindByReceipt(receipt_number);
  if (!found.ok()) return found.fault();
  CasePage page;
  if (found.value()) page.rows.push_back(*std::move(found).value());
  return page;
}

Reply<CasePage> Paged(Result<CasePage> found) {
  if (found.ok()) return std::move(found).value();
  if (found.fault().kind == FaultKind::kInvalid) return BadPageToken();
  return found.fault();
}

Reply<CasePage> ByApplicant(const FindCasesRequest::ByApplicant& applicant, const PageRequest& page,
                            const Engine& engine) {
  if (applicant.document_number().empty()) {
    return RefusedField(FIELD_MISSING, "applicant.document_number", "expected a number");
  }
  if (applicant.document_type() == Applicant::DOCUMENT_TYPE_UNSPECIFIED ||
      !Applicant::DocumentType_IsValid(applicant.document_type())) {
    return RefusedField(FIELD_MISSING, "applicant.document_type", "expected a type of document");
  }
  const std::string pseudonym =
      engine.vault().Pseudonym(applicant.document_type(), applicant.document_number());
  return Paged(engine.FindByApplicant(pseudonym, page));
}

Reply<CasePage> ByItemAndDay(const FindCasesRequest::ByItemAndDay& asked, const PageRequest& page,
                             const Engine& engine) {
  const auto day = ParseDate(asked.day());
  if (!day) return RefusedField(FIELD_INVALID, "item_and_day.day", "expected YYYY-MM-DD");
  return Paged(engine.FindByItemAndDay(asked.item(), *day, page));
}

Reply<CasePage> Find(const FindCasesRequest& request, const PageRequest& page,
                     const Engine& engine) {
  switch (request.criterion_case()) {
    case FindCasesRequest::kReceiptNumber:
      return ByReceipt(request.receipt_number(), engine);
    case FindCasesRequest::kApplicant:
      return ByApplicant(request.applicant(), page, engine);
    case FindCasesRequest::kItemAndDay:
      return ByItemAndDay(request.item_and_day(), page, engine);
    case FindCasesRequest::CRITERION_NOT_SET:
      break;
  }
  return RefusedField(FIELD_MISSING, "criterion",
                      "expected one of receipt_number, applicant, item_and_day");
}

}  // namespace

Reply<FindCasesResponse> FindCases(const FindCasesRequest& request, const Identity& caller,
                                   const Engine& engine) {
  const PageTokens tokens(request);
  const auto page = tokens.Read(request.paging());
  if (const auto* rejection = std::get_if<Rejection>(&page)) return *rejection;

  Reply<CasePage> found = Find(request, std::get<PageRequest>(page), engine);
  if (IsNo(found)) return NoAs<FindCasesResponse>(found);

  FindCasesResponse response;
  auto& cases = std::get<CasePage>(found);
  const auto published = engine.published();
  for (CaseRecord& record : cases.rows) {
    if (!MaySeeCase(record, caller.position, *published->organisation)) continue;
    *response.add_cases() = ViewOf(std::move(record), engine);
  }
  response.set_next_page_token(tokens.Write(cases.next_cursor));
  return response;
}

}  // namespace onewindow
