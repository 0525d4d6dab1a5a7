"""What each option of trivial-rewrite(8) makes of an address: in a header, in the envelope, on its way."""
import re

from harness import Group
from harness.odd import DISCARDING_AGENTS

MAIN = r"""
mydestination = example.test, mx.example.test, localhost
local_recipient_maps =
relay_domains = relay.test
virtual_mailbox_domains = vbox.test
virtual_mailbox_maps = static:x
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_reject_unlisted_recipient = no
smtpd_junk_command_limit = 10000
smtpd_hard_error_limit = 100000
smtpd_soft_error_limit = 100000
smtpd_error_sleep_time = 0
message_drop_headers =
maximal_queue_lifetime = 0
bounce_queue_lifetime = 0
default_transport = tdefault
local_transport = tlocal:$myhostname
relay_transport = trelay
virtual_transport = tvirtual
relayhost = [relay.host.test]:25
notify_classes =
header_checks = regexp:{{/^Subject: all of them/ HOLD}}
"""
ADDRESSES = [
    "joe", "joe@host", "joe@host.test", "joe@host.test.", "joe@host.", "joe@", "@host.test", "@", "joe%host", "joe%a.test@host.test", "joe%a.test@example.test",
    "joe%a.test", "a.test!joe", "a!joe", "a.test!b.test!joe@example.test", "a.test!joe@host.test", '"a.test!joe"@example.test', '"joe@a.test"@example.test',
    '"joe%a.test"@example.test', '"joe doe"@example.test', '""@example.test', '""', "joe@1.2.3.4", "joe@198.51.100.77", "joe@[198.51.100.77]", "joe@[127.0.0.1]",
    "joe@[1.2.3.4]", "joe@[IPv6:2001:db8::7]", "joe@[IPv6:::1]", "@a.test:joe@b.test", "@a.test:joe@example.test", "@a.test:joe", "-joe@example.test", "joe@-host.test",
    "joe@relay.test", "joe@sub.relay.test", "joe@vbox.test", "joe+x@example.test", "joe-x=y@example.test", "joe@localhost", "joe@localhost.", "joe@LOCALHOST.example.test",
    "joe@sub.example.test", "joe%", "!joe", "joe!", "joe@example.test@host.test", "joe@a@example.test", "a.test!joe%b.test", "postmaster", "owner-list-x@example.test",
    "joe@caf\u00e9.test", "caf\u00e9", "joe@xn--caf-dma.test", "joe@CAF\u00c9.test", "x" * 70 + "@example.test", "joe@" + "y" * 64 + ".test", "joe@" + ".".join(["z" * 60] * 4) + ".test",
]
SETTINGS = {
    "ResolveMore": "resolve_null_domain = yes\nresolve_numeric_domain = yes\nresolve_dequoted_address = no\nproxy_interfaces = 198.51.100.77, 2001:db8::7\n"
                   "allow_min_user = yes\n",
    "RewriteLess": "swap_bangpath = no\nallow_percent_hack = no\nappend_dot_mydomain = yes\nmydomain = my.domain.test\n",
    "AppendNothing": "append_at_myorigin = no\nappend_dot_mydomain = no\nremote_header_rewrite_domain = far.invalid\nlocal_header_rewrite_clients =\n"
                     "empty_address_recipient = nobody\n",
    "ParentDomains": "relay_domains = .relay.test, inline:{{sub.example.test = x}}\nparent_domain_matches_subdomains =\nmyorigin = or.igin.test\n"
                     "mydestination = localhost, inline:{{example.test = x}}, !mx.example.test, mx.example.test\n"
                     "transport_maps = inline:{{.host.test = tspecial:dot}, {* = tspecial:star}, {joe@vbox.test = tspecial:user}, {b.test = :hop}}\n",
    "NoUtf8": "smtputf8_enable = no\nrelayhost =\nmyhostname = my.host.test\ninet_interfaces = loopback-only\n",
}


class Options(Group):
    area = "rewriting"
    cost = 8
    timeout = 120
    master = DISCARDING_AGENTS
    headers = {}

    def ask(self, address):
        """Replies to MAIL FROM and RCPT TO, and the deliveries."""
        since = self.inst.log_size()
        c = self.inst.smtp()
        try:
            c.greet()
            c.ehlo()
            utf8 = " SMTPUTF8" if "smtputf8_enable = no" not in self.main else ""
            mail = c.cmd("MAIL FROM:<%s>%s" % (address, utf8))
            if mail.code == 250:
                c.cmd("RSET")
            c.cmd("MAIL FROM:<sender@other.test>" + utf8)
            rcpt = c.cmd("RCPT TO:<%s>" % address)
            got = []
            if rcpt.code == 250:
                qid = self.sent(c.data("Subject: x\n\nbody\n"))
                self.found(self.inst.wait_gone(qid), "%s is done" % qid)
                for line in self.inst.log_text(since).splitlines():
                    m = re.search(r" (\S+)\[\d+\]: %s: (to=<.*>), relay=.*, dsn=([\d.]+), status=\w+ \((.*)\)" % qid, line)
                    if m:
                        got.append("%s %s %s" % (m.group(1).split("/")[1], m.group(2), m.group(4)))
        finally:
            c.close()
        return [str(mail)[:9], str(rcpt)[:9], sorted(got)]

    def written(self):
        text = "".join("X-Number: %d\nTo: %s\n" % (i, h) for i, h in enumerate(ADDRESSES))
        c = self.inst.smtp()
        try:
            c.greet()
            c.ehlo()
            c.cmd("MAIL FROM:<s@host.test>" + (" SMTPUTF8" if "smtputf8_enable = no" not in self.main else ""))
            c.cmd("RCPT TO:<r@host.test>")
            qid = self.sent(c.data(text + "X-Number: end\nSubject: all of them\n\nbody\n"))
        finally:
            c.close()
        parts = re.split(r"(?m)^X-Number: (\w+)\n", self.inst.run("postcat", "-hq", qid).out)
        return {ADDRESSES[int(parts[i])]: parts[i + 1].replace("To: ", "", 1).rstrip("\n") for i in range(1, len(parts) - 2, 2)}


# What Postfix made of each: replies to MAIL and RCPT, deliveries, and the header where it differs from what was sent.
ROWS = {
    'ResolveMore': [
        (0, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@example.test>, orig_to=<joe> mx.example.test'], 'joe@example.test'),
        (1, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@host> [relay.host.test]:25'], None),
        (2, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@host.test> [relay.host.test]:25'], None),
        (3, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@host.test>, orig_to=<joe@host.test.> [relay.host.test]:25'], 'joe@host.test'),
        (4, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@host>, orig_to=<joe@host.> [relay.host.test]:25'], 'joe@host'),
        (5, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@mx.example.test>, orig_to=<joe@> mx.example.test'], None),
        (6, '250 2.1.0', '250 2.1.5', ['tdefault to=<""@host.test> [relay.host.test]:25'], '""@host.test'),
        (7, '250 2.1.0', '250 2.1.5', ['tlocal to=<MAILER-DAEMON@mx.example.test>, orig_to=<""@> mx.example.test'], '""'),
        (8, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@host>, orig_to=<joe%host> [relay.host.test]:25'], 'joe@host'),
        (9, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe%a.test@host.test> [relay.host.test]:25'], None),
        (10, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a.test>, orig_to=<joe%a.test@example.test> [relay.host.test]:25'], None),
        (11, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a.test>, orig_to=<joe%a.test> [relay.host.test]:25'], 'joe@a.test'),
        (12, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a.test>, orig_to=<a.test!joe> [relay.host.test]:25'], 'joe@a.test'),
        (13, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a>, orig_to=<a!joe> [relay.host.test]:25'], 'joe@a'),
        (14, '250 2.1.0', '250 2.1.5', ['tdefault to=<b.test!joe@a.test>, orig_to=<a.test!b.test!joe@example.test> [relay.host.test]:25'], None),
        (15, '250 2.1.0', '250 2.1.5', ['tdefault to=<a.test!joe@host.test> [relay.host.test]:25'], None),
        (16, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a.test>, orig_to=<a.test!joe@example.test> [relay.host.test]:25'], 'a.test!joe@example.test'),
        (17, '250 2.1.0', '250 2.1.5', ['tlocal to=<"joe@a.test"@example.test> mx.example.test'], None),
        (18, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a.test>, orig_to=<joe%a.test@example.test> [relay.host.test]:25'], 'joe%a.test@example.test'),
        (19, '250 2.1.0', '250 2.1.5', ['tlocal to=<"joe doe"@example.test> mx.example.test'], None),
        (20, '250 2.1.0', '250 2.1.5', ['tlocal to=<MAILER-DAEMON@example.test>, orig_to=<""@example.test> mx.example.test'], None),
        (21, '250 2.1.0', '501 5.1.3', [], None),
        (22, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@[1.2.3.4]>, orig_to=<joe@1.2.3.4> [relay.host.test]:25'], None),
        (23, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@[198.51.100.77]>, orig_to=<joe@198.51.100.77> mx.example.test'], None),
        (24, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@[198.51.100.77]> mx.example.test'], None),
        (25, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@[127.0.0.1]> mx.example.test'], None),
        (26, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@[1.2.3.4]> [relay.host.test]:25'], None),
        (27, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@[IPv6:2001:db8::7]> mx.example.test'], None),
        (28, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@[IPv6:::1]> mx.example.test'], None),
        (29, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@b.test> [relay.host.test]:25'], 'joe@b.test'),
        (30, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@example.test> mx.example.test'], 'joe@example.test'),
        (31, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@example.test>, orig_to=<joe> mx.example.test'], 'joe@example.test'),
        (32, '250 2.1.0', '250 2.1.5', ['tlocal to=<-joe@example.test> mx.example.test'], None),
        (33, '501 5.1.7', '501 5.1.3', [], None),
        (34, '250 2.1.0', '250 2.1.5', ['trelay to=<joe@relay.test> [relay.host.test]:25'], None),
        (35, '250 2.1.0', '250 2.1.5', ['trelay to=<joe@sub.relay.test> [relay.host.test]:25'], None),
        (36, '250 2.1.0', '250 2.1.5', ['tvirtual to=<joe@vbox.test> vbox.test'], None),
        (37, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe+x@example.test> mx.example.test'], None),
        (38, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe-x=y@example.test> mx.example.test'], None),
        (39, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@localhost> mx.example.test'], None),
        (40, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@localhost>, orig_to=<joe@localhost.> mx.example.test'], 'joe@localhost'),
        (41, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@LOCALHOST.example.test> [relay.host.test]:25'], None),
        (42, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@sub.example.test> [relay.host.test]:25'], None),
        (43, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@mx.example.test>, orig_to=<joe%> mx.example.test'], 'joe@'),
        (44, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@mx.example.test>, orig_to=<!joe> mx.example.test'], 'joe@'),
        (45, '250 2.1.0', '250 2.1.5', ['tdefault to=<""@joe>, orig_to=<joe!> [relay.host.test]:25'], '""@joe'),
        (46, '250 2.1.0', '250 2.1.5', ['tdefault to=<"joe@example.test"@host.test> [relay.host.test]:25'], '"joe@example.test"@host.test'),
        (47, '250 2.1.0', '250 2.1.5', ['tlocal to=<"joe@a"@example.test> mx.example.test'], '"joe@a"@example.test'),
        (48, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe%b.test@a.test>, orig_to=<a.test!joe%b.test> [relay.host.test]:25'], 'joe%b.test@a.test'),
        (49, '250 2.1.0', '250 2.1.5', ['tlocal to=<postmaster@example.test>, orig_to=<postmaster> mx.example.test'], 'postmaster@example.test'),
        (50, '250 2.1.0', '250 2.1.5', ['tlocal to=<owner-list-x@example.test> mx.example.test'], None),
        (51, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@café.test> [relay.host.test]:25'], None),
        (52, '250 2.1.0', '250 2.1.5', ['tlocal to=<café@example.test>, orig_to=<café> mx.example.test'], 'café@example.test'),
        (53, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@xn--caf-dma.test> [relay.host.test]:25'], None),
        (54, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@CAFÉ.test> [relay.host.test]:25'], None),
        (55, '250 2.1.0', '250 2.1.5', ['tlocal to=<xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx@example.test> mx.example.test'], None),
        (56, '501 5.1.7', '501 5.1.3', [], None),
        (57, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.test> [relay.host.test]:25'], None),
    ],
    'RewriteLess': [
        (0, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@example.test>, orig_to=<joe> mx.example.test'], 'joe@example.test'),
        (1, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@host.my.domain.test>, orig_to=<joe@host> [relay.host.test]:25'], 'joe@host.my.domain.test'),
        (2, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@host.test> [relay.host.test]:25'], None),
        (3, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@host.test>, orig_to=<joe@host.test.> [relay.host.test]:25'], 'joe@host.test'),
        (4, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@host>, orig_to=<joe@host.> [relay.host.test]:25'], 'joe@host'),
        (5, '501 5.1.7', '501 5.1.3', [], None),
        (6, '250 2.1.0', '250 2.1.5', ['tdefault to=<""@host.test> [relay.host.test]:25'], '""@host.test'),
        (7, '501 5.1.7', '501 5.1.3', [], '""'),
        (8, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe%host@example.test>, orig_to=<joe%host> mx.example.test'], 'joe%host@example.test'),
        (9, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe%a.test@host.test> [relay.host.test]:25'], None),
        (10, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe%a.test@example.test> mx.example.test'], None),
        (11, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe%a.test@example.test>, orig_to=<joe%a.test> mx.example.test'], 'joe%a.test@example.test'),
        (12, '250 2.1.0', '250 2.1.5', ['tlocal to=<a.test!joe@example.test>, orig_to=<a.test!joe> mx.example.test'], 'a.test!joe@example.test'),
        (13, '250 2.1.0', '250 2.1.5', ['tlocal to=<a!joe@example.test>, orig_to=<a!joe> mx.example.test'], 'a!joe@example.test'),
        (14, '250 2.1.0', '250 2.1.5', ['tlocal to=<a.test!b.test!joe@example.test> mx.example.test'], None),
        (15, '250 2.1.0', '250 2.1.5', ['tdefault to=<a.test!joe@host.test> [relay.host.test]:25'], None),
        (16, '250 2.1.0', '250 2.1.5', ['tlocal to=<a.test!joe@example.test> mx.example.test'], 'a.test!joe@example.test'),
        (17, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a.test>, orig_to=<"joe@a.test"@example.test> [relay.host.test]:25'], None),
        (18, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe%a.test@example.test> mx.example.test'], 'joe%a.test@example.test'),
        (19, '250 2.1.0', '250 2.1.5', ['tlocal to=<"joe doe"@example.test> mx.example.test'], None),
        (20, '250 2.1.0', '250 2.1.5', ['tlocal to=<MAILER-DAEMON@example.test>, orig_to=<""@example.test> mx.example.test'], None),
        (21, '250 2.1.0', '501 5.1.3', [], None),
        (22, '501 5.1.7', '501 5.1.3', [], None),
        (23, '501 5.1.7', '501 5.1.3', [], None),
        (24, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@[198.51.100.77]> [relay.host.test]:25'], None),
        (25, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@[127.0.0.1]> mx.example.test'], None),
        (26, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@[1.2.3.4]> [relay.host.test]:25'], None),
        (27, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@[IPv6:2001:db8::7]> [relay.host.test]:25'], None),
        (28, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@[IPv6:::1]> mx.example.test'], None),
        (29, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@b.test> [relay.host.test]:25'], 'joe@b.test'),
        (30, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@example.test> mx.example.test'], 'joe@example.test'),
        (31, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@example.test>, orig_to=<joe> mx.example.test'], 'joe@example.test'),
        (32, '501 5.1.7', '501 5.1.3', [], None),
        (33, '501 5.1.7', '501 5.1.3', [], None),
        (34, '250 2.1.0', '250 2.1.5', ['trelay to=<joe@relay.test> [relay.host.test]:25'], None),
        (35, '250 2.1.0', '250 2.1.5', ['trelay to=<joe@sub.relay.test> [relay.host.test]:25'], None),
        (36, '250 2.1.0', '250 2.1.5', ['tvirtual to=<joe@vbox.test> vbox.test'], None),
        (37, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe+x@example.test> mx.example.test'], None),
        (38, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe-x=y@example.test> mx.example.test'], None),
        (39, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@localhost.my.domain.test>, orig_to=<joe@localhost> [relay.host.test]:25'], 'joe@localhost.my.domain.test'),
        (40, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@localhost>, orig_to=<joe@localhost.> mx.example.test'], 'joe@localhost'),
        (41, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@LOCALHOST.example.test> [relay.host.test]:25'], None),
        (42, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@sub.example.test> [relay.host.test]:25'], None),
        (43, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe%@example.test>, orig_to=<joe%> mx.example.test'], 'joe%@example.test'),
        (44, '250 2.1.0', '250 2.1.5', ['tlocal to=<!joe@example.test>, orig_to=<!joe> mx.example.test'], '!joe@example.test'),
        (45, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe!@example.test>, orig_to=<joe!> mx.example.test'], 'joe!@example.test'),
        (46, '250 2.1.0', '250 2.1.5', ['tdefault to=<"joe@example.test"@host.test> [relay.host.test]:25'], '"joe@example.test"@host.test'),
        (47, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a.my.domain.test>, orig_to=<"joe@a"@example.test> [relay.host.test]:25'], '"joe@a"@example.test'),
        (48, '250 2.1.0', '250 2.1.5', ['tlocal to=<a.test!joe%b.test@example.test>, orig_to=<a.test!joe%b.test> mx.example.test'], 'a.test!joe%b.test@example.test'),
        (49, '250 2.1.0', '250 2.1.5', ['tlocal to=<postmaster@example.test>, orig_to=<postmaster> mx.example.test'], 'postmaster@example.test'),
        (50, '250 2.1.0', '250 2.1.5', ['tlocal to=<owner-list-x@example.test> mx.example.test'], None),
        (51, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@café.test> [relay.host.test]:25'], None),
        (52, '250 2.1.0', '250 2.1.5', ['tlocal to=<café@example.test>, orig_to=<café> mx.example.test'], 'café@example.test'),
        (53, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@xn--caf-dma.test> [relay.host.test]:25'], None),
        (54, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@CAFÉ.test> [relay.host.test]:25'], None),
        (55, '250 2.1.0', '250 2.1.5', ['tlocal to=<xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx@example.test> mx.example.test'], None),
        (56, '501 5.1.7', '501 5.1.3', [], None),
        (57, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.test> [relay.host.test]:25'], None),
    ],
    'AppendNothing': [
        (0, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@mx.example.test>, orig_to=<joe> mx.example.test'], None),
        (1, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@host> [relay.host.test]:25'], None),
        (2, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@host.test> [relay.host.test]:25'], None),
        (3, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@host.test>, orig_to=<joe@host.test.> [relay.host.test]:25'], 'joe@host.test'),
        (4, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@host>, orig_to=<joe@host.> [relay.host.test]:25'], 'joe@host'),
        (5, '501 5.1.7', '501 5.1.3', [], None),
        (6, '250 2.1.0', '250 2.1.5', ['tdefault to=<""@host.test> [relay.host.test]:25'], '""@host.test'),
        (7, '501 5.1.7', '501 5.1.3', [], '""'),
        (8, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@host>, orig_to=<joe%host> [relay.host.test]:25'], 'joe@host'),
        (9, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe%a.test@host.test> [relay.host.test]:25'], None),
        (10, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a.test>, orig_to=<joe%a.test@example.test> [relay.host.test]:25'], None),
        (11, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a.test>, orig_to=<joe%a.test> [relay.host.test]:25'], 'joe@a.test'),
        (12, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a.test>, orig_to=<a.test!joe> [relay.host.test]:25'], 'joe@a.test'),
        (13, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a>, orig_to=<a!joe> [relay.host.test]:25'], 'joe@a'),
        (14, '250 2.1.0', '250 2.1.5', ['tdefault to=<b.test!joe@a.test>, orig_to=<a.test!b.test!joe@example.test> [relay.host.test]:25'], None),
        (15, '250 2.1.0', '250 2.1.5', ['tdefault to=<a.test!joe@host.test> [relay.host.test]:25'], None),
        (16, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a.test>, orig_to=<a.test!joe@example.test> [relay.host.test]:25'], 'a.test!joe@example.test'),
        (17, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a.test>, orig_to=<"joe@a.test"@example.test> [relay.host.test]:25'], None),
        (18, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a.test>, orig_to=<joe%a.test@example.test> [relay.host.test]:25'], 'joe%a.test@example.test'),
        (19, '250 2.1.0', '250 2.1.5', ['tlocal to=<"joe doe"@example.test> mx.example.test'], None),
        (20, '250 2.1.0', '250 2.1.5', ['tlocal to=<nobody@example.test>, orig_to=<""@example.test> mx.example.test'], None),
        (21, '250 2.1.0', '501 5.1.3', [], None),
        (22, '501 5.1.7', '501 5.1.3', [], None),
        (23, '501 5.1.7', '501 5.1.3', [], None),
        (24, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@[198.51.100.77]> [relay.host.test]:25'], None),
        (25, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@[127.0.0.1]> mx.example.test'], None),
        (26, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@[1.2.3.4]> [relay.host.test]:25'], None),
        (27, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@[IPv6:2001:db8::7]> [relay.host.test]:25'], None),
        (28, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@[IPv6:::1]> mx.example.test'], None),
        (29, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@b.test> [relay.host.test]:25'], 'joe@b.test'),
        (30, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@example.test> mx.example.test'], 'joe@example.test'),
        (31, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@mx.example.test>, orig_to=<joe> mx.example.test'], 'joe'),
        (32, '501 5.1.7', '501 5.1.3', [], None),
        (33, '501 5.1.7', '501 5.1.3', [], None),
        (34, '250 2.1.0', '250 2.1.5', ['trelay to=<joe@relay.test> [relay.host.test]:25'], None),
        (35, '250 2.1.0', '250 2.1.5', ['trelay to=<joe@sub.relay.test> [relay.host.test]:25'], None),
        (36, '250 2.1.0', '250 2.1.5', ['tvirtual to=<joe@vbox.test> vbox.test'], None),
        (37, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe+x@example.test> mx.example.test'], None),
        (38, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe-x=y@example.test> mx.example.test'], None),
        (39, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@localhost> mx.example.test'], None),
        (40, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@localhost>, orig_to=<joe@localhost.> mx.example.test'], 'joe@localhost'),
        (41, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@LOCALHOST.example.test> [relay.host.test]:25'], None),
        (42, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@sub.example.test> [relay.host.test]:25'], None),
        (43, '501 5.1.7', '501 5.1.3', [], 'joe@'),
        (44, '501 5.1.7', '501 5.1.3', [], 'joe@'),
        (45, '250 2.1.0', '250 2.1.5', ['tdefault to=<""@joe>, orig_to=<joe!> [relay.host.test]:25'], '""@joe'),
        (46, '250 2.1.0', '250 2.1.5', ['tdefault to=<"joe@example.test"@host.test> [relay.host.test]:25'], '"joe@example.test"@host.test'),
        (47, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a>, orig_to=<"joe@a"@example.test> [relay.host.test]:25'], '"joe@a"@example.test'),
        (48, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe%b.test@a.test>, orig_to=<a.test!joe%b.test> [relay.host.test]:25'], 'joe%b.test@a.test'),
        (49, '250 2.1.0', '250 2.1.5', ['tlocal to=<postmaster@mx.example.test>, orig_to=<postmaster> mx.example.test'], None),
        (50, '250 2.1.0', '250 2.1.5', ['tlocal to=<owner-list-x@example.test> mx.example.test'], None),
        (51, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@café.test> [relay.host.test]:25'], None),
        (52, '250 2.1.0', '250 2.1.5', ['tlocal to=<café@mx.example.test>, orig_to=<café> mx.example.test'], None),
        (53, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@xn--caf-dma.test> [relay.host.test]:25'], None),
        (54, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@CAFÉ.test> [relay.host.test]:25'], None),
        (55, '250 2.1.0', '250 2.1.5', ['tlocal to=<xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx@example.test> mx.example.test'], None),
        (56, '501 5.1.7', '501 5.1.3', [], None),
        (57, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.test> [relay.host.test]:25'], None),
    ],
    'ParentDomains': [
        (0, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@or.igin.test>, orig_to=<joe> star'], 'joe@or.igin.test'),
        (1, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@host> star'], None),
        (2, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@host.test> star'], None),
        (3, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@host.test>, orig_to=<joe@host.test.> star'], 'joe@host.test'),
        (4, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@host>, orig_to=<joe@host.> star'], 'joe@host'),
        (5, '501 5.1.7', '501 5.1.3', [], None),
        (6, '250 2.1.0', '250 2.1.5', ['tspecial to=<""@host.test> star'], '""@host.test'),
        (7, '501 5.1.7', '501 5.1.3', [], '""'),
        (8, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@host>, orig_to=<joe%host> star'], 'joe@host'),
        (9, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe%a.test@host.test> star'], None),
        (10, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@a.test>, orig_to=<joe%a.test@example.test> star'], None),
        (11, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@a.test>, orig_to=<joe%a.test> star'], 'joe@a.test'),
        (12, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@a.test>, orig_to=<a.test!joe> star'], 'joe@a.test'),
        (13, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@a>, orig_to=<a!joe> star'], 'joe@a'),
        (14, '250 2.1.0', '250 2.1.5', ['tspecial to=<b.test!joe@a.test>, orig_to=<a.test!b.test!joe@example.test> star'], None),
        (15, '250 2.1.0', '250 2.1.5', ['tspecial to=<a.test!joe@host.test> star'], None),
        (16, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@a.test>, orig_to=<a.test!joe@example.test> star'], 'a.test!joe@example.test'),
        (17, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@a.test>, orig_to=<"joe@a.test"@example.test> star'], None),
        (18, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@a.test>, orig_to=<joe%a.test@example.test> star'], 'joe%a.test@example.test'),
        (19, '250 2.1.0', '250 2.1.5', ['tspecial to=<"joe doe"@example.test> star'], None),
        (20, '250 2.1.0', '250 2.1.5', ['tspecial to=<MAILER-DAEMON@example.test>, orig_to=<""@example.test> star'], None),
        (21, '250 2.1.0', '501 5.1.3', [], None),
        (22, '501 5.1.7', '501 5.1.3', [], None),
        (23, '501 5.1.7', '501 5.1.3', [], None),
        (24, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@[198.51.100.77]> star'], None),
        (25, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@[127.0.0.1]> star'], None),
        (26, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@[1.2.3.4]> star'], None),
        (27, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@[IPv6:2001:db8::7]> star'], None),
        (28, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@[IPv6:::1]> star'], None),
        (29, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@b.test> hop'], 'joe@b.test'),
        (30, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@example.test> star'], 'joe@example.test'),
        (31, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@or.igin.test>, orig_to=<joe> star'], 'joe@or.igin.test'),
        (32, '501 5.1.7', '501 5.1.3', [], None),
        (33, '501 5.1.7', '501 5.1.3', [], None),
        (34, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@relay.test> star'], None),
        (35, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@sub.relay.test> star'], None),
        (36, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@vbox.test> user'], None),
        (37, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe+x@example.test> star'], None),
        (38, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe-x=y@example.test> star'], None),
        (39, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@localhost> star'], None),
        (40, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@localhost>, orig_to=<joe@localhost.> star'], 'joe@localhost'),
        (41, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@LOCALHOST.example.test> star'], None),
        (42, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@sub.example.test> star'], None),
        (43, '501 5.1.7', '501 5.1.3', [], 'joe@'),
        (44, '501 5.1.7', '501 5.1.3', [], 'joe@'),
        (45, '250 2.1.0', '250 2.1.5', ['tspecial to=<""@joe>, orig_to=<joe!> star'], '""@joe'),
        (46, '250 2.1.0', '250 2.1.5', ['tspecial to=<"joe@example.test"@host.test> star'], '"joe@example.test"@host.test'),
        (47, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@a>, orig_to=<"joe@a"@example.test> star'], '"joe@a"@example.test'),
        (48, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe%b.test@a.test>, orig_to=<a.test!joe%b.test> star'], 'joe%b.test@a.test'),
        (49, '250 2.1.0', '250 2.1.5', ['tspecial to=<postmaster@or.igin.test>, orig_to=<postmaster> star'], 'postmaster@or.igin.test'),
        (50, '250 2.1.0', '250 2.1.5', ['tspecial to=<owner-list-x@example.test> star'], None),
        (51, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@café.test> star'], None),
        (52, '250 2.1.0', '250 2.1.5', ['tspecial to=<café@or.igin.test>, orig_to=<café> star'], 'café@or.igin.test'),
        (53, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@xn--caf-dma.test> star'], None),
        (54, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@CAFÉ.test> star'], None),
        (55, '250 2.1.0', '250 2.1.5', ['tspecial to=<xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx@example.test> star'], None),
        (56, '501 5.1.7', '501 5.1.3', [], None),
        (57, '250 2.1.0', '250 2.1.5', ['tspecial to=<joe@zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.test> star'], None),
    ],
    'NoUtf8': [
        (0, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@example.test>, orig_to=<joe> my.host.test'], 'joe@example.test'),
        (1, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@host> host'], None),
        (2, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@host.test> host.test'], None),
        (3, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@host.test>, orig_to=<joe@host.test.> host.test'], 'joe@host.test'),
        (4, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@host>, orig_to=<joe@host.> host'], 'joe@host'),
        (5, '501 5.1.7', '501 5.1.3', [], None),
        (6, '250 2.1.0', '250 2.1.5', ['tdefault to=<""@host.test> host.test'], '""@host.test'),
        (7, '501 5.1.7', '501 5.1.3', [], '""'),
        (8, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@host>, orig_to=<joe%host> host'], 'joe@host'),
        (9, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe%a.test@host.test> host.test'], None),
        (10, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a.test>, orig_to=<joe%a.test@example.test> a.test'], None),
        (11, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a.test>, orig_to=<joe%a.test> a.test'], 'joe@a.test'),
        (12, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a.test>, orig_to=<a.test!joe> a.test'], 'joe@a.test'),
        (13, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a>, orig_to=<a!joe> a'], 'joe@a'),
        (14, '250 2.1.0', '250 2.1.5', ['tdefault to=<b.test!joe@a.test>, orig_to=<a.test!b.test!joe@example.test> a.test'], None),
        (15, '250 2.1.0', '250 2.1.5', ['tdefault to=<a.test!joe@host.test> host.test'], None),
        (16, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a.test>, orig_to=<a.test!joe@example.test> a.test'], 'a.test!joe@example.test'),
        (17, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a.test>, orig_to=<"joe@a.test"@example.test> a.test'], None),
        (18, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a.test>, orig_to=<joe%a.test@example.test> a.test'], 'joe%a.test@example.test'),
        (19, '250 2.1.0', '250 2.1.5', ['tlocal to=<"joe doe"@example.test> my.host.test'], None),
        (20, '250 2.1.0', '250 2.1.5', ['tlocal to=<MAILER-DAEMON@example.test>, orig_to=<""@example.test> my.host.test'], None),
        (21, '250 2.1.0', '501 5.1.3', [], None),
        (22, '501 5.1.7', '501 5.1.3', [], None),
        (23, '501 5.1.7', '501 5.1.3', [], None),
        (24, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@[198.51.100.77]> [198.51.100.77]'], None),
        (25, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@[127.0.0.1]> my.host.test'], None),
        (26, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@[1.2.3.4]> [1.2.3.4]'], None),
        (27, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@[IPv6:2001:db8::7]> [IPv6:2001:db8::7]'], None),
        (28, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@[IPv6:::1]> my.host.test'], None),
        (29, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@b.test> b.test'], 'joe@b.test'),
        (30, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@example.test> my.host.test'], 'joe@example.test'),
        (31, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@example.test>, orig_to=<joe> my.host.test'], 'joe@example.test'),
        (32, '501 5.1.7', '501 5.1.3', [], None),
        (33, '501 5.1.7', '501 5.1.3', [], None),
        (34, '250 2.1.0', '250 2.1.5', ['trelay to=<joe@relay.test> relay.test'], None),
        (35, '250 2.1.0', '250 2.1.5', ['trelay to=<joe@sub.relay.test> sub.relay.test'], None),
        (36, '250 2.1.0', '250 2.1.5', ['tvirtual to=<joe@vbox.test> vbox.test'], None),
        (37, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe+x@example.test> my.host.test'], None),
        (38, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe-x=y@example.test> my.host.test'], None),
        (39, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@localhost> my.host.test'], None),
        (40, '250 2.1.0', '250 2.1.5', ['tlocal to=<joe@localhost>, orig_to=<joe@localhost.> my.host.test'], 'joe@localhost'),
        (41, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@LOCALHOST.example.test> LOCALHOST.example.test'], None),
        (42, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@sub.example.test> sub.example.test'], None),
        (43, '501 5.1.7', '501 5.1.3', [], 'joe@'),
        (44, '501 5.1.7', '501 5.1.3', [], 'joe@'),
        (45, '250 2.1.0', '250 2.1.5', ['tdefault to=<""@joe>, orig_to=<joe!> joe'], '""@joe'),
        (46, '250 2.1.0', '250 2.1.5', ['tdefault to=<"joe@example.test"@host.test> host.test'], '"joe@example.test"@host.test'),
        (47, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@a>, orig_to=<"joe@a"@example.test> a'], '"joe@a"@example.test'),
        (48, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe%b.test@a.test>, orig_to=<a.test!joe%b.test> a.test'], 'joe%b.test@a.test'),
        (49, '250 2.1.0', '250 2.1.5', ['tlocal to=<postmaster@example.test>, orig_to=<postmaster> my.host.test'], 'postmaster@example.test'),
        (50, '250 2.1.0', '250 2.1.5', ['tlocal to=<owner-list-x@example.test> my.host.test'], None),
        (51, '501 5.1.7', '501 5.1.3', [], None),
        (52, '250 2.1.0', '250 2.1.5', ['tlocal to=<caf??@example.test>, orig_to=<caf??> my.host.test'], 'café@example.test'),
        (53, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@xn--caf-dma.test> xn--caf-dma.test'], None),
        (54, '501 5.1.7', '501 5.1.3', [], None),
        (55, '250 2.1.0', '250 2.1.5', ['tlocal to=<xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx@example.test> my.host.test'], None),
        (56, '501 5.1.7', '501 5.1.3', [], None),
        (57, '250 2.1.0', '250 2.1.5', ['tdefault to=<joe@zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.test> zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz.test'], None),
    ],
}


def number_of(name):
    return int(name.split("-")[0])


class Made(Options):
    """A subclass for each of SETTINGS."""
    @classmethod
    def case_names(cls):
        return ["%d-%s" % (i, re.sub(r"[^a-z0-9]+", "-", a.lower()).strip("-")[:24]) for i, a in enumerate(ADDRESSES)] if cls.__name__ in ROWS else []

    def run_case(self, name):
        self.case, self.since = name, self.inst.log_size()
        if not self.headers:
            self.headers = self.written()
        number, mail, rcpt, deliveries, header = ROWS[type(self).__name__][number_of(name)]
        address = ADDRESSES[number]
        self.eq(self.headers[address], address if header is None else header, "To: %s, as written" % address)
        self.eq(self.ask(address), [mail, rcpt, deliveries], "replies and deliveries of %r" % address)


for group, settings in SETTINGS.items():
    globals()[group] = type(group, (Made,), {"__module__": __name__, "main": MAIN + settings})
