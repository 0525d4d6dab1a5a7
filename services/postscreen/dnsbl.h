// services/postscreen/dnsbl.h - what DNS block and allow lists say of a client, as one number.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "lib/async/loop.h"
#include "lib/base/result.h"
#include "lib/dns/block_list.h"
#include "lib/dns/record.h"
#include "lib/tables/table_list.h"

namespace postrider::postscreen {

// One use of a list: which of its answers count how much.
struct ListUse {
    std::optional<dns::AnswerFilter> filter;  // unset: any answer
    int weight = 1;
};
// A list is asked once, however often it is used.
struct List {
    std::string domain;
    std::string shown;  // in replies: from postscreen_dnsbl_reply_map, or the domain
    std::vector<ListUse> uses;
};
// "domain", "domain=filter", "domain*weight", "domain=filter*weight"; the error says what is wrong.
Result<std::vector<List>> parse_sites(const std::vector<std::string>& words);
// The weights of all uses of a list that count one of the addresses.
int score_of(const List& list, const std::vector<std::string>& addresses);

// The lists' word on one client, shared by the sessions it has at the same time.
class Score {
  public:
    Score(int lists, std::uint32_t most_ttl) : pending_(lists), ttl_(most_ttl) {}

    // The answer of one list.
    void add(const List& list, const dns::Answer& answer);
    // A list gave no answer in time.
    void miss();

    bool complete() const { return pending_ == 0; }
    int total() const { return total_; }
    // Seconds that it may be believed.
    std::uint32_t ttl() const { return ttl_; }
    // The list that weighs most against the client, as shown.
    const std::string& worst() const { return worst_; }
    // Calls `action` once complete, unless it is; the listener is forgotten with what is returned.
    std::shared_ptr<void> when_complete(std::function<void()> action);

  private:
    void one_less();
    int pending_;
    int total_ = 0;
    int worst_weight_ = 0;
    std::uint32_t ttl_;
    std::string worst_;
    std::vector<std::weak_ptr<std::function<void()>>> listeners_;
};

// How names are looked up; tests give their own.
using Resolve = std::function<Task<dns::Answer>(std::string name)>;
Task<dns::Answer> resolve_address(std::string name);

// Asks all lists about clients.
class Dnsbl {
  public:
    Dnsbl(std::vector<List> lists, std::uint32_t most_ttl, async::Duration timeout, async::Scope& scope,
          Resolve resolve = resolve_address);
    bool enabled() const { return !lists_.empty(); }
    // Starts asking, or joins in what is being asked about this client.
    std::shared_ptr<Score> ask(const std::string& address);

  private:
    static Task<> ask_one(const List& list, std::string client, std::shared_ptr<Score> score, Resolve resolve,
                          async::Duration timeout);
    std::vector<List> lists_;
    std::uint32_t most_ttl_;
    async::Duration timeout_;
    async::Scope& scope_;
    Resolve resolve_;
    std::unordered_map<std::string, std::weak_ptr<Score>> running_;
    std::size_t sweep_at_ = 1024;
};

}  // namespace postrider::postscreen
