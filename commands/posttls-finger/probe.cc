// commands/posttls-finger/probe.cc - one conversation with a server, told line by line.
#include "commands/posttls-finger/probe.h"

#include <algorithm>
#include <set>
#include <utility>

#include "lib/async/connect.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/config/tls_client_parameters.h"
#include "lib/config/tls_parameters.h"
#include "lib/dns/tlsa.h"
#include "lib/mail/address.h"
#include "lib/tls/process_sessions.h"

namespace postrider::posttls_finger {

namespace {

// What goes on while the TLS library talks.
constexpr std::string_view in_handshake = "performing the TLS handshake";

constexpr std::size_t longest_line = 2048;

bool demands_identity(Level level) {
    return level > Level::encrypt;
}

tls::ClientSetup setup_of(const Options& options, const Settings& settings, const std::string& digest) {
    tls::ClientSetup setup;
    setup.keys.chain_files = options.chain_files;
    if (!options.certificate_file.empty()) setup.keys.pairs = {{options.certificate_file, options.key_file}};
    setup.authorities_file = options.authorities_file;
    setup.authorities_directory = options.authorities_directory;
    setup.append_default_authorities = settings[config::tls_append_default_CA];
    setup.curves = settings[config::tls_eecdh_auto_curves];
    setup.ffdhe_groups = settings[config::tls_ffdhe_auto_groups];
    setup.options = settings[config::tls_ssl_options];
    setup.disabled_workarounds = settings[config::tls_disable_workarounds];
    setup.dane_digests = settings[config::tls_dane_digests];
    setup.multi_label_wildcards = settings[config::tls_wildcard_matches_multiple_labels];
    setup.fingerprint_digest = digest;
    return setup;
}

// Compat: keys or authorities that cannot be read end the command, but not with a failure.
void tell_no_tls(const std::string& error) {
    static constexpr std::string_view unknown_digest = "digest algorithm ";
    if (error.starts_with(unknown_digest)) {
        log::warning("D{}", error.substr(1));
        log::warning("disabling TLS support");
        return;
    }
    const std::size_t library = error.find(": error:");
    if (library == std::string::npos) {
        log::warning("{}", error);
        return;
    }
    log::info("{}: disabling TLS support", error.substr(0, library));
    std::string_view rest = std::string_view(error).substr(library + 2);
    while (!rest.empty()) {
        const std::string_view one = rest.substr(0, rest.find("; error:"));
        log::warning("TLS library problem: {}", one);
        rest.remove_prefix(std::min(one.size() + 2, rest.size()));
    }
}

}  // namespace

Probe::Probe(const Options& options, const Settings& settings)
    : options_(options), settings_(settings), own_name_(settings[config::myhostname]) {
    digest_ = options.digest.empty() ? settings.value_of("smtp_tls_fingerprint_digest").value_or("sha256")
                                     : options.digest;
    const Result<void> read =
        tls::read_openssl_config(settings[config::tls_config_file], settings[config::tls_config_name]);
    if (!read) fatal("{}", read.error());
    Result<std::unique_ptr<tls::ClientContext>> context =
        tls::ClientContext::make(setup_of(options, settings, digest_));
    if (!context) {
        tell_no_tls(context.error());
        return;
    }
    context_ = std::move(*context);
    for (const std::string& file : options.anchor_files) {
        if (const auto content = read_file(file)) continue;
        log::warning("error opening trust anchor file: {}: {}", file, errno_text());
        fatal("Failed to load trust anchor file: {}", file);
    }
    // For -r: the server says how long its sessions are good.
    if (options.reconnect_delay.count() >= 0)
        store_ = std::make_unique<tls::ProcessSessions>(std::chrono::hours(24 * 365));
}

Task<> Probe::run() {
    if (context_ == nullptr) co_return;
    const config::Protocols protocols = config::protocols_in_use(settings_);
    const Result<Target> target = co_await find_target(options_, own_name_, protocols);
    if (!target) {
        log::info("Destination address lookup failed: {}", target.error());
        co_return;
    }
    std::set<std::string> servers;
    for (int round = 0;; ++round) {
        const bool talked = co_await try_hosts(*target);
        if (!talked || options_.reconnect_delay.count() < 0) co_return;
        if (resumed_ || !servers.insert(server_name_).second) {
            log::info("Found a previously used server.  Done reconnecting.");
            co_return;
        }
        if (round >= options_.reconnects) {
            log::info("Maximum reconnect count reached.");
            co_return;
        }
        log::info("Reconnecting after {} seconds", options_.reconnect_delay.count());
        co_await async::sleep_for(options_.reconnect_delay);
    }
}

Task<bool> Probe::try_hosts(const Target& target) {
    for (const Host& host : target.hosts) {
        const Talked talked = co_await talk(host, target);
        if (talked != Talked::no) co_return talked != Talked::failed;
    }
    co_return false;
}

// RFC 7672.  Without usable records there is nothing to hold the certificate against but names.
Task<Probe::Plan> Probe::plan_for(Host host, const Target& target) {
    Plan plan;
    plan.level = options_.level;
    if (plan.level != Level::dane && plan.level != Level::dane_only) co_return plan;
    dns::TlsaQuestion question;
    question.host = host.name;
    question.canonical = host.canonical;
    question.secure = host.secure;
    question.port = host.address.port();
    question.force = options_.force_tlsa;
    const bool question_is_secure = question.secure || question.force;
    question.digests = settings_[config::tls_dane_digests];
    const bool insecure_exchange = target.has_exchange && !target.secure_exchange;
    dns::TlsaAnswer answer;
    if (!host.address.is_unix()) answer = co_await dns::find_tlsa(std::move(question));
    switch (answer.kind) {
        case dns::TlsaAnswer::Kind::failed:
            log::warning("TLSA lookup error for {}:{}", host.name, host.address.port());
            break;
        case dns::TlsaAnswer::Kind::none:
            // Where names come without signatures nobody expects any.
            if (question_is_secure || options_.level == Level::dane_only)
                log::info("no TLSA records found, resorting to \"secure\"");
            break;
        case dns::TlsaAnswer::Kind::unusable:
            log::info("no usable TLSA records found, resorting to \"secure\"");
            break;
        case dns::TlsaAnswer::Kind::found:
            plan.records = std::move(answer.records);
            plan.base = std::move(answer.base);
            if (insecure_exchange && options_.level == Level::dane) {
                if (options_.insecure_mx == "may") {
                    log::info("MX RRset is insecure: try to encrypt");
                    plan.level = Level::may;
                } else if (options_.insecure_mx == "encrypt") {
                    log::info("TLSA RRs found, MX RRset insecure: just encrypt");
                    plan.level = Level::encrypt;
                } else {
                    log::info("MX RRset insecure: log verified as trusted");
                    plan.half_dane = true;
                }
            }
            co_return plan;
    }
    plan.level = Level::secure;
    co_return plan;
}

tls::Demand Probe::demand_for(const Plan& plan, const Host& host, const Target& target) const {
    tls::Demand demand;
    demand.choices.protocols = options_.protocols;
    demand.choices.grade = options_.grade;
    demand.choices.lists = {settings_[config::tls_high_cipherlist], settings_[config::tls_medium_cipherlist],
                            settings_[config::tls_low_cipherlist], settings_[config::tls_export_cipherlist],
                            settings_[config::tls_null_cipherlist]};
    demand.choices.anonymous = !demands_identity(plan.level);
    demand.log = options_.log;
    demand.peer = host.text();
    demand.server_name = options_.server_name;
    demand.names = options_.matches;
    switch (plan.level) {
        case Level::fingerprint:
            demand.identity = tls::Identity::fingerprint;
            demand.fingerprints = options_.matches;
            demand.log.untrusted = true;
            break;
        case Level::dane:
        case Level::dane_only:
            demand.identity = tls::Identity::tlsa;
            demand.tlsa = plan.records;
            demand.server_name = plan.base;
            demand.names = {plan.base, target.nexthop, target.exchange_name};
            break;
        case Level::verify:
        case Level::secure:
            demand.identity = tls::Identity::names;
            demand.anchor_files = options_.anchor_files;
            demand.log.untrusted = true;
            if (!demand.names.empty()) break;
            if (plan.level == Level::verify)
                demand.names = {host.name};
            else
                demand.names = {target.nexthop, "." + target.nexthop};
            break;
        default:
            break;
    }
    if (!mail::is_valid_hostname(demand.server_name)) demand.server_name.clear();
    if (store_ != nullptr) demand.session_id = host.text() + "&" + server_name_;
    return demand;
}

Task<Probe::Talked> Probe::talk(Host host, const Target& target) {
    const async::Deadline deadline = async::after(options_.connect_timeout);
    Result<Fd> socket = co_await async::connect_to(host.address, SocketAddress(), deadline);
    if (!socket) {
        log::info("Failed to establish session to {} via {}: connect to {}: {}", options_.destination,
                  host.name, host.text(), socket.error());
        co_return Talked::no;
    }
    if (options_.chat) log::info("Connected to {}", host.text());
    async::Stream stream(std::move(*socket));
    stream.set_timeout(options_.connect_timeout);
    std::string problem;
    bool talked = false;
    try {
        talked = co_await converse(stream, host, target);
    } catch (const async::PeerGone& gone) {
        problem = gone.what();
    }
    if (!problem.empty()) {
        if (doing_ == in_handshake)
            log::info("SSL_connect error to {}: {}", host.text(), problem);
        else if (doing_ == "sending QUIT")
            log::warning("{} while {} command", problem, doing_);
        else
            log::info("{} while {}", problem, doing_);
        co_return Talked::failed;
    }
    stream.close();
    if (!talked) co_return Talked::failed;
    co_return resumed_ ? Talked::resumed : Talked::yes;
}

Task<int> Probe::read_reply(async::Stream& stream) {
    reply_.clear();
    while (true) {
        std::string line = co_await stream.read_line(longest_line);
        if (options_.chat) log::info("< {}", line);
        const bool last = line.size() <= 3 || line[3] != '-';
        reply_.push_back(std::move(line));
        if (last || reply_.size() > 1000) break;
    }
    const auto code = parse_int(std::string_view(reply_.back()).substr(0, 3));
    co_return static_cast<int>(code.value_or(0));
}

Task<int> Probe::command(async::Stream& stream, std::string line) {
    if (options_.chat) log::info("> {}", line);
    doing_ = "sending " + line.substr(0, line.find(' '));
    stream.set_timeout(options_.command_timeout);
    stream.put(line + "\r\n");
    co_await stream.flush();
    const int code = co_await read_reply(stream);
    co_return code;
}

// EHLO or LHLO, and what its reply says.
Task<int> Probe::say_hello(async::Stream& stream) {
    std::string line = std::string(options_.lmtp ? "LHLO " : "EHLO ") + own_name_;
    const int code = co_await command(stream, std::move(line));
    offers_tls_ = false;
    if (code / 100 != 2) {
        log::info("{} rejected: {}", options_.lmtp ? "LHLO" : "EHLO", reply_.back());
        co_return code;
    }
    const auto text_of = [](const std::string& reply) {
        return split_words(reply.size() > 4 ? std::string_view(reply).substr(4) : std::string_view());
    };
    const std::vector<std::string> first = text_of(reply_.front());
    server_name_ = first.empty() ? "" : lower(first[0]);
    for (std::size_t i = 1; i < reply_.size(); ++i) {
        const std::vector<std::string> words = text_of(reply_[i]);
        if (!words.empty() && equals_ignoring_case(words[0], "STARTTLS")) offers_tls_ = true;
    }
    co_return code;
}

Task<bool> Probe::start_tls(async::Stream& stream, Host host, const Target& target) {
    const Plan plan = co_await plan_for(host, target);
    tls::Demand demand = demand_for(plan, host, target);
    const tls::LogChoices choices = demand.log;
    doing_ = in_handshake;
    stream.set_timeout(options_.command_timeout);
    Result<tls::Agreed> agreed = co_await context_->start(stream, std::move(demand), store_.get());
    if (!agreed) {
        if (agreed.error().starts_with("invalid cipher grade")) {
            log::warning("{}: {}", host.text(), agreed.error());
        } else if (agreed.error().starts_with("Invalid TLS protocol list")) {
            log::warning("{}: {}: aborting TLS session", host.text(), agreed.error());
        } else {
            log::info("SSL_connect error to {}: -1", host.text());
            log::warning("TLS library problem: {}", agreed.error());
        }
        co_return false;
    }
    tls::Facts& facts = agreed->facts;
    resumed_ = facts.resumed;
    if (plan.half_dane && agreed->identified) facts.trust = tls::Trust::trusted;
    tls::LogChoices shown = choices;
    shown.peer_certificate = !facts.resumed && (choices.wants_match() || choices.wants_certificate());
    shown.match = choices.wants_match() && !facts.resumed;
    shown.verbose = false;
    // A name in a certificate that nobody vouches for is no match.
    if (facts.trust == tls::Trust::untrusted) agreed->match.clear();
    if (choices.untrusted && facts.trust == tls::Trust::untrusted) agreed->identified = false;
    if (facts.resumed && choices.wants_cache()) log::info("{}: Reusing old session", host.text());
    tls::log_handshake(*agreed, host.text(), shown);
    if (options_.print_chain) tls::print_chain(stream, digest_);
    co_return true;
}

// False: there is nothing to be learned from this server.
Task<bool> Probe::converse(async::Stream& stream, Host host, const Target& target) {
    if (options_.wrapper) {
        const bool started = co_await start_tls(stream, host, target);
        if (!started) co_return false;
    }
    doing_ = "reading server greeting";
    int code = co_await read_reply(stream);
    if (code / 100 != 2) {
        log::info("SMTP service not available: {}", reply_.back());
        co_return false;
    }
    code = co_await say_hello(stream);
    if (code / 100 != 2) co_return true;
    const bool wants_tls = options_.level != Level::none && !options_.wrapper;
    if (wants_tls && offers_tls_) {
        code = co_await command(stream, "STARTTLS");
        if (code / 100 != 2) {
            log::info("STARTTLS rejected: {}", reply_.back());
            co_return true;
        }
        const bool started = co_await start_tls(stream, host, target);
        if (!started) co_return true;
        co_await say_hello(stream);
    }
    co_await tls::keep_session(stream);
    co_await command(stream, "QUIT");
    tls::say_goodbye(stream);
    co_return true;
}

}  // namespace postrider::posttls_finger
