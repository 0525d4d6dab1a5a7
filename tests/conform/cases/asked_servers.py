"""What asked servers may say: policy servers and Dovecot's authentication, answer by answer, and what becomes of it."""
from harness import Group, ScriptedDovecot, ScriptedPolicy


class Asked(Group):
    """Scripts in which `answers` tells the `server` what to say."""
    area = "smtpd-asked"
    cost = 8
    src = "192.0.2.10"

    def prepare(self):
        self.server = self.keep(self.make(self.path("server.sock")))

    def run_case(self, name):
        self.server.play("")
        self.server.answers = []
        super().run_case(name)

    def op_answers(self, text):
        self.server.play(text)


class PolicyAnswers(Asked):
    make = ScriptedPolicy
    main = """
smtpd_error_sleep_time = 0
smtpd_recipient_restrictions = check_policy_service unix:@DIR@/server.sock
smtpd_policy_service_timeout = 2s
smtpd_policy_service_retry_delay = 1s
"""
    scripts = r"""
== drop-once
answers DROP || action=DUNNO\n\n
try bob@example.net alice@example.test => 250 2.1.5
== drop-twice
answers DROP || DROP
try bob@example.net alice@example.test => 451 4.3.5 ~Server configuration problem
log NOQUEUE: reject: RCPT from client\.example\.org\[192\.0\.2\.10\]: 451 4\.3\.5 <alice@example\.test>: Recipient address rejected: Server configuration problem; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== hang-once
answers HANG || action=DUNNO\n\n
try bob@example.net alice@example.test => 250 2.1.5
== reply-noaction
answers foo=bar\n\n || action=DUNNO\n\n
try bob@example.net alice@example.test => 250 2.1.5
== reply-empty
answers \n || \n
try bob@example.net alice@example.test => 451 4.3.5 ~Server configuration problem
log NOQUEUE: reject: RCPT from client\.example\.org\[192\.0\.2\.10\]: 451 4\.3\.5 <alice@example\.test>: Recipient address rejected: Server configuration problem; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== reply-garbage
answers garbage\n\n || garbage\n\n
try bob@example.net alice@example.test => 451 4.3.5 ~Server configuration problem
log NOQUEUE: reject: RCPT from client\.example\.org\[192\.0\.2\.10\]: 451 4\.3\.5 <alice@example\.test>: Recipient address rejected: Server configuration problem; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== reply-extra
answers foo=bar\naction=DUNNO\nbaz=1\n\n
try bob@example.net alice@example.test => 250 2.1.5
== reply-two
answers action=DUNNO\naction=REJECT\n\n
try bob@example.net alice@example.test => 250 2.1.5
== reply-space
answers action = REJECT foo\n\n || action = REJECT foo\n\n
try bob@example.net alice@example.test => 451 4.3.5 ~Server configuration problem
log NOQUEUE: reject: RCPT from client\.example\.org\[192\.0\.2\.10\]: 451 4\.3\.5 <alice@example\.test>: Recipient address rejected: Server configuration problem; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== reply-emptyaction
answers action=\n\n
try bob@example.net alice@example.test => 250 2.1.5
== reply-case
answers ACTION=REJECT\n\n || ACTION=REJECT\n\n
try bob@example.net alice@example.test => 451 4.3.5 ~Server configuration problem
log NOQUEUE: reject: RCPT from client\.example\.org\[192\.0\.2\.10\]: 451 4\.3\.5 <alice@example\.test>: Recipient address rejected: Server configuration problem; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== act-digits
answers action=1234\n\n
try bob@example.net alice@example.test => 250 2.1.5
== act-relay
answers action=RELAY\n\n
try bob@example.net alice@example.test => 250 2.1.5
== act-reject
answers action=REJECT\n\n
try bob@example.net alice@example.test => 554 5.7.1 ~Access denied
log NOQUEUE: reject: RCPT from client\.example\.org\[192\.0\.2\.10\]: 554 5\.7\.1 <alice@example\.test>: Recipient address rejected: Access denied; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== act-rejectdsn
answers action=REJECT 4.9.9 odd\n\n
try bob@example.net alice@example.test => 554 5.9.9 ~odd
log NOQUEUE: reject: RCPT from client\.example\.org\[192\.0\.2\.10\]: 554 5\.9\.9 <alice@example\.test>: Recipient address rejected: odd; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== act-defer
answers action=DEFER\n\n
try bob@example.net alice@example.test => 450 4.7.1 ~Access denied
log NOQUEUE: reject: RCPT from client\.example\.org\[192\.0\.2\.10\]: 450 4\.7\.1 <alice@example\.test>: Recipient address rejected: Access denied; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== act-defertext
answers action=DEFER 4.2.0 later\n\n
try bob@example.net alice@example.test => 450 4.2.0 ~later
log NOQUEUE: reject: RCPT from client\.example\.org\[192\.0\.2\.10\]: 450 4\.2\.0 <alice@example\.test>: Recipient address rejected: later; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== act-dip
answers action=DEFER_IF_PERMIT\n\n
try bob@example.net alice@example.test => 450 4.7.1 ~Service unavailable
log NOQUEUE: reject: RCPT from client\.example\.org\[192\.0\.2\.10\]: 450 4\.7\.1 <alice@example\.test>: Recipient address rejected: Service unavailable; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== act-450bare
answers action=450\n\n
try bob@example.net alice@example.test => 250 2.1.5
== act-299
answers action=299 foo\n\n
try bob@example.net alice@example.test => 451 4.3.5 ~Server configuration error
log warning: unknown smtpd restriction: "299"
log NOQUEUE: reject: RCPT from client\.example\.org\[192\.0\.2\.10\]: 451 4\.3\.5 Server configuration error; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== act-600
answers action=600 foo\n\n
try bob@example.net alice@example.test => 451 4.3.5 ~Server configuration error
log warning: unknown smtpd restriction: "600"
log NOQUEUE: reject: RCPT from client\.example\.org\[192\.0\.2\.10\]: 451 4\.3\.5 Server configuration error; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== act-hold
answers action=HOLD held\n\n
try bob@example.net alice@example.test => 250 2.1.5
log NOQUEUE: hold: RCPT from client\.example\.org\[192\.0\.2\.10\]: <alice@example\.test>: Recipient address held; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== act-holdbare
answers action=HOLD\n\n
try bob@example.net alice@example.test => 250 2.1.5
log NOQUEUE: hold: RCPT from client\.example\.org\[192\.0\.2\.10\]: <alice@example\.test>: Recipient address triggers HOLD action; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== act-warn
answers action=WARN ww\n\n
try bob@example.net alice@example.test => 250 2.1.5
log NOQUEUE: warn: RCPT from client\.example\.org\[192\.0\.2\.10\]: ww; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== act-warnbare
answers action=WARN\n\n
try bob@example.net alice@example.test => 250 2.1.5
log NOQUEUE: warn: RCPT from client\.example\.org\[192\.0\.2\.10\]: ; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== act-info
answers action=INFO ii\n\n
try bob@example.net alice@example.test => 250 2.1.5
log NOQUEUE: info: RCPT from client\.example\.org\[192\.0\.2\.10\]: ii; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== act-prepend-bad
answers action=PREPEND foo\n\n
try bob@example.net alice@example.test => 250 2.1.5
== act-prepend-empty
answers action=PREPEND\n\n
try bob@example.net alice@example.test => 250 2.1.5
== act-redirect
answers action=REDIRECT carol@example.test\n\n
try bob@example.net alice@example.test => 250 2.1.5
log NOQUEUE: redirect: RCPT from client\.example\.org\[192\.0\.2\.10\]: <alice@example\.test>: Recipient address triggers REDIRECT carol@example\.test; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== act-redirect-bad
answers action=REDIRECT carol\n\n
try bob@example.net alice@example.test => 250 2.1.5
== act-filter
answers action=FILTER discard:x\n\n
try bob@example.net alice@example.test => 250 2.1.5
log NOQUEUE: filter: RCPT from client\.example\.org\[192\.0\.2\.10\]: <alice@example\.test>: Recipient address triggers FILTER discard:x; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== act-filterbad
answers action=FILTER discard\n\n
try bob@example.net alice@example.test => 250 2.1.5
== act-list
answers action=reject_non_fqdn_sender, permit\n\n
try bob@example.net alice@example.test => 250 2.1.5
== act-class
answers action=check_sender_access inline:{bob@example.net=REJECT}\n\n
try bob@example.net alice@example.test => 451 4.3.5 ~Server configuration error
log warning: do not specify lookup tables inside SMTPD access maps
log warning: define a restriction class and specify its name instead\.
log NOQUEUE: reject: RCPT from client\.example\.org\[192\.0\.2\.10\]: 451 4\.3\.5 Server configuration error; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== act-unknown
answers action=FOO bar\n\n
try bob@example.net alice@example.test => 451 4.3.5 ~Server configuration error
log warning: unknown smtpd restriction: "FOO"
log NOQUEUE: reject: RCPT from client\.example\.org\[192\.0\.2\.10\]: 451 4\.3\.5 Server configuration error; from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>
== act-long
answers action=REJECT aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n\n
try bob@example.net alice@example.test => 554 5.7.1 ~a{100}
"""

    def teardown(self):
        self.inst.purge()


class Logins(Asked):
    make = ScriptedDovecot
    main = """
smtpd_error_sleep_time = 0
smtpd_hard_error_limit = 100
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = @DIR@/server.sock
"""
    services = {
        "anon": "smtpd_sasl_security_options =",
        "noplain": "smtpd_sasl_security_options = noplaintext, noanonymous",
        "noact": "smtpd_sasl_security_options = noactive, nodictionary",
        "filt": "smtpd_sasl_mechanism_filter = plain",
        "filtn": "smtpd_sasl_mechanism_filter = !plain, static:all",
        "filt2": "smtpd_sasl_mechanism_filter = login, plain",
        "exc": "smtpd_sasl_exceptions_networks = 192.0.2.0/24",
        "excn": "smtpd_sasl_exceptions_networks = !192.0.2.10, 192.0.2.0/24, $mynetworks",
        "dom": "smtpd_sasl_local_domain = dom.example",
        "svc": "smtpd_sasl_service = foo",
        "broken": "broken_sasl_auth_clients = yes",
        "off": "smtpd_sasl_auth_enable = no",
        "helo": "smtpd_helo_required=yes",
        "nokw": "smtpd_discard_ehlo_keywords = auth",
        "tlsonly": "smtpd_tls_auth_only = yes",
        "rej": "smtpd_relay_restrictions = permit_sasl_authenticated, reject\nsmtpd_recipient_restrictions=reject_sender_login_mismatch\nsmtpd_sender_login_maps=inline:{{joe@example.net=joe}}",
        "hard": "smtpd_hard_error_limit = 2",
    }
    scripts = r"""
== caps
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> HELO x
< 250
== caps-anon on=anon
> EHLO x
< 250 ~AUTH PLAIN LOGIN ANONYMOUS CRAM-MD5
== caps-noplain on=noplain
> EHLO x
< 250 ~AUTH CRAM-MD5
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 535 5.7.8
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL PLAIN authentication failed: Invalid authentication mechanism, sasl_username=\(unavailable\)$
== caps-noact on=noact
> EHLO x
< 250 ~AUTH PLAIN LOGIN ANONYMOUS
== caps-filt on=filt
> EHLO x
< 250 ~AUTH PLAIN
> AUTH LOGIN
< 535 5.7.8
> AUTH plain AGpvZQBzZWNyZXQ=
< 535 5.7.8
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL LOGIN authentication failed: \(reason unavailable\), sasl_username=\(unavailable\)$
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL plain authentication failed: \(reason unavailable\), sasl_username=\(unavailable\)$
== caps-filtn on=filtn
> EHLO x
< 250 ~AUTH LOGIN CRAM-MD5
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 535 5.7.8
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL PLAIN authentication failed: \(reason unavailable\), sasl_username=\(unavailable\)$
== caps-filt2 on=filt2
> EHLO x
< 250 ~AUTH PLAIN LOGIN
== caps-exc on=exc
> EHLO x
<! 250 ~AUTH
> AUTH PLAIN
< 535 5.7.8
> MAIL FROM:<a@b.example> AUTH=<>
< 250 2.1.0
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL PLAIN authentication failed: \(reason unavailable\), sasl_username=\(unavailable\)$
== caps-excn on=excn
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN
< 535 5.7.8
> *
< 221 2.7.0
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL PLAIN authentication failed: \(reason unavailable\), sasl_username=\(unavailable\)$
== caps-excn2 on=excn src=192.0.2.11
> EHLO x
<! 250 ~AUTH
== broken on=broken
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
== off on=off
> EHLO x
<! 250 ~AUTH
> AUTH PLAIN
< 503 5.5.1
> MAIL FROM:<a@b.example> AUTH=x@y
< 250 2.1.0
== nokw on=nokw
> EHLO x
<! 250 ~AUTH
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 503 5.5.1
== tlsonly on=tlsonly
> EHLO x
<! 250 ~AUTH
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 503 5.5.1
== helo on=helo
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 503 5.5.1
== nohelo
answers OK\t@\tuser=joe\n
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 235 2.7.0
== ok-rset
answers OK\t@\tuser=joe\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 235 2.7.0
> RSET
< 250 2.0.0
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 503 5.5.1
> HELO x
< 250
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 503 5.5.1
== ok-intrans
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<a@b.example>
< 250 2.1.0
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 503 5.5.1
> AUTH
< 503 5.5.1
> RCPT TO:<alice@example.test>
< 250 2.1.5
> AUTH PLAIN
< 503 5.5.1
== login
answers CONT\t@\tVXNlcm5hbWU6\n || CONT\t@\tUGFzc3dvcmQ6\n || OK\t@\tuser=joe\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH LOGIN
< 334
> am9l
< 334
> c2VjcmV0
< 235 2.7.0
== login-initial
answers CONT\t@\tUGFzc3dvcmQ6\n || OK\t@\tuser=joe\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH LOGIN am9l
< 334
> c2VjcmV0
< 235 2.7.0
== plain-empty
answers CONT\t@\t\n || OK\t@\tuser=joe\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN
< 334
> AGpvZQBzZWNyZXQ=
< 235 2.7.0
== plain-equals
answers CONT\t@\t\n || OK\t@\tuser=joe\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN =
< 334
> =
< 235 2.7.0
== abort
answers CONT\t@\tVXNlcm5hbWU6\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH LOGIN
< 334
> *
< 501 5.7.0
> NOOP
< 250 2.0.0
> AUTH LOGIN
< 535 5.7.8
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL LOGIN authentication aborted$
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL LOGIN authentication failed: \(reason unavailable\), sasl_username=\(unavailable\)$
== abort-text
answers CONT\t@\tVXNlcm5hbWU6\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH LOGIN
< 334
> * foo
< 535 5.7.8
> NOOP
< 250 2.0.0
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL LOGIN authentication failed: Invalid base64 data in continued response, sasl_username=\(unavailable\)$
== cont-bad64
answers CONT\t@\tVXNlcm5hbWU6\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH LOGIN
< 334
> !!!
< 535 5.7.8
> NOOP
< 250 2.0.0
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL LOGIN authentication failed: Invalid base64 data in continued response, sasl_username=\(unavailable\)$
== cont-empty
answers CONT\t@\tVXNlcm5hbWU6\n || FAIL\t@\treason=empty\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH LOGIN
< 334
>
< 535 5.7.8
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL LOGIN authentication failed: empty, sasl_username=\(unavailable\)$
== cont-quit
answers CONT\t@\tVXNlcm5hbWU6\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH LOGIN
< 334
> QUIT
< 535 5.7.8
> QUIT
< 221 2.0.0
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL LOGIN authentication failed: \(reason unavailable\), sasl_username=\(unavailable\)$
== fail
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 535 5.7.8
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 535 5.7.8
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL PLAIN authentication failed: \(reason unavailable\), sasl_username=\(unavailable\)$
== fail-user
answers FAIL\t@\tuser=joe\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 535 5.7.8
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL PLAIN authentication failed: \(reason unavailable\), sasl_username=joe$
== fail-reason
answers FAIL\t@\tuser=joe\treason=bad stuff\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 535 5.7.8
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL PLAIN authentication failed: bad stuff, sasl_username=joe$
== fail-authz
answers FAIL\t@\tuser=joe\tauthz\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 535 5.7.8
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL PLAIN authentication failed: \(reason unavailable\), sasl_username=joe$
== fail-disabled
answers FAIL\t@\tuser=joe\tuser_disabled\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 535 5.7.8
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL PLAIN authentication failed: \(reason unavailable\), sasl_username=joe$
== fail-base64reason
answers FAIL\t@\tuser=joe\treason=\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 535 5.7.8
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL PLAIN authentication failed: \(reason unavailable\), sasl_username=joe$
== ok-extra
answers OK\t@\tfoo=bar\tuser=joe@dom\tresp=xx\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 235 2.7.0
> MAIL FROM:<joe@example.net>
< 250 2.1.0
> RCPT TO:<alice@example.test>
< 250 2.1.5
== ok-spaceuser
answers OK\t@\tuser=joe user\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 235 2.7.0
> MAIL FROM:<joe@example.net>
< 250 2.1.0
> RCPT TO:<alice@example.test>
< 250 2.1.5
== drop
answers DROP || DROP
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 454 4.7.0
> NOOP
< 250 2.0.0
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL PLAIN authentication failed: Connection lost to authentication server, sasl_username=\(unavailable\)$
== dom on=dom
answers OK\t@\tuser=joe\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 235 2.7.0
> MAIL FROM:<joe@example.net>
< 250 2.1.0
> RCPT TO:<alice@example.test>
< 250 2.1.5
== svc on=svc
answers OK\t@\tuser=joe\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 235 2.7.0
== rej on=rej
answers OK\t@\tuser=joe\n
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<joe@example.net>
< 250 2.1.0
> RCPT TO:<alice@example.test>
< 554 5.7.1
> RSET
< 250 2.0.0
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 235 2.7.0
> MAIL FROM:<ann@example.net>
< 250 2.1.0
> RCPT TO:<alice@example.test>
< 553 5.7.1
> RSET
< 250 2.0.0
> MAIL FROM:<joe@example.net> AUTH=foo
< 250 2.1.0
> RCPT TO:<alice@example.test>
< 250 2.1.5
> RCPT TO:<x@elsewhere.example>
< 250 2.1.5
== hard on=hard
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 535 5.7.8
> AUTH PLAIN AGpvZQBzZWNyZXQ=
< 535 5.7.8
> NOOP
< 421 4.7.0
log warning: client\.example\.org\[192\.0\.2\.10\]: SASL PLAIN authentication failed: \(reason unavailable\), sasl_username=\(unavailable\)$
== mailauth
> EHLO x
< 250 ~AUTH PLAIN LOGIN CRAM-MD5
> MAIL FROM:<a@b.example> AUTH=
< 250 2.1.0
> MAIL FROM:<a@b.example> AUTH=<>
< 503 5.5.1
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> AUTH=foo AUTH=bar
< 503 5.5.4
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> AUTH=a+zz
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> AUTH=a+2Bb
< 250 2.1.0
> RSET
< 250 2.0.0
> MAIL FROM:<a@b.example> AUTH
< 555 5.5.4
> MAIL FROM:<a@b.example> auth=foo
< 250 2.1.0
> RCPT TO:<alice@example.test>
< 250 2.1.5
"""
