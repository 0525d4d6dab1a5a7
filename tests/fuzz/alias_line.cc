// tests/fuzz/alias_line.cc - lines of alias files, what postalias makes of them, and addresses taken apart.
#include "lib/mail/address.h"
#include "lib/mail/rfc822.h"
#include "lib/tables/files/alias_source.h"
#include "tests/fuzz/fuzz.h"

using namespace postrider;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const tables::AliasEntry entry = tables::parse_alias(text);
    if (entry.problem.empty()) {
        fuzz::demand(!entry.name.empty());
        // The database has what its reader takes for the same addresses. Quoted text, comments and address
        // literals may have a colon before the one that ends the name.
        const std::size_t colon = text.find(':');
        if (text.find_first_of(std::string_view("\"\\([\0", 5)) == std::string_view::npos)
            fuzz::demand(mail::addresses_in(entry.value) == mail::addresses_in(text.substr(colon + 1)));
    }
    for (const mail::Token& token : mail::scan_tokens(text, 1000))
        fuzz::demand(token.text.size() <= size + 2);
    for (const std::string& external : mail::external_addresses_in(text))
        mail::quote_address(mail::unquote_address(external));
    return 0;
}
