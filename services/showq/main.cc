// services/showq/main.cc - showq(8): tells a client what is in the mail queue.
//
// The client says nothing; it gets the whole listing (lib/queue/listing.h) and the end of the connection.
#include "lib/config/global_parameters.h"
#include "lib/daemon/daemon.h"
#include "lib/queue/listing.h"

namespace {

using namespace postrider;

// A large queue is sent while it is being read.
constexpr std::size_t batch = 64 * 1024;

Task<> list_queue(daemon::Connection connection, const Settings& settings) {
    async::Stream& stream = connection.stream;
    const queue::Spool spool(settings);
    queue::QueueLister lister(spool, settings[config::empty_address_recipient]);
    try {
        stream.set_idle_timeout(settings[config::ipc_timeout]);
        stream.put(queue::listing_greeting());
        while (const std::optional<queue::ListedMessage> message = lister.next()) {
            stream.put(queue::encode_message(*message));
            if (stream.queued() > batch) co_await stream.flush();
        }
        stream.put(queue::listing_end());
        co_await stream.flush();
    } catch (const async::PeerGone&) {
        // Nobody is left to hear the rest.
    }
}

}  // namespace

int main(int argc, char** argv) {
    daemon::Description description;
    description.program = "showq";
    description.confinement = [](const Settings&) {
        return daemon::Confinement{.reads = {"maildrop", "incoming", "active", "deferred", "hold", "corrupt",
                                             "bounce", "defer", "trace"}};
    };
    description.clients = daemon::Clients::many;
    description.serve = list_queue;
    return daemon::run_daemon(argc, argv, std::move(description));
}
