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
        "gone": "address_verify_service_name = none",
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

    def see_known(self, *addresses):
        """what the cache has"""
        time.sleep(0.3)
        out = []
        r = self.inst.run("postmap", "-s", "btree:%s/verify" % self.inst.data_dir)
        for line in r.out.splitlines():
            key, _, value = line.partition("\t")
            if key in addresses:
                value = re.sub(r":\d{6,}", ":N", value)
                out.append(self.clean(key + "=" + value))
        return " ".join(sorted(out))

    scripts = r"""
== local src=192.0.2.10
see rcpt alice@example.test
see known alice@example.test
== local-unknown src=192.0.2.10
see rcpt nobody@example.test
see known nobody@example.test
see rcpt nobody@example.test
== local-alias src=192.0.2.10
see rcpt root@example.test
== local-extension src=192.0.2.10
see rcpt alice+x@example.test
== postmaster src=192.0.2.10
see rcpt postmaster
see rcpt postmaster@example.test
== relay src=192.0.2.10
see rcpt good@relay.test
see probes
see known good@relay.test
== relay-hard src=192.0.2.10
see rcpt hardfail@relay.test
see known hardfail@relay.test
== relay-soft src=192.0.2.10
see rcpt softfail@relay.test
see known softfail@relay.test
== relay-again src=192.0.2.10
see rcpt good2@relay.test
see rcpt good2@relay.test
see rcpt GOOD2@RELAY.test
see probes
== error-transport src=192.0.2.10
see rcpt u@other.test
== no-host src=192.0.2.10
see rcpt u@nohost.test
== slow src=192.0.2.10 on=one
see rcpt u@slow.test
see known u@slow.test
see rcpt u@slow.test
== virtual src=192.0.2.10
see rcpt v@virt.test
see rcpt none@virt.test
== alias src=192.0.2.10
see rcpt good@alias.test
see rcpt far@alias.test
see rcpt none@alias.test
see rcpt loop@alias.test
see known good@alias.test far@alias.test
== quoted src=192.0.2.10
see rcpt "a:b"@relay.test
see known a_b@relay.test "a_b"@relay.test
== codes on=code src=192.0.2.10
see rcpt nobody2@example.test
see rcpt hardfail2@relay.test
see rcpt softfail2@relay.test
== reasons on=reason src=192.0.2.10
see rcpt nobody3@example.test
see rcpt softfail3@relay.test
== codes-200 on=ok200 src=192.0.2.10
see rcpt nobody4@example.test
see rcpt softfail4@relay.test
== tempfail-defer on=defer src=192.0.2.10
see rcpt u3@slow.test
== tempfail-defer-if-permit on=later src=192.0.2.10
see rcpt u4@slow.test
== sender on=sender src=192.0.2.10
see mail ok@relay.test
see probes
see mail hardfail@relay.test
see mail softfail@relay.test
see mail <>
see mail nobody@example.test
see mail alice@example.test
see mail x@nohost.test
== sender-codes on=scode src=192.0.2.10
see mail hardfail9@relay.test
see mail softfail9@relay.test
== sender-at-once on=snow src=192.0.2.10
see mail hardfail10@relay.test
== bare-sender on=sender src=192.0.2.10
see mail alice
== warn on=warn src=192.0.2.10
see rcpt hardfail11@relay.test
== in-a-class on=class src=192.0.2.10
see rcpt nobody12@example.test
see rcpt hardfail12@relay.test
== soft-bounce on=soft src=192.0.2.10
see rcpt hardfail13@relay.test
== no-service on=gone src=192.0.2.10
see rcpt good14@relay.test
"""


class VerifyTimes(Verify):
    """What is remembered for how long, and what an empty map means."""
    main = Verify.main + """
address_verify_positive_refresh_time = 2s
address_verify_positive_expire_time = 4s
address_verify_negative_refresh_time = 1s
address_verify_negative_expire_time = 3s
address_verify_cache_cleanup_interval = 0
address_verify_sender = prober@example.test
"""
    services = {}
    scripts = r"""
== sender-of-probes src=192.0.2.10
see rcpt good1@relay.test
see probes
== positive-refreshed src=192.0.2.10
see rcpt good2@relay.test
sleep 2.5
see rcpt good2@relay.test
sleep 0.5
see probes
== positive-not-refreshed src=192.0.2.10
see rcpt good3@relay.test
see rcpt good3@relay.test
see probes
== positive-expired src=192.0.2.10
see rcpt good4@relay.test
sleep 5
do now hard
see rcpt good4@relay.test
see probes
== positive-turns-negative src=192.0.2.10
see rcpt good5@relay.test
sleep 2.5
do now hard
see rcpt good5@relay.test
sleep 1
see rcpt good5@relay.test
see known good5@relay.test
== negative-refreshed src=192.0.2.10
see rcpt hardfail6@relay.test
sleep 1.5
do now good
see rcpt hardfail6@relay.test
sleep 1
see rcpt hardfail6@relay.test
== negative-expired src=192.0.2.10
see rcpt hardfail7@relay.test
sleep 4
do now good
see rcpt hardfail7@relay.test
== defer-then-good src=192.0.2.10
see rcpt softfail8@relay.test
do now good
sleep 1.5
see rcpt softfail8@relay.test
sleep 1
see rcpt softfail8@relay.test
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
        return " ".join(out)

    scripts = r"""
== relayhost on=sender src=192.0.2.10
see mail a@far.test
see hops
== transport-map on=sender src=192.0.2.10
see mail a@tm.test
see hops
== relay-transport src=192.0.2.10
see rcpt a@relay.test
see hops
== local-transport src=192.0.2.10
see rcpt alice@example.test
see hops
== virtual-transport src=192.0.2.10
see rcpt v@virt.test
see hops
== usual-transport-map-not-used src=192.0.2.10
see rcpt a@slow.test
see hops
== mail-itself-goes-the-usual-way on=open src=192.0.2.10
do good
see rcpt a@relay.test
see hops
== no-negative-cache src=192.0.2.10
see rcpt again@relay.test
see rcpt again@relay.test
see hops
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
see mail a@far.test
see hops
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
see mail a@far.test
see hops
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
see mail a@far.test
see hops
"""

    def clean(self, text):
        return re.sub(r"twice-\w+@", "twice-*@", super().clean(text))
