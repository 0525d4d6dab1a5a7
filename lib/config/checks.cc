// lib/config/checks.cc - what every program makes sure of before it works.
#include "lib/config/checks.h"

#include <fmt/core.h>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"

namespace postrider::config {

namespace {

// What Postfix checks in every program.
constexpr std::string_view global_names[] = {
    "address_verify_negative_cache",
    "address_verify_service_name",
    "alias_database",
    "alternate_config_directories",
    "application_event_drain_time",
    "backwards_bounce_logfile_compatibility",
    "berkeley_db_create_buffer_size",
    "berkeley_db_read_buffer_size",
    "bounce_service_name",
    "cleanup_service_name",
    "command_directory",
    "compatibility_level",
    "daemon_directory",
    "daemon_table_open_error_is_fatal",
    "daemon_timeout",
    "data_directory",
    "debug_peer_level",
    "debug_peer_list",
    "debugger_command",
    "default_cache_db_type",
    "default_database_type",
    "default_delivery_status_filter",
    "default_privs",
    "default_process_limit",
    "default_verp_delimiters",
    "defer_service_name",
    "delay_logging_resolution_limit",
    "deliver_lock_attempts",
    "deliver_lock_delay",
    "disable_dns_lookups",
    "disable_mime_input_processing",
    "disable_mime_output_conversion",
    "dns_ncache_ttl_fix_enable",
    "dnssec_probe",
    "dont_remove",
    "double_bounce_sender",
    "enable_idna2003_compatibility",
    "enable_long_queue_ids",
    "enable_original_recipient",
    "error_service_name",
    "export_environment",
    "fast_flush_domains",
    "fault_injection_code",
    "flush_service_name",
    "fork_attempts",
    "fork_delay",
    "hash_queue_depth",
    "hash_queue_names",
    "header_address_token_limit",
    "header_size_limit",
    "helpful_warnings",
    "import_environment",
    "in_flow_delay",
    "inet_interfaces",
    "inet_protocols",
    "info_log_address_format",
    "ipc_idle",
    "ipc_timeout",
    "ipc_ttl",
    "known_tcp_ports",
    "line_length_limit",
    "lmdb_map_size",
    "mail_name",
    "mail_owner",
    "maillog_file",
    "maillog_file_compressor",
    "maillog_file_permissions",
    "maillog_file_prefixes",
    "maillog_file_rotate_suffix",
    "max_idle",
    "max_use",
    "message_drop_headers",
    "message_size_limit",
    "meta_directory",
    "mime_boundary_length_limit",
    "mime_nesting_limit",
    "multi_instance_directories",
    "multi_instance_enable",
    "multi_instance_group",
    "multi_instance_name",
    "multi_instance_wrapper",
    "mydestination",
    "mydomain",
    "myhostname",
    "mynetworks_style",
    "myorigin",
    "non_bdb_custom_mapping",
    "non_bdb_migration_level",
    "non_bdb_migration_log_redirect",
    "non_bdb_migration_service_name",
    "owner_request_special",
    "parent_domain_matches_subdomains",
    "pickup_service_name",
    "postlog_service_name",
    "process_id_directory",
    "proxy_interfaces",
    "proxymap_service_name",
    "proxywrite_service_name",
    "queue_directory",
    "queue_service_name",
    "recipient_delimiter",
    "relay_domains",
    "relayhost",
    "requiretls_enable",
    "respectful_logging",
    "rewrite_service_name",
    "send_cyrus_sasl_authzid",
    "setgid_group",
    "shlib_directory",
    "showq_service_name",
    "smtputf8_autodetect_classes",
    "smtputf8_enable",
    "socketmap_max_query_size",
    "socketmap_max_reply_size",
    "soft_bounce",
    "stale_lock_time",
    "strict_7bit_headers",
    "strict_8bitmime",
    "strict_8bitmime_body",
    "strict_mime_encoding_domain",
    "strict_smtputf8",
    "syslog_facility",
    "syslog_name",
    "tcp_windowsize",
    "tls_required_enable",
    "trace_service_name",
    "trigger_timeout",
};

[[noreturn]] void bad_parameter(const Settings& settings, std::string_view name, std::string_view problem) {
    const auto entry = settings.explicit_value(name);
    if (entry && !entry->origin.file.empty() && entry->origin.line > 0)
        fatal("file {}: parameter {}: {} (line {})", entry->origin.file, name, problem, entry->origin.line);
    fatal("file {}/main.cf: parameter {}: {}", settings.config_directory(), name, problem);
}

// RFC 1035 2.3.1, with the underscores that are there.  What is wrong; nothing when all is well.
std::string host_name_problem(std::string_view name) {
    constexpr std::size_t longest_label = 63;
    constexpr std::size_t longest_name = 255;
    if (name.empty()) return "empty hostname";
    if (name.size() > longest_name) return fmt::format("hostname length {} > {}", name.size(), longest_name);
    for (const std::string_view label : split(name, '.')) {
        if (label.empty()) return fmt::format("misplaced delimiter: {}", name);
        if (label.size() > longest_label) return fmt::format("hostname label too long: {}", name);
        if (label.front() == '-' || label.back() == '-') return fmt::format("misplaced hyphen: {}", name);
        for (const char c : label)
            if (!is_alnum(c) && c != '_' && c != '-' && is_ascii(std::string_view(&c, 1)))
                return fmt::format("invalid character {}(decimal): {}", static_cast<int>(c), name);
    }
    const bool numeric =
        std::all_of(name.begin(), name.end(), [](char c) { return is_digit(c) || c == '.'; });
    return numeric ? fmt::format("numeric hostname: {}", name) : "";
}

void check_host_name(const Settings& settings, const Parameter<std::string>& parameter) {
    const std::string& name = settings[parameter];
    const std::string problem = host_name_problem(name);
    if (problem.empty()) return;
    log::warning("valid_hostname: {}", problem);
    bad_parameter(settings, parameter.name(), fmt::format("bad parameter value: {}", name));
}

// Only where somebody can become that user, or somebody wrote that name: an instance of an ordinary user
// works on machines that have no `postfix`.
bool accounts_matter(const Settings& settings, const Parameter<std::string>& parameter) {
    return geteuid() == 0 || settings.explicit_value(parameter.name());
}

void check_user(const Settings& settings, const Parameter<std::string>& parameter) {
    if (!accounts_matter(settings, parameter)) return;
    const std::string& name = settings[parameter];
    const passwd* user = getpwnam(name.c_str());
    if (user == nullptr)
        bad_parameter(settings, parameter.name(), fmt::format("unknown user name value: {}", name));
    if (user->pw_uid == 0)
        bad_parameter(settings, parameter.name(), fmt::format("user {} has privileged user ID", name));
}

void check_group(const Settings& settings) {
    if (!accounts_matter(settings, setgid_group)) return;
    const std::string& name = settings[setgid_group];
    const group* found = getgrnam(name.c_str());
    if (found == nullptr) bad_parameter(settings, setgid_group.name(), "unknown group name: " + name);
    if (found->gr_gid == 0)
        bad_parameter(settings, setgid_group.name(), fmt::format("group {} has privileged group ID", name));
}

void check_words(const Settings& settings, const Parameter<std::string>& parameter, std::string_view what,
                 std::initializer_list<std::string_view> allowed) {
    for (const std::string& word : split_words(settings[parameter]))
        if (std::find(allowed.begin(), allowed.end(), word) == allowed.end())
            fatal("unknown {} value \"{}\" in \"{}\"", what, word, settings[parameter]);
}

}  // namespace

void check_networks_style(const Settings& settings) {
    check_words(settings, mynetworks_style, "mynetworks mask style", {"class", "subnet", "host"});
}

void check_global_parameters(const Settings& settings) {
    const auto level = parse_compatibility_level(settings[compatibility_level]);
    if (!level) fatal("{}", level.error());
    for (const std::string_view name : global_names)
        if (const auto* parameter = find_parameter(name)) settings.require_valid(*parameter);
    check_host_name(settings, myhostname);
    check_host_name(settings, mydomain);
    check_networks_style(settings);
    check_words(settings, inet_protocols, "inet_protocols", {"all", "ipv4", "ipv6"});
    if (log::facility_number(settings[syslog_facility]) < 0)
        bad_parameter(settings, syslog_facility.name(),
                      fmt::format("unrecognized value: {}", settings[syslog_facility]));
    check_user(settings, mail_owner);
    check_user(settings, default_privs);
    check_group(settings);
}

void check_declared_parameters(const Settings& settings) {
    for (const ParameterInfo* parameter : declared_parameters())
        if (parameter->computed_from == nullptr || settings.explicit_value(parameter->name))
            settings.require_valid(*parameter);
}

}  // namespace postrider::config
