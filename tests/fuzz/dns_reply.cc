// tests/fuzz/dns_reply.cc - what name servers send.
#include "lib/dns/reply.h"

#include "tests/fuzz/fuzz.h"

using namespace postrider;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto reply = dns::parse_reply(bytes);
    if (reply) fuzz::demand(reply->records.size() <= dns::record_limit);
    dns::is_usable_name(bytes);
    const auto query = dns::build_query(bytes, dns::Type::mx, 1, true);
    if (query) fuzz::demand(query->size() <= 512);
    return 0;
}
