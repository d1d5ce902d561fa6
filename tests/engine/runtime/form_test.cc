// What a form says decides, is sealed on disk all the same, and is opened for the decision alone.
#include "engine/tables/schema.h"
#include "tests/bench/desk_item.h"
#include "tests/engine/runtime/world.h"

namespace onewindow {
namespace {

class FormTest : public World {
 protected:
  FormTest() {
    Publish();
    Command command;
    ServiceItem& item = *command.mutable_publish_item()->mutable_item();
    item = DeskItem();
    item.set_id("shop");
    AddField(item, "area", "面积", DeclaredField::INTEGER);
    AddField(item, "street", "街道", DeclaredField::TEXT);
    item.mutable_materials(0)->set_when("form.area > 31415 && has(form.street)");
    ExpectAccepted(DoAs(kSystemPerson, command));
  }

  static void AddField(ServiceItem& item, const char* id, const char* name,
                       DeclaredField::Type type) {
    DeclaredField& field = *item.add_fields();
    field.set_id(id);
    field.set_name(name);
    field.set_type(type);
  }
  template <typename Wish>
  static void AddToForm(Wish& wish, const char* name, const char* text) {
    FormField& field = *wish.add_form();
    field.set_name(name);
    field.mutable_value()->set_text(text);
  }
  // Without the material that its item may demand.
  Command SubmitShop(const char* area) {
    Command command = Submit("wang");
    command.mutable_submit_case()->set_item("shop");
    command.mutable_submit_case()->clear_materials();
    AddToForm(*command.mutable_submit_case(), "street", "Peach Blossom");
    AddToForm(*command.mutable_submit_case(), "area", area);
    return command;
  }
  Command CorrectArea(CaseId case_id, const char* area) {
    Command command;
    *command.mutable_correct_case()->mutable_envelope() = Accept(case_id).accept_case().envelope();
    command.mutable_correct_case()->set_case_id(case_id.value);
    AddToForm(*command.mutable_correct_case(), "area", area);
    return command;
  }
};

TEST_F(FormTest, WhatTheFormSaysDecides) {
  const CaseId small = ExpectAccepted(Do(SubmitShop("31415"))).case_id;
  const CaseId large = ExpectAccepted(Do(SubmitShop("31416"))).case_id;
  ExpectAccepted(Do(Accept(small)));
  EXPECT_EQ(ReasonOf(Do(Accept(large))), MATERIALS_INCOMPLETE);
}

// The correction names one field; the others are those of the record, which lie sealed.
TEST_F(FormTest, ACorrectionDecidesOnTheWholeForm) {
  const CaseId case_id = ExpectAccepted(Do(SubmitShop("1"))).case_id;
  EXPECT_FALSE(Record(case_id).verdicts(0).holds());
  ExpectAccepted(Do(CorrectArea(case_id, "31416")));
  EXPECT_TRUE(Record(case_id).verdicts(0).holds());
}

TEST_F(FormTest, AnUnusableValueIsRefusedWithoutBeingRepeated) {
  const Answer answer = Do(SubmitShop("three acres"));
  ASSERT_TRUE(std::holds_alternative<Rejection>(answer));
  const auto& rejection = std::get<Rejection>(answer);
  EXPECT_EQ(rejection.reason, FORM_VALUE_INVALID);
  EXPECT_EQ(rejection.field, "form[1].value");
  EXPECT_EQ(rejection.text.find("acres"), std::string::npos);
}

TEST_F(FormTest, NothingOfTheFormIsOnDiskInTheClear) {
  const CaseId case_id = ExpectAccepted(Do(SubmitShop("27182818"))).case_id;
  ExpectAccepted(Do(CorrectArea(case_id, "16180339")));
  for (size_t family = 0; family < families::kCount; ++family) {
    for (const std::string& row : Rows(Family{family})) {
      EXPECT_EQ(row.find("Peach Blossom"), std::string::npos);
      EXPECT_EQ(row.find("27182818"), std::string::npos);
      EXPECT_EQ(row.find("16180339"), std::string::npos);
    }
  }
}

TEST_F(FormTest, TheVerdictsSurviveARestart) {
  const CaseId case_id = ExpectAccepted(Do(SubmitShop("31416"))).case_id;
  const std::string before = Record(case_id).SerializeAsString();
  Kill();
  Open();
  EXPECT_EQ(Record(case_id).SerializeAsString(), before);
  EXPECT_EQ(ReasonOf(Do(Accept(case_id))), MATERIALS_INCOMPLETE);
}

}  // namespace
}  // namespace onewindow
