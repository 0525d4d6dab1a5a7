"""Which addresses and transports come out of the tables, configuration by configuration."""
import re

from harness.odd import DISCARDING_AGENTS, ROUTING_FILES, ROUTING_MAIN
from recorder import Recorder


class Routing(Recorder):
    area = "routing"
    cost = 20
    timeout = 200
    main = ROUTING_MAIN
    master = DISCARDING_AGENTS
    files = ROUTING_FILES
    questions = ()


    def ask(self):
        last = None
        ids = {}
        for sender, rcpts in self.questions:
            question = "%s -> %s" % (sender, " ".join(rcpts))
            c = self.inst.smtp()
            c.greet()
            c.ehlo()
            replies = [str(c.cmd("MAIL FROM:<%s>" % sender))]
            replies += [str(c.cmd("RCPT TO:<%s>" % r)) for r in rcpts]
            r = c.data("Subject: x\n\nbody\n")
            c.quit()
            m = re.search("queued as (\\w+)", str(r))
            replies.append(re.sub("queued as .*", "queued", str(r)))
            self.record("replies " + question, replies)
            if m:
                last = m.group(1)
                ids[last] = question
        for qid in ids:
            self.log(r"\b%s: (removed|.*status=deferred)" % qid, timeout=20)
        lines = {}
        warnings = []
        for line in self.inst.log_text(self.since).splitlines():
            m = re.search(r" (\S+)\[\d+\]: (\w+): (.*)", line)
            if m and m.group(2) in ids:
                lines.setdefault(m.group(2), []).append((m.group(1), m.group(3)))
            m = re.search(r"/([\w-]+)\[\d+\]: (?:[0-9A-F]+: )?(warning: .*)", line)
            if m:
                warnings.append(re.sub("warning: [0-9A-F]{6,}: ", "warning: ID: ", m.group(1) + " " + m.group(2)))
        for qid, question in ids.items():
            out = []
            for program, text in lines[qid]:
                m = re.match(r"(to=<.*>), relay=.*, (dsn=[\d.]+, status=.*)", text)
                if m:
                    out.append("%s %s %s" % (program, m.group(1), m.group(2)))
                elif text.startswith("from=<"):
                    out.append(re.sub(r"size=\d+", "size=N", text))
            self.record("routes " + question, sorted(re.sub(r"postrider|postfix", "postfix", o) for o in set(out)))
            self.record("count " + question, len(out))
        self.record("warnings", sorted(set(warnings)))

    def test_all(self):
        self.ask()


SENDERS = ("joe@s.test", "joe+x@s.test", "joe+y@s.test", "JOE@S.TEST", "u@d.test", "u+x@d.test", "u@sub.d.test",
           "bare@example.test", "bare+x@example.test", "bare", "dunno@s.test", "dunnolow@s.test", "noc@s.test",
           "colon@s.test", "", "other@s.test", "bare@other.test")


class SenderTransport(Routing):
    main = ROUTING_MAIN + r"""
recipient_delimiter = +
sender_dependent_default_transport_maps = texthash:@ETC@/senders
relay_domains = relay.test
"""
    questions = [(s, ["a@x.test"]) for s in SENDERS] + [("joe@s.test", ["a@relay.test", "b@example.test"])]


class SenderRelay(Routing):
    main = ROUTING_MAIN + r"""
recipient_delimiter = +
sender_dependent_relayhost_maps = texthash:@ETC@/relays
empty_address_relayhost_maps_lookup_key = nullr
relay_domains = relay.test
"""
    questions = [(s, ["a@x.test", "a@relay.test", "a@example.test"]) for s in SENDERS]


class SenderBoth(Routing):
    main = ROUTING_MAIN + r"""
sender_dependent_relayhost_maps = texthash:@ETC@/relays
sender_dependent_default_transport_maps = texthash:@ETC@/senders
empty_address_default_transport_maps_lookup_key = null
transport_maps = inline:{{x.test=:t.hop},{y.test=tlocal},{z.test=:},{joe@w.test=tlocal:}}
"""
    questions = [(s, ["a@x.test", "a@y.test", "a@z.test", "joe@w.test", "a@v.test"]) for s in SENDERS]


class RelayTransportHop(Routing):
    main = ROUTING_MAIN + r"""
default_transport = tdefault:hop.of.transport
relay_transport = trelay:hop.of.relay
virtual_transport = tvirtual:hop.of.virtual
relay_domains = relay.test
virtual_mailbox_domains = box.test
virtual_mailbox_maps = static:x
transport_maps = inline:{{*=:star}, {example.test=tspecial:}}
"""
    questions = [("s@s.test", ["a@x.test"]), ("s@s.test", ["a@relay.test"]), ("s@s.test", ["a@box.test"]),
                 ("s@s.test", ["a@example.test"]), ("s@s.test", ["a@mx.example.test"]), ("", ["postmaster"])]


class Limits(Routing):
    main = ROUTING_MAIN + r"""
virtual_alias_maps = texthash:@ETC@/valias
virtual_alias_domains = a.test, dom.test, dom2.test
virtual_alias_expansion_limit = 5
virtual_alias_recursion_limit = 4
virtual_alias_address_length_limit = 30
recipient_delimiter = +-
"""
    questions = [("s@s.test", [r]) for r in
                 ("c5@a.test", "c4@a.test", "c3@a.test", "c2@a.test", "c1@a.test", "l3@a.test", "l4@a.test",
                  "l5@a.test", "l6@a.test", "long30@a.test", "long31@a.test", "dup@a.test", "two@a.test",
                  "loop@a.test", "ping@a.test", "grow@a.test", "ext+y@a.test", "ext-y@a.test", "j@dom.test",
                  "j+y@dom.test", "j+y@dom2.test", "owner-l@a.test", "l-request@a.test", "joe-a@a.test",
                  "joe-b@a.test", "joe+a@a.test", "joe-a+b@a.test", "loc@example.test", "loc+x@example.test",
                  "loc", "loc@x.test", "empty@a.test", "nosuch@a.test", "+x@a.test", "ext+@a.test", "ext+-@a.test",
                  "ext--x@a.test")] + [
        ("s@s.test", ["dup@a.test", "a@x.test", "two@a.test", "A@X.test"]),
        ("s@s.test", ["a@x.test", "a@x.test"])]


class NoOriginal(Limits):
    main = Limits.main + r"""
enable_original_recipient = no
owner_request_special = no
propagate_unmatched_extensions = canonical
duplicate_filter_limit = 2
"""


class ShowNot(Limits):
    main = Limits.main + r"""
show_user_unknown_table_name = no
virtual_alias_expansion_limit = 3
smtpd_reject_unlisted_recipient = yes
"""


class Copies(Routing):
    main = ROUTING_MAIN + r"""
always_bcc = always@x.test
sender_bcc_maps = texthash:@ETC@/bcc
recipient_bcc_maps = texthash:@ETC@/bcc
virtual_alias_maps = texthash:@ETC@/valias
virtual_alias_domains = a.test
recipient_delimiter = +
"""
    questions = [(a, ["plain@x.test"]) for a in
                 ("b@x.test", "be+x@x.test", "be+y@x.test", "u@bd.test", "bare@example.test", "bare", "bv@x.test",
                  "bl@x.test", "b2@x.test", "bu@x.test", "", "bare@x.test")] + [
        ("s@s.test", [a]) for a in
        ("b@x.test", "be+x@x.test", "be+y@x.test", "u@bd.test", "bare@example.test", "bare", "bv@x.test",
         "bl@x.test", "b2@x.test", "bu@x.test", "bare+z@example.test", "c1@a.test")] + [
        ("b@x.test", ["b@x.test", "always@x.test", "copy@x.test"])]


class CopyOdd(Routing):
    main = ROUTING_MAIN + r"""
always_bcc = local
sender_bcc_maps = static:{a@x.test}
recipient_bcc_maps = inline:{{two@x.test=p@x.test,q@x.test},{e@x.test= }}
"""
    questions = [("s@s.test", ["two@x.test"]), ("", ["r@x.test"]), ("s@s.test", ["e@x.test"])]


class Canonical(Routing):
    main = ROUTING_MAIN + r"""
canonical_maps = texthash:@ETC@/canon
recipient_delimiter = +
propagate_unmatched_extensions = virtual
masquerade_domains = masq.test
masquerade_classes = envelope_sender, envelope_recipient
"""
    questions = [(a, [a]) for a in ("k@x.test", "l@x.test", "n@x.test", "ring1@x.test", "ke+x@x.test", "u@h.masq.test",
                                    "u@masq.test", "u@[1.2.3.4]")]


class Unlisted(Routing):
    main = ROUTING_MAIN + r"""
smtpd_reject_unlisted_recipient = yes
smtpd_reject_unlisted_sender = yes
local_recipient_maps = inline:{{known=x},{kn+ext=x},{full@example.test=x}}
relay_domains = relay.test
relay_recipient_maps = inline:{{known@relay.test=x},{@all.relay.test=x}}
virtual_mailbox_domains = box.test
virtual_mailbox_maps = inline:{{known@box.test=x},{ext@box.test=x}}
virtual_alias_domains = va.test
virtual_alias_maps = inline:{{known@va.test=known@example.test},{known2@box.test=x@x.test}}
canonical_maps = inline:{{can@box.test=known@box.test}}
relocated_maps = inline:{{gone@example.test=there},{gone@box.test=there2}}
recipient_delimiter = +
"""
    questions = [(s, [s]) for s in
                 ("known@example.test", "unknown@example.test", "known+x@example.test", "kn+ext@example.test",
                  "kn@example.test", "full@example.test", "known@mx.example.test", "full@mx.example.test",
                  "known@relay.test", "unknown@relay.test", "x@all.relay.test", "known+y@relay.test",
                  "known@box.test", "unknown@box.test", "ext+y@box.test", "known2@box.test", "can@box.test",
                  "known@va.test", "unknown@va.test", "gone@example.test", "gone@box.test", "postmaster",
                  "postmaster@example.test", "postmaster@box.test", "known", "unknown", "a@x.test",
                  "known%box.test@example.test", "unknown%box.test@example.test", "Known@EXAMPLE.test")]


class UnlistedShort(Unlisted):
    main = Unlisted.main + r"""
show_user_unknown_table_name = no
unknown_local_recipient_reject_code = 450
unknown_relay_recipient_reject_code = 451
unknown_virtual_alias_reject_code = 452
unknown_virtual_mailbox_reject_code = 453
"""


class TwoLists(Routing):
    main = ROUTING_MAIN + r"""
mydestination = example.test, a.test, b.test, c.test
virtual_alias_domains = a.test, d.test, e.test
virtual_alias_maps = inline:{{x=y}}
virtual_mailbox_domains = b.test, d.test, f.test
virtual_mailbox_maps = static:x
relay_domains = c.test, e.test, f.test, $mydestination
"""
    questions = [("s@s.test", ["u@%s.test" % d]) for d in "abcdef"] + [("s@s.test", ["u@example.test"])]


class ParentStyle(Routing):
    main = ROUTING_MAIN + r"""
relay_domains = rel.test, .dotted.test
transport_maps = inline:{{t.test=tspecial:t},{.u.test=tspecial:u},{v.test=:v},{.v.test=:dotv},{w=tspecial:w}}
parent_domain_matches_subdomains =
"""
    questions = [("s@s.test", ["u@" + d]) for d in
                 ("rel.test", "s.rel.test", "dotted.test", "s.dotted.test", "t.test", "s.t.test", "u.test", "s.u.test",
                  "a.s.u.test", "v.test", "s.v.test", "w", "x.w", "T.TEST", "[t.test]", "[1.2.3.4]")]


class ParentBare(ParentStyle):
    main = ParentStyle.main + "parent_domain_matches_subdomains = relay_domains, transport_maps\n"


class Pattern(Routing):
    main = ROUTING_MAIN + r"""
transport_maps = regexp:{{/^u@pat/ tspecial:pat},{/^pat.test$$/ tspecial:domain},{/@ext/ tspecial:ext}}
virtual_alias_maps = regexp:{{/^(.*)@va\.test$$/ $1@x.test},{/^loc@/ l@x.test},{/^bare$$/ wrong@x.test}}
virtual_alias_domains = va.test
canonical_maps = pcre:{{/^(.*)@can\.test$$/ $1@canned.test}}
recipient_delimiter = +
"""
    questions = [("s@can.test", [r]) for r in
                 ("u@pat.test", "v@pat.test", "u+x@ext.test", "joe@va.test", "joe+x@va.test", "loc@y.test",
                  "bare", "bare@example.test", "JOE@CAN.test")]


class Errors(Routing):
    main = ROUTING_MAIN + r"""
virtual_alias_maps = inline:{{ok@x.test=y@x.test}}, fail:x
"""
    questions = [("s@s.test", ["ok@x.test"]), ("s@s.test", ["other@x.test"])]


class ErrorsCanonical(Routing):
    main = ROUTING_MAIN + "canonical_maps = inline:{{ok@x.test=ok@x.test}}, fail:x\n"
    questions = [("ok@x.test", ["ok@x.test"]), ("s@s.test", ["ok@x.test"]), ("ok@x.test", ["other@x.test"])]


class ErrorsBcc(Routing):
    main = ROUTING_MAIN + "recipient_bcc_maps = inline:{{ok@x.test=y@x.test}}, fail:x\n"
    questions = [("s@s.test", ["ok@x.test"]), ("s@s.test", ["other@x.test"])]


class ErrorsTransport(Routing):
    main = ROUTING_MAIN + "transport_maps = inline:{{ok@x.test=tspecial:a}}, fail:x\n"
    questions = [("s@s.test", ["ok@x.test"])]


class ErrorsRelocated(Routing):
    main = ROUTING_MAIN + "relocated_maps = inline:{{ok@x.test=there}}, fail:x\n"
    questions = [("s@s.test", ["ok@x.test"])]


class Relocated(Routing):
    main = ROUTING_MAIN + "relocated_maps = inline:{{a@x.test=there},{@y.test=5.7.1 elsewhere},{b@x.test=two\twords}}\n"
    questions = [("s@s.test", [a]) for a in ("a@x.test", "u@y.test", "b@x.test", "c@x.test")]
