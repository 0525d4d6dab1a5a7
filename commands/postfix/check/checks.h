// commands/postfix/check/checks.h - every kind of finding; each in its file.
//
// A check reads the configuration and the machine, changes nothing, and adds what it has found. It is silent
// about what it cannot know: a false alarm costs more than a missed note.
#pragma once

#include "commands/postfix/check/configuration.h"
#include "commands/postfix/check/finding.h"

namespace postrider::postfix::check {

// values.cc: values that programs would refuse, or that no program understands. Comes first: services and
// files with such values are marked as not usable, and the checks after it leave them alone.
void check_values(Configuration& configuration, Findings& findings);
// addresses.cc: addresses that this machine does not have. Marks what cannot be used, as the one above.
void check_addresses(Configuration& configuration, Findings& findings);
// names.cc: names that nothing uses, with the name that was perhaps meant; names set twice.
void check_names(const Configuration& configuration, Findings& findings);
// conflicts.cc, conflicts_tls.cc: settings that cancel each other, or that lack their other half.
void check_conflicts(const Configuration& configuration, Findings& findings);
void check_tls_conflicts(const Configuration& configuration, Findings& findings);
// restrictions.cc: unknown restrictions, and those that are never reached.
void check_restrictions(const Configuration& configuration, Findings& findings);
// relay.cc: ways in which mail of strangers for strangers is taken.
void check_relay(const Configuration& configuration, Findings& findings);
void check_openings(const Configuration& configuration, Findings& findings);
// lookup_tables.cc: tables that cannot be opened, of unknown type, or older than their source.
void check_tables(const Configuration& configuration, Findings& findings);
// certificates.cc: keys and certificates.
void check_certificates(const Configuration& configuration, Findings& findings);
// services.cc: the lines of master.cf.
void check_services(const Configuration& configuration, Findings& findings);
// commands.cc: commands of pipe(8), spawn(8) and local(8) that cannot be run.
void check_commands(const Configuration& configuration, Findings& findings);
// endpoints.cc: policy servers, filters and next hops that can never be reached.
void check_endpoints(const Configuration& configuration, Findings& findings);
// confinement.cc: daemons that this machine cannot confine.
void check_confinement(const Configuration& configuration, Findings& findings);
// files.cc: owners and modes, and files in the jail that have gone stale: with Postfix's words.
void check_files(const Instance& instance, Findings& findings);

}  // namespace postrider::postfix::check
