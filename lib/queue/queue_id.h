// lib/queue/queue_id.h - the names of messages.
//
// A queue ID is made from the time and the inode of the queue file, so that it is unique while the file
// exists. Short form: microseconds and inode in hexadecimal.  Long form (enable_long_queue_ids): seconds,
// microseconds and inode in digits and consonants, not repeated for a long time.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace postrider::queue {

// 1 to 255 letters, digits and '_': a file with any other name is not a message.
bool is_queue_id(std::string_view name);

enum class IdForm { short_form, long_form };

// `microseconds` is the fraction below one second.
std::string make_queue_id(IdForm form, std::int64_t seconds, std::int64_t microseconds, ino_t inode);

struct QueueIdParts {
    IdForm form = IdForm::short_form;
    std::int64_t seconds = 0;  // long form only
    std::int64_t microseconds = 0;
    ino_t inode = 0;
};
// What an ID was made of; nothing when it has neither form.
std::optional<QueueIdParts> parse_queue_id(std::string_view id);

// The text whose first characters name the hash directories: the ID itself, for long IDs the microseconds in
// hexadecimal.  Any file name has one.
std::string hash_key(std::string_view id);

}  // namespace postrider::queue
