#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/runtime/log_reader.h"
#include "engine/runtime/submission.h"

namespace onewindow {

// The engine without threads on a new data directory, in virtual time: for imports and simulations.
// Commands come from the system (kSystemPerson), on behalf of whom they name. Nothing is durable
// before Finish(); a session that ends earlier leaves data that is to be thrown away.
class ImportSession {
 public:
  // kExists where the directory holds a log already; others as Engine::Open's.
  static Result<std::unique_ptr<ImportSession>> Open(const std::string& data_directory);
  ~ImportSession();

  // `at`: when it is recorded; never before an earlier one. First fires, in order, the timers due
  // by then. Of the envelope, position, channel, on_behalf_of and occurred_at count.
  Answer Do(Command command, Instant at);
  // Lets virtual time pass: timers due by then fire in order.
  Status AdvanceTo(Instant at);
  // The case as it is now, sealed. kNotFound where there is none.
  Result<CaseRecord> Case(CaseId case_id) const;
  // Everything is on disk when it returns.
  Status Finish();

  LogReader log() const;

 private:
  struct Parts;
  explicit ImportSession(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace onewindow
