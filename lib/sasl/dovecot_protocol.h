// lib/sasl/dovecot_protocol.h - the lines of Dovecot's authentication protocol, version 1, client side.
//
// Plain functions over text.  Fields are separated by TAB; within a field \001 stands before what cannot be
// written as it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lib/base/result.h"

namespace postrider::sasl {

// What a mechanism is, as the server says.
namespace property {
inline constexpr unsigned anonymous = 1;
inline constexpr unsigned plaintext = 2;
inline constexpr unsigned dictionary = 4;
inline constexpr unsigned active = 8;
inline constexpr unsigned forward_secrecy = 16;
inline constexpr unsigned mutual_auth = 32;
inline constexpr unsigned is_private = 64;  // not for the public
}  // namespace property

// One line from the server.
struct DovecotLine {
    enum class Kind { version, mechanism, server_process, done, ok, go_on, fail, other };
    Kind kind = Kind::other;
    int major = 0, minor = 0;  // version
    std::string mechanism;     // upper case
    unsigned properties = 0;
    std::uint32_t id = 0;    // ok, go_on, fail: of the request
    std::string challenge;   // go_on: in base64
    std::string user;        // ok, fail; "" when not told
    std::string reason;      // fail
    bool temporary = false;  // fail
    bool malformed = false;  // ok, go_on, fail: the rest of the line makes no sense
};
// The error: the line has not even an identifier, so nothing of what comes after it can be trusted.
Result<DovecotLine> parse_dovecot_line(std::string_view line);

// Does a mechanism with these properties meet the demands (bits of namespace security)?
bool meets(unsigned properties, unsigned security);

struct DovecotRequest {
    std::uint32_t id = 0;
    std::string mechanism;
    std::string service;
    std::string local_address, remote_address;
    bool encrypted = false;
    std::optional<std::string> initial;  // in base64, as the client sent it
};
// Whole lines, with their end.
std::string dovecot_greeting(int process);
std::string dovecot_auth(const DovecotRequest& request);
std::string dovecot_continue(std::uint32_t id, std::string_view base64);
std::string dovecot_cancel(std::uint32_t id);

}  // namespace postrider::sasl
