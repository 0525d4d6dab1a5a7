// commands/smtp-sink/session.h - one client of smtp-sink(1).
#pragma once

#include <cstddef>
#include <string>

#include "commands/smtp-sink/options.h"
#include "lib/async/stream.h"

namespace postrider::smtp_sink {

// What all clients share.
struct Sink {
    explicit Sink(const Options& given) : options(given) {}
    const Options& options;
    std::size_t sessions = 0;
    long messages = 0;
    long finished = 0;    // sessions
    async::Event enough;  // -n, -M: as many sessions or messages as asked for have come
};

// Accepts everything a client sends, but for what the options say.  `client` is its address.
Task<> serve(Sink& sink, async::Stream stream, std::string client);

}  // namespace postrider::smtp_sink
