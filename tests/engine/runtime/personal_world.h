#pragma once

#include <string>
#include <vector>

#include "tests/engine/runtime/world.h"

namespace onewindow {

// A World whose one person also protects personal data.
class PersonalWorld : public World {
 protected:
  static std::vector<Command> PersonalPublications() {
    std::vector<Command> commands = Publications();
    for (Position& position :
         *commands[0].mutable_publish_organisation()->mutable_chart()->mutable_positions()) {
      position.add_duties(DATA_PROTECTION);
    }
    return commands;
  }

  Command Read(CaseId case_id) {
    Command command;
    FillWish(*command.mutable_read_personal_data(), case_id);
    return command;
  }
  Command CorrectTo(CaseId case_id, const std::string& applicant) {
    Command command;
    auto& wish = *command.mutable_correct_personal_data();
    FillWish(wish, case_id);
    *wish.mutable_applicant() = Submit(applicant).submit_case().applicant();
    wish.mutable_basis()->set_text("at his request");
    return command;
  }
  Command Forget(CaseId case_id) {
    Command command;
    FillWish(*command.mutable_forget_person(), case_id);
    command.mutable_forget_person()->set_basis(ForgetPerson::RETENTION_ENDED);
    return command;
  }

 private:
  template <typename Wish>
  void FillWish(Wish& wish, CaseId case_id) {
    *wish.mutable_envelope() = Accept(case_id).accept_case().envelope();
    wish.set_case_id(case_id.value);
  }
};

}  // namespace onewindow
