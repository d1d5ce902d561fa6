#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/commands.pb.h"
#include "onewindow/v1/events.pb.h"
#include "onewindow/v1/log.pb.h"
#include "onewindow/v1/organisation.pb.h"

namespace onewindow {

// Who may act from which position, told a second time and in the plainest way: from the chart as it
// was published and from what was arranged and ended since. Knows nothing of the engine's index.
class RightsOracle {
 public:
  explicit RightsOracle(OrganisationChart chart) : chart_(std::move(chart)) {}

  void See(const Event& event);

  bool Holds(const std::string& person, const std::string& position, Date day) const;
  bool StandsIn(const std::string& person, const std::string& holder, const std::string& position,
                Date day) const;
  // By person, position and whom he names, whatever the command is.
  bool MayAct(const Caller& caller, Date day) const;
  // Whether the caller's position has to do with what the command is about: the organisation where
  // the task lies, or who leads the organisation in question.
  bool MayWish(const Caller& caller, const Command& command, const CaseRecord& before) const;

  const std::vector<Substitution>& substitutions() const { return substitutions_; }

 private:
  const Position* PositionOf(const std::string& id) const;
  std::string ParentOf(const std::string& organisation) const;
  bool Leads(const Position& position, const std::string& organisation) const;

  OrganisationChart chart_;
  std::vector<Substitution> substitutions_;  // Those not ended before their time.
};

}  // namespace onewindow
