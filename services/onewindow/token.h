#pragma once

#include <string>
#include <string_view>

namespace onewindow {

// A new token that nobody can guess: 43 characters of A-Z, a-z, 0-9, '-' and '_' (256 bits).
std::string MakeToken();

// What the credentials file holds of a token: 64 hexadecimal digits.
std::string TokenSha256(std::string_view token);

}  // namespace onewindow
