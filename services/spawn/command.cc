// services/spawn/command.cc - the command of a spawn(8) service.
#include "services/spawn/command.h"

#include "lib/base/text.h"

namespace postrider::spawn {

Result<CommandLine> parse_command_line(const std::vector<std::string>& words) {
    CommandLine line;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (starts_with_ignoring_case(word, "user=")) {
            const std::size_t colon = word.find(':');
            line.user = word.substr(5, colon == std::string::npos ? colon : colon - 5);
            if (colon != std::string::npos) line.group = word.substr(colon + 1);
        } else if (starts_with_ignoring_case(word, "argv=")) {
            line.arguments.assign(words.begin() + static_cast<long>(i), words.end());
            line.arguments.front().erase(0, 5);
            break;
        } else {
            return Error{"unknown attribute name: " + word};
        }
    }
    if (line.user.empty()) return Error{"missing user= attribute"};
    if (line.arguments.empty()) return Error{"missing argv= attribute"};
    return line;
}

}  // namespace postrider::spawn
