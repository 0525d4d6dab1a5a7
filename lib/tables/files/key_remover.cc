// lib/tables/files/key_remover.cc - see key_remover.h.
#include "lib/tables/files/key_remover.h"

#include <unistd.h>

#include <utility>

#include "lib/async/loop.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/tables/store.h"
#include "lib/tables/types/memcache.h"

namespace postrider::tables {

namespace {

class FileRemover : public KeyRemover {
  public:
    FileRemover(const MapName& map, const MapOptions& options, const Settings& settings) {
        const std::string path = map.name + std::string(table_file_suffix(map.type));
        struct stat found {};
        if (::stat(path.c_str(), &found) != 0) fatal("open database {}: {}", path, errno_text());
        if (options.as_owner && getuid() == 0 && geteuid() == 0) become_owner(found);
        Result<std::unique_ptr<TableFile>> file =
            open_table_file(map.type, map.name, Purpose::change, table_file_options(options, settings));
        if (!file) fatal("{}", file.error());
        file_ = std::move(*file);
    }
    Result<bool> remove(const std::string& key) override {
        Result<bool> removed = file_->remove(key);
        changed_ = changed_ || (removed && *removed);
        return removed;
    }
    void commit() override {
        if (!changed_) return;
        if (Result<void> done = file_->commit(); !done) fatal("{}", done.error());
    }

  private:
    std::unique_ptr<TableFile> file_;
    bool changed_ = false;
};

// memcached, and the table behind it, which has the last word.
class MemcacheRemover : public KeyRemover {
  public:
    MemcacheRemover(std::shared_ptr<Memcache> memcache, std::unique_ptr<KeyRemover> backup)
        : memcache_(std::move(memcache)), backup_(std::move(backup)) {}
    Result<bool> remove(const std::string& key) override {
        Result<bool> removed = async::run(memcache_->remove(key));
        return backup_ ? backup_->remove(key) : std::move(removed);
    }
    void commit() override {
        if (backup_) backup_->commit();
    }

  private:
    std::shared_ptr<Memcache> memcache_;
    std::unique_ptr<KeyRemover> backup_;
};

// proxywrite's table; or one in memory, which is empty.
class StoreRemover : public KeyRemover {
  public:
    explicit StoreRemover(std::unique_ptr<Store> store) : store_(std::move(store)) {}
    Result<bool> remove(const std::string& key) override { return async::run(store_->remove(key)); }

  private:
    std::unique_ptr<Store> store_;
};

// Types that refuse when they are asked, not when they are opened.
class RefusingRemover : public KeyRemover {
  public:
    explicit RefusingRemover(const MapName& map) : table_(map.text()), always_fails_(map.type == "fail") {}
    Result<bool> remove(const std::string&) override {
        if (!always_fails_) fatal("table {}: delete operation is not supported", table_);
        return Error{application_error};
    }

  private:
    std::string table_;
    bool always_fails_;
};

}  // namespace

std::unique_ptr<KeyRemover> open_key_remover(const std::string& text, const MapOptions& options,
                                             const Settings& settings) {
    const MapName map = split_map_name(text, settings);
    need_name(map, text);
    if (has_table_file(map.type)) return std::make_unique<FileRemover>(map, options, settings);
    const OpenContext context = open_context(options, settings);
    if (map.type == "memcache") {
        Result<std::shared_ptr<Memcache>> memcache = Memcache::open(map.name, context);
        if (!memcache) fatal("{}", memcache.error());
        std::unique_ptr<KeyRemover> backup;
        if (const std::string behind = (*memcache)->backup_name(); !behind.empty())
            backup = open_key_remover(behind, options, settings);
        return std::make_unique<MemcacheRemover>(std::move(*memcache), std::move(backup));
    }
    if (map.type == "proxy" || map.type == "internal") {
        Result<std::unique_ptr<Store>> store = open_store(text, context);
        if (!store) fatal("{}", store.error());
        return std::make_unique<StoreRemover>(std::move(*store));
    }
    const bool knows_type = is_table_type(map.type, settings);
    const bool refuses_late = map.type == "static" || map.type == "environ" || map.type == "fail";
    if (!knows_type || refuses_late) {
        const Result<TablePtr> known = open_table_now(text, context);
        if (!known) fatal("{}", known.error());
        if (refuses_late) return std::make_unique<RefusingRemover>(map);
    }
    fatal("{} map requires O_RDONLY access mode", map.text());
}

}  // namespace postrider::tables
