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
class FileStore;
class Kv;
class Partition;
class RocksKv;

// How a data directory is opened, by whomever. Faults as Engine::Open's.
Result<std::unique_ptr<RocksKv>> OpenStore(const EngineOptions& options);
Result<Vault> OpenVault(const EngineOptions& options, Kv& store, Entropy& entropy);

// The directories that have a list of the forgotten (forgotten.h), that of the data first.
std::vector<std::string> ListDirectories(const EngineOptions& options);

// Whoever is forgotten by a list or by the log has no files and no key afterwards, and is on every
// list: so what a crash or a restore left half done is done. A list in another directory than the
// first that cannot be written is logged only. Gives those that the log does not know of, as it was
// restored.
Result<ForgottenCases> EraseForgotten(RocksKv& store, const FileStore& files,
                                      const std::vector<std::string>& directories);
// Tells the log, as the system. Gives those that it does not take now, as the time of day is not to
// be believed after an old backup: they are to be submitted once it is confirmed. The keys are gone
// all the same.
ForgottenCases ForgetAgain(const ForgottenCases& cases, Partition& partition,
                           const TimeSource& time);
// The system's wish that tells the log.
Submission ForgettingOf(CaseId case_id);

}  // namespace onewindow
