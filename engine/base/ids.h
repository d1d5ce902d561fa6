#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace onewindow {

// The protobuf vocabulary, readable without qualification throughout.
namespace v1 {}
using namespace v1;

// A number with a meaning: one kind is never taken for another.
template <typename Tag, typename Number>
struct Id {
  Number value = 0;

  constexpr explicit operator bool() const { return value != 0; }
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

// The place of a command in the log: 1, 2, 3, ... without a gap.
using Sequence = Id<struct SequenceTag, uint64_t>;
// A case is named by the log position of its submission. 0: no case.
using CaseId = Id<struct CaseTag, uint64_t>;
// Short numbers for organisations and positions, given when they are first published and kept for
// ever, so that fixed-width heads can name them. 0: none.
using OrganisationNumber = Id<struct OrganisationTag, uint32_t>;
using PositionNumber = Id<struct PositionTag, uint32_t>;
using ItemNumber = Id<struct ItemTag, uint32_t>;

}  // namespace onewindow

template <typename Tag, typename Number>
struct std::hash<onewindow::Id<Tag, Number>> {
  size_t operator()(const onewindow::Id<Tag, Number>& id) const noexcept {
    return std::hash<Number>()(id.value);
  }
};
