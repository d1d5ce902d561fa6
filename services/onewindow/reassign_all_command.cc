#include "services/onewindow/reassign_all_command.h"

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/ids.h"
#include "onewindow/v1/back_office.pb.h"
#include "services/onewindow/api.h"
#include "services/onewindow/caller.h"
#include "services/onewindow/command_tree.h"
#include "services/onewindow/progress_bar.h"
#include "services/onewindow/refusal.h"

namespace onewindow {
namespace {

struct Reassignment {
  std::string from_position;
  std::string to_position;
  std::string person;
  std::string reason;
};

class ReassignAll {
 public:
  ReassignAll(Wire& wire, const CallOptions& options, const Reassignment& wanted,
              Terminal& terminal)
      : caller_(wire,
                std::chrono::milliseconds(static_cast<int64_t>(options.timeout_seconds * 1000))),
        position_(options.position),
        wanted_(wanted),
        terminal_(terminal) {}

  ExitCode Run() {
    ListWorklistRequest request;
    request.set_position(position_);
    request.set_of_position(wanted_.from_position);
    auto answer = caller_.CallForAll(*FindMethod("BackOffice.ListWorklist"), request);
    if (auto* failure = std::get_if<CallFailure>(&answer)) return Ended(*failure);
    const auto& list = static_cast<const ListWorklistResponse&>(*std::get<0>(answer));
    std::vector<const WorklistEntry*> theirs;
    for (const WorklistEntry& entry : list.entries()) {
      if (IsWanted(entry.task())) theirs.push_back(&entry);
    }
    return ReassignEach(theirs);
  }

 private:
  // Claimed by the position, or given to it and not claimed yet; the rest anybody may take on.
  bool IsWanted(const Task& task) const {
    return task.position() == wanted_.from_position &&
           (wanted_.person.empty() || task.person() == wanted_.person);
  }

  ExitCode ReassignEach(const std::vector<const WorklistEntry*>& entries) {
    ProgressBar bar(terminal_, "reassigning");
    size_t refused = 0;
    for (size_t i = 0; i < entries.size(); ++i) {
      auto answer = caller_.Call(*FindMethod("BackOffice.Reassign"), RequestFor(*entries[i]));
      if (auto* failure = std::get_if<CallFailure>(&answer)) {
        if (StopsAll(*failure)) {
          terminal_.out << "reassigned " << i - refused << ", refused " << refused << ", left "
                        << entries.size() - i << '\n';
          return Ended(*failure);
        }
        ++refused;
        Complain(terminal_, "case " + std::to_string(entries[i]->case_id()) + ", task " +
                                std::to_string(entries[i]->task().id()) + ": " +
                                RefusalText(*failure));
      }
      bar.Show(i + 1, entries.size());
    }
    terminal_.out << "reassigned " << entries.size() - refused << ", refused " << refused << '\n';
    return refused == 0 ? ExitCode::kOk : ExitCode::kCheckFailed;
  }

  // The same wish has the same id, however often the command is run; a task that came back to the
  // position since is another wish.
  ReassignTask RequestFor(const WorklistEntry& entry) const {
    ReassignTask request;
    Envelope& envelope = *request.mutable_envelope();
    envelope.set_position(position_);
    envelope.set_channel(CHANNEL_WINDOW);
    envelope.set_request_id(
        "reassign-" + std::to_string(entry.case_id()) + "-" + std::to_string(entry.task().id()) +
        "-" + std::to_string(entry.task().since().seconds()) + "-" + wanted_.to_position);
    request.set_case_id(entry.case_id());
    request.set_task_id(entry.task().id());
    request.set_to_position(wanted_.to_position);
    if (!wanted_.reason.empty()) request.mutable_reason()->set_text(wanted_.reason);
    return request;
  }

  ExitCode Ended(const CallFailure& failure) {
    Complain(terminal_, RefusalText(failure));
    return ExitCodeOf(failure);
  }

  Caller caller_;
  const std::string position_;
  const Reassignment& wanted_;
  Terminal& terminal_;
};

ExitCode Run(const Calls& calls, const Reassignment& wanted, Terminal& terminal) {
  auto wire = calls.Open();
  if (!wire.ok()) return Fail(terminal, wire.fault());
  return ReassignAll(*wire.value(), calls.options, wanted, terminal).Run();
}

}  // namespace

void AddReassignAllCommand(CommandTree& tree, const std::shared_ptr<Calls>& calls) {
  auto wanted = std::make_shared<Reassignment>();
  CLI::App& command = tree.Add(
      {.words = "reassign-all",
       .heading = "Back office",
       .help = "Give everything that a position holds to another, when somebody leaves",
       .example = "onewindow reassign-all --position zhaozhen-civil-affairs-head --from-position "
                  "zhaozhen-civil-affairs-handler --to-position zhaozhen-civil-affairs-head"},
      [calls, wanted](Terminal& terminal) { return Run(*calls, *wanted, terminal); });
  command.add_option("--from-position", wanted->from_position, "Who holds the tasks")->required();
  command.add_option("--to-position", wanted->to_position, "The position that is to do them")
      ->required();
  command.add_option("--person", wanted->person, "Only what this person claimed");
  command.add_option("--reason", wanted->reason, "Why, for the record");
}

}  // namespace onewindow
