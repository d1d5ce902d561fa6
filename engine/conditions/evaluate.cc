#include "engine/conditions/evaluate.h"

#include <algorithm>
#include <optional>

namespace onewindow {
namespace {

Truth TruthOf(bool holds) { return holds ? Truth::kTrue : Truth::kFalse; }

Truth OppositeOf(Truth truth) {
  if (truth == Truth::kOpen) return Truth::kOpen;
  return TruthOf(truth == Truth::kFalse);
}

// Null where the field is not filled in.
const FieldValue* ValueOf(const Operand& operand, const FormValues& form) {
  if (operand.constant() != nullptr) return operand.constant();
  const auto found = form.find(operand.field()->id);
  return found == form.end() ? nullptr : &found->second;
}

bool Holds(const FieldValue& left, Comparison comparison, const FieldValue& right) {
  switch (comparison) {
    case Comparison::kEqual:
      return left == right;
    case Comparison::kNotEqual:
      return left != right;
    case Comparison::kLess:
      return left < right;
    case Comparison::kLessEqual:
      return left <= right;
    case Comparison::kGreater:
      return left > right;
    case Comparison::kGreaterEqual:
      return left >= right;
  }
  return false;
}

Truth EvaluateIn(const Expression& expression, const FieldValue& value) {
  return TruthOf(std::any_of(expression.operands.begin() + 1, expression.operands.end(),
                             [&](const Operand& listed) { return *listed.constant() == value; }));
}

// `deciding` in one part decides the whole; otherwise an open part leaves it open.
Truth EvaluateJoined(const Expression& expression, const FormValues& form, Truth deciding) {
  bool is_open = false;
  for (const Expression& part : expression.parts) {
    const Truth truth = Evaluate(part, form);
    if (truth == deciding) return deciding;
    is_open |= truth == Truth::kOpen;
  }
  return is_open ? Truth::kOpen : OppositeOf(deciding);
}

class MissingCollector {
 public:
  explicit MissingCollector(const FormValues& form) : form_(form) {}

  void Visit(const Expression& expression) {
    if (Evaluate(expression, form_) != Truth::kOpen) return;
    for (const Expression& part : expression.parts) Visit(part);
    for (const Operand& operand : expression.operands) {
      if (ValueOf(operand, form_) != nullptr) continue;
      const std::string& id = operand.field()->id;
      if (std::find(missing_.begin(), missing_.end(), id) == missing_.end()) missing_.push_back(id);
    }
  }

  std::vector<std::string> Take() && { return std::move(missing_); }

 private:
  const FormValues& form_;
  std::vector<std::string> missing_;
};

}  // namespace

Truth Evaluate(const Expression& expression, const FormValues& form) {
  switch (expression.kind) {
    case Expression::Kind::kAny:
      return EvaluateJoined(expression, form, Truth::kTrue);
    case Expression::Kind::kAll:
      return EvaluateJoined(expression, form, Truth::kFalse);
    case Expression::Kind::kNot:
      return OppositeOf(Evaluate(expression.parts[0], form));
    case Expression::Kind::kHas:
      return TruthOf(ValueOf(expression.operands[0], form) != nullptr);
    case Expression::Kind::kFlag:
    case Expression::Kind::kIn:
    case Expression::Kind::kCompare:
      break;
  }
  const FieldValue* left = ValueOf(expression.operands[0], form);
  if (left == nullptr) return Truth::kOpen;
  if (expression.kind == Expression::Kind::kFlag) return TruthOf(std::get<bool>(*left));
  if (expression.kind == Expression::Kind::kIn) return EvaluateIn(expression, *left);
  const FieldValue* right = ValueOf(expression.operands[1], form);
  if (right == nullptr) return Truth::kOpen;
  return TruthOf(Holds(*left, expression.comparison, *right));
}

std::vector<std::string> MissingFields(const Expression& expression, const FormValues& form) {
  MissingCollector collector(form);
  collector.Visit(expression);
  return std::move(collector).Take();
}

}  // namespace onewindow
