// tests/fuzz/address.cc - addresses in all their forms.
#include "lib/mail/address.h"

#include "lib/mail/rfc822.h"
#include "tests/fuzz/fuzz.h"

using namespace postrider;
using namespace postrider::mail;

namespace {

void try_list(std::string_view text, std::size_t limit) {
    AddressList list = parse_address_list(text, limit);
    const std::string written = list.text();
    if (!list.truncated) {
        std::vector<std::string> before;
        for (const ListItem& item : list.items)
            if (item.is_address && !item.address().empty()) before.push_back(item.address());
        fuzz::demand(addresses_in(text) == before);
    }
    for (const ListItem& item : list.items)
        if (item.is_address) scan_tokens(item.external());
    for (ListItem& item : list.items)
        if (item.is_address) item.set_address("a b@example.com");
    list.text();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input input(data, size);
    const unsigned limit = input.number(40);
    const std::string_view text = input.rest();
    try_list(text, 1000);
    try_list(text, limit);
    const std::string quoted = quote_address(text);
    const bool plain = text.find_first_of(std::string_view("\0\r\n", 3)) == std::string_view::npos;
    if (plain) fuzz::demand(unquote(quote_string(text).substr(1, quote_string(text).size() - 2)) == text);
    unquote_address(text);
    split_address(text);
    ExtensionRules rules;
    rules.delimiters = "+-";
    const ExtensionSplit split = split_extension(text, rules);
    if (split.extension) fuzz::demand(split.user + split.delimiter + *split.extension == text);
    for (const bool strict : {false, true}) {
        const auto path = parse_path(text, strict);
        if (!path) continue;
        fuzz::demand(path->rest.empty() ||
                     (path->rest.data() >= text.data() && path->rest.data() < text.data() + text.size() + 1));
    }
    is_valid_hostname(text);
    is_valid_ip(text);
    is_address_literal(text);
    domain_to_ascii(text);
    domain_to_utf8(text);
    casefold(text);
    quote_phrase(text);
    return 0;
}
