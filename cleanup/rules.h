// cleanup/rules.h - what main.cf says about messages, parsed once for the process.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lib/config/settings.h"
#include "lib/mail/mime.h"
#include "lib/milter/settings.h"
#include "lib/queue/spool.h"
#include "lib/tables/address_lookup.h"
#include "lib/tables/local_domains.h"
#include "lib/tables/match_list.h"
#include "lib/tables/table_list.h"

namespace postrider::cleanup {

// Where an address stands; a set of these is a class list.
namespace address_class {
inline constexpr unsigned envelope_sender = 1;
inline constexpr unsigned envelope_recipient = 2;
inline constexpr unsigned header_sender = 4;
inline constexpr unsigned header_recipient = 8;
}  // namespace address_class

// A list of tables, the classes of addresses it applies to, and its name for the log.
struct AddressTables {
    tables::TableList tables;
    unsigned classes = 0;
    std::string name;
    bool propagate_extension = false;
    bool applies_to(unsigned address_class) const {
        return !tables.empty() && (classes & address_class) != 0;
    }
};

// One word of masquerade_domains.
struct MasqueradeDomain {
    std::string domain;
    bool hides_subdomains = true;  // false: "!domain", its subdomains are left
};

// The tables of one parameter, whose name is in the warnings about them.
struct Checks {
    Checks(const Parameter<std::string>& parameter, const Settings& settings)
        : tables(tables::TableList::of_any_text(parameter, settings)), name(parameter.name()) {}
    tables::TableList tables;
    std::string name;
};

struct AllChecks {
    Checks header, mime, nested, body;
    bool any() const {
        return !header.tables.empty() || !mime.tables.empty() || !nested.tables.empty() ||
               !body.tables.empty();
    }
};

enum class TextAfterHeader { fix, add_header, reject };

struct Rules {
    explicit Rules(const Settings& settings);
    Rules(const Rules&) = delete;
    Rules& operator=(const Rules&) = delete;

    queue::Spool spool;
    std::string myhostname, mailer_daemon;  // mailer-daemon, completed
    std::string empty_address_recipient;
    bool long_queue_ids;

    tables::AddressRules address_rules;
    AddressTables sender_canonical, recipient_canonical, canonical;
    tables::TableList virtual_aliases;
    bool propagate_virtual_extension = false;
    int expansion_limit, recursion_limit, address_length_limit;
    std::vector<MasqueradeDomain> masquerade;
    tables::MatchList masquerade_exceptions;
    unsigned masquerade_classes = 0;

    tables::TableList sender_bcc, recipient_bcc;
    std::string always_bcc;
    std::size_t duplicate_limit;
    bool keep_original_recipient;

    bool remote_headers_rewritten;  // remote_header_rewrite_domain is set
    bool add_missing_everywhere;
    bool standard_from;
    std::string full_name_charset, undisclosed_recipients;
    std::vector<std::string> dropped_headers;  // lower case
    std::size_t header_token_limit;
    int hop_limit;

    mail::MimeOptions mime;
    AllChecks checks;
    std::int64_t body_checks_limit;
    TextAfterHeader text_after_header = TextAfterHeader::fix;
    bool replace_stray_line_ends, detect_8bit_header, tls_required_header, require_tls_header;
    std::string reject_characters, strip_characters;

    milter::FilterList local_filters;  // non_smtpd_milters
    milter::MacroSettings filter_macros;
    tables::TableList filter_header_checks;
    bool ipv6_first;  // local clients have the address ::1

    std::int64_t message_size_limit;
    std::size_t line_length_limit;
    std::size_t attribute_limit;
    std::int64_t delay_warning_seconds;

  private:
    tables::LocalDomains local_;
};

// For the daemon: parsed before the jail, the same for every message.
const Rules& rules();
void load_rules(Settings& settings);

}  // namespace postrider::cleanup
