#include "engine/casework/documents.h"

#include <cstdio>

namespace onewindow {
namespace {

constexpr size_t kCountyDigits = 6;
constexpr size_t kDayDigits = 8;

std::string CompactDate(Date day) {
  std::string text = FormatDate(day);
  std::erase(text, '-');
  return text;
}

std::string CountyPart(std::string_view county_division) {
  std::string part(county_division.substr(0, kCountyDigits));
  part.resize(kCountyDigits, '0');
  return part;
}

}  // namespace

std::string SeriesOf(const Document& document) {
  return Document::Kind_Name(document.kind()) + "/" + document.issuer() + "/" +
         std::to_string(document.year());
}

std::string SeriesOf(const CardIssued& card) {
  return "CARD/" + card.organisation() + "/" + std::to_string(card.year());
}

std::string ReceiptSeries(std::string_view county_division, Date day) {
  return "receipt/" + CountyPart(county_division) + "/" + CompactDate(day);
}

std::string ReceiptNumber(std::string_view county_division, Date day, uint32_t serial) {
  char digits[16];
  std::snprintf(digits, sizeof digits, "%06u", serial);
  return CountyPart(county_division) + CompactDate(day) + digits;
}

std::string SeriesOfReceipt(std::string_view receipt_number) {
  return "receipt/" + std::string(receipt_number.substr(0, kCountyDigits)) + "/" +
         std::string(receipt_number.substr(kCountyDigits, kDayDigits));
}

std::string_view TitleOf(Document::Kind kind) {
  switch (kind) {
    case Document::RECEIPT:
      return "收件凭证";
    case Document::ACCEPTANCE_NOTICE:
      return "受理通知书";
    case Document::SUPPLEMENT_NOTICE:
      return "补正告知书";
    case Document::NOT_APPLICABLE_NOTICE:
      return "不受理告知书";
    case Document::NOT_COMPETENT_NOTICE:
      return "不予受理通知书";
    case Document::HAND_OVER_SLIP:
      return "交接单";
    case Document::PAUSE_NOTICE:
      return "特别程序告知书";
    case Document::EXTENSION_NOTICE:
      return "延期告知书";
    case Document::DECISION:
      return "决定书";
    case Document::DELIVERY_RECEIPT:
      return "送达回证";
    case Document::WITHDRAWAL_NOTICE:
      return "撤件确认书";
    case Document::CARD_NOTICE:
      return "督办牌";
    case Document::SUPERVISION_ORDER:
      return "督办单";
    case Document::ASSIST_LETTER:
      return "协办函";
    case Document::UPWARD_REPORT:
      return "转报函";
    case Document::TERMINATION_NOTICE:
      return "终止办理告知书";
    case Document::KIND_UNSPECIFIED:
    case Document_Kind_Document_Kind_INT_MIN_SENTINEL_DO_NOT_USE_:
    case Document_Kind_Document_Kind_INT_MAX_SENTINEL_DO_NOT_USE_:
      break;
  }
  return "文书";
}

std::string NumberOf(const Document& document) {
  return std::string(TitleOf(document.kind())) + "〔" + std::to_string(document.year()) + "〕" +
         std::to_string(document.serial()) + "号";
}

}  // namespace onewindow
