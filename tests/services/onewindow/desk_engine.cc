#include "tests/services/onewindow/desk_engine.h"

#include <filesystem>
#include <utility>

#include "engine/base/check.h"
#include "engine/calendar/calendar_document.h"
#include "engine/kv/data_directory.h"
#include "engine/kv/memory_kv.h"
#include "engine/runtime/partition.h"
#include "engine/runtime/prepare.h"
#include "engine/runtime/recovery.h"
#include "engine/runtime/vault.h"
#include "engine/tables/case_head.h"
#include "engine/tables/schema.h"
#include "onewindow/v1/answers.pb.h"
#include "onewindow/v1/commands.pb.h"
#include "services/rpc/refusal.h"
#include "tests/bench/desk_item.h"
#include "tests/support/scratch_directory.h"

namespace onewindow {
namespace {

SecretKey FixedKey(uint8_t byte) {
  SecretKey key;
  key.bytes.fill(byte);
  return key;
}

const Calendar& China() {
  static const Calendar calendar =
      ReadCalendarDirectory(std::filesystem::path(ONEWINDOW_SOURCE_DIR) / "deploy/calendars/china")
          .message;
  return calendar;
}

OrganisationChart ChartWithTwoClerks() {
  OrganisationChart chart = DeskChart();
  Person wang = chart.persons(0);
  wang.set_id("wang");
  *chart.add_persons() = wang;
  Holding holding = chart.holdings(0);
  holding.set_person("wang");
  *chart.add_holdings() = holding;
  return chart;
}

CommandOutcome OutcomeOf(const Accepted& accepted, const Vault& vault) {
  CommandOutcome outcome;
  outcome.set_sequence(accepted.sequence.value);
  const CaseSubmitted& submitted = accepted.logged->events(0).case_submitted();
  if (accepted.sequence) {
    outcome.set_receipt_number(submitted.receipt_number());
    outcome.set_query_code(vault.QueryCode(accepted.case_id));
  }
  if (submitted.open_case_of_applicant() != 0) {
    Warning& warning = *outcome.add_warnings();
    warning.set_kind(Warning::OPEN_CASE_OF_APPLICANT);
    warning.set_case_id(submitted.open_case_of_applicant());
  }
  return outcome;
}

}  // namespace

struct DeskEngine::Parts {
  explicit Parts(const StandingTime& standing)
      : time(standing),
        began(standing.now),
        store(families::kCount),
        vault(FixedKey(1), FixedKey(2), entropy),
        keys(vault, store) {
    auto head = OpenHead(HeadPath(scratch.path()), store);
    CHECK(head.ok()) << head.fault().message;
    auto opened = Partition::Open(store, std::move(head).value(), RuntimePolicy(), time);
    CHECK(opened.ok()) << opened.fault().message;
    partition = std::move(opened).value();
  }

  Answer Process(std::string_view person, Command command) {
    Prepared prepared = PrepareSubmission(person, std::move(command), vault, keys, time.now);
    CHECK(std::holds_alternative<Submission>(prepared));
    std::vector<Submission> one;
    one.push_back(std::get<Submission>(std::move(prepared)));
    const Moment moment{.wall = time.now, .steady = time.now - began};
    return std::move(partition->Process(std::move(one), moment).front());
  }

  const StandingTime& time;
  Instant began;
  ScratchDirectory scratch;
  CountingEntropy entropy;
  MemoryKv store;
  Vault vault;
  CaseKeys keys;
  std::unique_ptr<Partition> partition;
};

DeskEngine::DeskEngine(const StandingTime& time) : parts_(std::make_unique<Parts>(time)) {
  std::vector<Command> commands(3);
  *commands[0].mutable_publish_organisation()->mutable_chart() = ChartWithTwoClerks();
  *commands[1].mutable_publish_calendar()->mutable_calendar() = China();
  *commands[2].mutable_publish_item()->mutable_item() = DeskItem();
  for (Command& command : commands) {
    const Answer answer = parts_->Process(kSystemPerson, std::move(command));
    CHECK(std::holds_alternative<Accepted>(answer));
  }
}

DeskEngine::~DeskEngine() = default;

std::variant<std::string, CallFailure> DeskEngine::Submit(const std::string& person,
                                                          const SubmitCase& wish) {
  Command command;
  *command.mutable_submit_case() = wish;
  const Answer answer = parts_->Process(person, std::move(command));
  if (const auto* rejection = std::get_if<Rejection>(&answer)) {
    const grpc::Status status = ToStatus(*rejection);
    return CallFailure{.code = static_cast<int>(status.error_code()),
                       .message = status.error_message(),
                       .details = status.error_details()};
  }
  CHECK(std::holds_alternative<Accepted>(answer)) << std::get<Fault>(answer).message;
  return OutcomeOf(std::get<Accepted>(answer), parts_->vault).SerializeAsString();
}

std::vector<CaseRecord> DeskEngine::Cases() const {
  std::vector<CaseRecord> cases;
  auto end = parts_->store.Scan(families::kOpen, KeysWithPrefix(""), {},
                                [&cases](std::string_view, std::string_view value) {
                                  cases.push_back(DecodeRecord(value).value());
                                  return Visit::kContinue;
                                });
  CHECK(end.ok());
  return cases;
}

}  // namespace onewindow
