// tests/fuzz/milter.cc - what mail filters send.
#include "tests/fuzz/fuzz.h"

#if __has_include("lib/milter/wire.h")
#include "lib/milter/wire.h"

using namespace postrider;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (bytes.size() >= 4) {
        const auto length = milter::packet_length(bytes.substr(0, 4));
        if (length) fuzz::demand(*length > 0 && *length <= milter::packet_limit);
    }
    if (!bytes.empty()) {
        const auto response = milter::parse_response(bytes[0], bytes.substr(1));
        if (response) fuzz::demand(response->text.size() <= size && response->name.size() <= size);
    }
    for (const std::uint32_t version : {2U, 6U}) {
        const auto offer = milter::terms_of_version(version);
        fuzz::demand(offer.has_value());
        const auto agreed = milter::parse_agreement(bytes, *offer);
        if (agreed) fuzz::demand(agreed->terms.version <= version);
    }
    const auto reply = milter::parse_reply(bytes);
    if (reply) fuzz::demand(reply->starts_with('4') || reply->starts_with('5'));
    return 0;
}
#endif
