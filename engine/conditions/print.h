#pragma once

#include <string>

#include "engine/conditions/expression.h"

namespace onewindow {

// The condition as ParseCondition reads it back, with no more parentheses than it needs.
std::string PrintCondition(const Expression& expression);

}  // namespace onewindow
