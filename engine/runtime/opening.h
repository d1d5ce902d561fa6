#pragma once

#include <memory>

#include "engine/base/result.h"
#include "engine/runtime/engine.h"
#include "engine/runtime/vault.h"

namespace onewindow {

class Entropy;
class Kv;
class RocksKv;

// How a data directory is opened, by whomever. Faults as Engine::Open's.
Result<std::unique_ptr<RocksKv>> OpenStore(const EngineOptions& options);
Result<Vault> OpenVault(const EngineOptions& options, Kv& store, Entropy& entropy);

}  // namespace onewindow
