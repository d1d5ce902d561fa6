// The rule of each command, in the words of the domain. No default: what is not judged here does
// not compile, as VisitWish finds no arm for it.
#include <algorithm>
#include <string>

#include "engine/casework/visit.h"
#include "engine/clock/timestamp.h"
#include "tests/engine/casework/rights_oracle.h"

namespace onewindow {
namespace {

Date DayOf(Instant at) { return DateOf(at, kBeijing); }

class Judge {
 public:
  Judge(const RightsOracle& oracle, const Deed& deed, const Position& position)
      : oracle_(oracle),
        deed_(deed),
        before_(deed.before),
        position_(position),
        place_(position.organisation()) {}

  // ---- Front desk

  bool operator()(const SubmitCase& wish) const {
    if (!Has({RECEPTION, HELPING})) return false;
    if (!wish.has_mandate()) return !ActsAsHelper();
    const Mandate& mandate = wish.mandate();
    if (!MayBeGiven(mandate) || !Says(mandate, Mandate::MAY_SUBMIT)) return false;
    return !ActsAsHelper() || NamesCaller(mandate);
  }
  bool operator()(const CorrectCase&) const { return AcceptsHere(); }
  bool operator()(const AcceptCase&) const { return AcceptsHere(); }
  bool operator()(const RefuseCase&) const { return AcceptsHere(); }
  bool operator()(const RequestSupplement&) const { return AcceptsHere(); }
  bool operator()(const ReceiveMaterials& wish) const {
    return ServesInCounty({RECEPTION, HELPING}, Mandate::MAY_SUPPLEMENT) &&
           IsForHimselfOrAgent(wish.mandate_id(), Mandate::MAY_SUPPLEMENT);
  }
  bool operator()(const WithdrawCase& wish) const {
    return ServesInCounty({RECEPTION, HELPING}, Mandate::MAY_WITHDRAW) &&
           IsForHimselfOrAgent(wish.mandate_id(), Mandate::MAY_WITHDRAW);
  }
  bool operator()(const GrantMandate& wish) const {
    return InCounty({RECEPTION}) && MayBeGiven(wish.mandate());
  }
  bool operator()(const EndMandate&) const { return InCounty({RECEPTION}); }
  bool operator()(const ReturnOriginals&) const {
    return ServesInCounty({RECEPTION, COLLECTION, HELPING}, Mandate::MAY_COLLECT);
  }
  bool operator()(const AccompanyCase&) const { return AtDesk(before_.intake(), {RECEPTION}); }

  // ---- Hand-overs and tasks

  bool operator()(const HandOverFile& wish) const {
    return AnyTask(wish.task_id(), [&](const Task& task) {
      return task.state() == Task::AWAITING_HAND_OVER &&
             AtDesk(task.from(), {RECEPTION, HANDLING, DECISION, SYSTEM});
    });
  }
  bool operator()(const AcknowledgeHandOver& wish) const {
    return AnyTask(wish.task_id(), [&](const Task& task) {
      return task.state() == Task::AWAITING_ACKNOWLEDGEMENT &&
             AtDesk(task.organisation(), {RECEPTION, HANDLING, DECISION, SYSTEM});
    });
  }
  bool operator()(const ClaimTask& wish) const {
    return AnyTask(wish.task_id(), [&](const Task& task) {
      const bool is_given = !task.position().empty() && task.position() != position_.id();
      return task.state() == Task::AWAITING_CLAIM && !is_given &&
             AtDesk(task.organisation(), {task.duty(), SYSTEM});
    });
  }
  bool operator()(const ReleaseTask& wish) const { return HoldsTask(wish.task_id()); }
  bool operator()(const ExtendLease& wish) const { return HoldsTask(wish.task_id()); }
  bool operator()(const TransferTask& wish) const { return HoldsTask(wish.task_id()); }
  bool operator()(const PauseCase& wish) const { return HoldsTask(wish.task_id()); }
  bool operator()(const PostNotice& wish) const { return HoldsTask(wish.task_id()); }
  bool operator()(const ResumeCase& wish) const {
    return std::any_of(before_.pauses().begin(), before_.pauses().end(), [&](const Pause& pause) {
      const bool is_meant = wish.pause_id() == 0 || pause.id() == wish.pause_id();
      return is_meant && HoldsTask(pause.task());
    });
  }
  bool operator()(const CompleteStep& wish) const {
    return AnyTask(wish.task_id(), [&](const Task& task) {
      if (!Holds(task) || oracle_.ReviewsOwnStep(deed_, task.step())) return false;
      const bool is_check = wish.action() == CompleteStep::PASS && KindOf(task) == Step::SITE_CHECK;
      return !is_check || IsSecondOfficer(wish.second_performer(), task);
    });
  }
  bool operator()(const ReassignTask& wish) const {
    return AnyTask(wish.task_id(),
                   [&](const Task& task) { return oracle_.Leads(position_, task.organisation()); });
  }

  // ---- Decision and delivery

  bool operator()(const ExtendLimit&) const { return AtDesk(before_.deciding(), {APPROVAL}); }
  bool operator()(const DecideCase& wish) const {
    const bool has_power =
        wish.result() == REPORTED_UPWARD || oracle_.MayDecide(place_, *deed_.item, DayOf(deed_.at));
    if (!has_power) return false;
    if (deed_.item->route().legs().empty() || before_.stage() == STAGE_RECEIVED) {
      return deed_.item->handling() == ServiceItem::INSTANT &&
             AtDesk(before_.intake(), {RECEPTION, DECISION});
    }
    return AnyTask(0, [&](const Task& task) {
      return KindOf(task) == Step::DECIDE && Holds(task) &&
             !oracle_.ReviewsOwnStep(deed_, task.step());
    });
  }
  bool operator()(const HandBackCertificate&) const {
    return AnyTask(0, [&](const Task& task) {
      return task.kind() == Task::CERTIFICATION &&
             AtDesk(task.organisation(), {HANDLING, DECISION, SYSTEM});
    });
  }
  bool operator()(const ReceiveCertificate&) const {
    return AnyTask(0, [&](const Task& task) {
      return task.kind() == Task::COLLECTION_READY && AtDesk(task.organisation(), {COLLECTION});
    });
  }
  bool operator()(const DeliverCase& wish) const {
    if (!AtDesk(before_.delivery_point(), {COLLECTION, RECEPTION})) return false;
    if (wish.taker() == DeliverCase::HELPER_ON_MANDATE) {
      return Shows(wish.mandate_id(), Mandate::HELPER, Mandate::MAY_COLLECT);
    }
    if (wish.taker() == DeliverCase::AUTHORISED_AGENT) {
      return Shows(wish.mandate_id(), Mandate::OWN_AGENT, Mandate::MAY_COLLECT);
    }
    return wish.mode() != BY_AGENT;
  }
  bool operator()(const CloseCase&) const {
    const bool is_delivered = before_.stage() == STAGE_DELIVERED;
    return AtDesk(is_delivered ? before_.delivery_point() : before_.intake(),
                  {COLLECTION, RECEPTION});
  }

  // ---- From inside; administration

  bool operator()(const FireAlarms&) const { return false; }
  bool operator()(const RecordAdHocStep&) const {
    return Has({RECEPTION, HANDLING, DECISION}) &&
           AnyPlace([&](const std::string& place) { return place == place_; });
  }
  bool operator()(const ResolveIncident&) const { return InCounty({ADMINISTRATION}); }
  bool operator()(const PublishItem&) const { return Has({ADMINISTRATION}); }
  bool operator()(const PublishCalendar&) const { return Has({ADMINISTRATION}); }
  bool operator()(const PublishOrganisation&) const { return Has({ADMINISTRATION}); }

  // ---- People

  bool operator()(const RecordAbsence& wish) const {
    const auto& holdings = oracle_.chart().holdings();
    return std::any_of(holdings.begin(), holdings.end(), [&](const Holding& holding) {
      const bool is_his = holding.person() == wish.person() && holding.from() <= wish.until() &&
                          (holding.until().empty() || wish.from() <= holding.until());
      return is_his && LeadsPlaceOf(holding.position());
    });
  }
  bool operator()(const ArrangeSubstitution& wish) const {
    const Position* meant = oracle_.PositionOf(wish.position());
    if (meant == nullptr || !LeadsPlaceOf(wish.position())) return false;
    if (wish.substitute() == wish.holder()) return false;
    return oracle_.WorksBeside(wish.substitute(), meant->organisation(), *ParseDate(wish.from())) &&
           oracle_.WorksBeside(wish.substitute(), meant->organisation(), *ParseDate(wish.until()));
  }
  bool operator()(const EndSubstitution& wish) const {
    const auto& all = oracle_.substitutions();
    return std::any_of(all.begin(), all.end(), [&](const Substitution& each) {
      return each.number() == wish.number() && each.until() >= FormatDate(DayOf(deed_.now)) &&
             LeadsPlaceOf(each.position());
    });
  }

  // ---- First contact and supervision

  bool operator()(const RecordEnquiry&) const { return Has({RECEPTION, HELPING}); }
  bool operator()(const HandOverEnquiry&) const { return IsAnswerable(); }
  bool operator()(const AnswerEnquiry&) const { return IsAnswerable(); }
  bool operator()(const UrgeCase&) const { return InCounty({RECEPTION, SUPERVISION}); }
  bool operator()(const OrderSupervision&) const { return InCounty({SUPERVISION}); }
  bool operator()(const AnswerSupervisionOrder& wish) const {
    const auto& orders = before_.orders();
    return std::any_of(orders.begin(), orders.end(), [&](const SupervisionOrder& order) {
      return order.id() == wish.order_id() &&
             AtDesk(order.organisation(), {RECEPTION, HANDLING, DECISION, APPROVAL, HELPING});
    });
  }

  // ---- County and township

  // A demand that is refused is counted, so it is an event, too: of who may demand at all.
  bool operator()(const HandDownTask& wish) const {
    const auto goes_down = [](const Event& event) { return event.has_task_handed_down(); };
    const bool is_done = std::any_of(deed_.events.begin(), deed_.events.end(), goes_down);
    if (is_done && !IsListedAt(wish.to_organisation())) return false;
    return AnyTask(wish.task_id(), [&](const Task& task) { return WorksForCountyOn(task); });
  }
  bool operator()(const RequestAssistance& wish) const {
    return AnyTask(wish.task_id(), [&](const Task& task) {
      return task.state() == Task::CLAIMED && WorksForCountyOn(task);
    });
  }
  bool operator()(const AnswerAssistance& wish) const {
    const auto& assists = before_.assists();
    return std::any_of(assists.begin(), assists.end(), [&](const Assist& assist) {
      if (assist.id() != wish.assist_id()) return false;
      const bool is_asking_side =
          wish.answer() == AnswerAssistance::GIVE_UP || assist.state() == Assist::COUNTER_PROPOSED;
      return is_asking_side
                 ? AnyTask(assist.task(), [&](const Task& task) { return WorksForHolderOf(task); })
                 : HeadsTownshipOf(assist.to());
    });
  }

  // ---- Personal data and files

  bool operator()(const ReadPersonalData&) const {
    if (Has({DATA_PROTECTION}) && IsOfCountyOf(before_.intake())) return true;
    return Has({RECEPTION, HANDLING, DECISION, APPROVAL, COLLECTION, SYSTEM}) &&
           AnyPlace([&](const std::string& place) { return SharesIn(place); });
  }
  bool operator()(const CorrectPersonalData&) const { return InCounty({DATA_PROTECTION}); }
  bool operator()(const ForgetPerson&) const { return InCounty({DATA_PROTECTION}); }
  bool operator()(const AttachFile&) const {
    const bool is_undecided = before_.result() == RESULT_KIND_UNSPECIFIED;
    if (is_undecided && InCounty({RECEPTION})) return true;
    return AnyTask(0, [&](const Task& task) {
      const bool waits_here =
          task.state() == Task::AWAITING_CLAIM && AtDesk(task.organisation(), {task.duty()});
      return waits_here || Holds(task);
    });
  }

 private:
  bool Has(std::initializer_list<Duty> duties) const { return HasDutyOf(position_, duties); }
  bool AtDesk(const std::string& place, std::initializer_list<Duty> duties) const {
    return place_ == place && Has(duties);
  }
  bool IsOfCountyOf(const std::string& place) const {
    return oracle_.CountyOf(place) == oracle_.CountyOf(place_);
  }
  bool InCounty(std::initializer_list<Duty> duties) const {
    return IsOfCountyOf(before_.intake()) && Has(duties);
  }
  bool LeadsPlaceOf(const std::string& position) const {
    const Position* meant = oracle_.PositionOf(position);
    return meant != nullptr && oracle_.Leads(position_, meant->organisation());
  }

  // The task that is named; without a name any of those that are open.
  template <typename Rule>
  bool AnyTask(uint32_t task_id, Rule rule) const {
    return std::any_of(before_.tasks().begin(), before_.tasks().end(), [&](const Task& task) {
      return (task_id == 0 || task.id() == task_id) && rule(task);
    });
  }
  bool Holds(const Task& task) const {
    return task.state() == Task::CLAIMED && task.position() == position_.id() &&
           AtDesk(task.organisation(), {task.duty(), SYSTEM});
  }
  bool HoldsTask(uint32_t task_id) const {
    return AnyTask(task_id, [&](const Task& task) { return Holds(task); });
  }
  bool AcceptsHere() const {
    return AnyTask(0, [&](const Task& task) {
      return task.kind() == Task::ACCEPTANCE && task.state() == Task::AWAITING_CLAIM &&
             AtDesk(task.organisation(), {task.duty(), DECISION});
    });
  }
  Step::Kind KindOf(const Task& task) const {
    if (task.kind() != Task::ROUTE_STEP) return Step::KIND_UNSPECIFIED;
    const Leg& leg = deed_.item->route().legs(static_cast<int>(task.leg()));
    const Branch& branch = leg.branches(static_cast<int>(task.branch()));
    return branch.steps(static_cast<int>(task.step_index())).kind();
  }
  // Art. 34: another officer of the same township or department, who is there and whom the caller
  // does not stand in for.
  bool IsSecondOfficer(const std::string& person, const Task& task) const {
    const Date day = DayOf(deed_.at);
    return person != deed_.caller.person() && person != deed_.caller.on_behalf_of() &&
           !oracle_.IsAway(person, day) && oracle_.WorksBeside(person, task.organisation(), day);
  }

  // Whoever has claimed a task acts for it, and who leads there; before the claim the whole desk.
  bool WorksForHolderOf(const Task& task) const {
    if (!AtDesk(task.organisation(), {HANDLING, DECISION, APPROVAL})) return false;
    return task.state() != Task::CLAIMED || task.position() == position_.id() || Has({APPROVAL});
  }
  bool WorksForCountyOn(const Task& task) const {
    return task.kind() == Task::ROUTE_STEP && oracle_.TownshipOf(task.organisation()).empty() &&
           WorksForHolderOf(task);
  }
  bool HeadsTownshipOf(const std::string& asked) const {
    const std::string township = oracle_.TownshipOf(asked);
    return !township.empty() && oracle_.TownshipOf(place_) == township && Has({APPROVAL});
  }
  bool IsListedAt(const std::string& organisation) const {
    const std::string township = oracle_.TownshipOf(organisation);
    const auto& lists = oracle_.chart().lists();
    return IsOfCountyOf(organisation) &&
           std::any_of(lists.begin(), lists.end(), [&](const ResponsibilityList& list) {
             const auto& items = list.items();
             return list.organisation() == township &&
                    std::find(items.begin(), items.end(), before_.item()) != items.end();
           });
  }

  // 首问责任: who holds the reply, or sent it and has no acknowledgement yet.
  bool IsAnswerable() const {
    return AnyTask(0, [&](const Task& task) {
      const bool is_sent = task.state() == Task::AWAITING_ACKNOWLEDGEMENT;
      const std::string& place = is_sent ? task.from() : task.organisation();
      return place_ == place && task.position() == position_.id() &&
             (is_sent || task.state() == Task::CLAIMED);
    });
  }

  // ---- Mandates

  bool ActsAsHelper() const {
    return deed_.caller.channel() == CHANNEL_HELPER || (Has({HELPING}) && !Has({RECEPTION}));
  }
  bool NamesCaller(const Mandate& mandate) const {
    return mandate.kind() == Mandate::HELPER && mandate.helper() == deed_.caller.person();
  }
  static bool Says(const Mandate& mandate, Mandate::Scope scope) {
    const auto& scopes = mandate.scopes();
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
  }
  bool IsInForce(const Mandate& mandate) const {
    const Date day = DayOf(deed_.at);
    return oracle_.GrantedOn(deed_.case_id, mandate.id()) <= day &&
           FormatDate(day) <= mandate.until();
  }
  // Whoever acts for the applicant shows his own mandate at the window.
  bool Shows(uint32_t mandate_id, Mandate::Kind kind, Mandate::Scope scope) const {
    const auto& mandates = before_.mandates();
    return std::any_of(mandates.begin(), mandates.end(), [&](const Mandate& mandate) {
      return mandate.id() == mandate_id && mandate.kind() == kind && Says(mandate, scope) &&
             IsInForce(mandate);
    });
  }
  bool IsForHimselfOrAgent(uint32_t mandate_id, Mandate::Scope scope) const {
    return mandate_id == 0 || ActsAsHelper() || Shows(mandate_id, Mandate::OWN_AGENT, scope);
  }
  bool ServesInCounty(std::initializer_list<Duty> duties, Mandate::Scope scope) const {
    if (!InCounty(duties)) return false;
    if (!ActsAsHelper()) return true;
    const auto& mandates = before_.mandates();
    return std::any_of(mandates.begin(), mandates.end(), [&](const Mandate& mandate) {
      return NamesCaller(mandate) && Says(mandate, scope) && IsInForce(mandate);
    });
  }
  // 代办 is free of charge, and by those whose work it is.
  bool MayBeGiven(const Mandate& mandate) const {
    if (mandate.until() < FormatDate(DayOf(deed_.at))) return false;
    if (mandate.kind() != Mandate::HELPER) return true;
    const auto& holdings = oracle_.chart().holdings();
    const bool helps = std::any_of(holdings.begin(), holdings.end(), [&](const Holding& holding) {
      const Position* position = oracle_.PositionOf(holding.position());
      return holding.person() == mandate.helper() && position != nullptr &&
             HasDutyOf(*position, {HELPING, RECEPTION}) &&
             oracle_.Holds(mandate.helper(), position->id(), DayOf(deed_.at));
    });
    return helps && mandate.fee_fen() == 0;
  }

  // ---- Who has to do with a case

  // An organisation, what is within it, and what is of the township that it is the government of.
  bool SharesIn(const std::string& partaking) const {
    const Organisation* each = oracle_.Find(partaking);
    if (each == nullptr) return false;
    const bool is_government = each->kind() == Organisation::TOWNSHIP;
    return oracle_.IsWithin(partaking, place_) ||
           (is_government && oracle_.IsWithin(place_, partaking));
  }
  template <typename Rule>
  bool AnyPlace(Rule rule) const {
    return rule(before_.intake()) || rule(before_.delivery_point()) || rule(before_.deciding()) ||
           AnyTask(
               0, [&](const Task& task) { return rule(task.organisation()) || rule(task.from()); });
  }

  const RightsOracle& oracle_;
  const Deed& deed_;
  const CaseRecord& before_;
  const Position& position_;
  const std::string& place_;
};

}  // namespace

bool RightsOracle::Permits(const Deed& deed) const {
  if (!MayAct(deed.caller, DayOf(deed.now))) return false;
  const Position* position = PositionOf(deed.caller.position());
  return position != nullptr && VisitWish(deed.command, Judge(*this, deed, *position));
}

}  // namespace onewindow
