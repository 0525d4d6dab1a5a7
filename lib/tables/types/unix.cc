// lib/tables/types/unix.cc - the table type unix: the system's user and group databases.
//
// NSS may ask servers elsewhere, so lookups run on the worker pool.
#include <fmt/core.h>
#include <grp.h>
#include <pwd.h>

#include "lib/async/offload.h"
#include "lib/base/accounts.h"
#include "lib/base/file.h"
#include "lib/tables/open.h"

namespace postrider::tables {

namespace {

// Calls one of getpwnam_r, getgrnam_r with a buffer as large as it asks for.
template <class Entry, class Call, class Print>
LookupResult ask_system(Call call, Print print) {
    std::string buffer(4096, '\0');
    for (;;) {
        Entry entry{};
        Entry* found = nullptr;
        const int failure = call(&entry, buffer.data(), buffer.size(), &found);
        if (failure == ERANGE && buffer.size() < (1U << 22)) {
            buffer.resize(buffer.size() * 2);
        } else if (failure != 0 && failure != ENOENT && failure != ESRCH) {
            return LookupResult::retry(errno_text(failure));
        } else {
            if (found != nullptr) return LookupResult::hit(print(*found));
            return accounts_are_readable() ? LookupResult::miss() : LookupResult::retry(errno_text());
        }
    }
}

LookupResult find_user(const std::string& name) {
    const auto call = [&name](passwd* entry, char* buffer, std::size_t size, passwd** found) {
        return getpwnam_r(name.c_str(), entry, buffer, size, found);
    };
    return ask_system<passwd>(call, [](const passwd& user) {
        return fmt::format("{}:{}:{}:{}:{}:{}:{}", user.pw_name, user.pw_passwd, user.pw_uid, user.pw_gid,
                           user.pw_gecos, user.pw_dir, user.pw_shell);
    });
}

LookupResult find_group(const std::string& name) {
    const auto call = [&name](group* entry, char* buffer, std::size_t size, group** found) {
        return getgrnam_r(name.c_str(), entry, buffer, size, found);
    };
    return ask_system<group>(call, [](const group& one) {
        std::string text = fmt::format("{}:{}:{}:", one.gr_name, one.gr_passwd, one.gr_gid);
        for (char** member = one.gr_mem; *member != nullptr; ++member) {
            if (member != one.gr_mem) text += ',';
            text += *member;
        }
        return text;
    });
}

class UnixTable : public Table {
  public:
    UnixTable(const std::string& name, LookupResult (*ask)(const std::string&), const OpenContext& context)
        : Table(name), ask_(ask), fold_(context.fold), utf8_(context.utf8) {}

    Task<LookupResult> find(std::string key) override {
        const auto folded = fixed_key(key, fold_, utf8_);
        if (!folded || folded->find('\0') != std::string::npos) co_return LookupResult::miss();
        auto work = [ask = ask_, folded = *folded] { return ask(folded); };
        LookupResult answer = co_await async::offload(std::move(work));
        co_return answer;
    }
    std::optional<uid_t> owner() const override { return 0; }

  private:
    LookupResult (*ask_)(const std::string&);
    bool fold_;
    bool utf8_;
};

}  // namespace

Result<TablePtr> open_unix(const std::string& name, const std::string& argument, const OpenContext& context) {
    if (argument == "passwd.byname") return TablePtr(std::make_shared<UnixTable>(name, find_user, context));
    if (argument == "group.byname") return TablePtr(std::make_shared<UnixTable>(name, find_group, context));
    return Error{fmt::format("unknown table: {}", name)};
}

}  // namespace postrider::tables
