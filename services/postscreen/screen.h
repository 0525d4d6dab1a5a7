// services/postscreen/screen.h - what all sessions of the process share: settings read once, tables opened
// once, the cache, and who is connected.
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "lib/config/settings.h"
#include "lib/daemon/proxy_header.h"
#include "lib/daemon/tls_server.h"
#include "lib/tables/cache.h"
#include "lib/tables/match_list.h"
#include "lib/tables/table_list.h"
#include "services/postscreen/access_list.h"
#include "services/postscreen/dnsbl.h"
#include "services/postscreen/tests.h"

namespace postrider::postscreen {

// What happens to a client that fails a test.
enum class Action { ignore, enforce, drop };

// What becomes tighter while many clients are under test ($stress).
struct Limits {
    explicit Limits(const Settings& settings);
    async::Duration greet_wait;
    async::Duration command_time;
};

// What the sessions of one client address have in common, while there are any.
struct ClientInfo {
    int connections = 0;
    int passes = 0;
};

// Neighbours and time; tests give their own.
struct Outside {
    Resolve resolve = resolve_address;
    // Gives the client to the SMTP server; the descriptor returned reads end of file once it was taken.
    std::function<Task<Result<Fd>>(std::string path, int client, daemon::Endpoints endpoints,
                                   async::Deadline deadline)>
        hand_over;
    std::function<std::int64_t()> now;  // seconds since the epoch
};
Outside real_outside();

struct Screen {
    // Opens tables and the cache: to be made before the jail is closed, as the mail owner.  Bad values are
    // fatal.  `stressed` are the same settings with stress=yes.  `background` asks the block lists.
    Screen(const Settings& settings, const Settings& stressed, async::Scope& background, Outside outside);

    const Settings& settings;
    Outside outside;
    Limits normal;
    Limits tight;

    AccessList access;
    tables::MatchList allowlist_interfaces;
    tables::MatchList forbidden_commands;
    tables::MatchList proxies;
    tables::TableList command_filter;
    tables::TableList discard_maps;
    tables::TableList footer_maps;
    Dnsbl dnsbl;

    TestSet enabled;
    std::array<Action, test_count> actions;
    std::array<std::int64_t, test_count> ttl;  // that of dnsbl: at most
    std::int64_t least_dnsbl_ttl;
    std::int64_t least_ttl;  // of all
    Action denylist_action;
    int dnsbl_threshold;
    int dnsbl_allowlist_threshold;

    std::string hostname;
    std::string teaser;    // "220-...\r\n"; "" for none
    std::string greeting;  // "220 ...\r\n"
    std::string footer;
    std::string footer_characters;
    std::size_t line_limit;
    long size_limit;
    int command_limit;
    int connection_limit;
    int pre_queue_limit;
    int post_queue_limit;
    bool utf8;
    bool soft_bounce;
    bool helo_required;
    bool vrfy_disabled;
    bool vrfy_hidden;
    bool external_addresses;  // in log lines
    bool respectful;
    bool expects_proxy;
    std::chrono::seconds proxy_timeout;
    unsigned discarded_keywords;
    std::string server_path;  // "private/smtpd"

    // Null when TLS is not wanted.
    daemon::TlsLevel tls_level = daemon::TlsLevel::none;
    std::unique_ptr<daemon::TlsServer> tls;

    // Null while a successor uses the table.
    std::shared_ptr<tables::Cache> cache;
    std::unordered_map<std::string, ClientInfo> clients;
    int under_test = 0;
    int waiting_for_server = 0;
    bool stressed = false;

    Action action(Test test) const { return actions[static_cast<std::size_t>(test)]; }
    const Limits& limits() const { return stressed ? tight : normal; }
    // After `under_test` has changed.
    void check_stress();
    // What the cache knows of a client.
    Task<std::optional<Expiry>> remembered(std::string address) const;
    Task<> remember(std::string address, Expiry expiry) const;
    // Removes what has expired long ago.
    Task<> clean_cache() const;
};

}  // namespace postrider::postscreen
