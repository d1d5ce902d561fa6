#include "services/rpc/page_token.h"

#include <gtest/gtest.h>

#include "onewindow/v1/front_desk.pb.h"

namespace onewindow {
namespace {

FindCasesRequest ByReceipt(const std::string& number) {
  FindCasesRequest request;
  request.set_receipt_number(number);
  return request;
}

Paging WithToken(const std::string& token) {
  Paging paging;
  paging.set_page_token(token);
  return paging;
}

TEST(PageTokenTest, ATokenGivesItsCursorBack) {
  const PageTokens tokens(ByReceipt("1"));
  const auto read = tokens.Read(WithToken(tokens.Write("cursor")));
  EXPECT_EQ(std::get<PageRequest>(read).cursor, "cursor");
}

TEST(PageTokenTest, TheLastPageHasNone) { EXPECT_EQ(PageTokens(ByReceipt("1")).Write(""), ""); }

TEST(PageTokenTest, TheSizeOfThePageIsNoPartOfTheFilter) {
  FindCasesRequest request = ByReceipt("1");
  const std::string token = PageTokens(request).Write("cursor");
  request.mutable_paging()->set_page_size(7);
  const auto read = PageTokens(request).Read(WithToken(token));
  EXPECT_TRUE(std::holds_alternative<PageRequest>(read));
}

TEST(PageTokenTest, ATokenOfAnotherFilterIsRefused) {
  const std::string token = PageTokens(ByReceipt("1")).Write("cursor");
  const auto read = PageTokens(ByReceipt("2")).Read(WithToken(token));
  EXPECT_EQ(std::get<Rejection>(read).reason, PAGE_TOKEN_INVALID);
}

TEST(PageTokenTest, WhatIsNoTokenIsRefused) {
  const PageTokens tokens(ByReceipt("1"));
  for (const std::string text : {"x", "abc", "00", "page 2"}) {
    EXPECT_TRUE(std::holds_alternative<Rejection>(tokens.Read(WithToken(text)))) << text;
  }
}

TEST(PageTokenTest, MoreThanTheMostIsCut) {
  Paging paging;
  paging.set_page_size(1'000'000);
  const auto read = PageTokens(ByReceipt("1")).Read(paging);
  EXPECT_EQ(std::get<PageRequest>(read).size, kPageSizeMax);
}

}  // namespace
}  // namespace onewindow
