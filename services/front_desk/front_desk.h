#pragma once

#include <memory>

#include "services/rpc/premises.h"

namespace grpc {
class Service;
}

namespace onewindow {

// FrontDesk over gRPC (front_desk.proto). The premises outlive it.
std::unique_ptr<grpc::Service> MakeFrontDesk(const Premises& premises);

}  // namespace onewindow
