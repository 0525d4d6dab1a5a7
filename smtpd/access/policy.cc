// smtpd/access/policy.cc - check_policy_service: a server of the administrator's choice decides.
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "smtpd/access/check.h"
#include "smtpd/access/parameters.h"
#include "smtpd/access/policy_client.h"

namespace postrider::smtpd::access {

namespace {

struct PolicyServer : Prepared {
    std::shared_ptr<PolicyClient> client;
    std::string problem;
};

std::shared_ptr<const Prepared> prepare(const std::string& argument, const Settings& settings) {
    auto server = std::make_shared<PolicyServer>();
    const Result<PolicyOptions> options = parse_policy_options(argument, settings);
    if (options)
        server->client = PolicyClient::shared(*options);
    else
        server->problem = options.error();
    return server;
}

// The attributes in the order in which Postfix sends them; values never hold a line end.
class Request {
  public:
    void add(std::string_view name, std::string_view value) {
        text_ += name;
        text_ += '=';
        text_ += printable(value);
        text_ += '\n';
    }
    std::string finish() && { return std::move(text_) + "\n"; }

  private:
    std::string text_;
};

std::string_view state_of(const Check& check) {
    const std::string_view where = check.session.where;
    return where == "BDAT" ? "DATA" : where;
}

std::string size_of(const Check& check) {
    if (!check.session.in_transaction()) return "0";
    const Transaction& transaction = *check.session.transaction;
    return std::to_string(check.stage == Stage::end_of_data ? transaction.content_size
                                                            : transaction.declared_size);
}

std::string compose(const Check& check, const PolicyOptions& options) {
    const Session& session = check.session;
    const Client& client = session.client;
    const bool whole_message = check.stage == Stage::data || check.stage == Stage::end_of_data;
    const bool open = session.in_transaction() && session.transaction->message != nullptr;
    Request request;
    request.add("request", "smtpd_access_policy");
    request.add("protocol_state", state_of(check));
    request.add("protocol_name", session.protocol());
    request.add("client_address", client.address);
    request.add("client_name", client.name);
    request.add("client_port", client.port);
    request.add("reverse_client_name", client.reverse_name);
    request.add("server_address", client.server_address);
    request.add("server_port", client.server_port);
    request.add("helo_name", session.helo_name);
    request.add("sender", check.sender == nullptr ? "" : *check.sender);
    request.add("recipient", check.recipient == nullptr ? "" : *check.recipient);
    request.add("recipient_count",
                whole_message ? std::to_string(session.transaction->recipient_count) : "0");
    request.add("queue_id", open ? session.queue_id() : "");
    // Compat: a message has none before its sender is accepted.
    const bool accepted = session.in_transaction() && check.session.where != std::string_view("MAIL");
    request.add("instance", accepted ? session.transaction->instance : "");
    request.add("size", size_of(check));
    request.add("etrn_domain", check.etrn_domain);
    request.add("stress", check.settings()[config::stress]);
    request.add("sasl_method", session.login->method);
    request.add("sasl_username", session.login->user);
    request.add("sasl_sender", session.in_transaction() ? session.transaction->sasl_sender : "");
    const tls::Facts& facts = session.tls.get();
    // A name counts only when somebody vouches for it; a fingerprint speaks for itself.
    const bool trusted = facts.trust >= tls::Trust::trusted;
    request.add("ccert_subject", trusted ? facts.subject : "");
    request.add("ccert_issuer", trusted ? facts.issuer : "");
    request.add("ccert_fingerprint", facts.fingerprint);
    request.add("ccert_pubkey_fingerprint", facts.key_fingerprint);
    request.add("encryption_protocol", facts.protocol);
    request.add("encryption_cipher", facts.cipher);
    request.add("encryption_keysize", std::to_string(facts.bits_used));
    request.add("tls_sni", facts.server_name);
    request.add("policy_context", options.context);
    request.add("compatibility_level", check.settings()[config::compatibility_level]);
    request.add("mail_version", check.settings()[config::mail_version]);
    return std::move(request).finish();
}

Task<Verdict> check_policy_service(Check& check, const Step& step) {
    const auto& server = static_cast<const PolicyServer&>(*step.prepared);
    if (!server.problem.empty())
        co_return check.misconfigured("check_policy_service " + step.argument + ": " + server.problem);
    const PolicyOptions& options = server.client->options();
    std::string request = compose(check, options);
    const Result<std::string> answer = co_await server.client->ask(request);
    std::string action = answer ? *answer : options.default_action;
    if (check.session.server.utf8 && !is_valid_utf8(action)) {
        log::warning("malformed UTF-8 in policy server {} response: \"{}\"", step.argument, action);
        action = options.default_action;
    }
    const Source source{options.endpoint, "policy query"};
    const Subject subject = check.default_subject();
    const Verdict verdict = co_await apply_action(check, action, subject, source);
    co_return verdict;
}

constexpr Keyword keywords[] = {
    {"check_policy_service", Argument::text, check_policy_service, prepare},
};

}  // namespace

std::span<const Keyword> policy_keywords() {
    return keywords;
}

}  // namespace postrider::smtpd::access
