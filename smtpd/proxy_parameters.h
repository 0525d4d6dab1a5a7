// smtpd/proxy_parameters.h - main.cf parameters of the filter before the queue, and of proxies that tell who
// the client is.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::smtpd {

inline const Parameter<std::string> smtpd_proxy_filter{{
    .name = "smtpd_proxy_filter",
    .summary = "SMTP server that gets all mail before it is accepted",
}};
inline const Parameter<std::string> smtpd_proxy_ehlo{{
    .name = "smtpd_proxy_ehlo",
    .default_text = "$myhostname",
    .summary = "name said to smtpd_proxy_filter",
}};
inline const Parameter<std::string> smtpd_proxy_options{{
    .name = "smtpd_proxy_options",
    .summary = "speed_adjust: talk to smtpd_proxy_filter only when the message is here",
}};
inline const Parameter<Seconds> smtpd_proxy_timeout{{
    .name = "smtpd_proxy_timeout",
    .default_text = "100s",
    .least = Seconds(1),
    .summary = "time limit for connecting to smtpd_proxy_filter and for each of its replies",
}};
inline const Parameter<std::string> smtpd_upstream_proxy_protocol{{
    .name = "smtpd_upstream_proxy_protocol",
    .summary = "protocol of a proxy that tells the client address: haproxy, or empty",
}};
inline const Parameter<Seconds> smtpd_upstream_proxy_timeout{{
    .name = "smtpd_upstream_proxy_timeout",
    .default_text = "5s",
    .least = Seconds(1),
    .summary = "time limit for the header of such a proxy",
}};
inline const Parameter<std::string> smtpd_upstream_proxy_clients{{
    .name = "smtpd_upstream_proxy_clients",
    .summary = "addresses that are such a proxy; empty: all",
}};

}  // namespace postrider::smtpd
