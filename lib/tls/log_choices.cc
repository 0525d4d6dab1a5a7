// lib/tls/log_choices.cc - the words of smtp_tls_loglevel and its kind.
#include "lib/tls/log_choices.h"

#include <fmt/core.h>

#include "lib/base/text.h"

namespace postrider::tls {

namespace {

bool add_word(LogChoices& choices, const std::string& word) {
    if (word == "0" || word == "none") return true;
    if (word == "untrusted") return choices.untrusted = true;
    if (word == "peercert") return choices.peer_certificate = true;
    if (word == "certmatch") return choices.match = true;
    if (word == "cache") return choices.cache = true;
    if (word == "verbose") return choices.verbose = true;
    if (word == "ssl-debug") return choices.debug = true;
    if (word == "ssl-handshake-packet-dump") return choices.handshake_dump = true;
    if (word == "ssl-session-packet-dump") return choices.handshake_dump = true;
    const bool expert = word == "3" || word == "4" || word == "ssl-expert" || word == "ssl-developer";
    if (expert || word == "2" || word == "debug") {
        choices.summary = choices.debug = choices.cache = choices.verbose = true;
        if (expert) choices.handshake_dump = true;
        return true;
    }
    if (word == "1" || word == "routine" || word == "summary") return choices.summary = true;
    return false;
}

}  // namespace

Result<LogChoices> parse_log_choices(std::string_view text) {
    LogChoices choices;
    for (const std::string& word : split_words(text))
        if (!add_word(choices, lower(word))) return Error{fmt::format("unknown TLS log level \"{}\"", word)};
    return choices;
}

}  // namespace postrider::tls
