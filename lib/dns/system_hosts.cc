// lib/dns/system_hosts.cc - /etc/hosts, and what nsswitch.conf(5) says about host names.
#include "lib/dns/system_hosts.h"

#include <chrono>
#include <optional>

#include "lib/base/file.h"
#include "lib/base/text.h"

namespace postrider::dns {

namespace {

using Clock = std::chrono::steady_clock;

// A file parsed again after it was replaced.
template <class Parsed>
class WatchedFile {
  public:
    WatchedFile(std::string path, Parsed (*parse)(std::string_view))
        : path_(std::move(path)), parse_(parse) {}
    const Parsed& get() {
        const auto now = Clock::now();
        if (parsed_ && now < next_look_) return *parsed_;
        next_look_ = now + std::chrono::seconds(2);
        const auto version = file_version(path_);
        if (parsed_ && version == version_) return *parsed_;
        version_ = version;
        const Result<std::string> text = read_file(path_);
        parsed_ = parse_(text ? *text : std::string());
        return *parsed_;
    }

  private:
    std::string path_;
    Parsed (*parse_)(std::string_view);
    std::optional<Parsed> parsed_;
    std::optional<FileVersion> version_;
    Clock::time_point next_look_{};
};

std::string_view without_comment(std::string_view line) {
    return line.substr(0, line.find('#'));
}

}  // namespace

HostsTable HostsTable::parse(std::string_view text) {
    HostsTable table;
    for (const std::string_view line : split(text, '\n')) {
        const std::vector<std::string> words = split_words(without_comment(line), " \t\r");
        if (words.size() < 2) continue;
        const auto address = SocketAddress::from_ip(words[0]);
        if (!address) continue;
        table.by_address_.emplace(address->bytes(), words[1]);
        for (std::size_t i = 1; i < words.size(); ++i) table.by_name_[lower(words[i])].push_back(*address);
    }
    return table;
}

std::vector<SocketAddress> HostsTable::addresses(std::string_view name, int family) const {
    std::vector<SocketAddress> found;
    const auto entry = by_name_.find(lower(name));
    if (entry == by_name_.end()) return found;
    for (const SocketAddress& address : entry->second)
        if (family == AF_UNSPEC || address.family() == family) found.push_back(address);
    return found;
}

std::string HostsTable::name_of(const SocketAddress& address) const {
    const auto entry = by_address_.find(address.bytes());
    return entry == by_address_.end() ? std::string() : entry->second;
}

bool asks_files_then_dns(std::string_view nsswitch) {
    for (const std::string_view line : split(nsswitch, '\n')) {
        const std::vector<std::string> words = split_words(without_comment(line), " \t\r");
        if (!words.empty() && words[0] == "hosts:")
            return words.size() == 3 && words[1] == "files" && words[2] == "dns";
    }
    return true;
}

const HostsTable& system_hosts() {
    thread_local WatchedFile<HostsTable> file("/etc/hosts", &HostsTable::parse);
    return file.get();
}

bool system_asks_files_then_dns() {
    thread_local WatchedFile<bool> file("/etc/nsswitch.conf", &asks_files_then_dns);
    return file.get();
}

}  // namespace postrider::dns
