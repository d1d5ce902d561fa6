#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/casework/context.h"
#include "engine/casework/decision.h"

namespace onewindow {

// Who may do what: the engine's rules, not a screen's (domain: "Who may do what"). Timers and
// imports, which act as kSystemPerson, pass everywhere.

bool IsSystem(const Context& context);

// The caller holds the position he names on the day the command is recorded, or stands in for its
// absent holder, whom he then names (职位代理).
std::optional<Rejection> CheckCaller(const CaseRecord& current, std::string_view wish,
                                     const Context& context);

// The command is none that people may give, whatever position they hold. Says nothing of the case.
std::optional<Rejection> CheckSystem(std::string_view wish, const Context& context);

// The acting position belongs to `organisation` itself and has one of the duties.
std::optional<Rejection> CheckDesk(const CaseRecord& current, std::string_view wish,
                                   std::string_view organisation,
                                   std::initializer_list<Duty> duties, const Context& context);

// The position leads the organisation: it approves there, in its administrative parent or in its
// professional superior, or it administers the county that the organisation is in. False where
// either is unknown.
bool Leads(std::string_view position, std::string_view organisation,
           const OrganisationIndex& chart);
std::optional<Rejection> CheckLeads(const CaseRecord& current, std::string_view wish,
                                    std::string_view organisation, const Context& context);

// 全县域通办: the acting position receives at a front desk of the county that the case is in,
// whichever of them took it in. For what the applicant himself brings or declares.
std::optional<Rejection> CheckFrontDesk(const CaseRecord& current, std::string_view wish,
                                        const Context& context);

// The acting position has one of the duties somewhere in the county that the case is in.
std::optional<Rejection> CheckInCounty(const CaseRecord& current, std::string_view wish,
                                       std::initializer_list<Duty> duties, const Context& context);

// The acting position has one of the duties, and its organisation has to do with the case: it took
// it in, decides it or hands its result out, or an open task lies with it or comes from it.
std::optional<Rejection> CheckTakesPart(const CaseRecord& current, std::string_view wish,
                                        std::initializer_list<Duty> duties, const Context& context);

// Where the applicant is served: the organisation of the acting position, or the front desk of its
// township or county where it receives nobody itself (a village point). For an import, where it
// says, or else where the case was taken in. Empty where there is no such place.
std::string ServingWindow(const CaseRecord& current, const Context& context);

// Who does the work: the caller, or the one an import speaks for.
std::string_view ActingPerson(const Context& context);

// The caller acts for the absent holder of his position. Requires: CheckCaller passed.
bool IsSubstitute(const Context& context);

// The organisation of the acting position; empty where the position is unknown.
std::string_view ActingOrganisation(const Context& context);

}  // namespace onewindow
