// smtp/job.h - one delivery request while servers are tried: who still waits for the message.
//
// Each recipient ends in exactly one verdict: sent, bounced or deferred.  As long as another server is to be
// tried, a temporary failure only keeps its recipients for that server.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "lib/delivery/agent.h"
#include "lib/delivery/request.h"
#include "smtp/failure.h"
#include "smtp/options.h"

namespace postrider::smtp {

// Where verdicts go: the Delivery of this request, or a test.
class Verdicts {
  public:
    virtual ~Verdicts() = default;
    virtual Task<> sent(delivery::Recipient recipient, delivery::Outcome outcome) = 0;
    virtual Task<> bounced(delivery::Recipient recipient, delivery::Outcome outcome) = 0;
    virtual Task<> deferred(delivery::Recipient recipient, delivery::Outcome outcome) = 0;
    // How many recipients have been deferred.
    virtual int deferrals() const = 0;
    // Another delivery agent ("transport:nexthop") takes care of these.
    virtual Task<> pass(std::string destination, std::vector<delivery::Recipient> recipients) = 0;
    // The whole destination is to be left alone for a while.
    virtual void destination_failed(std::string status, std::string reason) = 0;
    // The queue file cannot be read as one.
    virtual void corrupt(std::string_view what) = 0;
};

// What log and notifications tell of the connection.
struct Relay {
    std::string text = "none";   // relay=
    std::string connection_use;  // conn_use=, empty for the first
    std::string tls;             // tls=, empty when it is not told
};

// What a failure is laid to.
enum class Blame {
    message,      // other mail for the destination may do better
    destination,  // stop sending there for a while
};

class Job {
  public:
    // All three outlive the job.
    Job(const Options& options, delivery::Request& request, Verdicts& verdicts);

    const Options& options() const { return options_; }
    const delivery::Request& request() const { return request_; }
    Verdicts& verdicts() { return verdicts_; }
    bool is_probe() const { return request_.is_probe(); }
    // Mail that tells of other mail: of trouble with it nobody is told.
    bool is_notification() const;

    // Recipients without verdict are to be tried at the next server.
    void begin_server();
    // No other server will be tried: temporary failures become deferrals.
    void set_final(bool final) { final_ = final; }
    bool anyone_left() const;
    // Indexes of the recipients to be tried at this server.
    std::vector<std::size_t> waiting() const;
    const delivery::Recipient& recipient(std::size_t index) const { return pending_[index].recipient; }

    Task<> succeed(std::size_t index, Reply reply, Relay relay, Peer peer, bool server_does_dsn);
    Task<> fail(std::size_t index, Failure failure, Relay relay);
    // All that still wait at this server.
    Task<> fail_waiting(Failure failure, Relay relay, Blame blame);

    // All that still wait at this server will be tried once more, although it is the last one.
    void keep_waiting(Failure failure, Relay relay);

    // Another delivery agent gets all that wait.
    Task<> pass_waiting(std::string destination);

    // The connection set-up has ended, now.
    void note_connected();
    // The last reason why a server could not be used, for the verdict when all have been tried.
    const Failure& last_failure() const { return last_failure_; }
    // The server that it came from; none when no server was reached.
    const Relay& last_relay() const { return last_relay_; }
    Blame last_blame() const { return last_blame_; }
    void set_last_failure(Failure failure, Relay relay = Relay(), Blame blame = Blame::destination) {
        last_failure_ = std::move(failure);
        last_relay_ = std::move(relay);
        last_blame_ = blame;
    }

    // Says in the log that lines were too long, once for all servers.
    void note_folded_lines();

    // The last destination turned out to be this machine.
    void set_loops(bool loops) { loops_ = loops; }
    bool loops() const { return loops_; }

  private:
    enum class Fate { waiting, kept, done };
    struct Pending {
        delivery::Recipient recipient;
        Fate fate = Fate::waiting;
    };
    bool is_kept(const Failure& failure) const;
    Task<> give_verdict(std::size_t index, Failure failure, Relay relay);

    const Options& options_;
    delivery::Request& request_;
    Verdicts& verdicts_;
    std::vector<Pending> pending_;
    Failure last_failure_;
    Relay last_relay_;
    Blame last_blame_ = Blame::destination;
    bool final_ = false;
    bool loops_ = false;
    bool folded_lines_ = false;
};

}  // namespace postrider::smtp
