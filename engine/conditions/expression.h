#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/conditions/value.h"

namespace onewindow {

enum class Comparison { kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual };

// "==", "<=", ...
std::string_view SymbolOf(Comparison comparison);
// The one that holds exactly where this one does not.
Comparison OppositeOf(Comparison comparison);

// form.id
struct FieldName {
  std::string id;
  friend bool operator==(const FieldName&, const FieldName&) = default;
};

// What stands on one side of a comparison. Where it stood in the text, in characters from 1, is
// for messages and does not make it another operand.
struct Operand {
  std::variant<FieldName, FieldValue> content;
  int column = 0;

  // Null where it is the other.
  const FieldName* field() const { return std::get_if<FieldName>(&content); }
  const FieldValue* constant() const { return std::get_if<FieldValue>(&content); }
  friend bool operator==(const Operand& a, const Operand& b) { return a.content == b.content; }
};

// A condition, as a tree.
struct Expression {
  enum class Kind {
    kAny,      // a || b || ...: at least two parts
    kAll,      // a && b && ...: at least two parts
    kNot,      // !a: one part
    kHas,      // has(form.a): one operand, a field
    kFlag,     // form.a: one operand, a field
    kCompare,  // a < b: two operands
    kIn,       // form.a in ["x", "y"]: a field, then at least one constant
  };
  Kind kind = Kind::kFlag;
  std::vector<Expression> parts = {};
  std::vector<Operand> operands = {};
  Comparison comparison = Comparison::kEqual;  // kCompare only.

  friend bool operator==(const Expression& a, const Expression& b) {
    return a.kind == b.kind && a.parts == b.parts && a.operands == b.operands &&
           a.comparison == b.comparison;
  }
};

}  // namespace onewindow
