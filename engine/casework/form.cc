#include "engine/casework/form.h"

#include <algorithm>
#include <set>
#include <utility>

#include "engine/casework/apply_form.h"
#include "engine/casework/rejections.h"
#include "engine/catalog/item_conditions.h"
#include "engine/conditions/evaluate.h"

namespace onewindow {
namespace {

// An empty text is a field that is not filled in.
FormValues ValuesOf(const FormTexts& texts, const DeclaredFields& fields) {
  FormValues values;
  for (const auto& [id, text] : texts) {
    const DeclaredField* field = FindField(fields, id);
    if (field == nullptr || text.empty()) continue;
    if (Result<FieldValue> read = ReadFieldValue(*field, text); read.ok()) {
      values[id] = std::move(read).value();
    }
  }
  return values;
}

std::optional<Rejection> CheckField(const std::string& path, const FormField& field,
                                    const Context& context) {
  const DeclaredFields& declared = context.item->fields();
  const DeclaredField* known = FindField(declared, field.name());
  if (known == nullptr) {
    Rejection rejection = RefusedField(FORM_FIELD_UNKNOWN, path + ".name",
                                       context.item->id() + " has no such field on its form");
    for (const DeclaredField& one : declared) rejection.allowed.push_back(one.id());
    return rejection;
  }
  const auto text = context.form.find(field.name());
  if (text == context.form.end() || text->second.empty()) return std::nullopt;
  if (ReadFieldValue(*known, text->second).ok()) return std::nullopt;
  // What was written may be personal, and is not repeated.
  Rejection rejection = RefusedField(FORM_VALUE_INVALID, path + ".value",
                                     "'" + field.name() + "' is " + FormOfValue(*known));
  rejection.allowed = {known->choices().begin(), known->choices().end()};
  return rejection;
}

ConditionVerdict VerdictOf(const std::string& condition, const ServiceItem& item,
                           const FormValues& form) {
  const Expression expression = ReadCondition(condition, item.fields()).value();
  ConditionVerdict verdict;
  verdict.set_condition(condition);
  verdict.set_holds(Evaluate(expression, form) == Truth::kTrue);
  for (std::string& id : MissingFields(expression, form)) verdict.add_missing(std::move(id));
  return verdict;
}

}  // namespace

std::vector<FormField> FormAfter(const CaseRecord& current, const Command& command,
                                 const ServiceItem* item) {
  if (item == nullptr || item->fields().empty()) return {};
  if (command.has_submit_case()) {
    const auto& form = command.submit_case().form();
    return {form.begin(), form.end()};
  }
  if (command.correct_case().form().empty()) return {};
  FormFields form = current.form();
  MergeForm(form, command.correct_case().form());
  return {form.begin(), form.end()};
}

FormTexts FormTextsAfter(const CaseRecord& current, const Command& command,
                         const ServiceItem* item) {
  FormTexts texts;
  for (const FormField& field : FormAfter(current, command, item)) {
    texts[field.name()] = field.value().text();
  }
  return texts;
}

std::optional<Rejection> CheckForm(const FormFields& form, const Context& context) {
  if (context.item->fields().empty()) return std::nullopt;
  std::set<std::string_view> names;
  for (int i = 0; i < form.size(); ++i) {
    const std::string path = "form[" + std::to_string(i) + "]";
    if (!names.insert(form[i].name()).second) {
      return RefusedField(FORM_FIELD_TWICE, path + ".name", "stands on the form already");
    }
    if (auto refused = CheckField(path, form[i], context)) return refused;
  }
  return std::nullopt;
}

void DecideConditions(Plan& plan) {
  const ServiceItem& item = *plan.context().item;
  const FormValues form = ValuesOf(plan.context().form, item.fields());
  Event event;
  ConditionsDecided& decided = *event.mutable_conditions_decided();
  std::set<std::string> known;
  for (const ItemCondition& condition : ConditionsOf(item)) {
    if (!known.insert(condition.text).second) continue;
    *decided.add_verdicts() = VerdictOf(condition.text, item, form);
  }
  if (!known.empty()) plan.Add(std::move(event));
}

std::optional<Rejection> CheckFormDecides(const CaseRecord& current, std::string_view wish,
                                          const Context& context) {
  std::vector<std::string> missing;
  std::string names;
  for (const ConditionVerdict& verdict : current.verdicts()) {
    for (const std::string& id : verdict.missing()) {
      if (std::find(missing.begin(), missing.end(), id) != missing.end()) continue;
      missing.push_back(id);
      names += (names.empty() ? "" : ", ") + FindField(context.item->fields(), id)->name();
    }
  }
  if (missing.empty()) return std::nullopt;
  Rejection rejection = Refused(FORM_INCOMPLETE, current, wish, "what follows depends on " + names);
  rejection.field = "form";
  rejection.allowed = std::move(missing);
  return rejection;
}

std::vector<std::string> ExplainVerdicts(const CaseRecord& record, const ServiceItem& item) {
  FormTexts texts;
  for (const FormField& field : record.form()) texts[field.name()] = field.value().text();
  const FormValues form = ValuesOf(texts, item.fields());
  const std::vector<ItemCondition> conditions = ConditionsOf(item);
  std::vector<std::string> lines;
  for (const ConditionVerdict& verdict : record.verdicts()) {
    std::string subjects;
    for (const ItemCondition& condition : conditions) {
      if (condition.text != verdict.condition()) continue;
      subjects += (subjects.empty() ? "" : "、") + condition.subject;
    }
    const Expression expression = ReadCondition(verdict.condition(), item.fields()).value();
    const bool is_open = !verdict.missing().empty();
    lines.push_back(ExplainCondition(expression, item.fields(), form) + "：" + subjects +
                    (is_open           ? "待定"
                     : verdict.holds() ? "适用"
                                       : "不适用"));
  }
  return lines;
}

}  // namespace onewindow
