#pragma once

namespace onewindow {

// How every command ends. The numbers are for scripts and never change.
enum class ExitCode {
  kOk = 0,
  kRefused = 1,      // The server said no, and why.
  kUsage = 2,        // The command line is wrong; nothing was done.
  kCheckFailed = 3,  // Something that was looked at is not as it should be.
  kUnavailable = 4,  // Nobody answers, or the data cannot be reached: try again.
};

}  // namespace onewindow
