#pragma once

#include <memory>

#include "services/rpc/premises.h"

namespace grpc {
class Service;
}

namespace onewindow {

// Administration over gRPC (administration.proto). The premises outlive it.
std::unique_ptr<grpc::Service> MakeAdministration(const Premises& premises);

}  // namespace onewindow
