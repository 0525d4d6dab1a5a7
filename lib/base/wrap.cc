// lib/base/wrap.cc - see wrap.h.
#include "lib/base/wrap.h"

#include "lib/base/text.h"

namespace postrider {

std::vector<std::string> wrap(std::string_view text, std::size_t width, std::size_t indent) {
    std::vector<std::string> lines;
    std::string margin;
    while (text.size() + margin.size() > width) {
        std::size_t end = text.find_last_of(" \t", width - margin.size());
        if (end == std::string_view::npos || end == 0) end = text.find_first_of(" \t", width - margin.size());
        if (end == std::string_view::npos) break;
        lines.push_back(margin + std::string(trim_right(text.substr(0, end))));
        text = trim_left(text.substr(end));
        margin.assign(indent, ' ');
    }
    lines.push_back(margin + std::string(trim_right(text)));
    return lines;
}

}  // namespace postrider
