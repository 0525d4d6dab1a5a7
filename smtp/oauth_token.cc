// smtp/oauth_token.cc - where bearer tokens for logins come from.
#include "smtp/oauth_token.h"

#include "lib/async/offload.h"
#include "lib/base/file.h"
#include "lib/base/run_program.h"
#include "lib/base/text.h"

namespace postrider::smtp {

namespace {

constexpr auto program_limit = std::chrono::seconds(30);
constexpr std::size_t token_limit = 16 * 1024;

Result<std::string> first_line(const Result<std::string>& text) {
    if (!text) return text;
    const std::string line(trim(text->substr(0, text->find('\n'))));
    if (line.empty() || line.size() >= token_limit || printable(line) != line)
        return Error{"no usable token"};
    return line;
}

// The name of a file must not lead elsewhere.
bool is_harmless(const std::string& name) {
    return name.find('/') == std::string::npos && name != "." && name != "..";
}

}  // namespace

Result<TokenSource> TokenSource::parse(std::string_view text) {
    TokenSource source;
    source.runs_program_ = text.starts_with("command:");
    if (!source.runs_program_ && !text.starts_with("file:"))
        return Error{"must begin with file: or command:"};
    source.words_ = split_words(text.substr(text.find(':') + 1), " \t\r\n");
    if (source.words_.empty() || !source.words_[0].starts_with('/'))
        return Error{"the path of the file or program must begin with /"};
    if (!source.runs_program_ && source.words_.size() > 1) return Error{"more than one file"};
    return source;
}

Task<Result<std::string>> TokenSource::fetch(std::string user, std::string server) const {
    if (!runs_program_ && (!is_harmless(user) || !is_harmless(server)))
        co_return Error{"the user name is no name of a file"};
    std::vector<std::string> words;
    for (const std::string& word : words_)
        words.push_back(replace_all(replace_all(word, "$server", server), "$user", user));
    const bool runs_program = runs_program_;
    auto work = [runs_program, words] {
        return first_line(runs_program ? output_of_program(words, program_limit, token_limit)
                                       : read_file(words[0]));
    };
    Result<std::string> token = co_await async::offload(std::move(work));
    co_return token;
}

}  // namespace postrider::smtp
