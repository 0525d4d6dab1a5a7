// lib/delivery/maildir_quota.cc - how much a Maildir may hold, kept account of as Maildir++ does.
#include "lib/delivery/maildir_quota.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <ctime>
#include <memory>

#include "lib/base/fd.h"
#include "lib/base/file.h"

namespace postrider::delivery {

namespace {

// The extension's own numbers: a longer file is counted anew, and so is one that denies room and is older.
constexpr std::size_t file_size_limit = 5120;
constexpr std::int64_t believed_seconds = 15 * 60;
constexpr const char* file_name = "maildirsize";
constexpr const char* folder_mark = "maildirfolder";

constexpr int directory_flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

Fd open_directory(int at, const std::string& name) {
    return Fd(::openat(at, name.c_str(), directory_flags));
}

// The account of a Maildir, when it is a plain file of the user's own; its status in `found`.
Fd open_account(int root, int flags, struct stat& found) {
    Fd file(::openat(root, file_name, flags | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (!file || ::fstat(file.get(), &found) != 0) return Fd();
    const bool own = S_ISREG(found.st_mode) && found.st_uid == ::geteuid() && found.st_nlink == 1;
    if (!own || found.st_size >= static_cast<off_t>(file_size_limit)) return Fd();
    return file;
}

// The names in an open directory, one at a time.
class Entries {
  public:
    explicit Entries(Fd directory) : stream_(::fdopendir(directory.get())) {
        if (stream_) directory.release();
    }
    const char* next() {
        const dirent* entry = stream_ ? ::readdir(stream_.get()) : nullptr;
        return entry != nullptr ? static_cast<const char*>(entry->d_name) : nullptr;
    }

  private:
    struct Closer {
        void operator()(DIR* stream) const { ::closedir(stream); }
    };
    std::unique_ptr<DIR, Closer> stream_;
};

std::int64_t modified_ns(const struct stat& found) {
    return static_cast<std::int64_t>(found.st_mtim.tv_sec) * 1'000'000'000 + found.st_mtim.tv_nsec;
}

// Visits new/ and cur/ of a Maildir and of its folders.
template <class Visit>
void visit_message_directories(int root, const QuotaOptions& options, Visit visit) {
    const auto visit_maildir = [&visit](int maildir) {
        for (const char* name : {"new", "cur"}) {
            Fd directory = open_directory(maildir, name);
            if (directory) visit(std::move(directory));
        }
    };
    visit_maildir(root);
    if (options.inbox_only) return;
    Entries entries(open_directory(root, "."));
    while (const char* name = entries.next()) {
        const std::string_view folder = name;
        if (!folder.starts_with('.') || folder == "." || folder == ".." || folder == options.uncounted)
            continue;
        const Fd maildir = open_directory(root, name);
        if (maildir) visit_maildir(maildir.get());
    }
}

// When a message last came or went.
std::int64_t last_change(int root, const QuotaOptions& options) {
    std::int64_t latest = 0;
    visit_message_directories(root, options, [&latest](const Fd& directory) {
        struct stat found {};
        if (::fstat(directory.get(), &found) == 0) latest = std::max(latest, modified_ns(found));
    });
    return latest;
}

void count_directory(Fd directory, QuotaUsage& usage) {
    const int at = directory.get();
    Entries entries(std::move(directory));
    while (const char* name = entries.next()) {
        if (name[0] == '.') continue;
        std::optional<std::int64_t> size = size_in_name(name);
        struct stat found {};
        if (!size) {
            // Moved or removed meanwhile: not there.
            if (::fstatat(at, name, &found, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(found.st_mode)) continue;
            size = found.st_size;
        }
        if (!usage.add(*size, 1)) return;
    }
}

// Puts a new account in the place of the old one, whatever that is; false when it could not.
bool write_account(int root, const QuotaLimit& limit, const QuotaUsage& usage) {
    static std::atomic<unsigned> made{0};
    const std::string name =
        fmt::format("tmp/{}.P{}Q{}.{}", std::time(nullptr), ::getpid(), ++made, file_name);
    const Fd file(::openat(root, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file) return false;
    const std::string text = fmt::format("{}\n{} {}\n", quota_limit_text(limit), usage.bytes, usage.messages);
    const bool done = write_all(file.get(), text.data(), text.size()) &&
                      ::renameat(root, name.c_str(), root, file_name) == 0;
    if (!done) ::unlinkat(root, name.c_str(), 0);
    return done;
}

}  // namespace

MaildirQuota::MaildirQuota(std::string maildir, QuotaOptions options)
    : maildir_(std::move(maildir)), root_(maildir_), options_(std::move(options)) {}

// A folder's account is that of the Maildir it is in.  A folder that we are the first to use gets the mark
// that tells other programs so.
bool MaildirQuota::find_root() {
    const std::string bare = maildir_.substr(0, maildir_.find_last_not_of('/') + 1);
    const std::string name = base_name(bare);
    const std::string above = directory_name(bare) + "/";
    const auto mark = lstat_file(maildir_ + folder_mark);
    const bool marked = mark && S_ISREG(mark->st_mode);
    const auto parent = lstat_file(above + "cur");
    const bool below_maildir = name.starts_with('.') && parent && S_ISDIR(parent->st_mode);
    if (!marked && !below_maildir) return true;
    if (!mark && options_.use_file) {
        const std::string path = maildir_ + folder_mark;
        const Fd made(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    }
    root_ = above;
    return !options_.inbox_only && name != options_.uncounted;
}

bool MaildirQuota::admits(std::int64_t size) {
    exempt_ = !find_root();
    if (exempt_) return true;
    const Fd root = open_directory(AT_FDCWD, root_);
    // Who cannot open his own Maildir gets no further than this; the delivery says why.
    if (!root) return true;
    QuotaLimit limit = options_.limit;
    if (!options_.use_file || options_.inbox_only)
        return limit.none() || count_anew(limit).leaves_room(size, limit);
    std::optional<QuotaAccount> account;
    struct stat found {};
    if (const Fd file = open_account(root.get(), O_RDONLY, found)) {
        char text[file_size_limit];
        const ssize_t length = ::read(file.get(), text, sizeof text);
        if (length > 0) account = parse_quota_account({text, static_cast<std::size_t>(length)});
    }
    if (limit.none() && account) limit = account->limit;
    if (limit.none()) return true;
    if (!account || account->limit != limit) return count_anew(limit).leaves_room(size, limit);
    if (account->usage.leaves_room(size, limit)) return true;
    // A file just made may be from the next second: file systems' clocks are finer than time().
    const std::int64_t age = std::abs(std::time(nullptr) - found.st_mtime);
    if (account->lines <= 1 && age < believed_seconds) return false;
    return count_anew(limit).leaves_room(size, limit);
}

QuotaUsage MaildirQuota::count_anew(const QuotaLimit& limit) const {
    QuotaUsage usage;
    const Fd root = open_directory(AT_FDCWD, root_);
    if (!root) return usage;
    const std::int64_t before = last_change(root.get(), options_);
    visit_message_directories(root.get(), options_,
                              [&usage](Fd directory) { count_directory(std::move(directory), usage); });
    if (!options_.use_file || options_.inbox_only) return usage;
    // A message that came or went while we counted may be in the sum or not: the next one counts again.
    if (write_account(root.get(), limit, usage) && last_change(root.get(), options_) != before)
        ::unlinkat(root.get(), file_name, 0);
    return usage;
}

void MaildirQuota::add(std::int64_t size) const {
    if (!options_.use_file || exempt_) return;
    const Fd root = open_directory(AT_FDCWD, root_);
    struct stat found {};
    const Fd file = root ? open_account(root.get(), O_WRONLY | O_APPEND, found) : Fd();
    if (!file) return;
    const std::string line = fmt::format("{} 1\n", size);
    const ssize_t written = ::write(file.get(), line.data(), line.size());
    if (written != static_cast<ssize_t>(line.size())) ::unlinkat(root.get(), file_name, 0);
}

StepResult MaildirQuota::refusal() const {
    return StepResult::problem(options_.status, "maildir delivery failed: " + options_.text);
}

}  // namespace postrider::delivery
