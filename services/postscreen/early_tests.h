// services/postscreen/early_tests.h - the tests before the greeting: does the client wait for its turn, and
// what do block lists say of it.
#pragma once

#include "services/postscreen/session.h"

namespace postrider::postscreen {

// False: the session is over.
Task<bool> make_early_tests(Session& session);

}  // namespace postrider::postscreen
