// lib/tables/types/lmdb.cc - LMDB files: one file, no lock file.
//
// As in Postfix's files, keys and values end in NUL.  Writers that change a file in place are held off with
// the fcntl(2) lock they use.
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>

#include "lib/tables/files/replacement.h"
#include "lib/tables/files/table_file.h"
#include "lib/tables/types/key_reader.h"
#include "lib/tables/types/lmdb_environment.h"

namespace postrider::tables {

namespace {

// Address space is not memory: a table being made may grow to this without ado.
constexpr std::size_t roomy_map = std::size_t{1} << 34;

Error failure(const std::string& path, int code) {
    return Error{fmt::format("open database {}: {}", path, mdb_strerror(code))};
}

// Ends without a trace unless committed.
class Transaction {
  public:
    Transaction() = default;
    ~Transaction() { abort(); }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    int begin(MDB_env* env, unsigned flags) {
        int code = mdb_txn_begin(env, nullptr, flags, &transaction_);
        if (code == 0) code = mdb_dbi_open(transaction_, nullptr, 0, &database_);
        return code;
    }
    int commit() { return mdb_txn_commit(std::exchange(transaction_, nullptr)); }
    void abort() {
        if (transaction_ != nullptr) mdb_txn_abort(std::exchange(transaction_, nullptr));
    }
    MDB_txn* get() const { return transaction_; }
    MDB_dbi database() const { return database_; }

  private:
    MDB_txn* transaction_ = nullptr;
    MDB_dbi database_ = 0;
};

class LmdbReader : public KeyReader {
  public:
    int open(const std::string& path) { return environment_.open(path, MDB_RDONLY, 0); }
    Result<std::optional<std::string>> get(const std::string& key) override {
        // The library has a limit of its own; a longer key is in no file.
        if (key.size() > static_cast<std::size_t>(mdb_env_get_maxkeysize(environment_.get())))
            return std::optional<std::string>();
        const int begun = transaction_.get() == nullptr ? transaction_.begin(environment_.get(), MDB_RDONLY)
                                                        : mdb_txn_renew(transaction_.get());
        if (begun != 0) return Error{mdb_strerror(begun)};
        // Between two lookups it is idle and keeps no version of the table from being forgotten.
        const Idle idle(transaction_.get());
        MDB_val wanted = as_value(key);
        MDB_val found{};
        const int code = unless_broken(
            [&] { return mdb_get(transaction_.get(), transaction_.database(), &wanted, &found); });
        if (code == MDB_NOTFOUND) return std::optional<std::string>();
        if (code != 0) return Error{mdb_strerror(code)};
        return std::optional<std::string>(as_text(found));
    }

  private:
    struct Idle {
        explicit Idle(MDB_txn* used) : transaction(used) {}
        ~Idle() { mdb_txn_reset(transaction); }
        Idle(const Idle&) = delete;
        Idle& operator=(const Idle&) = delete;
        MDB_txn* transaction;
    };
    LmdbEnvironment environment_;
    Transaction transaction_;
};

Result<std::unique_ptr<KeyReader>> open_reader(const std::string& path, const Settings&) {
    auto reader = std::make_unique<LmdbReader>();
    if (const int code = reader->open(path); code != 0) return failure(path, code);
    return std::unique_ptr<KeyReader>(std::move(reader));
}

class LmdbTableFile : public TableFile {
  public:
    LmdbTableFile(std::string path, const TableFileOptions& options)
        : path_(std::move(path)), nul_(options.keys_end_in_nul), map_bytes_(options.map_bytes) {}

    Result<void> open(Purpose purpose, mode_t mode) {
        writes_ = purpose != Purpose::list;
        std::string where = path_;
        if (writes_) {
            Result<Replacement> begun = Replacement::begin(path_, purpose == Purpose::change, mode);
            if (!begun) return Error{begun.error()};
            replacement_ = std::move(*begun);
            where = replacement_.path();
        }
        environment_ = std::make_unique<LmdbEnvironment>();
        int code = environment_->open(where, writes_ ? MDB_NOSYNC : MDB_RDONLY,
                                      writes_ ? std::max(map_bytes_, roomy_map) : 0);
        if (code == 0) code = transaction_.begin(environment_->get(), writes_ ? 0 : MDB_RDONLY);
        if (code != 0) return failure(path_, code);
        return {};
    }

    Result<void> put_all(std::vector<FileEntry>& entries) override {
        std::sort(entries.begin(), entries.end(),
                  [](const FileEntry& a, const FileEntry& b) { return a.key < b.key; });
        const std::size_t nul = nul_.value_or(true) ? 1 : 0;
        std::string key, value;
        for (const FileEntry& entry : entries) {
            key.assign(entry.key).append(nul, '\0');
            value.assign(entry.value).append(nul, '\0');
            MDB_val where = as_value(key);
            MDB_val what = as_value(value);
            const int code = mdb_put(transaction_.get(), transaction_.database(), &where, &what, MDB_APPEND);
            if (code != 0) return Error{mdb_strerror(code)};
        }
        return {};
    }
    Result<bool> put(const std::string& key, const std::string& value, bool replace) override {
        if (!nul_.value_or(true)) return put_bytes(key, value, replace);
        return put_bytes(key + '\0', value + '\0', replace);
    }
    Result<bool> put_bare(const std::string& key, const std::string& value) override {
        return put_bytes(key, value, true);
    }
    Result<bool> remove(const std::string& key) override {
        if (nul_.value_or(true)) {
            Result<bool> removed = remove_bytes(key + '\0');
            if (!removed || *removed) return removed;
        }
        if (!nul_.value_or(false)) return remove_bytes(key);
        return false;
    }
    Result<void> for_each(std::function<void(const std::string&, const std::string&)> visit) override {
        MDB_cursor* cursor = nullptr;
        int code = mdb_cursor_open(transaction_.get(), transaction_.database(), &cursor);
        if (code != 0) return Error{mdb_strerror(code)};
        MDB_val key{};
        MDB_val value{};
        const auto next = [&] { return mdb_cursor_get(cursor, &key, &value, MDB_NEXT); };
        while ((code = unless_broken(next)) == 0)
            visit(without_nul(as_text(key)), without_nul(as_text(value)));
        mdb_cursor_close(cursor);
        if (code != MDB_NOTFOUND) return Error{mdb_strerror(code)};
        return {};
    }
    Result<void> commit() override {
        int code = unless_broken([this] { return transaction_.commit(); });
        if (code == 0) code = mdb_env_sync(environment_->get(), 1);
        if (code != 0) return Error{fmt::format("write database {}: {}", path_, mdb_strerror(code))};
        environment_.reset();
        return replacement_.commit();
    }
    const std::string& path() const override { return path_; }

  private:
    Result<bool> put_bytes(const std::string& key, const std::string& value, bool replace) {
        MDB_val where = as_value(key);
        MDB_val what = as_value(value);
        const int code = unless_broken([&] {
            return mdb_put(transaction_.get(), transaction_.database(), &where, &what,
                           replace ? 0 : MDB_NOOVERWRITE);
        });
        if (code == MDB_KEYEXIST) return false;
        if (code != 0) return Error{mdb_strerror(code)};
        return true;
    }
    Result<bool> remove_bytes(const std::string& key) {
        if (key.empty()) return false;  // LMDB has no such keys
        MDB_val where = as_value(key);
        const int code = unless_broken(
            [&] { return mdb_del(transaction_.get(), transaction_.database(), &where, nullptr); });
        if (code == MDB_NOTFOUND) return false;
        if (code != 0) return Error{mdb_strerror(code)};
        return true;
    }

    std::string path_;
    std::optional<bool> nul_;
    std::size_t map_bytes_;
    bool writes_ = false;
    Replacement replacement_;
    std::unique_ptr<LmdbEnvironment> environment_;
    Transaction transaction_;
};

}  // namespace

const KeyFileKind lmdb_files = {".lmdb", LockStyle::fcntl, open_reader};

Result<std::unique_ptr<TableFile>> open_lmdb_file(const std::string& name, Purpose purpose,
                                                  const TableFileOptions& options) {
    auto file = std::make_unique<LmdbTableFile>(name + ".lmdb", options);
    if (Result<void> opened = file->open(purpose, options.mode); !opened) return Error{opened.error()};
    return std::unique_ptr<TableFile>(std::move(file));
}

}  // namespace postrider::tables
