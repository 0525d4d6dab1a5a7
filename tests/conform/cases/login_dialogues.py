"""Logins at the server, row by row: whole dialogues, and what the server logs of them."""
import base64
import contextlib
import hashlib
import hmac
import os
import pwd
import re
import ssl
import subprocess

from harness import DovecotAuth, Group

COMMON = "smtpd_forbid_unauth_pipelining = no\nsmtpd_forbid_bare_newline = no\n"
OWNERS = ("smtpd_sender_login_maps = inline:{{joe@example.test = joe}, {ann@example.test = ann},"
          " {both@example.test = joe, ann}, {@owned.test = ann}, {list@example.test = joe ann}}\n")
# Services: their parameters.
SERVICES = {
    "usual": "",
    "broken": "broken_sasl_auth_clients = yes",
    "limit": "smtpd_sasl_response_limit = 12288",
    "filter": "smtpd_sasl_mechanism_filter = plain",
    "filterout": "smtpd_sasl_mechanism_filter = !login, static:all",
    "filtertable": "smtpd_sasl_mechanism_filter = inline:{login=x}",
    "filternone": "smtpd_sasl_mechanism_filter = gssapi",
    "noplain": "smtpd_sasl_security_options = noanonymous, noplaintext",
    "noactive": "smtpd_sasl_security_options = noanonymous noactive",
    "nodictionary": "smtpd_sasl_security_options = noanonymous, nodictionary",
    "forward": "smtpd_sasl_security_options = noanonymous, forward_secrecy",
    "mutual": "smtpd_sasl_security_options = noanonymous, mutual_auth",
    "nothing": "smtpd_sasl_security_options =",
    "service": "smtpd_sasl_service = submission",
    "realm": "smtpd_sasl_local_domain = realm.test",
    "exempt": "smtpd_sasl_exceptions_networks = !192.0.2.7, 192.0.2.0/24",
    "exemptname": "smtpd_sasl_exceptions_networks = .example.org",
    "tlsonly": "smtpd_tls_auth_only = yes",
    "tlsoptions": "smtpd_sasl_security_options = noanonymous, noplaintext\n"
                  "smtpd_sasl_tls_security_options = noanonymous",
    "tlsstricter": "smtpd_sasl_tls_security_options = noanonymous, noplaintext",
    "header": "smtpd_sasl_authenticated_header = yes",
    "discard": "smtpd_discard_ehlo_keywords = auth",
    "off": "smtpd_sasl_auth_enable = no",
    "offowners": "smtpd_sasl_auth_enable = no\nsmtpd_sender_restrictions = reject_sender_login_mismatch",
    "offauth": "smtpd_sasl_auth_enable = no\nsmtpd_sender_restrictions = reject_authenticated_sender_login_mismatch",
    "offunauth": "smtpd_sasl_auth_enable = no\nsmtpd_sender_restrictions = reject_unauthenticated_sender_login_mismatch",
    "offknown": "smtpd_sasl_auth_enable = no\nsmtpd_sender_restrictions = reject_known_sender_login_mismatch",
    "offothers": "smtpd_sasl_auth_enable = no\nsmtpd_sender_restrictions = permit_sasl_authenticated, "
                 "check_sasl_access inline:{joe=REJECT}",
    "errors": "smtpd_hard_error_limit = 2",
    "mismatch": "smtpd_sender_restrictions = reject_sender_login_mismatch",
    "authmismatch": "smtpd_sender_restrictions = reject_authenticated_sender_login_mismatch",
    "knownmismatch": "smtpd_sender_restrictions = reject_known_sender_login_mismatch",
    "unauthmismatch": "smtpd_sender_restrictions = reject_unauthenticated_sender_login_mismatch",
    "brokenmaps": "smtpd_sender_login_maps = fail:x\nsmtpd_sender_restrictions = reject_sender_login_mismatch",
    "nomaps": "smtpd_sender_login_maps =\nsmtpd_sender_restrictions = reject_sender_login_mismatch",
    "access": "smtpd_recipient_restrictions = check_sasl_access inline:{{joe = REJECT not joe}, {@odd.test = REJECT odd},"
              " {user@some.test = 450 later}, {plus = DISCARD}, {hold = HOLD}} permit_mynetworks reject_unauth_destination",
    "accessfail": "smtpd_recipient_restrictions = check_sasl_access fail:x",
    "inclient": "smtpd_delay_reject = yes\nsmtpd_client_restrictions = permit_sasl_authenticated, reject",
    "insender": "smtpd_sender_restrictions = permit_sasl_authenticated, reject",
    "delayless": "smtpd_delay_reject = no\nsmtpd_sender_restrictions = permit_sasl_authenticated, reject",
    "authrate": "smtpd_client_auth_rate_limit = 1\nsmtpd_client_event_limit_exceptions =",
    "authrateexempt": "smtpd_client_auth_rate_limit = 1\nsmtpd_client_event_limit_exceptions = 192.0.2.0/24",
    "helorequired": "smtpd_helo_required = yes",
    "noopauth": "smtpd_noop_commands = auth",
    "forbidden": "smtpd_forbidden_commands = auth",
    "xclient": "smtpd_authorized_xclient_hosts = 192.0.2.0/24",
}

CYRUS_SERVICES = {
    "usual": "", "broken": "broken_sasl_auth_clients = yes", "filter": "smtpd_sasl_mechanism_filter = plain, cram-md5",
    "noplain": "smtpd_sasl_security_options = noanonymous, noplaintext",
    "noactive": "smtpd_sasl_security_options = noanonymous, noactive",
    "nodictionary": "smtpd_sasl_security_options = noanonymous, nodictionary",
    "tlsoptions": "smtpd_sasl_security_options = noanonymous, noplaintext\n"
                  "smtpd_sasl_tls_security_options = noanonymous",
    "norealm": "smtpd_sasl_local_domain =", "hostrealm": "smtpd_sasl_local_domain = $myhostname",
    "otherrealm": "smtpd_sasl_local_domain = other.test", "header": "smtpd_sasl_authenticated_header = yes",
    "scram": "smtpd_sasl_path = scram", "anonymous": "smtpd_sasl_path = anonymous",
    "anonymousok": "smtpd_sasl_path = anonymous\nsmtpd_sasl_security_options =",
    "limit": "smtpd_sasl_response_limit = 12288", "exempt": "smtpd_sasl_exceptions_networks = 192.0.2.0/24",
    "service": "smtpd_sasl_service = imap",
}

# name: service, what the client does, what is seen.  `@...` is an action of Script.
ROWS = {
    'empty_initial': ('usual', r'''
EHLO x
AUTH PLAIN =
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN =
< 535 5.7.8 Error: authentication failed: bad data
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: bad data, sasl_username=(unavailable)
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 quit=1 commands=2/3
'''),
    'lower_case': ('usual', r'''
EHLO x
auth plain AGpvZQBzZWNyZXQ=
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> auth plain AGpvZQBzZWNyZXQ=
< 235 2.7.0 Authentication successful
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 quit=1 commands=3
'''),
    'extra_words': ('usual', r'''
EHLO x
AUTH PLAIN AGpvZQBzZWNyZXQ= more
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN AGpvZQBzZWNyZXQ= more
< 501 5.5.4 Syntax: AUTH mechanism
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 quit=1 commands=2/3
'''),
    'no_mechanism': ('usual', r'''
EHLO x
AUTH
AUTH PLAIN
*
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> AUTH
< 501 5.5.4 Syntax: AUTH mechanism
> AUTH PLAIN
< 334 
> *
< 501 5.7.0 Authentication aborted
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication aborted
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/2 quit=1 commands=2/4
'''),
    'bad_base64': ('usual', r'''
EHLO x
AUTH PLAIN !!!!
AUTH PLAIN AGpvZQ=!
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN !!!!
< 535 5.7.8 Error: authentication failed: Invalid base64 data in initial response
> AUTH PLAIN AGpvZQ=!
< 535 5.7.8 Error: authentication failed: Invalid base64 data in initial response
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: Invalid base64 data in initial response, sasl_username=(unavailable)
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: Invalid base64 data in initial response, sasl_username=(unavailable)
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/2 quit=1 commands=2/4
'''),
    'bad_base64_later': ('usual', r'''
EHLO x
AUTH PLAIN
!!!!
NOOP
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN
< 334 
> !!!!
< 535 5.7.8 Error: authentication failed: Invalid base64 data in continued response
> NOOP
< 250 2.0.0 Ok
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: Invalid base64 data in continued response, sasl_username=(unavailable)
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 noop=1 quit=1 commands=3/4
'''),
    'login_words': ('usual', r'''
EHLO x
AUTH LOGIN
@b64 joe
@b64 secret
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> AUTH LOGIN
< 334 VXNlcm5hbWU6
> @b64 joe
< 334 UGFzc3dvcmQ6
> @b64 secret
< 235 2.7.0 Authentication successful
? lip=127.0.0.1 mech=LOGIN nologin= rip=192.0.2.10 service=smtp
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 quit=1 commands=3
'''),
    'login_initial': ('usual', r'''
EHLO x
AUTH LOGIN am9l
@b64 secret
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> AUTH LOGIN am9l
< 334 UGFzc3dvcmQ6
> @b64 secret
< 235 2.7.0 Authentication successful
? lip=127.0.0.1 mech=LOGIN nologin= rip=192.0.2.10 service=smtp
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 quit=1 commands=3
'''),
    'login_bad_base64': ('usual', r'''
EHLO x
AUTH LOGIN
%%%
NOOP
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> AUTH LOGIN
< 334 VXNlcm5hbWU6
> %%%
< 535 5.7.8 Error: authentication failed: Invalid base64 data in continued response
> NOOP
< 250 2.0.0 Ok
? lip=127.0.0.1 mech=LOGIN nologin= rip=192.0.2.10 service=smtp
log warning: client.example.org[192.0.2.10]: SASL LOGIN authentication failed: Invalid base64 data in continued response, sasl_username=(unavailable)
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 noop=1 quit=1 commands=3/4
'''),
    'unknown_mechanism': ('usual', r'''
EHLO x
AUTH FOO
AUTH FOO AGpvZQBzZWNyZXQ=
AUTH foo-bar.baz
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> AUTH FOO
< 535 5.7.8 Error: authentication failed: Invalid authentication mechanism
> AUTH FOO AGpvZQBzZWNyZXQ=
< 535 5.7.8 Error: authentication failed: Invalid authentication mechanism
> AUTH foo-bar.baz
< 535 5.7.8 Error: authentication failed: Invalid authentication mechanism
log warning: client.example.org[192.0.2.10]: SASL FOO authentication failed: Invalid authentication mechanism, sasl_username=(unavailable)
log warning: client.example.org[192.0.2.10]: SASL FOO authentication failed: Invalid authentication mechanism, sasl_username=(unavailable)
log warning: client.example.org[192.0.2.10]: SASL foo-bar.baz authentication failed: Invalid authentication mechanism, sasl_username=(unavailable)
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/3 quit=1 commands=2/5
'''),
    'cram': ('usual', r'''
EHLO x
AUTH CRAM-MD5
@cram joe:secret
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> AUTH CRAM-MD5
< 334 PDcuOEBhdXRoLnRlc3Q+
> @cram joe:secret
< 235 2.7.0 Authentication successful
? lip=127.0.0.1 mech=CRAM-MD5 nologin= rip=192.0.2.10 service=smtp
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 quit=1 commands=3
'''),
    'cram_wrong': ('usual', r'''
EHLO x
AUTH CRAM-MD5
@cram joe:wrong
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> AUTH CRAM-MD5
< 334 PDcuOEBhdXRoLnRlc3Q+
> @cram joe:wrong
< 535 5.7.8 Error: authentication failed: (reason unavailable)
? lip=127.0.0.1 mech=CRAM-MD5 nologin= rip=192.0.2.10 service=smtp
log warning: client.example.org[192.0.2.10]: SASL CRAM-MD5 authentication failed: (reason unavailable), sasl_username=joe
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 quit=1 commands=2/3
'''),
    'cancelled': ('usual', r'''
EHLO x
AUTH LOGIN
*
AUTH LOGIN
@b64 joe
*
AUTH PLAIN
 *
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> AUTH LOGIN
< 334 VXNlcm5hbWU6
> *
< 501 5.7.0 Authentication aborted
> AUTH LOGIN
< 334 VXNlcm5hbWU6
> @b64 joe
< 334 UGFzc3dvcmQ6
> *
< 501 5.7.0 Authentication aborted
> AUTH PLAIN
< 334 
> *
< 501 5.7.0 Authentication aborted
? lip=127.0.0.1 mech=LOGIN nologin= rip=192.0.2.10 service=smtp
? lip=127.0.0.1 mech=LOGIN nologin= rip=192.0.2.10 service=smtp
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log warning: client.example.org[192.0.2.10]: SASL LOGIN authentication aborted
log warning: client.example.org[192.0.2.10]: SASL LOGIN authentication aborted
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication aborted
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/3 quit=1 commands=2/5
'''),
    'empty_answer': ('usual', r'''
EHLO x
AUTH PLAIN
NOOP
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN
< 334 
> NOOP
< 535 5.7.8 Error: authentication failed: bad data
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: bad data, sasl_username=(unavailable)
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 quit=1 commands=2/3
'''),
    'wrong_then_right': ('usual', r'''
EHLO x
@plain :joe:wrong
@plain :joe:secret
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:wrong
< 535 5.7.8 Error: authentication failed: (reason unavailable)
> @plain :joe:secret
< 235 2.7.0 Authentication successful
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=joe
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1/2 quit=1 commands=3/4
'''),
    'twice': ('usual', r'''
EHLO x
@plain :joe:secret
@plain :joe:secret
EHLO x
AUTH LOGIN
RSET
AUTH LOGIN
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> @plain :joe:secret
< 503 5.5.1 Error: already authenticated
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> AUTH LOGIN
< 503 5.5.1 Error: already authenticated
> RSET
< 250 2.0.0 Ok
> AUTH LOGIN
< 503 5.5.1 Error: already authenticated
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log disconnect from client.example.org[192.0.2.10] ehlo=2 auth=1/4 rset=1 quit=1 commands=5/8
'''),
    'after_helo': ('usual', r'''
HELO x
@plain :joe:secret
''', r'''
> HELO x
< 250 mx.example.test
> @plain :joe:secret
< 235 2.7.0 Authentication successful
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log disconnect from client.example.org[192.0.2.10] helo=1 auth=1 quit=1 commands=3
'''),
    'before_helo': ('usual', r'''
AUTH PLAIN
*
@plain :joe:secret
''', r'''
> AUTH PLAIN
< 334 
> *
< 501 5.7.0 Authentication aborted
> @plain :joe:secret
< 235 2.7.0 Authentication successful
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication aborted
log disconnect from client.example.org[192.0.2.10] auth=1/2 quit=1 commands=2/3
'''),
    'authorization': ('usual', r'''
EHLO x
@plain ann:joe:secret
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain ann:joe:secret
< 235 2.7.0 Authentication successful
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 quit=1 commands=3
'''),
    'case_of_user': ('usual', r'''
EHLO x
@plain :Joe:big
@mail joe@example.test alice@example.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :Joe:big
< 235 2.7.0 Authentication successful
> MAIL FROM:<joe@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=Joe
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1 rcpt=1 quit=1 commands=5
'''),
    'strange_user': ('header', r'''
EHLO x
@plain :a (comment) "quoted":odd
@mail me@example.test u@elsewhere.test
@data
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :a (comment) "quoted":odd
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
< 250 2.0.0 Ok: queued as QID
= from x (client.example.org [192.0.2.10])
= 	(Authenticated sender: a (comment) "quoted")
= 	by mx.example.test (Postfix) with ESMTPA
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=a (comment) "quoted"
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=6
'''),
    'header': ('header', r'''
EHLO x
@plain :joe:secret
@mail me@example.test u@elsewhere.test
@data
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
< 250 2.0.0 Ok: queued as QID
= from x (client.example.org [192.0.2.10])
= 	(Authenticated sender: joe)
= 	by mx.example.test (Postfix) with ESMTPA
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=6
'''),
    'header_without_login': ('header', r'''
@from 127.0.0.1
EHLO x
@mail me@example.test u@elsewhere.test
@data
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
< 250 2.0.0 Ok: queued as QID
= from x (localhost [127.0.0.1])
= 	by mx.example.test (Postfix) with ESMTP
log QID: client=localhost[127.0.0.1]
log disconnect from localhost[127.0.0.1] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5
'''),
    'no_header': ('usual', r'''
EHLO x
@plain :joe:secret
@mail me@example.test u@elsewhere.test
@data
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
< 250 2.0.0 Ok: queued as QID
= from x (client.example.org [192.0.2.10])
= 	by mx.example.test (Postfix) with ESMTPA
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=6
'''),
    'header_helo': ('header', r'''
HELO x
@plain :joe:secret
@mail me@example.test u@elsewhere.test
@data
''', r'''
> HELO x
< 250 mx.example.test
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
< 250 2.0.0 Ok: queued as QID
= from x (client.example.org [192.0.2.10])
= 	(Authenticated sender: joe)
= 	by mx.example.test (Postfix) with SMTP
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log disconnect from client.example.org[192.0.2.10] helo=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=6
'''),
    'header_tls': ('header', r'''
EHLO x
@tls
EHLO x
@plain :joe:secret
@mail me@example.test u@elsewhere.test
@data
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> STARTTLS
< 220 2.0.0 Ready to start TLS
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
< 250 2.0.0 Ok: queued as QID
= from x (client.example.org [192.0.2.10])
= 	(Authenticated sender: joe)
= 	by mx.example.test (Postfix) with ESMTPSA
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 secured= service=smtp
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=8
'''),
    'in_transaction': ('usual', r'''
EHLO x
MAIL FROM:<a@example.test>
@plain :joe:secret
RSET
@plain :joe:secret
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<a@example.test>
< 250 2.1.0 Ok
> @plain :joe:secret
< 503 5.5.1 Error: MAIL transaction in progress
> RSET
< 250 2.0.0 Ok
> @plain :joe:secret
< 235 2.7.0 Authentication successful
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1/2 mail=1 rset=1 quit=1 commands=5/6
'''),
    'pipelined': ('usual', r'''
EHLO x
@pipe AUTH PLAIN AGpvZQBzZWNyZXQ=|MAIL FROM:<a@example.test>|RCPT TO:<u@elsewhere.test>
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN AGpvZQBzZWNyZXQ=|MAIL FROM:<a@example.test>|RCPT TO:<u@elsewhere.test>
< 235 2.7.0 Authentication successful
< 250 2.1.0 Ok
< 250 2.1.5 Ok
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1 rcpt=1 quit=1 commands=5
'''),
    'pipelined_answer': ('usual', r'''
EHLO x
@pipe AUTH LOGIN|am9l|c2VjcmV0|NOOP
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> AUTH LOGIN|am9l|c2VjcmV0|NOOP
< 334 VXNlcm5hbWU6
< 334 UGFzc3dvcmQ6
< 235 2.7.0 Authentication successful
< 250 2.0.0 Ok
? lip=127.0.0.1 mech=LOGIN nologin= rip=192.0.2.10 service=smtp
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 noop=1 quit=1 commands=4
'''),
    'relay_refused_login': ('usual', r'''
EHLO x
@plain :joe:wrong
@mail me@example.test u@elsewhere.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:wrong
< 535 5.7.8 Error: authentication failed: (reason unavailable)
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 454 4.7.1 <u@elsewhere.test>: Relay access denied
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=joe
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 454 4.7.1 <u@elsewhere.test>: Relay access denied; from=<me@example.test> to=<u@elsewhere.test> proto=ESMTP helo=<x>
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 mail=1 rcpt=0/1 quit=1 commands=3/5
'''),
    'reject_line_names_user': ('mismatch', r'''
EHLO x
@plain :joe:secret
@mail ann@example.test u@elsewhere.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<ann@example.test>
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 553 5.7.1 <ann@example.test>: Sender address rejected: not owned by user joe
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 553 5.7.1 <ann@example.test>: Sender address rejected: not owned by user joe; from=<ann@example.test> to=<u@elsewhere.test> proto=ESMTP helo=<x>
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1 rcpt=0/1 quit=1 commands=4/5
'''),
    'broken_form': ('broken', r'''
EHLO x
HELO x
@plain :joe:secret
EHLO x
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
< 250-AUTH=PLAIN LOGIN CRAM-MD5
> HELO x
< 250 mx.example.test
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
< 250-AUTH=PLAIN LOGIN CRAM-MD5
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log disconnect from client.example.org[192.0.2.10] helo=1 ehlo=2 auth=1 quit=1 commands=5
'''),
    'limit_later': ('limit', r'''
EHLO x
AUTH PLAIN
@long 3000
NOOP
AUTH PLAIN
@long 12284
AUTH PLAIN
@long 12288
NOOP
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN
< 334 
> @long 3000
< 535 5.7.8 Error: authentication failed: (reason unavailable)
> NOOP
< 250 2.0.0 Ok
> AUTH PLAIN
< 334 
> @long 12284
< 535 5.7.8 Error: authentication failed: (reason unavailable)
> AUTH PLAIN
< 334 
> @long 12288
< 500 5.5.6 SASL response limit exceeded
> NOOP
< 250 2.0.0 Ok
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=joe
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=joe
log warning: client.example.org[192.0.2.10]: request longer than 12288: AGpvZQBzc3Nzc3Nzc3Nzc3Nzc3Nzc3...
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/3 noop=2 quit=1 commands=4/7
'''),
    'limit_beyond': ('limit', r'''
EHLO x
AUTH PLAIN
@long 12292
NOOP
AUTH PLAIN
@long 20000
NOOP
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN
< 334 
> @long 12292
< 500 5.5.6 SASL response limit exceeded
> NOOP
< 250 2.0.0 Ok
> AUTH PLAIN
< 334 
> @long 20000
< 500 5.5.6 SASL response limit exceeded
> NOOP
< 250 2.0.0 Ok
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log warning: client.example.org[192.0.2.10]: request longer than 12288: AGpvZQBzc3Nzc3Nzc3Nzc3Nzc3Nzc3...
log warning: client.example.org[192.0.2.10]: request longer than 12288: AGpvZQBzc3Nzc3Nzc3Nzc3Nzc3Nzc3...
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/2 noop=2 quit=1 commands=4/6
'''),
    'limit_initial': ('limit', r'''
EHLO x
@long AUTH PLAIN 1000
@long AUTH PLAIN 2036
NOOP
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @long AUTH PLAIN 1000
< 535 5.7.8 Error: authentication failed: (reason unavailable)
> @long AUTH PLAIN 2036
< 535 5.7.8 Error: authentication failed: (reason unavailable)
> NOOP
< 250 2.0.0 Ok
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=joe
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=joe
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/2 noop=1 quit=1 commands=3/5
'''),
    'filter': ('filter', r'''
EHLO x
AUTH LOGIN
*
@plain :joe:secret
''', r'''
> EHLO x
< 250-AUTH PLAIN
> AUTH LOGIN
< 334 VXNlcm5hbWU6
> *
< 501 5.7.0 Authentication aborted
> @plain :joe:secret
< 235 2.7.0 Authentication successful
? lip=127.0.0.1 mech=LOGIN nologin= rip=192.0.2.10 service=smtp
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log warning: client.example.org[192.0.2.10]: SASL LOGIN authentication aborted
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1/2 quit=1 commands=3/4
'''),
    'filter_out': ('filterout', r'''
EHLO x
AUTH CRAM-MD5
*
''', r'''
> EHLO x
< 250-AUTH PLAIN CRAM-MD5
> AUTH CRAM-MD5
< 334 PDcuOEBhdXRoLnRlc3Q+
> *
< 501 5.7.0 Authentication aborted
? lip=127.0.0.1 mech=CRAM-MD5 nologin= rip=192.0.2.10 service=smtp
log warning: client.example.org[192.0.2.10]: SASL CRAM-MD5 authentication aborted
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 quit=1 commands=2/3
'''),
    'filter_table': ('filtertable', r'''
EHLO x
AUTH CRAM-MD5
*
''', r'''
> EHLO x
< 250-AUTH LOGIN
> AUTH CRAM-MD5
< 334 PDcuOEBhdXRoLnRlc3Q+
> *
< 501 5.7.0 Authentication aborted
? lip=127.0.0.1 mech=CRAM-MD5 nologin= rip=192.0.2.10 service=smtp
log warning: client.example.org[192.0.2.10]: SASL CRAM-MD5 authentication aborted
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 quit=1 commands=2/3
'''),
    'no_plaintext': ('noplain', r'''
EHLO x
@plain :joe:secret
AUTH LOGIN
*
AUTH CRAM-MD5
@cram joe:secret
''', r'''
> EHLO x
< 250-AUTH CRAM-MD5
> @plain :joe:secret
< 535 5.7.8 Error: authentication failed: Invalid authentication mechanism
> AUTH LOGIN
< 535 5.7.8 Error: authentication failed: Invalid authentication mechanism
> *
< 221 2.7.0 Error: I can break rules, too. Goodbye.
> AUTH CRAM-MD5
< connection closed
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: Invalid authentication mechanism, sasl_username=(unavailable)
log warning: client.example.org[192.0.2.10]: SASL LOGIN authentication failed: Invalid authentication mechanism, sasl_username=(unavailable)
log warning: non-SMTP command from client.example.org[192.0.2.10]: *
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/2 unknown=0/1 commands=1/4
'''),
    'no_active': ('noactive', r'''
EHLO x
AUTH CRAM-MD5
*
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN
> AUTH CRAM-MD5
< 535 5.7.8 Error: authentication failed: Invalid authentication mechanism
> *
< 221 2.7.0 Error: I can break rules, too. Goodbye.
log warning: client.example.org[192.0.2.10]: SASL CRAM-MD5 authentication failed: Invalid authentication mechanism, sasl_username=(unavailable)
log warning: non-SMTP command from client.example.org[192.0.2.10]: *
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 unknown=0/1 commands=1/3
'''),
    'no_dictionary': ('nodictionary', r'''
EHLO x
AUTH CRAM-MD5
*
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN
> AUTH CRAM-MD5
< 535 5.7.8 Error: authentication failed: Invalid authentication mechanism
> *
< 221 2.7.0 Error: I can break rules, too. Goodbye.
log warning: client.example.org[192.0.2.10]: SASL CRAM-MD5 authentication failed: Invalid authentication mechanism, sasl_username=(unavailable)
log warning: non-SMTP command from client.example.org[192.0.2.10]: *
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 unknown=0/1 commands=1/3
'''),
    'anonymous': ('nothing', r'''
EHLO x
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 ANONYMOUS
log disconnect from client.example.org[192.0.2.10] ehlo=1 quit=1 commands=2
'''),
    'service_name': ('service', r'''
EHLO x
@plain :joe:secret
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:secret
< 235 2.7.0 Authentication successful
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=submission
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 quit=1 commands=3
'''),
    'realm': ('realm', r'''
EHLO x
@plain :joe:secret
@mail me@example.test u@elsewhere.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 250 2.1.5 Ok
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1 rcpt=1 quit=1 commands=5
'''),
    'exempt': ('exempt', r'''
EHLO x
@plain :joe:secret
''', r'''
> EHLO x
< 250 without AUTH
> @plain :joe:secret
< 235 2.7.0 Authentication successful
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 quit=1 commands=3
'''),
    'exempt_not': ('exempt', r'''
@from 192.0.2.7
EHLO x
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
log disconnect from unknown[192.0.2.7] ehlo=1 quit=1 commands=2
'''),
    'exempt_other': ('exempt', r'''
@from 198.51.100.10
EHLO x
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
log disconnect from unknown[198.51.100.10] ehlo=1 quit=1 commands=2
'''),
    'exempt_by_name': ('exemptname', r'''
EHLO x
''', r'''
> EHLO x
< 250 without AUTH
log disconnect from client.example.org[192.0.2.10] ehlo=1 quit=1 commands=2
'''),
    'tls_only': ('tlsonly', r'''
EHLO x
@plain :joe:secret
AUTH LOGIN
AUTH FOO
@tls
EHLO x
@plain :joe:secret
''', r'''
> EHLO x
< 250 without AUTH
> @plain :joe:secret
< 503 5.5.1 Error: authentication not enabled
> AUTH LOGIN
< 503 5.5.1 Error: authentication not enabled
> AUTH FOO
< 503 5.5.1 Error: authentication not enabled
> STARTTLS
< 220 2.0.0 Ready to start TLS
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:secret
< 235 2.7.0 Authentication successful
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 secured= service=smtp
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 auth=1/4 quit=1 commands=5/8
'''),
    'tls_options': ('tlsoptions', r'''
EHLO x
@plain :joe:secret
@tls
EHLO x
@plain :joe:secret
''', r'''
> EHLO x
< 250-AUTH CRAM-MD5
> @plain :joe:secret
< 535 5.7.8 Error: authentication failed: Invalid authentication mechanism
> STARTTLS
< 220 2.0.0 Ready to start TLS
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:secret
< 235 2.7.0 Authentication successful
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 secured= service=smtp
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: Invalid authentication mechanism, sasl_username=(unavailable)
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 auth=1/2 quit=1 commands=5/6
'''),
    'tls_stricter': ('tlsstricter', r'''
EHLO x
@tls
EHLO x
@plain :joe:secret
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> STARTTLS
< 220 2.0.0 Ready to start TLS
> EHLO x
< 250-AUTH CRAM-MD5
> @plain :joe:secret
< 535 5.7.8 Error: authentication failed: Invalid authentication mechanism
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: Invalid authentication mechanism, sasl_username=(unavailable)
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 auth=0/1 quit=1 commands=4/5
'''),
    'tls_forgets': ('usual', r'''
EHLO x
@plain :joe:secret
@tls
EHLO x
@mail me@example.test u@elsewhere.test
@plain :joe:secret
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> STARTTLS
< 220 2.0.0 Ready to start TLS
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 454 4.7.1 <u@elsewhere.test>: Relay access denied
> @plain :joe:secret
< 503 5.5.1 Error: MAIL transaction in progress
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 454 4.7.1 <u@elsewhere.test>: Relay access denied; from=<me@example.test> to=<u@elsewhere.test> proto=ESMTP helo=<x>
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 auth=1/2 mail=1 rcpt=0/1 quit=1 commands=6/8
'''),
    'discarded': ('discard', r'''
EHLO x
@plain :joe:secret
''', r'''
> EHLO x
< 250 without AUTH
> @plain :joe:secret
< 503 5.5.1 Error: authentication not enabled
log discarding EHLO keywords: AUTH
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 quit=1 commands=2/3
'''),
    'off': ('off', r'''
EHLO x
@plain :joe:secret
MAIL FROM:<a@example.test> AUTH=<>
''', r'''
> EHLO x
< 250 without AUTH
> @plain :joe:secret
< 503 5.5.1 Error: authentication not enabled
> MAIL FROM:<a@example.test> AUTH=<>
< 250 2.1.0 Ok
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 mail=1 quit=1 commands=3/4
'''),
    'off_auth_empty': ('off', r'''
EHLO x
AUTH
''', r'''
> EHLO x
< 250 without AUTH
> AUTH
< 503 5.5.1 Error: authentication not enabled
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 quit=1 commands=2/3
'''),
    'off_mismatch': ('offowners', r'''
EHLO x
@mail ann@example.test alice@example.test
''', r'''
> EHLO x
< 250 without AUTH
> MAIL FROM:<ann@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
log warning: restriction `reject_authenticated_sender_login_mismatch' ignored: no SASL support
log warning: restriction `reject_unauthenticated_sender_login_mismatch' ignored: no SASL support
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 mail=1 rcpt=1 quit=1 commands=4
'''),
    'errors': ('errors', r'''
EHLO x
@plain :joe:wrong
@plain :joe:wrong
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:wrong
< 535 5.7.8 Error: authentication failed: (reason unavailable)
> @plain :joe:wrong
< 535 5.7.8 Error: authentication failed: (reason unavailable)
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=joe
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=joe
log too many errors after AUTH from client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/2 commands=1/3
'''),
    'mail_auth': ('usual', r'''
EHLO x
MAIL FROM:<a@example.test> AUTH=<>
RSET
MAIL FROM:<a@example.test> AUTH=b@example.test
RSET
MAIL FROM:<a@example.test> AUTH=b+40example.test
RSET
MAIL FROM:<a@example.test> AUTH=
RSET
MAIL FROM:<a@example.test> AUTH=b+4
RSET
MAIL FROM:<a@example.test> AUTH=<b@example.test>
RSET
MAIL FROM:<a@example.test> AUTH=b@example.test AUTH=<>
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<a@example.test> AUTH=<>
< 250 2.1.0 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<a@example.test> AUTH=b@example.test
< 250 2.1.0 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<a@example.test> AUTH=b+40example.test
< 250 2.1.0 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<a@example.test> AUTH=
< 250 2.1.0 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<a@example.test> AUTH=b+4
< 250 2.1.0 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<a@example.test> AUTH=<b@example.test>
< 250 2.1.0 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<a@example.test> AUTH=b@example.test AUTH=<>
< 503 5.5.4 Error: multiple AUTH= options
log disconnect from client.example.org[192.0.2.10] ehlo=1 mail=6/7 rset=6 quit=1 commands=14/15
'''),
    'mail_auth_logged_in': ('usual', r'''
EHLO x
@plain :joe:secret
MAIL FROM:<a@example.test> AUTH=b+40example.test
RCPT TO:<u@elsewhere.test>
@data
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<a@example.test> AUTH=b+40example.test
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
< 250 2.0.0 Ok: queued as QID
= from x (client.example.org [192.0.2.10])
= 	by mx.example.test (Postfix) with ESMTPA
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe, sasl_sender=b+40example.test
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=6
'''),
    'mail_auth_helo': ('usual', r'''
HELO x
MAIL FROM:<a@example.test> AUTH=<>
''', r'''
> HELO x
< 250 mx.example.test
> MAIL FROM:<a@example.test> AUTH=<>
< 250 2.1.0 Ok
log disconnect from client.example.org[192.0.2.10] helo=1 mail=1 quit=1 commands=3
'''),
    'mismatch_owner': ('mismatch', r'''
EHLO x
@plain :joe:secret
@mail joe@example.test alice@example.test
RSET
@mail JOE@EXAMPLE.TEST alice@example.test
RSET
@mail joe+ext@example.test alice@example.test
RSET
@mail both@example.test alice@example.test
RSET
@mail list@example.test alice@example.test
RSET
@mail NONE alice@example.test
RSET
@mail nobody@example.test alice@example.test
RSET
@mail any@owned.test alice@example.test
RSET
@mail any@sub.owned.test alice@example.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<joe@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<JOE@EXAMPLE.TEST>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<joe+ext@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 553 5.7.1 <joe+ext@example.test>: Sender address rejected: not owned by user joe
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<both@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<list@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<nobody@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 553 5.7.1 <nobody@example.test>: Sender address rejected: not owned by user joe
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<any@owned.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 553 5.7.1 <any@owned.test>: Sender address rejected: not owned by user joe
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<any@sub.owned.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 553 5.7.1 <any@sub.owned.test>: Sender address rejected: not owned by user joe
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 553 5.7.1 <joe+ext@example.test>: Sender address rejected: not owned by user joe; from=<joe+ext@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 553 5.7.1 <nobody@example.test>: Sender address rejected: not owned by user joe; from=<nobody@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 553 5.7.1 <any@owned.test>: Sender address rejected: not owned by user joe; from=<any@owned.test> to=<alice@example.test> proto=ESMTP helo=<x>
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 553 5.7.1 <any@sub.owned.test>: Sender address rejected: not owned by user joe; from=<any@sub.owned.test> to=<alice@example.test> proto=ESMTP helo=<x>
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=9 rcpt=5/9 rset=8 quit=1 commands=25/29
'''),
    'mismatch_nobody': ('mismatch', r'''
EHLO x
@mail joe@example.test alice@example.test
RSET
@mail both@example.test alice@example.test
RSET
@mail NONE alice@example.test
RSET
@mail nobody@example.test alice@example.test
RSET
@mail joe+ext@example.test alice@example.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<joe@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 553 5.7.1 <joe@example.test>: Sender address rejected: not logged in
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<both@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 553 5.7.1 <both@example.test>: Sender address rejected: not logged in
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<nobody@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<joe+ext@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 553 5.7.1 <joe@example.test>: Sender address rejected: not logged in; from=<joe@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 553 5.7.1 <both@example.test>: Sender address rejected: not logged in; from=<both@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log QID: client=client.example.org[192.0.2.10]
log QID: client=client.example.org[192.0.2.10]
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 mail=5 rcpt=3/5 rset=4 quit=1 commands=14/16
'''),
    'authenticated_mismatch': ('authmismatch', r'''
EHLO x
@mail joe@example.test alice@example.test
RSET
@plain :joe:secret
@mail joe@example.test alice@example.test
RSET
@mail ann@example.test alice@example.test
RSET
@mail nobody@example.test alice@example.test
RSET
@mail NONE alice@example.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<joe@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<joe@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<ann@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 553 5.7.1 <ann@example.test>: Sender address rejected: not owned by user joe
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<nobody@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 553 5.7.1 <nobody@example.test>: Sender address rejected: not owned by user joe
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log QID: client=client.example.org[192.0.2.10]
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 553 5.7.1 <ann@example.test>: Sender address rejected: not owned by user joe; from=<ann@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 553 5.7.1 <nobody@example.test>: Sender address rejected: not owned by user joe; from=<nobody@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=5 rcpt=3/5 rset=4 quit=1 commands=15/17
'''),
    'known_mismatch': ('knownmismatch', r'''
EHLO x
@mail joe@example.test alice@example.test
RSET
@mail nobody@example.test alice@example.test
RSET
@plain :joe:secret
@mail joe@example.test alice@example.test
RSET
@mail ann@example.test alice@example.test
RSET
@mail nobody@example.test alice@example.test
RSET
@mail NONE alice@example.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<joe@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 553 5.7.1 <joe@example.test>: Sender address rejected: not logged in
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<nobody@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<joe@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<ann@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 553 5.7.1 <ann@example.test>: Sender address rejected: not owned by user joe
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<nobody@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 553 5.7.1 <joe@example.test>: Sender address rejected: not logged in; from=<joe@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log QID: client=client.example.org[192.0.2.10]
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 553 5.7.1 <ann@example.test>: Sender address rejected: not owned by user joe; from=<ann@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=6 rcpt=4/6 rset=5 quit=1 commands=18/20
'''),
    'unauthenticated_mismatch': ('unauthmismatch', r'''
EHLO x
@mail joe@example.test alice@example.test
RSET
@mail nobody@example.test alice@example.test
RSET
@plain :joe:secret
@mail joe@example.test alice@example.test
RSET
@mail ann@example.test alice@example.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<joe@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 553 5.7.1 <joe@example.test>: Sender address rejected: not logged in
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<nobody@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<joe@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<ann@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 553 5.7.1 <joe@example.test>: Sender address rejected: not logged in; from=<joe@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log QID: client=client.example.org[192.0.2.10]
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=4 rcpt=3/4 rset=3 quit=1 commands=13/14
'''),
    'mismatch_table_fails': ('brokenmaps', r'''
EHLO x
@mail joe@example.test alice@example.test
RSET
@plain :joe:secret
@mail joe@example.test alice@example.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<joe@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.0 <joe@example.test>: Temporary lookup failure
> RSET
< 250 2.0.0 Ok
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<joe@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.0 <joe@example.test>: Temporary lookup failure
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log warning: fail:x lookup error for "joe@example.test"
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.0 <joe@example.test>: Temporary lookup failure; from=<joe@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log warning: fail:x lookup error for "joe@example.test"
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.0 <joe@example.test>: Temporary lookup failure; from=<joe@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=2 rcpt=0/2 rset=1 quit=1 commands=6/8
'''),
    'mismatch_without_maps': ('nomaps', r'''
EHLO x
@mail joe@example.test alice@example.test
RSET
@plain :joe:secret
@mail joe@example.test alice@example.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<joe@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<joe@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 553 5.7.1 <joe@example.test>: Sender address rejected: not owned by user joe
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log QID: client=client.example.org[192.0.2.10]
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 553 5.7.1 <joe@example.test>: Sender address rejected: not owned by user joe; from=<joe@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=2 rcpt=1/2 rset=1 quit=1 commands=7/8
'''),
    'access': ('access', r'''
EHLO x
@plain :joe:secret
@mail me@example.test alice@example.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 554 5.7.1 <joe>: SASL login name rejected: not joe
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <joe>: SASL login name rejected: not joe; from=<me@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1 rcpt=0/1 quit=1 commands=4/5
'''),
    'access_case': ('access', r'''
EHLO x
@plain :Joe:big
@mail me@example.test alice@example.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :Joe:big
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 554 5.7.1 <Joe>: SASL login name rejected: not joe
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <Joe>: SASL login name rejected: not joe; from=<me@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1 rcpt=0/1 quit=1 commands=4/5
'''),
    'access_address': ('access', r'''
EHLO x
@plain :user@some.test:at
@mail me@example.test alice@example.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :user@some.test:at
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 450 4.7.1 <user@some.test>: SASL login name rejected: later
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.7.1 <user@some.test>: SASL login name rejected: later; from=<me@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1 rcpt=0/1 quit=1 commands=4/5
'''),
    'access_domain': ('access', r'''
EHLO x
@plain :x@odd.test:odd
@mail me@example.test alice@example.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :x@odd.test:odd
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=x@odd.test
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1 rcpt=1 quit=1 commands=5
'''),
    'access_discard': ('access', r'''
EHLO x
@plain :plus:plus
@mail me@example.test alice@example.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :plus:plus
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log NOQUEUE: discard: RCPT from client.example.org[192.0.2.10]: <plus>: SASL login name triggers DISCARD action; from=<me@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=plus
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1 rcpt=1 quit=1 commands=5
'''),
    'access_hold': ('access', r'''
EHLO x
@plain :hold:hold
@mail me@example.test alice@example.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :hold:hold
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log NOQUEUE: hold: RCPT from client.example.org[192.0.2.10]: <hold>: SASL login name triggers HOLD action; from=<me@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=hold
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1 rcpt=1 quit=1 commands=5
'''),
    'access_nobody': ('access', r'''
EHLO x
@mail me@example.test alice@example.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 mail=1 rcpt=1 quit=1 commands=4
'''),
    'access_fails': ('accessfail', r'''
EHLO x
@mail me@example.test alice@example.test
RSET
@plain :joe:secret
@mail me@example.test alice@example.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 451 4.3.5 <joe>: SASL login name rejected: Server configuration error
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log QID: client=client.example.org[192.0.2.10]
log warning: fail:x lookup error for "joe"
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.3.5 <joe>: SASL login name rejected: Server configuration error; from=<me@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=2 rcpt=1/2 rset=1 quit=1 commands=7/8
'''),
    'in_client': ('inclient', r'''
EHLO x
@mail me@example.test alice@example.test
RSET
@plain :joe:secret
@mail me@example.test alice@example.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 554 5.7.1 <client.example.org[192.0.2.10]>: Client host rejected: Access denied
> RSET
< 250 2.0.0 Ok
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <client.example.org[192.0.2.10]>: Client host rejected: Access denied; from=<me@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=2 rcpt=1/2 rset=1 quit=1 commands=7/8
'''),
    'in_sender': ('insender', r'''
EHLO x
@mail me@example.test alice@example.test
RSET
@plain :joe:secret
@mail me@example.test alice@example.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 554 5.7.1 <me@example.test>: Sender address rejected: Access denied
> RSET
< 250 2.0.0 Ok
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <me@example.test>: Sender address rejected: Access denied; from=<me@example.test> to=<alice@example.test> proto=ESMTP helo=<x>
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=2 rcpt=1/2 rset=1 quit=1 commands=7/8
'''),
    'undelayed': ('delayless', r'''
EHLO x
MAIL FROM:<me@example.test>
@plain :joe:secret
MAIL FROM:<me@example.test>
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<me@example.test>
< 554 5.7.1 <me@example.test>: Sender address rejected: Access denied
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log NOQUEUE: reject: MAIL from client.example.org[192.0.2.10]: 554 5.7.1 <me@example.test>: Sender address rejected: Access denied; from=<me@example.test> proto=ESMTP helo=<x>
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1/2 quit=1 commands=4/5
'''),
    'xclient_login': ('xclient', r'''
EHLO x
XCLIENT LOGIN=joe
EHLO x
@plain :ann:other
@mail me@example.test u@elsewhere.test
XCLIENT LOGIN=[UNAVAILABLE]
RSET
XCLIENT LOGIN=[UNAVAILABLE]
EHLO x
@mail me@example.test u@elsewhere.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> XCLIENT LOGIN=joe
< 220 mx.example.test ESMTP Postfix
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :ann:other
< 503 5.5.1 Error: already authenticated
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 250 2.1.5 Ok
> XCLIENT LOGIN=[UNAVAILABLE]
< 503 5.5.1 Error: MAIL transaction in progress
> RSET
< 250 2.0.0 Ok
> XCLIENT LOGIN=[UNAVAILABLE]
< 220 mx.example.test ESMTP Postfix
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 454 4.7.1 <u@elsewhere.test>: Relay access denied
log QID: client=client.example.org[192.0.2.10], sasl_method=XCLIENT, sasl_username=joe
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 454 4.7.1 <u@elsewhere.test>: Relay access denied; from=<me@example.test> to=<u@elsewhere.test> proto=ESMTP helo=<x>
log disconnect from client.example.org[192.0.2.10] ehlo=3 xclient=0/3 auth=0/1 mail=2 rcpt=1/2 rset=1 quit=1 commands=8/13
'''),
    'xclient_after_login': ('xclient', r'''
EHLO x
@plain :ann:other
XCLIENT NAME=mail.example.org
EHLO x
@mail me@example.test u@elsewhere.test
@plain :joe:secret
@mail me@example.test u@elsewhere.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :ann:other
< 235 2.7.0 Authentication successful
> XCLIENT NAME=mail.example.org
< 220 mx.example.test ESMTP Postfix
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 454 4.7.1 <u@elsewhere.test>: Relay access denied
> @plain :joe:secret
< 503 5.5.1 Error: MAIL transaction in progress
> MAIL FROM:<me@example.test>
< 503 5.5.1 Error: nested MAIL command
> RCPT TO:<u@elsewhere.test>
< 454 4.7.1 <u@elsewhere.test>: Relay access denied
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log NOQUEUE: reject: RCPT from mail.example.org[192.0.2.10]: 454 4.7.1 <u@elsewhere.test>: Relay access denied; from=<me@example.test> to=<u@elsewhere.test> proto=ESMTP helo=<x>
log NOQUEUE: reject: RCPT from mail.example.org[192.0.2.10]: 454 4.7.1 <u@elsewhere.test>: Relay access denied; from=<me@example.test> to=<u@elsewhere.test> proto=ESMTP helo=<x>
log disconnect from mail.example.org[192.0.2.10] ehlo=2 xclient=0/1 auth=1/2 mail=1/2 rcpt=0/2 quit=1 commands=5/10
'''),
    'off_auth': ('offauth', r'''
EHLO x
@mail joe@example.test alice@example.test
RSET
@mail nobody@example.test alice@example.test
''', r'''
> EHLO x
< 250 without AUTH
> MAIL FROM:<joe@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<nobody@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
log warning: restriction `reject_authenticated_sender_login_mismatch' ignored: no SASL support
log QID: client=client.example.org[192.0.2.10]
log warning: restriction `reject_authenticated_sender_login_mismatch' ignored: no SASL support
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 mail=2 rcpt=2 rset=1 quit=1 commands=7
'''),
    'off_unauth': ('offunauth', r'''
EHLO x
@mail joe@example.test alice@example.test
RSET
@mail nobody@example.test alice@example.test
''', r'''
> EHLO x
< 250 without AUTH
> MAIL FROM:<joe@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<nobody@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
log warning: restriction `reject_unauthenticated_sender_login_mismatch' ignored: no SASL support
log QID: client=client.example.org[192.0.2.10]
log warning: restriction `reject_unauthenticated_sender_login_mismatch' ignored: no SASL support
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 mail=2 rcpt=2 rset=1 quit=1 commands=7
'''),
    'off_known': ('offknown', r'''
EHLO x
@mail joe@example.test alice@example.test
RSET
@mail nobody@example.test alice@example.test
''', r'''
> EHLO x
< 250 without AUTH
> MAIL FROM:<joe@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<nobody@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
log warning: restriction `reject_known_sender_login_mismatch' ignored: no SASL support
log QID: client=client.example.org[192.0.2.10]
log warning: restriction `reject_known_sender_login_mismatch' ignored: no SASL support
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 mail=2 rcpt=2 rset=1 quit=1 commands=7
'''),
    'off_others': ('offothers', r'''
EHLO x
@mail joe@example.test alice@example.test
RSET
@mail nobody@example.test alice@example.test
''', r'''
> EHLO x
< 250 without AUTH
> MAIL FROM:<joe@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<nobody@example.test>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
log warning: restriction `check_sasl_access' ignored: no SASL support
log QID: client=client.example.org[192.0.2.10]
log warning: restriction `check_sasl_access' ignored: no SASL support
log QID: client=client.example.org[192.0.2.10]
log disconnect from client.example.org[192.0.2.10] ehlo=1 mail=2 rcpt=2 rset=1 quit=1 commands=7
'''),
    'long_commands': ('usual', r'''
EHLO x
@longword NOOP 2041
@longword NOOP 2042
@longword NOOP 2043
@longword NOOP 2044
@longword NOOP 3000
@longword MAIL 3000
@longword NOOP 12000
NOOP
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @longword NOOP 2041
< 250 2.0.0 Ok
> @longword NOOP 2042
< 250 2.0.0 Ok
> @longword NOOP 2043
< 250 2.0.0 Ok
> @longword NOOP 2044
< 250 2.0.0 Ok
> @longword NOOP 3000
< 250 2.0.0 Ok
> @longword MAIL 3000
< 501 5.5.4 Syntax: MAIL FROM:<address>
> @longword NOOP 12000
< 250 2.0.0 Ok
> NOOP
< 250 2.0.0 Ok
log warning: client.example.org[192.0.2.10]: request longer than 2048: NOOP xxxxxxxxxxxxxxxxxxxxxxxxx...
log warning: client.example.org[192.0.2.10]: request longer than 2048: NOOP xxxxxxxxxxxxxxxxxxxxxxxxx...
log warning: client.example.org[192.0.2.10]: request longer than 2048: NOOP xxxxxxxxxxxxxxxxxxxxxxxxx...
log warning: client.example.org[192.0.2.10]: request longer than 2048: MAIL xxxxxxxxxxxxxxxxxxxxxxxxx...
log warning: client.example.org[192.0.2.10]: request longer than 2048: NOOP xxxxxxxxxxxxxxxxxxxxxxxxx...
log disconnect from client.example.org[192.0.2.10] ehlo=1 mail=0/1 noop=7 quit=1 commands=9/10
'''),
    'auth_rate': ('authrate', r'''
EHLO x
@plain :joe:wrong
@plain :joe:secret
NOOP
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:wrong
< 535 5.7.8 Error: authentication failed: (reason unavailable)
> @plain :joe:secret
< 450 4.7.1 Error: too many AUTH commands from 192.0.2.10
> NOOP
< 250 2.0.0 Ok
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=joe
log warning: AUTH command rate limit exceeded: 2 from client.example.org[192.0.2.10] for service HERE
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/2 noop=1 quit=1 commands=3/5
'''),
    'auth_rate_exempt': ('authrateexempt', r'''
EHLO x
@plain :joe:wrong
@plain :joe:secret
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:wrong
< 535 5.7.8 Error: authentication failed: (reason unavailable)
> @plain :joe:secret
< 235 2.7.0 Authentication successful
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=joe
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1/2 quit=1 commands=3/4
'''),
    'helo_required': ('helorequired', r'''
@plain :joe:secret
EHLO x
@plain :joe:secret
''', r'''
> @plain :joe:secret
< 503 5.5.1 Error: send HELO/EHLO first
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:secret
< 235 2.7.0 Authentication successful
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1/2 quit=1 commands=3/4
'''),
    'noop_command': ('noopauth', r'''
EHLO x
AUTH PLAIN x
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN x
< 250 2.0.0 Ok
log disconnect from client.example.org[192.0.2.10] ehlo=1 quit=1 commands=2
'''),
    'forbidden_command': ('forbidden', r'''
EHLO x
@plain :joe:secret
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5
> @plain :joe:secret
< 235 2.7.0 Authentication successful
? lip=127.0.0.1 mech=PLAIN nologin= rip=192.0.2.10 service=smtp
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 quit=1 commands=3
'''),
}
CYRUS_ROWS = {
    'offered': ('usual', r'''
EHLO x
HELO x
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> HELO x
< 250 mx.example.test
log disconnect from client.example.org[192.0.2.10] helo=1 ehlo=1 quit=1 commands=3
'''),
    'plain': ('usual', r'''
EHLO x
@plain :joe@mx.example.test:secret
@mail me@example.test u@elsewhere.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> @plain :joe@mx.example.test:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 250 2.1.5 Ok
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe@mx.example.test
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1 rcpt=1 quit=1 commands=5
'''),
    'plain_without_domain': ('usual', r'''
EHLO x
@plain :joe:secret
@mail me@example.test u@elsewhere.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 250 2.1.5 Ok
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe@mx.example.test
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1 rcpt=1 quit=1 commands=5
'''),
    'plain_other_domain': ('usual', r'''
EHLO x
@plain :ann@other.test:other
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> @plain :ann@other.test:other
< 235 2.7.0 Authentication successful
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 quit=1 commands=3
'''),
    'plain_wrong': ('usual', r'''
EHLO x
@plain :joe@mx.example.test:wrong
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> @plain :joe@mx.example.test:wrong
< 535 5.7.8 Error: authentication failed: authentication failure
log warning: SASL authentication failure: Password verification failed
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: authentication failure, sasl_username=joe@mx.example.test
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 quit=1 commands=2/3
'''),
    'plain_no_user': ('usual', r'''
EHLO x
@plain :nobody@mx.example.test:wrong
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> @plain :nobody@mx.example.test:wrong
< 535 5.7.8 Error: authentication failed: authentication failure
log warning: SASL authentication failure: Password verification failed
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: authentication failure, sasl_username=nobody@mx.example.test
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 quit=1 commands=2/3
'''),
    'plain_authorization': ('usual', r'''
EHLO x
@plain ann@other.test:joe@mx.example.test:secret
@plain joe@mx.example.test:joe@mx.example.test:secret
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> @plain ann@other.test:joe@mx.example.test:secret
< 535 5.7.8 Error: authentication failed: authentication failure
> @plain joe@mx.example.test:joe@mx.example.test:secret
< 235 2.7.0 Authentication successful
log warning: SASL authentication failure: Requested identity not authenticated identity
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: authentication failure, sasl_username=ann@other.test
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1/2 quit=1 commands=3/4
'''),
    'plain_nonsense': ('usual', r'''
EHLO x
AUTH PLAIN eA==
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> AUTH PLAIN eA==
< 535 5.7.8 Error: authentication failed: bad protocol / cancel
log warning: SASL authentication failure: Can only find author (no password)
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: bad protocol / cancel, sasl_username=(unavailable)
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 quit=1 commands=2/3
'''),
    'plain_later': ('usual', r'''
EHLO x
AUTH PLAIN
*
AUTH PLAIN
NOOP
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> AUTH PLAIN
< 334 
> *
< 501 5.7.0 Authentication aborted
> AUTH PLAIN
< 334 
> NOOP
< 535 5.7.8 Error: authentication failed: bad protocol / cancel
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication aborted
log warning: SASL authentication failure: Can only find author (no password)
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: bad protocol / cancel, sasl_username=(unavailable)
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/2 quit=1 commands=2/4
'''),
    'bad_base64': ('usual', r'''
EHLO x
AUTH PLAIN !!!!
AUTH PLAIN
!!!!
NOOP
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> AUTH PLAIN !!!!
< 535 5.7.8 Error: authentication failed: bad protocol / cancel
> AUTH PLAIN
< 334 
> !!!!
< 535 5.7.8 Error: authentication failed: bad protocol / cancel
> NOOP
< 250 2.0.0 Ok
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: bad protocol / cancel, sasl_username=(unavailable)
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: bad protocol / cancel, sasl_username=(unavailable)
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/2 noop=1 quit=1 commands=3/5
'''),
    'login': ('usual', r'''
EHLO x
AUTH LOGIN
@b64 joe@mx.example.test
@b64 secret
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> AUTH LOGIN
< 334 VXNlcm5hbWU6
> @b64 joe@mx.example.test
< 334 UGFzc3dvcmQ6
> @b64 secret
< 235 2.7.0 Authentication successful
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 quit=1 commands=3
'''),
    'login_wrong': ('usual', r'''
EHLO x
AUTH LOGIN
@b64 joe@mx.example.test
@b64 wrong
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> AUTH LOGIN
< 334 VXNlcm5hbWU6
> @b64 joe@mx.example.test
< 334 UGFzc3dvcmQ6
> @b64 wrong
< 535 5.7.8 Error: authentication failed: authentication failure
log warning: client.example.org[192.0.2.10]: SASL LOGIN authentication failed: authentication failure, sasl_username=joe@mx.example.test
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 quit=1 commands=2/3
'''),
    'login_initial': ('usual', r'''
EHLO x
AUTH LOGIN am9lQG14LmV4YW1wbGUudGVzdA==
@b64 secret
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> AUTH LOGIN am9lQG14LmV4YW1wbGUudGVzdA==
< 334 UGFzc3dvcmQ6
> @b64 secret
< 235 2.7.0 Authentication successful
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 quit=1 commands=3
'''),
    'login_cancelled': ('usual', r'''
EHLO x
AUTH LOGIN
@b64 joe
*
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> AUTH LOGIN
< 334 VXNlcm5hbWU6
> @b64 joe
< 334 UGFzc3dvcmQ6
> *
< 501 5.7.0 Authentication aborted
log warning: client.example.org[192.0.2.10]: SASL LOGIN authentication aborted
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 quit=1 commands=2/3
'''),
    'cram_wrong_form': ('usual', r'''
EHLO x
AUTH CRAM-MD5
@b64 nonsense
NOOP
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> AUTH CRAM-MD5
< 334 CHALLENGE
> @b64 nonsense
< 535 5.7.8 Error: authentication failed: bad protocol / cancel
> NOOP
< 250 2.0.0 Ok
log warning: SASL authentication failure: need authentication name
log warning: client.example.org[192.0.2.10]: SASL CRAM-MD5 authentication failed: bad protocol / cancel, sasl_username=(unavailable)
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 noop=1 quit=1 commands=3/4
'''),
    'cram_initial': ('usual', r'''
EHLO x
AUTH CRAM-MD5 am9l
NOOP
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> AUTH CRAM-MD5 am9l
< 535 5.7.8 Error: authentication failed: bad protocol / cancel
> NOOP
< 250 2.0.0 Ok
log warning: SASL authentication failure: Remote sent first but mech does not allow it.
log warning: client.example.org[192.0.2.10]: SASL CRAM-MD5 authentication failed: bad protocol / cancel, sasl_username=(unavailable)
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 noop=1 quit=1 commands=3/4
'''),
    'digest_nonsense': ('usual', r'''
EHLO x
AUTH DIGEST-MD5 am9l
NOOP
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> AUTH DIGEST-MD5 am9l
< 334 CHALLENGE
> NOOP
< 535 5.7.8 Error: authentication failed: authentication failure
log warning: SASL authentication failure: Parse error
log warning: client.example.org[192.0.2.10]: SASL DIGEST-MD5 authentication failed: authentication failure, sasl_username=(unavailable)
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 quit=1 commands=2/3
'''),
    'unknown': ('usual', r'''
EHLO x
AUTH FOO
AUTH SCRAM-SHA-256
AUTH GSSAPI
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> AUTH FOO
< 535 5.7.8 Error: authentication failed: no mechanism available
> AUTH SCRAM-SHA-256
< 535 5.7.8 Error: authentication failed: no mechanism available
> AUTH GSSAPI
< 535 5.7.8 Error: authentication failed: no mechanism available
log warning: SASL authentication failure: Couldn't find mech FOO
log warning: client.example.org[192.0.2.10]: SASL FOO authentication failed: no mechanism available, sasl_username=(unavailable)
log warning: SASL authentication failure: Couldn't find mech SCRAM-SHA-256
log warning: client.example.org[192.0.2.10]: SASL SCRAM-SHA-256 authentication failed: no mechanism available, sasl_username=(unavailable)
log warning: SASL authentication failure: Couldn't find mech GSSAPI
log warning: client.example.org[192.0.2.10]: SASL GSSAPI authentication failed: no mechanism available, sasl_username=(unavailable)
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/3 quit=1 commands=2/5
'''),
    'lower': ('usual', r'''
EHLO x
auth plain
*
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> auth plain
< 334 
> *
< 501 5.7.0 Authentication aborted
log warning: client.example.org[192.0.2.10]: SASL plain authentication aborted
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 quit=1 commands=2/3
'''),
    'extra_words': ('usual', r'''
EHLO x
AUTH PLAIN AGpvZQBzZWNyZXQ= more
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> AUTH PLAIN AGpvZQBzZWNyZXQ= more
< 501 5.5.4 Syntax: AUTH mechanism
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 quit=1 commands=2/3
'''),
    'broken': ('broken', r'''
EHLO x
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
< 250-AUTH=PLAIN LOGIN CRAM-MD5 DIGEST-MD5
log disconnect from client.example.org[192.0.2.10] ehlo=1 quit=1 commands=2
'''),
    'filter': ('filter', r'''
EHLO x
AUTH LOGIN
*
''', r'''
> EHLO x
< 250-AUTH PLAIN CRAM-MD5
> AUTH LOGIN
< 334 VXNlcm5hbWU6
> *
< 501 5.7.0 Authentication aborted
log warning: client.example.org[192.0.2.10]: SASL LOGIN authentication aborted
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 quit=1 commands=2/3
'''),
    'no_plaintext': ('noplain', r'''
EHLO x
@plain :joe@mx.example.test:secret
AUTH LOGIN
*
''', r'''
> EHLO x
< 250-AUTH CRAM-MD5 DIGEST-MD5
> @plain :joe@mx.example.test:secret
< 535 5.7.8 Error: authentication failed: encryption needed to use mechanism
> AUTH LOGIN
< 535 5.7.8 Error: authentication failed: encryption needed to use mechanism
> *
< 221 2.7.0 Error: I can break rules, too. Goodbye.
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: encryption needed to use mechanism, sasl_username=(unavailable)
log warning: client.example.org[192.0.2.10]: SASL LOGIN authentication failed: encryption needed to use mechanism, sasl_username=(unavailable)
log warning: non-SMTP command from client.example.org[192.0.2.10]: *
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/2 unknown=0/1 commands=1/4
'''),
    'tls_options': ('tlsoptions', r'''
EHLO x
@plain :joe@mx.example.test:secret
@tls
EHLO x
@plain :joe@mx.example.test:secret
''', r'''
> EHLO x
< 250-AUTH CRAM-MD5 DIGEST-MD5
> @plain :joe@mx.example.test:secret
< 535 5.7.8 Error: authentication failed: encryption needed to use mechanism
> STARTTLS
< 220 2.0.0 Ready to start TLS
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> @plain :joe@mx.example.test:secret
< 235 2.7.0 Authentication successful
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: encryption needed to use mechanism, sasl_username=(unavailable)
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 auth=1/2 quit=1 commands=5/6
'''),
    'no_realm': ('norealm', r'''
EHLO x
@plain :joe:secret
@plain :joe@mx.example.test:secret
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> @plain :joe:secret
< 235 2.7.0 Authentication successful
> @plain :joe@mx.example.test:secret
< 503 5.5.1 Error: already authenticated
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1/2 quit=1 commands=3/4
'''),
    'host_realm': ('hostrealm', r'''
EHLO x
@plain :joe:secret
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> @plain :joe:secret
< 235 2.7.0 Authentication successful
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 quit=1 commands=3
'''),
    'other_realm': ('otherrealm', r'''
EHLO x
@plain :ann:other
@mail me@example.test u@elsewhere.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> @plain :ann:other
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 250 2.1.5 Ok
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=ann@other.test
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1 rcpt=1 quit=1 commands=5
'''),
    'other_realm_stranger': ('otherrealm', r'''
EHLO x
@plain :joe:secret
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> @plain :joe:secret
< 535 5.7.8 Error: authentication failed: authentication failure
log warning: SASL authentication failure: Password verification failed
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: authentication failure, sasl_username=joe@other.test
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 quit=1 commands=2/3
'''),
    'header': ('header', r'''
EHLO x
@plain :joe@mx.example.test:secret
@mail me@example.test u@elsewhere.test
@data
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> @plain :joe@mx.example.test:secret
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
< 250 2.0.0 Ok: queued as QID
= from x (client.example.org [192.0.2.10])
= 	(Authenticated sender: joe@mx.example.test)
= 	by mx.example.test (Postfix) with ESMTPA
log QID: client=client.example.org[192.0.2.10], sasl_method=PLAIN, sasl_username=joe@mx.example.test
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=6
'''),
    'scram': ('scram', r'''
EHLO x
AUTH SCRAM-SHA-256
@b64 nonsense
NOOP
''', r'''
> EHLO x
< 250-AUTH SCRAM-SHA-1 SCRAM-SHA-256
> AUTH SCRAM-SHA-256
< 334 
> @b64 nonsense
< 535 5.7.8 Error: authentication failed: bad protocol / cancel
> NOOP
< 250 2.0.0 Ok
log warning: SASL authentication failure: Invalid SCRAM-SHA-256 input
log warning: client.example.org[192.0.2.10]: SASL SCRAM-SHA-256 authentication failed: bad protocol / cancel, sasl_username=(unavailable)
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 noop=1 quit=1 commands=3/4
'''),
    'anonymous': ('anonymous', r'''
EHLO x
AUTH ANONYMOUS am9l
''', r'''
> EHLO x
< 250-AUTH PLAIN
> AUTH ANONYMOUS am9l
< 535 5.7.8 Error: authentication failed: no mechanism available
log warning: client.example.org[192.0.2.10]: SASL ANONYMOUS authentication failed: no mechanism available, sasl_username=(unavailable)
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 quit=1 commands=2/3
'''),
    'anonymous_allowed': ('anonymousok', r'''
EHLO x
AUTH ANONYMOUS am9l
@mail me@example.test u@elsewhere.test
''', r'''
> EHLO x
< 250-AUTH ANONYMOUS PLAIN
> AUTH ANONYMOUS am9l
< 235 2.7.0 Authentication successful
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 454 4.7.1 <u@elsewhere.test>: Relay access denied
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 454 4.7.1 <u@elsewhere.test>: Relay access denied; from=<me@example.test> to=<u@elsewhere.test> proto=ESMTP helo=<x>
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 mail=1 rcpt=0/1 quit=1 commands=4/5
'''),
    'limit': ('limit', r'''
EHLO x
AUTH PLAIN
@long 12288
NOOP
AUTH PLAIN
@long 12284
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> AUTH PLAIN
< 334 
> @long 12288
< 500 5.5.6 SASL response limit exceeded
> NOOP
< 250 2.0.0 Ok
> AUTH PLAIN
< 334 
> @long 12284
< 535 5.7.8 Error: authentication failed: authentication failure
log warning: client.example.org[192.0.2.10]: request longer than 12288: AGpvZQBzc3Nzc3Nzc3Nzc3Nzc3Nzc3...
log warning: SASL authentication failure: Password verification failed
log warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: authentication failure, sasl_username=joe@mx.example.test
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/2 noop=1 quit=1 commands=3/5
'''),
    'exempt': ('exempt', r'''
EHLO x
@plain :joe@mx.example.test:secret
''', r'''
> EHLO x
< 250 without AUTH
> @plain :joe@mx.example.test:secret
< 235 2.7.0 Authentication successful
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 quit=1 commands=3
'''),
    'twice': ('usual', r'''
EHLO x
@plain :joe@mx.example.test:secret
@plain :joe@mx.example.test:secret
AUTH
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> @plain :joe@mx.example.test:secret
< 235 2.7.0 Authentication successful
> @plain :joe@mx.example.test:secret
< 503 5.5.1 Error: already authenticated
> AUTH
< 503 5.5.1 Error: already authenticated
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1/3 quit=1 commands=3/5
'''),
    'in_transaction': ('usual', r'''
EHLO x
MAIL FROM:<a@example.test>
@plain :joe@mx.example.test:secret
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> MAIL FROM:<a@example.test>
< 250 2.1.0 Ok
> @plain :joe@mx.example.test:secret
< 503 5.5.1 Error: MAIL transaction in progress
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=0/1 mail=1 quit=1 commands=3/4
'''),
    'tls_forgets': ('usual', r'''
EHLO x
@plain :joe@mx.example.test:secret
@tls
EHLO x
@mail me@example.test u@elsewhere.test
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> @plain :joe@mx.example.test:secret
< 235 2.7.0 Authentication successful
> STARTTLS
< 220 2.0.0 Ready to start TLS
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> MAIL FROM:<me@example.test>
< 250 2.1.0 Ok
> RCPT TO:<u@elsewhere.test>
< 454 4.7.1 <u@elsewhere.test>: Relay access denied
log NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 454 4.7.1 <u@elsewhere.test>: Relay access denied; from=<me@example.test> to=<u@elsewhere.test> proto=ESMTP helo=<x>
log disconnect from client.example.org[192.0.2.10] ehlo=2 starttls=1 auth=1 mail=1 rcpt=0/1 quit=1 commands=6/7
'''),
    'service': ('service', r'''
EHLO x
@plain :joe@mx.example.test:secret
''', r'''
> EHLO x
< 250-AUTH PLAIN LOGIN CRAM-MD5 DIGEST-MD5
> @plain :joe@mx.example.test:secret
< 235 2.7.0 Authentication successful
log disconnect from client.example.org[192.0.2.10] ehlo=1 auth=1 quit=1 commands=3
'''),
}


class Script:
    """Plays one row and writes down what is said."""

    def __init__(self, case, service):
        self.case, self.service, self.out = case, service, []
        self.src, self.client = "192.0.2.10", None

    def open(self):
        if self.client is None:
            self.client = self.case.inst.smtp(self.case.port[self.service], self.src)
            self.client.greet()
        return self.client

    def say(self, line, wire=None, only=None):
        reply = self.open().cmd(line if wire is None else wire)
        lines = str(reply).splitlines()
        if line[:4].upper() in ("EHLO",) and reply.code == 250:
            lines = [one for one in lines if "AUTH" in one] or ["250 without AUTH"]
        self.out += ["> " + line] + ["< " + one for one in lines]
        self.last = reply

    def do_from(self, src):
        self.src = src

    def do_pipe(self, text):
        self.open().send(text.replace("|", "\r\n") + "\r\n")
        self.out.append("> " + text)
        for _ in text.split("|"):
            self.out += ["< " + one for one in str(self.client.reply()).splitlines()]

    def do_plain(self, text):
        who, user, password = text.split(":")
        self.say("@plain " + text, "AUTH PLAIN " + base64.b64encode(("%s\0%s\0%s" % (who, user, password)).encode()).decode())

    def do_b64(self, text):
        self.say("@b64 " + text, base64.b64encode(text.encode()).decode())

    def do_long(self, text):
        """An answer of so many characters, after other words."""
        words, _, size = text.rpartition(" ")
        answer = base64.b64encode(b"\0joe\0" + b"s" * int(size))[:int(size)].decode()
        self.say("@long " + text, (words + " " if words else "") + answer)

    def do_longword(self, text):
        """A command with so many letters after it."""
        word, size = text.split()
        self.say("@longword " + text, word + " " + "x" * int(size))

    def do_cram(self, text):
        user, password = text.split(":")
        challenge = base64.b64decode(self.last.text)
        digest = hmac.new(password.encode(), challenge, hashlib.md5).hexdigest()
        self.say("@cram " + text, base64.b64encode(("%s %s" % (user, digest)).encode()).decode())

    def do_tls(self, _):
        self.say("STARTTLS")
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        self.client.wrap(context)

    def do_mail(self, text):
        """MAIL and RCPT."""
        sender, recipient = text.split()
        self.say("MAIL FROM:<%s>" % sender.replace("NONE", ""))
        self.say("RCPT TO:<%s>" % recipient)

    def do_data(self, _):
        """A message, and the Received header that the next hop gets."""
        token = self.case.token()
        self.say("DATA")
        self.client.send("Subject: %s\r\n\r\nhello\r\n.\r\n" % token)
        self.out.append("< " + re.sub(r"queued as \w+", "queued as QID", str(self.client.reply())))
        received = self.case.at_sink(token).header("Received")
        received = re.sub(r" id \w+|;.*|\n\tfor .*", "", received, flags=re.S)
        self.out += ["= " + line for line in received.splitlines()]

    def play(self, script):
        for line in script.strip().splitlines():
            word, _, rest = line.strip().partition(" ")
            if word.startswith("@"):
                getattr(self, "do_" + word[1:])(rest)
            else:
                self.say(line.strip())
            if self.client is not None and self.out and self.out[-1].endswith("connection closed"):
                return
        if self.client is not None:
            with contextlib.suppress(OSError):  # it may have sent us away
                self.client.line("QUIT")
                self.client.reply()


class Played(Group):
    """Each of `rows` is a case."""
    area = "sasl"
    cost = 40
    rows = {}

    def __init_subclass__(cls):
        for name in cls.rows:
            setattr(cls, "test_" + name, cls.case_of(name))

    @staticmethod
    def case_of(name):
        return lambda self: self.look(name)

    def requests(self):
        """What the authentication server was asked."""
        return []

    def observed(self, name):
        service, script, _ = self.rows[name]
        play = Script(self, service)
        asked = len(self.requests())
        play.play(script)
        if play.client is not None:
            self.log(r"(?s)(disconnect from.*){%d}" % (1 + play.out.count("-- again")))
        for request in self.requests()[asked:]:
            play.out.append("? " + " ".join("%s=%s" % (k, v) for k, v in sorted(request.items()) if k in (
                "service", "mech", "rip", "lip", "secured", "nologin")))
        for line in self.inst.log_text(self.since).splitlines():
            m = re.search(r" postfix/(?:\S+/)?smtpd\[\d+\]: (.*)$", line)
            if m and not re.search(r"^connect from|TLS connection established", m.group(1)):
                play.out.append("log " + re.sub(r"\b[0-9A-F]{7,}\b", "QID", m.group(1)))
        text = "\n".join(play.out)
        # Newer releases end the line of a refusal with the name of who has logged in.
        text = re.sub(r"(helo=<[^>]*>)(?: sasl_\w+=\S+)+$", r"\1", text, flags=re.M)
        text = re.sub(r"^< 334 \S{25,}$", "< 334 CHALLENGE", text, flags=re.M)
        text = re.sub(r"for service \S+", "for service HERE", text)
        return text.replace("Postrider", "Postfix").replace(self.inst.dir, "DIR")

    def look(self, name):
        observed = self.observed(name)
        if os.environ.get("RECORD"):
            with open(os.environ["RECORD"], "a") as f:
                f.write(repr((("cyrus " if "cyrus" in self.main else "") + name, observed)) + "\n")
        self.eq(observed, self.rows[name][2].strip("\n"), "dialogue and log")

    def teardown(self):
        self.inst.purge()


class Dialogues(Played):
    rows = ROWS
    main = COMMON + OWNERS + """
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = @DIR@/auth.sock
smtpd_error_sleep_time = 0
smtpd_tls_security_level = may
smtpd_tls_chain_files = @TLS@/server.pem
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination
mynetworks = 127.0.0.0/8
"""
    services = SERVICES

    def prepare(self):
        self.auth = self.keep(DovecotAuth(
            self.path("auth.sock"), {"joe": "secret", "ann": "other", "Joe": "big", "user@some.test": "at", "x@odd.test": "odd",
                                     "a (comment) \"quoted\"": "odd", "plus": "plus", "hold": "hold"},
            mechs=("PLAIN", "LOGIN", "CRAM-MD5", "ANONYMOUS"), tempfail=("busy",)))

    def requests(self):
        return self.auth.requests


class CyrusDialogues(Played):
    rows = CYRUS_ROWS
    needs = ("saslpasswd2",)
    main = COMMON + """
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = cyrus
smtpd_sasl_path = smtpd
cyrus_sasl_config_path = $config_directory/sasl
smtpd_sasl_local_domain = mx.example.test
smtpd_error_sleep_time = 0
smtpd_tls_security_level = may
smtpd_tls_chain_files = @TLS@/server.pem
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination
mynetworks = 127.0.0.0/8
"""
    services = CYRUS_SERVICES
    files = {"sasl/%s.conf" % name: "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nsasldb_path: @DIR@/sasldb2\n"
             "mech_list: %s\nlog_level: 1\n" % names for name, names in (
                 ("smtpd", "PLAIN LOGIN CRAM-MD5 DIGEST-MD5"), ("scram", "SCRAM-SHA-1 SCRAM-SHA-256"),
                 ("anonymous", "ANONYMOUS PLAIN"))}

    def prepare(self):
        database = self.path("sasldb2")
        for user, domain, password in (("joe", "mx.example.test", "secret"), ("ann", "other.test", "other")):
            subprocess.run(["saslpasswd2", "-p", "-c", "-f", database, "-u", domain, user], input=password.encode(),
                           check=True)
        owner = pwd.getpwnam(self.worker.suite.defaults.get("mail_owner", "postfix"))
        os.chown(database, owner.pw_uid, owner.pw_gid)
        os.chmod(database, 0o640)
