// smtpd/verbs/xforward.cc - the XFORWARD command: a content filter tells whose message it hands on.
#include "lib/base/text.h"
#include "smtpd/proxied.h"
#include "smtpd/reply_rules.h"
#include "smtpd/verbs/verbs.h"

namespace postrider::smtpd {

namespace {

constexpr std::string_view known[] = {"NAME", "ADDR", "PROTO", "HELO", "SOURCE", "PORT", "IDENT"};

Reply bad(const ProxiedAttribute& attribute) {
    return Reply(501, "5.5.4", "Bad " + attribute.name + " syntax: " + attribute.value);
}

// One attribute; an empty reply when it is fine.
Reply apply(Forwarded& forwarded, const ProxiedAttribute& attribute) {
    const std::string& value = attribute.value;
    const bool given = !attribute.unavailable;
    if (attribute.name == "NAME") {
        if (given && !is_proxied_hostname(value)) return bad(attribute);
        forwarded.name = given ? value : "unknown";
    } else if (attribute.name == "ADDR") {
        const auto address = proxied_address(value);
        if (given && !address) return bad(attribute);
        forwarded.address = address ? address->host() : "unknown";
        forwarded.literal = address ? address->literal() : "unknown";
    } else if (attribute.name == "PORT") {
        if (given && !is_port(value)) return bad(attribute);
        forwarded.port = given ? value : "unknown";
    } else if (attribute.name == "HELO") {
        forwarded.helo = given ? value : "";
    } else if (attribute.name == "PROTO") {
        if (value.size() > 64) return bad(attribute);
        forwarded.protocol = value;
    } else if (attribute.name == "IDENT") {
        forwarded.ident = given ? value : "";
    } else if (attribute.name == "SOURCE") {
        const bool local = equals_ignoring_case(value, "LOCAL");
        if (given && !local && !equals_ignoring_case(value, "REMOTE")) return bad(attribute);
        forwarded.domain = local ? "local" : "remote";
    }
    return Reply();
}

}  // namespace

Task<Reply> answer_xforward(Session& session, const Command& command) {
    if (session.in_transaction()) co_return Reply(503, "5.5.1", "Error: MAIL transaction in progress");
    const std::vector<std::string> words = command.words();
    if (words.empty()) co_return Reply(501, "5.5.4", "Syntax: XFORWARD attribute=value...");
    Reply refused = refuse_proxy(session, extension::xforward, session.may_xforward);
    if (!refused.empty()) co_return refused;
    Forwarded forwarded = session.forwarded;
    for (const std::string& word : words) {
        const auto attribute = parse_proxied(command.verb, word, known);
        if (!attribute) co_return Reply(501, "5.5.4", attribute.error());
        const Reply problem = apply(forwarded, *attribute);
        if (!problem.empty()) co_return problem;
    }
    // What was not said is not known; it is not that of the proxy itself.
    if (forwarded.name.empty()) forwarded.name = "unknown";
    if (forwarded.address.empty()) forwarded.address = forwarded.literal = "unknown";
    if (forwarded.port.empty()) forwarded.port = "unknown";
    if (forwarded.protocol.empty()) forwarded.protocol = "unknown";
    forwarded.active = true;
    session.forwarded = std::move(forwarded);
    co_return Reply(250, "2.0.0", "Ok");
}

}  // namespace postrider::smtpd
