// lib/dns/reply.h - building a DNS question and taking the reply apart, RFC 1035 4, RFC 6891, RFC 6698.
//
// Pure functions over bytes.  Every length and pointer of a reply is checked; whatever a server sends,
// parsing ends soon and without error beyond `nothing`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/dns/record.h"

namespace postrider::dns {

// Names follow at most this many CNAMEs, and an answer keeps at most this many records.
inline constexpr int cname_limit = 10;
inline constexpr std::size_t record_limit = 100;
inline constexpr int edns_size = 4096;

// A recursive query in wire form.  `dnssec` sets AD, and DO in an EDNS record, RFC 6840 5.7.  Nothing when
// the name has an empty label, one longer than 63 bytes, or is longer than 255 bytes in all.
std::optional<std::string> build_query(std::string_view name, Type type, std::uint16_t id, bool dnssec);

struct Reply {
    int rcode = 0;
    bool truncated = false;
    bool authentic = false;          // AD
    std::vector<Record> records;     // of the answer section, known types only, at most record_limit
    bool malformed_record = false;   // some record could not be read
    std::uint32_t negative_ttl = 0;  // of the SOA record in the authority section; 0 when there is none
};
// Nothing when the header or the question is broken, or it is no reply at all.
std::optional<Reply> parse_reply(std::string_view bytes);

// The name a host name in a reply must have to be used: letters, digits, hyphens and underscores in labels.
bool is_usable_name(std::string_view name);

}  // namespace postrider::dns
