// tests/fakes/milter.h - a mail filter of a test: it writes down what it is told, and answers as scripted.
//
// A thread of its own, blocking, with a thread for each connection.  Header-only, for the unit tests of
// several folders.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "lib/base/fd.h"
#include "lib/milter/wire.h"

namespace postrider::fakes {

class Milter {
  public:
    struct Script {
        milter::Terms terms;      // what the answer to the negotiation says
        std::string macro_lists;  // bytes behind that
        // Packets in place of "continue", by the letter of the event; "DROP" closes, "SILENCE" says nothing.
        std::map<char, std::vector<std::string>> answers;
    };

    explicit Milter(Script script) : script_(std::move(script)) {
        std::string name = "/tmp/postrider-milter-XXXXXX";
        directory_ = ::mkdtemp(name.data());
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path().copy(address.sun_path, sizeof address.sun_path - 1);
        listener_.reset(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
            ::listen(listener_.get(), 10) != 0)
            std::abort();
        acceptor_ = std::thread([this] { accept_all(); });
    }
    ~Milter() {
        ::shutdown(listener_.get(), SHUT_RDWR);
        acceptor_.join();
        {
            const std::lock_guard lock(mutex_);
            for (const int connection : connections_) ::shutdown(connection, SHUT_RDWR);
        }
        for (std::thread& server : servers_) server.join();
        for (const int connection : connections_) ::close(connection);
        std::filesystem::remove_all(directory_);
    }
    Milter(const Milter&) = delete;
    Milter& operator=(const Milter&) = delete;

    std::string endpoint() const { return "unix:" + path(); }
    // What was said to it, in order: letter, space, words with '|' between them.
    std::vector<std::string> events() {
        const std::lock_guard lock(mutex_);
        return events_;
    }
    // The events with one of these letters.
    std::vector<std::string> events(std::string_view letters) {
        std::vector<std::string> chosen;
        for (std::string& event : events())
            if (letters.find(event[0]) != std::string_view::npos) chosen.push_back(std::move(event));
        return chosen;
    }
    // Waits, a few seconds at most, until so many events with one of these letters have come.
    bool wait_for(std::string_view letters, std::size_t count) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(5), [&] {
            std::size_t found = 0;
            for (const std::string& event : events_)
                if (letters.find(event[0]) != std::string_view::npos) ++found;
            return found >= count;
        });
    }
    int connections() {
        const std::lock_guard lock(mutex_);
        return static_cast<int>(connections_.size());
    }

  private:
    std::string path() const { return directory_ + "/socket"; }

    void accept_all() {
        for (;;) {
            const int connection = ::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
            if (connection < 0) return;
            const std::lock_guard lock(mutex_);
            connections_.push_back(connection);
            servers_.emplace_back([this, connection] { serve(connection); });
        }
    }

    static bool read_all(int fd, std::string& bytes, std::size_t size) {
        bytes.resize(size);
        for (std::size_t at = 0; at < size;) {
            const ssize_t n = ::read(fd, bytes.data() + at, size - at);
            if (n <= 0) return false;
            at += static_cast<std::size_t>(n);
        }
        return true;
    }

    // Bytes with NULs as '|'; the last one ends a word and is dropped.
    static std::string shown(char letter, std::string data) {
        if (!data.empty() && data.back() == '\0') data.pop_back();
        for (char& c : data)
            if (c == '\0') c = '|';
        return std::string(1, letter) + (data.empty() ? "" : " " + data);
    }

    void serve(int connection) {
        std::string head, body;
        while (read_all(connection, head, 4)) {
            const auto length = milter::packet_length(head);
            if (!length || !read_all(connection, body, *length)) return;
            const char letter = body[0];
            {
                const std::lock_guard lock(mutex_);
                events_.push_back(shown(letter, letter == 'O' ? "" : body.substr(1)));
                changed_.notify_all();
            }
            if (letter == 'Q') return;
            for (const std::string& answer : answers_to(letter)) {
                if (answer == "DROP") {
                    ::shutdown(connection, SHUT_RDWR);
                    return;
                }
                if (!answer.empty() && !write_all(connection, answer.data(), answer.size())) return;
            }
        }
    }

    std::vector<std::string> answers_to(char letter) const {
        const auto scripted = script_.answers.find(letter);
        if (scripted != script_.answers.end()) return scripted->second;
        if (letter == 'O') {
            std::string agreement = milter::negotiation_packet(script_.terms);
            return {milter::packet('O', agreement.substr(5) + script_.macro_lists)};
        }
        for (int stage = 0; stage < milter::stage_count; ++stage) {
            const auto what = static_cast<milter::Stage>(stage);
            if (milter::command_of(what) == letter && milter::answers(script_.terms, what))
                return {milter::packet('c', "")};
        }
        return {};
    }

    Script script_;
    std::string directory_;
    Fd listener_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> events_;
    std::vector<int> connections_;
    std::vector<std::thread> servers_;
    std::thread acceptor_;
};

}  // namespace postrider::fakes
