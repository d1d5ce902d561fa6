#include <grpcpp/generic/generic_stub.h>

#include <algorithm>

#include "onewindow/v1/policy.pb.h"
#include "tests/services/county.h"

namespace onewindow {
namespace {

std::vector<const google::protobuf::MethodDescriptor*> AllMethods() {
  std::vector<const google::protobuf::MethodDescriptor*> methods;
  for (const auto* file :
       {FindCasesRequest::descriptor()->file(), ListWorklistRequest::descriptor()->file(),
        ListReadyRequest::descriptor()->file(), ListDueRequest::descriptor()->file(),
        GetItemRequest::descriptor()->file()}) {
    for (int s = 0; s < file->service_count(); ++s) {
      for (int m = 0; m < file->service(s)->method_count(); ++m) {
        methods.push_back(file->service(s)->method(m));
      }
    }
  }
  return methods;
}

TEST(PolicyTest, EveryMethodStatesWhoMayCall) {
  const auto methods = AllMethods();
  ASSERT_FALSE(methods.empty());
  for (const auto* method : methods) {
    const CallPolicy& stated = method->options().GetExtension(policy);
    EXPECT_NE(stated.access(), CallPolicy::ACCESS_UNSPECIFIED) << method->full_name();
    if (stated.access() == CallPolicy::PUBLIC) {
      EXPECT_EQ(method->full_name(), "onewindow.v1.UnifiedWindow.GetProgress");
    }
  }
}

class AccessTest : public County {
 protected:
  // An empty request of any method, with or without a token.
  grpc::Status CallEmpty(const google::protobuf::MethodDescriptor& method, const As& as) {
    grpc::GenericStub stub(channel_);
    grpc::CompletionQueue queue;
    grpc::ClientContext context;
    Prepare(context, as);
    const std::string path = "/" + method.service()->full_name() + "/" + method.name();
    auto call = stub.PrepareCall(&context, path, &queue);
    grpc::Status status;
    grpc::ByteBuffer answer;
    const auto wait = [&queue] {
      void* tag = nullptr;
      bool ok = false;
      queue.Next(&tag, &ok);
    };
    call->StartCall(this);
    wait();
    const grpc::Slice nothing;
    call->WriteLast(grpc::ByteBuffer(&nothing, 1), grpc::WriteOptions(), this);
    wait();
    call->Read(&answer, this);
    wait();
    // A stream that let us in would go on.
    if (answer.Valid()) context.TryCancel();
    call->Finish(&status, this);
    wait();
    return status;
  }
};

TEST_F(AccessTest, NoMethodLetsAnybodyInWithoutAToken) {
  for (const auto* method : AllMethods()) {
    if (method->options().GetExtension(policy).access() == CallPolicy::PUBLIC) continue;
    const grpc::Status status = CallEmpty(*method, {});
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED) << method->full_name();
    EXPECT_EQ(ReasonOf(status), "TOKEN_MISSING") << method->full_name();
  }
}

TEST_F(AccessTest, NoMethodTakesAnUnknownToken) {
  for (const auto* method : AllMethods()) {
    if (method->options().GetExtension(policy).access() == CallPolicy::PUBLIC) continue;
    const grpc::Status status = CallEmpty(*method, {.person = "nobody", .position = ""});
    EXPECT_EQ(ReasonOf(status), "TOKEN_UNKNOWN") << method->full_name();
  }
}

TEST_F(AccessTest, MethodsWithDutiesRefuseWhoHasNoneOfThem) {
  // A supervisor only supervises: every method that names duties without his refuses him.
  for (const auto* method : AllMethods()) {
    const CallPolicy& stated = method->options().GetExtension(policy);
    const auto& duties = stated.duties();
    if (duties.empty() || std::count(duties.begin(), duties.end(), SUPERVISION) > 0) continue;
    const grpc::Status status = CallEmpty(*method, kSupervisor);
    EXPECT_EQ(ReasonOf(status), "CALL_NOT_ALLOWED") << method->full_name();
    EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED) << method->full_name();
  }
}

TEST_F(AccessTest, APositionThatTheCallerDoesNotHoldIsRefused) {
  const auto said = Do({.person = "zhao-jia", .position = "guancang-window-1"}, *front_desk_,
                       &FrontDesk::Stub::Submit, SeniorCard());
  EXPECT_EQ(ReasonOf(said.status), "POSITION_NOT_HELD");
}

TEST_F(AccessTest, APositionWithoutTheDutyIsRefused) {
  const auto said = Do(kAffairs, *front_desk_, &FrontDesk::Stub::Submit, SeniorCard());
  EXPECT_EQ(ReasonOf(said.status), "DUTY_MISSING");
}

TEST_F(AccessTest, PermissionIsCheckedBeforeExistence) {
  AcceptCase accept;
  accept.set_case_id(4711);
  const auto said = Do(kSupervisor, *front_desk_, &FrontDesk::Stub::Accept, accept);
  EXPECT_EQ(said.status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  const auto allowed = Do(kWindow, *front_desk_, &FrontDesk::Stub::Accept, accept);
  EXPECT_EQ(ReasonOf(allowed.status), "CASE_NOT_FOUND");
}

TEST_F(AccessTest, AnotherTownsWindowMayNotAcceptTheCase) {
  AcceptCase accept;
  accept.set_case_id(SubmittedCase());
  const auto said = Do(kOtherTownsWindow, *front_desk_, &FrontDesk::Stub::Accept, accept);
  EXPECT_EQ(ReasonOf(said.status), "NOT_YOUR_DESK");
  EXPECT_EQ(said.status.error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

TEST_F(AccessTest, ATownTakesACaseForAnyOther) {
  SubmitCase wish = SeniorCard();
  wish.mutable_applicant()->set_residence_division("510121002000");
  const auto said = Do(kWindow, *front_desk_, &FrontDesk::Stub::Submit, wish);
  EXPECT_TRUE(said.ok()) << said.status.error_message();
}

TEST_F(AccessTest, CredentialsAreReadAgainAndABrokenFileChangesNothing) {
  WriteCredentials({"qian-jia"});
  server_->RereadCredentials();
  EXPECT_EQ(ReasonOf(Do(kWindow, *front_desk_, &FrontDesk::Stub::Submit, SeniorCard()).status),
            "TOKEN_UNKNOWN");
  WriteCredentials({"qian-jia", "zhao-jia", "system"});
  server_->RereadCredentials();
  EXPECT_EQ(ReasonOf(Do(kWindow, *front_desk_, &FrontDesk::Stub::Submit, SeniorCard()).status),
            "TOKEN_UNKNOWN");
  WriteCredentials({"zhao-jia"});
  server_->RereadCredentials();
  EXPECT_TRUE(Do(kWindow, *front_desk_, &FrontDesk::Stub::Submit, SeniorCard()).ok());
}

}  // namespace
}  // namespace onewindow
