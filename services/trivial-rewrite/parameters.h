// services/trivial-rewrite/parameters.h - the main.cf parameters that only address rewriting and routing
// obey.
#pragma once

#include <string>

#include "lib/config/parameter.h"

namespace postrider::rewrite {

inline const Parameter<std::string> address_verify_default_transport{{
    .name = "address_verify_default_transport",
    .default_text = "$default_transport",
    .least = 1,
    .summary = "default_transport for address verification probes",
}};
inline const Parameter<std::string> address_verify_local_transport{{
    .name = "address_verify_local_transport",
    .default_text = "$local_transport",
    .least = 1,
    .summary = "local_transport for address verification probes",
}};
inline const Parameter<std::string> address_verify_relay_transport{{
    .name = "address_verify_relay_transport",
    .default_text = "$relay_transport",
    .least = 1,
    .summary = "relay_transport for address verification probes",
}};
inline const Parameter<std::string> address_verify_relayhost{{
    .name = "address_verify_relayhost",
    .default_text = "$relayhost",
    .summary = "relayhost for address verification probes",
}};
inline const Parameter<std::string> address_verify_sender_dependent_default_transport_maps{{
    .name = "address_verify_sender_dependent_default_transport_maps",
    .default_text = "$sender_dependent_default_transport_maps",
    .summary = "sender_dependent_default_transport_maps for probes",
}};
inline const Parameter<std::string> address_verify_sender_dependent_relayhost_maps{{
    .name = "address_verify_sender_dependent_relayhost_maps",
    .default_text = "$sender_dependent_relayhost_maps",
    .summary = "sender_dependent_relayhost_maps for probes",
}};
inline const Parameter<std::string> address_verify_transport_maps{{
    .name = "address_verify_transport_maps",
    .default_text = "$transport_maps",
    .summary = "transport_maps for address verification probes",
}};
inline const Parameter<std::string> address_verify_virtual_transport{{
    .name = "address_verify_virtual_transport",
    .default_text = "$virtual_transport",
    .least = 1,
    .summary = "virtual_transport for address verification probes",
}};
inline const Parameter<bool> allow_min_user{{
    .name = "allow_min_user",
    .default_text = "no",
    .summary = "accept recipients that start with '-'",
}};
inline const Parameter<bool> allow_percent_hack{{
    .name = "allow_percent_hack",
    .default_text = "yes",
    .summary = "rewrite user%domain to user@domain",
}};
inline const Parameter<bool> append_at_myorigin{{
    .name = "append_at_myorigin",
    .default_text = "yes",
    .summary = "complete a name without domain with myorigin",
}};
inline const Parameter<bool> append_dot_mydomain{{
    .name = "append_dot_mydomain",
    .default_text = "${{$compatibility_level} <level {1} ? {yes} : {no}}",
    .summary = "complete a domain without dot with mydomain",
}};
inline const Parameter<std::string> empty_address_default_transport_maps_lookup_key{{
    .name = "empty_address_default_transport_maps_lookup_key",
    .default_text = "<>",
    .least = 1,
    .summary = "key for the null sender in sender_dependent_default_transport_maps",
}};
inline const Parameter<std::string> empty_address_relayhost_maps_lookup_key{{
    .name = "empty_address_relayhost_maps_lookup_key",
    .default_text = "<>",
    .least = 1,
    .summary = "key for the null sender in sender_dependent_relayhost_maps",
}};
inline const Parameter<bool> helpful_warnings{{
    .name = "helpful_warnings",
    .default_text = "yes",
    .summary = "warn about domains that are in two address classes",
}};
inline const Parameter<bool> relocated_prefix_enable{{
    .name = "relocated_prefix_enable",
    .default_text = "yes",
    .summary = "put '5.1.6 User has moved to' before what relocated_maps says",
}};
inline const Parameter<bool> resolve_dequoted_address{{
    .name = "resolve_dequoted_address",
    .default_text = "yes",
    .summary = "look for routing operators inside quoted local parts",
}};
inline const Parameter<bool> resolve_null_domain{{
    .name = "resolve_null_domain",
    .default_text = "no",
    .summary = "take user@ as user",
}};
inline const Parameter<bool> resolve_numeric_domain{{
    .name = "resolve_numeric_domain",
    .default_text = "no",
    .summary = "take user@1.2.3.4 as user@[1.2.3.4]",
}};
inline const Parameter<std::string> sender_dependent_default_transport_maps{{
    .name = "sender_dependent_default_transport_maps",
    .summary = "default_transport by sender",
}};
inline const Parameter<std::string> sender_dependent_relayhost_maps{{
    .name = "sender_dependent_relayhost_maps",
    .summary = "relayhost by sender",
}};
inline const Parameter<bool> swap_bangpath{{
    .name = "swap_bangpath",
    .default_text = "yes",
    .summary = "rewrite site!user to user@site",
}};

}  // namespace postrider::rewrite
