#include "services/rpc/credentials.h"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/support/scratch_directory.h"

namespace onewindow {
namespace {

using testing::HasSubstr;

const Instant kNow = *ParseInstant("2025-09-26T09:00:00+08:00");

std::string HashOf(std::string_view token) {
  const Digest digest = Sha256(token);
  return ToHex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

CredentialsFile OneToken(const std::string& person) {
  CredentialsFile file;
  file.add_credentials()->set_person(person);
  file.mutable_credentials(0)->set_token_sha256(HashOf("secret"));
  return file;
}

TEST(CredentialsTest, ATokenBelongsToItsPerson) {
  const auto credentials = Credentials::Make(OneToken("zhao-jia"));
  ASSERT_TRUE(credentials.ok());
  EXPECT_EQ(credentials.value().PersonOf("secret", kNow), "zhao-jia");
  EXPECT_EQ(credentials.value().PersonOf("Secret", kNow), std::nullopt);
  EXPECT_EQ(credentials.value().PersonOf("", kNow), std::nullopt);
}

TEST(CredentialsTest, ATokenEndsAtItsInstant) {
  CredentialsFile file = OneToken("zhao-jia");
  file.mutable_credentials(0)->mutable_expires()->set_seconds(
      std::chrono::duration_cast<std::chrono::seconds>(kNow.time_since_epoch()).count());
  const auto credentials = Credentials::Make(file);
  EXPECT_EQ(credentials.value().PersonOf("secret", kNow - Duration(1)), "zhao-jia");
  EXPECT_EQ(credentials.value().PersonOf("secret", kNow), std::nullopt);
}

TEST(CredentialsTest, TheSystemHasNoToken) {
  EXPECT_THAT(Credentials::Make(OneToken("system")).fault().message,
              HasSubstr("credentials[0].person"));
}

TEST(CredentialsTest, OneTokenIsNotTwoPersons) {
  CredentialsFile file = OneToken("zhao-jia");
  *file.add_credentials() = OneToken("zhao-yi").credentials(0);
  EXPECT_THAT(Credentials::Make(file).fault().message, HasSubstr("credentials[1].token_sha256"));
}

TEST(CredentialsTest, AHashHasSixtyFourDigits) {
  CredentialsFile file = OneToken("zhao-jia");
  file.mutable_credentials(0)->set_token_sha256("abc");
  EXPECT_THAT(Credentials::Make(file).fault().message, HasSubstr("64 hexadecimal digits"));
}

TEST(CredentialsTest, AFileIsTakenWhenItChangesAndKeptWhenItBreaks) {
  const ScratchDirectory directory;
  const std::string path = directory / "credentials.yaml";
  CredentialStore store(path);
  EXPECT_EQ(store.RereadIfChanged().fault().kind, FaultKind::kNotFound);

  std::ofstream(path) << "credentials: [{person: zhao-jia, token_sha256: " << HashOf("secret")
                      << "}]\n";
  EXPECT_EQ(store.RereadIfChanged().value(), CredentialStore::Reread::kTaken);
  EXPECT_EQ(store.RereadIfChanged().value(), CredentialStore::Reread::kUnchanged);
  EXPECT_EQ(store.current()->PersonOf("secret", kNow), "zhao-jia");

  std::ofstream(path) << "credentials: [{persons: zhao-jia}]\n";
  EXPECT_THAT(store.RereadIfChanged().fault().message, HasSubstr("credentials.yaml:1:"));
  EXPECT_EQ(store.current()->PersonOf("secret", kNow), "zhao-jia");
  // Told once.
  EXPECT_TRUE(store.RereadIfChanged().ok());
}

}  // namespace
}  // namespace onewindow
