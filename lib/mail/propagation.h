// lib/mail/propagation.h - which tables' results get the address extension that their key did not have.
#pragma once

#include <string_view>

#include "lib/config/settings.h"

namespace postrider::mail {

// `kind`: canonical, virtual, alias, forward, include or generic.  Fatal when propagate_unmatched_extensions
// has another word in it.
bool propagates_extension(std::string_view kind, const Settings& settings);

}  // namespace postrider::mail
