#include "engine/casework/attachments.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/story/case_world.h"
#include "tests/support/story/small_county.h"
#include "tests/support/story/story.h"

namespace onewindow {
namespace {

std::string AddressOf(int number) {
  std::string digits = std::to_string(number);
  return std::string(64 - digits.size(), '0') + digits;
}

TEST(AttachmentsTest, ACaseHasNoMoreFilesThanItMay) {
  Story story("a story of many files");
  int number = 0;
  for (const char* line : {"calendar china 2025 2026", "item card promised=5wd",
                           "at 2025-10-13 09:00", "submit C1 by=li item=card"}) {
    story.Tell(++number, line);
  }
  for (int i = 0; i < kAttachmentsMax; ++i) {
    story.Tell(++number, "attach C1 by=li id=" + AddressOf(i) + " -> attached");
  }
  story.Tell(++number, "attach C1 by=li -> refused ATTACHMENT_TOO_LARGE stage=received");
  const CaseWorld world = std::move(story).End();
  const CaseRecord& record = world.cases().begin()->second;
  EXPECT_EQ(record.attachments_size(), kAttachmentsMax);
  EXPECT_NE(FindAttachment(record, AddressOf(7)), nullptr);
  EXPECT_EQ(FindAttachment(record, AddressOf(kAttachmentsMax)), nullptr);
}

}  // namespace
}  // namespace onewindow
