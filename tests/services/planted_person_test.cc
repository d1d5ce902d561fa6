// A planted person is in no row of the store, read as the store itself reads it: uncompressed. The
// bytes of all files, logs and answers are searched by planted_person_test.py.
#include <map>
#include <string>
#include <vector>

#include "engine/kv/backup.h"
#include "engine/kv/rocks_kv.h"
#include "engine/tables/schema.h"
#include "tests/services/county.h"

namespace onewindow {
namespace {

const std::vector<std::string> kPlanted = {"欧阳琉璃",       "510121198811236677", "13987650123",
                                           "雀巢巷七十九号", "因搬去外省而撤回",   "欧阳玻璃"};

class PlantedPersonTest : public County {
 protected:
  // Submitted, corrected, withdrawn with a reason, and closed.
  void PlantPerson() {
    SubmitCase wish = SeniorCard();
    Applicant& applicant = *wish.mutable_applicant();
    applicant.mutable_name()->set_text(kPlanted[0]);
    applicant.mutable_document_number()->set_text(kPlanted[1]);
    applicant.mutable_phone()->set_text(kPlanted[2]);
    applicant.mutable_address()->set_text(kPlanted[3]);
    FormField& field = *wish.add_form();
    field.set_name("household");
    field.mutable_value()->set_text(kPlanted[3]);
    const uint64_t id = Submitted(wish);

    CorrectPersonalData correct;
    correct.set_case_id(id);
    *correct.mutable_applicant() = applicant;
    correct.mutable_applicant()->mutable_name()->set_text(kPlanted[5]);
    correct.mutable_basis()->set_text(kPlanted[4]);
    const As officer{.person = "zhang-ding", .position = "jintang-service-bureau-data-officer"};
    Expect(Do(officer, *administration_, &Administration::Stub::CorrectPersonalData, correct));
    WithdrawCase withdraw;
    withdraw.set_case_id(id);
    withdraw.mutable_reason()->set_text(kPlanted[4]);
    Expect(Do(kWindow, *front_desk_, &FrontDesk::Stub::Withdraw, withdraw));
    CloseCase close;
    close.set_case_id(id);
    Expect(Do(kWindow, *unified_window_, &UnifiedWindow::Stub::Close, close));
  }
  static void Expect(const Said<CommandOutcome>& said) {
    ASSERT_TRUE(said.ok()) << said.status.error_message();
  }

  static bool HoldsPlanted(std::string_view bytes) {
    for (const std::string& text : kPlanted) {
      if (bytes.find(text) != std::string_view::npos) return true;
    }
    return false;
  }

  // Rows by family, and none of them with a planted text.
  static std::map<std::string, int> SearchRows(const std::string& data) {
    std::map<std::string, int> rows;
    const auto store = RocksKv::Open(
        {.directory = data, .families = AllFamilies(), .access = Access::kReadOnly});
    EXPECT_TRUE(store.ok());
    for (size_t index = 0; index < families::kCount; ++index) {
      const std::string family = AllFamilies()[index].name;
      const auto end = store.value()->Scan(
          Family{index}, KeysWithPrefix(""), {}, [&](std::string_view key, std::string_view value) {
            ++rows[family];
            EXPECT_FALSE(HoldsPlanted(key) || HoldsPlanted(value)) << family;
            return Visit::kContinue;
          });
      EXPECT_TRUE(end.ok());
    }
    return rows;
  }
};

TEST_F(PlantedPersonTest, IsInNoRowOfTheDataNorOfABackup) {
  PlantPerson();
  const auto backed_up = Call(kAdministrator, *administration_,
                              &Administration::Stub::CreateBackup, CreateBackupRequest());
  ASSERT_TRUE(backed_up.ok()) << backed_up.status.error_message();
  StopServer();
  server_.reset();
  ASSERT_TRUE(RestoreBackup(directory_ / "backups", 1, directory_ / "restored").ok());
  for (const char* data : {"data", "restored"}) {
    const auto rows = SearchRows(directory_ / data);
    for (const char* family : {"log", "closed", "keys", "directory", "catalogue"}) {
      EXPECT_TRUE(rows.contains(family)) << family << " of " << data << " was not searched";
    }
  }
}

TEST_F(PlantedPersonTest, TheSearchFindsWhatIsThere) {
  EXPECT_TRUE(HoldsPlanted("before " + kPlanted[1] + " after"));
  EXPECT_FALSE(HoldsPlanted("before after"));
}

}  // namespace
}  // namespace onewindow
