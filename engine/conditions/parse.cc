#include "engine/conditions/parse.h"

#include <array>
#include <optional>
#include <utility>

#include "engine/conditions/lexer.h"

namespace onewindow {
namespace {

constexpr std::array kComparisons = {Comparison::kEqual,   Comparison::kNotEqual,
                                     Comparison::kLess,    Comparison::kLessEqual,
                                     Comparison::kGreater, Comparison::kGreaterEqual};

Expression Leaf(Expression::Kind kind, Operand operand) {
  Expression leaf{.kind = kind};
  leaf.operands.push_back(std::move(operand));
  return leaf;
}

std::string Shown(const Token& token) {
  if (token.kind == Token::Kind::kEnd) return "the end";
  if (token.kind == Token::Kind::kText) return "the text \"" + token.text + "\"";
  return "`" + token.text + "`";
}

// By recursive descent. After the first fault it stands at the end, where nothing is expected any
// more, so that every rule simply returns.
class ConditionParser {
 public:
  explicit ConditionParser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  Result<Expression> Run() {
    Expression expression = Joined(Expression::Kind::kAny);
    if (Now().kind != Token::Kind::kEnd) FailAtJoint();
    if (fault_) return *fault_;
    return expression;
  }

 private:
  const Token& Now() const { return tokens_[place_]; }
  bool IsAt(std::string_view symbol) const {
    return Now().kind == Token::Kind::kSymbol && Now().text == symbol;
  }
  bool IsAtName(std::string_view name) const {
    return Now().kind == Token::Kind::kName && Now().text == name;
  }
  Token Take() {
    Token token = Now();
    if (token.kind != Token::Kind::kEnd) ++place_;
    return token;
  }

  void Fail(int column, const std::string& message) {
    if (!fault_) fault_ = SyntaxFault(column, message);
    place_ = tokens_.size() - 1;
  }
  void FailExpecting(const std::string& what) {
    Fail(Now().column, "expected " + what + ", but found " + Shown(Now()));
  }
  bool Expect(std::string_view symbol) {
    if (!IsAt(symbol)) FailExpecting("`" + std::string(symbol) + "`");
    Take();
    return !fault_;
  }

  // A whole condition ended, and something else follows.
  void FailAtJoint() {
    if (IsAtName("and")) return Fail(Now().column, "instead of `and` write `&&`");
    if (IsAtName("or")) return Fail(Now().column, "instead of `or` write `||`");
    if (AtComparison() || IsAtName("in")) {
      return Fail(Now().column,
                  "a comparison has a field or constant on each side; "
                  "what is negated or in parentheses is not compared");
    }
    FailExpecting("`&&`, `||` or the end");
  }

  Expression Joined(Expression::Kind kind) {
    const bool is_any = kind == Expression::Kind::kAny;
    const auto next = [&] { return is_any ? Joined(Expression::Kind::kAll) : Part(); };
    Expression first = next();
    Expression joined{.kind = kind};
    while (IsAt(is_any ? "||" : "&&")) {
      Take();
      if (joined.parts.empty()) joined.parts.push_back(std::move(first));
      joined.parts.push_back(next());
    }
    return joined.parts.empty() ? first : joined;
  }

  Expression Part() {
    if (auto closed = ClosedPart()) return *std::move(closed);
    return Relation();
  }

  // What needs no comparison to be complete.
  std::optional<Expression> ClosedPart() {
    if (IsAt("(")) return Deeper(&ConditionParser::Parenthesised);
    if (IsAt("!")) return Deeper(&ConditionParser::Inverted);
    if (!IsAtName("has")) return std::nullopt;
    Take();
    if (!Expect("(")) return Expression();
    Expression has = Leaf(Expression::Kind::kHas, Field());
    Expect(")");
    return has;
  }

  Expression Deeper(Expression (ConditionParser::*rule)()) {
    if (++depth_ > kConditionDepthMax) {
      Fail(Now().column,
           "parentheses and `!` stand more than " + std::to_string(kConditionDepthMax) + " deep");
    }
    Expression inner = (this->*rule)();
    --depth_;
    return inner;
  }

  Expression Parenthesised() {
    Take();
    Expression inner = Joined(Expression::Kind::kAny);
    if (!IsAt(")") && Now().kind != Token::Kind::kEnd) FailAtJoint();
    Expect(")");
    return inner;
  }

  Expression Inverted() {
    Take();
    Expression inverted{.kind = Expression::Kind::kNot};
    auto closed = ClosedPart();
    inverted.parts.push_back(closed ? *std::move(closed) : Leaf(Expression::Kind::kFlag, Field()));
    return inverted;
  }

  Expression Relation() {
    Operand left = OperandHere();
    if (IsAtName("in")) return In(std::move(left));
    for (Comparison comparison : kComparisons) {
      if (!IsAt(SymbolOf(comparison))) continue;
      Take();
      Expression compare = Leaf(Expression::Kind::kCompare, std::move(left));
      compare.comparison = comparison;
      compare.operands.push_back(OperandHere());
      return compare;
    }
    if (left.constant() != nullptr && !fault_) FailExpecting("a comparison behind the constant");
    return Leaf(Expression::Kind::kFlag, std::move(left));
  }

  Expression In(Operand left) {
    if (left.constant() != nullptr) Fail(left.column, "before `in` expected a field");
    Take();
    Expression in = Leaf(Expression::Kind::kIn, std::move(left));
    if (!Expect("[")) return in;
    in.operands.push_back(ConstantHere());
    while (IsAt(",")) {
      Take();
      in.operands.push_back(ConstantHere());
    }
    if (!IsAt("]")) FailExpecting("`,` or `]`");
    Take();
    return in;
  }

  bool AtComparison() const {
    for (Comparison comparison : kComparisons) {
      if (IsAt(SymbolOf(comparison))) return true;
    }
    return false;
  }

  Operand OperandHere() { return IsAtName("form") ? Field() : ConstantHere(); }

  Operand Field() {
    Operand field{.content = FieldName{}, .column = Now().column};
    if (IsAtName("not")) Fail(Now().column, "instead of `not` write `!`");
    if (!IsAtName("form")) FailExpecting("a field such as `form.area`");
    Take();
    if (!Expect(".")) return field;
    if (Now().kind != Token::Kind::kName) FailExpecting("the id of a field behind `form.`");
    field.content = FieldName{.id = Take().text};
    return field;
  }

  Operand ConstantHere() {
    Operand constant{.content = FieldValue(), .column = Now().column};
    const Token token = Take();
    if (token.kind == Token::Kind::kText) {
      constant.content = FieldValue(token.text);
    } else if (token.kind == Token::Kind::kNumber) {
      Keep(ReadNumber(token.text), token, constant);
    } else if (token.text == "true" || token.text == "false") {
      constant.content = FieldValue(token.text == "true");
    } else if (token.text == "date" && token.kind == Token::Kind::kName) {
      DateHere(constant);
    } else {
      FailOperand(token);
    }
    return constant;
  }

  void DateHere(Operand& constant) {
    if (!Expect("(")) return;
    const Token day = Take();
    if (day.kind != Token::Kind::kText) {
      return Fail(day.column, "expected a day in quotes, such as date(\"2026-01-31\")");
    }
    Keep(ReadDay(day.text), day, constant);
    Expect(")");
  }

  template <typename Value>
  void Keep(const Result<Value>& read, const Token& token, Operand& constant) {
    if (!read.ok()) return Fail(token.column, read.fault().message);
    constant.content = FieldValue(read.value());
  }

  void FailOperand(const Token& token) {
    if (token.kind == Token::Kind::kName && token.text == "not") {
      return Fail(token.column, "instead of `not` write `!`");
    }
    std::string hint;
    if (token.kind == Token::Kind::kName) {
      hint = "; a field is written `form." + token.text + "`, a text \"" + token.text + "\"";
    }
    Fail(token.column, "expected a field or a constant, but found " + Shown(token) + hint);
  }

  std::vector<Token> tokens_;
  size_t place_ = 0;
  int depth_ = 0;
  std::optional<Fault> fault_;
};

}  // namespace

Result<Expression> ParseCondition(std::string_view text) {
  if (text.size() > kConditionBytesMax) {
    return SyntaxFault(1, "a condition has at most " + std::to_string(kConditionBytesMax) +
                              " bytes, but this has " + std::to_string(text.size()));
  }
  Result<std::vector<Token>> tokens = Tokenise(text);
  if (!tokens.ok()) return tokens.fault();
  return ConditionParser(std::move(tokens).value()).Run();
}

}  // namespace onewindow
