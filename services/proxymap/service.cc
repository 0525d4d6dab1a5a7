// services/proxymap/service.cc - lookups in tables for other daemons, and changes of the caches they share.
//
// As the service proxymap it looks up; as proxywrite it opens caches, and changes and lists them too.
#include "services/proxymap/service.h"

#include <fmt/core.h>

#include <map>
#include <set>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/ipc/proxymap_protocol.h"
#include "lib/ipc/server.h"
#include "lib/tables/store.h"
#include "services/proxymap/access.h"
#include "services/proxymap/parameters.h"

namespace postrider::proxymap {

namespace {

using ipc::ProxymapReply;
using ipc::ProxymapRequest;
using tables::Found;
using tables::LookupResult;
using tables::Store;
namespace status = ipc::proxymap_status;
namespace flag = ipc::proxymap_flag;

ProxymapReply reply_with(int code, std::string value = "") {
    ProxymapReply reply;
    reply.status = code;
    reply.value = std::move(value);
    return reply;
}

ProxymapReply reply_to(LookupResult answer) {
    if (answer.found == Found::yes) return reply_with(status::ok, std::move(answer.value));
    if (answer.found == Found::no) return reply_with(status::none);
    return reply_with(status::retry, std::move(answer.reason));
}

// Lives as long as the process; tables are opened when first asked for and stay open.
class Service {
  public:
    explicit Service(const Settings& settings)
        : settings_(settings),
          writes_(daemon::service_name() == settings[config::proxywrite_service_name]),
          approved_(approved_tables(writes_ ? settings[proxy_write_maps] : settings[proxy_read_maps])) {}

    Task<ProxymapReply> answer(ProxymapRequest request) {
        if (approved_.count(request.table) == 0) co_return deny(request.table);
        ProxymapReply reply;
        if (writes_) {
            reply = co_await ask_store(std::move(request));
        } else if (request.request == "lookup") {
            LookupResult found = co_await table(request)->find(request.key);
            reply = reply_to(std::move(found));
        } else {
            log::warning("refused to {} \"{}\": this service looks up only", printable(request.request),
                         printable(request.table));
            reply.status = status::deny;
        }
        co_return reply;
    }

  private:
    ProxymapReply deny(const std::string& table) const {
        log::warning("request for unapproved table: \"{}\"", printable(table));
        log::warning("to approve this table for {} access, list proxy:{} in main.cf:{}",
                     writes_ ? "read-write" : "read-only", printable(table),
                     writes_ ? "proxy_write_maps" : "proxy_read_maps");
        return reply_with(status::deny);
    }

    tables::OpenContext context_of(const ProxymapRequest& request) const {
        tables::OpenContext context(settings_);
        context.fold = (request.flags & flag::no_fold) == 0;
        context.utf8 = (request.flags & flag::no_utf8) == 0;
        context.file_values = (request.flags & flag::file_values) != 0;
        context.is_proxymap = true;
        return context;
    }

    tables::TablePtr table(const ProxymapRequest& request) {
        const std::string name = fmt::format("{} {}", request.flags, request.table);
        tables::TablePtr& opened = tables_[name];
        if (!opened) opened = tables::open_table(request.table, context_of(request));
        return opened;
    }

    // The error is why it cannot be opened; it is tried again with the next request.
    Result<Store*> store(const ProxymapRequest& request) {
        std::unique_ptr<Store>& opened = stores_[request.table];
        if (!opened) {
            Result<std::unique_ptr<Store>> made = tables::open_store(request.table, context_of(request));
            if (!made) {
                log::error("{}", made.error());
                log::warning("{} is unavailable. {}", request.table, made.error());
                return Error{made.error()};
            }
            opened = std::move(*made);
        }
        return opened.get();
    }

    // The client knows no more than that it failed.
    static ProxymapReply failure(const std::string& table, const std::string& why) {
        log::warning("{}: {}", table, why);
        return reply_with(status::retry, why);
    }

    Task<ProxymapReply> ask_store(ProxymapRequest request) {
        const Result<Store*> opened = store(request);
        if (!opened) co_return reply_with(status::retry, opened.error());
        Store* const cache = *opened;
        if (request.request == "lookup") {
            LookupResult found = co_await cache->find(std::move(request.key));
            co_return reply_to(std::move(found));
        }
        if (request.request == "update") {
            const Result<void> done =
                co_await cache->update(std::move(request.key), std::move(request.value));
            if (!done) co_return failure(request.table, done.error());
            co_return reply_with(status::ok);
        }
        if (request.request == "delete") {
            const Result<bool> done = co_await cache->remove(std::move(request.key));
            if (!done) co_return failure(request.table, done.error());
            co_return reply_with(*done ? status::ok : status::none);
        }
        if (request.request != "first" && request.request != "next") co_return reply_with(status::bad);
        const auto step = request.request == "first" ? Store::Step::first : Store::Step::next;
        Result<std::optional<Store::Entry>> entry = co_await cache->step(step);
        if (!entry) co_return failure(request.table, entry.error());
        if (!*entry) co_return reply_with(status::none);
        ProxymapReply reply = reply_with(status::ok, std::move((*entry)->second));
        reply.key = std::move((*entry)->first);
        co_return reply;
    }

    const Settings& settings_;
    bool writes_;
    std::set<std::string> approved_;
    std::map<std::string, tables::TablePtr> tables_;
    std::map<std::string, std::unique_ptr<Store>> stores_;
};
std::unique_ptr<Service> service;

Task<std::string> handle(std::string body) {
    std::optional<ProxymapRequest> request = ipc::decode<ProxymapRequest>(body);
    ProxymapReply reply;
    if (request && !request->table.empty()) {
        reply = co_await service->answer(std::move(*request));
    } else {
        log::warning("malformed request");
    }
    co_return ipc::encode(reply);
}

}  // namespace

void prepare(Settings& settings) {
    service = std::make_unique<Service>(settings);
}

Task<> serve_client(daemon::Connection connection, const Settings&) {
    co_await ipc::serve_requests(std::move(connection.stream), handle);
}

}  // namespace postrider::proxymap
