// lib/async/offload.cc - the worker pool.
#include "lib/async/offload.h"

#include <signal.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>

namespace postrider::async {

namespace {

struct Job {
    std::function<void()> work;
    std::function<void()> done;
    Loop* loop;
};

// Threads are started one by one while work waits and all are busy, up to the limit.
class Pool {
  public:
    ~Pool() {
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
        }
        wake_.notify_all();
        for (std::thread& thread : threads_) thread.join();
    }

    void set_limit(int count) { limit_ = count; }
    int limit() const { return limit_; }

    // False when there is no thread, and none can be had: the caller does the work.
    bool submit(Job& job) {
        {
            const std::lock_guard lock(mutex_);
            const bool all_busy = idle_ <= static_cast<int>(jobs_.size());
            if (all_busy && static_cast<int>(threads_.size()) < limit_ && !start_thread() && threads_.empty())
                return false;
            jobs_.push_back(std::move(job));
        }
        wake_.notify_one();
        return true;
    }

  private:
    // The system may have none to give: too many processes, no memory.
    bool start_thread() {
        // Signals belong to the loop's thread.
        sigset_t all;
        sigset_t old;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &old);
        bool started = true;
        try {
            threads_.emplace_back([this] { work(); });
        } catch (const std::system_error&) {
            started = false;
        }
        pthread_sigmask(SIG_SETMASK, &old, nullptr);
        return started;
    }

    void work() {
        std::unique_lock lock(mutex_);
        for (;;) {
            ++idle_;
            wake_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
            --idle_;
            if (jobs_.empty()) return;
            Job job = std::move(jobs_.front());
            jobs_.pop_front();
            lock.unlock();
            job.work();
            job.loop->post(std::move(job.done));
            lock.lock();
        }
    }

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> jobs_;
    std::vector<std::thread> threads_;
    int idle_ = 0;
    int limit_ = 8;
    bool ending_ = false;
};

Pool& pool() {
    static Pool the_pool;
    return the_pool;
}

}  // namespace

void set_worker_threads(int count) {
    pool().set_limit(count);
}

bool has_worker_threads() {
    return pool().limit() > 0;
}

void submit_work(std::function<void()> work, std::function<void()> done) {
    Job job{std::move(work), std::move(done), &Loop::current()};
    if (has_worker_threads() && pool().submit(job)) return;
    job.work();
    job.loop->post(std::move(job.done));
}

}  // namespace postrider::async
