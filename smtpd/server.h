// smtpd/server.h - what all sessions of the process share: settings read once, lists and tables opened once.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "lib/config/settings.h"
#include "lib/daemon/tls_server.h"
#include "lib/mail/probe_sender.h"
#include "lib/tables/local_domains.h"
#include "lib/tables/match_list.h"
#include "lib/tables/table_list.h"
#include "smtpd/access/rules.h"
#include "smtpd/login_service.h"
#include "smtpd/neighbours.h"
#include "smtpd/proxy_filter.h"
#include "smtpd/reply.h"
#include "smtpd/upstream_proxy.h"

namespace postrider::smtpd {

struct MilterRules;

// What is done about lines that end without CR.
enum class BareNewline { accept, note, normalise, reject };

// receive_override_options.
struct Overrides {
    bool skip_unknown_recipient_checks = false;
    bool skip_address_mappings = false;
    bool skip_content_checks = false;
    bool skip_milters = false;
};
// The error names the word that is none of the known ones.
Result<Overrides> parse_overrides(const std::string& value);

// What becomes tighter while all processes of the service are busy ($stress).
struct Limits {
    explicit Limits(const Settings& settings);
    std::chrono::seconds timeout;
    int hard_error_limit;
    int junk_limit;
    std::chrono::seconds starttls_timeout;
    bool deadline_per_request;
};

struct Server {
    // Opens tables: to be made before the jail is closed.  Bad values are fatal.
    Server(const Settings& settings, Neighbours neighbours);

    const Settings& settings;
    Neighbours neighbours;

    std::string hostname;
    std::string banner;
    std::string mail_name;
    std::chrono::seconds error_delay;
    std::chrono::seconds cleanup_timeout;
    std::size_t line_limit;
    long size_limit;
    int soft_error_limit;
    int recipient_limit;
    int recipient_overshoot;
    bool utf8;
    bool require_tls;         // the extension REQUIRETLS, RFC 8689
    bool require_tls_header;  // its request goes through filters as a header
    bool delay_reject;
    bool forbid_early_talk;
    bool port_logging;
    bool soft_bounce;
    BareNewline bare_newline;
    Overrides overrides;
    unsigned discarded_extensions;

    daemon::TlsLevel tls_level;
    bool tls_wrapper;
    bool tls_auth_only;
    bool tls_in_received;
    std::unique_ptr<daemon::TlsServer> tls;  // null: never used in this service

    tables::MatchList noop_commands;
    tables::MatchList forbidden_commands;
    tables::MatchList xclient_hosts;
    tables::MatchList xforward_hosts;
    tables::MatchList verp_clients;
    tables::MatchList uncounted_clients;
    tables::MatchList newline_exclusions;
    UpstreamProxy upstream_proxy;
    tables::TableList discard_maps;
    tables::TableList command_filter;
    tables::TableList footer_maps;
    tables::TableList reply_filter;
    tables::TableList dns_reply_filter;
    std::string expansion_filter;      // the characters themselves
    tables::TableList rewrite_tables;  // of local_header_rewrite_clients
    access::Rules rules;
    mail::ProbeSender probe_sender;
    ProxyOptions proxy;
    std::shared_ptr<const MilterRules> milters;
    std::unique_ptr<LoginService> logins;  // null: nobody can log in

    // A value for a reply: what smtpd_expansion_filter does not list becomes "_".
    std::string fit_for_reply(std::string value) const;

    unsigned told_troubles;  // bits of delivery::trouble that the postmaster is told of

    // Cleanup flags for mail that comes in here.
    int cleanup_flags() const;
};

}  // namespace postrider::smtpd
