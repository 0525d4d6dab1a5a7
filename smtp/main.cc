// smtp/main.cc - the smtp(8) daemon, and under its second name lmtp(8).
#include <optional>

#include "lib/base/file.h"
#include "lib/base/text.h"
#include "lib/config/settings.h"
#include "lib/config/tls_parameters.h"
#include "lib/daemon/delivery_agent.h"
#include "lib/delivery/deliver_pass.h"
#include "lib/ipc/tlsmgr_client.h"
#include "smtp/client.h"
#include "smtp/lmtp_parameters.h"
#include "smtp/lmtp_sasl_parameters.h"
#include "smtp/parameters.h"
#include "smtp/sasl_parameters.h"

namespace {

using namespace postrider;

smtp::Protocol protocol = smtp::Protocol::smtp;
std::optional<smtp::Client> client;

// Passes verdicts on to the request's Delivery.
class DeliveryVerdicts : public smtp::Verdicts {
  public:
    explicit DeliveryVerdicts(delivery::Delivery& delivery) : delivery_(delivery) {}
    Task<> sent(delivery::Recipient recipient, delivery::Outcome outcome) override {
        co_await delivery_.sent(recipient, std::move(outcome));
    }
    Task<> bounced(delivery::Recipient recipient, delivery::Outcome outcome) override {
        co_await delivery_.bounced(recipient, std::move(outcome));
    }
    Task<> deferred(delivery::Recipient recipient, delivery::Outcome outcome) override {
        co_await delivery_.deferred(recipient, std::move(outcome));
    }
    int deferrals() const override { return delivery_.deferrals(); }
    Task<> pass(std::string destination, std::vector<delivery::Recipient> recipients) override {
        co_await delivery::pass_recipients(delivery_, std::move(destination), std::move(recipients));
    }
    void destination_failed(std::string status, std::string reason) override {
        delivery_.destination_failed(std::move(status), std::move(reason));
    }
    void corrupt(std::string_view what) override { delivery_.mark_corrupt(what); }

  private:
    delivery::Delivery& delivery_;
};

Task<> deliver(delivery::Delivery& delivery) {
    DeliveryVerdicts verdicts(delivery);
    co_await client->deliver(delivery.request(), delivery.queue_file(), verdicts);
}

// Tables are opened while their files can still be reached.
void open_client(Settings& settings) {
    const char* const cache = protocol == smtp::Protocol::lmtp ? "lmtp" : "smtp";
    const std::string& service = settings[config::tlsmgr_service_name];
    auto tls_sessions = std::make_unique<ipc::TlsmgrClient>(cache, "private/" + service);
    client.emplace(protocol, settings, daemon::background(), std::move(tls_sessions));
    smtp::check_choices(client->options());
}

// A program that fetches tokens is the administrator's, and goes where it must; Kerberos keeps tickets in
// /tmp.
daemon::Confinement needs(const Settings& settings) {
    const bool is_lmtp = protocol == smtp::Protocol::lmtp;
    const config::Raw& tokens =
        settings[is_lmtp ? smtp::lmtp_sasl_oauth_token_source : smtp::smtp_sasl_oauth_token_source];
    const bool logs_in = settings[is_lmtp ? smtp::lmtp_sasl_auth_enable : smtp::smtp_sasl_auth_enable];
    daemon::Confinement needs{.writes = {"active"}, .network = true, .caches = true};
    needs.programs = trim(tokens.text).starts_with("command:");
    if (logs_in) needs.reads.emplace_back("/tmp");
    return needs;
}

void end_sessions() {
    client->end_sessions();
}

}  // namespace

int main(int argc, char** argv) {
    const bool is_lmtp = argc > 0 && base_name(argv[0]) == "lmtp";
    protocol = is_lmtp ? smtp::Protocol::lmtp : smtp::Protocol::smtp;
    daemon::Description description;
    description.program = is_lmtp ? "lmtp" : "smtp";
    description.confinement = needs;
    description.before_jail = open_client;
    description.at_exit = end_sessions;
    return daemon::run_delivery_agent(
        argc, argv, std::move(description),
        {.deliver = deliver,
         .status_filter = is_lmtp ? &smtp::lmtp_delivery_status_filter : &smtp::smtp_delivery_status_filter});
}
