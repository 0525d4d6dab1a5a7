// smtpd/statistics.cc - the counters of the disconnect line.
#include "smtpd/statistics.h"

#include <fmt/core.h>

namespace postrider::smtpd {

namespace {

constexpr const char* names[verb_count] = {"helo", "ehlo", "xclient", "xforward", "starttls", "auth",
                                           "mail", "rcpt", "data",    "bdat",     "rset",     "noop",
                                           "vrfy", "etrn", "quit",    "unknown"};

std::string count_text(const char* name, std::uint32_t done, std::uint32_t total) {
    if (done == total && total > 0) return fmt::format(" {}={}", name, done);
    return fmt::format(" {}={}/{}", name, done, total);
}

}  // namespace

const char* verb_name(Verb verb) {
    return names[static_cast<std::size_t>(verb)];
}

Statistics::Count& Statistics::at(Verb verb) {
    auto place = counts_.begin();
    while (place != counts_.end() && place->verb < verb) ++place;
    if (place == counts_.end() || place->verb != verb) place = counts_.insert(place, Count{verb});
    return *place;
}

std::string Statistics::text() const {
    std::string text;
    std::uint32_t done = 0;
    std::uint32_t total = 0;
    for (const Count& count : counts_) {
        if (count.total > 0) text += count_text(verb_name(count.verb), count.done, count.total);
        done += count.done;
        total += count.total;
    }
    return text + count_text("commands", done, total);
}

}  // namespace postrider::smtpd
