// lib/dns/native.cc - host names through the system's own resolver.
#include "lib/dns/native.h"

#include <netdb.h>

#include <algorithm>

#include "lib/async/offload.h"

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

}  // namespace

Task<NativeAnswer> native_addresses(std::string host, int family) {
    auto work = [host, family] { return find_addresses(host, family); };
    NativeAnswer answer = co_await async::offload(std::move(work));
    co_return answer;
}

Task<NativeName> native_name(SocketAddress address) {
    auto work = [address] { return find_name(address); };
    NativeName answer = co_await async::offload(std::move(work));
    co_return answer;
}

}  // namespace postrider::dns
