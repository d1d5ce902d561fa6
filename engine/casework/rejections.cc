#include "engine/casework/rejections.h"

#include "engine/casework/life.h"

namespace onewindow {

Rejection Refused(Reason reason, const CaseRecord& current, std::string_view wish,
                  std::string_view fact) {
  Rejection rejection;
  rejection.reason = reason;
  rejection.text = "Expected to " + std::string(wish);
  if (current.id() != 0) rejection.text += " case " + std::to_string(current.id());
  rejection.text += ", but " + std::string(fact);
  rejection.stage = current.stage();
  rejection.allowed = AllowedCommands(current);
  return rejection;
}

Rejection RefusedField(Reason reason, std::string_view field, std::string_view text) {
  Rejection rejection;
  rejection.reason = reason;
  rejection.field = std::string(field);
  rejection.text = std::string(field) + ": " + std::string(text);
  return rejection;
}

Rejection WrongStage(const CaseRecord& current, std::string_view wish) {
  return Refused(WRONG_STAGE, current, wish,
                 "it is in stage " + std::string(StageName(current.stage())));
}

}  // namespace onewindow
