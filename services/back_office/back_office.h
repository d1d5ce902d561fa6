#pragma once

#include <memory>

#include "services/rpc/premises.h"

namespace grpc {
class Service;
}

namespace onewindow {

// BackOffice over gRPC (back_office.proto). The premises outlive it.
std::unique_ptr<grpc::Service> MakeBackOffice(const Premises& premises);

}  // namespace onewindow
