// lib/milter/wire.cc - the Milter protocol as bytes.
#include "lib/milter/wire.h"

#include <fmt/core.h>

#include "lib/base/text.h"
#include "lib/mail/header.h"
#include "lib/mail/status.h"

namespace postrider::milter {

namespace {

struct EventRow {
    char command;
    std::string_view name;
    std::uint32_t declined;  // bit: the filter does not want it
    std::uint32_t silent;    // bit: the filter does not answer it
    std::uint32_t since;     // protocol version
    MacroStage macros;
};
constexpr EventRow rows[stage_count] = {
    {'C', "SMFIC_CONNECT", 0x1, 0x1000, 2, MacroStage::connect},
    {'H', "SMFIC_HELO", 0x2, 0x2000, 2, MacroStage::helo},
    {'M', "SMFIC_MAIL", 0x4, 0x4000, 2, MacroStage::mail},
    {'R', "SMFIC_RCPT", 0x8, 0x8000, 2, MacroStage::rcpt},
    {'T', "SMFIC_DATA", 0x200, 0x10000, 4, MacroStage::data},
    {'U', "SMFIC_UNKNOWN", 0x100, 0x20000, 3, MacroStage::unknown},
    {'L', "SMFIC_HEADER", 0x20, 0x80, 2, MacroStage::end_of_header},
    {'N', "SMFIC_EOH", 0x40, 0x40000, 2, MacroStage::end_of_header},
    {'B', "SMFIC_BODY", 0x10, 0x80000, 2, MacroStage::end_of_message},
    {'E', "SMFIC_BODYEOB", 0, 0, 2, MacroStage::end_of_message},
};
const EventRow& row_of(Stage stage) {
    return rows[static_cast<std::size_t>(stage)];
}

// The lists of a filter's answer are numbered so; our order of stages is the same.
constexpr std::uint32_t settable_macro_stages = 7;

void put_u32(std::string& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift & 255));
}

// Takes pieces off the front of a packet; what is not there makes it fail for good.
class Reader {
  public:
    explicit Reader(std::string_view data) : rest_(data) {}
    bool ok() const { return ok_; }
    bool at_end() const { return rest_.empty(); }
    std::uint32_t number() {
        if (rest_.size() < 4) return fail(), 0;
        std::uint32_t value = 0;
        for (int i = 0; i < 4; ++i)
            value = value << 8 | static_cast<unsigned char>(rest_[static_cast<std::size_t>(i)]);
        rest_.remove_prefix(4);
        return value;
    }
    std::string_view word() {
        const std::size_t end = rest_.find('\0');
        if (end == std::string_view::npos) return fail(), std::string_view();
        const std::string_view word = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return word;
    }

  private:
    void fail() {
        ok_ = false;
        rest_ = {};
    }
    std::string_view rest_;
    bool ok_ = true;
};

// Line ends inside a header as LF, whatever the filter uses.
std::string with_plain_line_ends(std::string_view text) {
    return replace_all(text, "\r\n", "\n");
}

constexpr std::size_t shown_reply = 100;

// libmilter doubles every percent sign; a single one is dropped.
std::string without_percents(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') ++i;
        if (i < text.size()) plain += text[i];
    }
    return plain;
}

Result<Response> header_response(Response response, std::string_view name, std::string_view value) {
    // Compat: anything that stays on its line may be a name, even nothing.
    if (name.find_first_of("\r\n") != std::string_view::npos)
        return Error{fmt::format("bad header name \"{:.100}\"", printable(name))};
    response.name = name;
    response.text = with_plain_line_ends(value);
    return response;
}

}  // namespace

char command_of(Stage stage) {
    return row_of(stage).command;
}

std::string_view command_name(Stage stage) {
    return row_of(stage).name;
}

std::optional<Terms> terms_of_version(std::uint32_t version) {
    Terms terms;
    terms.version = version;
    switch (version) {
        case 2:
            terms.protocol = 0x7f;
            return terms;
        case 3:
            terms.protocol = 0x17f;
            return terms;
        case 4:
            terms.protocol = 0x37f;
            return terms;
        case 6:
            terms.protocol = 0x1fffff;
            return terms;
        default:
            return std::nullopt;
    }
}

bool knows(const Terms& terms, Stage stage) {
    return terms.version >= row_of(stage).since;
}

bool declines(const Terms& terms, Stage stage) {
    return (terms.protocol & row_of(stage).declined) != 0;
}

bool answers(const Terms& terms, Stage stage) {
    return (terms.protocol & row_of(stage).silent) == 0;
}

std::size_t chunk_size(const Terms& terms) {
    if ((terms.protocol & protocol::data_1m) != 0) return 1024 * 1024 - 1;
    if ((terms.protocol & protocol::data_256k) != 0) return 256 * 1024 - 1;
    return usual_chunk;
}

MacroStage macro_stage(Stage stage) {
    return row_of(stage).macros;
}

std::string packet(char command, std::string_view data) {
    std::string out;
    out.reserve(data.size() + 5);
    put_u32(out, static_cast<std::uint32_t>(data.size() + 1));
    out.push_back(command);
    out += data;
    return out;
}

std::string negotiation_packet(const Terms& offer) {
    std::string data;
    put_u32(data, offer.version);
    put_u32(data, offer.actions);
    put_u32(data, offer.protocol);
    return packet('O', data);
}

std::string macro_packet(Stage stage, const std::vector<Macro>& macros) {
    std::string data(1, command_of(stage));
    for (const Macro& macro : macros) {
        data += macro.name;
        data += '\0';
        data += macro.value;
        data += '\0';
    }
    return packet('D', data);
}

std::string connect_data(const std::string& host, const std::string& address, bool is_ipv6,
                         std::uint16_t port) {
    std::string data = host;
    data += '\0';
    if (address.empty()) return data + 'U';
    data += is_ipv6 ? '6' : '4';
    data.push_back(static_cast<char>(port >> 8 & 255));
    data.push_back(static_cast<char>(port & 255));
    data += address;
    data += '\0';
    return data;
}

std::string words_data(const std::vector<std::string>& words) {
    std::string data;
    for (const std::string& word : words) {
        // A NUL within would begin a word that nobody said.
        data += std::string_view(word).substr(0, word.find('\0'));
        data += '\0';
    }
    return data;
}

std::optional<std::size_t> packet_length(std::string_view four_bytes) {
    Reader reader(four_bytes);
    const std::uint32_t length = reader.number();
    if (!reader.ok() || length == 0 || length > packet_limit) return std::nullopt;
    return length;
}

Result<Agreement> parse_agreement(std::string_view data, const Terms& offer) {
    Reader reader(data);
    Agreement agreement;
    agreement.terms.version = reader.number();
    agreement.terms.actions = reader.number();
    agreement.terms.protocol = reader.number();
    if (!reader.ok()) return Error{"short reply to the option negotiation"};
    if (agreement.terms.version > offer.version)
        return Error{fmt::format("the filter wants protocol version {}, we offered {}",
                                 agreement.terms.version, offer.version)};
    if ((agreement.terms.actions & ~offer.actions) != 0)
        return Error{fmt::format("the filter asks for unknown actions 0x{:x}",
                                 agreement.terms.actions & ~offer.actions)};
    agreement.terms.protocol &= offer.protocol;
    while (!reader.at_end()) {
        const std::uint32_t stage = reader.number();
        const std::string_view names = reader.word();
        if (!reader.ok()) return Error{"malformed macro list in the option negotiation"};
        if (stage >= settable_macro_stages)
            return Error{fmt::format("macro list for unknown stage {}", stage)};
        agreement.sets_macros = true;
        agreement.macros[stage] = split_words(names);
    }
    return agreement;
}

bool is_wish(Response::Kind kind) {
    return kind >= Response::Kind::quarantine;
}

Result<Response> parse_response(char command, std::string_view data) {
    using Kind = Response::Kind;
    Response response;
    Reader reader(data);
    switch (command) {
        case 'c':
            return response;
        case 'a':
            response.kind = Kind::accept;
            return response;
        case 'd':
            response.kind = Kind::discard;
            return response;
        case 'r':
            response.kind = Kind::reject;
            return response;
        case 't':
            response.kind = Kind::tempfail;
            return response;
        case 's':
            response.kind = Kind::skip;
            return response;
        case 'p':
            response.kind = Kind::progress;
            return response;
        case '4':
        case 'f':
            response.kind = Kind::shutdown;
            return response;
        case 'y': {
            const std::string_view text = reader.word();
            if (!reader.ok()) break;
            std::optional<std::string> reply = parse_reply(text);
            response.kind = reply ? Kind::reply : Kind::bad_reply;
            response.text = reply ? std::move(*reply) : printable(text.substr(0, shown_reply));
            return response;
        }
        case 'q':
            response.kind = Kind::quarantine;
            response.text = printable(reader.word());
            break;
        case 'h': {
            response.kind = Kind::add_header;
            const std::string_view name = reader.word();
            const std::string_view value = reader.word();
            if (!reader.ok()) break;
            return header_response(std::move(response), name, value);
        }
        case 'i':
        case 'm': {
            response.kind = command == 'i' ? Kind::insert_header : Kind::change_header;
            response.index = reader.number();
            const std::string_view name = reader.word();
            const std::string_view value = reader.word();
            if (!reader.ok()) break;
            return header_response(std::move(response), name, value);
        }
        case 'b':
            response.kind = Kind::replace_body;
            response.text = data;
            return response;
        case '+':
        case '-':
            response.kind = command == '+' ? Kind::add_recipient : Kind::delete_recipient;
            response.text = reader.word();
            break;
        case '2':
        case 'e':
            response.kind = command == '2' ? Kind::add_recipient : Kind::change_sender;
            response.text = reader.word();
            if (reader.ok() && !reader.at_end()) response.arguments = reader.word();
            break;
        default:
            return Error{fmt::format("unexpected reply code {}", static_cast<int>(command))};
    }
    if (!reader.ok()) return Error{fmt::format("malformed data of reply '{}'", command)};
    return response;
}

std::optional<std::string> parse_reply(std::string_view text) {
    std::string reply;
    for (std::string_view line : split(text, '\n')) {
        line = trim_right(line);
        const bool first = reply.empty();
        if (line.empty() && !first) continue;
        if (line.size() < 3 || (line[0] != '4' && line[0] != '5') || !is_digit(line[1]) || !is_digit(line[2]))
            return std::nullopt;
        if (line.size() > 3 && line[3] != ' ' && line[3] != '-') return std::nullopt;
        std::string_view rest = line.size() > 3 ? trim_left(line.substr(4)) : std::string_view();
        const std::size_t status = mail::status_code_length(rest);
        if (status > 0 && rest[0] != line[0]) return std::nullopt;
        std::string words = printable(without_percents(rest.substr(status)));
        if (first) {
            reply = line.substr(0, 3);
            if (status > 0) reply += " " + std::string(rest.substr(0, status));
            const std::string_view trimmed = trim_left(words);
            if (!trimmed.empty()) reply += " " + std::string(trimmed);
        } else {
            reply += "\n" + std::string(trim_left(words));
        }
    }
    // Compat: a code alone is none.
    if (reply.size() < 4) return std::nullopt;
    return reply;
}

std::string logged_reply(const std::string& reply) {
    const auto lines = split(reply, '\n');
    if (lines.size() < 2) return reply;
    const std::size_t status = mail::status_code_length(std::string_view(reply).substr(4));
    const std::string end = status > 0 ? reply.substr(4, status) + " " : "";
    std::string shown = reply.substr(0, 3) + "-" + std::string(lines[0].substr(4));
    for (std::size_t i = 1; i < lines.size(); ++i)
        shown += "??" + reply.substr(0, 3) + (i + 1 < lines.size() ? "-" : " ") + end + std::string(lines[i]);
    return shown;
}

}  // namespace postrider::milter
