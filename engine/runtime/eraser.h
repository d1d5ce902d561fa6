#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "engine/runtime/submission.h"

namespace onewindow {

class CaseFiles;
class CaseKeys;
class RocksKv;

// What follows when the log says that a person is forgotten, before anybody is told so: the key is
// dropped from memory, the files of the case are removed, the key's bytes go from the files of the
// store, and the case is put on the lists that restored data is held to. On a thread of its own,
// since files are rewritten.
class Eraser {
 public:
  // `directories` have a list each (forgotten.h). All that is given must outlive the eraser.
  Eraser(RocksKv& store, CaseKeys& keys, const CaseFiles& files,
         std::vector<std::string> directories);
  // As Stop().
  ~Eraser();

  // A callback for a ForgetPerson: passes a refusal on at once, and an acceptance when all is done.
  // A fault then says that it is not, and that the same request should be made again.
  AnswerCallback Before(AnswerCallback answer);
  // Does what waits, and ends. Requires: no callback of Before() is called any more.
  void Stop();

 private:
  struct Waiting {
    Accepted accepted;
    AnswerCallback answer;
  };

  void Run();
  void Add(Accepted accepted, AnswerCallback answer);
  Status Erase(const std::deque<Waiting>& batch);

  RocksKv* store_;
  CaseKeys* keys_;
  const CaseFiles* files_;
  const std::vector<std::string> directories_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::deque<Waiting> waiting_;  // Guarded by mutex_, as stopping_.
  bool stopping_ = false;
  std::thread erasing_;
};

}  // namespace onewindow
