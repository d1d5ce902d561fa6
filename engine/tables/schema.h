#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/kv/batch.h"
#include "engine/kv/kv.h"

// Everything that the store holds: families, keys and values. Numbers in keys are big-endian.
//
// Format:
//   log          sequence(8)                  -> LogRun: the commands of one batch from there on
//   open         case(8)                      -> head (case_head.h) CaseRecord
//   closed       case(8)                      -> the same; a case moves here when it is closed
//   keys         case(8)                      -> its data key, wrapped (runtime/vault.h), until
//                                                its person is forgotten
//   directory    "r" receipt-number           -> case(8)
//                "a" pseudonym(16) case(8)    -> nothing
//                "d" item(4) day(4) case(8)   -> nothing
//                "c" organisation(4) age(8) index(2) -> case(8)
//                "f" case(8)                  -> nothing; its person is forgotten
//                "o" organisation(4) age(8) index(2) -> case(8)
//                "p" system %x00 number       -> case(8); of a paper that a desk took in
//                "v" case(8) sequence(8)      -> nothing; its personal data was read
//   checkpoints  "f"                          -> FoldCheckpoint
//                "r" sequence(8)              -> requests: { hash(8) seconds(4) }, one for each
//                command
//                                                from that sequence on
//   catalogue    "i" item-id %x00 version(4)      -> ServiceItem
//                "c" calendar-id %x00 version(4)  -> Calendar
//                "o" version(4)                   -> OrganisationChart
//   meta         "format"                     -> version(4): kSchemaVersion
//                "server-key"                 -> wrapped key (runtime/vault.h)
//
//   case     = log sequence of its submission
//   day      = days since 1970-01-01, Beijing time, on which the case was received
//   item     = ServiceItem.number
//   organisation = Organisation.number of the recipient of a card ("c") or a supervision order
//              ("o"); 0 for the row that every one of them has
//   age      = 2^64 - 1 - sequence, so that the newest comes first
//   index    = place of the event in its command
//   hash     = of caller and request id (runtime/recent_requests.h); 0: none to remember
//   seconds  = recorded_at, since 1970-01-01
//
// Who changes a grammar raises kSchemaVersion and reads the older one too.
namespace onewindow {

inline constexpr uint32_t kSchemaVersion = 1;

namespace families {
inline constexpr Family kLog{0};
inline constexpr Family kOpen{1};
inline constexpr Family kClosed{2};
inline constexpr Family kKeys{3};
inline constexpr Family kDirectory{4};
inline constexpr Family kCheckpoints{5};
inline constexpr Family kCatalogue{6};
inline constexpr Family kMeta{7};
inline constexpr size_t kCount = 8;
}  // namespace families

// In the order of their indexes: what the store is opened with.
std::vector<FamilySpec> AllFamilies();

inline constexpr std::string_view kFormatKey = "format";
inline constexpr std::string_view kServerKeyKey = "server-key";
inline constexpr std::string_view kFoldsKey = "f";

std::string LogKey(Sequence sequence);
std::string CaseKey(CaseId case_id);
// Of a key of the families log, open, closed and keys; nothing for one of another form.
std::optional<uint64_t> NumberOfKey(std::string_view key);

std::string ReceiptKey(std::string_view receipt_number);
std::string PaperKey(std::string_view system, std::string_view number);
std::string ApplicantKey(std::string_view pseudonym, CaseId case_id);
KeyRange ApplicantRange(std::string_view pseudonym);
std::string ItemDayKey(ItemNumber item, Date day, CaseId case_id);
KeyRange ItemDayRange(ItemNumber item, Date day);
std::string ForgottenKey(CaseId case_id);
KeyRange ForgottenRange();
std::string ReadingKey(CaseId case_id, Sequence sequence);
// The readings of a case, the oldest first.
KeyRange ReadingRange(CaseId case_id);
// Requires: a key made by ReadingKey.
Sequence SequenceOfReadingKey(std::string_view key);
// The case at the end of an applicant, item-and-day or forgotten key.
CaseId CaseOfDirectoryKey(std::string_view key);

// A card or a supervision order as a list names it.
struct CardPlace {
  Sequence sequence;
  uint16_t index = 0;  // Of the event in its command.
};
std::string CardKey(OrganisationNumber recipient, CardPlace place);
// The cards of a recipient, the newest first.
KeyRange CardRange(OrganisationNumber recipient);
// The same for supervision orders.
std::string OrderKey(OrganisationNumber recipient, CardPlace place);
KeyRange OrderRange(OrganisationNumber recipient);
// Requires: a key made by CardKey or OrderKey.
CardPlace PlaceOfCardKey(std::string_view key);

std::string CaseValue(CaseId case_id);
// Nothing for a value of another form.
std::optional<CaseId> CaseOfValue(std::string_view value);

std::string RequestsKey(Sequence first);
KeyRange RequestsRange();
Sequence FirstOfRequestsKey(std::string_view key);

std::string ItemKey(std::string_view id, uint32_t version);
std::string CalendarKey(std::string_view id, uint32_t version);
std::string ChartKey(uint32_t version);
KeyRange ItemRange();
KeyRange CalendarRange();
KeyRange ChartRange();

}  // namespace onewindow
