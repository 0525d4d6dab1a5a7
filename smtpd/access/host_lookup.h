// smtpd/access/host_lookup.h - questions to the DNS that restrictions ask.
#pragma once

#include <string>
#include <vector>

#include "smtpd/access/check.h"

namespace postrider::smtpd::access {

enum class MailHost { yes, no, null_mx, malformed, unknown };
// Whether mail could be sent to the domain: MX, A or AAAA records; an address literal always.
Task<MailHost> find_mail_host(Check& check, std::string domain);
// Whether the name has A, AAAA or MX records at all.
Task<MailHost> find_any_host(Check& check, std::string name);

// A list of names or addresses, or "could not be asked".
struct Hosts {
    bool known = true;
    std::vector<std::string> names;
    std::string trouble;  // why there are none, for the log
    // The same of a name without addresses, as getaddrinfo(3) says it.
    std::string host_trouble() const;
};
// IPv4 and IPv6 addresses of a name.
Task<Hosts> find_addresses(Check& check, std::string name);
// Its MX hosts; the name itself when it has none.
Task<Hosts> find_mx_hosts(Check& check, std::string name);
// Its name servers, or those of the closest parent domain that has some.
Task<Hosts> find_name_servers(Check& check, std::string name);

// "Host not found, try again": why there was no answer.
std::string reason_of(const dns::Answer& answer);

// One question; a name in Unicode is asked in its ASCII form.
Task<dns::Answer> ask_dns(Check& check, std::string name, dns::Type type);

}  // namespace postrider::smtpd::access
