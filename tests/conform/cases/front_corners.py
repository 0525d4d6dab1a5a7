"""Corners of the front door: logins without padding, sendmail -bs, filters that remove recipients or give up."""
import re
import subprocess

from harness import DovecotAuth, Milter, Talk


class Corners(Talk):
    area = "front-corners"
    cost = 8
    programs = ("smtpd", "cleanup", "qmgr")
    boring = r"^(connect from|disconnect from|warning: hostname|.*: client=|.*message-id=|.*: removed)"
    main = """
smtpd_error_sleep_time = 0
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
smtpd_sasl_type = dovecot
smtpd_sasl_path = @DIR@/auth.sock
fast_flush_domains = example.test, far.test
"""
    services = {"auth": "smtpd_sasl_auth_enable = yes",
                "milter": "smtpd_milters = unix:@DIR@/milter.sock",
                "milter5": "smtpd_milters = { unix:@DIR@/milter.sock, default_action=accept }"}

    def prepare(self):
        self.auth = self.keep(DovecotAuth(self.path("auth.sock"), {"ann": "pw", "an": "pw", "a": "pw"}, tempfail=("temp",)))
        self.milter = self.keep(Milter(self.path("milter.sock")))

    def do_milter(self, stage, how, *edits):
        self.milter.reset({stage: how}, [tuple(e.split("/")) for e in edits])

    def see_bs(self, *commands):
        """what sendmail -bs says, reply by reply"""
        text = "".join(c.replace("_", " ") + "\r\n" for c in commands)
        r = self.inst.sendmail("-bs", input=text)
        lines = [l for l in r.out.replace("\r", "").split("\n") if l]
        return "|".join(self.clean(re.sub(r"ESMTP Post\w+", "ESMTP *", l)) for l in lines if not re.match(r"250-", l)) + " rc=%d" % r.rc

    def clean(self, text):
        return re.sub(r"size=\d+, nrcpt=\d+", "size=*", super().clean(text))

    scripts = r"""
== plain-padded on=auth src=192.0.2.10
> EHLO x
< 250 *
> AUTH PLAIN AGFubgBwdw==
< 235 2.7.0 Authentication successful
says smtpd lost connection after AUTH from client.example.org[192.0.2.10]
== plain-bad-character on=auth src=192.0.2.10
> EHLO x
< 250 *
> AUTH PLAIN AGFu-gBwdw==
< 535 5.7.8 Error: authentication failed: Invalid base64 data in initial response
says smtpd warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: Invalid base64 data in initial response, sasl_username=(unavailable)
says smtpd lost connection after AUTH from client.example.org[192.0.2.10]
== plain-empty on=auth src=192.0.2.10
> EHLO x
< 250 *
> AUTH PLAIN =
< 535 5.7.8 Error: authentication failed: bad data
says smtpd warning: client.example.org[192.0.2.10]: SASL PLAIN authentication failed: bad data, sasl_username=(unavailable)
says smtpd lost connection after AUTH from client.example.org[192.0.2.10]
== two-initial-responses on=auth src=192.0.2.10
> EHLO x
< 250 *
> AUTH PLAIN AGFubgBwdw== AGFubgBwdw==
< 501 5.5.4 Syntax: AUTH mechanism
says smtpd lost connection after AUTH from client.example.org[192.0.2.10]
== orcpt-newline src=192.0.2.10
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test> ORCPT=rfc822;a+0A
< 250 2.1.5 Ok
> RCPT TO:<alice@example.test> ORCPT=rfc822;a+00b
< 250 2.1.5 Ok
> RCPT TO:<alice@example.test> ORCPT=rfc822;a+C3+A4
< 250 2.1.5 Ok
> RCPT TO:<alice@example.test> ORCPT=rfc822;a+20b
< 250 2.1.5 Ok
> RCPT TO:<alice@example.test> ORCPT=rfc822;a+7F
< 250 2.1.5 Ok
> RCPT TO:<alice@example.test> ORCPT=rfc822;a+zz
< 501 5.5.4 Error: Bad ORCPT parameter syntax
> RCPT TO:<alice@example.test> ORCPT=rfc822;a+2
< 501 5.5.4 Error: Bad ORCPT parameter syntax
> RCPT TO:<alice@example.test> ORCPT=rfc822;
< 250 2.1.5 Ok
> RCPT TO:<alice@example.test> ORCPT=;a
< 501 5.5.4 Error: Bad ORCPT parameter syntax
> RCPT TO:<alice@example.test> ORCPT=rfc822
< 501 5.5.4 Error: Bad ORCPT parameter syntax
> RCPT TO:<alice@example.test> ORCPT=rfc822;a;b
< 250 2.1.5 Ok
> RCPT TO:<alice@example.test> ORCPT=x400;a+2Bb
< 250 2.1.5 Ok
> RCPT TO:<alice@example.test> ORCPT=rfc822;a ORCPT=rfc822;b
< 501 5.5.4 Error: Bad ORCPT parameter syntax
says smtpd lost connection after RCPT from client.example.org[192.0.2.10]
== bs-help
see bs HELP QUIT => 220 mx.example.test ESMTP *|500 5.5.2 Error: command not recognized|221 2.0.0 Bye rc=0
says smtpd lost connection after CONNECT from localhost[127.0.0.1]
== bs-etrn
see bs ETRN_example.test QUIT => 220 mx.example.test ESMTP *|458 Unable to queue messages|221 2.0.0 Bye rc=0
says smtpd warning: do not use ETRN in "sendmail -bs" mode
says smtpd lost connection after CONNECT from localhost[127.0.0.1]
== bs-etrn-after-helo
see bs EHLO_x ETRN_far.test ETRN_no.test ETRN_#x ETRN QUIT => 220 mx.example.test ESMTP *|250 *|458 Unable to queue messages|458 Unable to queue messages|458 Unable to queue messages|500 Syntax: ETRN domain|221 2.0.0 Bye rc=0
says smtpd warning: do not use ETRN in "sendmail -bs" mode
says smtpd lost connection after CONNECT from localhost[127.0.0.1]
== bs-ehlo
see bs EHLO_x QUIT => 220 mx.example.test ESMTP *|250 *|221 2.0.0 Bye rc=0
says smtpd lost connection after CONNECT from localhost[127.0.0.1]
== bs-helo
see bs HELO_x QUIT => 220 mx.example.test ESMTP *|250 mx.example.test|221 2.0.0 Bye rc=0
says smtpd lost connection after CONNECT from localhost[127.0.0.1]
== bs-noop
see bs NOOP RSET VRFY_alice VRFY EXPN_a FOO QUIT => 220 mx.example.test ESMTP *|250 2.0.0 Ok|250 2.0.0 Ok|252 2.0.0 alice|501 5.5.4 Syntax: VRFY address [SMTPUTF8]|500 5.5.2 Error: command not recognized|500 5.5.2 Error: command not recognized|221 2.0.0 Bye rc=0
says smtpd lost connection after CONNECT from localhost[127.0.0.1]
== bs-auth
see bs EHLO_x AUTH_PLAIN STARTTLS QUIT => 220 mx.example.test ESMTP *|250 *|503 5.5.1 Error: authentication not enabled|502 5.5.1 Error: command not implemented|221 2.0.0 Bye rc=0
says smtpd lost connection after CONNECT from localhost[127.0.0.1]
== bs-xclient
see bs EHLO_x XCLIENT_ADDR=1.2.3.4 XFORWARD_ADDR=1.2.3.4 QUIT => 220 mx.example.test ESMTP *|250 *|550 5.7.0 Error: insufficient authorization|550 5.7.0 Error: insufficient authorization|221 2.0.0 Bye rc=0
says smtpd lost connection after CONNECT from localhost[127.0.0.1]
== bs-order
see bs DATA RCPT_TO:<alice@example.test> MAIL_FROM:<a@b> MAIL_FROM:<a@b> DATA QUIT => 220 mx.example.test ESMTP *|503 5.5.1 Error: need RCPT command|503 5.5.1 Error: need MAIL command|250 2.1.0 Ok|503 5.5.1 Error: nested MAIL command|554 5.5.1 Error: no valid recipients|221 2.0.0 Bye rc=0
says smtpd lost connection after CONNECT from localhost[127.0.0.1]
== bs-message
see bs MAIL_FROM:<alice@example.test> RCPT_TO:<bob@example.test> DATA Subject:_x . QUIT => 220 mx.example.test ESMTP *|250 2.1.0 Ok|250 2.1.5 Ok|354 End data with <CR><LF>.<CR><LF>|250 2.0.0 Ok: queued as *|221 2.0.0 Bye rc=0
says qmgr *: from=<alice@example.test>, size=* (queue active)
says smtpd lost connection after CONNECT from localhost[127.0.0.1]
== bs-end-of-file
see bs MAIL_FROM:<alice@example.test> => 220 mx.example.test ESMTP *|250 2.1.0 Ok rc=0
says smtpd lost connection after MAIL from localhost[127.0.0.1]
says smtpd lost connection after CONNECT from localhost[127.0.0.1]
== bs-non-smtp
see bs GET_/_HTTP/1.0 => 220 mx.example.test ESMTP *|221 2.7.0 Error: I can break rules, too. Goodbye. rc=0
says smtpd warning: non-SMTP command from localhost[127.0.0.1]: GET / HTTP/1.0
says smtpd lost connection after CONNECT from localhost[127.0.0.1]
== bs-unknown-user
see bs MAIL_FROM:<alice@example.test> RCPT_TO:<nobody@example.test> RCPT_TO:<x@far.test> RCPT_TO:<"a_b"@example.test> QUIT => 220 mx.example.test ESMTP *|250 2.1.0 Ok|250 2.1.5 Ok|250 2.1.5 Ok|250 2.1.5 Ok|221 2.0.0 Bye rc=0
says smtpd lost connection after CONNECT from localhost[127.0.0.1]
== bs-bdat
see bs EHLO_x MAIL_FROM:<a@b> BDAT_0_LAST RCPT_TO:<alice@example.test> BDAT_0_LAST QUIT => 220 mx.example.test ESMTP *|250 *|250 2.1.0 Ok|554 5.5.1 Error: no valid recipients|503 5.5.1 Error: need MAIL command|503 5.5.1 Error: need RCPT command|221 2.0.0 Bye rc=0
says smtpd lost connection after CONNECT from localhost[127.0.0.1]
== milter-removes-recipient on=milter src=192.0.2.10
do milter eom continue delrcpt/<bob@example.test>
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> RCPT TO:<bob@example.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> Subject: x
> .
< 250 2.0.0 Ok: queued as *
says qmgr *: from=<a@example.net>, size=* (queue active)
== milter-removes-all on=milter src=192.0.2.10
do milter eom continue delrcpt/<alice@example.test>
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> Subject: x
> .
< 250 2.0.0 Ok: queued as *
says qmgr *: from=<a@example.net>, size=* (queue active)
== milter-adds-recipient on=milter src=192.0.2.10
do milter eom continue addrcpt/<carol@example.test>
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> Subject: x
> .
< 250 2.0.0 Ok: queued as *
says qmgr *: from=<a@example.net>, size=* (queue active)
== milter-adds-and-removes on=milter src=192.0.2.10
do milter eom continue addrcpt/<carol@example.test> delrcpt/<carol@example.test>
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> Subject: x
> .
< 250 2.0.0 Ok: queued as *
says qmgr *: from=<a@example.net>, size=* (queue active)
== milter-shutdown-at-mail on=milter src=192.0.2.10
do milter mail shutdown
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 421 4.7.0 Server closing connection
> NOOP
< connection closed
says smtpd NOQUEUE: milter-reject: MAIL from client.example.org[192.0.2.10]: 421 4.7.0 Server closing connection; from=<a@example.net> proto=ESMTP helo=<x>
== milter-shutdown-at-rcpt on=milter src=192.0.2.10
do milter rcpt shutdown
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 421 4.7.0 Server closing connection
> NOOP
< connection closed
says smtpd NOQUEUE: milter-reject: RCPT from client.example.org[192.0.2.10]: 421 4.7.0 Server closing connection; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
== milter-drops-at-end on=milter src=192.0.2.10
do milter eom DROP
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> Subject: x
> .
< 451 4.7.1 Service unavailable - try again later
says cleanup warning: milter unix:@DIR@/milter.sock: can't read SMFIC_BODYEOB reply packet header: Application error
says cleanup *: milter-reject: END-OF-MESSAGE from client.example.org[192.0.2.10]: 4.7.1 Service unavailable - try again later; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
== milter-drops-at-end-accepting on=milter5 src=192.0.2.10
do milter eom DROP
> EHLO x
< 250 *
> MAIL FROM:<a@example.net>
< 250 2.1.0 Ok
> RCPT TO:<alice@example.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> Subject: x
> .
< 250 2.0.0 Ok: queued as *
says cleanup warning: milter unix:@DIR@/milter.sock: can't read SMFIC_BODYEOB reply packet header: Application error
says qmgr *: from=<a@example.net>, size=* (queue active)
"""
