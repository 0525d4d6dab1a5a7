// commands/postfix/trace/story.cc - the lines of a log that belong to one message.
#include "commands/postfix/trace/story.h"

#include <fmt/core.h>

#include <algorithm>

#include "lib/base/text.h"

namespace postrider::postfix::trace {

namespace {

std::string value(const log::Event& event, std::string_view name) {
    const std::string* found = event.find(name);
    return found == nullptr ? std::string() : *found;
}

// The word behind `before`, as queue IDs stand in texts.
std::string word_after(std::string_view text, std::string_view before) {
    const std::size_t at = text.rfind(before);
    if (at == std::string_view::npos) return "";
    const std::string_view rest = text.substr(at + before.size());
    return std::string(rest.substr(0, rest.find_first_of(" ,.;)")));
}

bool names_address(const log::Event& event, const std::string& address) {
    for (const std::string_view name : {"from", "to", "orig_to"}) {
        const std::string* found = event.find(name);
        if (found != nullptr && equals_ignoring_case(*found, address)) return true;
    }
    return false;
}

std::string without_brackets(const std::string& text) {
    return text.size() > 2 && text.front() == '<' && text.back() == '>' ? text.substr(1, text.size() - 2)
                                                                        : text;
}

}  // namespace

void Log::add(std::string_view text) {
    auto parsed = parse_line(text);
    if (!parsed) return;
    StoryLine line;
    line.event = log::parse_event(parsed->text);
    line.line = std::move(*parsed);
    if (line.event.queue_id != "NOQUEUE") line.queue_id = line.event.queue_id;
    if (!line.queue_id.empty()) ids_.insert(line.queue_id);
    note_links(line);
    lines_.push_back(std::move(line));
}

void Log::note_links(const StoryLine& line) {
    if (line.queue_id.empty()) return;
    const log::Event& event = line.event;
    const auto link = [&](std::string to, std::string how) {
        if (!to.empty() && to != line.queue_id)
            links_.push_back({line.queue_id, std::move(to), std::move(how)});
    };
    if (event.kind == "notification")
        link(value(event, "new_queue_id"), value(event, "notification") + " notification");
    const std::string reason = value(event, "reason");
    if (reason.starts_with("forwarded as ")) link(word_after(reason, "forwarded as "), "forwarded");
    link(word_after(reason, "queued as "), "passed on");
    // The other way round: this one was made of that one.
    for (const std::string_view name : {"orig_queue_id", "orig_id"}) {
        const std::string before = value(event, name);
        if (!before.empty() && before != line.queue_id)
            links_.push_back({before, line.queue_id, name == "orig_id" ? "queued again" : "came back"});
    }
}

std::set<std::string> Log::find(const std::string& wanted) const {
    std::set<std::string> found;
    if (is_known(wanted)) {
        found.insert(wanted);
        return found;
    }
    const std::string bare = without_brackets(wanted);
    for (const StoryLine& line : lines_) {
        if (line.queue_id.empty()) continue;
        const bool same_message =
            value(line.event, "message-id") == bare || value(line.event, "resent-message-id") == bare;
        if (same_message || names_address(line.event, bare)) found.insert(line.queue_id);
    }
    return found;
}

std::set<std::string> Log::follow(std::set<std::string> ids) const {
    for (std::size_t before = 0; before != ids.size();) {
        before = ids.size();
        for (const Link& link : links_) {
            // "queued as" may name a message of another machine.
            if (ids.count(link.from) > 0 && is_known(link.to)) ids.insert(link.to);
            if (ids.count(link.to) > 0 && is_known(link.from)) ids.insert(link.from);
        }
    }
    return ids;
}

// The session that brought a message: its connect and disconnect lines, and what was said of it in between;
// the same for servers that mail went to.
std::set<std::size_t> Log::session_lines(const std::set<std::string>& ids, const std::string& wanted) const {
    std::set<std::size_t> found;
    const auto of_session = [&](std::size_t at, const std::string& peer) {
        const LogLine& here = lines_[at].line;
        const auto belongs = [&](std::size_t i) {
            const StoryLine& line = lines_[i];
            return line.line.pid == here.pid && line.line.program == here.program && line.queue_id.empty() &&
                   line.line.text.find(peer) != std::string::npos;
        };
        for (std::size_t i = at; i-- > 0;) {
            if (!belongs(i)) continue;
            if (lines_[i].event.kind == "disconnect") break;
            found.insert(i);
            if (lines_[i].event.kind == "connect") break;
        }
        for (std::size_t i = at + 1; i < lines_.size(); ++i) {
            if (!belongs(i)) continue;
            if (lines_[i].event.kind == "connect") break;
            found.insert(i);
            if (lines_[i].event.kind == "disconnect") break;
        }
    };
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const StoryLine& line = lines_[i];
        const bool refused = line.event.queue_id == "NOQUEUE" && names_address(line.event, wanted);
        if (refused) found.insert(i);
        const bool ours = ids.count(line.queue_id) > 0;
        if (line.line.program == "smtpd" && (refused || (ours && line.event.kind == "client")))
            of_session(i, value(line.event, "client"));
        if (!ours || line.event.kind != "delivery" || line.line.program != "smtp") continue;
        // "Trusted TLS connection established to HOST[ADDRESS]:25" by the same process, just before.
        const std::string relay = value(line.event, "relay");
        for (std::size_t j = i; j-- > 0 && i - j < 200;) {
            const StoryLine& before = lines_[j];
            if (before.line.pid != line.line.pid || before.line.program != line.line.program) continue;
            if (before.queue_id.empty() && relay != "none" &&
                before.line.text.find(relay) != std::string::npos) {
                found.insert(j);
                break;
            }
        }
    }
    return found;
}

std::vector<StoryLine> Log::lines_of(const std::set<std::string>& ids, const std::string& wanted) const {
    const std::set<std::size_t> sessions = session_lines(ids, without_brackets(wanted));
    std::vector<StoryLine> story;
    for (std::size_t i = 0; i < lines_.size(); ++i)
        if (ids.count(lines_[i].queue_id) > 0 || sessions.count(i) > 0) story.push_back(lines_[i]);
    return story;
}

std::vector<std::pair<std::string, std::string>> outcomes(const std::vector<StoryLine>& lines,
                                                          const std::string& id) {
    std::vector<std::pair<std::string, std::string>> found;
    for (const StoryLine& line : lines) {
        if (line.queue_id != id || line.event.kind != "delivery") continue;
        const std::string to = value(line.event, "to");
        const std::string outcome = value(line.event, "status") + " (" + value(line.event, "reason") + ")";
        const auto known =
            std::find_if(found.begin(), found.end(), [&](const auto& one) { return one.first == to; });
        if (known == found.end())
            found.emplace_back(to, outcome);
        else
            known->second = outcome;
    }
    return found;
}

std::string in_words(const StoryLine& line) {
    const log::Event& event = line.event;
    const auto of = [&](std::string_view name) { return value(event, name); };
    if (event.kind == "client") {
        std::string text = "received from " + of("client");
        if (event.find("sasl_username") != nullptr)
            text += fmt::format(", logged in as {} ({})", of("sasl_username"), of("sasl_method"));
        // Behind a content filter: what the server before it knew (XFORWARD).
        if (event.find("orig_client") != nullptr)
            text += fmt::format(", which had it from {}", of("orig_client"));
        if (event.find("orig_queue_id") != nullptr) text += fmt::format(" as {}", of("orig_queue_id"));
        return text;
    }
    if (event.kind == "pickup")
        return fmt::format("posted here by user {}, sender <{}>", of("uid"), of("from"));
    if (event.kind == "message-id" && event.find("message-id") != nullptr)
        return fmt::format("message ID <{}>", of("message-id"));
    if (event.kind == "queue-active")
        return fmt::format("taken up for delivery: from <{}>, {} bytes, {} recipient{}", of("from"),
                           of("size"), of("nrcpt"), of("nrcpt") == "1" ? "" : "s");
    if (event.kind == "delivery") {
        std::string text = fmt::format("<{}> {}: {}", of("to"), of("status"), of("reason"));
        if (const std::string* original = event.find("orig_to"))
            text += fmt::format(" [addressed to {}]", *original);
        if (of("relay") != "none") text += " [by way of " + of("relay") + "]";
        return text + " [after " + of("delay") + " s]";
    }
    if (event.kind == "notification")
        return fmt::format("{} notification sent as {}", of("notification"), of("new_queue_id"));
    if (event.kind == "removed") return "done: removed from the queue";
    if (event.kind == "expired") return "too long in the queue: returned to sender";
    // The queue ID stands in front already.
    std::string_view text = line.line.text;
    const std::string id = line.queue_id + ": ";
    if (!line.queue_id.empty() && text.starts_with(id)) text.remove_prefix(id.size());
    return std::string(text);
}

}  // namespace postrider::postfix::trace
