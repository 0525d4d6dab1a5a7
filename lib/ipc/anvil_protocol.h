// lib/ipc/anvil_protocol.h - what smtpd(8) and postscreen(8) ask of anvil(8).
//
// Requests: connect, disconnect, message, recipient, newtls, auth count one event of a client; lookup only
// asks. `ident` is SERVICE:CLIENT, e.g. "smtp:192.0.2.1".
#pragma once

#include <string>

namespace postrider::ipc {

struct AnvilRequest {
    std::string request;
    std::string ident;
    int process = 0;  // of the asking server: its connections are forgotten when it is gone
    template <class V>
    void attributes(V&& visit) {
        visit("request", request);
        visit("ident", ident);
        visit("process", process);
    }
};

struct AnvilReply {
    int status = 0;  // 0: counted
    int count = 0;   // connections right now
    int rate = 0;    // events of this kind in the current time unit
    int connections = 0, messages = 0, recipients = 0, new_tls = 0, auth = 0;  // lookup: all the rates
    template <class V>
    void attributes(V&& visit) {
        visit("status", status);
        visit("count", count);
        visit("rate", rate);
        visit("connections", connections);
        visit("messages", messages);
        visit("recipients", recipients);
        visit("new_tls", new_tls);
        visit("auth", auth);
    }
};

}  // namespace postrider::ipc
