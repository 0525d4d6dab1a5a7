// lib/tables/files/map_command.cc - what postmap(1) and postalias(1) share.
#include "lib/tables/files/map_command.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "lib/async/loop.h"
#include "lib/base/file.h"
#include "lib/base/json.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/mime.h"
#include "lib/tables/files/key_remover.h"
#include "lib/tables/parameters.h"
#include "lib/tables/types/listed_table.h"
#include "lib/tables/types/memcache.h"
#include "lib/tables/types/redirect.h"

namespace postrider::tables {

namespace {

std::string read_all(int fd, const std::string& name) {
    std::string text;
    char chunk[65536];
    ssize_t n = 0;
    while ((n = ::read(fd, chunk, sizeof chunk)) != 0) {
        if (n < 0) fatal("read {}: {}", name, errno_text());
        text.append(chunk, static_cast<std::size_t>(n));
    }
    return text;
}

// The lines of standard input, without their ends.
template <class Visit>
void for_each_input_line(Visit visit) {
    const std::string text = read_all(STDIN_FILENO, "stdin");
    std::string_view rest = text;
    std::string line;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        line.assign(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        visit(line);
    }
}

std::vector<std::string> input_lines() {
    std::vector<std::string> lines;
    for_each_input_line([&lines](const std::string& line) { lines.push_back(line); });
    return lines;
}

void print_entry(std::string_view key, std::string_view value, const MapOptions& options) {
    if (options.json) {
        fmt::print("{{{}: {}}}\n", json_string(key), json_string(value));
    } else {
        for (const std::string_view part : {key, std::string_view(options.between), value})
            std::fwrite(part.data(), 1, part.size(), stdout);
        std::fputc('\n', stdout);
    }
}

void warn_of_empty_value(const std::string& table, const std::string& key) {
    log::warning("table {}: key {}: empty string result is not allowed", table, key);
    log::warning("table {} should return NO RESULT in case of NOT FOUND", table);
}

constexpr std::size_t progress_step = 100'000;

// Tables opened when first asked for: a key found in the first needs no second.
class OpenTables {
  public:
    OpenTables(const std::vector<std::string>& maps, const MapOptions& options, const Settings& settings)
        : names_(maps), tables_(maps.size()), context_(open_context(options, settings)) {}

    std::optional<std::string> find(const std::string& key) {
        for (std::size_t i = 0; i < names_.size(); ++i) {
            if (!tables_[i]) open(i);
            const LookupResult answer = look_up(*tables_[i], key);
            if (answer.found == Found::try_again)
                fatal("table {}: query error: {}", tables_[i]->name(), reason_of(*tables_[i], answer));
            if (answer.found == Found::no) continue;
            if (answer.value.empty()) warn_of_empty_value(tables_[i]->name(), key);
            return answer.value;
        }
        return std::nullopt;
    }

  private:
    // Compat: fail: keeps its text for daemons.
    static std::string reason_of(const Table& table, const LookupResult& answer) {
        const bool always_fails =
            table.name().starts_with("fail:") || table.name().starts_with("proxy:fail:");
        return always_fails ? application_error : answer.reason;
    }

    // Most tables answer at once: no event loop is needed for them.
    static LookupResult look_up(Table& table, const std::string& key) {
        if (auto* const direct = dynamic_cast<DirectTable*>(&table)) return direct->look_up(key);
        return async::run(table.find(key));
    }

    void open(std::size_t i) {
        Result<TablePtr> opened = open_table_now(names_[i], context_);
        if (!opened) fatal("{}", opened.error());
        tables_[i] = *opened;
    }

    std::vector<std::string> names_;
    std::vector<TablePtr> tables_;
    OpenContext context_;
};

}  // namespace

// What it makes has the owner of its source, and a mistake of ours has no more than that owner's rights.
void become_owner(const struct stat& owner) {
    if (owner.st_uid == geteuid() && owner.st_gid == getegid()) return;
    if (setgroups(1, &owner.st_gid) != 0 || setegid(owner.st_gid) != 0 || seteuid(owner.st_uid) != 0)
        fatal("set owner {} and group {}: {}", owner.st_uid, owner.st_gid, errno_text());
}

OpenContext open_context(const MapOptions& options, const Settings& settings) {
    OpenContext context(settings);
    context.fold = options.fold;
    context.utf8 = options.utf8;
    context.file_values = options.file_values;
    context.nul_keys = options.with_nul;
    context.is_command = true;
    return context;
}

TableFileOptions table_file_options(const MapOptions& options, const Settings& settings) {
    TableFileOptions file;
    file.cache_bytes = static_cast<std::size_t>(settings[berkeley_db_create_buffer_size]);
    file.map_bytes = static_cast<std::size_t>(settings[lmdb_map_size]);
    file.keys_end_in_nul = options.with_nul;
    return file;
}

MapSource::MapSource(const std::string& path, const MapOptions& options) : name_(path) {
    Fd file;
    if (options.incremental) {
        name_ = "stdin";
        file.reset(::dup(STDIN_FILENO));
    } else {
        file.reset(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    }
    if (!file) fatal("open {}: {}", name_, errno_text());
    struct stat found {};
    if (::fstat(file.get(), &found) != 0) fatal("fstat {}: {}", name_, errno_text());
    // What others may do with the table follows the source; its owner may always change it.
    if (options.copy_mode && S_ISREG(found.st_mode)) mode_ &= found.st_mode | 0600;
    if (options.as_owner && getuid() == 0) become_owner(found);
    text_ = read_all(file.get(), name_);
}

MapName split_map_name(const std::string& text, const Settings& settings) {
    const std::string whole = with_default_type(text, settings);
    const std::size_t colon = whole.find(':');
    MapName map;
    map.name = whole.substr(colon + 1);
    map.type = redirected_type(whole.substr(0, colon), settings, map.name);
    return map;
}

MapBuilder::MapBuilder(const MapName& map, const MapSource& source, const MapOptions& options,
                       const Settings& settings)
    : options_(options), is_watched_(::isatty(STDERR_FILENO) != 0) {
    TableFileOptions file = table_file_options(options, settings);
    file.mode = source.mode();
    const Purpose purpose = options.incremental ? Purpose::change : Purpose::build;
    Result<std::unique_ptr<TableFile>> opened = open_table_file(map.type, map.name, purpose, file);
    if (!opened) fatal("{}", opened.error());
    file_ = std::move(*opened);
    // Compat: each type has its own way to say which table has a duplicate.
    label_ = map.type == "cdb" ? map.name : map.type == "lmdb" ? "lmdb:" + map.name : file_->path();
}

bool is_table_type(const std::string& type, const Settings& settings) {
    const std::vector<std::string> types = table_types(settings);
    return std::find(types.begin(), types.end(), type) != types.end();
}

bool MapBuilder::put(std::string_view key, std::string_view value, bool replace) {
    if (options_.incremental) {
        const Result<bool> added = file_->put(std::string(key), std::string(value), replace);
        if (!added) fatal("error writing {}: {}", file_->path(), added.error());
        return *added;
    }
    const bool put = entries_.put(key, value, replace);
    if (entries_.size() % progress_step == 0) show_progress();
    return put;
}

void MapBuilder::add(std::string_view key, std::string_view value) {
    const auto folded = fixed_key(std::string(key), options_.fold, options_.utf8);
    if (!folded)
        return log::warning("{}: non-UTF-8 key \"{}\" ignored", file_->path(), printable(key, '?', true));
    if (!put(*folded, value, options_.replace) && options_.warn_duplicates)
        log::warning("{}: duplicate entry: \"{}\"", label_, *folded);
}

void MapBuilder::add_once(const std::string& key, const std::string& value) {
    put(key, value, true);
}

void MapBuilder::add_bare(const std::string& key, const std::string& value) {
    bare_.emplace_back(key, value);
}

void MapBuilder::show_progress() {
    if (is_watched_) fmt::print(stderr, "\r{}: {} entries read ", label_, entries_.size());
}

void MapBuilder::commit() {
    if (is_watched_ && entries_.size() >= progress_step)
        fmt::print(stderr, "\r{}: {} entries read, writing them\n", label_, entries_.size());
    if (Result<void> done = file_->put_all(entries_.release_entries()); !done)
        fatal("error writing {}: {}", file_->path(), done.error());
    for (const auto& [key, value] : bare_) {
        const Result<bool> added = file_->put_bare(key, value);
        if (!added) fatal("error writing {}: {}", file_->path(), added.error());
    }
    const Result<void> done = file_->commit();
    if (!done) fatal("{}", done.error());
}

bool print_value(const std::vector<std::string>& maps, const std::string& key, const MapOptions& options,
                 const Settings& settings) {
    const auto value = OpenTables(maps, options, settings).find(key);
    if (!value) return false;
    if (options.json) {
        print_entry(key, *value, options);
    } else {
        fmt::print("{}\n", *value);
    }
    return true;
}

bool print_values(const std::vector<std::string>& maps, const MapOptions& options, const Settings& settings) {
    OpenTables tables(maps, options, settings);
    bool any = false;
    for_each_input_line([&](const std::string& key) {
        const auto value = tables.find(key);
        if (!value) return;
        print_entry(key, *value, options);
        any = true;
    });
    return any;
}

bool print_message_values(const std::vector<std::string>& maps, const MessageKeys& keys,
                          const MapOptions& options, const Settings& settings) {
    OpenTables tables(maps, options, settings);
    mail::MimeOptions mime;
    mime.parse_body = keys.mime;
    mail::MimeParser parser(mime);
    bool any = false;
    const auto look = [&](const std::vector<mail::MimeEvent>& events) {
        for (const mail::MimeEvent& event : events) {
            const bool wanted = event.kind == mail::MimeEvent::Kind::header
                                    ? keys.headers
                                    : event.kind == mail::MimeEvent::Kind::body && keys.body;
            if (!wanted) continue;
            const std::string key(event.text);
            const auto value = tables.find(key);
            if (!value) continue;
            print_entry(key, *value, options);
            any = true;
        }
    };
    for (const std::string& line : input_lines()) look(parser.feed(line));
    look(parser.finish());
    return any;
}

void need_name(const MapName& map, const std::string& text) {
    if (map.type.empty() || map.name.empty())
        fatal("open dictionary: expecting \"type:name\" form instead of \"{}\"", text);
}

bool remove_keys(const std::vector<std::string>& maps, const std::string& key, const MapOptions& options,
                 const Settings& settings) {
    const std::vector<std::string> keys = key == "-" ? input_lines() : std::vector<std::string>{key};
    bool any = false;
    for (const std::string& text : maps) {
        const std::unique_ptr<KeyRemover> table = open_key_remover(text, options, settings);
        for (const std::string& one : keys) {
            const auto folded = fixed_key(one, options.fold, options.utf8);
            if (!folded) continue;
            const Result<bool> removed = table->remove(*folded);
            if (!removed)
                fatal("table {}: delete error: {}", split_map_name(text, settings).text(), removed.error());
            any = any || *removed;
        }
        table->commit();
    }
    return any;
}

void list_entries(const std::string& name, const MapOptions& options, const Settings& settings) {
    const MapName map = split_map_name(name, settings);
    const std::string table = map.text();
    const auto print = [&](const std::string& key, const std::string& value) {
        if (value.empty()) warn_of_empty_value(table, key);
        if (!options.file_values || !has_table_file(map.type)) return print_entry(key, value, options);
        const auto content = base64_decode(value);
        if (!content) return log::warning("table {}: key {}: malformed BASE64 value: {}", table, key, value);
        print_entry(key, *content, options);
    };
    const OpenContext context = open_context(options, settings);
    if (map.type == "proxy") fatal("can't sequence maps via the proxy service");
    need_name(map, name);
    if (map.type == "memcache") {
        const Result<std::shared_ptr<Memcache>> memcache = Memcache::open(map.name, context);
        if (!memcache) fatal("{}", memcache.error());
        if (const std::string behind = (*memcache)->backup_name(); !behind.empty())
            return list_entries(behind, options, settings);
        return log::warning("database {}: first/next support requires backup database", table);
    }
    if (!has_table_file(map.type)) {
        const Result<TablePtr> known = open_table_now(name, context);
        if (!known) fatal("{}", known.error());
        if (map.type == "fail") fatal("table {}: sequence error: {}", table, application_error);
        const auto* const listed = dynamic_cast<const ListedTable*>(known->get());
        if (listed == nullptr) fatal("table {}: sequence operation is not supported", table);
        return listed->for_each(print);
    }
    Result<std::unique_ptr<TableFile>> file =
        open_table_file(map.type, map.name, Purpose::list, table_file_options(options, settings));
    if (!file) fatal("{}", file.error());
    if (Result<void> done = (*file)->for_each(print); !done) fatal("{}: {}", (*file)->path(), done.error());
}

}  // namespace postrider::tables
