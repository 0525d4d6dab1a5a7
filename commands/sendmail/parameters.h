// commands/sendmail/parameters.h - main.cf parameters only sendmail(1) obeys.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::sendmail {

inline const Parameter<std::string> sendmail_fix_line_endings{{
    .name = "sendmail_fix_line_endings",
    .default_text = "always",
    .least = 1,
    .summary = "whether CRLF line ends are converted: always, strict (when the first line has one) or never",
}};

}  // namespace postrider::sendmail
