// lib/base/accounts.cc - what the C library does not tell of the system's users and groups.
#include "lib/base/accounts.h"

#include <fcntl.h>

#include <cerrno>

#include "lib/base/fd.h"

namespace postrider {

bool accounts_are_readable() {
    const Fd file(::open("/etc/passwd", O_RDONLY | O_CLOEXEC));
    // A jail may have none.
    return file || errno == ENOENT || errno == EACCES;
}

}  // namespace postrider
