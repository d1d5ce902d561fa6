#pragma once

#include <string>

#include "engine/attachments/file_store.h"
#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/kv/kv.h"
#include "engine/runtime/forgotten.h"
#include "engine/runtime/prepare.h"
#include "engine/runtime/submission.h"
#include "engine/runtime/verify.h"
#include "onewindow/v1/case.pb.h"
#include "onewindow/v1/people_commands.pb.h"

namespace onewindow {

// Every file of the case. Not an error where they are gone.
Status RemoveFilesOf(const CaseRecord& record, const FileStore& files);

// The files of cases, each under its case's key. Callable from any thread that may wait for a disk.
class CaseFiles {
 public:
  // All outlive it but the store of files, which it keeps.
  CaseFiles(FileStore files, CaseKeys& keys, Entropy& entropy)
      : files_(std::move(files)), keys_(&keys), entropy_(&entropy) {}

  // kNotFound where the case has no key: it does not exist, or its person was forgotten.
  Result<FileWriter> Begin(CaseId case_id) const;
  Result<FileReader> Read(CaseId case_id, const std::string& address) const;
  // Says in the wish which file it is: its address, and what equal content is known by.
  Status Name(const StoredFile& file, AttachFile& wish) const;
  // What came of attaching the file decides whether it stays. After a Fault it is not known
  // whether the command survived: the next start finds out.
  Status Settle(const StoredFile& file, const Answer& answer) const;
  // Every file of the case.
  Status Remove(const CaseRecord& record) const { return RemoveFilesOf(record, files_); }

 private:
  FileStore files_;
  CaseKeys* keys_;
  Entropy* entropy_;
};

// What the last end of the server, or a restore, left undecided: files that their cases name stay,
// others go. A file that does not say whose it is is left to VerifyFiles.
Status SettleLeftovers(const FileStore& files, const Reader& store);

// Of the data directory: every file that a case names is there and is what was written, and every
// file that is there is named by a case whose person is not forgotten, by its record or as one of
// `forgotten`. Findings are added to the report. Changes nothing.
Status VerifyFiles(const Reader& store, const std::string& directory,
                   const ForgottenCases& forgotten, VerifyReport& report);

}  // namespace onewindow
