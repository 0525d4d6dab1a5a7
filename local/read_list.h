// local/read_list.h - reading .forward and :include: files with the rights of a user.
#pragma once

#include <optional>
#include <string>

#include "lib/async/task.h"
#include "lib/delivery/rights.h"

namespace postrider::local {

struct ListFile {
    enum class Kind { found, missing, refused, unreadable };
    Kind kind = Kind::unreadable;
    std::string problem;  // of refused and unreadable
    std::string content;  // of found
    uid_t owner = 0;
};

// Reads a user's .forward file with that user's rights.  Refused: a link or no regular file, writable for
// all, owned by anyone but the user and root, or not readable.
Task<ListFile> read_forward_file(delivery::Rights user, std::string path);
// Reads an :include: file, which may be a link, with the rights of `reader`, or with root's when it is
// root's.
Task<ListFile> read_include_file(std::optional<delivery::Rights> reader, std::string path);

}  // namespace postrider::local
