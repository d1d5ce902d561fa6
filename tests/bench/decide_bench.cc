// How many commands a core decides and applies, without queue, log or disk.
// Limit: about 2 µs a command for 500,000/s; a copy of a 600-byte record with its strings costs a
// part of that.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/calendar/calendar_document.h"
#include "engine/calendar/working_calendar.h"
#include "engine/casework/apply.h"
#include "engine/casework/counters.h"
#include "engine/casework/decide.h"
#include "engine/casework/invariants.h"
#include "engine/catalog/catalogue.h"
#include "engine/catalog/defaults.h"
#include "engine/organisation/organisation_index.h"
#include "engine/organisation/read_chart.h"
#include "onewindow/v1/log.pb.h"
#include "tests/bench/desk_item.h"

namespace onewindow {
namespace {

struct Wish {
  Command command;
  Caller caller;
};

Caller At(const std::string& person, const std::string& position) {
  Caller caller;
  caller.set_person(person);
  caller.set_position(position);
  caller.set_channel(CHANNEL_WINDOW);
  return caller;
}

Sealed Box() {
  Sealed sealed;
  sealed.set_box(std::string(60, 'x'));
  return sealed;
}

// One case from submission to its end, all at one desk.
std::vector<Wish> Life(const Caller& caller) {
  std::vector<Wish> wishes(6, Wish{.command = {}, .caller = caller});
  SubmitCase& submit = *wishes[0].command.mutable_submit_case();
  submit.set_item("desk-item");
  Applicant& applicant = *submit.mutable_applicant();
  applicant.set_kind(Applicant::NATURAL_PERSON);
  *applicant.mutable_name() = Box();
  applicant.set_document_type(Applicant::IDENTITY_NUMBER);
  *applicant.mutable_document_number() = Box();
  applicant.set_pseudonym(std::string(16, 'p'));
  submit.add_materials("form");
  wishes[1].command.mutable_accept_case();
  wishes[2].command.mutable_claim_task();
  DecideCase& decide = *wishes[3].command.mutable_decide_case();
  decide.set_result(GRANTED);
  *decide.mutable_opinion() = Box();
  DeliverCase& deliver = *wishes[4].command.mutable_deliver_case();
  deliver.set_mode(AT_WINDOW);
  deliver.set_taker(DeliverCase::APPLICANT_HIMSELF);
  *deliver.mutable_taker_name() = Box();
  *deliver.mutable_taker_document_number() = Box();
  wishes[5].command.mutable_close_case();
  return wishes;
}

int Run(int cases) {
  std::filesystem::path deploy = std::filesystem::path(ONEWINDOW_SOURCE_DIR) / "deploy";
  auto loaded = ReadCalendarDirectory(deploy / "calendars/china");
  Calendar document = loaded.message;
  document.set_version(1);
  WorkingCalendar calendar = WorkingCalendar::Make(document).value();
  OrganisationIndex organisation = OrganisationIndex::Build(DeskChart()).value();
  Catalogue catalogue;
  catalogue = catalogue.With(catalogue.Numbered(WithDefaults(DeskItem())));
  Counters counters;
  Caller caller = At("li", "window");
  std::vector<Wish> life = Life(caller);

  Instant now = StartOf(MakeDate(2026, 3, 2), kBeijing) + std::chrono::hours(9);
  uint64_t sequence = 0;
  uint64_t events = 0;
  auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < cases; ++i) {
    CaseRecord record;
    for (const Wish& wish : life) {
      now += std::chrono::milliseconds(1);
      Context context{.now = now,
                      .at = now,
                      .sequence = ++sequence,
                      .caller = wish.caller,
                      .item = catalogue.Current("desk-item"),
                      .calendar = &calendar,
                      .catalogue = catalogue,
                      .organisation = organisation,
                      .counters = counters};
      Decision decision = Decide(record, wish.command, context);
      if (decision.rejected()) {
        std::fprintf(stderr, "refused: %s\n", decision.rejection().text.c_str());
        return 1;
      }
      for (const Event& event : decision.outcome().events) Apply(counters, event);
      events += decision.outcome().events.size();
      record = std::move(decision.outcome().next);
      CheckInvariants(record);
    }
  }
  double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::printf("decide and apply: %.0f commands/s on one core (%.2f us each, %.1f events each)\n",
              static_cast<double>(sequence) / seconds,
              seconds * 1e6 / static_cast<double>(sequence),
              static_cast<double>(events) / static_cast<double>(sequence));
  return 0;
}

}  // namespace
}  // namespace onewindow

// decide_bench [CASES]
int main(int argc, char** argv) { return onewindow::Run(argc > 1 ? std::atoi(argv[1]) : 100'000); }
