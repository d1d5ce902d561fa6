#include "engine/conditions/evaluate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/conditions/fields.h"

namespace onewindow {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class EvaluateTest : public ::testing::Test {
 protected:
  // As an applicant writes it.
  void Fill(const std::string& id, std::string_view text) {
    form_[id] = ReadFieldValue(*FindField(fields_, id), text).value();
  }
  Truth TruthOf(std::string_view text) const {
    return Evaluate(ReadCondition(text, fields_).value(), form_);
  }
  std::string WhyOf(std::string_view text) const {
    return ExplainCondition(ReadCondition(text, fields_).value(), fields_, form_);
  }
  std::vector<std::string> MissingOf(std::string_view text) const {
    return MissingFields(ReadCondition(text, fields_).value(), form_);
  }

  const DeclaredFields fields_ = ShopFields();
  FormValues form_;
};

TEST_F(EvaluateTest, NumbersAreComparedExactly) {
  Fill("area", "100.1");
  EXPECT_EQ(TruthOf("form.area > 100"), Truth::kTrue);
  EXPECT_EQ(TruthOf("form.area == 100.10"), Truth::kTrue);
  EXPECT_EQ(TruthOf("form.area <= 100.099999"), Truth::kFalse);
  EXPECT_EQ(TruthOf("100.2 > form.area"), Truth::kTrue);
  Fill("area", "-3");
  EXPECT_EQ(TruthOf("form.area < -2.5"), Truth::kTrue);
}

TEST_F(EvaluateTest, EachTypeIsCompared) {
  Fill("use", "娱乐");
  Fill("opened", "2025-12-31");
  Fill("own_house", "false");
  EXPECT_EQ(TruthOf("form.use in [\"餐饮\", \"娱乐\"]"), Truth::kTrue);
  EXPECT_EQ(TruthOf("form.use != \"娱乐\""), Truth::kFalse);
  EXPECT_EQ(TruthOf("form.opened < date(\"2026-01-01\")"), Truth::kTrue);
  EXPECT_EQ(TruthOf("form.own_house"), Truth::kFalse);
  EXPECT_EQ(TruthOf("!form.own_house"), Truth::kTrue);
  EXPECT_EQ(TruthOf("form.own_house == false"), Truth::kTrue);
}

TEST_F(EvaluateTest, WhatIsNotFilledInIsOpen) {
  EXPECT_EQ(TruthOf("form.area > 100"), Truth::kOpen);
  EXPECT_EQ(TruthOf("!(form.area > 100)"), Truth::kOpen);
  EXPECT_EQ(TruthOf("form.own_house"), Truth::kOpen);
  EXPECT_EQ(TruthOf("has(form.area)"), Truth::kFalse);
  EXPECT_EQ(TruthOf("has(form.area) && form.area > 100"), Truth::kFalse);
}

TEST_F(EvaluateTest, OnePartDecidesWhateverIsOpen) {
  Fill("stock", "5");
  EXPECT_EQ(TruthOf("form.area > 100 || form.stock == 5"), Truth::kTrue);
  EXPECT_EQ(TruthOf("form.area > 100 && form.stock != 5"), Truth::kFalse);
  EXPECT_EQ(TruthOf("form.area > 100 || form.stock != 5"), Truth::kOpen);
  EXPECT_EQ(TruthOf("form.area > 100 && form.stock == 5"), Truth::kOpen);
}

TEST_F(EvaluateTest, AnOpenConditionNamesWhatItWaitsFor) {
  Fill("stock", "5");
  EXPECT_THAT(MissingOf("form.area > 100 && form.use == \"餐饮\" && form.area < 900"),
              ElementsAre("area", "use"));
  EXPECT_THAT(MissingOf("form.area > form.stock"), ElementsAre("area"));
  // It does not wait for the note, whose part is decided.
  EXPECT_THAT(MissingOf("form.area > 100 || form.stock > 9 && form.note == \"a\""),
              ElementsAre("area"));
  EXPECT_THAT(MissingOf("form.area > 100 || form.stock == 5"), IsEmpty());
  EXPECT_THAT(MissingOf("has(form.area)"), IsEmpty());
}

TEST_F(EvaluateTest, TheExplanationStatesWhatIsSo) {
  Fill("area", "120");
  Fill("stock", "5");
  Fill("use", "餐饮");
  Fill("own_house", "true");
  Fill("opened", "2025-12-31");
  EXPECT_EQ(WhyOf("form.area > 100"), "面积 = 120 > 100 平方米");
  EXPECT_EQ(WhyOf("form.area > 200"), "面积 = 120 ≤ 200 平方米");
  EXPECT_EQ(WhyOf("!(form.area > 200)"), "面积 = 120 ≤ 200 平方米");
  EXPECT_EQ(WhyOf("200 > form.area"), "面积 = 120 < 200 平方米");
  EXPECT_EQ(WhyOf("form.area >= form.stock"), "面积 = 120 平方米 ≥ 库存 = 5 件");
  EXPECT_EQ(WhyOf("form.use == \"餐饮\""), "用途 = 餐饮");
  EXPECT_EQ(WhyOf("form.use == \"娱乐\""), "用途 = 餐饮 ≠ 娱乐");
  EXPECT_EQ(WhyOf("form.use in [\"娱乐\", \"仓储\"]"), "用途 = 餐饮，不属于「娱乐、仓储」");
  EXPECT_EQ(WhyOf("!form.own_house"), "自有房屋 = 是");
  EXPECT_EQ(WhyOf("form.opened < date(\"2026-01-01\")"), "开业日期 = 2025-12-31 < 2026-01-01");
  EXPECT_EQ(WhyOf("has(form.note)"), "备注未填写");
  EXPECT_EQ(WhyOf("has(form.area)"), "面积已填写");
  EXPECT_EQ(WhyOf("form.note == \"a\""), "备注未填写");
}

TEST_F(EvaluateTest, TheExplanationHasOnlyWhatDecides) {
  Fill("area", "120");
  Fill("use", "餐饮");
  EXPECT_EQ(WhyOf("form.area > 100 && form.use == \"餐饮\""),
            "面积 = 120 > 100 平方米，用途 = 餐饮");
  EXPECT_EQ(WhyOf("form.area > 100 || form.use == \"娱乐\""), "面积 = 120 > 100 平方米");
  EXPECT_EQ(WhyOf("form.area > 100 && form.use == \"娱乐\""), "用途 = 餐饮 ≠ 娱乐");
  EXPECT_EQ(WhyOf("form.area > 100 && form.stock > 3"), "库存未填写");
}

TEST_F(EvaluateTest, AFormsValueIsReadByItsType) {
  const auto refusal = [&](const char* id, const char* text) {
    const Result<FieldValue> read = ReadFieldValue(*FindField(fields_, id), text);
    return read.ok() ? "accepted " + FormatFieldValue(read.value()) : read.fault().message;
  };
  EXPECT_EQ(refusal("area", "120.50"), "accepted 120.5");
  EXPECT_EQ(refusal("area", "120平方米"),
            "expected a number such as 120 or 0.5, but found `120平方米`");
  EXPECT_EQ(refusal("stock", "5.0"), "accepted 5");
  EXPECT_EQ(refusal("stock", "5.5"), "expected a whole number, but found `5.5`");
  EXPECT_EQ(refusal("opened", "2026-1-1"),
            "expected a day such as 2026-01-31, but found `2026-1-1`");
  EXPECT_EQ(refusal("own_house", "是"), "expected `true` or `false`, but found `是`");
  EXPECT_EQ(refusal("use", "住宅"), "expected one of `餐饮`, `娱乐`, `仓储`, but found `住宅`");
  EXPECT_EQ(refusal("note", "任意"), "accepted 任意");
}

}  // namespace
}  // namespace onewindow
