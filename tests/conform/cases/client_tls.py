"""How the SMTP client encrypts: every level against every kind of server, and policies good and bad."""
import hashlib
import re
import ssl
import subprocess

from harness import FakeSMTP, Group, certs

ZONE = """
. SECURE
plain.test MX 10 mx.plain.test
mx.plain.test A 198.51.100.41
rogue.test MX 10 mx.rogue.test
mx.rogue.test A 198.51.100.42
refuse.test MX 10 mx.refuse.test
mx.refuse.test A 198.51.100.43
broken.test MX 10 mx.broken.test
mx.broken.test A 198.51.100.44
two.test MX 10 mx.plain.test
two.test MX 20 mx.good.test
danebad.test MX 10 mx.danebad.test
mx.danebad.test A 198.51.100.42
danefail.test MX 10 mx.danefail.test
mx.danefail.test A 198.51.100.25
_25._tcp.mx.danefail.test SERVFAIL
daneunus.test MX 10 mx.daneunus.test
mx.daneunus.test A 198.51.100.25
danepl.test MX 10 mx.danepl.test
mx.danepl.test A 198.51.100.41
danecn.test MX 10 mx.danecn.test
mx.danecn.test CNAME mx.dane.test
dane.test MX 10 mx.dane.test
mx.dane.test A 198.51.100.25
danenone.test MX 10 mx.plain.test
danefall.test MX 10 mx.danebad.test
danefall.test MX 20 mx.dane.test
a.good.test MX 10 mx.good.test
b.good.test MX 10 mx.good.test
c.good.test MX 10 mx.good.test
d.good.test MX 10 mx.good.test
e.good.test MX 10 mx.good.test
f.good.test MX 10 mx.good.test
g.good.test MX 10 mx.good.test
h.good.test MX 10 mx.good.test
i.good.test MX 10 mx.good.test
j.good.test MX 10 mx.good.test
k.good.test MX 10 mx.good.test
l.good.test MX 10 mx.good.test
m.good.test MX 10 mx.good.test
n.good.test MX 10 mx.good.test
o.good.test MX 10 mx.good.test
p.good.test MX 10 mx.good.test
q.good.test MX 10 mx.good.test
r.good.test MX 10 mx.good.test
s.good.test MX 10 mx.good.test
t.good.test MX 10 mx.good.test
u.good.test MX 10 mx.good.test
v.good.test MX 10 mx.good.test
w.good.test MX 10 mx.good.test
y.good.test MX 10 mx.good.test
x.sub.good.test MX 10 mx.good.test
mx.r5.test A 198.51.100.51
mx.r421.test A 198.51.100.52
mx.rdrop.test A 198.51.100.53
mx.r502.test A 198.51.100.54
"""

POLICIES = """a.good.test none foo=bar
b.good.test bogus
c.good.test encrypt foo=bar
d.good.test encrypt protocols
e.good.test encrypt protocols=!TLSv1.3 ciphers=high
f.good.test encrypt ciphers=silly
g.good.test encrypt protocols=silly
h.good.test may match=x
i.good.test verify match=nexthop:hostname
j.good.test secure
k.good.test secure match=.good.test
l.good.test fingerprint
m.good.test fingerprint match=@FP@|00:11 match=@PK@
n.good.test fingerprint match=zz
o.good.test secure tafile=/nonexistent match=mx.good.test
p.good.test encrypt connection_reuse=maybe
q.good.test encrypt exclude=aNULL:AES128 connection_reuse=yes
.sub.good.test encrypt
r.good.test ENCRYPT PROTOCOLS=TLSv1.2
s.good.test encrypt servername=foo.test
t.good.test secure match=MX.GOOD.TEST
u.good.test encrypt protocols=>=TLSv1.2
v.good.test encrypt protocols=
w.good.test secure match=mx.good.test protocols=<=TLSv1.2
y.good.test
"""

# One line of master.cf each: the options of a service.
SERVICES = {
    "none": "smtp_tls_security_level=none",
    "may": "smtp_tls_security_level=may",
    "encrypt": "smtp_tls_security_level=encrypt",
    "verify": "smtp_tls_security_level=verify",
    "secure": "smtp_tls_security_level=secure",
    "fingerprint": "smtp_tls_security_level=fingerprint",
    "dane": "smtp_tls_security_level=dane",
    "daneonly": "smtp_tls_security_level=dane-only",
    "note": "smtp_tls_note_starttls_offer=yes",
    "nosec": "smtp_tls_security_level=dane-only -o smtp_dns_support_level=enabled",
    "use": "smtp_use_tls=yes",
    "enforce": "smtp_enforce_tls=yes",
    "nopeer": "smtp_enforce_tls=yes -o smtp_tls_enforce_peername=no",
    "wrap": "smtp_tls_security_level=encrypt -o smtp_tls_wrappermode=yes",
    "badca": "smtp_tls_security_level=encrypt -o smtp_tls_CAfile=/nonexistent",
    "sni": "smtp_tls_security_level=encrypt -o smtp_tls_servername=hostname",
}

# service, next hop, then: dsn, status, text, and the word before "TLS connection established".  As Postfix 3.7.
ROWS = [
    ("none", "plain.test", "2.0.0", "sent", "250 2.0.0 accepted", ""),
    ("none", "rogue.test", "2.0.0", "sent", "250 2.0.0 accepted", ""),
    ("none", "refuse.test", "2.0.0", "sent", "250 2.0.0 accepted", ""),
    ("none", "broken.test", "2.0.0", "sent", "250 2.0.0 accepted", ""),
    ("none", "good.test", "2.0.0", "sent", "250 2.0.0 accepted", ""),
    ("none", "two.test", "2.0.0", "sent", "250 2.0.0 accepted", ""),
    ("may", "plain.test", "2.0.0", "sent", "250 2.0.0 accepted", ""),
    ("may", "rogue.test", "2.0.0", "sent", "250 2.0.0 accepted", "Untrusted"),
    ("may", "refuse.test", "2.0.0", "sent", "250 2.0.0 accepted", ""),
    ("may", "broken.test", "2.0.0", "sent", "250 2.0.0 accepted", "Trusted"),
    ("may", "good.test", "2.0.0", "sent", "250 2.0.0 accepted", "Trusted"),
    ("may", "two.test", "2.0.0", "sent", "250 2.0.0 accepted", ""),
    ("encrypt", "plain.test", "4.7.4", "deferred",
     "TLS is required, but was not offered by host mx.plain.test[198.51.100.41]", ""),
    ("encrypt", "rogue.test", "2.0.0", "sent", "250 2.0.0 accepted", "Untrusted"),
    ("encrypt", "refuse.test", "4.7.0", "deferred",
     "TLS is required, but host mx.refuse.test[198.51.100.43] refused to start TLS: 454 4.7.0 not now", ""),
    ("encrypt", "broken.test", "2.0.0", "sent", "250 2.0.0 accepted", "Trusted"),
    ("encrypt", "good.test", "2.0.0", "sent", "250 2.0.0 accepted", "Trusted"),
    ("encrypt", "two.test", "2.0.0", "sent", "250 2.0.0 accepted", "Trusted"),
    ("verify", "plain.test", "4.7.4", "deferred",
     "TLS is required, but was not offered by host mx.plain.test[198.51.100.41]", ""),
    ("verify", "rogue.test", "4.7.5", "deferred", "Server certificate not verified", "Untrusted"),
    ("verify", "refuse.test", "4.7.0", "deferred",
     "TLS is required, but host mx.refuse.test[198.51.100.43] refused to start TLS: 454 4.7.0 not now", ""),
    ("verify", "broken.test", "4.7.5", "deferred", "Server certificate not verified", "Untrusted"),
    ("verify", "good.test", "2.0.0", "sent", "250 2.0.0 accepted", "Verified"),
    ("verify", "two.test", "2.0.0", "sent", "250 2.0.0 accepted", "Verified"),
    ("secure", "plain.test", "4.7.4", "deferred",
     "TLS is required, but was not offered by host mx.plain.test[198.51.100.41]", ""),
    ("secure", "rogue.test", "4.7.5", "deferred", "Server certificate not verified", "Untrusted"),
    ("secure", "refuse.test", "4.7.0", "deferred",
     "TLS is required, but host mx.refuse.test[198.51.100.43] refused to start TLS: 454 4.7.0 not now", ""),
    ("secure", "broken.test", "4.7.5", "deferred", "Server certificate not verified", "Untrusted"),
    ("secure", "good.test", "2.0.0", "sent", "250 2.0.0 accepted", "Verified"),
    ("secure", "two.test", "4.7.5", "deferred", "Server certificate not verified", "Untrusted"),
    ("fingerprint", "plain.test", "4.7.5", "deferred", "client TLS configuration problem", ""),
    ("fingerprint", "rogue.test", "4.7.5", "deferred", "client TLS configuration problem", ""),
    ("fingerprint", "refuse.test", "4.7.5", "deferred", "client TLS configuration problem", ""),
    ("fingerprint", "broken.test", "4.7.5", "deferred", "client TLS configuration problem", ""),
    ("fingerprint", "good.test", "4.7.5", "deferred", "client TLS configuration problem", ""),
    ("fingerprint", "two.test", "4.7.5", "deferred", "client TLS configuration problem", ""),
    ("daneonly", "plain.test", "4.7.5", "deferred", "no TLSA records found", ""),
    ("daneonly", "rogue.test", "4.7.5", "deferred", "no TLSA records found", ""),
    ("daneonly", "refuse.test", "4.7.5", "deferred", "no TLSA records found", ""),
    ("daneonly", "broken.test", "4.7.5", "deferred", "no TLSA records found", ""),
    ("daneonly", "good.test", "4.7.5", "deferred", "no TLSA records found", ""),
    ("daneonly", "two.test", "4.7.5", "deferred", "no TLSA records found", ""),
    ("dane", "danebad.test", "4.7.5", "deferred", "Server certificate not verified", "Untrusted"),
    ("dane", "danefail.test", "4.7.5", "deferred", "TLSA lookup error for mx.danefail.test:25", ""),
    ("dane", "daneunus.test", "2.0.0", "sent", "250 2.0.0 accepted", "Trusted"),
    ("dane", "danepl.test", "4.7.4", "deferred",
     "TLS is required, but was not offered by host mx.danepl.test[198.51.100.41]", ""),
    ("dane", "danecn.test", "2.0.0", "sent", "250 2.0.0 accepted", "Verified"),
    ("dane", "dane.test", "2.0.0", "sent", "250 2.0.0 accepted", "Verified"),
    ("dane", "danenone.test", "2.0.0", "sent", "250 2.0.0 accepted", ""),
    ("dane", "danefall.test", "2.0.0", "sent", "250 2.0.0 accepted", "Untrusted Verified"),
    ("daneonly", "danebad.test", "4.7.5", "deferred", "Server certificate not verified", "Untrusted"),
    ("daneonly", "danefail.test", "4.7.5", "deferred", "TLSA lookup error for mx.danefail.test:25", ""),
    ("daneonly", "daneunus.test", "4.7.5", "deferred", "TLSA records unusable", ""),
    ("daneonly", "danepl.test", "4.7.4", "deferred",
     "TLS is required, but was not offered by host mx.danepl.test[198.51.100.41]", ""),
    ("daneonly", "danecn.test", "2.0.0", "sent", "250 2.0.0 accepted", "Verified"),
    ("daneonly", "dane.test", "2.0.0", "sent", "250 2.0.0 accepted", "Verified"),
    ("daneonly", "danenone.test", "4.7.5", "deferred", "no TLSA records found", ""),
    ("daneonly", "danefall.test", "2.0.0", "sent", "250 2.0.0 accepted", "Untrusted Verified"),
    ("note", "good.test", "2.0.0", "sent", "250 2.0.0 accepted", ""),
    ("nosec", "dane.test", "4.7.5", "deferred", "client TLS configuration problem", ""),
    ("use", "good.test", "2.0.0", "sent", "250 2.0.0 accepted", "Trusted"),
    ("use", "plain.test", "2.0.0", "sent", "250 2.0.0 accepted", ""),
    ("enforce", "good.test", "2.0.0", "sent", "250 2.0.0 accepted", "Verified"),
    ("enforce", "rogue.test", "4.7.5", "deferred", "Server certificate not verified", "Untrusted"),
    ("enforce", "plain.test", "4.7.4", "deferred",
     "TLS is required, but was not offered by host mx.plain.test[198.51.100.41]", ""),
    ("nopeer", "rogue.test", "2.0.0", "sent", "250 2.0.0 accepted", "Untrusted"),
    ("wrap", "[mx.good.test]:465", "2.0.0", "sent", "250 2.0.0 accepted", "Trusted"),
    ("encrypt", "[mx.good.test]:465", "4.4.2", "deferred",
     "conversation with mx.good.test[198.51.100.25] timed out while receiving the initial server greeting", ""),
    ("badca", "good.test", "4.7.5", "deferred", "TLS is required, but our TLS engine is unavailable", ""),
    ("sni", "good.test", "2.0.0", "sent", "250 2.0.0 accepted", "Trusted"),
    ("may", "[mx.r5.test]", "2.0.0", "sent", "250 2.0.0 accepted", ""),
    ("encrypt", "[mx.r5.test]", "5.7.0", "bounced",
     "TLS is required, but host mx.r5.test[198.51.100.51] refused to start TLS: 554 5.7.0 never", ""),
    ("may", "[mx.r421.test]", "2.0.0", "sent", "250 2.0.0 accepted", ""),
    ("encrypt", "[mx.r421.test]", "4.7.0", "deferred",
     "TLS is required, but host mx.r421.test[198.51.100.52] refused to start TLS: 421 4.7.0 bye", ""),
    ("may", "[mx.rdrop.test]", "4.4.2", "deferred",
     "lost connection with mx.rdrop.test[198.51.100.53] while receiving the STARTTLS response", ""),
    ("encrypt", "[mx.rdrop.test]", "4.4.2", "deferred",
     "lost connection with mx.rdrop.test[198.51.100.53] while receiving the STARTTLS response", ""),
    ("may", "[mx.r502.test]", "2.0.0", "sent", "250 2.0.0 accepted", ""),
    ("encrypt", "[mx.r502.test]", "5.5.1", "bounced",
     "TLS is required, but host mx.r502.test[198.51.100.54] refused to start TLS: 502 5.5.1 unimplemented", ""),
    ("smtp", "a.good.test", "2.0.0", "sent", "250 2.0.0 accepted", ""),
    ("smtp", "b.good.test", "4.7.5", "deferred", "client TLS configuration problem", ""),
    ("smtp", "c.good.test", "4.7.5", "deferred", "client TLS configuration problem", ""),
    ("smtp", "d.good.test", "4.7.5", "deferred", "client TLS configuration problem", ""),
    ("smtp", "e.good.test", "2.0.0", "sent", "250 2.0.0 accepted", "Trusted"),
    ("smtp", "g.good.test", "4.7.5", "deferred", "Cannot start TLS: handshake failure", ""),
    ("smtp", "h.good.test", "4.7.5", "deferred", "client TLS configuration problem", ""),
    ("smtp", "i.good.test", "2.0.0", "sent", "250 2.0.0 accepted", "Verified"),
    ("smtp", "j.good.test", "4.7.5", "deferred", "Server certificate not verified", "Untrusted"),
    ("smtp", "k.good.test", "2.0.0", "sent", "250 2.0.0 accepted", "Verified"),
    ("smtp", "l.good.test", "4.7.5", "deferred", "client TLS configuration problem", ""),
    ("smtp", "m.good.test", "2.0.0", "sent", "250 2.0.0 accepted", "Verified"),
    ("smtp", "p.good.test", "4.7.5", "deferred", "client TLS configuration problem", ""),
    ("smtp", "r.good.test", "2.0.0", "sent", "250 2.0.0 accepted", "Trusted"),
    ("smtp", "s.good.test", "2.0.0", "sent", "250 2.0.0 accepted", "Trusted"),
    ("smtp", "t.good.test", "2.0.0", "sent", "250 2.0.0 accepted", "Verified"),
    ("smtp", "u.good.test", "2.0.0", "sent", "250 2.0.0 accepted", "Trusted"),
    ("smtp", "v.good.test", "2.0.0", "sent", "250 2.0.0 accepted", "Trusted"),
    ("smtp", "w.good.test", "2.0.0", "sent", "250 2.0.0 accepted", "Verified"),
    ("smtp", "y.good.test", "2.0.0", "sent", "250 2.0.0 accepted", ""),
    ("smtp", "x.sub.good.test", "2.0.0", "sent", "250 2.0.0 accepted", "Trusted"),
]


def number(row):
    return ROWS.index(row) + 1


class Levels(Group):
    area = "tls"
    cost = 40
    dns = ZONE
    main = """
relayhost =
mydestination =
local_recipient_maps =
smtpd_relay_restrictions = permit_mynetworks, reject
transport_maps = @DB@:$config_directory/transport
smtp_tls_CAfile = @TLS@/ca.pem
smtp_tls_loglevel = 1
smtp_dns_support_level = dnssec
smtp_tls_policy_maps = @DB@:$config_directory/policy
smtp_tls_fingerprint_digest = sha256
smtp_connect_timeout = 2s
smtp_starttls_timeout = 3s
smtp_helo_timeout = 3s
smtp_randomize_addresses = no
smtp_connection_cache_on_demand = no
minimal_backoff_time = 1000s
default_destination_concurrency_failed_cohort_limit = 50
"""
    master = "".join("%s unix - - n - - smtp\n    -o %s\n" % each for each in SERVICES.items())

    def prepare(self):
        directory = self.worker.tls

        def context(name):
            made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            made.load_cert_chain("%s/%s.crt" % (directory, name), "%s/%s.key" % (directory, name))
            return made

        def hop(address, name=None, starttls=None, **kw):
            made = self.keep(FakeSMTP(address, tls=name and context(name), **kw))
            self.hops.append((made, starttls))

        self.hops = []
        hop(("198.51.100.25", 25), "sink")
        hop(("198.51.100.25", 465), "sink", wrapper=True)
        hop(("198.51.100.42", 25), "rogue")
        hop(("198.51.100.41", 25))
        hop(("198.51.100.43", 25), "sink", "454 4.7.0 not now")
        hop(("198.51.100.44", 25), "sink", "220 2.0.0 go\r\n220 no handshake here\r\n220 nor here, but something long")
        hop(("198.51.100.51", 25), "sink", "554 5.7.0 never")
        hop(("198.51.100.52", 25), "sink", "421 4.7.0 bye")
        hop(("198.51.100.53", 25), "sink", "DROP")
        hop(("198.51.100.54", 25), "sink", "502 5.5.1 unimplemented")
        key = subprocess.run("openssl x509 -in %s/sink.crt -pubkey -noout | openssl pkey -pubin -outform DER"
                             % directory, shell=True, stdout=subprocess.PIPE).stdout
        digest = hashlib.sha256(key).hexdigest()
        self.worker.dns.add("\n".join("_25._tcp.mx.%s.test TLSA %s" % each for each in {
            "dane": "3 1 1 " + digest, "danebad": "3 1 1 " + "00" * 32, "daneunus": "0 0 1 " + "00" * 32,
            "danepl": "3 1 1 " + digest}.items()))
        policies = POLICIES.replace("@FP@", certs.fingerprint(directory + "/sink.crt"))
        policies = policies.replace("@PK@", certs.fingerprint(directory + "/sink.crt", pubkey=True))
        transport = "".join("r%d.test %s:%s\n" % (number(row), row[0], row[1]) for row in ROWS)
        self.maps = {"policy": policies, "transport": transport}

    def look(self, row):
        for hop, starttls in self.hops:
            hop.reset()
            if starttls:
                hop.behave["STARTTLS"] = starttls
        qid = self.sent(self.inst.send("", "u@r%d.test" % number(row)))
        m = self.log(r"%s: to=<u@\S+>, relay=(\S+), delay=[\d.]+, delays=[\d./]+, (?:tls=\S+, )?dsn=(\S+), "
                     r"status=(\w+) \((.*)\)$" % qid)
        outcome = m.group(2), m.group(3), m.group(4)
        words = re.findall(r"(\w+) TLS connection established to", self.inst.log_text(self.since))
        self.eq(outcome + (" ".join(words),), row[2:], "outcome")
        if m.group(3) != "bounced":
            self.inst.run("postsuper", "-d", qid)


def case(row):
    return lambda self: self.look(row)


for each in ROWS:
    setattr(Levels, "test_%03d_%s_%s" % (number(each), each[0], each[1].strip("[]").split(".")[0]), case(each))
