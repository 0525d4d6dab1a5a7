// lib/daemon/daemon.h - what all daemons share: options, main.cf, jail, master's channel, serving, leaving.
//
//   int main(int argc, char** argv) {
//       return daemon::run_daemon(argc, argv, {
//           .program = "smtpd",
//           .clients = daemon::Clients::many,
//           .serve = smtpd::serve_client,
//       });
//   }
//
// A daemon is told everything by master(8) on its command line; run by hand it says so and exits.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "lib/async/loop.h"
#include "lib/async/stream.h"
#include "lib/base/on_demand.h"
#include "lib/config/settings.h"
#include "lib/daemon/confinement.h"
#include "lib/daemon/proxy_header.h"

namespace postrider::daemon {

// How clients are spread over processes.
enum class Clients {
    many,           // a process serves many; the process limit of master.cf counts clients
    one_at_a_time,  // a process serves one client, then the next (it switches users)
    shared,         // a process serves any number; the limit counts processes (trivial-rewrite, anvil, ...)
    one_process,    // exactly one process; refuses a process limit other than 1 (qmgr, pickup, ...)
};

// One accepted client.
struct Connection {
    async::Stream stream;
    std::string service;              // first column of master.cf: "smtp", "127.0.0.1:2525", "cleanup"
    std::string type;                 // "inet", "unix", "fifo", "pass"
    bool on_standard_input = false;   // -S: a client on descriptors 0 and 1 (sendmail -bs)
    OnDemand<Endpoints> endpoints{};  // "pass": as the giver told them; unset: those of the descriptor
};

struct Description {
    std::string program;  // "smtpd"
    Clients clients = Clients::many;
    bool keeps_root = false;      // local, virtual, pipe, spawn: switch to the recipient per delivery
    bool exits_when_idle = true;  // after max_idle; false: stays (qmgr, postlogd)
    // What the process needs once it is unprivileged; unset: it is not confined.
    std::function<Confinement(const Settings&)> confinement{};
    // Before chroot and privileges are dropped: open tables, read keys.
    std::function<void(Settings&)> before_jail{};
    // Unprivileged, in the jail, before the first client; a Task may be spawned on `background()` here.
    std::function<void(Settings&)> after_jail{};
    // Serves one client of a stream service.
    std::function<Task<>(Connection, const Settings&)> serve{};
    // Bytes sent to a trigger service, or 'W' at each wake-up by master (see protocols: postkick).
    std::function<Task<>(std::string bytes, const Settings&)> trigger{};
    // One datagram of a unix-dgram service.
    std::function<void(std::string_view datagram, const Settings&)> datagram{};
    // Before the process leaves (idle, reload, stop): flush what is kept in memory.
    std::function<void()> at_exit{};
};

// Runs until master asks to stop, the process is idle or has served its share.  Returns the exit status.
int run_daemon(int argc, char** argv, Description description);

// The scope of background tasks; cancelled and joined before the process leaves.
async::Scope& background();
// master has asked for a reload or stop: finish what is in hand, begin nothing that waits long.
bool leaving();
// Set once master asks the process to leave; await it to end long waits.
async::Event& leave_event();
// As long as one exists the process does not leave for idleness (a delivery, a message in hand).
class Busy {
  public:
    Busy();
    ~Busy();
    Busy(const Busy&) = delete;
    Busy& operator=(const Busy&) = delete;
};
// The name in the first column of master.cf, e.g. "relay"; the transport name of a delivery agent.
const std::string& service_name();
// master.cf's words after the program name that are not options (pipe: flags=... user=... argv=...).
const std::vector<std::string>& arguments();
// The process serves the one client on its standard input (-S), as the user who runs it.
bool serves_standard_input();
// As if the service were under stress, for daemons that see by themselves when they are.
const Settings& stressed_settings();

}  // namespace postrider::daemon
