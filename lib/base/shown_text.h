// lib/base/shown_text.h - which characters log lines may have.
#pragma once

namespace postrider::log {

// From now on nothing but ASCII, for processes that have nothing to do with UTF-8 in mail.
void show_ascii_only(bool only);

}  // namespace postrider::log
