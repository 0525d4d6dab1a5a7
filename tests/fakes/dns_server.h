// tests/fakes/dns_server.h - a name server on a loopback port, served by the loop of the test itself.
//
//   fakes::DnsServer dns("a.test A 192.0.2.1\n"
//                        "a.test MX 10 mx.a.test\n"
//                        "b.test CNAME a.test\n"
//                        "broken.test SERVFAIL\n"   // also REFUSED, TIMEOUT, GARBAGE
//                        "a.test SECURE\n");        // answers carry AD
//
// While it lives, the resolver of this thread asks it and nobody else.
#pragma once

#include <arpa/inet.h>
#include <unistd.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "lib/async/loop.h"
#include "lib/base/socket_address.h"
#include "lib/base/text.h"
#include "lib/dns/lookup.h"
#include "lib/dns/reply.h"

namespace postrider::fakes {

class DnsServer {
  public:
    explicit DnsServer(const std::string& zone)
        : socket_(bind_udp()), input_(socket_.get(), [this] { serve(); }) {
        for (const std::string_view line : split(zone, '\n')) add(line);
        dns::use_name_servers(local_address(socket_.get()).text(), 100);
    }
    ~DnsServer() { dns::use_name_servers(""); }

    // "name TYPE rdata"; TXT takes the rest of the line, TLSA its three numbers and hex digits.
    void add(std::string_view line) {
        const std::vector<std::string> words = split_words(line, " \t");
        if (words.size() < 2) return;
        const std::string name = lower(words[0]);
        if (words[1] == "SECURE") {
            secure_.insert(name);
        } else if (words.size() == 2) {
            special_[name] = words[1];
        } else {
            records_[name].push_back({words[1], {words.begin() + 2, words.end()}});
        }
    }
    // The queries so far: "name TYPE".
    const std::vector<std::string>& queries() const { return queries_; }

  private:
    struct Entry {
        std::string type;
        std::vector<std::string> words;
    };

    static Fd bind_udp() {
        Fd fd(::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        const SocketAddress any_port = *SocketAddress::from_ip("127.0.0.1");
        if (::bind(fd.get(), any_port.get(), any_port.length()) != 0) ::abort();
        return fd;
    }
    static void put16(std::string& out, unsigned value) {
        out += static_cast<char>(value >> 8U & 0xffU);
        out += static_cast<char>(value & 0xffU);
    }
    static void put_name(std::string& out, std::string_view name) {
        if (name != ".")
            for (const std::string_view label : split(name, '.')) {
                out += static_cast<char>(label.size());
                out += label;
            }
        out += '\0';
    }
    static std::string from_hex(std::string_view text) {
        std::string out;
        for (std::size_t i = 0; i + 1 < text.size(); i += 2)
            out += static_cast<char>(*parse_unsigned(text.substr(i, 2), 16));
        return out;
    }
    static unsigned number(const std::string& word) { return static_cast<unsigned>(*parse_int(word)); }
    static unsigned type_number(const std::string& name) {
        static const std::map<std::string, unsigned> numbers = {{"A", 1},     {"NS", 2},   {"CNAME", 5},
                                                                {"PTR", 12},  {"MX", 15},  {"TXT", 16},
                                                                {"AAAA", 28}, {"SRV", 33}, {"TLSA", 52}};
        return numbers.at(name);
    }
    static std::string data_of(const Entry& entry) {
        std::string data;
        if (entry.type == "A" || entry.type == "AAAA") return SocketAddress::from_ip(entry.words[0])->bytes();
        if (entry.type == "TXT") {
            const std::string text = join(entry.words, " ");
            return static_cast<char>(text.size()) + text;
        }
        if (entry.type == "TLSA") {
            for (int i = 0; i < 3; ++i)
                data += static_cast<char>(number(entry.words[static_cast<std::size_t>(i)]));
            return data + from_hex(entry.words[3]);
        }
        for (std::size_t i = 0; i + 1 < entry.words.size(); ++i) put16(data, number(entry.words[i]));
        put_name(data, entry.words.back());
        return data;
    }
    static void put_record(std::string& out, const std::string& owner, const Entry& entry) {
        const std::string data = data_of(entry);
        put_name(out, owner);
        put16(out, type_number(entry.type));
        put16(out, 1);
        put16(out, 0);
        put16(out, 60);
        put16(out, static_cast<unsigned>(data.size()));
        out += data;
    }

    void serve() {
        char buffer[2048];
        sockaddr_storage from{};
        socklen_t length = sizeof(from);
        const ssize_t size =
            ::recvfrom(socket_.get(), buffer, sizeof(buffer), 0, reinterpret_cast<sockaddr*>(&from), &length);
        if (size < 17) return;
        const std::string reply = answer(std::string_view(buffer, static_cast<std::size_t>(size)));
        if (reply.empty()) return;
        ::sendto(socket_.get(), reply.data(), reply.size(), 0, reinterpret_cast<const sockaddr*>(&from),
                 length);
    }

    std::string answer(std::string_view query) {
        std::size_t at = 12;
        std::string name;
        while (at < query.size() && query[at] != 0) {
            const std::size_t size = static_cast<unsigned char>(query[at]);
            if (!name.empty()) name += '.';
            name += lower(query.substr(at + 1, size));
            at += size + 1;
        }
        const unsigned type = static_cast<unsigned char>(query[at + 2]);
        const std::string_view question = query.substr(12, at + 5 - 12);
        queries_.push_back(name + " " + dns::type_name(static_cast<dns::Type>(type)));
        return reply_to(query.substr(0, 2), question, name, type);
    }

    std::string reply_to(std::string_view id, std::string_view question, std::string name, unsigned type) {
        const std::string special = special_.contains(name) ? special_[name] : "";
        if (special == "TIMEOUT") return "";
        const bool secure = secure_.contains(name);
        unsigned rcode = special == "SERVFAIL" ? 2 : special == "REFUSED" ? 5 : 0;
        std::string body;
        unsigned count = 0;
        bool exists = special == "GARBAGE";
        for (int depth = 0; rcode == 0 && depth < 20; ++depth) {
            std::string next;
            if (!records_.contains(name)) break;
            exists = true;
            for (const Entry& entry : records_[name]) {
                if (type_number(entry.type) != type && entry.type != "CNAME") continue;
                put_record(body, name, entry);
                ++count;
                if (entry.type == "CNAME") next = entry.words[0];
            }
            if (next.empty()) break;
            name = next;
        }
        if (rcode == 0 && !exists) rcode = 3;
        if (special == "GARBAGE") {
            body = "\xc0\xff junk";
            count = 3;
        }
        std::string reply(id);
        put16(reply, 0x8180U | (secure ? 0x20U : 0) | rcode);
        put16(reply, 1);
        put16(reply, count);
        put16(reply, 0);
        put16(reply, 0);
        reply += question;
        return reply + body;
    }

    std::map<std::string, std::vector<Entry>> records_;
    std::map<std::string, std::string> special_;
    std::set<std::string> secure_;
    std::vector<std::string> queries_;
    Fd socket_;
    async::ReadSubscription input_;
};

}  // namespace postrider::fakes
