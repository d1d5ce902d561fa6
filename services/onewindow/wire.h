#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace onewindow {

// How a call ended that did not succeed.
struct CallFailure {
  int code = 0;         // Of gRPC: 14 is UNAVAILABLE.
  std::string message;  // English.
  std::string details;  // A serialised google.rpc.Status, or empty.
};

enum class MoreWanted { kYes, kNo };

// The way to the server, as bytes, so that everything but one file is free of gRPC.
class Wire {
 public:
  virtual ~Wire() = default;

  // One request, one answer. `method` is "/onewindow.v1.FrontDesk/Submit".
  virtual std::variant<std::string, CallFailure> Call(const std::string& method,
                                                      const std::string& request,
                                                      std::chrono::milliseconds deadline) = 0;
  // Requests until there is none, then one answer.
  virtual std::variant<std::string, CallFailure> Send(
      const std::string& method, const std::function<std::optional<std::string>()>& next_request,
      std::chrono::milliseconds deadline) = 0;
  // One request, answers until the server ends them or no more are wanted. Code 0: they ended well.
  virtual CallFailure Watch(const std::string& method, const std::string& request,
                            const std::function<MoreWanted(const std::string&)>& on_answer) = 0;
  // Lets time pass before a call is tried again.
  virtual void Wait(std::chrono::milliseconds time) = 0;
};

}  // namespace onewindow
