#pragma once

namespace onewindow {

namespace v1 {
class CaseRecord;
}

// Fails a CHECK where the record breaks an invariant of engine/casework/README.md. Run on every
// record before it is committed.
void CheckInvariants(const v1::CaseRecord& record);

}  // namespace onewindow
