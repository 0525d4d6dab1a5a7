// smtpd/access/lookup.cc - the keys under which access tables know hosts, addresses and mail addresses.
#include "smtpd/access/lookup.h"

#include "lib/base/text.h"
#include "lib/mail/address.h"

namespace postrider::smtpd::access {

namespace {

void append(Keys& keys, Keys more) {
    for (std::string& key : more) keys.push_back(std::move(key));
}

}  // namespace

Keys domain_keys(std::string_view name, tables::ParentStyle style) {
    Keys keys{std::string(name)};
    if (!name.empty() && name.front() != '[' && !mail::is_valid_ip(name))
        append(keys, tables::parent_domains(name, style));
    return keys;
}

Keys network_keys(std::string_view address) {
    const char separator = address.find(':') == std::string_view::npos ? '.' : ':';
    Keys keys{std::string(address)};
    for (std::size_t at = address.rfind(separator); at != std::string_view::npos;
         at = address.rfind(separator)) {
        address = address.substr(0, at);
        if (address.empty()) break;
        keys.emplace_back(address);
    }
    return keys;
}

Keys mail_keys(const std::string& address, tables::ParentStyle style, const mail::ExtensionRules& extension) {
    const mail::AddressParts parts = mail::split_address(address);
    Keys keys{address};
    const tables::StrippedAddress stripped = tables::strip_extension(address, extension);
    const bool has_extension = !stripped.extension.empty();
    if (has_extension) keys.push_back(stripped.address);
    append(keys, domain_keys(parts.domain, style));
    keys.push_back(parts.local + "@");
    if (has_extension) keys.push_back(mail::split_address(stripped.address).local + "@");
    return keys;
}

Task<tables::LookupResult> find_first(tables::TablePtr table, Keys keys) {
    if (table->key_kind() == tables::KeyKind::pattern && keys.size() > 1) keys.resize(1);
    for (std::string& key : keys) {
        if (key.empty()) continue;
        std::string asked = key;
        tables::LookupResult result = co_await table->find(asked);
        if (result.found != tables::Found::no) co_return result;
    }
    co_return tables::LookupResult::miss();
}

}  // namespace postrider::smtpd::access
