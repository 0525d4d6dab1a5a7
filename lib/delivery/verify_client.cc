// lib/delivery/verify_client.cc - see verify_client.h.
#include "lib/delivery/verify_client.h"

#include <memory>

#include "lib/ipc/client.h"

namespace postrider::delivery {
namespace {

constexpr auto update_limit = std::chrono::seconds(60);

struct UpdateRequest {
    std::string request = "update";
    std::string address;
    int recipient_status = 0;
    std::string reason;
    template <class V>
    void attributes(V&& visit) {
        visit("request", request);
        visit("address", address);
        visit("recipient_status", recipient_status);
        visit("reason", reason);
    }
};

struct UpdateReply {
    int status = -1;
    template <class V>
    void attributes(V&& visit) {
        visit("status", status);
    }
};

ipc::Client& verify_service() {
    static ipc::Client* const client = std::make_unique<ipc::Client>("private/verify").release();
    return *client;
}

}  // namespace

Task<Result<void>> update_verify(std::string address, ProbeResult result, std::string reason) {
    UpdateRequest request;
    request.address = std::move(address);
    request.recipient_status = static_cast<int>(result);
    request.reason = std::move(reason);
    Result<UpdateReply> reply = co_await verify_service().ask<UpdateReply>(std::move(request), update_limit);
    if (!reply) co_return Error{reply.error()};
    if (reply->status != 0) co_return Error{"verify service refused the update"};
    co_return Result<void>();
}

}  // namespace postrider::delivery
