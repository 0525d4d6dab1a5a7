// lib/async/io_subscription.cc - calls a function whenever a descriptor is ready.
#include "lib/async/io_subscription.h"

#include <event2/event.h>

#include "lib/async/loop.h"

namespace postrider::async {

IoSubscription::IoSubscription(int fd, bool want_read, bool want_write, Action action)
    : action_(std::move(action)) {
    const int what = EV_PERSIST | (want_read ? EV_READ : 0) | (want_write ? EV_WRITE : 0);
    event_ = event_new(Loop::current().base(), fd, static_cast<short>(what), &IoSubscription::fired, this);
    event_add(event_, nullptr);
}

IoSubscription::~IoSubscription() {
    event_free(event_);
}

void IoSubscription::fired(int, short what, void* self) {
    // The action may end the subscription: nothing of it is touched after the call.
    const Action action = static_cast<IoSubscription*>(self)->action_;
    action((what & EV_READ) != 0, (what & EV_WRITE) != 0);
}

}  // namespace postrider::async
