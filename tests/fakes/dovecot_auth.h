// tests/fakes/dovecot_auth.h - a scripted auth server on a UNIX socket, as Dovecot's.
//
// Knows the user joe with the password secret, and "broken", about whom nobody can tell now.  Runs in the
// loop of the test.
#pragma once

#include <stdlib.h>
#include <unistd.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "lib/async/loop.h"
#include "lib/base/fd.h"
#include "lib/base/socket_address.h"
#include "lib/base/text.h"

namespace postrider::fakes {

class DovecotAuth {
  public:
    static constexpr const char* usual_greeting =
        "VERSION\t1\t2\nMECH\tPLAIN\tplaintext\nMECH\tLOGIN\tplaintext\nMECH\tCRAM-MD5\tdictionary\tactive\n"
        "MECH\tSECRET\tprivate\nSPID\t12\nCUID\t1\nCOOKIE\t0123\nDONE\n";

    DovecotAuth() {
        char name[] = "/tmp/dovecot-auth.XXXXXX";
        directory_ = ::mkdtemp(name);
        start();
    }
    ~DovecotAuth() {
        stop();
        ::rmdir(directory_.c_str());
    }
    DovecotAuth(const DovecotAuth&) = delete;
    DovecotAuth& operator=(const DovecotAuth&) = delete;

    std::string path() const { return directory_ + "/auth"; }
    void start() {
        Result<Fd> listener = listen_on(*SocketAddress::from_path(path()), 10);
        if (!listener) ::abort();
        listener_ = std::move(*listener);
        set_nonblocking(listener_.get());
        ready_ = std::make_unique<async::ReadSubscription>(listener_.get(), [this] { accept(); });
    }
    // The server goes away, with all connections.
    void stop() {
        ready_.reset();
        listener_.reset();
        ::unlink(path().c_str());
        clients_.clear();
    }

    std::string greeting = usual_greeting;
    // Said instead of a real answer, '#' standing for the request's number; "" says nothing at all.
    std::map<std::string, std::string> answers;  // by user
    std::vector<std::string> lines;              // everything that was said to us
    int connections = 0;

  private:
    struct Client {
        Fd socket;
        std::string input;
        std::map<std::string, std::string> logins;  // LOGIN in progress: user by request
        std::unique_ptr<async::ReadSubscription> ready;
    };

    void accept() {
        Fd socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (!socket) return;
        ++connections;
        auto client = std::make_unique<Client>();
        client->socket = std::move(socket);
        Client* self = client.get();
        client->ready =
            std::make_unique<async::ReadSubscription>(self->socket.get(), [this, self] { read(*self); });
        say(*self, greeting);
        clients_.push_back(std::move(client));
    }

    static void say(Client& client, const std::string& text) {
        if (::write(client.socket.get(), text.data(), text.size()) < 0) client.ready->pause();
    }

    void read(Client& client) {
        char bytes[4096];
        const ssize_t got = ::read(client.socket.get(), bytes, sizeof bytes);
        if (got <= 0) {
            if (got == 0 || errno != EAGAIN) client.ready->pause();
            return;
        }
        client.input.append(bytes, static_cast<std::size_t>(got));
        for (std::size_t end = client.input.find('\n'); end != std::string::npos;
             end = client.input.find('\n')) {
            const std::string line = client.input.substr(0, end);
            client.input.erase(0, end + 1);
            lines.push_back(line);
            answer(client, line);
        }
    }

    void answer(Client& client, const std::string& line) {
        const auto fields = split(line, '\t');
        if (fields.size() < 3) return;
        const std::string id(fields[1]);
        if (fields[0] == "AUTH") {
            const std::size_t response = line.find("\tresp=");
            if (fields[2] == "LOGIN")
                say(client, "CONT\t" + id + "\tVXNlcm5hbWU6\n");
            else if (response == std::string::npos)
                say(client, "CONT\t" + id + "\t\n");
            else
                check_plain(client, id, line.substr(response + 6));
        } else if (fields[0] == "CONT") {
            const std::string text = base64_decode(fields[2]).value_or("");
            if (text.find('\0') != std::string::npos)
                check_plain(client, id, std::string(fields[2]));
            else if (!client.logins.contains(id)) {
                client.logins[id] = text;
                say(client, "CONT\t" + id + "\tUGFzc3dvcmQ6\n");
            } else {
                check(client, id, client.logins[id], text);
            }
        }
    }

    void check_plain(Client& client, const std::string& id, const std::string& encoded) {
        const std::string text = base64_decode(encoded).value_or("");
        const auto parts = split(text, '\0');
        if (parts.size() == 3) check(client, id, std::string(parts[1]), std::string(parts[2]));
    }

    void check(Client& client, const std::string& id, const std::string& user, const std::string& password) {
        const auto other = answers.find(user);
        if (other != answers.end())
            say(client, replace_all(other->second, "#", id));
        else if (user == "broken")
            say(client, "FAIL\t" + id + "\tuser=broken\ttemp\n");
        else if (user == "joe" && password == "secret")
            say(client, "OK\t" + id + "\tuser=joe\n");
        else
            say(client, "FAIL\t" + id + "\tuser=" + user + "\n");
    }

    std::string directory_;
    Fd listener_;
    std::unique_ptr<async::ReadSubscription> ready_;
    std::vector<std::unique_ptr<Client>> clients_;
};

}  // namespace postrider::fakes
