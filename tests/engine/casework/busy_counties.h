#pragma once

#include <vector>

#include "onewindow/v1/commands.pb.h"
#include "onewindow/v1/log.pb.h"
#include "onewindow/v1/organisation.pb.h"
#include "tests/support/story/case_world.h"

namespace onewindow {

// The chart of two_busy_counties.yaml, as a document.
const OrganisationChart& BusyChart();

// The two counties on a Monday morning, without a case: items of one office, of a department, of
// two branches, of two townships, decided at the desk and under a delegation.
CaseWorld BusyCounties();

// Mostly what brings a case of this world on its way; now and then a new one, something about
// people, or the calendar, an item or the chart published again.
Command AnyCommandIn(const CaseWorld& world);

// Every holder by himself and every substitute for his holder, whether today or not.
std::vector<Caller> WhoActs(const CaseWorld& world);

// By one of them who may, if there is one.
void DoAsWhoMay(CaseWorld& world, const Command& command);

}  // namespace onewindow
