// What callers see while something in the server takes long: the services run here on premises of
// the test's own, which hold work back.
#include <gmock/gmock.h>

#include <condition_variable>
#include <future>
#include <mutex>
#include <optional>
#include <thread>

#include "services/administration/administration.h"
#include "services/front_desk/front_desk.h"
#include "services/rpc/door.h"
#include "tests/services/county.h"

namespace onewindow {
namespace {

// Long work, kept until somebody asks for it.
class HeldWork {
 public:
  void Keep(std::function<void()> work) {
    std::scoped_lock lock(mutex_);
    work_ = std::move(work);
    came_.notify_all();
  }
  std::function<void()> Wait() {
    std::unique_lock lock(mutex_);
    came_.wait(lock, [this] { return work_.has_value(); });
    return *std::exchange(work_, std::nullopt);
  }

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::optional<std::function<void()>> work_;
};

class SlowHouseTest : public County {
 protected:
  SlowHouseTest()
      : credentials_(directory_ / "credentials.yaml"),
        premises_{.engine = server_->engine(),
                  .credentials = credentials_,
                  .relay = relay_,
                  .patience = patience_,
                  .run_long = [this](auto work) { held_.Keep(std::move(work)); },
                  .run_on_disk = [](auto work) { work(); },
                  .data_directory = directory_ / "data",
                  .backup_directory = directory_ / "backups",
                  .version = "test",
                  .started_at = time_.Now()},
        administration_service_(MakeAdministration(premises_)),
        front_desk_service_(MakeFrontDesk(premises_)) {
    EXPECT_TRUE(credentials_.RereadIfChanged().ok());
    rpc_ = RpcServer::Start({.listen = "127.0.0.1:0", .tls = {}},
                            {administration_service_.get(), front_desk_service_.get()})
               .value();
    const auto channel = grpc::CreateChannel(rpc_->address(), grpc::InsecureChannelCredentials());
    slow_administration_ = Administration::NewStub(channel);
    slow_front_desk_ = FrontDesk::NewStub(channel);
  }

  Said<CreateBackupResponse> Backup() {
    return Call(kAdministrator, *slow_administration_, &Administration::Stub::CreateBackup,
                CreateBackupRequest());
  }

  static SubmitCase Wish(const std::string& request_id) {
    SubmitCase wish = SeniorCard();
    wish.mutable_envelope()->set_request_id(request_id);
    wish.mutable_envelope()->set_position(kWindow.position);
    return wish;
  }

  HeldWork held_;
  Relay relay_;
  Patience patience_{1};
  CredentialStore credentials_;
  const Premises premises_;
  std::unique_ptr<grpc::Service> administration_service_;
  std::unique_ptr<grpc::Service> front_desk_service_;
  std::unique_ptr<RpcServer> rpc_;
  std::unique_ptr<Administration::Stub> slow_administration_;
  std::unique_ptr<FrontDesk::Stub> slow_front_desk_;
};

TEST_F(SlowHouseTest, OneBackupAtATime) {
  auto first = std::async(std::launch::async, [this] { return Backup(); });
  const auto work = held_.Wait();
  const auto second = Backup();
  EXPECT_EQ(second.status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonOf(second.status), "BACKUP_UNDER_WAY");
  work();
  EXPECT_TRUE(first.get().ok());

  auto third = std::async(std::launch::async, [this] { return Backup(); });
  held_.Wait()();
  EXPECT_EQ(third.get().answer.backup_id(), 2u);
}

TEST_F(SlowHouseTest, WhoeverSetsNoDeadlineIsAnsweredInTimeAllTheSame) {
  // Answers are given by the writer: while one lasts, no command is done.
  std::promise<void> done;
  server_->engine().Submit(kWindow.person, AsCommand(Wish("first")),
                           [wait = done.get_future().share()](Answer) { wait.wait(); });
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + TokenOf(kWindow.person));
  const SubmitCase wish = Wish("second");
  CommandOutcome outcome;
  const grpc::Status status = slow_front_desk_->Submit(&context, wish, &outcome);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  done.set_value();

  // It is done all the same, and asking again tells so.
  const auto again = Do(kWindow, *front_desk_, &FrontDesk::Stub::Submit, wish);
  EXPECT_TRUE(again.ok());
  EXPECT_EQ(server_->engine().Stats().open_cases, 2u);
}

}  // namespace
}  // namespace onewindow
