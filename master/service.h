// master/service.h - one line of master.cf at run time: its sockets, its processes, its limits.
#pragma once

#include <sys/types.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "lib/async/loop.h"
#include "lib/base/fd.h"
#include "lib/config/master_cf.h"
#include "lib/config/settings.h"

namespace postrider::master {

// A process started for a service.
struct Child {
    pid_t pid = 0;
    int slot = 0;  // which share of the limit it has
    Fd channel;    // see lib/daemon/master_protocol.h
    std::unique_ptr<async::ReadSubscription> messages;
    bool takes_clients = true;  // not full, not told to leave
    bool retired = false;       // told to leave; its slot is free for a successor
    bool served = false;
};

// How clients of the service are shared between its processes.
class Service {
  public:
    Service(config::ServiceEntry entry, const Settings& settings);
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;
    ~Service();

    const config::ServiceEntry& entry() const { return entry_; }
    std::string name() const;  // "smtp/inet" for messages

    // Binds the sockets and waits for clients.  The error is one line.
    Result<void> start();
    // The same line with other limits or arguments: sockets stay, processes are replaced as they become idle.
    void update(config::ServiceEntry entry, const Settings& settings);
    // Tells every process to finish and leave; the sockets stay open when `keep_sockets`.
    void retire_children(bool keep_sockets);
    void terminate_children(int signal);
    // A datagram that nobody has read yet lies in one of the sockets.
    bool has_unread_datagrams() const;

    bool owns(pid_t pid) const { return children_.count(pid) > 0; }
    bool has_children() const { return !children_.empty(); }
    // waitpid(2) said that one of ours has ended.
    void child_ended(pid_t pid, int wait_status);

  private:
    int limit() const;      // clients at once; 0: none
    int processes() const;  // processes at once
    int share_of(int slot) const;
    int active_children() const;
    int free_slot() const;
    bool can_start() const;
    void client_waits();
    void start_child();
    std::vector<std::string> child_arguments(int slot) const;
    void message_from(Child& child);
    void watch_sockets();
    void throttle(std::chrono::seconds time, bool failed_at_start);
    std::chrono::seconds pause_after_failed_start(int wait_status);
    void check_stress();
    void wake_up();
    void tell(Child& child, char message);

    config::ServiceEntry entry_;
    const Settings* settings_;
    std::vector<Fd> sockets_;
    std::vector<std::unique_ptr<async::ReadSubscription>> listeners_;
    std::map<pid_t, std::unique_ptr<Child>> children_;
    async::Timer wake_up_timer_;
    async::Timer throttle_timer_;
    async::Timer stress_timer_;
    bool one_at_a_time_ = false;
    bool throttled_ = false;
    int kills_in_a_row_ = 0;  // processes killed before they had served anybody
    bool stressed_ = false;
    bool used_ = false;
    bool listening_ = false;
    bool stopping_ = false;
};

}  // namespace postrider::master
