#pragma once

#include <memory>

#include "services/rpc/premises.h"

namespace grpc {
class Service;
}

namespace onewindow {

// Supervision over gRPC (supervision.proto). The premises outlive it.
std::unique_ptr<grpc::Service> MakeSupervision(const Premises& premises);

}  // namespace onewindow
