// lib/dns/reply.cc - building a DNS question and taking the reply apart.
#include "lib/dns/reply.h"

#include <fmt/core.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstring>

#include "lib/base/text.h"

namespace postrider::dns {

namespace {

constexpr std::size_t header_size = 12;
constexpr std::uint16_t class_in = 1;
constexpr std::uint16_t type_opt = 41;
constexpr std::uint16_t type_soa = 6;
constexpr std::size_t name_limit = 255;

void put16(std::string& out, unsigned value) {
    out += static_cast<char>(value >> 8U & 0xffU);
    out += static_cast<char>(value & 0xffU);
}

bool put_name(std::string& out, std::string_view name) {
    if (!name.empty() && name.back() == '.') name.remove_suffix(1);
    const std::size_t start = out.size();
    if (!name.empty()) {
        for (const std::string_view label : split(name, '.')) {
            if (label.empty() || label.size() > 63) return false;
            out += static_cast<char>(label.size());
            out += label;
        }
    }
    out += '\0';
    return out.size() - start <= name_limit;
}

// A cursor over the whole message; once something does not fit, `ok` stays false.
struct Cursor {
    std::string_view message;
    std::size_t at = 0;
    bool ok = true;

    bool has(std::size_t count) {
        if (ok && count <= message.size() - at) return true;
        ok = false;
        return false;
    }
    unsigned get8() {
        if (!has(1)) return 0;
        return static_cast<unsigned char>(message[at++]);
    }
    unsigned get16() {
        const unsigned high = get8();
        return high << 8U | get8();
    }
    std::uint32_t get32() {
        const std::uint32_t high = get16();
        return high << 16U | get16();
    }
    std::string_view get_bytes(std::size_t count) {
        if (!has(count)) return {};
        at += count;
        return message.substr(at - count, count);
    }
};

void append_label(std::string& name, std::string_view label) {
    for (const char c : label) {
        if (c == '.' || c == '\\') {
            name += '\\';
            name += c;
        } else if (is_printable(c) && c != ' ') {
            name += c;
        } else {
            name += fmt::format("\\{:03}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        }
    }
}

// A domain name, following compression pointers (RFC 1035 4.1.4).  A pointer must point before the place
// where it stands and before all earlier pointers, so that every name ends.
std::string get_name(Cursor& cursor) {
    std::string name;
    std::size_t length = 0;
    std::size_t lowest = cursor.at;
    std::optional<std::size_t> resume;
    while (cursor.ok) {
        const unsigned size = cursor.get8();
        if (!cursor.ok || size == 0) break;
        if (size >= 0xc0) {
            const std::size_t target = (size & 0x3fU) << 8U | cursor.get8();
            if (!cursor.ok || target >= lowest) {
                cursor.ok = false;
                break;
            }
            if (!resume) resume = cursor.at;
            cursor.at = lowest = target;
            continue;
        }
        const std::string_view label = cursor.get_bytes(size);
        length += size + 1;
        if (size > 63 || length >= name_limit) cursor.ok = false;
        if (!name.empty()) name += '.';
        append_label(name, label);
    }
    if (resume) cursor.at = *resume;
    return name;
}

SocketAddress get_address(Cursor& cursor, int family) {
    if (family == AF_INET) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        const std::string_view raw = cursor.get_bytes(4);
        if (raw.size() == 4) std::memcpy(&address.sin_addr, raw.data(), 4);
        return SocketAddress(reinterpret_cast<const sockaddr*>(&address), sizeof(address));
    }
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    const std::string_view raw = cursor.get_bytes(16);
    if (raw.size() == 16) std::memcpy(&address.sin6_addr, raw.data(), 16);
    return SocketAddress(reinterpret_cast<const sockaddr*>(&address), sizeof(address));
}

// The data of a record, up to `end`; false for a type that is of no interest.
bool get_data(Cursor& cursor, Record& record, std::size_t end) {
    switch (record.type) {
        case Type::a:
        case Type::aaaa:
            record.address = get_address(cursor, record.type == Type::a ? AF_INET : AF_INET6);
            return true;
        case Type::mx:
            record.preference = static_cast<std::uint16_t>(cursor.get16());
            record.target = get_name(cursor);
            return true;
        case Type::srv:
            record.preference = static_cast<std::uint16_t>(cursor.get16());
            record.weight = static_cast<std::uint16_t>(cursor.get16());
            record.port = static_cast<std::uint16_t>(cursor.get16());
            record.target = get_name(cursor);
            return true;
        case Type::ns:
        case Type::cname:
        case Type::ptr:
            record.target = get_name(cursor);
            return true;
        case Type::txt:
            while (cursor.ok && cursor.at < end) {
                const std::size_t size = cursor.get8();
                record.data += cursor.get_bytes(size);
            }
            return true;
        case Type::tlsa:
            record.usage = static_cast<std::uint8_t>(cursor.get8());
            record.selector = static_cast<std::uint8_t>(cursor.get8());
            record.matching_type = static_cast<std::uint8_t>(cursor.get8());
            if (end < cursor.at)
                cursor.ok = false;
            else
                record.data = cursor.get_bytes(end - cursor.at);
            return true;
        default:
            return false;
    }
}

// One record of the answer section; false when the rest of the message cannot be read.
bool get_record(Cursor& cursor, Reply& reply) {
    Record record;
    record.owner = get_name(cursor);
    record.type = static_cast<Type>(cursor.get16());
    const unsigned record_class = cursor.get16();
    record.ttl = cursor.get32();
    if (record.ttl > 0x7fffffffU) record.ttl = 0;  // RFC 2181 8
    const std::size_t size = cursor.get16();
    if (!cursor.has(size)) return false;
    const std::size_t end = cursor.at + size;
    if (record_class == class_in) {
        Cursor data{cursor.message.substr(0, end), cursor.at, true};
        const bool known = get_data(data, record, end);
        const bool whole = data.ok && data.at == end;
        if (known && whole && reply.records.size() < record_limit)
            reply.records.push_back(std::move(record));
        else if (known && !whole)
            reply.malformed_record = true;
    }
    cursor.at = end;
    return true;
}

// RFC 2308 5: the smaller of the SOA record's own time to live and the MINIMUM at its end.
void get_negative_ttl(Cursor& cursor, Reply& reply) {
    get_name(cursor);
    const unsigned type = cursor.get16();
    cursor.get16();
    const std::uint32_t ttl = cursor.get32();
    const std::size_t size = cursor.get16();
    if (!cursor.has(size)) return;
    const std::size_t end = cursor.at + size;
    if (type == type_soa && size >= 4) {
        Cursor minimum{cursor.message, end - 4, true};
        const std::uint32_t least = std::min(ttl, minimum.get32());
        if (least <= 0x7fffffffU) reply.negative_ttl = least;
    }
    cursor.at = end;
}

std::string tlsa_text(const Record& record) {
    return fmt::format("{} {} {} {}", record.usage, record.selector, record.matching_type,
                       hex_encode(record.data));
}

std::string data_text(const Record& record) {
    switch (record.type) {
        case Type::a:
        case Type::aaaa:
            return record.address.host();
        case Type::mx:
            return fmt::format("{} {}.", record.preference, record.target);
        case Type::srv:
            return fmt::format("{} {} {} {}.", record.preference, record.weight, record.port, record.target);
        case Type::txt:
            return printable(record.data);
        case Type::tlsa:
            return tlsa_text(record);
        default:
            return record.target + ".";
    }
}

}  // namespace

std::string type_name(Type type) {
    switch (type) {
        case Type::a:
            return "A";
        case Type::ns:
            return "NS";
        case Type::cname:
            return "CNAME";
        case Type::soa:
            return "SOA";
        case Type::ptr:
            return "PTR";
        case Type::mx:
            return "MX";
        case Type::txt:
            return "TXT";
        case Type::aaaa:
            return "AAAA";
        case Type::srv:
            return "SRV";
        case Type::tlsa:
            return "TLSA";
    }
    return fmt::format("TYPE{}", static_cast<unsigned>(type));
}

std::string record_text(const Record& record) {
    return fmt::format("{}. {} IN {} {}", record.owner, record.ttl, type_name(record.type),
                       data_text(record));
}

std::optional<std::string> build_query(std::string_view name, Type type, std::uint16_t id, bool dnssec) {
    std::string query;
    put16(query, id);
    put16(query, dnssec ? 0x0120 : 0x0100);  // RD, perhaps AD
    put16(query, 1);
    put16(query, 0);
    put16(query, 0);
    put16(query, 1);
    if (!put_name(query, name)) return std::nullopt;
    put16(query, static_cast<std::uint16_t>(type));
    put16(query, class_in);
    query += '\0';  // the OPT record belongs to the root
    put16(query, type_opt);
    put16(query, edns_size);
    put16(query, 0);
    put16(query, dnssec ? 0x8000 : 0);  // DO
    put16(query, 0);
    return query;
}

std::optional<Reply> parse_reply(std::string_view bytes) {
    if (bytes.size() < header_size) return std::nullopt;
    Cursor cursor{bytes, 2, true};
    const unsigned flags = cursor.get16();
    const unsigned questions = cursor.get16();
    const unsigned answers = cursor.get16();
    const unsigned authorities = cursor.get16();
    if ((flags & 0x8000U) == 0) return std::nullopt;
    cursor.at = header_size;
    for (unsigned i = 0; i < questions && cursor.ok; ++i) {
        get_name(cursor);
        cursor.get32();
    }
    if (!cursor.ok) return std::nullopt;
    Reply reply;
    reply.rcode = static_cast<int>(flags & 0xfU);
    reply.truncated = (flags & 0x0200U) != 0;
    reply.authentic = (flags & 0x0020U) != 0;
    for (unsigned i = 0; i < answers; ++i) {
        if (get_record(cursor, reply)) continue;
        reply.malformed_record = true;
        break;
    }
    for (unsigned i = 0; i < authorities && cursor.ok && !reply.malformed_record; ++i)
        get_negative_ttl(cursor, reply);
    return reply;
}

bool is_usable_name(std::string_view name) {
    if (name.empty() || name.size() > name_limit) return false;
    for (const std::string_view label : split(name, '.')) {
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
        for (const char c : label)
            if (!is_alnum(c) && c != '-' && c != '_') return false;
    }
    return true;
}

}  // namespace postrider::dns
