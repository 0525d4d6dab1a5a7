// master/sockets.cc - the listening sockets of one master.cf line.
//
// Sockets below the queue directory are made as the mail owner, whose directories they are in: root follows
// no name that an unprivileged daemon could have put there.
#include "master/sockets.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <netdb.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/daemon/privileges.h"

namespace postrider::master {

using namespace config;  // parameters

namespace {

constexpr int backlog = 4096;

// Effective user for the life of the object.  master has one thread and no coroutine holds it.
class ActingAsMailOwner {
  public:
    explicit ActingAsMailOwner(const Settings& settings) {
        if (!daemon::can_switch_users()) return;
        const Result<daemon::Account> owner = daemon::find_account(settings[mail_owner]);
        if (!owner) fatal("mail_owner = {}: {}", settings[mail_owner], owner.error());
        if (setegid(owner->gid) != 0 || seteuid(owner->uid) != 0)
            fatal("become {}: {}", owner->name, errno_text());
        acting_ = true;
    }
    ~ActingAsMailOwner() {
        if (acting_ && (seteuid(0) != 0 || setegid(0) != 0))
            panic("cannot become root again: {}", errno_text());
    }
    ActingAsMailOwner(const ActingAsMailOwner&) = delete;
    ActingAsMailOwner& operator=(const ActingAsMailOwner&) = delete;

  private:
    bool acting_ = false;
};

struct Families {
    bool ipv4 = false;
    bool ipv6 = false;
};

Families wanted_families(const Settings& settings) {
    Families families;
    for (const std::string& word : settings.words(inet_protocols)) {
        families.ipv4 = families.ipv4 || word == "all" || word == "ipv4";
        families.ipv6 = families.ipv6 || word == "all" || word == "ipv6";
    }
    families.ipv6 = families.ipv6 && ipv6_available();
    return families;
}

bool wanted(const Families& families, const SocketAddress& address) {
    return (address.is_ipv4() && families.ipv4) || (address.is_ipv6() && families.ipv6);
}

void add_once(std::vector<SocketAddress>& addresses, const SocketAddress& address) {
    if (std::find(addresses.begin(), addresses.end(), address) == addresses.end())
        addresses.push_back(address);
}

// Adds the addresses of a host name or address; false when there are none.
bool add_host(std::vector<SocketAddress>& addresses, const std::string& host, std::uint16_t port,
              const Families& families) {
    if (const auto literal = SocketAddress::from_ip(host, port)) {
        add_once(addresses, *literal);
        return true;
    }
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE;
    addrinfo* found = nullptr;
    if (getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return false;
    bool any = false;
    for (const addrinfo* at = found; at != nullptr; at = at->ai_next) {
        const SocketAddress address = SocketAddress(at->ai_addr, at->ai_addrlen).with_port(port);
        if (!wanted(families, address)) continue;
        add_once(addresses, address);
        any = true;
    }
    freeaddrinfo(found);
    return any;
}

void add_wildcards(std::vector<SocketAddress>& addresses, std::uint16_t port, const Families& families) {
    if (families.ipv4) add_once(addresses, *SocketAddress::from_ip("0.0.0.0", port));
    if (families.ipv6) add_once(addresses, *SocketAddress::from_ip("::", port));
}

void add_loopback(std::vector<SocketAddress>& addresses, std::uint16_t port, const Families& families) {
    if (families.ipv4) add_once(addresses, *SocketAddress::from_ip("127.0.0.1", port));
    if (families.ipv6) add_once(addresses, *SocketAddress::from_ip("::1", port));
}

Result<std::vector<Fd>> open_inet(const config::ServiceEntry& entry, const Settings& settings) {
    Result<std::vector<SocketAddress>> addresses = inet_addresses(entry.service, settings);
    if (!addresses) return Error{addresses.error()};
    std::vector<Fd> sockets;
    for (const SocketAddress& address : *addresses) {
        Result<Fd> listening = listen_on(address, backlog);
        if (!listening) return Error{listening.error()};
        sockets.push_back(std::move(*listening));
    }
    return sockets;
}

Error path_error(const char* what, const std::string& path) {
    return Error{fmt::format("{} {}: {}", what, path, errno_text())};
}

Result<Fd> open_unix(const std::string& path, int type) {
    const auto address = SocketAddress::from_path(path);
    if (!address) return Error{"socket path too long: " + path};
    Fd socket(::socket(AF_UNIX, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket) return path_error("socket", path);
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return path_error("remove", path);
    if (::bind(socket.get(), address->get(), address->length()) != 0) return path_error("bind", path);
    // Who may reach it is decided by the directory.
    if (::chmod(path.c_str(), 0666) != 0) return path_error("chmod", path);
    if (type == SOCK_STREAM && ::listen(socket.get(), backlog) != 0) return path_error("listen", path);
    return socket;
}

Result<Fd> open_fifo(const std::string& path) {
    struct stat found {};
    if (::lstat(path.c_str(), &found) == 0 && !S_ISFIFO(found.st_mode) && ::unlink(path.c_str()) != 0)
        return path_error("remove", path);
    if (::mkfifo(path.c_str(), 0600) != 0 && errno != EEXIST) return path_error("mkfifo", path);
    // Read and write: a FIFO without a writer would be readable all the time.
    Fd fifo(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW));
    if (!fifo) return path_error("open", path);
    if (::fchmod(fifo.get(), 0622) != 0) return path_error("chmod", path);
    return fifo;
}

}  // namespace

Result<std::vector<SocketAddress>> inet_addresses(const std::string& service, const Settings& settings) {
    const Families families = wanted_families(settings);
    std::string host;
    std::string port_text = service;
    const std::size_t colon = service.rfind(':');
    if (colon != std::string::npos) {
        host = service.substr(0, colon);
        port_text = service.substr(colon + 1);
        if (host.size() >= 2 && host.front() == '[' && host.back() == ']')
            host = host.substr(1, host.size() - 2);
    }
    const auto port = find_tcp_port(port_text);
    if (!port) return Error{fmt::format("unknown TCP service or port: {}", port_text)};
    std::vector<SocketAddress> addresses;
    if (!host.empty()) {
        if (!add_host(addresses, host, *port, families))
            return Error{fmt::format("host not found: {}", host)};
        return addresses;
    }
    for (const std::string& word : settings.words(inet_interfaces)) {
        if (equals_ignoring_case(word, "all")) {
            add_wildcards(addresses, *port, families);
        } else if (equals_ignoring_case(word, "loopback-only")) {
            add_loopback(addresses, *port, families);
        } else {
            std::vector<SocketAddress> named;
            if (!add_host(named, word, *port, families))
                return Error{fmt::format("inet_interfaces: host not found: {}", word)};
            for (const SocketAddress& address : named)
                if (wanted(families, address)) add_once(addresses, address);
        }
    }
    if (addresses.empty())
        return Error{
            fmt::format("no address to listen on: inet_interfaces = {} and inet_protocols = {} leave none",
                        settings[inet_interfaces], settings[inet_protocols])};
    return addresses;
}

std::string local_path(const config::ServiceEntry& entry) {
    return (entry.private_ ? "private/" : "public/") + entry.service;
}

Result<std::vector<Fd>> open_sockets(const config::ServiceEntry& entry, const Settings& settings) {
    if (entry.type == "inet") return open_inet(entry, settings);
    const ActingAsMailOwner acting(settings);
    const std::string path = local_path(entry);
    Result<Fd> socket = entry.type == "fifo"         ? open_fifo(path)
                        : entry.type == "unix-dgram" ? open_unix(path, SOCK_DGRAM)
                                                     : open_unix(path, SOCK_STREAM);
    if (!socket) return Error{socket.error()};
    std::vector<Fd> sockets;
    sockets.push_back(std::move(*socket));
    return sockets;
}

}  // namespace postrider::master
