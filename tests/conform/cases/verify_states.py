"""Address verification: what verify remembers, whom it probes, and what smtpd answers meanwhile."""
import re
import time

from harness import FakeSMTP, Talk


class Verify(Talk):
    area = "verify-states"
    cost = 20
    timeout = 60
    programs = ("smtpd", "verify")
    boring = r"^(connect from|disconnect from|lost connection|warning: hostname|.*: client=|close database|cache .* full cleanup)"
    main = """
smtpd_error_sleep_time = 0
smtpd_relay_restrictions = permit_mynetworks, permit_auth_destination, reject
smtpd_recipient_restrictions = reject_unverified_recipient
address_verify_poll_delay = 1s
address_verify_poll_count = 4
address_verify_map = btree:$data_directory/verify
relay_domains = relay.test, slow.test, nohost.test, other.test
virtual_mailbox_domains = virt.test
virtual_mailbox_maps = inline:{v@virt.test=v/}
virtual_mailbox_base = @DIR@/vmail
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
virtual_alias_domains = alias.test
virtual_alias_maps = inline:{good@alias.test=alice@example.test, far@alias.test=hardfail@relay.test, loop@alias.test=loop@alias.test}
transport_maps = inline:{slow.test=smtp:[127.0.0.1]:2599, nohost.test=smtp:[no.such.host.test], {other.test=error:5.1.1 moved away}}
local_recipient_maps =
unverified_recipient_reject_reason =
minimal_backoff_time = 1000s
"""
    services = {
        "code": "unverified_recipient_reject_code = 550\nunverified_recipient_defer_code = 451",
        "reason": "unverified_recipient_reject_code = 550\nunverified_recipient_reject_reason = Address lookup failed",
        "one": "address_verify_poll_count = 1",
        "defer": "unverified_recipient_tempfail_action = defer\naddress_verify_poll_count = 1",
        "later": "unverified_recipient_tempfail_action = defer_if_permit\naddress_verify_poll_count = 1\n"
                 "smtpd_recipient_restrictions = reject_unverified_recipient, reject",
        "sender": "smtpd_recipient_restrictions =\nsmtpd_sender_restrictions = reject_unverified_sender",
        "scode": "smtpd_recipient_restrictions =\nsmtpd_sender_restrictions = reject_unverified_sender\n"
                 "unverified_sender_reject_code = 550\nunverified_sender_defer_code = 451\n"
                 "unverified_sender_reject_reason = Sender lookup failed",
        "snow": "smtpd_delay_reject = no\nsmtpd_recipient_restrictions =\nsmtpd_sender_restrictions = reject_unverified_sender",
        "warn": "smtpd_recipient_restrictions = warn_if_reject reject_unverified_recipient",
        "class": "smtpd_restriction_classes = vfy\nvfy = reject_unverified_recipient\n"
                 "smtpd_recipient_restrictions = check_recipient_access inline:{example.test=vfy}",
        "soft": "soft_bounce = yes\nunverified_recipient_reject_code = 550",
        "ok200": "unverified_recipient_reject_code = 200\nunverified_recipient_defer_code = 250",
    }

    def prepare(self):
        self.slow = self.keep(FakeSMTP(("127.0.0.1", 2599)))
        self.slow.behave["RCPT"] = lambda s, a: "HANG:20"

    def run_case(self, name):
        self.sink.reset()
        super().run_case(name)

    def clean(self, text):
        text = super().clean(text)
        text = re.sub(r" SIZE=\d+", "", text)
        text = re.sub(r"twice\w+@", "twice*@", text)
        text = re.sub(r"(host |connect to )127\.0\.0\.1\[127\.0\.0\.1\](:\d+)?", r"\g<1>*", text)
        return text

    def ask(self, rcpt, sender="a@example.net"):
        session = self.sessions[self.current]
        session.cmd("EHLO x")
        r = session.cmd("MAIL FROM:<%s>" % sender)
        if r.code != 250:
            return str(r)
        r = str(session.cmd("RCPT TO:<%s>" % rcpt)).split("\n")[-1]
        session.cmd("RSET")
        return r

    def see_rcpt(self, rcpt):
        return self.ask(rcpt)

    def see_mail(self, sender, rcpt="alice@example.test"):
        return self.ask(rcpt, "" if sender == "<>" else sender)

    def see_later(self, rcpt):
        """the answer after the probe has come back"""
        self.ask(rcpt)
        time.sleep(2)
        return self.ask(rcpt)

    def see_probes(self):
        """what the next hop was asked by probes"""
        return self.clean(" ".join("%s>%s" % (c, r) for s in self.sink.sessions for c, r in
                                   zip([c for c in s.commands if c.startswith("MAIL")],
                                       [c for c in s.commands if c.startswith("RCPT")]))).replace(" SIZE", " SIZE")

    scripts = r"""
== local src=192.0.2.10
see rcpt alice@example.test => 250 2.1.5 Ok
== local-unknown src=192.0.2.10
see rcpt nobody@example.test => 250 2.1.5 Ok
see rcpt nobody@example.test => 250 2.1.5 Ok
== local-alias src=192.0.2.10
see rcpt root@example.test => 250 2.1.5 Ok
== local-extension src=192.0.2.10
see rcpt alice+x@example.test => 450 4.1.1 <alice+x@example.test>: Recipient address rejected: unverified address: unknown user: "alice+x"
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <alice+x@example.test>: Recipient address rejected: unverified address: unknown user: "alice+x"; from=<a@example.net> to=<alice+x@example.test> proto=ESMTP helo=<x>
== postmaster src=192.0.2.10
see rcpt postmaster => 250 2.1.5 Ok
see rcpt postmaster@example.test => 250 2.1.5 Ok
== relay src=192.0.2.10
see rcpt good@relay.test => 250 2.1.5 Ok
see probes => MAIL FROM:<double-bounce@example.test>>RCPT TO:<good@relay.test> ORCPT=rfc822;good@relay.test
== relay-hard src=192.0.2.10
see rcpt hardfail@relay.test => 450 4.1.1 <hardfail@relay.test>: Recipient address rejected: unverified address: host * said: 550 5.1.1 no such user (in reply to RCPT TO command)
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <hardfail@relay.test>: Recipient address rejected: unverified address: host * said: 550 5.1.1 no such user (in reply to RCPT TO command); from=<a@example.net> to=<hardfail@relay.test> proto=ESMTP helo=<x>
== relay-soft src=192.0.2.10
see rcpt softfail@relay.test => 450 4.1.1 <softfail@relay.test>: Recipient address rejected: unverified address: host * said: 451 4.3.0 try again (in reply to RCPT TO command)
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <softfail@relay.test>: Recipient address rejected: unverified address: host * said: 451 4.3.0 try again (in reply to RCPT TO command); from=<a@example.net> to=<softfail@relay.test> proto=ESMTP helo=<x>
== relay-again src=192.0.2.10
see rcpt good2@relay.test => 250 2.1.5 Ok
see rcpt good2@relay.test => 250 2.1.5 Ok
see rcpt GOOD2@RELAY.test => 250 2.1.5 Ok
see probes => MAIL FROM:<double-bounce@example.test>>RCPT TO:<good2@relay.test> ORCPT=rfc822;good2@relay.test MAIL FROM:<double-bounce@example.test>>RCPT TO:<GOOD2@RELAY.test> ORCPT=rfc822;GOOD2@RELAY.test
== error-transport src=192.0.2.10
see rcpt u@other.test => 450 4.1.1 <u@other.test>: Recipient address rejected: unverified address: moved away
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <u@other.test>: Recipient address rejected: unverified address: moved away; from=<a@example.net> to=<u@other.test> proto=ESMTP helo=<x>
== no-host src=192.0.2.10
see rcpt u@nohost.test => 450 4.1.1 <u@nohost.test>: Recipient address rejected: unverified address: Host or domain name not found. Name service error for name=no.such.host.test type=AAAA: Host not found
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <u@nohost.test>: Recipient address rejected: unverified address: Host or domain name not found. Name service error for name=no.such.host.test type=AAAA: Host not found; from=<a@example.net> to=<u@nohost.test> proto=ESMTP helo=<x>
== slow src=192.0.2.10 on=one
see rcpt u@slow.test => 450 4.1.1 <u@slow.test>: Recipient address rejected: unverified address: Address verification in progress
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <u@slow.test>: Recipient address rejected: unverified address: Address verification in progress; from=<a@example.net> to=<u@slow.test> proto=ESMTP helo=<x>
== bounced-then-reject on=later src=192.0.2.10
see later hardfail20@relay.test => 554 5.7.1 <hardfail20@relay.test>: Recipient address rejected: Access denied
see later softfail20@relay.test => 554 5.7.1 <softfail20@relay.test>: Recipient address rejected: Access denied
see later good20@relay.test => 554 5.7.1 <good20@relay.test>: Recipient address rejected: Access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <hardfail20@relay.test>: Recipient address rejected: Access denied; from=<a@example.net> to=<hardfail20@relay.test> proto=ESMTP helo=<x>
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <softfail20@relay.test>: Recipient address rejected: Access denied; from=<a@example.net> to=<softfail20@relay.test> proto=ESMTP helo=<x>
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <good20@relay.test>: Recipient address rejected: Access denied; from=<a@example.net> to=<good20@relay.test> proto=ESMTP helo=<x>
== virtual src=192.0.2.10
see rcpt v@virt.test => 250 2.1.5 Ok
see rcpt none@virt.test => 450 4.1.1 <none@virt.test>: Recipient address rejected: unverified address: unknown user: "none@virt.test"
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <none@virt.test>: Recipient address rejected: unverified address: unknown user: "none@virt.test"; from=<a@example.net> to=<none@virt.test> proto=ESMTP helo=<x>
== alias src=192.0.2.10
see rcpt good@alias.test => 250 2.1.5 Ok
see rcpt far@alias.test => 450 4.1.1 <far@alias.test>: Recipient address rejected: unverified address: host * said: 550 5.1.1 no such user (in reply to RCPT TO command)
see rcpt none@alias.test => 450 4.1.1 <none@alias.test>: Recipient address rejected: unverified address: User unknown in virtual alias table
see rcpt loop@alias.test => 450 4.1.1 <loop@alias.test>: Recipient address rejected: unverified address: User unknown in virtual alias table
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <far@alias.test>: Recipient address rejected: unverified address: host * said: 550 5.1.1 no such user (in reply to RCPT TO command); from=<a@example.net> to=<far@alias.test> proto=ESMTP helo=<x>
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <none@alias.test>: Recipient address rejected: unverified address: User unknown in virtual alias table; from=<a@example.net> to=<none@alias.test> proto=ESMTP helo=<x>
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <loop@alias.test>: Recipient address rejected: unverified address: User unknown in virtual alias table; from=<a@example.net> to=<loop@alias.test> proto=ESMTP helo=<x>
== quoted src=192.0.2.10
see rcpt "a:b"@relay.test => 250 2.1.5 Ok
== codes on=code src=192.0.2.10
see rcpt nobody2@example.test => 550 5.1.1 <nobody2@example.test>: Recipient address rejected: undeliverable address: unknown user: "nobody2"
see rcpt hardfail2@relay.test => 550 5.1.1 <hardfail2@relay.test>: Recipient address rejected: undeliverable address: host * said: 550 5.1.1 no such user (in reply to RCPT TO command)
see rcpt softfail2@relay.test => 451 4.1.1 <softfail2@relay.test>: Recipient address rejected: unverified address: host * said: 451 4.3.0 try again (in reply to RCPT TO command)
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 550 5.1.1 <nobody2@example.test>: Recipient address rejected: undeliverable address: unknown user: "nobody2"; from=<a@example.net> to=<nobody2@example.test> proto=ESMTP helo=<x>
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 550 5.1.1 <hardfail2@relay.test>: Recipient address rejected: undeliverable address: host * said: 550 5.1.1 no such user (in reply to RCPT TO command); from=<a@example.net> to=<hardfail2@relay.test> proto=ESMTP helo=<x>
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.1.1 <softfail2@relay.test>: Recipient address rejected: unverified address: host * said: 451 4.3.0 try again (in reply to RCPT TO command); from=<a@example.net> to=<softfail2@relay.test> proto=ESMTP helo=<x>
== reasons on=reason src=192.0.2.10
see rcpt nobody3@example.test => 550 5.1.1 <nobody3@example.test>: Recipient address rejected: undeliverable address: Address lookup failed
see rcpt softfail3@relay.test => 450 4.1.1 <softfail3@relay.test>: Recipient address rejected: unverified address: Address lookup failed
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 550 5.1.1 <nobody3@example.test>: Recipient address rejected: undeliverable address: Address lookup failed; from=<a@example.net> to=<nobody3@example.test> proto=ESMTP helo=<x>
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <softfail3@relay.test>: Recipient address rejected: unverified address: Address lookup failed; from=<a@example.net> to=<softfail3@relay.test> proto=ESMTP helo=<x>
== codes-200 on=ok200 src=192.0.2.10
see rcpt nobody4@example.test => 250 2.1.5 Ok
see rcpt softfail4@relay.test => 250 2.1.5 Ok
== tempfail-defer on=defer src=192.0.2.10
see rcpt u3@slow.test => 450 4.1.1 <u3@slow.test>: Recipient address rejected: unverified address: Address verification in progress
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <u3@slow.test>: Recipient address rejected: unverified address: Address verification in progress; from=<a@example.net> to=<u3@slow.test> proto=ESMTP helo=<x>
== tempfail-defer-if-permit on=later src=192.0.2.10
see rcpt u4@slow.test => 554 5.7.1 <u4@slow.test>: Recipient address rejected: Access denied
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 554 5.7.1 <u4@slow.test>: Recipient address rejected: Access denied; from=<a@example.net> to=<u4@slow.test> proto=ESMTP helo=<x>
== sender on=sender src=192.0.2.10
see mail ok@relay.test => 250 2.1.5 Ok
see probes => MAIL FROM:<double-bounce@example.test>>RCPT TO:<ok@relay.test> ORCPT=rfc822;ok@relay.test
see mail hardfail@relay.test => 450 4.1.7 <hardfail@relay.test>: Sender address rejected: unverified address: host * said: 550 5.1.1 no such user (in reply to RCPT TO command)
see mail softfail@relay.test => 450 4.1.7 <softfail@relay.test>: Sender address rejected: unverified address: host * said: 451 4.3.0 try again (in reply to RCPT TO command)
see mail <> => 250 2.1.5 Ok
see mail nobody@example.test => 250 2.1.5 Ok
see mail alice@example.test => 250 2.1.5 Ok
see mail x@nohost.test => 450 4.1.7 <x@nohost.test>: Sender address rejected: unverified address: Host or domain name not found. Name service error for name=no.such.host.test type=AAAA: Host not found
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.7 <hardfail@relay.test>: Sender address rejected: unverified address: host * said: 550 5.1.1 no such user (in reply to RCPT TO command); from=<hardfail@relay.test> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.7 <softfail@relay.test>: Sender address rejected: unverified address: host * said: 451 4.3.0 try again (in reply to RCPT TO command); from=<softfail@relay.test> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.7 <x@nohost.test>: Sender address rejected: unverified address: Host or domain name not found. Name service error for name=no.such.host.test type=AAAA: Host not found; from=<x@nohost.test> to=<alice@example.test> proto=ESMTP helo=<x>
== sender-codes on=scode src=192.0.2.10
see mail hardfail9@relay.test => 550 5.1.7 <hardfail9@relay.test>: Sender address rejected: undeliverable address: Sender lookup failed
see mail softfail9@relay.test => 451 4.1.7 <softfail9@relay.test>: Sender address rejected: unverified address: Sender lookup failed
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 550 5.1.7 <hardfail9@relay.test>: Sender address rejected: undeliverable address: Sender lookup failed; from=<hardfail9@relay.test> to=<alice@example.test> proto=ESMTP helo=<x>
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 451 4.1.7 <softfail9@relay.test>: Sender address rejected: unverified address: Sender lookup failed; from=<softfail9@relay.test> to=<alice@example.test> proto=ESMTP helo=<x>
== sender-at-once on=snow src=192.0.2.10
see mail hardfail10@relay.test => 450 4.1.7 <hardfail10@relay.test>: Sender address rejected: unverified address: host * said: 550 5.1.1 no such user (in reply to RCPT TO command)
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.7 <hardfail10@relay.test>: Sender address rejected: unverified address: host * said: 550 5.1.1 no such user (in reply to RCPT TO command); from=<hardfail10@relay.test> to=<alice@example.test> proto=ESMTP helo=<x>
== bare-sender on=sender src=192.0.2.10
see mail alice => 250 2.1.5 Ok
== warn on=warn src=192.0.2.10
see rcpt hardfail11@relay.test => 250 2.1.5 Ok
says smtpd NOQUEUE: reject_warning: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <hardfail11@relay.test>: Recipient address rejected: unverified address: host * said: 550 5.1.1 no such user (in reply to RCPT TO command); from=<a@example.net> to=<hardfail11@relay.test> proto=ESMTP helo=<x>
== in-a-class on=class src=192.0.2.10
see rcpt nobody12@example.test => 450 4.1.1 <nobody12@example.test>: Recipient address rejected: unverified address: unknown user: "nobody12"
see rcpt hardfail12@relay.test => 250 2.1.5 Ok
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <nobody12@example.test>: Recipient address rejected: unverified address: unknown user: "nobody12"; from=<a@example.net> to=<nobody12@example.test> proto=ESMTP helo=<x>
== soft-bounce on=soft src=192.0.2.10
see rcpt hardfail13@relay.test => 450 4.1.1 <hardfail13@relay.test>: Recipient address rejected: undeliverable address: host * said: 550 5.1.1 no such user (in reply to RCPT TO command)
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <hardfail13@relay.test>: Recipient address rejected: undeliverable address: host * said: 550 5.1.1 no such user (in reply to RCPT TO command); from=<a@example.net> to=<hardfail13@relay.test> proto=ESMTP helo=<x>
"""


class VerifyTimes(Verify):
    """What is remembered for how long, and what an empty map means."""
    main = Verify.main + """
address_verify_positive_refresh_time = 2s
address_verify_positive_expire_time = 7s
address_verify_negative_refresh_time = 1s
address_verify_negative_expire_time = 3s
address_verify_cache_cleanup_interval = 0
address_verify_sender = prober@example.test
"""
    services = {}
    scripts = r"""
== sender-of-probes src=192.0.2.10
see rcpt good1@relay.test => 250 2.1.5 Ok
see probes => MAIL FROM:<prober@example.test>>RCPT TO:<good1@relay.test> ORCPT=rfc822;good1@relay.test
== positive-refreshed src=192.0.2.10
see rcpt good2@relay.test => 250 2.1.5 Ok
sleep 2.5
see rcpt good2@relay.test => 250 2.1.5 Ok
sleep 0.5
see probes => MAIL FROM:<prober@example.test>>RCPT TO:<good2@relay.test> ORCPT=rfc822;good2@relay.test MAIL FROM:<prober@example.test>>RCPT TO:<good2@relay.test> ORCPT=rfc822;good2@relay.test
== positive-not-refreshed src=192.0.2.10
see rcpt good3@relay.test => 250 2.1.5 Ok
see rcpt good3@relay.test => 250 2.1.5 Ok
see probes => MAIL FROM:<prober@example.test>>RCPT TO:<good3@relay.test> ORCPT=rfc822;good3@relay.test
== positive-expired src=192.0.2.10
see rcpt good4@relay.test => 250 2.1.5 Ok
sleep 8.5
do now hard
see rcpt good4@relay.test => 450 4.1.1 <good4@relay.test>: Recipient address rejected: unverified address: host * said: 550 5.1.1 gone now (in reply to RCPT TO command)
see probes => MAIL FROM:<prober@example.test>>RCPT TO:<good4@relay.test> ORCPT=rfc822;good4@relay.test MAIL FROM:<prober@example.test>>RCPT TO:<good4@relay.test> ORCPT=rfc822;good4@relay.test
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <good4@relay.test>: Recipient address rejected: unverified address: host * said: 550 5.1.1 gone now (in reply to RCPT TO command); from=<a@example.net> to=<good4@relay.test> proto=ESMTP helo=<x>
== positive-turns-negative src=192.0.2.10
see rcpt good5@relay.test => 250 2.1.5 Ok
sleep 2.5
do now hard
see rcpt good5@relay.test => 250 2.1.5 Ok
sleep 1
see rcpt good5@relay.test => 250 2.1.5 Ok
== negative-refreshed src=192.0.2.10
see rcpt hardfail6@relay.test => 450 4.1.1 <hardfail6@relay.test>: Recipient address rejected: unverified address: host * said: 550 5.1.1 no such user (in reply to RCPT TO command)
sleep 1.5
do now good
see rcpt hardfail6@relay.test => 450 4.1.1 <hardfail6@relay.test>: Recipient address rejected: unverified address: host * said: 550 5.1.1 no such user (in reply to RCPT TO command)
sleep 1
see rcpt hardfail6@relay.test => 250 2.1.5 Ok
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <hardfail6@relay.test>: Recipient address rejected: unverified address: host * said: 550 5.1.1 no such user (in reply to RCPT TO command); from=<a@example.net> to=<hardfail6@relay.test> proto=ESMTP helo=<x>
== negative-expired src=192.0.2.10
see rcpt hardfail7@relay.test => 450 4.1.1 <hardfail7@relay.test>: Recipient address rejected: unverified address: host * said: 550 5.1.1 no such user (in reply to RCPT TO command)
sleep 4
do now good
see rcpt hardfail7@relay.test => 250 2.1.5 Ok
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <hardfail7@relay.test>: Recipient address rejected: unverified address: host * said: 550 5.1.1 no such user (in reply to RCPT TO command); from=<a@example.net> to=<hardfail7@relay.test> proto=ESMTP helo=<x>
== defer-then-good src=192.0.2.10
see rcpt softfail8@relay.test => 450 4.1.1 <softfail8@relay.test>: Recipient address rejected: unverified address: host * said: 451 4.3.0 try again (in reply to RCPT TO command)
do now good
sleep 1.5
see rcpt softfail8@relay.test => 450 4.1.1 <softfail8@relay.test>: Recipient address rejected: unverified address: host * said: 451 4.3.0 try again (in reply to RCPT TO command)
sleep 1
see rcpt softfail8@relay.test => 250 2.1.5 Ok
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <softfail8@relay.test>: Recipient address rejected: unverified address: host * said: 451 4.3.0 try again (in reply to RCPT TO command); from=<a@example.net> to=<softfail8@relay.test> proto=ESMTP helo=<x>
"""

    def do_now(self, what):
        self.sink.behave["RCPT"] = {"hard": "550 5.1.1 gone now", "good": "250 2.1.5 fine now", "soft": "450 4.2.1 busy"}[what]


class VerifyRoutes(Verify):
    """Probes by other ways than mail."""
    main = Verify.main + """
address_verify_map =
address_verify_negative_cache = no
address_verify_sender = <>
address_verify_relayhost = [127.0.0.1]:2701
address_verify_transport_maps = inline:{tm.test=smtp:[127.0.0.1]:2702}
address_verify_relay_transport = smtp:[127.0.0.1]:2703
address_verify_local_transport = smtp:[127.0.0.1]:2704
address_verify_virtual_transport = smtp:[127.0.0.1]:2705
address_verify_sender_dependent_relayhost_maps = inline:{x@sdr.test=[127.0.0.1]:2707}
"""
    services = {"sender": "smtpd_recipient_restrictions =\nsmtpd_sender_restrictions = reject_unverified_sender",
                "open": "smtpd_relay_restrictions =\nsmtpd_recipient_restrictions = reject_unverified_recipient, permit_auth_destination, reject"}

    def prepare(self):
        super().prepare()
        self.hops = {}
        for port in (2701, 2702, 2703, 2704, 2705, 2706, 2707):
            self.hops[port] = self.keep(FakeSMTP(("127.0.0.1", port)))
            self.hops[port].behave["RCPT"] = "550 5.1.1 hop %d" % port

    def see_hops(self):
        """which next hops were asked, and how"""
        time.sleep(0.3)
        out = []
        for port, hop in sorted(self.hops.items()):
            for s in hop.sessions:
                out += ["%d:%s" % (port, c) for c in s.commands if c.startswith(("MAIL", "RCPT"))]
            hop.sessions = []
        return self.clean(" ".join(sorted(set(out))))

    scripts = r"""
== relayhost on=sender src=192.0.2.10
see mail a@far.test => 450 4.1.7 <a@far.test>: Sender address rejected: unverified address: Address verification in progress
see hops => 2701:MAIL FROM:<> 2701:RCPT TO:<a@far.test> ORCPT=rfc822;a@far.test
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.7 <a@far.test>: Sender address rejected: unverified address: Address verification in progress; from=<a@far.test> to=<alice@example.test> proto=ESMTP helo=<x>
== transport-map on=sender src=192.0.2.10
see mail a@tm.test => 450 4.1.7 <a@tm.test>: Sender address rejected: unverified address: Address verification in progress
see hops => 2702:MAIL FROM:<> 2702:RCPT TO:<a@tm.test> ORCPT=rfc822;a@tm.test
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.7 <a@tm.test>: Sender address rejected: unverified address: Address verification in progress; from=<a@tm.test> to=<alice@example.test> proto=ESMTP helo=<x>
== relay-transport src=192.0.2.10
see rcpt a@relay.test => 450 4.1.1 <a@relay.test>: Recipient address rejected: unverified address: Address verification in progress
see hops => 2703:MAIL FROM:<> 2703:RCPT TO:<a@relay.test> ORCPT=rfc822;a@relay.test
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <a@relay.test>: Recipient address rejected: unverified address: Address verification in progress; from=<a@example.net> to=<a@relay.test> proto=ESMTP helo=<x>
== local-transport src=192.0.2.10
see rcpt alice@example.test => 450 4.1.1 <alice@example.test>: Recipient address rejected: unverified address: Address verification in progress
see hops => 2704:MAIL FROM:<> 2704:RCPT TO:<alice@example.test> ORCPT=rfc822;alice@example.test
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <alice@example.test>: Recipient address rejected: unverified address: Address verification in progress; from=<a@example.net> to=<alice@example.test> proto=ESMTP helo=<x>
== virtual-transport src=192.0.2.10
see rcpt v@virt.test => 450 4.1.1 <v@virt.test>: Recipient address rejected: unverified address: Address verification in progress
see hops => 2705:MAIL FROM:<> 2705:RCPT TO:<v@virt.test> ORCPT=rfc822;v@virt.test
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <v@virt.test>: Recipient address rejected: unverified address: Address verification in progress; from=<a@example.net> to=<v@virt.test> proto=ESMTP helo=<x>
== usual-transport-map-not-used src=192.0.2.10
see rcpt a@slow.test => 450 4.1.1 <a@slow.test>: Recipient address rejected: unverified address: Address verification in progress
see hops => 2703:MAIL FROM:<> 2703:RCPT TO:<a@slow.test> ORCPT=rfc822;a@slow.test
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.1 <a@slow.test>: Recipient address rejected: unverified address: Address verification in progress; from=<a@example.net> to=<a@slow.test> proto=ESMTP helo=<x>
== mail-itself-goes-the-usual-way on=open src=192.0.2.10
do good
see rcpt a@relay.test => 250 2.1.5 Ok
see hops => 2703:MAIL FROM:<> 2703:RCPT TO:<a@relay.test> ORCPT=rfc822;a@relay.test
== no-negative-cache src=192.0.2.10
see rcpt again@relay.test => 250 2.1.5 Ok
see rcpt again@relay.test => 250 2.1.5 Ok
see hops => 2703:MAIL FROM:<> 2703:RCPT TO:<again@relay.test> ORCPT=rfc822;again@relay.test
"""

    def do_good(self):
        for hop in self.hops.values():
            hop.behave.clear()


class VerifyDependent(VerifyRoutes):
    """The next hop of probes by their sender."""
    main = Verify.main + """
address_verify_sender = prober@sdr.test
address_verify_map =
address_verify_sender_dependent_relayhost_maps = inline:{prober@sdr.test=[127.0.0.1]:2707}
address_verify_sender_ttl = 0
"""
    scripts = r"""
== dependent-relayhost on=sender src=192.0.2.10
see mail a@far.test => 450 4.1.7 <a@far.test>: Sender address rejected: unverified address: host * said: 550 5.1.1 hop 2707 (in reply to RCPT TO command)
see hops => 2707:MAIL FROM:<prober@sdr.test> 2707:RCPT TO:<a@far.test> ORCPT=rfc822;a@far.test
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.7 <a@far.test>: Sender address rejected: unverified address: host * said: 550 5.1.1 hop 2707 (in reply to RCPT TO command); from=<a@far.test> to=<alice@example.test> proto=ESMTP helo=<x>
"""


class VerifyDependentTransport(VerifyRoutes):
    main = Verify.main + """
address_verify_sender = prober@sdr.test
address_verify_map =
address_verify_relayhost =
address_verify_sender_dependent_default_transport_maps = inline:{prober@sdr.test=smtp:[127.0.0.1]:2706}
"""
    scripts = r"""
== dependent-transport on=sender src=192.0.2.10
see mail a@far.test => 450 4.1.7 <a@far.test>: Sender address rejected: unverified address: host * said: 550 5.1.1 hop 2706 (in reply to RCPT TO command)
see hops => 2706:MAIL FROM:<prober@sdr.test> 2706:RCPT TO:<a@far.test> ORCPT=rfc822;a@far.test
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.7 <a@far.test>: Sender address rejected: unverified address: host * said: 550 5.1.1 hop 2706 (in reply to RCPT TO command); from=<a@far.test> to=<alice@example.test> proto=ESMTP helo=<x>
"""


class VerifyDefaultTransport(VerifyRoutes):
    main = Verify.main + """
address_verify_map =
address_verify_relayhost =
address_verify_default_transport = smtp:[127.0.0.1]:2706
address_verify_sender_ttl = 1h
double_bounce_sender = twice
"""
    scripts = r"""
== default-transport on=sender src=192.0.2.10
see mail a@far.test => 450 4.1.7 <a@far.test>: Sender address rejected: unverified address: host * said: 550 5.1.1 hop 2706 (in reply to RCPT TO command)
see hops => 2706:MAIL FROM:<twice*@example.test> 2706:RCPT TO:<a@far.test> ORCPT=rfc822;a@far.test
says smtpd NOQUEUE: reject: RCPT from client.example.org[192.0.2.10]: 450 4.1.7 <a@far.test>: Sender address rejected: unverified address: host * said: 550 5.1.1 hop 2706 (in reply to RCPT TO command); from=<a@far.test> to=<alice@example.test> proto=ESMTP helo=<x>
"""

