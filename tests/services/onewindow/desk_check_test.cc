#include "services/onewindow/desk_check.h"

#include <gtest/gtest.h>

#include "tests/services/onewindow/desk_world.h"

namespace onewindow {
namespace {

const DeskCounty& Jintang() {
  static const DeskCounty county =
      ReadDeskCounty(ONEWINDOW_SOURCE_DIR "/deploy/demo-county").value();
  return county;
}

class DeskCheckTest : public testing::Test {
 protected:
  DeskCheckTest() {
    submission_ = Entered("临-window-1-7k3m-20251010-0001", OnThe(10, 9)).entered().submission();
    submission_.mutable_envelope()->set_position("zhaozhen-window-1");
    submission_.clear_external_numbers();  // It is numbered once nothing is wrong with it.
    submission_.add_materials("photograph");
  }
  Reason Found(const DeskCounty* county) const {
    const auto refused = CheckOffline(submission_, county, OnThe(13, 9));
    return refused ? refused->reason : REASON_UNSPECIFIED;
  }
  Reason WithDocuments() const { return Found(&Jintang()); }
  Reason WithoutDocuments() const { return Found(nullptr); }

  SubmitCase submission_;
};

TEST_F(DeskCheckTest, AGoodSubmissionHasNothingAgainstIt) {
  EXPECT_EQ(WithDocuments(), REASON_UNSPECIFIED);
  EXPECT_EQ(WithoutDocuments(), REASON_UNSPECIFIED);
}

TEST_F(DeskCheckTest, TheApplicantIsLookedAtInAnyCase) {
  submission_.mutable_applicant()->mutable_name()->clear_content();
  EXPECT_EQ(WithoutDocuments(), FIELD_MISSING);
}

TEST_F(DeskCheckTest, AnIdentityNumberThatLooksLikeASlipIsAWarningOnly) {
  EXPECT_FALSE(HasDoubtfulNumber(submission_, OnThe(13, 9)));
  Applicant& other = *submission_.add_co_applicants();
  other = submission_.applicant();
  other.mutable_document_number()->set_text("510121195001011234");
  EXPECT_TRUE(HasDoubtfulNumber(submission_, OnThe(13, 9)));
  other.set_document_type(Applicant::PASSPORT);
  EXPECT_FALSE(HasDoubtfulNumber(submission_, OnThe(13, 9)));
  submission_.clear_co_applicants();
  submission_.mutable_applicant()->mutable_document_number()->set_text("510121195001011234");
  EXPECT_TRUE(HasDoubtfulNumber(submission_, OnThe(13, 9)));
  EXPECT_EQ(WithDocuments(), REASON_UNSPECIFIED);
}

TEST_F(DeskCheckTest, WhetherThereIsSuchAnEnquiryIsTheServersToSay) {
  submission_.set_enquiry(7);
  EXPECT_EQ(WithDocuments(), REASON_UNSPECIFIED);
}

TEST_F(DeskCheckTest, WhoTookThePaperInHeldThePosition) {
  submission_.set_taken_in_by("zhao-jia");
  EXPECT_EQ(WithDocuments(), REASON_UNSPECIFIED);
  submission_.set_taken_in_by("qian-jia");
  EXPECT_EQ(WithDocuments(), POSITION_NOT_HELD);
}

TEST_F(DeskCheckTest, WithTheDocumentsTheEngineDecides) {
  submission_.add_materials("letter");
  EXPECT_EQ(WithDocuments(), MATERIAL_NOT_LISTED);
  EXPECT_EQ(WithoutDocuments(), REASON_UNSPECIFIED);
}

TEST_F(DeskCheckTest, AnItemOrAPositionThatIsNotThereIsFound) {
  submission_.set_item("unheard-of");
  EXPECT_EQ(WithDocuments(), ITEM_NOT_FOUND);
  submission_.set_item("senior-card");
  submission_.mutable_envelope()->set_position("nowhere-window");
  EXPECT_EQ(WithDocuments(), POSITION_NOT_HELD);
}

TEST_F(DeskCheckTest, TheFutureIsRefusedButHowLateIsTooLateIsTheServersToSay) {
  *submission_.mutable_envelope()->mutable_occurred_at() = ToTimestamp(OnThe(13, 10));
  EXPECT_EQ(WithDocuments(), OCCURRED_IN_FUTURE);
  *submission_.mutable_envelope()->mutable_occurred_at() =
      ToTimestamp(OnThe(13, 9) - std::chrono::days(400));
  EXPECT_EQ(WithDocuments(), REASON_UNSPECIFIED);
}

}  // namespace
}  // namespace onewindow
