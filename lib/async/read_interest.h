// lib/async/read_interest.h - waiting for one descriptor again and again.
#pragma once

#include "lib/async/loop.h"

namespace postrider::async {

// Logs why errno says so, and throws PeerGone.
[[noreturn]] void refuse_to_wait(int fd);

// A descriptor that is read from in turns: it stays registered with the kernel between waits, so that a wait
// costs no system call as long as nothing arrives while nobody waits.  One wait at a time.  To be destroyed
// before the descriptor is closed or given away: the kernel would go on reporting it.
class ReadInterest {
  public:
    explicit ReadInterest(int fd) : fd_(fd) {}
    ~ReadInterest() { unwatch(); }
    ReadInterest(const ReadInterest&) = delete;
    ReadInterest& operator=(const ReadInterest&) = delete;

    class Awaiter : public Wait {
      public:
        Awaiter(ReadInterest& interest, Deadline deadline) : interest_(interest), deadline_(deadline) {}
        ~Awaiter() { disarm(); }
        bool await_ready() const noexcept { return false; }
        template <class Promise>
        bool await_suspend(std::coroutine_handle<Promise> waiter) {
            waiter_ = waiter;
            return link(waiter.promise().scope) && arm();
        }
        Ready await_resume() const {
            throw_if_cancelled();
            return timed_out_ ? Ready::timed_out : Ready::yes;
        }

      private:
        friend class ReadInterest;
        bool arm();
        void disarm() override;
        ReadInterest& interest_;
        Deadline deadline_;
        bool timed_out_ = false;
    };
    // co_await interest.wait(deadline): Ready::yes once the descriptor can be read, timed_out at the
    // deadline.
    Awaiter wait(Deadline deadline) { return Awaiter(*this, deadline); }

  private:
    static void fired(int fd, short what, void* self);
    void watch(Deadline deadline);
    void unwatch();
    // It belongs to the loop of this thread, which still exists.
    bool is_of_this_loop() const;
    struct event* event();
    int fd_;
    event_base* base_ = nullptr;  // where it is registered; nullptr: nowhere
    Awaiter* waiting_ = nullptr;
    alignas(8) unsigned char storage_[EventSlot::size];
};

}  // namespace postrider::async
