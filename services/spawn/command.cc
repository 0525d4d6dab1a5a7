// services/spawn/command.cc - the command of a spawn(8) service.
#include "services/spawn/command.h"

namespace postrider::spawn {

Result<CommandLine> parse_command_line(const std::vector<std::string>& words) {
    CommandLine line;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word.starts_with("user=")) {
            const std::size_t colon = word.find(':');
            line.user = word.substr(5, colon == std::string::npos ? colon : colon - 5);
            if (colon != std::string::npos) line.group = word.substr(colon + 1);
        } else if (word.starts_with("argv=")) {
            line.arguments.assign(words.begin() + static_cast<long>(i), words.end());
            line.arguments.front().erase(0, 5);
            break;
        } else {
            return Error{"unknown attribute name: " + word};
        }
    }
    if (line.user.empty()) return Error{"missing user= command-line attribute"};
    if (line.arguments.empty() || line.arguments.front().empty())
        return Error{"missing argv= command-line attribute"};
    return line;
}

}  // namespace postrider::spawn
