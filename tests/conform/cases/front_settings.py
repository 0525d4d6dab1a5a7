"""Parameters of the front door that are seldom set, what a session remembers from one message to the next."""
import time

from harness import FakeSMTP, Milter, ScriptedDovecot, Talk


class FrontSettings(Talk):
    area = "front-settings"
    cost = 30
    timeout = 60
    src = "192.0.2.10"
    boring = Talk.boring[:-1] + "|lost connection after)"
    main = """
smtpd_error_sleep_time = 0
smtpd_peername_lookup = no
mynetworks = 192.0.2.0/24 127.0.0.0/8
local_recipient_maps =
message_size_limit = 2000
defer_transports = local smtp
smtpd_sasl_type = dovecot
smtpd_sasl_path = @DIR@/auth.sock
smtpd_tls_chain_files = @TLS@/server.pem
"""
    services = {
        "plain": "",
        "proxyehlo": "smtpd_proxy_filter = inet:192.0.2.254:2601\nsmtpd_proxy_ehlo = filter-$myhostname",
        "proxyslow": "smtpd_proxy_filter = inet:192.0.2.254:2602\nsmtpd_proxy_timeout = 1s",
        "proxynone": "smtpd_proxy_filter = inet:192.0.2.254:2603\nsmtpd_proxy_ehlo =",
        "proxyopts": "smtpd_proxy_filter = inet:192.0.2.254:2601\nsmtpd_proxy_options = speed_adjust",
        "footer": "smtpd_reject_footer = \\c. $client_address|$server_name|$bogus|${client_address?{y}:{n}}|$helo_name|$client|$client_name|$sender|$recipient|$reverse_client_name|$sender_domain|$recipient_name",
        "footlines": "smtpd_reject_footer = call us\\nat $server_name\\n\\nnow",
        "footmaps": "smtpd_reject_footer = general\nsmtpd_reject_footer_maps = regexp:{{/^501/ \\\\c, see above},{/^503 5.5.1/ mapped $$client_address},{/^502/ }}",
        "footend": "smtpd_reject_footer = \\c\\n",
        "milter": "smtpd_milters = unix:@DIR@/milter.sock\nmilter_default_action = tempfail",
        "milteraccept": "smtpd_milters = unix:@DIR@/milter.sock\nmilter_default_action = accept",
        "milterreject": "smtpd_milters = unix:@DIR@/milter.sock\nmilter_default_action = reject",
        "milterquarantine": "smtpd_milters = unix:@DIR@/milter.sock\nmilter_default_action = quarantine",
        "nomilter": "smtpd_milters = unix:@DIR@/none.sock\nmilter_default_action = tempfail",
        "nomilterreject": "smtpd_milters = unix:@DIR@/none.sock\nmilter_default_action = reject",
        "nomilteraccept": "smtpd_milters = unix:@DIR@/none.sock\nmilter_default_action = accept",
        "login": "smtpd_sasl_auth_enable = yes",
        "rate": "smtpd_min_data_rate = 1\nsmtpd_per_request_deadline = yes\nsmtpd_timeout = 2s",
        "untrusted": "allow_untrusted_routing = yes\nrelay_domains = a.test\nmynetworks = 127.0.0.1\nsmtpd_recipient_restrictions = reject_unauth_destination",
        "trusted": "allow_untrusted_routing = no\nrelay_domains = a.test\nmynetworks = 127.0.0.1\nsmtpd_recipient_restrictions = reject_unauth_destination",
        "unlogin": "smtpd_client_restrictions = check_client_access cidr:{{192.0.2.0/24 DEFER_IF_PERMIT later}}\nsmtpd_recipient_restrictions = permit_mynetworks",
        "accessdefer": "access_map_defer_code = 451\naccess_map_reject_code = 551\n"
                       "smtpd_recipient_restrictions = check_recipient_access inline:{a@example.test=DEFER,b@example.test=REJECT,c@example.test=DEFER_IF_PERMIT,d@example.test=DEFER_IF_REJECT}, "
                       "permit_mynetworks",
        "vrfy": "smtpd_recipient_restrictions = check_recipient_access inline:{a@example.test=REJECT}, permit",
        "junk": "smtpd_junk_command_limit = 2\nsmtpd_soft_error_limit = 1",
        "forbidden": "smtpd_forbidden_commands = FOO, noop, regexp:{{/^X/ y}}",
    }

    def setup(self):
        self.dovecot = self.keep(ScriptedDovecot(self.path("auth.sock")))
        self.milter = self.keep(Milter(self.path("milter.sock")))
        self.filter = self.keep(FakeSMTP(("192.0.2.254", 2601)))
        self.slow = self.keep(FakeSMTP(("192.0.2.254", 2602)))
        self.slow.behave["MAIL"] = "HANG"

    def path(self, name):
        return "%s/%s" % (self.inst.dir, name)

    def do_filter(self, stage, answer):
        """answer: with _ for spaces"""
        self.milter.answers = {} if stage == "none" else {stage: answer.replace("_", " ")}

    def do_dovecot(self, *text):
        self.dovecot.play(" ".join(text))

    def do_behave(self, stage, answer):
        self.filter.behave = {stage: answer.replace("_", " ")}

    def see_heard(self):
        """What the proxy filter heard of the last session."""
        time.sleep(0.1)
        return " | ".join(c for c in self.filter.sessions[-1].commands)

    def do_forget(self):
        self.milter.sessions = []

    scripts = r"""
== proxy-ehlo on=proxyehlo
> HELO c.test
< 250 mx.example.test
> MAIL FROM:<a@b.test> SIZE=100 BODY=8BITMIME
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
see heard => EHLO filter-mx.example.test | MAIL FROM:<a@b.test> SIZE=100 BODY=8BITMIME | RCPT TO:<x@example.test> | QUIT
== proxy-ehlo-default on=proxynone
> HELO c.test
< 250 mx.example.test
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 451 4.3.0 Error: queue file write error
> QUIT
< 221 2.0.0 Bye
says smtpd warning: connect to proxy filter inet:192.0.2.254:2603: Connection refused
== proxy-refuses-mail on=proxyehlo
do behave MAIL 550_5.7.1_not_you
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 550 5.7.1 not you
> MAIL FROM:<a2@b.test>
< 503 5.5.1 Error: nested MAIL command
says smtpd warning: proxy inet:192.0.2.254:2601 rejected "MAIL FROM:<a@b.test>": "550 5.7.1 not you"
== proxy-refuses-recipient on=proxyehlo
do behave RCPT 452_4.2.2_full
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 452 4.2.2 full
> DATA
< 554 5.5.1 Error: no valid recipients
> QUIT
< 221 2.0.0 Bye
see heard => EHLO filter-mx.example.test | MAIL FROM:<a@b.test> | RCPT TO:<x@example.test> | QUIT
says smtpd warning: proxy inet:192.0.2.254:2601 rejected "RCPT TO:<x@example.test>": "452 4.2.2 full"
== proxy-tempfails-data on=proxyehlo
do behave DATA 421_4.3.2_going
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
> DATA
< 421 4.3.2 going
> MAIL FROM:<a@b.test>
< connection closed
> QUIT
< connection closed
says smtpd warning: proxy inet:192.0.2.254:2601 rejected "DATA": "421 4.3.2 going"
== proxy-refuses-ehlo on=proxyehlo
do behave EHLO 502_5.5.2_no
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 451 4.3.0 Error: queue file write error
> QUIT
< 221 2.0.0 Bye
see heard => EHLO filter-mx.example.test | QUIT
says smtpd warning: proxy inet:192.0.2.254:2601 rejected "EHLO filter-mx.example.test": "502 5.5.2 no"
== proxy-bad-banner on=proxyehlo
do behave CONNECT 421_4.3.2_busy
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 451 4.3.0 Error: queue file write error
> QUIT
< 221 2.0.0 Bye
says smtpd warning: proxy inet:192.0.2.254:2601 rejected "connection request": "421 4.3.2 busy"
== proxy-timeout on=proxyslow
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 451 4.3.0 Error: queue file write error
> QUIT
< 221 2.0.0 Bye
says smtpd warning: timeout talking to proxy inet:192.0.2.254:2602
== proxy-speed on=proxyopts
do behave NONE x
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> a: b
> .
< 250 2.0.0 accepted
> QUIT
< 221 2.0.0 Bye
see heard => EHLO mx.example.test | MAIL FROM:<a@b.test> | RCPT TO:<x@example.test> | DATA | QUIT
says smtpd proxy-accept: END-OF-MESSAGE: 250 2.0.0 accepted; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
== size-remembered on=plain
> EHLO c.test
<* 250-mx.example.test|250-PIPELINING|250-SIZE 2000|250-VRFY|250-ETRN|250-ENHANCEDSTATUSCODES|250-8BITMIME|250-DSN|250-SMTPUTF8|250 CHUNKING
> MAIL FROM:<a@b.test> SIZE=5000
< 552 5.3.4 Message size exceeds fixed limit
> MAIL FROM:<a@b.test>
< 552 5.3.4 Message size exceeds fixed limit
> RCPT TO:<x@example.test>
< 503 5.5.1 Error: need MAIL command
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd NOQUEUE: reject: MAIL from unknown[192.0.2.10]: 552 5.3.4 Message size exceeds fixed limit; from=<a@b.test> proto=ESMTP helo=<c.test>
== size-remembered-then-small on=plain
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test> SIZE=5000
< 552 5.3.4 Message size exceeds fixed limit
> MAIL FROM:<a@b.test> SIZE=100
< 250 2.1.0 Ok
> MAIL FROM:<c@b.test>
< 503 5.5.1 Error: nested MAIL command
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<c@b.test> SIZE=2000
< 250 2.1.0 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<c@b.test> SIZE=2001
< 552 5.3.4 Message size exceeds fixed limit
> EHLO again.test
< 250 *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd NOQUEUE: reject: MAIL from unknown[192.0.2.10]: 552 5.3.4 Message size exceeds fixed limit; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: reject: MAIL from unknown[192.0.2.10]: 552 5.3.4 Message size exceeds fixed limit; from=<c@b.test> proto=ESMTP helo=<c.test>
== size-odd on=plain
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test> SIZE=
< 501 5.5.4 Bad message size syntax
> MAIL FROM:<a@b.test> SIZE=-1
< 501 5.5.4 Bad message size syntax
> MAIL FROM:<a@b.test> SIZE=99999999999999999999999
< 552 5.3.4 Message size exceeds file system imposed limit
> MAIL FROM:<a@b.test> SIZE=1 SIZE=5000
< 552 5.3.4 Message size exceeds fixed limit
> MAIL FROM:<a@b.test> SIZE=5000 SIZE=1
< 250 2.1.0 Ok
> MAIL FROM:<a@b.test> SIZE=5000 FOO
< 503 5.5.1 Error: nested MAIL command
> MAIL FROM:<a@b.test>
< 503 5.5.1 Error: nested MAIL command
> QUIT
< 221 2.0.0 Bye
says smtpd NOQUEUE: reject: MAIL from unknown[192.0.2.10]: 552 5.3.4 Message size exceeds fixed limit; from=<a@b.test> proto=ESMTP helo=<c.test>
== footer on=footer
> FOO
<* 500 5.5.2 Error: command not recognized. 192.0.2.10|mx.example.test||y||unknown[192.0.2.10]|unknown|||unknown||
> EHLO c.test
< 250 *
> MAIL FROM:<joe@good.test
<* 501 5.1.7 Bad sender address syntax. 192.0.2.10|mx.example.test||y|c.test|unknown[192.0.2.10]|unknown|||unknown||
> MAIL FROM:<joe@good.test>
<* 250 2.1.0 Ok
> MAIL FROM:<joe@good.test>
<* 503 5.5.1 Error: nested MAIL command. 192.0.2.10|mx.example.test||y|c.test|unknown[192.0.2.10]|unknown|joe@good.test||unknown|good.test|
> RCPT TO:<joe
<* 501 5.1.3 Bad recipient address syntax. 192.0.2.10|mx.example.test||y|c.test|unknown[192.0.2.10]|unknown|joe@good.test||unknown|good.test|
> RCPT TO:<joe@example.test> FOO
<* 555 5.5.4 Unsupported option: FOO. 192.0.2.10|mx.example.test||y|c.test|unknown[192.0.2.10]|unknown|joe@good.test||unknown|good.test|
> QUIT
<* 221 2.0.0 Bye
says smtpd warning: unknown macro name "bogus" in expansion request
== footer-lines on=footlines
> FOO
<* 500-5.5.2 Error: command not recognized|500-5.5.2 call us|500-5.5.2 at mx.example.test|500-5.5.2 |500 5.5.2 now
> EHLO
<* 501-Syntax: EHLO hostname|501-call us|501-at mx.example.test|501-|501 now
> MAIL
<* 501-5.5.4 Syntax: MAIL FROM:<address>|501-5.5.4 call us|501-5.5.4 at mx.example.test|501-5.5.4 |501 5.5.4 now
> QUIT
<* 221 2.0.0 Bye
== footer-maps on=footmaps
> FOO
<* 500-5.5.2 Error: command not recognized|500 5.5.2 general
> EHLO
<* 501-Syntax: EHLO hostname|501 \\c, see above
> MAIL
<* 501-5.5.4 Syntax: MAIL FROM:<address>|501 5.5.4 \\c, see above
> RCPT TO:<a@b.test>
<* 503-5.5.1 Error: need MAIL command|503 5.5.1 general
> VRFY
<* 501-5.5.4 Syntax: VRFY address [SMTPUTF8]|501 5.5.4 \\c, see above
> QUIT
<* 221 2.0.0 Bye
says smtpd warning: regexp map {{/^501/ \\c, see above},{/^503 5.5.1/ mapped $client_address},{/^502/ }}, line 2: non-numeric replacement index "client_address"
says smtpd warning: regexp map {{/^501/ \\c, see above},{/^503 5.5.1/ mapped $client_address},{/^502/ }}, line 2: bad replacement syntax: skipping this rule
says smtpd warning: regexp map {{/^501/ \\c, see above},{/^503 5.5.1/ mapped $client_address},{/^502/ }}, line 3: no replacement text: using empty string
== milter-connect-reject on=milter none
do forget
do filter connect reject
open a on=milter raw
<* 554 mx.example.test ESMTP not accepting connections
> EHLO c.test
< 250 ENHANCEDSTATUSCODES
> MAIL FROM:<a@b.test>
< 550 5.7.1 Command rejected
> RCPT TO:<x@example.test>
< 503 5.5.1 Error: need MAIL command
>> BDAT 6 LAST\r\na: b\r\n
< 503 5.5.1 Error: need RCPT command
> MAIL FROM:<c@b.test>
< 550 5.7.1 Command rejected
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 550 5.7.1 Command rejected
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> EHLO again.test
< 250 ENHANCEDSTATUSCODES
> MAIL FROM:<d@b.test>
< 550 5.7.1 Command rejected
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> VRFY z@example.test
< 550 5.7.1 Command rejected
> FOO
< 550 5.7.1 Command rejected
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd NOQUEUE: milter-reject: CONNECT from unknown[192.0.2.10]: 550 5.7.1 Command rejected; proto=SMTP
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 550 5.7.1 Command rejected; proto=SMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.1 Command rejected; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.1 Command rejected; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.1 Command rejected; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 550 5.7.1 Command rejected; proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.1 Command rejected; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 550 5.7.1 Command rejected; proto=ESMTP helo=<again.test>
== milter-connect-tempfail on=milter none
do forget
do filter connect tempfail
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<x@example.test>
< 503 5.5.1 Error: need MAIL command
>> BDAT 6 LAST\r\na: b\r\n
< 503 5.5.1 Error: need RCPT command
> MAIL FROM:<c@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> VRFY z@example.test
< 451 4.7.1 Service unavailable - try again later
> FOO
< 451 4.7.1 Service unavailable - try again later
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd NOQUEUE: milter-reject: CONNECT from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=SMTP
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=SMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=ESMTP helo=<again.test>
== milter-connect-accept on=milter none
do forget
do filter connect accept
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
== milter-connect-DROP on=milter none
do forget
do filter connect DROP
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<x@example.test>
< 503 5.5.1 Error: need MAIL command
>> BDAT 6 LAST\r\na: b\r\n
< 503 5.5.1 Error: need RCPT command
> MAIL FROM:<c@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> VRFY z@example.test
< 451 4.7.1 Service unavailable - try again later
> FOO
< 451 4.7.1 Service unavailable - try again later
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_CONNECT reply packet header: Application error
says smtpd NOQUEUE: milter-reject: CONNECT from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=SMTP
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=SMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=ESMTP helo=<again.test>
== milter-connect-421-470-go on=milter none
do forget
do filter connect 421_4.7.0_go
open a on=milter raw
<* 421 mx.example.test Service unavailable - try again later
> EHLO c.test
< connection closed
> MAIL FROM:<a@b.test>
< connection closed
> RCPT TO:<x@example.test>
< connection closed
>> BDAT 6 LAST\r\na: b\r\n
< connection closed
> MAIL FROM:<c@b.test>
< connection closed
> RCPT TO:<y@example.test>
< connection closed
do filter none x
> RSET
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> EHLO again.test
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> VRFY z@example.test
< connection closed
> FOO
< connection closed
> NOOP
< connection closed
> QUIT
< connection closed
says smtpd NOQUEUE: milter-reject: CONNECT from unknown[192.0.2.10]: 421 4.7.0 go; proto=SMTP
== milter-connect-550-579-no on=milter none
do forget
do filter connect 550_5.7.9_no
open a on=milter raw
<* 554 mx.example.test ESMTP not accepting connections
> EHLO c.test
< 250 ENHANCEDSTATUSCODES
> MAIL FROM:<a@b.test>
< 550 5.7.9 no
> RCPT TO:<x@example.test>
< 503 5.5.1 Error: need MAIL command
>> BDAT 6 LAST\r\na: b\r\n
< 503 5.5.1 Error: need RCPT command
> MAIL FROM:<c@b.test>
< 550 5.7.9 no
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 550 5.7.9 no
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> EHLO again.test
< 250 ENHANCEDSTATUSCODES
> MAIL FROM:<d@b.test>
< 550 5.7.9 no
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> VRFY z@example.test
< 550 5.7.9 no
> FOO
< 550 5.7.9 no
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd NOQUEUE: milter-reject: CONNECT from unknown[192.0.2.10]: 550 5.7.9 no; proto=SMTP
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 550 5.7.9 no; proto=SMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.9 no; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.9 no; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.9 no; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 550 5.7.9 no; proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.9 no; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 550 5.7.9 no; proto=ESMTP helo=<again.test>
== milter-connect-shutdown on=milter none
do forget
do filter connect shutdown
open a on=milter raw
<* 421 mx.example.test Service unavailable - try again later
> EHLO c.test
< connection closed
> MAIL FROM:<a@b.test>
< connection closed
> RCPT TO:<x@example.test>
< connection closed
>> BDAT 6 LAST\r\na: b\r\n
< connection closed
> MAIL FROM:<c@b.test>
< connection closed
> RCPT TO:<y@example.test>
< connection closed
do filter none x
> RSET
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> EHLO again.test
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> VRFY z@example.test
< connection closed
> FOO
< connection closed
> NOOP
< connection closed
> QUIT
< connection closed
says smtpd NOQUEUE: milter-reject: CONNECT from unknown[192.0.2.10]: 421 4.7.0 Server closing connection; proto=SMTP
== milter-helo-reject on=milter none
do forget
do filter helo reject
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 ENHANCEDSTATUSCODES
> MAIL FROM:<a@b.test>
< 550 5.7.1 Command rejected
> RCPT TO:<x@example.test>
< 503 5.5.1 Error: need MAIL command
>> BDAT 6 LAST\r\na: b\r\n
< 503 5.5.1 Error: need RCPT command
> MAIL FROM:<c@b.test>
< 550 5.7.1 Command rejected
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 550 5.7.1 Command rejected
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> EHLO again.test
< 250 ENHANCEDSTATUSCODES
> MAIL FROM:<d@b.test>
< 550 5.7.1 Command rejected
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> VRFY z@example.test
< 550 5.7.1 Command rejected
> FOO
< 550 5.7.1 Command rejected
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 550 5.7.1 Command rejected; proto=SMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.1 Command rejected; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.1 Command rejected; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.1 Command rejected; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 550 5.7.1 Command rejected; proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.1 Command rejected; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 550 5.7.1 Command rejected; proto=ESMTP helo=<again.test>
== milter-helo-tempfail on=milter none
do forget
do filter helo tempfail
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<x@example.test>
< 503 5.5.1 Error: need MAIL command
>> BDAT 6 LAST\r\na: b\r\n
< 503 5.5.1 Error: need RCPT command
> MAIL FROM:<c@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> VRFY z@example.test
< 451 4.7.1 Service unavailable - try again later
> FOO
< 451 4.7.1 Service unavailable - try again later
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=SMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=ESMTP helo=<again.test>
== milter-helo-accept on=milter none
do forget
do filter helo accept
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
== milter-helo-DROP on=milter none
do forget
do filter helo DROP
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<x@example.test>
< 503 5.5.1 Error: need MAIL command
>> BDAT 6 LAST\r\na: b\r\n
< 503 5.5.1 Error: need RCPT command
> MAIL FROM:<c@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> VRFY z@example.test
< 451 4.7.1 Service unavailable - try again later
> FOO
< 451 4.7.1 Service unavailable - try again later
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_HELO reply packet header: Application error
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=SMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=ESMTP helo=<again.test>
== milter-helo-421-470-go on=milter none
do forget
do filter helo 421_4.7.0_go
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 421 4.7.0 go
> MAIL FROM:<a@b.test>
< connection closed
> RCPT TO:<x@example.test>
< connection closed
>> BDAT 6 LAST\r\na: b\r\n
< connection closed
> MAIL FROM:<c@b.test>
< connection closed
> RCPT TO:<y@example.test>
< connection closed
do filter none x
> RSET
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> EHLO again.test
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> VRFY z@example.test
< connection closed
> FOO
< connection closed
> NOOP
< connection closed
> QUIT
< connection closed
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 421 4.7.0 go; proto=SMTP helo=<c.test>
== milter-helo-550-579-no on=milter none
do forget
do filter helo 550_5.7.9_no
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 ENHANCEDSTATUSCODES
> MAIL FROM:<a@b.test>
< 550 5.7.9 no
> RCPT TO:<x@example.test>
< 503 5.5.1 Error: need MAIL command
>> BDAT 6 LAST\r\na: b\r\n
< 503 5.5.1 Error: need RCPT command
> MAIL FROM:<c@b.test>
< 550 5.7.9 no
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 550 5.7.9 no
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> EHLO again.test
< 250 ENHANCEDSTATUSCODES
> MAIL FROM:<d@b.test>
< 550 5.7.9 no
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> VRFY z@example.test
< 550 5.7.9 no
> FOO
< 550 5.7.9 no
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 550 5.7.9 no; proto=SMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.9 no; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.9 no; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.9 no; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 550 5.7.9 no; proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.9 no; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 550 5.7.9 no; proto=ESMTP helo=<again.test>
== milter-helo-shutdown on=milter none
do forget
do filter helo shutdown
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 421 4.7.0 Server closing connection
> MAIL FROM:<a@b.test>
< connection closed
> RCPT TO:<x@example.test>
< connection closed
>> BDAT 6 LAST\r\na: b\r\n
< connection closed
> MAIL FROM:<c@b.test>
< connection closed
> RCPT TO:<y@example.test>
< connection closed
do filter none x
> RSET
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> EHLO again.test
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> VRFY z@example.test
< connection closed
> FOO
< connection closed
> NOOP
< connection closed
> QUIT
< connection closed
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 421 4.7.0 Server closing connection; proto=SMTP helo=<c.test>
== milter-mail-reject on=milter none
do forget
do filter mail reject
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 550 5.7.1 Command rejected
> RCPT TO:<x@example.test>
< 503 5.5.1 Error: need MAIL command
>> BDAT 6 LAST\r\na: b\r\n
< 503 5.5.1 Error: need RCPT command
> MAIL FROM:<c@b.test>
< 550 5.7.1 Command rejected
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.1 Command rejected; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.1 Command rejected; from=<c@b.test> proto=ESMTP helo=<c.test>
== milter-mail-tempfail on=milter none
do forget
do filter mail tempfail
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<x@example.test>
< 503 5.5.1 Error: need MAIL command
>> BDAT 6 LAST\r\na: b\r\n
< 503 5.5.1 Error: need RCPT command
> MAIL FROM:<c@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<c@b.test> proto=ESMTP helo=<c.test>
== milter-mail-accept on=milter none
do forget
do filter mail accept
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
== milter-mail-discard on=milter none
do forget
do filter mail discard
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd NOQUEUE: milter-discard: MAIL from unknown[192.0.2.10]: milter triggers DISCARD action; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-discard: MAIL from unknown[192.0.2.10]: milter triggers DISCARD action; from=<c@b.test> proto=ESMTP helo=<c.test>
== milter-mail-DROP on=milter none
do forget
do filter mail DROP
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<x@example.test>
< 503 5.5.1 Error: need MAIL command
>> BDAT 6 LAST\r\na: b\r\n
< 503 5.5.1 Error: need RCPT command
> MAIL FROM:<c@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> VRFY z@example.test
< 451 4.7.1 Service unavailable - try again later
> FOO
< 451 4.7.1 Service unavailable - try again later
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_MAIL reply packet header: Application error
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=ESMTP helo=<again.test>
== milter-mail-421-470-go on=milter none
do forget
do filter mail 421_4.7.0_go
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 421 4.7.0 go
> RCPT TO:<x@example.test>
< connection closed
>> BDAT 6 LAST\r\na: b\r\n
< connection closed
> MAIL FROM:<c@b.test>
< connection closed
> RCPT TO:<y@example.test>
< connection closed
do filter none x
> RSET
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> EHLO again.test
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> VRFY z@example.test
< connection closed
> FOO
< connection closed
> NOOP
< connection closed
> QUIT
< connection closed
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 421 4.7.0 go; from=<a@b.test> proto=ESMTP helo=<c.test>
== milter-mail-550-579-no on=milter none
do forget
do filter mail 550_5.7.9_no
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 550 5.7.9 no
> RCPT TO:<x@example.test>
< 503 5.5.1 Error: need MAIL command
>> BDAT 6 LAST\r\na: b\r\n
< 503 5.5.1 Error: need RCPT command
> MAIL FROM:<c@b.test>
< 550 5.7.9 no
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.9 no; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.7.9 no; from=<c@b.test> proto=ESMTP helo=<c.test>
== milter-mail-shutdown on=milter none
do forget
do filter mail shutdown
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 421 4.7.0 Server closing connection
> RCPT TO:<x@example.test>
< connection closed
>> BDAT 6 LAST\r\na: b\r\n
< connection closed
> MAIL FROM:<c@b.test>
< connection closed
> RCPT TO:<y@example.test>
< connection closed
do filter none x
> RSET
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> EHLO again.test
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> VRFY z@example.test
< connection closed
> FOO
< connection closed
> NOOP
< connection closed
> QUIT
< connection closed
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 421 4.7.0 Server closing connection; from=<a@b.test> proto=ESMTP helo=<c.test>
== milter-rcpt-reject on=milter none
do forget
do filter rcpt reject
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 550 5.7.1 Command rejected
>> BDAT 6 LAST\r\na: b\r\n
< 554 5.5.1 Error: no valid recipients
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 550 5.7.1 Command rejected
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd NOQUEUE: milter-reject: RCPT from unknown[192.0.2.10]: 550 5.7.1 Command rejected; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: RCPT from unknown[192.0.2.10]: 550 5.7.1 Command rejected; from=<c@b.test> to=<y@example.test> proto=ESMTP helo=<c.test>
== milter-rcpt-tempfail on=milter none
do forget
do filter rcpt tempfail
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 451 4.7.1 Service unavailable - try again later
>> BDAT 6 LAST\r\na: b\r\n
< 554 5.5.1 Error: no valid recipients
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 451 4.7.1 Service unavailable - try again later
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd NOQUEUE: milter-reject: RCPT from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: RCPT from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<c@b.test> to=<y@example.test> proto=ESMTP helo=<c.test>
== milter-rcpt-accept on=milter none
do forget
do filter rcpt accept
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
== milter-rcpt-discard on=milter none
do forget
do filter rcpt discard
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd NOQUEUE: milter-discard: RCPT from unknown[192.0.2.10]: milter triggers DISCARD action; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-discard: RCPT from unknown[192.0.2.10]: milter triggers DISCARD action; from=<c@b.test> to=<y@example.test> proto=ESMTP helo=<c.test>
== milter-rcpt-DROP on=milter none
do forget
do filter rcpt DROP
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 451 4.7.1 Service unavailable - try again later
>> BDAT 6 LAST\r\na: b\r\n
< 554 5.5.1 Error: no valid recipients
> MAIL FROM:<c@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> VRFY z@example.test
< 451 4.7.1 Service unavailable - try again later
> FOO
< 451 4.7.1 Service unavailable - try again later
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_RCPT reply packet header: Application error
says smtpd NOQUEUE: milter-reject: RCPT from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=ESMTP helo=<again.test>
== milter-rcpt-421-470-go on=milter none
do forget
do filter rcpt 421_4.7.0_go
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 421 4.7.0 go
>> BDAT 6 LAST\r\na: b\r\n
< connection closed
> MAIL FROM:<c@b.test>
< connection closed
> RCPT TO:<y@example.test>
< connection closed
do filter none x
> RSET
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> EHLO again.test
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> VRFY z@example.test
< connection closed
> FOO
< connection closed
> NOOP
< connection closed
> QUIT
< connection closed
says smtpd NOQUEUE: milter-reject: RCPT from unknown[192.0.2.10]: 421 4.7.0 go; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
== milter-rcpt-550-579-no on=milter none
do forget
do filter rcpt 550_5.7.9_no
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 550 5.7.9 no
>> BDAT 6 LAST\r\na: b\r\n
< 554 5.5.1 Error: no valid recipients
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 550 5.7.9 no
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd NOQUEUE: milter-reject: RCPT from unknown[192.0.2.10]: 550 5.7.9 no; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: RCPT from unknown[192.0.2.10]: 550 5.7.9 no; from=<c@b.test> to=<y@example.test> proto=ESMTP helo=<c.test>
== milter-rcpt-shutdown on=milter none
do forget
do filter rcpt shutdown
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 421 4.7.0 Server closing connection
>> BDAT 6 LAST\r\na: b\r\n
< connection closed
> MAIL FROM:<c@b.test>
< connection closed
> RCPT TO:<y@example.test>
< connection closed
do filter none x
> RSET
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> EHLO again.test
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> VRFY z@example.test
< connection closed
> FOO
< connection closed
> NOOP
< connection closed
> QUIT
< connection closed
says smtpd NOQUEUE: milter-reject: RCPT from unknown[192.0.2.10]: 421 4.7.0 Server closing connection; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
== milter-data-reject on=milter none
do forget
do filter data reject
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 550 5.7.1 Command rejected
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd *: milter-reject: BDAT from unknown[192.0.2.10]: 550 5.7.1 Command rejected; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
== milter-data-tempfail on=milter none
do forget
do filter data tempfail
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 451 4.7.1 Service unavailable - try again later
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd *: milter-reject: BDAT from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
== milter-data-accept on=milter none
do forget
do filter data accept
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
== milter-data-discard on=milter none
do forget
do filter data discard
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd *: milter-discard: BDAT from unknown[192.0.2.10]: milter triggers DISCARD action; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
== milter-data-DROP on=milter none
do forget
do filter data DROP
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 451 4.7.1 Service unavailable - try again later
> MAIL FROM:<c@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> VRFY z@example.test
< 451 4.7.1 Service unavailable - try again later
> FOO
< 451 4.7.1 Service unavailable - try again later
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_DATA reply packet header: Application error
says smtpd *: milter-reject: BDAT from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=ESMTP helo=<again.test>
== milter-data-421-470-go on=milter none
do forget
do filter data 421_4.7.0_go
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 421 4.7.0 go
> MAIL FROM:<c@b.test>
< connection closed
> RCPT TO:<y@example.test>
< connection closed
do filter none x
> RSET
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> EHLO again.test
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> VRFY z@example.test
< connection closed
> FOO
< connection closed
> NOOP
< connection closed
> QUIT
< connection closed
says smtpd *: milter-reject: BDAT from unknown[192.0.2.10]: 421 4.7.0 go; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
== milter-data-550-579-no on=milter none
do forget
do filter data 550_5.7.9_no
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 550 5.7.9 no
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd *: milter-reject: BDAT from unknown[192.0.2.10]: 550 5.7.9 no; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
== milter-data-shutdown on=milter none
do forget
do filter data shutdown
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 421 4.7.0 Server closing connection
> MAIL FROM:<c@b.test>
< connection closed
> RCPT TO:<y@example.test>
< connection closed
do filter none x
> RSET
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> EHLO again.test
< connection closed
> MAIL FROM:<d@b.test>
< connection closed
> RCPT TO:<z@example.test>
< connection closed
> VRFY z@example.test
< connection closed
> FOO
< connection closed
> NOOP
< connection closed
> QUIT
< connection closed
says smtpd *: milter-reject: BDAT from unknown[192.0.2.10]: 421 4.7.0 Server closing connection; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
== milter-unknown-reject on=milter none
do forget
do filter unknown reject
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> FOO
< 550 5.7.1 Command rejected
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 550 5.7.1 Command rejected; from=<a@b.test> proto=ESMTP helo=<c.test>
== milter-unknown-DROP on=milter none
do forget
do filter unknown DROP
open a on=milter raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> FOO
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<x@example.test>
< 451 4.7.1 Service unavailable - try again later
>> BDAT 6 LAST\r\na: b\r\n
< 554 5.5.1 Error: no valid recipients
> MAIL FROM:<c@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> VRFY z@example.test
< 451 4.7.1 Service unavailable - try again later
> FOO
< 451 4.7.1 Service unavailable - try again later
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_UNKNOWN reply packet header: Application error
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: RCPT from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=ESMTP helo=<again.test>
== milteraccept-connect-DROP on=milteraccept none
do forget
do filter connect DROP
open a on=milteraccept raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_CONNECT reply packet header: Application error
== milteraccept-helo-DROP on=milteraccept none
do forget
do filter helo DROP
open a on=milteraccept raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_HELO reply packet header: Application error
== milteraccept-mail-DROP on=milteraccept none
do forget
do filter mail DROP
open a on=milteraccept raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_MAIL reply packet header: Application error
== milteraccept-rcpt-DROP on=milteraccept none
do forget
do filter rcpt DROP
open a on=milteraccept raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_RCPT reply packet header: Application error
== milteraccept-data-DROP on=milteraccept none
do forget
do filter data DROP
open a on=milteraccept raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_DATA reply packet header: Application error
== milteraccept-unknown-DROP on=milteraccept none
do forget
do filter unknown DROP
open a on=milteraccept raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> FOO
< 500 5.5.2 Error: command not recognized
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_UNKNOWN reply packet header: Application error
== milterreject-connect-DROP on=milterreject none
do forget
do filter connect DROP
open a on=milterreject raw
<* 554 mx.example.test ESMTP not accepting connections
> EHLO c.test
< 250 ENHANCEDSTATUSCODES
> MAIL FROM:<a@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<x@example.test>
< 503 5.5.1 Error: need MAIL command
>> BDAT 6 LAST\r\na: b\r\n
< 503 5.5.1 Error: need RCPT command
> MAIL FROM:<c@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> EHLO again.test
< 250 ENHANCEDSTATUSCODES
> MAIL FROM:<d@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> VRFY z@example.test
< 550 5.5.0 Service unavailable
> FOO
< 550 5.5.0 Service unavailable
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_CONNECT reply packet header: Application error
says smtpd NOQUEUE: milter-reject: CONNECT from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; proto=SMTP
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; proto=SMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; proto=ESMTP helo=<again.test>
== milterreject-helo-DROP on=milterreject none
do forget
do filter helo DROP
open a on=milterreject raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 ENHANCEDSTATUSCODES
> MAIL FROM:<a@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<x@example.test>
< 503 5.5.1 Error: need MAIL command
>> BDAT 6 LAST\r\na: b\r\n
< 503 5.5.1 Error: need RCPT command
> MAIL FROM:<c@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> EHLO again.test
< 250 ENHANCEDSTATUSCODES
> MAIL FROM:<d@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> VRFY z@example.test
< 550 5.5.0 Service unavailable
> FOO
< 550 5.5.0 Service unavailable
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_HELO reply packet header: Application error
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; proto=SMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; proto=ESMTP helo=<again.test>
== milterreject-mail-DROP on=milterreject none
do forget
do filter mail DROP
open a on=milterreject raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<x@example.test>
< 503 5.5.1 Error: need MAIL command
>> BDAT 6 LAST\r\na: b\r\n
< 503 5.5.1 Error: need RCPT command
> MAIL FROM:<c@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> EHLO again.test
< 250 ENHANCEDSTATUSCODES
> MAIL FROM:<d@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> VRFY z@example.test
< 550 5.5.0 Service unavailable
> FOO
< 550 5.5.0 Service unavailable
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_MAIL reply packet header: Application error
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; proto=ESMTP helo=<again.test>
== milterreject-rcpt-DROP on=milterreject none
do forget
do filter rcpt DROP
open a on=milterreject raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 550 5.5.0 Service unavailable
>> BDAT 6 LAST\r\na: b\r\n
< 554 5.5.1 Error: no valid recipients
> MAIL FROM:<c@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> EHLO again.test
< 250 ENHANCEDSTATUSCODES
> MAIL FROM:<d@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> VRFY z@example.test
< 550 5.5.0 Service unavailable
> FOO
< 550 5.5.0 Service unavailable
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_RCPT reply packet header: Application error
says smtpd NOQUEUE: milter-reject: RCPT from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; proto=ESMTP helo=<again.test>
== milterreject-data-DROP on=milterreject none
do forget
do filter data DROP
open a on=milterreject raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 550 5.5.0 Service unavailable
> MAIL FROM:<c@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> EHLO again.test
< 250 ENHANCEDSTATUSCODES
> MAIL FROM:<d@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> VRFY z@example.test
< 550 5.5.0 Service unavailable
> FOO
< 550 5.5.0 Service unavailable
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_DATA reply packet header: Application error
says smtpd *: milter-reject: BDAT from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; proto=ESMTP helo=<again.test>
== milterreject-unknown-DROP on=milterreject none
do forget
do filter unknown DROP
open a on=milterreject raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> FOO
< 550 5.5.0 Service unavailable
> RCPT TO:<x@example.test>
< 550 5.5.0 Service unavailable
>> BDAT 6 LAST\r\na: b\r\n
< 554 5.5.1 Error: no valid recipients
> MAIL FROM:<c@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> EHLO again.test
< 250 ENHANCEDSTATUSCODES
> MAIL FROM:<d@b.test>
< 550 5.5.0 Service unavailable
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> VRFY z@example.test
< 550 5.5.0 Service unavailable
> FOO
< 550 5.5.0 Service unavailable
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_UNKNOWN reply packet header: Application error
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: RCPT from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 550 5.5.0 Service unavailable; proto=ESMTP helo=<again.test>
== milterquarantine-connect-DROP on=milterquarantine none
do forget
do filter connect DROP
open a on=milterquarantine raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_CONNECT reply packet header: Application error
says smtpd NOQUEUE: milter-hold: CONNECT from unknown[192.0.2.10]: milter triggers HOLD action; proto=SMTP
says smtpd NOQUEUE: milter-hold: EHLO from unknown[192.0.2.10]: milter triggers HOLD action; proto=SMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd *: milter-hold: BDAT from unknown[192.0.2.10]: milter triggers HOLD action; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<c@b.test> to=<y@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<c.test>
says smtpd *: milter-hold: EHLO from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<again.test>
says smtpd *: milter-hold: UNKNOWN from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<again.test>
== milterquarantine-helo-DROP on=milterquarantine none
do forget
do filter helo DROP
open a on=milterquarantine raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_HELO reply packet header: Application error
says smtpd NOQUEUE: milter-hold: EHLO from unknown[192.0.2.10]: milter triggers HOLD action; proto=SMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd *: milter-hold: BDAT from unknown[192.0.2.10]: milter triggers HOLD action; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<c@b.test> to=<y@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<c.test>
says smtpd *: milter-hold: EHLO from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<again.test>
says smtpd *: milter-hold: UNKNOWN from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<again.test>
== milterquarantine-mail-DROP on=milterquarantine none
do forget
do filter mail DROP
open a on=milterquarantine raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_MAIL reply packet header: Application error
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd *: milter-hold: BDAT from unknown[192.0.2.10]: milter triggers HOLD action; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<c@b.test> to=<y@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<c.test>
says smtpd *: milter-hold: EHLO from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<again.test>
says smtpd *: milter-hold: UNKNOWN from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<again.test>
== milterquarantine-rcpt-DROP on=milterquarantine none
do forget
do filter rcpt DROP
open a on=milterquarantine raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_RCPT reply packet header: Application error
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd *: milter-hold: BDAT from unknown[192.0.2.10]: milter triggers HOLD action; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<c@b.test> to=<y@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<c.test>
says smtpd *: milter-hold: EHLO from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<again.test>
says smtpd *: milter-hold: UNKNOWN from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<again.test>
== milterquarantine-data-DROP on=milterquarantine none
do forget
do filter data DROP
open a on=milterquarantine raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_DATA reply packet header: Application error
says smtpd *: milter-hold: BDAT from unknown[192.0.2.10]: milter triggers HOLD action; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<c@b.test> to=<y@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<c.test>
says smtpd *: milter-hold: EHLO from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<again.test>
says smtpd *: milter-hold: UNKNOWN from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<again.test>
== milterquarantine-unknown-DROP on=milterquarantine none
do forget
do filter unknown DROP
open a on=milterquarantine raw
<* 220 mx.example.test ESMTP *
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> FOO
< 500 5.5.2 Error: command not recognized
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
do filter none x
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: milter unix:@DIR@/milter.sock: can't read SMFIC_UNKNOWN reply packet header: Application error
says smtpd NOQUEUE: milter-hold: UNKNOWN from unknown[192.0.2.10]: milter triggers HOLD action; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd *: milter-hold: BDAT from unknown[192.0.2.10]: milter triggers HOLD action; from=<a@b.test> to=<x@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<c@b.test> to=<y@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<c.test>
says smtpd *: milter-hold: EHLO from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-hold: MAIL from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-hold: RCPT from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<again.test>
says smtpd *: milter-hold: UNKNOWN from unknown[192.0.2.10]: milter triggers HOLD action; from=<d@b.test> to=<z@example.test> proto=ESMTP helo=<again.test>
== nomilter-connect on=nomilter
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<x@example.test>
< 503 5.5.1 Error: need MAIL command
>> BDAT 6 LAST\r\na: b\r\n
< 503 5.5.1 Error: need RCPT command
> MAIL FROM:<c@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<y@example.test>
< 503 5.5.1 Error: need MAIL command
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 451 4.7.1 Service unavailable - try again later
> RCPT TO:<z@example.test>
< 503 5.5.1 Error: need MAIL command
> VRFY z@example.test
< 451 4.7.1 Service unavailable - try again later
> FOO
< 451 4.7.1 Service unavailable - try again later
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: connect to Milter service unix:@DIR@/none.sock: No such file or directory
says smtpd NOQUEUE: milter-reject: CONNECT from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=SMTP
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=SMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<a@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<c@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<d@b.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: milter-reject: EHLO from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: MAIL from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; from=<d@b.test> proto=ESMTP helo=<again.test>
says smtpd NOQUEUE: milter-reject: UNKNOWN from unknown[192.0.2.10]: 451 4.7.1 Service unavailable - try again later; proto=ESMTP helo=<again.test>
== nomilteraccept-connect on=nomilteraccept
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x@example.test>
< 250 2.1.5 Ok
>> BDAT 6 LAST\r\na: b\r\n
< 250 2.0.0 Ok: 6 bytes queued as *
> MAIL FROM:<c@b.test>
< 250 2.1.0 Ok
> RCPT TO:<y@example.test>
< 250 2.1.5 Ok
> RSET
< 250 2.0.0 Ok
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> EHLO again.test
< 250 *
> MAIL FROM:<d@b.test>
< 250 2.1.0 Ok
> RCPT TO:<z@example.test>
< 250 2.1.5 Ok
> VRFY z@example.test
< 252 2.0.0 z@example.test
> FOO
< 500 5.5.2 Error: command not recognized
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: connect to Milter service unix:@DIR@/none.sock: No such file or directory
== login-0 on=login
> EHLO c.test
< 250 *
do dovecot FAIL\t@\tuser=joe\treason=go away\n
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: go away
> eA==
<* 500 5.5.2 Error: command not recognized
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: go away, sasl_username=joe
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=(unavailable)
== login-1 on=login
> EHLO c.test
< 250 *
do dovecot FAIL\t@\tuser=joe\tcode=user_disabled\n
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> eA==
<* 500 5.5.2 Error: command not recognized
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=joe
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=(unavailable)
== login-2 on=login
> EHLO c.test
< 250 *
do dovecot FAIL\t@\tcode=pass_expired\treason=old\n
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: old
> eA==
<* 500 5.5.2 Error: command not recognized
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: old, sasl_username=(unavailable)
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=(unavailable)
== login-3 on=login
> EHLO c.test
< 250 *
do dovecot FAIL\t@\tuser_disabled\treason=off\n
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: off
> eA==
<* 500 5.5.2 Error: command not recognized
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: off, sasl_username=(unavailable)
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=(unavailable)
== login-4 on=login
> EHLO c.test
< 250 *
do dovecot FAIL\t@\tpass_expired\n
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> eA==
<* 500 5.5.2 Error: command not recognized
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=(unavailable)
== login-5 on=login
> EHLO c.test
< 250 *
do dovecot FAIL\t@\tauthz\tuser=x\n
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> eA==
<* 500 5.5.2 Error: command not recognized
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=x
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=(unavailable)
== login-6 on=login
> EHLO c.test
< 250 *
do dovecot FAIL\t@\tnologin\n
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> eA==
<* 500 5.5.2 Error: command not recognized
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=(unavailable)
== login-7 on=login
> EHLO c.test
< 250 *
do dovecot FAIL\t@\treason=\n
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> eA==
<* 500 5.5.2 Error: command not recognized
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=(unavailable)
== login-8 on=login
> EHLO c.test
< 250 *
do dovecot FAIL\t@\treason=a\treason=b\n
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: b
> eA==
<* 500 5.5.2 Error: command not recognized
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: b, sasl_username=(unavailable)
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=(unavailable)
== login-9 on=login
> EHLO c.test
< 250 *
do dovecot FAIL\t@\tcode=authz_fail\tuser=j\n
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> eA==
<* 500 5.5.2 Error: command not recognized
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=j
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=(unavailable)
== login-10 on=login
> EHLO c.test
< 250 *
do dovecot FAIL\t@\tcode=invalid_base64\n
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> eA==
<* 500 5.5.2 Error: command not recognized
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=(unavailable)
== login-11 on=login
> EHLO c.test
< 250 *
do dovecot FAIL\t@\tno_retry\n
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> eA==
<* 500 5.5.2 Error: command not recognized
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=(unavailable)
== login-12 on=login
> EHLO c.test
< 250 *
do dovecot OK\t@\tuser=j o e\n
> AUTH PLAIN AGpvZQBz
<* 235 2.7.0 Authentication successful
> eA==
<* 500 5.5.2 Error: command not recognized
> AUTH PLAIN AGpvZQBz
<* 503 5.5.1 Error: already authenticated
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
== login-13 on=login
> EHLO c.test
< 250 *
do dovecot OK\t@\tuser=joe\treason=x\n
> AUTH PLAIN AGpvZQBz
<* 235 2.7.0 Authentication successful
> eA==
<* 500 5.5.2 Error: command not recognized
> AUTH PLAIN AGpvZQBz
<* 503 5.5.1 Error: already authenticated
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
== login-14 on=login
> EHLO c.test
< 250 *
do dovecot OK\t@\tnologin\tuser=joe\n
> AUTH PLAIN AGpvZQBz
<* 235 2.7.0 Authentication successful
> eA==
<* 500 5.5.2 Error: command not recognized
> AUTH PLAIN AGpvZQBz
<* 503 5.5.1 Error: already authenticated
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
== login-15 on=login
> EHLO c.test
< 250 *
do dovecot CONT\t@\t\n || OK\t@\tuser=joe\n
> AUTH PLAIN AGpvZQBz
<* 334 
> eA==
<* 235 2.7.0 Authentication successful
> AUTH PLAIN AGpvZQBz
<* 503 5.5.1 Error: already authenticated
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
== login-16 on=login
> EHLO c.test
< 250 *
do dovecot CONT\t@\teHg=\n || FAIL\t@\treason=why\n
> AUTH PLAIN AGpvZQBz
<* 334 eHg=
> eA==
<* 535 5.7.8 Error: authentication failed: why
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: why, sasl_username=(unavailable)
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=(unavailable)
== login-17 on=login
> EHLO c.test
< 250 *
do dovecot FAIL\t@\treason=tab\\ttab\n
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: tab\ttab
> eA==
<* 500 5.5.2 Error: command not recognized
> AUTH PLAIN AGpvZQBz
<* 535 5.7.8 Error: authentication failed: (reason unavailable)
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: tab\ttab, sasl_username=(unavailable)
says smtpd warning: unknown[192.0.2.10]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=(unavailable)
== routing-allowed on=untrusted src=198.51.100.9
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x%y@a.test>
< 454 4.7.1 <x%y@a.test>: Relay access denied
> RCPT TO:<x!y@a.test>
< 454 4.7.1 <x!y@a.test>: Relay access denied
> RCPT TO:<@z.test:y@a.test>
< 454 4.7.1 <y@a.test>: Relay access denied
> RCPT TO:<x%y@a.test@a.test>
< 454 4.7.1 <x%y@a.test@a.test>: Relay access denied
says smtpd NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 454 4.7.1 <x%y@a.test>: Relay access denied; from=<a@b.test> to=<x%y@a.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 454 4.7.1 <x!y@a.test>: Relay access denied; from=<a@b.test> to=<x!y@a.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 454 4.7.1 <y@a.test>: Relay access denied; from=<a@b.test> to=<y@a.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 454 4.7.1 <x%y@a.test@a.test>: Relay access denied; from=<a@b.test> to=<"x%y@a.test"@a.test> proto=ESMTP helo=<c.test>
== routing-refused on=trusted src=198.51.100.9
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<x%y@a.test>
< 454 4.7.1 <x%y@a.test>: Relay access denied
> RCPT TO:<x!y@a.test>
< 454 4.7.1 <x!y@a.test>: Relay access denied
> RCPT TO:<@z.test:y@a.test>
< 454 4.7.1 <y@a.test>: Relay access denied
> RCPT TO:<x%y@a.test@a.test>
< 454 4.7.1 <x%y@a.test@a.test>: Relay access denied
says smtpd NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 454 4.7.1 <x%y@a.test>: Relay access denied; from=<a@b.test> to=<x%y@a.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 454 4.7.1 <x!y@a.test>: Relay access denied; from=<a@b.test> to=<x!y@a.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 454 4.7.1 <y@a.test>: Relay access denied; from=<a@b.test> to=<y@a.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 454 4.7.1 <x%y@a.test@a.test>: Relay access denied; from=<a@b.test> to=<"x%y@a.test"@a.test> proto=ESMTP helo=<c.test>
== access-codes on=accessdefer
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
> RCPT TO:<a@example.test>
< 451 4.7.1 <a@example.test>: Recipient address rejected: Access denied
> RCPT TO:<b@example.test>
< 551 5.7.1 <b@example.test>: Recipient address rejected: Access denied
> RCPT TO:<c@example.test>
< 451 4.7.1 <c@example.test>: Recipient address rejected: Service unavailable
> RCPT TO:<d@example.test>
< 250 2.1.5 Ok
says smtpd NOQUEUE: reject: RCPT from unknown[192.0.2.10]: 451 4.7.1 <a@example.test>: Recipient address rejected: Access denied; from=<a@b.test> to=<a@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: reject: RCPT from unknown[192.0.2.10]: 551 5.7.1 <b@example.test>: Recipient address rejected: Access denied; from=<a@b.test> to=<b@example.test> proto=ESMTP helo=<c.test>
says smtpd NOQUEUE: reject: RCPT from unknown[192.0.2.10]: 451 4.7.1 <c@example.test>: Recipient address rejected: Service unavailable; from=<a@b.test> to=<c@example.test> proto=ESMTP helo=<c.test>
== rate on=rate
> EHLO c.test
< 250 *
> MAIL FROM:<a@b.test>
< 250 2.1.0 Ok
>> RCPT TO:<a@exam
<< 421 4.4.2 mx.example.test Error: timeout exceeded\r\n
says smtpd timeout after MAIL from unknown[192.0.2.10]
== junk on=junk
> EHLO c.test
< 250 *
> NOOP
< 250 2.0.0 Ok
> NOOP
< 250 2.0.0 Ok
> NOOP
< 250 2.0.0 Ok
> RSET
< 250 2.0.0 Ok
> VRFY a
< 252 2.0.0 a
> NOOP
< 250 2.0.0 Ok
> QUIT
< 221 2.0.0 Bye
== forbidden on=forbidden
> foo bar
<* 221 2.7.0 Error: I can break rules, too. Goodbye.
says smtpd warning: non-SMTP command from unknown[192.0.2.10]: foo bar
== forbidden-pattern on=forbidden
> NOPE
<* 500 5.5.2 Error: command not recognized
> Xy z
<* 221 2.7.0 Error: I can break rules, too. Goodbye.
says smtpd warning: non-SMTP command from unknown[192.0.2.10]: Xy z
== forbidden-known on=forbidden
> NOOP
<* 250 2.0.0 Ok
> QUIT
<* 221 2.0.0 Bye
"""
