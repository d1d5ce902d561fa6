#include "services/onewindow/request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/ids.h"
#include "engine/clock/timestamp.h"
#include "onewindow/v1/commands.pb.h"
#include "services/onewindow/request_fields.h"

namespace onewindow {
namespace {

using testing::HasSubstr;

std::string FaultOf(const Status& status) { return status.ok() ? "" : status.fault().message; }

TEST(SetFieldTest, TextsNumbersAndWordsAreChecked) {
  SubmitCase submit;
  EXPECT_EQ(FaultOf(SetField(submit, "item", "senior-card")), "");
  EXPECT_EQ(FaultOf(SetField(submit, "priority", "2")), "");
  EXPECT_EQ(FaultOf(SetField(submit, "applicant.kind", "natural_person")), "");
  EXPECT_EQ(submit.item(), "senior-card");
  EXPECT_EQ(submit.priority(), 2u);
  EXPECT_EQ(submit.applicant().kind(), Applicant::NATURAL_PERSON);
  EXPECT_THAT(FaultOf(SetField(submit, "priority", "-1")), HasSubstr("whole number"));
  EXPECT_THAT(FaultOf(SetField(submit, "priority", "urgent")), HasSubstr("whole number"));
  EXPECT_THAT(FaultOf(SetField(submit, "applicant.kind", "natural")), HasSubstr("natural_person"));
  EXPECT_EQ(FaultOf(SetField(submit, "item", "\xFF")), "expected UTF-8");
}

TEST(SetFieldTest, SealedTextsAreWrittenPlainly) {
  SubmitCase submit;
  EXPECT_EQ(FaultOf(SetField(submit, "applicant.name", "张三")), "");
  EXPECT_EQ(submit.applicant().name().text(), "张三");
}

TEST(SetFieldTest, ListsAreSeparatedByCommasAndGrow) {
  SubmitCase submit;
  EXPECT_EQ(FaultOf(SetField(submit, "materials", "id-card,photo")), "");
  EXPECT_EQ(FaultOf(SetField(submit, "materials", "contract")), "");
  EXPECT_THAT(submit.materials(), testing::ElementsAre("id-card", "photo", "contract"));
  EXPECT_THAT(FaultOf(SetField(submit, "materials", "a,,b")), HasSubstr("commas"));
}

TEST(SetFieldTest, PairsKeepEverythingBehindTheFirstEqualsSign) {
  SubmitCase submit;
  EXPECT_EQ(FaultOf(SetField(submit, "form", "note=a=b,c")), "");
  EXPECT_EQ(FaultOf(SetField(submit, "external_numbers", "province=123")), "");
  EXPECT_EQ(submit.form(0).name(), "note");
  EXPECT_EQ(submit.form(0).value().text(), "a=b,c");
  EXPECT_EQ(submit.external_numbers(0).number(), "123");
  EXPECT_THAT(FaultOf(SetField(submit, "form", "note")), HasSubstr("NAME=VALUE"));
}

TEST(SetFieldTest, AFurtherApplicantIsWrittenFieldByField) {
  SubmitCase submit;
  EXPECT_EQ(FaultOf(SetField(submit, "co_applicants",
                             "kind=natural_person,name=李四,document_type=passport,"
                             "document_number=E1")),
            "");
  ASSERT_EQ(submit.co_applicants_size(), 1);
  EXPECT_EQ(submit.co_applicants(0).kind(), Applicant::NATURAL_PERSON);
  EXPECT_EQ(submit.co_applicants(0).name().text(), "李四");
  EXPECT_EQ(submit.co_applicants(0).document_number().text(), "E1");
  EXPECT_THAT(FaultOf(SetField(submit, "co_applicants", "李四")), HasSubstr("FIELD=VALUE"));
  EXPECT_THAT(FaultOf(SetField(submit, "co_applicants", "age=7")), HasSubstr("FIELD=VALUE"));
  EXPECT_THAT(FaultOf(SetField(submit, "co_applicants", "pseudonym=x")), HasSubstr("FIELD=VALUE"));
  EXPECT_THAT(FaultOf(SetField(submit, "co_applicants", "kind=nobody")),
              HasSubstr("natural_person"));
}

TEST(SetFieldTest, TimesAreBeijingTimeUnlessTheySayOtherwise) {
  AcceptCase accept;
  EXPECT_EQ(FaultOf(SetField(accept, "envelope.occurred_at", "2025-10-10 09:30")), "");
  EXPECT_EQ(FormatInstant(ToInstant(accept.envelope().occurred_at()), kBeijing),
            "2025-10-10T09:30:00+08:00");
  EXPECT_EQ(FaultOf(SetField(accept, "envelope.occurred_at", "2025-10-10T09:30:00Z")), "");
  EXPECT_EQ(FormatInstant(ToInstant(accept.envelope().occurred_at()), kBeijing),
            "2025-10-10T17:30:00+08:00");
  EXPECT_THAT(FaultOf(SetField(accept, "envelope.occurred_at", "tomorrow")),
              HasSubstr("2025-10-10 09:30"));
}

TEST(SetFieldTest, DocumentsAreReadAndCheckedWithTheirPlaces) {
  PublishItem publish;
  std::string items = ONEWINDOW_SOURCE_DIR "/deploy/demo-county/items/";
  EXPECT_EQ(FaultOf(SetField(publish, "item", items + "senior-card.yaml")), "");
  EXPECT_EQ(publish.item().id(), "senior-card");
  std::string chart = ONEWINDOW_SOURCE_DIR "/deploy/demo-county/organisation.yaml";
  EXPECT_THAT(FaultOf(SetField(publish, "item", chart)), HasSubstr("organisation.yaml:10:1"));
  PublishCalendar calendar;
  EXPECT_EQ(FaultOf(SetField(calendar, "calendar", ONEWINDOW_SOURCE_DIR "/deploy/calendars/china")),
            "");
  EXPECT_EQ(calendar.calendar().years_size(), 12);
}

TEST(MakeRequestTest, DefaultsApplyWhereTheirMessageIsThereAndNothingElseIsSaid) {
  Verb verb{.words = "submit",
            .method = "FrontDesk.Submit",
            .help = "",
            .example = "",
            .defaults = {{"applicant.kind", "natural_person"}}};
  auto kind = [&](const GivenFields& given) {
    auto request = MakeRequest(verb, given, "{}");
    return static_cast<const SubmitCase&>(*request.value()).applicant().kind();
  };
  EXPECT_EQ(kind({{"item", {"x"}}}), Applicant::KIND_UNSPECIFIED);
  EXPECT_EQ(kind({{"applicant.name", {"张三"}}}), Applicant::NATURAL_PERSON);
  EXPECT_EQ(kind({{"applicant.name", {"张三"}}, {"applicant.kind", {"enterprise"}}}),
            Applicant::ENTERPRISE);
}

TEST(MakeRequestTest, FlagsAndDefaultsAddToWhatTheJsonSays) {
  Verb verb{.words = "submit",
            .method = "FrontDesk.Submit",
            .help = "",
            .example = "",
            .defaults = {{"applicant.kind", "natural_person"},
                         {"applicant.document_type", "identity_number"}}};
  auto request = MakeRequest(verb, {{"materials", {"photograph"}}, {"item", {"other-card"}}},
                             R"({"item": "senior-card", "materials": ["identity-card"],
                                 "applicant": {"kind": "ENTERPRISE", "name": {"text": "张三"}}})");
  ASSERT_TRUE(request.ok()) << request.fault().message;
  const auto& made = static_cast<const SubmitCase&>(*request.value());
  EXPECT_EQ(made.item(), "other-card");
  EXPECT_THAT(made.materials(), testing::ElementsAre("identity-card", "photograph"));
  EXPECT_EQ(made.applicant().name().text(), "张三");
  EXPECT_EQ(made.applicant().kind(), Applicant::ENTERPRISE);
  EXPECT_EQ(made.applicant().document_type(), Applicant::IDENTITY_NUMBER);
}

TEST(MakeRequestTest, WhatIsNoRequestIsAFaultOfTheFlag) {
  Verb verb{.words = "submit", .method = "FrontDesk.Submit", .help = "", .example = ""};
  for (const char* json : {"", "{", "[]", R"({"names": "张三"})"}) {
    auto request = MakeRequest(verb, {}, json);
    ASSERT_FALSE(request.ok()) << json;
    EXPECT_THAT(request.fault().message, testing::StartsWith("--from: ")) << json;
  }
}

TEST(MakeRequestTest, AFaultNamesTheFlag) {
  Verb verb{.words = "submit", .method = "FrontDesk.Submit", .help = "", .example = ""};
  auto request = MakeRequest(verb, {{"priority", {"x"}}}, "{}");
  ASSERT_FALSE(request.ok());
  EXPECT_THAT(request.fault().message, testing::StartsWith("--priority: expected a whole number"));
}

TEST(CompleteRequestTest, WhatIsSetStays) {
  AcceptCase accept;
  accept.mutable_envelope()->set_request_id("mine");
  CompleteRequest(accept, "window-1");
  EXPECT_EQ(RequestIdOf(accept), "mine");
  EXPECT_EQ(accept.envelope().position(), "window-1");
  AcceptCase first;
  AcceptCase second;
  CompleteRequest(first, "");
  CompleteRequest(second, "");
  EXPECT_NE(RequestIdOf(first), "");
  EXPECT_NE(RequestIdOf(first), RequestIdOf(second));
}

TEST(CaseNameTest, ReceiptNumbersHaveTwentyDigits) {
  EXPECT_EQ(KindOfCaseName("42"), CaseNameKind::kCaseId);
  EXPECT_EQ(KindOfCaseName("51012120261123000001"), CaseNameKind::kReceiptNumber);
  EXPECT_EQ(KindOfCaseName("510121202611230000011"), CaseNameKind::kNeither);
  EXPECT_EQ(KindOfCaseName("C1"), CaseNameKind::kNeither);
  EXPECT_EQ(KindOfCaseName(""), CaseNameKind::kNeither);
}

}  // namespace
}  // namespace onewindow
