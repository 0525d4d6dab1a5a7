// services/qmqpd/parameters.h - main.cf parameters only qmqpd(8) obeys.
#pragma once

#include "lib/config/parameter.h"

namespace postrider::qmqpd {

inline const Parameter<std::string> qmqpd_authorized_clients{{
    .name = "qmqpd_authorized_clients",
    .summary = "clients that may send mail by QMQP: names, domains, addresses, networks",
}};
inline const Parameter<bool> qmqpd_client_port_logging{{
    .name = "qmqpd_client_port_logging",
    .default_text = "no",
    .summary = "log the port of QMQP clients",
}};
inline const Parameter<Seconds> qmqpd_error_delay{{
    .name = "qmqpd_error_delay",
    .default_text = "1s",
    .least = Seconds(0),
    .summary = "pause before a QMQP client is told of an error",
}};
inline const Parameter<Seconds> qmqpd_timeout{{
    .name = "qmqpd_timeout",
    .default_text = "300s",
    .least = Seconds(1),
    .summary = "time limit for sending to and receiving from a QMQP client",
}};

}  // namespace postrider::qmqpd
