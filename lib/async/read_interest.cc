// lib/async/read_interest.cc - waiting for one descriptor again and again.
#include "lib/async/read_interest.h"

#include <event2/event.h>
#include <event2/event_struct.h>

#include <new>

namespace postrider::async {

struct event* ReadInterest::event() {
    return std::launder(reinterpret_cast<struct event*>(storage_));
}

bool ReadInterest::is_of_this_loop() const {
    return base_ != nullptr && base_ == Loop::base_of_thread();
}

void ReadInterest::watch(Deadline deadline) {
    if (!is_of_this_loop()) {
        // First use, or a process made by fork(2) that has a loop of its own.
        base_ = Loop::current().base();
        event_assign(new (storage_) struct event, base_, fd_, EV_READ | EV_PERSIST, fired, this);
    }
    timeval left{};
    if (deadline != never) left = to_timeval(deadline - Clock::now());
    if (event_add(event(), deadline == never ? nullptr : &left) != 0) refuse_to_wait(fd_);
}

void ReadInterest::unwatch() {
    if (is_of_this_loop()) event_del(event());
    base_ = nullptr;
}

void ReadInterest::fired(int, short what, void* self) {
    auto* interest = static_cast<ReadInterest*>(self);
    Awaiter* waiter = interest->waiting_;
    if (waiter == nullptr) {
        // Nobody reads at the moment: it would be reported without end.
        event_del(interest->event());
        return;
    }
    waiter->timed_out_ = (what & EV_READ) == 0;
    waiter->resume();
}

bool ReadInterest::Awaiter::arm() {
    interest_.waiting_ = this;
    interest_.watch(deadline_);
    return true;
}

void ReadInterest::Awaiter::disarm() {
    if (interest_.waiting_ != this) return;
    interest_.waiting_ = nullptr;
    if (deadline_ != never) event_remove_timer(interest_.event());
}

}  // namespace postrider::async
