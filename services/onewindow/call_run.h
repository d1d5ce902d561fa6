#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cstdint>
#include <istream>
#include <memory>
#include <string>

#include "engine/base/result.h"
#include "services/onewindow/call_options.h"
#include "services/onewindow/request.h"
#include "services/onewindow/terminal.h"
#include "services/onewindow/wire.h"

namespace onewindow {

// What one call's command was given.
struct Wish {
  GivenFields fields;
  std::string from;       // A file with the request in JSON, or "-"; empty: none.
  std::string case_name;  // An id or a receipt number.
  bool all_pieces = false;
  uint64_t answers_max = 0;  // Of a watch; 0: until it ends.
  std::string json;          // Of `call`.
};

// The request that the wish makes; what it says to be read from standard input is read from `in`.
// The fault names the flag or file.
Result<std::unique_ptr<google::protobuf::Message>> RequestOf(const Verb& verb, const Wish& wish,
                                                             std::istream& in);

// Sends the request, completed with who acts, and prints what comes of it.
// Requires: the case's name is empty, an id or a receipt number.
ExitCode RunCall(Wire& wire, const CallOptions& options,
                 const google::protobuf::MethodDescriptor& method,
                 google::protobuf::Message& request, const Wish& wish, Terminal& terminal);

// What came of a call, as the caller wants to read it.
void PrintTo(const CallOptions& options, const google::protobuf::Message& answer,
             Terminal& terminal);
// The same for a call that failed, and the code to end with. `request_id`: of a command, by which
// it may be asked again.
ExitCode ReportFailure(const CallOptions& options, const CallFailure& failure,
                       const std::string& request_id, Terminal& terminal);

}  // namespace onewindow
