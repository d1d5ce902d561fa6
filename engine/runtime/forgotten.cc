#include "engine/runtime/forgotten.h"

#include <charconv>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>

#include "engine/kv/data_directory.h"
#include "engine/kv/durable_file.h"
#include "engine/kv/rocks_kv.h"
#include "engine/runtime/case_files.h"
#include "engine/runtime/case_store.h"
#include "engine/runtime/log_reader.h"
#include "engine/tables/schema.h"

namespace onewindow {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

std::string HexOf(std::string_view bytes) {
  std::string hex;
  for (const char character : bytes) {
    const auto byte = static_cast<unsigned char>(character);
    hex.push_back(kHexDigits[byte >> 4]);
    hex.push_back(kHexDigits[byte & 15]);
  }
  return hex;
}

std::optional<ForgottenCase> ParseLine(std::string_view line) {
  ForgottenCase found;
  const char* end = line.data() + line.size();
  const auto [stop, error] = std::from_chars(line.data(), end, found.case_id.value);
  if (error != std::errc() || stop == end || *stop != ' ') return std::nullopt;
  found.hash.assign(stop + 1, end);
  const bool is_hex = found.hash.find_first_not_of(kHexDigits) == std::string::npos;
  if (!is_hex || found.hash.size() != 2 * kHashBytes) return std::nullopt;
  return found;
}

}  // namespace

Result<ForgottenCases> ReadForgotten(const std::string& directory) {
  const std::string path = ForgottenPath(directory);
  Result<std::string> text = ReadWhole(path);
  ForgottenCases cases;
  if (!text.ok() && text.fault().kind == FaultKind::kNotFound) return cases;
  if (!text.ok()) return text.fault();
  std::string_view rest = text.value();
  while (!rest.empty()) {
    const size_t size = rest.find('\n');
    const auto line =
        size == std::string_view::npos ? std::nullopt : ParseLine(rest.substr(0, size));
    if (!line) return Fault{FaultKind::kCorrupt, path + " has a line of another form"};
    cases.insert(*line);
    rest.remove_prefix(size + 1);
  }
  return cases;
}

Status AddForgotten(const std::string& directory, const ForgottenCases& cases) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) return Fault{FaultKind::kIo, "Cannot create " + directory + ": " + error.message()};
  Result<ForgottenCases> listed = ReadForgotten(directory);
  if (!listed.ok()) return listed.fault();
  const size_t before = listed.value().size();
  listed.value().insert(cases.begin(), cases.end());
  if (listed.value().size() == before) return {};
  std::string text;
  for (const ForgottenCase& each : listed.value()) {
    text += std::to_string(each.case_id.value) + ' ' + each.hash + '\n';
  }
  return WriteDurably(ForgottenPath(directory), text);
}

Status CarryForgotten(const std::string& from, const std::string& to) {
  Result<ForgottenCases> listed = ReadForgotten(from);
  return listed.ok() ? AddForgotten(to, listed.value()) : Status(listed.fault());
}

Result<ForgottenCase> AsForgotten(const Reader& store, CaseId case_id) {
  ForgottenCase found{.case_id = case_id, .hash = {}};
  const Sequence submission{case_id.value};
  Status read = VisitLog(store, submission,
                         [&](Sequence sequence, std::string_view, std::string_view hash) {
                           if (sequence == submission) found.hash = HexOf(hash);
                           return Visit::kStop;
                         });
  if (!read.ok()) return read.fault();
  if (!found.hash.empty()) return found;
  return Fault{FaultKind::kNotFound,
               "the log does not reach case " + std::to_string(case_id.value)};
}

Result<ForgottenCases> CasesOfThisLog(const Reader& store, const ForgottenCases& listed) {
  ForgottenCases ours;
  for (const ForgottenCase& each : listed) {
    Result<ForgottenCase> here = AsForgotten(store, each.case_id);
    if (!here.ok() && here.fault().kind != FaultKind::kNotFound) return here.fault();
    if (here.ok() && here.value() == each) ours.insert(each);
  }
  return ours;
}

Result<ForgottenCases> ForgottenInLog(const Reader& store) {
  std::vector<CaseId> ids;
  Result<ScanEnd> end = store.Scan(families::kDirectory, ForgottenRange(), {},
                                   [&ids](std::string_view key, std::string_view) {
                                     ids.push_back(CaseOfDirectoryKey(key));
                                     return Visit::kContinue;
                                   });
  if (!end.ok()) return end.fault();
  ForgottenCases cases;
  for (const CaseId case_id : ids) {
    Result<ForgottenCase> found = AsForgotten(store, case_id);
    if (!found.ok()) return found.fault();
    cases.insert(std::move(found).value());
  }
  return cases;
}

Status EraseCases(const ForgottenCases& cases, RocksKv& store, const FileStore& files) {
  if (cases.empty()) return {};
  Batch batch;
  std::vector<std::string> keys;
  for (const ForgottenCase& each : cases) {
    Result<std::optional<CommittedCase>> found = ReadCase(store, each.case_id);
    if (!found.ok()) return found.fault();
    if (found.value()) {
      Status removed = RemoveFilesOf(*found.value()->record, files);
      if (!removed.ok()) return removed;
    }
    keys.push_back(CaseKey(each.case_id));
    batch.Delete(families::kKeys, keys.back());
  }
  Status deleted = store.Commit(batch, Durability::kSynced);
  return deleted.ok() ? store.Purge(families::kKeys, keys) : deleted;
}

Status ForgetInRestored(const std::string& directory) {
  Result<ForgottenCases> listed = ReadForgotten(directory);
  if (!listed.ok()) return listed.fault();
  if (listed.value().empty()) return {};
  Result<std::unique_ptr<RocksKv>> store =
      RocksKv::Open({.directory = directory, .families = AllFamilies()});
  if (!store.ok()) return store.fault();
  Result<ForgottenCases> ours = CasesOfThisLog(*store.value(), listed.value());
  if (!ours.ok()) return ours.fault();
  Result<FileStore> files = FileStore::Open(directory, 0);
  return files.ok() ? EraseCases(ours.value(), *store.value(), files.value())
                    : Status(files.fault());
}

}  // namespace onewindow
