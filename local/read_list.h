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

// Reads a file as `rights`.  Refused: no regular file, writable for all, or, when `owner` is given, owned by
// anyone but that user and root.
Task<ListFile> read_list_file(delivery::Rights rights, std::string path, std::optional<uid_t> owner);

// The content as one comma separated list: without comment lines, one entry or more a line.
std::string list_text(const std::string& content);

}  // namespace postrider::local
