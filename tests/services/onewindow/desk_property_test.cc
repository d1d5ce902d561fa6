// Two clerks and a stranger, two desks and a copy of one, a line that loses, doubles and delays
// what goes over it, power cuts, and days between: each paper is received once, at its own time and
// in order, or it is listed as a conflict; none is lost. Behind the line is the engine itself.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "engine/base/check.h"
#include "engine/clock/timestamp.h"
#include "services/onewindow/desk_send.h"
#include "tests/services/onewindow/desk_server.h"
#include "tests/services/onewindow/desk_world.h"
#include "tests/support/scratch_directory.h"

namespace onewindow {
namespace {

namespace fs = std::filesystem;

constexpr int kDaysMax = 20;  // Before a paper is too old to be received.

int Below(int end) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, end)); }

// By what a paper is known to who wrote it.
struct Paper {
  std::string number;
  Instant time;

  friend auto operator<=>(const Paper&, const Paper&) = default;
};

Paper PaperOf(const DeskCase& known) { return {known.number(), known.occurred_at()}; }

// What happened in all runs: a property that never meets what it is about shows nothing.
struct Seen {
  int doubts = 0;
  int doubts_of_others = 0;  // Ended by another clerk than whose they were.
  int open_cases = 0;
  int taken_numbers = 0;
  int left = 0;
  int power_cuts = 0;
};
Seen& SeenSoFar() {
  static Seen seen;
  return seen;
}

class Desks {
 public:
  Desks() {
    for (const char* name : {"one", "two"}) {
      CHECK(DeskJournal::Create(scratch_ / name, entropy_).ok());
      names_.push_back(name);
    }
  }

  void TakeIn() {
    const std::string& desk = AnyDesk();
    DeskJournal journal = Open(desk);
    // No two papers are of the same instant, and some come out of their order.
    const Instant time =
        server_.time().Now() - std::chrono::minutes(Below(600)) - std::chrono::seconds(++papers_);
    const Date day = DateOf(time, kBeijing);
    DeskRecord entered =
        Entered(DeskBook(journal.records()).NextNumber("window", day), time, "张三");
    SubmitCase& submission = *entered.mutable_entered()->mutable_submission();
    submission.set_item("desk-item");
    submission.add_materials("form");
    submission.mutable_envelope()->set_position("window");
    submission.mutable_external_numbers(0)->set_system(DeskSystem("window"));
    // Few applicants, so that some have an open case already.
    submission.mutable_applicant()->mutable_document_number()->set_text(std::to_string(Below(12)));
    CHECK(journal.Append(entered).ok());
    taken_in_.insert({entered.entered().provisional_number(), time});
  }

  // As `desk send`. The power is cut where the line says so.
  void Send(const std::string& desk, const std::string& person, DeskServer::Line line) {
    const std::set<std::string> in_doubt = InDoubt(desk);
    server_.BeginSending(person, line);
    try {
      DeskJournal journal = Open(desk);
      DeskBook book(journal.records());
      Caller caller(server_, std::chrono::seconds(1));
      const DeskSendListener listener{
          .settled = [](const DeskCase&) {},
          .left = [](const DeskCase&, const CallFailure&) { ++SeenSoFar().left; }};
      const auto report = DeskSend(caller, journal, book, server_.time()).Run({}, listener);
      CHECK(report.ok());
    } catch (const PowerCut&) {
      ++SeenSoFar().power_cuts;
      if (Below(2) == 0) TearJournal(desk);
    }
    NoteDoubts(desk, person, in_doubt);
    RC_ASSERT(server_.ReceivedInOrder());
  }
  void SendSomething() {
    const char* persons[] = {"li", "wang", "li", "wang", "stranger"};
    Send(AnyDesk(), persons[Below(5)], DeskServer::Line::kTroubled);
  }

  // Somebody keeps a copy and goes on with both.
  void Copy() {
    if (names_.size() > 2) return;
    fs::copy(scratch_ / "one", scratch_ / "copy");
    names_.push_back("copy");
  }

  void Wait() {
    const int days = std::min(Below(9), kDaysMax - days_);
    days_ += days;
    server_.Pass(std::chrono::days(days) + std::chrono::minutes(Below(60)));
  }

  // The line is back for good.
  void SendTheRest() {
    for (const std::string& desk : names_) Send(desk, "li", DeskServer::Line::kQuiet);
  }

  void CheckThatEachIsReceivedOnceOrListed() {
    const std::map<Paper, std::vector<std::string>> received = Received();
    std::set<Paper> known;
    for (const std::string& desk : names_) {
      const DeskBook book(Open(desk).records());
      for (const DeskCase* paper : book.Cases()) {
        known.insert(PaperOf(*paper));
        const auto found = received.find(PaperOf(*paper));
        if (paper->state == DeskLine::SENT) {
          RC_ASSERT(found != received.end());
          RC_ASSERT(found->second == std::vector{paper->sent.receipt_number()});
        } else {
          RC_ASSERT(paper->state == DeskLine::HELD_BACK);
          RC_ASSERT(found == received.end());
          CountConflict(paper->held_back.cause());
        }
      }
    }
    RC_ASSERT(known == taken_in_);
    for (const auto& [paper, receipts] : received) RC_ASSERT(known.contains(paper));
  }

 private:
  const std::string& AnyDesk() const {
    return names_[static_cast<size_t>(Below(static_cast<int>(names_.size())))];
  }

  DeskJournal Open(const std::string& desk) {
    auto journal = DeskJournal::Open(scratch_ / desk, entropy_);
    CHECK(journal.ok()) << journal.fault().message;
    return std::move(journal).value();
  }

  // A record that was being written.
  void TearJournal(const std::string& desk) {
    std::ofstream(scratch_ / desk + "/journal", std::ios::app | std::ios::binary) << "torn";
  }

  std::set<std::string> InDoubt(const std::string& desk) {
    std::set<std::string> numbers;
    const DeskBook book(Open(desk).records());
    for (const DeskCase* known : book.Cases()) {
      if (known->state == DeskLine::IN_DOUBT) numbers.insert(known->number());
    }
    return numbers;
  }

  void NoteDoubts(const std::string& desk, const std::string& person,
                  const std::set<std::string>& before) {
    const std::set<std::string> after = InDoubt(desk);
    for (const std::string& number : before) {
      const bool ended = !after.contains(number);
      if (ended && doubted_by_[{desk, number}] != person) ++SeenSoFar().doubts_of_others;
    }
    for (const std::string& number : after) {
      if (before.contains(number)) continue;
      ++SeenSoFar().doubts;
      doubted_by_[{desk, number}] = person;
    }
  }

  std::map<Paper, std::vector<std::string>> Received() {
    std::map<Paper, std::vector<std::string>> received;
    for (const CaseRecord& record : server_.Cases()) {
      received[{record.external_numbers(0).number(), ToInstant(record.received_at())}].push_back(
          record.receipt_number());
    }
    return received;
  }

  static void CountConflict(const std::string& cause) {
    RC_ASSERT(cause == "OPEN_CASE_OF_APPLICANT" || cause == "PAPER_NUMBER_TAKEN");
    ++(cause == "PAPER_NUMBER_TAKEN" ? SeenSoFar().taken_numbers : SeenSoFar().open_cases);
  }

  ScratchDirectory scratch_;
  CountingEntropy entropy_;
  DeskServer server_{Below};
  std::vector<std::string> names_;
  std::set<Paper> taken_in_;
  std::map<std::pair<std::string, std::string>, std::string> doubted_by_;
  int papers_ = 0;
  int days_ = 0;
};

void LiveThroughIt() {
  Desks desks;
  const int steps = 5 + Below(25);
  for (int step = 0; step < steps; ++step) {
    switch (Below(8)) {
      case 0:
        desks.Wait();
        break;
      case 1:
        desks.Copy();
        break;
      case 2:
      case 3:
      case 4:
        desks.TakeIn();
        break;
      default:
        desks.SendSomething();
    }
  }
  desks.SendTheRest();
  desks.CheckThatEachIsReceivedOnceOrListed();
}

TEST(DeskPropertyTest, EachPaperIsReceivedOnce) {
  ASSERT_TRUE(rc::check("each paper is received once, or listed", [] { LiveThroughIt(); }));
  const Seen& seen = SeenSoFar();
  EXPECT_GT(seen.doubts, 0);
  EXPECT_GT(seen.doubts_of_others, 0);
  EXPECT_GT(seen.open_cases, 0);
  EXPECT_GT(seen.taken_numbers, 0);
  EXPECT_GT(seen.left, 0);
  EXPECT_GT(seen.power_cuts, 0);
}

}  // namespace
}  // namespace onewindow
