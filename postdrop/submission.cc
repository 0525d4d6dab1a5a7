// postdrop/submission.cc - one message as a user sends it: checked record by record, and stored.
#include "postdrop/submission.h"

#include <fmt/core.h>
#include <sys/time.h>

#include "lib/base/log.h"

namespace postrider::postdrop {

using queue::RecordType;
using queue::Segment;

namespace {

// Text may hold any byte but a newline; everything else is read as lines by other programs.
bool has_bad_bytes(Segment segment, std::string_view data) {
    if (segment == Segment::content) return data.find('\n') != std::string_view::npos;
    return data.find_first_of(std::string_view("\0\r\n", 3)) != std::string_view::npos;
}

}  // namespace

Submission::Submission(queue::QueueFile& file, std::string user) : file_(file), user_(std::move(user)) {
    // Our own clock: a user's could make mail that never expires.
    struct timeval now {};
    ::gettimeofday(&now, nullptr);
    file_.write(RecordType::time, fmt::format("{} {}", now.tv_sec, now.tv_usec));
}

Result<void> Submission::take(RecordType type, std::string_view data) {
    if (finished_ || !queue::user_may_write(segment_, type))
        return Error{fmt::format("{}: unexpected record type: {}", user_, static_cast<unsigned char>(type))};
    if (has_bad_bytes(segment_, data))
        return Error{
            fmt::format("{}: NUL or line break in a record of type {}", user_, static_cast<char>(type))};
    if (type == RecordType::attribute && !is_allowed_attribute(data)) {
        if (data.find('=') == std::string_view::npos)
            log::warning("{}: ignoring malformed record: missing '=' after attribute name: {}", user_,
                         data.substr(0, 200));
        else
            log::warning("{}: ignoring attribute record: {}", user_, data.substr(0, 200));
        return {};
    }
    note(type, data);
    file_.write(type, data);
    return {};
}

bool Submission::is_allowed_attribute(std::string_view data) const {
    const auto attribute = queue::parse_named_attribute(data);
    return attribute && queue::user_may_set(*attribute);
}

void Submission::note(RecordType type, std::string_view data) {
    if (type == RecordType::message) segment_ = Segment::content;
    if (type == RecordType::extracted) segment_ = Segment::extracted;
    if (type == RecordType::end) finished_ = true;
    if (type == RecordType::recipient) has_recipient_ = true;
    if (type == RecordType::sender) {
        has_sender_ = true;
        sender_ = data;
    }
}

}  // namespace postrider::postdrop
