// lib/dns/client_name.cc - the host name of a client, and whether it may be believed.
#include "lib/dns/client_name.h"

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/dns/native.h"
#include "lib/dns/reply.h"

namespace postrider::dns {

namespace {

NameStatus failure_of(Status status, NameStatus otherwise) {
    return status == Status::try_again ? NameStatus::temporary_failure : otherwise;
}

bool contains_host(const NativeAnswer& answer, const SocketAddress& address) {
    for (const SocketAddress& candidate : answer.addresses)
        if (candidate.unmapped().same_host(address)) return true;
    return false;
}

}  // namespace

Task<ClientName> verify_client_name(SocketAddress address) {
    ClientName client;
    NativeName found = co_await native_name(address);
    if (found.status != Status::ok) {
        client.status = client.reverse_status = failure_of(found.status, NameStatus::permanent_failure);
        co_return client;
    }
    if (found.name.ends_with('.')) found.name.pop_back();
    if (!is_usable_name(found.name) || SocketAddress::from_ip(found.name)) {
        log::warning("address {} has an unusable hostname: {}", address.host(), printable(found.name));
        co_return client;
    }
    client.reverse_name = found.name;
    client.reverse_status = NameStatus::ok;
    const NativeAnswer back = co_await native_addresses(found.name, address.family());
    if (back.status != Status::ok) {
        log::warning("hostname {} does not resolve to address {}: {}", found.name, address.host(),
                     back.reason);
        client.status = failure_of(back.status, NameStatus::forged);
        co_return client;
    }
    if (!contains_host(back, address)) {
        log::warning("hostname {} does not resolve to address {}", found.name, address.host());
        client.status = NameStatus::forged;
        co_return client;
    }
    client.name = found.name;
    client.status = NameStatus::ok;
    co_return client;
}

}  // namespace postrider::dns
