#include "engine/yaml/load.h"

#include <gmock/gmock.h>
#include <google/protobuf/wrappers.pb.h>
#include <gtest/gtest.h>

#include <charconv>

#include "engine/base/ids.h"
#include "onewindow/v1/calendar.pb.h"
#include "onewindow/v1/catalog.pb.h"
#include "onewindow/v1/clock.pb.h"

namespace onewindow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

template <typename M>
std::vector<std::string> ProblemsOf(std::string_view text, const Shorthands& shorthands = {}) {
  std::vector<std::string> formatted;
  for (const Problem& problem : LoadYaml<M>({"f.yaml", text}, shorthands).problems) {
    formatted.push_back(FormatProblem(problem));
  }
  return formatted;
}

// "9-17" for service hours from nine to five.
Result<ServiceHours> HoursFromText(std::string_view text) {
  auto dash = text.find('-');
  ServiceHours hours;
  uint32_t from = 0;
  uint32_t to = 0;
  if (dash == text.npos) return Fault{FaultKind::kInvalid, "expected hours such as `9-17`"};
  std::from_chars(text.data(), text.data() + dash, from);
  std::from_chars(text.data() + dash + 1, text.data() + text.size(), to);
  hours.set_from_minute(from * 60);
  hours.set_to_minute(to * 60);
  return hours;
}

Shorthands WithHours() { return Shorthands().Add<ServiceHours>(HoursFromText); }

TEST(LoadYamlTest, ADocumentFillsTheMessage) {
  auto loaded = LoadYaml<Calendar>({"f.yaml",
                                    "id: china\n"
                                    "utc_offset_minutes: -480\n"
                                    "years:\n"
                                    "  - year: 2025\n"
                                    "    days:\n"
                                    "      - {date: 2025-01-01, kind: holiday, name: 元旦}\n"
                                    "service_hours: [{from_minute: 540, to_minute: 720}]\n"
                                    "sources: [one, 'two']\n"});
  ASSERT_THAT(loaded.problems, IsEmpty());
  EXPECT_EQ(loaded.message.id(), "china");
  EXPECT_EQ(loaded.message.utc_offset_minutes(), -480);
  EXPECT_EQ(loaded.message.years(0).days(0).kind(), CalendarDay::HOLIDAY);
  EXPECT_EQ(loaded.message.years(0).days(0).name(), "元旦");
  EXPECT_EQ(loaded.message.service_hours(0).to_minute(), 720u);
  EXPECT_THAT(loaded.message.sources(), ElementsAre("one", "two"));
}

TEST(LoadYamlTest, JsonIsRead) {
  auto loaded = LoadYaml<CalendarYear>(
      {"f.json", R"({"year": 2025, "days": [{"date": "2025-01-01", "kind": "holiday"}]})"});
  ASSERT_THAT(loaded.problems, IsEmpty());
  EXPECT_EQ(loaded.message.days(0).date(), "2025-01-01");
}

TEST(LoadYamlTest, TextOfAnyLookStaysAsItWasWritten) {
  EXPECT_EQ(LoadYaml<Calendar>({"f.yaml", "id: 010\n"}).message.id(), "010");
  EXPECT_EQ(LoadYaml<Calendar>({"f.yaml", "id: no\n"}).message.id(), "no");
}

TEST(LoadYamlTest, EnumsAreWrittenWithoutOrWithTheirPrefix) {
  auto kind_of = [](std::string_view text) {
    return LoadYaml<Performer>({"f.yaml", text}).message.place();
  };
  EXPECT_EQ(kind_of("place: county_of_intake\n"), Performer::COUNTY_OF_INTAKE);
  EXPECT_EQ(kind_of("place: named\n"), Performer::NAMED);
}

TEST(LoadYamlTest, TimestampsAreReadWithTheirOffset) {
  auto loaded = LoadYaml<Clock>({"f.yaml", "due_at: 2025-10-10T09:30:00.25+08:00\n"});
  ASSERT_THAT(loaded.problems, IsEmpty());
  EXPECT_EQ(loaded.message.due_at().seconds(), 1760059800);
  EXPECT_EQ(loaded.message.due_at().nanos(), 250'000'000);
}

TEST(LoadYamlTest, AShorthandStandsForItsMessage) {
  auto loaded = LoadYaml<Calendar>(
      {"f.yaml", "service_hours:\n  - 9-12\n  - {from_minute: 780, to_minute: 1020}\n"},
      WithHours());
  ASSERT_THAT(loaded.problems, IsEmpty());
  EXPECT_EQ(loaded.message.service_hours(0).from_minute(), 540u);
  EXPECT_EQ(loaded.message.service_hours(1).from_minute(), 780u);
}

TEST(LoadYamlTest, AByteOrderMarkTakesNoColumn) {
  EXPECT_THAT(ProblemsOf<Calendar>("\xEF\xBB\xBF{id: 国, idd: x}\n"),
              ElementsAre("f.yaml:1:9: unknown key `idd`; did you mean `id`?"));
}

TEST(LoadYamlTest, LinesMayEndAsOnWindows) {
  EXPECT_EQ(LoadYaml<Calendar>({"f.yaml", "id: x\r\nversion: 1\r\n"}).message.id(), "x");
  EXPECT_THAT(ProblemsOf<Calendar>("id: x\r\nsources: [a]\r\nidd: y\r\n"),
              ElementsAre("f.yaml:3:1: unknown key `idd`; did you mean `id`?"));
}

TEST(LoadYamlTest, JsonMayBeIndentedWithTabs) {
  auto loaded = LoadYaml<Calendar>(
      {"f.json", "{\n\t\"id\": \"x\",\n\t\"sources\": [\n\t\t\"a\\/b\"\n\t]\n}\n"});
  ASSERT_THAT(loaded.problems, IsEmpty());
  EXPECT_THAT(loaded.message.sources(), ElementsAre("a/b"));
}

struct Refusal {
  std::string name;
  std::string text;
  std::string problem;
};

class CalendarRefusalTest : public testing::TestWithParam<Refusal> {};

TEST_P(CalendarRefusalTest, IsReportedWithItsPlace) {
  EXPECT_THAT(ProblemsOf<Calendar>(GetParam().text, WithHours()),
              ElementsAre("f.yaml:" + GetParam().problem));
}

const Refusal kCalendarRefusals[] = {
    {"UnknownKeyNearAnother", "id: x\nyeers: []\n",
     "2:1: unknown key `yeers`; did you mean `years`?"},
    {"UnknownKeyNearNone", "service_hours:\n  - {colour: red}\n",
     "2:6: unknown key `colour`; expected `from_minute` or `to_minute`"},
    {"DuplicateKey", "id: x\nsources: []\nid: y\n",
     "3:1: duplicate key `id`; it stands already in line 1"},
    {"KeyThatIsNoText", "[a]: x\n", "1:1: expected a key, but found a list"},
    {"Octal", "version: 010\n",
     "1:10: expected a whole number in decimal, such as `10`, but found `010`"},
    {"Hexadecimal", "version: 0x1F\n",
     "1:10: expected a whole number in decimal, such as `31`, but found `0x1F`"},
    {"Underscores", "version: 1_000\n",
     "1:10: expected a whole number in decimal, such as `1000`, but found `1_000`"},
    {"PlusSign", "version: +5\n",
     "1:10: expected a whole number in decimal, such as `5`, but found `+5`"},
    {"WordForNumber", "version: ten\n", "1:10: expected a whole number, but found `ten`"},
    {"FractionForWholeNumber", "version: 1.5\n", "1:10: expected a whole number, but found `1.5`"},
    {"QuotedNumber", "version: \"5\"\n",
     "1:10: expected a whole number without quotes, but found `\"5\"`"},
    {"NumberTooLarge", "version: 4294967296\n",
     "1:10: expected a whole number from 0 to 4294967295, but found `4294967296`"},
    {"NegativeUnsigned", "version: -1\n",
     "1:10: expected a whole number from 0 to 4294967295, but found `-1`"},
    {"SignedTooLarge", "utc_offset_minutes: 2147483648\n",
     "1:21: expected a whole number from -2147483648 to 2147483647, but found `2147483648`"},
    {"NothingForNumber", "version:\nid: x\n", "1:1: expected a whole number, but found nothing"},
    {"NullForText", "id: ~\n", "1:1: expected text, but found nothing"},
    {"ListForText", "id: [x]\n", "1:5: expected text, but found a list"},
    {"ScalarForList", "sources: x\n", "1:10: expected a list for `sources`, but found `x`"},
    {"NothingForList", "id: x\nsources:\n",
     "2:1: expected a list for `sources`, but found nothing"},
    {"ScalarForMessage", "years: [2025]\n",
     "1:9: expected a mapping with `year`, `days` or `sources`, but found `2025`"},
    {"NothingInList", "years:\n  -\nid: x\n",
     "2:3: expected a mapping with `year`, `days` or `sources`, but found nothing"},
    {"ListForShortForm", "service_hours: [[]]\n",
     "1:17: expected a mapping with `from_minute` or `to_minute`, or its short form, but found a "
     "list"},
    {"BadShortForm", "service_hours: [noon]\n", "1:17: expected hours such as `9-17`"},
    {"UnknownEnumWord", "years:\n  - days: [{kind: workdy}]\n",
     "2:19: expected `workday` or `holiday`, but found `workdy`"},
    {"UnspecifiedEnumWord", "years:\n  - days: [{kind: kind_unspecified}]\n",
     "2:19: expected `holiday` or `workday`, but found `kind_unspecified`"},
    {"UpperCaseEnumWord", "years:\n  - days: [{kind: HOLIDAY}]\n",
     "2:19: expected `holiday` or `workday`, but found `HOLIDAY`"},
    {"ColumnsCountCharacters", "years:\n  - days: [{name: 国庆节、中秋节, kid: x}]\n",
     "2:28: unknown key `kid`; did you mean `kind`?"},
    {"SecondDocument", "id: x\n---\nid: y\n",
     "2:1: malformed YAML: expected one document, but another begins here"},
    {"Alias", "id: &a x\nsources: [*a]\n",
     "2:11: malformed YAML: aliases are not accepted; write the value out"},
    {"Tag", "id: !!str x\n",
     "1:5: malformed YAML: tags are not accepted; write the value without "
     "tag:yaml.org,2002:str"},
    {"Malformed", "id: x\nsources: [a\n", "3:1: malformed YAML: end of sequence flow not found"},
    {"InvalidUtf8", "id: x\nsources: [国\xFF]\n", "2:12: expected UTF-8, but found other bytes"},
    {"SurrogateInUtf8", "id: \xED\xA0\x80\n", "1:5: expected UTF-8, but found other bytes"},
    {"ControlCharacter", "id: x\n\x04sources: 5\n",
     "2:1: expected text, but found control character 4"},
    {"EmptyText", "",
     "1:1: expected a mapping with `id`, `version`, `utc_offset_minutes`, `years`, "
     "`service_hours` or `sources`, but found nothing"},
};

INSTANTIATE_TEST_SUITE_P(All, CalendarRefusalTest, testing::ValuesIn(kCalendarRefusals),
                         [](const auto& row) { return row.param.name; });

TEST(LoadYamlTest, BooleansAreTrueOrFalseOnly) {
  EXPECT_TRUE(LoadYaml<Branch>({"f.yaml", "lead: true\n"}).message.lead());
  for (std::string text : {"yes", "True", "1", "\"true\"", "~"}) {
    EXPECT_THAT(ProblemsOf<Branch>("lead: " + text + "\n"),
                ElementsAre(HasSubstr("expected `true` or `false`, but found ")))
        << text;
  }
}

TEST(LoadYamlTest, NumbersWithAFractionAreFinite) {
  using google::protobuf::DoubleValue;
  EXPECT_EQ(LoadYaml<DoubleValue>({"f.yaml", "value: -1.5e3\n"}).message.value(), -1500);
  EXPECT_THAT(ProblemsOf<DoubleValue>("value: .inf\n"),
              ElementsAre("f.yaml:1:8: expected a number, but found `.inf`"));
  EXPECT_THAT(ProblemsOf<DoubleValue>("value: nan\n"),
              ElementsAre("f.yaml:1:8: expected a number, but found `nan`"));
}

TEST(LoadYamlTest, OneArmOfAOneofExcludesTheOthers) {
  EXPECT_THAT(ProblemsOf<CardRule>("days_left: 1\npercent_used: 90\n"),
              ElementsAre("f.yaml:2:1: `percent_used` cannot stand beside `days_left`"));
}

TEST(LoadYamlTest, TimestampsWithoutOffsetAreRefused) {
  EXPECT_THAT(ProblemsOf<Clock>("due_at: 2025-10-10 09:30\n"),
              ElementsAre("f.yaml:1:9: expected a time with an offset such as "
                          "`2025-10-10T09:30:00+08:00`, but found `2025-10-10 09:30`"));
}

TEST(LoadYamlTest, BytesHaveNoTextForm) {
  EXPECT_THAT(ProblemsOf<google::protobuf::BytesValue>("value: x\n"),
              ElementsAre("f.yaml:1:8: `value` holds bytes and is not written"));
}

TEST(LoadYamlTest, AllProblemsAreReportedUpToABound) {
  EXPECT_THAT(ProblemsOf<Calendar>("version: x\nid: []\nyears: 5\n"), SizeIs(3));
  std::string many = "years:\n";
  for (int i = 0; i < 500; ++i) many += "  - {year: x}\n";
  EXPECT_THAT(ProblemsOf<Calendar>(many), SizeIs(kProblemsMax));
}

TEST(LoadYamlTest, DepthAndSizeAreBounded) {
  std::string deep = std::string(100, '[') + std::string(100, ']');
  EXPECT_THAT(ProblemsOf<Calendar>(deep),
              ElementsAre("f.yaml:1:65: malformed YAML: nested deeper than 64 levels"));
  std::string large = "id: " + std::string(kYamlBytesMax, 'x');
  EXPECT_THAT(ProblemsOf<Calendar>(large),
              ElementsAre("f.yaml:1:1: expected at most 4194304 bytes, but found 4194308"));
}

TEST(LoadYamlDocumentsTest, EachDocumentHasItsOwnProblems) {
  auto all = LoadYamlDocuments<Calendar>({"f.yaml", "id: x\n---\nidd: y\n---\nid: z\n"});
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_TRUE(all[0].ok());
  EXPECT_EQ(FormatProblems(all[1].problems), "f.yaml:3:1: unknown key `idd`; did you mean `id`?");
  EXPECT_EQ(all[2].message.id(), "z");
}

TEST(LoadYamlDocumentsTest, AMalformedTextIsOneProblem) {
  auto all = LoadYamlDocuments<Calendar>({"f.yaml", "id: x\n---\nid: [\n"});
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].problems[0].line, 4);
}

TEST(PlacesTest, FieldsAreFoundByPath) {
  auto loaded = LoadYaml<Calendar>({"f.yaml",
                                    "years:\n"
                                    "  - year: 2025\n"
                                    "    days:\n"
                                    "      - {name: 元旦, date: 2025-01-01}\n"});
  EXPECT_EQ(loaded.places.At("years[0].year"), (Place{"f.yaml", 2, 11}));
  EXPECT_EQ(loaded.places.At("years[0].days[0].date"), (Place{"f.yaml", 4, 26}));
  EXPECT_EQ(loaded.places.At("years[0].days[0].kind"), (Place{"f.yaml", 4, 9}))
      << "what was not written stands where its message does";
  EXPECT_EQ(loaded.places.At("id"), (Place{"f.yaml", 1, 1}));
}

TEST(PlacesTest, AGraftedMessageKeepsItsFile) {
  Places outer("outer.yaml");
  outer.Set("", 1, 1);
  Places inner("inner.yaml");
  inner.Set("", 3, 1);
  inner.Set("days[1]", 7, 5);
  outer.Graft("years[2]", inner);
  EXPECT_EQ(outer.At("years[2].days[1].date"), (Place{"inner.yaml", 7, 5}));
  EXPECT_EQ(outer.At("years[2].year"), (Place{"inner.yaml", 3, 1}));
  EXPECT_EQ(outer.At("years[1]"), (Place{"outer.yaml", 1, 1}));
  EXPECT_THAT(outer.Locate({{"years[2].days[1]", "wrong"}}),
              ElementsAre(Problem{"inner.yaml", 7, 5, "wrong"}));
}

}  // namespace
}  // namespace onewindow
