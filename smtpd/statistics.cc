// smtpd/statistics.cc - the counters of the disconnect line.
#include "smtpd/statistics.h"

#include <fmt/core.h>

namespace postrider::smtpd {

namespace {

constexpr const char* names[verb_count] = {"helo", "ehlo", "xclient", "xforward", "starttls", "auth",
                                           "mail", "rcpt", "data",    "bdat",     "rset",     "noop",
                                           "vrfy", "etrn", "quit",    "help",     "unknown"};

std::string count_text(const char* name, std::uint32_t done, std::uint32_t total) {
    if (done == total && total > 0) return fmt::format(" {}={}", name, done);
    return fmt::format(" {}={}/{}", name, done, total);
}

}  // namespace

const char* verb_name(Verb verb) {
    return names[static_cast<std::size_t>(verb)];
}

std::string Statistics::text() const {
    std::string text;
    std::uint32_t done = 0;
    std::uint32_t total = 0;
    for (std::size_t i = 0; i < verb_count; ++i) {
        const Count& count = counts_[i];
        if (count.total > 0) text += count_text(names[i], count.done, count.total);
        done += count.done;
        total += count.total;
    }
    return text + count_text("commands", done, total);
}

}  // namespace postrider::smtpd
