#include "tests/bench/desk_life.h"

#include <cstdio>

namespace onewindow {
namespace {

// 17 digits and the check character of GB 11643, another one for each number.
std::string IdentityNumber(uint64_t number) {
  static constexpr std::array<int, 17> kWeights = {7, 9, 10, 5,  8, 4, 2, 1, 6,
                                                   3, 7, 9,  10, 5, 8, 4, 2};
  std::array<char, 18> digits{};
  std::snprintf(digits.data(), digits.size(), "51%06u%09u", 100000U,
                static_cast<unsigned>(number % 1'000'000'000));
  int sum = 0;
  for (size_t i = 0; i < kWeights.size(); ++i) sum += (digits[i] - '0') * kWeights[i];
  return std::string(digits.data(), 17) + "10X98765432"[sum % 11];
}

std::string PhoneNumber(uint64_t number) {
  return std::to_string(13'800'000'000 + number % 100'000'000);
}

void FillEnvelope(Envelope& envelope, std::string request_id) {
  envelope.set_request_id(std::move(request_id));
  envelope.set_position("window");
  envelope.set_channel(CHANNEL_WINDOW);
}

void FillSubmission(SubmitCase& submit, uint64_t number) {
  submit.set_item("desk-item");
  Applicant& applicant = *submit.mutable_applicant();
  applicant.set_kind(Applicant::NATURAL_PERSON);
  applicant.mutable_name()->set_text("欧阳小明");
  applicant.set_document_type(Applicant::IDENTITY_NUMBER);
  applicant.mutable_document_number()->set_text(IdentityNumber(number));
  applicant.mutable_phone()->set_text(PhoneNumber(number));
  submit.add_materials("form");
  submit.set_delivery_mode(AT_WINDOW);
}

void FillDelivery(DeliverCase& deliver, uint64_t number) {
  deliver.set_mode(AT_WINDOW);
  deliver.set_taker(DeliverCase::APPLICANT_HIMSELF);
  deliver.mutable_taker_name()->set_text("欧阳小明");
  deliver.mutable_taker_document_number()->set_text(IdentityNumber(number));
}

}  // namespace

const char* NameOf(DeskStep step) {
  static constexpr std::array kNames = {"submit_case", "accept_case",  "claim_task",
                                        "decide_case", "deliver_case", "close_case"};
  return kNames[static_cast<size_t>(step)];
}

Stage StageAfter(DeskStep step) {
  switch (step) {
    case DeskStep::kSubmit:
      return STAGE_RECEIVED;
    case DeskStep::kAccept:
    case DeskStep::kClaim:
      return STAGE_IN_REVIEW;
    case DeskStep::kDecide:
      return STAGE_READY;
    case DeskStep::kDeliver:
      return STAGE_DELIVERED;
    case DeskStep::kClose:
      return STAGE_CLOSED;
  }
  return STAGE_UNSPECIFIED;
}

std::string RequestIdOf(const std::string& run, uint64_t number, DeskStep step) {
  return run + "-" + std::to_string(number) + "-" + std::to_string(static_cast<int>(step));
}

Command DeskCommand(const std::string& run, uint64_t number, DeskStep step, uint64_t case_id) {
  Command command;
  auto for_case = [&](auto& wish) -> auto& {
    FillEnvelope(*wish.mutable_envelope(), RequestIdOf(run, number, step));
    if constexpr (requires { wish.set_case_id(case_id); }) wish.set_case_id(case_id);
    return wish;
  };
  switch (step) {
    case DeskStep::kSubmit:
      FillSubmission(for_case(*command.mutable_submit_case()), number);
      break;
    case DeskStep::kAccept:
      for_case(*command.mutable_accept_case());
      break;
    case DeskStep::kClaim:
      for_case(*command.mutable_claim_task());
      break;
    case DeskStep::kDecide: {
      DecideCase& decide = for_case(*command.mutable_decide_case());
      decide.set_result(GRANTED);
      decide.mutable_opinion()->set_text("材料齐全，符合条件，同意");
      break;
    }
    case DeskStep::kDeliver:
      FillDelivery(for_case(*command.mutable_deliver_case()), number);
      break;
    case DeskStep::kClose:
      for_case(*command.mutable_close_case());
      break;
  }
  return command;
}

std::string WrongIn(DeskStep step, const CommandOutcome& outcome, const CommandOutcome& before) {
  auto found = [&](const std::string& expected, uint64_t value) {
    return "Expected " + expected + ", but it is " + std::to_string(value);
  };
  if (outcome.stage() != StageAfter(step)) {
    return "Expected stage " + Stage_Name(StageAfter(step)) + ", but it is " +
           Stage_Name(outcome.stage());
  }
  if (outcome.sequence() <= before.sequence()) {
    return found("a sequence after " + std::to_string(before.sequence()), outcome.sequence());
  }
  if (step == DeskStep::kSubmit && outcome.case_id() != outcome.sequence()) {
    return found("a case named " + std::to_string(outcome.sequence()), outcome.case_id());
  }
  if (step != DeskStep::kSubmit && outcome.case_id() != before.case_id()) {
    return found("case " + std::to_string(before.case_id()), outcome.case_id());
  }
  if (outcome.events().empty()) return "Expected events, but there are none";
  return {};
}

}  // namespace onewindow
