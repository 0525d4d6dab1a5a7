// lib/queue/authorized_users.cc - which users of this machine may do what.
#include "lib/queue/authorized_users.h"

#include <pwd.h>

#include "lib/async/loop.h"
#include "lib/base/log.h"
#include "lib/tables/match_list.h"

namespace postrider::queue {

std::string login_name(uid_t user) {
    const struct passwd* entry = ::getpwuid(user);
    return entry != nullptr ? entry->pw_name : "unknown";
}

bool is_authorized(uid_t user, const Parameter<std::string>& list, const Settings& settings) {
    const tables::MatchList users(list, tables::ListKind::strings, settings);
    const tables::Match match = async::run(users.matches(login_name(user)));
    if (match == tables::Match::try_again) log::warning("{}: {}", list.name(), users.reason());
    return match == tables::Match::yes;
}

}  // namespace postrider::queue
