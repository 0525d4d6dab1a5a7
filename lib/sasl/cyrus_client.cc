// lib/sasl/cyrus_client.cc - logging in with the Cyrus SASL library.
#include "lib/sasl/cyrus_client.h"

#include <cstddef>
#include <cstring>

#include "lib/async/offload.h"
#include "lib/base/text.h"
#include "lib/sasl/cyrus.h"

namespace postrider::sasl {

namespace {

struct FreeSecret {
    void operator()(sasl_secret_t* secret) const {
        ::explicit_bzero(secret->data, secret->len);
        ::free(secret);
    }
};
using Secret = std::unique_ptr<sasl_secret_t, FreeSecret>;

Secret make_secret(const std::string& password) {
    void* memory = ::malloc(offsetof(sasl_secret_t, data) + password.size() + 1);
    if (memory == nullptr) throw std::bad_alloc();
    auto* secret = static_cast<sasl_secret_t*>(memory);
    secret->len = password.size();
    std::memcpy(secret->data, password.c_str(), password.size() + 1);
    return Secret(secret);
}

class CyrusClientConversation : public ClientConversation {
  public:
    explicit CyrusClientConversation(ClientFacts facts)
        : facts_(std::move(facts)), secret_(make_secret(facts_.password)) {
        set_callback(0, SASL_CB_AUTHNAME, reinterpret_cast<void*>(give_user));
        set_callback(1, SASL_CB_USER, reinterpret_cast<void*>(give_user));
        set_callback(2, SASL_CB_PASS, reinterpret_cast<void*>(give_password));
        callbacks_[3] = {SASL_CB_LIST_END, nullptr, nullptr};
    }

    Task<Result<FirstStep>> begin() override {
        auto work = [this] { return start(); };
        Result<FirstStep> first = co_await async::offload(std::move(work));
        co_return first;
    }

    Task<Result<std::string>> step(std::string challenge) override {
        auto work = [this, challenge] { return go_on(challenge); };
        Result<std::string> response = co_await async::offload(std::move(work));
        co_return response;
    }

  private:
    void set_callback(std::size_t at, unsigned long id, void* function) {
        callbacks_[at].id = id;
        callbacks_[at].proc = reinterpret_cast<CyrusFunction>(function);
        callbacks_[at].context = this;
    }

    // Compat: without send_cyrus_sasl_authzid the name to act as is left empty.
    static int give_user(void* context, int id, const char** result, unsigned* length) {
        if (context == nullptr || result == nullptr) return SASL_BADPARAM;
        const auto* self = static_cast<CyrusClientConversation*>(context);
        static const std::string nobody;
        const bool acts_as = id == SASL_CB_USER && !self->facts_.sends_authorization_id;
        const std::string& name = acts_as ? nobody : self->facts_.user;
        *result = name.c_str();
        if (length != nullptr) *length = static_cast<unsigned>(name.size());
        return SASL_OK;
    }

    static int give_password(sasl_conn_t*, void* context, int id, sasl_secret_t** result) {
        if (context == nullptr || result == nullptr || id != SASL_CB_PASS) return SASL_BADPARAM;
        *result = static_cast<CyrusClientConversation*>(context)->secret_.get();
        return SASL_OK;
    }

    Result<FirstStep> start() {
        sasl_conn_t* raw = nullptr;
        int status = sasl_client_new(facts_.service.c_str(), facts_.server.c_str(), nullptr, nullptr,
                                     callbacks_, 0, &raw);
        if (status != SASL_OK)
            return Error{"per-session SASL client initialization: " + cyrus_reason(status)};
        connection_.reset(raw);
        const Result<void> secured = demand_security(raw, facts_.security);
        if (!secured) return Error{secured.error()};
        const std::string offered = join(facts_.mechanisms, " ");
        const char* output = nullptr;
        unsigned length = 0;
        const char* mechanism = nullptr;
        status = sasl_client_start(raw, offered.c_str(), nullptr, &output, &length, &mechanism);
        if (status != SASL_OK && status != SASL_CONTINUE) return Error{cyrus_reason(status)};
        FirstStep first;
        first.mechanism = mechanism;
        if (output != nullptr) first.response = std::string(output, length);
        return first;
    }

    Result<std::string> go_on(const std::string& challenge) {
        const char* output = nullptr;
        unsigned length = 0;
        const int status =
            sasl_client_step(connection_.get(), challenge.data(), static_cast<unsigned>(challenge.size()),
                             nullptr, &output, &length);
        if (status != SASL_OK && status != SASL_CONTINUE) return Error{cyrus_reason(status)};
        return output != nullptr ? std::string(output, length) : std::string();
    }

    const ClientFacts facts_;
    Secret secret_;
    sasl_callback_t callbacks_[4]{};
    CyrusConnection connection_;
};

class CyrusClient : public AuthClient {
  public:
    std::unique_ptr<ClientConversation> open(ClientFacts facts) override {
        return std::make_unique<CyrusClientConversation>(std::move(facts));
    }
};

}  // namespace

Result<std::unique_ptr<AuthClient>> make_cyrus_client(const std::string& config_path) {
    const Result<void> prepared = prepare_cyrus(config_path);
    if (!prepared) return Error{prepared.error()};
    static sasl_callback_t callbacks[2] = {cyrus_log_callback(), {SASL_CB_LIST_END, nullptr, nullptr}};
    const int status = sasl_client_init(callbacks);
    if (status != SASL_OK) return Error{"SASL library initialization error: " + cyrus_reason(status)};
    std::unique_ptr<AuthClient> client = std::make_unique<CyrusClient>();
    return client;
}

}  // namespace postrider::sasl
