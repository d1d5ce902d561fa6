#include "services/onewindow/answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "engine/base/ids.h"
#include "engine/clock/timestamp.h"
#include "onewindow/v1/administration.pb.h"
#include "onewindow/v1/answers.pb.h"
#include "onewindow/v1/supervision.pb.h"
#include "services/onewindow/api.h"
#include "services/onewindow/documents.h"

namespace onewindow {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using testing::HasSubstr;

constexpr int kDepthMax = 6;

// Sets every field, of lists one element, of a oneof the last arm.
void FillAll(Message& message, int depth) {
  const auto* type = message.GetDescriptor();
  const auto* reflection = message.GetReflection();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor& field = *type->field(i);
    bool many = field.is_repeated();
#define FILL(Type, value)                               \
  many ? reflection->Add##Type(&message, &field, value) \
       : reflection->Set##Type(&message, &field, value)
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        FILL(Int32, 1);
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        FILL(Int64, 1);
        break;
      case FieldDescriptor::CPPTYPE_UINT32:
        FILL(UInt32, 1);
        break;
      case FieldDescriptor::CPPTYPE_UINT64:
        FILL(UInt64, 1);
        break;
      case FieldDescriptor::CPPTYPE_DOUBLE:
        FILL(Double, 1);
        break;
      case FieldDescriptor::CPPTYPE_FLOAT:
        FILL(Float, 1);
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        FILL(Bool, true);
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        FILL(Enum, field.enum_type()->value(field.enum_type()->value_count() - 1));
        break;
      case FieldDescriptor::CPPTYPE_STRING:
        FILL(String, "x");
        break;
      case FieldDescriptor::CPPTYPE_MESSAGE:
        if (depth == 0) break;
        FillAll(many ? *reflection->AddMessage(&message, &field)
                     : *reflection->MutableMessage(&message, &field),
                depth - 1);
        break;
    }
#undef FILL
  }
}

std::string Printed(const Message& answer) {
  std::ostringstream out;
  PrintAnswer(answer, out);
  return out.str();
}

// Every column and field that a view names is looked up by its name: a wrong one fails a CHECK.
TEST(AnswersTest, EveryAnswerOfEveryCallCanBePrintedFullAndEmpty) {
  std::set<std::string> seen;
  for (const std::string& name : MethodNames()) {
    const auto& type = *FindMethod(name)->output_type();
    if (!seen.insert(type.name()).second) continue;
    auto answer = NewMessage(type);
    Printed(*answer);
    EXPECT_NE(AnswerJson(*answer, JsonLines::kOne), "") << type.name();
    FillAll(*answer, kDepthMax);
    EXPECT_NE(Printed(*answer), "") << type.name();
    EXPECT_THAT(AnswerJson(*answer, JsonLines::kOne), testing::Not(HasSubstr("\n")));
  }
  EXPECT_GT(seen.size(), 15u);
}

TEST(AnswersTest, ListsWithNothingSaySo) { EXPECT_EQ(Printed(ListCardsResponse()), "nothing\n"); }

TEST(AnswersTest, AnOutcomeShowsItsEventsAndWarnings) {
  CommandOutcome outcome;
  outcome.set_sequence(7);
  outcome.set_case_id(7);
  outcome.set_stage(STAGE_ACCEPTED);
  *outcome.mutable_recorded_at() = ToTimestamp(*ParseInstant("2026-11-22T01:30:00Z"));
  auto* clock = outcome.add_events()->mutable_clock_started()->mutable_clock();
  clock->set_kind(PROMISED);
  clock->set_organisation("zhaozhen");
  Warning& warning = *outcome.add_warnings();
  warning.set_text("该申请人有同一事项的在办件");
  warning.set_case_id(3);
  EXPECT_EQ(Printed(outcome),
            "case          7\n"
            "stage         accepted\n"
            "recorded      2026-11-22 09:30  command 7\n"
            "event         clock_started  clock={kind=promised organisation=zhaozhen}\n"
            "warning       该申请人有同一事项的在办件 (case 3)\n");
}

TEST(AnswersTest, AnExplanationIsATableOfDays) {
  ExplainResponse answer;
  ClockExplanation& explanation = *answer.add_explanations();
  explanation.mutable_clock()->set_id(2);
  explanation.mutable_clock()->set_kind(PROMISED);
  explanation.set_state(LedgerEntry::RUNNING);
  explanation.set_light(LIGHT_NORMAL);
  explanation.set_budget(5);
  explanation.set_remaining(5);
  ClockDay& day = *explanation.add_days();
  day.set_date("2025-10-01");
  day.set_verdict(ClockDay::SKIPPED_HOLIDAY);
  day.set_name("国庆节");
  EXPECT_EQ(Printed(answer),
            "clock 2  promised  running  normal  budget 5  consumed 0  left 5\n"
            "DAY         VERDICT          NAME\n"
            "2025-10-01  skipped_holiday  国庆节\n");
}

TEST(AnswersTest, ProcessingTimesOfNothingFinishedAreEmpty) {
  GetProcessingTimesResponse answer;
  answer.mutable_total()->set_received(2);
  EXPECT_EQ(Printed(answer),
            "ITEM  RECEIVED  FINISHED  ON TIME  LATE\n"
            "all   2         0         0        0\n");
}

TEST(AnswersTest, ADocumentIsPrintedSoThatItCanBeReadAgain) {
  ServiceItem item;
  ASSERT_TRUE(
      ReadDocument(ONEWINDOW_SOURCE_DIR "/deploy/demo-county/items/senior-card.yaml", item).ok());
  EXPECT_THAT(Printed(item), HasSubstr("id: senior-card\n"));
  EXPECT_THAT(Printed(item), HasSubstr("name: 老年优待证核发\n"));
}

}  // namespace
}  // namespace onewindow
