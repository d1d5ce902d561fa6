#include "engine/runtime/opening.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "engine/casework/context.h"
#include "engine/kv/rocks_kv.h"
#include "engine/runtime/entropy.h"
#include "engine/runtime/partition.h"
#include "engine/tables/schema.h"

namespace onewindow {
namespace {

ForgottenCases Without(const ForgottenCases& cases, const ForgottenCases& others) {
  ForgottenCases rest;
  std::ranges::set_difference(cases, others, std::inserter(rest, rest.end()));
  return rest;
}

}  // namespace

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

std::vector<std::string> ListDirectories(const EngineOptions& options) {
  std::vector<std::string> directories = {options.data_directory};
  if (!options.backup_directory.empty()) directories.push_back(options.backup_directory);
  return directories;
}

Result<ForgottenCases> EraseForgotten(RocksKv& store, const FileStore& files,
                                      const std::vector<std::string>& directories) {
  Result<ForgottenCases> in_log = ForgottenInLog(store);
  if (!in_log.ok()) return in_log.fault();
  ForgottenCases all = in_log.value();
  ForgottenCases undone;
  for (const std::string& directory : directories) {
    Result<ForgottenCases> listed = ReadForgotten(directory);
    if (!listed.ok()) return listed.fault();
    undone.merge(Without(in_log.value(), listed.value()));
    all.insert(listed.value().begin(), listed.value().end());
  }
  Result<ForgottenCases> ours = CasesOfThisLog(store, all);
  if (!ours.ok()) return ours.fault();
  ForgottenCases unknown = Without(ours.value(), in_log.value());
  undone.insert(unknown.begin(), unknown.end());
  if (Status erased = EraseCases(undone, store, files); !erased.ok()) return erased.fault();
  if (all.empty()) return unknown;
  for (const std::string& directory : directories) {
    const Status added = AddForgotten(directory, all);
    if (added.ok()) continue;
    if (directory == directories.front()) return added.fault();
    // What is done here is done; only its backups may still bring somebody back.
    spdlog::error("the list of the forgotten is not with the backups: {}", added.fault().message);
  }
  return unknown;
}

Submission ForgettingOf(CaseId case_id) {
  Submission submission;
  submission.caller.set_person(std::string(kSystemPerson));
  submission.caller.set_channel(CHANNEL_SYSTEM);
  submission.case_id = case_id;
  ForgetPerson& wish = *submission.command.mutable_forget_person();
  wish.set_case_id(case_id.value);
  wish.set_basis(ForgetPerson::FORGOTTEN_BEFORE);
  return submission;
}

ForgottenCases ForgetAgain(const ForgottenCases& cases, Partition& partition,
                           const TimeSource& time) {
  ForgottenCases untold;
  for (const ForgottenCase& each : cases) {
    std::vector<Submission> wishes;
    wishes.push_back(ForgettingOf(each.case_id));
    const Moment moment{.wall = time.Now(), .steady = time.Steady()};
    const Answer answer = partition.Process(std::move(wishes), moment).front();
    if (std::holds_alternative<Accepted>(answer)) continue;
    untold.insert(each);
    spdlog::warn("the person of case {} is forgotten, his key gone, but the log was not told yet",
                 each.case_id.value);
  }
  return untold;
}

}  // namespace onewindow
