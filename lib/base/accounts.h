// lib/base/accounts.h - what the C library does not tell of the system's users and groups.
#pragma once

namespace postrider {

// To be asked when a user or group was not found, right away.  With no descriptor or memory left the C
// library says so of everybody when another source of accounts comes after the files (nsswitch.conf: "files
// systemd"); false then, with errno.
bool accounts_are_readable();

}  // namespace postrider
