// Files of cases over the real server: in and out, what is refused, and what is left behind.
#include <gmock/gmock.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "engine/attachments/file_backup.h"
#include "engine/attachments/file_hash.h"
#include "engine/attachments/file_paths.h"
#include "engine/attachments/piece_cipher.h"
#include "engine/runtime/full_backup.h"
#include "engine/runtime/verify.h"
#include "tests/services/county.h"

namespace onewindow {
namespace {

namespace fs = std::filesystem;

using Header = AttachFileRequest::Header;

constexpr char kPlanted[] = "人证件号 510121194903071236";

std::string Content(size_t size) {
  std::string content = kPlanted;
  for (size_t i = 0; content.size() < size; ++i) content += std::to_string(i) + ",";
  content.resize(size);
  return content;
}

std::string DigestOf(const std::string& content) {
  FileHash hash;
  hash.Add(content);
  return hash.Finish();
}

class AttachmentsTest : public County {
 protected:
  // A stream to the server on which a test may say what it likes.
  struct Sending {
    grpc::ClientContext context;
    CommandOutcome outcome;
    std::unique_ptr<grpc::ClientWriter<AttachFileRequest>> writer;

    bool Send(const Header& header) {
      AttachFileRequest request;
      *request.mutable_header() = header;
      return writer->Write(request);
    }
    bool Send(const std::string& content) {
      for (size_t at = 0; at < content.size(); at += kPieceBytes) {
        AttachFileRequest request;
        request.set_piece(content.substr(at, kPieceBytes));
        if (!writer->Write(request)) return false;
      }
      return true;
    }
    grpc::Status Finish() {
      writer->WritesDone();
      return writer->Finish();
    }
  };

  std::unique_ptr<Sending> Begin(const As& as) {
    auto sending = std::make_unique<Sending>();
    Prepare(sending->context, as);
    sending->writer = front_desk_->AttachFile(&sending->context, &sending->outcome);
    return sending;
  }

  Header HeaderOf(uint64_t case_id, const std::string& content) {
    Header header;
    header.mutable_envelope()->set_request_id("file-" + std::to_string(++files_));
    header.mutable_envelope()->set_position(kWindow.position);
    header.set_case_id(case_id);
    header.set_name("户口簿.pdf");
    header.set_media_type("application/pdf");
    header.set_bytes(content.size());
    header.set_sha256(DigestOf(content));
    return header;
  }

  Said<CommandOutcome> Attach(const Header& header, const std::string& content) {
    auto sending = Begin(kWindow);
    sending->Send(header);
    sending->Send(content);
    Said<CommandOutcome> said;
    said.status = sending->Finish();
    said.answer = sending->outcome;
    return said;
  }

  // The id of the file.
  std::string Attached(uint64_t case_id, const std::string& content) {
    const auto said = Attach(HeaderOf(case_id, content), content);
    EXPECT_TRUE(said.ok()) << said.status.error_message();
    if (said.answer.events().empty()) return "";
    return said.answer.events(0).file_attached().attachment().id();
  }

  Said<std::string> Read(const As& as, uint64_t case_id, const std::string& id) {
    grpc::ClientContext context;
    Prepare(context, as);
    ReadAttachmentRequest request;
    request.mutable_envelope()->set_position(as.position);
    request.mutable_envelope()->set_request_id("reading-" + std::to_string(++readings_));
    request.set_case_id(case_id);
    request.set_attachment(id);
    auto reader = front_desk_->ReadAttachment(&context, request);
    Said<std::string> said;
    for (AttachmentPiece piece; reader->Read(&piece);) said.answer += piece.content();
    said.status = reader->Finish();
    return said;
  }

  std::string Root() const { return AttachmentsPath(directory_ / "data"); }
  // Sealed files, and those on their way.
  size_t FilesOnDisk() const {
    size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(Root())) {
      if (entry.is_regular_file()) ++files;
    }
    return files;
  }
  VerifyReport Verify(const std::string& directory) {
    const auto report = VerifyData(directory, {});
    EXPECT_TRUE(report.ok());
    return report.value();
  }

 private:
  int files_ = 0;
  int readings_ = 0;
};

TEST_F(AttachmentsTest, AFileComesBackAsItWasSent) {
  const uint64_t id = SubmittedCase();
  for (const size_t size :
       {size_t{1}, kPieceBytes - 1, kPieceBytes, kPieceBytes + 1, size_t{5} << 20}) {
    const std::string content = Content(size);
    const auto read = Read(kWindow, id, Attached(id, content));
    EXPECT_TRUE(read.ok()) << read.status.error_message();
    EXPECT_TRUE(read.answer == content) << size;
  }
  const auto view = Call(kWindow, *front_desk_, &FrontDesk::Stub::GetCase, CaseRequest(id));
  EXPECT_EQ(view.answer.record().attachments_size(), 5);
  EXPECT_FALSE(view.answer.record().attachments(0).name().has_text());
  ReadPersonalData reading;
  reading.mutable_envelope()->set_request_id("names");
  reading.mutable_envelope()->set_position(kWindow.position);
  reading.set_case_id(id);
  const auto personal = Call(kWindow, *front_desk_, &FrontDesk::Stub::ReadPersonalData, reading);
  EXPECT_EQ(personal.answer.record().attachments(0).name().text(), "户口簿.pdf");
  EXPECT_EQ(FilesOnDisk(), 5u);
}

TEST_F(AttachmentsTest, ContentThatIsNotWhatTheHeaderSaysIsRefused) {
  const uint64_t id = SubmittedCase();
  const std::string content = Content(100'000);
  Header header = HeaderOf(id, content);
  header.set_sha256(DigestOf("other"));
  EXPECT_EQ(ReasonOf(Attach(header, content).status), "ATTACHMENT_DAMAGED");
  header = HeaderOf(id, content);
  EXPECT_EQ(ReasonOf(Attach(header, content.substr(1)).status), "ATTACHMENT_DAMAGED");
  EXPECT_EQ(ReasonOf(Attach(header, content + "x").status), "ATTACHMENT_DAMAGED");
  EXPECT_EQ(ReasonOf(Attach(header, "").status), "ATTACHMENT_DAMAGED");
  EXPECT_EQ(FilesOnDisk(), 0u);
}

TEST_F(AttachmentsTest, WhatTheRulesRefuseIsRefusedBeforeItIsSent) {
  const uint64_t id = SubmittedCase();
  Header header = HeaderOf(id, "content");
  header.set_bytes((100u << 20) + 1);
  auto sending = Begin(kWindow);
  sending->Send(header);
  EXPECT_EQ(ReasonOf(sending->writer->Finish()), "ATTACHMENT_TOO_LARGE");

  header = HeaderOf(4711, "content");
  EXPECT_EQ(ReasonOf(Attach(header, "content").status), "CASE_NOT_FOUND");
  header = HeaderOf(id, "content");
  header.set_media_type("text/html");
  EXPECT_EQ(ReasonOf(Attach(header, "content").status), "FIELD_INVALID");
  header = HeaderOf(id, "content");
  header.set_material("bank-statement");
  EXPECT_EQ(ReasonOf(Attach(header, "content").status), "MATERIAL_NOT_LISTED");
  EXPECT_EQ(FilesOnDisk(), 0u);
}

TEST_F(AttachmentsTest, AStreamThatIsNoneOfOursIsRefused) {
  const uint64_t id = SubmittedCase();
  auto without_header = Begin(kWindow);
  without_header->Send(std::string("piece"));
  EXPECT_EQ(ReasonOf(without_header->Finish()), "FIELD_MISSING");
  auto empty = Begin(kWindow);
  EXPECT_EQ(ReasonOf(empty->Finish()), "FIELD_MISSING");
  auto nobody = Begin({});
  nobody->Send(HeaderOf(id, "x"));
  EXPECT_EQ(ReasonOf(nobody->Finish()), "TOKEN_MISSING");

  auto large_piece = Begin(kWindow);
  large_piece->Send(HeaderOf(id, std::string(kPieceBytes + 1, 'x')));
  AttachFileRequest request;
  request.set_piece(std::string(kPieceBytes + 1, 'x'));
  large_piece->writer->Write(request);
  EXPECT_EQ(ReasonOf(large_piece->Finish()), "FIELD_INVALID");
  EXPECT_EQ(FilesOnDisk(), 0u);
}

TEST_F(AttachmentsTest, ACallerWhoGoesAwayLeavesNothingBehind) {
  const uint64_t id = SubmittedCase();
  const std::string content = Content(1 << 20);
  auto sending = Begin(kWindow);
  sending->Send(HeaderOf(id, content));
  sending->Send(content.substr(0, 10 * kPieceBytes));
  sending->context.TryCancel();
  EXPECT_EQ(sending->writer->Finish().error_code(), grpc::StatusCode::CANCELLED);
  sending.reset();
  for (int i = 0; i < 200 && FilesOnDisk() > 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_EQ(FilesOnDisk(), 0u);
  Attached(id, content);
  EXPECT_EQ(FilesOnDisk(), 1u);
}

TEST_F(AttachmentsTest, TheSameRequestIsOneAttachment) {
  const uint64_t id = SubmittedCase();
  const Header header = HeaderOf(id, "content");
  const auto first = Attach(header, "content");
  const auto again = Attach(header, "content");
  ASSERT_TRUE(again.ok()) << again.status.error_message();
  EXPECT_EQ(again.answer.sequence(), first.answer.sequence());
  EXPECT_EQ(FilesOnDisk(), 1u);

  Header other = header;
  other.set_sha256(DigestOf("another"));
  EXPECT_EQ(ReasonOf(Attach(other, "another").status), "REQUEST_ID_REUSED");
  EXPECT_EQ(FilesOnDisk(), 1u);
  EXPECT_EQ(Read(kWindow, id, first.answer.events(0).file_attached().attachment().id()).answer,
            "content");
}

TEST_F(AttachmentsTest, ACaseHasTheSameContentOnce) {
  const uint64_t id = SubmittedCase();
  Attached(id, "content");
  const auto again = Attach(HeaderOf(id, "content"), "content");
  EXPECT_EQ(ReasonOf(again.status), "ATTACHMENT_TWICE");
  EXPECT_EQ(again.status.error_code(), grpc::StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(FilesOnDisk(), 1u);
  Attached(SubmittedCase(), "content");
  EXPECT_EQ(FilesOnDisk(), 2u);
}

TEST_F(AttachmentsTest, AUsedRequestIdLetsNothingTooLargeIn) {
  const uint64_t id = SubmittedCase();
  Header header = HeaderOf(id, "content");
  ASSERT_TRUE(Attach(header, "content").ok());
  header.set_bytes((100u << 20) + 1);
  auto sending = Begin(kWindow);
  sending->Send(header);
  EXPECT_EQ(ReasonOf(sending->writer->Finish()), "ATTACHMENT_TOO_LARGE");
  EXPECT_EQ(FilesOnDisk(), 1u);
}

TEST_F(AttachmentsTest, WhatIsOnlyValidatedNeedsNoContent) {
  const uint64_t id = SubmittedCase();
  Header header = HeaderOf(id, "content");
  header.mutable_envelope()->set_validate_only(true);
  const auto said = Attach(header, "");
  EXPECT_TRUE(said.ok()) << said.status.error_message();
  EXPECT_EQ(said.answer.sequence(), 0u);
  EXPECT_EQ(FilesOnDisk(), 0u);
}

TEST_F(AttachmentsTest, OnlyWhoMayReadPersonalDataReadsFiles) {
  const uint64_t id = SubmittedCase();
  const std::string file = Attached(id, "content");
  EXPECT_TRUE(Read(kWindow, id, file).ok());
  const auto stranger = Read(kPolice, id, file);
  EXPECT_EQ(ReasonOf(stranger.status), "PERSONAL_DATA_NOT_YOURS");
  EXPECT_TRUE(stranger.answer.empty());
  EXPECT_EQ(ReasonOf(Read(kSupervisor, id, file).status), "DUTY_MISSING");
}

TEST_F(AttachmentsTest, WhoReadWhichFileIsOnRecord) {
  const uint64_t id = SubmittedCase();
  const std::string file = Attached(id, "content");
  ASSERT_TRUE(Read(kWindow, id, file).ok());
  EXPECT_EQ(ReasonOf(Read(kWindow, id, std::string(64, 'a')).status), "ATTACHMENT_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Read(kWindow, id, "").status), "FIELD_MISSING");
  ReadPersonalData reading;
  reading.mutable_envelope()->set_request_id("by-the-other-call");
  reading.mutable_envelope()->set_position(kWindow.position);
  reading.set_case_id(id);
  reading.set_attachment(file);
  const auto view = Call(kWindow, *front_desk_, &FrontDesk::Stub::ReadPersonalData, reading);
  ASSERT_TRUE(view.ok()) << view.status.error_message();
  EXPECT_EQ(view.answer.personal(), CaseView::WITHHELD) << "what is shown is what is on record";
  EXPECT_FALSE(view.answer.record().applicant().name().has_text());

  ListReadingsRequest request;
  request.set_case_id(id);
  const auto said = Call(kSupervisor, *supervision_, &Supervision::Stub::ListReadings, request);
  ASSERT_TRUE(said.ok()) << said.status.error_message();
  ASSERT_EQ(said.answer.readings_size(), 2);
  for (const Reading& each : said.answer.readings()) {
    EXPECT_EQ(each.person(), kWindow.person);
    EXPECT_EQ(each.attachment(), file);
  }
}

TEST_F(AttachmentsTest, AFileOfAnotherCaseIsNotFound) {
  const uint64_t id = SubmittedCase();
  const uint64_t other = SubmittedCase();
  const std::string file = Attached(id, "content");
  EXPECT_EQ(ReasonOf(Read(kWindow, other, file).status), "ATTACHMENT_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Read(kWindow, id, "../../FORMAT").status), "ATTACHMENT_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Read(kWindow, 4711, file).status), "CASE_NOT_FOUND");
}

TEST_F(AttachmentsTest, ADamagedFileNeverEndsWell) {
  const uint64_t id = SubmittedCase();
  const std::string file = Attached(id, Content(200'000));
  fs::resize_file(FilePath(Root(), file), 150'000);
  EXPECT_EQ(ReasonOf(Read(kWindow, id, file).status), "STORE_FAILED");
  StopServer();
  const VerifyReport report = Verify(directory_ / "data");
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].where, "file " + file + " of case " + std::to_string(id));
}

TEST_F(AttachmentsTest, AFileThatTheDiskLostIsDamageAndNoWrongId) {
  const uint64_t id = SubmittedCase();
  const std::string file = Attached(id, "content");
  fs::remove(FilePath(Root(), file));
  EXPECT_EQ(ReasonOf(Read(kWindow, id, file).status), "STORE_FAILED");
}

TEST_F(AttachmentsTest, ContentIsNowhereInTheClear) {
  Attached(SubmittedCase(), Content(3 * kPieceBytes));
  StopServer();
  for (const auto& entry : fs::recursive_directory_iterator(directory_ / "data")) {
    if (!entry.is_regular_file()) continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    EXPECT_EQ(bytes.find(kPlanted), std::string::npos) << entry.path();
    EXPECT_EQ(bytes.find("户口簿.pdf"), std::string::npos) << entry.path();
  }
}

TEST_F(AttachmentsTest, VerifyMissesNoFileAndFindsNoneTooMany) {
  const uint64_t id = SubmittedCase();
  const std::string first = Attached(id, "first");
  Attached(id, "second");
  StopServer();
  EXPECT_TRUE(Verify(directory_ / "data").ok());
  EXPECT_EQ(Verify(directory_ / "data").files, 2u);
  const std::string stray = FilePath(Root(), std::string(64, 'a'));
  fs::create_directories(fs::path(stray).parent_path());
  fs::rename(FilePath(Root(), first), stray);
  const VerifyReport report = Verify(directory_ / "data");
  ASSERT_EQ(report.findings.size(), 2u);
  EXPECT_EQ(report.findings[0].what, "is missing");
  EXPECT_EQ(report.findings[1].what, "belongs to no case");
}

TEST_F(AttachmentsTest, ABackupHasTheFilesAndARestoredServerReadsThem) {
  const uint64_t id = SubmittedCase();
  const std::string file = Attached(id, "content");
  const auto made = Call(kAdministrator, *administration_, &Administration::Stub::CreateBackup,
                         CreateBackupRequest());
  ASSERT_TRUE(made.ok()) << made.status.error_message();
  const std::string later = Attached(id, "later");
  const std::string backups = directory_ / "backups";
  EXPECT_TRUE(VerifyDataBackup(backups, made.answer.backup_id()).ok());
  const std::string restored = directory_ / "restored";
  const Status status = RestoreData(backups, made.answer.backup_id(), restored);
  ASSERT_TRUE(status.ok()) << status.fault().message;
  EXPECT_TRUE(Verify(restored).ok());
  EXPECT_EQ(Verify(restored).files, 1u);
  EXPECT_TRUE(fs::exists(FilePath(AttachmentsPath(restored), file)));
  EXPECT_FALSE(fs::exists(FilePath(AttachmentsPath(restored), later)));

  fs::remove_all(AttachmentsPath(backups));
  EXPECT_EQ(VerifyDataBackup(backups, made.answer.backup_id()).fault().kind, FaultKind::kCorrupt);
}

// The database is copied before the files: what comes in between is in the backup, but of no case.
TEST_F(AttachmentsTest, AFileThatCameInDuringABackupIsNotRestored) {
  const uint64_t id = SubmittedCase();
  const std::string first = Attached(id, "first");
  ASSERT_TRUE(Call(kAdministrator, *administration_, &Administration::Stub::CreateBackup,
                   CreateBackupRequest())
                  .ok());
  const std::string during = Attached(id, "during");
  const std::string backups = directory_ / "backups";
  ASSERT_TRUE(BackUpFiles(directory_ / "data", backups, 1).ok());
  StopServer();
  server_.reset();
  fs::rename(directory_ / "data/master.key", directory_ / "master.key");
  fs::remove_all(directory_ / "data");
  ASSERT_TRUE(RestoreData(backups, 1, directory_ / "data").ok());
  EXPECT_TRUE(Verify(directory_ / "data").ok());
  fs::rename(directory_ / "master.key", directory_ / "data/master.key");
  server_ = Server::Open(MakeSettingsHere(), time_).value();
  EXPECT_TRUE(fs::exists(FilePath(Root(), first)));
  EXPECT_FALSE(fs::exists(FilePath(Root(), during)));
  EXPECT_EQ(FilesOnDisk(), 1u);
  server_.reset();
  EXPECT_TRUE(Verify(directory_ / "data").ok());
}

TEST_F(AttachmentsTest, ANearlyFullDiskRefusesByName) {
  const uint64_t id = SubmittedCase();
  const std::string file = Attached(id, "content");
  StopServer();
  server_.reset();
  Settings settings = MakeSettingsHere();
  settings.engine.free_bytes_min = uint64_t{1} << 62;
  server_ = Server::Open(settings, time_).value();
  ASSERT_TRUE(server_->Listen().ok());
  front_desk_ = FrontDesk::NewStub(
      grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
  EXPECT_EQ(ReasonOf(Attach(HeaderOf(id, "more"), "more").status), "DISK_FULL");
  EXPECT_EQ(FilesOnDisk(), 1u);
  // What cannot be put on record is not given out.
  const auto read = Read(kWindow, id, file);
  EXPECT_EQ(ReasonOf(read.status), "DISK_FULL");
  EXPECT_EQ(read.answer, "");
}

}  // namespace
}  // namespace onewindow
