// smtpd/access/dns.cc - restrictions that ask the DNS about names and domains, and tables keyed by what it
// says.
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "smtpd/access/address_syntax.h"
#include "smtpd/access/check.h"
#include "smtpd/access/host_lookup.h"
#include "smtpd/access/lookup.h"
#include "smtpd/access/parameters.h"

namespace postrider::smtpd::access {

namespace {

std::string domain_of(const std::string& address) {
    return mail::split_address(address).domain;
}

Task<Verdict> reject_unknown_helo_hostname(Check& check, const Step&) {
    const std::string name = check.session.helo_name;
    if (name.empty()) co_return Verdict::dunno;
    const Subject subject{name, klass::helo};
    if (name.front() == '[') co_return judge_literal(check, subject);
    std::string asked = name;
    const MailHost host = co_await find_any_host(check, asked);
    if (host == MailHost::yes) co_return Verdict::dunno;
    if (host == MailHost::unknown)
        co_return check.temporary(check.settings()[unknown_helo_hostname_tempfail_action], subject, 450,
                                  "4.7.1", "Host not found");
    co_return check.reject(subject, check.settings()[unknown_hostname_reject_code], "4.7.1",
                           "Host not found");
}

// Senders nobody can answer, recipients nobody can reach.
Task<Verdict> check_domain(Check& check, std::string address, std::string_view subject_class) {
    const bool is_sender = subject_class == klass::sender;
    if (address.empty()) co_return Verdict::dunno;
    Result<ipc::Resolved> resolved = co_await check.resolve(address);
    if (!resolved) co_return check.lookup_failed(address);
    const bool ours = resolved->address_class == ipc::AddressClass::local ||
                      resolved->address_class == ipc::AddressClass::virtual_alias ||
                      resolved->address_class == ipc::AddressClass::virtual_mailbox;
    std::string domain = domain_of(resolved->recipient);
    if (ours || domain.empty()) co_return Verdict::dunno;
    const Subject subject{address, subject_class};
    const int code = check.settings()[unknown_address_reject_code];
    const std::string_view status = is_sender ? "4.1.8" : "4.1.2";
    const MailHost host = co_await find_mail_host(check, domain);
    switch (host) {
        case MailHost::yes:
            co_return Verdict::dunno;
        case MailHost::null_mx:  // RFC 7505 4.1, 4.2
            co_return check.reject(subject, is_sender ? 550 : 556, is_sender ? "5.7.27" : "5.1.10",
                                   "Domain " + domain + " does not accept mail (nullMX)");
        case MailHost::malformed:
            co_return check.reject(subject, code, status, "Malformed DNS server reply");
        case MailHost::unknown:
            co_return check.temporary(check.settings()[unknown_address_tempfail_action], subject, 450, status,
                                      "Domain not found");
        case MailHost::no:
            break;
    }
    co_return check.reject(subject, code, status, "Domain not found");
}

Task<Verdict> reject_unknown_sender_domain(Check& check, const Step&) {
    if (check.sender == nullptr) co_return Verdict::dunno;
    std::string sender = *check.sender;
    const Verdict verdict = co_await check_domain(check, sender, klass::sender);
    co_return verdict;
}

Task<Verdict> reject_unknown_recipient_domain(Check& check, const Step&) {
    if (check.recipient == nullptr) co_return Verdict::dunno;
    std::string recipient = *check.recipient;
    const Verdict verdict = co_await check_domain(check, recipient, klass::recipient);
    co_return verdict;
}

// --- check_*_{a,mx,ns}_access: a table about the hosts behind a name.

enum class Behind { address, mx, name_server };

std::string_view name_of(Behind behind) {
    return behind == Behind::mx ? "MX" : behind == Behind::name_server ? "NS" : "A";
}

// What a restriction is about: a host name or an address as it was given, and what replies say of it.
struct Given {
    std::string text;
    Subject subject;
};

// Asks the table about one host: its name, then its addresses.
Task<Verdict> check_host(Check& check, const Step& step, std::string host, Given given, Behind behind) {
    const Subject& subject = given.subject;
    if (behind != Behind::address) {
        Keys keys = domain_keys(host, check.rules.parent_style);
        const tables::LookupResult named = co_await find_first(step.table, std::move(keys));
        const Source source{step.table->name(), host};
        if (named.found == tables::Found::try_again) co_return check.table_failed(source, subject);
        if (named.found == tables::Found::yes) {
            std::string action = named.value;
            const Verdict verdict = co_await apply_action(check, action, subject, source);
            co_return forbid_permit(check, step, given.text, verdict);
        }
    }
    const Hosts addresses = co_await find_addresses(check, host);
    if (addresses.names.empty() && behind != Behind::address)
        log::warning("Unable to look up {} host {} for {} {}: {}", name_of(behind), host, subject.klass,
                     subject.name, addresses.host_trouble());
    for (const std::string& address : addresses.names) {
        Keys keys = network_keys(address);
        const tables::LookupResult found = co_await find_first(step.table, std::move(keys));
        const Source source{step.table->name(), address};
        if (found.found == tables::Found::try_again) co_return check.table_failed(source, subject);
        if (found.found == tables::Found::no) continue;
        std::string action = found.value;
        const Verdict verdict = co_await apply_action(check, action, subject, source);
        if (verdict != Verdict::dunno) co_return forbid_permit(check, step, given.text, verdict);
    }
    co_return Verdict::dunno;
}

Task<Verdict> check_behind(Check& check, const Step& step, Behind behind, Given given) {
    const std::size_t at = given.text.rfind('@');
    const std::string name = at == std::string::npos ? given.text : given.text.substr(at + 1);
    if (name.empty() || name == "unknown") co_return Verdict::dunno;
    if (name.front() == '[') {
        const auto literal = SocketAddress::from_ip(name);
        if (!literal || behind == Behind::name_server) co_return Verdict::dunno;
        std::string address = literal->host();
        const Verdict of_literal = co_await check_host(check, step, address, given, behind);
        co_return of_literal;
    }
    Hosts hosts;
    if (behind == Behind::address)
        hosts.names.push_back(name);
    else if (behind == Behind::mx)
        hosts = co_await find_mx_hosts(check, name);
    else
        hosts = co_await find_name_servers(check, name);
    if (hosts.names.empty() && !hosts.trouble.empty())
        log::warning("Unable to look up {} host for {}: {}", name_of(behind), hosts.known ? given.text : name,
                     hosts.trouble);
    // Compat: a name server without an answer is no reason to refuse; other restrictions judge the name
    // itself.
    for (const std::string& host : hosts.names) {
        std::string asked = host;
        const Verdict verdict = co_await check_host(check, step, asked, given, behind);
        if (verdict != Verdict::dunno) co_return verdict;
    }
    co_return Verdict::dunno;
}

template <Behind behind>
Task<Verdict> check_client_behind(Check& check, const Step& step) {
    const Given given{check.session.client.name, {check.session.client_label, klass::client}};
    const Verdict verdict = co_await check_behind(check, step, behind, given);
    co_return verdict;
}

template <Behind behind>
Task<Verdict> check_reverse_behind(Check& check, const Step& step) {
    const std::string& name = check.session.client.reverse_name;
    const Given given{name, {name, klass::unverified_client}};
    const Verdict verdict = co_await check_behind(check, step, behind, given);
    co_return verdict;
}

template <Behind behind>
Task<Verdict> check_helo_behind(Check& check, const Step& step) {
    const Given given{check.session.helo_name, {check.session.helo_name, klass::helo}};
    const Verdict verdict = co_await check_behind(check, step, behind, given);
    co_return verdict;
}

template <Behind behind>
Task<Verdict> check_sender_behind(Check& check, const Step& step) {
    if (check.sender == nullptr) co_return Verdict::dunno;
    const Given given{*check.sender, {*check.sender, klass::sender}};
    const Verdict verdict = co_await check_behind(check, step, behind, given);
    co_return verdict;
}

template <Behind behind>
Task<Verdict> check_recipient_behind(Check& check, const Step& step) {
    if (check.recipient == nullptr) co_return Verdict::dunno;
    const Given given{*check.recipient, {*check.recipient, klass::recipient}};
    const Verdict verdict = co_await check_behind(check, step, behind, given);
    co_return verdict;
}

// permit_mx_backup: the recipient's domain names us among its MX hosts, and somebody else before us.
Task<Verdict> permit_mx_backup(Check& check, const Step& step) {
    if (check.recipient == nullptr) co_return Verdict::dunno;
    std::string recipient = *check.recipient;
    Result<ipc::Resolved> resolved = co_await check.resolve(recipient);
    if (!resolved) co_return check.lookup_failed(recipient);
    std::string domain = domain_of(resolved->recipient);
    const Subject subject{recipient, klass::recipient};
    if (domain.empty()) co_return check.permit(step, subject);
    if (resolved->routed && !check.settings()[allow_untrusted_routing]) co_return Verdict::dunno;
    const bool ours = resolved->address_class != ipc::AddressClass::none &&
                      resolved->address_class != ipc::AddressClass::other;
    if (ours) co_return check.permit(step, subject);
    if (mail::is_address_literal(domain)) co_return Verdict::dunno;
    const dns::Answer mx = co_await ask_dns(check, domain, dns::Type::mx);
    if (mx.status == dns::Status::try_again)
        co_return check.defer_later(check.defer_if_reject, subject, 450, "4.4.4",
                                    "Unable to look up mail exchanger information: " + reason_of(mx));
    if (!mx.ok()) co_return Verdict::dunno;
    std::uint16_t best = 65535;
    for (const dns::Record& record : mx.records) best = std::min(best, record.preference);
    bool listed = false;
    for (const dns::Record& record : mx.records) {
        std::string host = record.target;
        const Hosts addresses = co_await find_addresses(check, host);
        if (addresses.names.empty())
            co_return check.defer_later(
                check.defer_if_reject, subject, 450, "4.4.4",
                "Unable to look up mail exchanger host " + host + ": " + addresses.host_trouble());
        for (const std::string& address : addresses.names) {
            if (record.preference != best) listed = listed || check.rules.own_addresses.contains(address);
            // A primary must lie where we agreed to be its backup.
            if (record.preference != best || check.rules.backup_networks.empty()) continue;
            std::string name = host;
            std::string at = address;
            const tables::Match match = co_await check.rules.backup_networks.matches(name, at);
            if (match != tables::Match::yes) co_return Verdict::dunno;
        }
    }
    co_return listed ? check.permit(step, subject) : Verdict::dunno;
}

constexpr Keyword keywords[] = {
    {"reject_unknown_helo_hostname", Argument::none, reject_unknown_helo_hostname},
    {"reject_unknown_hostname", Argument::none, reject_unknown_helo_hostname},
    {"reject_unknown_sender_domain", Argument::none, reject_unknown_sender_domain},
    {"reject_unknown_address", Argument::none, reject_unknown_sender_domain},
    {"reject_unknown_recipient_domain", Argument::none, reject_unknown_recipient_domain},
    {"check_client_a_access", Argument::table, check_client_behind<Behind::address>},
    {"check_client_mx_access", Argument::table, check_client_behind<Behind::mx>},
    {"check_client_ns_access", Argument::table, check_client_behind<Behind::name_server>},
    {"check_reverse_client_hostname_a_access", Argument::table, check_reverse_behind<Behind::address>},
    {"check_reverse_client_hostname_mx_access", Argument::table, check_reverse_behind<Behind::mx>},
    {"check_reverse_client_hostname_ns_access", Argument::table, check_reverse_behind<Behind::name_server>},
    {"check_helo_a_access", Argument::table, check_helo_behind<Behind::address>},
    {"check_helo_mx_access", Argument::table, check_helo_behind<Behind::mx>},
    {"check_helo_ns_access", Argument::table, check_helo_behind<Behind::name_server>},
    {"check_sender_a_access", Argument::table, check_sender_behind<Behind::address>},
    {"check_sender_mx_access", Argument::table, check_sender_behind<Behind::mx>},
    {"check_sender_ns_access", Argument::table, check_sender_behind<Behind::name_server>},
    {"check_recipient_a_access", Argument::table, check_recipient_behind<Behind::address>},
    {"check_recipient_mx_access", Argument::table, check_recipient_behind<Behind::mx>},
    {"check_recipient_ns_access", Argument::table, check_recipient_behind<Behind::name_server>},
    {"permit_mx_backup", Argument::none, permit_mx_backup},
};

}  // namespace

std::span<const Keyword> dns_keywords() {
    return keywords;
}

}  // namespace postrider::smtpd::access
