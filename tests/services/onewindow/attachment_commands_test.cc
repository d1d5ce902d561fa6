#include "services/onewindow/attachment_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "engine/attachments/piece_cipher.h"
#include "onewindow/v1/front_desk.pb.h"
#include "services/onewindow/call_commands.h"
#include "services/onewindow/command_tree.h"
#include "tests/services/onewindow/fake_wire.h"
#include "tests/support/scratch_directory.h"

namespace onewindow {
namespace {

using testing::HasSubstr;

class AttachmentCommandsTest : public testing::Test {
 protected:
  ExitCode Onewindow(const std::vector<std::string>& arguments) {
    CommandTree tree;
    AddCallCommands(tree, [this](const Connection&) -> Result<std::unique_ptr<Wire>> {
      return std::unique_ptr<Wire>(std::make_unique<FakeWire>(server_));
    });
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    Terminal terminal{.in = in, .out = out, .err = err, .audience = Audience::kProgram};
    const ExitCode code = tree.Run(arguments, terminal);
    err_ = err.str();
    return code;
  }

  std::string Write(const std::string& name, const std::string& content) {
    std::ofstream(directory_ / name, std::ios::binary) << content;
    return directory_ / name;
  }
  std::string Read(const std::string& name) {
    std::ifstream stream(directory_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  static CaseView CaseWithFiles() {
    CaseView view;
    for (const char* id : {"aa11", "aa22"}) {
      Attachment& attachment = *view.mutable_record()->add_attachments();
      attachment.set_id(id);
      attachment.mutable_name()->set_text(std::string("scan of ") + id);
      attachment.set_bytes(7);
    }
    return view;
  }
  void SayPiece(const std::string& content) {
    AttachmentPiece piece;
    piece.set_content(content);
    server_.Say(piece);
  }
  void EndWith(int code) { server_.Refuse({.code = code, .message = "the end", .details = ""}); }

  const ScratchDirectory directory_;
  FakeServer server_;
  std::string err_;
};

TEST_F(AttachmentCommandsTest, AFileIsSentAsAHeaderAndPieces) {
  const std::string content(kPieceBytes + 10, 'x');
  const std::string file = Write("scan.pdf", content);
  server_.Say(CommandOutcome());
  ASSERT_EQ(Onewindow({"attach", "42", file, "--material", "id", "--position", "desk",
                       "--request-id", "r-1"}),
            ExitCode::kOk)
      << err_;
  ASSERT_EQ(server_.asked.size(), 3u);
  EXPECT_EQ(server_.asked[0].method, "/onewindow.v1.FrontDesk/AttachFile");
  const auto header = server_.Request<AttachFileRequest>(0).header();
  EXPECT_EQ(header.case_id(), 42u);
  EXPECT_EQ(header.material(), "id");
  EXPECT_EQ(header.name(), "scan.pdf");
  EXPECT_EQ(header.media_type(), "application/pdf");
  EXPECT_EQ(header.bytes(), content.size());
  EXPECT_EQ(header.sha256().size(), 64u);
  EXPECT_EQ(header.envelope().position(), "desk");
  EXPECT_EQ(header.envelope().request_id(), "r-1");
  EXPECT_EQ(
      server_.Request<AttachFileRequest>(1).piece() + server_.Request<AttachFileRequest>(2).piece(),
      content);
  EXPECT_THAT(err_, HasSubstr("attach: 100 %"));
}

TEST_F(AttachmentCommandsTest, WhatCannotBeSentIsAMistake) {
  EXPECT_EQ(Onewindow({"attach", "42", directory_ / "missing.pdf"}), ExitCode::kUsage);
  EXPECT_EQ(Onewindow({"attach", "42", directory_.path()}), ExitCode::kUsage);
  EXPECT_EQ(Onewindow({"attach", "42", Write("empty.pdf", "")}), ExitCode::kUsage);
  EXPECT_EQ(Onewindow({"attach", "42", Write("nameless", "x")}), ExitCode::kUsage);
  EXPECT_THAT(err_, HasSubstr("--type"));
  EXPECT_EQ(Onewindow({"attach", "nobody", Write("scan.pdf", "x")}), ExitCode::kUsage);
  EXPECT_TRUE(server_.asked.empty());
}

TEST_F(AttachmentCommandsTest, AFileIsFetchedByItsIdOrTheBeginningOfIt) {
  for (const char* wanted : {"aa22", "aa2"}) {
    server_.asked.clear();
    server_.Say(CaseWithFiles());
    SayPiece("con");
    SayPiece("tent");
    EndWith(0);
    ASSERT_EQ(Onewindow({"attachment", "get", "42", wanted, "--to", directory_ / "fetched"}),
              ExitCode::kOk)
        << err_;
    EXPECT_EQ(server_.Request<ReadAttachmentRequest>(1).attachment(), "aa22");
    EXPECT_EQ(Read("fetched"), "content");
    EXPECT_FALSE(std::filesystem::exists(directory_ / "fetched.part"));
  }
}

TEST_F(AttachmentCommandsTest, WhatIsFetchedIsForWhoFetchedItAlone) {
  using std::filesystem::perms;
  Write("fetched", "readable by all");
  Write("fetched.part", "left behind, readable by all");
  server_.Say(CaseWithFiles());
  SayPiece("content");
  EndWith(0);
  ASSERT_EQ(Onewindow({"attachment", "get", "42", "aa1", "--to", directory_ / "fetched"}),
            ExitCode::kOk)
      << err_;
  const perms given = std::filesystem::status(directory_ / "fetched").permissions();
  EXPECT_EQ(given, perms::owner_read | perms::owner_write);
}

TEST_F(AttachmentCommandsTest, AFileThatBreaksOffIsNotKept) {
  Write("fetched", "before");
  server_.Say(CaseWithFiles());
  SayPiece("con");
  EndWith(13);
  EXPECT_NE(Onewindow({"attachment", "get", "42", "aa1", "--to", directory_ / "fetched"}),
            ExitCode::kOk);
  EXPECT_EQ(Read("fetched"), "before");
  EXPECT_FALSE(std::filesystem::exists(directory_ / "fetched.part"));
}

TEST_F(AttachmentCommandsTest, AnIdThatSeveralFilesBeginWithIsAMistake) {
  server_.Say(CaseWithFiles());
  EXPECT_EQ(Onewindow({"attachment", "get", "42", "aa", "--to", directory_ / "fetched"}),
            ExitCode::kUsage);
  EXPECT_THAT(err_, HasSubstr("2 of the case's 2 files"));
}

}  // namespace
}  // namespace onewindow
