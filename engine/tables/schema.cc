#include "engine/tables/schema.h"

#include "engine/base/check.h"
#include "engine/tables/bytes.h"

namespace onewindow {
namespace {

constexpr size_t kPseudonymBytes = 16;
constexpr size_t kCardKeyBytes = 1 + 4 + 8 + 2;
constexpr size_t kReadingKeyBytes = 1 + 8 + 8;

uint32_t DayNumber(Date day) { return static_cast<uint32_t>(day.time_since_epoch().count()); }

std::string VersionedKey(char kind, std::string_view id, uint32_t version) {
  return ByteWriter().U8(static_cast<uint8_t>(kind)).Text(id).U8(0).U32(version).Take();
}

std::string PlaceKey(char kind, OrganisationNumber recipient, CardPlace place) {
  return ByteWriter()
      .U8(static_cast<uint8_t>(kind))
      .U32(recipient.value)
      .U64(~place.sequence.value)
      .U16(place.index)
      .Take();
}

KeyRange PlaceRange(char kind, OrganisationNumber recipient) {
  return KeysWithPrefix(ByteWriter().U8(static_cast<uint8_t>(kind)).U32(recipient.value).Take());
}

}  // namespace

std::vector<FamilySpec> AllFamilies() {
  return {
      {"log", Temperature::kHot},       {"open", Temperature::kHot},
      {"closed", Temperature::kCold},   {"keys", Temperature::kHot},
      {"directory", Temperature::kHot}, {"checkpoints", Temperature::kHot},
      {"catalogue", Temperature::kHot}, {"meta", Temperature::kHot},
  };
}

std::string LogKey(Sequence sequence) { return ByteWriter().U64(sequence.value).Take(); }
std::string CaseKey(CaseId case_id) { return ByteWriter().U64(case_id.value).Take(); }

std::optional<uint64_t> NumberOfKey(std::string_view key) {
  if (key.size() != sizeof(uint64_t)) return std::nullopt;
  return ByteReader(key).U64();
}

std::string ReceiptKey(std::string_view receipt_number) {
  return ByteWriter().U8('r').Text(receipt_number).Take();
}

std::string PaperKey(std::string_view system, std::string_view number) {
  return ByteWriter().U8('p').Text(system).U8(0).Text(number).Take();
}

std::string ApplicantKey(std::string_view pseudonym, CaseId case_id) {
  CHECK(pseudonym.size() == kPseudonymBytes) << pseudonym.size();
  return ByteWriter().U8('a').Text(pseudonym).U64(case_id.value).Take();
}

KeyRange ApplicantRange(std::string_view pseudonym) {
  return KeysWithPrefix(ByteWriter().U8('a').Text(pseudonym).Take());
}

std::string ItemDayKey(ItemNumber item, Date day, CaseId case_id) {
  return ByteWriter().U8('d').U32(item.value).U32(DayNumber(day)).U64(case_id.value).Take();
}

KeyRange ItemDayRange(ItemNumber item, Date day) {
  return KeysWithPrefix(ByteWriter().U8('d').U32(item.value).U32(DayNumber(day)).Take());
}

std::string ForgottenKey(CaseId case_id) {
  return ByteWriter().U8('f').U64(case_id.value).Take();
}

KeyRange ForgottenRange() { return KeysWithPrefix("f"); }

std::string ReadingKey(CaseId case_id, Sequence sequence) {
  return ByteWriter().U8('v').U64(case_id.value).U64(sequence.value).Take();
}

KeyRange ReadingRange(CaseId case_id) {
  return KeysWithPrefix(ByteWriter().U8('v').U64(case_id.value).Take());
}

Sequence SequenceOfReadingKey(std::string_view key) {
  CHECK(key.size() == kReadingKeyBytes) << key.size();
  return Sequence{ByteReader(key.substr(1 + 8)).U64()};
}

CaseId CaseOfDirectoryKey(std::string_view key) {
  CHECK(key.size() > sizeof(uint64_t));
  return CaseId{ByteReader(key.substr(key.size() - sizeof(uint64_t))).U64()};
}

std::string CardKey(OrganisationNumber recipient, CardPlace place) {
  return PlaceKey('c', recipient, place);
}
KeyRange CardRange(OrganisationNumber recipient) { return PlaceRange('c', recipient); }

std::string OrderKey(OrganisationNumber recipient, CardPlace place) {
  return PlaceKey('o', recipient, place);
}
KeyRange OrderRange(OrganisationNumber recipient) { return PlaceRange('o', recipient); }

CardPlace PlaceOfCardKey(std::string_view key) {
  CHECK(key.size() == kCardKeyBytes) << key.size();
  ByteReader reader(key.substr(1 + 4));
  const Sequence sequence{~reader.U64()};
  return {.sequence = sequence, .index = reader.U16()};
}

std::string CaseValue(CaseId case_id) { return CaseKey(case_id); }

std::optional<CaseId> CaseOfValue(std::string_view value) {
  const std::optional<uint64_t> number = NumberOfKey(value);
  if (!number) return std::nullopt;
  return CaseId{*number};
}

std::string RequestsKey(Sequence first) { return ByteWriter().U8('r').U64(first.value).Take(); }
KeyRange RequestsRange() { return KeysWithPrefix("r"); }
Sequence FirstOfRequestsKey(std::string_view key) {
  return Sequence{ByteReader(key.substr(1)).U64()};
}

std::string ItemKey(std::string_view id, uint32_t version) {
  return VersionedKey('i', id, version);
}
std::string CalendarKey(std::string_view id, uint32_t version) {
  return VersionedKey('c', id, version);
}
std::string ChartKey(uint32_t version) { return ByteWriter().U8('o').U32(version).Take(); }
KeyRange ItemRange() { return KeysWithPrefix("i"); }
KeyRange CalendarRange() { return KeysWithPrefix("c"); }
KeyRange ChartRange() { return KeysWithPrefix("o"); }

}  // namespace onewindow
