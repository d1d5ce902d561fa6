#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/casework/route.h"

namespace onewindow {

// What the item asks of this case, by the verdicts on its form.

// An empty condition always holds; one that is open does not hold yet.
bool Holds(const CaseRecord& record, std::string_view condition);

// 即办件: may be decided at the desk.
bool IsInstant(const CaseRecord& record, const ServiceItem& item);

// The ids of the materials that the applicant must bring and that are not in.
std::vector<std::string> MissingMaterials(const CaseRecord& record, const ServiceItem& item);

// The limit that applies; without a unit where there is none.
const Limit& StatutoryLimit(const CaseRecord& record, const ServiceItem& item);
const Limit& PromisedLimit(const CaseRecord& record, const ServiceItem& item);
const Limit& StepLimit(const CaseRecord& record, const Step& step);

bool IsTaken(const CaseRecord& record, const ServiceItem& item, RoutePlace place);
// The first step that is taken from `place` on in its branch; nothing at the branch's end.
std::optional<RoutePlace> NextTaken(const CaseRecord& record, const ServiceItem& item,
                                    RoutePlace place);

}  // namespace onewindow
