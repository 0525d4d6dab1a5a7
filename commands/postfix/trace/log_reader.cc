// commands/postfix/trace/log_reader.cc - log files read back.
#include "commands/postfix/trace/log_reader.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "lib/base/file.h"
#include "lib/base/run_program.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"

namespace postrider::postfix::trace {

namespace {

// What a compressed log may grow to.
constexpr std::size_t largest_log = std::size_t{1} << 30;
constexpr auto patience = std::chrono::seconds(300);

struct Compression {
    std::string_view suffix;
    const char* program;
};
constexpr Compression compressions[] = {{".gz", "gzip"}, {".bz2", "bzip2"}, {".xz", "xz"}, {".zst", "zstd"}};

// The JSON string that begins at `text`; takes it off the front.
std::optional<std::string> take_string(std::string_view& text) {
    if (text.empty() || text.front() != '"') return std::nullopt;
    std::string out;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            text.remove_prefix(i + 1);
            return out;
        }
        if (text[i] != '\\') {
            out += text[i];
            continue;
        }
        if (++i >= text.size()) return std::nullopt;
        if (text[i] == 'u') {  // only control characters are written so
            const auto code = parse_unsigned(text.substr(i + 1, 4), 16);
            if (!code) return std::nullopt;
            out += static_cast<char>(*code);
            i += 4;
        } else {
            out += text[i] == 'n' ? '\n' : text[i] == 't' ? '\t' : text[i];
        }
    }
    return std::nullopt;
}

std::optional<LogLine> parse_json(std::string_view text) {
    LogLine line;
    text.remove_prefix(1);
    while (!text.empty() && text.front() != '}') {
        const auto name = take_string(text);
        if (!name || !text.starts_with(": ")) return std::nullopt;
        text.remove_prefix(2);
        std::string value;
        if (text.starts_with('"')) {
            auto string = take_string(text);
            if (!string) return std::nullopt;
            value = std::move(*string);
        } else {
            const std::size_t end = text.find_first_of(",}");
            value = text.substr(0, end);
            text.remove_prefix(std::min(end, text.size()));
        }
        if (*name == "time") line.time = value;
        if (*name == "host") line.host = value;
        if (*name == "service") line.service = value;
        if (*name == "pid") line.pid = value;
        if (*name == "text") line.text = value;
        if (text.starts_with(", ")) text.remove_prefix(2);
    }
    if (line.service.empty()) return std::nullopt;
    line.program = base_name(line.service);
    return line;
}

// "Nov 20 23:08:49" or "2026-11-20T23:08:49.123456+01:00"; takes it and the space behind it.
std::optional<std::string> take_time(std::string_view& text) {
    constexpr std::size_t traditional = 15;
    if (text.size() > traditional && is_alpha(text[0]) && text[3] == ' ' && text[6] == ' ' &&
        text[9] == ':' && text[traditional] == ' ') {
        std::string time(text.substr(0, traditional));
        text.remove_prefix(traditional + 1);
        return time;
    }
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos || space < 19 || !is_digit(text[0]) || text[4] != '-')
        return std::nullopt;
    std::string time(text.substr(0, space));
    text.remove_prefix(space + 1);
    return time;
}

}  // namespace

std::optional<LogLine> parse_line(std::string_view text) {
    if (text.starts_with("{\"")) return parse_json(text);
    LogLine line;
    auto time = take_time(text);
    if (!time) return std::nullopt;
    line.time = std::move(*time);
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    line.host = text.substr(0, space);
    text.remove_prefix(space + 1);
    const std::size_t end = text.find(": ");
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view tag = text.substr(0, end);
    line.text = text.substr(end + 2);
    const std::size_t bracket = tag.find('[');
    if (bracket != std::string_view::npos && tag.ends_with(']')) {
        line.pid = tag.substr(bracket + 1, tag.size() - bracket - 2);
        tag = tag.substr(0, bracket);
    }
    if (tag.find('/') == std::string_view::npos) return std::nullopt;
    line.service = tag;
    line.program = base_name(tag);
    return line;
}

std::vector<std::string> with_rotated(const std::string& path) {
    std::vector<std::pair<std::int64_t, std::string>> found;
    const std::string directory = directory_name(path);
    const std::string name = base_name(path);
    if (const auto names = list_directory(directory))
        for (const std::string& other : *names) {
            const bool rotated = other.size() > name.size() && other.starts_with(name) &&
                                 (other[name.size()] == '.' || other[name.size()] == '-');
            if (other != name && !rotated) continue;
            const std::string whole = directory + "/" + other;
            const auto version = file_version(whole);
            if (version) found.emplace_back(version->modified_ns, whole);
        }
    // Compressing keeps the time of the last line; the current file comes last even if nothing was written
    // since.
    std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) {
        const bool last_a = a.second == path, last_b = b.second == path;
        return last_a != last_b ? last_b : a < b;
    });
    std::vector<std::string> paths;
    for (auto& [time, whole] : found) paths.push_back(std::move(whole));
    return paths;
}

std::vector<std::string> find_log_files(const Settings& settings) {
    const std::string& file = settings[config::maillog_file];
    if (!file.empty() && !file.starts_with("/dev/")) return with_rotated(file);
    for (const char* usual : {"/var/log/mail.log", "/var/log/maillog", "/var/log/mail", "/var/log/syslog"}) {
        auto found = with_rotated(usual);
        if (!found.empty()) return found;
    }
    return {};
}

Result<void> read_lines(const std::string& path, const std::function<void(std::string_view line)>& take) {
    for (const Compression& one : compressions) {
        if (!path.ends_with(one.suffix)) continue;
        const auto text = output_of_program({one.program, "-dc", path}, patience, largest_log);
        if (!text) return Error{fmt::format("{}: {}", path, text.error())};
        for (const std::string_view line : split(*text, '\n')) take(line);
        return {};
    }
    const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path.c_str(), "re"), std::fclose);
    if (!file) return Error{fmt::format("open {}: {}", path, errno_text())};
    char* line = nullptr;
    std::size_t size = 0;
    ssize_t length = 0;
    while ((length = getline(&line, &size, file.get())) > 0) {
        std::string_view text(line, static_cast<std::size_t>(length));
        if (text.ends_with('\n')) text.remove_suffix(1);
        take(text);
    }
    std::free(line);
    return {};
}

}  // namespace postrider::postfix::trace
