#include "services/onewindow/diagnosis.h"

#include <algorithm>

#include "engine/base/check.h"
#include "services/onewindow/table.h"

namespace onewindow {
namespace {

std::string HealthText(Health health) {
  switch (health) {
    case Health::kGood:
      return "ok";
    case Health::kWarning:
      return "warning";
    case Health::kFault:
      return "error";
  }
  CHECK(false) << "no such health";
  return "";
}

}  // namespace

ExitCode PrintDiagnoses(const std::vector<Diagnosis>& diagnoses, Terminal& terminal) {
  Table table({"", "SUBJECT", "FINDING"});
  auto worst = Health::kGood;
  for (const Diagnosis& diagnosis : diagnoses) {
    table.Add({HealthText(diagnosis.health), diagnosis.subject, diagnosis.text});
    worst = std::max(worst, diagnosis.health);
  }
  table.Print(terminal.out);
  return worst == Health::kGood ? ExitCode::kOk : ExitCode::kCheckFailed;
}

}  // namespace onewindow
