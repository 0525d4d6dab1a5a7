// tests/fuzz/command.cc - SMTP command lines, and what tables make of replies.
#include "smtpd/command.h"

#include "lib/mail/dsn.h"
#include "smtpd/proxied.h"
#include "smtpd/reply.h"
#include "tests/fuzz/fuzz.h"

using namespace postrider;
using namespace postrider::smtpd;

namespace {

void try_command(const Command& command) {
    fuzz::demand(!command.verb.empty());
    fuzz::demand(command.line.find(command.arguments) != std::string::npos);
    for (const char* keyword : {"FROM", "TO"}) {
        const PathCommand path = parse_path_command(command.arguments, keyword);
        for (const std::string& text : path.options) {
            const Option option = parse_option(text);
            if (!option.value) continue;
            mail::parse_notify(*option.value);
            mail::parse_ret(*option.value);
            const auto original = parse_original_recipient(*option.value);
            if (original) fuzz::demand(original->find(';') != std::string::npos);
        }
    }
    static constexpr std::string_view known[] = {"NAME", "ADDR", "PORT", "HELO"};
    for (const std::string& word : command.words()) {
        const auto attribute = parse_proxied(command.verb, word, known);
        if (attribute) fuzz::demand(attribute->value.find('\n') == std::string::npos);
    }
}

// Whatever a table or a policy server said, one reply of lines that are not too long goes out.
void try_reply(const Reply& reply) {
    const std::string wire = reply.wire();
    fuzz::demand(wire.ends_with("\r\n"));
    std::size_t start = 0;
    while (start < wire.size()) {
        const std::size_t end = wire.find("\r\n", start);
        const std::string_view line = std::string_view(wire).substr(start, end - start);
        fuzz::demand(line.size() >= 4 && line.size() <= 510 && line.find_first_of("\r\n") == line.npos);
        fuzz::demand(line[3] == (end + 2 == wire.size() ? ' ' : '-'));
        start = end + 2;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view line(reinterpret_cast<const char*>(data), size);
    const auto command = parse_command(line);
    if (command) try_command(*command);
    looks_like_header(line);
    Reply reply = Reply::parse(line);
    try_reply(reply);
    reply.soften();
    try_reply(reply);
    return 0;
}
