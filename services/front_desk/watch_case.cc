#include "services/front_desk/watch_case.h"

#include <memory>
#include <optional>
#include <utility>

#include "services/rpc/case_view.h"

namespace onewindow {
namespace {

// Gives the case once at the start, and once for all changes that came since.
class CaseChanges {
 public:
  CaseChanges(const Door& door, const StreamCall<WatchCaseRequest>& watched,
              std::shared_ptr<Watch> watch)
      : door_(door), watched_(watched), watch_(std::move(watch)) {}

  Reply<std::optional<CaseChange>> Next() {
    const bool changed = TakeChanges();
    if (!changed && watch_->ended()) return Fault{FaultKind::kUnavailable, *watch_->ended()};
    if (!changed && started_) return std::nullopt;
    started_ = true;
    return Show();
  }

 private:
  bool TakeChanges() {
    bool any = false;
    while (watch_->Next()) any = true;
    return any;
  }

  Reply<std::optional<CaseChange>> Show() const {
    const Admission admission = watched_.Admit(door_);
    if (const auto* rejection = std::get_if<Rejection>(&admission)) return *rejection;
    auto view =
        GetCase(watched_.request.case_id(), std::get<Identity>(admission), door_.premises().engine);
    if (IsNo(view)) return NoAs<std::optional<CaseChange>>(view);

    CaseChange change;
    *change.mutable_view() = std::move(std::get<CaseView>(view));
    const auto& history = change.view().record().history();
    if (!history.empty()) change.set_sequence(*history.rbegin());
    return std::optional(std::move(change));
  }

  const Door& door_;
  const StreamCall<WatchCaseRequest> watched_;
  const std::shared_ptr<Watch> watch_;
  bool started_ = false;
};

}  // namespace

Stream<CaseChange>* WatchCase(const Door& door, const StreamCall<WatchCaseRequest>& watched) {
  using Source = Stream<CaseChange>::Source;
  return OpenStream<CaseChange>(
      door, watched, [&](const Identity&, std::function<void()> waker) -> Reply<Source> {
        auto watch =
            door.premises().engine.WatchCase(CaseId{watched.request.case_id()}, std::move(waker));
        const auto changes = std::make_shared<CaseChanges>(door, watched, std::move(watch));
        return Source([changes] { return changes->Next(); });
      });
}

}  // namespace onewindow
