// lib/milter/wire.h - the Milter protocol as bytes: what we say to a filter, and what its answers mean.
//
// Plain functions without I/O.  What a filter sends is not trusted to make sense: whatever is malformed is an
// Error, never a crash, and nothing is kept that is longer than the packet it came in.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/result.h"

namespace postrider::milter {

// What a filter is told of, in the order of a session.
enum class Stage { connect, helo, mail, rcpt, data, unknown, header, end_of_header, body, end_of_message };
inline constexpr int stage_count = 10;

// The letter of an event.
char command_of(Stage stage);
// "SMFIC_MAIL": for the log.
std::string_view command_name(Stage stage);

// Bits of the first mask: what a filter may change at the end of a message.
namespace action {
inline constexpr std::uint32_t all = 0x1ff;
inline constexpr std::uint32_t set_macros = 0x100;
}  // namespace action

// Bits of the second mask: events a filter does not want, events it does not answer, and other habits.
namespace protocol {
inline constexpr std::uint32_t skip = 0x400;
inline constexpr std::uint32_t rejected_recipients = 0x800;
inline constexpr std::uint32_t no_header_reply = 0x80;
inline constexpr std::uint32_t leading_space = 0x100000;
inline constexpr std::uint32_t data_256k = 0x10000000;
inline constexpr std::uint32_t data_1m = 0x20000000;
}  // namespace protocol

inline constexpr std::size_t usual_chunk = 65535;

// What we offer, or what was agreed on.
struct Terms {
    std::uint32_t version = 6;
    std::uint32_t actions = action::all;
    std::uint32_t protocol = 0;
};
// What a protocol version knows; nothing when there is no such version (2, 3, 4 and 6 exist).
std::optional<Terms> terms_of_version(std::uint32_t version);
// The event exists in this version.
bool knows(const Terms& terms, Stage stage);
// The filter does not want the event.
bool declines(const Terms& terms, Stage stage);
// The filter does not answer the event.
bool answers(const Terms& terms, Stage stage);
// Most bytes of a message body in one packet.
std::size_t chunk_size(const Terms& terms);

// Stages for which macros are chosen.
enum class MacroStage { connect, helo, mail, rcpt, data, end_of_message, end_of_header, unknown };
inline constexpr int macro_stage_count = 8;
MacroStage macro_stage(Stage stage);
// One list of names for each MacroStage, as they stand in main.cf: "i", "{client_addr}".
using MacroNames = std::array<std::vector<std::string>, macro_stage_count>;

// --- what we send ---

// One packet: length, letter, data.
std::string packet(char command, std::string_view data);
std::string negotiation_packet(const Terms& offer);
struct Macro {
    std::string name;
    std::string value;
};
std::string macro_packet(Stage stage, const std::vector<Macro>& macros);
// `address` "" means that the client has none (a local program).
std::string connect_data(const std::string& host, const std::string& address, bool is_ipv6,
                         std::uint16_t port);
// Words, each ended by NUL.
std::string words_data(const std::vector<std::string>& words);

inline constexpr char abort_command = 'A';
inline constexpr char quit_command = 'Q';

// --- what a filter sends ---

// Longer packets are an error.
inline constexpr std::size_t packet_limit = (std::size_t{1} << 20) + 1024;
// The length of the packet that starts with these four bytes, its letter counted; nothing when it cannot be.
std::optional<std::size_t> packet_length(std::string_view four_bytes);

// The answer to our offer.
struct Agreement {
    Terms terms;
    bool sets_macros = false;
    MacroNames macros;  // when sets_macros: stages that are not mentioned have none
};
Result<Agreement> parse_agreement(std::string_view data, const Terms& offer);

// The answer to an event, or one of the wishes before the answer to the end of a message.
struct Response {
    enum class Kind {
        go_on,
        accept,
        discard,
        reject,
        tempfail,
        reply,      // text: "550 5.7.1 text", lines separated by LF
        bad_reply,  // text: what is no such reply
        skip,
        shutdown,
        progress,
        quarantine,     // text: why
        add_header,     // name, text
        insert_header,  // index, name, text
        change_header,  // index, name, text; an empty text deletes
        replace_body,   // text
        add_recipient,  // text: address; arguments
        delete_recipient,
        change_sender,
    };
    Kind kind = Kind::go_on;
    std::uint32_t index = 0;
    std::string name;
    std::string text;
    std::string arguments;  // ESMTP parameters
};
Result<Response> parse_response(char command, std::string_view data);
// A wish, allowed at the end of a message only.
bool is_wish(Response::Kind kind);

// "550-5.7.1 one\r\n550 5.7.1 two" as a reply of ours: "550 5.7.1 one\ntwo".  Nothing when it is no 4xx or
// 5xx reply.
std::optional<std::string> parse_reply(std::string_view text);
// Such a reply as the log shows it.  Compat: several lines as they go over the wire, on one line.
std::string logged_reply(const std::string& reply);

}  // namespace postrider::milter
