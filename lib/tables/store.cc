// lib/tables/store.cc - tables that programs keep what they learn in.
#include "lib/tables/store.h"

#include <fcntl.h>
#include <fmt/core.h>

#include <cerrno>
#include <map>

#include "lib/base/file.h"
#include "lib/tables/types/berkeley.h"
#include "lib/tables/types/redirect.h"

namespace postrider::tables {

namespace {

constexpr std::size_t cache_bytes = 128 * 1024;

// Keys and values of Postfix's files end in NUL, which is not part of them.
std::string stored(const std::string& text) {
    return text + '\0';
}
std::string plain(std::string text) {
    if (!text.empty() && text.back() == '\0') text.pop_back();
    return text;
}

// Not the kind of lock that readers of tables wait for: postmap(1) may list the file while it is in use.
bool lock_for_life(int fd) {
    struct flock all {};
    all.l_type = F_WRLCK;
    all.l_whence = SEEK_SET;
    return ::fcntl(fd, F_OFD_SETLK, &all) == 0;
}

// One process at a time: Berkeley DB keeps pages in the memory of each.
class BerkeleyStore : public Store {
  public:
    static Result<std::unique_ptr<Store>> open(BerkeleyKind kind, const std::string& path) {
        // What is lost is learned again; event loops must not wait.
        never_wait_for_disk();
        const auto open_file = [&path, kind] {
            return BerkeleyFile::open(path, kind, BerkeleyFile::Mode::change, true, cache_bytes);
        };
        auto made = std::make_unique<BerkeleyStore>();
        made->lock_.reset(::open(path.c_str(), O_RDWR | O_CLOEXEC));
        if (!made->lock_ && errno == ENOENT) {
            // A new file is locked once it is there.
            const Result<BerkeleyFile> created = open_file();
            if (!created) return Error{created.error()};
            made->lock_.reset(::open(path.c_str(), O_RDWR | O_CLOEXEC));
        }
        if (!made->lock_) return Error{fmt::format("open database {}: {}", path, errno_text())};
        // Before it is read: whoever had it may still write.
        if (!lock_for_life(made->lock_.get()))
            return Error{fmt::format("{} is in use by another process; share it as proxy:type:name", path)};
        Result<BerkeleyFile> file = open_file();
        if (!file) return Error{file.error()};
        made->file_.emplace(std::move(*file));
        return std::unique_ptr<Store>(std::move(made));
    }

    Task<LookupResult> find(std::string key) override {
        Result<std::optional<std::string>> found = file_->get(stored(key));
        if (!found) co_return LookupResult::retry(found.error());
        if (!*found) co_return LookupResult::miss();
        co_return LookupResult::hit(plain(std::move(**found)));
    }
    Task<Result<void>> update(std::string key, std::string value) override {
        const Result<bool> put = file_->put(stored(key), stored(value), true);
        if (!put) co_return Error{put.error()};
        co_return file_->sync();
    }
    Task<Result<bool>> remove(std::string key) override {
        const Result<bool> removed = file_->remove(stored(key));
        if (!removed || !*removed) co_return removed;
        if (const Result<void> kept = file_->sync(); !kept) co_return Error{kept.error()};
        co_return removed;
    }
    Task<Result<std::optional<Entry>>> step(Step step) override {
        std::string key, value;
        const Result<bool> more = step == Step::first ? file_->first(key, value) : file_->next(key, value);
        if (!more) co_return Error{more.error()};
        if (!*more) co_return std::optional<Entry>();
        co_return std::optional<Entry>(Entry(plain(std::move(key)), plain(std::move(value))));
    }

  private:
    Fd lock_;
    std::optional<BerkeleyFile> file_;
};

class MemoryStore : public Store {
  public:
    Task<LookupResult> find(std::string key) override {
        const auto at = entries_.find(key);
        if (at == entries_.end()) co_return LookupResult::miss();
        co_return LookupResult::hit(at->second);
    }
    Task<Result<void>> update(std::string key, std::string value) override {
        entries_[std::move(key)] = std::move(value);
        co_return Result<void>();
    }
    Task<Result<bool>> remove(std::string key) override { co_return entries_.erase(key) != 0; }
    Task<Result<std::optional<Entry>>> step(Step step) override {
        const auto at = step == Step::first ? entries_.begin() : entries_.upper_bound(current_);
        if (at == entries_.end()) co_return std::optional<Entry>();
        current_ = at->first;
        co_return std::optional<Entry>(*at);
    }

  private:
    std::map<std::string, std::string> entries_;
    std::string current_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_store(const std::string& type_and_name, const OpenContext& context) {
    const std::string name = with_default_type(type_and_name, context.settings);
    const std::size_t colon = name.find(':');
    const std::string argument = name.substr(colon + 1);
    const std::string type = redirected_type(name.substr(0, colon), context.settings, argument);
    if (type == "btree") return BerkeleyStore::open(BerkeleyKind::btree, argument + ".db");
    if (type == "hash") return BerkeleyStore::open(BerkeleyKind::hash, argument + ".db");
    if (type == "lmdb") return open_lmdb_store(argument + ".lmdb", context);
    if (type == "internal") return std::unique_ptr<Store>(std::make_unique<MemoryStore>());
    if (type == "memcache") return open_memcache_store(argument, context);
    if (type == "proxy") return open_proxy_store(argument, context);
    return Error{fmt::format("{} map requires O_RDONLY access mode", name)};
}

}  // namespace postrider::tables
