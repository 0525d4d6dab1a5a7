"""How restriction lists end: what DISCARD leaves out, what an earlier deferral does to a refusal, literals as hosts."""
from harness import Group

DISCARD = "check_recipient_access inline:{{alice@example.test = DISCARD x}}, reject"


class Endings(Group):
    area = "restrictions"
    main = "smtpd_relay_restrictions = check_client_access static:OK, reject_unauth_destination\n"
    services = {
        "deferred": "smtpd_recipient_restrictions = defer_if_reject, permit_mynetworks",
        "discard": "smtpd_recipient_restrictions = %s" % DISCARD,
        "data": "smtpd_recipient_restrictions = %s\nsmtpd_data_restrictions = reject\n"
                "smtpd_end_of_data_restrictions = reject" % DISCARD,
        "client": "smtpd_client_restrictions = check_client_access inline:{{127.0.0.1 = DISCARD y}}\n"
                  "smtpd_helo_restrictions = reject\nsmtpd_recipient_restrictions = reject",
        "mx": "smtpd_recipient_restrictions = check_sender_mx_access inline:{{198.51.100 = DISCARD x}}, reject",
        "ok": "smtpd_recipient_restrictions = check_sender_mx_access inline:{{198.51.100 = OK}}, reject",
        "literal": "smtpd_recipient_restrictions = check_sender_mx_access inline:{{1.2.3 = REJECT net}, "
                   "{[1.2.3.4] = REJECT bracket}}, permit_mynetworks",
        "ns": "smtpd_recipient_restrictions = check_sender_ns_access inline:{{1.2.3 = REJECT}}, permit_mynetworks",
    }
    scripts = r"""
== unlisted-recipient-after-defer-if-reject on=deferred
try bob@good.test nosuchuser@example.test => 450 4.7.0 ~defer_if_reject requested
== discard-ends-all-checks-of-the-message on=discard
> EHLO c.test
< 250
> MAIL FROM:<bob@good.test>
< 250
> RCPT TO:<alice@example.test>
< 250 2.1.5
> RCPT TO:<bob@example.test>
< 250 2.1.5
> RCPT TO:<nobody@example.test>
< 250 2.1.5
> RSET
< 250
> MAIL FROM:<bob@good.test>
< 250
> RCPT TO:<bob@example.test>
< 554 5.7.1
== discard-ends-the-checks-of-later-stages on=data
> EHLO c.test
< 250
> MAIL FROM:<bob@good.test>
< 250
> RCPT TO:<alice@example.test>
< 250 2.1.5
body 250 2.0.0
== discard-of-the-client-ends-all on=client
> EHLO c.test
< 250
> MAIL FROM:<bob@good.test>
< 250
> RCPT TO:<nobody@example.test>
< 250 2.1.5
== discard-is-allowed-of-mail-hosts on=mx
try bob@good.test alice@example.test => 250 2.1.5
== ok-is-not-allowed-of-mail-hosts on=ok
try bob@good.test alice@example.test => 451 4.3.5
log restriction check_sender_mx_access returns OK for bob@good\.test
== literal-is-a-host-without-brackets on=literal
try bob@[1.2.3.4] alice@example.test => 554 5.7.1 ~net
== literal-has-no-name-servers on=ns
try bob@[1.2.3.4] alice@example.test => 250 2.1.5
nolog Unable to look up NS host
"""


class Routing(Group):
    area = "rewriting"
    main = """mydestination = localhost, example.test
myorigin = far.test
local_recipient_maps =
smtpd_recipient_restrictions = reject_unauth_destination
smtpd_relay_restrictions =
virtual_alias_domains = virtual.test
transport_maps = inline:{{* = smtp:[127.0.0.1]:2525}}
swap_bangpath = no
allow_percent_hack = no
resolve_dequoted_address = no
"""
    services = {"all": "smtpd_recipient_restrictions = permit_mynetworks, reject"}
    scripts = r"""
== user-without-a-domain-is-of-myorigin
try a@b.test alice => 554 5.7.1 ~Relay access denied
== percent-is-routing-even-when-it-is-not-ours
try a@b.test a%b@localhost => 554 5.7.1 ~Relay access denied
== bang-is-routing-even-when-it-is-not-ours
try a@b.test a!b@localhost => 554 5.7.1 ~Relay access denied
== quoted-at-is-routing-even-when-it-is-not-opened
try a@b.test "a@b"@localhost => 554 5.7.1 ~Relay access denied
== plain-user-of-a-local-domain
try a@b.test alice@localhost => 250 2.1.5
"""

    def test_no_transport_leads_to_an_unknown_alias(self):
        reply = self.inst.send(rcpts="gone@virtual.test", port=self.port["all"])
        self.reply(reply, "550 5.1.1 ~User unknown in virtual alias table")


class RemoteDomain(Group):
    area = "content"
    main = """local_header_rewrite_clients =
remote_header_rewrite_domain = far.invalid
always_bcc = keep@sub.example.test
masquerade_domains = example.test
masquerade_classes = envelope_recipient
"""

    def test_remote_headers_are_completed(self):
        token = self.token()
        self.sent(self.inst.send(data="X-T: %s\nCc: bob\n\nbody\n" % token))
        message = self.in_mail("alice", token)
        self.match(r"(?m)^From: bob@example\.net$", message)
        self.match(r"(?m)^Message-Id: <", message)
        self.match(r"(?m)^Cc: bob@far\.invalid$", message)

    def test_a_copy_is_for_the_address_it_was_made_into(self):
        qid = self.sent(self.inst.send())
        self.log(r"%s: to=<keep@example\.test>, relay=" % qid)
        self.nolog(r"%s: to=<keep@example\.test>, orig_to" % qid)
