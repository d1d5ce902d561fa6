#include "services/rpc/refusal.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace onewindow {
namespace {

template <typename Detail>
Detail DetailOf(const grpc::Status& status) {
  google::rpc::Status rich;
  EXPECT_TRUE(rich.ParseFromString(status.error_details()));
  Detail detail;
  for (const auto& any : rich.details()) {
    if (any.Is<Detail>()) any.UnpackTo(&detail);
  }
  return detail;
}

TEST(RefusalTest, EveryReasonHasAStatusAndAChineseText) {
  const auto& reasons = *google::protobuf::GetEnumDescriptor<Reason>();
  for (int i = 0; i < reasons.value_count(); ++i) {
    const auto reason = static_cast<Reason>(reasons.value(i)->number());
    if (reason == REASON_UNSPECIFIED) continue;
    const grpc::Status status = ToStatus(RefusedBecause(reason, "why"));
    EXPECT_FALSE(status.ok());
    EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(status).reason(), reasons.value(i)->name());
    EXPECT_FALSE(DetailOf<google::rpc::LocalizedMessage>(status).message().empty())
        << reasons.value(i)->name();
  }
}

struct FaultRow {
  FaultKind kind;
  grpc::StatusCode code;
  Reason reason;
};

class FaultTest : public testing::TestWithParam<FaultRow> {};

TEST_P(FaultTest, BecomesItsStatus) {
  const grpc::Status status = ToStatus(Fault{GetParam().kind, "the world failed"});
  EXPECT_EQ(status.error_code(), GetParam().code);
  EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(status).reason(), Reason_Name(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    Faults, FaultTest,
    testing::Values(FaultRow{FaultKind::kInvalid, grpc::StatusCode::INVALID_ARGUMENT,
                             FIELD_INVALID},
                    FaultRow{FaultKind::kNoSpace, grpc::StatusCode::RESOURCE_EXHAUSTED, DISK_FULL},
                    FaultRow{FaultKind::kUnavailable, grpc::StatusCode::UNAVAILABLE, STOPPING},
                    FaultRow{FaultKind::kIo, grpc::StatusCode::INTERNAL, STORE_FAILED},
                    FaultRow{FaultKind::kCorrupt, grpc::StatusCode::INTERNAL, STORE_FAILED},
                    FaultRow{FaultKind::kBug, grpc::StatusCode::INTERNAL, PROGRAM_FAULT}));

TEST(RefusalTest, WhatTheDiskSaidStaysWithTheServer) {
  const grpc::Status status = ToStatus(Fault{FaultKind::kIo, "/srv/data/db/000012.log"});
  EXPECT_THAT(status.error_message(), testing::Not(testing::HasSubstr("/srv")));
}

}  // namespace
}  // namespace onewindow
