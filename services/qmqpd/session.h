// services/qmqpd/session.h - one QMQP client: one message, one reply.
#pragma once

#include "lib/daemon/daemon.h"

namespace postrider::qmqpd {

// Opens qmqpd_authorized_clients.
void open_tables(Settings& settings);
Task<> serve(daemon::Connection connection, const Settings& settings);

}  // namespace postrider::qmqpd
