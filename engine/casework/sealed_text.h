#pragma once

#include "engine/base/ids.h"
#include "onewindow/v1/sealed.pb.h"

namespace onewindow {

// Nonce and tag: what sealing adds to a text.
inline constexpr size_t kSealedOverhead = 12 + 16;

// Nothing was written: the engine sees the box, not the text, but an empty text has an empty box.
inline bool IsBlank(const Sealed& sealed) {
  switch (sealed.content_case()) {
    case Sealed::kText:
      return sealed.text().empty();
    case Sealed::kBox:
      return sealed.box().size() <= kSealedOverhead;
    case Sealed::CONTENT_NOT_SET:
      return true;
  }
  return true;
}

}  // namespace onewindow
