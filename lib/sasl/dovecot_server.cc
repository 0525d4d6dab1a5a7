// lib/sasl/dovecot_server.cc - logins checked by Dovecot's auth server.
#include "lib/sasl/dovecot_server.h"

#include <sys/socket.h>

#include "lib/async/connect.h"
#include "lib/async/offload.h"
#include "lib/base/endpoint.h"
#include "lib/base/log.h"
#include "lib/base/socket_address.h"
#include "lib/base/text.h"
#include "lib/sasl/dovecot_link.h"

namespace postrider::sasl {

namespace {

constexpr auto connect_limit = std::chrono::seconds(10);
constexpr auto silence_pause = std::chrono::seconds(10);

Task<Result<SocketAddress>> find_address(std::string path) {
    if (path.starts_with("inet:")) {
        std::string endpoint = path.substr(5);
        auto look_up = [endpoint] { return find_endpoint(endpoint, "", AF_UNSPEC, false); };
        Result<SocketAddress> found = co_await async::offload(std::move(look_up));
        co_return found;
    }
    if (path.starts_with("unix:")) path.erase(0, 5);
    const auto address = SocketAddress::from_path(path);
    if (!address) co_return Error{"bad socket path"};
    co_return *address;
}

Task<Result<Fd>> open_socket(std::string path) {
    Result<SocketAddress> address = co_await find_address(std::move(path));
    if (!address) co_return Error{address.error()};
    const SocketAddress anywhere;
    Result<Fd> socket = co_await async::connect_to(*address, anywhere, async::after(connect_limit));
    co_return socket;
}

class DovecotConversation : public ServerConversation {
  public:
    DovecotConversation(DovecotServer& server, ServerFacts facts)
        : server_(server), facts_(std::move(facts)) {}
    ~DovecotConversation() override {
        if (goes_on_) link_->cancel(id_);
    }

    // A connection that turns out to be dead is made again, once.
    Task<Answer> begin(std::string mechanism, std::optional<std::string> initial) override {
        for (int attempt = 0; attempt < 2; ++attempt) {
            Result<std::shared_ptr<DovecotLink>> link = co_await server_.link();
            if (!link) co_return Answer(Answer::Kind::try_later, "Can't connect to authentication server");
            link_ = *link;
            const DovecotLink::Mechanism* known = link_->find(mechanism);
            if (known == nullptr || !meets(known->properties, facts_.security))
                co_return Answer(Answer::Kind::failure, "Invalid authentication mechanism");
            id_ = server_.next_id();
            std::string line = request(mechanism, initial);
            std::optional<DovecotLine> answer = co_await link_->ask(id_, line);
            if (answer) co_return judge(*answer);
            if (link_->is_alive()) break;
        }
        co_return Answer(Answer::Kind::try_later, "Connection lost to authentication server");
    }

    Task<Answer> step(std::string response) override {
        goes_on_ = false;
        std::string line = dovecot_continue(id_, response);
        std::optional<DovecotLine> answer = co_await link_->ask(id_, line);
        if (!answer) co_return Answer(Answer::Kind::try_later, "Connection lost to authentication server");
        co_return judge(*answer);
    }

  private:
    std::string request(const std::string& mechanism, const std::optional<std::string>& initial) const {
        DovecotRequest request;
        request.id = id_;
        request.mechanism = mechanism;
        request.service = facts_.service;
        request.local_address = facts_.server_address;
        request.remote_address = facts_.client_address;
        request.encrypted = facts_.encrypted;
        request.initial = initial;
        return dovecot_auth(request);
    }

    Answer judge(const DovecotLine& line) {
        if (line.malformed) {
            log::warning("SASL: Protocol error: the answer to a request makes no sense");
            return Answer(Answer::Kind::try_later, "Authentication backend error");
        }
        switch (line.kind) {
            case DovecotLine::Kind::ok:
                return Answer(Answer::Kind::success, "", line.user);
            case DovecotLine::Kind::go_on:
                goes_on_ = true;
                return Answer(Answer::Kind::challenge, line.challenge);
            default:
                return Answer(line.temporary ? Answer::Kind::try_later : Answer::Kind::failure, line.reason,
                              line.user);
        }
    }

    DovecotServer& server_;
    const ServerFacts facts_;
    std::shared_ptr<DovecotLink> link_;
    std::uint32_t id_ = 0;
    bool goes_on_ = false;  // the server waits for the client
};

}  // namespace

DovecotServer::DovecotServer(std::string path) : path_(std::move(path)) {}
DovecotServer::~DovecotServer() = default;

Task<Result<std::vector<std::string>>> DovecotServer::mechanisms(ServerFacts facts) {
    Result<std::shared_ptr<DovecotLink>> there = co_await link();
    if (!there) co_return Error{there.error()};
    const std::shared_ptr<DovecotLink> connection = *there;
    std::vector<std::string> names;
    for (const DovecotLink::Mechanism& mechanism : connection->mechanisms())
        if (meets(mechanism.properties, facts.security)) names.push_back(mechanism.name);
    co_return names;
}

std::unique_ptr<ServerConversation> DovecotServer::open(ServerFacts facts) {
    return std::make_unique<DovecotConversation>(*this, std::move(facts));
}

// Who comes first makes the connection, the others wait for what comes of it.
Task<Result<std::shared_ptr<DovecotLink>>> DovecotServer::link() {
    if (link_ && link_->is_alive()) co_return link_;
    if (attempt_) {
        const std::shared_ptr<async::Event> attempt = attempt_;
        const async::Ready ready = co_await attempt->wait(async::after(2 * connect_limit));
        if (ready == async::Ready::timed_out) co_return Error{"timeout"};
    } else if (async::Clock::now() >= silent_until_) {
        struct Attempt {
            explicit Attempt(DovecotServer& owner) : server(owner) {
                server.attempt_ = std::make_shared<async::Event>();
            }
            ~Attempt() {
                server.attempt_->set();
                server.attempt_.reset();
            }
            DovecotServer& server;
        };
        const Attempt attempt(*this);
        trouble_ = "interrupted";
        co_await connect();
    }
    if (link_ && link_->is_alive()) co_return link_;
    co_return Error{trouble_};
}

Task<> DovecotServer::connect() {
    link_.reset();
    Result<Fd> socket = co_await open_socket(path_);
    if (!socket) {
        trouble_ = socket.error();
        log::warning("SASL: Connect to Dovecot auth socket '{}' failed: {}", path_, trouble_);
        co_return;
    }
    const auto fresh = std::make_shared<DovecotLink>(std::move(*socket));
    const Result<void> greeted = co_await fresh->greet();
    if (greeted) {
        link_ = fresh;
        co_return;
    }
    trouble_ = greeted.error();
    log::warning("SASL: Dovecot auth socket '{}': {}", path_, trouble_);
    if (fresh->timed_out()) silent_until_ = async::after(silence_pause);
}

}  // namespace postrider::sasl
