// smtpd/neighbours.cc - the other daemons and the name service, as they really are.
#include "smtpd/neighbours.h"

#include "lib/base/log.h"
#include "lib/config/global_parameters.h"
#include "lib/daemon/daemon.h"
#include "lib/delivery/flush_client.h"
#include "lib/ipc/anvil_protocol.h"
#include "lib/ipc/dial.h"

namespace postrider::smtpd {

namespace {

constexpr auto anvil_limit = std::chrono::seconds(2);
constexpr auto anvil_pause = std::chrono::seconds(60);
constexpr auto open_limit = std::chrono::seconds(100);

Task<FlushOutcome> flush_domain(const Settings& settings, std::string domain) {
    const delivery::FlushStatus status = co_await delivery::flush_send_site(std::move(domain), settings);
    switch (status) {
        case delivery::FlushStatus::ok:
            co_return FlushOutcome::started;
        case delivery::FlushStatus::denied:
            co_return FlushOutcome::not_eligible;
        case delivery::FlushStatus::failed:
        case delivery::FlushStatus::bad:
            break;
    }
    co_return FlushOutcome::failed;
}

ipc::Client& anvil_client() {
    thread_local ipc::Client client("private/anvil");
    return client;
}

const char* event_name(AnvilEvent event) {
    switch (event) {
        case AnvilEvent::connect:
            return "connect";
        case AnvilEvent::disconnect:
            return "disconnect";
        case AnvilEvent::message:
            return "message";
        case AnvilEvent::recipient:
            return "recipient";
        case AnvilEvent::auth:
            return "auth";
        case AnvilEvent::new_tls:
            return "newtls";
        case AnvilEvent::look_up_new_tls:
            return "lookup";
    }
    return "";
}

Task<ClientRate> ask_anvil(AnvilEvent event, std::string ident) {
    // A service that is not there must not slow down every client.
    thread_local async::Deadline absent_until{};
    if (async::Clock::now() < absent_until) co_return ClientRate();
    ipc::AnvilRequest request;
    request.request = event_name(event);
    request.ident = std::move(ident);
    request.process = ::getpid();
    ClientRate rate;
    Result<ipc::AnvilReply> reply = co_await anvil_client().ask<ipc::AnvilReply>(request, anvil_limit);
    if (!reply) {
        absent_until = async::after(anvil_pause);
        log::warning("{}", reply.error());
        co_return rate;
    }
    rate.known = reply->status == 0;
    rate.connections = reply->count;
    rate.rate = event == AnvilEvent::look_up_new_tls ? reply->new_tls : reply->rate;
    co_return rate;
}

// Where an address leads once it is written in full: "user" may be somebody elsewhere.
Task<Result<ipc::Resolved>> resolve(std::string sender, std::string recipient) {
    Result<std::string> completed = co_await ipc::rewrite(ipc::RewriteRule::local, std::move(recipient));
    if (!completed) co_return Error{completed.error()};
    Result<ipc::Resolved> resolved = co_await ipc::resolve(std::move(sender), std::move(*completed));
    co_return resolved;
}

Task<bool> is_no_address(std::string address) {
    const Result<ipc::Resolved> resolved = co_await resolve("", std::move(address));
    co_return resolved && resolved->invalid;
}

}  // namespace

Neighbours real_neighbours(const Settings& settings) {
    Neighbours all;
    const std::string cleanup = settings[config::cleanup_service_name];
    all.open_message = [cleanup](int flags) { return open_cleanup(cleanup, flags, open_limit); };
    all.is_no_address = [](std::string address) { return is_no_address(std::move(address)); };
    all.resolve = [](std::string sender, std::string recipient) {
        return resolve(std::move(sender), std::move(recipient));
    };
    all.client_name = [](SocketAddress address) { return dns::verify_client_name(address); };
    all.dns_lookup = [](std::string name, dns::Type type) { return dns::lookup(std::move(name), type); };
    const Settings* all_settings = &settings;
    all.flush_domain = [all_settings](std::string domain) {
        return flush_domain(*all_settings, std::move(domain));
    };
    all.anvil = [](AnvilEvent event, std::string client) { return ask_anvil(event, std::move(client)); };
    all.verify = [](std::string address) { return delivery::query_verify(std::move(address)); };
    all.connect = [](std::string endpoint, async::Deadline deadline) {
        return ipc::dial(std::move(endpoint), deadline);
    };
    all.keep_running = [] { return std::make_shared<daemon::Busy>(); };
    return all;
}

}  // namespace postrider::smtpd
