// commands/smtp-sink/session.cc - one client of smtp-sink(1).
#include "commands/smtp-sink/session.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <ctime>

#include "lib/base/fd.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"

namespace postrider::smtp_sink {

namespace {

class Session {
  public:
    Session(Sink& sink, async::Stream& stream) : sink_(sink), options_(sink.options), stream_(stream) {}

    Task<> run() {
        if (options_.banner_delay.count() > 0) co_await async::sleep_for(options_.banner_delay);
        const std::string greeting = trouble("CONNECT");
        put(greeting.empty() ? fmt::format("220 {} {}", options_.hostname, options_.esmtp ? "ESMTP" : "SMTP")
                             : greeting);
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
    bool listed(const std::set<std::string>& names, const std::string& verb) const {
        return names.contains(verb);
    }

    // The reply the options demand instead of the right one; "" for none.
    std::string trouble(const std::string& verb) {
        if (listed(options_.hang_up, verb)) {
            open_ = false;
            hung_up_ = true;
            return "421 closing";
        }
        if (listed(options_.hang_up_late, verb)) {
            open_ = false;
            return "421 Server closing connection";
        }
        if (listed(options_.hard, verb)) return "500 5.3.0 Error: command failed";
        if (listed(options_.soft, verb)) return "450 4.3.0 Error: command failed";
        return "";
    }

    Task<> wait_as_told(std::string verb) {
        const bool slow = options_.slow.empty() ? verb == "." : listed(options_.slow, verb);
        if (slow && options_.delay.count() > 0) co_await async::sleep_for(options_.delay);
    }

    Task<> take_command(std::string line) {
        const std::string verb = upper(line.substr(0, line.find(' ')));
        if (options_.logs_verbs) log::info("{}", line);
        co_await wait_as_told(verb);
        const std::string refusal = trouble(verb);
        if (hung_up_) co_return;
        if (!refusal.empty()) {
            put(refusal);
        } else if (verb == "DATA") {
            co_await take_data();
        } else {
            answer(verb, line);
        }
        // A client that has said more gets its answers together.
        if (!open_ || !stream_.input_waiting()) co_await stream_.flush();
    }

    void answer(const std::string& verb, const std::string& line) {
        if (verb == "EHLO" || verb == "LHLO") return answer_ehlo(verb);
        if (verb == "MAIL") {
            sender_ = line;
            recipients_ = 0;
        }
        if (verb == "RCPT") ++recipients_;
        if (verb == "RSET") recipients_ = 0;
        if (verb == "QUIT") {
            open_ = false;
            return put("221 Bye");
        }
        const bool known = verb == "HELO" || verb == "MAIL" || verb == "RCPT" || verb == "RSET" ||
                           verb == "NOOP" || verb == "VRFY" || verb == "XCLIENT" || verb == "XFORWARD";
        put(known ? "250 2.1.0 Ok" : "500 5.5.1 Error: unknown command");
    }

    void answer_ehlo(const std::string& verb) {
        const bool wanted = options_.lmtp ? verb == "LHLO" : verb == "EHLO" && options_.esmtp;
        if (!wanted) return put("500 5.5.1 Error: unknown command");
        std::string reply = "250-" + options_.hostname;
        if (options_.pipelining) reply += "\r\n250-PIPELINING";
        if (options_.eight_bit) reply += "\r\n250-8BITMIME";
        if (options_.dsn) reply += "\r\n250-DSN";
        put(reply + "\r\n250 ENHANCEDSTATUSCODES");
    }

    Task<> take_data() {
        put("354 End data with <CR><LF>.<CR><LF>");
        co_await stream_.flush();
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
        const int replies = options_.lmtp ? recipients_ : 1;
        for (int i = 0; i < replies; ++i) put(refusal.empty() ? "250 2.0.0 Ok" : refusal);
        count();
    }

    void save(const std::string& text) const {
        const std::time_t now = std::time(nullptr);
        struct tm local {};
        ::localtime_r(&now, &local);
        if (!options_.single_file.empty()) {
            std::array<char, 64> date{};
            ::strftime(date.data(), date.size(), "%a %b %e %H:%M:%S %Y", &local);
            append(options_.single_file,
                   fmt::format("From smtp-sink {}\nX-Mail-Args: {}\n{}\n", date.data(), sender_, text));
            return;
        }
        std::array<char, 512> name{};
        ::strftime(name.data(), name.size(), options_.dump_file.c_str(), &local);
        append(fmt::format("{}{:x}.{}", name.data(), sink_.messages, ::getpid()),
               fmt::format("X-Mail-Args: {}\n{}", sender_, text));
    }

    static void append(const std::string& path, const std::string& text) {
        const Fd file(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644));
        if (!file || !write_all(file.get(), text.data(), text.size()))
            log::warning("write {}: {}", path, errno_text());
    }

    void count() {
        ++sink_.messages;
        recipients_ = 0;
        if (options_.counting) {
            fmt::print("\r{}", sink_.messages);
            std::fflush(stdout);
        }
        if (options_.messages > 0 && sink_.messages >= options_.messages) sink_.enough.set();
    }

    Sink& sink_;
    const Options& options_;
    async::Stream& stream_;
    std::string sender_;
    int recipients_ = 0;
    bool open_ = true;
    bool hung_up_ = false;
};

}  // namespace

Task<> serve(Sink& sink, async::Stream stream) {
    ++sink.sessions;
    try {
        Session session(sink, stream);
        co_await session.run();
    } catch (const async::PeerGone&) {
        // Clients come and go.
    }
    --sink.sessions;
}

}  // namespace postrider::smtp_sink
