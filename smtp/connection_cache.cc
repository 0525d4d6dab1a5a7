// smtp/connection_cache.cc - sessions kept for a short time for more mail.
#include "smtp/connection_cache.h"

#include <utility>

#include "lib/base/log.h"
#include "lib/delivery/transcript_mail.h"

namespace postrider::smtp {

namespace {

Task<> say_goodbye(std::unique_ptr<Session> session, const Settings* settings) {
    co_await session->close();
    std::optional<delivery::TranscriptNotice> notice = session->postmaster_notice();
    session.reset();
    if (!notice || settings == nullptr) co_return;
    const Result<void> mailed = co_await delivery::mail_transcript(std::move(*notice), *settings);
    if (!mailed) log::warning("postmaster notice: {}", mailed.error());
}

}  // namespace

std::unique_ptr<Session> ConnectionCache::take(Place place) {
    std::unique_ptr<Session> session = std::move(place->session);
    kept_.erase(place);
    // A server that speaks now has ended the session.
    if (session->is_reusable() && !session->stream().input_waiting()) return session;
    session->stream().close();
    return nullptr;
}

std::unique_ptr<Session> ConnectionCache::take_for_destination(const std::string& destination) {
    for (Place place = kept_.begin(); place != kept_.end();) {
        const Place here = place++;
        if (here->destination != destination) continue;
        if (std::unique_ptr<Session> session = take(here)) return session;
    }
    return nullptr;
}

std::unique_ptr<Session> ConnectionCache::take_for_address(const SocketAddress& address,
                                                           const std::string& security) {
    for (Place place = kept_.begin(); place != kept_.end();) {
        const Place here = place++;
        if (!(here->session->peer().address == address) || here->security != security) continue;
        if (std::unique_ptr<Session> session = take(here)) return session;
    }
    return nullptr;
}

void ConnectionCache::keep(std::unique_ptr<Session> session, std::string destination, std::string security) {
    Kept kept;
    kept.destination = std::move(destination);
    kept.security = std::move(security);
    kept.session = std::move(session);
    kept.expires = async::after(keep_time_);
    // The one kept last is found first: it is the least likely to be cut soon.
    kept_.push_front(std::move(kept));
    if (!sweeper_.pending()) sweeper_.start(keep_time_);
}

void ConnectionCache::sweep() {
    const async::Deadline now = async::Clock::now();
    while (!kept_.empty() && kept_.back().expires <= now) {
        dismiss(std::move(kept_.back().session));
        kept_.pop_back();
    }
    if (!kept_.empty()) sweeper_.start(kept_.back().expires - now);
}

void ConnectionCache::dismiss(std::unique_ptr<Session> session) {
    farewells_.spawn(say_goodbye(std::move(session), settings_));
}

void ConnectionCache::clear() {
    for (Kept& kept : kept_) dismiss(std::move(kept.session));
    kept_.clear();
}

}  // namespace postrider::smtp
