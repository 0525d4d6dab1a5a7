// local/destination.h - the entries of aliases(5), .forward and :include: lists.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace postrider::local {

struct Destination {
    enum class Kind { address, mailbox_only, file, home_file, command, include };
    Kind kind = Kind::address;
    // An address in internal form; a path; a command without '|'; the path behind :include:; what follows
    // "~".  `mailbox_only`: "\\user", the mailbox whatever alias or .forward file the user has.
    std::string text;
};

// The destinations of one line: separated by commas, `"..."` around those with white space or commas.
std::vector<Destination> parse_destinations(std::string_view line);
// Those of a .forward or :include: file: lines without those that begin with `#`.  A line goes on for
// `longest` bytes; what follows is taken for the next one.
std::vector<Destination> parse_list_file(std::string_view content, std::size_t longest);

}  // namespace postrider::local
