// smtpd/received.h - the Received header we put on top of a message, RFC 5321 4.4.
#pragma once

#include <ctime>
#include <string>
#include <vector>

namespace postrider::smtpd {

struct ReceivedFacts {
    std::string helo;     // as shown; the client's name when it gave none
    std::string client;   // verified name or "unknown"
    std::string literal;  // address without brackets; "IPv6:" in front of an IPv6 address
    std::string hostname;
    std::string mail_name;
    std::string protocol;  // "ESMTP"
    std::string queue_id;
    std::vector<std::string> tls_lines{};  // what is told of TLS, smtpd_tls_received_header
    std::string recipient;                 // internal form; only when it is the only one
    bool hide_client = false;              // smtpd_hide_client_session
    std::time_t when = 0;
};

// The lines of the header, without line ends; those after the first start with a tab.
std::vector<std::string> received_header(const ReceivedFacts& facts);

}  // namespace postrider::smtpd
