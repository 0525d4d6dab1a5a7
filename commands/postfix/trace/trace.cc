// commands/postfix/trace/trace.cc - `postfix trace`: one message's whole story from the log.
#include "commands/postfix/trace/trace.h"

#include <fmt/core.h>

#include <algorithm>

#include "commands/postfix/trace/story.h"
#include "lib/base/json.h"
#include "lib/base/log.h"

namespace postrider::postfix::trace {

namespace {

struct Options {
    std::vector<std::string> files;
    bool json = false;
    std::string wanted;
};

[[noreturn]] void usage() {
    fatal_status(64, "usage: postfix trace [--log FILE]... [--json] QUEUEID|MESSAGE-ID|ADDRESS");
}

Options parse_options(const std::vector<std::string>& words) {
    Options options;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--json") {
            options.json = true;
        } else if (words[i] == "--log") {
            if (++i == words.size()) usage();
            options.files.push_back(words[i]);
        } else if (words[i].starts_with("--") || !options.wanted.empty()) {
            usage();
        } else {
            options.wanted = words[i];
        }
    }
    if (options.wanted.empty()) usage();
    return options;
}

void print_json(const std::vector<StoryLine>& story) {
    for (const StoryLine& line : story) {
        JsonObject object;
        object.add("time", line.line.time);
        object.add("host", line.line.host);
        object.add("service", line.line.service);
        object.add("pid", line.line.pid);
        object.add("level", line.event.level);
        if (!line.event.queue_id.empty()) object.add("queue_id", line.event.queue_id);
        object.add("event", line.event.kind);
        for (const auto& [name, value] : line.event.fields)
            if (name != "time" && name != "host" && name != "pid") object.add(name, value);
        object.add("text", line.line.text);
        fmt::print("{}\n", object.text());
    }
}

void print_text(const std::vector<StoryLine>& story, const std::vector<Link>& links) {
    std::size_t widest = 0;
    for (const StoryLine& line : story) widest = std::max(widest, line.line.program.size());
    for (const StoryLine& line : story)
        fmt::print("{}  {:{}}  {}{}\n", line.line.time, line.line.program, widest,
                   line.queue_id.empty() ? "" : line.queue_id + ": ", in_words(line));
    std::vector<std::string> ids;
    for (const StoryLine& line : story)
        if (!line.queue_id.empty() && std::find(ids.begin(), ids.end(), line.queue_id) == ids.end())
            ids.push_back(line.queue_id);
    if (ids.empty()) return;
    fmt::print("\n");
    for (const std::string& id : ids) {
        std::string origin;
        for (const Link& link : links)
            if (link.to == id) origin = fmt::format(" ({} of {})", link.how, link.from);
        const bool removed = std::any_of(story.begin(), story.end(), [&](const StoryLine& line) {
            return line.queue_id == id && line.event.kind == "removed";
        });
        fmt::print("{}{}: {}\n", id, origin, removed ? "done" : "not known to be done");
        for (const auto& [recipient, outcome] : outcomes(story, id))
            fmt::print("    <{}> {}\n", recipient, outcome);
    }
}

}  // namespace

int run(const Instance& instance, const std::vector<std::string>& words) {
    Options options = parse_options(words);
    if (options.files.empty()) options.files = find_log_files(instance.settings);
    if (options.files.empty()) fatal("no log found: name it with --log FILE");
    Log log;
    for (const std::string& file : options.files) {
        const auto read = read_lines(file, [&log](std::string_view line) { log.add(line); });
        if (!read) log::warning("{}", read.error());
    }
    const std::set<std::string> ids = log.follow(log.find(options.wanted));
    const std::vector<StoryLine> story = log.lines_of(ids, options.wanted);
    if (story.empty()) {
        fmt::print(stderr, "{}: not found in {}\n", options.wanted,
                   fmt::format("{} log file{}", options.files.size(), options.files.size() == 1 ? "" : "s"));
        return 1;
    }
    if (options.json)
        print_json(story);
    else
        print_text(story, log.links());
    return 0;
}

}  // namespace postrider::postfix::trace
