// lib/base/log_format.cc - log lines as JSON.
#include "lib/base/log_format.h"

#include <fmt/core.h>
#include <sys/time.h>

#include <array>
#include <ctime>
#include <set>

#include "lib/base/json.h"
#include "lib/base/log_event.h"

namespace postrider::log {

namespace {

Format wanted = Format::traditional;

// RFC 3339, with microseconds.
std::string time_stamp() {
    timeval now{};
    gettimeofday(&now, nullptr);
    struct tm local {};
    localtime_r(&now.tv_sec, &local);
    std::array<char, 40> date{};
    strftime(date.data(), date.size(), "%Y-%m-%dT%H:%M:%S", &local);
    const long minutes = local.tm_gmtoff / 60;
    const long distance = minutes < 0 ? -minutes : minutes;
    return fmt::format("{}.{:06}{}{:02}:{:02}", date.data(), now.tv_usec, minutes < 0 ? '-' : '+',
                       distance / 60, distance % 60);
}

}  // namespace

void set_format(Format format) {
    wanted = format;
}
Format format() {
    return wanted;
}

std::string json_line(std::string_view host, std::string_view service, int pid, std::string_view text) {
    const Event event = parse_event(text);
    JsonObject object;
    object.add("time", time_stamp());
    object.add("host", host);
    object.add("service", service);
    object.add("pid", static_cast<std::int64_t>(pid));
    object.add("level", event.level);
    if (!event.queue_id.empty()) object.add("queue_id", event.queue_id);
    object.add("event", event.kind);
    std::set<std::string_view> names{"time", "host", "service", "pid", "level", "queue_id", "event", "text"};
    for (const auto& [name, value] : event.fields)
        if (names.insert(name).second) object.add(name, value);
    object.add("text", text);
    return object.text();
}

}  // namespace postrider::log
