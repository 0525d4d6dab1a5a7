// lib/tables/types/socketmap.cc - the table type socketmap: Sendmail's socket maps.
//
// "NAME KEY" and "OK VALUE", "NOTFOUND", "TEMP reason", "TIMEOUT reason" or "PERM reason", each as a
// netstring.
#include <fmt/core.h>

#include <algorithm>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/tables/open.h"
#include "lib/tables/parameters.h"
#include "lib/tables/types/remote.h"

namespace postrider::tables {

namespace {

class Ask : public RemoteServer::Dialogue {
  public:
    Ask(const std::string& query, std::size_t reply_limit)
        : request_(fmt::format("{}:{},", query.size(), query)), reply_limit_(reply_limit) {}

    Task<> run(async::Stream& stream) override {
        reply.clear();
        stream.put(request_);
        co_await stream.flush();
        std::string digits;
        for (;;) {
            const std::string byte = co_await stream.read_exactly(1);
            if (byte == ":") break;
            digits += byte;
            if (!all_digits(digits) || digits.size() > 9)
                co_return give_up(stream, "malformed netstring length");
        }
        const auto length = parse_unsigned(digits);
        if (!length || *length > reply_limit_) co_return give_up(stream, "reply too long or malformed");
        reply = co_await stream.read_exactly(*length);
        const std::string comma = co_await stream.read_exactly(1);
        if (comma != ",") give_up(stream, "malformed netstring end");
    }
    std::string reply;
    std::string problem;

  private:
    void give_up(async::Stream& stream, std::string why) {
        problem = std::move(why);
        stream.close();
    }
    std::string request_;
    std::size_t reply_limit_;
};

class SocketMap : public Table {
  public:
    SocketMap(const std::string& name, Endpoint endpoint, std::string map, const Settings& settings,
              bool utf8)
        : Table(name),
          server_(std::move(endpoint)),
          map_(std::move(map)),
          query_limit_(static_cast<std::size_t>(settings[socketmap_max_query_size])),
          reply_limit_(static_cast<std::size_t>(settings[socketmap_max_reply_size])),
          utf8_(utf8) {}

    Task<LookupResult> find(std::string key) override {
        const std::string query = map_ + " " + key;
        if (query.size() > query_limit_) co_return LookupResult::miss();
        Ask ask(query, reply_limit_);
        const Result<void> done = co_await server_.talk(ask);
        if (!done) co_return trouble(": " + done.error());
        if (!ask.problem.empty()) co_return trouble(": " + ask.problem);
        co_return weigh(key, ask.reply);
    }
    KeyKind key_kind() const override { return KeyKind::pattern; }

  private:
    LookupResult trouble(const std::string& what) const {
        std::string reason = fmt::format("{} socketmap server{}", name(), what);
        log::warning("{}", reason);
        return LookupResult::retry(std::move(reason));
    }
    LookupResult weigh(const std::string& key, const std::string& reply) const {
        const std::size_t space = std::min(reply.find(' '), reply.size());
        const std::string_view word = std::string_view(reply).substr(0, space);
        std::string rest = reply.substr(std::min(space + 1, reply.size()));
        if (reply == "OK") return LookupResult::miss();  // Compat
        if (word == "OK") return received_value(name(), key, std::move(rest), utf8_);
        if (word == "NOTFOUND") return LookupResult::miss();
        const std::string_view kind = word == "TEMP"      ? "temporary"
                                      : word == "TIMEOUT" ? "timeout"
                                      : word == "PERM"    ? "permanent"
                                                          : "unknown";
        return trouble(fmt::format(" {} error{}{}", kind, rest.empty() ? "" : ": ", printable(rest)));
    }
    RemoteServer server_;
    std::string map_;
    std::size_t query_limit_;
    std::size_t reply_limit_;
    bool utf8_;
};

}  // namespace

Result<TablePtr> open_socketmap(const std::string& name, const std::string& argument,
                                const OpenContext& context) {
    const std::size_t colon = argument.rfind(':');
    std::optional<Endpoint> endpoint;
    if (colon != std::string::npos) endpoint = Endpoint::parse(std::string_view(argument).substr(0, colon));
    if (colon == std::string::npos) return Error{"socketmap requires server:socketmap argument"};
    if (!endpoint)
        return Error{
            fmt::format("need service transport:endpoint instead of \"{}\"", argument.substr(0, colon))};
    std::string map = argument.substr(colon + 1);
    return TablePtr(std::make_shared<SocketMap>(name, std::move(*endpoint), std::move(map), context.settings,
                                                context.utf8));
}

}  // namespace postrider::tables
