// lib/tables/types/cdb.cc - constant databases: made once, never changed.  Keys and values have no NUL behind
// them, unless postmap -N asks for it.
#include <cdb.h>
#include <fcntl.h>
#include <fmt/core.h>

#include "lib/base/fd.h"
#include "lib/tables/files/replacement.h"
#include "lib/tables/files/table_file.h"
#include "lib/tables/types/key_reader.h"

namespace postrider::tables {

namespace {

unsigned length(const std::string& text) {
    return static_cast<unsigned>(text.size());
}

class CdbReader : public KeyReader {
  public:
    CdbReader() = default;
    ~CdbReader() override {
        if (open_) cdb_free(&database_);
    }
    CdbReader(const CdbReader&) = delete;
    CdbReader& operator=(const CdbReader&) = delete;

    bool open(const std::string& path) {
        file_.reset(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        open_ = file_ && cdb_init(&database_, file_.get()) == 0;
        return open_;
    }
    Result<std::optional<std::string>> get(const std::string& key) override {
        const int found = cdb_find(&database_, key.data(), length(key));
        if (found < 0) return Error{errno_text()};
        if (found == 0) return std::optional<std::string>();
        return text(cdb_datapos(&database_), cdb_datalen(&database_));
    }
    // Calls `visit` for each record; false when the file is broken.
    template <class Visit>
    bool for_each(Visit visit) {
        unsigned at = 0;
        cdb_seqinit(&at, &database_);
        int more = 0;
        while ((more = cdb_seqnext(&at, &database_)) > 0) {
            const auto key = text(cdb_keypos(&database_), cdb_keylen(&database_));
            const auto value = text(cdb_datapos(&database_), cdb_datalen(&database_));
            if (!key || !value) return false;
            visit(**key, **value);
        }
        return more == 0;
    }

  private:
    Result<std::optional<std::string>> text(unsigned position, unsigned size) {
        const void* bytes = cdb_get(&database_, size, position);
        if (bytes == nullptr) return Error{errno_text()};
        return std::optional<std::string>(std::string(static_cast<const char*>(bytes), size));
    }
    Fd file_;
    struct cdb database_ {};
    bool open_ = false;
};

Result<std::unique_ptr<KeyReader>> open_reader(const std::string& path, const Settings&) {
    auto reader = std::make_unique<CdbReader>();
    if (!reader->open(path)) return Error{fmt::format("open database {}: {}", path, errno_text())};
    return std::unique_ptr<KeyReader>(std::move(reader));
}

class CdbTableFile : public TableFile {
  public:
    CdbTableFile(std::string path, const TableFileOptions& options)
        : path_(std::move(path)), nul_(options.keys_end_in_nul.value_or(false) ? 1 : 0) {}

    Result<void> open(Purpose purpose, mode_t mode) {
        if (purpose == Purpose::list) {
            if (!reader_.open(path_)) return Error{fmt::format("open database {}: {}", path_, errno_text())};
            return {};
        }
        if (purpose == Purpose::change)
            return Error{
                "dict_cdb_open: inappropriate open flags for cdb database - specify O_RDONLY or "
                "O_WRONLY|O_CREAT|O_TRUNC"};
        Result<Replacement> begun = Replacement::begin(path_, false, mode);
        if (!begun) return Error{begun.error()};
        replacement_ = std::move(*begun);
        file_.reset(::open(replacement_.path().c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!file_ || cdb_make_start(&make_, file_.get()) != 0)
            return Error{fmt::format("open database {}: {}", path_, errno_text())};
        making_ = true;
        return {};
    }

    Result<void> put_all(std::vector<FileEntry>& entries) override {
        std::string key, value;
        for (const FileEntry& entry : entries) {
            key.assign(entry.key).append(nul_, '\0');
            value.assign(entry.value).append(nul_, '\0');
            if (cdb_make_add(&make_, key.data(), length(key), value.data(), length(value)) != 0)
                return Error{errno_text()};
        }
        return {};
    }
    Result<bool> put(const std::string& key, const std::string& value, bool replace) override {
        return put_bytes(key + std::string(nul_, '\0'), value + std::string(nul_, '\0'), replace);
    }
    Result<bool> put_bytes(const std::string& key, const std::string& value, bool replace) {
        const int answer = cdb_make_put(&make_, key.data(), length(key), value.data(), length(value),
                                        replace ? CDB_PUT_REPLACE : CDB_PUT_INSERT);
        if (answer < 0) return Error{errno_text()};
        return replace || answer == 0;
    }
    Result<bool> put_bare(const std::string& key, const std::string& value) override {
        return put_bytes(key, value, true);
    }
    Result<bool> remove(const std::string&) override { return Error{"a cdb file cannot be changed"}; }
    Result<void> for_each(std::function<void(const std::string&, const std::string&)> visit) override {
        if (!reader_.for_each(visit)) return Error{errno_text()};
        return {};
    }
    Result<void> commit() override {
        if (!making_ || cdb_make_finish(&make_) != 0)
            return Error{fmt::format("write database {}: {}", path_, errno_text())};
        making_ = false;
        file_.reset();
        return replacement_.commit();
    }
    const std::string& path() const override { return path_; }
    ~CdbTableFile() override {
        // The library keeps memory that only finishing gives back; the file itself is dropped with the
        // replacement.
        if (making_) cdb_make_finish(&make_);
    }
    CdbTableFile(const CdbTableFile&) = delete;
    CdbTableFile& operator=(const CdbTableFile&) = delete;

  private:
    std::string path_;
    std::size_t nul_;  // bytes behind each key and value
    Replacement replacement_;
    Fd file_;
    struct cdb_make make_ {};
    bool making_ = false;
    CdbReader reader_;
};

}  // namespace

const KeyFileKind cdb_files = {".cdb", std::nullopt, open_reader};

Result<std::unique_ptr<TableFile>> open_cdb_file(const std::string& name, Purpose purpose,
                                                 const TableFileOptions& options) {
    auto file = std::make_unique<CdbTableFile>(name + ".cdb", options);
    if (Result<void> opened = file->open(purpose, options.mode); !opened) return Error{opened.error()};
    return std::unique_ptr<TableFile>(std::move(file));
}

}  // namespace postrider::tables
