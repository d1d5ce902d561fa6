#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/commands.pb.h"

namespace onewindow {

// The life of a case.
//
//   submit ──► RECEIVED ──accept──► ACCEPTED ──acknowledge──► IN_REVIEW ──decide──► FINISHED
//              │   ▲  ▲                                       │                       │
//   request    │   │  └──────────── return to window ─────────┘   certificate at the  │
//   supplement ▼   │ receive                                         window, or none  ▼
//         SUPPLEMENTING materials                                                   READY
//                                                                                     │ deliver
//   refuse (RECEIVED), withdraw (before the decision) ──► FINISHED ──close──►         ▼
//   instant items: decide in RECEIVED ──► FINISHED                       CLOSED ◄── DELIVERED
//
//   record enquiry ──► ENQUIRY ──answer──► CLOSED
//
// A pause is a state of clocks, not a stage. An accepted file that need not leave its organisation
// is IN_REVIEW at once.

// Which commands a case admits by its stage and result, before any other rule; what a refusal names
// as allowed.
std::span<const Command::WishCase> AllowedIn(const CaseRecord& record);
bool Allows(const CaseRecord& record, Command::WishCase wish);

// "accept_case": the command's name in the vocabulary.
std::string_view CommandName(Command::WishCase wish);
// "RECEIVED": the stage without its prefix.
std::string_view StageName(Stage stage);

// The commands allowed now, by name.
std::vector<std::string> AllowedCommands(const CaseRecord& record);

}  // namespace onewindow
