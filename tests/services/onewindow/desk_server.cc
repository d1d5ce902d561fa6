#include "tests/services/onewindow/desk_server.h"

#include <algorithm>
#include <utility>

#include "engine/base/check.h"
#include "engine/clock/timestamp.h"

namespace onewindow {
namespace {

const CallFailure kNoRoute{.code = 14, .message = "no route", .details = ""};
const CallFailure kNoAnswer{.code = 4, .message = "no answer in time", .details = ""};

}  // namespace

std::variant<std::string, CallFailure> DeskServer::Deliver(const std::string& person,
                                                           const SubmitCase& wish) {
  auto answer = engine_.Submit(person, wish);
  if (const size_t cases = engine_.Cases().size(); cases > cases_) {
    cases_ = cases;
    received_.push_back(ToInstant(wish.envelope().occurred_at()));
  }
  return answer;
}

std::variant<std::string, CallFailure> DeskServer::Call(const std::string& method,
                                                        const std::string& request,
                                                        std::chrono::milliseconds) {
  CHECK(method == "/onewindow.v1.FrontDesk/Submit") << method;
  SubmitCase wish;
  CHECK(wish.ParseFromString(request));
  switch (line_ == Line::kQuiet ? -1 : below_(18)) {
    case 0:
      return kNoRoute;
    case 1:
      Deliver(person_, wish);
      return kNoAnswer;
    case 2:
      Deliver(person_, wish);
      return Deliver(person_, wish);
    case 3:
      delayed_.push_back({.person = person_, .wish = wish});
      return kNoAnswer;
    case 4:
      throw PowerCut();
    case 5:
      Deliver(person_, wish);
      throw PowerCut();
    default:
      return Deliver(person_, wish);
  }
}

std::variant<std::string, CallFailure> DeskServer::Send(
    const std::string& method, const std::function<std::optional<std::string>()>&,
    std::chrono::milliseconds) {
  CHECK(false) << method;
  return kNoRoute;
}

CallFailure DeskServer::Watch(const std::string& method, const std::string&,
                              const std::function<MoreWanted(const std::string&)>&) {
  CHECK(false) << method;
  return kNoRoute;
}

void DeskServer::BeginSending(const std::string& person, Line line) {
  if (line == Line::kQuiet || below_(2) == 0) {
    for (const Delayed& each : std::exchange(delayed_, {})) Deliver(each.person, each.wish);
  }
  person_ = person;
  line_ = line;
  received_.clear();
}

bool DeskServer::ReceivedInOrder() const { return std::ranges::is_sorted(received_); }

}  // namespace onewindow
