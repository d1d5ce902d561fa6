#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/casework/decision.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/commands.pb.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {

enum class Intent {
  kAct,
  kValidateOnly,  // Decide and answer, and leave nothing behind (AIP-163).
};

// A command on its way to the writer: sealed, its envelope taken apart. Made on the caller's thread
// (prepare.h), because it needs randomness and costs time.
struct Submission {
  Caller caller;
  // Empty for the system's own commands and for readings: no answer to them is remembered.
  std::string request_id;
  // 16 bytes; see LoggedCommand.body_hash.
  std::string body_hash;
  // 0 for submissions and administration.
  CaseId case_id;
  // Of its envelope only occurred_at is left; the rest is in the fields here.
  Command command;
  Intent intent = Intent::kAct;
  // The version of the case that the caller has seen; empty: any.
  std::string etag;
  // SubmitCase: the data key of the new case, wrapped.
  std::string wrapped_key;
  // SubmitCase, CorrectCase: unseals a field of the case's form, for the decision that depends on
  // what it says. Empty where there is nothing to unseal.
  std::function<Status(FormField&)> open_field;
};

// A command that was accepted, now or when its request id was first seen.
struct Accepted {
  // 0 where the submission only asked for validation.
  Sequence sequence;
  // 0 for administration.
  CaseId case_id;
  // As logged: caller, times, request and events, sealed. For a validation: what would be logged.
  std::shared_ptr<const LoggedCommand> logged;
  // The case after the command, sealed; null for administration.
  std::shared_ptr<const CaseRecord> record;
};

// What comes of a submission. A Fault says that the world failed: kUnavailable where the writer
// stops or its store failed (the command may have survived; ask again with the same request id),
// kIo and kCorrupt where the case cannot be read, kInvalid where there is no command in it, kBug
// where a CHECK stopped it.
using Answer = std::variant<Accepted, Rejection, Fault>;

// Called once, on the writer's thread or, where the answer needs no writer, on the caller's. Must
// not block.
using AnswerCallback = std::function<void(Answer)>;

// The version of a case: the sequence of the last command that made events in it, in decimal.
std::string EtagOf(const CaseRecord& record);

}  // namespace onewindow
