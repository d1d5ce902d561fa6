#pragma once

#include <string>

#include "engine/casework/paper_number.h"
#include "engine/clock/timestamp.h"
#include "engine/runtime/entropy.h"
#include "engine/runtime/time_source.h"
#include "onewindow/v1/desk_journal.pb.h"
#include "services/onewindow/desk_book.h"

namespace onewindow {

// 1, 2, 3, ...: the same bytes in every run.
class CountingEntropy final : public Entropy {
 public:
  void Fill(std::span<uint8_t> bytes) override {
    for (uint8_t& byte : bytes) byte = ++last_;
  }

 private:
  uint8_t last_ = 0;
};

class StandingTime final : public TimeSource {
 public:
  Instant Now() const override { return now; }
  Duration Steady() const override { return {}; }

  Instant now = StartOf(MakeDate(2025, 10, 13), kBeijing) + std::chrono::hours(9);
};

inline Instant OnThe(unsigned day, int hour) {
  return StartOf(MakeDate(2025, 10, day), kBeijing) + std::chrono::hours(hour);
}

inline DeskRecord Made(const std::string& desk) {
  DeskRecord record;
  record.mutable_made()->set_desk(desk);
  return record;
}

// As the desk writes it down.
inline DeskRecord Entered(const std::string& number, Instant occurred_at,
                          const std::string& name = "张三") {
  DeskRecord record;
  DeskEntry& entry = *record.mutable_entered();
  entry.set_provisional_number(number);
  *entry.mutable_entered_at() = ToTimestamp(occurred_at);
  SubmitCase& submission = *entry.mutable_submission();
  submission.set_item("senior-card");
  Applicant& applicant = *submission.mutable_applicant();
  applicant.set_kind(Applicant::NATURAL_PERSON);
  applicant.mutable_name()->set_text(name);
  applicant.set_document_type(Applicant::IDENTITY_NUMBER);
  applicant.mutable_document_number()->set_text("510121195001011239");
  Envelope& envelope = *submission.mutable_envelope();
  envelope.set_position("window-1");
  envelope.set_request_id(DeskRequestId(number));
  *envelope.mutable_occurred_at() = ToTimestamp(occurred_at);
  ExternalNumber& external = *submission.add_external_numbers();
  external.set_system(DeskSystem("window-1"));
  external.set_number(number);
  return record;
}

inline DeskRecord Sent(const std::string& number, Instant at) {
  DeskRecord record;
  record.mutable_sent()->set_provisional_number(number);
  *record.mutable_sent()->mutable_at() = ToTimestamp(at);
  record.mutable_sent()->set_receipt_number("51012120251011000001");
  return record;
}

}  // namespace onewindow
