// lib/tls/version.h - which OpenSSL this is.
#pragma once

#include <string>

namespace postrider::tls {

// "OpenSSL 3.0.17 1 Jul 2025": of the headers that the suite was built with, and of the library that runs.
std::string built_version();
std::string running_version();

}  // namespace postrider::tls
