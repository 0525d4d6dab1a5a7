"""Tables that change addresses and choose transports, configuration by configuration."""
import re

from harness import Group
from harness.odd import DISCARDING_AGENTS, ROUTING_FILES, ROUTING_MAIN


class Tables(Group):
    area = "rewriting"
    cost = 4
    master = DISCARDING_AGENTS
    files = ROUTING_FILES
    rows = ()

    def check(self, sender, recipients, replies, routes):
        c = self.inst.smtp()
        try:
            c.greet()
            c.ehlo()
            got = [c.cmd("MAIL FROM:<%s>" % sender)] + [c.cmd("RCPT TO:<%s>" % r) for r in recipients]
            got.append(c.data("Subject: x\n\nbody\n"))
        finally:
            c.close()
        for reply, wanted in zip(got, replies):
            self.reply(reply, wanted, "replies for %s to %s" % (sender, recipients))
        if not routes:
            return
        qid = re.search(r"queued as (\w+)", str(got[-1])).group(1)
        self.found(self.inst.wait_gone(qid), "%s is done" % qid)
        seen = set()
        for line in self.inst.log_text(self.since).splitlines():
            m = re.search(r" (\S+)\[\d+\]: %s: (to=<.*>), relay=.*, dsn=([\d.]+), status=\w+ \((.*)\)" % qid, line)
            if m:
                seen.add("%s %s %s (%s)" % (m.group(1).split("/")[1], m.group(3), m.group(2), m.group(4)))
        self.eq(sorted(seen), sorted(routes), "deliveries")


class TablesSenderTransport(Tables):
    main = ROUTING_MAIN + r"""
recipient_delimiter = +
sender_dependent_default_transport_maps = texthash:@ETC@/senders
relay_domains = relay.test
"""
    rows = [
        ('joe@s.test', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<a@x.test> (byuser)']),
        ('joe+x@s.test', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<a@x.test> (byext)']),
        ('joe+y@s.test', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<a@x.test> (byuser)']),
        ('JOE@S.TEST', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<a@x.test> (byuser)']),
        ('u@d.test', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<a@x.test> (bydomain)']),
        ('u+x@d.test', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<a@x.test> (bydomain)']),
        ('u@sub.d.test', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([relay.host.test])']),
        ('bare@example.test', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<a@x.test> (bare)']),
        ('bare+x@example.test', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<a@x.test> (bare)']),
        ('bare', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<a@x.test> (bare)']),
        ('dunno@s.test', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([relay.host.test])']),
        ('dunnolow@s.test', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([relay.host.test])']),
        ('noc@s.test', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<a@x.test> ([relay.host.test])']),
        ('colon@s.test', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<a@x.test> ([relay.host.test])']),
        ('', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<a@x.test> (null)']),
        ('other@s.test', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([relay.host.test])']),
        ('bare@other.test', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([relay.host.test])']),
        ('joe@s.test', ['a@relay.test', 'b@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<b@example.test> (mx.example.test)', 'trelay 2.0.0 to=<a@relay.test> ([relay.host.test])']),
    ]


class TablesSenderRelay(Tables):
    main = ROUTING_MAIN + r"""
recipient_delimiter = +
sender_dependent_relayhost_maps = texthash:@ETC@/relays
empty_address_relayhost_maps_lookup_key = nullr
relay_domains = relay.test
"""
    rows = [
        ('joe@s.test', ['a@x.test', 'a@relay.test', 'a@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([user.relay])', 'tlocal 2.0.0 to=<a@example.test> (mx.example.test)', 'trelay 2.0.0 to=<a@relay.test> ([user.relay])']),
        ('joe+x@s.test', ['a@x.test', 'a@relay.test', 'a@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([ext.relay]:26)', 'tlocal 2.0.0 to=<a@example.test> (mx.example.test)', 'trelay 2.0.0 to=<a@relay.test> ([ext.relay]:26)']),
        ('joe+y@s.test', ['a@x.test', 'a@relay.test', 'a@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([user.relay])', 'tlocal 2.0.0 to=<a@example.test> (mx.example.test)', 'trelay 2.0.0 to=<a@relay.test> ([user.relay])']),
        ('JOE@S.TEST', ['a@x.test', 'a@relay.test', 'a@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([user.relay])', 'tlocal 2.0.0 to=<a@example.test> (mx.example.test)', 'trelay 2.0.0 to=<a@relay.test> ([user.relay])']),
        ('u@d.test', ['a@x.test', 'a@relay.test', 'a@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([domain.relay])', 'tlocal 2.0.0 to=<a@example.test> (mx.example.test)', 'trelay 2.0.0 to=<a@relay.test> ([domain.relay])']),
        ('u+x@d.test', ['a@x.test', 'a@relay.test', 'a@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([domain.relay])', 'tlocal 2.0.0 to=<a@example.test> (mx.example.test)', 'trelay 2.0.0 to=<a@relay.test> ([domain.relay])']),
        ('u@sub.d.test', ['a@x.test', 'a@relay.test', 'a@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([relay.host.test])', 'tlocal 2.0.0 to=<a@example.test> (mx.example.test)', 'trelay 2.0.0 to=<a@relay.test> ([relay.host.test])']),
        ('bare@example.test', ['a@x.test', 'a@relay.test', 'a@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([bare.relay])', 'tlocal 2.0.0 to=<a@example.test> (mx.example.test)', 'trelay 2.0.0 to=<a@relay.test> ([bare.relay])']),
        ('bare+x@example.test', ['a@x.test', 'a@relay.test', 'a@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([bare.relay])', 'tlocal 2.0.0 to=<a@example.test> (mx.example.test)', 'trelay 2.0.0 to=<a@relay.test> ([bare.relay])']),
        ('bare', ['a@x.test', 'a@relay.test', 'a@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([bare.relay])', 'tlocal 2.0.0 to=<a@example.test> (mx.example.test)', 'trelay 2.0.0 to=<a@relay.test> ([bare.relay])']),
        ('dunno@s.test', ['a@x.test', 'a@relay.test', 'a@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([relay.host.test])', 'tlocal 2.0.0 to=<a@example.test> (mx.example.test)', 'trelay 2.0.0 to=<a@relay.test> ([relay.host.test])']),
        ('dunnolow@s.test', ['a@x.test', 'a@relay.test', 'a@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([relay.host.test])', 'tlocal 2.0.0 to=<a@example.test> (mx.example.test)', 'trelay 2.0.0 to=<a@relay.test> ([relay.host.test])']),
        ('noc@s.test', ['a@x.test', 'a@relay.test', 'a@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([relay.host.test])', 'tlocal 2.0.0 to=<a@example.test> (mx.example.test)', 'trelay 2.0.0 to=<a@relay.test> ([relay.host.test])']),
        ('colon@s.test', ['a@x.test', 'a@relay.test', 'a@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([relay.host.test])', 'tlocal 2.0.0 to=<a@example.test> (mx.example.test)', 'trelay 2.0.0 to=<a@relay.test> ([relay.host.test])']),
        ('', ['a@x.test', 'a@relay.test', 'a@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([nullkey.relay])', 'tlocal 2.0.0 to=<a@example.test> (mx.example.test)', 'trelay 2.0.0 to=<a@relay.test> ([nullkey.relay])']),
        ('other@s.test', ['a@x.test', 'a@relay.test', 'a@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([relay.host.test])', 'tlocal 2.0.0 to=<a@example.test> (mx.example.test)', 'trelay 2.0.0 to=<a@relay.test> ([relay.host.test])']),
        ('bare@other.test', ['a@x.test', 'a@relay.test', 'a@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([relay.host.test])', 'tlocal 2.0.0 to=<a@example.test> (mx.example.test)', 'trelay 2.0.0 to=<a@relay.test> ([relay.host.test])']),
    ]


class TablesSenderBoth(Tables):
    main = ROUTING_MAIN + r"""
sender_dependent_relayhost_maps = texthash:@ETC@/relays
sender_dependent_default_transport_maps = texthash:@ETC@/senders
empty_address_default_transport_maps_lookup_key = null
transport_maps = inline:{{x.test=:t.hop},{y.test=tlocal},{z.test=:},{joe@w.test=tlocal:}}
"""
    rows = [
        ('joe@s.test', ['a@x.test', 'a@y.test', 'a@z.test', 'joe@w.test', 'a@v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<a@y.test> (y.test)', 'tlocal 2.0.0 to=<joe@w.test> (w.test)', 'tspecial 2.0.0 to=<a@v.test> (byuser)', 'tspecial 2.0.0 to=<a@x.test> (t.hop)', 'tspecial 2.0.0 to=<a@z.test> (byuser)']),
        ('joe+x@s.test', ['a@x.test', 'a@y.test', 'a@z.test', 'joe@w.test', 'a@v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<a@y.test> (y.test)', 'tlocal 2.0.0 to=<joe@w.test> (w.test)', 'tspecial 2.0.0 to=<a@v.test> (byext)', 'tspecial 2.0.0 to=<a@x.test> (t.hop)', 'tspecial 2.0.0 to=<a@z.test> (byext)']),
        ('joe+y@s.test', ['a@x.test', 'a@y.test', 'a@z.test', 'joe@w.test', 'a@v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@v.test> ([relay.host.test])', 'tdefault 2.0.0 to=<a@x.test> (t.hop)', 'tdefault 2.0.0 to=<a@z.test> ([relay.host.test])', 'tlocal 2.0.0 to=<a@y.test> (y.test)', 'tlocal 2.0.0 to=<joe@w.test> (w.test)']),
        ('JOE@S.TEST', ['a@x.test', 'a@y.test', 'a@z.test', 'joe@w.test', 'a@v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<a@y.test> (y.test)', 'tlocal 2.0.0 to=<joe@w.test> (w.test)', 'tspecial 2.0.0 to=<a@v.test> (byuser)', 'tspecial 2.0.0 to=<a@x.test> (t.hop)', 'tspecial 2.0.0 to=<a@z.test> (byuser)']),
        ('u@d.test', ['a@x.test', 'a@y.test', 'a@z.test', 'joe@w.test', 'a@v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<a@y.test> (y.test)', 'tlocal 2.0.0 to=<joe@w.test> (w.test)', 'tspecial 2.0.0 to=<a@v.test> (bydomain)', 'tspecial 2.0.0 to=<a@x.test> (t.hop)', 'tspecial 2.0.0 to=<a@z.test> (bydomain)']),
        ('u+x@d.test', ['a@x.test', 'a@y.test', 'a@z.test', 'joe@w.test', 'a@v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<a@y.test> (y.test)', 'tlocal 2.0.0 to=<joe@w.test> (w.test)', 'tspecial 2.0.0 to=<a@v.test> (bydomain)', 'tspecial 2.0.0 to=<a@x.test> (t.hop)', 'tspecial 2.0.0 to=<a@z.test> (bydomain)']),
        ('u@sub.d.test', ['a@x.test', 'a@y.test', 'a@z.test', 'joe@w.test', 'a@v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@v.test> ([relay.host.test])', 'tdefault 2.0.0 to=<a@x.test> (t.hop)', 'tdefault 2.0.0 to=<a@z.test> ([relay.host.test])', 'tlocal 2.0.0 to=<a@y.test> (y.test)', 'tlocal 2.0.0 to=<joe@w.test> (w.test)']),
        ('bare@example.test', ['a@x.test', 'a@y.test', 'a@z.test', 'joe@w.test', 'a@v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<a@y.test> (y.test)', 'tlocal 2.0.0 to=<joe@w.test> (w.test)', 'tspecial 2.0.0 to=<a@v.test> (bare)', 'tspecial 2.0.0 to=<a@x.test> (t.hop)', 'tspecial 2.0.0 to=<a@z.test> (bare)']),
        ('bare+x@example.test', ['a@x.test', 'a@y.test', 'a@z.test', 'joe@w.test', 'a@v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@v.test> ([relay.host.test])', 'tdefault 2.0.0 to=<a@x.test> (t.hop)', 'tdefault 2.0.0 to=<a@z.test> ([relay.host.test])', 'tlocal 2.0.0 to=<a@y.test> (y.test)', 'tlocal 2.0.0 to=<joe@w.test> (w.test)']),
        ('bare', ['a@x.test', 'a@y.test', 'a@z.test', 'joe@w.test', 'a@v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<a@y.test> (y.test)', 'tlocal 2.0.0 to=<joe@w.test> (w.test)', 'tspecial 2.0.0 to=<a@v.test> (bare)', 'tspecial 2.0.0 to=<a@x.test> (t.hop)', 'tspecial 2.0.0 to=<a@z.test> (bare)']),
        ('dunno@s.test', ['a@x.test', 'a@y.test', 'a@z.test', 'joe@w.test', 'a@v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@v.test> ([relay.host.test])', 'tdefault 2.0.0 to=<a@x.test> (t.hop)', 'tdefault 2.0.0 to=<a@z.test> ([relay.host.test])', 'tlocal 2.0.0 to=<a@y.test> (y.test)', 'tlocal 2.0.0 to=<joe@w.test> (w.test)']),
        ('dunnolow@s.test', ['a@x.test', 'a@y.test', 'a@z.test', 'joe@w.test', 'a@v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@v.test> ([relay.host.test])', 'tdefault 2.0.0 to=<a@x.test> (t.hop)', 'tdefault 2.0.0 to=<a@z.test> ([relay.host.test])', 'tlocal 2.0.0 to=<a@y.test> (y.test)', 'tlocal 2.0.0 to=<joe@w.test> (w.test)']),
        ('noc@s.test', ['a@x.test', 'a@y.test', 'a@z.test', 'joe@w.test', 'a@v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<a@y.test> (y.test)', 'tlocal 2.0.0 to=<joe@w.test> (w.test)', 'tspecial 2.0.0 to=<a@v.test> ([relay.host.test])', 'tspecial 2.0.0 to=<a@x.test> (t.hop)', 'tspecial 2.0.0 to=<a@z.test> ([relay.host.test])']),
        ('colon@s.test', ['a@x.test', 'a@y.test', 'a@z.test', 'joe@w.test', 'a@v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<a@y.test> (y.test)', 'tlocal 2.0.0 to=<joe@w.test> (w.test)', 'tspecial 2.0.0 to=<a@v.test> ([relay.host.test])', 'tspecial 2.0.0 to=<a@x.test> (t.hop)', 'tspecial 2.0.0 to=<a@z.test> ([relay.host.test])']),
        ('', ['a@x.test', 'a@y.test', 'a@z.test', 'joe@w.test', 'a@v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<a@y.test> (y.test)', 'tlocal 2.0.0 to=<joe@w.test> (w.test)', 'tspecial 2.0.0 to=<a@v.test> (nullkey)', 'tspecial 2.0.0 to=<a@x.test> (t.hop)', 'tspecial 2.0.0 to=<a@z.test> (nullkey)']),
        ('other@s.test', ['a@x.test', 'a@y.test', 'a@z.test', 'joe@w.test', 'a@v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@v.test> ([relay.host.test])', 'tdefault 2.0.0 to=<a@x.test> (t.hop)', 'tdefault 2.0.0 to=<a@z.test> ([relay.host.test])', 'tlocal 2.0.0 to=<a@y.test> (y.test)', 'tlocal 2.0.0 to=<joe@w.test> (w.test)']),
        ('bare@other.test', ['a@x.test', 'a@y.test', 'a@z.test', 'joe@w.test', 'a@v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@v.test> ([relay.host.test])', 'tdefault 2.0.0 to=<a@x.test> (t.hop)', 'tdefault 2.0.0 to=<a@z.test> ([relay.host.test])', 'tlocal 2.0.0 to=<a@y.test> (y.test)', 'tlocal 2.0.0 to=<joe@w.test> (w.test)']),
    ]


class TablesRelayTransportHop(Tables):
    main = ROUTING_MAIN + r"""
default_transport = tdefault:hop.of.transport
relay_transport = trelay:hop.of.relay
virtual_transport = tvirtual:hop.of.virtual
relay_domains = relay.test
virtual_mailbox_domains = box.test
virtual_mailbox_maps = static:x
transport_maps = inline:{{*=:star}, {example.test=tspecial:}}
"""
    rows = [
        ('s@s.test', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> (star)']),
        ('s@s.test', ['a@relay.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['trelay 2.0.0 to=<a@relay.test> (star)']),
        ('s@s.test', ['a@box.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tvirtual 2.0.0 to=<a@box.test> (star)']),
        ('s@s.test', ['a@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<a@example.test> (example.test)']),
        ('s@s.test', ['a@mx.example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<a@mx.example.test> (star)']),
        ('', ['postmaster'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<postmaster@example.test>, orig_to=<postmaster> (example.test)']),
    ]


class TablesLimits(Tables):
    main = ROUTING_MAIN + r"""
virtual_alias_maps = texthash:@ETC@/valias
virtual_alias_domains = a.test, dom.test, dom2.test
virtual_alias_expansion_limit = 5
virtual_alias_recursion_limit = 4
virtual_alias_address_length_limit = 30
recipient_delimiter = +-
"""
    rows = [
        ('s@s.test', ['c5@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<c6@x.test>, orig_to=<c5@a.test> ([relay.host.test])']),
        ('s@s.test', ['c4@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<c6@x.test>, orig_to=<c4@a.test> ([relay.host.test])']),
        ('s@s.test', ['c3@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<c6@x.test>, orig_to=<c3@a.test> ([relay.host.test])']),
        ('s@s.test', ['c2@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.6.0'],
         []),
        ('s@s.test', ['c1@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.6.0'],
         []),
        ('s@s.test', ['l3@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test>, orig_to=<l3@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<b@x.test>, orig_to=<l3@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<c@x.test>, orig_to=<l3@a.test> ([relay.host.test])']),
        ('s@s.test', ['l4@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test>, orig_to=<l4@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<b@x.test>, orig_to=<l4@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<c@x.test>, orig_to=<l4@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<d@x.test>, orig_to=<l4@a.test> ([relay.host.test])']),
        ('s@s.test', ['l5@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test>, orig_to=<l5@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<b@x.test>, orig_to=<l5@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<c@x.test>, orig_to=<l5@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<d@x.test>, orig_to=<l5@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<e@x.test>, orig_to=<l5@a.test> ([relay.host.test])']),
        ('s@s.test', ['l6@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.6.0'],
         []),
        ('s@s.test', ['long30@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<aaaaaaaaaaaaaaaaaaaaaa@xx.test>, orig_to=<long30@a.test> ([relay.host.test])']),
        ('s@s.test', ['long31@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.6.0'],
         []),
        ('s@s.test', ['dup@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test>, orig_to=<dup@a.test> ([relay.host.test])']),
        ('s@s.test', ['two@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test>, orig_to=<two@a.test> ([relay.host.test])']),
        ('s@s.test', ['loop@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<x@x.test>, orig_to=<loop@a.test> ([relay.host.test])', 'error 5.1.1 to=<loop@a.test> (User unknown in virtual alias table)']),
        ('s@s.test', ['ping@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.6.0'],
         []),
        ('s@s.test', ['grow@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['error 5.1.1 to=<grow2@a.test>, orig_to=<grow@a.test> (User unknown in virtual alias table)', 'error 5.1.1 to=<grow3@a.test>, orig_to=<grow@a.test> (User unknown in virtual alias table)', 'error 5.1.1 to=<grow@a.test> (User unknown in virtual alias table)']),
        ('s@s.test', ['ext+y@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<e+y@x.test>, orig_to=<ext+y@a.test> ([relay.host.test])']),
        ('s@s.test', ['ext-y@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<e-y@x.test>, orig_to=<ext-y@a.test> ([relay.host.test])']),
        ('s@s.test', ['j@dom.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<j@x.test>, orig_to=<j@dom.test> ([relay.host.test])']),
        ('s@s.test', ['j+y@dom.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<j+y@x.test>, orig_to=<j+y@dom.test> ([relay.host.test])']),
        ('s@s.test', ['j+y@dom2.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<one@x.test>, orig_to=<j+y@dom2.test> ([relay.host.test])']),
        ('s@s.test', ['owner-l@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<o@x.test>, orig_to=<owner-l@a.test> ([relay.host.test])']),
        ('s@s.test', ['l-request@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<r@x.test>, orig_to=<l-request@a.test> ([relay.host.test])']),
        ('s@s.test', ['joe-a@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<exact@x.test>, orig_to=<joe-a@a.test> ([relay.host.test])']),
        ('s@s.test', ['joe-b@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<base-b@x.test>, orig_to=<joe-b@a.test> ([relay.host.test])']),
        ('s@s.test', ['joe+a@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<base+a@x.test>, orig_to=<joe+a@a.test> ([relay.host.test])']),
        ('s@s.test', ['joe-a+b@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<base-a+b@x.test>, orig_to=<joe-a+b@a.test> ([relay.host.test])']),
        ('s@s.test', ['loc@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<al@x.test>, orig_to=<loc@example.test> ([relay.host.test])']),
        ('s@s.test', ['loc+x@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<al+x@x.test>, orig_to=<loc+x@example.test> ([relay.host.test])']),
        ('s@s.test', ['loc'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<al@x.test>, orig_to=<loc> ([relay.host.test])']),
        ('s@s.test', ['loc@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<loc@x.test> ([relay.host.test])']),
        ('s@s.test', ['empty@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.3.0'],
         []),
        ('s@s.test', ['nosuch@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['error 5.1.1 to=<nosuch@a.test> (User unknown in virtual alias table)']),
        ('s@s.test', ['+x@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['error 5.1.1 to=<+x@a.test> (User unknown in virtual alias table)']),
        ('s@s.test', ['ext+@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<e+@x.test>, orig_to=<ext+@a.test> ([relay.host.test])']),
        ('s@s.test', ['ext+-@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<e+-@x.test>, orig_to=<ext+-@a.test> ([relay.host.test])']),
        ('s@s.test', ['ext--x@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<e--x@x.test>, orig_to=<ext--x@a.test> ([relay.host.test])']),
        ('s@s.test', ['dup@a.test', 'a@x.test', 'two@a.test', 'A@X.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<a@x.test>, orig_to=<dup@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<a@x.test>, orig_to=<two@a.test> ([relay.host.test])']),
        ('s@s.test', ['a@x.test', 'a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([relay.host.test])']),
    ]


class TablesNoOriginal(Tables):
    main = ROUTING_MAIN + r"""
virtual_alias_maps = texthash:@ETC@/valias
virtual_alias_domains = a.test, dom.test, dom2.test
virtual_alias_expansion_limit = 5
virtual_alias_recursion_limit = 4
virtual_alias_address_length_limit = 30
recipient_delimiter = +-

enable_original_recipient = no
owner_request_special = no
propagate_unmatched_extensions = canonical
duplicate_filter_limit = 2
"""
    rows = [
        ('s@s.test', ['c5@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<c6@x.test>, orig_to=<c5@a.test> ([relay.host.test])']),
        ('s@s.test', ['c4@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<c6@x.test>, orig_to=<c4@a.test> ([relay.host.test])']),
        ('s@s.test', ['c3@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<c6@x.test>, orig_to=<c3@a.test> ([relay.host.test])']),
        ('s@s.test', ['c2@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.6.0'],
         []),
        ('s@s.test', ['c1@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.6.0'],
         []),
        ('s@s.test', ['l3@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test>, orig_to=<l3@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<b@x.test>, orig_to=<l3@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<c@x.test>, orig_to=<l3@a.test> ([relay.host.test])']),
        ('s@s.test', ['l4@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test>, orig_to=<l4@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<b@x.test>, orig_to=<l4@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<c@x.test>, orig_to=<l4@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<d@x.test>, orig_to=<l4@a.test> ([relay.host.test])']),
        ('s@s.test', ['l5@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test>, orig_to=<l5@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<b@x.test>, orig_to=<l5@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<c@x.test>, orig_to=<l5@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<d@x.test>, orig_to=<l5@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<e@x.test>, orig_to=<l5@a.test> ([relay.host.test])']),
        ('s@s.test', ['l6@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.6.0'],
         []),
        ('s@s.test', ['long30@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<aaaaaaaaaaaaaaaaaaaaaa@xx.test>, orig_to=<long30@a.test> ([relay.host.test])']),
        ('s@s.test', ['long31@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.6.0'],
         []),
        ('s@s.test', ['dup@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test>, orig_to=<dup@a.test> ([relay.host.test])']),
        ('s@s.test', ['two@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test>, orig_to=<two@a.test> ([relay.host.test])']),
        ('s@s.test', ['loop@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<x@x.test>, orig_to=<loop@a.test> ([relay.host.test])', 'error 5.1.1 to=<loop@a.test> (User unknown in virtual alias table)']),
        ('s@s.test', ['ping@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.6.0'],
         []),
        ('s@s.test', ['grow@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['error 5.1.1 to=<grow2@a.test>, orig_to=<grow@a.test> (User unknown in virtual alias table)', 'error 5.1.1 to=<grow3@a.test>, orig_to=<grow@a.test> (User unknown in virtual alias table)', 'error 5.1.1 to=<grow@a.test> (User unknown in virtual alias table)']),
        ('s@s.test', ['ext+y@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<e@x.test>, orig_to=<ext+y@a.test> ([relay.host.test])']),
        ('s@s.test', ['ext-y@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<e@x.test>, orig_to=<ext-y@a.test> ([relay.host.test])']),
        ('s@s.test', ['j@dom.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<j@x.test>, orig_to=<j@dom.test> ([relay.host.test])']),
        ('s@s.test', ['j+y@dom.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<j+y@x.test>, orig_to=<j+y@dom.test> ([relay.host.test])']),
        ('s@s.test', ['j+y@dom2.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<one@x.test>, orig_to=<j+y@dom2.test> ([relay.host.test])']),
        ('s@s.test', ['owner-l@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<o@x.test>, orig_to=<owner-l@a.test> ([relay.host.test])']),
        ('s@s.test', ['l-request@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<r@x.test>, orig_to=<l-request@a.test> ([relay.host.test])']),
        ('s@s.test', ['joe-a@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<exact@x.test>, orig_to=<joe-a@a.test> ([relay.host.test])']),
        ('s@s.test', ['joe-b@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<base@x.test>, orig_to=<joe-b@a.test> ([relay.host.test])']),
        ('s@s.test', ['joe+a@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<base@x.test>, orig_to=<joe+a@a.test> ([relay.host.test])']),
        ('s@s.test', ['joe-a+b@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<base@x.test>, orig_to=<joe-a+b@a.test> ([relay.host.test])']),
        ('s@s.test', ['loc@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<al@x.test>, orig_to=<loc@example.test> ([relay.host.test])']),
        ('s@s.test', ['loc+x@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<al@x.test>, orig_to=<loc+x@example.test> ([relay.host.test])']),
        ('s@s.test', ['loc'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<al@x.test>, orig_to=<loc> ([relay.host.test])']),
        ('s@s.test', ['loc@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<loc@x.test> ([relay.host.test])']),
        ('s@s.test', ['empty@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.3.0'],
         []),
        ('s@s.test', ['nosuch@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['error 5.1.1 to=<nosuch@a.test> (User unknown in virtual alias table)']),
        ('s@s.test', ['+x@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['error 5.1.1 to=<+x@a.test> (User unknown in virtual alias table)']),
        ('s@s.test', ['ext+@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<e@x.test>, orig_to=<ext+@a.test> ([relay.host.test])']),
        ('s@s.test', ['ext+-@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<e@x.test>, orig_to=<ext+-@a.test> ([relay.host.test])']),
        ('s@s.test', ['ext--x@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<e@x.test>, orig_to=<ext--x@a.test> ([relay.host.test])']),
        ('s@s.test', ['dup@a.test', 'a@x.test', 'two@a.test', 'A@X.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test>, orig_to=<dup@a.test> ([relay.host.test])']),
        ('s@s.test', ['a@x.test', 'a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([relay.host.test])']),
    ]


class TablesShowNot(Tables):
    main = ROUTING_MAIN + r"""
virtual_alias_maps = texthash:@ETC@/valias
virtual_alias_domains = a.test, dom.test, dom2.test
virtual_alias_expansion_limit = 5
virtual_alias_recursion_limit = 4
virtual_alias_address_length_limit = 30
recipient_delimiter = +-

show_user_unknown_table_name = no
virtual_alias_expansion_limit = 3
smtpd_reject_unlisted_recipient = yes
"""
    rows = [
        ('s@s.test', ['c5@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<c6@x.test>, orig_to=<c5@a.test> ([relay.host.test])']),
        ('s@s.test', ['c4@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<c6@x.test>, orig_to=<c4@a.test> ([relay.host.test])']),
        ('s@s.test', ['c3@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<c6@x.test>, orig_to=<c3@a.test> ([relay.host.test])']),
        ('s@s.test', ['c2@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.6.0'],
         []),
        ('s@s.test', ['c1@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.6.0'],
         []),
        ('s@s.test', ['l3@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test>, orig_to=<l3@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<b@x.test>, orig_to=<l3@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<c@x.test>, orig_to=<l3@a.test> ([relay.host.test])']),
        ('s@s.test', ['l4@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.6.0'],
         []),
        ('s@s.test', ['l5@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.6.0'],
         []),
        ('s@s.test', ['l6@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.6.0'],
         []),
        ('s@s.test', ['long30@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<aaaaaaaaaaaaaaaaaaaaaa@xx.test>, orig_to=<long30@a.test> ([relay.host.test])']),
        ('s@s.test', ['long31@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.6.0'],
         []),
        ('s@s.test', ['dup@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test>, orig_to=<dup@a.test> ([relay.host.test])']),
        ('s@s.test', ['two@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.6.0'],
         []),
        ('s@s.test', ['loop@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<x@x.test>, orig_to=<loop@a.test> ([relay.host.test])', 'error 5.1.1 to=<loop@a.test> (User unknown)']),
        ('s@s.test', ['ping@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.6.0'],
         []),
        ('s@s.test', ['grow@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['error 5.1.1 to=<grow2@a.test>, orig_to=<grow@a.test> (User unknown)', 'error 5.1.1 to=<grow3@a.test>, orig_to=<grow@a.test> (User unknown)', 'error 5.1.1 to=<grow@a.test> (User unknown)']),
        ('s@s.test', ['ext+y@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<e+y@x.test>, orig_to=<ext+y@a.test> ([relay.host.test])']),
        ('s@s.test', ['ext-y@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<e-y@x.test>, orig_to=<ext-y@a.test> ([relay.host.test])']),
        ('s@s.test', ['j@dom.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<j@x.test>, orig_to=<j@dom.test> ([relay.host.test])']),
        ('s@s.test', ['j+y@dom.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<j+y@x.test>, orig_to=<j+y@dom.test> ([relay.host.test])']),
        ('s@s.test', ['j+y@dom2.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<one@x.test>, orig_to=<j+y@dom2.test> ([relay.host.test])']),
        ('s@s.test', ['owner-l@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<o@x.test>, orig_to=<owner-l@a.test> ([relay.host.test])']),
        ('s@s.test', ['l-request@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<r@x.test>, orig_to=<l-request@a.test> ([relay.host.test])']),
        ('s@s.test', ['joe-a@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<exact@x.test>, orig_to=<joe-a@a.test> ([relay.host.test])']),
        ('s@s.test', ['joe-b@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<base-b@x.test>, orig_to=<joe-b@a.test> ([relay.host.test])']),
        ('s@s.test', ['joe+a@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<base+a@x.test>, orig_to=<joe+a@a.test> ([relay.host.test])']),
        ('s@s.test', ['joe-a+b@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<base-a+b@x.test>, orig_to=<joe-a+b@a.test> ([relay.host.test])']),
        ('s@s.test', ['loc@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<al@x.test>, orig_to=<loc@example.test> ([relay.host.test])']),
        ('s@s.test', ['loc+x@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<al+x@x.test>, orig_to=<loc+x@example.test> ([relay.host.test])']),
        ('s@s.test', ['loc'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<al@x.test>, orig_to=<loc> ([relay.host.test])']),
        ('s@s.test', ['loc@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<loc@x.test> ([relay.host.test])']),
        ('s@s.test', ['empty@a.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.3.0'],
         []),
        ('s@s.test', ['nosuch@a.test'],
         ['250 2.1.0', '550 5.1.1', '554 5.5.1'],
         []),
        ('s@s.test', ['+x@a.test'],
         ['250 2.1.0', '550 5.1.1', '554 5.5.1'],
         []),
        ('s@s.test', ['ext+@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<e+@x.test>, orig_to=<ext+@a.test> ([relay.host.test])']),
        ('s@s.test', ['ext+-@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<e+-@x.test>, orig_to=<ext+-@a.test> ([relay.host.test])']),
        ('s@s.test', ['ext--x@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<e--x@x.test>, orig_to=<ext--x@a.test> ([relay.host.test])']),
        ('s@s.test', ['dup@a.test', 'a@x.test', 'two@a.test', 'A@X.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.1.5', '451 4.6.0'],
         []),
        ('s@s.test', ['a@x.test', 'a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([relay.host.test])']),
    ]


class TablesCopies(Tables):
    main = ROUTING_MAIN + r"""
always_bcc = always@x.test
sender_bcc_maps = texthash:@ETC@/bcc
recipient_bcc_maps = texthash:@ETC@/bcc
virtual_alias_maps = texthash:@ETC@/valias
virtual_alias_domains = a.test
recipient_delimiter = +
"""
    rows = [
        ('b@x.test', ['plain@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<copy@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<plain@x.test> ([relay.host.test])']),
        ('be+x@x.test', ['plain@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<copyext@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<plain@x.test> ([relay.host.test])']),
        ('be+y@x.test', ['plain@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<copybase@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<plain@x.test> ([relay.host.test])']),
        ('u@bd.test', ['plain@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<copydom@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<plain@x.test> ([relay.host.test])']),
        ('bare@example.test', ['plain@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<copybare@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<plain@x.test> ([relay.host.test])']),
        ('bare', ['plain@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<copybare@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<plain@x.test> ([relay.host.test])']),
        ('bv@x.test', ['plain@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<c6@x.test>, orig_to=<c1@a.test> ([relay.host.test])', 'tdefault 2.0.0 to=<plain@x.test> ([relay.host.test])']),
        ('bl@x.test', ['plain@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<plain@x.test> ([relay.host.test])', 'tlocal 2.0.0 to=<bare@example.test> (mx.example.test)']),
        ('b2@x.test', ['plain@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<"one@x.test, two"@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<plain@x.test> ([relay.host.test])']),
        ('bu@x.test', ['plain@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<plain@x.test> ([relay.host.test])', 'error 5.1.3 to=<"<angle"@x.test>> (bad address syntax)']),
        ('', ['plain@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<plain@x.test> ([relay.host.test])']),
        ('bare@x.test', ['plain@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<plain@x.test> ([relay.host.test])']),
        ('s@s.test', ['b@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<b@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<copy@x.test> ([relay.host.test])']),
        ('s@s.test', ['be+x@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<be+x@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<copyext@x.test> ([relay.host.test])']),
        ('s@s.test', ['be+y@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<be+y@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<copybase@x.test> ([relay.host.test])']),
        ('s@s.test', ['u@bd.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<copydom@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<u@bd.test> ([relay.host.test])']),
        ('s@s.test', ['bare@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<copybare@x.test> ([relay.host.test])', 'tlocal 2.0.0 to=<bare@example.test> (mx.example.test)']),
        ('s@s.test', ['bare'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<copybare@x.test> ([relay.host.test])', 'tlocal 2.0.0 to=<bare@example.test>, orig_to=<bare> (mx.example.test)']),
        ('s@s.test', ['bv@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<bv@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<c6@x.test>, orig_to=<c1@a.test> ([relay.host.test])']),
        ('s@s.test', ['bl@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<bl@x.test> ([relay.host.test])', 'tlocal 2.0.0 to=<bare@example.test> (mx.example.test)']),
        ('s@s.test', ['b2@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<"one@x.test, two"@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<b2@x.test> ([relay.host.test])']),
        ('s@s.test', ['bu@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<bu@x.test> ([relay.host.test])', 'error 5.1.3 to=<"<angle"@x.test>> (bad address syntax)']),
        ('s@s.test', ['bare+z@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<copybare@x.test> ([relay.host.test])', 'tlocal 2.0.0 to=<bare+z@example.test> (mx.example.test)']),
        ('s@s.test', ['c1@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<c6@x.test>, orig_to=<c1@a.test> ([relay.host.test])']),
        ('b@x.test', ['b@x.test', 'always@x.test', 'copy@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.1.5', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<always@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<b@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<copy@x.test> ([relay.host.test])']),
    ]


class TablesCopyOdd(Tables):
    main = ROUTING_MAIN + r"""
always_bcc = local
sender_bcc_maps = static:{a@x.test}
recipient_bcc_maps = inline:{{two@x.test=p@x.test,q@x.test},{e@x.test= }}
"""
    rows = [
        ('s@s.test', ['two@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<"p@x.test,q"@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<a@x.test> ([relay.host.test])', 'tdefault 2.0.0 to=<two@x.test> ([relay.host.test])', 'tlocal 2.0.0 to=<local@example.test> (mx.example.test)']),
        ('', ['r@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<r@x.test> ([relay.host.test])', 'tlocal 2.0.0 to=<local@example.test> (mx.example.test)']),
        ('s@s.test', ['e@x.test'],
         ['250 2.1.0', '250 2.1.5', '451 4.3.0'],
         []),
    ]


class TablesCanonical(Tables):
    main = ROUTING_MAIN + r"""
canonical_maps = texthash:@ETC@/canon
recipient_delimiter = +
propagate_unmatched_extensions = virtual
masquerade_domains = masq.test
masquerade_classes = envelope_sender, envelope_recipient
"""
    rows = [
        ('k@x.test', ['k@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<n@x.test>, orig_to=<k@x.test> ([relay.host.test])']),
        ('l@x.test', ['l@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<n@x.test>, orig_to=<l@x.test> ([relay.host.test])']),
        ('n@x.test', ['n@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<n@x.test> ([relay.host.test])']),
        ('ring1@x.test', ['ring1@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<ring1@x.test> ([relay.host.test])']),
        ('ke+x@x.test', ['ke+x@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<le@x.test>, orig_to=<ke+x@x.test> ([relay.host.test])']),
        ('u@h.masq.test', ['u@h.masq.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<u@masq.test>, orig_to=<u@h.masq.test> ([relay.host.test])']),
        ('u@masq.test', ['u@masq.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<u@masq.test> ([relay.host.test])']),
        ('u@[1.2.3.4]', ['u@[1.2.3.4]'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<u@[1.2.3.4]> ([relay.host.test])']),
    ]


class TablesUnlisted(Tables):
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
    rows = [
        ('known@example.test', ['known@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<known@example.test> (mx.example.test)']),
        ('unknown@example.test', ['unknown@example.test'],
         ['250 2.1.0', '550 5.1.0', '554 5.5.1'],
         []),
        ('known+x@example.test', ['known+x@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<known+x@example.test> (mx.example.test)']),
        ('kn+ext@example.test', ['kn+ext@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<kn+ext@example.test> (mx.example.test)']),
        ('kn@example.test', ['kn@example.test'],
         ['250 2.1.0', '550 5.1.0', '554 5.5.1'],
         []),
        ('full@example.test', ['full@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<full@example.test> (mx.example.test)']),
        ('known@mx.example.test', ['known@mx.example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<known@mx.example.test> (mx.example.test)']),
        ('full@mx.example.test', ['full@mx.example.test'],
         ['250 2.1.0', '550 5.1.0', '554 5.5.1'],
         []),
        ('known@relay.test', ['known@relay.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['trelay 2.0.0 to=<known@relay.test> ([relay.host.test])']),
        ('unknown@relay.test', ['unknown@relay.test'],
         ['250 2.1.0', '550 5.1.0', '554 5.5.1'],
         []),
        ('x@all.relay.test', ['x@all.relay.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['trelay 2.0.0 to=<x@all.relay.test> ([relay.host.test])']),
        ('known+y@relay.test', ['known+y@relay.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['trelay 2.0.0 to=<known+y@relay.test> ([relay.host.test])']),
        ('known@box.test', ['known@box.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tvirtual 2.0.0 to=<known@box.test> (box.test)']),
        ('unknown@box.test', ['unknown@box.test'],
         ['250 2.1.0', '550 5.1.0', '554 5.5.1'],
         []),
        ('ext+y@box.test', ['ext+y@box.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tvirtual 2.0.0 to=<ext+y@box.test> (box.test)']),
        ('known2@box.test', ['known2@box.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<x@x.test>, orig_to=<known2@box.test> ([relay.host.test])']),
        ('can@box.test', ['can@box.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tvirtual 2.0.0 to=<known@box.test>, orig_to=<can@box.test> (box.test)']),
        ('known@va.test', ['known@va.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<known@example.test>, orig_to=<known@va.test> (mx.example.test)']),
        ('unknown@va.test', ['unknown@va.test'],
         ['250 2.1.0', '550 5.1.7', '554 5.5.1'],
         []),
        ('gone@example.test', ['gone@example.test'],
         ['250 2.1.0', '550 5.1.7', '554 5.5.1'],
         []),
        ('gone@box.test', ['gone@box.test'],
         ['250 2.1.0', '550 5.1.7', '554 5.5.1'],
         []),
        ('postmaster', ['postmaster'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<postmaster@example.test>, orig_to=<postmaster> (mx.example.test)']),
        ('postmaster@example.test', ['postmaster@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<postmaster@example.test> (mx.example.test)']),
        ('postmaster@box.test', ['postmaster@box.test'],
         ['250 2.1.0', '550 5.1.0', '554 5.5.1'],
         []),
        ('known', ['known'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<known@example.test>, orig_to=<known> (mx.example.test)']),
        ('unknown', ['unknown'],
         ['250 2.1.0', '550 5.1.0', '554 5.5.1'],
         []),
        ('a@x.test', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([relay.host.test])']),
        ('known%box.test@example.test', ['known%box.test@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tvirtual 2.0.0 to=<known@box.test>, orig_to=<known%box.test@example.test> (box.test)']),
        ('unknown%box.test@example.test', ['unknown%box.test@example.test'],
         ['250 2.1.0', '550 5.1.0', '554 5.5.1'],
         []),
        ('Known@EXAMPLE.test', ['Known@EXAMPLE.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<Known@EXAMPLE.test> (mx.example.test)']),
    ]


class TablesUnlistedShort(Tables):
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

show_user_unknown_table_name = no
unknown_local_recipient_reject_code = 450
unknown_relay_recipient_reject_code = 451
unknown_virtual_alias_reject_code = 452
unknown_virtual_mailbox_reject_code = 453
"""
    rows = [
        ('known@example.test', ['known@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<known@example.test> (mx.example.test)']),
        ('unknown@example.test', ['unknown@example.test'],
         ['250 2.1.0', '450 4.1.0', '554 5.5.1'],
         []),
        ('known+x@example.test', ['known+x@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<known+x@example.test> (mx.example.test)']),
        ('kn+ext@example.test', ['kn+ext@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<kn+ext@example.test> (mx.example.test)']),
        ('kn@example.test', ['kn@example.test'],
         ['250 2.1.0', '450 4.1.0', '554 5.5.1'],
         []),
        ('full@example.test', ['full@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<full@example.test> (mx.example.test)']),
        ('known@mx.example.test', ['known@mx.example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<known@mx.example.test> (mx.example.test)']),
        ('full@mx.example.test', ['full@mx.example.test'],
         ['250 2.1.0', '450 4.1.0', '554 5.5.1'],
         []),
        ('known@relay.test', ['known@relay.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['trelay 2.0.0 to=<known@relay.test> ([relay.host.test])']),
        ('unknown@relay.test', ['unknown@relay.test'],
         ['250 2.1.0', '451 4.1.0', '554 5.5.1'],
         []),
        ('x@all.relay.test', ['x@all.relay.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['trelay 2.0.0 to=<x@all.relay.test> ([relay.host.test])']),
        ('known+y@relay.test', ['known+y@relay.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['trelay 2.0.0 to=<known+y@relay.test> ([relay.host.test])']),
        ('known@box.test', ['known@box.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tvirtual 2.0.0 to=<known@box.test> (box.test)']),
        ('unknown@box.test', ['unknown@box.test'],
         ['250 2.1.0', '453 4.1.0', '554 5.5.1'],
         []),
        ('ext+y@box.test', ['ext+y@box.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tvirtual 2.0.0 to=<ext+y@box.test> (box.test)']),
        ('known2@box.test', ['known2@box.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<x@x.test>, orig_to=<known2@box.test> ([relay.host.test])']),
        ('can@box.test', ['can@box.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tvirtual 2.0.0 to=<known@box.test>, orig_to=<can@box.test> (box.test)']),
        ('known@va.test', ['known@va.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<known@example.test>, orig_to=<known@va.test> (mx.example.test)']),
        ('unknown@va.test', ['unknown@va.test'],
         ['250 2.1.0', '452 4.1.7', '554 5.5.1'],
         []),
        ('gone@example.test', ['gone@example.test'],
         ['250 2.1.0', '550 5.1.7', '554 5.5.1'],
         []),
        ('gone@box.test', ['gone@box.test'],
         ['250 2.1.0', '550 5.1.7', '554 5.5.1'],
         []),
        ('postmaster', ['postmaster'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<postmaster@example.test>, orig_to=<postmaster> (mx.example.test)']),
        ('postmaster@example.test', ['postmaster@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<postmaster@example.test> (mx.example.test)']),
        ('postmaster@box.test', ['postmaster@box.test'],
         ['250 2.1.0', '453 4.1.0', '554 5.5.1'],
         []),
        ('known', ['known'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<known@example.test>, orig_to=<known> (mx.example.test)']),
        ('unknown', ['unknown'],
         ['250 2.1.0', '450 4.1.0', '554 5.5.1'],
         []),
        ('a@x.test', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<a@x.test> ([relay.host.test])']),
        ('known%box.test@example.test', ['known%box.test@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tvirtual 2.0.0 to=<known@box.test>, orig_to=<known%box.test@example.test> (box.test)']),
        ('unknown%box.test@example.test', ['unknown%box.test@example.test'],
         ['250 2.1.0', '453 4.1.0', '554 5.5.1'],
         []),
        ('Known@EXAMPLE.test', ['Known@EXAMPLE.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<Known@EXAMPLE.test> (mx.example.test)']),
    ]


class TablesTwoLists(Tables):
    main = ROUTING_MAIN + r"""
mydestination = example.test, a.test, b.test, c.test
virtual_alias_domains = a.test, d.test, e.test
virtual_alias_maps = inline:{{x=y}}
virtual_mailbox_domains = b.test, d.test, f.test
virtual_mailbox_maps = static:x
relay_domains = c.test, e.test, f.test, $mydestination
"""
    rows = [
        ('s@s.test', ['u@a.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<u@a.test> (mx.example.test)']),
        ('s@s.test', ['u@b.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<u@b.test> (mx.example.test)']),
        ('s@s.test', ['u@c.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<u@c.test> (mx.example.test)']),
        ('s@s.test', ['u@d.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['error 5.1.1 to=<u@d.test> (User unknown in virtual alias table)']),
        ('s@s.test', ['u@e.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['error 5.1.1 to=<u@e.test> (User unknown in virtual alias table)']),
        ('s@s.test', ['u@f.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tvirtual 2.0.0 to=<u@f.test> (f.test)']),
        ('s@s.test', ['u@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<u@example.test> (mx.example.test)']),
    ]


class TablesParentStyle(Tables):
    main = ROUTING_MAIN + r"""
relay_domains = rel.test, .dotted.test
transport_maps = inline:{{t.test=tspecial:t},{.u.test=tspecial:u},{v.test=:v},{.v.test=:dotv},{w=tspecial:w}}
parent_domain_matches_subdomains =
"""
    rows = [
        ('s@s.test', ['u@rel.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['trelay 2.0.0 to=<u@rel.test> ([relay.host.test])']),
        ('s@s.test', ['u@s.rel.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<u@s.rel.test> ([relay.host.test])']),
        ('s@s.test', ['u@dotted.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<u@dotted.test> ([relay.host.test])']),
        ('s@s.test', ['u@s.dotted.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['trelay 2.0.0 to=<u@s.dotted.test> ([relay.host.test])']),
        ('s@s.test', ['u@t.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<u@t.test> (t)']),
        ('s@s.test', ['u@s.t.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<u@s.t.test> ([relay.host.test])']),
        ('s@s.test', ['u@u.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<u@u.test> ([relay.host.test])']),
        ('s@s.test', ['u@s.u.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<u@s.u.test> (u)']),
        ('s@s.test', ['u@a.s.u.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<u@a.s.u.test> (u)']),
        ('s@s.test', ['u@v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<u@v.test> (v)']),
        ('s@s.test', ['u@s.v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<u@s.v.test> (dotv)']),
        ('s@s.test', ['u@w'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<u@w> (w)']),
        ('s@s.test', ['u@x.w'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<u@x.w> ([relay.host.test])']),
        ('s@s.test', ['u@T.TEST'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<u@T.TEST> (t)']),
        ('s@s.test', ['u@[t.test]'],
         ['250 2.1.0', '501 5.1.3', '554 5.5.1'],
         []),
        ('s@s.test', ['u@[1.2.3.4]'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<u@[1.2.3.4]> ([relay.host.test])']),
    ]


class TablesParentBare(Tables):
    main = ROUTING_MAIN + r"""
relay_domains = rel.test, .dotted.test
transport_maps = inline:{{t.test=tspecial:t},{.u.test=tspecial:u},{v.test=:v},{.v.test=:dotv},{w=tspecial:w}}
parent_domain_matches_subdomains =
parent_domain_matches_subdomains = relay_domains, transport_maps
"""
    rows = [
        ('s@s.test', ['u@rel.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['trelay 2.0.0 to=<u@rel.test> ([relay.host.test])']),
        ('s@s.test', ['u@s.rel.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['trelay 2.0.0 to=<u@s.rel.test> ([relay.host.test])']),
        ('s@s.test', ['u@dotted.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<u@dotted.test> ([relay.host.test])']),
        ('s@s.test', ['u@s.dotted.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<u@s.dotted.test> ([relay.host.test])']),
        ('s@s.test', ['u@t.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<u@t.test> (t)']),
        ('s@s.test', ['u@s.t.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<u@s.t.test> (t)']),
        ('s@s.test', ['u@u.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<u@u.test> ([relay.host.test])']),
        ('s@s.test', ['u@s.u.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<u@s.u.test> ([relay.host.test])']),
        ('s@s.test', ['u@a.s.u.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<u@a.s.u.test> ([relay.host.test])']),
        ('s@s.test', ['u@v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<u@v.test> (v)']),
        ('s@s.test', ['u@s.v.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<u@s.v.test> (v)']),
        ('s@s.test', ['u@w'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<u@w> (w)']),
        ('s@s.test', ['u@x.w'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<u@x.w> (w)']),
        ('s@s.test', ['u@T.TEST'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<u@T.TEST> (t)']),
        ('s@s.test', ['u@[t.test]'],
         ['250 2.1.0', '501 5.1.3', '554 5.5.1'],
         []),
        ('s@s.test', ['u@[1.2.3.4]'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<u@[1.2.3.4]> ([relay.host.test])']),
    ]


class TablesPattern(Tables):
    main = ROUTING_MAIN + r"""
transport_maps = regexp:{{/^u@pat/ tspecial:pat},{/^pat.test$$/ tspecial:domain},{/@ext/ tspecial:ext}}
virtual_alias_maps = regexp:{{/^(.*)@va\.test$$/ $1@x.test},{/^loc@/ l@x.test},{/^bare$$/ wrong@x.test}}
virtual_alias_domains = va.test
canonical_maps = pcre:{{/^(.*)@can\.test$$/ $1@canned.test}}
recipient_delimiter = +
"""
    rows = [
        ('s@can.test', ['u@pat.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<u@pat.test> (pat)']),
        ('s@can.test', ['v@pat.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<v@pat.test> ([relay.host.test])']),
        ('s@can.test', ['u+x@ext.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tspecial 2.0.0 to=<u+x@ext.test> (ext)']),
        ('s@can.test', ['joe@va.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<joe@x.test>, orig_to=<joe@va.test> ([relay.host.test])']),
        ('s@can.test', ['joe+x@va.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<joe+x@x.test>, orig_to=<joe+x@va.test> ([relay.host.test])']),
        ('s@can.test', ['loc@y.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<l@x.test>, orig_to=<loc@y.test> ([relay.host.test])']),
        ('s@can.test', ['bare'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<bare@example.test>, orig_to=<bare> (mx.example.test)']),
        ('s@can.test', ['bare@example.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tlocal 2.0.0 to=<bare@example.test> (mx.example.test)']),
        ('s@can.test', ['JOE@CAN.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<JOE@canned.test>, orig_to=<JOE@CAN.test> ([relay.host.test])']),
    ]


class TablesRelocated(Tables):
    main = ROUTING_MAIN + r"""relocated_maps = inline:{{a@x.test=there},{@y.test=5.7.1 elsewhere},{b@x.test=two	words}}
"""
    rows = [
        ('s@s.test', ['a@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['error 5.1.6 to=<a@x.test> (User has moved to there)']),
        ('s@s.test', ['u@y.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['error 5.1.6 to=<u@y.test> (User has moved to 5.7.1 elsewhere)']),
        ('s@s.test', ['b@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['error 5.1.6 to=<b@x.test> (User has moved to two?words)']),
        ('s@s.test', ['c@x.test'],
         ['250 2.1.0', '250 2.1.5', '250 2.0.0'],
         ['tdefault 2.0.0 to=<c@x.test> ([relay.host.test])']),
    ]


for group in Tables.__subclasses__():
    for number, row in enumerate(group.rows):
        name = re.sub(r"[^a-z0-9]+", "_", " ".join([row[0]] + row[1]).lower()).strip("_")[:40]
        setattr(group, "test_%02d_%s" % (number, name), lambda self, row=row: self.check(*row))
del group
