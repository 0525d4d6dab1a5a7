// lib/base/shown_text.h - how text from outside is shown in logs and replies.
#pragma once

namespace postrider {

// From now on printable() takes nothing but ASCII; for processes that have nothing to do with UTF-8 in mail.
void show_ascii_only(bool only);

}  // namespace postrider
