// services/postscreen/session.h - one client: from accept until it is given to the SMTP server, or sent away.
#pragma once

#include <memory>
#include <string>

#include "lib/async/stream.h"
#include "lib/daemon/proxy_header.h"
#include "services/postscreen/screen.h"
#include "services/postscreen/tests.h"

namespace postrider::postscreen {

// Counts a client's connections while it lives.
class ClientEntry {
  public:
    ClientEntry(Screen& screen, std::string address);
    ~ClientEntry();
    ClientEntry(const ClientEntry&) = delete;
    ClientEntry& operator=(const ClientEntry&) = delete;
    ClientInfo& info() { return info_; }

  private:
    Screen& screen_;
    std::string address_;
    ClientInfo& info_;
};

struct Session {
    Session(Screen& shared, async::Stream connection, daemon::Endpoints ends);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    Screen& screen;
    async::Stream stream;
    daemon::Endpoints endpoints;
    std::string address;  // of the client
    std::string label;    // "[address]:port"
    ClientEntry client;
    Tests tests;
    async::Deadline began = async::Clock::now();  // of the tests at hand
    bool kept = false;                            // it does not go on to the SMTP server
    bool encrypted = false;
    bool gone = false;       // nobody is there to be answered
    std::string last_reply;  // to a client that is sent away
    std::string rcpt_reply;  // to RCPT TO

    // Seconds since `began`, for the log.
    std::string elapsed() const;
    // The session ends with this reply.
    void drop(std::string reply);
    // The client failed a test: acts as main.cf says.  `dropped` is the reply of Action::drop, `refused` that
    // to RCPT TO with Action::enforce.  False: the session is over.
    bool fail(Test test, std::string dropped, std::string refused);
    bool act(Action action, std::string dropped, std::string refused);
    // The client has left; what it passed counts.
    void note_hangup(const char* phase);
    // Queues a reply, completed by soft_bounce and a footer.
    Task<> put(std::string reply);
};

// Tests one client.  `told`: its addresses where the descriptor's own do not count.
Task<> serve(Screen& screen, async::Stream stream, daemon::Endpoints told);

}  // namespace postrider::postscreen
