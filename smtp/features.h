// smtp/features.h - what a server says it can do, RFC 5321 4.1.1.1, and what of it we believe.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "smtp/reply.h"

namespace postrider::smtp {

struct Features {
    bool pipelining = false;       // RFC 2920
    bool eightbit = false;         // RFC 6152
    bool offers_8bitmime = false;  // said so itself
    bool dsn = false;              // RFC 3461
    bool smtputf8 = false;         // RFC 6531
    bool starttls = false;         // RFC 3207
    bool auth = false;             // RFC 4954
    bool requiretls = false;       // RFC 8689
    bool size = false;             // RFC 1870
    std::int64_t size_limit = 0;   // 0: none told
    std::string bad_size_limit;    // told instead of a number
    std::vector<std::string> auth_mechanisms;
    std::set<std::string> xforward;  // attribute names, upper case; empty: not offered
};

// Reads the lines of a good reply to EHLO or LHLO, the first of which is the server's greeting.  `discarded`:
// keywords in upper case that are not believed.
Features parse_features(const Reply& reply, const std::set<std::string>& discarded);
// The server's name in the first line of its reply: "250-mx.example.com Hello" -> "mx.example.com".
std::string server_name(const Reply& reply);
// The words of a keyword list such as smtp_discard_ehlo_keywords in upper case.
std::set<std::string> parse_keywords(std::string_view text);
// The keywords of such a list as the log shows them.
std::string keyword_list(const std::set<std::string>& keywords);

}  // namespace postrider::smtp
