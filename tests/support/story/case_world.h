#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/calendar/working_calendar.h"
#include "engine/casework/context.h"
#include "engine/casework/counters.h"
#include "engine/casework/decision.h"
#include "engine/casework/holders.h"
#include "engine/catalog/catalogue.h"
#include "engine/organisation/organisation_index.h"
#include "onewindow/v1/commands.pb.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {

// A county in memory: Decide and Apply with a log, and nothing else. Every command is held to what
// the engine promises, by CHECK: the events lead to the record that came with them, numbers run
// without a gap, invariants hold, a rejection leaves nothing.
class CaseWorld {
 public:
  struct Wish {
    Command command;
    Caller caller;
    // Nothing: now.
    std::optional<Instant> at = {};
  };
  struct Logged {
    uint64_t sequence;
    uint64_t case_id;  // 0 for administration.
    Instant recorded_at;
    std::vector<Event> events;
  };

  explicit CaseWorld(OrganisationIndex organisation) : organisation_(std::move(organisation)) {}

  void AddCalendar(WorkingCalendar calendar);
  // With defaults; findings are errors.
  Status AddItem(const ServiceItem& item);

  Instant now() const { return now_; }
  // What would come of it.
  Decision Try(const Wish& wish) const;
  // Fires what is due, then decides and applies.
  Decision Do(const Wish& wish);
  // Alarms fire as they become due.
  void WaitUntil(Instant until);
  // The server is down until then; what became due meanwhile fires at once when it is back.
  void BeDownUntil(Instant until);
  // What the writer does after a bug.
  void SetAside(uint64_t case_id);

  const CaseRecord* Find(uint64_t case_id) const;
  const std::map<uint64_t, CaseRecord>& cases() const { return cases_; }
  const std::vector<Logged>& log() const { return log_; }
  std::vector<Event> EventsOf(uint64_t case_id) const;
  const Catalogue& catalogue() const { return catalogue_; }
  const OrganisationIndex& organisation() const { return organisation_; }
  const WorkingCalendar* CalendarOf(const CaseRecord& record) const;
  // The version that the case pins.
  const ServiceItem* ItemOf(const CaseRecord& record) const;

  // Folds the log from nothing and holds it against the records.
  void CheckFold() const;

 private:
  Context ContextOf(const Wish& wish) const;
  const CaseRecord* PaperOf(const SubmitCase& submission) const;
  void Commit(uint64_t case_id, Decision::Outcome outcome);
  void CheckOutcome(uint64_t case_id, const Decision::Outcome& outcome) const;
  void ApplyAdministration(const Event& event);
  void FireDue(uint64_t case_id);
  std::optional<Instant> NextWakeOfAll() const;

  OrganisationIndex organisation_;
  Catalogue catalogue_;
  std::map<std::string, WorkingCalendar, std::less<>> calendars_;
  Counters counters_;
  std::map<uint64_t, CaseRecord> cases_;
  // As they were submitted, by system and number of their papers.
  std::map<std::pair<std::string, std::string>, CaseRecord> papers_;
  std::vector<Logged> log_;
  Instant now_{};
};

// Who held the case at every instant so far.
HolderHistory HoldersIn(const CaseWorld& world, uint64_t case_id);

}  // namespace onewindow
