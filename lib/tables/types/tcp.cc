// lib/tables/types/tcp.cc - the table type tcp: one line asked, one line answered.
//
// "get KEY" is answered by "200 VALUE", "500 reason" (not found) or "400 reason" (try again); keys and values
// with %XX in place of blanks and unprintable bytes.
#include <fmt/core.h>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/tables/open.h"
#include "lib/tables/types/remote.h"

namespace postrider::tables {

namespace {

constexpr std::size_t longest_reply = 4096;
constexpr std::size_t type_length = std::string_view("tcp:").size();

std::string percent_encode(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '%' || c == ' ' || !is_printable(c)) {
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        } else {
            out += c;
        }
    }
    return out;
}

std::optional<std::string> percent_decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        const auto byte = i + 2 < text.size() ? parse_unsigned(text.substr(i + 1, 2), 16) : std::nullopt;
        if (!byte) return std::nullopt;
        out += static_cast<char>(*byte);
        i += 2;
    }
    return out;
}

class Get : public RemoteServer::Dialogue {
  public:
    explicit Get(std::string_view key) : request_("get " + percent_encode(key) + "\n") {}
    Task<> run(async::Stream& stream) override {
        reply = {};
        stream.put(request_);
        co_await stream.flush();
        reply = co_await stream.read_line(longest_reply);
        too_long = stream.line_was_cut();
        // After anything but an answer the connection is not to be trusted.
        if (too_long || reply.size() < 4 || (reply[0] != '2' && reply[0] != '5')) stream.close();
    }
    std::string reply;
    bool too_long = false;

  private:
    std::string request_;
};

class TcpTable : public Table {
  public:
    TcpTable(const std::string& name, Endpoint endpoint, bool utf8)
        : Table(name), server_(std::move(endpoint)), utf8_(utf8) {}

    Task<LookupResult> find(std::string key) override {
        Get get(key);
        const Result<void> done = co_await server_.talk(get);
        if (!done) co_return trouble(done.error());
        if (get.too_long) co_return trouble(fmt::format("text longer than {}", longest_reply));
        co_return weigh(key, get.reply);
    }
    KeyKind key_kind() const override { return KeyKind::pattern; }

  private:
    LookupResult trouble(const std::string& reason) const {
        log::warning("read TCP map reply from {}: {}", std::string_view(name()).substr(type_length), reason);
        return LookupResult::retry(fmt::format("{}: {}", name(), reason));
    }
    LookupResult weigh(const std::string& key, const std::string& reply) const {
        const bool shaped =
            reply.size() >= 4 && all_digits(std::string_view(reply).substr(0, 3)) && is_space(reply[3]);
        const auto text = shaped ? percent_decode(std::string_view(reply).substr(4)) : std::nullopt;
        if (!text) return trouble("malformed reply: " + printable(reply));
        if (reply[0] == '2') return received_value(name(), key, *text, utf8_);
        if (reply[0] == '5') return LookupResult::miss();
        if (reply[0] != '4') return trouble("bad status code: " + printable(reply));
        return trouble("temporary error: " + printable(*text));
    }
    RemoteServer server_;
    bool utf8_;
};

}  // namespace

Result<TablePtr> open_tcp(const std::string& name, const std::string& argument, const OpenContext& context) {
    auto endpoint = Endpoint::parse(argument);
    if (!endpoint) return Error{fmt::format("bad syntax: \"{}\"; need \"tcp:host:port\"", name)};
    return TablePtr(std::make_shared<TcpTable>(name, std::move(*endpoint), context.utf8));
}

}  // namespace postrider::tables
