"""Restrictions without their argument, and other mistakes in lists."""
from harness import Talk

WITHOUT = ("reject_rbl_client", "reject_rhsbl_client", "reject_rhsbl_helo", "reject_rhsbl_sender", "reject_rhsbl_recipient",
           "reject_rhsbl_reverse_client", "permit_dnswl_client", "permit_rhswl_client", "sleep", "check_policy_service",
           "check_client_access", "check_helo_access", "check_sender_access", "check_recipient_access", "check_etrn_access",
           "check_client_ns_access", "check_sender_mx_access", "check_ccert_access", "check_sasl_access", "warn_if_reject",
           "check_recipient_a_access", "reject_maps_rbl", "check_reverse_client_hostname_access")
MORE = {
    "sleep-text": "sleep soon", "sleep-0": "sleep 0", "rbl-table": "reject_rbl_client hash:/x",
    "table-number": "check_recipient_access 5", "comma-only": ",,permit",
    "upper": "REJECT_UNAUTH_DESTINATION, Permit", "after-permit": "permit, reject", "after-reject": "reject, permit",
    "after-defer": "defer, permit", "twice": "permit_mynetworks permit_mynetworks", "unknown": "foo_bar",
    "unknown-table": "nosuch:foo", "check-relay": "check_relay_domains", "maps": "check_recipient_maps",
    "old-unknown-client": "reject_unknown_client", "old-hostname": "reject_unknown_hostname",
    "old-invalid": "reject_invalid_hostname", "old-non-fqdn": "reject_non_fqdn_hostname",
    "old-address": "reject_unknown_address", "auth-dest": "permit_auth_destination, reject",
    "inet": "permit_inet_interfaces, reject", "mx-backup": "permit_mx_backup, reject", "plaintext": "reject_plaintext_session",
    "multi": "reject_multi_recipient_bounce", "warn-twice": "warn_if_reject warn_if_reject reject, permit",
    "warn-last": "permit_auth_destination, warn_if_reject", "defer-if-permit": "defer_if_permit", "defer-if-reject": "defer_if_reject, reject",
    "both": "defer_if_permit, defer_if_reject, reject",
}


class Arguments(Talk):
    area = "restriction-arguments"
    cost = 10
    main = """
smtpd_error_sleep_time = 0
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
"""
    names = {**{"no-" + name.replace("_", "-"): name for name in WITHOUT}, **MORE}
    services = {name: "smtpd_recipient_restrictions = " + text for name, text in names.items()}
    scripts = r"""
== no-reject-rbl-client on=no-reject-rbl-client src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd warning: restriction reject_rbl_client requires domain name argument
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-reject-rhsbl-client on=no-reject-rhsbl-client src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd warning: restriction reject_rhsbl_client requires domain name argument
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-reject-rhsbl-helo on=no-reject-rhsbl-helo src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd warning: restriction reject_rhsbl_helo requires domain name argument
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-reject-rhsbl-sender on=no-reject-rhsbl-sender src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd warning: restriction reject_rhsbl_sender requires domain name argument
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-reject-rhsbl-recipient on=no-reject-rhsbl-recipient src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd warning: restriction reject_rhsbl_recipient requires domain name argument
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-reject-rhsbl-reverse-client on=no-reject-rhsbl-reverse-client src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd warning: restriction reject_rhsbl_reverse_client requires domain name argument
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-permit-dnswl-client on=no-permit-dnswl-client src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd warning: restriction permit_dnswl_client requires domain name argument
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-permit-rhswl-client on=no-permit-rhswl-client src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd warning: restriction permit_rhswl_client requires domain name argument
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-sleep on=no-sleep src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.5 Server configuration error
says smtpd warning: restriction sleep must be followed by number
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-check-policy-service on=no-check-policy-service src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.5 Server configuration error
says smtpd warning: restriction check_policy_service must be followed by transport:server
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-check-client-access on=no-check-client-access src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.5 Server configuration error
says smtpd warning: restriction check_client_access: bad argument "check_client_access": need maptype:mapname
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-check-helo-access on=no-check-helo-access src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.5 Server configuration error
says smtpd warning: restriction check_helo_access: bad argument "check_helo_access": need maptype:mapname
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-check-sender-access on=no-check-sender-access src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.5 Server configuration error
says smtpd warning: restriction check_sender_access: bad argument "check_sender_access": need maptype:mapname
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-check-recipient-access on=no-check-recipient-access src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.5 Server configuration error
says smtpd warning: restriction check_recipient_access: bad argument "check_recipient_access": need maptype:mapname
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-check-etrn-access on=no-check-etrn-access src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.5 Server configuration error
says smtpd warning: restriction check_etrn_access: bad argument "check_etrn_access": need maptype:mapname
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-check-client-ns-access on=no-check-client-ns-access src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.5 Server configuration error
says smtpd warning: restriction check_client_ns_access: bad argument "check_client_ns_access": need maptype:mapname
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-check-sender-mx-access on=no-check-sender-mx-access src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.5 Server configuration error
says smtpd warning: restriction check_sender_mx_access: bad argument "check_sender_mx_access": need maptype:mapname
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-check-ccert-access on=no-check-ccert-access src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.5 Server configuration error
says smtpd warning: restriction check_ccert_access: bad argument "check_ccert_access": need maptype:mapname
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-check-sasl-access on=no-check-sasl-access src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.5 Server configuration error
says smtpd warning: restriction check_sasl_access: bad argument "check_sasl_access": need maptype:mapname
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-warn-if-reject on=no-warn-if-reject src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-check-recipient-a-access on=no-check-recipient-a-access src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.5 Server configuration error
says smtpd warning: restriction check_recipient_a_access: bad argument "check_recipient_a_access": need maptype:mapname
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-reject-maps-rbl on=no-reject-maps-rbl src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== no-check-reverse-client-hostname-access on=no-check-reverse-client-hostname-access src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.5 Server configuration error
says smtpd warning: restriction check_reverse_client_hostname_access: bad argument "check_reverse_client_hostname_access": need maptype:mapname
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== sleep-text on=sleep-text src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.5 Server configuration error
says smtpd warning: restriction sleep must be followed by number
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== sleep-0 on=sleep-0 src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== rbl-table on=rbl-table src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== table-number on=table-number src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.5 Server configuration error
says smtpd warning: restriction check_recipient_access: bad argument "5": need maptype:mapname
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== comma-only on=comma-only src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== upper on=upper src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== after-permit on=after-permit src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd warning: restriction `reject' after `permit' is ignored
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== after-reject on=after-reject src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd warning: restriction `permit' after `reject' is ignored
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== after-defer on=after-defer src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.3.2 <alice@example.test>: Recipient address rejected: Try again later
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.3.2 <alice@example.test>: Recipient address rejected: Try again later; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd warning: restriction `permit' after `defer' is ignored
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== twice on=twice src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== unknown on=unknown src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.5 Server configuration error
says smtpd warning: unknown smtpd restriction: "foo_bar"
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== unknown-table on=unknown-table src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration error
says smtpd warning: nosuch:foo is unavailable. unsupported dictionary type: nosuch
says smtpd warning: nosuch:foo lookup error for "alice@example.test"
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 <alice@example.test>: Recipient address rejected: Server configuration error; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== check-relay on=check-relay src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== maps on=maps src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== old-unknown-client on=old-unknown-client src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== old-hostname on=old-hostname src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.7.1 <x>: Helo command rejected: Host not found
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.1 <x>: Helo command rejected: Host not found; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== old-invalid on=old-invalid src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== old-non-fqdn on=old-non-fqdn src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== old-address on=old-address src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.1.8 <a@example.net>: Sender address rejected: Domain not found
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.8 <a@example.net>: Sender address rejected: Domain not found; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== auth-dest on=auth-dest src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== inet on=inet src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== mx-backup on=mx-backup src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== plaintext on=plaintext src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.7.1 Session encryption is required
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.1 Session encryption is required; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== multi on=multi src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== warn-twice on=warn-twice src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd NOQUEUE: reject_warning: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <alice@example.test>: Recipient address rejected: Access denied; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== warn-last on=warn-last src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== defer-if-permit on=defer-if-permit src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.7.0 <alice@example.test>: Recipient address rejected: defer_if_permit requested
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.0 <alice@example.test>: Recipient address rejected: defer_if_permit requested; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== defer-if-reject on=defer-if-reject src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.7.0 <alice@example.test>: Recipient address rejected: defer_if_reject requested
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.0 <alice@example.test>: Recipient address rejected: defer_if_reject requested; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== both on=both src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.7.0 <alice@example.test>: Recipient address rejected: defer_if_permit requested
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.0 <alice@example.test>: Recipient address rejected: defer_if_permit requested; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
"""
