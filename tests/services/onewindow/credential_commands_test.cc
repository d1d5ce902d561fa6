#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/yaml/load.h"
#include "onewindow/v1/credentials.pb.h"
#include "services/onewindow/command_line.h"
#include "services/onewindow/files.h"
#include "services/onewindow/token.h"
#include "tests/support/scratch_directory.h"

namespace onewindow {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr char kHashOfAnother[] =
    "0000000000000000000000000000000000000000000000000000000000000001";

class CredentialCommandsTest : public testing::Test {
 protected:
  ExitCode Onewindow(const std::vector<std::string>& arguments, const std::string& input = "") {
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    Terminal terminal{.in = in, .out = out, .err = err, .audience = Audience::kProgram};
    ExitCode code = RunCommandLine(arguments, terminal);
    out_ = out.str();
    err_ = err.str();
    return code;
  }

  // Makes a token of zhao-jia's and adds it to the file.
  ExitCode Add() {
    return Onewindow({"credentials", "make", "--person", "zhao-jia", "--add-to", file()});
  }

  std::string file() const { return scratch_ / "credentials.yaml"; }
  void Write(const std::string& text) const { std::ofstream(file()) << text; }
  std::string token() const { return out_.substr(0, out_.find('\n')); }

  // Whose token the file says it is.
  std::string PersonOf(const std::string& token) const {
    const auto file_now =
        LoadYaml<CredentialsFile>({.file = file(), .text = ReadWholeFile(file()).value()});
    EXPECT_TRUE(file_now.ok()) << ReadWholeFile(file()).value();
    for (const Credential& entry : file_now.message.credentials()) {
      if (entry.token_sha256() == TokenSha256(token)) return entry.person();
    }
    return "";
  }

  ScratchDirectory scratch_;
  std::string out_;
  std::string err_;
};

TEST_F(CredentialCommandsTest, HashIsWhatTheFileHoldsOfAToken) {
  EXPECT_EQ(Onewindow({"credentials", "hash"}, "secret\n"), ExitCode::kOk);
  EXPECT_EQ(out_, TokenSha256("secret") + "\n");
}

TEST_F(CredentialCommandsTest, WithoutAFileTheEntryIsShownApartFromTheToken) {
  EXPECT_EQ(Onewindow({"credentials", "make", "--person", "zhao-jia"}), ExitCode::kOk);
  EXPECT_EQ(out_, token() + "\n");
  EXPECT_THAT(err_, HasSubstr(TokenSha256(token())));
}

TEST_F(CredentialCommandsTest, TheFileIsMadeWhereThereIsNone) {
  ASSERT_EQ(Add(), ExitCode::kOk) << err_;
  EXPECT_EQ(err_, "");
  EXPECT_EQ(PersonOf(token()), "zhao-jia");
}

TEST_F(CredentialCommandsTest, TheEntryIsAddedInTheStyleOfTheList) {
  const std::string entry = std::string("- {person: li, token_sha256: \"") + kHashOfAnother + "\"}";
  for (const std::string& before :
       {std::string(), std::string("# Tokens of the county.\n"), "credentials:\n" + entry + "\n",
        "credentials:\n  " + entry + "\n", "# Li first.\ncredentials:\n  " + entry}) {
    Write(before);
    ASSERT_EQ(Add(), ExitCode::kOk) << before << err_;
    const std::string first = token();
    ASSERT_EQ(Add(), ExitCode::kOk) << before << err_;
    EXPECT_EQ(PersonOf(first), "zhao-jia") << before;
    EXPECT_EQ(PersonOf(token()), "zhao-jia") << before;
    EXPECT_THAT(ReadWholeFile(file()).value(), StartsWith(before));
  }
}

TEST_F(CredentialCommandsTest, AFileThatCannotBeAddedToIsLeftAlone) {
  for (const std::string before : {"credentials: []\n", "credential:\n", "credentials: [\n"}) {
    Write(before);
    EXPECT_EQ(Add(), ExitCode::kUsage) << before;
    EXPECT_THAT(err_, HasSubstr("nothing was changed"));
    EXPECT_EQ(out_, "");
    EXPECT_EQ(ReadWholeFile(file()).value(), before);
  }
}

TEST_F(CredentialCommandsTest, AFileThatCannotBeWrittenIsAFault) {
  EXPECT_EQ(Onewindow({"credentials", "make", "--person", "zhao-jia", "--add-to",
                       scratch_ / "missing/credentials.yaml"}),
            ExitCode::kUnavailable);
  EXPECT_THAT(err_, HasSubstr("cannot be written"));
  EXPECT_EQ(out_, "");
}

TEST_F(CredentialCommandsTest, APersonIsNamed) {
  EXPECT_EQ(Onewindow({"credentials", "make", "--person", "赵甲"}), ExitCode::kUsage);
  EXPECT_THAT(err_, HasSubstr("--person"));
}

}  // namespace
}  // namespace onewindow
