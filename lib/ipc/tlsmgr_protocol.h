// lib/ipc/tlsmgr_protocol.h - what TLS servers and clients ask of tlsmgr(8).
//
// Requests: "key" (the current ticket key, or with `id` the one of that name), "find", "save" and "remove" of
// a session in one of the caches smtpd, smtp, lmtp.  Binary values cross as hexadecimal or base64.
#pragma once

#include <cstdint>
#include <string>

namespace postrider::ipc {

struct TlsmgrRequest {
    std::string request;
    std::string cache;
    std::string id;       // of a session: what its user calls it; of a key: hexadecimal
    std::string session;  // save: base64
    template <class V>
    void attributes(V&& visit) {
        visit("request", request);
        visit("cache", cache);
        visit("id", id);
        visit("session", session);
    }
};

struct TlsmgrReply {
    enum : int { done = 0, none = 1, bad_request = 2 };
    int status = bad_request;
    std::string session;  // find: base64
    std::string key;      // key: name, encryption and authentication secret, hexadecimal, in this order
    std::int64_t expires = 0;
    template <class V>
    void attributes(V&& visit) {
        visit("status", status);
        visit("session", session);
        visit("key", key);
        visit("expires", expires);
    }
};

}  // namespace postrider::ipc
