#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/casework/holders.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/catalog.pb.h"
#include "onewindow/v1/events.pb.h"
#include "tests/support/story/story_line.h"

namespace onewindow {

class WorkingCalendar;

// What came back from a line of a story.
struct StoryAnswer {
  std::vector<std::string> words;
  // The value of a key; nothing where there is no such key.
  std::function<std::optional<std::string>(const std::string& key)> value;
};

// Expected words are all of the answer's, from the first to the last, where "..." stands for any of
// them; expected keys have these values. Throws StoryError.
void CheckAnswer(const StoryLine& line, const StoryAnswer& answer);

// "stage", "result", "due", "promised", "cards", ...: a case as it stands.
std::optional<std::string> CaseValue(const CaseRecord& record, const WorkingCalendar& calendar,
                                     Instant now, const std::string& key);

// "promised", "step:review", "hand-over:2": the last such clock.
const Clock* FindStoryClock(const CaseRecord& record, const std::string& name);
StoryAnswer AnswerOfClock(const Clock& clock, const WorkingCalendar& calendar, Instant now);
// "counted 2025-09-28 (make-up) 2025-09-29; paused 2025-09-30; skipped 2025-10-01
// (国庆节、中秋节)".
StoryAnswer AnswerOfExplanation(const Clock& clock, const WorkingCalendar& calendar, Instant now);

// "review county-forestry claimed wang; ...".
StoryAnswer AnswerOfTasks(const CaseRecord& record);
// "east-hall li first-contact; forestry sender; ...".
StoryAnswer AnswerOfHolders(const std::vector<HeldStretch>& holders);
// 协办 in the order they were asked for.
StoryAnswer AnswerOfAssists(const CaseRecord& record);
// "1=面积_=_120_>_100_亩：环节「site-check」适用": each verdict on the form by its place in the
// item.
StoryAnswer AnswerOfConditions(const CaseRecord& record, const ServiceItem& item);
// "yellow step:review east-civil-affairs 2025/1 on 2025-10-11; ...", or "none".
StoryAnswer AnswerOfCards(const std::vector<Event>& events);
// "receipt east-hall 2025/1; ...".
StoryAnswer AnswerOfDocuments(const std::vector<Event>& events);
// "li east-window; li east-window file:scan; ...", or "none".
StoryAnswer AnswerOfReadings(const std::vector<Event>& events);
// "case-submitted task-opened ...".
StoryAnswer AnswerOfTimeline(const std::vector<Event>& events);

}  // namespace onewindow
