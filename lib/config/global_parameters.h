// lib/config/global_parameters.h - parameters that many programs obey.
//
// Those of one program are in the parameters.h of its folder, those of one part of lib/ in that part.
#pragma once

#include <string>

#include "lib/config/machine.h"
#include "lib/config/parameter.h"
#include "lib/config/places.h"

namespace postrider::config {

inline const Parameter<std::string> mail_name{{
    .name = "mail_name",
    .default_text = "Postrider",
    .least = 1,
    .summary = "name of the mail system, as the outside sees it (SMTP greeting, Received: headers)",
}};
inline const Parameter<std::string> mail_version{{
    .name = "mail_version",
    .default_text = "3.12.0",
    .least = 1,
    .summary = "release number, as programs that ask for Postfix's understand it",
}};
inline const Parameter<std::string> mail_release_date{{
    .name = "mail_release_date",
    .default_text = "20260821",
    .least = 1,
    .summary = "date of the release",
}};
inline const Parameter<std::string> config_directory{{
    .name = "config_directory",
    .summary = "directory of main.cf and master.cf; chosen by -c or MAIL_CONFIG, not by main.cf",
    .computed_from = directory_in_use,
}};
inline const Parameter<std::string> queue_directory{{
    .name = "queue_directory",
    .least = 1,
    .summary = "the spool, and root of all jails",
    .computed_default = places::queue_directory,
}};
inline const Parameter<std::string> daemon_directory{{
    .name = "daemon_directory",
    .least = 1,
    .summary = "where the daemons are",
    .computed_default = places::daemon_directory,
}};
inline const Parameter<std::string> command_directory{{
    .name = "command_directory",
    .least = 1,
    .summary = "where the commands are",
    .computed_default = places::command_directory,
}};
inline const Parameter<std::string> data_directory{{
    .name = "data_directory",
    .least = 1,
    .summary = "files that daemons keep for themselves; owned by mail_owner",
    .computed_default = places::data_directory,
}};
inline const Parameter<std::string> meta_directory{{
    .name = "meta_directory",
    .least = 1,
    .summary = "files that describe the installation",
    .computed_default = places::meta_directory,
}};
inline const Parameter<std::string> shlib_directory{{
    .name = "shlib_directory",
    .least = 1,
    .summary = "plug-ins",
    .computed_default = places::shlib_directory,
}};
inline const Parameter<std::string> manpage_directory{{
    .name = "manpage_directory",
    .least = 1,
    .summary = "manual pages",
    .computed_default = places::manpage_directory,
}};
inline const Parameter<std::string> sendmail_path{{
    .name = "sendmail_path",
    .least = 1,
    .summary = "the sendmail(1) command",
    .computed_default = places::sendmail_path,
}};
inline const Parameter<std::string> mailq_path{{
    .name = "mailq_path",
    .least = 1,
    .summary = "the mailq(1) command",
    .computed_default = places::mailq_path,
}};
inline const Parameter<std::string> newaliases_path{{
    .name = "newaliases_path",
    .least = 1,
    .summary = "the newaliases(1) command",
    .computed_default = places::newaliases_path,
}};
inline const Parameter<std::string> mail_owner{{
    .name = "mail_owner",
    .default_text = "postfix",
    .least = 1,
    .summary = "account that owns the queue and runs most daemons",
}};
inline const Parameter<std::string> setgid_group{{
    .name = "setgid_group",
    .default_text = "postdrop",
    .least = 1,
    .summary = "group of postdrop(1) and postqueue(1), and of maildrop and public",
}};
inline const Parameter<std::string> default_privs{{
    .name = "default_privs",
    .default_text = "nobody",
    .least = 1,
    .summary = "account for deliveries to commands and files that have no owner of their own",
}};
inline const Parameter<std::string> myhostname{{
    .name = "myhostname",
    .least = 1,
    .summary = "Internet name of this machine",
    .computed_from = default_myhostname,
}};
inline const Parameter<std::string> mydomain{{
    .name = "mydomain",
    .least = 1,
    .summary = "domain of this machine",
    .computed_from = default_mydomain,
}};
inline const Parameter<std::string> myorigin{{
    .name = "myorigin",
    .default_text = "$myhostname",
    .least = 1,
    .summary = "domain that mail posted here appears to come from",
}};
inline const Parameter<std::string> mydestination{{
    .name = "mydestination",
    .default_text = "$myhostname, localhost.$mydomain, localhost",
    .summary = "domains delivered to users of this machine",
}};
inline const Parameter<std::string> mynetworks{{
    .name = "mynetworks",
    .summary = "clients that may relay",
    .computed_from = default_mynetworks,
}};
inline const Parameter<std::string> mynetworks_style{{
    .name = "mynetworks_style",
    .default_text = "${{$compatibility_level} <level {2} ? {subnet} : {host}}",
    .least = 1,
    .summary = "how mynetworks is computed when it is not set: host, subnet or class",
}};
inline const Parameter<std::string> inet_interfaces{{
    .name = "inet_interfaces",
    .default_text = "all",
    .summary = "addresses at which mail is received",
}};
inline const Parameter<std::string> inet_protocols{{
    .name = "inet_protocols",
    .default_text = "all",
    .summary = "Internet protocols used: ipv4, ipv6 or all",
}};
inline const Parameter<std::string> proxy_interfaces{{
    .name = "proxy_interfaces",
    .summary = "addresses at which mail reaches this machine by way of a translator or proxy",
}};
inline const Parameter<std::string> recipient_delimiter{{
    .name = "recipient_delimiter",
    .summary = "characters that part a user name from its extension (user+ext)",
}};
inline const Parameter<std::string> relay_domains{{
    .name = "relay_domains",
    .default_text = "${{$compatibility_level} <level {2} ? {$mydestination} : {}}",
    .summary = "domains whose mail this machine forwards",
}};
inline const Parameter<std::string> relayhost{{
    .name = "relayhost",
    .summary = "next hop of mail for the outside",
}};
inline const Parameter<std::string> local_transport{{
    .name = "local_transport",
    .default_text = "local:$myhostname",
    .least = 1,
    .summary = "transport and next hop for the domains of mydestination",
}};
inline const Parameter<std::string> virtual_transport{{
    .name = "virtual_transport",
    .default_text = "virtual",
    .least = 1,
    .summary = "transport and next hop for the domains of virtual_mailbox_domains",
}};
inline const Parameter<std::string> relay_transport{{
    .name = "relay_transport",
    .default_text = "relay",
    .least = 1,
    .summary = "transport and next hop for the domains of relay_domains",
}};
inline const Parameter<std::string> default_transport{{
    .name = "default_transport",
    .default_text = "smtp",
    .least = 1,
    .summary = "transport and next hop for everything else",
}};
inline const Parameter<std::string> virtual_alias_domains{{
    .name = "virtual_alias_domains",
    .default_text = "$virtual_alias_maps",
    .summary = "domains all of whose addresses are aliases",
}};
inline const Parameter<std::string> virtual_alias_maps{{
    .name = "virtual_alias_maps",
    .default_text = "$virtual_maps",
    .summary = "tables that redirect addresses to others",
}};
inline const Parameter<std::string> virtual_mailbox_domains{{
    .name = "virtual_mailbox_domains",
    .default_text = "$virtual_mailbox_maps",
    .summary = "domains delivered to mailboxes without system users",
}};
inline const Parameter<std::string> virtual_mailbox_maps{{
    .name = "virtual_mailbox_maps",
    .summary = "tables of the addresses in virtual_mailbox_domains",
}};
inline const Parameter<std::string> relay_recipient_maps{{
    .name = "relay_recipient_maps",
    .summary = "tables of the addresses in relay_domains",
}};
inline const Parameter<std::string> local_recipient_maps{{
    .name = "local_recipient_maps",
    .default_text = "proxy:unix:passwd.byname $alias_maps",
    .summary = "tables of the users in mydestination",
}};
inline const Parameter<std::string> alias_maps{{
    .name = "alias_maps",
    .default_text = "$default_database_type:/etc/aliases, nis:mail.aliases",
    .summary = "tables of aliases(5) for local delivery",
}};
inline const Parameter<std::string> alias_database{{
    .name = "alias_database",
    .default_text = "$default_database_type:/etc/aliases",
    .summary = "tables that newaliases(1) builds",
}};
inline const Parameter<std::string> transport_maps{{
    .name = "transport_maps",
    .summary = "tables of transports and next hops",
}};
inline const Parameter<std::string> canonical_maps{{
    .name = "canonical_maps",
    .summary = "tables that rewrite addresses of all kinds",
}};
inline const Parameter<std::string> parent_domain_matches_subdomains{{
    .name = "parent_domain_matches_subdomains",
    .default_text = "debug_peer_list,fast_flush_domains,mynetworks,permit_mx_backup_networks,qmqpd_"
                    "authorized_clients,relay_domains,smtpd_access_maps",
    .summary = "lists in which a domain stands for its subdomains too",
}};
inline const Parameter<std::string> hash_queue_names{{
    .name = "hash_queue_names",
    .default_text = "deferred, defer",
    .least = 1,
    .summary = "queues kept in subdirectories",
}};
inline const Parameter<int> hash_queue_depth{{
    .name = "hash_queue_depth",
    .default_text = "1",
    .least = 1,
    .summary = "levels of those subdirectories",
}};
inline const Parameter<bool> enable_long_queue_ids{{
    .name = "enable_long_queue_ids",
    .default_text = "no",
    .summary = "queue IDs that are never used again",
}};
inline const Parameter<std::string> double_bounce_sender{{
    .name = "double_bounce_sender",
    .default_text = "double-bounce",
    .least = 1,
    .summary = "sender of mail about mail that cannot be returned",
}};
inline const Parameter<std::string> empty_address_recipient{{
    .name = "empty_address_recipient",
    .default_text = "MAILER-DAEMON",
    .least = 1,
    .summary = "stands for the null sender in messages to people",
}};
inline const Parameter<bool> soft_bounce{{
    .name = "soft_bounce",
    .default_text = "no",
    .summary = "turns permanent errors into temporary ones, while testing",
}};
inline const Parameter<std::string> maillog_file{{
    .name = "maillog_file",
    .summary = "log file written by postlogd(8) instead of syslog",
}};
inline const Parameter<std::string> maillog_file_prefixes{{
    .name = "maillog_file_prefixes",
    .default_text = "/var, /dev/stdout",
    .least = 1,
    .summary = "where maillog_file may be",
}};
inline const Parameter<std::string> maillog_file_permissions{{
    .name = "maillog_file_permissions",
    .default_text = "0600",
    .least = 1,
    .summary = "mode of a new maillog_file",
}};
inline const Parameter<std::string> maillog_file_compressor{{
    .name = "maillog_file_compressor",
    .default_text = "gzip",
    .least = 1,
    .summary = "command that compresses rotated log files",
}};
inline const Parameter<std::string> maillog_file_rotate_suffix{{
    .name = "maillog_file_rotate_suffix",
    .default_text = "%Y%m%d-%H%M%S",
    .least = 1,
    .summary = "time stamp that ends the name of a rotated log file (strftime)",
}};
inline const Parameter<std::string> syslog_facility{{
    .name = "syslog_facility",
    .default_text = "mail",
    .least = 1,
    .summary = "syslog facility",
}};
inline const Parameter<std::string> syslog_name{{
    .name = "syslog_name",
    .default_text = "${multi_instance_name?{$multi_instance_name}:{postfix}}",
    .least = 1,
    .summary = "first part of the tag of log lines",
}};
inline const Parameter<std::string> compatibility_level{{
    .name = "compatibility_level",
    .default_text = "0",
    .summary = "release whose defaults apply",
}};
inline const Parameter<std::string> default_database_type{{
    .name = "default_database_type",
    .default_text = "hash",
    .least = 1,
    .summary = "table type when none is written",
}};
inline const Parameter<std::string> default_cache_db_type{{
    .name = "default_cache_db_type",
    .default_text = "btree",
    .least = 1,
    .summary = "table type of caches",
}};
inline const Parameter<bool> smtputf8_enable{{
    .name = "smtputf8_enable",
    .default_text = "${{$compatibility_level} <level {1} ? {no} : {yes}}",
    .summary = "internationalised addresses",
}};
inline const Parameter<std::string> debug_peer_list{{
    .name = "debug_peer_list",
    .summary = "peers whose dialogue is logged",
}};
inline const Parameter<int> debug_peer_level{{
    .name = "debug_peer_level",
    .default_text = "2",
    .least = 1,
    .summary = "how much verbosity grows for them",
}};
inline const Parameter<std::string> import_environment{{
    .name = "import_environment",
    .default_text = "MAIL_CONFIG MAIL_DEBUG MAIL_LOGTAG TZ XAUTHORITY DISPLAY LANG=C POSTLOG_SERVICE "
                    "POSTLOG_HOSTNAME XDG_RUNTIME_DIR",
    .summary = "environment variables taken over from the outside",
}};
inline const Parameter<std::string> export_environment{{
    .name = "export_environment",
    .default_text = "TZ MAIL_CONFIG LANG",
    .summary = "environment variables given to other programs",
}};
inline const Parameter<std::string> alternate_config_directories{{
    .name = "alternate_config_directories",
    .summary = "configuration directories that set-gid commands accept with -c",
}};
inline const Parameter<std::string> multi_instance_directories{{
    .name = "multi_instance_directories",
    .summary = "configuration directories of further instances",
}};
inline const Parameter<std::string> multi_instance_name{{
    .name = "multi_instance_name",
    .summary = "name of this instance",
}};
inline const Parameter<std::string> multi_instance_group{{
    .name = "multi_instance_group",
    .summary = "group this instance belongs to",
}};
inline const Parameter<bool> multi_instance_enable{{
    .name = "multi_instance_enable",
    .default_text = "no",
    .summary = "whether this instance is started with the others",
}};
inline const Parameter<std::string> multi_instance_wrapper{{
    .name = "multi_instance_wrapper",
    .summary = "command that postfix(1) leaves its work to when there are further instances",
}};
inline const Parameter<std::string> process_id_directory{{
    .name = "process_id_directory",
    .default_text = "pid",
    .least = 1,
    .summary = "directory below the spool for process IDs",
}};
inline const Parameter<std::string> process_name{{
    .name = "process_name",
    .summary = "name of this program",
    .computed_default = program_name,
}};
inline const Parameter<std::string> process_id{{
    .name = "process_id",
    .summary = "process ID of this program",
    .computed_default = own_process_id,
}};
inline const Parameter<std::string> service_name{{
    .name = "service_name",
    .summary = "first column of the master.cf line of this program",
}};
inline const Parameter<std::string> stress{{
    .name = "stress",
    .summary = "yes while all processes of a service are busy",
}};
inline const Parameter<int> default_process_limit{{
    .name = "default_process_limit",
    .default_text = "100",
    .least = 1,
    .summary = "processes of a service when master.cf does not say",
}};
inline const Parameter<Seconds> max_idle{{
    .name = "max_idle",
    .default_text = "100s",
    .least = Seconds(1),
    .summary = "a daemon without clients for this long goes away",
}};
inline const Parameter<int> max_use{{
    .name = "max_use",
    .default_text = "100",
    .least = 1,
    .summary = "clients served before a daemon is replaced",
}};
inline const Parameter<Seconds> ipc_timeout{{
    .name = "ipc_timeout",
    .default_text = "3600s",
    .least = Seconds(1),
    .summary = "time limit for talk between programs of the suite",
}};
inline const Parameter<Seconds> ipc_idle{{
    .name = "ipc_idle",
    .default_text = "5s",
    .least = Seconds(1),
    .summary = "an internal connection without use for this long is closed",
}};
inline const Parameter<Seconds> ipc_ttl{{
    .name = "ipc_ttl",
    .default_text = "1000s",
    .least = Seconds(1),
    .summary = "an internal connection older than this is closed",
}};
inline const Parameter<Seconds> daemon_timeout{{
    .name = "daemon_timeout",
    .default_text = "18000s",
    .least = Seconds(1),
    .summary = "a daemon stuck in one piece of work for this long is killed",
}};
inline const Parameter<Seconds> trigger_timeout{{
    .name = "trigger_timeout",
    .default_text = "10s",
    .least = Seconds(1),
    .summary = "time limit for waking a service",
}};
inline const Parameter<int> fork_attempts{{
    .name = "fork_attempts",
    .default_text = "5",
    .least = 1,
    .summary = "tries to start a process",
}};
inline const Parameter<Seconds> fork_delay{{
    .name = "fork_delay",
    .default_text = "1s",
    .least = Seconds(1),
    .summary = "pause between them",
}};
inline const Parameter<int> deliver_lock_attempts{{
    .name = "deliver_lock_attempts",
    .default_text = "20",
    .least = 1,
    .summary = "tries to lock a mailbox",
}};
inline const Parameter<Seconds> deliver_lock_delay{{
    .name = "deliver_lock_delay",
    .default_text = "1s",
    .least = Seconds(1),
    .summary = "pause between them",
}};
inline const Parameter<Seconds> stale_lock_time{{
    .name = "stale_lock_time",
    .default_text = "500s",
    .least = Seconds(1),
    .summary = "a dot-lock file older than this is removed",
}};
inline const Parameter<long> message_size_limit{{
    .name = "message_size_limit",
    .default_text = "10240000",
    .least = 0,
    .summary = "largest message, envelope included",
}};
inline const Parameter<int> line_length_limit{{
    .name = "line_length_limit",
    .default_text = "2048",
    .least = 512,
    .summary = "longer lines are stored in pieces",
}};
inline const Parameter<int> header_size_limit{{
    .name = "header_size_limit",
    .default_text = "102400",
    .least = 1,
    .summary = "more of a header than this is dropped",
}};
inline const Parameter<std::string> known_tcp_ports{{
    .name = "known_tcp_ports",
    .default_text = "lmtp=24, smtp=25, smtps=submissions=465, submission=587",
    .summary = "port numbers by name, before services(5) is asked",
}};
inline const Parameter<std::string> cleanup_service_name{{
    .name = "cleanup_service_name",
    .default_text = "cleanup",
    .least = 1,
    .summary = "name of the cleanup(8) service",
}};
inline const Parameter<std::string> pickup_service_name{{
    .name = "pickup_service_name",
    .default_text = "pickup",
    .least = 1,
    .summary = "name of the pickup(8) service",
}};
inline const Parameter<std::string> queue_service_name{{
    .name = "queue_service_name",
    .default_text = "qmgr",
    .least = 1,
    .summary = "name of the qmgr(8) service",
}};
inline const Parameter<std::string> rewrite_service_name{{
    .name = "rewrite_service_name",
    .default_text = "rewrite",
    .least = 1,
    .summary = "name of the trivial-rewrite(8) service",
}};
inline const Parameter<std::string> bounce_service_name{{
    .name = "bounce_service_name",
    .default_text = "bounce",
    .least = 1,
    .summary = "name of the bounce(8) service",
}};
inline const Parameter<std::string> defer_service_name{{
    .name = "defer_service_name",
    .default_text = "defer",
    .least = 1,
    .summary = "name of its defer service",
}};
inline const Parameter<std::string> trace_service_name{{
    .name = "trace_service_name",
    .default_text = "trace",
    .least = 1,
    .summary = "name of its trace service",
}};
inline const Parameter<std::string> flush_service_name{{
    .name = "flush_service_name",
    .default_text = "flush",
    .least = 1,
    .summary = "name of the flush(8) service",
}};
inline const Parameter<std::string> showq_service_name{{
    .name = "showq_service_name",
    .default_text = "showq",
    .least = 1,
    .summary = "name of the showq(8) service",
}};
inline const Parameter<std::string> error_service_name{{
    .name = "error_service_name",
    .default_text = "error",
    .least = 1,
    .summary = "name of the error(8) service",
}};
inline const Parameter<std::string> postlog_service_name{{
    .name = "postlog_service_name",
    .default_text = "postlog",
    .least = 1,
    .summary = "name of the postlogd(8) service",
}};
inline const Parameter<std::string> proxymap_service_name{{
    .name = "proxymap_service_name",
    .default_text = "proxymap",
    .least = 1,
    .summary = "name of the proxymap(8) service",
}};
inline const Parameter<std::string> proxywrite_service_name{{
    .name = "proxywrite_service_name",
    .default_text = "proxywrite",
    .least = 1,
    .summary = "name of its read-write service",
}};
inline const Parameter<std::string> address_verify_service_name{{
    .name = "address_verify_service_name",
    .default_text = "verify",
    .least = 1,
    .summary = "name of the verify(8) service",
}};
inline const Parameter<std::string> default_verp_delimiters{{
    .name = "default_verp_delimiters",
    .default_text = "+=",
    .most = 2,
    .summary = "the two characters of a VERP sender address when none are given",
}};
inline const Parameter<std::string> verp_delimiter_filter{{
    .name = "verp_delimiter_filter",
    .default_text = "-=+",
    .least = 1,
    .summary = "characters accepted as VERP delimiters",
}};
inline const Parameter<std::string> smtputf8_autodetect_classes{{
    .name = "smtputf8_autodetect_classes",
    .default_text = "sendmail, verify",
    .least = 1,
    .summary = "which mail is looked at for SMTPUTF8: of sendmail, smtpd, qmqpd, forward, bounce, notify, "
               "verify or all",
}};

inline const Parameter<std::string> cyrus_sasl_config_path{{
    .name = "cyrus_sasl_config_path",
    .summary = "directories in which Cyrus SASL looks for its configuration files",
}};

inline const Parameter<bool> send_cyrus_sasl_authzid{{
    .name = "send_cyrus_sasl_authzid",
    .default_text = "no",
    .summary = "send the user name twice when logging in to a server: as who one is and as who one acts",
}};

}  // namespace postrider::config
