// services/trivial-rewrite/service.cc - answers the questions of one client after the other.
#include "services/trivial-rewrite/service.h"

#include <memory>

#include "lib/base/log.h"
#include "lib/config/global_parameters.h"
#include "lib/ipc/rewrite_protocol.h"
#include "lib/ipc/server.h"
#include "lib/mail/address.h"
#include "lib/mail/parameters.h"
#include "services/trivial-rewrite/parameters.h"

namespace postrider::rewrite {

namespace {

// One for the process: made before the jail, where the tables still are in reach.
std::unique_ptr<Service>& the_service() {
    static std::unique_ptr<Service> service;
    return service;
}

Task<std::string> answer_request(std::string request) {
    std::string reply = co_await the_service()->answer(std::move(request));
    co_return reply;
}

}  // namespace

Service::Service(const Settings& settings)
    : local_{settings[config::myorigin], settings[config::mydomain]},
      remote_{settings[mail::remote_header_rewrite_domain], settings[mail::remote_header_rewrite_domain]},
      resolver_(settings) {
    spelling_.percent_hack = settings[allow_percent_hack];
    spelling_.bang_path = settings[swap_bangpath];
    spelling_.append_origin = settings[append_at_myorigin];
    spelling_.append_domain = settings[append_dot_mydomain];
}

// Names from outside are completed with the one domain that says so, whatever append_dot_mydomain is.
std::string Service::rewrite_external(const std::string& rule, const std::string& address) const {
    if (address.empty()) return "";
    Tokens tokens = mail::scan_tokens(address);
    rewrite_spelling(tokens, spelling_, rule == "remote" ? remote_ : local_);
    const std::string internal = mail::internal_form(tokens);
    return internal.empty() ? "\"\"" : mail::quote_address(internal);
}

std::string Service::rewrite(const std::string& rule, const std::string& address) const {
    return mail::unquote_address(rewrite_external(rule, mail::quote_address(address)));
}

Task<std::string> Service::answer(std::string request) const {
    const auto asked = ipc::decode<ipc::RewriteServiceRequest>(request);
    ipc::RewriteServiceReply reply;
    if (!asked) {
        log::warning("malformed request");
        reply.failed = true;
        reply.reason = "malformed request";
    } else if (asked->request == "rewrite") {
        reply.address = rewrite(asked->rule, asked->address);
    } else if (asked->request == "rewrite-external") {
        reply.address = rewrite_external(asked->rule, asked->address);
    } else if (asked->request == "resolve" || asked->request == "verify") {
        const ipc::ResolveFor purpose =
            asked->request == "verify" ? ipc::ResolveFor::verification : ipc::ResolveFor::delivery;
        std::string sender = asked->sender;
        std::string recipient = asked->address;
        Result<ipc::Resolved> resolved =
            co_await resolver_.resolve(std::move(sender), std::move(recipient), purpose);
        reply.failed = !resolved.ok();
        if (resolved)
            reply.resolved = std::move(*resolved);
        else
            reply.reason = resolved.error();
        reply.any_sender = resolver_.ignores_sender(purpose);
    } else {
        log::warning("unknown request: {}", asked->request);
        reply.failed = true;
        reply.reason = "unknown request";
    }
    co_return ipc::encode(reply);
}

void open_tables(Settings& settings) {
    the_service() = std::make_unique<Service>(settings);
}

Task<> serve_client(daemon::Connection connection, const Settings&) {
    co_await ipc::serve_requests(std::move(connection.stream), answer_request);
}

}  // namespace postrider::rewrite
