"""Where the SMTP client goes for a destination, and what it says when it finds no way."""
from harness import FakeSMTP, Group

ZONE = """
two.test        MX 10 a.two.test
two.test        MX 20 b.two.test
a.two.test      A  198.51.100.31
b.two.test      A  198.51.100.32
both.test       MX 10 both.host.test
both.host.test  A 198.51.100.31
both.host.test  AAAA 2001:db8::31
six.test        MX 10 six.host.test
six.host.test   AAAA 2001:db8::31
dead.test       MX 10 dead1.test
dead.test       MX 20 b.two.test
dead1.test      A  198.51.100.44
dead6.test      AAAA 2001:db8::44
alldead.test    MX 10 dead1.test
alldead.test    MX 20 dead6.test
aonly.test      A  198.51.100.31
cn.test         CNAME two.test
cnaonly.test    CNAME aonly.test
cnloop.test     CNAME cnloop2.test
cnloop2.test    CNAME cnloop.test
cnnone.test     CNAME nowhere.test
mxcn.test       MX 10 alias.two.test
alias.two.test  CNAME a.two.test
broken.test     SERVFAIL
brokenmx.test   MX 10 broken.test
brokenmx2.test  MX 10 broken.test
brokenmx2.test  MX 20 b.two.test
nohost.test     MX 10 not.there.test
nohost2.test    MX 10 not.there.test
nohost2.test    MX 20 b.two.test
txtonly.test    TXT hello
mxtxt.test      MX 10 txtonly.test
self.test       MX 10 mx.self.test
mx.self.test    A 127.0.0.1
selfmix.test    MX 10 mx.self.test
selfmix.test    MX 5  b.two.test
selfsame.test   MX 10 mx.self.test
selfsame.test   MX 10 b.two.test
selfbest.test   MX 5 mx.self.test
selfbest.test   MX 10 b.two.test
selfdeadbest.test MX 5 not.there.test
selfdeadbest.test MX 10 mx.self.test
selfa.test      A 127.0.0.1
nullmxmix.test  MX 0 .
nullmxmix.test  MX 10 a.two.test
nullmx5.test    MX 5 .
mxip.test       MX 10 198.51.100.31
mxbad.test      MX 10 -bad-.test
mxlocalhost.test MX 10 localhost
many.test       MX 10 h1.many.test
many.test       MX 10 h2.many.test
many.test       MX 10 h3.many.test
many.test       MX 10 h4.many.test
many.test       MX 10 h5.many.test
many.test       MX 10 h6.many.test
many.test       MX 20 a.two.test
h1.many.test    A 198.51.100.41
h2.many.test    A 198.51.100.42
h3.many.test    A 198.51.100.43
h4.many.test    A 198.51.100.44
h5.many.test    A 198.51.100.45
h6.many.test    A 198.51.100.46
multi.test      A 198.51.100.44
multi.test      A 198.51.100.31
refused.test    REFUSED
UPPER.test      MX 10 A.Two.TEST
_smtp._tcp.srv.test SRV 10 0 25 b.two.test
sub.two.test    A 198.51.100.32
hostfile.test   A 198.51.100.99
badlabel_x.test A 198.51.100.31
"""

# One line of master.cf each: the options of a service.
SERVICES = {
    "ignoremx": "ignore_mx_lookup_error=yes",
    "nodns": "smtp_dns_support_level=disabled",
    "nodns2": "disable_dns_lookups=yes",
    "native": "smtp_host_lookup=native",
    "natdns": "{ smtp_host_lookup=native, dns }",
    "deferno": "smtp_defer_if_no_mx_address_found=yes",
    "best": "{ best_mx_transport=error:5.9.9 best mx reached }",
    "fallb": "smtp_fallback_relay=[198.51.100.99]",
    "fallc": "smtp_fallback_relay=nosuch.x.test",
    "falld": "{ smtp_fallback_relay=[dead1.test], [198.51.100.99] }",
    "falle": "smtp_fallback_relay=[dead1.test]",
    "lim1": "smtp_mx_address_limit=1",
    "lim6": "smtp_mx_address_limit=6",
    "lim0": "smtp_mx_address_limit=0",
    "sess1": "smtp_mx_session_limit=1",
    "port": "smtp_tcp_port=2626",
    "bind": "smtp_bind_address=198.51.100.200 -o smtp_bind_address6=2001:db8::200",
    "bindbad": "smtp_bind_address=198.51.200.200",
    "bindenf": "smtp_bind_address=198.51.200.200 -o smtp_bind_address_enforce=yes",
    "filtmx": "{ smtp_dns_reply_filter=pcre:{{/ IN MX / ignore}} }",
    "filta": "{ smtp_dns_reply_filter=pcre:{{/ IN A / ignore}} }",
    "filtbad": "smtp_dns_reply_filter=static:badaction",
    "filtfail": "smtp_dns_reply_filter=fail:x",
    "soft": "soft_bounce=yes",
}

# service, next hop, then: dsn, status, who got the message or the text of the log.  As Postfix 3.7 does it.
ROWS = [
    ("smtp", "two.test", "2.0.0", "sent", "a"),
    ("smtp", "both.test", "2.0.0", "sent", "a"),
    ("smtp", "six.test", "2.0.0", "sent", "six"),
    ("smtp", "dead.test", "2.0.0", "sent", "b"),
    ("smtp", "alldead.test", "4.4.1", "deferred", "connect to dead6.test[2001:db8::44]:25: Connection refused"),
    ("smtp", "aonly.test", "2.0.0", "sent", "a"),
    ("smtp", "cn.test", "2.0.0", "sent", "a"),
    ("smtp", "cnaonly.test", "2.0.0", "sent", "a"),
    ("smtp", "cnloop.test", "5.4.4", "bounced", "Name server loop for cnloop.test"),
    ("smtp", "cnnone.test", "5.4.4", "bounced",
     "Host or domain name not found. Name service error for name=cnnone.test type=AAAA: Host not found"),
    ("smtp", "mxcn.test", "2.0.0", "sent", "a"),
    ("smtp", "broken.test", "4.4.3", "deferred",
     "Host or domain name not found. Name service error for name=broken.test type=MX: Host not found, try again"),
    ("smtp", "brokenmx.test", "4.4.3", "deferred",
     "Host or domain name not found. Name service error for name=broken.test type=AAAA: Host not found, try again"),
    ("smtp", "brokenmx2.test", "2.0.0", "sent", "b"),
    ("smtp", "nohost.test", "5.4.4", "bounced",
     "Host or domain name not found. Name service error for name=not.there.test type=AAAA: Host not found"),
    ("smtp", "nohost2.test", "2.0.0", "sent", "b"),
    ("smtp", "txtonly.test", "5.4.4", "bounced",
     "Host or domain name not found. Name service error for name=txtonly.test type=AAAA: Host found but no data record of requested type"),
    ("smtp", "mxtxt.test", "5.4.4", "bounced",
     "Host or domain name not found. Name service error for name=txtonly.test type=AAAA: Host found but no data record of requested type"),
    ("smtp", "self.test", "5.4.6", "bounced", "mail for self.test loops back to myself"),
    ("smtp", "selfmix.test", "2.0.0", "sent", "b"),
    ("smtp", "selfsame.test", "5.4.6", "bounced", "mail for selfsame.test loops back to myself"),
    ("smtp", "selfbest.test", "5.4.6", "bounced", "mail for selfbest.test loops back to myself"),
    ("smtp", "selfdeadbest.test", "4.4.4", "deferred", "unable to find primary relay for selfdeadbest.test"),
    ("smtp", "selfa.test", "5.4.6", "bounced", "mail for selfa.test loops back to myself"),
    ("smtp", "nullmxmix.test", "5.1.0", "bounced", "Domain nullmxmix.test does not accept mail (nullMX)"),
    ("smtp", "nullmx.test", "5.1.0", "bounced", "Domain nullmx.test does not accept mail (nullMX)"),
    ("smtp", "nullmx5.test", "5.1.0", "bounced", "Domain nullmx5.test does not accept mail (nullMX)"),
    ("smtp", "mxip.test", "2.0.0", "sent", "a"),
    ("smtp", "mxbad.test", "5.4.4", "bounced",
     "Name service error for name=mxbad.test type=MX: Malformed or unexpected name server reply"),
    ("smtp", "mxlocalhost.test", "5.4.6", "bounced", "mail for mxlocalhost.test loops back to myself"),
    ("smtp", "many.test", "4.4.1", "deferred", "connect to h5.many.test[198.51.100.45]:25: Connection refused"),
    ("smtp", "multi.test", "2.0.0", "sent", "a"),
    ("smtp", "refused.test", "4.4.3", "deferred",
     "Host or domain name not found. Name service error for name=refused.test type=MX: Host not found, try again"),
    ("smtp", "UPPER.test", "2.0.0", "sent", "a"),
    ("smtp", "srv.test", "5.4.4", "bounced",
     "Host or domain name not found. Name service error for name=srv.test type=AAAA: Host found but no data record of requested type"),
    ("smtp", "sub.two.test", "2.0.0", "sent", "b"),
    ("smtp", "nosuch.x.test", "5.4.4", "bounced",
     "Host or domain name not found. Name service error for name=nosuch.x.test type=AAAA: Host not found"),
    ("smtp", "badlabel_x.test", "2.0.0", "sent", "a"),
    ("smtp", "[a.two.test]", "2.0.0", "sent", "a"),
    ("smtp", "[a.two.test]:25", "2.0.0", "sent", "a"),
    ("smtp", "[a.two.test]:smtp", "2.0.0", "sent", "a"),
    ("smtp", "two.test:25", "2.0.0", "sent", "a"),
    ("smtp", "two.test:", "2.0.0", "sent", "a"),
    ("smtp", "[198.51.100.32]", "2.0.0", "sent", "b"),
    ("smtp", "[2001:db8::31]", "2.0.0", "sent", "six"),
    ("smtp", "[ipv6:2001:db8::31]", "2.0.0", "sent", "six"),
    ("smtp", "198.51.100.32", "2.0.0", "sent", "b"),
    ("smtp", "[nosuch.x.test]", "5.4.4", "bounced",
     "Host or domain name not found. Name service error for name=nosuch.x.test type=AAAA: Host not found"),
    ("smtp", "[broken.test]", "4.4.3", "deferred",
     "Host or domain name not found. Name service error for name=broken.test type=AAAA: Host not found, try again"),
    ("smtp", "[dead1.test], [a.two.test]", "2.0.0", "sent", "a"),
    ("smtp", "[dead1.test] two.test", "2.0.0", "sent", "a"),
    ("smtp", "nosuch.x.test, [b.two.test]", "2.0.0", "sent", "b"),
    ("smtp", "[dead1.test], [dead6.test]", "4.4.1", "deferred",
     "connect to dead6.test[2001:db8::44]:25: Connection refused"),
    ("smtp", "[a.two.test]:2626", "4.4.1", "deferred",
     "connect to a.two.test[198.51.100.31]:2626: Connection refused"),
    ("smtp", "[198.51.100.31]:", "2.0.0", "sent", "a"),
    ("smtp", "self.test, [a.two.test]", "5.4.6", "bounced", "mail for self.test loops back to myself"),
    ("smtp", "[two.test]", "5.4.4", "bounced",
     "Host or domain name not found. Name service error for name=two.test type=AAAA: Host found but no data record of requested type"),
    ("smtp", "broken.test, [a.two.test]", "2.0.0", "sent", "a"),
    ("smtp", "nullmx.test, [a.two.test]", "2.0.0", "sent", "a"),
    ("ignoremx", "broken.test", "4.4.3", "deferred",
     "Host or domain name not found. Name service error for name=broken.test type=AAAA: Host not found, try again"),
    ("ignoremx", "refused.test", "4.4.3", "deferred",
     "Host or domain name not found. Name service error for name=refused.test type=AAAA: Host not found, try again"),
    ("ignoremx", "nullmx.test", "5.1.0", "bounced", "Domain nullmx.test does not accept mail (nullMX)"),
    ("ignoremx", "two.test", "2.0.0", "sent", "a"),
    ("nodns", "two.test", "5.3.0", "bounced",
     "unable to look up host two.test: No address associated with hostname"),
    ("nodns", "aonly.test", "2.0.0", "sent", "a"),
    ("nodns", "nosuch.x.test", "5.4.4", "bounced",
     "unable to look up host nosuch.x.test: Name or service not known"),
    ("nodns", "nullmx.test", "5.3.0", "bounced",
     "unable to look up host nullmx.test: No address associated with hostname"),
    ("nodns2", "two.test", "5.3.0", "bounced",
     "unable to look up host two.test: No address associated with hostname"),
    ("nodns2", "aonly.test", "2.0.0", "sent", "a"),
    ("native", "two.test", "2.0.0", "sent", "a"),
    ("native", "aonly.test", "2.0.0", "sent", "a"),
    ("native", "nosuch.x.test", "5.4.4", "bounced",
     "unable to look up host nosuch.x.test: Name or service not known"),
    ("native", "nohost.test", "5.4.4", "bounced",
     "unable to look up host not.there.test: Name or service not known"),
    ("native", "broken.test", "4.4.3", "deferred",
     "Host or domain name not found. Name service error for name=broken.test type=MX: Host not found, try again"),
    ("native", "brokenmx.test", "4.4.4", "deferred",
     "unable to look up host broken.test: Temporary failure in name resolution"),
    ("native", "six.test", "2.0.0", "sent", "six"),
    ("natdns", "two.test", "2.0.0", "sent", "a"),
    ("natdns", "nohost.test", "5.4.4", "bounced",
     "unable to look up host not.there.test: Name or service not known"),
    ("natdns", "nosuch.x.test", "5.4.4", "bounced",
     "unable to look up host nosuch.x.test: Name or service not known"),
    ("deferno", "nohost.test", "4.4.4", "deferred",
     "Host or domain name not found. Name service error for name=not.there.test type=AAAA: Host not found"),
    ("deferno", "mxtxt.test", "4.4.4", "deferred",
     "Host or domain name not found. Name service error for name=txtonly.test type=AAAA: Host found but no data record of requested type"),
    ("deferno", "nosuch.x.test", "5.4.4", "bounced",
     "Host or domain name not found. Name service error for name=nosuch.x.test type=AAAA: Host not found"),
    ("deferno", "txtonly.test", "5.4.4", "bounced",
     "Host or domain name not found. Name service error for name=txtonly.test type=AAAA: Host found but no data record of requested type"),
    ("deferno", "mxip.test", "2.0.0", "sent", "a"),
    ("best", "self.test", "5.9.9", "bounced", "best mx reached"),
    ("best", "selfbest.test", "5.9.9", "bounced", "best mx reached"),
    ("best", "selfsame.test", "5.9.9", "bounced", "best mx reached"),
    ("best", "selfdeadbest.test", "4.4.4", "deferred", "unable to find primary relay for selfdeadbest.test"),
    ("best", "selfa.test", "5.9.9", "bounced", "best mx reached"),
    ("best", "two.test", "2.0.0", "sent", "a"),
    ("fallb", "dead1.test", "2.0.0", "sent", "f"),
    ("fallb", "nosuch.x.test", "2.0.0", "sent", "f"),
    ("fallb", "broken.test", "2.0.0", "sent", "f"),
    ("fallb", "self.test", "5.4.6", "bounced", "mail for self.test loops back to myself"),
    ("fallb", "nullmx.test", "2.0.0", "sent", "f"),
    ("fallb", "alldead.test", "2.0.0", "sent", "f"),
    ("fallb", "two.test", "2.0.0", "sent", "a"),
    ("fallb", "nohost.test", "2.0.0", "sent", "f"),
    ("fallc", "dead1.test", "4.3.5", "deferred",
     "Host or domain name not found. Name service error for name=nosuch.x.test type=AAAA: Host not found"),
    ("fallc", "nosuch.x.test", "4.3.5", "deferred",
     "Host or domain name not found. Name service error for name=nosuch.x.test type=AAAA: Host not found"),
    ("fallc", "broken.test", "4.3.5", "deferred",
     "Host or domain name not found. Name service error for name=nosuch.x.test type=AAAA: Host not found"),
    ("fallc", "self.test", "5.4.6", "bounced", "mail for self.test loops back to myself"),
    ("falld", "dead1.test", "2.0.0", "sent", "f"),
    ("falld", "nosuch.x.test", "2.0.0", "sent", "f"),
    ("falle", "dead1.test", "4.4.1", "deferred", "connect to dead1.test[198.51.100.44]:25: Connection refused"),
    ("falle", "broken.test", "4.4.1", "deferred", "connect to dead1.test[198.51.100.44]:25: Connection refused"),
    ("lim1", "many.test", "4.4.1", "deferred", "connect to h1.many.test[198.51.100.41]:25: Connection refused"),
    ("lim1", "dead.test", "4.4.1", "deferred", "connect to dead1.test[198.51.100.44]:25: Connection refused"),
    ("lim1", "two.test", "2.0.0", "sent", "a"),
    ("lim1", "both.test", "2.0.0", "sent", "a"),
    ("lim6", "many.test", "4.4.1", "deferred", "connect to h6.many.test[198.51.100.46]:25: Connection refused"),
    ("lim0", "many.test", "2.0.0", "sent", "a"),
    ("sess1", "dead.test", "2.0.0", "sent", "b"),
    ("sess1", "two.test", "2.0.0", "sent", "a"),
    ("port", "two.test", "4.4.1", "deferred", "connect to b.two.test[198.51.100.32]:2626: Connection refused"),
    ("bind", "two.test", "2.0.0", "sent", "a"),
    ("bind", "six.test", "2.0.0", "sent", "six"),
    ("bindbad", "two.test", "2.0.0", "sent", "a"),
    ("bindbad", "six.test", "2.0.0", "sent", "six"),
    ("bindenf", "two.test", "4.4.0", "deferred", "server configuration error"),
    ("bindenf", "six.test", "2.0.0", "sent", "six"),
    ("filtmx", "two.test", "4.7.0", "deferred",
     "Error looking up name=two.test type=MX: DNS reply filter drops all results"),
    ("filtmx", "aonly.test", "2.0.0", "sent", "a"),
    ("filtmx", "nohost.test", "4.7.0", "deferred",
     "Error looking up name=nohost.test type=MX: DNS reply filter drops all results"),
    ("filta", "two.test", "4.7.0", "deferred",
     "Error looking up name=b.two.test type=A: DNS reply filter drops all results"),
    ("filta", "aonly.test", "4.7.0", "deferred",
     "Error looking up name=aonly.test type=A: DNS reply filter drops all results"),
    ("filta", "six.test", "2.0.0", "sent", "six"),
    ("filta", "both.test", "2.0.0", "sent", "six"),
    ("filtbad", "two.test", "4.4.3", "deferred",
     "Error looking up name=two.test type=MX: Invalid DNS reply filter syntax"),
    ("filtfail", "two.test", "4.4.3", "deferred",
     "Error looking up name=two.test type=MX: Invalid DNS reply filter syntax"),
    ("soft", "nosuch.x.test", "4.4.4", "SOFTBOUNCE",
     "Host or domain name not found. Name service error for name=nosuch.x.test type=AAAA: Host not found"),
    ("soft", "nullmx.test", "4.1.0", "SOFTBOUNCE", "Domain nullmx.test does not accept mail (nullMX)"),
    ("soft", "self.test", "4.4.6", "SOFTBOUNCE", "mail for self.test loops back to myself"),
]


def number(row):
    return ROWS.index(row) + 1


class Routes(Group):
    area = "smtp-client"
    cost = 40
    dns = ZONE
    main = """
relayhost =
mydestination =
local_recipient_maps =
smtpd_relay_restrictions = permit_mynetworks, reject
transport_maps = @DB@:$config_directory/transport
smtp_connect_timeout = 1s
smtp_helo_timeout = 2s
inet_protocols = all
smtp_address_preference = ipv4
smtp_randomize_addresses = no
smtp_connection_cache_on_demand = no
minimal_backoff_time = 1000s
default_destination_concurrency_failed_cohort_limit = 50
"""
    master = "".join("%s unix - - n - - smtp\n    -o %s\n" % each for each in SERVICES.items())
    maps = {"transport": "".join("r%d.test %s:%s\n" % (number(row), row[0], row[1]) for row in ROWS)}

    def prepare(self):
        addresses = {"a": "198.51.100.31", "b": "198.51.100.32", "f": "198.51.100.99", "six": "2001:db8::31"}
        self.hops = {n: self.keep(FakeSMTP((ip, 25), name=n)) for n, ip in addresses.items()}

    def look(self, row):
        dsn, status, said = row[2:]
        for hop in self.hops.values():
            hop.reset()
        recipient = "u@r%d.test" % number(row)
        qid = self.sent(self.inst.send("", recipient))
        m = self.log(r"%s: to=<u@\S+>, relay=(\S+), delay=[\d.]+, delays=[\d./]+, (?:tls=\S+, )?dsn=(\S+), "
                     r"status=(\w+) \((.*)\)$" % qid)
        if status == "sent":
            got = [n for n, hop in self.hops.items() if hop.find(recipient)]
            self.eq(got, [said], "hosts with the message")
        else:
            self.eq(m.group(4), said, "text")
        self.eq((m.group(2), m.group(3)), (dsn, status), "outcome")
        if status != "bounced":
            self.inst.run("postsuper", "-d", qid)


def case(row):
    return lambda self: self.look(row)


for each in ROWS:
    setattr(Routes, "test_%03d_%s" % (number(each), each[0]), case(each))
