// commands/sendmail/options.h - the command line of sendmail(1), as programs of forty years use it.
//
// Most options of the original mean nothing here and are accepted.  Reading stops at the first word that is
// no option.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/result.h"

namespace postrider::sendmail {

enum class Mode {
    submit,       // the default, and -bm, -bv
    start,        // -bd, -bl
    list_queue,   // -bp, mailq
    new_aliases,  // -bi, -I, newaliases
    smtp,         // -bs: a dialogue on standard input
    flush,        // -q
    flush_site,   // -qRsite
    flush_id,     // -qIid
    nothing,      // -bh, -bH
};

struct Options {
    Mode mode = Mode::submit;
    std::string argument;                  // of flush_site and flush_id; of new_aliases: the -oA path, if any
    std::optional<std::string> config;     // -C: a configuration directory or a file in one
    std::optional<std::string> sender;     // -f, -r; as written
    std::optional<std::string> full_name;  // -F; empty: none at all
    std::string encoding;                  // -B: "7bit", "8bit"
    std::string envelope_id;               // -V
    int notify = 0;                        // -N
    int ret = 0;                           // -R
    std::optional<std::string> verp;       // -XV: delimiters, "" for the default ones
    bool remote = false;                   // -G: headers are completed like those from elsewhere
    bool ends_at_dot = true;               // without -i
    bool recipients_from_headers = false;  // -t
    bool verify_only = false;              // -bv
    int verbose = 0;                       // -v: one asks for a report, more are for debugging
    bool smtputf8 = false;                 // -O smtputf8=yes
    bool require_tls = false;              // -O requiretls=yes
    std::vector<std::string> recipients;
    std::vector<std::string> warnings;
};

// The error of a letter that is no option, or lacks its argument.
inline constexpr std::string_view bad_option = "usage: sendmail [options]";
// What getopt(3) would say of such letters, which callers know: of each, and of the first again.
std::vector<std::string> option_complaints(const std::vector<std::string>& words);

// `program` is the last part of argv[0]: mailq and newaliases choose a mode.  The error is a usage message.
Result<Options> parse_options(std::string_view program, const std::vector<std::string>& words);

}  // namespace postrider::sendmail
