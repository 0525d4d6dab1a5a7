// lib/queue/user_records.cc - which records a user of this machine may put into a message.
#include "lib/queue/user_records.h"

#include <algorithm>
#include <array>

#include "lib/base/text.h"

namespace postrider::queue {

namespace {
constexpr std::array<std::string_view, 5> free_attributes = {"envelope_id", "ret_flags", "notify_flags",
                                                             "dsn_orig_rcpt", "create_time"};
// Neither the size nor the time is what a user says it is.
constexpr std::string_view envelope_types = "MFSRVAin";
constexpr std::string_view content_types = "XLN";
constexpr std::string_view extracted_types = "EAR";
}  // namespace

bool user_may_write(Segment segment, RecordType type) {
    const char letter = static_cast<char>(type);
    switch (segment) {
        case Segment::envelope:
            return envelope_types.find(letter) != std::string_view::npos;
        case Segment::content:
            return content_types.find(letter) != std::string_view::npos;
        case Segment::extracted:
            return extracted_types.find(letter) != std::string_view::npos;
    }
    return false;
}

bool user_may_set(const NamedAttribute& attribute) {
    const auto& [name, value] = attribute;
    if (name == "encoding") return equals_ignoring_case(value, "7bit") || equals_ignoring_case(value, "8bit");
    if (name == "rewrite_context") return value == "local" || value == "remote";
    // A report of the delivery, or of where it would go: 1024 and 512 are those two bits of request_flag.
    if (name == "trace_flags") return value == "512" || value == "1024";
    return std::find(free_attributes.begin(), free_attributes.end(), name) != free_attributes.end();
}

}  // namespace postrider::queue
