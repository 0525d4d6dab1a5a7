// lib/tables/types/remote.cc - connections to servers that answer table lookups.
#include "lib/tables/types/remote.h"

#include <fmt/core.h>

#include "lib/async/connect.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/dns/native.h"
#include "lib/ipc/client.h"

namespace postrider::tables {

namespace {

using namespace std::chrono_literals;

constexpr auto idle_limit = 10s;
constexpr auto life_limit = 100s;

}  // namespace

std::optional<Endpoint> Endpoint::parse(std::string_view text) {
    Endpoint endpoint;
    if (text.starts_with("unix:")) {
        endpoint.path = text.substr(5);
        return endpoint.path.empty() ? std::nullopt : std::optional(endpoint);
    }
    if (text.starts_with("inet:")) text.remove_prefix(5);
    const auto parts = split_host_port(text);
    if (!parts || parts->port.empty()) return std::nullopt;
    endpoint.host = parts->host.empty() ? "localhost" : parts->host;
    endpoint.port = parts->port;
    return endpoint;
}

std::optional<RemoteServer::Kept> RemoteServer::take_kept() {
    const auto now = async::Clock::now();
    while (!kept_.empty()) {
        Kept kept = std::move(kept_.back());
        kept_.pop_back();
        if (now - kept.used < idle_limit && now - kept.made < life_limit && !kept.stream.input_waiting())
            return kept;
    }
    return std::nullopt;
}

Task<Result<Fd>> RemoteServer::connect() {
    if (!endpoint_.path.empty()) {
        Result<Fd> connected = co_await ipc::connect_unix(endpoint_.path, async::after(connect_limit_));
        co_return connected;
    }
    const auto port = find_tcp_port(endpoint_.port);
    if (!port) co_return Error{"unknown port: " + endpoint_.port};
    dns::NativeAnswer answer = co_await dns::native_addresses(endpoint_.host, AF_UNSPEC);
    std::string reason = endpoint_.host + ": " + answer.reason;
    for (const SocketAddress& found : answer.addresses) {
        const SocketAddress address = found.with_port(*port);
        Result<Fd> connected =
            co_await async::connect_to(address, SocketAddress(), async::after(connect_limit_));
        if (connected) co_return connected;
        reason = fmt::format("connect to {}: {}", address.text(), connected.error());
    }
    co_return Error{reason};
}

Task<Result<void>> RemoteServer::talk_once(Dialogue& dialogue, bool kept_allowed, bool& was_kept) {
    std::optional<Kept> connection;
    if (kept_allowed) connection = take_kept();
    was_kept = connection.has_value();
    if (!connection) {
        Result<Fd> connected = co_await connect();
        if (!connected) co_return Error{connected.error()};
        async::Stream stream(std::move(*connected));
        connection.emplace(Kept{std::move(stream), async::Clock::now(), async::Clock::now()});
    }
    try {
        connection->stream.set_timeout(answer_limit_);
        co_await dialogue.run(connection->stream);
    } catch (const async::PeerGone& gone) {
        co_return Error{gone.what()};
    }
    connection->used = async::Clock::now();
    if (connection->stream.is_open()) kept_.push_back(std::move(*connection));
    co_return Result<void>();
}

LookupResult received_value(const std::string& table, const std::string& key, std::string value, bool utf8) {
    if (const std::size_t nul = value.find('\0'); nul != std::string::npos) value.resize(nul);
    if (!utf8 || is_ascii(value) || is_valid_utf8(value)) return LookupResult::hit(std::move(value));
    std::string reason =
        fmt::format("{}: key \"{}\": non-UTF-8 value \"{}\": malformed UTF-8 or invalid codepoint", table,
                    printable(key), printable(value, '?', true));
    log::warning("{}", reason);
    return LookupResult::retry(std::move(reason));
}

Task<Result<void>> RemoteServer::talk(Dialogue& dialogue) {
    co_await free_.acquire();
    bool was_kept = false;
    Result<void> done = Error{"cancelled"};
    try {
        done = co_await talk_once(dialogue, true, was_kept);
        if (!done && was_kept) done = co_await talk_once(dialogue, false, was_kept);
    } catch (...) {
        free_.release();
        throw;
    }
    free_.release();
    co_return done;
}

}  // namespace postrider::tables
