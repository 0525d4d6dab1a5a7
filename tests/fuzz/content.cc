// tests/fuzz/content.cc - what a client sends as content, on its whole way to the next server.
//
// The bytes come in pieces of any size, as DATA or BDAT; cleanup(8) makes stray line ends spaces; smtp(8)
// sends the rest on.  Then no reader, however lax, may find an end of data.
#include "smtpd/content.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "smtp/content_encoder.h"
#include "tests/fuzz/fuzz.h"

using namespace postrider;
using smtpd::ContentDecoder;

namespace {

using Lines = std::vector<std::pair<std::string, bool>>;

struct Decoded {
    Lines lines;
    std::size_t used = 0;
    bool ended = false;
};

Decoded decode(std::string_view bytes, ContentDecoder::Framing framing, std::size_t step, std::size_t limit) {
    Decoded result;
    ContentDecoder decoder(
        framing, smtpd::LineEnds::strict, limit,
        [&result](std::string_view text, bool whole) { result.lines.emplace_back(text, whole); });
    while (result.used < bytes.size() && !decoder.ended()) {
        const std::string_view piece = bytes.substr(result.used, step);
        const std::size_t used = decoder.feed(piece);
        fuzz::demand(used <= piece.size() && (used == piece.size() || decoder.ended()));
        result.used += used;
    }
    if (framing == ContentDecoder::Framing::counted) decoder.finish();
    result.ended = decoder.ended();
    return result;
}

std::string joined(const Lines& lines) {
    std::string all;
    for (const auto& [text, whole] : lines) all += text + (whole ? "\n" : "");
    return all;
}

std::string send_on(const Lines& lines, int line_limit) {
    smtp::ContentEncoder encoder(line_limit);
    std::string wire;
    for (auto [text, whole] : lines) {
        std::replace(text.begin(), text.end(), '\r', ' ');
        encoder.add(wire, text, whole);
    }
    encoder.finish(wire);
    return "\r\n" + wire;
}

// With NULs dropped, and any of CR, LF and both a line end.
void demand_no_end(const std::string& wire) {
    std::string lax;
    for (const char c : wire)
        if (c != '\0') lax += c == '\r' ? '\n' : c;
    lax.erase(std::unique(lax.begin(), lax.end(), [](char a, char b) { return a == '\n' && b == '\n'; }),
              lax.end());
    fuzz::demand(lax.find("\n.\n") == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input input(data, size);
    const unsigned step = 1 + input.number(64);
    const unsigned limit = 5 + input.number(80);
    const int line_limit = static_cast<int>(input.number(3) == 0 ? 0 : 4 + input.number(60));
    const std::string_view bytes = input.rest();
    for (const auto framing : {ContentDecoder::Framing::dots, ContentDecoder::Framing::counted}) {
        const Decoded pieces = decode(bytes, framing, step, limit);
        const Decoded whole = decode(bytes, framing, bytes.size() + 1, limit);
        fuzz::demand(pieces.used == whole.used && pieces.ended == whole.ended);
        fuzz::demand(joined(pieces.lines) == joined(whole.lines));
        if (framing == ContentDecoder::Framing::dots) {
            const std::string with_start = "\r\n" + std::string(bytes);
            const std::size_t end = with_start.find("\r\n.\r\n");
            fuzz::demand(whole.ended == (end != std::string::npos));
            if (whole.ended) fuzz::demand(whole.used == end + 3);
        }
        demand_no_end(send_on(pieces.lines, line_limit));
    }
    return 0;
}
