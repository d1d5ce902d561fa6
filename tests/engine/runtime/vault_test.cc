#include "engine/runtime/vault.h"

#include <sys/stat.h>

#include <fstream>
#include <set>

#include "engine/kv/durable_file.h"
#include "engine/runtime/sealed_fields.h"
#include "engine/tables/schema.h"
#include "tests/engine/runtime/world.h"

namespace onewindow {
namespace {

using VaultTest = World;

TEST_F(VaultTest, WhatIsSealedComesBackUnderItsKeyOnly) {
  Command command = Submit("wang");
  const std::string plain = command.SerializeAsString();
  const SecretKey key = vault_.NewKey();
  vault_.Seal(key, command);
  EXPECT_FALSE(HoldsPlainText(command));
  EXPECT_EQ(command.SerializeAsString().find("name of wang"), std::string::npos);
  Command other = command;
  EXPECT_EQ(vault_.Unseal(vault_.NewKey(), other).fault().kind, FaultKind::kCorrupt);
  ASSERT_TRUE(vault_.Unseal(key, command).ok());
  EXPECT_EQ(command.SerializeAsString(), plain);
}

TEST_F(VaultTest, AnEmptyTextIsNoContent) {
  Command command;
  command.mutable_withdraw_case()->mutable_reason()->set_text("");
  vault_.Seal(vault_.NewKey(), command);
  EXPECT_EQ(command.withdraw_case().reason().content_case(), Sealed::CONTENT_NOT_SET);
}

TEST_F(VaultTest, AWrappedKeyComesBackUntouchedOrNotAtAll) {
  const SecretKey key = vault_.NewKey();
  std::string wrapped = vault_.Wrap(key);
  EXPECT_EQ(vault_.Unwrap(wrapped).value().bytes, key.bytes);
  wrapped[20] = static_cast<char>(wrapped[20] ^ 1);
  EXPECT_FALSE(vault_.Unwrap(wrapped).ok());
  EXPECT_FALSE(vault_.Unwrap("short").ok());
}

TEST_F(VaultTest, ThePseudonymIsThePersonsHoweverItIsTyped) {
  const auto pseudonym = [this](Applicant::DocumentType type, std::string_view number) {
    return vault_.Pseudonym(type, number);
  };
  const std::string one = pseudonym(Applicant::IDENTITY_NUMBER, "51012119900101123x");
  EXPECT_EQ(one.size(), kPseudonymBytes);
  EXPECT_EQ(one, pseudonym(Applicant::IDENTITY_NUMBER, " 510121 19900101 123X"));
  EXPECT_NE(one, pseudonym(Applicant::PASSPORT, "51012119900101123X"));
}

TEST_F(VaultTest, EqualContentsAreKnownWithinTheirCaseOnly) {
  const SecretKey key = vault_.NewKey();
  const std::string mac = Vault::ContentMac(key, "digest");
  EXPECT_EQ(mac.size(), kContentMacBytes);
  EXPECT_EQ(mac, Vault::ContentMac(key, "digest"));
  EXPECT_NE(mac, Vault::ContentMac(key, "another"));
  EXPECT_NE(mac, Vault::ContentMac(vault_.NewKey(), "digest"));
}

TEST_F(VaultTest, AQueryCodeIsShortClearAndOfOneCase) {
  std::set<std::string> codes;
  for (uint64_t id = 1; id <= 1000; ++id) {
    const std::string code = vault_.QueryCode(CaseId{id});
    EXPECT_EQ(code.size(), kQueryCodeCharacters);
    EXPECT_EQ(code.find_first_of("0O1IL"), std::string::npos) << code;
    codes.insert(code);
  }
  EXPECT_EQ(codes.size(), 1000u);
  EXPECT_EQ(vault_.QueryCode(CaseId{1}), vault_.QueryCode(CaseId{1}));
}

TEST_F(VaultTest, TextsAreCheckedBeforeTheyAreSealed) {
  Command command = Submit("wang");
  EXPECT_FALSE(CheckTexts(command).has_value());
  auto& name = *command.mutable_submit_case()->mutable_applicant()->mutable_name();
  name.set_text(std::string((16 << 10) + 1, 'a'));
  EXPECT_EQ(CheckTexts(command)->field, "submit_case.applicant.name");
  name.set_text("\xff");
  EXPECT_EQ(CheckTexts(command)->field, "submit_case.applicant.name");
  name.set_box("made by somebody");
  EXPECT_EQ(CheckTexts(command)->field, "submit_case.applicant.name");
}

TEST_F(VaultTest, TheMasterKeyIsMadeOnceForItsOwnerAlone) {
  const std::string path = directory_ / "master.key";
  const SecretKey made = OpenMasterKey(path, entropy_).value();
  struct stat found {};
  ASSERT_EQ(stat(path.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
  EXPECT_EQ(OpenMasterKey(path, entropy_).value().bytes, made.bytes);
  ASSERT_EQ(chmod(path.c_str(), 0640), 0);
  EXPECT_EQ(OpenMasterKey(path, entropy_).fault().kind, FaultKind::kInvalid);
}

TEST_F(VaultTest, AMasterKeyOfAnotherLengthIsRefused) {
  const std::string path = directory_ / "short.key";
  ASSERT_TRUE(WriteDurably(path, "too short").ok());
  ASSERT_EQ(chmod(path.c_str(), 0600), 0);
  EXPECT_EQ(OpenMasterKey(path, entropy_).fault().kind, FaultKind::kInvalid);
}

TEST_F(VaultTest, TheServerKeyStaysAndNeedsItsMasterKey) {
  const SecretKey master = vault_.NewKey();
  const SecretKey made = OpenServerKey(master, store_, entropy_).value();
  EXPECT_EQ(OpenServerKey(master, store_, entropy_).value().bytes, made.bytes);
  EXPECT_EQ(OpenServerKey(vault_.NewKey(), store_, entropy_).fault().kind, FaultKind::kInvalid);
}

TEST_F(VaultTest, NothingPersonalReachesTheStoreInTheClear) {
  Publish();
  LiveWholeLife("510121199001011234");
  for (size_t index = 0; index < families::kCount; ++index) {
    for (const std::string& row : Rows(Family{index})) {
      for (const char* personal : {"510121199001011234", "name of", "the taker", "agreed"}) {
        EXPECT_EQ(row.find(personal), std::string::npos) << index << " " << personal;
      }
    }
  }
}

TEST_F(VaultTest, ARequestIdHasAForm) {
  Publish();
  const auto with_id = [this](const std::string& id) {
    Command command = Submit("wang");
    command.mutable_submit_case()->mutable_envelope()->set_request_id(id);
    return Do(command);
  };
  EXPECT_EQ(ReasonOf(with_id("")), FIELD_MISSING);
  EXPECT_EQ(ReasonOf(with_id("with space")), FIELD_INVALID);
  EXPECT_EQ(ReasonOf(with_id(std::string(129, 'a'))), FIELD_INVALID);
  ExpectAccepted(with_id(std::string(128, 'a')));
}

}  // namespace
}  // namespace onewindow
