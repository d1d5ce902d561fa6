#include "tests/services/county.h"

#include <fstream>

#include "engine/organisation/organisation_index.h"
#include "engine/yaml/write.h"
#include "services/onewindowd/first_start.h"
#include "services/rpc/digest.h"

namespace onewindow {
namespace {

const Instant kFridayMorning = *ParseInstant("2025-09-26T09:00:00+08:00");

Sealed Text(const std::string& text) {
  Sealed sealed;
  sealed.set_text(text);
  return sealed;
}

}  // namespace

google::rpc::Status RichStatus(const grpc::Status& status) {
  google::rpc::Status rich;
  EXPECT_TRUE(rich.ParseFromString(status.error_details()));
  return rich;
}

std::string ReasonOf(const grpc::Status& status) {
  return DetailOf<google::rpc::ErrorInfo>(status).reason();
}

std::string TokenOf(const std::string& person) { return "token-of-" + person; }

County::County() : time_(kFridayMorning) {
  auto server = Server::Open(MakeSettingsHere(), time_);
  CHECK(server.ok()) << server.fault().message;
  server_ = std::move(server).value();
  const Status published =
      PublishCounty(ONEWINDOW_SOURCE_DIR "/deploy/demo-county", server_->engine());
  CHECK(published.ok()) << published.fault().message;
  std::vector<std::string> persons;
  for (const Person& person : server_->engine().published()->organisation->chart().persons()) {
    persons.push_back(person.id());
  }
  WriteCredentials(persons);
  const Status listening = server_->Listen();
  CHECK(listening.ok()) << listening.fault().message;

  channel_ = grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials());
  front_desk_ = FrontDesk::NewStub(channel_);
  back_office_ = BackOffice::NewStub(channel_);
  unified_window_ = UnifiedWindow::NewStub(channel_);
  supervision_ = Supervision::NewStub(channel_);
  administration_ = Administration::NewStub(channel_);
}

Settings County::MakeSettingsHere() const {
  Configuration configuration;
  configuration.set_data(directory_ / "data");
  configuration.set_listen("127.0.0.1:0");
  configuration.set_credentials(directory_ / "credentials.yaml");
  configuration.set_backups(directory_ / "backups");
  configuration.set_free_mib_min(0);
  configuration.set_stop_seconds_max(5);
  return MakeSettings(configuration).value();
}

void County::WriteCredentials(const std::vector<std::string>& persons) const {
  CredentialsFile file;
  for (const std::string& person : persons) {
    const Digest digest = Sha256(TokenOf(person));
    Credential& credential = *file.add_credentials();
    credential.set_person(person);
    credential.set_token_sha256(
        ToHex({reinterpret_cast<const char*>(digest.data()), digest.size()}));
  }
  std::ofstream(directory_ / "credentials.yaml") << WriteYaml(file);
}

void County::Prepare(grpc::ClientContext& context, const As& as) {
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  if (!as.person.empty()) context.AddMetadata("authorization", "Bearer " + TokenOf(as.person));
}

SubmitCase County::SeniorCard() {
  SubmitCase wish;
  wish.set_item("senior-card");
  Applicant& applicant = *wish.mutable_applicant();
  applicant.set_kind(Applicant::NATURAL_PERSON);
  *applicant.mutable_name() = Text("张三");
  applicant.set_document_type(Applicant::IDENTITY_NUMBER);
  *applicant.mutable_document_number() = Text("510121194903071236");
  *applicant.mutable_phone() = Text("13800000000");
  wish.add_materials("identity-card");
  wish.add_materials("photograph");
  wish.set_delivery_mode(AT_WINDOW);
  wish.mutable_envelope()->set_channel(CHANNEL_WINDOW);
  return wish;
}

uint64_t County::Submitted(const SubmitCase& wish) {
  const auto said = Do(kWindow, *front_desk_, &FrontDesk::Stub::Submit, wish);
  EXPECT_TRUE(said.ok()) << said.status.error_message();
  return said.answer.case_id();
}

uint64_t County::CaseAtPublicSecurity() {
  SubmitCase wish = SeniorCard();
  wish.set_item("identity-card");
  wish.clear_materials();
  wish.add_materials("household-register");
  const uint64_t id = Submitted(wish);

  const auto done = [](const Said<CommandOutcome>& said) {
    EXPECT_TRUE(said.ok()) << said.status.error_message();
  };
  AcceptCase accept;
  accept.set_case_id(id);
  done(Do(kWindow, *front_desk_, &FrontDesk::Stub::Accept, accept));
  HandOverFile hand_over;
  hand_over.set_case_id(id);
  done(Do(kWindow, *front_desk_, &FrontDesk::Stub::HandOver, hand_over));
  AcknowledgeHandOver acknowledge;
  acknowledge.set_case_id(id);
  done(Do(kPolice, *back_office_, &BackOffice::Stub::Acknowledge, acknowledge));
  ClaimTask claim;
  claim.set_case_id(id);
  done(Do(kPolice, *back_office_, &BackOffice::Stub::Claim, claim));
  CompleteStep complete;
  complete.set_case_id(id);
  complete.set_action(CompleteStep::PASS);
  *complete.mutable_opinion() = Text("五个一致");
  done(Do(kPolice, *back_office_, &BackOffice::Stub::Complete, complete));
  done(Do(kPolice, *back_office_, &BackOffice::Stub::HandOver, hand_over));
  done(Do(kPoliceSystem, *back_office_, &BackOffice::Stub::Acknowledge, acknowledge));
  return id;
}

GetCaseRequest County::CaseRequest(uint64_t case_id) const {
  GetCaseRequest request;
  request.set_case_id(case_id);
  return request;
}

}  // namespace onewindow
