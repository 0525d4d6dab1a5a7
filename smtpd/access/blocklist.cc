// smtpd/access/blocklist.cc - DNS block lists and allow lists, by address (DNSBL) and by name (RHSBL).
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/dns/block_list.h"
#include "lib/mail/address.h"
#include "smtpd/access/check.h"
#include "smtpd/access/host_lookup.h"
#include "smtpd/access/parameters.h"

namespace postrider::smtpd::access {

using dns::AnswerFilter;
using dns::reversed_address;

namespace {

// DOMAIN or DOMAIN=FILTER.
struct BlockList : Prepared {
    std::string whole;  // as written: the key of rbl_reply_maps
    std::string domain;
    std::optional<AnswerFilter> filter;
    bool malformed = false;
};

std::shared_ptr<const Prepared> prepare(const std::string& argument, const Settings&) {
    auto list = std::make_shared<BlockList>();
    const std::size_t equals = argument.find('=');
    list->whole = argument;
    list->domain = argument.substr(0, equals);
    if (equals != std::string::npos) {
        list->filter = AnswerFilter::parse(argument.substr(equals + 1));
        list->malformed = !list->filter;
    }
    return list;
}

enum class Listing { no, yes, unknown };
struct Listed {
    Listing listing = Listing::no;
    std::string reason;  // TXT of the list
};

Task<Listed> look_up(Check& check, const BlockList& list, std::string what) {
    Listed listed;
    std::string name = what + "." + list.domain;
    const dns::Answer answer = co_await ask_dns(check, name, dns::Type::a);
    if (answer.status == dns::Status::try_again) {
        log::warning("{}: RBL lookup error: {}", name, answer.reason);
        listed.listing = Listing::unknown;
        co_return listed;
    }
    for (const dns::Record& record : answer.records)
        if (!list.filter || list.filter->matches(record.address.host())) listed.listing = Listing::yes;
    co_return listed;
}

Task<std::string> look_up_reason(Check& check, const BlockList& list, std::string what) {
    std::string name = what + "." + list.domain;
    const dns::Answer answer = co_await ask_dns(check, name, dns::Type::txt);
    co_return answer.ok() ? printable(answer.records.front().data) : std::string();
}

// The macros of default_rbl_reply.
struct ReplyMacros {
    const Check& check;
    const BlockList& list;
    std::string_view subject_class;
    std::string what;
    std::string reason;

    std::optional<std::string> operator()(std::string_view name) const {
        const Client& client = check.session.client;
        if (name == "rbl_code") return std::to_string(check.settings()[maps_rbl_reject_code]);
        if (name == "rbl_class") return std::string(subject_class);
        if (name == "rbl_domain") return list.domain;
        if (name == "rbl_what") return what;
        if (name == "rbl_txt" || name == "rbl_reason") {
            if (reason.empty()) return std::nullopt;
            return reason;
        }
        if (name == "client") return client.name + "[" + client.address + "]";
        if (name == "client_address") return client.address;
        if (name == "client_name") return client.name;
        if (name == "reverse_client_name") return client.reverse_name;
        if (name == "helo_name") return check.session.helo_name;
        if (name == "sender" && check.sender != nullptr) return check.sender->empty() ? "<>" : *check.sender;
        if (name == "recipient") return check.recipient == nullptr ? "" : *check.recipient;
        return domain_macro(name);
    }
    std::optional<std::string> domain_macro(std::string_view name) const {
        if (name == "sender_domain" && check.sender != nullptr)
            return mail::split_address(*check.sender).domain;
        if (name == "sender_name" && check.sender != nullptr) return mail::split_address(*check.sender).local;
        if (name == "recipient_domain" && check.recipient != nullptr)
            return mail::split_address(*check.recipient).domain;
        if (name == "recipient_name" && check.recipient != nullptr)
            return mail::split_address(*check.recipient).local;
        return std::nullopt;
    }
};

// `what` is looked up, `shown` is what the reply names.
Task<Verdict> refuse(Check& check, const BlockList& list, std::string what, std::string shown,
                     std::string_view subject_class) {
    std::string key = list.whole;
    std::string form = check.settings()[default_rbl_reply].text;
    const tables::LookupResult own = co_await check.rules.rbl_replies.find(key);
    if (own.found == tables::Found::try_again) co_return check.lookup_failed(key);
    if (own.found == tables::Found::yes) form = own.value;
    std::string reason = co_await look_up_reason(check, list, what);
    const ReplyMacros macros{check, list, subject_class, shown, reason};
    const Server& server = check.session.server;
    const auto value = [&](std::string_view name) {
        std::optional<std::string> found = macros(name);
        if (found) found = server.fit_for_reply(std::move(*found));
        return found;
    };
    const Reply reply = Reply::parse(check.settings().expand(form, value));
    const std::string status = reply.status().empty() ? "5.7.1" : reply.status();
    co_return check.reject_with(subject_class, reply.code(), status, reply.text());
}

Task<Verdict> check_list(Check& check, const Step& step, std::string what, std::string shown,
                         std::string_view subject_class) {
    const auto& list = static_cast<const BlockList&>(*step.prepared);
    if (list.malformed)
        co_return check.misconfigured("bad DNS block list filter in \"" + step.argument + "\"");
    if (what.empty()) co_return Verdict::dunno;
    const Listed listed = co_await look_up(check, list, what);
    if (listed.listing != Listing::yes) co_return Verdict::dunno;
    const Verdict verdict = co_await refuse(check, list, what, shown, subject_class);
    co_return verdict;
}

Task<Verdict> reject_rbl_client(Check& check, const Step& step) {
    const std::string address = check.session.client.address;
    std::string what = reversed_address(address);
    const Verdict verdict = co_await check_list(check, step, what, address, klass::client);
    co_return verdict;
}

Task<Verdict> reject_maps_rbl(Check& check, const Step&) {
    static bool told = false;
    if (!std::exchange(told, true))
        log::warning(
            "support for restriction \"reject_maps_rbl\" will be removed from {}; use \"reject_rbl_client "
            "domain-name\" instead",
            check.session.server.mail_name);
    for (const std::string& domain : check.settings().words(maps_rbl_domains)) {
        Step step;
        step.name = "reject_rbl_client";
        step.argument = domain;
        step.prepared = prepare(domain, check.settings());
        const Verdict verdict = co_await reject_rbl_client(check, step);
        if (verdict != Verdict::dunno) co_return verdict;
    }
    co_return Verdict::dunno;
}

// A domain that can be looked up: neither empty nor a literal.
std::string list_key(const std::string& domain) {
    if (domain == "unknown" || mail::is_address_literal(domain)) return "";
    return mail::is_valid_hostname(domain) ? domain : "";
}

Task<Verdict> reject_rhsbl_client(Check& check, const Step& step) {
    const std::string name = check.session.client.name;
    const Verdict verdict = co_await check_list(check, step, list_key(name), name, klass::client);
    co_return verdict;
}

Task<Verdict> reject_rhsbl_reverse_client(Check& check, const Step& step) {
    const std::string name = check.session.client.reverse_name;
    const Verdict verdict = co_await check_list(check, step, list_key(name), name, klass::unverified_client);
    co_return verdict;
}

Task<Verdict> reject_rhsbl_helo(Check& check, const Step& step) {
    const std::string name = check.session.helo_name;
    const Verdict verdict = co_await check_list(check, step, list_key(name), name, klass::helo);
    co_return verdict;
}

Task<Verdict> reject_rhsbl_sender(Check& check, const Step& step) {
    if (check.sender == nullptr) co_return Verdict::dunno;
    const std::string address = *check.sender;
    std::string what = list_key(mail::split_address(address).domain);
    const Verdict verdict = co_await check_list(check, step, what, address, klass::sender);
    co_return verdict;
}

Task<Verdict> reject_rhsbl_recipient(Check& check, const Step& step) {
    if (check.recipient == nullptr) co_return Verdict::dunno;
    const std::string address = *check.recipient;
    std::string what = list_key(mail::split_address(address).domain);
    const Verdict verdict = co_await check_list(check, step, what, address, klass::recipient);
    co_return verdict;
}

// Allow lists: a stranger's good name does not make us his relay, whichever list asks.
Task<Verdict> permit_listed(Check& check, const Step& step, std::string what, std::string shown) {
    const auto& list = static_cast<const BlockList&>(*step.prepared);
    if (list.malformed)
        co_return check.misconfigured("bad DNS allow list filter in \"" + step.argument + "\"");
    if (what.empty()) co_return Verdict::dunno;
    if (check.recipient != nullptr) {
        const Destination destination = co_await find_destination(check);
        if (destination != Destination::ours) co_return Verdict::dunno;
    }
    const Subject subject{shown, klass::client};
    const Listed listed = co_await look_up(check, list, what);
    if (listed.listing == Listing::unknown)
        co_return check.defer_later(check.defer_if_reject, subject, 450, "4.7.1", "Service unavailable");
    if (listed.listing == Listing::no) co_return Verdict::dunno;
    co_return check.permit(step, subject);
}

Task<Verdict> permit_dnswl_client(Check& check, const Step& step) {
    const std::string address = check.session.client.address;
    std::string what = reversed_address(address);
    const Verdict verdict = co_await permit_listed(check, step, what, address);
    co_return verdict;
}

Task<Verdict> permit_rhswl_client(Check& check, const Step& step) {
    const std::string name = check.session.client.name;
    std::string what = list_key(name);
    const Verdict verdict = co_await permit_listed(check, step, what, name);
    co_return verdict;
}

constexpr Keyword keywords[] = {
    {"reject_rbl_client", Argument::text, reject_rbl_client, prepare},
    {"reject_rbl", Argument::text, reject_rbl_client, prepare},
    {"reject_maps_rbl", Argument::none, reject_maps_rbl},
    {"reject_rhsbl_client", Argument::text, reject_rhsbl_client, prepare},
    {"reject_rhsbl_reverse_client", Argument::text, reject_rhsbl_reverse_client, prepare},
    {"reject_rhsbl_helo", Argument::text, reject_rhsbl_helo, prepare},
    {"reject_rhsbl_sender", Argument::text, reject_rhsbl_sender, prepare},
    {"reject_rhsbl_recipient", Argument::text, reject_rhsbl_recipient, prepare},
    {"permit_dnswl_client", Argument::text, permit_dnswl_client, prepare},
    {"permit_rhswl_client", Argument::text, permit_rhswl_client, prepare},
};

}  // namespace

std::span<const Keyword> blocklist_keywords() {
    return keywords;
}

}  // namespace postrider::smtpd::access
