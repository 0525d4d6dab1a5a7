// smtpd/proxy_parameters.h - main.cf parameters about proxies that tell who the client is.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::smtpd {

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
