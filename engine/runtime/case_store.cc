#include "engine/runtime/case_store.h"

#include <memory>
#include <string>
#include <utility>

#include "engine/casework/apply.h"
#include "engine/runtime/log_reader.h"
#include "engine/tables/schema.h"

namespace onewindow {

Result<std::optional<CommittedCase>> ReadCase(const Reader& store, CaseId case_id) {
  for (const Family family : {families::kOpen, families::kClosed}) {
    Result<std::optional<std::string>> value = store.Get(family, CaseKey(case_id));
    if (!value.ok()) return value.fault();
    if (!value.value()) continue;
    Result<StoredCase> stored = DecodeCase(*value.value());
    Result<CaseRecord> record = DecodeRecord(*value.value());
    if (!stored.ok()) return stored.fault();
    if (!record.ok()) return record.fault();
    return std::optional(
        CommittedCase{.record = std::make_shared<CaseRecord>(std::move(record).value()),
                      .head = std::move(stored.value().head)});
  }
  return std::optional<CommittedCase>();
}

Result<CaseRecord> ReadCaseAsOf(const Reader& store, const CaseRecord& record, Sequence sequence) {
  const LogReader log(store);
  CaseRecord then;
  for (const uint64_t number : record.history()) {
    if (number > sequence.value) break;
    Result<LoggedCommand> logged = log.Read(Sequence{number});
    if (!logged.ok()) return logged.fault();
    for (const Event& event : logged.value().events()) Apply(then, event, number);
  }
  return then;
}

}  // namespace onewindow
