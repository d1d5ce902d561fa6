#include "engine/runtime/fair_order.h"

#include <algorithm>
#include <utility>

#include "engine/base/check.h"
#include "engine/runtime/work_place.h"
#include "engine/tables/bytes.h"

namespace onewindow {
namespace {

// Where the turn stands. Format: urgency(1) township(4) *given; given = township(4) place of a key.
struct TurnPlace {
  uint8_t urgency = 0;
  // Who gave the last task of this class; 0: nobody yet.
  OrganisationNumber township;
  // The last task that each gave in this class.
  std::map<OrganisationNumber, WorkKey> given;
};

std::string Write(const TurnPlace& place) {
  ByteWriter writer;
  writer.U8(place.urgency).U32(place.township.value);
  for (const auto& [township, key] : place.given) {
    writer.U32(township.value).Text(WriteWorkKey(key));
  }
  return writer.Take();
}

TurnPlace Read(const std::string& text) {
  ByteReader reader(text);
  TurnPlace place;
  place.urgency = reader.U8();
  place.township = OrganisationNumber{reader.U32()};
  while (reader.ok() && !reader.rest().empty()) {
    const OrganisationNumber township{reader.U32()};
    place.given[township] = ReadWorkKey(reader);
  }
  return place;
}

WorkKey FirstOf(uint8_t urgency) {
  WorkKey key;
  key.urgency = urgency;
  key.due = kInstantMin;
  return key;
}

// The tasks of one township in their order.
class Queue {
 public:
  Queue(const std::vector<const Worklist*>& lists, const WorkKey& from) {
    for (const Worklist* list : lists) cursors_.push_back(list->LowerBound(from));
    FindHead();
  }

  // Absent: nothing is left.
  const std::optional<WorkKey>& head() const { return head_; }

  void Pop() {
    ++cursors_[first_];
    FindHead();
  }

 private:
  void FindHead() {
    head_.reset();
    for (size_t i = 0; i < cursors_.size(); ++i) {
      if (cursors_[i].at_end() || (head_ && *head_ < *cursors_[i])) continue;
      first_ = i;
      head_ = *cursors_[i];
    }
  }

  std::vector<Worklist::Cursor> cursors_;
  size_t first_ = 0;  // The cursor at the head.
  std::optional<WorkKey> head_;
};

class TurnTaking {
 public:
  TurnTaking(const ListsByTownship& lists, TurnPlace place) : place_(std::move(place)) {
    for (const auto& [township, each] : lists) {
      const auto given = place_.given.find(township);
      const WorkKey from =
          given == place_.given.end() ? FirstOf(place_.urgency) : KeyBehind(given->second);
      queues_.emplace(township, Queue(each, from));
    }
  }

  std::optional<WorkKey> Next() {
    const std::optional<uint8_t> urgency = MostUrgent();
    if (!urgency) return std::nullopt;
    if (*urgency != place_.urgency) place_ = {.urgency = *urgency, .township = {}, .given = {}};
    const OrganisationNumber township = WhoseTurn();
    Queue& queue = queues_.at(township);
    const WorkKey key = *queue.head();
    queue.Pop();
    place_.township = township;
    place_.given[township] = key;
    return key;
  }

  bool HasMore() const { return MostUrgent().has_value(); }
  const TurnPlace& place() const { return place_; }

 private:
  std::optional<uint8_t> MostUrgent() const {
    std::optional<uint8_t> least;
    for (const auto& [township, queue] : queues_) {
      if (!queue.head()) continue;
      least = std::min(least.value_or(queue.head()->urgency), queue.head()->urgency);
    }
    return least;
  }

  // The next one behind who gave last; after the last one, the first again.
  OrganisationNumber WhoseTurn() const {
    std::optional<OrganisationNumber> first;
    for (const auto& [township, queue] : queues_) {
      if (!queue.head() || queue.head()->urgency != place_.urgency) continue;
      if (township > place_.township) return township;
      if (!first) first = township;
    }
    CHECK(first) << "a turn without a task";
    return *first;
  }

  TurnPlace place_;
  std::map<OrganisationNumber, Queue> queues_;
};

}  // namespace

FairPiece TakeInTurn(const ListsByTownship& lists, const std::optional<std::string>& place,
                     size_t count) {
  TurnTaking turns(lists, place ? Read(*place) : TurnPlace());
  FairPiece piece;
  while (piece.keys.size() < count) {
    const std::optional<WorkKey> key = turns.Next();
    if (!key) return piece;
    piece.keys.push_back(*key);
  }
  if (turns.HasMore()) piece.next = Write(turns.place());
  return piece;
}

}  // namespace onewindow
