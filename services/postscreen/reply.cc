// services/postscreen/reply.cc - what is added to and changed in refusals.
#include "services/postscreen/reply.h"

#include <vector>

#include "lib/base/local_time.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/status.h"

namespace postrider::postscreen {

namespace {

std::optional<std::string> footer_macro(const Session& session, std::string_view name) {
    std::string value;
    if (name == "client_address")
        value = session.address;
    else if (name == "client_port")
        value = std::to_string(session.endpoints.client.port());
    else if (name == "server_name")
        value = session.screen.hostname;
    else if (name == "localtime")
        value = local_time("%b %d %H:%M:%S");
    else {
        log::warning("unknown macro name \"{}\" in expansion request", name);
        return std::nullopt;
    }
    for (char& c : value)
        if (session.screen.footer_characters.find(c) == std::string::npos) c = '_';
    return value;
}

}  // namespace

std::string softened(std::string reply) {
    if (!reply.starts_with('5')) return reply;
    reply[0] = '4';
    if (reply.size() > 5 && reply.substr(4, 2) == "5.") reply[4] = '4';
    return reply;
}

std::string with_footer(const std::string& reply, std::string footer) {
    const std::string code = reply.substr(0, 3);
    std::string text = reply.substr(4, reply.size() - 6);
    // The enhanced status is repeated on each line, RFC 2034 4.
    const std::size_t length = mail::status_code_length(text);
    const std::string status = length > 0 ? text.substr(0, length) + " " : "";
    if (length > 0) text.erase(0, length + 1);
    std::vector<std::string> lines = {std::move(text)};
    const bool same_line = footer.starts_with("\\c");
    if (same_line) footer.erase(0, 2);
    const std::string marked = replace_all(footer, "\\n", "\n");
    for (const std::string_view piece : split(marked, '\n')) lines.emplace_back(printable(piece));
    if (same_line) {
        lines[0] += lines[1];
        lines.erase(lines.begin() + 1);
    }
    while (lines.size() > 1 && lines.back().empty()) lines.pop_back();
    std::string whole;
    for (std::size_t i = 0; i < lines.size(); ++i)
        whole += code + (i + 1 < lines.size() ? "-" : " ") + status + lines[i] + "\r\n";
    return whole;
}

Task<std::string> complete_reply(const Session& session, std::string reply) {
    const Screen& screen = session.screen;
    if (!reply.starts_with('4') && !reply.starts_with('5')) co_return reply;
    std::string footer = screen.footer;
    if (!screen.footer_maps.empty()) {
        std::string key = reply.substr(0, reply.size() - 2);
        const tables::LookupResult found = co_await screen.footer_maps.find(key);
        if (found.found == tables::Found::yes) footer = found.value;
        if (found.found == tables::Found::try_again)
            log::warning("postscreen_reject_footer_maps: {}", found.reason);
    }
    // Compat: tables see the reply as it was.
    if (screen.soft_bounce) reply = softened(reply);
    if (footer.empty()) co_return reply;
    const Session* self = &session;
    footer =
        screen.settings.expand(footer, [self](std::string_view name) { return footer_macro(*self, name); });
    co_return with_footer(reply, footer);
}

}  // namespace postrider::postscreen
