#include "services/onewindowd/settings.h"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/support/scratch_directory.h"

namespace onewindow {
namespace {

using testing::HasSubstr;

Configuration Minimal() {
  Configuration configuration;
  configuration.set_data("/srv/data");
  return configuration;
}

TEST(SettingsTest, WhatIsLeftOutTakesItsDefault) {
  const auto settings = MakeSettings(Minimal());
  ASSERT_TRUE(settings.ok());
  EXPECT_EQ(settings.value().rpc.listen, "127.0.0.1:7443");
  EXPECT_EQ(settings.value().credentials_file, "/srv/data/credentials.yaml");
  EXPECT_EQ(settings.value().engine.free_bytes_min, 256u << 20);
  EXPECT_EQ(settings.value().engine.policy.casework.attachment_bytes_max, 100u << 20);
  EXPECT_EQ(settings.value().stop_max, std::chrono::seconds(10));
}

TEST(SettingsTest, ZeroFreeSpaceIsAValueOfItsOwn) {
  Configuration configuration = Minimal();
  configuration.set_free_mib_min(0);
  EXPECT_EQ(MakeSettings(configuration).value().engine.free_bytes_min, 0u);
}

TEST(SettingsTest, ADirectoryIsRequired) {
  EXPECT_THAT(MakeSettings(Configuration()).fault().message, HasSubstr("data:"));
}

TEST(SettingsTest, AValueOutOfRangeIsNamed) {
  Configuration configuration = Minimal();
  configuration.set_memory_mib(8);
  EXPECT_THAT(MakeSettings(configuration).fault().message,
              HasSubstr("memory_mib: expected 16 to 1048576"));
}

TEST(SettingsTest, ACountySetsHowLongFilesAreKept) {
  EXPECT_EQ(MakeSettings(Minimal()).value().engine.policy.casework.retention,
            std::chrono::days(3653));
  for (const uint32_t days : {0u, 30u * 365u}) {
    Configuration configuration = Minimal();
    configuration.set_retention_days(days);
    EXPECT_EQ(MakeSettings(configuration).value().engine.policy.casework.retention,
              std::chrono::days(days));
  }
  Configuration configuration = Minimal();
  configuration.set_retention_days(36'526);
  EXPECT_THAT(MakeSettings(configuration).fault().message,
              HasSubstr("retention_days: expected 0 to 36525"));
}

TEST(SettingsTest, TheSizeOfFilesIsBounded) {
  Configuration configuration = Minimal();
  configuration.set_attachment_bytes_max(5000);
  EXPECT_EQ(MakeSettings(configuration).value().engine.policy.casework.attachment_bytes_max, 5000u);
  configuration.set_attachment_bytes_max((1u << 30) + 1);
  EXPECT_THAT(MakeSettings(configuration).fault().message,
              HasSubstr("attachment_bytes_max: expected 1 to 1073741824"));
}

TEST(SettingsTest, CertificatesComeTogether) {
  Configuration configuration = Minimal();
  configuration.mutable_tls()->set_certificate("server.pem");
  EXPECT_THAT(MakeSettings(configuration).fault().message, HasSubstr("tls:"));
}

TEST(SettingsTest, AnAddressThatOthersReachNeedsCertificates) {
  EXPECT_TRUE(IsLoopback("127.0.0.1:7443"));
  EXPECT_TRUE(IsLoopback("[::1]:7443"));
  EXPECT_TRUE(IsLoopback("localhost:0"));
  EXPECT_TRUE(IsLoopback("unix:/run/onewindow.sock"));
  EXPECT_FALSE(IsLoopback("0.0.0.0:7443"));
  EXPECT_FALSE(IsLoopback("[::]:7443"));
  EXPECT_FALSE(IsLoopback("127.evil.example:7443"));
  const auto server = RpcServer::Start({.listen = "0.0.0.0:0", .tls = {}}, {});
  ASSERT_FALSE(server.ok());
  EXPECT_THAT(server.fault().message, HasSubstr("others can reach 0.0.0.0:0"));
}

TEST(SettingsTest, TheExampleIsAConfiguration) {
  const auto read = ReadConfiguration(ONEWINDOW_SOURCE_DIR "/deploy/onewindowd.yaml");
  ASSERT_TRUE(read.ok()) << read.fault().message;
  EXPECT_TRUE(MakeSettings(read.value()).ok());
}

TEST(SettingsTest, AnUnknownKeyIsRefusedWithItsPlace) {
  const ScratchDirectory directory;
  const std::string file = directory / "onewindowd.yaml";
  std::ofstream(file) << "data: here\nlistn: 127.0.0.1:1\n";
  const auto read = ReadConfiguration(file);
  ASSERT_FALSE(read.ok());
  EXPECT_THAT(read.fault().message, HasSubstr("onewindowd.yaml:2:1"));
  EXPECT_THAT(read.fault().message, HasSubstr("listen"));
}

}  // namespace
}  // namespace onewindow
