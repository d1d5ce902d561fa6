#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "engine/base/ids.h"
#include "onewindow/v1/catalog.pb.h"
#include "onewindow/v1/log_mapping.pb.h"
#include "onewindow/v1/organisation.pb.h"

namespace onewindow {

// The county in which the cases of a log live again: each department of the log is a township with
// one desk that takes in, handles and decides its cases; the log's activities are the route of one
// item. The replay itself acts as the system. For a server that serves the county afterwards there
// is one person, the operator, who holds every desk and looks after the county.
class ReplayCounty {
 public:
  explicit ReplayCounty(const LogMapping& mapping) : mapping_(&mapping) {}

  // The item, before its publication.
  ServiceItem Item() const;
  static constexpr std::string_view kItemId = "replayed-case";
  // The operator and his position, which supervises and administrates.
  static constexpr std::string_view kOperator = "operator";

  // The step's id of an activity on the route; empty for any other.
  std::string StepOf(std::string_view activity) const;

  // The desk of a department, by the log's name for it. A department that was not known before
  // makes a new chart, to be published before the desk acts.
  struct Desk {
    std::string_view position;  // Lives as long as the county.
    enum class Known { kBefore, kNewly } known = Known::kBefore;
  };
  Desk DeskOf(const std::string& department);
  const OrganisationChart& chart() const { return chart_; }

 private:
  void AddCounty();
  void AddDepartment(const std::string& id, const std::string& name);
  Organisation& AddOrganisation(const std::string& id, const std::string& name,
                                Organisation::Kind kind, const std::string& parent);
  // With the operator as its holder.
  Position& AddPosition(const std::string& id, const std::string& name,
                        const std::string& organisation);

  const LogMapping* mapping_;
  OrganisationChart chart_;
  std::map<std::string, std::string, std::less<>> desks_;  // Position by department.
};

}  // namespace onewindow
