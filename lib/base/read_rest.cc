// lib/base/read_rest.cc - an open file, read to its end.
#include "lib/base/read_rest.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>

#include "lib/base/file.h"

namespace postrider {

Result<std::string> read_rest(int fd, std::string_view name) {
    std::string content;
    char chunk[16384];
    for (;;) {
        const ssize_t n = ::read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return Error{fmt::format("read {}: {}", name, errno_text())};
        if (n == 0) return content;
        content.append(chunk, static_cast<std::size_t>(n));
    }
}

}  // namespace postrider
