#include "engine/conditions/lexer.h"

#include <array>
#include <optional>
#include <utility>

namespace onewindow {
namespace {

bool IsNameStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsNameCharacter(char c) { return IsNameStart(c) || IsDigit(c); }
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool ContinuesCharacter(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The longer ones first.
constexpr std::array<std::string_view, 15> kSymbols = {"&&", "||", "==", "!=", "<=", ">=", "<", ">",
                                                       "!",  "(",  ")",  "[",  "]",  ",",  "."};

struct Instead {
  std::string_view found;
  std::string_view right;
};
constexpr std::array<Instead, 19> kInstead = {{
    {"=", "=="}, {"&", "&&"},  {"|", "||"}, {"≥", ">="},  {"≤", "<="},  {"≠", "!="}, {"＞", ">"},
    {"＜", "<"}, {"＝", "=="}, {"！", "!"}, {"（", "("},  {"）", ")"},  {"，", ","}, {"“", "\""},
    {"”", "\""}, {"‘", "'"},   {"’", "'"},  {"且", "&&"}, {"或", "||"},
}};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<std::vector<Token>> Run() {
    while (true) {
      while (!AtEnd() && IsSpace(text_[place_])) Skip(1);
      Token token{.column = column_};
      if (AtEnd()) {
        tokens_.push_back(std::move(token));
        return std::move(tokens_);
      }
      if (auto fault = Read(token)) return *fault;
      tokens_.push_back(std::move(token));
    }
  }

 private:
  bool AtEnd() const { return place_ == text_.size(); }
  std::string_view Rest() const { return text_.substr(place_); }

  void Skip(size_t bytes) {
    for (size_t i = 0; i < bytes; ++i) {
      if (!ContinuesCharacter(text_[place_++])) ++column_;
    }
  }

  void Take(Token& token, Token::Kind kind, size_t bytes) {
    token.kind = kind;
    token.text = Rest().substr(0, bytes);
    Skip(bytes);
  }

  std::optional<Fault> Read(Token& token) {
    const char first = text_[place_];
    if (IsNameStart(first)) {
      Take(token, Token::Kind::kName, LengthOf(IsNameCharacter));
      return std::nullopt;
    }
    if (IsDigit(first) || first == '-') {
      Take(token, Token::Kind::kNumber, 1);
      // A number that is none, such as 1.2.3 or 12a, is left to whoever reads it.
      while (!AtEnd() && (IsNameCharacter(text_[place_]) || text_[place_] == '.')) {
        token.text += text_[place_];
        Skip(1);
      }
      return std::nullopt;
    }
    if (first == '"' || first == '\'') return ReadText(token);
    for (std::string_view symbol : kSymbols) {
      if (!Rest().starts_with(symbol)) continue;
      Take(token, Token::Kind::kSymbol, symbol.size());
      return std::nullopt;
    }
    return Strange();
  }

  size_t LengthOf(bool (*belongs)(char)) const {
    size_t length = 0;
    while (place_ + length < text_.size() && belongs(text_[place_ + length])) ++length;
    return length;
  }

  std::optional<Fault> ReadText(Token& token) {
    const char quote = text_[place_];
    token.kind = Token::Kind::kText;
    Skip(1);
    while (!AtEnd() && text_[place_] != quote) {
      if (text_[place_] == '\\') {
        Skip(1);
        if (AtEnd()) break;
        const char escaped = text_[place_];
        if (escaped != '\\' && escaped != '"' && escaped != '\'') {
          return SyntaxFault(column_, "behind `\\` expected `\\`, `\"` or `'`");
        }
      }
      token.text += text_[place_];
      Skip(1);
    }
    if (AtEnd()) return SyntaxFault(token.column, "the text has no closing quote");
    Skip(1);
    return std::nullopt;
  }

  Fault Strange() const {
    for (const Instead& instead : kInstead) {
      if (!Rest().starts_with(instead.found)) continue;
      return SyntaxFault(column_, "instead of `" + std::string(instead.found) + "` write `" +
                                      std::string(instead.right) + "`");
    }
    size_t length = 1;
    while (length < Rest().size() && ContinuesCharacter(Rest()[length])) ++length;
    return SyntaxFault(column_, "`" + std::string(Rest().substr(0, length)) +
                                    "` has no meaning here; a field is written `form.` and its id, "
                                    "a text in quotes");
  }

  std::string_view text_;
  size_t place_ = 0;
  int column_ = 1;
  std::vector<Token> tokens_;
};

}  // namespace

Result<std::vector<Token>> Tokenise(std::string_view text) { return Lexer(text).Run(); }

Fault SyntaxFault(int column, const std::string& message) {
  return {FaultKind::kInvalid, "column " + std::to_string(column) + ": " + message};
}

}  // namespace onewindow
