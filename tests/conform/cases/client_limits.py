"""Limits on what one client does, counted by anvil."""
from harness import DovecotAuth, Talk, client_tls


class Limits(Talk):
    area = "anvil"
    cost = 10
    timeout = 40
    main = """
smtpd_error_sleep_time = 0
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_tls_security_level = may
smtpd_tls_chain_files = @TLS@/server.pem
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = @DIR@/auth.sock
smtpd_authorized_xclient_hosts = 203.0.113.77
anvil_rate_time_unit = 1h
"""
    services = {
        "count": "smtpd_client_connection_count_limit = 2",
        "count0": "smtpd_client_connection_count_limit = 0",
        "rate": "smtpd_client_connection_rate_limit = 2",
        "message": "smtpd_client_message_rate_limit = 2",
        "recipient": "smtpd_client_recipient_rate_limit = 2",
        "tls": "smtpd_client_new_tls_session_rate_limit = 1",
        "wrapped": "smtpd_client_new_tls_session_rate_limit = 1\nsmtpd_tls_wrappermode = yes",
        "auth": "smtpd_client_auth_rate_limit = 2",
        "free": "smtpd_client_connection_rate_limit = 1\nsmtpd_client_message_rate_limit = 1\n"
                "smtpd_client_event_limit_exceptions = 192.0.2.0/24, .example.org",
        "old": "smtpd_client_connection_rate_limit = 1\n"
               "smtpd_client_connection_limit_exceptions = 192.0.2.0/24",
        "none": "smtpd_client_connection_rate_limit = 1\nsmtpd_client_event_limit_exceptions =",
        "mixed": "smtpd_client_connection_count_limit = 2\nsmtpd_client_connection_rate_limit = 3\n"
                 "smtpd_client_message_rate_limit = 1\nsmtpd_client_recipient_rate_limit = 1",
        "footer": "smtpd_client_message_rate_limit = 1\nsmtpd_reject_footer = call $server_name",
        "soft": "smtpd_client_message_rate_limit = 1\nsmtpd_client_connection_rate_limit = 1\nsoft_bounce = yes",
        "port": "smtpd_client_connection_rate_limit = 1\nsmtpd_client_port_logging = yes",
        "policy": "smtpd_client_connection_rate_limit = 1\nsmtpd_client_restrictions = reject\nsmtpd_delay_reject = no",
        "other": "-o syslog_name=postfix/other\nsmtpd_client_connection_rate_limit = 1",
    }

    def prepare(self):
        self.auth = self.keep(DovecotAuth(self.path("auth.sock"), {"ann": "pw"}))

    def do_starttls(self):
        session = self.sessions[self.current]
        session.wrap(client_tls())

    scripts = r"""
== connections on=count src=192.0.2.10
open 2 on=count src=192.0.2.10
open 3 on=count src=192.0.2.10 raw
< 421 4.7.0 mx.example.test Error: too many connections from 192.0.2.10
<<
open 4 on=count src=192.0.2.11
use 1
> QUIT
< 221 2.0.0 Bye
close
sleep 0.3
open 5 on=count src=192.0.2.10
> NOOP
< 250 2.0.0 Ok
says smtpd warning: Connection concurrency limit exceeded: 3 from client.example.org[192.0.2.10] for service 127.0.0.1:11001
says smtpd lost connection after NOOP from client.example.org[192.0.2.10]
says smtpd lost connection after CONNECT from unknown[192.0.2.11]
says smtpd lost connection after CONNECT from client.example.org[192.0.2.10]
== connections-count-per-service on=count src=192.0.2.12
open 2 on=count src=192.0.2.12
open 3 on=rate src=192.0.2.12
> NOOP
< 250 2.0.0 Ok
says smtpd lost connection after CONNECT from unknown[192.0.2.12]
says smtpd lost connection after NOOP from unknown[192.0.2.12]
== unlimited on=count0 src=192.0.2.13
open 2 on=count0 src=192.0.2.13
open 3 on=count0 src=192.0.2.13
> NOOP
< 250 2.0.0 Ok
says smtpd lost connection after CONNECT from unknown[192.0.2.13]
says smtpd lost connection after NOOP from unknown[192.0.2.13]
== local-client-is-exempt on=count
open 2 on=count
open 3 on=count
open 4 on=count
> NOOP
< 250 2.0.0 Ok
says smtpd lost connection after CONNECT from localhost[127.0.0.1]
says smtpd lost connection after NOOP from localhost[127.0.0.1]
== connection-rate on=rate src=192.0.2.20
> QUIT
< 221 2.0.0 Bye
close
open 2 on=rate src=192.0.2.20
close
open 3 on=rate src=192.0.2.20 raw
< 421 4.7.0 mx.example.test Error: too many connections from 192.0.2.20
<<
open 4 on=rate src=192.0.2.20 raw
< 421 4.7.0 mx.example.test Error: too many connections from 192.0.2.20
says smtpd lost connection after CONNECT from friend.example.org[192.0.2.20]
says smtpd warning: Connection rate limit exceeded: 3 from friend.example.org[192.0.2.20] for service 127.0.0.1:11003
says smtpd warning: Connection rate limit exceeded: 4 from friend.example.org[192.0.2.20] for service 127.0.0.1:11003
== message-rate on=message src=192.0.2.21
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<b@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<c@example.net>
< 450 4.7.1 Error: too much mail from 192.0.2.21
> RCPT TO:<alice@example.test>
< 503 5.5.1 Error: need MAIL command
> MAIL FROM:<c@example.net>
< 450 4.7.1 Error: too much mail from 192.0.2.21
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: Message delivery request rate limit exceeded: 3 from sub.friend.example.org[192.0.2.21] for service 127.0.0.1:11004
says smtpd warning: Message delivery request rate limit exceeded: 4 from sub.friend.example.org[192.0.2.21] for service 127.0.0.1:11004
== message-rate-next-session on=message src=192.0.2.22
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> QUIT
< 221 2.0.0 Bye
close
open 2 on=message src=192.0.2.22
> EHLO x
< 250 *
> MAIL FROM:<bad syntax
< 501 5.1.7 Bad sender address syntax
> MAIL FROM:<a@example.net>
< 450 4.7.1 Error: too much mail from 192.0.2.22
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<a@example.net>
< 450 4.7.1 Error: too much mail from 192.0.2.22
says smtpd warning: Message delivery request rate limit exceeded: 3 from unknown[192.0.2.22] for service 127.0.0.1:11004
says smtpd warning: Message delivery request rate limit exceeded: 4 from unknown[192.0.2.22] for service 127.0.0.1:11004
says smtpd lost connection after MAIL from unknown[192.0.2.22]
== recipient-rate on=recipient src=192.0.2.23
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RCPT TO:<nobody@example.test>
< 250 2.1.5 Ok
> RCPT TO:<bob@example.test>
< 450 4.7.1 Error: too many recipients from 192.0.2.23
> RCPT TO:<carol@example.test>
< 450 4.7.1 Error: too many recipients from 192.0.2.23
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> x
> .
< 250 2.0.0 Ok: queued as *
says smtpd warning: Recipient address rate limit exceeded: 3 from unknown[192.0.2.23] for service 127.0.0.1:11005
says smtpd warning: Recipient address rate limit exceeded: 4 from unknown[192.0.2.23] for service 127.0.0.1:11005
== recipient-rate-syntax on=recipient src=192.0.2.24
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<>
< 501 5.1.3 Bad recipient address syntax
> RCPT TO:<a@elsewhere.test>
< 554 5.7.1 <a@elsewhere.test>: Relay access denied
> RCPT TO:<a@elsewhere.test>
< 450 4.7.1 Error: too many recipients from 192.0.2.24
> RCPT TO:<alice@example.test>
< 450 4.7.1 Error: too many recipients from 192.0.2.24
says smtpd warning: Illegal address syntax from unknown[192.0.2.24] in RCPT command: <>
says smtpd NOQUEUE: reject: RCPT from unknown[192.0.2.24]: 554 5.7.1 <a@elsewhere.test>: Relay access denied; from=<a@example.net> to=<a@elsewhere.test> proto=ESMTP helo=<x>
says smtpd warning: Recipient address rate limit exceeded: 3 from unknown[192.0.2.24] for service 127.0.0.1:11005
says smtpd warning: Recipient address rate limit exceeded: 4 from unknown[192.0.2.24] for service 127.0.0.1:11005
says smtpd lost connection after RCPT from unknown[192.0.2.24]
== recipients-of-local-client on=recipient
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RCPT TO:<bob@example.test>
< 250 2.1.5 Ok
> RCPT TO:<carol@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from localhost[127.0.0.1]
== new-tls on=tls src=192.0.2.25
> EHLO x
< 250 *
> STARTTLS
< 220 2.0.0 Ready to start TLS
do starttls
> EHLO x
< 250 *
> QUIT
< 221 2.0.0 Bye
close
open 2 on=tls src=192.0.2.25
> EHLO x
< 250 *
> STARTTLS
< 220 2.0.0 Ready to start TLS
do starttls
> EHLO x
< 421 4.7.0 mx.example.test Error: too many new TLS sessions from unknown[192.0.2.25]
<<
open 3 on=tls src=192.0.2.25
> EHLO x
< 250 *
> STARTTLS
< 454 4.7.0 Error: too many new TLS sessions from unknown[192.0.2.25]
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
says smtpd warning: New TLS session rate limit exceeded: 2 from unknown[192.0.2.25] for service 127.0.0.1:11006
says smtpd warning: Refusing STARTTLS request from unknown[192.0.2.25] for service 127.0.0.1:11006
says smtpd lost connection after MAIL from unknown[192.0.2.25]
== logins on=auth src=192.0.2.26
> EHLO x
< 250 *
> AUTH PLAIN AGFubgBub3Bl
< 535 5.7.8 Error: authentication failed: (reason unavailable)
> AUTH PLAIN AGFubgBub3Bl
< 535 5.7.8 Error: authentication failed: (reason unavailable)
> AUTH PLAIN AGFubgBwdw==
< 450 4.7.1 Error: too many AUTH commands from 192.0.2.26
> AUTH PLAIN AGFubgBwdw==
< 450 4.7.1 Error: too many AUTH commands from 192.0.2.26
> NOOP
< 250 2.0.0 Ok
says smtpd warning: unknown[192.0.2.26]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=ann
says smtpd warning: AUTH command rate limit exceeded: 3 from unknown[192.0.2.26] for service 127.0.0.1:11008
says smtpd warning: AUTH command rate limit exceeded: 4 from unknown[192.0.2.26] for service 127.0.0.1:11008
says smtpd lost connection after NOOP from unknown[192.0.2.26]
== logins-bad-syntax on=auth src=192.0.2.27
> EHLO x
< 250 *
> AUTH
< 501 5.5.4 Syntax: AUTH mechanism
> AUTH FOO
< 535 5.7.8 Error: authentication failed: Invalid authentication mechanism
> AUTH PLAIN ====
< 450 4.7.1 Error: too many AUTH commands from 192.0.2.27
> AUTH PLAIN *
< 450 4.7.1 Error: too many AUTH commands from 192.0.2.27
> AUTH PLAIN AGFubgBwdw==
< 450 4.7.1 Error: too many AUTH commands from 192.0.2.27
> AUTH PLAIN AGFubgBwdw==
< 450 4.7.1 Error: too many AUTH commands from 192.0.2.27
says smtpd warning: unknown[192.0.2.27]: SASL FOO authentication failed: Invalid authentication mechanism, sasl_username=(unavailable)
says smtpd warning: AUTH command rate limit exceeded: 3 from unknown[192.0.2.27] for service 127.0.0.1:11008
says smtpd warning: AUTH command rate limit exceeded: 4 from unknown[192.0.2.27] for service 127.0.0.1:11008
says smtpd warning: AUTH command rate limit exceeded: 5 from unknown[192.0.2.27] for service 127.0.0.1:11008
says smtpd warning: AUTH command rate limit exceeded: 6 from unknown[192.0.2.27] for service 127.0.0.1:11008
says smtpd lost connection after AUTH from unknown[192.0.2.27]
== exempt-by-network on=free src=192.0.2.28
close
open 2 on=free src=192.0.2.28
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
says smtpd lost connection after CONNECT from unknown[192.0.2.28]
says smtpd lost connection after MAIL from unknown[192.0.2.28]
== exempt-not src=198.51.100.20 on=free
close
open 2 on=free src=198.51.100.20 raw
< 421 4.7.0 mx.example.test Error: too many connections from 198.51.100.20
says smtpd lost connection after CONNECT from unknown[198.51.100.20]
says smtpd warning: Connection rate limit exceeded: 2 from unknown[198.51.100.20] for service 127.0.0.1:11009
== local-client-not-exempt-any-more on=free
close
open 2 on=free raw
< 421 4.7.0 mx.example.test Error: too many connections from 127.0.0.1
says smtpd lost connection after CONNECT from localhost[127.0.0.1]
says smtpd warning: Connection rate limit exceeded: 2 from localhost[127.0.0.1] for service 127.0.0.1:11009
== old-name-of-exceptions on=old src=192.0.2.29
close
open 2 on=old src=192.0.2.29 raw
< 421 4.7.0 mx.example.test Error: too many connections from 192.0.2.29
says smtpd lost connection after CONNECT from unknown[192.0.2.29]
says smtpd warning: Connection rate limit exceeded: 2 from unknown[192.0.2.29] for service 127.0.0.1:11010
== no-exceptions on=none
close
open 2 on=none raw
< 421 4.7.0 mx.example.test Error: too many connections from 127.0.0.1
says smtpd lost connection after CONNECT from localhost[127.0.0.1]
says smtpd warning: Connection rate limit exceeded: 2 from localhost[127.0.0.1] for service 127.0.0.1:11011
== messages-counted on=message src=192.0.2.50
> EHLO x
< 250 *
> MAIL
< 501 5.5.4 Syntax: MAIL FROM:<address>
> MAIL FROM:
< 501 5.5.4 Syntax: MAIL FROM:<address>
> MAIL FROM:<a@example.net> FOO=bar
< 555 5.5.4 Unsupported option: FOO=bar
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
says smtpd lost connection after MAIL from unknown[192.0.2.50]
== nested-not-counted on=message src=192.0.2.51
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> MAIL FROM:<a@example.net>
< 503 5.5.1 Error: nested MAIL command
> MAIL FROM:<a@example.net>
< 503 5.5.1 Error: nested MAIL command
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
says smtpd lost connection after MAIL from unknown[192.0.2.51]
== messages-without-helo on=message src=192.0.2.52
> MAIL FROM:<a@example.net> SIZE=99999999999
< 552 5.3.4 Message size exceeds fixed limit
> MAIL FROM:<a@example.net> SIZE=x
< 501 5.5.4 Bad message size syntax
> MAIL FROM:<a@example.net>
< 450 4.7.1 Error: too much mail from 192.0.2.52
says smtpd NOQUEUE: reject: MAIL from unknown[192.0.2.52]: 552 5.3.4 Message size exceeds fixed limit; from=<a@example.net> proto=SMTP
says smtpd warning: Message delivery request rate limit exceeded: 3 from unknown[192.0.2.52] for service 127.0.0.1:11004
says smtpd lost connection after MAIL from unknown[192.0.2.52]
== recipients-counted on=recipient src=192.0.2.53
> EHLO x
< 250 *
> RCPT TO:<alice@example.test>
< 503 5.5.1 Error: need MAIL command
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT
< 501 5.5.4 Syntax: RCPT TO:<address>
> RCPT TO:
< 501 5.5.4 Syntax: RCPT TO:<address>
> RCPT TO:<alice@example.test> FOO=bar
< 555 5.5.4 Unsupported option: FOO=bar
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
says smtpd lost connection after RCPT from unknown[192.0.2.53]
== wrapped on=wrapped src=192.0.2.54 raw
do starttls
< 220 mx.example.test ESMTP *
close
open 2 on=wrapped src=192.0.2.54 raw
do starttls
< 421 4.7.0 mx.example.test Error: too many new TLS sessions from unknown[192.0.2.54]
says smtpd lost connection after CONNECT from unknown[192.0.2.54]
says smtpd warning: New TLS session rate limit exceeded: 2 from unknown[192.0.2.54] for service 127.0.0.1:11007
== mixed on=mixed src=192.0.2.30
open 2 on=mixed src=192.0.2.30
open 3 on=mixed src=192.0.2.30 raw
< 421 4.7.0 mx.example.test Error: too many connections from 192.0.2.30
open 4 on=mixed src=192.0.2.30 raw
< 421 4.7.0 mx.example.test Error: too many connections from 192.0.2.30
use 2
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RCPT TO:<alice@example.test>
< 450 4.7.1 Error: too many recipients from 192.0.2.30
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<a@example.net>
< 450 4.7.1 Error: too much mail from 192.0.2.30
says smtpd warning: Connection concurrency limit exceeded: 3 from unknown[192.0.2.30] for service 127.0.0.1:11012
says smtpd warning: Recipient address rate limit exceeded: 2 from unknown[192.0.2.30] for service 127.0.0.1:11012
says smtpd warning: Message delivery request rate limit exceeded: 2 from unknown[192.0.2.30] for service 127.0.0.1:11012
says smtpd lost connection after MAIL from unknown[192.0.2.30]
says smtpd lost connection after CONNECT from unknown[192.0.2.30]
== with-footer on=footer src=192.0.2.31
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<a@example.net>
<* 450-4.7.1 Error: too much mail from 192.0.2.31|450 4.7.1 call mx.example.test
says smtpd warning: Message delivery request rate limit exceeded: 2 from unknown[192.0.2.31] for service 127.0.0.1:11013
says smtpd lost connection after MAIL from unknown[192.0.2.31]
== soft-bounce on=soft src=192.0.2.32
close
open 2 on=soft src=192.0.2.32 raw
< 421 4.7.0 mx.example.test Error: too many connections from 192.0.2.32
says smtpd lost connection after CONNECT from unknown[192.0.2.32]
says smtpd warning: Connection rate limit exceeded: 2 from unknown[192.0.2.32] for service 127.0.0.1:11014
== client-port on=port src=192.0.2.33
close
open 2 on=port src=192.0.2.33 raw
< 421 4.7.0 mx.example.test Error: too many connections from 192.0.2.33
says smtpd lost connection after CONNECT from unknown[192.0.2.33]:*
says smtpd warning: Connection rate limit exceeded: 2 from unknown[192.0.2.33]:* for service 127.0.0.1:11015
== before-restrictions on=policy src=192.0.2.34 raw
< 554 5.7.1 <unknown[192.0.2.34]>: Client host rejected: Access denied
> EHLO x
< 503 5.7.0 Error: access denied for unknown[192.0.2.34]
close
open 2 on=policy src=192.0.2.34 raw
< 421 4.7.0 mx.example.test Error: too many connections from 192.0.2.34
<<
says smtpd NOQUEUE: reject: CONNECT from unknown[192.0.2.34]: 554 5.7.1 <unknown[192.0.2.34]>: Client host rejected: Access denied; proto=SMTP
says smtpd lost connection after CONNECT from unknown[192.0.2.34]
says smtpd warning: Connection rate limit exceeded: 2 from unknown[192.0.2.34] for service 127.0.0.1:11016
== xclient-client-is-exempt on=rate src=203.0.113.77
close
open 2 on=rate src=203.0.113.77
close
open 3 on=rate src=203.0.113.77
> EHLO x
< 250 *
> XCLIENT ADDR=192.0.2.99 NAME=other.example
< 220 mx.example.test ESMTP *
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
says smtpd lost connection after CONNECT from unknown[203.0.113.77]
says smtpd lost connection after MAIL from other.example[192.0.2.99]
== ipv6 on=rate src=192.0.2.35
> NOOP
< 250 2.0.0 Ok
says smtpd lost connection after NOOP from unknown[192.0.2.35]
== named-client on=none src=192.0.2.10
close
open 2 on=none src=192.0.2.10 raw
< 421 4.7.0 mx.example.test Error: too many connections from 192.0.2.10
says smtpd lost connection after CONNECT from client.example.org[192.0.2.10]
says smtpd warning: Connection rate limit exceeded: 2 from client.example.org[192.0.2.10] for service 127.0.0.1:11011
== message-too-many-then-data on=mixed src=192.0.2.36
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> Subject: $T
>
> x
> .
< 250 2.0.0 Ok: queued as *
> MAIL FROM:<a@example.net>
< 450 4.7.1 Error: too much mail from 192.0.2.36
> DATA
< 503 5.5.1 Error: need RCPT command
> QUIT
< 221 2.0.0 Bye
says smtpd warning: Message delivery request rate limit exceeded: 2 from unknown[192.0.2.36] for service 127.0.0.1:11012
== helo-too on=message src=192.0.2.37
> HELO x
< 250 mx.example.test
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<a@example.net>
< 450 4.7.1 Error: too much mail from 192.0.2.37
says smtpd warning: Message delivery request rate limit exceeded: 3 from unknown[192.0.2.37] for service 127.0.0.1:11004
says smtpd lost connection after MAIL from unknown[192.0.2.37]
"""


class Statistics(Talk):
    """What anvil says from time to time, and at its end."""
    area = "anvil"
    programs = ("anvil",)
    boring = "cache size"
    main = """
smtpd_error_sleep_time = 0
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_client_connection_count_limit = 10
smtpd_client_connection_rate_limit = 100
smtpd_client_message_rate_limit = 100
smtpd_client_recipient_rate_limit = 100
smtpd_client_event_limit_exceptions =
anvil_rate_time_unit = 2m
anvil_status_update_time = 1s
"""
    services = {"tls": "smtpd_tls_security_level = may\nsmtpd_tls_chain_files = @TLS@/server.pem\n"
                       "smtpd_client_new_tls_session_rate_limit = 100"}

    def clean(self, text):
        import re
        return re.sub(r"at \w{3} +\d+ [\d:]{8}", "at *", super().clean(text))

    def do_tls(self):
        self.sessions[self.current].starttls(client_tls())

    scripts = r"""
== at-its-end src=192.0.2.40
open 2 src=192.0.2.40
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RCPT TO:<bob@example.test>
< 250 2.1.5 Ok
> RCPT TO:<carol@example.test>
< 250 2.1.5 Ok
open 3 on=tls src=192.0.2.41
> EHLO x
< 250 *
do tls
> EHLO y
< 250 *
use 1
close
use 2
close
use 3
close
sleep 3
says anvil statistics: max connection rate 2/120s for (smtp:192.0.2.40) at *
says anvil statistics: max connection count 2 for (smtp:192.0.2.40) at *
says anvil statistics: max message rate 1/120s for (smtp:192.0.2.40) at *
says anvil statistics: max recipient rate 3/120s for (smtp:192.0.2.40) at *
says anvil statistics: max newtls rate 1/120s for (127.0.0.1:11001:192.0.2.41) at *
"""
