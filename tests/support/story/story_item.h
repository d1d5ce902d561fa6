#pragma once

#include <optional>

#include "engine/base/ids.h"
#include "onewindow/v1/catalog.pb.h"
#include "tests/support/story/story_line.h"

namespace onewindow {

// An item as a story tells it, over several lines:
//   item NAME key=value...      the item; without steps it is decided at the hall that took it in
//   field ID type=decimal name=面积 unit=亩   a field of its form
//   when material:ID if=form.area>100   what holds only there; steps and branches say when=...
//   step ID by=county/forestry key=value...   the next step; the last one decides
//   branch [lead]               what follows is a branch beside those before it
//   join                        the branches end
class StoryItem {
 public:
  // Reads the rest of an "item" line.
  explicit StoryItem(StoryLine& line);

  // Takes a line that belongs to the item; false for any other.
  bool Continue(StoryLine& line);
  ServiceItem Finish() &&;

 private:
  void ReadLimits(StoryLine& line);
  void ReadLists(StoryLine& line);
  void AddField(StoryLine& line);
  void AddWhen(StoryLine& line);
  void AddStep(StoryLine& line);
  void AddBranch(StoryLine& line);

  ServiceItem item_;
  bool in_branches_ = false;
};

}  // namespace onewindow
