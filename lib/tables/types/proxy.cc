// lib/tables/types/proxy.cc - the table type proxy: another table, in this process or in proxymap(8).
//
// A table in files is opened here, before the jail and with the privileges of the start, which saves a round
// trip for each lookup.  What asks a database server is asked by proxymap, so that a few processes hold the
// connections of all; and so is a file that this process may not open.
#include <fmt/core.h>
#include <unistd.h>

#include <map>

#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/ipc/client.h"
#include "lib/ipc/proxymap_protocol.h"
#include "lib/tables/store.h"
#include "lib/tables/types/dynamic_maps.h"
#include "lib/tables/types/rules.h"

namespace postrider::tables {

namespace {

using ipc::ProxymapReply;
using ipc::ProxymapRequest;
namespace status = ipc::proxymap_status;

constexpr auto answer_limit = std::chrono::seconds(100);

// type:name in its two halves, or in the names of its members.
struct Taken {
    explicit Taken(const std::string& name) {
        const std::size_t colon = name.find(':');
        type = name.substr(0, colon);
        if (colon == std::string::npos || (type != "pipemap" && type != "unionmap")) {
            if (type == "debug" || type == "proxy") members = {name.substr(colon + 1)};
            return;
        }
        if (auto items = braced_items(std::string_view(name).substr(colon + 1))) members = std::move(*items);
    }
    std::string type;
    std::vector<std::string> members;
};

bool asks_database_server(const std::string& name, const Settings& settings) {
    const Taken table(name);
    for (const std::string& member : table.members)
        if (asks_database_server(member, settings)) return true;
    if (!table.members.empty() || is_built_in(table.type)) return table.type == "memcache";
    for (const DynamicMap& map : dynamic_maps(settings))
        if (map.type == table.type) return true;
    return false;
}

bool is_pattern(const std::string& name) {
    const Taken table(name);
    for (const std::string& member : table.members)
        if (is_pattern(member)) return true;
    for (const char* const type : {"cidr", "regexp", "pcre", "tcp", "socketmap", "randmap", "fail"})
        if (table.type == type) return true;
    return false;
}

// The socket as daemons see it, from the queue directory and from inside the jail; commands need its full
// name.
std::string socket_of(const std::string& service, const Settings& settings) {
    const std::string path = "private/" + service;
    if (::access(path.c_str(), F_OK) == 0) return path;
    return settings[config::queue_directory] + "/" + path;
}

// One connection of this process for all tables of a service.
std::shared_ptr<ipc::Client> client_of(const std::string& path) {
    static std::map<std::string, std::weak_ptr<ipc::Client>> clients;
    std::shared_ptr<ipc::Client> client = clients[path].lock();
    if (!client) {
        client = std::make_shared<ipc::Client>(path);
        clients[path] = client;
    }
    return client;
}

// A table behind the service.
class Remote {
  public:
    Remote(std::string service, std::string table, const OpenContext& context)
        : service_(std::move(service)),
          table_(std::move(table)),
          settings_(context.settings),
          is_command_(context.is_command) {
        if (!context.fold) flags_ |= ipc::proxymap_flag::no_fold;
        if (!context.utf8) flags_ |= ipc::proxymap_flag::no_utf8;
        if (context.file_values) flags_ |= ipc::proxymap_flag::file_values;
    }

    // The error tells why there is no answer; it has been logged.
    Task<Result<ProxymapReply>> ask(const char* what, std::string key, std::string value) {
        ProxymapRequest request;
        request.request = what;
        request.table = table_;
        request.flags = flags_;
        request.key = std::move(key);
        request.value = std::move(value);
        const std::string path = socket_of(service_, settings_);
        if (::access(path.c_str(), F_OK) != 0)
            co_return complain(fmt::format("{}: {}; is the service in master.cf?", path, errno_text()));
        client_ = client_of(path);
        Result<ProxymapReply> reply = co_await client_->ask<ProxymapReply>(std::move(request), answer_limit);
        if (!reply) co_return complain(reply.error());
        if (reply->status == status::deny) {
            const std::string text =
                fmt::format("{} service is not configured for table \"{}\"", service_, table_);
            if (is_command_) fatal("{}", text);
            log::warning("{}", text);
            co_return Error{text};
        }
        // The service has told the log why.
        if (reply->status == status::retry) co_return Error{"Application error"};
        if (reply->status != status::ok && reply->status != status::none) co_return complain("bad request");
        co_return reply;
    }

  private:
    Error complain(const std::string& why) const {
        const std::string text = fmt::format("{} service, table {}: {}", service_, table_, why);
        log::warning("{}", text);
        return Error{text};
    }
    std::string service_;
    std::string table_;
    const Settings& settings_;
    bool is_command_;
    int flags_ = 0;
    std::shared_ptr<ipc::Client> client_;
};

class ProxyTable : public Table {
  public:
    ProxyTable(const std::string& name, const std::string& inner, const OpenContext& context)
        : Table(name),
          remote_(context.settings[config::proxymap_service_name], inner, context),
          kind_(is_pattern(inner) ? KeyKind::pattern : KeyKind::fixed) {}

    Task<LookupResult> find(std::string key) override {
        Result<ProxymapReply> reply = co_await remote_.ask("lookup", std::move(key), "");
        if (!reply) co_return LookupResult::retry(reply.error());
        if (reply->status == status::none) co_return LookupResult::miss();
        co_return LookupResult::hit(std::move(reply->value));
    }
    KeyKind key_kind() const override { return kind_; }

  private:
    Remote remote_;
    KeyKind kind_;
};

class ProxyStore : public Store {
  public:
    ProxyStore(const std::string& inner, const OpenContext& context)
        : remote_(context.settings[config::proxywrite_service_name], inner, context) {}

    Task<LookupResult> find(std::string key) override {
        Result<ProxymapReply> reply = co_await remote_.ask("lookup", std::move(key), "");
        if (!reply) co_return LookupResult::retry(reply.error());
        if (reply->status == status::none) co_return LookupResult::miss();
        co_return LookupResult::hit(std::move(reply->value));
    }
    Task<Result<void>> update(std::string key, std::string value) override {
        const Result<ProxymapReply> reply = co_await remote_.ask("update", std::move(key), std::move(value));
        if (!reply) co_return Error{reply.error()};
        co_return Result<void>();
    }
    Task<Result<bool>> remove(std::string key) override {
        const Result<ProxymapReply> reply = co_await remote_.ask("delete", std::move(key), "");
        if (!reply) co_return Error{reply.error()};
        co_return reply->status == status::ok;
    }
    Task<Result<std::optional<Entry>>> step(Step step) override {
        const char* const what = step == Step::first ? "first" : "next";
        Result<ProxymapReply> reply = co_await remote_.ask(what, "", "");
        if (!reply) co_return Error{reply.error()};
        if (reply->status == status::none) co_return std::optional<Entry>();
        co_return std::optional<Entry>(Entry(std::move(reply->key), std::move(reply->value)));
    }

  private:
    Remote remote_;
};

// Another table, under the name it was asked for.
class Alias : public Table {
  public:
    Alias(const std::string& name, TablePtr inner) : Table(name), inner_(std::move(inner)) {}
    Task<LookupResult> find(std::string key) override {
        LookupResult answer = co_await inner_->find(std::move(key));
        co_return answer;
    }
    KeyKind key_kind() const override { return inner_->key_kind(); }
    std::optional<uid_t> owner() const override { return inner_->owner(); }

  private:
    TablePtr inner_;
};

Error no_table(const std::string& service, const std::string& argument) {
    return Error{fmt::format("{} open failed for table \"{}\": invalid request", service, argument)};
}

}  // namespace

Result<TablePtr> open_proxy(const std::string& name, const std::string& argument,
                            const OpenContext& context) {
    if (argument.find(':') == std::string::npos)
        return no_table(context.settings[config::proxymap_service_name], argument);
    const bool may_ask = !context.is_proxymap;
    if (may_ask && asks_database_server(argument, context.settings))
        return TablePtr(std::make_shared<ProxyTable>(name, argument, context));
    Result<TablePtr> inner = open_table_now(argument, context);
    if (inner) return TablePtr(std::make_shared<Alias>(name, std::move(*inner)));
    const std::string path = socket_of(context.settings[config::proxymap_service_name], context.settings);
    if (may_ask && ::access(path.c_str(), R_OK | W_OK) == 0)
        return TablePtr(std::make_shared<ProxyTable>(name, argument, context));
    return inner;
}

Result<std::unique_ptr<Store>> open_proxy_store(const std::string& argument, const OpenContext& context) {
    if (context.is_proxymap) return open_store(argument, context);
    if (argument.find(':') == std::string::npos)
        return no_table(context.settings[config::proxywrite_service_name], argument);
    return std::unique_ptr<Store>(std::make_unique<ProxyStore>(argument, context));
}

}  // namespace postrider::tables
