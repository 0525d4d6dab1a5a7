// smtp/connection_cache.h - sessions kept for a short time for more mail.
//
// A session is found again by the destination it was opened for, which spares the DNS lookups, or by the
// server's address, which other destinations may share.  Either way only mail gets it whose connections have
// to be secured in the same way: that is part of the destination's key, and `security` of the address.
#pragma once

#include <list>
#include <memory>
#include <string>

#include "lib/async/loop.h"
#include "smtp/session.h"

namespace postrider::smtp {

class ConnectionCache {
  public:
    // Sessions that are not wanted any more say good-bye in `farewells`, which outlives the cache.
    ConnectionCache(async::Scope& farewells, Seconds keep_time)
        : farewells_(farewells), keep_time_(keep_time), sweeper_([this] { sweep(); }) {}
    ConnectionCache(const ConnectionCache&) = delete;
    ConnectionCache& operator=(const ConnectionCache&) = delete;

    // Tell the postmaster of sessions that went wrong; the settings outlive the cache.
    void tell_postmaster(const Settings& settings) { settings_ = &settings; }

    // A live session for the destination or the address, or null.
    std::unique_ptr<Session> take_for_destination(const std::string& destination);
    // `security`: what such a session must have been opened with, TLS and login.
    std::unique_ptr<Session> take_for_address(const SocketAddress& address, const std::string& security);
    void keep(std::unique_ptr<Session> session, std::string destination, std::string security);
    // Ends a session without keeping anybody waiting.
    void dismiss(std::unique_ptr<Session> session);
    // Ends all.
    void clear();
    std::size_t size() const { return kept_.size(); }

  private:
    struct Kept {
        std::string destination;
        std::string security;
        std::unique_ptr<Session> session;
        async::Deadline expires;
    };
    using Place = std::list<Kept>::iterator;
    std::unique_ptr<Session> take(Place place);
    void sweep();

    async::Scope& farewells_;
    Seconds keep_time_;
    const Settings* settings_ = nullptr;
    std::list<Kept> kept_;  // the one kept last in front
    async::Timer sweeper_;
};

}  // namespace postrider::smtp
