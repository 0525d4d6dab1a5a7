// smtpd/access/host_lookup.cc - questions to the DNS that restrictions ask.
#include "smtpd/access/host_lookup.h"

#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "lib/tables/dns_reply_filter.h"

namespace postrider::smtpd::access {

namespace {

// "[192.0.2.1]" and "192.0.2.1": the address inside.
std::optional<std::string> literal_address(const std::string& name) {
    const auto address = SocketAddress::from_ip(name);
    if (address && (name.front() == '[' || mail::is_valid_ip(name))) return address->host();
    return std::nullopt;
}

Task<MailHost> has_address(Check& check, std::string name) {
    bool unknown = false;
    for (const dns::Type type : {dns::Type::a, dns::Type::aaaa}) {
        const dns::Answer answer = co_await ask_dns(check, name, type);
        if (answer.ok()) co_return MailHost::yes;
        if (answer.status == dns::Status::try_again) unknown = true;
    }
    co_return unknown ? MailHost::unknown : MailHost::no;
}

void note_trouble(Hosts& hosts, const dns::Answer& answer) {
    if (!answer.ok()) hosts.trouble = reason_of(answer);
}

}  // namespace

std::string reason_of(const dns::Answer& answer) {
    const std::size_t colon = answer.reason.rfind(": ");
    return colon == std::string::npos ? answer.reason : answer.reason.substr(colon + 2);
}

std::string Hosts::host_trouble() const {
    if (!known) return "Temporary failure in name resolution";
    return trouble.starts_with("Host found") ? "No address associated with hostname"
                                             : "Name or service not known";
}

Task<dns::Answer> ask_dns(Check& check, std::string name, dns::Type type) {
    while (name.size() > 1 && name.back() == '.') name.pop_back();
    const auto ascii = mail::domain_to_ascii(name);
    if (!ascii) {
        dns::Answer invalid;
        invalid.status = dns::Status::invalid;
        co_return invalid;
    }
    std::string asked = *ascii;
    dns::Answer answer = co_await check.session.server.neighbours.dns_lookup(asked, type);
    dns::Answer result = co_await tables::filter_dns_answer(std::move(answer), asked, type,
                                                            check.session.server.dns_reply_filter);
    // What main.cf does not want to be seen is not there.
    if (result.status == dns::Status::refused_by_policy) result.status = dns::Status::not_found;
    co_return result;
}

Task<MailHost> find_mail_host(Check& check, std::string domain) {
    if (literal_address(domain)) co_return MailHost::yes;
    const dns::Answer mx = co_await ask_dns(check, domain, dns::Type::mx);
    if (mx.ok()) co_return MailHost::yes;
    if (mx.status == dns::Status::null_mx) co_return MailHost::null_mx;
    if (mx.status == dns::Status::invalid) co_return MailHost::malformed;
    const MailHost direct = co_await has_address(check, domain);
    if (direct == MailHost::no && mx.status == dns::Status::try_again) co_return MailHost::unknown;
    co_return direct;
}

Task<MailHost> find_any_host(Check& check, std::string name) {
    const MailHost direct = co_await has_address(check, name);
    if (direct == MailHost::yes) co_return direct;
    const dns::Answer mx = co_await ask_dns(check, name, dns::Type::mx);
    if (mx.ok() || mx.status == dns::Status::null_mx) co_return MailHost::yes;
    if (mx.status == dns::Status::try_again) co_return MailHost::unknown;
    co_return direct;
}

Task<Hosts> find_addresses(Check& check, std::string name) {
    Hosts hosts;
    const auto literal = literal_address(name);
    if (literal) {
        hosts.names.push_back(*literal);
        co_return hosts;
    }
    for (const dns::Type type : {dns::Type::a, dns::Type::aaaa}) {
        const dns::Answer answer = co_await ask_dns(check, name, type);
        if (answer.status == dns::Status::try_again) hosts.known = false;
        note_trouble(hosts, answer);
        for (const dns::Record& record : answer.records) hosts.names.push_back(record.address.host());
    }
    hosts.known = hosts.known || !hosts.names.empty();
    co_return hosts;
}

Task<Hosts> find_mx_hosts(Check& check, std::string name) {
    Hosts hosts;
    const dns::Answer answer = co_await ask_dns(check, name, dns::Type::mx);
    if (answer.status == dns::Status::null_mx) co_return hosts;
    if (answer.status == dns::Status::try_again) hosts.known = false;
    note_trouble(hosts, answer);
    for (const dns::Record& record : answer.records) hosts.names.push_back(record.target);
    // RFC 5321 5.1: without MX records the domain is its own mail host.
    if (hosts.known && hosts.names.empty()) hosts.names.push_back(name);
    co_return hosts;
}

Task<Hosts> find_name_servers(Check& check, std::string name) {
    Hosts hosts;
    for (;;) {
        const dns::Answer answer = co_await ask_dns(check, name, dns::Type::ns);
        note_trouble(hosts, answer);
        for (const dns::Record& record : answer.records) hosts.names.push_back(record.target);
        if (answer.ok()) co_return hosts;
        if (answer.status == dns::Status::try_again) {
            hosts.known = false;
            co_return hosts;
        }
        const std::size_t dot = name.find('.');
        if (dot == std::string::npos) co_return hosts;
        name.erase(0, dot + 1);
    }
}

}  // namespace postrider::smtpd::access
