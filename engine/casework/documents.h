#pragma once

#include <string>
#include <string_view>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/events.pb.h"

namespace onewindow {

// The series in which numbers run without a gap. Format: kind/issuer/year for papers and cards,
// receipt/county/yyyymmdd for receipts.
std::string SeriesOf(const Document& document);
std::string SeriesOf(const CardIssued& card);
std::string ReceiptSeries(std::string_view county_division, Date day);

// 办件受理编号: 6 digits of the county, 8 of the day, 6 of the serial.
std::string ReceiptNumber(std::string_view county_division, Date day, uint32_t serial);
// The series that a receipt number belongs to.
std::string SeriesOfReceipt(std::string_view receipt_number);

// The paper's name in Chinese, e.g. "受理通知书".
std::string_view TitleOf(Document::Kind kind);
// As printed on the paper after the issuer's name: "受理通知书〔2026〕17号".
std::string NumberOf(const Document& document);

}  // namespace onewindow
