#pragma once

#include <map>
#include <string>

#include "engine/casework/context.h"
#include "engine/casework/decision.h"

namespace onewindow {

// 收件凭证.
struct Receipt {
  std::string number;
  uint32_t serial = 0;
};

// The events of one decision as they are made. Each is applied at once to a copy of the record, so
// that what follows from it is decided on what it led to.
class Plan {
 public:
  // `context` must outlive the plan.
  Plan(const CaseRecord& current, const Context& context);

  const CaseRecord& record() const { return outcome_.next; }
  const Context& context() const { return context_; }

  // Took effect at context().at, or at `at`.
  void Add(Event event);
  void AddAt(Instant at, Event event);

  // Issues the next paper of this kind, issuer and year; gives its serial.
  uint32_t Issue(Document::Kind kind, std::string_view issuer);
  // The next receipt of the day, by the county of the organisation that gives it.
  // Requires: the context has a calendar.
  Receipt NextReceipt(std::string_view organisation);
  // The next number of a series, counting those that this plan gave.
  uint32_t NextSerial(const std::string& series);

  // Takes over a copy of this plan that went on. Requires: the same context.
  void Become(Plan&& further);

  Decision Done() && { return Decision(std::move(outcome_)); }

 private:
  const Context& context_;
  Decision::Outcome outcome_;
  std::map<std::string, uint32_t> given_;
};

}  // namespace onewindow
