#pragma once

#include <string>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "onewindow/v1/organisation.pb.h"

namespace onewindow {

enum class DemoTokens { kMade, kThereAlready };

// For a demonstration: a random token for each person of the chart. `tokens_file` gets the tokens,
// a line "person token" each, for whoever plays the persons; `credentials_file` gets their hashes
// for the server. Both are for their owner's eyes only. Nothing is done where there is a
// credentials file.
Result<DemoTokens> MakeDemoTokens(const OrganisationChart& chart,
                                  const std::string& credentials_file,
                                  const std::string& tokens_file);

}  // namespace onewindow
