#include "services/unified_window/progress.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "engine/catalog/catalogue.h"
#include "engine/clock/ledger.h"
#include "engine/clock/timestamp.h"
#include "engine/organisation/organisation_index.h"
#include "services/rpc/case_view.h"
#include "services/rpc/digest.h"

namespace onewindow {
namespace {

// What a stage is called, and what the applicant may expect or should do.
struct StageWords {
  std::string_view name;
  std::string_view advice;
};

StageWords WordsFor(Stage stage) {
  switch (stage) {
    case STAGE_RECEIVED:
      return {"已收件", "窗口正在核对材料,请等待受理结果。"};
    case STAGE_SUPPLEMENTING:
      return {"待补正", "请按补正告知书补齐材料,交到本县任一便民服务窗口。"};
    case STAGE_ACCEPTED:
      return {"已受理", "材料正在移交办理部门。"};
    case STAGE_IN_REVIEW:
      return {"审查中", "办理部门正在审查。"};
    case STAGE_FINISHED:
      return {"已办结", "结果正在送往出件窗口,可领取时另行通知。"};
    case STAGE_READY:
      return {"待出件", "请携带身份证件和收件凭证领取结果。"};
    case STAGE_DELIVERED:
      return {"已送达", "结果已送达。"};
    case STAGE_ENQUIRY:
      return {"待答复", "您的咨询已登记,正在答复。"};
    case STAGE_CLOSED:
      return {"已归档", "办件已归档。"};
    case STAGE_UNSPECIFIED:
    case Stage_INT_MIN_SENTINEL_DO_NOT_USE_:
    case Stage_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return {};
}

std::string Upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

std::string DayOf(const google::protobuf::Timestamp& timestamp) {
  return FormatDate(DateOf(ToInstant(timestamp), kBeijing));
}

StageWords WordsFor(const CaseRecord& record) {
  if (record.result() == ANSWERED) return {"已答复", "您的咨询已答复。"};
  return WordsFor(record.stage());
}

// By when the decision is due: the promise, or else the law's limit; of an enquiry, the reply.
const Clock* DecisionClock(const CaseRecord& record) {
  const Clock* due = nullptr;
  for (const Clock& clock : record.clocks()) {
    if (!IsRunning(clock)) continue;
    if (clock.kind() == PROMISED || clock.kind() == REPLY) return &clock;
    if (clock.kind() == STATUTORY) due = &clock;
  }
  return due;
}

const Task* CollectionTask(const CaseRecord& record) {
  const auto found =
      std::find_if(record.tasks().begin(), record.tasks().end(),
                   [](const Task& task) { return task.kind() == Task::COLLECTION_READY; });
  return found == record.tasks().end() ? nullptr : &*found;
}

std::string MaterialName(const std::string& id, const CaseRecord& record,
                         const Published& published) {
  const ServiceItem* item = published.catalogue->Find(record.item(), record.item_version());
  if (item == nullptr) return id;
  for (const Material& material : item->materials()) {
    if (material.id() == id) return material.name();
  }
  return id;
}

Progress ProgressOf(const CaseRecord& record, const Published& published, Instant now) {
  const StageWords words = WordsFor(record);
  Progress progress;
  progress.set_receipt_number(record.receipt_number());
  progress.set_item_name(ItemName(record, published));
  progress.set_stage(record.stage());
  progress.set_stage_text(std::string(words.name));
  progress.set_advice(std::string(words.advice));
  progress.set_received_on(DayOf(record.received_at()));
  if (record.has_accepted_at()) progress.set_accepted_on(DayOf(record.accepted_at()));
  if (record.has_decided_at()) progress.set_decided_on(DayOf(record.decided_at()));
  if (!record.pauses().empty()) {
    progress.set_stage_text(std::string(words.name) + "(特别程序期间,暂停计时)");
  }
  if (const Clock* clock = DecisionClock(record); clock != nullptr && clock->has_due_at()) {
    progress.set_due_on(DayOf(clock->due_at()));
    progress.set_provisional(clock->provisional());
  }
  if (const Task* collection = CollectionTask(record)) {
    progress.set_ready_on(DayOf(collection->since()));
    const Organisation* place = published.organisation->Find(collection->organisation());
    if (place != nullptr) progress.set_collect_at(place->name());
  }
  progress.set_applicants(1 + static_cast<uint32_t>(record.co_applicants_size()));
  for (const std::string& id : record.originals()) {
    progress.add_originals(MaterialName(id, record, published));
  }
  *progress.mutable_as_of() = ToTimestamp(now);
  return progress;
}

}  // namespace

Reply<Progress> GetProgress(const GetProgressRequest& request, const Engine& engine) {
  auto found = engine.FindByReceipt(request.receipt_number());
  if (!found.ok()) return found.fault();
  // A code is reckoned for a number that does not exist as well: both take the same time.
  const CaseId case_id{found.value() ? found.value()->id() : 0};
  const std::string right = engine.vault().QueryCode(case_id);
  if (!SameSecret(Upper(request.query_code()), right) || !found.value()) {
    return RefusedBecause(QUERY_CODE_WRONG, "Receipt number and query code do not belong together");
  }
  return ProgressOf(*found.value(), *engine.published(), engine.Now());
}

}  // namespace onewindow
