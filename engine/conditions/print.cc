#include "engine/conditions/print.h"

namespace onewindow {
namespace {

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string Print(const Operand& operand) {
  if (const FieldName* field = operand.field()) return "form." + field->id;
  const FieldValue& constant = *operand.constant();
  if (const auto* number = std::get_if<Decimal>(&constant)) return FormatNumber(*number);
  if (const auto* text = std::get_if<std::string>(&constant)) return Quoted(*text);
  if (const auto* date = std::get_if<Date>(&constant)) {
    return "date(" + Quoted(FormatDate(*date)) + ")";
  }
  return std::get<bool>(constant) ? "true" : "false";
}

bool IsJoined(const Expression& expression) {
  return expression.kind == Expression::Kind::kAny || expression.kind == Expression::Kind::kAll;
}

// `&&` binds closer than `||`, `!` closer than any comparison.
bool NeedsParentheses(const Expression& part, Expression::Kind around) {
  if (around == Expression::Kind::kAny) return part.kind == Expression::Kind::kAny;
  if (around == Expression::Kind::kAll) return IsJoined(part);
  return IsJoined(part) || part.kind == Expression::Kind::kCompare ||
         part.kind == Expression::Kind::kIn;
}

std::string PrintPart(const Expression& part, Expression::Kind around) {
  const std::string text = PrintCondition(part);
  return NeedsParentheses(part, around) ? "(" + text + ")" : text;
}

std::string PrintJoined(const Expression& expression) {
  std::string text;
  for (const Expression& part : expression.parts) {
    if (!text.empty()) text += expression.kind == Expression::Kind::kAny ? " || " : " && ";
    text += PrintPart(part, expression.kind);
  }
  return text;
}

std::string PrintIn(const Expression& expression) {
  std::string list;
  for (size_t i = 1; i < expression.operands.size(); ++i) {
    list += (i == 1 ? "" : ", ") + Print(expression.operands[i]);
  }
  return Print(expression.operands[0]) + " in [" + list + "]";
}

}  // namespace

std::string PrintCondition(const Expression& expression) {
  switch (expression.kind) {
    case Expression::Kind::kAny:
    case Expression::Kind::kAll:
      return PrintJoined(expression);
    case Expression::Kind::kNot:
      return "!" + PrintPart(expression.parts[0], expression.kind);
    case Expression::Kind::kHas:
      return "has(" + Print(expression.operands[0]) + ")";
    case Expression::Kind::kFlag:
      return Print(expression.operands[0]);
    case Expression::Kind::kCompare:
      return Print(expression.operands[0]) + " " + std::string(SymbolOf(expression.comparison)) +
             " " + Print(expression.operands[1]);
    case Expression::Kind::kIn:
      return PrintIn(expression);
  }
  return "";
}

}  // namespace onewindow
