// commands/postconf/lines.h - a configuration file as pieces: entries, and what stands between them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace postrider::postconf {

// A piece is one entry with its continuation lines, or a run of comments and empty lines outside of one.
struct Piece {
    std::vector<std::string> lines;  // as in the file, without newlines; comments within the entry included
    bool is_entry = false;

    // The lines of the entry itself.
    std::vector<std::string> own_lines() const;
    // The comments and empty lines within the entry.
    std::vector<std::string> comments() const;
};

std::vector<Piece> split_pieces(std::string_view text);
std::string join_pieces(const std::vector<Piece>& pieces);

bool is_comment_or_empty(std::string_view line);
// The entry with each of its own lines commented out.
Piece commented_out(const Piece& entry);

}  // namespace postrider::postconf
