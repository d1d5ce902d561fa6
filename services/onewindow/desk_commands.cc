#include "services/onewindow/desk_commands.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <optional>
#include <utility>

#include "engine/base/check.h"
#include "engine/base/name.h"
#include "engine/casework/paper_number.h"
#include "engine/clock/timestamp.h"
#include "engine/runtime/time_source.h"
#include "services/onewindow/answers.h"
#include "services/onewindow/caller.h"
#include "services/onewindow/calls.h"
#include "services/onewindow/command_tree.h"
#include "services/onewindow/desk_book.h"
#include "services/onewindow/desk_check.h"
#include "services/onewindow/desk_journal.h"
#include "services/onewindow/desk_send.h"
#include "services/onewindow/desk_views.h"
#include "services/onewindow/refusal.h"
#include "services/onewindow/request.h"
#include "services/onewindow/verb_options.h"

namespace onewindow {
namespace {

constexpr char kHeading[] = "At the desk";
// How long what was sent or cancelled stays in the journal, and with it who applied.
constexpr uint32_t kPurgeDays = 30;
constexpr uint32_t kPurgeDaysMax = 3650;

// What the commands share.
struct DeskCalls {
  std::shared_ptr<const Calls> server;
  std::string directory;
  SystemEntropy entropy;
  SystemTime time;
};

struct Desk {
  DeskJournal journal;
  DeskBook book;
};

Result<Desk> OpenDesk(DeskCalls& calls, Terminal& terminal) {
  auto journal = DeskJournal::Open(calls.directory, calls.entropy);
  if (!journal.ok()) return journal.fault();
  if (const size_t torn = journal.value().torn_bytes(); torn > 0) {
    Complain(terminal, calls.directory + ": the last " + std::to_string(torn) +
                           " bytes are of a record that was not finished, as by a power cut; the "
                           "next record takes its place");
  }
  DeskBook book(journal.value().records());
  return Desk{.journal = std::move(journal).value(), .book = std::move(book)};
}

const Verb& SubmitVerb() {
  for (const VerbGroup& group : VerbGroups()) {
    for (const Verb& verb : group.verbs) {
      if (verb.words == "submit") return verb;
    }
  }
  CHECK(false) << "there is no verb to submit with";
  std::abort();
}

ExitCode Init(DeskCalls& calls, Terminal& terminal) {
  if (Status made = DeskJournal::Create(calls.directory, calls.entropy); !made.ok()) {
    return Fail(terminal, made.fault());
  }
  terminal.err << calls.directory
               << ": a desk is made. Whoever loses its key loses what is in its journal: keep a "
                  "copy of the file `key` in another place.\n";
  return ExitCode::kOk;
}

// The submission as it will be sent, but for its number; kInvalid for a wrong command line.
Result<SubmitCase> SubmissionOf(const DeskCalls& calls, const Wish& wish, std::istream& in) {
  for (const char* path : {"envelope.request_id", "envelope.etag"}) {
    if (wish.fields.contains(path)) {
      return Fault{FaultKind::kInvalid, "--request-id and --etag are for commands that are sent"};
    }
  }
  if (wish.fields.contains("envelope.on_behalf_of")) {
    return Fault{FaultKind::kInvalid,
                 "--on-behalf-of is for who sends (desk send); --taken-in-by says who took it in"};
  }
  if (!IsName(calls.server->options.position)) {
    return Fault{FaultKind::kInvalid, "--position: expected the id of a position, but got `" +
                                          calls.server->options.position + "`"};
  }
  auto request = RequestOf(SubmitVerb(), wish, in);
  if (!request.ok()) return request.fault();
  auto submission = static_cast<const SubmitCase&>(*request.value());
  Envelope& envelope = *submission.mutable_envelope();
  if (!envelope.request_id().empty() || !envelope.etag().empty()) {
    return Fault{FaultKind::kInvalid, "--request-id and --etag are for commands that are sent"};
  }
  envelope.set_position(calls.server->options.position);
  if (!envelope.has_occurred_at()) *envelope.mutable_occurred_at() = ToTimestamp(calls.time.Now());
  return submission;
}

// Nothing where it is fit to be recorded, else how the command ends.
std::optional<ExitCode> Check(const DeskCalls& calls, const SubmitCase& submission,
                              const std::string& county_directory, Terminal& terminal) {
  std::optional<DeskCounty> county;
  if (!county_directory.empty()) {
    auto read = ReadDeskCounty(county_directory);
    if (!read.ok()) return Fail(terminal, read.fault());
    county = std::move(read).value();
  }
  const auto refused = CheckOffline(submission, county ? &*county : nullptr, calls.time.Now());
  if (!refused) return std::nullopt;
  Complain(terminal, NotRecordedText(*refused));
  return ExitCode::kCheckFailed;
}

DeskRecord RecordOf(SubmitCase submission, const DeskBook& book, Instant now) {
  const std::string position = submission.envelope().position();
  const Instant occurred_at = ToInstant(submission.envelope().occurred_at());
  DeskRecord record;
  DeskEntry& entry = *record.mutable_entered();
  entry.set_provisional_number(book.NextNumber(position, DateOf(occurred_at, kBeijing)));
  *entry.mutable_entered_at() = ToTimestamp(now);
  submission.mutable_envelope()->set_request_id(DeskRequestId(entry.provisional_number()));
  ExternalNumber& number = *submission.add_external_numbers();
  number.set_system(DeskSystem(position));
  number.set_number(entry.provisional_number());
  *entry.mutable_submission() = std::move(submission);
  return record;
}

ExitCode Submit(DeskCalls& calls, const Wish& wish, const std::string& county, Terminal& terminal) {
  auto submission = SubmissionOf(calls, wish, terminal.in);
  if (!submission.ok()) return Fail(terminal, submission.fault());
  if (auto ended = Check(calls, submission.value(), county, terminal)) return *ended;
  if (HasDoubtfulNumber(submission.value(), calls.time.Now())) {
    Complain(terminal,
             "公民身份号码校验不符,请核对证件 (an identity number looks like a slip, GB 11643)");
  }
  if (submission.value().envelope().validate_only()) {
    terminal.err << "nothing is wrong with it; nothing was recorded\n";
    return ExitCode::kOk;
  }
  auto desk = OpenDesk(calls, terminal);
  if (!desk.ok()) return Fail(terminal, desk.fault());
  const DeskRecord record =
      RecordOf(std::move(submission).value(), desk.value().book, calls.time.Now());
  Status written = desk.value().journal.Append(record);
  if (!written.ok()) return Fail(terminal, written.fault());
  terminal.out << record.entered().provisional_number() << std::endl;
  return ExitCode::kOk;
}

ExitCode Cancel(DeskCalls& calls, const std::string& number, Terminal& terminal) {
  auto desk = OpenDesk(calls, terminal);
  if (!desk.ok()) return Fail(terminal, desk.fault());
  const DeskCase* known = desk.value().book.Find(number);
  if (known == nullptr) {
    return Fail(terminal, {FaultKind::kNotFound, "there is no `" + number + "` at this desk"});
  }
  if (known->state == DeskLine::CANCELLED) return ExitCode::kOk;
  if (known->state == DeskLine::SENT) {
    Complain(terminal, number + " was sent, and is " + known->sent.receipt_number() +
                           " now: withdraw that (onewindow withdraw)");
    return ExitCode::kCheckFailed;
  }
  if (known->state == DeskLine::IN_DOUBT) {
    Complain(terminal, number + " may be with the server already: send first, then it is known");
    return ExitCode::kCheckFailed;
  }
  DeskRecord record;
  record.mutable_cancelled()->set_provisional_number(number);
  *record.mutable_cancelled()->mutable_at() = ToTimestamp(calls.time.Now());
  Status written = desk.value().journal.Append(record);
  return written.ok() ? ExitCode::kOk : Fail(terminal, written.fault());
}

ExitCode List(DeskCalls& calls, Personal personal, Terminal& terminal) {
  auto desk = OpenDesk(calls, terminal);
  if (!desk.ok()) return Fail(terminal, desk.fault());
  DeskList list;
  for (const DeskCase* known : desk.value().book.Cases()) {
    *list.add_lines() = LineOf(*known, personal);
  }
  if (calls.server->options.output == Output::kJson) {
    terminal.out << AnswerJson(list, JsonLines::kMany) << '\n';
  } else {
    PrintDeskList(list, terminal.out);
  }
  return ExitCode::kOk;
}

// The sent ones are not asked for again: whoever names them learns that.
std::optional<ExitCode> CheckNumbers(const DeskBook& book, const DeskSendWish& wish,
                                     Terminal& terminal) {
  for (const std::string& number : wish.numbers) {
    const DeskCase* known = book.Find(number);
    if (known != nullptr && !known->settled()) continue;
    return Fail(terminal,
                {FaultKind::kNotFound, "`" + number + "` is not waiting at this desk to be sent"});
  }
  return std::nullopt;
}

ExitCode Report(const DeskSendReport& report, Terminal& terminal) {
  terminal.err << report.sent << " sent, " << report.held_back << " held back";
  if (report.left > 0) terminal.err << ", " << report.left << " left";
  terminal.err << '\n';
  if (report.stopped) {
    Complain(terminal, RefusalText(*report.stopped));
    terminal.err << "Send again later: it goes on here, and nothing is sent twice.\n";
    return ExitCodeOf(*report.stopped);
  }
  return report.held_back + report.left == 0 ? ExitCode::kOk : ExitCode::kCheckFailed;
}

DeskSendListener ListenerFor(Output output, Terminal& terminal) {
  if (output == Output::kJson) {
    const auto print = [&terminal](const DeskLine& line) {
      terminal.out << AnswerJson(line, JsonLines::kOne) << std::endl;
    };
    return {.settled = [print](const DeskCase& known) { print(SettledLine(known)); },
            .left = [print](const DeskCase& known,
                            const CallFailure& why) { print(LeftLine(known, why)); }};
  }
  return {.settled = [&terminal](const DeskCase& known) { PrintSettled(known, terminal.out); },
          .left = [&terminal](const DeskCase& known,
                              const CallFailure& why) { PrintLeft(known, why, terminal.out); }};
}

// How many cases were purged.
Result<size_t> PurgeSettled(Desk& desk, Instant before) {
  const size_t cases = desk.book.Cases().size();
  auto kept = desk.book.Purged(desk.journal.records(), before);
  const size_t purged = cases - DeskBook(kept).Cases().size();
  if (purged == 0) return purged;
  if (Status replaced = desk.journal.Replace(std::move(kept)); !replaced.ok()) {
    return replaced.fault();
  }
  return purged;
}

ExitCode Send(DeskCalls& calls, const DeskSendWish& wish, Terminal& terminal) {
  auto wire = calls.server->Open();
  if (!wire.ok()) return Fail(terminal, wire.fault());
  auto desk = OpenDesk(calls, terminal);
  if (!desk.ok()) return Fail(terminal, desk.fault());
  if (auto ended = CheckNumbers(desk.value().book, wish, terminal)) return *ended;

  const double timeout_seconds = calls.server->options.timeout_seconds;
  Caller caller(*wire.value(),
                std::chrono::milliseconds(static_cast<int64_t>(timeout_seconds * 1000)));
  DeskSend send(caller, desk.value().journal, desk.value().book, calls.time);
  auto report = send.Run(wish, ListenerFor(calls.server->options.output, terminal));
  if (!report.ok()) return Fail(terminal, report.fault());
  const Instant before = calls.time.Now() - std::chrono::days(kPurgeDays);
  if (auto purged = PurgeSettled(desk.value(), before); !purged.ok()) {
    return Fail(terminal, purged.fault());
  }
  return Report(report.value(), terminal);
}

ExitCode Purge(DeskCalls& calls, uint32_t days, Terminal& terminal) {
  auto desk = OpenDesk(calls, terminal);
  if (!desk.ok()) return Fail(terminal, desk.fault());
  const size_t cases = desk.value().book.Cases().size();
  auto purged = PurgeSettled(desk.value(), calls.time.Now() - std::chrono::days(days));
  if (!purged.ok()) return Fail(terminal, purged.fault());
  terminal.out << purged.value() << " purged, " << cases - purged.value() << " kept\n";
  return ExitCode::kOk;
}

// The variable is read here: bound to the option of each command, that of a command which was not
// called would win over what is on the command line.
std::string DefaultDirectory() {
  if (const char* desk = std::getenv("ONEWINDOW_DESK"); desk != nullptr) return desk;
  const char* home = std::getenv("HOME");
  return std::string(home == nullptr ? "." : home) + "/.onewindow-desk";
}

// Adds the command, with the option that all of them take.
CLI::App& AddDeskCommand(CommandTree& tree, const std::shared_ptr<DeskCalls>& calls,
                         const CommandText& text, Action action) {
  CLI::App& app = tree.Add(text, std::move(action));
  app.add_option("--desk", calls->directory, "The desk's own directory; default: ONEWINDOW_DESK")
      ->capture_default_str();
  return app;
}

void AddSubmit(CommandTree& tree, const std::shared_ptr<DeskCalls>& calls) {
  auto wish = std::make_shared<Wish>();
  auto county = std::make_shared<std::string>();
  CLI::App& submit = AddDeskCommand(
      tree, calls,
      {.words = "desk submit",
       .heading = kHeading,
       .help = "Take in an application without the server: gives a provisional number (断网收件)",
       .example =
           "onewindow desk submit --position zhaozhen-window-1 --from deploy/application.json"},
      [calls, wish, county](Terminal& terminal) {
        return Submit(*calls, *wish, *county, terminal);
      });
  AddVerbOptions(submit, SubmitVerb(), wish);
  submit
      .add_option("--county", *county,
                  "Documents of the county, such as deploy/demo-county: checked by these, too")
      ->envname("ONEWINDOW_DESK_COUNTY");
}

void AddSend(CommandTree& tree, const std::shared_ptr<DeskCalls>& calls) {
  auto wish = std::make_shared<DeskSendWish>();
  CLI::App& send = AddDeskCommand(
      tree, calls,
      {.words = "desk send",
       .heading = kHeading,
       .help = "Send what was taken in, in the order of the papers' times, each from the position "
               "of its paper; ends with 3 where something is held back or left, with 4 where the "
               "line broke",
       .example = "onewindow desk send"},
      [calls, wish](Terminal& terminal) { return Send(*calls, *wish, terminal); });
  send.add_option("NUMBER", wish->numbers, "Only these; default: all that wait");
  send.add_flag_callback(
      "--despite-open-case", [wish] { wish->on_open_case = OnOpenCase::kSend; },
      "Even where the applicant has an open case of the same item");
  send.add_option("--on-behalf-of", wish->on_behalf_of,
                  "The absent holder of the papers' position, for whom the caller stands in");
}

}  // namespace

void AddDeskCommands(CommandTree& tree, std::shared_ptr<const Calls> server) {
  auto calls = std::make_shared<DeskCalls>();
  calls->server = std::move(server);
  calls->directory = DefaultDirectory();
  AddDeskCommand(tree, calls,
                 {.words = "desk init",
                  .heading = kHeading,
                  .help = "Make a desk that can take in applications without the server",
                  .example = "onewindow desk init --desk /var/lib/onewindow-desk"},
                 [calls](Terminal& terminal) { return Init(*calls, terminal); });
  AddSubmit(tree, calls);

  auto cancelled = std::make_shared<std::string>();
  AddDeskCommand(
      tree, calls,
      {.words = "desk cancel",
       .heading = kHeading,
       .help = "Cancel what was taken in by mistake, before it is sent",
       .example = "onewindow desk cancel 临-zhaozhen-window-1-20261121-0001"},
      [calls, cancelled](Terminal& terminal) { return Cancel(*calls, *cancelled, terminal); })
      .add_option("NUMBER", *cancelled, "The provisional number")
      ->required();

  auto personal = std::make_shared<Personal>(Personal::kLeftOut);
  AddDeskCommand(
      tree, calls,
      {.words = "desk list",
       .heading = kHeading,
       .help = "List what was taken in, and what became of it",
       .example = "onewindow desk list"},
      [calls, personal](Terminal& terminal) { return List(*calls, *personal, terminal); })
      .add_flag_callback(
          "--personal", [personal] { *personal = Personal::kShown; },
          "Show the applicants and their query codes, too");
  AddSend(tree, calls);

  auto days = std::make_shared<uint32_t>(kPurgeDays);
  AddDeskCommand(tree, calls,
                 {.words = "desk purge",
                  .heading = kHeading,
                  .help = "Remove what was sent or cancelled a while ago from the journal",
                  .example = "onewindow desk purge --days 30"},
                 [calls, days](Terminal& terminal) { return Purge(*calls, *days, terminal); })
      .add_option("--days", *days, "How long ago")
      ->check(CLI::Range(0U, kPurgeDaysMax))
      ->capture_default_str();
}

}  // namespace onewindow
