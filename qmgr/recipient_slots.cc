// qmgr/recipient_slots.cc - see recipient_slots.h.
#include "qmgr/recipient_slots.h"

#include <algorithm>
#include <iterator>

#include "qmgr/message.h"

namespace postrider::qmgr {
namespace {

// The first job after this one, by age, whose message has recipients left in its file.
Job* next_unread(const Transport& transport, const Job& after) {
    Job* next = nullptr;
    for (const Job& job : transport.jobs) {
        const bool younger = job.number > after.number && (next == nullptr || job.number < next->number);
        if (younger && job.message->unread) next = const_cast<Job*>(&job);
    }
    return next;
}

void pass_on(Job& job, int slots) {
    Transport& transport = *job.transport;
    if (transport.first_unread == &job) transport.first_unread = next_unread(transport, job);
    if (slots <= 0) return;
    job.slots -= slots;
    job.message->slots -= slots;
    transport.free_slots += slots;
    Job* const next = transport.first_unread;
    if (next == nullptr || transport.free_slots <= 0) return;
    next->slots += transport.free_slots;
    next->message->slots += transport.free_slots;
    transport.free_slots = 0;
}

}  // namespace

void take_slots(Job& job) {
    Transport& transport = *job.transport;
    if (transport.first_unread == nullptr && job.message->unread) transport.first_unread = &job;
    if (transport.free_slots <= 0) return;
    job.slots += transport.free_slots;
    job.message->slots += transport.free_slots;
    transport.free_slots = 0;
}

// What is lent leaves the transport with less than none, until it comes back.
void lend_slots(Job& job) {
    if (!job.message->unread) return;
    Transport& transport = *job.transport;
    const int lent = std::max(-transport.free_slots, 0);
    const int slots = (transport.limits.extra_memory - lent + 1) / 2;
    if (slots <= 0) return;
    transport.free_slots -= slots;
    job.slots += slots;
    job.message->slots += slots;
}

void hand_on_slots(Job& job) {
    if (job.message->unread) return;
    pass_on(job, std::min(job.slots - job.recipients, job.message->slots - job.message->recipients));
}

void give_back_slots(Job& job) {
    pass_on(job, job.slots);
}

int free_slots(const Message& message) {
    return std::min(message.slots - message.recipients, largest_portion);
}

bool is_refill_due(const Message& message, const TransportLimits& limits, Time now) {
    if (!message.unread || message.reading != 0) return false;
    const int room = free_slots(message);
    return room >= limits.refill_limit || (room > 0 && now - message.last_read >= limits.refill_delay);
}

}  // namespace postrider::qmgr
