// smtpd/envelope_address.cc - the addresses of MAIL FROM, RCPT TO and VRFY.
#include "smtpd/envelope_address.h"

#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/ipc/rewrite_client.h"
#include "lib/mail/address.h"
#include "smtpd/parameters.h"

namespace postrider::smtpd {

namespace {

// A complete address of letters, digits and the like, with a host name: nothing can be wrong with it.
bool is_beyond_doubt(const std::string& address) {
    return ipc::is_plain_address(address) && address.front() != '-' &&
           mail::is_valid_hostname(mail::split_address(address).domain);
}

}  // namespace

bool knows_utf8(const Session& session) {
    return session.server.utf8 && (session.discarded_extensions & extension::smtputf8) == 0;
}

Task<std::optional<std::string>> read_address(const Session& session, std::string path, AddressOf role,
                                              bool utf8_declared) {
    const bool strict = role != AddressOf::question && session.server.settings[strict_rfc821_envelopes];
    std::optional<std::string> address = mail::path_address(path, strict);
    if (address && address->empty() && role != AddressOf::sender) address.reset();
    // With smtputf8_enable a line that is no UTF-8 does not come this far; without it any bytes are a name.
    const bool in_ascii = !address || is_ascii(mail::split_address(*address).domain);
    if (!in_ascii && !utf8_declared && !session.stand_alone()) address.reset();
    if (address && !address->empty() && !session.stand_alone() && !is_beyond_doubt(*address)) {
        // Compat: the resolver knows best what the routing operators in it come to.
        std::string doubtful = *address;
        const bool refuted = co_await session.server.neighbours.is_no_address(std::move(doubtful));
        if (refuted) address.reset();
    }
    if (!address)
        log::warning("Illegal address syntax from {} in {} command: {}", session.client_label(),
                     session.where, printable(path));
    co_return address;
}

Reply check_utf8(const Session& session, const std::string& address, bool declared) {
    if (is_ascii(address)) return Reply();
    const bool allowed = session.server.utf8 && is_valid_utf8(address);
    if (session.server.settings[strict_smtputf8] && !(allowed && declared))
        return Reply(553, "5.6.7", "Must declare SMTPUTF8 to send unicode address");
    return Reply();
}

}  // namespace postrider::smtpd
