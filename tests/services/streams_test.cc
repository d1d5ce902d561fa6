#include <gmock/gmock.h>

#include <memory>
#include <set>
#include <thread>

#include "tests/services/county.h"

namespace onewindow {
namespace {

class StreamsTest : public County {
 protected:
  template <typename Message>
  struct Open {
    std::unique_ptr<grpc::ClientContext> context = std::make_unique<grpc::ClientContext>();
    std::unique_ptr<grpc::ClientReader<Message>> reader;

    // The next message; a default one, and a failed test, where the stream has ended.
    Message Next() {
      Message message;
      EXPECT_TRUE(reader->Read(&message));
      return message;
    }
    grpc::Status Finish() {
      Message rest;
      while (reader->Read(&rest)) {
      }
      return reader->Finish();
    }
  };

  Open<CaseChange> WatchCase(const As& as, uint64_t case_id) {
    Open<CaseChange> open;
    Prepare(*open.context, as);
    WatchCaseRequest request;
    request.set_case_id(case_id);
    open.reader = front_desk_->WatchCase(open.context.get(), request);
    return open;
  }
  Open<TakenTask> TakeTasks(const std::string& request_id, uint32_t in_hand_max) {
    Open<TakenTask> open;
    Prepare(*open.context, kPoliceSystem);
    TakeTasksRequest request;
    request.set_position(kPoliceSystem.position);
    request.set_lease_seconds(600);
    request.set_tasks_in_hand_max(in_hand_max);
    request.set_request_id(request_id);
    open.reader = back_office_->TakeTasks(open.context.get(), request);
    return open;
  }
  void Accept(uint64_t case_id) {
    AcceptCase wish;
    wish.set_case_id(case_id);
    EXPECT_TRUE(Do(kWindow, *front_desk_, &FrontDesk::Stub::Accept, wish).ok());
  }
};

TEST_F(StreamsTest, AWatchShowsTheCaseAndEachChange) {
  const uint64_t id = SubmittedCase();
  auto open = WatchCase(kWindow, id);
  const CaseChange first = open.Next();
  EXPECT_EQ(first.view().record().stage(), STAGE_RECEIVED);
  EXPECT_EQ(first.view().personal(), CaseView::WITHHELD);
  Accept(id);
  const CaseChange second = open.Next();
  EXPECT_EQ(second.view().record().stage(), STAGE_ACCEPTED);
  EXPECT_GT(second.sequence(), first.sequence());
  open.context->TryCancel();
  EXPECT_EQ(open.Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(StreamsTest, AWatchOfNoCaseIsNotFound) {
  auto open = WatchCase(kWindow, 4711);
  EXPECT_EQ(ReasonOf(open.Finish()), "CASE_NOT_FOUND");
}

TEST_F(StreamsTest, AWatchEndsWhenTheServerStops) {
  auto open = WatchCase(kWindow, SubmittedCase());
  open.Next();
  std::thread stopping([this] { StopServer(); });
  EXPECT_EQ(open.Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  stopping.join();
}

TEST_F(StreamsTest, AWatchEndsWhenItsCallerLosesHisToken) {
  const uint64_t id = SubmittedCase();
  auto open = WatchCase(kWindow, id);
  open.Next();
  WriteCredentials({"qian-jia", "zhao-yi"});
  server_->RereadCredentials();
  AcceptCase wish;
  wish.set_case_id(id);
  EXPECT_TRUE(Do({.person = "zhao-yi", .position = "zhaozhen-window-2"}, *front_desk_,
                 &FrontDesk::Stub::Accept, wish)
                  .ok());
  EXPECT_EQ(ReasonOf(open.Finish()), "TOKEN_UNKNOWN");
}

TEST_F(StreamsTest, AWorklistWatchMarksItsStartAndShowsWhatComesAndGoes) {
  Open<WorklistChange> open;
  Prepare(*open.context, kPolice);
  WatchWorklistRequest request;
  request.set_position(kPolice.position);
  open.reader = back_office_->WatchWorklist(open.context.get(), request);
  const WorklistChange mark = open.Next();
  EXPECT_EQ(mark.case_id(), 0u);

  const uint64_t id = CaseAtPublicSecurity();
  bool came = false;
  WorklistChange change;
  do {
    change = open.Next();
    EXPECT_EQ(change.case_id(), id);
    EXPECT_GT(change.sequence(), mark.sequence());
    came = came || change.entries_size() == 1;
  } while (!came || change.entries_size() == 1);
  EXPECT_TRUE(came);
}

TEST_F(StreamsTest, TasksAreTakenWithALeaseAndNoMoreThanFitInHand) {
  const uint64_t first = CaseAtPublicSecurity();
  const uint64_t second = CaseAtPublicSecurity();
  auto open = TakeTasks("stream-1", 1);
  const TakenTask taken = open.Next();
  EXPECT_EQ(taken.view().record().id(), first);
  EXPECT_EQ(taken.view().personal(), CaseView::WITHHELD);
  EXPECT_EQ(taken.task().state(), Task::CLAIMED);
  EXPECT_EQ(taken.task().person(), kPoliceSystem.person);
  EXPECT_TRUE(taken.task().has_lease_until());

  // The second comes when the first is out of hand.
  DecideCase decide;
  decide.set_case_id(first);
  decide.set_result(GRANTED);
  decide.mutable_opinion()->set_text("同意签发");
  const auto decided = Do(kPoliceSystem, *back_office_, &BackOffice::Stub::Decide, decide);
  ASSERT_TRUE(decided.ok()) << decided.status.error_message();
  EXPECT_EQ(open.Next().view().record().id(), second);
}

TEST_F(StreamsTest, ALeaseIsExtendedAndGivenBack) {
  const uint64_t id = CaseAtPublicSecurity();
  auto open = TakeTasks("stream-1", 1);
  const TakenTask taken = open.Next();
  ExtendLease extend;
  extend.set_case_id(id);
  extend.set_task_id(taken.task().id());
  extend.set_lease_seconds(1200);
  const auto extended = Do(kPoliceSystem, *back_office_, &BackOffice::Stub::ExtendLease, extend);
  ASSERT_TRUE(extended.ok()) << extended.status.error_message();
  EXPECT_GT(extended.answer.events(0).lease_extended().lease_until().seconds(),
            taken.task().lease_until().seconds());

  ReleaseTask release;
  release.set_case_id(id);
  release.set_task_id(taken.task().id());
  ASSERT_TRUE(Do(kPoliceSystem, *back_office_, &BackOffice::Stub::Release, release).ok());
  // It waits anew and, as nobody else wants it, comes again.
  EXPECT_EQ(open.Next().view().record().id(), id);
}

TEST_F(StreamsTest, TakersShareTheTasks) {
  const std::set<uint64_t> all = {CaseAtPublicSecurity(), CaseAtPublicSecurity()};
  auto one = TakeTasks("stream-1", 1);
  auto other = TakeTasks("stream-2", 1);
  EXPECT_EQ(all, (std::set<uint64_t>{one.Next().view().record().id(),
                                     other.Next().view().record().id()}));
}

TEST_F(StreamsTest, AStreamOfTasksWithoutLeaseOrIdIsRefused) {
  Open<TakenTask> open;
  Prepare(*open.context, kPoliceSystem);
  TakeTasksRequest request;
  request.set_position(kPoliceSystem.position);
  open.reader = back_office_->TakeTasks(open.context.get(), request);
  EXPECT_EQ(ReasonOf(open.Finish()), "FIELD_MISSING");
}

}  // namespace
}  // namespace onewindow
