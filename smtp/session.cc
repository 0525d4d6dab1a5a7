// smtp/session.cc - one connection to a server.
#include "smtp/session.h"

#include <fmt/core.h>

#include <algorithm>

#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::smtp {

namespace {

constexpr std::size_t reply_line_limit = 2048;
// Pieces of that size in one line before the server is taken for mad.
constexpr int line_piece_limit = 500;

// The server did not understand us, or we do not understand it.
bool misunderstood(const Reply& reply) {
    const bool is_refusal = reply.klass() == 4 || reply.klass() == 5;
    return !is_refusal || (reply.code >= 500 && reply.code <= 509) || reply.code == 555;
}

// A firewall that hides the greeting behind asterisks: "220 *****2******0*".
bool looks_like_pix(const Reply& greeting) {
    return greeting.lines.size() == 1 &&
           greeting.lines.front().find_first_not_of("20 *") == std::string::npos;
}

}  // namespace

Session::Session(async::Stream stream, Peer peer, const Options& options)
    : stream_(std::move(stream)),
      peer_(std::move(peer)),
      options_(options),
      reuse_until_(async::after(options.connection_reuse_time_limit)) {}

void Session::set_tls(TlsClient& client, TlsPolicy policy, std::string nexthop) {
    tls_client_ = &client;
    policy_ = std::move(policy);
    nexthop_ = std::move(nexthop);
}

bool Session::is_reusable() const {
    if (!reusable_ || broken_ || quit_sent_) return false;
    if (agreed_ && !policy_.connection_reuse) return false;
    // The first use is none of the reuses that are counted.
    if (options_.connection_reuse_count_limit > 0 && uses_ > options_.connection_reuse_count_limit)
        return false;
    return async::Clock::now() < reuse_until_;
}

void Session::set_limit(Seconds limit) {
    if (options_.per_request_deadline) {
        stream_.set_idle_timeout(async::Duration::zero());
        stream_.set_timeout(limit);
    } else {
        stream_.set_idle_timeout(limit);
    }
}

void Session::put(const std::string& command) {
    log::debug("> {}: {}", peer_.with_port(), command);
    if (keeps_transcript()) transcript_.out(command);
    send_line(command);
}

void Session::put_secret(const std::string& command, std::string_view shown) {
    if (keeps_transcript()) transcript_.out(shown);
    send_line(command);
}

void Session::send_line(std::string line) {
    // An address with a line break in it must not become a command of its own.
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
    stream_.put(line);
    stream_.put("\r\n");
}

bool Session::keeps_transcript() const {
    return (options_.told_troubles & delivery::trouble::protocol) != 0;
}

void Session::note_refusal(const Reply& reply) {
    // It is not to be trusted with more mail in this session.
    if (misunderstood(reply)) reusable_ = false;
    has_trouble_ = has_trouble_ || misunderstood(reply);
}

Failure Session::refusal(const Reply& reply) {
    note_refusal(reply);
    return refused(peer_, reply);
}

std::optional<delivery::TranscriptNotice> Session::postmaster_notice() const {
    if (!has_trouble_ || is_notification_ || !keeps_transcript()) return std::nullopt;
    delivery::TranscriptNotice notice;
    const char* protocol = options_.is_lmtp() ? "LMTP" : "SMTP";
    notice.subject = fmt::format("{} client: errors from {}", protocol, peer_.with_port());
    notice.intro = fmt::format("Unexpected response from {}.", peer_.with_port());
    notice.to = options_.error_notice_recipient;
    notice.transcript = transcript_.shown();
    return notice;
}

Task<> Session::flush(Seconds limit) {
    set_limit(limit);
    broken_ = true;  // until it turns out that the server is still there
    co_await stream_.flush();
    broken_ = false;
}

Task<Reply> Session::read_reply(Seconds limit, std::string_view doing) {
    doing_ = doing;
    co_await flush(limit);
    set_limit(limit);
    broken_ = true;
    ReplyParser parser;
    bool complete = false;
    while (!complete) {
        std::string line = co_await stream_.read_line(reply_line_limit);
        if (stream_.line_was_cut())
            log::warning("{}: response longer than {}: {:.30}...", peer_.with_port(), reply_line_limit,
                         printable(line));
        for (int pieces = 0; stream_.line_was_cut(); ++pieces) {
            if (pieces == line_piece_limit) throw async::PeerGone(async::PeerGone::Why::reset);
            co_await stream_.read_line(reply_line_limit);
        }
        line.resize(std::min(line.find('\0'), line.size()));  // Compat: Postfix's text ends there
        log::debug("< {}: {}", peer_.with_port(), line);
        bool shown = false;
        if (!options_.reply_tables.empty()) {
            const tables::LookupResult filtered = co_await options_.reply_tables.find(line);
            if (filtered.found == tables::Found::try_again) {
                log::warning("{}: table {} lookup error for {}", queue_id_, options_.reply_filter,
                             printable(line));
                broken_ = false;
                table_failed_ = true;
                throw async::PeerGone(async::PeerGone::Why::reset);
            }
            if (filtered.found == tables::Found::yes) {
                log::info("{}: replacing server reply \"{}\" with \"{}\"", peer_.with_port(), printable(line),
                          printable(filtered.value));
                if (keeps_transcript()) {
                    transcript_.in(line);
                    transcript_.replaced(filtered.value);
                }
                line = filtered.value;
                shown = true;
            }
        }
        if (keeps_transcript() && !shown) transcript_.in(line.empty() ? " " : line);
        complete = parser.add(line);
        if (parser.last_was_foreign()) {
            has_trouble_ = true;
            // Commands sent ahead are at stake.
            if (features_.pipelining) {
                log::warning("{}: non-{} response from {}: {:.100}", queue_id_,
                             options_.is_lmtp() ? "LMTP" : "ESMTP", peer_.with_port(), line);
                log::warning(
                    "to prevent loss of mail, turn off command pipelining for {} with the {} parameter",
                    peer_.address.host(),
                    options_.is_lmtp() ? "lmtp_discard_lhlo_keyword_address_maps"
                                       : "smtp_discard_ehlo_keyword_address_maps");
            }
            reusable_ = false;
        }
    }
    broken_ = false;
    Reply reply = parser.take();
    if (reply.foreign || reply.code == 421) reusable_ = false;
    co_return reply;
}

Task<Reply> Session::ask(std::string command, Seconds limit, std::string_view doing) {
    put(command);
    Reply reply = co_await read_reply(limit, doing);
    co_return reply;
}

bool Session::greets_with_esmtp(const Reply& greeting) const {
    constexpr std::size_t code_length = 4;
    for (const std::string& line : greeting.lines)
        for (const std::string& word :
             split_words(std::string_view(line).substr(std::min(code_length, line.size())), " "))
            if (equals_ignoring_case(word, "ESMTP")) return true;
    return false;
}

Task<std::optional<std::set<std::string>>> Session::discarded_keywords() {
    std::string words = options_.discard_ehlo_keywords;
    if (!options_.discard_keyword_tables.empty()) {
        const tables::LookupResult found =
            co_await options_.discard_keyword_tables.find(peer_.address.host());
        if (found.found == tables::Found::yes) words = found.value;
        if (found.found == tables::Found::try_again) {
            log::warning("{}: {}_discard_{}_keyword_address_maps map lookup error for {}", queue_id_,
                         options_.is_lmtp() ? "lmtp" : "smtp", options_.is_lmtp() ? "lhlo" : "ehlo",
                         peer_.address.host());
            co_return std::nullopt;
        }
    }
    co_return parse_keywords(words);
}

Task<std::string> Session::pix_workarounds() {
    if (!options_.pix_tables.empty()) {
        const tables::LookupResult found = co_await options_.pix_tables.find(peer_.address.host());
        if (found.found == tables::Found::yes) co_return found.value;
    }
    co_return options_.pix_workarounds;
}

// The slow workaround is for mail that has been waiting only: new mail goes through most such firewalls.
Task<> Session::look_for_pix(Reply greeting, Occasion occasion) {
    if (!looks_like_pix(greeting)) co_return;
    const std::string words = co_await pix_workarounds();
    const bool is_new = occasion.message_age < options_.pix_workaround_threshold_time.count();
    std::string used;
    for (const std::string& word : split_words(words)) {
        if (word == "disable_esmtp")
            disable_esmtp_ = true;
        else if (word == "delay_dotcrlf" && !is_new)
            delays_dot_ = true;
        else
            continue;
        used += word + " ";
    }
    if (!words.empty())
        log::info("{}: enabling PIX workarounds: {}for {}", occasion.queue_id, used, peer_.with_port());
}

Task<std::optional<Failure>> Session::open(Occasion occasion) {
    queue_id_ = occasion.queue_id;
    is_notification_ = occasion.is_notification;
    std::optional<async::PeerGone::Why> why;
    try {
        std::optional<Failure> failure = co_await converse(std::move(occasion));
        if (failure) reusable_ = false;
        co_return failure;
    } catch (const async::PeerGone& peer_gone) {
        why = peer_gone.why;
    }
    if (table_failed_) co_return local_data_error(peer_);
    // It went away inside TLS: as bad as a handshake that fails.
    if (agreed_) tls_failed_ = true;
    co_return gone(peer_, *why, doing_);
}

Task<std::optional<Failure>> Session::converse(Occasion occasion) {
    const Seconds limit = options_.helo_timeout;
    may_retry_in_clear_ = occasion.may_retry_in_clear;
    if (tls_client_ != nullptr && tls_client_->options().wrappermode) {
        if (!tls_client_->is_usable())
            co_return local_failure("4.7.5", "TLS is required, but our TLS engine is unavailable");
        std::optional<Failure> failure = co_await start_tls();
        if (failure) co_return failure;
    }
    Reply greeting = co_await read_reply(limit, "receiving the initial server greeting");
    if (occasion.watch_for_loops && equals_ignoring_case(server_name(greeting), options_.myhostname))
        log::warning("host {} greeted me with my own hostname {}", peer_.with_port(), options_.myhostname);
    if (!greeting.ok()) {
        note_refusal(greeting);
        // The whole host refuses, not this mail: another host, or the same one later, may take it.
        if (greeting.klass() == 5 && options_.skip_5xx_greeting)
            greeting = with_class(std::move(greeting), 4);
        co_return refusal(greeting);
    }
    co_await look_for_pix(greeting, occasion);
    const bool always = options_.always_send_ehlo || options_.is_lmtp();
    const bool extended = options_.is_lmtp() || (!options_.never_send_ehlo && !disable_esmtp_ &&
                                                 (always || greets_with_esmtp(greeting)));
    std::optional<Failure> failure = co_await say_hello(occasion, extended);
    if (failure || agreed_) co_return failure;
    failure = co_await ask_for_tls();
    if (failure || !agreed_) co_return failure;
    // What was said in clear counts no more, RFC 3207 4.2.
    failure = co_await say_hello(occasion, true);
    co_return failure;
}

Task<std::optional<Failure>> Session::say_hello(Occasion occasion, bool extended) {
    const Seconds limit = options_.helo_timeout;
    features_ = Features();
    Reply reply;
    bool features_told = false;
    if (extended) {
        const std::string verb = options_.is_lmtp() ? "LHLO" : "EHLO";
        const std::string doing = fmt::format("performing the {} handshake", verb);
        std::string command = verb + " " + options_.helo_name;
        reply = co_await ask(std::move(command), limit, doing);
        features_told = reply.ok();
        if (!reply.ok() && (options_.is_lmtp() || reply.code == 421)) co_return refusal(reply);
    }
    if (!features_told) {
        std::string command = "HELO " + options_.helo_name;
        reply = co_await ask(std::move(command), limit, "performing the HELO handshake");
        if (!reply.ok()) co_return refusal(reply);
    }
    // The server understood EHLO badly at worst: what was said of that counts no more.
    reusable_ = true;
    // Tickets for the next session come with what the server says first.
    if (agreed_) co_await tls::keep_session(stream_);
    if (occasion.watch_for_loops && equals_ignoring_case(server_name(reply), options_.myhostname)) {
        log::warning("host {} replied to HELO/EHLO with my own hostname {}", peer_.with_port(),
                     options_.myhostname);
        co_return local_failure(occasion.best_host ? "5.4.6" : "4.4.6",
                                fmt::format("mail for {} loops back to myself", occasion.nexthop));
    }
    if (features_told) {
        const std::optional<std::set<std::string>> discarded = co_await discarded_keywords();
        if (!discarded) co_return local_data_error(peer_);
        if (!discarded->empty() && !discarded->contains("SILENT-DISCARD"))
            log::info("discarding EHLO keywords: {}", keyword_list(*discarded));
        features_ = parse_features(reply, *discarded);
        if (!features_.bad_size_limit.empty())
            log::warning("bad EHLO SIZE limit \"{}\" from {}", printable(features_.bad_size_limit),
                         peer_.with_port());
        if (features_.smtputf8 && !features_.offers_8bitmime)
            log::info("host {} offers SMTPUTF8 support, but not 8BITMIME", peer_.name_and_address());
    }
    co_return std::nullopt;
}

// STARTTLS as far as the policy wants it and the server offers it.  Without agreed_ and without failure the
// session goes on in clear.
Task<std::optional<Failure>> Session::ask_for_tls() {
    if (tls_client_ == nullptr) co_return std::nullopt;
    const bool demanded = demands_tls(policy_.level);
    if (policy_.level == TlsLevel::none) {
        if (features_.starttls && tls_client_->options().note_starttls_offer)
            log::info("Host offered STARTTLS: [{}]", peer_.host);
        co_return std::nullopt;
    }
    if (!features_.starttls) {
        if (!demanded) co_return std::nullopt;
        co_return local_failure("4.7.4", fmt::format("TLS is required, but was not offered by host {}",
                                                     peer_.name_and_address()));
    }
    if (!tls_client_->is_usable()) {
        if (!demanded) co_return std::nullopt;
        co_return local_failure("4.7.5", "TLS is required, but our TLS engine is unavailable");
    }
    Reply reply =
        co_await ask("STARTTLS", tls_client_->options().starttls_timeout, "receiving the STARTTLS response");
    if (reply.ok()) {
        std::optional<Failure> failure = co_await start_tls();
        co_return failure;
    }
    features_.starttls = false;
    if (!demanded) {
        // A refusal of STARTTLS says nothing about mail in clear.
        reusable_ = !reply.foreign;
        co_return std::nullopt;
    }
    Failure failure = refusal(reply);
    failure.reason = fmt::format("TLS is required, but host {} refused to start TLS: {}",
                                 peer_.name_and_address(), reply.text());
    co_return failure;
}

Task<std::optional<Failure>> Session::start_tls() {
    doing_ = "performing the TLS handshake";
    // One limit for all of it.
    stream_.set_idle_timeout(async::Duration::zero());
    stream_.set_timeout(tls_client_->options().starttls_timeout);
    broken_ = true;
    Result<tls::Agreed> agreed = co_await tls_client_->start(stream_, policy_, nexthop_, peer_);
    if (!agreed) {
        // Nobody knows what the server makes of the bytes to come.
        stream_.close();
        tls_failed_ = true;
        co_return local_failure("4.7.5", "Cannot start TLS: handshake failure");
    }
    broken_ = false;
    agreed_ = std::move(*agreed);
    if (demands_identity(policy_.level) && !agreed_->identified)
        co_return local_failure("4.7.5", "Server certificate not verified");
    co_return std::nullopt;
}

std::string Session::tls_status() const {
    if (tls_client_ == nullptr) return "none";
    const TlsLevel reached = agreed_ ? policy_.level : TlsLevel::none;
    std::string status = level_name(policy_.wanted);
    if (reached != policy_.wanted) status += fmt::format(":{}", level_name(reached));
    if (agreed_ && features_.requiretls && policy_.require_tls != RequireTls::off) status += "/requiretls";
    return status;
}

bool Session::spoke_early() {
    return agreed_ && uses_ == 0 && tls_client_->options().block_early_mail_reply && stream_.input_waiting();
}

// RFC 2920 3.1: QUIT may follow the end of the message in one group.
void Session::put_early_quit() {
    if (!features_.pipelining || (!last_use_ && is_reusable())) return;
    put("QUIT");
    quit_sent_ = true;
}

Task<> Session::close() {
    if (broken_ || !stream_.is_open()) co_return;
    try {
        const bool resets = needs_reset_ && !quit_sent_;
        if (resets) {
            put("RSET");
            if (features_.pipelining) {
                put("QUIT");
                quit_sent_ = true;
            }
            const Reply reset = co_await read_reply(options_.rset_timeout, "sending RSET");
            log::debug("{} answered RSET: {}", peer_.with_port(), reset.code);
        }
        if (!quit_sent_) put("QUIT");
        co_await flush(options_.quit_timeout);
        if (!options_.skip_quit_response) {
            const Reply farewell = co_await read_reply(options_.quit_timeout, "sending QUIT");
            log::debug("{} said good-bye: {}", peer_.with_port(), farewell.code);
        }
    } catch (const async::PeerGone&) {
        // It left first.
    }
    if (agreed_) tls::say_goodbye(stream_);
    stream_.close();
}

}  // namespace postrider::smtp
