// Random conditions on random forms, against a second evaluator that knows no tree: each condition
// is made together with a function that computes it from the texts of the form, in other terms (0,
// 1 and 2 for false, open and true; the least for `&&`, the greatest for `||`; doubles and texts).

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <functional>

#include "engine/conditions/evaluate.h"
#include "engine/conditions/parse.h"
#include "engine/conditions/print.h"
#include "tests/engine/conditions/fields.h"

namespace onewindow {
namespace {

using Texts = std::map<std::string, std::string>;

struct Model {
  std::string text;
  std::function<int(const Texts&)> evaluate;
};

template <typename T>
T OneOf(std::vector<T> values) {
  return *rc::gen::elementOf(std::move(values));
}
bool Maybe() { return *rc::gen::arbitrary<bool>(); }

const std::vector<std::string> kComparisons = {"==", "!=", "<", "<=", ">", ">="};

template <typename T>
bool Compare(const T& left, const std::string& comparison, const T& right) {
  if (comparison == "==") return left == right;
  if (comparison == "!=") return left != right;
  if (comparison == "<") return left < right;
  if (comparison == "<=") return !(right < left);
  if (comparison == ">") return right < left;
  return !(left < right);
}

int AsNumber(bool holds) { return holds ? 2 : 0; }

// Wherever the field's text is there, `holds` of it.
Model Atom(std::string text, std::string field, std::function<bool(const std::string&)> holds) {
  return {std::move(text), [field = std::move(field), holds = std::move(holds)](const Texts& form) {
            const auto found = form.find(field);
            return found == form.end() ? 1 : AsNumber(holds(found->second));
          }};
}

Model NumberAtom() {
  const std::string field = OneOf<std::string>({"area", "stock"});
  const std::string number =
      OneOf<std::string>(field == "area" ? std::vector<std::string>{"-1.5", "0", "2", "2.5"}
                                         : std::vector<std::string>{"-1", "0", "2"});
  const std::string comparison = OneOf(kComparisons);
  const bool is_turned = Maybe();
  const std::string name = "form." + field;
  return Atom(is_turned ? number + comparison + name : name + " " + comparison + number, field,
              [=](const std::string& value) {
                return is_turned ? Compare(std::stod(number), comparison, std::stod(value))
                                 : Compare(std::stod(value), comparison, std::stod(number));
              });
}

Model DayAtom() {
  const std::string day = OneOf<std::string>({"2025-12-31", "2026-01-01"});
  const std::string comparison = OneOf(kComparisons);
  return Atom("form.opened " + comparison + " date('" + day + "')", "opened",
              [=](const std::string& value) { return Compare(value, comparison, day); });
}

Model ListAtom() {
  const std::string a = OneOf<std::string>({"餐饮", "娱乐", "仓储"});
  const std::string b = OneOf<std::string>({"餐饮", "娱乐", "仓储"});
  return Atom("form.use in ['" + a + "',\"" + b + "\"]", "use",
              [=](const std::string& value) { return value == a || value == b; });
}

Model TextAtom() {
  const std::string text = OneOf<std::string>({"", "a\"b", "甲\\乙"});
  std::string escaped;
  for (char c : text) escaped += c == '\\' || c == '"' ? std::string("\\") + c : std::string(1, c);
  const std::string comparison = OneOf<std::string>({"==", "!="});
  return Atom("form.note" + comparison + "\"" + escaped + "\"", "note",
              [=](const std::string& value) { return Compare(value, comparison, text); });
}

Model FlagAtom() {
  return Atom("form.own_house", "own_house",
              [](const std::string& value) { return value == "true"; });
}

Model HasAtom() {
  const std::string field = OneOf<std::string>({"area", "note", "opened"});
  return {"has(form." + field + ")",
          [field](const Texts& form) { return AsNumber(form.contains(field)); }};
}

Model RandomAtom() {
  constexpr std::array kAtoms = {NumberAtom, DayAtom, ListAtom, TextAtom, FlagAtom, HasAtom};
  return kAtoms[*rc::gen::inRange<size_t>(0, kAtoms.size())]();
}

Model RandomModel(int depth);

Model RandomJoin(int depth) {
  const bool is_and = Maybe();
  std::vector<std::function<int(const Texts&)>> parts;
  std::string text;
  for (int i = *rc::gen::inRange(2, 4); i > 0; --i) {
    const Model part = RandomModel(depth - 1);
    text += (text.empty() ? "(" : is_and ? ")&& (" : ") ||(") + part.text;
    parts.push_back(part.evaluate);
  }
  return {text + ")", [=](const Texts& form) {
            int joined = parts[0](form);
            for (const auto& part : parts) {
              joined = is_and ? std::min(joined, part(form)) : std::max(joined, part(form));
            }
            return joined;
          }};
}

Model RandomModel(int depth) {
  if (depth == 0) return RandomAtom();
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      return RandomAtom();
    case 1: {
      const Model inner = RandomModel(depth - 1);
      return {"! (" + inner.text + ")",
              [=](const Texts& form) { return 2 - inner.evaluate(form); }};
    }
    default:
      return RandomJoin(depth);
  }
}

Texts RandomForm() {
  const std::map<std::string, std::vector<std::string>> texts = {
      {"area", {"-1.5", "0", "1", "2", "2.5", "999999999999.999999"}},
      {"stock", {"-1", "0", "1", "2"}},
      {"use", {"餐饮", "娱乐", "仓储"}},
      {"opened", {"2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02"}},
      {"own_house", {"true", "false"}},
      {"note", {"", "a\"b", "甲\\乙"}}};
  Texts form;
  for (const auto& [field, values] : texts) {
    if (Maybe()) form[field] = OneOf(values);
  }
  return form;
}

FormValues Read(const Texts& texts, const DeclaredFields& fields) {
  FormValues form;
  for (const auto& [id, text] : texts) {
    form[id] = ReadFieldValue(*FindField(fields, id), text).value();
  }
  return form;
}

RC_GTEST_PROP(RandomConditionsTest, WhatIsPrintedReadsBackAsTheSame, ()) {
  const Model model = RandomModel(3);
  RC_PRE(model.text.size() <= kConditionBytesMax);
  const Expression expression = ParseCondition(model.text).value();
  const std::string printed = PrintCondition(expression);
  RC_ASSERT(ParseCondition(printed).value() == expression);
  RC_ASSERT(PrintCondition(ParseCondition(printed).value()) == printed);
}

RC_GTEST_PROP(RandomConditionsTest, EvaluationIsTotalAndAgreesWithASecondOne, ()) {
  const DeclaredFields fields = ShopFields();
  const Model model = RandomModel(3);
  RC_PRE(model.text.size() <= kConditionBytesMax);
  const Result<Expression> read = ReadCondition(model.text, fields);
  if (!read.ok()) RC_FAIL(read.fault().message);
  for (int i = 0; i < 20; ++i) {
    const Texts texts = RandomForm();
    const FormValues form = Read(texts, fields);
    const Truth truth = Evaluate(read.value(), form);
    RC_ASSERT(static_cast<int>(truth) == model.evaluate(texts));
    RC_ASSERT((truth == Truth::kOpen) == !MissingFields(read.value(), form).empty());
    RC_ASSERT(!ExplainCondition(read.value(), fields, form).empty());
  }
}

// What an open condition waits for is enough to decide it.
RC_GTEST_PROP(RandomConditionsTest, FillingInWhatIsMissingDecides, ()) {
  const DeclaredFields fields = ShopFields();
  const Model model = RandomModel(3);
  RC_PRE(model.text.size() <= kConditionBytesMax);
  const Expression expression = ReadCondition(model.text, fields).value();
  Texts texts = RandomForm();
  Texts whole = {{"area", "1"}, {"stock", "1"},       {"use", "餐饮"}, {"opened", "2026-01-01"},
                 {"note", "a"}, {"own_house", "true"}};
  for (int rounds = 0; Evaluate(expression, Read(texts, fields)) == Truth::kOpen; ++rounds) {
    RC_ASSERT(rounds < 7);
    for (const std::string& id : MissingFields(expression, Read(texts, fields))) {
      RC_ASSERT(!texts.contains(id));
      texts[id] = whole.at(id);
    }
  }
}

// Any bytes at all are read or refused.
RC_GTEST_PROP(RandomConditionsTest, AnyTextIsReadOrRefused, ()) {
  std::string text;
  for (int i = *rc::gen::inRange(0, 30); i > 0; --i) {
    text += OneOf<std::string>({"form", ".",   "area", " ",  "(", ")",  "!",    "&&",
                                "||",   "==",  "<",    "in", "[", "]",  "\"",   "'",
                                "\\",   "has", "date", "-",  "1", "面", "\xff", ","});
  }
  const Result<Expression> parsed = ParseCondition(text);
  if (parsed.ok())
    RC_ASSERT(ParseCondition(PrintCondition(parsed.value())).value() == parsed.value());
}

}  // namespace
}  // namespace onewindow
