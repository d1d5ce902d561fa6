#pragma once

#include <ostream>
#include <string>

#include "engine/casework/decision.h"
#include "services/onewindow/desk_book.h"
#include "services/onewindow/wire.h"

namespace onewindow {

enum class Personal { kLeftOut, kShown };

DeskLine LineOf(const DeskCase& known, Personal personal);
void PrintDeskList(const DeskList& list, std::ostream& out);

// What became of a case that was sent, for programs: nothing of the applicant but the query code,
// which he is to be given. Or why it stays as it was.
DeskLine SettledLine(const DeskCase& known);
DeskLine LeftLine(const DeskCase& known, const CallFailure& why);

// What became of a case that was sent: its receipt, or why it is held back and what to do.
void PrintSettled(const DeskCase& known, std::ostream& out);
// Why nothing became of it, and what to do.
void PrintLeft(const DeskCase& known, const CallFailure& why, std::ostream& out);

// Why a submission was not recorded.
std::string NotRecordedText(const Rejection& rejection);

}  // namespace onewindow
