#include "services/back_office/worklist.h"

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "engine/casework/rejections.h"
#include "engine/casework/rights.h"
#include "engine/clock/timestamp.h"
#include "engine/organisation/organisation_index.h"
#include "services/rpc/case_view.h"
#include "services/rpc/page_token.h"

namespace onewindow {
namespace {

Rejection PositionMissing() {
  return RefusedField(FIELD_MISSING, "position", "expected whose worklist is asked for");
}

Rejection NotLed(const ListWorklistRequest& request) {
  return RefusedBecause(NOT_YOUR_DESK, "Expected to list the worklist of '" +
                                           request.of_position() +
                                           "', but the caller's position does not lead it");
}

// Whose worklist it is; null where the caller's position does not lead that one's organisation.
const std::string* ListedPosition(const ListWorklistRequest& request, const Engine& engine) {
  if (request.of_position().empty()) return &request.position();
  const auto published = engine.published();
  const Position* of = published->organisation->FindPosition(request.of_position());
  if (of == nullptr || !Leads(request.position(), of->organisation(), *published->organisation)) {
    return nullptr;
  }
  return &request.of_position();
}

WorklistOrder OrderOf(const ListWorklistRequest& request) {
  return request.order() == ListWorklistRequest::FAIR ? WorklistOrder::kFair
                                                      : WorklistOrder::kDueFirst;
}

WorklistEntry EntryOf(const WorklistRow& row, const Published& published, Instant now) {
  const CaseRecord& record = row.record;
  WorklistEntry entry;
  entry.set_case_id(record.id());
  entry.set_receipt_number(record.receipt_number());
  entry.set_etag(EtagOf(record));
  entry.set_item(record.item());
  entry.set_item_name(ItemName(record, published));
  entry.set_stage(record.stage());
  entry.set_priority(record.priority());
  entry.set_intake(record.intake());
  *entry.mutable_task() = record.tasks(row.task);
  entry.set_light(row.light);
  entry.set_urgings(record.urgings());
  if (!row.due_at) return entry;
  *entry.mutable_due_at() = ToTimestamp(*row.due_at);
  if (const Clock* clock = ClockDueAt(record, *row.due_at)) {
    *entry.mutable_clock() = StandingOf(*clock, published, now);
  }
  return entry;
}

// Says at first where the log stands, then case after case what is on the list.
class WorklistChanges {
 public:
  WorklistChanges(const Door& door, const StreamCall<WatchWorklistRequest>& watched,
                  std::shared_ptr<Watch> watch)
      : door_(door), watched_(watched), watch_(std::move(watch)) {}

  Reply<std::optional<WorklistChange>> Next() {
    if (!started_) return Start();
    const auto change = watch_->Next();
    if (!change && watch_->ended()) return Fault{FaultKind::kUnavailable, *watch_->ended()};
    if (!change) return std::nullopt;
    const Admission admission = watched_.Admit(door_);
    if (const auto* rejection = std::get_if<Rejection>(&admission)) return *rejection;
    return Show(*change);
  }

 private:
  const Engine& engine() const { return door_.premises().engine; }

  Reply<std::optional<WorklistChange>> Start() {
    started_ = true;
    WorklistChange mark;
    mark.set_sequence(engine().Stats().sequence.value);
    return std::optional(std::move(mark));
  }

  Reply<std::optional<WorklistChange>> Show(const Change& change) const {
    WorklistChange shown;
    shown.set_sequence(change.sequence.value);
    shown.set_case_id(change.case_id.value);
    const auto published = engine().published();
    const Instant now = engine().Now();
    PageRequest page{.size = kPageSizeMax, .cursor = {}};
    do {
      auto rows = engine().ListWorklist(watched_.request.position(), page);
      if (!rows.ok()) return rows.fault();
      for (const WorklistRow& row : rows.value().rows) {
        if (row.record.id() != change.case_id.value) continue;
        *shown.add_entries() = EntryOf(row, *published, now);
      }
      page.cursor = rows.value().next_cursor;
    } while (!page.cursor.empty());
    return std::optional(std::move(shown));
  }

  const Door& door_;
  const StreamCall<WatchWorklistRequest> watched_;
  const std::shared_ptr<Watch> watch_;
  bool started_ = false;
};

}  // namespace

Reply<ListWorklistResponse> ListWorklist(const ListWorklistRequest& request, const Engine& engine) {
  if (request.position().empty()) return PositionMissing();
  const std::string* listed = ListedPosition(request, engine);
  if (listed == nullptr) return NotLed(request);
  const PageTokens tokens(request);
  const auto page = tokens.Read(request.paging());
  if (const auto* rejection = std::get_if<Rejection>(&page)) return *rejection;
  auto rows = engine.ListWorklist(*listed, std::get<PageRequest>(page), OrderOf(request));
  if (!rows.ok() && rows.fault().kind == FaultKind::kInvalid) return BadPageToken();
  if (!rows.ok()) return rows.fault();

  ListWorklistResponse response;
  const auto published = engine.published();
  const Instant now = engine.Now();
  for (const WorklistRow& row : rows.value().rows) {
    *response.add_entries() = EntryOf(row, *published, now);
  }
  response.set_next_page_token(tokens.Write(rows.value().next_cursor));
  return response;
}

Stream<WorklistChange>* WatchWorklist(const Door& door,
                                      const StreamCall<WatchWorklistRequest>& watched) {
  using Source = Stream<WorklistChange>::Source;
  return OpenStream<WorklistChange>(
      door, watched, [&](const Identity&, std::function<void()> waker) -> Reply<Source> {
        if (watched.request.position().empty()) return PositionMissing();
        auto watch =
            door.premises().engine.WatchWorklist(watched.request.position(), std::move(waker));
        if (!watch.ok()) return watch.fault();
        const auto changes =
            std::make_shared<WorklistChanges>(door, watched, std::move(watch).value());
        return Source([changes] { return changes->Next(); });
      });
}

}  // namespace onewindow
