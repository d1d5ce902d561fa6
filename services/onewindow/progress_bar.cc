#include "services/onewindow/progress_bar.h"

#include <algorithm>
#include <utility>

namespace onewindow {
namespace {

constexpr uint64_t kBarCells = 30;

}  // namespace

ProgressBar::ProgressBar(Terminal& terminal, std::string what)
    : terminal_(&terminal), what_(std::move(what)) {}

ProgressBar::~ProgressBar() {
  if (drawn_) terminal_->err << '\n';
}

void ProgressBar::Show(uint64_t done, uint64_t total) {
  if (total == 0) return;
  uint64_t percent = std::min<uint64_t>(100, done * 100 / total);
  bool for_person = terminal_->audience == Audience::kPerson;
  auto step = static_cast<int64_t>(for_person ? percent : percent / 10);
  if (step <= shown_) return;
  shown_ = step;
  if (for_person) {
    Draw(percent);
  } else {
    terminal_->err << what_ << ": " << step * 10 << " %\n";
  }
}

void ProgressBar::Draw(uint64_t percent) {
  uint64_t full = percent * kBarCells / 100;
  terminal_->err << '\r' << what_ << " [" << std::string(full, '#')
                 << std::string(kBarCells - full, ' ') << "] " << percent << " %" << std::flush;
  drawn_ = true;
}

}  // namespace onewindow
