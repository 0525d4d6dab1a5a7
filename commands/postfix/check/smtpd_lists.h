// commands/postfix/check/smtpd_lists.h - the restriction lists of every smtpd(8) service, parsed by smtpd's
// own code.
#pragma once

#include <string_view>
#include <vector>

#include "commands/postfix/check/configuration.h"
#include "smtpd/access/check.h"
#include "smtpd/access/rules.h"

namespace postrider::postfix::check {

using smtpd::access::List;
using smtpd::access::Rules;
using smtpd::access::Stage;
using smtpd::access::Step;

struct NamedList {
    std::string_view parameter;
    List Rules::*list;
    Stage stage;
};
// In the order in which smtpd evaluates them.
inline constexpr NamedList restriction_lists[] = {
    {"smtpd_client_restrictions", &Rules::client, Stage::client},
    {"smtpd_helo_restrictions", &Rules::helo, Stage::helo},
    {"smtpd_sender_restrictions", &Rules::sender, Stage::sender},
    {"smtpd_relay_restrictions", &Rules::relay, Stage::relay},
    {"smtpd_recipient_restrictions", &Rules::recipient, Stage::recipient},
    {"smtpd_data_restrictions", &Rules::data, Stage::data},
    {"smtpd_end_of_data_restrictions", &Rules::end_of_data, Stage::end_of_data},
    {"smtpd_etrn_restrictions", &Rules::etrn, Stage::etrn},
};

// Every word of the restriction language.
std::vector<std::string_view> restriction_names();
// The step as it was written, with its argument.
std::string written(const Step& step);

}  // namespace postrider::postfix::check
