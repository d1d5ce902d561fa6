#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "services/onewindow/terminal.h"
#include "services/onewindow/wire.h"

namespace onewindow {

// How often a request that met UNAVAILABLE is sent in all, and the first wait; later ones double.
inline constexpr int kTriesMax = 4;
inline constexpr std::chrono::milliseconds kFirstWait{200};
inline constexpr std::chrono::milliseconds kWaitMax{5000};

// Calls the server, and again where that is safe: questions, and commands by their request id.
class Caller {
 public:
  using Answer = std::variant<std::unique_ptr<google::protobuf::Message>, CallFailure>;

  // Both must outlive it. `deadline` is each try's.
  Caller(Wire& wire, std::chrono::milliseconds deadline) : wire_(wire), deadline_(deadline) {}

  Answer Call(const google::protobuf::MethodDescriptor& method,
              const google::protobuf::Message& request);
  // Every piece of a list, from the one that the request asks for, as one answer.
  Answer CallForAll(const google::protobuf::MethodDescriptor& method,
                    google::protobuf::Message& request);
  // Code 0: it ended well.
  CallFailure Watch(const google::protobuf::MethodDescriptor& method,
                    const google::protobuf::Message& request,
                    const std::function<MoreWanted(const google::protobuf::Message&)>& on_answer);

  // The id of the case with the receipt number.
  std::variant<uint64_t, CallFailure> FindReceipt(const std::string& receipt_number,
                                                  const std::string& position);

 private:
  Wire& wire_;
  std::chrono::milliseconds deadline_;
};

}  // namespace onewindow
