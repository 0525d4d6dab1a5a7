// lib/base/file.h - files read and written whole, and the directories they live in.
#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/fd.h"
#include "lib/base/result.h"

namespace postrider {

// "No such file or directory": the text of errno.
std::string errno_text();
std::string errno_text(int number);

// The whole content; the error is "open PATH: reason" or "read PATH: reason".
Result<std::string> read_file(const std::string& path);
// Replaces `path` by a new file with this content: temporary file beside it, fsync, rename.  Owner and mode
// of an existing file are kept; a new one gets `mode`.
Result<void> replace_file(const std::string& path, std::string_view content, mode_t mode = 0644);
// Makes the directory unless it is there; the error names the path.
Result<void> make_directory(const std::string& path, mode_t mode);
std::optional<struct stat> stat_file(const std::string& path);  // follows links
std::optional<struct stat> lstat_file(const std::string& path);
// Entries without "." and "..", in no particular order; the error names the path.
Result<std::vector<std::string>> list_directory(const std::string& path);
std::string base_name(std::string_view path);
// The directory part, "." when there is none.
std::string directory_name(std::string_view path);

// Identity and time of a file, to notice that it was replaced.
struct FileVersion {
    dev_t device = 0;
    ino_t inode = 0;
    std::int64_t modified_ns = 0;
    off_t size = 0;
    bool operator==(const FileVersion&) const = default;
};
std::optional<FileVersion> file_version(const std::string& path);
// Of an open file; nothing when it has no name any more.
std::optional<FileVersion> file_version(int fd);

// How a lock is taken: flock(2) is Postfix's "internal" lock on Linux, fcntl(2) the mailbox default.
enum class LockStyle { flock, fcntl };
enum class LockMode { shared, exclusive };
enum class LockWait { yes, no };
// Locks the open file; with LockWait::no false and EAGAIN when somebody else holds it.
bool lock_file(int fd, LockMode mode, LockWait wait, LockStyle style = LockStyle::flock);
bool unlock_file(int fd, LockStyle style = LockStyle::flock);

}  // namespace postrider
