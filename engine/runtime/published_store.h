#pragma once

#include <memory>

#include "engine/base/result.h"
#include "engine/kv/kv.h"
#include "engine/runtime/queries.h"
#include "onewindow/v1/events.pb.h"

namespace onewindow {

// What is in force before anything was published: all of it empty.
std::shared_ptr<const Published> NothingPublished();

// What was published until now, as the catalogue family holds it. kCorrupt where a document there
// is not what its deciders let pass.
Result<std::shared_ptr<const Published>> ReadPublished(const Reader& store, Sequence as_of);

// What is in force after the event; null where the event publishes nothing.
std::shared_ptr<const Published> AfterEvent(const Published& before, const v1::Event& event,
                                            Sequence sequence);

// The row that the event adds to the catalogue family, or changes there, if any: an amendment
// writes the chart anew under its version. `after`: what is in force after the event.
void PutPublication(Batch& batch, const v1::Event& event, const Published& after);

}  // namespace onewindow
