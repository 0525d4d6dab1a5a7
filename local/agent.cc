// local/agent.cc - what one local(8) process knows.
#include "local/agent.h"

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/daemon/daemon.h"
#include "lib/delivery/command.h"
#include "lib/mail/parameters.h"
#include "lib/mail/propagation.h"
#include "local/parameters.h"

namespace postrider::local {

namespace {

std::set<Origin> parse_origins(const Settings& settings, const Parameter<std::string>& parameter) {
    std::set<Origin> origins;
    for (const std::string& word : settings.words(parameter)) {
        if (word == "alias") {
            origins.insert(Origin::alias);
        } else if (word == "forward") {
            origins.insert(Origin::forward);
        } else if (word == "include") {
            origins.insert(Origin::include);
        } else {
            fatal("unknown {} value \"{}\" in \"{}\"", parameter.name(), word, settings[parameter]);
        }
    }
    return origins;
}

void check_header_words(const Settings& settings) {
    for (const std::string& word : settings.words(prepend_delivered_header))
        if (word != "command" && word != "file" && word != "forward")
            fatal("unknown {} value \"{}\" in \"{}\"", prepend_delivered_header.name(), word,
                  settings[prepend_delivered_header]);
}

bool has_word(const Settings& settings, const Parameter<std::string>& parameter, std::string_view wanted) {
    for (const std::string& word : settings.words(parameter))
        if (equals_ignoring_case(word, wanted)) return true;
    return false;
}

}  // namespace

Agent::Agent(const Settings& from)
    : settings(from),
      aliases(tables::TableList::without_groups(config::alias_maps, from)),
      mailbox_commands(tables::TableList::without_groups(mailbox_command_maps, from)),
      mailbox_transports(mailbox_transport_maps, from),
      fallback_transports(fallback_transport_maps, from),
      default_rights(delivery::default_rights(from)),
      exported(delivery::exported_environment(from.words(config::export_environment))),
      forward_paths(forward_paths_of(from)),
      locks(delivery::parse_mailbox_locks(from, from[mailbox_delivery_lock])),
      extensions(tables::extension_rules(from)),
      commands_from(parse_origins(from, allow_mail_to_commands)),
      files_from(parse_origins(from, allow_mail_to_files)),
      delivered_to_command(has_word(from, prepend_delivered_header, "command")),
      delivered_to_file(has_word(from, prepend_delivered_header, "file")),
      delivered_to_forward(has_word(from, prepend_delivered_header, "forward")),
      extend_alias_results(mail::propagates_extension("alias", from)),
      extend_forward_results(mail::propagates_extension("forward", from)),
      service(daemon::service_name()) {
    check_header_words(from);
    if (const long limit = from[mailbox_size_limit]; limit > 0) {
        if (limit < from[config::message_size_limit])
            fatal("configuration error: mailbox_size_limit is smaller than message_size_limit");
    }
}

}  // namespace postrider::local
