// smtpd/reply_rules.cc - replies that do not depend on the command, and what is added to refusals.
#include "smtpd/reply_rules.h"

#include "lib/base/local_time.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/address.h"
#include "smtpd/parameters.h"

namespace postrider::smtpd {

namespace {

std::string part_of(const std::string& address, std::string mail::AddressParts::*part) {
    return mail::split_address(address).*part;
}

// sender, sender_name, sender_domain; the same for recipient.
std::optional<std::string> address_macro(std::string_view name, std::string_view role,
                                         const std::string& address) {
    if (!name.starts_with(role)) return std::nullopt;
    const std::string_view part = name.substr(role.size());
    if (part.empty()) return address;
    if (part == "_name") return part_of(address, &mail::AddressParts::local);
    if (part == "_domain") return part_of(address, &mail::AddressParts::domain);
    return std::nullopt;
}

std::optional<std::string> footer_macro(const Session& session, std::string_view name) {
    const Client& client = session.client;
    if (name == "client_address") return client.address;
    if (name == "client_port") return client.port;
    if (name == "client") return client.name + "[" + client.address + "]";
    if (name == "client_name") return client.name;
    if (name == "reverse_client_name") return client.reverse_name;
    if (name == "helo_name") return session.helo_name;
    if (name == "server_name") return session.server.hostname;
    if (name == "server_address") return client.server_address;
    if (name == "server_port") return client.server_port;
    if (name == "localtime") return local_time("%b %d %H:%M:%S");
    const Transaction* transaction = session.transaction.get();
    const std::string none;
    if (const auto sender = address_macro(name, "sender", transaction ? transaction->sender : none))
        return sender;
    if (const auto first =
            address_macro(name, "recipient", transaction ? transaction->first_recipient : none))
        return first;
    if (name == "mail_name") return session.server.mail_name;
    if (name == "myhostname") return session.server.hostname;
    return std::nullopt;
}

// `\c` at the start continues the last line, `\n` starts a new one.
void add_footer(Reply& reply, std::string footer) {
    const bool same_line = footer.starts_with("\\c");
    if (same_line) footer.erase(0, 2);
    footer = replace_all(footer, "\\n", "\n");
    while (!footer.empty() && footer.back() == '\n') footer.pop_back();
    reply.append((same_line ? "" : "\n") + footer);
}

}  // namespace

Reply refusal_of_everything(const Session& session) {
    const int code = session.refused->code();
    if (code == 421 || code == 521) return session.refused;
    return Reply(503, "5.7.0", "Error: access denied for " + session.client_label());
}

Reply local_data_error(const Session& session) {
    Reply reply(421, "4.3.0", session.server.hostname + " Server local data error");
    return session.rejected(std::move(reply), nullptr, nullptr).and_close();
}

Reply refuse_proxy(const Session& session, unsigned verb, bool authorized) {
    if ((session.doubtful_rights & verb) != 0) {
        log::warning("don't know if command {} should be allowed from {}", session.where,
                     session.client_label());
        return local_data_error(session);
    }
    return authorized ? Reply() : Reply(550, "5.7.0", "Error: insufficient authorization");
}

Reply bare_newline_refusal(const Session& session) {
    const int code = session.server.settings[smtpd_forbid_bare_newline_reject_code];
    return Reply(code, "5.5.2", session.server.hostname + " Error: bare <LF> received");
}

Task<> complete_refusal(const Session& session, Reply& reply) {
    const Server& server = session.server;
    if (!server.reply_filter.empty()) {
        std::string key = reply.line();
        const tables::LookupResult other = co_await server.reply_filter.find(key);
        if (other.found == tables::Found::yes) {
            const Reply replaced = Reply::parse(other.value);
            if (replaced.is_error())
                reply = replaced;
            else
                log::warning("smtpd_reject_filter_maps: \"{}\" is no refusal", other.value);
        }
    }
    std::string footer;
    if (!server.footer_maps.empty()) {
        std::string key = reply.line();
        const tables::LookupResult found = co_await server.footer_maps.find(key);
        if (found.found == tables::Found::yes) footer = found.value;
    }
    if (footer.empty()) footer = server.settings[smtpd_reject_footer].text;
    if (footer.empty()) co_return;
    const Session* self = &session;
    const auto value = [self](std::string_view name) {
        std::optional<std::string> found = footer_macro(*self, name);
        if (!found) log::warning("unknown macro name \"{}\" in expansion request", name);
        if (found) found = self->server.fit_for_reply(std::move(*found));
        return found;
    };
    add_footer(reply, server.settings.expand(footer, value));
}

}  // namespace postrider::smtpd
