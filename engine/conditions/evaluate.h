#pragma once

#include <string>
#include <vector>

#include "engine/conditions/check.h"

namespace onewindow {

// kOpen: what is not filled in could still turn it either way.
enum class Truth { kFalse, kOpen, kTrue };

// What a condition comes to on a form. A comparison with a field that is not filled in is open;
// has() never is. `&&` is false as soon as one part is, `||` true as soon as one part is, whatever
// the others are; `!` leaves open what is open.
// Requires: CheckCondition accepts the expression, and the values are of their fields' types.
Truth Evaluate(const Expression& expression, const FormValues& form);

// The ids of the fields that an open condition waits for, in the order of the text, each once;
// none where it is not open.
std::vector<std::string> MissingFields(const Expression& expression, const FormValues& form);

// Why it holds, does not hold or is open, as true statements about the form that alone decide it:
// "面积 = 120 > 100 平方米", "面积未填写". Requires: as Evaluate.
std::string ExplainCondition(const Expression& expression, const DeclaredFields& fields,
                             const FormValues& form);

}  // namespace onewindow
