// One server with two counties, and a case of one of them that a bug has set aside.
#include "services/administration/incidents.h"

#include <gtest/gtest.h>

#include <fstream>
#include <future>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#include "engine/calendar/calendar_document.h"
#include "engine/catalog/read_item.h"
#include "engine/kv/rocks_kv.h"
#include "engine/organisation/read_chart.h"
#include "engine/runtime/engine.h"
#include "engine/tables/case_head.h"
#include "engine/tables/schema.h"
#include "onewindow/v1/log.pb.h"
#include "tests/support/scratch_directory.h"

namespace onewindow {
namespace {

constexpr std::string_view kItem = R"(id: survey
name: 调查
kind: other_power
regime: own
power_source: statutory_power
minimum_level: township_level
handling: instant
delivery: [at_window]
)";

class IncidentsTest : public testing::Test {
 protected:
  IncidentsTest() {
    options_.data_directory = directory_ / "data";
    options_.free_bytes_min = 0;
    OpenEngine();
    Command chart;
    *chart.mutable_publish_organisation()->mutable_chart() = TwoCounties();
    Do(kSystemPerson, chart);
    Command calendar;
    *calendar.mutable_publish_calendar()->mutable_calendar() =
        ReadCalendarDirectory(ONEWINDOW_SOURCE_DIR "/deploy/calendars/china").message;
    Do(kSystemPerson, calendar);
    Command item;
    *item.mutable_publish_item()->mutable_item() = ReadItem({"survey.yaml", kItem}).item;
    Do(kSystemPerson, item);
  }

  static OrganisationChart TwoCounties() {
    const std::string file = ONEWINDOW_SOURCE_DIR "/tests/support/story/two_counties.yaml";
    std::ifstream stream(file);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    return ReadChart({file, text}).chart;
  }

  void OpenEngine() { engine_ = Engine::Open(options_, time_).value(); }

  Answer Do(std::string_view person, const Command& command) {
    std::promise<Answer> promise;
    engine_->Submit(person, command,
                    [&promise](Answer answer) { promise.set_value(std::move(answer)); });
    return promise.get_future().get();
  }
  // At the window of the north.
  Envelope NextEnvelope() {
    Envelope envelope;
    envelope.set_request_id("request-" + std::to_string(++requests_));
    envelope.set_position("hill-window");
    envelope.set_channel(CHANNEL_WINDOW);
    return envelope;
  }

  uint64_t SubmittedCase() {
    Command command;
    SubmitCase& wish = *command.mutable_submit_case();
    *wish.mutable_envelope() = NextEnvelope();
    wish.set_item("survey");
    wish.mutable_applicant()->set_kind(Applicant::NATURAL_PERSON);
    wish.mutable_applicant()->set_document_type(Applicant::OTHER_DOCUMENT);
    wish.mutable_applicant()->mutable_name()->set_text("name");
    wish.mutable_applicant()->mutable_document_number()->set_text("number");
    return std::get<Accepted>(Do("fan", command)).case_id.value;
  }

  // A record that no event makes: the next command finds it.
  void Damage(uint64_t case_id) {
    CaseRecord record = *engine_->GetCase(CaseId{case_id}).value();
    record.mutable_tasks(0)->set_id(99);
    Batch batch;
    batch.Put(families::kOpen, CaseKey(CaseId{case_id}), EncodeCase(CaseHead(), record));
    ASSERT_TRUE(engine_->store().Commit(batch, Durability::kSynced).ok());
    engine_.reset();
    OpenEngine();
    Command note;
    RecordAdHocStep& wish = *note.mutable_record_ad_hoc_step();
    *wish.mutable_envelope() = NextEnvelope();
    wish.set_case_id(case_id);
    wish.set_name("a look");
    ASSERT_TRUE(std::holds_alternative<Fault>(Do("fan", note)));
  }

  int IncidentsShownTo(const Identity& caller) {
    return std::get<ListIncidentsResponse>(ListIncidents({}, caller, *engine_)).incidents_size();
  }

  const ScratchDirectory directory_;
  SystemTime time_;
  EngineOptions options_;
  std::unique_ptr<Engine> engine_;
  int requests_ = 0;
};

TEST_F(IncidentsTest, AreShownInTheirCountyOnly) {
  Damage(SubmittedCase());
  EXPECT_EQ(IncidentsShownTo({.person = "dai", .position = "north-supervisor"}), 1);
  EXPECT_EQ(IncidentsShownTo({.person = "ren", .position = "south-supervisor"}), 0);
}

}  // namespace
}  // namespace onewindow
