#include "engine/runtime/opening.h"

#include <string>

#include "engine/kv/rocks_kv.h"
#include "engine/runtime/entropy.h"
#include "engine/tables/schema.h"

namespace onewindow {

Result<std::unique_ptr<RocksKv>> OpenStore(const EngineOptions& options) {
  return RocksKv::Open({.directory = options.data_directory,
                        .families = AllFamilies(),
                        .access = Access::kReadWrite,
                        .memory_bytes = options.memory_bytes,
                        .free_bytes_min = options.free_bytes_min});
}

Result<Vault> OpenVault(const EngineOptions& options, Kv& store, Entropy& entropy) {
  const std::string path = options.master_key_file.empty() ? options.data_directory + "/master.key"
                                                           : options.master_key_file;
  Result<SecretKey> master = OpenMasterKey(path, entropy);
  if (!master.ok()) return master.fault();
  Result<SecretKey> server = OpenServerKey(master.value(), store, entropy);
  if (!server.ok()) return server.fault();
  return Vault(master.value(), server.value(), entropy);
}

}  // namespace onewindow
