#include "services/onewindow/refusal.h"

#include <google/protobuf/util/json_util.h>

#include "engine/base/check.h"
#include "engine/base/ids.h"
#include "engine/yaml/scalar.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/reasons.pb.h"
#include "services/onewindow/display_width.h"

namespace onewindow {
namespace {

// gRPC's numbers.
constexpr int kDeadlineExceeded = 4;
constexpr int kResourceExhausted = 8;
constexpr int kUnavailable = 14;
constexpr int kUnauthenticated = 16;
constexpr size_t kLabelWidth = 10;

google::rpc::Status DetailsOf(const CallFailure& failure) {
  google::rpc::Status status;
  if (failure.details.empty() || !status.ParseFromString(failure.details)) status.Clear();
  status.set_code(failure.code);
  status.set_message(failure.message);
  return status;
}

// The first detail of the type; an empty one where there is none.
template <typename M>
M DetailOf(const google::rpc::Status& status) {
  M found;
  for (const auto& detail : status.details()) {
    if (detail.Is<M>() && detail.UnpackTo(&found)) return found;
  }
  return M();
}

// What the server says, or of what the transport says by itself.
std::string ChineseOf(const CallFailure& failure) {
  std::string zh = DetailOf<google::rpc::LocalizedMessage>(DetailsOf(failure)).message();
  if (!zh.empty()) return zh;
  if (failure.code == kUnavailable) return "服务器没有应答";
  if (failure.code == kDeadlineExceeded) return "等待应答超时";
  return "";
}

std::string MetadataOf(const google::rpc::ErrorInfo& cause, const std::string& key) {
  auto found = cause.metadata().find(key);
  return found == cause.metadata().end() ? "" : found->second;
}

// As the tables write it; what this program does not know stays as it is.
std::string StageText(const std::string& name) {
  const auto* stage = Stage_descriptor()->FindValueByName(name);
  return stage == nullptr ? name : EnumWord(*stage);
}

std::string Row(std::string label, const std::string& value) {
  if (value.empty()) return "";
  return "\n  " + PadTo(std::move(label), kLabelWidth) + OneLine(value);
}

}  // namespace

ExitCode ExitCodeOf(const CallFailure& failure) {
  switch (failure.code) {
    case 3:   // INVALID_ARGUMENT
    case 5:   // NOT_FOUND
    case 6:   // ALREADY_EXISTS
    case 7:   // PERMISSION_DENIED
    case 8:   // RESOURCE_EXHAUSTED
    case 9:   // FAILED_PRECONDITION
    case 10:  // ABORTED
    case 11:  // OUT_OF_RANGE
    case 16:  // UNAUTHENTICATED
      return ExitCode::kRefused;
    default:
      return ExitCode::kUnavailable;
  }
}

bool IsUnavailable(const CallFailure& failure) { return failure.code == kUnavailable; }

bool IsSurelyNotDone(const CallFailure& failure) {
  return IsUnavailable(failure) &&
         !DetailOf<google::rpc::ErrorInfo>(DetailsOf(failure)).reason().empty();
}

bool StopsAll(const CallFailure& failure) {
  if (ReasonOf(failure) == Reason_Name(PROGRAM_FAULT)) return false;
  return ExitCodeOf(failure) == ExitCode::kUnavailable || failure.code == kUnauthenticated ||
         failure.code == kResourceExhausted;
}

std::chrono::milliseconds RetryDelayOf(const CallFailure& failure) {
  auto delay = DetailOf<google::rpc::RetryInfo>(DetailsOf(failure)).retry_delay();
  return std::chrono::seconds(delay.seconds()) + std::chrono::milliseconds(delay.nanos() / 1000000);
}

std::string ReasonOf(const CallFailure& failure) {
  return DetailOf<google::rpc::ErrorInfo>(DetailsOf(failure)).reason();
}

std::string ReceiptNumberOf(const CallFailure& failure) {
  return MetadataOf(DetailOf<google::rpc::ErrorInfo>(DetailsOf(failure)), "receipt_number");
}

std::string ExplanationOf(const CallFailure& failure) {
  const std::string zh = ChineseOf(failure);
  return zh.empty() ? OneLine(failure.message) : zh + " (" + OneLine(failure.message) + ")";
}

std::string RefusalText(const CallFailure& failure) {
  google::rpc::Status status = DetailsOf(failure);
  auto cause = DetailOf<google::rpc::ErrorInfo>(status);
  const std::string zh = ChineseOf(failure);
  std::string text = ExitCodeOf(failure) == ExitCode::kRefused ? "refused: " : "unavailable: ";
  text += zh;
  if (!failure.message.empty()) text += (zh.empty() ? "" : "\n  ") + OneLine(failure.message);
  text += Row("reason", cause.reason());
  text += Row("stage", StageText(MetadataOf(cause, "stage")));
  text += Row("allowed", MetadataOf(cause, "allowed"));
  text += Row("receipt", MetadataOf(cause, "receipt_number"));
  auto request = DetailOf<google::rpc::BadRequest>(status);
  for (const auto& field : request.field_violations()) {
    text += Row("field", field.field());
  }
  return text;
}

std::string RefusalJson(const CallFailure& failure) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  auto written = google::protobuf::util::MessageToJsonString(DetailsOf(failure), &json, options);
  if (written.ok()) return json;
  // A detail of a type that is newer than this program: what remains is what everybody knows.
  google::rpc::Status bare = DetailsOf(failure);
  bare.clear_details();
  json.clear();
  CHECK(google::protobuf::util::MessageToJsonString(bare, &json, options).ok());
  return json;
}

}  // namespace onewindow
