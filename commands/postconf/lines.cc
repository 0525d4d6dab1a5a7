// commands/postconf/lines.cc - a configuration file as pieces: entries, and what stands between them.
#include "commands/postconf/lines.h"

#include "lib/base/text.h"

namespace postrider::postconf {

bool is_comment_or_empty(std::string_view line) {
    const std::string_view content = trim_left(line);
    return content.empty() || content.front() == '#';
}

std::vector<std::string> Piece::own_lines() const {
    std::vector<std::string> found;
    for (const std::string& line : lines)
        if (!is_comment_or_empty(line)) found.push_back(line);
    return found;
}

std::vector<std::string> Piece::comments() const {
    std::vector<std::string> found;
    for (const std::string& line : lines)
        if (is_comment_or_empty(line)) found.push_back(line);
    return found;
}

std::vector<Piece> split_pieces(std::string_view text) {
    std::vector<Piece> pieces;
    std::vector<std::string> between;  // comments that belong to the entry only if it goes on behind them
    bool seen_entry = false;
    const auto flush = [&] {
        if (!between.empty()) pieces.push_back({.lines = std::move(between), .is_entry = false});
        between.clear();
    };
    if (text.empty()) return pieces;
    if (text.ends_with('\n')) text.remove_suffix(1);
    for (const std::string_view line : split(text, '\n')) {
        const bool is_stray = !line.empty() && is_space(line.front()) && !seen_entry;
        if (is_comment_or_empty(line) || is_stray) {
            between.emplace_back(line);
        } else if (is_space(line.front()) && !pieces.empty() && pieces.back().is_entry) {
            auto& lines = pieces.back().lines;
            lines.insert(lines.end(), between.begin(), between.end());
            between.clear();
            lines.emplace_back(line);
        } else {
            flush();
            pieces.push_back({.lines = {std::string(line)}, .is_entry = true});
            seen_entry = true;
        }
    }
    flush();
    return pieces;
}

std::string join_pieces(const std::vector<Piece>& pieces) {
    std::string text;
    for (const Piece& piece : pieces)
        for (const std::string& line : piece.lines) text += line + "\n";
    return text;
}

Piece commented_out(const Piece& entry) {
    Piece result;
    for (const std::string& line : entry.lines)
        result.lines.push_back(is_comment_or_empty(line) ? line : "#" + line);
    return result;
}

}  // namespace postrider::postconf
