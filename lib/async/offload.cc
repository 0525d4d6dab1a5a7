// lib/async/offload.cc - the worker pool.
#include "lib/async/offload.h"

#include <signal.h>

#include <condition_variable>
#include <deque>
#include <mutex>
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

    void submit(Job job) {
        {
            const std::lock_guard lock(mutex_);
            jobs_.push_back(std::move(job));
            if (idle_ < static_cast<int>(jobs_.size()) && static_cast<int>(threads_.size()) < limit_)
                start_thread();
        }
        wake_.notify_one();
    }

  private:
    void start_thread() {
        // Signals belong to the loop's thread.
        sigset_t all;
        sigset_t old;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &old);
        threads_.emplace_back([this] { work(); });
        pthread_sigmask(SIG_SETMASK, &old, nullptr);
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
    if (!has_worker_threads()) {
        work();
        Loop::current().post(std::move(done));
        return;
    }
    Job job{std::move(work), std::move(done), &Loop::current()};
    pool().submit(std::move(job));
}

}  // namespace postrider::async
