// smtpd/proxy_filter.cc - the dialogue with the filter before the queue.
#include "smtpd/proxy_filter.h"

#include <sys/socket.h>

#include <algorithm>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/mail/intake_parameters.h"
#include "lib/mail/status.h"
#include "smtpd/proxy_parameters.h"
#include "smtpd/session.h"

namespace postrider::smtpd {

namespace {

constexpr std::size_t longest_command = 510;  // RFC 5321 4.5.3.1.4, without the line end
constexpr std::size_t longest_reply_line = 2048;
constexpr int most_reply_lines = 100;
constexpr std::size_t shown_garbage = 100;
constexpr std::size_t replayed_at_once = 256 * 1024;

// What the client hears when the filter cannot be used: our troubles are not its business.
Reply trouble() {
    return Reply(451, "4.3.0", "Error: queue file write error");
}

bool is_reply_line(std::string_view line) {
    return line.size() >= 3 && all_digits(line.substr(0, 3)) && line[0] >= '2' && line[0] <= '5' &&
           (line.size() == 3 || line[3] == ' ' || line[3] == '-');
}

// The lines of a reply as one: the code and status of its last line, the text of all.
Reply parse_reply(std::string_view lines) {
    const auto all = split(lines, '\n');
    const Reply last = Reply::parse(all.back());
    std::string text;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::string_view line = all[i];
        if (i > 0) text += '\n';
        std::string_view rest = line.size() > 4 ? line.substr(4) : "";
        const std::size_t status = mail::status_code_length(rest);
        if (status > 0 && rest.substr(0, status) == last.status()) rest = trim_left(rest.substr(status));
        text += rest;
    }
    return Reply(last.code(), last.status(), text);
}

std::vector<std::string> xforward_words(std::string_view greeting) {
    for (const std::string_view line : split(greeting, '\n')) {
        if (line.size() < 4) continue;
        std::vector<std::string> words = split_words(line.substr(4), " ");
        if (words.empty() || !equals_ignoring_case(words[0], "XFORWARD")) continue;
        words.erase(words.begin());
        return words;
    }
    return {};
}

}  // namespace

ProxyOptions::ProxyOptions(const Settings& settings)
    : endpoint(settings[smtpd_proxy_filter]),
      ehlo(settings[smtpd_proxy_ehlo]),
      timeout(settings[smtpd_proxy_timeout]),
      replace_stray_line_ends(settings[mail::cleanup_replace_stray_cr_lf]) {
    for (const std::string& word : settings.words(smtpd_proxy_options)) {
        if (!equals_ignoring_case(word, "speed_adjust"))
            fatal("main.cf: smtpd_proxy_options: unknown word \"{}\"; use speed_adjust", word);
        speed_adjust = true;
    }
}

ForwardedAttributes forwarded_attributes(const Session& session) {
    const Forwarded& other = session.forwarded;
    const Client& client = session.client;
    const auto known = [](const std::string& value) { return value == "unknown" ? std::string() : value; };
    const bool forwarded = other.active;
    const std::string context = other.domain.empty() ? session.rewrite_context : other.domain;
    return {
        {"NAME", known(forwarded ? other.name : client.name)},
        {"ADDR", known(forwarded ? other.literal : client.literal())},
        {"PORT", known(forwarded ? other.port : client.port)},
        {"HELO", forwarded ? other.helo : session.helo_name},
        {"IDENT", other.ident},
        {"PROTO", forwarded ? other.protocol : session.protocol()},
        {"SOURCE", context == "local" ? "LOCAL" : "REMOTE"},
    };
}

std::vector<std::string> xforward_commands(const ForwardedAttributes& all,
                                           const std::vector<std::string>& taken) {
    std::vector<std::string> commands;
    for (const auto& [name, value] : all) {
        const auto is_it = [name = name](const std::string& word) {
            return equals_ignoring_case(word, name);
        };
        if (std::none_of(taken.begin(), taken.end(), is_it)) continue;
        const std::string word =
            " " + std::string(name) + "=" + (value.empty() ? "[UNAVAILABLE]" : xtext_encode(value));
        if (commands.empty() || commands.back().size() + word.size() > longest_command)
            commands.emplace_back("XFORWARD");
        commands.back() += word;
    }
    return commands;
}

ProxyFilter::ProxyFilter(const ProxyOptions& options, Connect connect, ForwardedAttributes client,
                         std::string mail_command)
    : options_(options),
      connect_(std::move(connect)),
      client_(std::move(client)),
      mail_command_(std::move(mail_command)) {}

ProxyFilter::~ProxyFilter() {
    // A polite end where it is one, but nobody waits for the answer.  What was cut off in the middle of its
    // content must not look complete.
    if (!stream_ || broken_ || in_content_ || stream_->queued() > 0) return;
    constexpr std::string_view quit = "QUIT\r\n";
    [[maybe_unused]] const ssize_t sent =
        ::send(stream_->fd(), quit.data(), quit.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

void ProxyFilter::note_gone(const async::PeerGone& gone) {
    if (!broken_) {
        if (gone.why == async::PeerGone::Why::timed_out)
            log::warning("timeout talking to proxy {}", options_.endpoint);
        else
            log::warning("lost connection with proxy {}", options_.endpoint);
    }
    broken_ = true;
}

Task<std::optional<std::string>> ProxyFilter::read_reply() {
    std::string reply;
    for (int count = 0; count < most_reply_lines; ++count) {
        const std::string line = co_await stream_->read_line(longest_reply_line);
        if (stream_->line_was_cut() || !is_reply_line(line)) {
            log::warning("received garbage from proxy {}: {}", options_.endpoint,
                         line.substr(0, shown_garbage));
            co_return std::nullopt;
        }
        reply += (reply.empty() ? "" : "\n") + line;
        if (line.size() == 3 || line[3] == ' ') co_return reply;
    }
    log::warning("too many lines in a reply from proxy {}", options_.endpoint);
    co_return std::nullopt;
}

// Sends a command ("": none, it is the banner that is read) and weighs the reply.
Task<Reply> ProxyFilter::exchange(std::string command, Expect expected) {
    if (broken_ || !stream_) co_return trouble();
    std::optional<std::string> lines;
    try {
        stream_->set_timeout(options_.timeout);
        if (!command.empty()) {
            stream_->put(command + "\r\n");
            co_await stream_->flush();
        }
        lines = co_await read_reply();
    } catch (const async::PeerGone& gone) {
        note_gone(gone);
    }
    if (!lines) {
        broken_ = true;
        co_return trouble();
    }
    if (command.starts_with("EHLO ")) greeting_ = *lines;
    Reply reply = parse_reply(*lines);
    const int wanted = expected == Expect::more ? 3 : 2;
    const bool as_wanted = reply.code() / 100 == wanted;
    if (as_wanted && expected == Expect::anything) co_return reply;
    if (as_wanted) co_return Reply();
    if (expected != Expect::anything)
        log::warning("proxy {} rejected \"{}\": \"{}\"", options_.endpoint,
                     command.empty() ? "connection request" : command, reply.line());
    // A permission of the wrong kind is none.
    if (!reply.is_error()) {
        broken_ = true;
        co_return trouble();
    }
    co_return reply;
}

// The filter accepts whatever we accept, up to the MAIL command: anything else is a mistake on our side.
Task<Reply> ProxyFilter::introduce(std::string greeting) {
    const Reply refused = co_await exchange(std::move(greeting), Expect::success);
    if (!refused.empty()) co_return trouble();
    co_return Reply();
}

Task<Reply> ProxyFilter::connect_and_greet() {
    std::string endpoint = options_.endpoint;
    const async::Deadline deadline = async::after(options_.timeout);
    Result<Fd> connected = co_await connect_(endpoint, deadline);
    if (!connected) {
        log::warning("connect to proxy filter {}: {}", options_.endpoint, connected.error());
        co_return trouble();
    }
    stream_.emplace(std::move(*connected));
    Reply refused = co_await introduce("");
    if (!refused.empty()) co_return refused;
    std::string hello = "EHLO " + options_.ehlo;
    refused = co_await introduce(hello);
    if (!refused.empty()) co_return refused;
    for (const std::string& command : xforward_commands(client_, xforward_words(greeting_))) {
        refused = co_await introduce(command);
        if (!refused.empty()) co_return refused;
    }
    refused = co_await exchange(mail_command_, Expect::success);
    co_return refused;
}

Task<Reply> ProxyFilter::open() {
    if (options_.speed_adjust) co_return Reply();
    Reply refused = co_await connect_and_greet();
    co_return refused;
}

Task<Reply> ProxyFilter::recipient(std::string command) {
    if (options_.speed_adjust) {
        recipient_commands_.push_back(std::move(command));
        co_return Reply();
    }
    Reply refused = co_await exchange(std::move(command), Expect::success);
    co_return refused;
}

Task<Reply> ProxyFilter::begin_content() {
    if (!options_.speed_adjust) {
        std::string command = "DATA";
        Reply refused = co_await exchange(command, Expect::more);
        if (!refused.empty()) co_return refused;
    }
    in_content_ = true;
    co_return Reply();
}

Task<Reply> ProxyFilter::replay() {
    Reply refused = co_await connect_and_greet();
    for (const std::string& command : recipient_commands_) {
        if (!refused.empty()) co_return refused;
        std::string copy = command;
        refused = co_await exchange(copy, Expect::success);
    }
    if (!refused.empty()) co_return refused;
    std::string command = "DATA";
    refused = co_await exchange(command, Expect::more);
    if (!refused.empty()) co_return refused;
    in_content_ = true;
    for (;;) {
        const Result<std::string> bytes = spool_.read();
        if (!bytes) {
            log::warning("proxy speed-adjust log I/O error: {}", bytes.error());
            broken_ = true;
            co_return trouble();
        }
        if (bytes->empty() || broken_) break;
        stream_->put(*bytes);
        if (stream_->queued() > replayed_at_once) co_await drain();
    }
    co_return Reply();
}

Task<Reply> ProxyFilter::end_content() {
    if (in_line_) put_line("", true);
    in_content_ = false;
    if (options_.speed_adjust) {
        Reply refused = co_await replay();
        in_content_ = false;
        if (!refused.empty()) co_return refused;
    }
    // The content must be out before the time for the answer starts.
    co_await drain();
    std::string end = ".";
    Reply answer = co_await exchange(end, Expect::anything);
    co_return answer;
}

const std::string& ProxyFilter::queue_id() const {
    static const std::string none = "NOQUEUE";
    return none;
}

void ProxyFilter::put(queue::RecordType type, std::string_view data) {
    if (!in_content_) return;
    if (type == queue::RecordType::text) put_line(data, true);
    if (type == queue::RecordType::long_text) put_line(data, false);
}

void ProxyFilter::put_line(std::string_view text, bool ends_line) {
    if (!in_line_ && !text.empty() && text[0] == '.') put_bytes(".");
    // As in smtp/content.cc: for a filter that drops NULs no dot stands at the start of a line.
    for (; !in_line_ && !text.empty() && text[0] == '\0'; text.remove_prefix(1)) put_bytes(" ");
    const bool stray = options_.replace_stray_line_ends && text.find('\r') != std::string_view::npos;
    if (stray)
        put_bytes(replace_all(text, "\r", " "));
    else
        put_bytes(text);
    if (ends_line) put_bytes("\r\n");
    in_line_ = !ends_line;
}

void ProxyFilter::put_bytes(std::string_view bytes) {
    if (options_.speed_adjust)
        spool_.write(bytes);
    else if (stream_ && !broken_)
        stream_->put(bytes);
}

std::size_t ProxyFilter::queued() const {
    return stream_ && !broken_ ? stream_->queued() : 0;
}

Task<> ProxyFilter::drain() {
    if (!stream_ || broken_) co_return;
    try {
        stream_->set_idle_timeout(options_.timeout);
        co_await stream_->flush();
        stream_->set_idle_timeout(async::Duration::zero());
    } catch (const async::PeerGone& gone) {
        note_gone(gone);
    }
}

Task<queue::CleanupOutcome> ProxyFilter::finish(async::Duration) {
    const Reply answer = co_await end_content();
    queue::CleanupOutcome outcome;
    outcome.status = answer.is_error() ? queue::cleanup_status::proxy : queue::cleanup_status::ok;
    outcome.reason = answer.line();
    co_return outcome;
}

Task<Reply> open_proxy_filter(Session& session) {
    Transaction& transaction = *session.transaction;
    auto filter = std::make_unique<ProxyFilter>(session.server.proxy, session.server.neighbours.connect,
                                                forwarded_attributes(session), transaction.mail_command);
    Reply refused = co_await filter->open();
    if (!refused.empty()) co_return refused;
    transaction.proxy = filter.get();
    transaction.message = std::move(filter);
    co_return Reply();
}

Task<Reply> finish_with_proxy_filter(Session& session) {
    Transaction& transaction = *session.transaction;
    const std::shared_ptr<void> running = session.server.neighbours.keep_running();
    Reply answer = co_await transaction.proxy->end_content();
    if (session.server.soft_bounce) answer.soften();
    const std::string* recipient = transaction.recipient_count > 0 ? &transaction.first_recipient : nullptr;
    log::info("proxy-{}: {}: {};{}", answer.is_error() ? "reject" : "accept", session.where, answer.line(),
              session.facts(&transaction.sender, recipient));
    if (!answer.is_error()) session.errors = session.junk = 0;
    session.end_transaction();
    co_return answer;
}

}  // namespace postrider::smtpd
