// lib/queue/intake.cc - what cleanup(8) is asked to do with mail that comes in.
#include "lib/queue/intake.h"

#include <array>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/mail/intake_parameters.h"
#include "lib/queue/cleanup_client.h"

namespace postrider::queue {

namespace {
struct Override {
    std::string_view name;
    int removed;
};
constexpr std::array<Override, 4> overrides = {{
    {"no_unknown_recipient_checks", 0},
    {"no_address_mappings", cleanup_flag::map_addresses | cleanup_flag::automatic_bcc},
    {"no_header_body_checks", cleanup_flag::filter},
    {"no_milters", cleanup_flag::milter},
}};
}  // namespace

int intake_flags(const Settings& settings) {
    int flags = cleanup_flag::external;
    for (const std::string& word : settings.words(mail::receive_override_options)) {
        bool known = false;
        for (const Override& override : overrides) {
            if (!equals_ignoring_case(word, override.name)) continue;
            flags &= ~override.removed;
            known = true;
        }
        if (!known) fatal("main.cf: receive_override_options: unknown value \"{}\"", word);
    }
    return flags;
}

int own_mail_flags(std::string_view mail_class, const Settings& settings) {
    int flags = cleanup_flag::internal;
    for (const std::string& word : settings.words(mail::internal_mail_filter_classes)) {
        if (!equals_ignoring_case(word, "bounce") && !equals_ignoring_case(word, "notify"))
            fatal("main.cf: internal_mail_filter_classes: unknown class \"{}\"", word);
        if (equals_ignoring_case(word, mail_class)) flags |= cleanup_flag::filter | cleanup_flag::milter;
    }
    return flags;
}

int automatic_utf8(std::string_view source, const Settings& settings) {
    if (!settings[config::smtputf8_enable]) return 0;
    for (const std::string& word : settings.words(config::smtputf8_autodetect_classes))
        if (equals_ignoring_case(word, source) || equals_ignoring_case(word, "all"))
            return cleanup_flag::auto_utf8;
    return 0;
}

}  // namespace postrider::queue
