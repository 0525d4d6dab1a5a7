// lib/sasl/dovecot_protocol.cc - the lines of Dovecot's authentication protocol.
#include "lib/sasl/dovecot_protocol.h"

#include <fmt/core.h>

#include "lib/base/text.h"
#include "lib/sasl/security.h"

namespace postrider::sasl {

namespace {

std::string escape(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '\0':
                out += "\0010";
                break;
            case '\001':
                out += "\0011";
                break;
            case '\t':
                out += "\001t";
                break;
            case '\n':
                out += "\001n";
                break;
            case '\r':
                out += "\001r";
                break;
            default:
                out += c;
        }
    }
    return out;
}

char unescaped(char c) {
    switch (c) {
        case '0':
            return '\0';
        case '1':
            return '\001';
        case 't':
            return '\t';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        default:
            return c;
    }
}

std::string unescape(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\001' && i + 1 < text.size())
            out += unescaped(text[++i]);
        else
            out += text[i];
    }
    return out;
}

struct PropertyRow {
    std::string_view word;
    unsigned bit;
};
constexpr PropertyRow property_rows[] = {
    {"anonymous", property::anonymous},     {"plaintext", property::plaintext},
    {"dictionary", property::dictionary},   {"active", property::active},
    {"mutual-auth", property::mutual_auth}, {"forward-secrecy", property::forward_secrecy},
    {"private", property::is_private},
};

unsigned property_bit(std::string_view word) {
    for (const PropertyRow& row : property_rows)
        if (row.word == word) return row.bit;
    return 0;
}

using Fields = std::vector<std::string_view>;

std::optional<std::uint32_t> parse_id(const Fields& fields) {
    if (fields.size() < 2) return std::nullopt;
    const auto number = parse_unsigned(fields[1]);
    if (!number || *number > UINT32_MAX) return std::nullopt;
    return static_cast<std::uint32_t>(*number);
}

Result<DovecotLine> parse_version(const Fields& fields) {
    DovecotLine line;
    line.kind = DovecotLine::Kind::version;
    const auto major = fields.size() > 1 ? parse_int(fields[1]) : std::nullopt;
    if (!major || *major < 0 || *major > 1000) return Error{"Protocol version error"};
    const auto minor = fields.size() > 2 ? parse_int(fields[2]) : std::nullopt;
    line.major = static_cast<int>(*major);
    line.minor = minor && *minor >= 0 && *minor < 1000 ? static_cast<int>(*minor) : 0;
    return line;
}

DovecotLine parse_mechanism(const Fields& fields) {
    DovecotLine line;
    line.kind = DovecotLine::Kind::mechanism;
    if (fields.size() > 1) line.mechanism = upper(fields[1]);
    for (std::size_t i = 2; i < fields.size(); ++i) line.properties |= property_bit(fields[i]);
    return line;
}

void read_parameters(DovecotLine& line, const Fields& fields) {
    for (std::size_t i = 2; i < fields.size(); ++i) {
        const std::string_view field = fields[i];
        if (field.starts_with("user=")) line.user = unescape(field.substr(5));
        if (field.starts_with("reason=")) line.reason = unescape(field.substr(7));
        if (field == "temp" || field == "code=temp_fail") line.temporary = true;
    }
}

}  // namespace

Result<DovecotLine> parse_dovecot_line(std::string_view text) {
    const Fields fields = split(text, '\t');
    const std::string_view word = fields[0];
    DovecotLine line;
    if (word == "VERSION") return parse_version(fields);
    if (word == "MECH") return parse_mechanism(fields);
    if (word == "SPID") line.kind = DovecotLine::Kind::server_process;
    if (word == "DONE") line.kind = DovecotLine::Kind::done;
    if (word == "OK") line.kind = DovecotLine::Kind::ok;
    if (word == "CONT") line.kind = DovecotLine::Kind::go_on;
    if (word == "FAIL") line.kind = DovecotLine::Kind::fail;
    if (line.kind == DovecotLine::Kind::ok || line.kind == DovecotLine::Kind::go_on ||
        line.kind == DovecotLine::Kind::fail) {
        const auto id = parse_id(fields);
        if (!id) return Error{"Protocol error"};
        line.id = *id;
    }
    if (line.kind == DovecotLine::Kind::go_on) {
        line.challenge = fields.size() > 2 ? fields[2] : std::string_view();
        line.malformed = !is_base64_text(line.challenge);
    } else {
        read_parameters(line, fields);
        // A login without a name is none.
        line.malformed = line.kind == DovecotLine::Kind::ok && line.user.empty();
    }
    return line;
}

bool meets(unsigned properties, unsigned security) {
    if ((properties & property::is_private) != 0) return false;
    if ((security & security::no_anonymous) != 0 && (properties & property::anonymous) != 0) return false;
    if ((security & security::no_plaintext) != 0 && (properties & property::plaintext) != 0) return false;
    if ((security & security::no_dictionary) != 0 && (properties & property::dictionary) != 0) return false;
    if ((security & security::no_active) != 0 && (properties & property::active) != 0) return false;
    if ((security & security::forward_secrecy) != 0 && (properties & property::forward_secrecy) == 0)
        return false;
    return (security & security::mutual_auth) == 0 || (properties & property::mutual_auth) != 0;
}

std::string dovecot_greeting(int process) {
    return fmt::format("VERSION\t1\t0\nCPID\t{}\n", process);
}

std::string dovecot_auth(const DovecotRequest& request) {
    std::string line = fmt::format("AUTH\t{}\t{}\tservice={}\tnologin\tlip={}\trip={}", request.id,
                                   escape(request.mechanism), escape(request.service),
                                   escape(request.local_address), escape(request.remote_address));
    if (request.encrypted) line += "\tsecured";
    // The response is the last one: what follows it belongs to it.
    if (request.initial) line += "\tresp=" + *request.initial;
    return line + "\n";
}

std::string dovecot_continue(std::uint32_t id, std::string_view base64) {
    return fmt::format("CONT\t{}\t{}\n", id, base64);
}

std::string dovecot_cancel(std::uint32_t id) {
    return fmt::format("CANCEL\t{}\n", id);
}

}  // namespace postrider::sasl
