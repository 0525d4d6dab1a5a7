// postdrop/sender_check.h - whether a user may send under an address (local_login_sender_maps).
#pragma once

#include <string>
#include <string_view>

#include "lib/config/settings.h"

namespace postrider::postdrop {

// Why the user may not send so, as he is told; try_again: because a table could not be asked.
struct SenderVerdict {
    enum { allowed, refused, try_again } outcome = allowed;
    std::string reason;
};

// `sender` in internal form; `login` as the system knows the user.
SenderVerdict check_sender(const std::string& login, const std::string& sender, const Settings& settings);

// One pattern of a table's result: `*`, `user`, `user@domain`, `@domain`, or `empty_key` for the null sender.
// The extension of the sender does not count; neither is given a domain that it lacks.
bool sender_matches(std::string_view sender, std::string_view pattern, std::string_view empty_key,
                    std::string_view delimiters);

}  // namespace postrider::postdrop
