// lib/tables/types/lmdb_store.cc - an LMDB file that programs change in place: lmdb: as a Store.
//
// As in Postfix's files, keys and values end in NUL, and an fcntl(2) lock is held for each transaction, since
// there is no lock file.
#include <fcntl.h>
#include <fmt/core.h>

#include "lib/base/file.h"
#include "lib/tables/parameters.h"
#include "lib/tables/store.h"
#include "lib/tables/types/lmdb_environment.h"

namespace postrider::tables {

namespace {

class LmdbStore : public Store {
  public:
    Result<void> open(const std::string& path, std::size_t map_size) {
        path_ = path;
        map_size_ = map_size;
        lock_.reset(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
        if (!lock_) return Error{fmt::format("open database {}: {}", path, errno_text())};
        if (const int code = environment_.open(path, MDB_NOSYNC, map_size); code != 0)
            return Error{fmt::format("open database {}: {}", path, mdb_strerror(code))};
        return {};
    }

    Task<LookupResult> find(std::string key) override {
        std::optional<std::string> value;
        const std::string name = key + '\0';
        const int code = transact(LockMode::shared, [&](MDB_txn* transaction, MDB_dbi database) {
            MDB_val wanted = as_value(name), found{};
            const int got = mdb_get(transaction, database, &wanted, &found);
            if (got == 0) value = without_nul(as_text(found));
            return got == MDB_NOTFOUND ? 0 : got;
        });
        if (code != 0) co_return LookupResult::retry(reason(code));
        if (!value) co_return LookupResult::miss();
        co_return LookupResult::hit(std::move(*value));
    }
    Task<Result<void>> update(std::string key, std::string value) override {
        const std::string name = key + '\0', content = value + '\0';
        const int code = transact(LockMode::exclusive, [&](MDB_txn* transaction, MDB_dbi database) {
            MDB_val one = as_value(name), two = as_value(content);
            return mdb_put(transaction, database, &one, &two, 0);
        });
        if (code != 0) co_return Error{reason(code)};
        co_return Result<void>();
    }
    Task<Result<bool>> remove(std::string key) override {
        const std::string name = key + '\0';
        bool was_there = true;
        const int code = transact(LockMode::exclusive, [&](MDB_txn* transaction, MDB_dbi database) {
            MDB_val one = as_value(name);
            const int removed = mdb_del(transaction, database, &one, nullptr);
            was_there = removed != MDB_NOTFOUND;
            return was_there ? removed : 0;
        });
        if (code != 0) co_return Error{reason(code)};
        co_return was_there;
    }
    // The key is remembered, not a cursor: no transaction stays open between two steps.
    Task<Result<std::optional<Entry>>> step(Step step) override {
        std::optional<Entry> entry;
        const int code = transact(LockMode::shared, [&](MDB_txn* transaction, MDB_dbi database) {
            return read_step(transaction, database, step, entry);
        });
        if (code != 0) co_return Error{reason(code)};
        if (entry) current_ = entry->first;
        co_return std::move(entry);
    }

  private:
    int read_step(MDB_txn* transaction, MDB_dbi database, Step step, std::optional<Entry>& entry) const {
        MDB_cursor* cursor = nullptr;
        int code = mdb_cursor_open(transaction, database, &cursor);
        if (code != 0) return code;
        const std::string last = current_ + '\0';
        MDB_val key = as_value(last), value{};
        code = mdb_cursor_get(cursor, &key, &value, step == Step::first ? MDB_FIRST : MDB_SET_RANGE);
        if (code == 0 && step == Step::next && without_nul(as_text(key)) == current_)
            code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
        if (code == 0) entry.emplace(without_nul(as_text(key)), without_nul(as_text(value)));
        mdb_cursor_close(cursor);
        return code == MDB_NOTFOUND ? 0 : code;
    }

    std::string reason(int code) const { return fmt::format("database {}: {}", path_, mdb_strerror(code)); }

    // Runs `work` in a transaction, again with twice the room when the file was full.
    template <class Work>
    int transact(LockMode mode, Work work) {
        lock_file(lock_.get(), mode, LockWait::yes, LockStyle::fcntl);
        int code = 0;
        for (int attempt = 0; attempt < 8; ++attempt) {
            code = transact_once(mode, work);
            if (code != MDB_MAP_FULL && code != MDB_MAP_RESIZED) break;
            if (code == MDB_MAP_FULL) map_size_ *= 2;
            mdb_env_set_mapsize(environment_.get(), code == MDB_MAP_FULL ? map_size_ : 0);
        }
        unlock_file(lock_.get(), LockStyle::fcntl);
        return code;
    }
    template <class Work>
    int transact_once(LockMode mode, Work& work) {
        MDB_txn* transaction = nullptr;
        int code = mdb_txn_begin(environment_.get(), nullptr, mode == LockMode::shared ? MDB_RDONLY : 0,
                                 &transaction);
        if (code != 0) return code;
        MDB_dbi database = 0;
        code = mdb_dbi_open(transaction, nullptr, 0, &database);
        if (code == 0) code = unless_broken([&] { return work(transaction, database); });
        if (code != 0) {
            mdb_txn_abort(transaction);
            return code;
        }
        return unless_broken([transaction] { return mdb_txn_commit(transaction); });
    }

    std::string path_;
    Fd lock_;
    LmdbEnvironment environment_;
    std::size_t map_size_ = 0;
    std::string current_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_lmdb_store(const std::string& path, const OpenContext& context) {
    auto store = std::make_unique<LmdbStore>();
    const auto size = static_cast<std::size_t>(context.settings[lmdb_map_size]);
    if (Result<void> opened = store->open(path, size); !opened) return Error{opened.error()};
    return std::unique_ptr<Store>(std::move(store));
}

}  // namespace postrider::tables
