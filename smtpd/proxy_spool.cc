// smtpd/proxy_spool.cc - content that waits for a filter.
#include "smtpd/proxy_spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "lib/base/file.h"
#include "lib/base/text.h"

namespace postrider::smtpd {

namespace {

constexpr std::size_t kept_in_memory = 64 * 1024;

Fd open_unnamed(const std::string& directory) {
    Fd file(::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (file) return file;
    // Not every file system can do that.
    std::string name = directory + "/proxy-XXXXXX";
    file = Fd(::mkostemp(name.data(), O_CLOEXEC));
    if (file) ::unlink(name.c_str());
    return file;
}

}  // namespace

void ProxySpool::write(std::string_view bytes) {
    if (!problem_.empty()) return;
    tail_ += bytes;
    if (tail_.size() >= kept_in_memory) spill();
}

void ProxySpool::spill() {
    if (!file_) file_ = open_unnamed(directory_);
    if (!file_ || !write_all(file_.get(), tail_.data(), tail_.size())) {
        problem_ = errno_text();
        return;
    }
    in_file_ += static_cast<std::int64_t>(tail_.size());
    tail_.clear();
}

Result<std::string> ProxySpool::read() {
    if (!problem_.empty()) return Error{problem_};
    if (read_ < in_file_) {
        std::string bytes(kept_in_memory, '\0');
        const auto wanted = std::min<std::int64_t>(in_file_ - read_, static_cast<std::int64_t>(bytes.size()));
        const ssize_t got = ::pread(file_.get(), bytes.data(), static_cast<std::size_t>(wanted), read_);
        if (got <= 0) return Error{got < 0 ? errno_text() : "file is too short"};
        bytes.resize(static_cast<std::size_t>(got));
        read_ += got;
        return bytes;
    }
    if (tail_was_read_) return std::string();
    tail_was_read_ = true;
    return std::exchange(tail_, std::string());
}

}  // namespace postrider::smtpd
