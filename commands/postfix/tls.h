// commands/postfix/tls.h - `postfix tls`: keys, certificates and the first TLS settings; postfix-tls(1).
#pragma once

#include <string>
#include <vector>

#include "commands/postfix/instance.h"

namespace postrider::postfix {

// `words` is what stands behind "tls".  The exit status.
int manage_tls(const Instance& instance, const std::vector<std::string>& words);

// Of the private key in a file, the data of a TLSA record "3 1 1" in hexadecimal digits (RFC 6698 2.1).  The
// error tells why there is none.
Result<std::string> public_key_digest(const std::string& openssl, const std::string& key_file);

}  // namespace postrider::postfix
