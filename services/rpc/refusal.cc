#include "services/rpc/refusal.h"

#include <google/protobuf/descriptor.h>
#include <spdlog/spdlog.h>

#include <string_view>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "onewindow/v1/reasons.pb.h"

namespace onewindow {
namespace {

constexpr std::string_view kDomain = "onewindow";
constexpr int64_t kRetrySeconds = 1;

const ReasonText& TextOf(Reason reason) {
  static const ReasonText kUnregistered;
  const auto* value = google::protobuf::GetEnumDescriptor<Reason>()->FindValueByNumber(reason);
  return value == nullptr ? kUnregistered : value->options().GetExtension(reason_text);
}

grpc::StatusCode CodeOf(Refusal refusal) {
  switch (refusal) {
    case BAD_INPUT:
      return grpc::StatusCode::INVALID_ARGUMENT;
    case UNKNOWN_THING:
      return grpc::StatusCode::NOT_FOUND;
    case NO_RIGHT:
      return grpc::StatusCode::PERMISSION_DENIED;
    case NOT_NOW:
      return grpc::StatusCode::FAILED_PRECONDITION;
    case STALE:
      return grpc::StatusCode::ABORTED;
    case TAKEN:
      return grpc::StatusCode::ALREADY_EXISTS;
    case NO_ROOM:
      return grpc::StatusCode::RESOURCE_EXHAUSTED;
    case OUT_OF_SERVICE:
      return grpc::StatusCode::UNAVAILABLE;
    case NO_IDENTITY:
      return grpc::StatusCode::UNAUTHENTICATED;
    case BROKEN:
    case REFUSAL_UNSPECIFIED:
    case Refusal_INT_MIN_SENTINEL_DO_NOT_USE_:
    case Refusal_INT_MAX_SENTINEL_DO_NOT_USE_:
      return grpc::StatusCode::INTERNAL;
  }
  return grpc::StatusCode::INTERNAL;
}

std::string Join(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) {
    if (!joined.empty()) joined += ',';
    joined += word;
  }
  return joined;
}

google::rpc::ErrorInfo ErrorInfoOf(const Rejection& rejection) {
  google::rpc::ErrorInfo error;
  error.set_reason(Reason_Name(rejection.reason));
  error.set_domain(std::string(kDomain));
  if (rejection.stage != STAGE_UNSPECIFIED) {
    (*error.mutable_metadata())["stage"] = Stage_Name(rejection.stage);
  }
  if (!rejection.receipt_number.empty()) {
    (*error.mutable_metadata())["receipt_number"] = rejection.receipt_number;
  }
  if (!rejection.allowed.empty()) {
    (*error.mutable_metadata())["allowed"] = Join(rejection.allowed);
  }
  return error;
}

template <typename Detail>
void Attach(google::rpc::Status& status, const Detail& detail) {
  status.add_details()->PackFrom(detail);
}

void AttachByCode(google::rpc::Status& status, grpc::StatusCode code, const Rejection& rejection) {
  if (!rejection.field.empty()) {
    google::rpc::BadRequest request;
    auto* violation = request.add_field_violations();
    violation->set_field(rejection.field);
    violation->set_description(rejection.text);
    Attach(status, request);
  }
  if (code == grpc::StatusCode::FAILED_PRECONDITION) {
    google::rpc::PreconditionFailure failure;
    auto* violation = failure.add_violations();
    violation->set_type(Reason_Name(rejection.reason));
    if (rejection.stage != STAGE_UNSPECIFIED) violation->set_subject(Stage_Name(rejection.stage));
    violation->set_description(rejection.text);
    Attach(status, failure);
  }
  if (code == grpc::StatusCode::UNAVAILABLE) {
    google::rpc::RetryInfo retry;
    retry.mutable_retry_delay()->set_seconds(kRetrySeconds);
    Attach(status, retry);
  }
}

Rejection AsRejection(const Fault& fault) {
  switch (fault.kind) {
    case FaultKind::kInvalid:
      return RefusedBecause(FIELD_INVALID, fault.message);
    case FaultKind::kNotFound:
      return RefusedBecause(CASE_NOT_FOUND, fault.message);
    case FaultKind::kExists:
      return RefusedBecause(REQUEST_ID_REUSED, fault.message);
    case FaultKind::kNoSpace:
      return RefusedBecause(DISK_FULL, fault.message);
    case FaultKind::kUnavailable:
      return RefusedBecause(STOPPING, fault.message);
    case FaultKind::kBug:
      return RefusedBecause(PROGRAM_FAULT, "A fault of the server stopped this command");
    case FaultKind::kIo:
    case FaultKind::kCorrupt:
    case FaultKind::kUnsupported:
      break;
  }
  spdlog::error("a call failed: {}", fault.message);
  return RefusedBecause(STORE_FAILED, "The store failed; the server's log says more");
}

}  // namespace

Rejection RefusedBecause(Reason reason, std::string text) {
  Rejection rejection;
  rejection.reason = reason;
  rejection.text = std::move(text);
  return rejection;
}

grpc::Status ToStatus(const Rejection& rejection) {
  const ReasonText& text = TextOf(rejection.reason);
  const grpc::StatusCode code = CodeOf(text.refusal());

  google::rpc::Status status;
  status.set_code(code);
  status.set_message(rejection.text);
  Attach(status, ErrorInfoOf(rejection));
  google::rpc::LocalizedMessage localized;
  localized.set_locale("zh-CN");
  localized.set_message(text.zh());
  Attach(status, localized);
  AttachByCode(status, code, rejection);
  return {code, rejection.text, status.SerializeAsString()};
}

grpc::Status ToStatus(const Fault& fault) { return ToStatus(AsRejection(fault)); }

}  // namespace onewindow
