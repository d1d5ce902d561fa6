#include "services/rpc/policies.h"

namespace onewindow {

Policies::Policies(const google::protobuf::ServiceDescriptor& service) {
  for (int i = 0; i < service.method_count(); ++i) {
    const auto& method = *service.method(i);
    const CallPolicy& stated = method.options().GetExtension(policy);
    if (stated.access() == CallPolicy::ACCESS_UNSPECIFIED) continue;
    by_method_.emplace(method.name(), stated);
  }
}

const CallPolicy* Policies::Find(std::string_view method) const {
  const auto found = by_method_.find(method);
  return found == by_method_.end() ? nullptr : &found->second;
}

}  // namespace onewindow
