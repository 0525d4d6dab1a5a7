// smtpd/upstream_proxy.cc - a proxy in front of the server that tells who the client is.
#include "smtpd/upstream_proxy.h"

#include "lib/base/log.h"
#include "smtpd/proxy_parameters.h"
#include "smtpd/session.h"

namespace postrider::smtpd {

namespace {

// A connection is wanted with a header only from proxies; others on the same port speak for themselves.
Task<bool> is_proxy(const UpstreamProxy& proxy, const SocketAddress& peer) {
    if (proxy.clients.empty()) co_return true;
    std::string address = peer.host();
    const tables::Match match = co_await proxy.clients.matches("", address);
    co_return match == tables::Match::yes;
}

}  // namespace

UpstreamProxy::UpstreamProxy(const Settings& settings)
    : expected(!settings[smtpd_upstream_proxy_protocol].empty()),
      clients(smtpd_upstream_proxy_clients, tables::ListKind::addresses, settings),
      timeout(settings[smtpd_upstream_proxy_timeout]) {
    const std::string& protocol = settings[smtpd_upstream_proxy_protocol];
    if (expected && protocol != "haproxy")
        fatal("unsupported smtpd_upstream_proxy_protocol value: {} (use haproxy, or nothing)", protocol);
}

Task<bool> hear_proxy(Session& session) {
    const UpstreamProxy& proxy = session.server.upstream_proxy;
    if (!proxy.expected || session.endpoints->are_set()) co_return true;
    const SocketAddress peer = peer_address(session.stream.fd());
    if (!peer.is_ipv4() && !peer.is_ipv6()) co_return true;
    const bool proxied = co_await is_proxy(proxy, peer);
    if (!proxied) co_return true;
    const async::Deadline deadline = async::after(proxy.timeout);
    const Result<daemon::Endpoints> told =
        co_await daemon::receive_proxy_header(session.stream.fd(), deadline);
    if (told) {
        session.endpoints = told.value();
        co_return true;
    }
    const bool silent = told.error() == "time limit exceeded";
    log::warning("haproxy read: {}", silent ? "timeout error" : told.error());
    co_return false;
}

Task<> turn_away(Session& session) {
    session.stream.set_timeout(std::chrono::seconds(5));
    session.stream.put("421 4.3.0 " + session.server.hostname + " Server local error\r\n");
    try {
        co_await session.stream.flush();
    } catch (const async::PeerGone&) {
        // It has not waited for the answer.
    }
}

}  // namespace postrider::smtpd
