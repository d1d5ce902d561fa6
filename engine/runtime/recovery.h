#pragma once

#include "engine/base/result.h"
#include "engine/kv/head_file.h"
#include "engine/kv/kv.h"
#include "engine/runtime/log_folds.h"
#include "engine/runtime/partition_state.h"

namespace onewindow {

// Fills the state of a partition that has just been opened: what is in force, the folds of the open
// cases by one scan over their heads, those of the log from the last checkpoint on. Events are
// applied, nothing is decided.
//
// kCorrupt, saying what is missing, where the chain of hashes does not hold from the checkpoint on,
// or the log does not reach `head` with the hash that stands there.
Status Recover(const Reader& store, const Head& head, Checkpoints& checkpoints,
               PartitionState& state);

// Makes the HEAD file of a partition that is opened for the first time, or opens the one there is.
// kCorrupt where it is missing and yet there is a log.
Result<HeadFile> OpenHead(const std::string& path, const Reader& store);

}  // namespace onewindow
