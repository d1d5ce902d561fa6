#include "engine/casework/appliers.h"

namespace onewindow {

void ApplyFact(CaseRecord& record, const FileAttached& fact, EventAt) {
  *record.add_attachments() = fact.attachment();
}

}  // namespace onewindow
