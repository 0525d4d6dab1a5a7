// commands/postfix/upgrade.cc - `postfix upgrade-configuration`.
//
// master.cf files of older releases get the services that they lack, and the columns that today's programs
// need. Compat: the lines, their order and the words are those of Postfix, so that the file serves both.
#include "commands/postfix/upgrade.h"

#include <fmt/core.h>

#include <algorithm>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/master_cf.h"

namespace postrider::postfix {

namespace {

using config::MasterLine;

// A line that is added when it is missing, even as a comment if it begins with '#'.
struct NewService {
    std::string_view name;  // as it is told
    std::string_view line;
};
constexpr NewService new_services[] = {
    {"tlsmgr service", "tlsmgr    unix  -       -       n       1000?   1       tlsmgr"},
    {"rewrite service", "rewrite   unix  -       -       n       -       -       trivial-rewrite"},
    {"relay service", "relay     unix  -       -       n       -       -       smtp"},
    {"trace service", "trace     unix  -       -       n       -       0       bounce"},
    {"verify service", "verify    unix  -       -       n       -       1       verify"},
    {"flush service", "flush     unix  n       -       n       1000?   0       flush"},
    {"proxymap service", "proxymap  unix  -       -       n       -       -       proxymap"},
    {"anvil service", "anvil     unix  -       -       n       -       1       anvil"},
    {"scache service", "scache    unix  -       -       n       -       1       scache"},
    {"discard service", "discard   unix  -       -       n       -       -       discard"},
    {"retry service", "retry     unix  -       -       n       -       -       error"},
    {"proxywrite service", "proxywrite unix -       -       n       -       1       proxymap"},
    {"postscreen TCP service", "#smtp      inet  n       -       n       -       1       postscreen"},
    {"smtpd unix-domain service", "#smtpd     pass  -       -       n       -       -       smtpd"},
    {"dnsblog unix-domain service", "#dnsblog   unix  -       -       n       -       0       dnsblog"},
    {"tlsproxy unix-domain service", "#tlsproxy  unix  -       -       n       -       0       tlsproxy"},
    {"postlog unix-domain datagram service",
     "postlog   unix-dgram n  -       n       -       1       postlogd"},
};

// A column that is changed when it has the old value.
struct Change {
    std::string_view service;
    std::size_t column;
    std::string_view from;
    std::string_view to;
    std::string_view what;
};
constexpr std::size_t type_column = 1, private_column = 2, unprivileged_column = 3, wakeup_column = 5;
constexpr Change changes[] = {
    {"pickup", unprivileged_column, "n", "-", "making the pickup service unprivileged"},
    {"cleanup", private_column, "-", "n", "making the cleanup service public"},
    {"flush", private_column, "-", "n", "making the flush service public"},
    {"tlsmgr", type_column, "fifo", "unix", "updating the tlsmgr from fifo to unix service"},
};

std::vector<std::string> words_of(std::string_view line) {
    return split_words(line, " \t");
}

// Where a word of a line begins and ends.
std::pair<std::size_t, std::size_t> word_place(std::string_view line, std::size_t index) {
    std::size_t begin = 0, end = 0;
    for (std::size_t i = 0; i <= index; ++i) {
        begin = line.find_first_not_of(" \t", end);
        end = std::min(line.find_first_of(" \t", begin), line.size());
    }
    return {begin, end};
}

void replace_word(std::string& line, std::size_t index, std::string_view value) {
    const auto [begin, end] = word_place(line, index);
    line.replace(begin, end - begin, value);
}

// A comment counts when it has the same service, type and command.
bool in_comment(const std::vector<std::string>& lines, const std::vector<std::string>& wanted) {
    return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
        const std::size_t begin = line.find_first_not_of("# \t");
        if (!line.starts_with('#') || begin == std::string::npos) return false;
        const auto words = words_of(std::string_view(line).substr(begin));
        return words.size() > 7 && words[0] == wanted[0] && words[1] == wanted[1] && words[7] == wanted[7];
    });
}

bool is_there(const std::vector<MasterLine>& entries, const std::vector<std::string>& lines,
              const NewService& one) {
    const bool as_comment = one.line.starts_with('#');
    const auto wanted = words_of(as_comment ? one.line.substr(1) : one.line);
    const bool present = std::any_of(entries.begin(), entries.end(), [&](const MasterLine& entry) {
        return entry.service() == wanted[0] && (entry.type() == wanted[1] || entry.type() == "fifo") &&
               (!as_comment || entry.fields[7] == wanted[7]);
    });
    return present || (as_comment && in_comment(lines, wanted));
}

}  // namespace

Result<UpgradedMaster> upgrade_master(std::string_view text, const std::string& path) {
    const auto entries = config::parse_master_lines(text, path);
    if (!entries) return Error{entries.error()};
    std::vector<std::string> lines;
    for (const std::string_view line : split(text, '\n')) lines.emplace_back(line);
    if (!lines.empty() && lines.back().empty()) lines.pop_back();
    UpgradedMaster upgraded;
    for (const Change& change : changes)
        for (const MasterLine& entry : *entries) {
            if (entry.service() != change.service || entry.fields[change.column] != change.from) continue;
            std::string& line = lines[static_cast<std::size_t>(entry.first_line - 1)];
            // An entry that goes on in another line before this column is left alone.
            if (words_of(line).size() < config::master_field_count) continue;
            replace_word(line, change.column, change.to);
            // It is woken up only once it is used.
            const std::string& wakeup = entry.fields[wakeup_column];
            if (change.column == type_column && wakeup != "-" && !wakeup.ends_with('?'))
                replace_word(line, wakeup_column, wakeup + "?");
            upgraded.done.emplace_back(change.what);
        }
    const std::vector<std::string> before = lines;
    for (const NewService& one : new_services) {
        if (is_there(*entries, before, one)) continue;
        lines.emplace_back(one.line);
        upgraded.done.push_back(fmt::format("adding missing entry for {}", one.name));
    }
    for (const std::string& line : lines) upgraded.text += line + "\n";
    return upgraded;
}

int upgrade_configuration(const Instance& instance) {
    const std::string path = instance.directory + "/master.cf";
    const auto content = read_file(path);
    if (!content) fatal("{}", content.error());
    const auto upgraded = upgrade_master(*content, path);
    if (!upgraded) fatal("{}", upgraded.error());
    for (const std::string& what : upgraded->done) fmt::print("Editing {}, {}\n", path, what);
    if (upgraded->done.empty()) return 0;
    const auto written = replace_file(path, upgraded->text);
    if (!written) fatal("{}", written.error());
    return 0;
}

}  // namespace postrider::postfix
