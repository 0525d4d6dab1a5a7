// lib/ipc/tlsmgr_client.cc - asking tlsmgr(8).
#include "lib/ipc/tlsmgr_client.h"

#include <algorithm>

#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::ipc {

namespace {

constexpr auto call_limit = std::chrono::seconds(2);
constexpr auto pause_after_failure = std::chrono::seconds(60);

template <std::size_t size>
std::string_view view_of(const std::array<unsigned char, size>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), size};
}

}  // namespace

std::string ticket_key_text(const tls::TicketKey& key) {
    return hex_encode(view_of(key.name)) + hex_encode(view_of(key.encryption)) +
           hex_encode(view_of(key.authentication));
}

std::optional<tls::TicketKey> parse_ticket_key(std::string_view text, std::int64_t expires) {
    tls::TicketKey key;
    const std::optional<std::string> bytes = hex_decode(text);
    if (!bytes || bytes->size() != key.name.size() + key.encryption.size() + key.authentication.size())
        return std::nullopt;
    auto at = bytes->begin();
    const auto take = [&at](auto& field) {
        std::copy_n(at, field.size(), field.begin());
        at += static_cast<std::ptrdiff_t>(field.size());
    };
    take(key.name);
    take(key.encryption);
    take(key.authentication);
    key.expires = expires;
    return key;
}

TlsmgrClient::TlsmgrClient(std::string cache, std::string path)
    : cache_(std::move(cache)), path_(path), client_(std::move(path)) {}

async::Task<std::optional<TlsmgrReply>> TlsmgrClient::ask(TlsmgrRequest request) {
    if (async::Clock::now() < absent_until_) co_return std::nullopt;
    request.cache = cache_;
    Result<TlsmgrReply> reply = co_await client_.ask<TlsmgrReply>(request, call_limit);
    if (!reply.ok()) {
        absent_until_ = async::after(pause_after_failure);
        log::warning("TLS sessions are not resumed for the next {} seconds: {}", pause_after_failure.count(),
                     reply.error());
        co_return std::nullopt;
    }
    if (reply->status == TlsmgrReply::bad_request)
        log::warning("{} did not understand the request \"{}\"", path_, request.request);
    co_return std::move(*reply);
}

async::Task<std::optional<std::string>> TlsmgrClient::find(std::string id) {
    TlsmgrRequest request;
    request.request = "find";
    request.id = std::move(id);
    const std::optional<TlsmgrReply> reply = co_await ask(std::move(request));
    if (!reply || reply->status != TlsmgrReply::done) co_return std::nullopt;
    co_return base64_decode(reply->session);
}

async::Task<> TlsmgrClient::save(std::string id, std::string session) {
    TlsmgrRequest request;
    request.request = "save";
    request.id = std::move(id);
    request.session = base64_encode(session);
    const std::optional<TlsmgrReply> unused = co_await ask(std::move(request));
    static_cast<void>(unused);
}

async::Task<> TlsmgrClient::remove(std::string id) {
    TlsmgrRequest request;
    request.request = "remove";
    request.id = std::move(id);
    const std::optional<TlsmgrReply> unused = co_await ask(std::move(request));
    static_cast<void>(unused);
}

async::Task<std::optional<tls::TicketKey>> TlsmgrClient::ask_key(std::string name) {
    TlsmgrRequest request;
    request.request = "key";
    request.id = hex_encode(name);
    const std::optional<TlsmgrReply> reply = co_await ask(std::move(request));
    if (!reply || reply->status != TlsmgrReply::done) co_return std::nullopt;
    co_return parse_ticket_key(reply->key, reply->expires);
}

async::Task<std::optional<tls::TicketKey>> TlsmgrClient::current_key() {
    std::optional<tls::TicketKey> key = co_await ask_key(std::string());
    co_return key;
}

async::Task<std::optional<tls::TicketKey>> TlsmgrClient::key_named(std::string name) {
    std::optional<tls::TicketKey> key = co_await ask_key(std::move(name));
    co_return key;
}

}  // namespace postrider::ipc
