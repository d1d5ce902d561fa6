#pragma once

#include <string_view>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "onewindow/v1/case.pb.h"

namespace onewindow {

enum class IdentityNumberFlaw {
  kNone,
  kForm,   // Not 17 digits and a digit or X.
  kBirth,  // Its digits 7 to 14 are no day between 1900 and `today`.
  kCheck,  // A digit is wrong, or two are exchanged.
};

// What is wrong with a 公民身份号码. A number without a flaw need not have been given to anybody.
// Source: GB 11643-1999.
IdentityNumberFlaw FlawOfIdentityNumber(std::string_view number, Date today);

// The applicant's identity number looks like a slip. Numbers that were given with a wrong check
// character exist, so that it is a warning and refuses nothing. Requires: it is not sealed.
bool IsDoubtful(const Applicant& applicant, Date today);

}  // namespace onewindow
