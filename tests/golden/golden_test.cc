#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "engine/casework/apply.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/events.pb.h"
#include "onewindow/v1/log.pb.h"
#include "tests/golden/filled_message.h"
#include "tests/support/story/story.h"

namespace onewindow {
namespace {

namespace fs = std::filesystem;
using google::protobuf::Message;
using google::protobuf::TextFormat;
using google::protobuf::util::MessageDifferencer;

const fs::path kTests = fs::path(ONEWINDOW_SOURCE_DIR) / "tests";

fs::path GoldenFile(const std::string& name) { return kTests / "golden" / name; }

bool UpdatesGolden() { return std::getenv("ONEWINDOW_UPDATE_GOLDEN") != nullptr; }

std::string ReadText(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// Only what is missing: released files are never overwritten.
void WriteIfMissing(const fs::path& file, const std::string& text) {
  if (!UpdatesGolden() || fs::exists(file)) return;
  std::ofstream(file) << text;
}

// 32 bytes a line.
std::string Hex(const std::string& bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  constexpr size_t kBytesPerLine = 32;
  std::string text;
  for (size_t i = 0; i < bytes.size(); ++i) {
    auto byte = static_cast<unsigned char>(bytes[i]);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
    if ((i + 1) % kBytesPerLine == 0 || i + 1 == bytes.size()) text += '\n';
  }
  return text;
}

std::string Unhex(const std::string& text) {
  std::string bytes;
  std::string digits;
  for (char c : text) {
    if (c == '\n') continue;
    digits += c;
    if (digits.size() < 2) continue;
    bytes += static_cast<char>(std::stoi(digits, nullptr, 16));
    digits.clear();
  }
  return bytes;
}

std::string TextOf(const Message& message) {
  std::string text;
  TextFormat::PrintToString(message, &text);
  return text;
}

// Text and bytes of the file pair say the same, and today's code reads and writes both.
void ExpectGolden(const std::string& name, const Message& sample) {
  fs::path text_file = GoldenFile(name + ".textproto");
  fs::path bytes_file = GoldenFile(name + ".hex");
  WriteIfMissing(text_file, TextOf(sample));
  std::unique_ptr<Message> of_text(sample.New());
  ASSERT_TRUE(fs::exists(text_file)) << text_file << ": see tests/golden/README.md";
  ASSERT_TRUE(TextFormat::ParseFromString(ReadText(text_file), of_text.get())) << text_file;
  WriteIfMissing(bytes_file, Hex(of_text->SerializeAsString()));
  ASSERT_TRUE(fs::exists(bytes_file)) << bytes_file << ": see tests/golden/README.md";
  EXPECT_EQ(Hex(of_text->SerializeAsString()), ReadText(bytes_file)) << name;

  std::unique_ptr<Message> of_bytes(sample.New());
  ASSERT_TRUE(of_bytes->ParseFromString(Unhex(ReadText(bytes_file)))) << bytes_file;
  EXPECT_TRUE(MessageDifferencer::Equals(*of_text, *of_bytes)) << name;
}

class GoldenEventTest : public testing::TestWithParam<int> {};

TEST_P(GoldenEventTest, IsReadAndWrittenTheSame) {
  const auto* field = Event::descriptor()->FindFieldByNumber(GetParam());
  Event event;
  event.mutable_occurred_at()->set_seconds(1'758'848'400);
  FillMessage(*event.GetReflection()->MutableMessage(&event, field));
  ExpectGolden(field->name(), event);
}

std::vector<int> FactNumbers() {
  std::vector<int> numbers;
  const auto* facts = Event::descriptor()->FindOneofByName("fact");
  for (int i = 0; i < facts->field_count(); ++i) numbers.push_back(facts->field(i)->number());
  return numbers;
}

INSTANTIATE_TEST_SUITE_P(Events, GoldenEventTest, testing::ValuesIn(FactNumbers()),
                         [](const auto& test) {
                           return Event::descriptor()->FindFieldByNumber(test.param)->name();
                         });

TEST(GoldenRecordTest, IsReadAndWrittenTheSame) {
  CaseRecord record;
  FillMessage(record);
  ExpectGolden("case_record", record);
}

constexpr std::string_view kBetweenCommands = "---\n";

// The events of the only case, command by command.
std::string LogText(const CaseWorld& world) {
  std::string text;
  for (const CaseWorld::Logged& logged : world.log()) {
    LoggedCommand command;
    command.set_sequence(logged.sequence);
    *command.mutable_events() = {logged.events.begin(), logged.events.end()};
    text += TextOf(command) + std::string(kBetweenCommands);
  }
  return text;
}

CaseRecord Fold(std::string log) {
  CaseRecord record;
  for (size_t end = log.find(kBetweenCommands); end != std::string::npos;
       end = log.find(kBetweenCommands)) {
    LoggedCommand command;
    EXPECT_TRUE(TextFormat::ParseFromString(log.substr(0, end), &command));
    for (const Event& event : command.events()) Apply(record, event, command.sequence());
    log.erase(0, end + kBetweenCommands.size());
  }
  return record;
}

// Whatever the deciders do today, what they once decided folds to what it was.
TEST(GoldenLifeTest, FoldsToTheSameRecord) {
  if (UpdatesGolden()) {
    CaseWorld world = TellStory(kTests / "scenarios/a_whole_life.scn");
    WriteIfMissing(GoldenFile("life.log"), LogText(world));
  }
  CaseRecord record = Fold(ReadText(GoldenFile("life.log")));
  ASSERT_EQ(record.stage(), STAGE_CLOSED);
  ExpectGolden("life_record", record);
  EXPECT_EQ(TextOf(record), ReadText(GoldenFile("life_record.textproto")));
}

}  // namespace
}  // namespace onewindow
