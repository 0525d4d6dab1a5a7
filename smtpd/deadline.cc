// smtpd/deadline.cc - how long a client may take to send content.
#include "smtpd/deadline.h"

#include <algorithm>

#include "smtpd/parameters.h"

namespace postrider::smtpd {

namespace {
constexpr std::size_t bytes_per_turn = 512 * 1024;
}

async::IoWait next_turn() {
    return async::sleep_for(async::Duration::zero());
}

bool ContentDeadline::has_had_its_turn() {
    if (since_turn_ < bytes_per_turn) return false;
    since_turn_ = 0;
    return true;
}

ContentDeadline::ContentDeadline(Session& session)
    : session_(session),
      deadline_(async::after(session.limits.timeout)),
      least_rate_(session.server.settings[smtpd_min_data_rate]) {}

void ContentDeadline::before_read() {
    if (session_.limits.deadline_per_request)
        session_.stream.set_deadline(deadline_);
    else
        session_.stream.set_timeout(session_.limits.timeout);
}

void ContentDeadline::after_read(std::size_t bytes) {
    since_turn_ += bytes;
    const auto earned = std::chrono::milliseconds(bytes * 1000 / static_cast<std::size_t>(least_rate_));
    deadline_ = std::min(deadline_ + earned, async::after(session_.limits.timeout));
}

void set_command_deadline(Session& session) {
    if (session.limits.deadline_per_request)
        session.stream.set_timeout(session.limits.timeout);
    else
        session.stream.set_idle_timeout(session.limits.timeout);
}

}  // namespace postrider::smtpd
