// lib/dns/block_list.cc - asking DNS block lists.
#include "lib/dns/block_list.h"

#include "lib/base/socket_address.h"
#include "lib/base/text.h"

namespace postrider::dns {

std::optional<AnswerFilter> AnswerFilter::parse(std::string_view text) {
    AnswerFilter filter;
    while (!text.empty()) {
        std::vector<Range> ranges;
        std::string_view octet;
        if (text.front() == '[') {
            const std::size_t end = text.find(']');
            if (end == std::string_view::npos) return std::nullopt;
            octet = text.substr(1, end - 1);
            text.remove_prefix(end + 1);
        } else {
            octet = text.substr(0, text.find('.'));
            text.remove_prefix(octet.size());
        }
        for (const std::string_view part : split(octet, ';')) {
            const std::size_t dots = part.find("..");
            const auto first = parse_int(part.substr(0, dots));
            const auto last = dots == std::string_view::npos ? first : parse_int(part.substr(dots + 2));
            if (!first || !last || *first < 0 || *last > 255 || *first > *last) return std::nullopt;
            ranges.push_back({static_cast<int>(*first), static_cast<int>(*last)});
        }
        filter.octets_.push_back(std::move(ranges));
        if (text.empty()) break;
        if (text.front() != '.' || text.size() == 1) return std::nullopt;
        text.remove_prefix(1);
    }
    if (filter.octets_.size() != 4) return std::nullopt;
    return filter;
}

bool AnswerFilter::matches(std::string_view address) const {
    const auto parts = split(address, '.');
    if (parts.size() != octets_.size()) return false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto number = parse_int(parts[i]);
        bool inside = false;
        for (const Range& range : octets_[i])
            inside = inside || (number && *number >= range.first && *number <= range.last);
        if (!inside) return false;
    }
    return true;
}

std::string reversed_address(std::string_view text) {
    const auto address = SocketAddress::from_ip(text);
    if (!address) return "";
    // "1.2.0.192.in-addr.arpa": all but the suffix.
    const std::string name = address->reverse_name();
    const std::string_view suffix = address->is_ipv6() ? ".ip6.arpa" : ".in-addr.arpa";
    return name.size() > suffix.size() ? name.substr(0, name.size() - suffix.size()) : "";
}

}  // namespace postrider::dns
