// lib/tables/types/sdbm.cc - the table type sdbm, for reading: the public-domain library's files NAME.pag and
// NAME.dir.
//
// Data pages of 1024 bytes begin with the number of offsets that follow, two for each entry: where its key
// and where its value begin, from the end of the page backwards.  The directory is a bit map: the path of
// bits from its root, one of the key's hash at each level, ends at the page of the key.

#include "lib/base/file.h"
#include "lib/tables/open.h"

namespace postrider::tables {

namespace {

constexpr std::size_t page_size = 1024;

std::uint64_t hash_of(std::string_view key) {
    std::uint64_t hash = 0;
    for (const char c : key) hash = static_cast<std::uint64_t>(static_cast<std::int64_t>(c)) + 65599 * hash;
    return hash;
}

class SdbmTable : public DirectTable {
  public:
    SdbmTable(const std::string& name, const std::string& path, const OpenContext& context)
        : DirectTable(name), path_(path), fold_(context.fold), utf8_(context.utf8) {}

    Result<void> open() {
        version_ = file_version(path_ + ".pag");
        Result<std::string> directory = read_file(path_ + ".dir");
        Result<std::string> pages = read_file(path_ + ".pag");
        if (!directory) return Error{directory.error()};
        if (!pages) return Error{pages.error()};
        directory_ = std::move(*directory);
        pages_ = std::move(*pages);
        checked_ = Clock::now();
        return {};
    }

    LookupResult look_up(const std::string& key) override {
        const auto folded = fixed_key(key, fold_, utf8_);
        if (!folded || folded->empty()) return LookupResult::miss();
        if (Clock::now() - checked_ >= std::chrono::seconds(1)) reopen_if_changed();
        for (const std::string& stored : {*folded + '\0', *folded}) {
            std::optional<std::string> value = value_of(stored);
            if (!value) continue;
            if (!value->empty() && value->back() == '\0') value->pop_back();
            return LookupResult::hit(std::move(*value));
        }
        return LookupResult::miss();
    }
    std::optional<uid_t> owner() const override {
        const auto found = stat_file(path_ + ".pag");
        return found ? std::optional(found->st_uid) : std::nullopt;
    }

  private:
    using Clock = std::chrono::steady_clock;

    void reopen_if_changed() {
        checked_ = Clock::now();
        const auto now = file_version(path_ + ".pag");
        // What cannot be read now is answered from as it was.
        if (now && now != version_) static_cast<void>(open().ok());
    }

    bool directory_bit(std::uint64_t bit) const {
        return bit / 8 < directory_.size() &&
               (static_cast<unsigned char>(directory_[bit / 8]) >> (bit % 8) & 1) != 0;
    }

    std::uint64_t page_of(std::uint64_t hash) const {
        std::uint64_t bit = 0;
        int level = 0;
        while (level < 32 && directory_bit(bit)) bit = 2 * bit + ((hash >> level++ & 1) != 0 ? 2 : 1);
        return hash & ((std::uint64_t{1} << level) - 1);
    }

    // The page's number at `index`, in the byte order of this machine.
    static std::size_t number_at(std::string_view page, std::size_t index) {
        std::uint16_t number = 0;
        page.copy(reinterpret_cast<char*>(&number), sizeof number, index * sizeof number);
        return number;
    }

    std::optional<std::string> value_of(const std::string& key) const {
        const std::uint64_t at = page_of(hash_of(key)) * page_size;
        if (at + page_size > pages_.size()) return std::nullopt;
        const std::string_view page = std::string_view(pages_).substr(at, page_size);
        const std::size_t count = number_at(page, 0);
        std::size_t end = page_size;
        for (std::size_t i = 1; i + 1 <= count && (i + 2) * 2 <= page_size; i += 2) {
            const std::size_t key_at = number_at(page, i);
            const std::size_t value_at = number_at(page, i + 1);
            if (key_at > end || value_at > key_at) return std::nullopt;  // the page is damaged
            if (page.substr(key_at, end - key_at) == key)
                return std::string(page.substr(value_at, key_at - value_at));
            end = value_at;
        }
        return std::nullopt;
    }

    std::string path_;
    bool fold_;
    bool utf8_;
    std::string directory_;
    std::string pages_;
    std::optional<FileVersion> version_;
    Clock::time_point checked_;
};

}  // namespace

Result<TablePtr> open_sdbm(const std::string& name, const std::string& argument, const OpenContext& context) {
    auto table = std::make_shared<SdbmTable>(name, argument, context);
    if (Result<void> opened = table->open(); !opened) return Error{opened.error()};
    return TablePtr(std::move(table));
}

}  // namespace postrider::tables
