#include "engine/clock/explain_text.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include "engine/clock/explain.h"
#include "engine/clock/timestamp.h"

namespace onewindow {
namespace {

std::string_view UnitOf(LimitUnit unit) {
  switch (unit) {
    case WORKING_DAYS:
      return "个工作日";
    case CALENDAR_DAYS:
      return "个自然日";
    case SERVICE_HOURS:
      return "个服务小时";
    case UNTIL:
    case LIMIT_UNIT_UNSPECIFIED:
    case LimitUnit_INT_MIN_SENTINEL_DO_NOT_USE_:
    case LimitUnit_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return "";
}

bool InHours(const ClockExplanation& explanation) {
  return explanation.clock().limit().unit() == SERVICE_HOURS;
}

std::string Amount(const ClockExplanation& explanation, int64_t amount) {
  return std::to_string(amount) + (InHours(explanation) ? "分钟" : "天");
}

std::string DueText(const ClockExplanation& explanation, UtcOffset zone) {
  Instant due = ToInstant(explanation.due_at());
  bool to_the_minute = InHours(explanation) || explanation.clock().limit().unit() == UNTIL;
  std::string text =
      "截止" + (to_the_minute ? FormatMinute(due, zone) : FormatDate(DateOf(due, zone)));
  if (explanation.provisional()) text += "（超出已公布的日历，暂定）";
  return text;
}

std::string BudgetText(const ClockExplanation& explanation) {
  const Clock& clock = explanation.clock();
  if (clock.limit().unit() == UNTIL) return std::string(ClockTitle(clock.kind()));
  std::string unit(UnitOf(clock.limit().unit()));
  std::string text =
      std::string(ClockTitle(clock.kind())) + std::to_string(clock.limit().amount()) + unit;
  int64_t total = InHours(explanation) ? explanation.budget() / 60 : explanation.budget();
  int64_t granted = total - clock.limit().amount();
  if (granted == 0) return text;
  return text + "，经批准延长" + std::to_string(granted) + unit + "，共" + std::to_string(total) +
         unit;
}

std::string StandingText(const ClockExplanation& explanation) {
  if (explanation.clock().limit().unit() == UNTIL) return "";
  std::string text = "，已用" + Amount(explanation, explanation.consumed());
  if (explanation.light() == LIGHT_OVERDUE) {
    return text + "，超期" + Amount(explanation, std::max<int64_t>(0, -explanation.remaining()));
  }
  return text + "，剩余" + Amount(explanation, explanation.remaining());
}

std::string StateText(const ClockExplanation& explanation) {
  if (explanation.state() == LedgerEntry::PAUSED) return "，现暂停计时";
  if (explanation.state() == LedgerEntry::STOPPED) return "，已停止计时";
  return "";
}

// "跳过周末2天、节假日8天（国庆节、中秋节）；...": how the days of the list came out.
std::string TallyText(const ClockExplanation& explanation) {
  std::map<ClockDay::Verdict, int> tally;
  std::vector<std::string> festivals;
  for (const ClockDay& day : explanation.days()) {
    ++tally[day.verdict()];
    bool is_new = std::find(festivals.begin(), festivals.end(), day.name()) == festivals.end();
    if (day.verdict() == ClockDay::SKIPPED_HOLIDAY && is_new) festivals.push_back(day.name());
  }
  std::string holidays = "节假日";
  for (size_t i = 0; i < festivals.size(); ++i) holidays += (i == 0 ? "（" : "、") + festivals[i];
  if (!festivals.empty()) holidays += "）";
  struct Part {
    ClockDay::Verdict verdict;
    std::string name;
  };
  const std::vector<Part> parts = {{ClockDay::COUNTED_MAKE_UP, "含调休上班"},
                                   {ClockDay::COUNTED_GRANTED, "含延长期限"},
                                   {ClockDay::SKIPPED_WEEKEND, "不计周末"},
                                   {ClockDay::SKIPPED_HOLIDAY, "不计" + holidays},
                                   {ClockDay::PAUSED, "暂停不计"},
                                   {ClockDay::ROLLED, "末日逢休息日顺延"}};
  std::string text;
  for (const Part& part : parts) {
    if (tally[part.verdict] == 0) continue;
    text += (text.empty() ? "" : "；") + part.name + std::to_string(tally[part.verdict]) + "天";
  }
  return text;
}

}  // namespace

std::string_view ClockTitle(ClockKind kind) {
  switch (kind) {
    case INTAKE:
      return "受理审查期限";
    case STATUTORY:
      return "法定时限";
    case PROMISED:
      return "承诺时限";
    case STEP:
      return "环节时限";
    case APPLICANT:
      return "补正期限";
    case HAND_OVER:
      return "签收时限";
    case NOTICE:
      return "公示期";
    case DELIVERY:
      return "送达时限";
    case SUSPENSION:
      return "特别程序期限";
    case REPLY:
      return "答复期限";
    case ASSISTANCE:
      return "协办期限";
    case CLOCK_KIND_UNSPECIFIED:
    case ClockKind_INT_MIN_SENTINEL_DO_NOT_USE_:
    case ClockKind_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return "时限";
}

std::string ExplanationText(const ClockExplanation& explanation, UtcOffset zone,
                            ListedDays listed) {
  Instant start = ToInstant(explanation.clock().ledger(0).from());
  std::string text = "自" + FormatDate(DateOf(start, zone)) + "起，" + BudgetText(explanation) +
                     StandingText(explanation) + StateText(explanation);
  if (explanation.has_due_at()) text += "，" + DueText(explanation, zone);
  text += "。";
  if (std::string tally = TallyText(explanation); !tally.empty()) text += "\n" + tally + "。";
  if (listed == ListedDays::kCutShort) {
    text += "\n逐日明细只列前" + std::to_string(kExplainedDaysMax) + "天。";
  }
  return text;
}

}  // namespace onewindow
