#pragma once

#include <memory>

#include "services/rpc/premises.h"

namespace grpc {
class Service;
}

namespace onewindow {

// UnifiedWindow over gRPC (unified_window.proto). The premises outlive it.
std::unique_ptr<grpc::Service> MakeUnifiedWindow(const Premises& premises);

}  // namespace onewindow
