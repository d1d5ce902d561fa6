#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/catalog.pb.h"
#include "onewindow/v1/commands.pb.h"
#include "onewindow/v1/events.pb.h"
#include "onewindow/v1/log.pb.h"
#include "onewindow/v1/organisation.pb.h"

namespace onewindow {

// A command that made events, or would.
struct Deed {
  const Command& command;
  const Caller& caller;
  // As it was; a default record where the command is about none.
  const CaseRecord& before;
  // Also of the case that it opened.
  uint64_t case_id = 0;
  // The version that the case pins; null where there is none.
  const ServiceItem* item = nullptr;
  Instant now{};
  Instant at{};
  const std::vector<Event>& events;
};

// Who may do what, told a second time and in the plainest way: from the chart as it was published
// and from what was seen since. Knows nothing of the engine's index and shares no rule with it.
// Source: domain, "Who may do what"; engine/casework/RULES.md.
class RightsOracle {
 public:
  // Requires: as it was published, with its numbers.
  explicit RightsOracle(OrganisationChart chart);

  // What was done, in the order in which it was.
  void See(const Deed& deed);

  // By person, position and whom he names, whatever the command is.
  bool MayAct(const Caller& caller, Date day) const;
  // Whether it was the caller's to make these events. Every command has a rule of its own: one that
  // is forgotten does not compile.
  bool Permits(const Deed& deed) const;

  bool Holds(const std::string& person, const std::string& position, Date day) const;
  bool StandsIn(const std::string& person, const std::string& holder, const std::string& position,
                Date day) const;
  bool IsAway(const std::string& person, Date day) const;

  // As they were arranged, with the last day that they really had; empty `until`: none.
  const std::vector<Substitution>& substitutions() const { return substitutions_; }
  const OrganisationChart& chart() const { return chart_; }

  const Organisation* Find(const std::string& organisation) const;
  const Position* PositionOf(const std::string& id) const;
  bool IsPerson(const std::string& id) const;

  // Empty where there is none.
  std::string CountyOf(const std::string& organisation) const;
  std::string TownshipOf(const std::string& organisation) const;
  bool IsWithin(const std::string& organisation, const std::string& ancestor) const;
  // By some term on that day, whatever its rota: in the same township or department, or, for a
  // station, in its professional superior.
  bool WorksBeside(const std::string& person, const std::string& organisation, Date day) const;
  bool Leads(const Position& position, const std::string& organisation) const;
  // Whether the organisation decides the item at that level, alone or in another's name.
  bool MayDecide(const std::string& organisation, const ServiceItem& item, Date day) const;

  // Done by him at another step of the case, where he or the work stands in for somebody.
  bool ReviewsOwnStep(const Deed& deed, const std::string& step) const;
  // The first day of a mandate.
  Date GrantedOn(uint64_t case_id, uint32_t mandate_id) const;

 private:
  struct DoneStep {
    std::string step;
    std::string person;
    bool as_substitute;
  };

  void SeePeople(const Event& event);
  void SeeChart(const OrganisationChart& published);
  // The township or department that it is part of.
  std::string BodyOf(const std::string& organisation) const;

  OrganisationChart chart_;
  std::vector<Substitution> substitutions_;
  std::vector<Absence> absences_;
  std::map<uint64_t, std::vector<DoneStep>> done_;
  std::map<std::pair<uint64_t, uint32_t>, Date> granted_;
};

bool HasDutyOf(const Position& position, std::initializer_list<Duty> duties);

}  // namespace onewindow
