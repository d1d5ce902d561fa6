#pragma once

#include <string>
#include <string_view>

// Where files lie, below DATA/attachments:
//
//   ab/ab12...ef     a sealed file by its address, the SHA-256 of its bytes
//   incoming/*.part  a file that is being written
//   incoming/ab12... a second name of a file of which it is not known yet whether its case has it
namespace onewindow {

std::string AttachmentsPath(const std::string& data_directory);

// `root`: an AttachmentsPath.
std::string FilePath(const std::string& root, std::string_view address);
std::string IncomingPath(const std::string& root);
std::string MarkPath(const std::string& root, std::string_view address);

// 64 lower-case hexadecimal digits; anything else is no path of ours.
bool IsAddress(std::string_view text);

}  // namespace onewindow
