// services/postscreen/screen.cc - what all sessions of the process share.
#include "services/postscreen/screen.h"

#include <algorithm>
#include <ctime>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/daemon/handover.h"
#include "lib/delivery/parameters.h"
#include "lib/mail/ehlo_keywords.h"
#include "lib/mail/parameters.h"
#include "services/postscreen/parameters.h"

namespace postrider::postscreen {

namespace {

// Parts of pre_queue_limit at which stress begins and ends.
constexpr double stress_begins = 0.9;
constexpr double stress_ends = 0.7;

Action parse_action(const Settings& settings, const Parameter<std::string>& parameter) {
    const std::string& word = settings[parameter];
    if (word == "ignore" || word == "continue") return Action::ignore;
    if (word == "enforce") return Action::enforce;
    if (word == "drop") return Action::drop;
    fatal("bad {} value: {} (use ignore, enforce or drop)", parameter.name(), word);
}

std::array<Action, test_count> parse_actions(const Settings& settings) {
    return {parse_action(settings, postscreen_greet_action), parse_action(settings, postscreen_dnsbl_action),
            parse_action(settings, postscreen_pipelining_action),
            parse_action(settings, postscreen_non_smtp_command_action),
            parse_action(settings, postscreen_bare_newline_action)};
}

std::array<std::int64_t, test_count> read_ttls(const Settings& settings) {
    return {settings[postscreen_greet_ttl].count(), settings[postscreen_dnsbl_max_ttl].count(),
            settings[postscreen_pipelining_ttl].count(), settings[postscreen_non_smtp_command_ttl].count(),
            settings[postscreen_bare_newline_ttl].count()};
}

TestSet read_enabled(const Settings& settings, bool dnsbl) {
    TestSet enabled;
    // Nobody can talk before a greeting that was not begun.
    if (!settings[postscreen_greet_banner].empty()) enabled.add(Test::pregreet);
    if (dnsbl) enabled.add(Test::dnsbl);
    if (settings[postscreen_pipelining_enable]) enabled.add(Test::pipelining);
    if (settings[postscreen_non_smtp_command_enable]) enabled.add(Test::non_smtp_command);
    if (settings[postscreen_bare_newline_enable]) enabled.add(Test::bare_newline);
    return enabled;
}

// The lists of postscreen_dnsbl_sites, with the names that replies use for them.
std::vector<List> read_lists(const Settings& settings) {
    Result<std::vector<List>> lists = parse_sites(settings.words(postscreen_dnsbl_sites));
    if (!lists) fatal("{} (postscreen_dnsbl_sites)", lists.error());
    const tables::TableList shown(postscreen_dnsbl_reply_map, settings);
    for (List& list : *lists) {
        if (shown.empty()) break;
        const tables::LookupResult found = async::run(shown.find(list.domain));
        if (found.found == tables::Found::yes) list.shown = found.value;
        if (found.found == tables::Found::try_again)
            fatal("postscreen_dnsbl_reply_map: {}: {}", list.domain, found.reason);
    }
    return std::move(*lists);
}

// A raw value; "$name" alone stands for the raw value of another parameter.
std::string raw_value(const Settings& settings, std::string text) {
    if (!text.starts_with('$')) return text;
    const std::string_view name = std::string_view(text).substr(1);
    if (const auto entry = settings.explicit_value(name)) return entry->value;
    if (const config::ParameterInfo* info = config::find_parameter(name)) return settings.default_of(*info);
    return text;
}

}  // namespace

Limits::Limits(const Settings& settings)
    : greet_wait(settings[postscreen_greet_wait]), command_time(settings[postscreen_command_time_limit]) {}

Outside real_outside() {
    Outside outside;
    outside.hand_over = daemon::hand_over;
    outside.now = [] { return static_cast<std::int64_t>(std::time(nullptr)); };
    return outside;
}

Screen::Screen(const Settings& all, const Settings& under_stress, async::Scope& background, Outside others)
    : settings(all),
      outside(std::move(others)),
      normal(all),
      tight(under_stress),
      access(all),
      allowlist_interfaces(postscreen_allowlist_interfaces, tables::ListKind::addresses, all),
      forbidden_commands(postscreen_forbidden_commands, tables::ListKind::strings, all),
      proxies(postscreen_upstream_proxy_clients, tables::ListKind::addresses, all),
      command_filter(postscreen_command_filter, all),
      discard_maps(postscreen_discard_ehlo_keyword_address_maps, all),
      footer_maps(postscreen_reject_footer_maps, all),
      dnsbl(read_lists(all), static_cast<std::uint32_t>(all[postscreen_dnsbl_max_ttl].count()),
            all[postscreen_dnsbl_timeout], background, outside.resolve),
      enabled(read_enabled(all, dnsbl.enabled())),
      actions(parse_actions(all)),
      ttl(read_ttls(all)),
      least_dnsbl_ttl(all[postscreen_dnsbl_min_ttl].count()),
      least_ttl(std::min(least_dnsbl_ttl, *std::min_element(ttl.begin(), ttl.end()))),
      denylist_action(parse_action(all, postscreen_denylist_action)),
      dnsbl_threshold(all[postscreen_dnsbl_threshold]),
      dnsbl_allowlist_threshold(all[postscreen_dnsbl_allowlist_threshold]),
      hostname(all[config::myhostname]),
      greeting("220 " + all.value_of("smtpd_banner").value_or(hostname) + "\r\n"),
      footer(raw_value(all, all[postscreen_reject_footer].text)),
      footer_characters(undo_escapes(raw_value(all, all[postscreen_expansion_filter].text))),
      line_limit(static_cast<std::size_t>(all[config::line_length_limit])),
      size_limit(all[config::message_size_limit]),
      command_limit(all[postscreen_command_count_limit]),
      connection_limit(all[postscreen_client_connection_count_limit]),
      pre_queue_limit(all[postscreen_pre_queue_limit]),
      post_queue_limit(all[postscreen_post_queue_limit]),
      utf8(all[config::smtputf8_enable]),
      soft_bounce(all[config::soft_bounce]),
      helo_required(all[postscreen_helo_required]),
      vrfy_disabled(all[postscreen_disable_vrfy_command]),
      vrfy_hidden(equals_ignoring_case(all.value_of("disable_vrfy_command").value_or(""), "yes")),
      external_addresses(all[delivery::info_log_address_format] != "internal"),
      respectful(all[respectful_logging]),
      expects_proxy(!all[postscreen_upstream_proxy_protocol].empty()),
      proxy_timeout(all[postscreen_upstream_proxy_timeout]),
      discarded_keywords(mail::parse_ehlo_keywords(all[postscreen_discard_ehlo_keywords])),
      server_path("private/" + all[smtpd_service_name]) {
    const std::string& banner = all[postscreen_greet_banner];
    if (!banner.empty()) teaser = "220-" + banner + "\r\n";
    const std::string& protocol = all[postscreen_upstream_proxy_protocol];
    if (expects_proxy && protocol != "haproxy")
        fatal("unsupported postscreen_upstream_proxy_protocol value: {} (use haproxy, or nothing)", protocol);
    if (dnsbl_allowlist_threshold > 0)
        log::warning("postscreen_dnsbl_allowlist_threshold = {} has no effect: it works when negative",
                     dnsbl_allowlist_threshold);
    const std::int64_t most = ttl[static_cast<std::size_t>(Test::dnsbl)];
    if (least_dnsbl_ttl > most)
        log::warning("postscreen_dnsbl_min_ttl is above postscreen_dnsbl_max_ttl, which is used for both");
    least_dnsbl_ttl = std::min(least_dnsbl_ttl, most);
    cache = tables::Cache::open(postscreen_cache_map.name(), all[postscreen_cache_map], all);
}

void Screen::check_stress() {
    if (!stressed && under_test >= stress_begins * pre_queue_limit) {
        log::info("entering STRESS mode with {} connections", under_test);
        stressed = true;
    } else if (stressed && under_test <= stress_ends * pre_queue_limit) {
        log::info("leaving STRESS mode with {} connections", under_test);
        stressed = false;
    }
}

Task<std::optional<Expiry>> Screen::remembered(std::string address) const {
    if (!cache) co_return std::nullopt;
    const std::optional<std::string> text = co_await cache->get(std::move(address));
    co_return text ? parse_expiry(*text) : std::nullopt;
}

Task<> Screen::remember(std::string address, Expiry expiry) const {
    if (!cache) co_return;
    std::string text = expiry_text(expiry);
    co_await cache->put(std::move(address), std::move(text));
}

Task<> Screen::clean_cache() const {
    const std::shared_ptr<tables::Cache> cleaned = cache;
    if (!cleaned) co_return;
    const std::int64_t now = outside.now();
    const std::int64_t retention = settings[postscreen_cache_retention_time].count();
    std::function<bool(const std::string&)> unwanted = [now, retention](const std::string& value) {
        const std::optional<Expiry> expiry = parse_expiry(value);
        return !expiry || is_forgotten(*expiry, now, retention);
    };
    co_await cleaned->remove_if(std::move(unwanted));
    co_await cleaned->note_cleanup(now);
}

}  // namespace postrider::postscreen
