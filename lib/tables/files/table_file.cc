// lib/tables/files/table_file.cc - making, changing and listing the files of indexed tables.
#include "lib/tables/files/table_file.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>

#include "lib/tables/files/replacement.h"
#include "lib/tables/types/berkeley.h"
#include "lib/tables/types/key_reader.h"

namespace postrider::tables {

namespace {

std::string without_nul(std::string text) {
    if (!text.empty() && text.back() == '\0') text.pop_back();
    return text;
}

class BerkeleyTableFile : public TableFile {
  public:
    static Result<std::unique_ptr<TableFile>> open(BerkeleyKind kind, const std::string& name,
                                                   Purpose purpose, const TableFileOptions& options) {
        auto made = std::make_unique<BerkeleyTableFile>();
        made->path_ = name + ".db";
        made->nul_ = options.keys_end_in_nul;
        std::string where = made->path_;
        if (purpose != Purpose::list) {
            Result<Replacement> replacement =
                Replacement::begin(made->path_, purpose == Purpose::change, options.mode);
            if (!replacement) return Error{replacement.error()};
            made->replacement_ = std::move(*replacement);
            where = made->replacement_.path();
        }
        made->kind_ = kind;
        made->cache_bytes_ = options.cache_bytes;
        made->where_ = where;
        const auto mode = purpose == Purpose::list ? BerkeleyFile::Mode::read : BerkeleyFile::Mode::change;
        Result<BerkeleyFile> file =
            BerkeleyFile::open(where, kind, mode, purpose != Purpose::list, options.cache_bytes);
        if (!file) return Error{file.error()};
        made->file_.emplace(std::move(*file));
        return std::unique_ptr<TableFile>(std::move(made));
    }

    // Neighbours in the file one after the other: each page is written once, however small the cache.
    Result<void> put_all(std::vector<FileEntry>& entries) override {
        const std::size_t nul = nul_.value_or(true) ? 1 : 0;
        if (kind_ == BerkeleyKind::hash && entries.size() > few_entries) {
            // Room for all from the beginning: buckets are never split.
            file_.reset();
            ::unlink(where_.c_str());
            const HashLayout layout(entries, nul);
            Result<BerkeleyFile> file =
                BerkeleyFile::open(where_, kind_, BerkeleyFile::Mode::change, true, cache_bytes_, &layout);
            if (!file) return Error{file.error()};
            file_.emplace(std::move(*file));
            layout.sort(entries, nul);
        } else {
            std::sort(entries.begin(), entries.end(),
                      [](const FileEntry& a, const FileEntry& b) { return a.key < b.key; });
        }
        std::string key, value;
        for (const FileEntry& entry : entries) {
            key.assign(entry.key).append(nul, '\0');
            value.assign(entry.value).append(nul, '\0');
            if (Result<bool> done = file_->put(key, value, true); !done) return Error{done.error()};
        }
        return {};
    }

    Result<bool> put(const std::string& key, const std::string& value, bool replace) override {
        if (!nul_.value_or(true)) return file_->put(key, value, replace);
        return file_->put(key + '\0', value + '\0', replace);
    }

    Result<bool> put_bare(const std::string& key, const std::string& value) override {
        return file_->put(key, value, true);
    }

    Result<bool> remove(const std::string& key) override {
        if (nul_.value_or(true)) {
            Result<bool> removed = file_->remove(key + '\0');
            if (!removed || *removed) return removed;
        }
        if (!nul_.value_or(false)) return file_->remove(key);
        return false;
    }

    Result<void> for_each(std::function<void(const std::string&, const std::string&)> visit) override {
        return file_->for_each([&visit](const std::string& key, const std::string& value) {
            visit(without_nul(key), without_nul(value));
        });
    }

    Result<void> commit() override {
        Result<void> written = file_->sync();
        if (!written) return Error{fmt::format("write database {}: {}", path_, written.error())};
        file_.reset();
        return replacement_.commit();
    }

    const std::string& path() const override { return path_; }

  private:
    static constexpr std::size_t few_entries = 4096;

    std::string path_;
    BerkeleyKind kind_ = BerkeleyKind::hash;
    std::string where_;
    std::size_t cache_bytes_ = 0;
    std::optional<bool> nul_;
    Replacement replacement_;
    std::optional<BerkeleyFile> file_;
};

Result<std::unique_ptr<TableFile>> open_hash_file(const std::string& name, Purpose purpose,
                                                  const TableFileOptions& options) {
    return BerkeleyTableFile::open(BerkeleyKind::hash, name, purpose, options);
}

Result<std::unique_ptr<TableFile>> open_btree_file(const std::string& name, Purpose purpose,
                                                   const TableFileOptions& options) {
    return BerkeleyTableFile::open(BerkeleyKind::btree, name, purpose, options);
}

struct Row {
    std::string_view type;
    Result<std::unique_ptr<TableFile>> (*open)(const std::string&, Purpose, const TableFileOptions&);
};

constexpr Row rows[] = {
    {"hash", open_hash_file}, {"btree", open_btree_file}, {"lmdb", open_lmdb_file}, {"cdb", open_cdb_file}};

}  // namespace

bool has_table_file(std::string_view type) {
    for (const Row& row : rows)
        if (row.type == type) return true;
    return false;
}

std::string_view table_file_suffix(std::string_view type) {
    if (type == "lmdb") return lmdb_files.suffix;
    if (type == "cdb") return cdb_files.suffix;
    return has_table_file(type) ? hash_files.suffix : std::string_view();
}

Result<std::unique_ptr<TableFile>> open_table_file(const std::string& type, const std::string& name,
                                                   Purpose purpose, const TableFileOptions& options) {
    for (const Row& row : rows)
        if (row.type == type) return row.open(name, purpose, options);
    return Error{fmt::format("unsupported map type for this operation: {}", type)};
}

}  // namespace postrider::tables
