// smtpd/harness_test.cc - the server under test: faked neighbours, a scripted client.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <catch2/catch.hpp>
#include <map>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "smtpd/session.h"
#include "smtpd/smtpd_under_test.h"

namespace postrider::smtpd {

namespace {

using namespace std::chrono_literals;

constexpr auto patience = 5s;
std::vector<std::string> log_lines;

void keep_line(log::Level, std::string_view line) {
    log_lines.emplace_back(line);
}

constexpr std::string_view base_config =
    "compatibility_level = 3.6\n"
    "myhostname = mail.example\n"
    "mydomain = example.com\n"
    "myorigin = example.com\n"
    "mydestination = example.com\n"
    "mynetworks = 127.0.0.1/32\n"
    "inet_interfaces = 127.0.0.9\n"
    "proxy_interfaces =\n"
    "local_recipient_maps = inline:{alice=x, bob=x, alice@example.com=x}\n"
    "alias_maps =\n"
    "smtpd_error_sleep_time = 0\n"
    "smtpd_client_connection_count_limit = 0\n"
    "relay_domains = relay.example\n";

struct Cleanup {
    int status = 0;
    std::string reason;
    bool down = false;
};

class FakeSink : public MessageSink {
  public:
    FakeSink(std::shared_ptr<std::vector<TakenMessage>> all, std::shared_ptr<Cleanup> cleanup)
        : all_(std::move(all)), cleanup_(std::move(cleanup)), at_(all_->size() - 1) {}
    const std::string& queue_id() const override { return id_; }
    void put(queue::RecordType type, std::string_view data) override {
        (*all_)[at_].records.emplace_back(static_cast<char>(type), data);
    }
    std::size_t queued() const override { return 0; }
    Task<> drain() override { co_return; }
    Task<queue::CleanupOutcome> finish(async::Duration) override {
        queue::CleanupOutcome outcome;
        outcome.status = cleanup_->status;
        outcome.reason = cleanup_->reason;
        (*all_)[at_].finished = cleanup_->status == 0;
        co_return outcome;
    }

  private:
    std::shared_ptr<std::vector<TakenMessage>> all_;
    std::shared_ptr<Cleanup> cleanup_;
    std::size_t at_;
    std::string id_ = "4ABC";
};

Task<Result<MessageSinkPtr>> open_fake(std::shared_ptr<std::vector<TakenMessage>> all,
                                       std::shared_ptr<Cleanup> cleanup, int flags) {
    if (cleanup->down) co_return Error{"connect to public/cleanup: Connection refused"};
    TakenMessage message;
    message.flags = flags;
    all->push_back(message);
    MessageSinkPtr sink = std::make_unique<FakeSink>(all, cleanup);
    co_return std::move(sink);
}

Task<bool> no() {
    co_return false;
}

Task<Result<ipc::Resolved>> resolve_fake(std::string recipient) {
    ipc::Resolved resolved;
    resolved.transport = "smtp";
    resolved.recipient = recipient.find('@') == std::string::npos ? recipient + "@example.com" : recipient;
    const std::string domain = lower(resolved.recipient.substr(resolved.recipient.rfind('@') + 1));
    if (domain == "broken.example") co_return Error{"table is down"};
    resolved.nexthop = domain;
    resolved.address_class = domain == "example.com"     ? ipc::AddressClass::local
                             : domain == "relay.example" ? ipc::AddressClass::relay
                                                         : ipc::AddressClass::other;
    resolved.routed = recipient.find('%') != std::string::npos;
    co_return resolved;
}

Task<dns::ClientName> name_fake(std::string address) {
    dns::ClientName name;
    if (address == "127.0.0.3") co_return name;
    name.name = name.reverse_name = address == "127.0.0.1" ? "localhost" : "client.example";
    name.status = name.reverse_status = dns::NameStatus::ok;
    co_return name;
}

Task<FlushOutcome> flush_fake(std::string domain) {
    co_return domain == "relay.example" ? FlushOutcome::started : FlushOutcome::not_eligible;
}

Task<ClientRate> rate_fake() {
    co_return ClientRate();
}

// Servers that main.cf names, in the order of the connections.
struct NamedServers {
    std::vector<std::unique_ptr<fakes::ScriptedServer>> all;
    std::size_t connected = 0;
    async::Scope scope{"servers"};
};
Task<Result<Fd>> connect_fake(std::shared_ptr<NamedServers> servers) {
    if (servers->connected == servers->all.size()) co_return Error{"Connection refused"};
    co_return servers->all[servers->connected++]->start(servers->scope);
}

// In the place of TLS.
class NoCipher : public async::Transport {
  public:
    explicit NoCipher(int fd) : fd_(fd) {}
    int read(void* data, std::size_t size) override { return outcome(::read(fd_, data, size), want_read); }
    int write(const void* data, std::size_t size) override {
        return outcome(::write(fd_, data, size), want_write);
    }

  private:
    static int outcome(ssize_t result, int want) {
        if (result >= 0) return static_cast<int>(result);
        return errno == EAGAIN ? want : failed;
    }
    int fd_;
};

using DnsTable = std::map<std::pair<std::string, dns::Type>, dns::Answer>;
Task<dns::Answer> dns_fake(std::shared_ptr<DnsTable> table, std::string name, dns::Type type) {
    const auto found = table->find({lower(name), type});
    dns::Answer answer;
    answer.status = dns::Status::not_found;
    if (found != table->end()) answer = found->second;
    co_return answer;
}

std::string unescape(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            bytes += text[i];
            continue;
        }
        const char c = text[++i];
        bytes += c == 'r' ? '\r' : c == 'n' ? '\n' : c;
    }
    return bytes;
}

// A TCP connection on loopback: (server's end, client's end).
std::pair<Fd, Fd> connect_loopback(const std::string& client_address) {
    Result<Fd> listener = listen_on(*SocketAddress::from_ip("127.0.0.1"), 1);
    REQUIRE(listener);
    const SocketAddress here = local_address(listener->get());
    Fd client(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const SocketAddress source = *SocketAddress::from_ip(client_address);
    REQUIRE(::bind(client.get(), source.get(), source.length()) == 0);
    REQUIRE(::connect(client.get(), here.get(), here.length()) == 0);
    int accepted = -1;
    while (accepted < 0) accepted = ::accept4(listener->get(), nullptr, nullptr, SOCK_CLOEXEC);
    return {Fd(accepted), std::move(client)};
}

}  // namespace

bool matches_pattern(std::string_view text, std::string_view pattern) {
    const std::size_t star = pattern.find('*');
    if (star == std::string_view::npos) return text == pattern;
    if (!text.starts_with(pattern.substr(0, star))) return false;
    const std::string_view rest = pattern.substr(star + 1);
    for (std::size_t i = star; i <= text.size(); ++i)
        if (matches_pattern(text.substr(i), rest)) return true;
    return false;
}

std::string TakenMessage::all(char type) const {
    std::string joined;
    for (const auto& [kind, data] : records)
        if (kind == type) joined += (joined.empty() ? "" : "|") + data;
    return joined;
}

std::string TakenMessage::content() const {
    std::string text;
    bool inside = false;
    for (const auto& [kind, data] : records) {
        if (kind == 'M') inside = true;
        if (kind == 'X') inside = false;
        if (inside && kind == 'N') text += data + "\n";
        if (inside && kind == 'L') text += data;
    }
    return text;
}

struct SmtpdUnderTest::State {
    explicit State(const std::string& main_cf)
        : settings(Settings::from_text(std::string(base_config) + main_cf)) {}
    Settings settings;
    std::unique_ptr<Server> server;
    std::shared_ptr<Cleanup> cleanup = std::make_shared<Cleanup>();
    std::shared_ptr<DnsTable> dns = std::make_shared<DnsTable>();
    std::shared_ptr<NamedServers> servers = std::make_shared<NamedServers>();
    async::Scope scope{"smtpd"};
    Fd client;
    std::string input;
    bool at_end = false;
};

SmtpdUnderTest::SmtpdUnderTest(const std::string& main_cf, const std::string& client_address, Channel channel)
    : messages_(std::make_shared<std::vector<TakenMessage>>()), state_(std::make_unique<State>(main_cf)) {
    log_lines.clear();
    log::set_observer(keep_line);
    Neighbours fakes;
    auto all = messages_;
    auto cleanup = state_->cleanup;
    auto table = state_->dns;
    fakes.open_message = [all, cleanup](int flags) { return open_fake(all, cleanup, flags); };
    fakes.is_no_address = [](std::string) { return no(); };
    fakes.resolve = [](std::string, std::string recipient) { return resolve_fake(std::move(recipient)); };
    fakes.client_name = [](SocketAddress address) { return name_fake(address.host()); };
    fakes.dns_lookup = [table](std::string name, dns::Type type) {
        return dns_fake(table, std::move(name), type);
    };
    fakes.flush_domain = [](std::string domain) { return flush_fake(std::move(domain)); };
    fakes.anvil = [](AnvilEvent, std::string) { return rate_fake(); };
    auto servers = state_->servers;
    fakes.connect = [servers](std::string, async::Deadline) { return connect_fake(servers); };
    fakes.keep_running = [] { return std::shared_ptr<void>(); };
    state_->server = std::make_unique<Server>(state_->settings, std::move(fakes));
    auto [here, there] = connect_loopback(client_address);
    state_->client = std::move(there);
    set_nonblocking(state_->client.get());
    const int server_end = here.get();
    async::Stream stream(std::move(here));
    if (channel == Channel::encrypted) stream.set_transport(std::make_unique<NoCipher>(server_end));
    state_->scope.spawn(serve(*state_->server, Limits(state_->settings), std::move(stream), "smtp", false));
}

SmtpdUnderTest::~SmtpdUnderTest() {
    state_->client.reset();
    const auto deadline = async::Clock::now() + patience;
    while (state_->scope.size() > 0 && async::Clock::now() < deadline) async::Loop::current().run_once(10ms);
    state_->scope.cancel();
    while (state_->scope.size() > 0) async::Loop::current().run_once(10ms);
    state_->servers->scope.cancel();
    while (state_->servers->scope.size() > 0) async::Loop::current().run_once(10ms);
    log::set_observer(nullptr);
}

void SmtpdUnderTest::cleanup_answers(int status, std::string reason) {
    state_->cleanup->status = status;
    state_->cleanup->reason = std::move(reason);
}

void SmtpdUnderTest::cleanup_is_down() {
    state_->cleanup->down = true;
}

void SmtpdUnderTest::dns(const std::string& name, dns::Type type, dns::Answer answer) {
    (*state_->dns)[{name, type}] = std::move(answer);
}

fakes::ScriptedServer& SmtpdUnderTest::next_server(std::string script) {
    state_->servers->all.push_back(std::make_unique<fakes::ScriptedServer>(std::move(script)));
    return *state_->servers->all.back();
}

bool SmtpdUnderTest::read_line(std::string& line) {
    const auto deadline = async::Clock::now() + patience;
    while (async::Clock::now() < deadline) {
        const std::size_t newline = state_->input.find('\n');
        if (newline != std::string::npos) {
            line = state_->input.substr(0, newline);
            state_->input.erase(0, newline + 1);
            if (!line.empty() && line.back() == '\r') line.pop_back();
            return true;
        }
        if (state_->at_end) return false;
        async::Loop::current().run_once(5ms);
        char bytes[4096];
        const ssize_t got = ::recv(state_->client.get(), bytes, sizeof bytes, MSG_DONTWAIT);
        if (got > 0) state_->input.append(bytes, static_cast<std::size_t>(got));
        if (got == 0 || (got < 0 && errno != EAGAIN)) state_->at_end = true;
    }
    return false;
}

std::string SmtpdUnderTest::step(std::string_view line) {
    const std::string_view what = line.substr(0, 2);
    const std::string text(trim_left(line.substr(2)));
    if (what == "C=") {
        const std::string trouble = step("C: " + text);
        return trouble.empty() ? step("S: 250 *") : trouble;
    }
    if (what == "C:" || what == "C>") {
        const std::string bytes = what == "C:" ? text + "\r\n" : unescape(text);
        set_nonblocking(state_->client.get(), false);
        const bool sent = write_all(state_->client.get(), bytes.data(), bytes.size());
        set_nonblocking(state_->client.get());
        return sent ? "" : "the server has closed the connection before: " + text;
    }
    if (what == "C-") {
        state_->client.reset();
        return "";
    }
    std::string got;
    const bool any = read_line(got);
    if (what == "S-") return any ? "expected the end, got: " + got : state_->at_end ? "" : "no end";
    if (!any) return "expected: " + text + ", got the end or nothing";
    return matches_pattern(got, text) ? "" : "expected: " + text + ", got: " + got;
}

std::string SmtpdUnderTest::play(std::string_view script) {
    for (const std::string_view raw : split(script, '\n')) {
        const std::string_view line = trim(raw);
        if (line.empty()) continue;
        const std::string problem = step(line);
        if (!problem.empty()) return problem;
    }
    return "";
}

bool SmtpdUnderTest::logged(std::string_view pattern) {
    const auto deadline = async::Clock::now() + patience;
    while (async::Clock::now() < deadline) {
        for (const std::string& line : log_lines)
            if (matches_pattern(line, pattern)) return true;
        async::Loop::current().run_once(5ms);
    }
    return false;
}

}  // namespace postrider::smtpd
