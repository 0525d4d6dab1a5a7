// services/flush/service.cc - the requests of flush(8).
//
// A site's log is a hint: it names messages that were deferred at some time.  Those that are gone meanwhile
// are passed over; a lost hint only means that the message waits for its ordinary turn.
#include "services/flush/service.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <ctime>
#include <memory>

#include "lib/async/offload.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/config/global_parameters.h"
#include "lib/delivery/flush_client.h"
#include "lib/delivery/flush_parameters.h"
#include "lib/ipc/server.h"
#include "lib/queue/spool.h"
#include "lib/tables/match_list.h"
#include "services/flush/parameters.h"
#include "services/flush/site_log.h"

namespace postrider::flush {

using delivery::FlushReply;
using delivery::FlushRequest;
using delivery::FlushStatus;
using queue::Queue;

namespace {

struct Service {
    const Settings* settings = nullptr;
    std::unique_ptr<queue::Spool> spool;
    tables::MatchList domains;
};
Service& self() {
    static Service service;
    return service;
}

// Destinations have been forgiven, new mail is in incoming.
void wake_qmgr() {
    const std::string path = "public/" + (*self().settings)[config::queue_service_name];
    const Result<void> sent = ipc::send_trigger(path, "I");
    if (!sent) log::warning("{}", sent.error());
}

Task<FlushStatus> check_site(std::string site) {
    // A literal is listed without its brackets.
    if (site.size() > 2 && site.front() == '[' && site.back() == ']') site = site.substr(1, site.size() - 2);
    const tables::Match match = co_await self().domains.matches(std::move(site));
    if (match == tables::Match::try_again) log::warning("fast_flush_domains: {}", self().domains.reason());
    co_return match == tables::Match::yes ? FlushStatus::ok
    : match == tables::Match::no          ? FlushStatus::denied
                                          : FlushStatus::failed;
}

// What a job on a worker thread has done; it touches files only.
struct Done {
    FlushStatus status = FlushStatus::ok;
    bool any = false;  // a message is in incoming now
};

Done send_file_of(const std::string& file) {
    Done done;
    const Result<std::vector<std::string>> ids = take_all(*self().spool, file);
    if (!ids) {
        log::warning("{}", ids.error());
        done.status = FlushStatus::failed;
        return done;
    }
    for (const std::string& id : *ids) done.any = release(*self().spool, id) || done.any;
    return done;
}

// A site may have a hundred thousand messages waiting; nobody else waits for them.
template <class Work>
Task<FlushStatus> work_off(Work work) {
    const Done done = co_await async::offload(work);
    if (done.any) wake_qmgr();
    co_return done.status;
}

FlushStatus add(const FlushRequest& request) {
    const auto file = site_file(request.site);
    if (!file || !queue::is_queue_id(request.queue_id)) return FlushStatus::bad;
    const Result<void> appended = append(*self().spool, *file, request.queue_id);
    if (appended) return FlushStatus::ok;
    log::warning("{}", appended.error());
    return FlushStatus::failed;
}

Task<FlushStatus> send_site(FlushRequest request) {
    const auto file = site_file(request.site);
    if (!file) co_return FlushStatus::bad;
    const std::string name = *file;
    auto work = [&name] { return send_file_of(name); };
    co_return co_await work_off(work);
}

FlushStatus send_file(const FlushRequest& request) {
    if (!queue::is_queue_id(request.queue_id)) return FlushStatus::bad;
    if (release(*self().spool, request.queue_id)) wake_qmgr();
    return FlushStatus::ok;
}

// Tries the destinations whose logs are due, and removes logs that are empty or have not changed for long.
// atime is the time of the last try, mtime that of the last entry.
Done refresh_logs(Seconds refresh_after) {
    Done all;
    const Seconds purge_after = (*self().settings)[fast_flush_purge_time];
    const time_t now = ::time(nullptr);
    queue::QueueScanner scanner(*self().spool, Queue::flush);
    while (const std::optional<std::string> file = scanner.next()) {
        const std::string path = self().spool->path(Queue::flush, *file);
        const auto status = lstat_file(path);
        if (!status || !S_ISREG(status->st_mode)) continue;
        if (status->st_mtime + purge_after.count() < now) {
            all.any = send_file_of(*file).any || all.any;
            ::unlink(path.c_str());
        } else if (status->st_size > 0 && status->st_atime + refresh_after.count() < now) {
            all.any = send_file_of(*file).any || all.any;
            struct timespec times[2] = {};
            times[0].tv_sec = now;
            times[1].tv_nsec = UTIME_OMIT;
            ::utimensat(AT_FDCWD, path.c_str(), times, AT_SYMLINK_NOFOLLOW);
        }
    }
    return all;
}

Task<FlushStatus> refresh(Seconds refresh_after) {
    auto work = [&refresh_after] { return refresh_logs(refresh_after); };
    co_return co_await work_off(work);
}

Task<FlushStatus> perform(FlushRequest request) {
    if (request.request == "add" || request.request == "send_site") {
        std::string site = request.site;
        const FlushStatus allowed = co_await check_site(std::move(site));
        if (allowed != FlushStatus::ok) co_return allowed;
        if (request.request == "add") co_return add(request);
        co_return co_await send_site(std::move(request));
    }
    if (request.request == "send_file") co_return send_file(request);
    if (request.request == "refresh") co_return co_await refresh((*self().settings)[fast_flush_refresh_time]);
    // Everything is due.
    if (request.request == "purge") co_return co_await refresh(Seconds(0));
    co_return FlushStatus::bad;
}

Task<std::string> answer(std::string bytes) {
    FlushReply reply;
    reply.status = FlushStatus::bad;
    std::optional<FlushRequest> request = ipc::decode<FlushRequest>(bytes);
    if (request) reply.status = co_await perform(std::move(*request));
    co_return ipc::encode(reply);
}

}  // namespace

void open_tables(Settings& settings) {
    self().domains = tables::MatchList(delivery::fast_flush_domains, tables::ListKind::domains, settings);
}

void prepare(Settings& settings) {
    Service& service = self();
    service.settings = &settings;
    service.spool = std::make_unique<queue::Spool>(settings);
}

Task<> serve(daemon::Connection connection, const Settings& settings) {
    async::Stream stream = std::move(connection.stream);
    try {
        stream.set_timeout(settings[config::ipc_timeout]);
        const bool more = co_await stream.fill();
        if (!more) co_return;
        // A request begins with its length, far below 2^24.
        if (stream.buffered().front() != '\0') {
            std::string bytes(stream.buffered());
            co_await wake(std::move(bytes), settings);
            co_return;
        }
        co_await ipc::serve_requests(std::move(stream), answer);
    } catch (const async::PeerGone&) {
        // The client has left.
    }
}

Task<> wake(std::string, const Settings& settings) {
    co_await refresh(settings[fast_flush_refresh_time]);
}

}  // namespace postrider::flush
