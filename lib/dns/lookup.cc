// lib/dns/lookup.cc - asking the name servers of /etc/resolv.conf, without blocking.
#include "lib/dns/lookup.h"

#include <ares.h>
#include <fmt/core.h>
#include <sys/random.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include "lib/async/io_subscription.h"
#include "lib/async/loop.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/dns/reply.h"
#include "lib/dns/resolver_config.h"

namespace postrider::dns {

namespace {

using namespace std::chrono_literals;

constexpr const char* resolv_conf = "/etc/resolv.conf";
// c-ares gives up long before; this holds if it does not.
constexpr auto longest_wait = 100s;

// One question on its way.  Shared by the waiting coroutine, which may be cancelled, and c-ares' callback.
struct Question {
    async::Event answered;
    int result = ARES_ETIMEOUT;
    std::string reply;
};

// A c-ares channel whose sockets and timeouts are served by this thread's loop.
class Resolver {
  public:
    Resolver() : timer_([this] { process(ARES_SOCKET_BAD, ARES_SOCKET_BAD); }) {
        async::Loop::current();  // made before us, destroyed after us
    }
    ~Resolver() { close(); }
    Resolver(const Resolver&) = delete;
    Resolver& operator=(const Resolver&) = delete;

    std::shared_ptr<Question> ask(const std::string& query);
    const ResolverConfig& config() {
        open_if_needed();
        return config_;
    }
    void use_servers(const std::string& servers, int timeout_ms) {
        fixed_servers_ = servers;
        fixed_timeout_ms_ = timeout_ms;
        close();
    }

  private:
    void open_if_needed();
    void open();
    void close();
    void process(ares_socket_t readable, ares_socket_t writable);
    void restart_timer();
    static void socket_changed(void* self, ares_socket_t socket, int readable, int writable);
    static void answered(void* question, int result, int timeouts, unsigned char* reply, int size);

    ares_channel channel_ = nullptr;
    std::map<ares_socket_t, std::unique_ptr<async::IoSubscription>> sockets_;
    async::Timer timer_;
    ResolverConfig config_;
    std::optional<FileVersion> config_version_;
    async::Deadline next_config_check_{};
    std::string fixed_servers_;
    int fixed_timeout_ms_ = 0;
    int busy_ = 0;  // inside c-ares, where the channel must not be destroyed
    std::size_t waiting_ = 0;
};

Resolver& resolver() {
    thread_local Resolver instance;
    return instance;
}

// A replaced resolv.conf is taken up once no question is under way; looked at once every two seconds.
void Resolver::open_if_needed() {
    if (channel_ != nullptr && fixed_servers_.empty() && async::Clock::now() >= next_config_check_) {
        next_config_check_ = async::after(2s);
        if (busy_ == 0 && waiting_ == 0 && file_version(resolv_conf) != config_version_) close();
    }
    if (channel_ == nullptr) open();
}

void Resolver::open() {
    static const int library = ares_library_init(ARES_LIB_INIT_ALL);
    (void)library;
    config_version_ = file_version(resolv_conf);
    const Result<std::string> text = read_file(resolv_conf);
    config_ = parse_resolver_config(text ? *text : std::string());
    ares_options options{};
    options.flags = ARES_FLAG_EDNS | ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES;
    options.ednspsz = edns_size;
    options.timeout = fixed_servers_.empty() ? config_.timeout_seconds * 1000 : fixed_timeout_ms_;
    options.tries = config_.attempts;
    options.sock_state_cb = &Resolver::socket_changed;
    options.sock_state_cb_data = this;
    const int mask =
        ARES_OPT_FLAGS | ARES_OPT_EDNSPSZ | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB;
    if (const int result = ares_init_options(&channel_, &options, mask); result != ARES_SUCCESS) {
        log::warning("cannot start the DNS resolver: {}", ares_strerror(result));
        channel_ = nullptr;
        return;
    }
    if (!fixed_servers_.empty()) ares_set_servers_ports_csv(channel_, fixed_servers_.c_str());
}

void Resolver::close() {
    timer_.stop();
    if (channel_ == nullptr) return;
    ares_channel old = std::exchange(channel_, nullptr);
    ares_destroy(old);
    sockets_.clear();
}

void Resolver::socket_changed(void* self, ares_socket_t socket, int readable, int writable) {
    auto& resolver = *static_cast<Resolver*>(self);
    resolver.sockets_.erase(socket);
    if (!readable && !writable) return;
    auto serve = [&resolver, socket](bool can_read, bool can_write) {
        resolver.process(can_read ? socket : ARES_SOCKET_BAD, can_write ? socket : ARES_SOCKET_BAD);
    };
    resolver.sockets_.emplace(socket, std::make_unique<async::IoSubscription>(
                                          socket, readable != 0, writable != 0, std::move(serve)));
}

void Resolver::process(ares_socket_t readable, ares_socket_t writable) {
    if (channel_ == nullptr) return;
    ++busy_;
    ares_process_fd(channel_, readable, writable);
    --busy_;
    restart_timer();
}

void Resolver::restart_timer() {
    timeval left{};
    if (channel_ == nullptr || ares_timeout(channel_, nullptr, &left) == nullptr) {
        timer_.stop();
        return;
    }
    timer_.start(std::chrono::seconds(left.tv_sec) + std::chrono::microseconds(left.tv_usec) + 1ms);
}

void Resolver::answered(void* argument, int result, int, unsigned char* reply, int size) {
    const std::unique_ptr<std::shared_ptr<Question>> held(static_cast<std::shared_ptr<Question>*>(argument));
    Question& question = **held;
    question.result = result;
    if (reply != nullptr && size > 0)
        question.reply.assign(reinterpret_cast<const char*>(reply), static_cast<std::size_t>(size));
    if (resolver().waiting_ > 0) --resolver().waiting_;
    question.answered.set();
}

std::shared_ptr<Question> Resolver::ask(const std::string& query) {
    auto question = std::make_shared<Question>();
    open_if_needed();
    if (channel_ == nullptr) {
        question->answered.set();
        return question;
    }
    auto* argument = new std::shared_ptr<Question>(question);
    ++waiting_;
    ++busy_;
    ares_send(channel_, reinterpret_cast<const unsigned char*>(query.data()), static_cast<int>(query.size()),
              &Resolver::answered, argument);
    --busy_;
    restart_timer();
    return question;
}

std::uint16_t random_id() {
    std::uint16_t id = 0;
    if (::getrandom(&id, sizeof(id), 0) != sizeof(id)) panic("getrandom: {}", errno_text());
    return id;
}

Answer failure(const std::string& name, Type type, Status status) {
    Answer answer;
    answer.status = status;
    answer.name = name;
    const char* not_found = status == Status::invalid ? "" : "Host or domain name not found. ";
    answer.reason = fmt::format("{}Name service error for name={} type={}: {}", not_found, name,
                                type_name(type), status_text(status));
    return answer;
}

Status status_of(const Reply& reply) {
    if (reply.rcode == 3) return Status::not_found;  // NXDOMAIN
    return reply.rcode == 0 ? Status::no_data : Status::try_again;
}

// The CNAME record of a name, or null.
const Record* alias_of(const Reply& reply, const std::string& name) {
    for (const Record& record : reply.records)
        if (record.type == Type::cname && equals_ignoring_case(record.owner, name)) return &record;
    return nullptr;
}

bool names_a_host(Type type) {
    return type == Type::mx || type == Type::srv || type == Type::ptr || type == Type::ns ||
           type == Type::cname;
}

// Keeps the records of `name` that can be used; `spoiled` tells that there were others.
std::vector<Record> usable_records(Reply& reply, const std::string& name, Type type, bool& spoiled) {
    std::vector<Record> kept;
    for (Record& record : reply.records) {
        if (record.type != type || !equals_ignoring_case(record.owner, name)) continue;
        if (names_a_host(type) && SocketAddress::from_ip(record.target)) {
            log::warning("numeric domain name in resource data of {} record for {}: {}", type_name(type),
                         name, record.target);
        } else if (names_a_host(type) && !record.target.empty() && !is_usable_name(record.target)) {
            log::warning("malformed domain name in resource data of {} record for {}: {}", type_name(type),
                         name, printable(record.target));
            spoiled = true;
            continue;
        }
        kept.push_back(std::move(record));
    }
    return kept;
}

bool is_null_mx(const std::vector<Record>& records, Type type) {
    // Compat: "." means what it means (RFC 7505 3) beside other hosts, too.
    return type == Type::mx && std::any_of(records.begin(), records.end(),
                                           [](const Record& record) { return record.target.empty(); });
}

// The answer of a reply that has records for `name`, or says that it has none.
Answer final_answer(const std::string& asked, const std::string& name, Type type, Reply& reply) {
    bool spoiled = reply.malformed_record;
    std::vector<Record> records = usable_records(reply, name, type, spoiled);
    if (is_null_mx(records, type)) {
        Answer answer = failure(asked, type, Status::null_mx);
        answer.reason = fmt::format("Domain {} does not accept mail (nullMX)", asked);
        return answer;
    }
    const auto nameless = [type](const Record& record) {
        return names_a_host(type) && record.target.empty();
    };
    records.erase(std::remove_if(records.begin(), records.end(), nameless), records.end());
    if (records.empty()) {
        if (spoiled) return failure(asked, type, Status::invalid);
        Answer answer = failure(asked, type, status_of(reply));
        answer.negative_ttl = reply.negative_ttl;
        return answer;
    }
    Answer answer;
    answer.status = Status::ok;
    answer.name = name;
    answer.records = std::move(records);
    return answer;
}

Task<std::optional<Reply>> ask_servers(std::string name, Type type, bool dnssec) {
    const std::optional<std::string> query = build_query(name, type, random_id(), dnssec);
    if (!query) co_return std::nullopt;
    const std::shared_ptr<Question> question = resolver().ask(*query);
    co_await question->answered.wait(async::after(longest_wait));
    std::optional<Reply> reply;
    if (question->result == ARES_SUCCESS) reply = parse_reply(question->reply);
    if (reply && reply->truncated) reply.reset();
    co_return reply;
}

// One name as it is, without search domains.
Task<Answer> lookup_exactly(std::string asked, Type type, bool dnssec) {
    std::string name = asked;
    bool secure = dnssec;
    int aliases = 0;
    while (true) {
        std::optional<Reply> reply = co_await ask_servers(name, type, dnssec);
        if (!reply) co_return failure(asked, type, Status::try_again);
        secure = secure && reply->authentic;
        const std::string queried = name;
        while (type != Type::cname) {
            const Record* alias = alias_of(*reply, name);
            if (alias == nullptr || ++aliases > cname_limit) break;
            name = alias->target;
        }
        if (aliases > cname_limit) {
            // Compat: as if the name did not exist.
            Answer loop;
            loop.status = Status::not_found;
            loop.name = asked;
            loop.reason = fmt::format("Name server loop for {}", asked);
            log::warning("dns_lookup: {}", loop.reason);
            co_return loop;
        }
        // Aliases of reverse names have slashes in them (RFC 2317 4): only what was escaped is of no use.
        if (name.empty() || name.find('\\') != std::string::npos)
            co_return failure(asked, type, Status::invalid);
        const bool leads_elsewhere = !equals_ignoring_case(name, queried);
        Answer answer = final_answer(asked, name, type, *reply);
        // The server stopped at an alias: go on from where it leads.
        if (answer.status == Status::no_data && leads_elsewhere) continue;
        answer.secure = secure;
        co_return answer;
    }
}

std::vector<std::string> names_to_try(const std::string& name, Search search) {
    if (search == Search::no || name.ends_with('.')) return {name};
    const std::vector<std::string>& domains = resolver().config().search;
    const bool one_label = name.find('.') == std::string::npos;
    std::vector<std::string> names;
    if (!one_label) names.push_back(name);
    if (search == Search::search_list)
        for (const std::string& domain : domains) names.push_back(name + "." + domain);
    else if (one_label && !domains.empty())
        names.push_back(name + "." + domains.front());
    if (one_label) names.push_back(name);
    return names;
}

Answer unusable(const std::string& name) {
    Answer answer;
    answer.status = Status::invalid;
    answer.name = name;
    answer.reason = fmt::format("Name service error for {}: invalid host or domain name", printable(name));
    return answer;
}

}  // namespace

std::string status_text(Status status) {
    switch (status) {
        case Status::ok:
            return "Success";
        case Status::not_found:
            return "Host not found";
        case Status::no_data:
            return "Host found but no data record of requested type";
        case Status::try_again:
            return "Host not found, try again";
        case Status::invalid:
            return "Malformed or unexpected name server reply";
        case Status::null_mx:
            return "The domain does not accept mail";
        case Status::refused_by_policy:
            return "DNS reply filter drops all results";
    }
    return "";
}

Task<Answer> lookup(std::string name, Type type, LookupOptions options) {
    const std::string_view bare =
        name.ends_with('.') ? std::string_view(name).substr(0, name.size() - 1) : name;
    if (!is_usable_name(bare)) co_return unusable(name);
    std::optional<Answer> worst;
    for (const std::string& candidate : names_to_try(name, options.search)) {
        std::string exact = candidate.ends_with('.') ? candidate.substr(0, candidate.size() - 1) : candidate;
        Answer answer = co_await lookup_exactly(std::move(exact), type, options.dnssec);
        if (answer.status != Status::not_found && answer.status != Status::no_data) co_return answer;
        // Of two negative answers the one about the name as given counts most.
        if (!worst || candidate == name) worst = std::move(answer);
    }
    co_return std::move(*worst);
}

void use_name_servers(const std::string& servers, int timeout_ms) {
    resolver().use_servers(servers, timeout_ms);
}

}  // namespace postrider::dns
