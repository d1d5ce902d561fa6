#include "services/onewindow/desk_check.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/casework/applicant.h"
#include "engine/casework/context.h"
#include "engine/casework/counters.h"
#include "engine/casework/decide.h"
#include "engine/casework/form.h"
#include "engine/casework/identity_number.h"
#include "engine/catalog/defaults.h"
#include "engine/clock/timestamp.h"
#include "onewindow/v1/log.pb.h"
#include "services/onewindowd/county.h"

namespace onewindow {
namespace {

// The calendar bounds it all the same.
constexpr std::chrono::days kHoweverLate{1'000'000};

std::optional<Rejection> CheckByEngine(const SubmitCase& submission, const DeskCounty& county,
                                       Instant now) {
  const Envelope& envelope = submission.envelope();
  Caller caller;
  caller.set_position(envelope.position());
  // Who the token will say is unknown without the server.
  caller.set_person(HolderOf(envelope.position(), county.organisation, DateOf(now, kBeijing)));
  caller.set_channel(envelope.channel());
  const ServiceItem* item = county.catalogue.Current(submission.item());
  const auto calendar = county.calendars.find(item == nullptr ? std::string() : item->calendar());
  Command command;
  *command.mutable_submit_case() = submission;
  command.mutable_submit_case()->clear_enquiry();
  const Counters none_given;
  const Context context{
      .now = now,
      .at = ToInstant(envelope.occurred_at()),
      .sequence = 1,
      .caller = caller,
      .item = item,
      .calendar = calendar == county.calendars.end() ? nullptr : &calendar->second,
      .catalogue = county.catalogue,
      .organisation = county.organisation,
      .counters = none_given,
      .policy = {.late_entry_max = kHoweverLate},
      .form = FormTextsAfter(CaseRecord(), command, item)};
  const Decision decision = Decide(CaseRecord(), command, context);
  if (!decision.rejected()) return std::nullopt;
  return decision.rejection();
}

}  // namespace

std::string HolderOf(const std::string& position, const OrganisationIndex& organisation, Date day) {
  for (const Holding& holding : organisation.chart().holdings()) {
    if (holding.position() == position && organisation.Holds(holding.person(), position, day)) {
      return holding.person();
    }
  }
  return "";
}

bool HasDoubtfulNumber(const SubmitCase& submission, Instant now) {
  const auto is_doubtful = [today = DateOf(now, kBeijing)](const Applicant& applicant) {
    return IsDoubtful(applicant, today);
  };
  return is_doubtful(submission.applicant()) ||
         std::ranges::any_of(submission.co_applicants(), is_doubtful);
}

Result<DeskCounty> ReadDeskCounty(const std::string& directory) {
  auto read = ReadCounty(directory);
  if (!read.ok()) return read.fault();
  auto organisation = OrganisationIndex::Build(std::move(read.value().chart));
  if (!organisation.ok()) return organisation.fault();
  DeskCounty county{
      .catalogue = {}, .organisation = std::move(organisation).value(), .calendars = {}};
  for (ServiceItem& item : read.value().items) {
    county.catalogue =
        county.catalogue.With(county.catalogue.Numbered(WithDefaults(std::move(item))));
  }
  for (const Calendar& document : read.value().calendars) {
    auto calendar = WorkingCalendar::Make(document);
    if (!calendar.ok()) return calendar.fault();
    county.calendars.emplace(document.id(), std::move(calendar).value());
  }
  return county;
}

std::optional<Rejection> CheckOffline(const SubmitCase& submission, const DeskCounty* county,
                                      Instant now) {
  if (auto refused = CheckApplicant(submission.applicant(), "applicant")) return refused;
  if (county == nullptr) return std::nullopt;
  return CheckByEngine(submission, *county, now);
}

}  // namespace onewindow
