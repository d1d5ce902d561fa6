#pragma once

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/runtime/time_source.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "onewindow/v1/administration.grpc.pb.h"
#include "onewindow/v1/back_office.grpc.pb.h"
#include "onewindow/v1/front_desk.grpc.pb.h"
#include "onewindow/v1/supervision.grpc.pb.h"
#include "onewindow/v1/unified_window.grpc.pb.h"
#include "services/onewindowd/server.h"
#include "tests/support/scratch_directory.h"

namespace onewindow {

// Time that passes only when a test says so.
class StillTime final : public TimeSource {
 public:
  explicit StillTime(Instant now) : start_(now) {}
  Instant Now() const override { return start_ + passed_.load(); }
  Duration Steady() const override { return passed_; }
  void Pass(Duration duration) { passed_ = passed_.load() + duration; }

 private:
  const Instant start_;
  std::atomic<Duration> passed_{Duration(0)};
};

// What came back of a call.
template <typename Answer>
struct Said {
  grpc::Status status;
  Answer answer;

  bool ok() const { return status.ok(); }
};

// The rich form of a status.
google::rpc::Status RichStatus(const grpc::Status& status);

// The detail of this type, or a default one where the status has none.
template <typename Detail>
Detail DetailOf(const grpc::Status& status) {
  Detail detail;
  const google::rpc::Status rich = RichStatus(status);
  for (const google::protobuf::Any& any : rich.details()) {
    if (any.Is<Detail>()) any.UnpackTo(&detail);
  }
  return detail;
}
// The reason in ErrorInfo; empty where there is none.
std::string ReasonOf(const grpc::Status& status);

// Who calls, and from which position. Without a person the call has no token.
struct As {
  std::string person;
  std::string position;
};

inline const As kWindow{.person = "zhao-jia", .position = "zhaozhen-window-1"};
inline const As kOtherTownsWindow{.person = "qian-jia", .position = "guancang-window-1"};
// 代办: of a village of Zhaozhen.
inline const As kHelper{.person = "zhao-zi", .position = "zhaozhen-sanjiang-helper"};
inline const As kAffairs{.person = "zhu-jia", .position = "jintang-civil-affairs-handler"};
inline const As kAffairsDecider{.person = "zhu-yi", .position = "jintang-civil-affairs-decider"};
inline const As kPolice{.person = "zhao-xin", .position = "zhaozhen-police-officer"};
inline const As kPoliceSystem{.person = "public-security-system",
                              .position = "jintang-public-security-system"};
inline const As kSupervisor{.person = "zhang-jia", .position = "jintang-service-bureau-supervisor"};
inline const As kAdministrator{.person = "zhang-yi",
                               .position = "jintang-service-bureau-administrator"};

std::string TokenOf(const std::string& person);

// The demo county behind a real server on a free port. Every person has a token. It is Friday,
// 2025-09-26 09:00 in Beijing until a test lets time pass.
class County : public testing::Test {
 protected:
  County();

  // A call as that person. `method` is a method of the stub.
  template <typename Stub, typename Request, typename Answer>
  Said<Answer> Call(const As& as, Stub& stub,
                    grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Answer*),
                    const Request& request) {
    grpc::ClientContext context;
    Prepare(context, as);
    Said<Answer> said;
    said.status = (stub.*method)(&context, request, &said.answer);
    return said;
  }
  // A command as that person: from his position, with a new request id unless it has one.
  template <typename Stub, typename Wish>
  Said<CommandOutcome> Do(const As& as, Stub& stub,
                          grpc::Status (Stub::*method)(grpc::ClientContext*, const Wish&,
                                                       CommandOutcome*),
                          Wish wish) {
    if (wish.envelope().request_id().empty()) {
      wish.mutable_envelope()->set_request_id("wish-" + std::to_string(++wishes_));
    }
    if (wish.envelope().position().empty()) wish.mutable_envelope()->set_position(as.position);
    return Call(as, stub, method, wish);
  }
  static void Prepare(grpc::ClientContext& context, const As& as);

  // A senior card, taken in at Zhaozhen's first window, all materials in.
  static SubmitCase SeniorCard();
  uint64_t SubmittedCase() { return Submitted(SeniorCard()); }
  uint64_t Submitted(const SubmitCase& wish);
  // An identity card that lies at the county's public security, waiting to be claimed there.
  uint64_t CaseAtPublicSecurity();

  GetCaseRequest CaseRequest(uint64_t case_id) const;
  Settings MakeSettingsHere() const;
  void WriteCredentials(const std::vector<std::string>& persons) const;
  void StopServer() { server_->Stop(); }

  const ScratchDirectory directory_;
  StillTime time_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<FrontDesk::Stub> front_desk_;
  std::unique_ptr<BackOffice::Stub> back_office_;
  std::unique_ptr<UnifiedWindow::Stub> unified_window_;
  std::unique_ptr<Supervision::Stub> supervision_;
  std::unique_ptr<Administration::Stub> administration_;

 private:
  std::atomic<int> wishes_ = 0;
};

}  // namespace onewindow
