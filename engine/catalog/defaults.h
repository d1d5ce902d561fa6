#pragma once

#include "engine/base/ids.h"
#include "onewindow/v1/catalog.pb.h"

namespace onewindow {

// The item with what it leaves out filled in; the only place where defaults are given.
//   calendar      "china"
//   accepted_by   WINDOW
//   certificate   LICENSING: PAPER_CERTIFICATE (Art. 39); else NO_CERTIFICATE
//   intake_limit, delivery_limit   LICENSING: 5 and 10 working days (Art. 32, Art. 44); else none
//   material      FROM_APPLICANT
//   step's duty   DECIDE: DECISION; else HANDLING
//   public notice COUNTED
//   thresholds    near from 90 %, limits under 3 days on their last day; a yellow card when a step
//   is
//                 overdue, a red one when the promise or the law's limit is
ServiceItem WithDefaults(ServiceItem item);

}  // namespace onewindow
