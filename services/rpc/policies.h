#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <string_view>
#include <unordered_map>

#include "engine/base/ids.h"
#include "onewindow/v1/policy.pb.h"

namespace onewindow {

// The policies of one service's methods, as its proto states them.
class Policies {
 public:
  explicit Policies(const google::protobuf::ServiceDescriptor& service);

  // By the method's short name. Null where none is stated, or one that says nothing: such a call is
  // refused.
  const CallPolicy* Find(std::string_view method) const;

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::unordered_map<std::string, CallPolicy, Hash, std::equal_to<>> by_method_;
};

}  // namespace onewindow
