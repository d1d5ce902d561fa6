#include "engine/conditions/check.h"

#include <algorithm>
#include <array>

#include "engine/conditions/lexer.h"
#include "engine/conditions/parse.h"

namespace onewindow {
namespace {

constexpr size_t kFieldIdBytesMax = 40;

// What CEL reserves.
constexpr std::array<std::string_view, 22> kReserved = {
    "as",     "break",  "const", "continue", "else",  "false",     "for",  "function",
    "if",     "import", "in",    "let",      "loop",  "namespace", "null", "package",
    "return", "true",   "var",   "void",     "while", "has"};

using Type = DeclaredField::Type;

bool IsNumeric(Type type) {
  return type == DeclaredField::INTEGER || type == DeclaredField::DECIMAL;
}

bool IsOrdered(Type type) { return IsNumeric(type) || type == DeclaredField::DATE; }

bool Fits(const FieldValue& constant, Type type) {
  if (const auto* number = std::get_if<Decimal>(&constant)) {
    return type == DeclaredField::DECIMAL || (type == DeclaredField::INTEGER && number->IsWhole());
  }
  if (std::holds_alternative<Date>(constant)) return type == DeclaredField::DATE;
  if (std::holds_alternative<bool>(constant)) return type == DeclaredField::BOOL;
  return type == DeclaredField::TEXT || type == DeclaredField::CHOICE;
}

class ConditionChecker {
 public:
  explicit ConditionChecker(const DeclaredFields& fields) : fields_(fields) {}

  Status Check(const Expression& expression) const {
    for (const Expression& part : expression.parts) {
      if (Status checked = Check(part); !checked.ok()) return checked;
    }
    for (const Operand& operand : expression.operands) {
      if (Status checked = CheckDeclared(operand); !checked.ok()) return checked;
    }
    switch (expression.kind) {
      case Expression::Kind::kAny:
      case Expression::Kind::kAll:
      case Expression::Kind::kNot:
      case Expression::Kind::kHas:
        return {};
      case Expression::Kind::kFlag:
        return CheckFlag(expression.operands[0]);
      case Expression::Kind::kCompare:
        return CheckCompare(expression);
      case Expression::Kind::kIn:
        return CheckIn(expression);
    }
    return {};
  }

 private:
  const DeclaredField& FieldOf(const Operand& operand) const {
    return *FindField(fields_, operand.field()->id);
  }

  Status CheckDeclared(const Operand& operand) const {
    const FieldName* name = operand.field();
    if (name == nullptr || FindField(fields_, name->id) != nullptr) return {};
    std::string declared;
    for (const DeclaredField& field : fields_) declared += " `form." + field.id() + "`";
    return SyntaxFault(operand.column, "the item declares no field `form." + name->id + "`" +
                                           (declared.empty() ? "; it declares none"
                                                             : "; expected one of" + declared));
  }

  Status CheckFlag(const Operand& operand) const {
    const DeclaredField& field = FieldOf(operand);
    if (field.type() == DeclaredField::BOOL) return {};
    return SyntaxFault(operand.column,
                       "`form." + field.id() + "` is not true or false: compare it");
  }

  Status CheckCompare(const Expression& expression) const {
    const Operand& left = expression.operands[0];
    const Operand& right = expression.operands[1];
    if (left.field() == nullptr && right.field() == nullptr) {
      return SyntaxFault(left.column, "two constants are compared: one side is a field");
    }
    if (left.field() != nullptr && right.field() != nullptr) {
      if (Status checked = CheckFields(left, right); !checked.ok()) return checked;
    } else {
      const bool field_is_left = left.field() != nullptr;
      const DeclaredField& field = FieldOf(field_is_left ? left : right);
      if (Status checked = CheckConstant(field, field_is_left ? right : left); !checked.ok()) {
        return checked;
      }
    }
    return CheckOrdered(expression, FieldOf(left.field() != nullptr ? left : right));
  }

  Status CheckFields(const Operand& left, const Operand& right) const {
    if (*left.field() == *right.field()) {
      return SyntaxFault(right.column, "a field is compared with itself");
    }
    const Type a = FieldOf(left).type();
    const Type b = FieldOf(right).type();
    const bool are_numbers = IsNumeric(a) && IsNumeric(b);
    const bool are_texts =
        !IsOrdered(a) && !IsOrdered(b) && a != DeclaredField::BOOL && b != DeclaredField::BOOL;
    if (a == b || are_numbers || are_texts) return {};
    return SyntaxFault(right.column, "with `form." + left.field()->id + "` expected " +
                                         FormOfValue(FieldOf(left)) + ", but `form." +
                                         right.field()->id + "` is " + FormOfValue(FieldOf(right)));
  }

  Status CheckConstant(const DeclaredField& field, const Operand& operand) const {
    const FieldValue& constant = *operand.constant();
    if (!Fits(constant, field.type())) {
      const char* hint =
          field.type() == DeclaredField::DATE ? ", written date(\"2026-01-31\")" : "";
      return SyntaxFault(operand.column,
                         "with `form." + field.id() + "` expected " + FormOfValue(field) + hint);
    }
    if (field.type() != DeclaredField::CHOICE) return {};
    if (Result<FieldValue> read = ReadFieldValue(field, std::get<std::string>(constant));
        !read.ok()) {
      return SyntaxFault(operand.column, "`form." + field.id() + "`: " + read.fault().message);
    }
    return {};
  }

  static Status CheckOrdered(const Expression& expression, const DeclaredField& field) {
    const bool is_equality = expression.comparison == Comparison::kEqual ||
                             expression.comparison == Comparison::kNotEqual;
    if (is_equality || IsOrdered(field.type())) return {};
    return SyntaxFault(expression.operands[0].column,
                       "`form." + field.id() + "` has no order: use `==`, `!=` or `in`");
  }

  Status CheckIn(const Expression& expression) const {
    const DeclaredField& field = FieldOf(expression.operands[0]);
    for (size_t i = 1; i < expression.operands.size(); ++i) {
      if (Status checked = CheckConstant(field, expression.operands[i]); !checked.ok()) {
        return checked;
      }
    }
    return {};
  }

  const DeclaredFields& fields_;
};

}  // namespace

const DeclaredField* FindField(const DeclaredFields& fields, std::string_view id) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const DeclaredField& field) { return field.id() == id; });
  return found == fields.end() ? nullptr : &*found;
}

std::string FormOfValue(const DeclaredField& field) {
  switch (field.type()) {
    case DeclaredField::INTEGER:
      return "a whole number such as 120";
    case DeclaredField::DECIMAL:
      return "a number such as 120.5";
    case DeclaredField::DATE:
      return "a day such as 2026-01-31";
    case DeclaredField::BOOL:
      return "`true` or `false`";
    case DeclaredField::CHOICE:
      return "one of its choices";
    case DeclaredField::TEXT:
    case DeclaredField::TYPE_UNSPECIFIED:
    case DeclaredField_Type_DeclaredField_Type_INT_MIN_SENTINEL_DO_NOT_USE_:
    case DeclaredField_Type_DeclaredField_Type_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return "a text";
}

bool IsFieldId(std::string_view text) {
  if (text.empty() || text.size() > kFieldIdBytesMax) return false;
  if (text.front() < 'a' || text.front() > 'z') return false;
  if (std::find(kReserved.begin(), kReserved.end(), text) != kReserved.end()) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

Status CheckCondition(const Expression& expression, const DeclaredFields& fields) {
  return ConditionChecker(fields).Check(expression);
}

Result<Expression> ReadCondition(std::string_view text, const DeclaredFields& fields) {
  Result<Expression> parsed = ParseCondition(text);
  if (!parsed.ok()) return parsed;
  if (Status checked = CheckCondition(parsed.value(), fields); !checked.ok()) {
    return checked.fault();
  }
  return parsed;
}

}  // namespace onewindow
