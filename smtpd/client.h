// smtpd/client.h - who is at the other end of a session.
#pragma once

#include <string>

#include "lib/base/socket_address.h"
#include "lib/dns/client_name.h"

namespace postrider::smtpd {

// The client of a session as the restrictions and the log see it; XCLIENT replaces parts of it.
struct Client {
    std::string name = "unknown";  // verified, or "unknown"
    std::string reverse_name = "unknown";
    dns::NameStatus name_status = dns::NameStatus::permanent_failure;
    dns::NameStatus reverse_status = dns::NameStatus::permanent_failure;
    std::string address;  // "192.0.2.1", "2001:db8::1"
    std::string port = "unknown";
    std::string server_address;
    std::string server_port;
    bool is_ipv6 = false;
    bool local_submission = false;  // standard input, UNIX socket: shown as localhost

    // Sets address and family.
    void set_address(const SocketAddress& peer);
    // "192.0.2.1", "IPv6:2001:db8::1": RFC 5321 4.1.3, without brackets
    std::string literal() const;
    // "name[address]", with ":port" when asked for.
    std::string label(bool with_port = false) const;
};

// What XFORWARD told about the client behind a proxy or content filter; "" where nothing was said.
struct Forwarded {
    bool active = false;
    std::string name;
    std::string address;
    std::string literal;
    std::string port;
    std::string protocol;
    std::string helo;
    std::string ident;
    std::string domain;  // "local" or "remote": the rewriting context
    // "name[address]".
    std::string label() const;
};

}  // namespace postrider::smtpd
