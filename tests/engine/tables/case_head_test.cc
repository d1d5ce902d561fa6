#include "engine/tables/case_head.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace onewindow {
namespace {

Instant At(int64_t micros) { return Instant(Duration(micros)); }

CaseHead SampleHead() {
  CaseHead head;
  head.stage = STAGE_IN_REVIEW;
  head.priority = 2;
  head.intake = OrganisationNumber{7};
  head.item = ItemNumber{3};
  head.sequence = Sequence{0x0102030405060708};
  head.applicant = 0xA1A2A3A4A5A6A7A8;
  head.wake = At(1);
  head.due = At(-1);
  TaskHead task;
  task.id = 5;
  task.kind = Task::ROUTE_STEP;
  task.state = Task::CLAIMED;
  task.duty = HANDLING;
  task.organisation = OrganisationNumber{9};
  task.position = PositionNumber{11};
  task.near = At(256);
  task.since = At(2);
  head.tasks.push_back(task);
  return head;
}

std::string Hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char byte : bytes) {
    text.push_back(kDigits[static_cast<uint8_t>(byte) >> 4]);
    text.push_back(kDigits[static_cast<uint8_t>(byte) & 15]);
  }
  return text;
}

TEST(CaseHeadTest, GivesBackWhatWasEncoded) {
  CaseRecord record;
  record.set_id(42);
  const std::string value = EncodeCase(SampleHead(), record);
  Result<StoredCase> stored = DecodeCase(value);
  ASSERT_TRUE(stored.ok());
  EXPECT_EQ(stored.value().head, SampleHead());
  Result<CaseRecord> decoded = DecodeRecord(value);
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(decoded.value().id(), 42u);
}

// What stands on disks must be readable for ever: whoever changes these bytes needs a new version.
TEST(CaseHeadTest, HasTheBytesOfVersionOne) {
  EXPECT_EQ(Hex(EncodeCase(SampleHead(), CaseRecord())),
            "01040200"                          // version, stage, priority, flags
            "00000007" "00000003"               // intake, item
            "0102030405060708" "a1a2a3a4a5a6a7a8"  // sequence, applicant
            "0000000000000001"                  // wake
            "ffffffffffffffff"                  // due: before 1970
            "7fffffffffffffff"                  // near: none
            "0001"                              // one task
            "00000005" "02" "04" "02"           // id, kind, state, duty
            "00000009" "0000000b"               // organisation, position
            "7fffffffffffffff" "0000000000000100" "0000000000000002");
}

TEST(CaseHeadTest, AnAccompaniedCaseHasTheBytesOfVersionTwo) {
  CaseHead head = SampleHead();
  head.accompanied_by = PositionNumber{13};
  head.tasks.clear();
  const std::string value = EncodeCase(head, CaseRecord());
  EXPECT_EQ(Hex(value),
            "02040200"                          // version, stage, priority, flags
            "00000007" "00000003"               // intake, item
            "0102030405060708" "a1a2a3a4a5a6a7a8"  // sequence, applicant
            "0000000000000001"                  // wake
            "ffffffffffffffff"                  // due: before 1970
            "7fffffffffffffff"                  // near: none
            "0000000d"                          // accompanied by
            "0000");                            // no task
  Result<StoredCase> stored = DecodeCase(value);
  ASSERT_TRUE(stored.ok());
  EXPECT_EQ(stored.value().head, head);
}

TEST(CaseHeadTest, RefusesEveryPrefixAsCorrupt) {
  const std::string value = EncodeCase(SampleHead(), CaseRecord());
  for (size_t size = 0; size < value.size(); ++size) {
    Result<StoredCase> stored = DecodeCase(std::string_view(value).substr(0, size));
    ASSERT_FALSE(stored.ok()) << size;
    EXPECT_EQ(stored.fault().kind, FaultKind::kCorrupt);
  }
}

TEST(CaseHeadTest, RefusesANewerVersionByName) {
  std::string value = EncodeCase(SampleHead(), CaseRecord());
  value[0] = 3;
  Result<StoredCase> stored = DecodeCase(value);
  ASSERT_FALSE(stored.ok());
  EXPECT_EQ(stored.fault().kind, FaultKind::kUnsupported);
}

TEST(CaseHeadTest, RefusesARecordThatCannotBeParsed) {
  Result<CaseRecord> decoded = DecodeRecord(EncodeCase(SampleHead(), CaseRecord()) + "\xff");
  ASSERT_FALSE(decoded.ok());
  EXPECT_EQ(decoded.fault().kind, FaultKind::kCorrupt);
}

TEST(CaseHeadTest, ASetAsideCaseSaysSo) {
  CaseHead head = SampleHead();
  head.set_aside = true;
  const std::string value = EncodeCase(head, CaseRecord());
  Result<StoredCase> stored = DecodeCase(value);
  ASSERT_TRUE(stored.ok());
  EXPECT_TRUE(stored.value().head.set_aside);
}

RC_GTEST_PROP(CaseHeadProperty, AnyNumberOfTasksComesBack, ()) {
  CaseHead head = SampleHead();
  const TaskHead sample = head.tasks.front();
  const auto ids = *rc::gen::arbitrary<std::vector<uint32_t>>();
  head.tasks.clear();
  for (const uint32_t id : ids) {
    TaskHead task = sample;
    task.id = id;
    head.tasks.push_back(task);
  }
  const std::string value = EncodeCase(head, CaseRecord());
  Result<StoredCase> stored = DecodeCase(value);
  RC_ASSERT(stored.ok());
  RC_ASSERT(stored.value().head == head);
}

}  // namespace
}  // namespace onewindow
