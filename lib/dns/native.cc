// lib/dns/native.cc - host names through the system's own resolver.
#include "lib/dns/native.h"

#include <netdb.h>

#include <algorithm>

#include "lib/async/offload.h"
#include "lib/dns/lookup.h"
#include "lib/dns/system_hosts.h"

namespace postrider::dns {

namespace {

Status status_of(int error) {
    switch (error) {
        case 0:
            return Status::ok;
        case EAI_AGAIN:
        case EAI_MEMORY:
        case EAI_SYSTEM:
            return Status::try_again;
#ifdef EAI_NODATA
        case EAI_NODATA:
            return Status::no_data;
#endif
        default:
            return Status::not_found;
    }
}

NativeAnswer find_addresses(const std::string& host, int family) {
    addrinfo hints{};
    hints.ai_family = family;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    const int error = ::getaddrinfo(host.c_str(), nullptr, &hints, &list);
    NativeAnswer answer;
    answer.status = status_of(error);
    if (error != 0) {
        answer.reason = ::gai_strerror(error);
        return answer;
    }
    for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
        if (entry->ai_family != AF_INET && entry->ai_family != AF_INET6) continue;
        const SocketAddress address(entry->ai_addr, entry->ai_addrlen);
        const auto known = std::find(answer.addresses.begin(), answer.addresses.end(), address);
        if (known == answer.addresses.end()) answer.addresses.push_back(address);
    }
    ::freeaddrinfo(list);
    if (answer.addresses.empty()) answer.status = Status::no_data;
    return answer;
}

NativeName find_name(const SocketAddress& address) {
    char host[NI_MAXHOST] = "";
    const int error =
        ::getnameinfo(address.get(), address.length(), host, sizeof(host), nullptr, 0, NI_NAMEREQD);
    NativeName answer;
    answer.status = status_of(error);
    if (error == 0)
        answer.name = host;
    else
        answer.reason = ::gai_strerror(error);
    return answer;
}

std::string reason_of(Status status) {
    if (status == Status::try_again) return ::gai_strerror(EAI_AGAIN);
    return ::gai_strerror(status == Status::no_data ? EAI_NODATA : EAI_NONAME);
}

// As the system's resolver does: names may be completed with the search domains.
LookupOptions like_the_system() {
    LookupOptions options;
    options.search = Search::search_list;
    return options;
}

Task<> store_answer(std::string host, Type type, Answer& result) {
    Answer answer = co_await lookup(std::move(host), type, like_the_system());
    result = std::move(answer);
}

Task<NativeAnswer> dns_addresses(std::string host, int family) {
    Answer ipv6, ipv4;
    ipv6.status = ipv4.status = Status::not_found;
    async::Scope both("address lookups");
    if (family != AF_INET) both.spawn(store_answer(host, Type::aaaa, ipv6));
    if (family != AF_INET6) both.spawn(store_answer(host, Type::a, ipv4));
    co_await both.join();
    NativeAnswer answer;
    for (const Answer* one : {&ipv6, &ipv4})
        for (const Record& record : one->records) answer.addresses.push_back(record.address);
    if (!answer.addresses.empty()) {
        answer.status = Status::ok;
        co_return answer;
    }
    const auto any = [&](Status status) { return ipv6.status == status || ipv4.status == status; };
    if (any(Status::try_again))
        answer.status = Status::try_again;
    else
        answer.status = any(Status::no_data) ? Status::no_data : Status::not_found;
    answer.reason = reason_of(answer.status);
    co_return answer;
}

Task<NativeName> dns_name(SocketAddress address) {
    const Answer found = co_await lookup(address.reverse_name(), Type::ptr);
    NativeName answer;
    answer.status = found.status == Status::invalid ? Status::not_found : found.status;
    if (found.ok())
        answer.name = found.records.front().target;
    else
        answer.reason = reason_of(answer.status);
    co_return answer;
}

}  // namespace

Task<NativeAnswer> native_addresses(std::string host, int family) {
    NativeAnswer answer;
    const bool is_literal = SocketAddress::from_ip(host).has_value();
    if (is_literal || !system_asks_files_then_dns()) {
        auto work = [host, family] { return find_addresses(host, family); };
        answer = co_await async::offload(std::move(work));
        co_return answer;
    }
    answer.addresses = system_hosts().addresses(host, family);
    if (!answer.addresses.empty()) {
        answer.status = Status::ok;
        co_return answer;
    }
    answer = co_await dns_addresses(std::move(host), family);
    co_return answer;
}

Task<NativeName> native_name(SocketAddress address) {
    NativeName answer;
    if (!system_asks_files_then_dns()) {
        auto work = [address] { return find_name(address); };
        answer = co_await async::offload(std::move(work));
        co_return answer;
    }
    answer.name = system_hosts().name_of(address);
    if (!answer.name.empty()) {
        answer.status = Status::ok;
        co_return answer;
    }
    answer = co_await dns_name(address);
    co_return answer;
}

}  // namespace postrider::dns
