#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "engine/base/ids.h"
#include "onewindow/v1/answers.pb.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/commands.pb.h"

namespace onewindow {

// A case's whole life at the desk of desk_item.h, step by step.
enum class DeskStep { kSubmit, kAccept, kClaim, kDecide, kDeliver, kClose };

inline constexpr std::array kDeskSteps = {DeskStep::kSubmit, DeskStep::kAccept,  DeskStep::kClaim,
                                          DeskStep::kDecide, DeskStep::kDeliver, DeskStep::kClose};

// "submit_case": the step's command, as timelines name it.
const char* NameOf(DeskStep step);

// The stage in which a step leaves its case.
Stage StageAfter(DeskStep step);

// "run-17-2": of the 17th case's third step. The same for the same wish, which can be repeated so.
std::string RequestIdOf(const std::string& run, uint64_t number, DeskStep step);

// What a window sends for the run's `number`-th applicant: of the size and kind of a real form, the
// same bytes every time. `case_id` is 0 for the submission.
Command DeskCommand(const std::string& run, uint64_t number, DeskStep step, uint64_t case_id);

// What is wrong with the answer to a step; empty: nothing. `before` is the answer to the case's
// step before, empty for the submission.
std::string WrongIn(DeskStep step, const CommandOutcome& outcome, const CommandOutcome& before);

}  // namespace onewindow
