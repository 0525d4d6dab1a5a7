// lib/delivery/verify_client.cc - see verify_client.h.
#include "lib/delivery/verify_client.h"

#include <memory>

#include "lib/ipc/client.h"

namespace postrider::delivery {
namespace {

constexpr auto answer_limit = std::chrono::seconds(60);

ipc::Client& verify_service() {
    static ipc::Client* const client = std::make_unique<ipc::Client>("private/verify").release();
    return *client;
}

Task<Result<VerifyReply>> ask(VerifyRequest request) {
    Result<VerifyReply> reply = co_await verify_service().ask<VerifyReply>(std::move(request), answer_limit);
    if (reply && reply->status != 0) co_return Error{"the verify service refused the request"};
    co_return reply;
}

}  // namespace

Task<Result<ProbeAnswer>> query_verify(std::string address) {
    VerifyRequest request;
    request.request = "query";
    request.address = std::move(address);
    Result<VerifyReply> reply = co_await ask(std::move(request));
    if (!reply) co_return Error{reply.error()};
    ProbeAnswer answer;
    answer.result = reply->recipient_status;
    answer.reason = std::move(reply->reason);
    co_return answer;
}

Task<Result<void>> update_verify(std::string address, ProbeResult result, std::string reason) {
    VerifyRequest request;
    request.request = "update";
    request.address = std::move(address);
    request.recipient_status = result;
    request.reason = std::move(reason);
    const Result<VerifyReply> reply = co_await ask(std::move(request));
    if (!reply) co_return Error{reply.error()};
    co_return Result<void>();
}

}  // namespace postrider::delivery
