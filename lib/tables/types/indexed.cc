// lib/tables/types/indexed.cc - the table types hash, btree, lmdb and cdb: files made by postmap(1) or
// postalias(1).
//
// A file that was replaced is opened again: looked at once a second, and before "not found" is believed,
// because a file rewritten in place under an open handle answers "not found" for everything.  A shared lock
// is held during each lookup, as Postfix's in-place writers expect.
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>

#include <chrono>
#include <ctime>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/tables/open.h"
#include "lib/tables/types/key_reader.h"

namespace postrider::tables {

namespace {

using Clock = std::chrono::steady_clock;

// Which form of keys the file has; learned from the first that is found.
enum class Terminator { unknown, nul, none };

class SharedLock {
  public:
    SharedLock(int fd, std::optional<LockStyle> style) : fd_(fd), style_(style) {
        if (style_) lock_file(fd_, LockMode::shared, LockWait::yes, *style_);
    }
    ~SharedLock() {
        if (style_) unlock_file(fd_, *style_);
    }
    SharedLock(const SharedLock&) = delete;
    SharedLock& operator=(const SharedLock&) = delete;

  private:
    int fd_;
    std::optional<LockStyle> style_;
};

class IndexedTable : public DirectTable {
  public:
    IndexedTable(const std::string& name, const std::string& source, const KeyFileKind& kind,
                 const OpenContext& context)
        : DirectTable(name),
          settings_(context.settings),
          source_(source),
          path_(source + std::string(kind.suffix)),
          kind_(kind),
          fold_(context.fold),
          utf8_(context.utf8),
          file_values_(context.file_values),
          keeps_lock_(context.is_command),
          first_terminator_(!context.nul_keys   ? Terminator::unknown
                            : *context.nul_keys ? Terminator::nul
                                                : Terminator::none) {}

    // Opens the file as it is now; what was open stays so when that fails.
    Result<void> open() {
        Fd lock_file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
        if (!lock_file) return Error{fmt::format("open database {}: {}", path_, errno_text())};
        if (keeps_lock_ && kind_.lock)
            postrider::lock_file(lock_file.get(), LockMode::shared, LockWait::yes, *kind_.lock);
        const SharedLock lock(lock_file.get(), lock_for_each_use());
        const auto version = file_version(path_);
        Result<std::unique_ptr<KeyReader>> opened = kind_.open(path_, settings_);
        if (!opened) return Error{opened.error()};
        file_ = std::move(*opened);
        lock_ = std::move(lock_file);
        version_ = version;
        checked_ = Clock::now();
        terminator_ = first_terminator_;
        warn_if_old();
        return {};
    }

    LookupResult look_up(const std::string& key) override {
        const auto folded = fixed_key(key, fold_, utf8_);
        if (!folded || folded->empty()) return LookupResult::miss();
        if (Clock::now() - checked_ >= std::chrono::seconds(1)) reopen_if_changed();
        if (!file_) return unavailable();
        LookupResult answer = ask(*folded);
        if (answer.found == Found::yes) return answer;
        if (!reopen_if_changed()) return answer;
        return file_ ? ask(*folded) : unavailable();
    }

    std::optional<uid_t> owner() const override {
        struct stat found {};
        if (!lock_ || fstat(lock_.get(), &found) != 0) return std::nullopt;
        return found.st_uid;
    }

  private:
    LookupResult unavailable() const {
        return LookupResult::retry(fmt::format("{} is unavailable. {}", name(), reason_));
    }

    // False: what was open before is to answer.
    bool reopen_if_changed() {
        checked_ = Clock::now();
        if (file_ && file_version(path_) == version_) return false;
        const State state = file_ ? state_of_open_file() : State::gone;
        // The name leads nowhere from a jail, but the file we have is still the one that had it.
        if (state == State::same && !file_version(path_)) return false;
        const Result<void> opened = open();
        if (opened) {
            reason_.clear();
            return true;
        }
        if (file_) table_was_replaced(name());
        // Without the rights to open the new version the old one answers, until the process has been
        // replaced.
        if (state == State::replaced || state == State::same) return false;
        file_.reset();
        if (opened.error() != reason_) log::warning("{} is unavailable. {}", name(), opened.error());
        reason_ = opened.error();
        return true;
    }

    std::optional<LockStyle> lock_for_each_use() const { return keeps_lock_ ? std::nullopt : kind_.lock; }

    enum class State { same, replaced, rewritten, gone };
    // What became of the file that is open: a new one may have its name now, or it was rewritten in place.
    State state_of_open_file() const {
        struct stat found {};
        if (!lock_ || ::fstat(lock_.get(), &found) != 0) return State::gone;
        const std::int64_t modified = found.st_mtim.tv_sec * 1'000'000'000LL + found.st_mtim.tv_nsec;
        if (!version_ || modified != version_->modified_ns || found.st_size != version_->size)
            return State::rewritten;
        return found.st_nlink == 0 ? State::replaced : State::same;
    }

    LookupResult ask(const std::string& key) {
        const SharedLock lock(lock_.get(), lock_for_each_use());
        if (terminator_ != Terminator::none) {
            LookupResult answer = get(key + '\0', Terminator::nul);
            if (answer.found != Found::no) return answer;
        }
        if (terminator_ != Terminator::nul) return get(key, Terminator::none);
        return LookupResult::miss();
    }

    LookupResult get(const std::string& stored_key, Terminator form) {
        Result<std::optional<std::string>> found = file_->get(stored_key);
        if (!found) return LookupResult::retry(fmt::format("{} lookup error: {}", name(), found.error()));
        if (!*found) return LookupResult::miss();
        terminator_ = form;
        std::string value = std::move(**found);
        if (const std::size_t nul = value.find('\0'); nul != std::string::npos) value.resize(nul);
        return decoded(std::move(value));
    }

    LookupResult decoded(std::string value) const {
        if (!file_values_) return LookupResult::hit(std::move(value));
        auto content = base64_decode(value);
        if (!content) return LookupResult::retry(fmt::format("table {}: malformed BASE64 value", name()));
        return LookupResult::hit(std::move(*content));
    }

    void warn_if_old() const {
        const auto text = file_version(source_);
        constexpr std::int64_t second = 1'000'000'000;
        // A source changed just now is likely still being made into a database.
        const std::int64_t lately = (std::time(nullptr) - 100) * second;
        if (text && version_ && text->modified_ns / second > version_->modified_ns / second &&
            text->modified_ns < lately)
            log::warning("database {} is older than source file {}", path_, source_);
    }

    const Settings& settings_;
    std::string source_;
    std::string path_;
    const KeyFileKind& kind_;
    bool fold_;
    bool utf8_;
    bool file_values_;
    bool keeps_lock_;
    Terminator first_terminator_;
    Fd lock_;
    std::unique_ptr<KeyReader> file_;
    std::optional<FileVersion> version_;
    Clock::time_point checked_;
    std::string reason_;  // why there is no open file
    Terminator terminator_ = Terminator::unknown;
};

Result<TablePtr> open_indexed(const std::string& name, const std::string& argument, const KeyFileKind& kind,
                              const OpenContext& context) {
    auto table = std::make_shared<IndexedTable>(name, argument, kind, context);
    if (Result<void> opened = table->open(); !opened) return Error{opened.error()};
    return TablePtr(std::move(table));
}

}  // namespace

Result<TablePtr> open_hash(const std::string& name, const std::string& argument, const OpenContext& context) {
    return open_indexed(name, argument, hash_files, context);
}

Result<TablePtr> open_btree(const std::string& name, const std::string& argument,
                            const OpenContext& context) {
    return open_indexed(name, argument, btree_files, context);
}

Result<TablePtr> open_lmdb(const std::string& name, const std::string& argument, const OpenContext& context) {
    return open_indexed(name, argument, lmdb_files, context);
}

Result<TablePtr> open_cdb(const std::string& name, const std::string& argument, const OpenContext& context) {
    return open_indexed(name, argument, cdb_files, context);
}

}  // namespace postrider::tables
