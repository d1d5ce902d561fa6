#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/kv/kv.h"
#include "engine/runtime/partition_state.h"
#include "engine/runtime/queries.h"
#include "onewindow/v1/log.pb.h"

namespace onewindow {

// Finds cases by what people search by. See engine.h for what each gives. Callable from any thread.
class CaseQueries {
 public:
  CaseQueries(const Reader& store, const PartitionState& state) : store_(&store), state_(&state) {}

  Result<std::optional<CaseRecord>> Get(CaseId case_id) const;
  Result<std::optional<CaseRecord>> FindByReceipt(std::string_view receipt_number) const;
  Result<Page<CaseRecord>> FindByApplicant(std::string_view pseudonym,
                                           const PageRequest& page) const;
  Result<Page<CaseRecord>> FindByItemAndDay(std::string_view item, Date day,
                                            const PageRequest& page) const;
  Result<Page<LoggedCommand>> Timeline(CaseId case_id, const PageRequest& page) const;
  Result<Page<LoggedCommand>> Readings(CaseId case_id, const PageRequest& page) const;
  Result<Page<CardRow>> ListCards(const CardQuery& query, const PageRequest& page) const;
  Result<Page<OrderRow>> ListOrders(const OrderQuery& query, const PageRequest& page,
                                    Instant now) const;

 private:
  Result<Page<CaseRecord>> ReadDirectory(const std::string& list, KeyRange range,
                                         const PageRequest& page) const;
  // The number of an organisation that is listed by; 0 for an empty id. kNotFound for an unknown
  // one.
  Result<OrganisationNumber> RecipientOf(std::string_view organisation) const;
  Result<CardRow> ReadCard(std::string_view key) const;
  Result<Page<LoggedCommand>> ReadCommands(const std::vector<Sequence>& sequences,
                                           std::string next_cursor) const;
  Result<OrderRow> ReadOrder(std::string_view key, Instant now) const;

  const Reader* store_;
  const PartitionState* state_;
};

// How many rows a page has at most.
size_t RowsOf(const PageRequest& page);
std::shared_ptr<const Published> PublishedNow(const PartitionState& state);

}  // namespace onewindow
