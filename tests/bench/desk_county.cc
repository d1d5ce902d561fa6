#include "tests/bench/desk_county.h"

#include <filesystem>
#include <fstream>
#include <future>
#include <utility>
#include <variant>
#include <vector>

#include "engine/calendar/calendar_document.h"
#include "engine/casework/context.h"
#include "engine/runtime/engine.h"
#include "tests/bench/desk_item.h"

namespace onewindow {
namespace {

// The first chart of a server comes from the system, because nobody holds a position before it.
Status Publish(Engine& engine, Command command) {
  std::promise<Answer> promise;
  engine.Submit(kSystemPerson, std::move(command),
                [&promise](Answer answer) { promise.set_value(std::move(answer)); });
  const Answer answer = promise.get_future().get();
  if (const auto* fault = std::get_if<Fault>(&answer)) return *fault;
  if (const auto* rejection = std::get_if<Rejection>(&answer)) {
    return Fault{FaultKind::kInvalid, "the desk county was refused: " + rejection->text};
  }
  return {};
}

std::vector<Command> Publications() {
  const auto calendars = std::filesystem::path(ONEWINDOW_SOURCE_DIR) / "deploy/calendars/china";
  std::vector<Command> publications(3);
  *publications[0].mutable_publish_organisation()->mutable_chart() = DeskChart();
  *publications[1].mutable_publish_calendar()->mutable_calendar() =
      ReadCalendarDirectory(calendars).message;
  *publications[2].mutable_publish_item()->mutable_item() = DeskItem();
  return publications;
}

// With the SHA-256 of the token.
constexpr char kCredentials[] = R"(credentials:
  - token_sha256: 1e13b68d2aa1282cd6da21583d01fb66a7a68bc095bcaf09c20444a9fa1ecbfb
    person: li
)";

}  // namespace

Status MakeDeskCounty(const std::string& directory) {
  const SystemTime time;
  EngineOptions options;
  options.data_directory = directory;
  auto engine = Engine::Open(options, time);
  if (!engine.ok()) return engine.fault();
  for (Command& command : Publications()) {
    if (auto done = Publish(*engine.value(), std::move(command)); !done.ok()) return done;
  }
  std::ofstream(directory + "/credentials.yaml") << kCredentials;
  return {};
}

}  // namespace onewindow
