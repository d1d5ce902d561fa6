#pragma once

#include <string>

#include "services/onewindow/exit_code.h"
#include "services/onewindow/wire.h"

namespace onewindow {

// How a command ends whose call failed: the server said no, or nobody could answer.
ExitCode ExitCodeOf(const CallFailure& failure);

// Only then may the same request be sent again blindly.
bool IsUnavailable(const CallFailure& failure);

// The server itself says that it takes nothing at present: then nothing was done. False where
// nobody answered, and where it failed in the midst.
bool IsSurelyNotDone(const CallFailure& failure);

// The line is down, or nothing of this caller is taken at present: the next request would fare no
// better. False for a fault of the program, which is of the one request alone.
bool StopsAll(const CallFailure& failure);

// How long the server asks to wait before another try; 0 where it does not say.
std::chrono::milliseconds RetryDelayOf(const CallFailure& failure);

// What the server named as its reason, a name of onewindow.v1.Reason; empty where it named none.
std::string ReasonOf(const CallFailure& failure);
// Of the case that has what was asked for; empty where the server names none.
std::string ReceiptNumberOf(const CallFailure& failure);
// What it says on one line, in Chinese as far as it speaks it.
std::string ExplanationOf(const CallFailure& failure);

// For people: in Chinese and in English, the reason, the case's stage and what it allows, the
// field.
std::string RefusalText(const CallFailure& failure);
// For programs: google.rpc.Status in JSON, its details spelt out, on one line.
std::string RefusalJson(const CallFailure& failure);

}  // namespace onewindow
