// smtpd/statistics.h - how often a client said what, for the line logged when it leaves.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace postrider::smtpd {

// Verbs in the order in which the disconnect line shows them.
enum class Verb : std::uint8_t {
    helo,
    ehlo,
    xclient,
    xforward,
    starttls,
    auth,
    mail,
    rcpt,
    data,
    bdat,
    rset,
    noop,
    vrfy,
    etrn,
    quit,
    unknown,
};
inline constexpr std::size_t verb_count = static_cast<std::size_t>(Verb::unknown) + 1;
// "ehlo".
const char* verb_name(Verb verb);

class Statistics {
  public:
    void started(Verb verb) { ++at(verb).total; }
    void succeeded(Verb verb) { ++at(verb).done; }
    // " ehlo=1 mail=1 rcpt=0/1 quit=1 commands=3/4"; log readers know this form.
    std::string text() const;

  private:
    struct Count {
        Verb verb;
        std::uint32_t done = 0;
        std::uint32_t total = 0;
    };
    Count& at(Verb verb);
    std::vector<Count> counts_;  // of what was said, in the order of Verb
};

}  // namespace postrider::smtpd
