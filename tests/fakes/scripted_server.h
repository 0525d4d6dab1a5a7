// tests/fakes/scripted_server.h - a server that follows a script, to see what a client makes of it.
//
//   S: text    sends the line
//   C: text    expects this line; '*' stands for any text
//   MESSAGE    takes lines up to the final dot; message() has them, as they crossed the wire
//   TLS        does the server's half of a TLS handshake, with the context given to use_tls()
//   CUT        closes the connection, once what was said before is sent
//   HANG       says nothing more and waits until the client leaves
//
// The script plays in the loop of the test.  problem() is empty when all went as written.
#pragma once

#include <sys/socket.h>

#include <string>
#include <string_view>
#include <vector>

#include "lib/async/loop.h"
#include "lib/async/stream.h"
#include "lib/base/text.h"
#include "lib/tls/certificate.h"
#include "lib/tls/connection.h"

namespace postrider::fakes {

// Does the text match, '*' standing for anything?
inline bool matches_pattern(std::string_view pattern, std::string_view text) {
    const std::size_t star = pattern.find('*');
    if (star == std::string_view::npos) return pattern == text;
    if (!text.starts_with(pattern.substr(0, star))) return false;
    const std::string_view rest = pattern.substr(star + 1);
    for (std::size_t at = star; at <= text.size(); ++at)
        if (matches_pattern(rest, text.substr(at))) return true;
    return false;
}

class ScriptedServer {
  public:
    explicit ScriptedServer(std::string script) : script_(std::move(script)) {}

    // Makes a socket pair, plays the script at one end in `scope`, and gives the other end to the client.
    Fd start(async::Scope& scope) {
        int ends[2] = {-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) ::abort();
        serve(scope, Fd(ends[0]));
        return Fd(ends[1]);
    }
    // Plays the script on a connection.
    void serve(async::Scope& scope, Fd connection) {
        scope.spawn(play(async::Stream(std::move(connection))));
    }

    // For TLS in the script; the context outlives the server.
    void use_tls(SSL_CTX* context) { context_ = context; }
    // What the handshake agreed on.
    const tls::Facts& tls() const { return facts_; }

    const std::string& problem() const { return problem_; }
    const std::string& message() const { return message_; }
    // Every line the client sent, but those of messages.
    const std::vector<std::string>& commands() const { return commands_; }

  private:
    Task<> play(async::Stream stream) {
        stream.set_timeout(std::chrono::seconds(10));
        try {
            co_await follow(stream);
        } catch (const async::PeerGone& gone) {
            if (problem_.empty()) problem_ = std::string(gone.what()) + " at \"" + at_ + "\"";
        }
    }

    Task<> follow(async::Stream& stream) {
        for (const std::string_view line : split(script_, '\n')) {
            at_ = trim(line);
            if (at_.empty()) continue;
            if (at_ == "CUT") {
                co_await stream.flush();
                co_return;
            }
            if (at_ == "HANG") {
                co_await read_to_end(stream);
                co_return;
            }
            if (at_ == "TLS") {
                co_await stream.flush();
                Result<tls::Ssl> ssl = tls::make_ssl(context_);
                const Result<void> done = co_await tls::handshake(stream, std::move(*ssl), tls::Role::server);
                if (!done) {
                    problem_ = "TLS: " + done.error();
                    co_return;
                }
                facts_ = tls::read_facts(tls::ssl_of(stream), "sha256");
                continue;
            }
            if (at_ == "MESSAGE") {
                co_await read_message(stream);
            } else if (at_.starts_with("S: ")) {
                stream.put(at_.substr(3) + "\r\n");
            } else {
                co_await stream.flush();
                const std::string command = co_await stream.read_line();
                commands_.push_back(command);
                if (!matches_pattern(at_.substr(3), command)) {
                    problem_ = "expected \"" + at_.substr(3) + "\", got \"" + command + "\"";
                    co_return;
                }
            }
        }
        co_await read_past_end(stream);
    }

    Task<> read_message(async::Stream& stream) {
        co_await stream.flush();
        message_.clear();
        while (true) {
            const std::string line = co_await stream.read_line();
            if (line == ".") co_return;
            message_ += line + (stream.line_had_cr() ? "\r\n" : "\n");
        }
    }

    // What comes after the script's end belongs to nobody; the client may be slow to leave. One that waits
    // for what is said to its last words is left instead.
    Task<> read_past_end(async::Stream& stream) {
        co_await stream.flush();
        while (!rest_.ends_with("QUIT\r\n") && !rest_.ends_with("RSET\r\n")) {
            const std::string bytes = co_await stream.read_some(4096);
            if (bytes.empty()) co_return;
            rest_ += bytes;
        }
    }
    Task<> read_to_end(async::Stream& stream) {
        co_await stream.flush();
        while (true) {
            const std::string bytes = co_await stream.read_some(4096);
            if (bytes.empty()) co_return;
        }
    }

    std::string script_;
    std::string at_;
    std::string problem_;
    std::string message_;
    std::string rest_;
    SSL_CTX* context_ = nullptr;
    tls::Facts facts_;
    std::vector<std::string> commands_;
};

}  // namespace postrider::fakes
