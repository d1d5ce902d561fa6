#include "tests/engine/runtime/world.h"

#include <unistd.h>

#include "engine/calendar/calendar_document.h"
#include "engine/kv/data_directory.h"
#include "engine/runtime/recovery.h"
#include "engine/tables/schema.h"
#include "tests/bench/desk_item.h"

namespace onewindow {
namespace {

constexpr Instant kStart = StartOf(MakeDate(2026, 3, 2), kBeijing) + std::chrono::hours(9);

std::filesystem::path NewDirectory() {
  std::string name = ::testing::TempDir() + "/onewindow_runtime_XXXXXX";
  EXPECT_NE(::mkdtemp(name.data()), nullptr);
  return name;
}

SecretKey FixedKey(uint8_t byte) {
  SecretKey key;
  key.bytes.fill(byte);
  return key;
}

const Calendar& China() {
  static const Calendar calendar = [] {
    const auto path = std::filesystem::path(ONEWINDOW_SOURCE_DIR) / "deploy/calendars/china";
    return ReadCalendarDirectory(path).message;
  }();
  return calendar;
}

}  // namespace

World::World()
    : directory_(NewDirectory()),
      memory_(families::kCount),
      store_(memory_),
      time_(kStart),
      vault_(FixedKey(1), FixedKey(2), entropy_),
      keys_(vault_, store_) {
  Open();
}

World::~World() {
  partition_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

Result<std::unique_ptr<Partition>> World::TryOpen() {
  Result<HeadFile> head = OpenHead(HeadPath(directory_), store_);
  if (!head.ok()) return head.fault();
  return Partition::Open(store_, std::move(head).value(), policy_, time_);
}

void World::Open() {
  Result<std::unique_ptr<Partition>> opened = TryOpen();
  ASSERT_TRUE(opened.ok()) << opened.fault().message;
  partition_ = std::move(opened).value();
}

std::vector<Command> World::Publications() {
  std::vector<Command> commands(3);
  *commands[0].mutable_publish_organisation()->mutable_chart() = DeskChart();
  *commands[1].mutable_publish_calendar()->mutable_calendar() = China();
  *commands[2].mutable_publish_item()->mutable_item() = DeskItem();
  return commands;
}

void World::Publish() {
  for (const Command& command : Publications()) ExpectAccepted(DoAs(kSystemPerson, command));
}

Submission World::Prepare(std::string_view person, Command command) {
  Prepared prepared = PrepareSubmission(person, std::move(command), vault_, keys_, Now().wall);
  EXPECT_TRUE(std::holds_alternative<Submission>(prepared));
  return std::get<Submission>(std::move(prepared));
}

Answer World::Do(Command command) { return DoAs("li", std::move(command)); }

Answer World::DoAs(std::string_view person, Command command) {
  Prepared prepared = PrepareSubmission(person, std::move(command), vault_, keys_, Now().wall);
  if (auto* rejection = std::get_if<Rejection>(&prepared)) return *rejection;
  if (auto* fault = std::get_if<Fault>(&prepared)) return *fault;
  std::vector<Submission> submissions;
  submissions.push_back(std::get<Submission>(std::move(prepared)));
  return DoAll(std::move(submissions)).front();
}

std::vector<Answer> World::DoAll(std::vector<Submission> submissions) {
  return partition_->Process(std::move(submissions), Now());
}

Envelope World::NewEnvelope() {
  Envelope envelope;
  envelope.set_request_id("request-" + std::to_string(++last_request_));
  envelope.set_position("window");
  envelope.set_channel(CHANNEL_WINDOW);
  return envelope;
}

Command World::Submit(const std::string& applicant) {
  Command command;
  auto& wish = *command.mutable_submit_case();
  *wish.mutable_envelope() = NewEnvelope();
  wish.set_item("desk-item");
  wish.mutable_applicant()->set_kind(Applicant::NATURAL_PERSON);
  wish.mutable_applicant()->set_document_type(Applicant::OTHER_DOCUMENT);
  wish.mutable_applicant()->mutable_name()->set_text("name of " + applicant);
  wish.mutable_applicant()->mutable_document_number()->set_text(applicant);
  wish.add_materials("form");
  return command;
}

Command World::Accept(CaseId case_id) {
  Command command;
  *command.mutable_accept_case()->mutable_envelope() = NewEnvelope();
  command.mutable_accept_case()->set_case_id(case_id.value);
  return command;
}

Command World::Claim(CaseId case_id) {
  Command command;
  *command.mutable_claim_task()->mutable_envelope() = NewEnvelope();
  command.mutable_claim_task()->set_case_id(case_id.value);
  return command;
}

Command World::Decide(CaseId case_id) {
  Command command;
  auto& wish = *command.mutable_decide_case();
  *wish.mutable_envelope() = NewEnvelope();
  wish.set_case_id(case_id.value);
  wish.set_result(GRANTED);
  wish.mutable_opinion()->set_text("agreed");
  return command;
}

Command World::Deliver(CaseId case_id) {
  Command command;
  auto& wish = *command.mutable_deliver_case();
  *wish.mutable_envelope() = NewEnvelope();
  wish.set_case_id(case_id.value);
  wish.set_mode(AT_WINDOW);
  wish.set_taker(DeliverCase::APPLICANT_HIMSELF);
  wish.mutable_taker_name()->set_text("the taker");
  wish.mutable_taker_document_number()->set_text("510121190001011234");
  return command;
}

Command World::Close(CaseId case_id) {
  Command command;
  *command.mutable_close_case()->mutable_envelope() = NewEnvelope();
  command.mutable_close_case()->set_case_id(case_id.value);
  return command;
}

CaseId World::SubmitCase(const std::string& applicant) {
  return ExpectAccepted(Do(Submit(applicant))).case_id;
}

CaseId World::LiveWholeLife(const std::string& applicant) {
  const CaseId case_id = SubmitCase(applicant);
  for (const Command& command :
       {Accept(case_id), Claim(case_id), Decide(case_id), Deliver(case_id), Close(case_id)}) {
    time_.Pass(std::chrono::hours(1));
    ExpectAccepted(Do(command));
  }
  return case_id;
}

CaseRecord World::Record(CaseId case_id) const {
  auto found = CaseQueries(store_, partition_->state()).Get(case_id);
  EXPECT_TRUE(found.ok() && found.value().has_value()) << case_id.value;
  return *found.value();
}

std::vector<std::string> World::Rows(Family family) const {
  std::vector<std::string> rows;
  auto end = memory_.Scan(family, KeysWithPrefix(""), {},
                          [&rows](std::string_view key, std::string_view value) {
                            rows.push_back(std::string(key) + " -> " + std::string(value));
                            return Visit::kContinue;
                          });
  EXPECT_TRUE(end.ok());
  return rows;
}

void World::ExpectFoldsAreRebuiltAsTheyAre() {
  Result<std::unique_ptr<Partition>> other = TryOpen();
  ASSERT_TRUE(other.ok()) << other.fault().message;
  const PartitionState& live = partition_->state();
  const PartitionState& rebuilt = other.value()->state();
  EXPECT_TRUE(live.cases == rebuilt.cases);
  EXPECT_TRUE(live.log.tally == rebuilt.log.tally);
  EXPECT_TRUE(live.log.demands == rebuilt.log.demands);
  EXPECT_TRUE(live.log.late_entries == rebuilt.log.late_entries);
  EXPECT_EQ(live.log.counters.all(), rebuilt.log.counters.all());
  EXPECT_EQ(live.end, rebuilt.end);
  EXPECT_EQ(live.last_recorded, rebuilt.last_recorded);
  EXPECT_EQ(live.log.requests.first(), rebuilt.log.requests.first());
  EXPECT_EQ(live.log.requests.next(), rebuilt.log.requests.next());
}

const Accepted& ExpectAccepted(const Answer& answer) {
  static const Accepted kNothing;
  if (const auto* rejection = std::get_if<Rejection>(&answer)) {
    ADD_FAILURE() << Reason_Name(rejection->reason) << ": " << rejection->text;
  }
  if (const auto* fault = std::get_if<Fault>(&answer)) ADD_FAILURE() << fault->message;
  const auto* accepted = std::get_if<Accepted>(&answer);
  return accepted == nullptr ? kNothing : *accepted;
}

Reason ReasonOf(const Answer& answer) {
  const auto* rejection = std::get_if<Rejection>(&answer);
  return rejection == nullptr ? REASON_UNSPECIFIED : rejection->reason;
}

}  // namespace onewindow
