// smtp/oauth_token.h - where bearer tokens for logins come from: smtp_sasl_oauth_token_source.
#pragma once

#include <string>
#include <vector>

#include "lib/async/task.h"
#include "lib/base/result.h"
#include "lib/config/settings.h"

namespace postrider::smtp {

class TokenSource {
  public:
    TokenSource() = default;
    // "file:PATH" or "command:PROGRAM ARGUMENTS"; $user and $server stand for those of the login.  The error
    // says what is wrong with the text.
    static Result<TokenSource> parse(std::string_view text);

    bool empty() const { return words_.empty(); }
    // The first line of the file, or of what the program says.
    Task<Result<std::string>> fetch(std::string user, std::string server) const;

  private:
    bool runs_program_ = false;
    std::vector<std::string> words_;
};

}  // namespace postrider::smtp
