#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <variant>

#include "engine/base/ids.h"
#include "engine/casework/decision.h"
#include "engine/runtime/queries.h"
#include "onewindow/v1/answers.pb.h"

namespace onewindow {

// The tokens of one list: the engine's cursors, bound to the request they were given for.
class PageTokens {
 public:
  // `request` has a field "paging"; all its other fields, and its type, are the filter.
  explicit PageTokens(const google::protobuf::Message& request);

  // PAGE_TOKEN_INVALID for a token that was not given for this request.
  std::variant<PageRequest, Rejection> Read(const Paging& paging) const;
  // Empty for an empty cursor.
  std::string Write(const std::string& cursor) const;

 private:
  std::string binding_;
};

Rejection BadPageToken();

}  // namespace onewindow
