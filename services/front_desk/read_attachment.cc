#include "services/front_desk/read_attachment.h"

#include <memory>
#include <optional>
#include <utility>

#include "engine/attachments/file_reader.h"
#include "engine/casework/rejections.h"

namespace onewindow {
namespace {

v1::Command ReadingOf(const ReadAttachmentRequest& asked) {
  v1::Command command;
  v1::ReadPersonalData& wish = *command.mutable_read_personal_data();
  *wish.mutable_envelope() = asked.envelope();
  wish.set_case_id(asked.case_id());
  wish.set_attachment(asked.attachment());
  return command;
}

// Without a key, the person was forgotten since the reading was recorded.
Reply<FileReader> OpenFor(const ReadAttachmentRequest& asked, const Engine& engine) {
  Result<FileReader> file = engine.ReadFile(CaseId{asked.case_id()}, asked.attachment());
  if (file.ok()) return std::move(file).value();
  if (file.fault().kind != FaultKind::kNotFound) return file.fault();
  return RefusedBecause(ALREADY_FORGOTTEN,
                        "The person of case " + std::to_string(asked.case_id()) + " is forgotten");
}

// A file is personal data: that it is read is decided and recorded before any of it is given out.
class Download final : public grpc::ServerWriteReactor<AttachmentPiece> {
 public:
  Download(const Door& door, const ReadAttachmentCall& asked) : door_(door), asked_(asked) {
    OnDisk([this] { Begin(); });
  }

 private:
  void OnWriteDone(bool ok) override {
    OnDisk([this, ok] {
      if (!ok) return Finish(grpc::Status::CANCELLED);
      SendNext();
    });
  }
  void OnDone() override { delete this; }
  void OnDisk(std::function<void()> step) { door_.premises().run_on_disk(std::move(step)); }
  Engine& engine() { return door_.premises().engine; }

  void Begin() {
    const Envelope& envelope = asked_.request.envelope();
    const Admission admission = door_.Admit(asked_.call, asked_.method, envelope.position());
    if (const auto* refused = std::get_if<Rejection>(&admission)) {
      return Finish(ToStatus(*refused));
    }
    if (const auto refused = CheckEnvelope(envelope)) return Finish(ToStatus(*refused));
    if (asked_.request.attachment().empty()) {
      return Finish(ToStatus(RefusedField(FIELD_MISSING, "attachment", "names the file to read")));
    }
    const std::string& person = std::get<Identity>(admission).person;
    engine().Submit(person, ReadingOf(asked_.request), [this](Answer answer) {
      OnDisk([this, answer = std::move(answer)] { OnRecorded(answer); });
    });
  }

  void OnRecorded(const Answer& answer) {
    if (const auto* refused = std::get_if<Rejection>(&answer)) return Finish(ToStatus(*refused));
    if (const auto* fault = std::get_if<Fault>(&answer)) return Finish(ToStatus(*fault));
    // Only validated: there is no trace, and so nothing to see.
    if (!std::get<Accepted>(answer).sequence) return Finish(grpc::Status::OK);
    Reply<FileReader> opened = OpenFor(asked_.request, engine());
    if (IsNo(opened)) return Finish(Door::NoOf(opened));
    file_ = std::make_unique<FileReader>(std::get<FileReader>(std::move(opened)));
    SendNext();
  }

  void SendNext() {
    Result<std::optional<std::string>> piece = file_->Next();
    if (!piece.ok()) return Finish(ToStatus(piece.fault()));
    if (!piece.value()) return Finish(grpc::Status::OK);
    message_.set_content(*std::move(piece).value());
    StartWrite(&message_);
  }

  const Door& door_;
  const ReadAttachmentCall asked_;
  std::unique_ptr<FileReader> file_;
  AttachmentPiece message_;
};

}  // namespace

grpc::ServerWriteReactor<AttachmentPiece>* ReadAttachment(const Door& door,
                                                          const ReadAttachmentCall& asked) {
  return new Download(door, asked);
}

}  // namespace onewindow
