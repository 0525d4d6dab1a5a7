// agents/pipe/service.cc - a line of master.cf that names pipe(8).
#include "agents/pipe/service.h"

#include <fmt/core.h>

#include <array>
#include <optional>

#include "lib/base/text.h"
#include "lib/config/settings.h"
#include "lib/delivery/message_copy.h"
#include "lib/mail/address.h"

namespace postrider::pipe_agent {

namespace {

Result<void> parse_flags(Service& service, std::string_view flags) {
    for (const char flag : flags) {
        switch (flag) {
            case 'B':
                service.blank_line = true;
                break;
            case 'D':
                service.delivered_to = true;
                break;
            case 'F':
                service.from_line = true;
                break;
            case 'O':
                service.original_to = true;
                break;
            case 'R':
                service.return_path = true;
                break;
            case 'X':
                service.final_delivery = true;
                break;
            case '.':
                service.stuff_dots = true;
                break;
            case '>':
                service.quote_from = true;
                break;
            case 'h':
                service.fold_domain = true;
                break;
            case 'u':
                service.fold_user = true;
                break;
            case 'q':
                service.quote_addresses = true;
                break;
            default:
                return Error{fmt::format("unknown flag: {} (ignored)", flag)};
        }
    }
    return {};
}

Result<void> parse_attribute(Service& service, std::string_view name, const std::string& value) {
    if (name == "flags") return parse_flags(service, value);
    if (name == "user") {
        const std::size_t colon = value.find(':');
        service.user = value.substr(0, colon);
        if (colon != std::string::npos) service.group = value.substr(colon + 1);
        return {};
    }
    if (name == "directory") {
        service.directory = value;
    } else if (name == "chroot") {
        service.root = value;
    } else if (name == "null_sender") {
        service.null_sender = value;
    } else if (name == "eol") {
        // Compat: it ends where a C string would.
        const std::string line_end = undo_escapes(value);
        service.line_end = line_end.substr(0, line_end.find('\0'));
    } else if (name == "size") {
        // Compat: nothing is no limit.
        const auto limit = value.empty() ? std::optional<std::int64_t>(0) : parse_int(value);
        if (!limit || *limit < 0) return Error{fmt::format("get_service_attr: bad size= value: {}", value)};
        service.size_limit = *limit;
    } else {
        return Error{fmt::format("unknown attribute name: {}={}", name, value)};
    }
    return {};
}

constexpr std::array<std::string_view, 6> recipient_macros = {"recipient", "user",   "extension",
                                                              "mailbox",   "domain", "original_recipient"};

// The values of the macros of one recipient.
class Macros {
  public:
    Macros(const Service& service, const delivery::Request& request, const std::string& delimiters)
        : service_(service), request_(request), delimiters_(delimiters) {}

    // Sets `per_recipient` when the macro is one of a recipient.
    std::optional<std::string> find(std::string_view name, const delivery::Recipient& recipient,
                                    bool& per_recipient) const {
        for (const std::string_view macro : recipient_macros) {
            if (name != macro) continue;
            per_recipient = true;
            return of_recipient(name, recipient);
        }
        return of_message(name);
    }

  private:
    std::string folded(const std::string& address) const {
        const mail::AddressParts parts = mail::split_address(address);
        std::string local = service_.fold_user ? mail::casefold(parts.local) : parts.local;
        if (!parts.has_domain) return local;
        return local + "@" + (service_.fold_domain ? mail::casefold(parts.domain) : parts.domain);
    }
    std::string shown(const std::string& address) const {
        return service_.quote_addresses ? mail::quote_address(address) : address;
    }

    std::string of_recipient(std::string_view name, const delivery::Recipient& recipient) const {
        const std::string address = folded(recipient.recipient);
        if (name == "recipient") return shown(address);
        if (name == "original_recipient") return shown(folded(recipient.original_recipient));
        const mail::AddressParts parts = mail::split_address(address);
        if (name == "domain") return parts.domain;
        if (name == "mailbox") return parts.local;
        mail::ExtensionRules rules;
        rules.delimiters = delimiters_;
        const mail::ExtensionSplit split = mail::split_extension(parts.local, rules);
        if (name == "extension") return split.extension.value_or("");
        return split.user;
    }

    std::optional<std::string> of_message(std::string_view name) const {
        if (name == "sender") {
            const std::string& sender = request_.sender.empty() ? service_.null_sender : request_.sender;
            return sender.empty() ? sender : shown(sender);
        }
        if (name == "nexthop")
            return service_.fold_domain ? mail::casefold(request_.nexthop) : request_.nexthop;
        if (name == "queue_id") return request_.queue_id;
        if (name == "size") return std::to_string(request_.data_size);
        if (name == "envid") return request_.envelope_id;
        if (name == "client_address") return request_.log_client_address;
        if (name == "client_helo") return request_.log_helo_name;
        if (name == "client_hostname") return request_.log_client_name;
        if (name == "client_port") return request_.log_client_port;
        if (name == "client_protocol") return request_.log_protocol_name;
        if (name == "sasl_method") return request_.sasl_method;
        if (name == "sasl_sender") return request_.sasl_sender;
        if (name == "sasl_username") return request_.sasl_username;
        return std::nullopt;
    }

    const Service& service_;
    const delivery::Request& request_;
    const std::string& delimiters_;
};

}  // namespace

Result<Service> parse_service(const std::vector<std::string>& words) {
    Service service;
    bool names_user = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string_view word = words[i];
        if (word.size() > 2 && word.front() == '{' && word.back() == '}')
            word = trim(word.substr(1, word.size() - 2));
        const std::size_t equals = word.find('=');
        if (equals == std::string_view::npos) return Error{fmt::format("unknown attribute name: {}", word)};
        const std::string value(trim_left(word.substr(equals + 1)));
        if (word.substr(0, equals) == "argv") {
            if (!value.empty()) service.arguments.push_back(value);
            service.arguments.insert(service.arguments.end(),
                                     words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end());
            break;
        }
        names_user = names_user || trim(word.substr(0, equals)) == "user";
        if (Result<void> parsed = parse_attribute(service, trim(word.substr(0, equals)), value); !parsed)
            return Error{parsed.error()};
    }
    if (!names_user) return Error{"missing user= command-line attribute"};
    if (service.arguments.empty()) return Error{"missing argv= command-line attribute"};
    return service;
}

Result<std::vector<std::string>> expand_arguments(const Service& service, const delivery::Request& request,
                                                  const std::string& delimiters) {
    const Macros macros(service, request, delimiters);
    std::vector<std::string> expanded;
    for (std::string_view argument : service.arguments) {
        if (argument.size() >= 2 && argument.front() == '{' && argument.back() == '}')
            argument = trim(argument.substr(1, argument.size() - 2));
        bool per_recipient = false;
        std::string unknown;
        for (const delivery::Recipient& recipient : request.recipients) {
            const config::NameLookup lookup = [&](std::string_view name) {
                std::optional<std::string> value = macros.find(name, recipient, per_recipient);
                if (!value) unknown = name;
                return value;
            };
            Result<std::string> text = config::expand_text(argument, lookup);
            if (!text) return Error{text.error()};
            if (!unknown.empty()) return Error{fmt::format("unknown macro name: \"{}\"", unknown)};
            if (text->find('\0') != std::string::npos) return Error{"NUL byte in a command argument"};
            expanded.push_back(std::move(*text));
            if (!per_recipient) break;
        }
    }
    return expanded;
}

}  // namespace postrider::pipe_agent
