// commands/sendmail/options.cc - the command line of sendmail(1), as programs of forty years use it.
#include "commands/sendmail/options.h"

#include <fmt/core.h>

#include <algorithm>

#include "lib/base/text.h"
#include "lib/mail/dsn.h"

namespace postrider::sendmail {

namespace {

constexpr std::string_view with_argument = "ABCFLNORVXbdefhopqr";
constexpr std::string_view without_argument = "GIUcimntvx";
// Options whose argument means nothing here.
constexpr std::string_view ignored = "ALUcdehmpx";

Error usage(std::string text) {
    return Error{std::move(text)};
}

// The words, option by option: letters may be joined, an argument may be in the next word.
class Reader {
  public:
    Reader(std::string_view program, const std::vector<std::string>& words) : words_(words) {
        if (program == "mailq") options_.mode = Mode::list_queue;
        if (program == "newaliases") options_.mode = Mode::new_aliases;
    }

    Result<Options> read() {
        while (at_ < words_.size()) {
            const std::string& word = words_[at_];
            if (word == "--") {
                ++at_;
                break;
            }
            if (word.size() < 2 || word[0] != '-') break;
            ++at_;
            const Result<void> taken = take_word(word);
            if (!taken) return usage(taken.error());
        }
        options_.recipients.assign(words_.begin() + static_cast<long>(at_), words_.end());
        // "sendmail -q30m" was once a daemon; queue runs are the queue manager's.
        const bool submits = !options_.recipients.empty() || options_.recipients_from_headers;
        if (interval_ && options_.mode == Mode::submit && !submits) options_.mode = Mode::nothing;
        return std::move(options_);
    }

  private:
    Result<void> take_word(const std::string& word) {
        if (word == "-q") return flush("");
        if (word == "-XV") {
            options_.verp = "";
            return {};
        }
        if (take_old_verp(word)) return {};
        for (std::size_t i = 1; i < word.size(); ++i) {
            const char letter = word[i];
            if (with_argument.find(letter) != std::string_view::npos) {
                std::string argument = word.substr(i + 1);
                if (argument.empty()) {
                    if (at_ == words_.size())
                        return usage(fmt::format("option -{} needs an argument", letter));
                    argument = words_[at_++];
                }
                return take(letter, argument);
            }
            if (without_argument.find(letter) == std::string_view::npos)
                return usage(
                    fmt::format("unknown option -{}; usage: sendmail [options] recipient ...", letter));
            const Result<void> taken = take(letter, "");
            if (!taken) return taken;
        }
        return {};
    }

    // Compat: before DSN took -V, "-V" and "-Vxy" asked for VERP.  What is two characters long is no envelope
    // ID but the next option.
    bool take_old_verp(const std::string& word) {
        std::string delimiters;
        if (word == "-V" && at_ < words_.size() && words_[at_].size() == 2) {
            delimiters.clear();
        } else if (word.size() == 4 && word.compare(0, 2, "-V") == 0) {
            delimiters = word.substr(2);
        } else {
            return false;
        }
        options_.warnings.push_back(
            fmt::format("option -V{0} is deprecated; specify -XV{0} instead", delimiters));
        options_.verp = delimiters;
        return true;
    }

    Result<void> take(char letter, const std::string& argument) {
        if (ignored.find(letter) != std::string_view::npos) return {};
        switch (letter) {
            case 'b':
                return choose_mode(argument);
            case 'q':
                return flush(argument);
            case 'o':
                return take_old_option(argument);
            case 'O':
                return take_long_option(argument);
            case 'B':
                return take_encoding(argument);
            case 'X':
                return take_verp(argument);
            case 'N':
                return take_notify(argument);
            case 'R':
                return take_ret(argument);
            case 'n':
                return usage("-n option not supported");
            case 'C':
                options_.config = argument;
                break;
            case 'F':
                options_.full_name = argument;
                break;
            case 'f':
            case 'r':
                options_.sender = argument;
                break;
            case 'V':
                take_envelope_id(argument);
                break;
            case 'G':
                options_.remote = true;
                break;
            case 'I':
                options_.mode = Mode::new_aliases;
                break;
            case 'i':
                options_.ends_at_dot = false;
                break;
            case 't':
                options_.recipients_from_headers = true;
                break;
            case 'v':
                ++options_.verbose;
                break;
            default:
                break;
        }
        return {};
    }

    Result<void> choose_mode(const std::string& argument) {
        switch (argument[0]) {
            case 'd':
            case 'l':
                options_.mode = Mode::start;
                return {};
            case 'h':
            case 'H':
                options_.mode = Mode::nothing;
                return {};
            case 'i':
                options_.mode = Mode::new_aliases;
                return {};
            case 'm':
                options_.mode = Mode::submit;
                return {};
            case 'p':
                options_.mode = Mode::list_queue;
                return {};
            case 's':
                options_.mode = Mode::smtp;
                return {};
            case 'v':
                options_.mode = Mode::submit;
                options_.verify_only = true;
                return {};
            default:
                return usage(fmt::format("unsupported: -b{}", argument));
        }
    }

    Result<void> flush(std::string_view argument) {
        // "-bd -q30m" starts a daemon; the interval is our queue_run_delay.
        if (!argument.empty() && is_digit(argument[0])) {
            interval_ = true;
            return {};
        }
        if (options_.mode == Mode::start) {
            options_.warnings.emplace_back("ignoring -q option in daemon mode");
        } else if (argument.empty()) {
            options_.mode = Mode::flush;
        } else if (argument == "R" || argument == "I") {
            return usage(argument == "R" ? "specify: -qRsitename" : "specify: -qIqueueid");
        } else if (argument[0] == 'R' || argument[0] == 'I') {
            options_.mode = argument[0] == 'R' ? Mode::flush_site : Mode::flush_id;
            options_.argument = argument.substr(1);
        } else {
            return usage(fmt::format("-q{} is not implemented", argument[0]));
        }
        return {};
    }

    Result<void> take_old_option(const std::string& argument) {
        if (argument[0] == 'i') options_.ends_at_dot = false;
        if (argument[0] != 'A') return {};
        options_.argument = argument.substr(1);
        if (options_.argument.empty() && at_ < words_.size()) options_.argument = words_[at_++];
        if (options_.argument.empty()) return usage("-oA requires pathname");
        return {};
    }

    Result<void> take_long_option(const std::string& argument) {
        const std::size_t equals = argument.find('=');
        const std::string name = lower(argument.substr(0, equals));
        bool* flag = name == "smtputf8"     ? &options_.smtputf8
                     : name == "requiretls" ? &options_.require_tls
                                            : nullptr;
        if (flag == nullptr) return {};
        const std::string value = equals == std::string::npos ? "" : lower(argument.substr(equals + 1));
        if (value != "yes" && value != "no")
            return usage(fmt::format("-O {}: specify {}=yes or no", argument, name));
        *flag = value == "yes";
        return {};
    }

    Result<void> take_encoding(const std::string& argument) {
        if (argument == "8BITMIME") {
            options_.encoding = "8bit";
        } else if (argument == "7BIT") {
            options_.encoding = "7bit";
        } else {
            return usage("-B option needs 8BITMIME or 7BIT");
        }
        return {};
    }

    Result<void> take_verp(const std::string& argument) {
        if (argument[0] != 'V') return usage(fmt::format("unsupported: -X{}", argument[0]));
        options_.verp = argument.substr(1);
        return {};
    }

    Result<void> take_notify(const std::string& argument) {
        const auto bits = mail::parse_notify(argument);
        if (bits) {
            options_.notify = *bits;
        } else {
            options_.warnings.push_back(
                fmt::format("bad -N option value -- ignored: unknown DSN NOTIFY value \"{}\"", argument));
        }
        return {};
    }

    // RFC 3461 4.4: printable, before it is made xtext.
    void take_envelope_id(const std::string& argument) {
        const bool printable =
            std::all_of(argument.begin(), argument.end(), [](char c) { return c >= ' ' && c <= '~'; });
        if (argument.empty() || !printable)
            options_.warnings.emplace_back("bad syntax in -V option value -- ignored");
        else
            options_.envelope_id = argument;
    }

    Result<void> take_ret(const std::string& argument) {
        const auto ret = mail::parse_ret(argument);
        if (ret) {
            options_.ret = *ret;
        } else {
            options_.warnings.push_back(fmt::format("bad -R option value -- ignored: \"{}\"", argument));
        }
        return {};
    }

    const std::vector<std::string>& words_;
    std::size_t at_ = 0;
    bool interval_ = false;  // -q30m
    Options options_;
};

}  // namespace

Result<Options> parse_options(std::string_view program, const std::vector<std::string>& words) {
    return Reader(program, words).read();
}

}  // namespace postrider::sendmail
