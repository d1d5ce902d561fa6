#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "onewindow/v1/catalog.pb.h"
#include "onewindow/v1/organisation.pb.h"

namespace onewindow {

// Where a case comes from: what the performers of a route are looked for by.
struct CasePlaces {
  const Organisation& intake;
  // 户籍地 and 居住地 of the applicant; division codes of at least 9 digits name a township, of at
  // least 6 a county.
  std::string_view registered_division = {};
  std::string_view residence_division = {};
};

// Days, both inclusive.
struct DaySpan {
  Date from;
  Date until;

  bool Covers(Date day) const { return from <= day && day <= until; }
};

bool HasDuty(const Position& position, Duty duty);

// A published chart, made for lookups that allocate nothing. Immutable; all pointers live as long
// as the index, and null means that there is no such thing.
class OrganisationIndex {
 public:
  // kInvalid with all errors of CheckPublished.
  static Result<OrganisationIndex> Build(OrganisationChart chart);

  const OrganisationChart& chart() const { return *chart_; }

  const Organisation* Find(std::string_view id) const;
  const Organisation* Find(OrganisationNumber number) const;
  const Position* FindPosition(std::string_view id) const;
  const Position* FindPosition(PositionNumber number) const;
  const Person* FindPerson(std::string_view id) const;

  // Whether the person holds the position on that day, by term and rota; unknown ones hold nothing.
  bool Holds(std::string_view person, std::string_view position, Date day) const;
  // Whether a term of his covers all these days, whatever its rota.
  bool HoldsThroughout(std::string_view person, std::string_view position, DaySpan days) const;
  bool IsAbsent(std::string_view person, Date day) const;
  // Whether a term of his at some position covers all these days, whatever its rota, and works
  // together with this one: in the same township or department, or where one is a station (站所),
  // in the department that is its professional superior.
  bool WorksBeside(std::string_view person, const Position& position, DaySpan days) const;
  // 职位代理: the first substitution by which the person may act from the position on that day. It
  // gives what its holder has on that day, and nothing where he has nothing; and it is for those
  // who work beside him, as long as they do.
  const Substitution* SubstitutionBy(std::string_view person, std::string_view position,
                                     Date day) const;
  // The same for one holder: whether the person stands in for him there.
  bool StandsIn(std::string_view person, std::string_view holder, std::string_view position,
                Date day) const;
  // Holds the position or stands in for who holds it. Whom he names is not asked.
  bool MayActFrom(std::string_view person, std::string_view position, Date day) const;
  // In the order of the chart.
  std::vector<const Position*> PositionsOf(std::string_view organisation) const;
  std::vector<const Position*> PositionsWithDuty(std::string_view organisation, Duty duty) const;

  // Requires for all below: organisations are of this index.
  const Organisation* ParentOf(const Organisation& organisation) const;
  const Organisation* CountyOf(const Organisation& organisation) const;
  // One server may hold several.
  bool HasSeveralCounties() const { return counties_ > 1; }
  // Itself or the township it stands in; null for what belongs to the county.
  const Organisation* TownshipOf(const Organisation& organisation) const;
  // An organisation is within itself.
  bool IsWithin(const Organisation& organisation, const Organisation& ancestor) const;
  // At which level it exercises power: county, township or village.
  ServiceItem::Level LevelOf(const Organisation& organisation) const;
  // The township by the first 9 digits of a division code.
  const Organisation* TownshipOfDivision(std::string_view division_code) const;

  // The county by the first 6 digits of a division code.
  const Organisation* CountyOfDivision(std::string_view division_code) const;

  // 委托 (Art. 24): under which the organisation decides the item on that day. One that a township
  // has is exercised by its offices as well, but by no village: that is no office of government.
  const Delegation* DelegationOf(const Organisation& organisation, std::string_view item,
                                 Date day) const;
  // Whether the item is on the township's list (乡镇履职事项清单).
  bool IsListed(const Organisation& township, std::string_view item) const;

  // Who performs: the organisation with the function at that place. The county's own are never
  // found in a township, nor the other way round. Without a function, the government itself.
  const Organisation* Resolve(const Performer& performer, const CasePlaces& places) const;

 private:
  struct Node {
    const Organisation* organisation = nullptr;
    const Node* parent = nullptr;
    std::vector<const Node*> children;
    std::vector<const Position*> positions;
  };
  struct Term {
    std::string_view person;
    DaySpan days;
    // Bit n: day n of the week, 1 Monday to 7 Sunday.
    uint8_t weekdays = 0;
  };
  struct StandIn {
    const Substitution* substitution = nullptr;
    DaySpan days;
  };

  struct TermOfDelegation {
    const Delegation* delegation;
    Date from;
    std::optional<Date> until;
  };

  explicit OrganisationIndex(OrganisationChart chart);
  void IndexOrganisations();
  void IndexPositions();
  void IndexPersons();
  void IndexDelegations();
  void IndexAbsences();
  bool IsInForce(const StandIn& stand_in, std::string_view person, Date day) const;
  // The township or department that the organisation is part of; what stands directly under the
  // county is one of its own.
  const Organisation& BodyOf(const Organisation& organisation) const;
  const Node& NodeOf(const Organisation& organisation) const;
  // The government that the place stands for; null for NAMED.
  const Organisation* PlaceOf(Performer::Place place, const CasePlaces& places) const;
  static const Organisation* FindFunction(const Node& root, std::string_view function);

  // Keys are views into the chart, which therefore must not move.
  std::unique_ptr<const OrganisationChart> chart_;
  std::unordered_map<std::string_view, Node> nodes_;
  int counties_ = 0;
  std::unordered_map<uint32_t, const Organisation*> organisations_by_number_;
  std::unordered_map<std::string_view, const Organisation*> townships_by_division_;
  std::unordered_map<std::string_view, const Organisation*> counties_by_division_;
  std::unordered_map<std::string_view, const Position*> positions_;
  std::unordered_map<uint32_t, const Position*> positions_by_number_;
  std::unordered_map<std::string_view, std::vector<Term>> terms_by_position_;
  std::unordered_map<std::string_view, const Person*> persons_;
  std::unordered_map<std::string_view, std::vector<TermOfDelegation>> delegations_by_item_;
  // Items by township.
  std::unordered_map<std::string_view, std::unordered_set<std::string_view>> lists_;
  std::unordered_map<std::string_view, std::vector<DaySpan>> absences_by_person_;
  std::unordered_map<std::string_view, std::vector<StandIn>> stand_ins_by_position_;
};

}  // namespace onewindow
