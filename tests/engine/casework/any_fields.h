#pragma once

#include <string>
#include <vector>

#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/commands.pb.h"
#include "tests/support/story/case_world.h"

namespace onewindow {

// What random wishes say besides their case and task, all of it drawn from the world: its chart,
// its items and the case. It makes sense more often than not.

// 0 to n - 1, all as likely from the first run on; rapidcheck's own ranges begin small.
int Below(int n);
// True once in `n` times.
bool Rarely(int n);

// Who holds a position in the same township or department, at whatever time.
std::vector<std::string> Colleagues(const CaseWorld& world, const std::string& organisation);

// Who holds a position of the organisation itself, at whatever time; "nobody" where there is none.
std::vector<std::string> Officers(const CaseWorld& world, const std::string& organisation);

void FillSubmission(SubmitCase& wish, const CaseWorld& world);
void FillEnquiry(RecordEnquiry& wish, const CaseWorld& world);
// Of a command about the case; its kind, case and task are there. Some have no other fields.
void FillFields(Command& command, const CaseWorld& world, const CaseRecord& record);

}  // namespace onewindow
