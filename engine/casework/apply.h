#pragma once

#include <cstdint>

namespace onewindow {

namespace v1 {
class CaseRecord;
class Event;
class OrganisationChart;
}  // namespace v1
class Counters;

// What an event of the log does to its case. Total: the event is a fact, nothing is left to refuse.
// A CHECK fails where the log contradicts itself. `sequence` is that of the event's command; the
// first event of a command adds it to the history.
void Apply(v1::CaseRecord& record, const v1::Event& event, uint64_t sequence);

// What an event does to the numbers given so far.
void Apply(Counters& counters, const v1::Event& event);

// Whether the event touches the organisation chart, and what it does to it.
bool ChangesChart(const v1::Event& event);
void Apply(v1::OrganisationChart& chart, const v1::Event& event);

}  // namespace onewindow
