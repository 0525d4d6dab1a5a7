// lib/dns/record.h - DNS resource records and the answer to one question.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lib/base/socket_address.h"

namespace postrider::dns {

enum class Type : std::uint16_t {
    a = 1,
    ns = 2,
    cname = 5,
    soa = 6,
    ptr = 12,
    mx = 15,
    txt = 16,
    aaaa = 28,
    srv = 33,
    tlsa = 52,
};
// "MX"; "TYPE99" for a type without a name here.
std::string type_name(Type type);

// One record of the IN class; the members beyond `ttl` are set as the type asks.
struct Record {
    Type type = Type::a;
    std::string owner;
    std::uint32_t ttl = 0;         // seconds
    std::string target;            // MX, SRV, PTR, NS, CNAME: a host name without final dot
    SocketAddress address;         // A, AAAA
    std::uint16_t preference = 0;  // MX preference, SRV priority
    std::uint16_t weight = 0;      // SRV
    std::uint16_t port = 0;        // SRV
    std::string data;              // TXT: strings joined; TLSA: certificate association data
    std::uint8_t usage = 0;        // TLSA, RFC 6698 2.1
    std::uint8_t selector = 0;
    std::uint8_t matching_type = 0;
};
// "example.com. 3600 IN MX 10 mx.example.com.": what smtp_dns_reply_filter and its kind match.
std::string record_text(const Record& record);

enum class Status {
    ok,                 // at least one record
    not_found,          // the name does not exist
    no_data,            // the name has no record of this type
    try_again,          // no answer, or one that says nothing about the name
    invalid,            // the name asked for, or the answer, is malformed: asking again will not help
    null_mx,            // RFC 7505: the domain accepts no mail
    refused_by_policy,  // a filter of the caller left no record; never from lookup()
};

struct Answer {
    Status status = Status::try_again;
    std::vector<Record> records;
    std::string name;     // the name the records belong to, after CNAMEs
    bool secure = false;  // the resolver vouches for the answer (AD)
    std::string reason;   // one line for logs and bounces when status is not ok
    // Seconds that not_found and no_data may be believed, RFC 2308 5; 0 when nobody said.
    std::uint32_t negative_ttl = 0;
    bool ok() const { return status == Status::ok; }
};

}  // namespace postrider::dns
