#include "services/onewindow/calls.h"

namespace onewindow {

Result<std::unique_ptr<Wire>> Calls::Open() const {
  auto connection = ConnectionOf(options);
  if (!connection.ok()) return connection.fault();
  return open_wire(connection.value());
}

}  // namespace onewindow
