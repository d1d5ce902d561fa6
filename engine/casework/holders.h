#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/events.pb.h"

namespace onewindow {

// Who is answerable for a case, branch by branch: at every instant exactly one holder for each. A
// branch is an open task; a case without one is a branch by itself, until it is closed.
//
//   the task awaits its hand-over or the     the organisation that sends it; a reply: the position
//   acknowledgement of it                    and person who sent it
//   - it has not left the window yet         and there the first contact (首问责任)
//   awaits a claim                           its organisation
//   - the acceptance, where the case came in there the first contact
//   is claimed                               the organisation, with position and person
//   none: the applicant owes materials       the intake
//   none: accepted at a desk that decides    the intake
//   none: refused or withdrawn, to be closed the intake
//
// "Has not left the window": the acceptance, or a first step of the route, is sent by the
// organisation of the first contact. Source: 首问责任制; domain, "Who may do what".
struct Holder {
  enum class Why {
    kFirstContact,
    kSender,
    kOrganisation,
    kHandler,
    kAwaitsApplicant,
    kAwaitsDecision,
    kAwaitsClosing,
  };

  // The branch: its task; 0: the case as a whole.
  uint32_t task = 0;
  Why why = Why::kOrganisation;
  std::string organisation;
  // Both empty where the organisation as a whole is answerable. A position may stand alone: the
  // task was given to it and waits to be claimed.
  std::string position = {};
  std::string person = {};

  friend bool operator==(const Holder&, const Holder&) = default;
};

// Who is answerable for an open task. Requires: it is one of the record's.
Holder HolderOf(const CaseRecord& record, const Task& task);

// By branch, in the order of their tasks; none once the case is closed.
std::vector<Holder> HoldersOf(const CaseRecord& record);

// From an instant on a branch had this holder.
struct HeldStretch {
  Holder holder;
  Instant from{};
  // Not included; absent while it lasts.
  std::optional<Instant> until = {};
};

// Who held one case from its receipt on: folded from its commands in the order of the log. The
// stretches of a branch follow each other without a gap. What was entered late counts from when it
// happened, but never reaches behind what was recorded before.
class HolderHistory {
 public:
  // The events of one command.
  void Add(uint64_t sequence, const google::protobuf::RepeatedPtrField<Event>& events);

  // In the order in which they began.
  const std::vector<HeldStretch>& stretches() const { return stretches_; }
  // Those at an instant, by branch; none before the receipt and after the end.
  std::vector<HeldStretch> At(Instant at) const;

 private:
  void Settle(Instant changed);

  CaseRecord record_;
  // When the holders last changed.
  Instant last_ = kInstantMin;
  std::vector<HeldStretch> stretches_;
  // The places of those that last in stretches_, by branch.
  std::map<uint32_t, size_t> standing_;
};

}  // namespace onewindow
