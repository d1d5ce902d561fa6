#include <gmock/gmock.h>

#include "engine/kv/backup.h"
#include "services/administration/backup_call.h"
#include "tests/services/county.h"

namespace onewindow {
namespace {

class AdministrationTest : public County {};

TEST_F(AdministrationTest, DocumentsAreGivenAsTheyWerePublished) {
  GetItemRequest item;
  item.set_item("senior-card");
  const auto first = Call(kWindow, *administration_, &Administration::Stub::GetItem, item);
  EXPECT_EQ(first.answer.version(), 1u);

  GetCalendarRequest calendar;
  calendar.set_calendar("china");
  const auto china = Call(kWindow, *administration_, &Administration::Stub::GetCalendar, calendar);
  EXPECT_EQ(china.answer.years(0).year(), 2015u);
  calendar.set_calendar("mars");
  EXPECT_EQ(
      ReasonOf(
          Call(kWindow, *administration_, &Administration::Stub::GetCalendar, calendar).status),
      "CALENDAR_NOT_FOUND");
  item.set_item("mars");
  EXPECT_EQ(ReasonOf(Call(kWindow, *administration_, &Administration::Stub::GetItem, item).status),
            "ITEM_NOT_FOUND");

  const auto chart = Call(kWindow, *administration_, &Administration::Stub::GetOrganisation,
                          GetOrganisationRequest());
  EXPECT_EQ(chart.answer.organisations(0).id(), "jintang");
}

TEST_F(AdministrationTest, PublishingAnItemMakesAVersionAndRunningCasesKeepTheirs) {
  const uint64_t id = SubmittedCase();
  GetItemRequest request;
  request.set_item("senior-card");
  PublishItem wish;
  *wish.mutable_item() =
      Call(kWindow, *administration_, &Administration::Stub::GetItem, request).answer;
  wish.mutable_item()->set_version(0);
  wish.mutable_item()->set_number(0);
  wish.mutable_item()->set_name("老年优待证");
  const auto said = Do(kAdministrator, *administration_, &Administration::Stub::PublishItem, wish);
  ASSERT_TRUE(said.ok()) << said.status.error_message();
  EXPECT_EQ(said.answer.events(0).item_published().item().version(), 2u);
  const auto view = Call(kWindow, *front_desk_, &FrontDesk::Stub::GetCase, CaseRequest(id));
  EXPECT_EQ(view.answer.item_name(), "老年优待证核发");
  EXPECT_EQ(view.answer.record().item_version(), 1u);
}

TEST_F(AdministrationTest, StatusTellsHowTheServerFares) {
  SubmittedCase();
  const auto said =
      Call(kAdministrator, *administration_, &Administration::Stub::GetStatus, GetStatusRequest());
  ASSERT_TRUE(said.ok()) << said.status.error_message();
  EXPECT_EQ(said.answer.open_cases(), 1u);
  EXPECT_EQ(said.answer.sequence(), server_->engine().Stats().sequence.value);
  EXPECT_EQ(said.answer.head_hash().size(), 32u);
  EXPECT_GT(said.answer.puts_per_command(), 0);
  EXPECT_GT(said.answer.free_bytes(), 0u);
  ASSERT_EQ(said.answer.calendars_size(), 1);
  EXPECT_EQ(said.answer.calendars(0).published_until(), "2026-12-31");
  EXPECT_FALSE(said.answer.calendars(0).next_year_missing());

  time_.Pass(std::chrono::days(120));
  const auto next_year =
      Call(kAdministrator, *administration_, &Administration::Stub::GetStatus, GetStatusRequest());
  EXPECT_TRUE(next_year.answer.calendars(0).next_year_missing());
}

TEST_F(AdministrationTest, ABackupOfTheRunningServerIsWhole) {
  SubmittedCase();
  const auto said = Call(kAdministrator, *administration_, &Administration::Stub::CreateBackup,
                         CreateBackupRequest());
  ASSERT_TRUE(said.ok()) << said.status.error_message();
  EXPECT_EQ(said.answer.backup_id(), 1u);
  EXPECT_EQ(said.answer.sequence(), server_->engine().Stats().sequence.value);
  EXPECT_TRUE(VerifyBackup(directory_ / "backups", 1).ok());
}

TEST_F(AdministrationTest, OneBackupIsMadeAtATimeAndOnlyWhereThereIsAPlaceForIt) {
  Turnstile turnstile;
  const auto nowhere = BeginBackup("", turnstile);
  ASSERT_TRUE(nowhere);
  EXPECT_EQ(nowhere->reason, BACKUP_NOT_CONFIGURED);
  EXPECT_FALSE(BeginBackup("backups", turnstile));
  const auto second = BeginBackup("backups", turnstile);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->reason, BACKUP_UNDER_WAY);
  turnstile.Leave();
  EXPECT_FALSE(BeginBackup("backups", turnstile));
}

TEST_F(AdministrationTest, NothingIsSetAsideWhereNothingWentWrong) {
  const auto said = Call(kAdministrator, *administration_, &Administration::Stub::ListIncidents,
                         ListIncidentsRequest());
  ASSERT_TRUE(said.ok()) << said.status.error_message();
  EXPECT_EQ(said.answer.incidents_size(), 0);
  EXPECT_TRUE(said.answer.next_page_token().empty());

  ResolveIncident wish;
  wish.set_case_id(SubmittedCase());
  wish.set_explanation("没有故障");
  EXPECT_EQ(
      ReasonOf(Do(kAdministrator, *administration_, &Administration::Stub::ResolveIncident, wish)
                   .status),
      "NOT_SET_ASIDE");
}

TEST_F(AdministrationTest, AJumpOfTheClockWaitsForAnOperator) {
  ConfirmClockRequest request;
  const auto said =
      Call(kAdministrator, *administration_, &Administration::Stub::ConfirmClock, request);
  ASSERT_TRUE(said.ok()) << said.status.error_message();
  EXPECT_TRUE(said.answer.has_now());
}

}  // namespace
}  // namespace onewindow
