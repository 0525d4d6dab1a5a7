// cleanup/rules.cc - what main.cf says about messages, parsed once for the process.
#include "cleanup/rules.h"

#include <memory>

#include "cleanup/parameters.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/config/tls_client_parameters.h"
#include "lib/mail/header.h"
#include "lib/mail/intake_parameters.h"
#include "lib/mail/parameters.h"
#include "lib/mail/propagation.h"

namespace postrider::cleanup {

namespace {

struct ClassName {
    std::string_view name;
    unsigned bit;
};
constexpr ClassName class_names[] = {{"envelope_sender", address_class::envelope_sender},
                                     {"envelope_recipient", address_class::envelope_recipient},
                                     {"header_sender", address_class::header_sender},
                                     {"header_recipient", address_class::header_recipient}};

unsigned parse_classes(const Parameter<std::string>& parameter, const Settings& settings,
                       std::string_view called = "canonical_classes",
                       unsigned allowed = address_class::envelope_sender | address_class::envelope_recipient |
                                          address_class::header_sender | address_class::header_recipient) {
    unsigned classes = 0;
    for (const std::string& word : settings.words(parameter)) {
        unsigned bit = 0;
        for (const ClassName& known : class_names)
            if (known.name == word) bit = known.bit & allowed;
        if (bit == 0) fatal("unknown {} value \"{}\" in \"{}\"", called, word, settings[parameter]);
        classes |= bit;
    }
    return classes;
}

constexpr unsigned sender_classes = address_class::envelope_sender | address_class::header_sender;
constexpr unsigned recipient_classes = address_class::envelope_recipient | address_class::header_recipient;

AddressTables address_tables(const Parameter<std::string>& maps, const Parameter<std::string>& classes,
                             const Settings& settings,
                             unsigned allowed = sender_classes | recipient_classes) {
    AddressTables result;
    result.tables = tables::TableList(maps, settings);
    result.classes = parse_classes(classes, settings, "canonical_classes", allowed);
    result.name = maps.name();
    result.propagate_extension = mail::propagates_extension("canonical", settings);
    return result;
}

std::vector<MasqueradeDomain> parse_masquerade(const Settings& settings) {
    std::vector<MasqueradeDomain> domains;
    for (const std::string& word : settings.words(masquerade_domains)) {
        std::string_view text = word;
        MasqueradeDomain domain;
        for (; !text.empty() && text.front() == '!'; text.remove_prefix(1))
            domain.hides_subdomains = !domain.hides_subdomains;
        if (text.empty()) {
            log::warning("masquerade_domains: no domain after '!'");
            continue;
        }
        domain.domain = lower(text);
        domains.push_back(std::move(domain));
    }
    return domains;
}

mail::MimeOptions mime_options(const Settings& settings) {
    mail::MimeOptions options;
    options.header_size_limit = static_cast<std::size_t>(settings[config::header_size_limit]);
    options.boundary_length_limit = static_cast<std::size_t>(settings[mail::mime_boundary_length_limit]);
    options.nesting_limit = settings[mail::mime_nesting_limit];
    options.parse_body = !settings[mail::disable_mime_input_processing];
    options.to_7bit = options.parse_body && settings[force_mime_input_conversion];
    if (!options.parse_body) return options;
    const bool strict = settings[mail::strict_8bitmime];
    options.report_8bit_in_header = strict || settings[mail::strict_7bit_headers];
    options.report_8bit_in_7bit_body = strict || settings[mail::strict_8bitmime_body];
    options.report_encoding_domain = settings[mail::strict_mime_encoding_domain];
    return options;
}

bool is_standard_from(const Settings& settings) {
    const std::string& format = settings[mail::header_from_format];
    if (format != "standard" && format != "obsolete")
        fatal("invalid setting: \"{} = {}\"", mail::header_from_format.name(), format);
    return format == "standard";
}

TextAfterHeader parse_text_after_header(const Settings& settings) {
    const std::string& action = settings[non_empty_end_of_header_action];
    if (action == "fix_quietly") return TextAfterHeader::fix;
    if (action == "add_header") return TextAfterHeader::add_header;
    if (action == "reject") return TextAfterHeader::reject;
    fatal("{}: unknown action \"{}\"", non_empty_end_of_header_action.name(), action);
}

milter::FilterList local_filters_of(const Settings& settings) {
    Result<milter::FilterList> filters = milter::parse_filters(settings[non_smtpd_milters], settings);
    if (!filters) fatal("main.cf: {}: {}", non_smtpd_milters.name(), filters.error());
    return std::move(*filters);
}

std::unique_ptr<Rules>& the_rules() {
    static std::unique_ptr<Rules> loaded;
    return loaded;
}

// The address that trivial-rewrite(8) makes of a bare MAILER-DAEMON.
std::string own_mailer_daemon(const Settings& settings) {
    const bool completed = settings.value_of("append_at_myorigin").value_or("yes") != "no";
    return completed ? "MAILER-DAEMON@" + settings[config::myorigin] : "MAILER-DAEMON";
}

}  // namespace

Rules::Rules(const Settings& settings)
    : spool(settings),
      myhostname(settings[config::myhostname]),
      mailer_daemon(own_mailer_daemon(settings)),
      empty_address_recipient(settings[config::empty_address_recipient]),
      long_queue_ids(settings[config::enable_long_queue_ids]),
      sender_canonical(
          address_tables(mail::sender_canonical_maps, sender_canonical_classes, settings, sender_classes)),
      recipient_canonical(address_tables(mail::recipient_canonical_maps, recipient_canonical_classes,
                                         settings, recipient_classes)),
      canonical(address_tables(config::canonical_maps, canonical_classes, settings)),
      virtual_aliases(config::virtual_alias_maps, settings),
      propagate_virtual_extension(mail::propagates_extension("virtual", settings)),
      expansion_limit(settings[virtual_alias_expansion_limit]),
      recursion_limit(settings[virtual_alias_recursion_limit]),
      address_length_limit(settings[virtual_alias_address_length_limit]),
      masquerade(parse_masquerade(settings)),
      masquerade_exceptions(cleanup::masquerade_exceptions, tables::ListKind::strings, settings),
      masquerade_classes(parse_classes(cleanup::masquerade_classes, settings, "masquerade_classes")),
      sender_bcc(sender_bcc_maps, settings),
      recipient_bcc(recipient_bcc_maps, settings),
      always_bcc(settings[cleanup::always_bcc]),
      duplicate_limit(static_cast<std::size_t>(settings[mail::duplicate_filter_limit])),
      keep_original_recipient(settings[mail::enable_original_recipient]),
      remote_headers_rewritten(!settings[mail::remote_header_rewrite_domain].empty()),
      add_missing_everywhere(settings[always_add_missing_headers]),
      standard_from(is_standard_from(settings)),
      full_name_charset(settings[full_name_encoding_charset]),
      undisclosed_recipients(settings[undisclosed_recipients_header]),
      header_token_limit(static_cast<std::size_t>(settings[mail::header_address_token_limit])),
      hop_limit(settings[hopcount_limit]),
      mime(mime_options(settings)),
      checks{Checks(header_checks, settings), Checks(mime_header_checks, settings),
             Checks(nested_header_checks, settings), Checks(body_checks, settings)},
      body_checks_limit(settings[body_checks_size_limit]),
      text_after_header(parse_text_after_header(settings)),
      replace_stray_line_ends(settings[mail::cleanup_replace_stray_cr_lf]),
      detect_8bit_header(settings[detect_8bit_encoding_header]),
      tls_required_header(settings[tls_required_enable]),
      require_tls_header(settings[config::requiretls_enable] && settings[mail::requiretls_esmtp_header]),
      reject_characters(undo_escapes(settings[message_reject_characters])),
      strip_characters(undo_escapes(settings[message_strip_characters])),
      local_filters(local_filters_of(settings)),
      filter_macros(settings),
      filter_header_checks(tables::TableList::of_any_text(milter_header_checks, settings)),
      ipv6_first(starts_with_ignoring_case(trim(settings[config::inet_protocols]), "ipv6")),
      message_size_limit(settings[config::message_size_limit]),
      line_length_limit(static_cast<std::size_t>(settings[config::line_length_limit])),
      attribute_limit(static_cast<std::size_t>(settings[queue_file_attribute_count_limit])),
      delay_warning_seconds(settings[mail::delay_warning_time].count()),
      local_(settings) {
    address_rules.extension = tables::extension_rules(settings);
    address_rules.is_local_domain = [this](std::string domain) {
        return local_.contains_or_is_origin(std::move(domain));
    };
    for (const std::string& word : settings.words(mail::message_drop_headers))
        dropped_headers.push_back(lower(word));
    // Compat: as in Postfix, any strictness or check makes too deep a nesting an error.
    mime.report_nesting = mime.report_8bit_in_header || mime.report_8bit_in_7bit_body ||
                          mime.report_encoding_domain || checks.any();
}

const Rules& rules() {
    return *the_rules();
}

void load_rules(Settings& settings) {
    the_rules() = std::make_unique<Rules>(settings);
}

}  // namespace postrider::cleanup
