#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/conditions/expression.h"

namespace onewindow {

// The fields that an item declares.
using DeclaredFields = google::protobuf::RepeatedPtrField<DeclaredField>;

// Null where the item declares none of this id.
const DeclaredField* FindField(const DeclaredFields& fields, std::string_view id);

// Whether the text may be the id of a field: a name of CEL that stands for nothing else there.
bool IsFieldId(std::string_view text);

// What a value of the field is, for messages: "a whole number such as 120".
std::string FormOfValue(const DeclaredField& field);

// The types agree, and nothing is compared that cannot differ. kInvalid says in which column what
// would be right. Evaluation is total on every form for what passes.
Status CheckCondition(const Expression& expression, const DeclaredFields& fields);

// Reads and checks: what may stand in an item.
Result<Expression> ReadCondition(std::string_view text, const DeclaredFields& fields);

}  // namespace onewindow
