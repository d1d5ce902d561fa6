#include <algorithm>

#include "engine/conditions/evaluate.h"

namespace onewindow {
namespace {

std::string_view SignOf(Comparison comparison) {
  switch (comparison) {
    case Comparison::kEqual:
      return "=";
    case Comparison::kNotEqual:
      return "≠";
    case Comparison::kLess:
      return "<";
    case Comparison::kLessEqual:
      return "≤";
    case Comparison::kGreater:
      return ">";
    case Comparison::kGreaterEqual:
      return "≥";
  }
  return "";
}

class Explainer {
 public:
  Explainer(const DeclaredFields& fields, const FormValues& form) : fields_(fields), form_(form) {}

  std::string Explain(const Expression& expression) const {
    switch (expression.kind) {
      case Expression::Kind::kAny:
      case Expression::Kind::kAll:
        return ExplainJoined(expression);
      case Expression::Kind::kNot:
        return Explain(expression.parts[0]);
      case Expression::Kind::kHas:
        return NameOf(expression.operands[0]) + (IsFilledIn(expression) ? "已填写" : "未填写");
      case Expression::Kind::kFlag:
      case Expression::Kind::kCompare:
      case Expression::Kind::kIn:
        break;
    }
    const auto missing = MissingFields(expression, form_);
    if (!missing.empty()) return ExplainMissing(missing);
    if (expression.kind == Expression::Kind::kFlag) return Known(expression.operands[0]);
    return expression.kind == Expression::Kind::kIn ? ExplainIn(expression)
                                                    : ExplainCompare(expression);
  }

 private:
  // Only the parts that came to the same as the whole decide it.
  std::string ExplainJoined(const Expression& expression) const {
    const Truth whole = Evaluate(expression, form_);
    std::string text;
    for (const Expression& part : expression.parts) {
      if (Evaluate(part, form_) != whole) continue;
      text += (text.empty() ? "" : "，") + Explain(part);
    }
    return text;
  }

  std::string ExplainMissing(const std::vector<std::string>& missing) const {
    std::string text;
    for (const std::string& id : missing) {
      text += (text.empty() ? "" : "、") + FindField(fields_, id)->name();
    }
    return text + "未填写";
  }

  // "面积 = 120 > 100 平方米"; where a constant stands first, the sides are turned.
  std::string ExplainCompare(const Expression& expression) const {
    const bool holds = Evaluate(expression, form_) == Truth::kTrue;
    Comparison comparison = holds ? expression.comparison : OppositeOf(expression.comparison);
    const Operand* left = &expression.operands[0];
    const Operand* right = &expression.operands[1];
    if (left->field() == nullptr) {
      std::swap(left, right);
      comparison = Turned(comparison);
    }
    if (right->field() != nullptr) {
      return Known(*left) + " " + std::string(SignOf(comparison)) + " " + Known(*right);
    }
    // That it equals the constant is all that there is to say.
    if (comparison == Comparison::kEqual) return Known(*left);
    return Bare(*left) + " " + std::string(SignOf(comparison)) + " " +
           FormatFieldValue(*right->constant()) + UnitOf(*left);
  }

  std::string ExplainIn(const Expression& expression) const {
    const bool holds = Evaluate(expression, form_) == Truth::kTrue;
    std::string list;
    for (size_t i = 1; i < expression.operands.size(); ++i) {
      list += (i == 1 ? "" : "、") + FormatFieldValue(*expression.operands[i].constant());
    }
    return Known(expression.operands[0]) + (holds ? "，属于" : "，不属于") + "「" + list + "」";
  }

  static Comparison Turned(Comparison comparison) {
    switch (comparison) {
      case Comparison::kLess:
        return Comparison::kGreater;
      case Comparison::kLessEqual:
        return Comparison::kGreaterEqual;
      case Comparison::kGreater:
        return Comparison::kLess;
      case Comparison::kGreaterEqual:
        return Comparison::kLessEqual;
      case Comparison::kEqual:
      case Comparison::kNotEqual:
        break;
    }
    return comparison;
  }

  bool IsFilledIn(const Expression& has) const {
    return form_.contains(has.operands[0].field()->id);
  }
  std::string NameOf(const Operand& operand) const {
    return FindField(fields_, operand.field()->id)->name();
  }
  std::string UnitOf(const Operand& operand) const {
    const std::string& unit = FindField(fields_, operand.field()->id)->unit();
    return unit.empty() ? "" : " " + unit;
  }
  std::string Bare(const Operand& operand) const {
    return NameOf(operand) + " = " + FormatFieldValue(form_.find(operand.field()->id)->second);
  }
  std::string Known(const Operand& operand) const { return Bare(operand) + UnitOf(operand); }

  const DeclaredFields& fields_;
  const FormValues& form_;
};

}  // namespace

std::string ExplainCondition(const Expression& expression, const DeclaredFields& fields,
                             const FormValues& form) {
  return Explainer(fields, form).Explain(expression);
}

}  // namespace onewindow
