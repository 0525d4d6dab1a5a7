// tests/fuzz/dovecot.cc - what Dovecot's authentication service sends.
#include "tests/fuzz/fuzz.h"

#if __has_include("lib/sasl/dovecot_protocol.h")
#include "lib/base/text.h"
#include "lib/sasl/dovecot_protocol.h"

using namespace postrider;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const std::string_view line : split(text, '\n')) {
        const auto parsed = sasl::parse_dovecot_line(line);
        if (!parsed) continue;
        sasl::meets(parsed->properties, 1);
        // What we say in return stays one line, whatever the texts are.
        sasl::DovecotRequest request;
        request.mechanism = parsed->mechanism;
        request.remote_address = std::string(line);
        request.initial = std::string(line);
        const std::string lines = sasl::dovecot_auth(request) + sasl::dovecot_continue(1, line);
        std::size_t ends = 0;
        for (const char c : lines) ends += c == '\n' ? 1 : 0;
        fuzz::demand(ends == 2);
    }
    return 0;
}
#endif
