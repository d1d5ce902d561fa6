#pragma once

#include <list>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <variant>

#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/kv/kv.h"
#include "engine/runtime/submission.h"
#include "engine/runtime/vault.h"

namespace onewindow {

// The data keys of cases, read from the store and kept for a while. Callable from any thread.
class CaseKeys {
 public:
  CaseKeys(const Vault& vault, const Reader& store) : vault_(&vault), store_(&store) {}

  // kNotFound where the case has no key: it does not exist, or its person was forgotten.
  Result<SecretKey> Find(CaseId case_id);
  void Remember(CaseId case_id, const SecretKey& key);
  // The key was destroyed: nobody gets it from here either, however late he read it from the store.
  void Forget(CaseId case_id);

 private:
  struct Entry {
    CaseId case_id;
    SecretKey key;
  };

  const Vault* vault_;
  const Reader* store_;
  std::mutex mutex_;
  std::list<Entry> entries_;  // The last used first. Guarded by mutex_, as is found_.
  std::unordered_map<CaseId, std::list<Entry>::iterator> found_;
  std::unordered_set<CaseId> forgotten_;  // Since the process began.
};

// What the caller's thread makes of a request, or why it need not be queued.
using Prepared = std::variant<Submission, Rejection, Fault>;

// Takes the envelope apart, computes the hash of the request, gives every applicant a pseudonym,
// looks at his identity number and seals what is personal. Rejects what is wrong by itself: a
// missing or malformed request id, texts that are too long or no UTF-8.
Prepared PrepareSubmission(std::string_view person, Command command, const Vault& vault,
                           CaseKeys& keys, Instant now);

}  // namespace onewindow
