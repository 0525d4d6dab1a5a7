// smtpd/access/rules.cc - the restriction lists of main.cf, parsed.
#include "smtpd/access/rules.h"

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/mail/parameters.h"
#include "smtpd/access/check.h"
#include "smtpd/access/parameters.h"
#include "smtpd/tls_parameters.h"

namespace postrider::smtpd::access {

namespace {

bool is_table_name(std::string_view word) {
    return word.find(':') != std::string_view::npos && word[0] != '{';
}

std::string bad_table(const std::string& restriction, const std::string& argument) {
    return "restriction " + restriction + ": bad argument \"" + argument + "\": need maptype:mapname";
}

// Inside { ... }, or the word itself.
std::string without_braces(const std::string& word) {
    if (word.size() >= 2 && word.front() == '{' && word.back() == '}')
        return std::string(trim(std::string_view(word).substr(1, word.size() - 2)));
    return word;
}

// Takes words one by one and makes steps of them.
class Parser {
  public:
    Parser(const Settings& settings, const std::map<std::string, List>& classes, std::optional<Stage> stage,
           Tables tables)
        : settings_(settings), classes_(classes), stage_(stage), tables_(tables) {}

    List parse(std::string_view text) {
        words_ = split_words_with_braces(text);
        List list;
        bool warn_only = false;
        while (at_ < words_.size()) {
            const std::string word = words_[at_++];
            if (equals_ignoring_case(word, "warn_if_reject")) {
                warn_only = true;
                continue;
            }
            if (word.front() == '{') {
                Parser inner(settings_, classes_, stage_, tables_);
                for (Step& step : inner.parse(without_braces(word))) list.push_back(std::move(step));
                continue;
            }
            Step step = parse_step(word);
            step.warn_only = warn_only;
            if (!warn_only) warn_about_ignored_rest(step);
            warn_only = false;
            list.push_back(std::move(step));
        }
        return list;
    }

  private:
    Step parse_step(const std::string& word) {
        Step step;
        step.name = word;
        step.keyword = find_keyword(word);
        if (step.keyword != nullptr) {
            if (step.keyword->argument != Argument::none) take_argument(step);
        } else if (classes_.contains(lower(word))) {
            step.is_class = true;
        } else if (is_table_name(word)) {
            bare_table(step);
        } else {
            step.mistake = "unknown smtpd restriction: \"" + word + "\"";
        }
        return step;
    }

    void bare_table(Step& step) {
        step.argument = step.name;
        if (!stage_) {
            step.is_bare_table = true;
            step.table = tables::open_table(step.argument, settings_);
            return;
        }
        step.keyword = table_keyword_of(*stage_);
        if (step.keyword == nullptr) {
            step.mistake = "specify a check_..._access restriction before " + step.name;
            return;
        }
        step.name = step.keyword->name;
        open_argument(step);
    }

    void take_argument(Step& step) {
        if (at_ >= words_.size()) {
            say_what_is_missing(step);
            return;
        }
        step.argument = words_[at_++];
        open_argument(step);
    }

    // Compat: a block list without a name is skipped, with a warning.
    static void say_what_is_missing(Step& step) {
        if (step.keyword->argument == Argument::table || step.keyword->name == "check_ccert_access") {
            step.mistake = bad_table(step.name, step.name);
        } else if (step.keyword->name == "sleep") {
            step.mistake = "restriction " + step.name + " must be followed by number";
        } else if (step.keyword->name == "check_policy_service") {
            step.mistake = "restriction " + step.name + " must be followed by transport:server";
        } else {
            step.mistake = "restriction " + step.name + " requires domain name argument";
            step.is_skipped = true;
        }
    }

    void open_argument(Step& step) {
        if (tables_ == Tables::forbidden && is_table_name(step.argument)) {
            step.mistake = "define a restriction class and specify its name instead.";
            return;
        }
        if (step.keyword->argument == Argument::table) {
            if (!is_table_name(step.argument))
                step.mistake = bad_table(step.name, step.argument);
            else
                step.table = tables::open_table(step.argument, settings_);
        }
        if (step.keyword->prepare != nullptr) step.prepared = step.keyword->prepare(step.argument, settings_);
    }

    // permit, reject and defer decide: what follows them is never reached.
    void warn_about_ignored_rest(const Step& step) const {
        const bool decides = equals_ignoring_case(step.name, "permit") ||
                             equals_ignoring_case(step.name, "reject") ||
                             equals_ignoring_case(step.name, "defer");
        if (decides && at_ < words_.size())
            log::warning("restriction `{}' after `{}' is ignored", words_[at_], lower(step.name));
    }

    const Settings& settings_;
    const std::map<std::string, List>& classes_;
    std::optional<Stage> stage_;
    Tables tables_;
    std::vector<std::string> words_;
    std::size_t at_ = 0;
};

bool guards_relay(const List& list, const Rules& rules, int depth) {
    static constexpr std::string_view guards[] = {
        "reject_unauth_destination", "defer_unauth_destination", "reject", "defer",
        "defer_if_permit",           "check_relay_domains"};
    for (const Step& step : list) {
        const List* nested = step.is_class && depth < 100 ? rules.find_class(step.name) : nullptr;
        if (nested != nullptr && guards_relay(*nested, rules, depth + 1)) return true;
        for (const std::string_view guard : guards)
            if (!step.warn_only && equals_ignoring_case(step.name, guard)) return true;
    }
    return false;
}

}  // namespace

const Keyword* table_keyword_of(Stage stage) {
    switch (stage) {
        case Stage::client:
            return find_keyword("check_client_access");
        case Stage::helo:
            return find_keyword("check_helo_access");
        case Stage::sender:
            return find_keyword("check_sender_access");
        case Stage::relay:
        case Stage::recipient:
            return find_keyword("check_recipient_access");
        case Stage::etrn:
            return find_keyword("check_etrn_access");
        case Stage::data:
        case Stage::end_of_data:
            return nullptr;
    }
    return nullptr;
}

Rules::Rules(const Settings& all)
    : settings(all),
      mynetworks(config::mynetworks, tables::ListKind::hosts, all),
      own_addresses(all),
      logged_permits(all.words(smtpd_log_access_permit_actions)),
      backup_networks(permit_mx_backup_networks, tables::ListKind::hosts, all),
      parent_style(tables::parent_style("smtpd_access_maps", all)),
      extension(tables::extension_rules(all)),
      local_recipients(config::local_recipient_maps, all),
      relay_recipients(config::relay_recipient_maps, all),
      mailbox_recipients(config::virtual_mailbox_maps, all),
      aliases(config::virtual_alias_maps, all),
      canonical(config::canonical_maps, all),
      sender_canonical(mail::sender_canonical_maps, all),
      recipient_canonical(mail::recipient_canonical_maps, all),
      rbl_replies(rbl_reply_maps, all),
      sender_logins(smtpd_sender_login_maps, all),
      client_certificates(relay_clientcerts, all),
      local_domains_(all) {
    address_rules.extension = extension;
    address_rules.is_local_domain = [this](std::string domain) {
        return local_domains_.contains_or_is_origin(std::move(domain));
    };
    parse_classes();
    client = parse(all[smtpd_client_restrictions], Stage::client, Tables::allowed);
    helo = parse(all[smtpd_helo_restrictions], Stage::helo, Tables::allowed);
    sender = parse(all[smtpd_sender_restrictions], Stage::sender, Tables::allowed);
    relay = parse(all[smtpd_relay_restrictions], Stage::relay, Tables::allowed);
    recipient = parse(all[smtpd_recipient_restrictions], Stage::recipient, Tables::allowed);
    data = parse(all[smtpd_data_restrictions], Stage::data, Tables::allowed);
    end_of_data = parse(all[smtpd_end_of_data_restrictions], Stage::end_of_data, Tables::allowed);
    etrn = parse(all[smtpd_etrn_restrictions], Stage::etrn, Tables::allowed);
}

void Rules::parse_classes() {
    const std::vector<std::string> names = settings.words(smtpd_restriction_classes);
    for (const std::string& name : names) classes_[lower(name)];  // all known before the first is parsed
    for (const std::string& name : names) {
        const auto value = settings.value_of(name);
        if (!value) log::warning("restriction class {}: no parameter of that name", name);
        classes_[lower(name)] = parse(value.value_or(""), std::nullopt, Tables::allowed);
    }
}

List Rules::parse(std::string_view text, std::optional<Stage> stage, Tables tables) const {
    return Parser(settings, classes_, stage, tables).parse(text);
}

const List* Rules::find_class(const std::string& name) const {
    const auto found = classes_.find(lower(name));
    return found == classes_.end() ? nullptr : &found->second;
}

void Rules::demand_relay_control() const {
    if (guards_relay(relay, *this, 0) || guards_relay(recipient, *this, 0)) return;
    fatal(
        "in parameter smtpd_relay_restrictions or smtpd_recipient_restrictions, specify at least one working "
        "instance of: reject_unauth_destination, defer_unauth_destination, reject, defer, defer_if_permit or "
        "check_relay_domains");
}

}  // namespace postrider::smtpd::access
