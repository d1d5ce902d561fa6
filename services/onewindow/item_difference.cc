#include "services/onewindow/item_difference.h"

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/catalog/performer_text.h"
#include "services/onewindow/value_text.h"

namespace onewindow {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

using Fields = std::map<std::string, std::string>;

// An item taken apart: "item", "materials identity-card", "step review", ..., each with its fields.
class Meaning {
 public:
  explicit Meaning(const ServiceItem& item) {
    ServiceItem plain = item;
    plain.clear_version();
    plain.clear_number();
    plain.clear_route();
    Describe(plain, {.part = "item", .prefix = ""});
    DescribeRoute(item.route());
  }

  const std::map<std::string, Fields>& parts() const { return parts_; }

 private:
  struct Place {
    std::string part;
    std::string prefix;  // Of its fields: "extension.".
  };

  void Describe(const Message& message, const Place& place) {
    std::vector<const FieldDescriptor*> fields;
    message.GetReflection()->ListFields(message, &fields);
    parts_[place.part];  // There even where no field is set.
    for (const FieldDescriptor* field : fields) DescribeField(message, *field, place);
  }

  void DescribeField(const Message& message, const FieldDescriptor& field, const Place& place) {
    std::string name = place.prefix + field.name();
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      parts_[place.part][name] = TextAt(message, field.name());
      return;
    }
    const auto& reflection = *message.GetReflection();
    if (!field.is_repeated()) {
      return DescribeInner(reflection.GetMessage(message, &field), place.part, name);
    }
    for (int i = 0; i < reflection.FieldSize(message, &field); ++i) {
      const Message& element = reflection.GetRepeatedMessage(message, &field, i);
      Describe(element, {.part = name + " " + KeyOf(element), .prefix = ""});
    }
  }

  void DescribeInner(const Message& inner, const std::string& part, const std::string& name) {
    if (inner.GetDescriptor() == Limit::descriptor()) {
      const auto& limit = static_cast<const Limit&>(inner);
      Fields& fields = parts_[part];
      fields[name] = std::to_string(limit.amount()) + " " + TextAt(limit, "unit");
      if (!limit.basis().empty()) fields[name + ".basis"] = limit.basis();
    } else if (inner.GetDescriptor() == Performer::descriptor()) {
      parts_[part][name] = FormatPerformer(static_cast<const Performer&>(inner));
    } else {
      Describe(inner, {.part = part, .prefix = name + "."});
    }
  }

  // What names an element of a list: one of these, else all that it says.
  static std::string KeyOf(const Message& element) {
    for (const char* name : {"id", "kind", "name"}) {
      if (element.GetDescriptor()->FindFieldByName(name) != nullptr) return TextAt(element, name);
    }
    return FieldsText(element);
  }

  // What a leg or a branch says besides its list is said of the steps that it begins with.
  void DescribeRoute(const Route& route) {
    std::string last_of_leg;
    for (const Leg& leg : route.legs()) {
      std::string ends;
      for (const Branch& branch : leg.branches()) {
        std::string before = last_of_leg;
        for (const Step& step : branch.steps()) {
          std::string part = "step " + step.id();
          Describe(step, {.part = part, .prefix = ""});
          parts_[part]["follows"] = before.empty() ? "the acceptance" : before;
          before = step.id();
        }
        Branch rest = branch;
        rest.clear_steps();
        Describe(rest, {.part = "step " + branch.steps(0).id(), .prefix = "branch."});
        ends += (ends.empty() ? "" : ", ") + before;
      }
      Leg rest = leg;
      rest.clear_branches();
      Describe(rest, {.part = "step " + leg.branches(0).steps(0).id(), .prefix = "leg."});
      last_of_leg = ends;
    }
  }

  std::map<std::string, Fields> parts_;
};

std::string Summary(const Fields& fields) {
  std::string text;
  for (const auto& [name, value] : fields) {
    text += (text.empty() ? "" : "; ") + name + ": " + value;
  }
  return text;
}

ItemDifference::Change& AddChange(ItemDifference& difference, const std::string& part,
                                  ItemDifference::Change::Kind kind) {
  ItemDifference::Change& change = *difference.add_changes();
  change.set_part(part);
  change.set_kind(kind);
  return change;
}

std::string ValueIn(const Fields& fields, const std::string& name) {
  auto found = fields.find(name);
  return found == fields.end() ? "" : found->second;
}

void CompareFields(const std::string& part, const Fields& before, const Fields& after,
                   ItemDifference& difference) {
  Fields all = before;
  all.insert(after.begin(), after.end());
  for (const auto& [name, value] : all) {
    std::string old_value = ValueIn(before, name);
    std::string new_value = ValueIn(after, name);
    if (old_value == new_value) continue;
    auto& change = AddChange(difference, part, ItemDifference::Change::CHANGED);
    change.set_field(name);
    change.set_before(old_value);
    change.set_after(new_value);
  }
}

}  // namespace

ItemDifference CompareItems(const ServiceItem& before, const ServiceItem& after) {
  const Meaning old_meaning(before);
  const Meaning new_meaning(after);
  const auto& old_parts = old_meaning.parts();
  const auto& new_parts = new_meaning.parts();
  auto all = old_parts;
  all.insert(new_parts.begin(), new_parts.end());

  ItemDifference difference;
  for (const auto& [part, fields] : all) {
    auto old_part = old_parts.find(part);
    auto new_part = new_parts.find(part);
    if (old_part == old_parts.end()) {
      AddChange(difference, part, ItemDifference::Change::ADDED).set_after(Summary(fields));
    } else if (new_part == new_parts.end()) {
      AddChange(difference, part, ItemDifference::Change::REMOVED).set_before(Summary(fields));
    } else {
      CompareFields(part, old_part->second, new_part->second, difference);
    }
  }
  return difference;
}

}  // namespace onewindow
