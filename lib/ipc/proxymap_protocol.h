// lib/ipc/proxymap_protocol.h - what daemons ask of proxymap(8): lookups in tables they do not open
// themselves, and changes of caches that several of them share.
#pragma once

#include <string>

namespace postrider::ipc {

struct ProxymapRequest {
    std::string request;  // lookup; of proxywrite also update, delete, first, next
    std::string table;    // type:name, without the proxy: in front
    int flags = 0;        // sum of proxymap_flag
    std::string key;
    std::string value;  // update
    template <class V>
    void attributes(V&& visit) {
        visit("request", request);
        visit("table", table);
        visit("flags", flags);
        visit("key", key);
        visit("value", value);
    }
};

namespace proxymap_flag {
inline constexpr int no_fold = 1;      // fixed keys are taken as they are
inline constexpr int no_utf8 = 2;      // keys and values need not be UTF-8
inline constexpr int file_values = 4;  // values are base64 of file contents
}  // namespace proxymap_flag

namespace proxymap_status {
inline constexpr int ok = 0;
inline constexpr int none = 1;   // no such key, no further entry
inline constexpr int retry = 2;  // the table could not be asked; `value` is the reason
inline constexpr int bad = 3;    // the request makes no sense
inline constexpr int deny = 4;   // the table is not on the service's list
}  // namespace proxymap_status

struct ProxymapReply {
    int status = proxymap_status::bad;
    std::string key;    // first, next
    std::string value;  // lookup, first, next; or the reason
    template <class V>
    void attributes(V&& visit) {
        visit("status", status);
        visit("key", key);
        visit("value", value);
    }
};

}  // namespace postrider::ipc
