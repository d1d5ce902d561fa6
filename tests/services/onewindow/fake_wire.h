#pragma once

#include <google/protobuf/message.h>

#include <deque>
#include <string>
#include <vector>

#include "services/onewindow/wire.h"

namespace onewindow {

// A server that answers as it was told, and remembers what it was asked. It must outlive its wires.
struct FakeServer {
  struct Asked {
    std::string method;
    std::string request;
  };
  using Answer = std::variant<std::string, CallFailure>;

  void Say(const google::protobuf::Message& answer) {
    answers.push_back(answer.SerializeAsString());
  }
  void Refuse(CallFailure failure) { answers.push_back(std::move(failure)); }
  // What the n-th call asked for. Requires: there was one.
  template <typename M>
  M Request(size_t n) const {
    M message;
    message.ParseFromString(asked.at(n).request);
    return message;
  }

  std::deque<Answer> answers;  // A watch ends with the first that is a failure.
  std::vector<Asked> asked;
  std::chrono::milliseconds waited{0};
};

class FakeWire final : public Wire {
 public:
  explicit FakeWire(FakeServer& server) : server_(server) {}

  FakeServer::Answer Call(const std::string& method, const std::string& request,
                          std::chrono::milliseconds) override {
    server_.asked.push_back({method, request});
    return Next();
  }

  FakeServer::Answer Send(const std::string& method,
                          const std::function<std::optional<std::string>()>& next_request,
                          std::chrono::milliseconds) override {
    while (auto request = next_request()) server_.asked.push_back({method, *request});
    return Next();
  }

  CallFailure Watch(const std::string& method, const std::string& request,
                    const std::function<MoreWanted(const std::string&)>& on_answer) override {
    server_.asked.push_back({method, request});
    while (true) {
      auto answer = Next();
      if (auto* failure = std::get_if<CallFailure>(&answer)) return *failure;
      if (on_answer(std::get<std::string>(answer)) == MoreWanted::kNo) return {};
    }
  }

  void Wait(std::chrono::milliseconds time) override { server_.waited += time; }

 private:
  FakeServer::Answer Next() {
    if (server_.answers.empty())
      return CallFailure{.code = 13, .message = "no answer", .details = ""};
    auto answer = std::move(server_.answers.front());
    server_.answers.pop_front();
    return answer;
  }

  FakeServer& server_;
};

}  // namespace onewindow
