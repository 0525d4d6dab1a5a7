// lib/dns/block_list.h - asking DNS block lists: names to look up, and which answers count.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postrider::dns {

// The filter behind '=' of a block list's name.
class AnswerFilter {
  public:
    // "127.0.0.[2;4..7]": each octet a number or a list of numbers and ranges; several filters with ';' in
    // between are not possible.  Nothing when malformed.
    static std::optional<AnswerFilter> parse(std::string_view text);
    // Dotted IPv4 text.
    bool matches(std::string_view address) const;

  private:
    struct Range {
        int first, last;
    };
    std::vector<std::vector<Range>> octets_;
};

// "4.3.2.1" for IPv4; nibbles for IPv6: what stands in front of the list's domain.
std::string reversed_address(std::string_view address);

}  // namespace postrider::dns
