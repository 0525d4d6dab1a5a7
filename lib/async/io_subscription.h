// lib/async/io_subscription.h - calls a function whenever a descriptor is ready; for libraries that bring
// their own state machines, such as c-ares.
#pragma once

#include <functional>

struct event;

namespace postrider::async {

class IoSubscription {
  public:
    // `action` is told what is ready.
    using Action = std::function<void(bool readable, bool writable)>;
    IoSubscription(int fd, bool want_read, bool want_write, Action action);
    ~IoSubscription();
    IoSubscription(const IoSubscription&) = delete;
    IoSubscription& operator=(const IoSubscription&) = delete;

  private:
    static void fired(int fd, short what, void* self);
    Action action_;
    struct event* event_;
};

}  // namespace postrider::async
