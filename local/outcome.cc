// local/outcome.cc - telling what became of an address, and small things all steps use.

#include "lib/config/global_parameters.h"
#include "lib/delivery/step_outcome.h"
#include "lib/mail/parameters.h"
#include "local/expansion.h"

namespace postrider::local {

namespace {

std::string filtered(std::string text, std::string_view allowed) {
    if (allowed.empty()) return text;
    for (char& c : text)
        if (allowed.find(c) == std::string_view::npos) c = '_';
    return text;
}

// $user, $home and so on; nothing of a name that is not of the delivery.
std::optional<std::string> value_for(const Party& party, const delivery::Rights* user, std::string_view name,
                                     std::string_view filter) {
    if (name == "user") return filtered(party.user, filter);
    if (name == "local") return filtered(party.local, filter);
    if (name == "domain") return filtered(party.domain, filter);
    if (name == "recipient") return filtered(party.recipient.recipient, filter);
    if (name == "extension") return filtered(party.extension.value_or(""), filter);
    if (name == "recipient_delimiter")
        return party.delimiter == '\0' ? std::string() : filtered(std::string(1, party.delimiter), filter);
    if (name == "home") return user != nullptr ? filtered(user->home, filter) : std::string();
    if (name == "shell") return user != nullptr ? filtered(user->shell, filter) : std::string();
    return std::nullopt;
}

}  // namespace

Task<> Expansion::sent(const Party& party, std::string text) {
    delivery::Outcome outcome;
    outcome.action = delivery::Action::delivered;
    outcome.status = "2.0.0";
    outcome.reason = std::move(text);
    outcome.relay = agent_.service;
    co_await delivery_.sent(party.recipient, std::move(outcome));
}

Task<> Expansion::failed(const Party& party, std::string status, std::string text) {
    delivery::Outcome outcome;
    outcome.status = std::move(status);
    outcome.reason = std::move(text);
    outcome.relay = agent_.service;
    co_await delivery_.bounced(party.recipient, std::move(outcome), "");
}

Task<> Expansion::failed_to_owner(const Party& party, std::string status, std::string text) {
    co_await account_to_owner(party, delivery::StepResult::problem(std::move(status), std::move(text)), "",
                              "");
}

Task<> Expansion::deferred(const Party& party, std::string status, std::string text) {
    delivery::Outcome outcome;
    outcome.status = std::move(status);
    outcome.reason = std::move(text);
    outcome.relay = agent_.service;
    co_await delivery_.deferred(party.recipient, std::move(outcome));
}

Task<> Expansion::account(const Party& party, delivery::StepResult result, std::string success,
                          std::string prefix) {
    co_await account_to(party, "", std::move(result), std::move(success), std::move(prefix));
}

// Compat: for commands, files that are no Maildirs, and mail that has come round.
Task<> Expansion::account_to_owner(const Party& party, delivery::StepResult result, std::string success,
                                   std::string prefix) {
    std::string report_to;
    if (result.kind == delivery::StepResult::Kind::failed) {
        const Result<std::string> owner = co_await owner_to_tell(party);
        if (!owner) {
            co_await deferred(party, "4.3.0", owner.error());
            co_return;
        }
        report_to = *owner;
    }
    co_await account_to(party, std::move(report_to), std::move(result), std::move(success),
                        std::move(prefix));
}

Task<> Expansion::account_to(const Party& party, std::string report_to, delivery::StepResult result,
                             std::string success, std::string prefix) {
    delivery::StepWords words;
    words.relay = agent_.service;
    words.success = std::move(success);
    words.trouble_prefix = std::move(prefix);
    words.report_to = std::move(report_to);
    co_await delivery::report_step(delivery_, party.recipient, std::move(result), std::move(words));
}

bool Expansion::been_here(const std::string& what) {
    return !seen_.insert(what).second;
}

std::vector<std::string> Expansion::delivery_headers(const Party& party, bool with_delivered_to) const {
    std::vector<std::string> headers;
    headers.push_back(delivery::return_path_header(party.sender));
    const std::string& original = party.recipient.original_recipient;
    if (settings_[mail::enable_original_recipient] && !original.empty())
        headers.push_back("X-Original-To: " + mail::quote_address(original));
    if (with_delivered_to) headers.push_back("Delivered-To: " + mail::quote_address(party.delivered_to));
    return headers;
}

bool names_unknown(const Settings& settings, const std::string& text) {
    bool unknown = false;
    const Party nobody;
    const config::NameLookup lookup = [&](std::string_view name) {
        std::optional<std::string> value = value_for(nobody, nullptr, name, "");
        unknown = unknown || (!value && !settings.value_of(name));
        return value;
    };
    [[maybe_unused]] const std::string expanded = settings.expand(text, lookup);
    return unknown;
}

std::optional<std::string> expand_for(const Party& party, const delivery::Rights* user,
                                      const Settings& settings, const std::string& text,
                                      std::string_view filter) {
    const config::NameLookup lookup = [&](std::string_view name) {
        return value_for(party, user, name, filter);
    };
    std::string expanded = settings.expand(text, lookup);
    if (expanded.find('\0') != std::string::npos) return std::nullopt;
    return expanded;
}

}  // namespace postrider::local
