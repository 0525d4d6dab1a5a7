// services/postscreen/dnsbl.cc - what DNS block and allow lists say of a client.
#include "services/postscreen/dnsbl.h"

#include <algorithm>

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/dns/lookup.h"
#include "lib/mail/address.h"

namespace postrider::postscreen {

namespace {

std::vector<std::string> addresses_of(const dns::Answer& answer) {
    std::vector<std::string> addresses;
    for (const dns::Record& record : answer.records)
        if (record.type == dns::Type::a) addresses.push_back(record.address.host());
    return addresses;
}

// One word of postscreen_dnsbl_sites, into the list of its domain.
Result<void> add_site(std::vector<List>& lists, const std::string& word) {
    const auto wrong = [&word](const std::string& what) { return Error{what + " in \"" + word + "\""}; };
    ListUse use;
    std::string site = word;
    if (const std::size_t star = site.rfind('*'); star != std::string::npos) {
        const auto weight = parse_int(site.substr(star + 1));
        if (!weight || std::abs(*weight) > 1'000'000)
            return wrong("bad DNSBL weight factor \"" + site.substr(star + 1) + "\"");
        use.weight = static_cast<int>(*weight);
        site.resize(star);
    }
    if (const std::size_t equals = site.find('='); equals != std::string::npos) {
        use.filter = dns::AnswerFilter::parse(site.substr(equals + 1));
        if (!use.filter) return wrong("bad DNSBL filter syntax \"" + site.substr(equals + 1) + "\"");
        site.resize(equals);
    }
    if (!mail::is_valid_hostname(site)) return wrong("bad DNSBL domain name \"" + site + "\"");
    const auto known =
        std::find_if(lists.begin(), lists.end(), [&site](const List& list) { return list.domain == site; });
    if (known != lists.end()) {
        known->uses.push_back(std::move(use));
        return {};
    }
    List list;
    list.domain = list.shown = site;
    list.uses.push_back(std::move(use));
    lists.push_back(std::move(list));
    return {};
}

}  // namespace

Result<std::vector<List>> parse_sites(const std::vector<std::string>& words) {
    std::vector<List> lists;
    for (const std::string& word : words) {
        const Result<void> added = add_site(lists, word);
        if (!added) return Error{added.error()};
    }
    return lists;
}

int score_of(const List& list, const std::vector<std::string>& addresses) {
    if (addresses.empty()) return 0;
    int score = 0;
    for (const ListUse& use : list.uses) {
        const bool counts =
            !use.filter || std::any_of(addresses.begin(), addresses.end(),
                                       [&use](const auto& a) { return use.filter->matches(a); });
        if (counts) score += use.weight;
    }
    return score;
}

void Score::add(const List& list, const dns::Answer& answer) {
    const std::vector<std::string> addresses = addresses_of(answer);
    const int score = score_of(list, addresses);
    total_ += score;
    if (score > worst_weight_) {
        worst_weight_ = score;
        worst_ = list.shown;
    }
    if (answer.ok())
        for (const dns::Record& record : answer.records) ttl_ = std::min(ttl_, record.ttl);
    else
        ttl_ = std::min(ttl_, answer.negative_ttl);
    one_less();
}

void Score::miss() {
    // Nothing was learned, so that it must be asked again soon.
    ttl_ = 0;
    one_less();
}

void Score::one_less() {
    if (--pending_ > 0) return;
    for (const auto& listener : listeners_)
        if (const auto action = listener.lock()) (*action)();
    listeners_.clear();
}

std::shared_ptr<void> Score::when_complete(std::function<void()> action) {
    auto listener = std::make_shared<std::function<void()>>(std::move(action));
    if (!complete()) listeners_.push_back(listener);
    return listener;
}

Task<dns::Answer> resolve_address(std::string name) {
    dns::Answer answer = co_await dns::lookup(std::move(name), dns::Type::a);
    co_return answer;
}

Dnsbl::Dnsbl(std::vector<List> lists, std::uint32_t most_ttl, async::Duration timeout, async::Scope& scope,
             Resolve resolve)
    : lists_(std::move(lists)),
      most_ttl_(most_ttl),
      timeout_(timeout),
      scope_(scope),
      resolve_(std::move(resolve)) {}

std::shared_ptr<Score> Dnsbl::ask(const std::string& address) {
    std::weak_ptr<Score>& running = running_[address];
    if (auto score = running.lock(); score && !score->complete()) return score;
    auto score = std::make_shared<Score>(static_cast<int>(lists_.size()), most_ttl_);
    running = score;
    for (const List& list : lists_) scope_.spawn(ask_one(list, address, score, resolve_, timeout_));
    if (running_.size() >= sweep_at_) {
        std::erase_if(running_, [](const auto& entry) { return entry.second.expired(); });
        sweep_at_ = std::max<std::size_t>(1024, 2 * running_.size());
    }
    return score;
}

// `list` lives as long as the process.
Task<> Dnsbl::ask_one(const List& list, std::string client, std::shared_ptr<Score> score, Resolve resolve,
                      async::Duration timeout) {
    const async::Deadline deadline = async::after(timeout);
    std::string name = dns::reversed_address(client) + "." + list.domain;
    const dns::Answer answer = co_await resolve(name);
    if (async::Clock::now() > deadline) {
        log::warning("dnsblog reply timeout {}s for {}",
                     std::chrono::duration_cast<std::chrono::seconds>(timeout).count(), list.domain);
        score->miss();
        co_return;
    }
    if (answer.status == dns::Status::try_again) {
        log::warning("dnsblog_query: lookup error for DNS query {}: {}", name, answer.reason);
        score->miss();
        co_return;
    }
    for (const std::string& found : addresses_of(answer))
        log::info("addr {} listed by domain {} as {}", client, list.domain, found);
    score->add(list, answer);
}

}  // namespace postrider::postscreen
