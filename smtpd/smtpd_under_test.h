// smtpd/smtpd_under_test.h - an SMTP server in this process, its neighbours faked, and a scripted client.
//
//   SmtpdUnderTest smtpd("smtpd_helo_required = yes");
//   CHECK(smtpd.play(R"(
//       S: 220 *
//       C: MAIL FROM:<a@b>
//       S: 503 5.5.1 *
//   )") == "");
//
// Script lines: "S:" expects a line (* matches anything), "C:" sends a line, "C=" sends one whose answer is
// the line "250 *", "C>" sends bytes with \r \n \\ escapes, "S-" expects the end of the connection, "C-"
// closes it.
//
// The faked resolver knows example.com as a local domain with the users alice and bob, relay.example as a
// relay domain, broken.example as one that cannot be resolved now, and everything else as foreign.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lib/async/loop.h"
#include "smtpd/server.h"
#include "tests/fakes/scripted_server.h"

namespace postrider::smtpd {

// What cleanup was given for one message.
struct TakenMessage {
    int flags = 0;
    std::vector<std::pair<char, std::string>> records;
    bool finished = false;
    // Records of one type, joined by '|'.
    std::string all(char type) const;
    // The content: lines ended by '\n'.
    std::string content() const;
};

enum class Channel { plain, encrypted };  // encrypted: as far as the server can tell

class SmtpdUnderTest {
  public:
    explicit SmtpdUnderTest(const std::string& main_cf = "", const std::string& client_address = "127.0.0.1",
                            Channel channel = Channel::plain);
    ~SmtpdUnderTest();
    SmtpdUnderTest(const SmtpdUnderTest&) = delete;
    SmtpdUnderTest& operator=(const SmtpdUnderTest&) = delete;

    // Plays a script on the one connection of this test; "" when everything went as written.
    std::string play(std::string_view script);
    // A line like this (with *) was logged; gives the server time to write it.
    bool logged(std::string_view pattern);
    const std::vector<TakenMessage>& messages() const { return *messages_; }
    // What cleanup will answer; 0 is success.
    void cleanup_answers(int status, std::string reason = "");
    void cleanup_is_down();
    // DNS answers by "name TYPE".
    void dns(const std::string& name, dns::Type type, dns::Answer answer);

    // The next connection to a server that main.cf names plays this script, see
    // tests/fakes/scripted_server.h; without one it is refused.
    fakes::ScriptedServer& next_server(std::string script);

  private:
    struct State;
    std::string step(std::string_view line);
    bool read_line(std::string& line);
    std::shared_ptr<std::vector<TakenMessage>> messages_;
    std::unique_ptr<State> state_;
};

// Shell-like matching with * only.
bool matches_pattern(std::string_view text, std::string_view pattern);

}  // namespace postrider::smtpd
