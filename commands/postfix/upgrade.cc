// commands/postfix/upgrade.cc - `postfix upgrade-configuration`.
#include "commands/postfix/upgrade.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/config/master_cf.h"

namespace postrider::postfix {

namespace {

struct NewService {
    std::string_view service;
    std::string_view type;
    std::string_view line;
};
constexpr NewService new_services[] = {
    {"tlsmgr", "unix", "tlsmgr    unix  -       -       n       1000?   1       tlsmgr"},
    {"rewrite", "unix", "rewrite   unix  -       -       n       -       -       trivial-rewrite"},
    {"trace", "unix", "trace     unix  -       -       n       -       0       bounce"},
    {"verify", "unix", "verify    unix  -       -       n       -       1       verify"},
    {"flush", "unix", "flush     unix  n       -       n       1000?   0       flush"},
    {"proxymap", "unix", "proxymap  unix  -       -       n       -       -       proxymap"},
    {"proxywrite", "unix", "proxywrite unix -       -       n       -       1       proxymap"},
    {"relay", "unix", "relay     unix  -       -       n       -       -       smtp"},
    {"retry", "unix", "retry     unix  -       -       n       -       -       error"},
    {"discard", "unix", "discard   unix  -       -       n       -       -       discard"},
    {"anvil", "unix", "anvil     unix  -       -       n       -       1       anvil"},
    {"postlog", "unix-dgram", "postlog   unix-dgram n  -       n       -       1       postlogd"},
};

}  // namespace

int upgrade_configuration(const Instance& instance) {
    const std::string path = instance.directory + "/master.cf";
    const auto content = read_file(path);
    if (!content) fatal("{}", content.error());
    const auto lines = config::parse_master_lines(*content, path);
    if (!lines) fatal("{}", lines.error());
    std::string added;
    for (const NewService& one : new_services) {
        const bool present = std::any_of(lines->begin(), lines->end(), [&](const config::MasterLine& line) {
            return line.service() == one.service && (line.type() == one.type || line.type() == "fifo");
        });
        if (present) continue;
        fmt::print("Editing {}, adding missing entry for {} {} service\n", path, one.service, one.type);
        added += fmt::format("{}\n", one.line);
    }
    if (added.empty()) return 0;
    const std::string separator = content->empty() || content->ends_with('\n') ? "" : "\n";
    const auto written = replace_file(path, *content + separator + added);
    if (!written) fatal("{}", written.error());
    return 0;
}

}  // namespace postrider::postfix
