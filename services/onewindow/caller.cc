#include "services/onewindow/caller.h"

#include <algorithm>

#include "engine/base/ids.h"
#include "onewindow/v1/front_desk.pb.h"
#include "services/onewindow/api.h"
#include "services/onewindow/refusal.h"
#include "services/onewindow/request.h"

namespace onewindow {
namespace {

using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using google::protobuf::MethodOptions;

constexpr char kNextPageToken[] = "next_page_token";
constexpr int kNotFound = 5;
constexpr int kInternal = 13;

std::string PathOf(const MethodDescriptor& method) {
  return "/" + method.service()->full_name() + "/" + method.name();
}

bool IsSafeToRepeat(const MethodDescriptor& method, const Message& request) {
  return method.options().idempotency_level() == MethodOptions::NO_SIDE_EFFECTS ||
         !RequestIdOf(request).empty();
}

std::string NextPageToken(const Message& answer) {
  auto* field = answer.GetDescriptor()->FindFieldByName(kNextPageToken);
  return field == nullptr ? "" : answer.GetReflection()->GetString(answer, field);
}

void SetPageToken(Message& request, const std::string& token) {
  auto* paging = request.GetDescriptor()->FindFieldByName("paging");
  CHECK(paging != nullptr) << request.GetDescriptor()->full_name();
  auto& page = static_cast<Paging&>(*request.GetReflection()->MutableMessage(&request, paging));
  page.set_page_token(token);
}

Caller::Answer Parse(const MethodDescriptor& method, const std::string& bytes) {
  auto answer = NewMessage(*method.output_type());
  if (answer->ParseFromString(bytes)) return answer;
  return CallFailure{.code = kInternal, .message = "The answer cannot be read", .details = ""};
}

}  // namespace

Caller::Answer Caller::Call(const MethodDescriptor& method, const Message& request) {
  std::string bytes = request.SerializeAsString();
  int tries = IsSafeToRepeat(method, request) ? kTriesMax : 1;
  auto wait = kFirstWait;
  while (true) {
    auto answer = wire_.Call(PathOf(method), bytes, deadline_);
    if (auto* body = std::get_if<std::string>(&answer)) return Parse(method, *body);
    CallFailure& failure = std::get<CallFailure>(answer);
    if (!IsUnavailable(failure) || --tries == 0) return std::move(failure);
    wire_.Wait(std::min(std::max(wait, RetryDelayOf(failure)), kWaitMax));
    wait *= 2;
  }
}

Caller::Answer Caller::CallForAll(const MethodDescriptor& method, Message& request) {
  auto all = NewMessage(*method.output_type());
  while (true) {
    Answer piece = Call(method, request);
    if (std::holds_alternative<CallFailure>(piece)) return piece;
    Message& answer = *std::get<std::unique_ptr<Message>>(piece);
    std::string next = NextPageToken(answer);
    all->MergeFrom(answer);
    if (next.empty()) break;
    SetPageToken(request, next);
  }
  all->GetReflection()->ClearField(all.get(),
                                   all->GetDescriptor()->FindFieldByName(kNextPageToken));
  return all;
}

CallFailure Caller::Watch(const MethodDescriptor& method, const Message& request,
                          const std::function<MoreWanted(const Message&)>& on_answer) {
  auto answer = NewMessage(*method.output_type());
  bool readable = true;
  CallFailure end =
      wire_.Watch(PathOf(method), request.SerializeAsString(), [&](const std::string& bytes) {
        readable = answer->ParseFromString(bytes);
        return readable ? on_answer(*answer) : MoreWanted::kNo;
      });
  if (readable) return end;
  return {.code = kInternal, .message = "The answer cannot be read", .details = ""};
}

std::variant<uint64_t, CallFailure> Caller::FindReceipt(const std::string& receipt_number,
                                                        const std::string& position) {
  FindCasesRequest request;
  request.set_position(position);
  request.set_receipt_number(receipt_number);
  Answer answer = Call(*FindMethod("FrontDesk.FindCases"), request);
  if (auto* failure = std::get_if<CallFailure>(&answer)) return std::move(*failure);
  const auto& found =
      static_cast<const FindCasesResponse&>(*std::get<std::unique_ptr<Message>>(answer));
  if (found.cases_size() == 1) return found.cases(0).record().id();
  return CallFailure{
      .code = kNotFound,
      .message = "Expected a receipt number that was given, but no case has " + receipt_number,
      .details = ""};
}

}  // namespace onewindow
