// lib/queue/record.cc - the records a queue file is made of: type byte, length, data.
#include "lib/queue/record.h"

#include "lib/base/text.h"

namespace postrider::queue {

namespace {
// Four groups of seven bits: what Postfix reads.
constexpr int most_length_bytes = 4;
}  // namespace

void append_record(std::string& out, RecordType type, std::string_view data) {
    out += static_cast<char>(type);
    std::size_t length = data.size();
    do {
        auto byte = static_cast<unsigned char>(length & 0x7f);
        length >>= 7;
        if (length > 0) byte |= 0x80;
        out += static_cast<char>(byte);
    } while (length > 0);
    out += data;
}

long parse_record(std::string_view bytes, RecordType& type, std::string_view& data) {
    std::size_t length = 0;
    std::size_t at = 1;
    for (;; ++at) {
        if (at > most_length_bytes) return -1;
        if (at >= bytes.size()) return 0;
        const auto byte = static_cast<unsigned char>(bytes[at]);
        length |= static_cast<std::size_t>(byte & 0x7f) << (7 * (at - 1));
        if ((byte & 0x80) == 0) break;
    }
    ++at;
    if (bytes.size() - at < length) return 0;
    type = static_cast<RecordType>(bytes[0]);
    data = bytes.substr(at, length);
    return static_cast<long>(at + length);
}

std::optional<NamedAttribute> parse_named_attribute(std::string_view data) {
    const std::size_t equals = data.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const NamedAttribute attribute{trim(data.substr(0, equals)), trim(data.substr(equals + 1))};
    if (attribute.name.empty() || attribute.value.empty()) return std::nullopt;
    return attribute;
}

}  // namespace postrider::queue
