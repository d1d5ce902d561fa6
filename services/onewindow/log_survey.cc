#include "services/onewindow/log_survey.h"

#include <algorithm>

#include "engine/runtime/chain.h"
#include "engine/runtime/log_reader.h"

namespace onewindow {
namespace {

bool SameHash(std::string_view stored, const std::array<uint8_t, 32>& computed) {
  return std::ranges::equal(stored, computed, [](char byte, uint8_t expected) {
    return static_cast<uint8_t>(byte) == expected;
  });
}

}  // namespace

Result<LogSurvey> SurveyLog(const Reader& store) {
  LogSurvey survey;
  ChainHasher hasher;
  ChainEnd end;
  Status read = VisitLog(
      store, Sequence{1}, [&](Sequence sequence, std::string_view body, std::string_view hash) {
        if (!survey.unbroken()) {
          ++survey.behind;
          return Visit::kContinue;
        }
        end = hasher.Extend(end, body);
        if (sequence != end.sequence) {
          survey.broken_by = "command " + std::to_string(end.sequence.value) +
                             " is missing; the next is " + std::to_string(sequence.value);
        } else if (!SameHash(hash, end.hash)) {
          survey.broken_by =
              "command " + std::to_string(sequence.value) + " breaks the chain of hashes";
        } else {
          survey.whole_until = sequence;
        }
        if (!survey.unbroken()) ++survey.behind;
        return Visit::kContinue;
      });
  if (read.ok()) return survey;
  if (read.fault().kind != FaultKind::kCorrupt) return read.fault();
  if (survey.unbroken()) survey.broken_by = read.fault().message;
  return survey;
}

}  // namespace onewindow
