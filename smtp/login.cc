// smtp/login.cc - logging in to a server.
#include "smtp/login.h"

#include <fmt/core.h>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/sasl/config_path.h"
#include "lib/sasl/oauth_client.h"
#include "smtp/lmtp_sasl_parameters.h"
#include "smtp/sasl_parameters.h"

namespace postrider::smtp {

namespace {

// RFC 5321 4.5.3.1.4: a command line has 512 bytes at most.
constexpr std::size_t command_limit = 510;
constexpr int step_limit = 20;

unsigned security_of(const Parameter<std::string>& parameter, const Settings& settings) {
    const Result<unsigned> bits = sasl::parse_security_options(settings[parameter]);
    if (!bits) fatal("main.cf: {} = {}: {}", parameter.name(), settings[parameter], bits.error());
    return *bits;
}

// What a 334 reply carries; nothing when that is no base64.
std::optional<std::string> challenge_of(const Reply& reply) {
    const std::string& line = reply.lines.back();
    return base64_decode(trim(line.size() > 4 ? std::string_view(line).substr(4) : std::string_view()));
}

// Compat: a login is part of the handshake, for the log.
std::string_view doing_auth(const Session& session) {
    return session.options().is_lmtp() ? "performing the LHLO handshake" : "performing the EHLO handshake";
}

// Sends a line that is not for the log.
Task<Reply> ask_secretly(Session& session, std::string line) {
    log::debug("> {}: ...", session.peer().with_port());
    session.put_secret(line, starts_with_ignoring_case(line, "AUTH ")
                                 ? line.substr(0, line.find(' ', sizeof("AUTH"))) + " ..."
                                 : "...");
    Reply reply = co_await session.read_reply(session.options().helo_timeout, doing_auth(session));
    co_return reply;
}

// The server waits for a response that will not come, RFC 4954 4.
Task<> cancel(Session& session) {
    std::string line = "*";
    const Reply reply = co_await ask_secretly(session, std::move(line));
    log::debug("{} heard that the login is cancelled: {}", session.peer().with_port(), reply.code);
}

Failure cannot(const Session& session, std::string_view reason) {
    return local_failure("4.7.0",
                         fmt::format("SASL authentication failed; cannot authenticate to server {}: {}",
                                     session.peer().name_and_address(), reason));
}

}  // namespace

LoginPolicy::LoginPolicy(const Options& options, const Settings& settings)
    : options_(options), program_(options.is_lmtp() ? "lmtp" : "smtp"), local_domains_(settings) {
    const auto pick = [&](const auto& of_smtp, const auto& of_lmtp) -> const auto& {
        return options.is_lmtp() ? of_lmtp : of_smtp;
    };
    enabled_ = settings[pick(smtp_sasl_auth_enable, lmtp_sasl_auth_enable)];
    if (!enabled_) return;
    passwords_ = tables::TableList(pick(smtp_sasl_password_maps, lmtp_sasl_password_maps), settings);
    if (passwords_.empty())
        fatal("specify a password table via the `{}_sasl_password_maps' configuration parameter", program_);
    by_sender_ = settings[pick(smtp_sender_dependent_authentication, lmtp_sender_dependent_authentication)];
    soft_bounce_ = settings[pick(smtp_sasl_auth_soft_bounce, lmtp_sasl_auth_soft_bounce)];
    delimiter_ =
        settings[pick(smtp_sasl_password_result_delimiter, lmtp_sasl_password_result_delimiter)].front();
    security_[0] = security_of(pick(smtp_sasl_security_options, lmtp_sasl_security_options), settings);
    security_[1] =
        security_of(pick(smtp_sasl_tls_security_options, lmtp_sasl_tls_security_options), settings);
    security_[2] = security_of(
        pick(smtp_sasl_tls_verified_security_options, lmtp_sasl_tls_verified_security_options), settings);
    mechanism_filter_ = tables::MatchList(pick(smtp_sasl_mechanism_filter, lmtp_sasl_mechanism_filter),
                                          tables::ListKind::strings, settings);
    sends_authorization_id_ = settings[config::send_cyrus_sasl_authzid];
    address_rules_.extension = tables::extension_rules(settings);
    address_rules_.is_local_domain = [this](std::string domain) {
        return local_domains_.contains_or_is_origin(std::move(domain));
    };
    const std::string& cache = settings[pick(smtp_sasl_auth_cache_name, lmtp_sasl_auth_cache_name)];
    if (!cache.empty() && !cache.starts_with("proxy:"))
        fatal("main.cf: {}_sasl_auth_cache_name = {}: must start with proxy:", program_, cache);
    if (!cache.empty()) {
        Result<std::unique_ptr<tables::Store>> shared =
            tables::open_store(cache, tables::OpenContext(settings));
        if (!shared) log::warning("{}_sasl_auth_cache_name: {}", program_, shared.error());
        refused_.emplace(settings[pick(smtp_sasl_auth_cache_time, lmtp_sasl_auth_cache_time)],
                         shared ? std::move(*shared) : nullptr);
    }
    const auto& token_source = pick(smtp_sasl_oauth_token_source, lmtp_sasl_oauth_token_source);
    if (const std::string& text = settings[token_source].text; !text.empty()) {
        const Result<TokenSource> source = TokenSource::parse(text);
        if (!source) fatal("main.cf: {} = {}: {}", token_source.name(), text, source.error());
        tokens_ = *source;
    }
    std::string config_path = settings[config::cyrus_sasl_config_path];
    if (config_path.empty()) config_path = sasl::default_config_path(settings.config_directory());
    const std::string& type = settings[pick(smtp_sasl_type, lmtp_sasl_type)];
    Result<std::unique_ptr<sasl::AuthClient>> client = sasl::make_client(type, config_path);
    if (client) {
        client_ = std::move(*client);
    } else {
        // Mail that needs no login goes on.
        trouble_ = client.error();
        log::warning("{}", trouble_);
    }
}

Task<LoginChoice> LoginPolicy::choose(Destination destination, std::string host, std::string sender) const {
    LoginChoice choice;
    if (!enabled_ || passwords_.empty()) co_return choice;
    tables::LookupResult found;
    if (by_sender_ && !options_.is_lmtp() && !sender.empty()) {
        tables::AddressResult of_sender =
            co_await tables::find_address(passwords_, std::move(sender), address_rules_);
        found = std::move(of_sender);
    }
    std::string next_keys[] = {std::move(host), destination.text};
    for (std::string& key : next_keys) {
        if (found.found != tables::Found::no) break;
        tables::LookupResult next = co_await passwords_.find(key);
        found = std::move(next);
    }
    if (found.found == tables::Found::try_again) choice.failure = local_failure("4.3.0", found.reason);
    if (found.found != tables::Found::yes) co_return choice;
    const std::size_t delimiter = found.value.find(delimiter_);
    Credentials credentials;
    credentials.user = found.value.substr(0, delimiter);
    if (delimiter != std::string::npos) credentials.password = found.value.substr(delimiter + 1);
    choice.credentials = std::move(credentials);
    co_return choice;
}

Task<std::optional<Failure>> LoginPolicy::log_in(Session& session, std::optional<Credentials> credentials,
                                                 Protection protection) {
    session.set_login(credentials ? credentials->key() : std::string());
    // Compat: a server that offers no login gets the mail without one.
    if (!credentials || !session.features().auth) co_return std::nullopt;
    std::optional<async::PeerGone::Why> why;
    try {
        Credentials own = std::move(*credentials);
        std::optional<Failure> failure = co_await converse(session, std::move(own), protection);
        if (failure) session.forbid_reuse();
        co_return failure;
    } catch (const async::PeerGone& peer_gone) {
        why = peer_gone.why;
    }
    co_return gone(session.peer(), *why, session.doing());
}

Task<std::vector<std::string>> LoginPolicy::usable_mechanisms(std::vector<std::string> offered,
                                                              std::string server) const {
    std::vector<std::string> usable;
    for (const std::string& name : offered) {
        tables::Match match = tables::Match::yes;
        if (!mechanism_filter_.empty()) match = co_await mechanism_filter_.matches(name);
        if (match == tables::Match::yes) usable.push_back(name);
    }
    if (offered.empty())
        log::warning("{} offered null AUTH mechanism list", server);
    else if (usable.empty())
        log::warning("{} offered no supported AUTH mechanisms: '{}'", server, join(offered, " "));
    co_return usable;
}

Task<std::optional<Failure>> LoginPolicy::converse(Session& session, Credentials credentials,
                                                   Protection protection) {
    const std::string server = session.peer().name_and_address();
    std::vector<std::string> offered = session.features().auth_mechanisms;
    std::string with_port = session.peer().with_port();
    std::vector<std::string> usable = co_await usable_mechanisms(std::move(offered), std::move(with_port));
    if (usable.empty())
        co_return local_failure("4.7.0",
                                fmt::format("SASL authentication failed: server {} offered no compatible "
                                            "authentication mechanisms for this type of connection security",
                                            server));
    if (refused_) {
        const std::optional<LoginCache::Refusal> known =
            co_await refused_->ask(session.peer().host, credentials.user, credentials.password);
        if (known) co_return refusal(session.peer(), known->status, known->text, "[CACHED] ");
    }
    sasl::ClientFacts facts;
    facts.service = program_;
    facts.server = session.peer().host;
    facts.mechanisms = std::move(usable);
    facts.security = security_[static_cast<int>(protection)];
    facts.user = credentials.user;
    facts.password = credentials.password;
    facts.sends_authorization_id = sends_authorization_id_;
    const std::string bearer =
        tokens_.empty() ? std::string() : sasl::oauth_mechanism(facts.mechanisms, facts.security);
    if (!bearer.empty()) {
        Result<std::string> token = co_await tokens_.fetch(facts.user, facts.server);
        if (!token) co_return cannot(session, "no token for " + facts.user + ": " + token.error());
        facts.password = *token;
        facts.mechanisms = std::vector<std::string>(1, bearer);
        const std::unique_ptr<sasl::ClientConversation> with_token =
            sasl::make_oauth_conversation(std::move(facts));
        std::optional<Failure> failure = co_await exchange(session, *with_token, credentials);
        co_return failure;
    }
    if (!client_) co_return cannot(session, trouble_);
    const std::unique_ptr<sasl::ClientConversation> conversation = client_->open(std::move(facts));
    std::optional<Failure> failure = co_await exchange(session, *conversation, credentials);
    co_return failure;
}

Task<std::optional<Failure>> LoginPolicy::exchange(Session& session, sasl::ClientConversation& conversation,
                                                   const Credentials& credentials) {
    const std::string server = session.peer().name_and_address();
    Result<sasl::FirstStep> first = co_await conversation.begin();
    if (!first) co_return cannot(session, first.error());
    std::string command = "AUTH " + first->mechanism;
    std::optional<std::string> held_back;
    if (first->response) {
        const std::string encoded = first->response->empty() ? "=" : base64_encode(*first->response);
        if (command.size() + 1 + encoded.size() <= command_limit)
            command += " " + encoded;
        else
            held_back = *first->response;
    }
    Reply reply = co_await ask_secretly(session, std::move(command));
    for (int steps = 0; reply.klass() == 3; ++steps) {
        std::string trouble;
        std::string response;
        const auto challenge = challenge_of(reply);
        if (steps >= step_limit) {
            co_await cancel(session);
            co_return local_failure(
                "4.7.0",
                fmt::format("SASL authentication failed; authentication protocol loop with server {}",
                            server));
        }
        if (held_back && challenge && !challenge->empty()) {
            co_await cancel(session);
            co_return local_failure("4.7.0", fmt::format("SASL authentication failed; non-empty initial {} "
                                                         "challenge from server {}: {}",
                                                         first->mechanism, server, reply.text()));
        }
        if (!challenge) {
            trouble = "malformed SASL challenge from server";
        } else if (held_back) {
            response = std::move(*held_back);
            held_back.reset();
        } else {
            std::string asked = *challenge;
            Result<std::string> next = co_await conversation.step(std::move(asked));
            if (next)
                response = std::move(*next);
            else
                trouble = next.error();
        }
        if (!trouble.empty()) {
            co_await cancel(session);
            co_return cannot(session, trouble);
        }
        std::string line = base64_encode(response);
        reply = co_await ask_secretly(session, std::move(line));
    }
    std::optional<Failure> failure = co_await judge(session, std::move(reply), credentials);
    co_return failure;
}

Task<std::optional<Failure>> LoginPolicy::judge(const Session& session, Reply reply,
                                                const Credentials& credentials) {
    if (reply.ok()) co_return std::nullopt;
    // Compat: the ends of lines within this reply are shown as characters that cannot be printed.
    const std::string text = join(reply.lines, "?");
    if (refused_ && reply.code == 535) {
        LoginCache::Refusal told;
        told.status = reply.status;
        told.text = text;
        co_await refused_->tell(session.peer().host, credentials.user, credentials.password, std::move(told));
    }
    const bool is_error = reply.klass() == 4 || reply.klass() == 5;
    co_return refusal(session.peer(), is_error ? reply.status : "4.7.0", text, "");
}

Failure LoginPolicy::refusal(const Peer& peer, const std::string& status, const std::string& text,
                             std::string_view how) const {
    Failure failure =
        local_failure(status, fmt::format("SASL {}authentication failed; server {} said: {}", how,
                                          how.empty() ? peer.name_and_address() : peer.host, text));
    if (soft_bounce_ && failure.status.starts_with('5')) failure.status.front() = '4';
    failure.diagnostic = text;
    failure.remote_mta = peer.host;
    return failure;
}

}  // namespace postrider::smtp
