#pragma once

#include <string_view>

#include "engine/base/ids.h"
#include "onewindow/v1/case.pb.h"

namespace onewindow {

class OrganisationIndex;

// Whether the position may know of the case at all: one server may hold several counties, and an
// organisation of the position's county takes part in the case, or took it in.
bool MaySeeCase(const CaseRecord& record, std::string_view position,
                const OrganisationIndex& organisation);

// Whether the position may read what is sealed of a case: names, document numbers, phones,
// addresses, forms, opinions. Both must hold:
//
// - It works with cases. Supervisors and administrators need figures and facts, not persons.
// - Its organisation takes part in the case now: it took it in, decides it, hands its result out,
//   or an open task lies with it or comes from it. Who is over such an organisation takes part as
//   well; and where a township itself does, so do all its halls, offices and stations.
//
// Besides, whoever protects the personal data of the county that the case is in: persons ask him to
// see, correct and delete what is theirs (Arts. 45 to 47).
//
// Source: 个人信息保护法 (PIPL) Art. 6, no more than the purpose needs; Art. 34, within the duties
// of the organ; Art. 51 (4), rights of access are fixed. Who takes part: domain, "Who may do what".
bool MayReadPersonal(const CaseRecord& record, std::string_view position,
                     const OrganisationIndex& organisation);

}  // namespace onewindow
