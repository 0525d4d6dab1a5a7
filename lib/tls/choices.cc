// lib/tls/choices.cc - protocols, cipher grades, exclusions, groups.
#include "lib/tls/choices.h"

#include <fmt/core.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/tls/connection.h"

namespace postrider::tls {

namespace {

struct Protocol {
    const char* name;
    int version;
    std::uint64_t off;  // the option that excludes it
};
constexpr Protocol protocols[] = {
    {"SSLv3", SSL3_VERSION, SSL_OP_NO_SSLv3},       {"TLSv1", TLS1_VERSION, SSL_OP_NO_TLSv1},
    {"TLSv1.1", TLS1_1_VERSION, SSL_OP_NO_TLSv1_1}, {"TLSv1.2", TLS1_2_VERSION, SSL_OP_NO_TLSv1_2},
    {"TLSv1.3", TLS1_3_VERSION, SSL_OP_NO_TLSv1_3},
};
constexpr const char* separators = " \t\r\n,:";

const Protocol* protocol_named(std::string_view name) {
    for (const Protocol& protocol : protocols)
        if (equals_ignoring_case(name, protocol.name)) return &protocol;
    return nullptr;
}

// What a list of protocols means to OpenSSL.
struct ProtocolChoice {
    std::uint64_t off = 0;
    int lowest = 0;  // 0: as low and high as the library goes
    int highest = 0;
};

// The version of a bound: a name, or its number in hexadecimal, such as 0303 or 0x0303.
std::optional<int> bound_version(std::string_view text) {
    if (text.empty()) return 0;
    if (const Protocol* protocol = protocol_named(text)) return protocol->version;
    if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
    const std::optional<std::uint64_t> number = parse_unsigned(text, 16);
    if (!number || *number == 0 || *number > 0xffff) return std::nullopt;
    return static_cast<int>(*number);
}

Result<ProtocolChoice> read_protocols(const std::string& list) {
    ProtocolChoice choice;
    std::uint64_t listed = 0;
    std::uint64_t all = 0;
    for (const Protocol& protocol : protocols) all |= protocol.off;
    // `>=` and its version may stand apart.
    std::string joined = replace_all(replace_all(list, ">= ", ">="), "<= ", "<=");
    for (const std::string& word : split_words(joined, separators)) {
        const std::string_view text = word;
        if (text.starts_with(">=") || text.starts_with("<=")) {
            const std::optional<int> version = bound_version(text.substr(2));
            if (!version) return Error{fmt::format("Invalid TLS protocol list \"{}\"", list)};
            (text[0] == '>' ? choice.lowest : choice.highest) = *version;
            continue;
        }
        const bool excluded = text.front() == '!';
        const std::string_view name = trim(text.substr(excluded ? 1 : 0));
        if (equals_ignoring_case(name, "SSLv2")) continue;  // the library has forgotten it
        const Protocol* protocol = protocol_named(name);
        if (protocol == nullptr) return Error{fmt::format("Invalid TLS protocol list \"{}\"", list)};
        (excluded ? choice.off : listed) |= protocol->off;
    }
    if (listed != 0) choice.off |= all & ~listed;
    return choice;
}

// The cipher list of a grade, without what is excluded.
Result<std::string> cipher_list(const Choices& choices) {
    const CipherLists& lists = choices.lists;
    std::string list;
    const std::string grade = lower(choices.grade);
    if (grade == "high") {
        list = lists.high;
    } else if (grade == "medium") {
        list = lists.medium;
    } else if (grade == "low") {
        list = lists.low;
    } else if (grade == "export") {
        list = lists.export_grade;
    } else if (grade == "null") {
        list = lists.null;
    } else {
        return Error{fmt::format("invalid cipher grade: \"{}\"", choices.grade)};
    }
    // Compat: the grades below medium are history; without a list of their own they mean medium.
    if (list.empty()) list = lists.medium;
    std::vector<std::string> excluded = split_words(choices.exclude, separators);
    if (!choices.anonymous) excluded.push_back("aNULL");
    for (std::string& word : excluded) {
        // Nobody excludes by `!`, `-` or `+` himself; those would undo the rest of the list.
        if (word.find_first_of("!-+@") == 0)
            return Error{fmt::format("invalid unary '!+-@' in cipher exclusion: {}", word)};
        list += (list.empty() ? "!" : ":!") + word;
    }
    return list;
}

struct ForContext {
    SSL_CTX* handle;
    void options(std::uint64_t on, std::uint64_t off) const {
        SSL_CTX_clear_options(handle, off);
        SSL_CTX_set_options(handle, on);
    }
    bool bounds(int lowest, int highest) const {
        return SSL_CTX_set_min_proto_version(handle, lowest) == 1 &&
               SSL_CTX_set_max_proto_version(handle, highest) == 1;
    }
    bool ciphers(const char* list) const { return SSL_CTX_set_cipher_list(handle, list) == 1; }
};
struct ForConnection {
    SSL* handle;
    void options(std::uint64_t on, std::uint64_t off) const {
        SSL_clear_options(handle, off);
        SSL_set_options(handle, on);
    }
    bool bounds(int lowest, int highest) const {
        return SSL_set_min_proto_version(handle, lowest) == 1 &&
               SSL_set_max_proto_version(handle, highest) == 1;
    }
    bool ciphers(const char* list) const { return SSL_set_cipher_list(handle, list) == 1; }
};

template <class Target>
Result<void> apply(const Target& target, const Choices& choices) {
    Result<ProtocolChoice> protocol = read_protocols(choices.protocols);
    if (!protocol) return Error{protocol.error()};
    Result<std::string> list = cipher_list(choices);
    if (!list) return Error{list.error()};
    std::uint64_t all = 0;
    for (const Protocol& known : protocols) all |= known.off;
    ERR_clear_error();
    if (!target.ciphers(list->c_str()))
        return Error{fmt::format("error setting cipher grade: \"{}\": {}", choices.grade, take_errors())};
    if (!target.bounds(protocol->lowest, protocol->highest))
        return Error{
            fmt::format("the TLS library refuses the protocols \"{}\" {}", choices.protocols, take_errors())};
    target.options(protocol->off, all & ~protocol->off);
    return {};
}

// Whether the library knows a group of that name.
bool knows_group(SSL_CTX* scratch, const std::string& name) {
    const bool known = SSL_CTX_set1_groups_list(scratch, name.c_str()) == 1;
    ERR_clear_error();
    return known;
}

}  // namespace

std::string cipher_list_text(const Choices& choices) {
    const Result<std::string> list = cipher_list(choices);
    return list ? *list : "";
}

Result<void> apply_choices(SSL_CTX* context, const Choices& choices) {
    return apply(ForContext{context}, choices);
}

Result<void> apply_choices(SSL* connection, const Choices& choices) {
    return apply(ForConnection{connection}, choices);
}

std::string objection_to(const Choices& choices) {
    if (!read_protocols(choices.protocols))
        return fmt::format("Invalid TLS protocol list \"{}\": aborting TLS session", choices.protocols);
    const Result<std::string> list = cipher_list(choices);
    if (!list) return fmt::format("invalid cipher grade: \"{}\"", choices.grade);
    const Context scratch(SSL_CTX_new(TLS_method()));
    const bool usable = scratch && SSL_CTX_set_cipher_list(scratch.get(), list->c_str()) == 1;
    ERR_clear_error();
    return usable ? "" : fmt::format("error setting cipher grade: \"{}\"", choices.grade);
}

Result<void> apply_groups(SSL_CTX* context, const std::string& curves, const std::string& ffdhe_groups) {
    const std::vector<std::string> wanted = split_words(curves, separators);
    const std::vector<std::string> finite = split_words(ffdhe_groups, separators);
    // Both empty: the library's own choice.
    if (wanted.empty() && finite.empty()) return {};
    Context scratch(SSL_CTX_new(TLS_method()));
    if (!scratch) return Error{take_errors()};
    std::vector<std::string> known;
    const auto take = [&](const std::string& name) {
        const bool fit = knows_group(scratch.get(), name);
        if (fit && std::find(known.begin(), known.end(), name) == known.end()) known.push_back(name);
        return fit;
    };
    for (const std::string& name : wanted)
        if (!take(name)) log::warning("ignoring unknown ECDHE curve \"{}\"", name);
    // No curve that was asked for: the library's own choice is better than none at all.
    if (known.empty() && !wanted.empty()) return {};
    for (const std::string& name : finite) take(name);
    if (known.empty()) return {};
    if (SSL_CTX_set1_groups_list(context, join(known, ":").c_str()) != 1)
        return Error{fmt::format("cannot set the key exchange groups: {}", take_errors())};
    return {};
}

}  // namespace postrider::tls
