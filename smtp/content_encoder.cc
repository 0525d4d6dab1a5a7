// smtp/content_encoder.cc - lines of content as SMTP carries them.
#include "smtp/content_encoder.h"

#include <algorithm>

namespace postrider::smtp {

void ContentEncoder::add(std::string& out, std::string_view text, bool line_ends) {
    // A server that drops NULs (RFC 5321 4.1.1.4 forbids them) must not find a dot alone at the start of a
    // line.
    std::string without_nuls;
    if (at_start_ && !text.empty() && text.front() == '\0') {
        const std::size_t nuls = std::min(text.find_first_not_of('\0'), text.size());
        without_nuls = std::string(nuls, ' ') + std::string(text.substr(nuls));
        text = without_nuls;
    }
    if (at_start_ && !text.empty() && text.front() == '.') out += '.';
    if (!text.empty()) at_start_ = false;
    while (limit_ > 0 && column_ + text.size() > limit_) {
        folded_ = true;
        const std::size_t fits = limit_ - column_;
        out += text.substr(0, fits);
        out += "\r\n ";
        text.remove_prefix(fits);
        column_ = 1;
    }
    out += text;
    column_ += text.size();
    if (!line_ends) return;
    out += "\r\n";
    column_ = 0;
    at_start_ = true;
}

void ContentEncoder::finish(std::string& out) {
    if (!at_start_ || column_ > 0) add(out, "", true);
}

}  // namespace postrider::smtp
