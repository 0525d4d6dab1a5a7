// commands/smtp-sink/session.cc - one client of smtp-sink(1).
#include "commands/smtp-sink/session.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "lib/base/fd.h"
#include "lib/base/file.h"
#include "lib/base/local_time.h"
#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::smtp_sink {

namespace {

class Session {
  public:
    Session(Sink& sink, async::Stream& stream, std::string client)
        : sink_(sink), options_(sink.options), stream_(stream), client_(std::move(client)) {}

    Task<> run() {
        if (options_.banner_delay.count() > 0) co_await async::sleep_for(options_.banner_delay);
        const std::string refusal = trouble("CONNECT");
        if (hung_up_) co_return;
        put(refusal.empty() ? greeting() : refusal);
        co_await stream_.flush();
        while (open_) {
            stream_.set_timeout(options_.time_limit);
            const std::string line = co_await stream_.read_line();
            co_await take_command(line);
        }
    }

  private:
    void put(std::string_view reply) {
        stream_.put(reply);
        stream_.put("\r\n");
    }
    std::string greeting() const {
        if (options_.pix) return "220 ********";
        return fmt::format("220 {}{}", options_.hostname, options_.esmtp ? " ESMTP" : "");
    }
    bool listed(const std::set<std::string>& names, const std::string& verb) const {
        return names.contains(verb);
    }

    // The reply the options demand instead of the right one; "" for none.
    std::string trouble(const std::string& verb) {
        if (listed(options_.hang_up, verb)) {
            open_ = false;
            hung_up_ = true;
            return "";
        }
        if (listed(options_.hang_up_late, verb)) {
            open_ = false;
            return "421 4.0.0 Server closing connection";
        }
        if (listed(options_.hard, verb)) return options_.hard_reply;
        if (listed(options_.soft, verb)) return options_.soft_reply;
        return "";
    }

    Task<> wait_as_told(std::string verb) {
        if (options_.delay.count() == 0 || !listed(options_.slow, verb)) co_return;
        if (std::rand() % 100 < options_.slow_odds) co_await async::sleep_for(options_.delay);
    }

    Task<> take_command(std::string line) {
        const std::string verb = upper(line.substr(0, line.find(' ')));
        if (listed(options_.logged, verb)) log::info("{}", line);
        co_await wait_as_told(verb);
        const std::string refusal = trouble(verb);
        if (hung_up_) co_return;
        if (!refusal.empty()) {
            put(refusal);
        } else if (verb == "DATA" && recipients_ > 0) {
            co_await take_data();
        } else {
            const std::size_t space = line.find(' ');
            answer(verb, space == std::string::npos ? "" : line.substr(space + 1));
        }
        // A client that has said more gets its answers together.
        if (!open_ || !stream_.input_waiting()) co_await stream_.flush();
    }

    bool is_known(const std::string& verb) const {
        if (verb == "LHLO") return options_.lmtp;
        if (verb == "EHLO") return options_.esmtp && !options_.lmtp;
        if (verb == "HELO") return !options_.lmtp;
        if (verb == "AUTH") return options_.auth;
        if (verb == "XCLIENT") return options_.xclient;
        if (verb == "XFORWARD") return options_.xforward;
        return verb == "MAIL" || verb == "RCPT" || verb == "DATA" || verb == "RSET" || verb == "NOOP" ||
               verb == "VRFY" || verb == "QUIT";
    }

    void answer(const std::string& verb, const std::string& argument) {
        if (verb.empty()) return put("500 5.5.2 Error: unknown command");
        if (!is_known(verb)) return put("500 5.5.1 Error: unknown command");
        if (verb.ends_with("HLO") || verb == "HELO" || verb == "EHLO") return answer_hello(verb, argument);
        if (verb == "MAIL") return begin_message(argument);
        if (verb == "RCPT") return add_recipient(argument);
        if (verb == "DATA") return put("503 5.5.1 Error: need RCPT command");
        if (verb == "RSET") {
            forget_message();
            return put("250 2.1.0 Ok");
        }
        if (verb == "QUIT") {
            open_ = false;
            return put("221 Bye");
        }
        put("250 2.0.0 Ok");
    }

    void forget_message() {
        has_sender_ = false;
        recipients_ = 0;
        envelope_.clear();
    }

    // Without the FROM: or TO: before it.
    static std::string path_of(const std::string& argument) {
        const std::size_t colon = argument.find(':');
        return std::string(trim(colon == std::string::npos ? argument : argument.substr(colon + 1)));
    }

    void begin_message(const std::string& argument) {
        forget_message();
        has_sender_ = true;
        envelope_ = fmt::format("X-Mail-Args: {}\n", path_of(argument));
        put("250 2.1.0 Ok");
    }

    void add_recipient(const std::string& argument) {
        if (!has_sender_) return put("503 5.5.1 Error: need MAIL command");
        ++recipients_;
        envelope_ += fmt::format("X-Rcpt-Args: {}\n", path_of(argument));
        put("250 2.1.5 Ok");
    }

    void answer_hello(const std::string& verb, const std::string& argument) {
        hello_ = argument;
        protocol_ = options_.lmtp ? "LMTP" : verb == "EHLO" ? "ESMTP" : "SMTP";
        if (verb == "HELO") return put("250 " + options_.hostname);
        // Refusals in the middle of a group of commands would be hard to match.
        const bool pipelining = options_.pipelining && options_.hard.empty() && options_.soft.empty();
        std::string reply = "250-" + options_.hostname;
        if (pipelining) reply += "\r\n250-PIPELINING";
        if (options_.eight_bit) reply += "\r\n250-8BITMIME";
        if (options_.auth) reply += "\r\n250-AUTH PLAIN LOGIN";
        if (options_.xclient) reply += "\r\n250-XCLIENT NAME HELO";
        if (options_.xforward) reply += "\r\n250-XFORWARD NAME ADDR PROTO HELO";
        if (options_.status_codes) reply += "\r\n250-ENHANCEDSTATUSCODES";
        if (options_.dsn) reply += "\r\n250-DSN";
        put(reply + "\r\n250 ");
    }

    Task<> take_data() {
        put("354 End data with <CR><LF>.<CR><LF>");
        co_await stream_.flush();
        if (options_.read_delay.count() > 0) co_await async::sleep_for(options_.read_delay);
        const bool keeps = !options_.dump_file.empty() || !options_.single_file.empty();
        std::string text;
        for (;;) {
            std::string line = co_await stream_.read_line();
            if (line == ".") break;
            if (!keeps) continue;
            text += line.starts_with('.') ? line.substr(1) : line;
            text += '\n';
        }
        if (keeps) save(text);
        co_await wait_as_told(".");
        const std::string refusal = trouble(".");
        if (hung_up_) co_return;
        const std::string reply = options_.lmtp ? "250 2.2.0 Ok" : "250 2.0.0 Ok";
        const int replies = options_.lmtp ? recipients_ : 1;
        for (int i = 0; i < replies; ++i) put(refusal.empty() ? reply : refusal);
        count();
    }

    // What came, below headers that tell how it came.
    std::string with_headers(const std::string& text, const std::string& id) const {
        return fmt::format(
            "{}X-Client-Addr: {}\nX-Client-Proto: {}\nX-Helo-Args: {}\n{}"
            "Received: from {} ([{}])\n\tby {} (smtp-sink) with {} id {};\n\t{}\n{}\n",
            local_time(options_.start), client_, protocol_, hello_, envelope_, hello_, client_,
            options_.hostname, protocol_, id, local_time("%a, %d %b %Y %H:%M:%S %z (%Z)"), text);
    }

    void save(const std::string& text) const {
        const std::string id = fmt::format("{:08x}", static_cast<unsigned>(std::rand()));
        if (!options_.single_file.empty())
            append(local_time(options_.single_file), with_headers(text, id));
        else
            append(local_time(options_.dump_file) + id, with_headers(text, id));
    }

    static void append(const std::string& path, const std::string& text) {
        std::error_code ignored;
        std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
        const Fd file(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644));
        if (!file || !write_all(file.get(), text.data(), text.size()))
            log::warning("write {}: {}", path, errno_text());
    }

    void count() {
        ++sink_.messages;
        forget_message();
        if (options_.counting) {
            fmt::print("\r{}", sink_.messages);
            std::fflush(stdout);
        }
        if (options_.messages > 0 && sink_.messages >= options_.messages) sink_.enough.set();
    }

    Sink& sink_;
    const Options& options_;
    async::Stream& stream_;
    std::string client_;
    std::string hello_;
    std::string protocol_ = "SMTP";
    std::string envelope_;  // as headers
    bool has_sender_ = false;
    int recipients_ = 0;
    bool open_ = true;
    bool hung_up_ = false;
};

}  // namespace

Task<> serve(Sink& sink, async::Stream stream, std::string client) {
    ++sink.sessions;
    try {
        Session session(sink, stream, client);
        co_await session.run();
    } catch (const async::PeerGone&) {
        // Clients come and go.
    }
    --sink.sessions;
    if (sink.options.sessions > 0 && ++sink.finished >= sink.options.sessions) sink.enough.set();
}

}  // namespace postrider::smtp_sink
