// lib/tls/facts.cc - what a TLS handshake agreed on, in words.
#include "lib/tls/facts.h"

#include <fmt/core.h>

namespace postrider::tls {

const char* trust_name(Trust trust) {
    switch (trust) {
        case Trust::anonymous:
            return "Anonymous";
        case Trust::untrusted:
            return "Untrusted";
        case Trust::trusted:
            return "Trusted";
        case Trust::verified:
            return "Verified";
    }
    return "Anonymous";
}

std::string Facts::summary() const {
    return fmt::format("{} with cipher {} ({}/{} bits)", protocol, cipher, bits_used, bits_available);
}

std::string Facts::details() const {
    std::string text;
    const auto add = [&text](const char* name, const std::string& value) {
        if (!value.empty()) text += fmt::format(" {} {}", name, value);
    };
    add("key-exchange", key_exchange);
    add("server-signature", server_signature);
    add("server-digest", server_digest);
    add("client-signature", client_signature);
    add("client-digest", client_digest);
    return text;
}

}  // namespace postrider::tls
