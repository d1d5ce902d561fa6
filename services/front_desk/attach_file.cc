#include "services/front_desk/attach_file.h"

#include <spdlog/spdlog.h>

#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "engine/attachments/file_writer.h"
#include "engine/casework/rejections.h"
#include "services/rpc/outcome.h"

namespace onewindow {
namespace {

using Header = AttachFileRequest::Header;

Rejection Damaged(std::string text) { return RefusedBecause(ATTACHMENT_DAMAGED, std::move(text)); }

// The command that the file leads to. Until the file is there its id is not known.
v1::Command CommandOf(const Header& header) {
  v1::Command command;
  v1::AttachFile& wish = *command.mutable_attach_file();
  *wish.mutable_envelope() = header.envelope();
  wish.set_case_id(header.case_id());
  Attachment& attachment = *wish.mutable_attachment();
  attachment.set_id(std::string(kSha256HexCharacters, '0'));
  attachment.set_material(header.material());
  attachment.mutable_name()->set_text(header.name());
  attachment.set_media_type(header.media_type());
  attachment.set_bytes(header.bytes());
  return command;
}

// The same, to be decided but not done.
v1::Command TrialOf(const Header& header) {
  v1::Command command = CommandOf(header);
  command.mutable_attach_file()->mutable_envelope()->set_validate_only(true);
  return command;
}

// Everything but the callbacks of gRPC and of the engine runs on the disk's threads, one step after
// another.
class Upload final : public grpc::ServerReadReactor<AttachFileRequest> {
 public:
  Upload(const Door& door, const AttachFileCall& asked) : door_(door), asked_(asked) {
    StartRead(&request_);
  }

 private:
  void OnReadDone(bool ok) override {
    OnDisk([this, ok] {
      if (!ok) return Complete();
      if (!header_) return Begin();
      TakePiece();
    });
  }
  void OnDone() override { delete this; }

  void OnDisk(std::function<void()> step) { premises().run_on_disk(std::move(step)); }
  const Premises& premises() const { return door_.premises(); }
  Engine& engine() { return premises().engine; }

  // Refused before anything is sent, where the rules say no already.
  void Begin() {
    const Admission admission =
        door_.Admit(asked_.call, asked_.method, request_.header().envelope().position());
    if (const auto* refused = std::get_if<Rejection>(&admission)) return End(ToStatus(*refused));
    if (!request_.has_header()) {
      return End(ToStatus(RefusedField(FIELD_MISSING, "header", "comes before all pieces")));
    }
    header_ = request_.header();
    if (const auto refused = CheckEnvelope(header_->envelope())) return End(ToStatus(*refused));
    person_ = std::get<Identity>(admission).person;
    engine().Submit(person_, TrialOf(*header_), [this](Answer answer) {
      OnDisk([this, answer = std::move(answer)] { OnTrial(answer); });
    });
  }

  // A request id that was used is no "no" yet: it may be this very file, asked for again.
  void OnTrial(const Answer& answer) {
    if (const auto* fault = std::get_if<Fault>(&answer)) return End(ToStatus(*fault));
    const auto* refused = std::get_if<Rejection>(&answer);
    if (refused != nullptr && refused->reason != REQUEST_ID_REUSED) {
      return End(ToStatus(*refused));
    }
    if (header_->envelope().validate_only()) return Pass(answer);
    BegunFile begun = engine().BeginFile(CaseId{header_->case_id()}, header_->bytes());
    if (const auto* fault = std::get_if<Fault>(&begun)) return End(ToStatus(*fault));
    if (const auto* no = std::get_if<Rejection>(&begun)) return End(ToStatus(*no));
    writer_ = std::make_unique<FileWriter>(std::get<FileWriter>(std::move(begun)));
    StartRead(&request_);
  }

  void TakePiece() {
    const std::string& piece = request_.piece();
    if (!request_.has_piece() || piece.empty() || piece.size() > kPieceBytes) {
      return End(ToStatus(RefusedField(FIELD_INVALID, "piece", "has 1 to 65536 bytes")));
    }
    if (writer_->bytes() + piece.size() > header_->bytes()) {
      return End(ToStatus(
          Damaged("Expected " + std::to_string(header_->bytes()) + " bytes, but more came")));
    }
    if (Status added = writer_->Add(piece); !added.ok()) return End(ToStatus(added.fault()));
    StartRead(&request_);
  }

  // No more comes: the caller has sent everything, or is gone. In the second case bytes are
  // missing.
  void Complete() {
    if (!header_) return Begin();
    if (writer_->bytes() != header_->bytes()) {
      return End(ToStatus(Damaged("Expected " + std::to_string(header_->bytes()) + " bytes, but " +
                                  std::to_string(writer_->bytes()) + " came")));
    }
    Result<StoredFile> stored = writer_->Finish();
    if (!stored.ok()) return End(ToStatus(stored.fault()));
    stored_ = std::move(stored).value();
    if (!header_->sha256().empty() && header_->sha256() != stored_.content_sha256) {
      return Settle(Damaged("Expected content with SHA-256 " + header_->sha256() + ", but it has " +
                            stored_.content_sha256));
    }
    engine().Attach(person_, CommandOf(*header_), stored_, [this](Answer answer) {
      OnDisk([this, answer = std::move(answer)] { Settle(answer); });
    });
  }

  void Settle(const Answer& answer) {
    if (Status settled = engine().SettleFile(stored_, answer); !settled.ok()) {
      // It is found at the next start.
      spdlog::warn("a file is not settled: {}", settled.fault().message);
    }
    Pass(answer);
  }

  void Pass(const Answer& answer) {
    if (const auto* refused = std::get_if<Rejection>(&answer)) return End(ToStatus(*refused));
    if (const auto* fault = std::get_if<Fault>(&answer)) return End(ToStatus(*fault));
    auto outcome = OutcomeOf(std::get<Accepted>(answer), engine());
    if (!outcome.ok()) return End(ToStatus(outcome.fault()));
    asked_.outcome = std::move(outcome).value();
    End(grpc::Status::OK);
  }

  // Nothing of this object may be touched afterwards.
  void End(const grpc::Status& status) {
    writer_.reset();
    Finish(status);
  }

  const Door& door_;
  const AttachFileCall asked_;
  AttachFileRequest request_;
  std::optional<Header> header_;
  std::string person_;
  std::unique_ptr<FileWriter> writer_;
  StoredFile stored_;
};

}  // namespace

grpc::ServerReadReactor<AttachFileRequest>* AttachFile(const Door& door,
                                                       const AttachFileCall& asked) {
  return new Upload(door, asked);
}

}  // namespace onewindow
