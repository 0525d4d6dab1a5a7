// lib/sasl/cyrus_server.cc - logins checked by the Cyrus SASL library.
#include "lib/sasl/cyrus_server.h"

#include <map>

#include "lib/async/offload.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/sasl/cyrus.h"

namespace postrider::sasl {

namespace {

constexpr int logins_at_once = 50;

std::string endpoint(const std::string& address, const std::string& port) {
    const bool known = !address.empty() && address != "unknown" && !port.empty() && port != "unknown";
    return known ? address + ";" + port : std::string();
}

const char* or_null(const std::string& text) {
    return text.empty() ? nullptr : text.c_str();
}

// The library's state for one client.
Result<CyrusConnection> connect(const ServerFacts& facts) {
    const std::string here = endpoint(facts.server_address, facts.server_port);
    const std::string there = endpoint(facts.client_address, facts.client_port);
    sasl_conn_t* raw = nullptr;
    const int status = sasl_server_new(facts.service.c_str(), facts.hostname.c_str(), or_null(facts.realm),
                                       or_null(here), or_null(there), nullptr, 0, &raw);
    if (status != SASL_OK) return Error{"SASL per-connection server initialization: " + cyrus_reason(status)};
    CyrusConnection connection(raw);
    const Result<void> secured = demand_security(raw, facts.security);
    if (!secured) return Error{secured.error()};
    return connection;
}

Result<std::vector<std::string>> list_mechanisms(const ServerFacts& facts) {
    const Result<CyrusConnection> connection = connect(facts);
    if (!connection) return Error{connection.error()};
    const char* words = nullptr;
    unsigned length = 0;
    int count = 0;
    const int status = sasl_listmech(connection->get(), nullptr, "", " ", "", &words, &length, &count);
    if (status != SASL_OK || words == nullptr) return Error{"no applicable SASL mechanisms"};
    return split_words(upper(std::string_view(words, length)));
}

class CyrusConversation : public ServerConversation {
  public:
    explicit CyrusConversation(ServerFacts facts) : facts_(std::move(facts)) {}

    Task<Answer> begin(std::string mechanism, std::optional<std::string> initial) override {
        auto work = [this, mechanism, initial] { return start(mechanism, initial); };
        Answer answer = co_await async::offload(std::move(work));
        co_return answer;
    }

    Task<Answer> step(std::string response) override {
        auto work = [this, response] { return go_on(response); };
        Answer answer = co_await async::offload(std::move(work));
        co_return answer;
    }

  private:
    Answer start(const std::string& mechanism, const std::optional<std::string>& initial) {
        Result<CyrusConnection> connection = connect(facts_);
        if (!connection) {
            log::warning("{}", connection.error());
            return Answer(Answer::Kind::try_later, connection.error());
        }
        connection_ = std::move(*connection);
        const char* output = nullptr;
        unsigned length = 0;
        const int status =
            sasl_server_start(connection_.get(), mechanism.c_str(), initial ? initial->data() : nullptr,
                              initial ? static_cast<unsigned>(initial->size()) : 0, &output, &length);
        return judge(status, output, length);
    }

    Answer go_on(const std::string& response) {
        const char* output = nullptr;
        unsigned length = 0;
        const int status = sasl_server_step(connection_.get(), response.data(),
                                            static_cast<unsigned>(response.size()), &output, &length);
        return judge(status, output, length);
    }

    Answer judge(int status, const char* output, unsigned length) {
        if (status == SASL_CONTINUE)
            return Answer(Answer::Kind::challenge, output != nullptr ? std::string(output, length) : "");
        // Compat: also when it has not said what went wrong, as when saslauthd is not there.
        const bool later = status == SASL_TRYAGAIN || status == SASL_UNAVAIL || status == SASL_NOMEM ||
                           status == SASL_BUFOVER || status == SASL_FAIL;
        if (status != SASL_OK)
            return Answer(later ? Answer::Kind::try_later : Answer::Kind::failure, cyrus_reason(status),
                          user_name());
        const std::string user = user_name();
        if (user.empty())
            return Answer(Answer::Kind::try_later, "cannot look up the authenticated SASL username");
        return Answer(Answer::Kind::success, "", user);
    }

    std::string user_name() const {
        const void* name = nullptr;
        const int status = sasl_getprop(connection_.get(), SASL_USERNAME, &name);
        return status == SASL_OK && name != nullptr ? static_cast<const char*>(name) : "";
    }

    const ServerFacts facts_;
    CyrusConnection connection_;
};

class CyrusServer : public AuthServer {
  public:
    explicit CyrusServer(std::string trouble) : trouble_(std::move(trouble)) {}

    // What plug-ins there are does not change; what they may be used for depends on the demands alone.
    Task<Result<std::vector<std::string>>> mechanisms(ServerFacts facts) override {
        if (!trouble_.empty()) co_return Error{trouble_};
        const auto known = known_.find(facts.security);
        if (known != known_.end()) co_return known->second;
        auto work = [facts] { return list_mechanisms(facts); };
        Result<std::vector<std::string>> names = co_await async::offload(std::move(work));
        if (names)
            known_[facts.security] = *names;
        else
            log::warning("{}: {}", facts.client_address, names.error());
        co_return names;
    }

    bool refuses_mechanisms() const override { return true; }
    std::string bad_base64(const std::string&) const override {
        return sasl_errstring(SASL_BADPROT, nullptr, nullptr);
    }

    std::unique_ptr<ServerConversation> open(ServerFacts facts) override {
        return std::make_unique<CyrusConversation>(std::move(facts));
    }

  private:
    const std::string trouble_;  // why the library cannot be used; "" when it can
    std::map<unsigned, std::vector<std::string>> known_;
};

// The library is started once in a process.
std::string start_library(const ServerPlace& place) {
    const Result<void> prepared = prepare_cyrus(place.config_path);
    if (!prepared) return prepared.error();
    static sasl_callback_t callbacks[2] = {cyrus_log_callback(), {SASL_CB_LIST_END, nullptr, nullptr}};
    // The library keeps the pointer to the name, not a copy.
    static const std::string name = place.path;
    const int status = sasl_server_init(callbacks, name.c_str());
    return status == SASL_OK ? "" : "SASL per-process initialization failed: " + cyrus_reason(status);
}

}  // namespace

std::unique_ptr<AuthServer> make_cyrus_server(const ServerPlace& place) {
    // saslauthd takes its time with wrong passwords: they must not keep right ones waiting.
    async::set_worker_threads(logins_at_once);
    std::string trouble = start_library(place);
    if (!trouble.empty()) log::warning("{}", trouble);
    return std::make_unique<CyrusServer>(std::move(trouble));
}

}  // namespace postrider::sasl
