// tests/fuzz/mime.cc - the structure of messages, line by line.
#include "lib/mail/mime.h"

#include <algorithm>

#include "lib/base/text.h"
#include "lib/mail/header.h"
#include "tests/fuzz/fuzz.h"

using namespace postrider;
using namespace postrider::mail;

namespace {

struct Walk {
    std::string text;  // what came out
    void take(const std::vector<MimeEvent>& events) {
        for (const MimeEvent& event : events) {
            if (event.kind == MimeEvent::Kind::header) {
                const HeaderParts parts = split_header(event.text);
                header_info(parts.name);
                unfold(parts.value);
                with_continuation_tabs(event.text);
                text += std::string(event.text) + "\n";
            } else if (event.kind == MimeEvent::Kind::body) {
                text += std::string(event.text) + (event.line_ends ? "\n" : "");
            } else if (event.kind == MimeEvent::Kind::flaw) {
                mime_flaw_text(event.flaw);
            }
        }
    }
};

std::string walk(std::string_view bytes, const MimeOptions& options, std::size_t piece) {
    MimeParser parser(options);
    Walk walk;
    for (std::string_view line : split(bytes, '\n')) {
        while (line.size() > piece) {
            walk.take(parser.feed(line.substr(0, piece), false));
            line.remove_prefix(piece);
        }
        walk.take(parser.feed(line));
    }
    walk.take(parser.finish());
    return walk.text;
}

// How much of it is no blank.
std::size_t ink(std::string_view text) {
    return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_space));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input input(data, size);
    MimeOptions options;
    const unsigned choice = input.number(64);
    options.parse_body = (choice & 1) == 0;
    options.to_7bit = (choice & 2) != 0;
    options.report_8bit_in_header = (choice & 4) != 0;
    options.report_8bit_in_7bit_body = (choice & 8) != 0;
    options.report_encoding_domain = (choice & 16) != 0;
    options.report_nesting = (choice & 32) != 0;
    options.nesting_limit = static_cast<int>(1 + input.number(5));
    options.header_size_limit = 200;
    options.boundary_length_limit = 70;
    const std::size_t piece = 1 + input.number(200);
    walk(input.rest(), options, piece);

    // Nothing is lost or added where nothing is converted, but for the line between header and body, white
    // space in front of a header's colon, and what is behind a NUL in a header.
    if (input.rest().find('\0') != std::string_view::npos) return 0;
    MimeOptions plain;
    const std::string out = walk(input.rest(), plain, static_cast<std::size_t>(-1));
    fuzz::demand(ink(out) >= ink(input.rest()) && out.size() <= input.rest().size() + 3);
    return 0;
}
