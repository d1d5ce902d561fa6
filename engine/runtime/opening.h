#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/runtime/engine.h"
#include "engine/runtime/forgotten.h"
#include "engine/runtime/vault.h"

namespace onewindow {

class Entropy;
class Kv;
class Partition;
class RocksKv;

// How a data directory is opened, by whomever. Faults as Engine::Open's.
Result<std::unique_ptr<RocksKv>> OpenStore(const EngineOptions& options);
Result<Vault> OpenVault(const EngineOptions& options, Kv& store, Entropy& entropy);

// The directories that have a list of the forgotten (forgotten.h).
std::vector<std::string> ListDirectories(const EngineOptions& options);

// Whoever is forgotten by a list or by the log has no key afterwards, in any file, and is on every
// list: so what a crash or a restore left half done is done. Gives those that the log does not know
// of, as it was restored.
Result<ForgottenCases> DestroyForgottenKeys(RocksKv& store,
                                            const std::vector<std::string>& directories);
// Tells the log, as the system. What it does not take now (the time of day is not to be believed)
// is left to the next opening; the keys are gone all the same.
void ForgetAgain(const ForgottenCases& cases, Partition& partition, const TimeSource& time);

}  // namespace onewindow
