#include "engine/runtime/turn.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "engine/base/limits.h"
#include "engine/casework/apply.h"
#include "engine/casework/counted_refusal.h"
#include "engine/casework/decide.h"
#include "engine/casework/enquiry.h"
#include "engine/casework/filing.h"
#include "engine/casework/form.h"
#include "engine/casework/invariants.h"
#include "engine/casework/visit.h"
#include "engine/casework/wake.h"
#include "engine/catalog/catalogue.h"
#include "engine/clock/timestamp.h"
#include "engine/runtime/case_head_of.h"
#include "engine/runtime/case_rows.h"
#include "engine/runtime/case_store.h"
#include "engine/runtime/log_reader.h"
#include "engine/runtime/published_store.h"
#include "engine/runtime/refusals.h"
#include "engine/tables/schema.h"

namespace onewindow {
namespace {

// A case with more alarms due than this many commands fire goes on in a later turn.
constexpr int kAlarmRoundsMax = 64;

// Adds the time since its making, or the last lap, to a sum.
class Stopwatch {
 public:
  explicit Stopwatch(const TimeSource& time) : time_(&time), since_(time.Steady()) {}
  void Lap(Duration& sum) {
    const Duration now = time_->Steady();
    sum += now - since_;
    since_ = now;
  }

 private:
  const TimeSource* time_;
  Duration since_;
};

Submission AlarmsOf(CaseId case_id, Instant until) {
  Submission submission;
  submission.caller.set_person(std::string(kSystemPerson));
  submission.caller.set_channel(CHANNEL_SYSTEM);
  submission.case_id = case_id;
  FireAlarms& wish = *submission.command.mutable_fire_alarms();
  wish.set_case_id(case_id.value);
  *wish.mutable_until() = ToTimestamp(until);
  return submission;
}

// A late entry says when; all else happens now.
Instant HappenedAt(const Command& command, Instant now) {
  const Envelope& envelope = EnvelopeOf(command);
  return envelope.has_occurred_at() ? ToInstant(envelope.occurred_at()) : now;
}

// What the wish is about: the pinned version of the case's item, or the one that it will pin.
const ServiceItem* ItemOf(const Command& command, const CaseRecord& record, Instant at,
                          const Catalogue& catalogue) {
  if (command.has_submit_case()) return ItemInForce(catalogue, command.submit_case().item(), at);
  if (record.id() == 0) return nullptr;
  return catalogue.Find(record.item(), record.item_version());
}

const WorkingCalendar* CalendarFor(const Command& command, const CaseRecord& record,
                                   const ServiceItem* item, const Published& published) {
  const auto found = published.calendars.find(std::string(CalendarIdFor(command, record, item)));
  return found == published.calendars.end() ? nullptr : found->second.get();
}

bool IsAboutRights(Reason reason) {
  const google::protobuf::EnumValueDescriptor* value =
      Reason_descriptor()->FindValueByNumber(reason);
  const Refusal refusal = value->options().GetExtension(reason_text).refusal();
  return refusal == NO_RIGHT || refusal == UNKNOWN_THING;
}

Rejection RequestIdReused(const std::string& request_id) {
  return RuntimeRejection(
      REQUEST_ID_REUSED,
      "Expected a new request id, but '" + request_id + "' was used for another request",
      "envelope.request_id");
}

Fault Incident(const std::string& what) {
  return {FaultKind::kBug, "a bug of this server stopped the command: " + what};
}

bool IsSame(const LoggedCommand& logged, const Submission& submission) {
  return logged.request_id() == submission.request_id &&
         logged.caller().person() == submission.caller.person();
}

}  // namespace

Turn::Turn(const TurnTools& tools, Instant now)
    : tools_(tools), now_(now), end_(tools.state.end), published_(tools.state.published) {}

Answer Turn::Take(Submission submission) {
  if (auto answer = Remembered(submission)) {
    ++stats_.remembered;
    return *std::move(answer);
  }
  Result<WorkingCase*> working = Load(submission.case_id);
  if (!working.ok()) return working.fault();
  if (Status fired = FireDue(submission.case_id, *working.value()); !fired.ok()) {
    return fired.fault();
  }
  if (Status loaded = LoadEnquiry(submission.command); !loaded.ok()) return loaded.fault();
  if (Status loaded = LoadPaper(submission.command); !loaded.ok()) return loaded.fault();
  Result<FormTexts> form = OpenForm(submission, *working.value()->record);
  if (!form.ok()) return form.fault();
  return DecideOne(std::move(submission), *working.value(), form.value());
}

Status Turn::FireDue(CaseId case_id) {
  Result<WorkingCase*> working = Load(case_id);
  if (!working.ok()) return working.fault();
  return FireDue(case_id, *working.value());
}

// A case for which firing comes to nothing is set aside: it would be due for ever.
Status Turn::FireDue(CaseId case_id, WorkingCase& working) {
  for (int round = 0; round < kAlarmRoundsMax; ++round) {
    if (working.record->set_aside()) return {};
    const std::optional<Instant> wake = NextWake(*working.record);
    if (!wake || *wake > now_) return {};
    const Answer answer = DecideOne(AlarmsOf(case_id, now_), working);
    if (const auto* rejection = std::get_if<Rejection>(&answer)) {
      SetAside(AlarmsOf(case_id, now_), working, "alarms were refused: " + rejection->text);
    }
  }
  return {};
}

// An id of 0 gives the empty record that submissions and administration start from.
Result<Turn::WorkingCase*> Turn::Load(CaseId case_id) {
  const auto [place, is_new] = cases_.try_emplace(case_id);
  WorkingCase& working = place->second;
  if (!is_new) return &working;
  static const auto kNoCase = std::make_shared<const CaseRecord>();
  working.record = kNoCase;
  if (!case_id) return &working;
  if (const CommittedCase* kept = tools_.state.cache.Find(case_id)) {
    working.committed = *kept;
  } else {
    Result<std::optional<CommittedCase>> read = ReadCase(tools_.store, case_id);
    if (!read.ok()) {
      cases_.erase(place);
      return read.fault();
    }
    working.committed = std::move(read).value();
  }
  if (working.committed) {
    working.record = working.committed->record;
    working.head = working.committed->head;
  }
  return &working;
}

std::optional<Answer> Turn::Remembered(const Submission& submission) {
  const uint64_t hash = RecentRequests::HashOf(submission.caller.person(), submission.request_id);
  if (hash == 0) return std::nullopt;
  const auto [from, until] = requests_.equal_range(hash);
  for (auto place = from; place != until; ++place) {
    if (auto answer = AnswerFrom(submission, logged_[place->second])) return answer;
  }
  for (const Sequence sequence : tools_.state.log.requests.Find(hash, now_)) {
    Result<LoggedCommand> logged = LogReader(tools_.store).Read(sequence);
    if (!logged.ok()) return logged.fault();
    if (!IsSame(logged.value(), submission)) continue;
    LoggedStep step;
    step.case_id = CaseId{logged.value().case_id()};
    step.logged = std::make_shared<LoggedCommand>(std::move(logged).value());
    if (step.case_id) {
      Result<std::optional<CommittedCase>> read = ReadCase(tools_.store, step.case_id);
      if (!read.ok()) return read.fault();
      if (!read.value()) return Fault{FaultKind::kCorrupt, "a logged case is not there"};
      Result<CaseRecord> record = ReadCaseAsOf(tools_.store, *read.value()->record, sequence);
      if (!record.ok()) return record.fault();
      step.after = std::make_shared<CaseRecord>(std::move(record).value());
    }
    return AnswerFrom(submission, step);
  }
  return std::nullopt;
}

// Nothing where the step only shares the hash of its request id.
std::optional<Answer> Turn::AnswerFrom(const Submission& submission, const LoggedStep& step) const {
  if (!IsSame(*step.logged, submission)) return std::nullopt;
  if (step.logged->body_hash() != submission.body_hash) {
    return RequestIdReused(submission.request_id);
  }
  return AnswerOf({.sequence = Sequence{step.logged->sequence()},
                   .case_id = step.case_id,
                   .logged = step.logged,
                   .record = step.after});
}

// A refusal that is counted was logged as a fact, and stays a refusal for who asked.
Answer Turn::AnswerOf(Accepted accepted) {
  for (const Event& event : accepted.logged->events()) {
    if (auto refused = CountedRefusal(accepted.logged->command(), event)) return *refused;
  }
  return accepted;
}

std::optional<Rejection> Turn::StaleEtag(const Submission& submission,
                                         const CaseRecord& record) const {
  if (submission.etag.empty() || record.id() == 0) return std::nullopt;
  if (submission.etag == EtagOf(record)) return std::nullopt;
  Rejection rejection =
      RuntimeRejection(STALE_ETAG,
                       "Expected version " + submission.etag + " of case " +
                           std::to_string(record.id()) + ", but it has version " + EtagOf(record),
                       "envelope.etag");
  rejection.stage = record.stage();
  return rejection;
}

Result<FormTexts> Turn::OpenForm(const Submission& submission, const CaseRecord& record) const {
  FormTexts texts;
  if (!submission.open_field) return texts;
  const ServiceItem* item = ItemOf(submission.command, record, HappenedAt(submission.command, now_),
                                   *published_->catalogue);
  for (FormField& field : FormAfter(record, submission.command, item)) {
    if (Status opened = submission.open_field(field); !opened.ok()) return opened.fault();
    texts[field.name()] = field.value().text();
  }
  return texts;
}

Answer Turn::DecideOne(Submission submission, WorkingCase& working, const FormTexts& form) {
  Stopwatch watch(tools_.time);
  std::variant<Deduced, Rejection> deduced;
  try {
    const CheckScope scope;
    deduced = Deduce(submission, working, form);
  } catch (const CheckFailure& failure) {
    return SetAside(std::move(submission), working, failure.what());
  }
  watch.Lap(stats_.decide);
  const auto* refused = std::get_if<Rejection>(&deduced);
  // Who has no right to the case does not learn of its versions either.
  if (refused == nullptr || !IsAboutRights(refused->reason)) {
    if (auto stale = StaleEtag(submission, *working.record)) {
      ++stats_.rejected;
      return *stale;
    }
  }
  if (refused != nullptr) {
    ++stats_.rejected;
    return *refused;
  }
  Answer answer = Log(std::move(submission), working, std::get<Deduced>(std::move(deduced)));
  watch.Lap(stats_.encode);
  return answer;
}

// Everything that can find a bug of ours, before anything of the command is kept.
std::variant<Turn::Deduced, Rejection> Turn::Deduce(const Submission& submission,
                                                    const WorkingCase& working,
                                                    const FormTexts& form) {
  const Command& command = submission.command;
  const CaseRecord& record = *working.record;
  const Instant at = HappenedAt(command, now_);
  const ServiceItem* item = ItemOf(command, record, at, *published_->catalogue);
  const uint64_t sequence = end_.sequence.value + 1;
  const Context context{
      .now = now_,
      .at = at,
      .sequence = sequence,
      .caller = submission.caller,
      .item = item,
      .calendar = CalendarFor(command, record, item, *published_),
      .catalogue = *published_->catalogue,
      .organisation = *published_->organisation,
      .counters = tools_.state.working_counters,
      .open_case_of_applicant =
          command.has_submit_case() ? OpenCaseOfApplicant(command.submit_case()) : 0,
      .enquiry = EnquiryOf(command),
      .paper = PaperOf(command),
      .policy = tools_.policy,
      .form = form,
  };
  Decision decision = Decide(record, command, context);
  if (decision.rejected()) return decision.rejection();

  Decision::Outcome& outcome = decision.outcome();
  CHECK(!outcome.events.empty()) << "accepted, but nothing happened";
  CHECK(outcome.events.size() <= kEventsPerCommandMax) << outcome.events.size();
  Deduced deduced{.events = std::move(outcome.events), .next = nullptr, .head = {}};
  if (outcome.next.id() == 0) return deduced;  // Administration.
  CHECK(record.id() == 0 ? outcome.next.id() == sequence : outcome.next.id() == record.id());
  CheckInvariants(outcome.next);
  deduced.head = HeadOf(outcome.next, *published_->organisation, *published_->catalogue);
  deduced.next = std::make_shared<const CaseRecord>(std::move(outcome.next));
  return deduced;
}

uint64_t Turn::OpenCaseOfApplicant(const SubmitCase& wish) const {
  const ServiceItem* item = published_->catalogue->Current(wish.item());
  if (item == nullptr) return 0;
  const ItemNumber number{item->number()};
  uint64_t open_case = OpenCaseOf(ApplicantHash(wish.applicant(), number));
  for (const Applicant& applicant : wish.co_applicants()) {
    if (open_case == 0) open_case = OpenCaseOf(ApplicantHash(applicant, number));
  }
  return open_case;
}

// Heads know the first applicant of a case only.
uint64_t Turn::OpenCaseOf(uint64_t hash) const {
  if (hash == 0) return 0;
  const auto is_open = [this](CaseId case_id) {
    const auto working = cases_.find(case_id);
    return working == cases_.end() || working->second.record->stage() != STAGE_CLOSED;
  };
  const auto& applicants = tools_.state.cases.applicants();
  auto place = applicants.LowerBound({.applicant = hash, .case_id = CaseId{}});
  for (; !place.at_end() && (*place).applicant == hash; ++place) {
    if (is_open((*place).case_id)) return (*place).case_id.value;
  }
  const auto found = new_applicants_.find(hash);
  return found != new_applicants_.end() && is_open(found->second) ? found->second.value : 0;
}

Status Turn::LoadEnquiry(const Command& command) {
  if (command.submit_case().enquiry() == 0) return {};
  Result<WorkingCase*> loaded = Load(CaseId{command.submit_case().enquiry()});
  return loaded.ok() ? Status() : Status(loaded.fault());
}

// Null where the command names none, or one that is not there. Requires: it is loaded.
const CaseRecord* Turn::EnquiryOf(const Command& command) const {
  const auto found = cases_.find(CaseId{command.submit_case().enquiry()});
  if (found == cases_.end() || found->second.record->id() == 0) return nullptr;
  return found->second.record.get();
}

Status Turn::LoadPaper(const Command& command) {
  const std::string key = PaperKeyOf(command.submit_case().external_numbers());
  if (key.empty() || papers_.contains(key)) return {};
  Result<std::optional<std::string>> row = tools_.store.Get(families::kDirectory, key);
  if (!row.ok()) return row.fault();
  if (!row.value()) return {};
  const CaseId case_id = CaseOfValue(*row.value()).value_or(CaseId{});
  Result<WorkingCase*> working = Load(case_id);
  if (!working.ok()) return working.fault();
  if (!working.value()->committed) return Fault{FaultKind::kCorrupt, "a paper's case is not there"};
  Result<CaseRecord> submitted =
      ReadCaseAsOf(tools_.store, *working.value()->committed->record, Sequence{case_id.value});
  if (!submitted.ok()) return submitted.fault();
  papers_[key] = std::make_shared<const CaseRecord>(std::move(submitted).value());
  return {};
}

// The case that has the number of the submission's paper, as it was submitted; null where none has.
// Requires: it is loaded.
const CaseRecord* Turn::PaperOf(const Command& command) const {
  const auto found = papers_.find(PaperKeyOf(command.submit_case().external_numbers()));
  return found == papers_.end() ? nullptr : found->second.get();
}

Answer Turn::Log(Submission submission, WorkingCase& working, Deduced deduced) {
  auto logged = std::make_shared<LoggedCommand>();
  *logged->mutable_recorded_at() = ToTimestamp(now_);
  logged->mutable_caller()->Swap(&submission.caller);
  logged->set_request_id(std::move(submission.request_id));
  logged->set_body_hash(std::move(submission.body_hash));
  logged->mutable_command()->Swap(&submission.command);
  for (Event& event : deduced.events) logged->add_events()->Swap(&event);
  const CaseId case_id{deduced.next == nullptr ? 0 : deduced.next->id()};
  logged->set_case_id(case_id.value);
  Accepted accepted{.sequence = {}, .case_id = case_id, .logged = logged, .record = deduced.next};
  if (submission.intent == Intent::kValidateOnly) return AnswerOf(std::move(accepted));

  logged->set_sequence(end_.sequence.value + 1);
  accepted.sequence = Sequence{logged->sequence()};
  Append(*logged);
  // A new case has a place of its own from now on; it was decided on the empty one.
  WorkingCase& place = case_id ? cases_[case_id] : working;
  LoggedStep step{.case_id = case_id,
                  .logged = logged,
                  .before = case_id ? working.record : nullptr,
                  .after = deduced.next,
                  .published = published_};
  if (case_id) {
    place.changed = place.changed || !OnlyReads(*logged);
    place.record = deduced.next;
    place.head = std::move(deduced.head);
  }
  AddRows(step, submission.wrapped_key);
  logged_.push_back(std::move(step));
  return AnswerOf(std::move(accepted));
}

Answer Turn::SetAside(Submission submission, WorkingCase& working, const std::string& incident) {
  ++stats_.incidents;
  const uint64_t case_id = working.record->id();
  spdlog::error("incident with a command of case {}: {}", case_id, incident);
  if (case_id == 0 || submission.intent == Intent::kValidateOnly) return Incident(incident);

  Deduced deduced;
  Event& event = deduced.events.emplace_back();
  *event.mutable_occurred_at() = ToTimestamp(now_);
  event.mutable_case_set_aside()->set_incident(incident);
  CaseRecord next = *working.record;
  Apply(next, event, end_.sequence.value + 1);
  deduced.head = HeadOf(next, *published_->organisation, *published_->catalogue);
  deduced.next = std::make_shared<const CaseRecord>(std::move(next));
  // The command is kept for whoever looks into it, but was not done: its id stays unused.
  submission.request_id.clear();
  submission.body_hash.clear();
  Log(std::move(submission), working, std::move(deduced));
  return Incident(incident);
}

}  // namespace onewindow
