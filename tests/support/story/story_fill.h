#pragma once

#include <string>

#include "engine/base/ids.h"
#include "onewindow/v1/case.pb.h"
#include "tests/support/story/story_line.h"

namespace onewindow {

// What the commands of stories are filled with, from a line's arguments.

// Free text that the story leaves out is there all the same, unless it says "none".
inline void FillText(StoryLine& line, const std::string& key, Sealed* text) {
  std::string value = line.TakeOr(key, "text of " + key);
  if (value != "none") text->set_text(value);
}

template <typename Wish>
void FillCase(Wish& wish, const CaseRecord& record) {
  wish.set_case_id(record.id());
}

// "task=3", or "step=review" for the open task of that step.
template <typename Wish>
void FillTask(Wish& wish, StoryLine& line, const CaseRecord& record) {
  FillCase(wish, record);
  if (auto id = line.Take("task")) wish.set_task_id(ReadStoryNumber(line, *id));
  auto step = line.Take("step");
  if (!step) return;
  for (const Task& task : record.tasks()) {
    if (task.step() == *step) wish.set_task_id(task.id());
  }
  if (wish.task_id() == 0) line.Fail("no open task is at the step '" + *step + "'");
}

template <typename Wish>
void FillMaterials(Wish& wish, StoryLine& line) {
  for (const std::string& id : SplitList(line.TakeOr("materials", ""))) wish.add_materials(id);
}

// Who has the same document number has the same pseudonym, as in the engine.
inline void GivePseudonym(Applicant& applicant) {
  applicant.set_pseudonym(applicant.document_number().text());
}

// "name=... number=..." and the rest of an applicant.
void FillApplicant(Applicant& applicant, StoryLine& line);

// The address that stories give a file of that name.
std::string StoryAddress(const std::string& name);

}  // namespace onewindow
