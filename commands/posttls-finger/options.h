// commands/posttls-finger/options.h - what posttls-finger(1) was asked to do.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "lib/tls/client.h"

namespace postrider::posttls_finger {

enum class Level { none, may, encrypt, fingerprint, dane, dane_only, verify, secure };

struct Options {
    std::string family = "any";
    std::vector<std::string> anchor_files;
    bool chat = true;
    bool print_chain = false;
    std::string digest;  // empty: smtp_tls_fingerprint_digest
    bool force_tlsa = false;
    std::string authorities_file;
    std::string authorities_directory;
    std::string grade = "medium";
    std::vector<std::string> lookups = {"dns"};
    std::vector<std::string> chain_files;
    std::string certificate_file;
    std::string key_file;
    Level level = Level::dane;
    tls::LogChoices log;
    int reconnects = 5;
    std::string insecure_mx = "dane";
    std::vector<std::string> overrides;  // name=value
    std::string protocols = ">=TLSv1";
    std::chrono::seconds reconnect_delay{-1};
    std::string server_name;
    bool lmtp = false;
    std::chrono::seconds connect_timeout{30};
    std::chrono::seconds command_timeout{30};
    bool wrapper = false;
    int verbose = 0;
    std::string destination;
    std::vector<std::string> matches;
};

// Fatal with the usage when the command line is wrong.
Options parse_options(int argc, char** argv);

}  // namespace postrider::posttls_finger
