#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "onewindow/v1/answers.pb.h"
#include "tests/bench/desk_client.h"
#include "tests/bench/desk_life.h"

namespace onewindow {

// A command that the server said was done.
struct Acknowledged {
  uint64_t number;  // Of the clerk's case.
  DeskStep step;
  CommandOutcome outcome;
};

// The server is gone or will be; gRPC cancels a call that comes in just while it shuts down.
bool SaysGone(const grpc::Status& status);

// Somebody at a window who sees one case through after the other, and remembers every answer. Used
// by one thread at a time. The methods give what was wrong; empty: nothing.
class Clerk {
 public:
  // `name` is what his request ids begin with.
  explicit Clerk(std::string name) : name_(std::move(name)) {}

  // Works until a call is refused. `acknowledged` is called after each answer and says whether to
  // go on, `may_end` says whether this refusal was to be expected by now.
  std::string Work(DeskClient& client, const std::function<bool()>& acknowledged,
                   const std::function<bool(const grpc::Status&)>& may_end);

  // Asks again for everything since the last recheck: it must be there and be answered as before.
  // Then the command whose answer never came: done or not, it is done now.
  std::string Recheck(DeskClient& client);

  // Looks at every case: its stage, and that its timeline holds each of its commands once.
  std::string LookAtCases(DeskClient& client) const;

  const std::vector<Acknowledged>& acknowledged() const { return acknowledged_; }
  std::string RequestId(const Acknowledged& done) const {
    return RequestIdOf(name_, done.number, done.step);
  }

 private:
  // The step that comes after what was acknowledged.
  Acknowledged Next() const;
  Command CommandOf(const Acknowledged& step) const;
  // What the case of `step` was told last; empty before its submission.
  CommandOutcome Before(const Acknowledged& step) const;
  std::string LookAtCase(DeskClient& client, size_t first, size_t end) const;

  const std::string name_;
  std::vector<Acknowledged> acknowledged_;  // Case by case, in order.
  size_t rechecked_ = 0;                    // So many of them.
  bool unanswered_ = false;                 // The next command was sent, its answer never came.
};

}  // namespace onewindow
