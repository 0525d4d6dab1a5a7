"""What each restriction says about many names and addresses."""
from harness import Group

DNS = """
bad.helo.test           A     192.0.2.77
192.0.2.40              PTR   nofwd.example.org
192.0.2.41              PTR   mismatch.example.org
mismatch.example.org    A     192.0.2.42
192.0.2.43              SERVFAIL
192.0.2.44              PTR   fwdfail.example.org
fwdfail.example.org     SERVFAIL
192.0.2.45              PTR   client45.example.org
client45.example.org    A     192.0.2.45
servfail.test           SERVFAIL
timeout.test            SERVFAIL
nullmx.test             MX    0 .
mxonly.test             MX    10 mx.mxonly.test
mx.mxonly.test          A     198.51.100.60
mxnoaddr.test           MX    10 nowhere.mxnoaddr.test
mxfail.test             MX    10 mx.servfail.test
mx.servfail.test        SERVFAIL
mxlit.test              MX    10 192.0.2.5
aonly.test              A     198.51.100.61
aaaa.test               AAAA  2001:db8::61
cname.test              CNAME aonly.test
loopmx.test             MX    10 localhost.loopmx.test
localhost.loopmx.test   A     127.0.0.1
ns.test                 NS    ns1.ns.test
ns.test                 A     198.51.100.62
ns1.ns.test             A     198.51.100.63
sub.ns.test             A     198.51.100.64
txt.test                TXT   "only text"
45.2.0.192.rbl.test     A     127.0.0.2
45.2.0.192.rbl.test     TXT   "listed because $ client_name 100%"
45.2.0.192.rbl2.test    A     127.0.0.4
45.2.0.192.rbl3.test    A     10.0.0.1
45.2.0.192.rblfail.test SERVFAIL
45.2.0.192.wl.test      A     127.0.0.9
45.2.0.192.multi.test   A     127.0.0.2
45.2.0.192.multi.test   A     127.0.0.10
1.0.0.127.rbl.test      A     127.0.0.2
bad.example.rhs.test    A     127.0.0.2
bad.example.rhs.test    TXT   "rhs text"
client45.example.org.rhs.test A 127.0.0.3
client45.example.org.rhswl.test A 127.0.0.3
bad.example             A     198.51.100.70
helo.bad.test.rhs.test  A     127.0.0.2
"""

HELO = {
    "inv": [
        ("ok.example.org", "ok"),
        ("nodots", "ok"),
        ("bad_under.test", "ok"),
        ("-lead.test", "RCPT 501 5.5.2 <-lead.test>: Helo command rejected: Invalid name"),
        ("trail-.test", "RCPT 501 5.5.2 <trail-.test>: Helo command rejected: Invalid name"),
        ("..", "RCPT 501 5.5.2 <..>: Helo command rejected: Invalid name"),
        ("[999.1.1.1]", "RCPT 501 5.5.2 <[999.1.1.1]>: Helo command rejected: invalid ip address"),
        ("[192.0.2]", "RCPT 501 5.5.2 <[192.0.2]>: Helo command rejected: invalid ip address"),
        ("[IPv6:zz]", "RCPT 501 5.5.2 <[IPv6:zz]>: Helo command rejected: invalid ip address"),
    ],
    "fqdn": [
        ("ok.example.org", "ok"),
        ("nodots", "RCPT 504 5.5.2 <nodots>: Helo command rejected: need fully-qualified hostname"),
        ("bad_under.test", "ok"),
        ("-lead.test", "RCPT 504 5.5.2 <-lead.test>: Helo command rejected: need fully-qualified hostname"),
        ("trail-.test", "RCPT 504 5.5.2 <trail-.test>: Helo command rejected: need fully-qualified hostname"),
        ("dot.test.", "ok"),
        ("[999.1.1.1]", "RCPT 501 5.5.2 <[999.1.1.1]>: Helo command rejected: invalid ip address"),
        ("[192.0.2]", "RCPT 501 5.5.2 <[192.0.2]>: Helo command rejected: invalid ip address"),
        ("[IPv6:zz]", "RCPT 501 5.5.2 <[IPv6:zz]>: Helo command rejected: invalid ip address"),
    ],
    "unk": [
        ("ok.example.org", "RCPT 450 4.7.1 <ok.example.org>: Helo command rejected: Host not found"),
        ("nodots", "RCPT 450 4.7.1 <nodots>: Helo command rejected: Host not found"),
        ("bad_under.test", "RCPT 450 4.7.1 <bad_under.test>: Helo command rejected: Host not found"),
        ("[192.0.2.1]", "ok"),
        ("[999.1.1.1]", "RCPT 501 5.5.2 <[999.1.1.1]>: Helo command rejected: invalid ip address"),
        ("[192.0.2]", "RCPT 501 5.5.2 <[192.0.2]>: Helo command rejected: invalid ip address"),
        ("[IPv6:2001:db8::1]", "ok"),
        ("[IPv6:zz]", "RCPT 501 5.5.2 <[IPv6:zz]>: Helo command rejected: invalid ip address"),
        ("mxonly.test", "ok"),
    ],
    "mx": [
        ("ok.example.org", "ok"),
        ("nodots", "ok"),
        ("bad_under.test", "ok"),
        ("[192.0.2.1]", "RCPT 554 5.7.1 <[192.0.2.1]>: Helo command rejected: lit1"),
        ("192.0.2.1", "RCPT 554 5.7.1 <192.0.2.1>: Helo command rejected: lit1"),
        ("mxonly.test", "RCPT 554 5.7.1 <mxonly.test>: Helo command rejected: mx name"),
        ("aonly.test", "RCPT 554 5.7.1 <aonly.test>: Helo command rejected: mx addr"),
        ("cname.test", "RCPT 554 5.7.1 <cname.test>: Helo command rejected: mx addr"),
        ("mx.example.test", "RCPT 554 5.7.1 <mx.example.test>: Helo command rejected: lit1"),
    ],
    "ns": [
        ("ok.example.org", "ok"),
        ("nodots", "ok"),
        ("bad_under.test", "ok"),
    ],
    "a": [
        ("ok.example.org", "ok"),
        ("nodots", "ok"),
        ("bad_under.test", "ok"),
        ("[192.0.2.1]", "RCPT 554 5.7.1 <[192.0.2.1]>: Helo command rejected: lit"),
        ("[IPv6:2001:db8::1]", "RCPT 554 5.7.1 <[IPv6:2001:db8::1]>: Helo command rejected: lit6"),
        ("192.0.2.1", "RCPT 554 5.7.1 <192.0.2.1>: Helo command rejected: lit"),
        ("aonly.test", "RCPT 554 5.7.1 <aonly.test>: Helo command rejected: a"),
        ("aaaa.test", "RCPT 554 5.7.1 <aaaa.test>: Helo command rejected: aaaa"),
        ("cname.test", "RCPT 554 5.7.1 <cname.test>: Helo command rejected: a"),
        ("mx.example.test", "RCPT 554 5.7.1 <mx.example.test>: Helo command rejected: lit"),
    ],
    "codes": [
        ("ok.example.org", "RCPT 550 5.7.1 <ok.example.org>: Helo command rejected: Host not found"),
        ("nodots", "RCPT 404 4.5.2 <nodots>: Helo command rejected: need fully-qualified hostname"),
        ("bad_under.test", "RCPT 550 5.7.1 <bad_under.test>: Helo command rejected: Host not found"),
        ("-lead.test", "RCPT 401 4.5.2 <-lead.test>: Helo command rejected: Invalid name"),
        ("trail-.test", "RCPT 401 4.5.2 <trail-.test>: Helo command rejected: Invalid name"),
        ("dot.test.", "RCPT 550 5.7.1 <dot.test.>: Helo command rejected: Host not found"),
        ("..", "RCPT 401 4.5.2 <..>: Helo command rejected: Invalid name"),
        ("[192.0.2.1]", "ok"),
        ("[999.1.1.1]", "RCPT 401 4.5.2 <[999.1.1.1]>: Helo command rejected: invalid ip address"),
        ("[192.0.2]", "RCPT 401 4.5.2 <[192.0.2]>: Helo command rejected: invalid ip address"),
        ("[IPv6:2001:db8::1]", "ok"),
        ("[IPv6:zz]", "RCPT 401 4.5.2 <[IPv6:zz]>: Helo command rejected: invalid ip address"),
        ("192.0.2.1", "RCPT 404 4.5.2 <192.0.2.1>: Helo command rejected: need fully-qualified hostname"),
        ("mxonly.test", "ok"),
        ("servfail.test", "RCPT 450 4.7.1 <servfail.test>: Helo command rejected: Host not found"),
        ("127.0.0.1.", "RCPT 404 4.5.2 <127.0.0.1.>: Helo command rejected: need fully-qualified hostname"),
    ],
    "tf": [
        ("ok.example.org", "RCPT 450 4.7.1 <ok.example.org>: Helo command rejected: Host not found"),
        ("nodots", "RCPT 450 4.7.1 <nodots>: Helo command rejected: Host not found"),
        ("bad_under.test", "RCPT 450 4.7.1 <bad_under.test>: Helo command rejected: Host not found"),
        ("[192.0.2.1]", "ok"),
        ("[999.1.1.1]", "RCPT 501 5.5.2 <[999.1.1.1]>: Helo command rejected: invalid ip address"),
        ("[192.0.2]", "RCPT 501 5.5.2 <[192.0.2]>: Helo command rejected: invalid ip address"),
        ("[IPv6:2001:db8::1]", "ok"),
        ("[IPv6:zz]", "RCPT 501 5.5.2 <[IPv6:zz]>: Helo command rejected: invalid ip address"),
        ("mxonly.test", "ok"),
    ],
    "soft": [
        ("ok.example.org", "ok"),
        ("nodots", "EHLO 404 4.5.2 <nodots>: Helo command rejected: need fully-qualified hostname"),
        ("bad_under.test", "ok"),
        ("-lead.test", "EHLO 401 4.5.2 <-lead.test>: Helo command rejected: Invalid name"),
        ("trail-.test", "EHLO 401 4.5.2 <trail-.test>: Helo command rejected: Invalid name"),
        ("dot.test.", "ok"),
        ("..", "EHLO 401 4.5.2 <..>: Helo command rejected: Invalid name"),
        ("[999.1.1.1]", "EHLO 401 4.5.2 <[999.1.1.1]>: Helo command rejected: invalid ip address"),
        ("[192.0.2]", "EHLO 401 4.5.2 <[192.0.2]>: Helo command rejected: invalid ip address"),
        ("[IPv6:zz]", "EHLO 401 4.5.2 <[IPv6:zz]>: Helo command rejected: invalid ip address"),
        ("192.0.2.1", "EHLO 404 4.5.2 <192.0.2.1>: Helo command rejected: need fully-qualified hostname"),
        ("127.0.0.1.", "EHLO 404 4.5.2 <127.0.0.1.>: Helo command rejected: need fully-qualified hostname"),
    ],
    "now": [
        ("ok.example.org", "EHLO 450 4.7.1 <ok.example.org>: Helo command rejected: Host not found"),
        ("nodots", "EHLO 504 5.5.2 <nodots>: Helo command rejected: need fully-qualified hostname"),
        ("bad_under.test", "EHLO 450 4.7.1 <bad_under.test>: Helo command rejected: Host not found"),
        ("-lead.test", "EHLO 501 5.5.2 <-lead.test>: Helo command rejected: Invalid name"),
        ("trail-.test", "EHLO 501 5.5.2 <trail-.test>: Helo command rejected: Invalid name"),
        ("dot.test.", "EHLO 450 4.7.1 <dot.test.>: Helo command rejected: Host not found"),
        ("..", "EHLO 501 5.5.2 <..>: Helo command rejected: Invalid name"),
        ("[192.0.2.1]", "ok"),
        ("[999.1.1.1]", "EHLO 501 5.5.2 <[999.1.1.1]>: Helo command rejected: invalid ip address"),
        ("[192.0.2]", "EHLO 501 5.5.2 <[192.0.2]>: Helo command rejected: invalid ip address"),
        ("[IPv6:2001:db8::1]", "ok"),
        ("[IPv6:zz]", "EHLO 501 5.5.2 <[IPv6:zz]>: Helo command rejected: invalid ip address"),
        ("192.0.2.1", "EHLO 504 5.5.2 <192.0.2.1>: Helo command rejected: need fully-qualified hostname"),
        ("mxonly.test", "ok"),
        ("servfail.test", "RCPT 450 4.7.1 <servfail.test>: Helo command rejected: Host not found"),
        ("127.0.0.1.", "EHLO 504 5.5.2 <127.0.0.1.>: Helo command rejected: need fully-qualified hostname"),
    ],
    "req": [
        ("ok.example.org", "ok"),
        ("nodots", "ok"),
        ("bad_under.test", "ok"),
    ],
    "old": [
        ("ok.example.org", "RCPT 450 4.7.1 <ok.example.org>: Helo command rejected: Host not found"),
        ("nodots", "RCPT 504 5.5.2 <nodots>: Helo command rejected: need fully-qualified hostname"),
        ("bad_under.test", "RCPT 450 4.7.1 <bad_under.test>: Helo command rejected: Host not found"),
        ("-lead.test", "RCPT 501 5.5.2 <-lead.test>: Helo command rejected: Invalid name"),
        ("trail-.test", "RCPT 501 5.5.2 <trail-.test>: Helo command rejected: Invalid name"),
        ("dot.test.", "RCPT 450 4.7.1 <dot.test.>: Helo command rejected: Host not found"),
        ("..", "RCPT 501 5.5.2 <..>: Helo command rejected: Invalid name"),
        ("[192.0.2.1]", "ok"),
        ("[999.1.1.1]", "RCPT 501 5.5.2 <[999.1.1.1]>: Helo command rejected: invalid ip address"),
        ("[192.0.2]", "RCPT 501 5.5.2 <[192.0.2]>: Helo command rejected: invalid ip address"),
        ("[IPv6:2001:db8::1]", "ok"),
        ("[IPv6:zz]", "RCPT 501 5.5.2 <[IPv6:zz]>: Helo command rejected: invalid ip address"),
        ("192.0.2.1", "RCPT 504 5.5.2 <192.0.2.1>: Helo command rejected: need fully-qualified hostname"),
        ("mxonly.test", "ok"),
        ("127.0.0.1.", "RCPT 504 5.5.2 <127.0.0.1.>: Helo command rejected: need fully-qualified hostname"),
    ],
}

SENDER = {
    "fqdn": [
        ("", "ok"),
        ("bob", "RCPT 504 5.5.2 <bob>: Sender address rejected: need fully-qualified address"),
        ("bob@nodots", "RCPT 504 5.5.2 <bob@nodots>: Sender address rejected: need fully-qualified address"),
        ("bob@aonly.test", "ok"),
        ("bob@mxonly.test", "ok"),
        ("bob@[999.1.1.1]", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@-x.test", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@a..test", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@localhost", "RCPT 504 5.5.2 <bob@localhost>: Sender address rejected: need fully-qualified address"),
    ],
    "unk": [
        ("", "ok"),
        ("bob", "ok"),
        ("bob@nodots", "RCPT 450 4.1.8 <bob@nodots>: Sender address rejected: Domain not found"),
        ("bob@aonly.test", "ok"),
        ("bob@nothing.test", "RCPT 450 4.1.8 <bob@nothing.test>: Sender address rejected: Domain not found"),
        ("bob@servfail.test", "RCPT 450 4.1.8 <bob@servfail.test>: Sender address rejected: Domain not found"),
        ("bob@nullmx.test", "RCPT 550 5.7.27 <bob@nullmx.test>: Sender address rejected: Domain nullmx.test does not accept mail (nullMX)"),
        ("bob@[999.1.1.1]", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@-x.test", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@a..test", "MAIL 501 5.1.7 Bad sender address syntax"),
    ],
    "unl": [
        ("", "ok"),
        ("bob", "ok"),
        ("bob@nodots", "ok"),
        ("bob@[999.1.1.1]", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("nosuch@example.test", "RCPT 550 5.1.0 <nosuch@example.test>: Sender address rejected: User unknown in local recipient table"),
        ("bob@-x.test", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@a..test", "MAIL 501 5.1.7 Bad sender address syntax"),
    ],
    "unl2": [
        ("", "ok"),
        ("bob", "ok"),
        ("bob@nodots", "ok"),
        ("bob@[999.1.1.1]", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("nosuch@example.test", "RCPT 550 5.1.0 <nosuch@example.test>: Sender address rejected: User unknown in local recipient table"),
        ("bob@-x.test", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@a..test", "MAIL 501 5.1.7 Bad sender address syntax"),
    ],
    "mx": [
        ("", "ok"),
        ("bob", "ok"),
        ("bob@nodots", "ok"),
        ("bob@aonly.test", "RCPT 554 5.7.1 <bob@aonly.test>: Sender address rejected: mx addr"),
        ("bob@mxonly.test", "RCPT 554 5.7.1 <bob@mxonly.test>: Sender address rejected: mx name"),
        ("bob@mxlit.test", "RCPT 554 5.7.1 <bob@mxlit.test>: Sender address rejected: lit"),
        ("bob@[192.0.2.1]", "RCPT 554 5.7.1 <bob@[192.0.2.1]>: Sender address rejected: lit1"),
        ("bob@[999.1.1.1]", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@cname.test", "RCPT 554 5.7.1 <bob@cname.test>: Sender address rejected: mx addr"),
        ("bob@example.test", "RCPT 554 5.7.1 <bob@example.test>: Sender address rejected: lit1"),
        ("nosuch@example.test", "RCPT 554 5.7.1 <nosuch@example.test>: Sender address rejected: lit1"),
        ("bob@loopmx.test", "RCPT 554 5.7.1 <bob@loopmx.test>: Sender address rejected: loop"),
        ("bob@-x.test", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@a..test", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("\"quoted user\"@aonly.test", "RCPT 554 5.7.1 <quoted user@aonly.test>: Sender address rejected: mx addr"),
        ("bob@localhost", "RCPT 554 5.7.1 <bob@localhost>: Sender address rejected: loop"),
    ],
    "ns": [
        ("", "ok"),
        ("bob", "ok"),
        ("bob@nodots", "ok"),
        ("bob@[999.1.1.1]", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@ns.test", "RCPT 554 5.7.1 <bob@ns.test>: Sender address rejected: ns"),
        ("bob@sub.ns.test", "RCPT 554 5.7.1 <bob@sub.ns.test>: Sender address rejected: ns"),
        ("bob@-x.test", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@a..test", "MAIL 501 5.1.7 Bad sender address syntax"),
    ],
    "a": [
        ("", "ok"),
        ("bob", "ok"),
        ("bob@nodots", "ok"),
        ("bob@aonly.test", "RCPT 554 5.7.1 <bob@aonly.test>: Sender address rejected: a"),
        ("bob@[192.0.2.1]", "RCPT 554 5.7.1 <bob@[192.0.2.1]>: Sender address rejected: lit"),
        ("bob@[999.1.1.1]", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@cname.test", "RCPT 554 5.7.1 <bob@cname.test>: Sender address rejected: a"),
        ("bob@aaaa.test", "RCPT 554 5.7.1 <bob@aaaa.test>: Sender address rejected: aaaa"),
        ("bob@example.test", "RCPT 554 5.7.1 <bob@example.test>: Sender address rejected: lit"),
        ("nosuch@example.test", "RCPT 554 5.7.1 <nosuch@example.test>: Sender address rejected: lit"),
        ("bob@-x.test", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@a..test", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("\"quoted user\"@aonly.test", "RCPT 554 5.7.1 <quoted user@aonly.test>: Sender address rejected: a"),
    ],
    "mxok": [
        ("", "ok"),
        ("bob", "ok"),
        ("bob@nodots", "ok"),
        ("bob@mxonly.test", "RCPT 451 4.3.5 Server configuration error"),
        ("bob@[999.1.1.1]", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@-x.test", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@a..test", "MAIL 501 5.1.7 Bad sender address syntax"),
    ],
    "codes": [
        ("", "ok"),
        ("bob", "RCPT 404 4.5.2 <bob>: Sender address rejected: need fully-qualified address"),
        ("bob@nodots", "RCPT 404 4.5.2 <bob@nodots>: Sender address rejected: need fully-qualified address"),
        ("bob@aonly.test", "ok"),
        ("bob@mxonly.test", "ok"),
        ("bob@nothing.test", "RCPT 550 5.1.8 <bob@nothing.test>: Sender address rejected: Domain not found"),
        ("bob@servfail.test", "RCPT 450 4.1.8 <bob@servfail.test>: Sender address rejected: Domain not found"),
        ("bob@nullmx.test", "RCPT 550 5.7.27 <bob@nullmx.test>: Sender address rejected: Domain nullmx.test does not accept mail (nullMX)"),
        ("bob@[999.1.1.1]", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@txt.test", "RCPT 550 5.1.8 <bob@txt.test>: Sender address rejected: Domain not found"),
        ("bob@bad_under.test", "RCPT 550 5.1.8 <bob@bad_under.test>: Sender address rejected: Domain not found"),
        ("bob@-x.test", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@a..test", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@localhost", "RCPT 404 4.5.2 <bob@localhost>: Sender address rejected: need fully-qualified address"),
    ],
    "tf": [
        ("", "ok"),
        ("bob", "ok"),
        ("bob@nodots", "RCPT 450 4.1.8 <bob@nodots>: Sender address rejected: Domain not found"),
        ("bob@aonly.test", "ok"),
        ("bob@nothing.test", "RCPT 450 4.1.8 <bob@nothing.test>: Sender address rejected: Domain not found"),
        ("bob@servfail.test", "RCPT 450 4.1.8 <bob@servfail.test>: Sender address rejected: Domain not found"),
        ("bob@nullmx.test", "RCPT 550 5.7.27 <bob@nullmx.test>: Sender address rejected: Domain nullmx.test does not accept mail (nullMX)"),
        ("bob@[999.1.1.1]", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@-x.test", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@a..test", "MAIL 501 5.1.7 Bad sender address syntax"),
    ],
    "both": [
        ("", "ok"),
        ("bob", "RCPT 504 5.5.2 <bob>: Sender address rejected: need fully-qualified address"),
        ("bob@nodots", "RCPT 504 5.5.2 <bob@nodots>: Sender address rejected: need fully-qualified address"),
        ("bob@aonly.test", "ok"),
        ("bob@mxonly.test", "ok"),
        ("bob@nothing.test", "RCPT 450 4.1.8 <bob@nothing.test>: Sender address rejected: Domain not found"),
        ("bob@servfail.test", "RCPT 450 4.1.8 <bob@servfail.test>: Sender address rejected: Domain not found"),
        ("bob@nullmx.test", "RCPT 550 5.7.27 <bob@nullmx.test>: Sender address rejected: Domain nullmx.test does not accept mail (nullMX)"),
        ("bob@[999.1.1.1]", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@txt.test", "RCPT 450 4.1.8 <bob@txt.test>: Sender address rejected: Domain not found"),
        ("nosuch@example.test", "RCPT 550 5.1.0 <nosuch@example.test>: Sender address rejected: User unknown in local recipient table"),
        ("bob@-x.test", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@a..test", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@localhost", "RCPT 504 5.5.2 <bob@localhost>: Sender address rejected: need fully-qualified address"),
    ],
    "now": [
        ("", "ok"),
        ("bob", "MAIL 504 5.5.2 <bob>: Sender address rejected: need fully-qualified address"),
        ("bob@nodots", "MAIL 504 5.5.2 <bob@nodots>: Sender address rejected: need fully-qualified address"),
        ("bob@aonly.test", "ok"),
        ("bob@mxonly.test", "ok"),
        ("bob@nothing.test", "MAIL 450 4.1.8 <bob@nothing.test>: Sender address rejected: Domain not found"),
        ("bob@servfail.test", "RCPT 450 4.1.8 <bob@servfail.test>: Sender address rejected: Domain not found"),
        ("bob@nullmx.test", "MAIL 550 5.7.27 <bob@nullmx.test>: Sender address rejected: Domain nullmx.test does not accept mail (nullMX)"),
        ("bob@[999.1.1.1]", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@txt.test", "MAIL 450 4.1.8 <bob@txt.test>: Sender address rejected: Domain not found"),
        ("nosuch@example.test", "MAIL 550 5.1.0 <nosuch@example.test>: Sender address rejected: User unknown in local recipient table"),
        ("bob@bad_under.test", "MAIL 450 4.1.8 <bob@bad_under.test>: Sender address rejected: Domain not found"),
        ("bob@-x.test", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@a..test", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@localhost", "MAIL 504 5.5.2 <bob@localhost>: Sender address rejected: need fully-qualified address"),
    ],
    "strict": [
        ("", "ok"),
        ("bob", "ok"),
        ("bob@nodots", "ok"),
        ("bob@[999.1.1.1]", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@-x.test", "MAIL 501 5.1.7 Bad sender address syntax"),
        ("bob@a..test", "MAIL 501 5.1.7 Bad sender address syntax"),
    ],
}

RECIPIENT = {
    "fqdn": [
        ("", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob", "RCPT 504 5.5.2 <bob>: Recipient address rejected: need fully-qualified address"),
        ("bob@nodots", "RCPT 504 5.5.2 <bob@nodots>: Recipient address rejected: need fully-qualified address"),
        ("bob@aonly.test", "ok"),
        ("bob@mxonly.test", "ok"),
        ("bob@nothing.test", "ok"),
        ("bob@[999.1.1.1]", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("nosuch@example.test", "RCPT 550 5.1.1 <nosuch@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("bob@-x.test", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob@localhost", "RCPT 504 5.5.2 <bob@localhost>: Recipient address rejected: need fully-qualified address"),
        ("no@va.test", "RCPT 550 5.1.1 <no@va.test>: Recipient address rejected: User unknown in virtual alias table"),
        ("no@vm.test", "RCPT 550 5.1.1 <no@vm.test>: Recipient address rejected: User unknown in virtual mailbox table"),
        ("no@rd.test", "RCPT 550 5.1.1 <no@rd.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("x@err.test", "RCPT 550 5.1.2 <x@err.test>: Recipient address rejected: no such thing"),
        ("x@ret.test", "RCPT 450 4.1.2 <x@ret.test>: Recipient address rejected: try again"),
        ("x@errplain.test", "RCPT 550 5.1.1 <x@errplain.test>: Recipient address rejected: plain text"),
        ("alice+ext@example.test", "RCPT 550 5.1.1 <alice+ext@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("x@mx.example.test", "RCPT 550 5.1.1 <x@mx.example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("a@rd.test@example.test", "RCPT 550 5.1.1 <a@rd.test@example.test>: Recipient address rejected: User unknown in relay recipient table"),
    ],
    "unk": [
        ("", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob", "ok"),
        ("bob@nodots", "RCPT 450 4.1.2 <bob@nodots>: Recipient address rejected: Domain not found"),
        ("bob@aonly.test", "ok"),
        ("bob@mxonly.test", "ok"),
        ("bob@nothing.test", "RCPT 450 4.1.2 <bob@nothing.test>: Recipient address rejected: Domain not found"),
        ("bob@servfail.test", "RCPT 450 4.1.2 <bob@servfail.test>: Recipient address rejected: Domain not found"),
        ("bob@nullmx.test", "RCPT 556 5.1.10 <bob@nullmx.test>: Recipient address rejected: Domain nullmx.test does not accept mail (nullMX)"),
        ("bob@[999.1.1.1]", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("nosuch@example.test", "RCPT 550 5.1.1 <nosuch@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("bob@-x.test", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("no@va.test", "RCPT 550 5.1.1 <no@va.test>: Recipient address rejected: User unknown in virtual alias table"),
        ("no@vm.test", "RCPT 550 5.1.1 <no@vm.test>: Recipient address rejected: User unknown in virtual mailbox table"),
        ("abuse", "RCPT 550 5.1.1 <abuse>: Recipient address rejected: User unknown in local recipient table"),
        ("alice+ext@example.test", "RCPT 550 5.1.1 <alice+ext@example.test>: Recipient address rejected: User unknown in local recipient table"),
    ],
    "unl": [
        ("", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob", "ok"),
        ("bob@nodots", "ok"),
        ("bob@aonly.test", "ok"),
        ("bob@[999.1.1.1]", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("nosuch@example.test", "RCPT 550 5.1.1 <nosuch@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("bob@-x.test", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("no@va.test", "RCPT 550 5.1.1 <no@va.test>: Recipient address rejected: User unknown in virtual alias table"),
        ("no@vm.test", "RCPT 550 5.1.1 <no@vm.test>: Recipient address rejected: User unknown in virtual mailbox table"),
        ("no@rd.test", "RCPT 550 5.1.1 <no@rd.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("x@err.test", "RCPT 550 5.1.2 <x@err.test>: Recipient address rejected: no such thing"),
        ("x@ret.test", "RCPT 450 4.1.2 <x@ret.test>: Recipient address rejected: try again"),
        ("x@errplain.test", "RCPT 550 5.1.1 <x@errplain.test>: Recipient address rejected: plain text"),
        ("abuse", "RCPT 550 5.1.1 <abuse>: Recipient address rejected: User unknown in local recipient table"),
        ("alice+ext@example.test", "RCPT 550 5.1.1 <alice+ext@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("a@rd.test@example.test", "RCPT 550 5.1.1 <a@rd.test@example.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("a%rd.test", "RCPT 550 5.1.1 <a%rd.test>: Recipient address rejected: User unknown in relay recipient table"),
    ],
    "noun": [
        ("", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob", "ok"),
        ("bob@nodots", "ok"),
        ("bob@aonly.test", "ok"),
        ("bob@[999.1.1.1]", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob@-x.test", "RCPT 501 5.1.3 Bad recipient address syntax"),
    ],
    "rud": [
        ("", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob", "ok"),
        ("bob@nodots", "RCPT 554 5.7.1 <bob@nodots>: Relay access denied"),
        ("bob@aonly.test", "RCPT 554 5.7.1 <bob@aonly.test>: Relay access denied"),
        ("bob@mxonly.test", "RCPT 554 5.7.1 <bob@mxonly.test>: Relay access denied"),
        ("bob@[999.1.1.1]", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob@example.test", "ok"),
        ("nosuch@example.test", "RCPT 550 5.1.1 <nosuch@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("alice@example.test", "ok"),
        ("bob@-x.test", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("no@va.test", "RCPT 550 5.1.1 <no@va.test>: Recipient address rejected: User unknown in virtual alias table"),
        ("no@vm.test", "RCPT 550 5.1.1 <no@vm.test>: Recipient address rejected: User unknown in virtual mailbox table"),
        ("no@rd.test", "RCPT 550 5.1.1 <no@rd.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("abuse", "RCPT 550 5.1.1 <abuse>: Recipient address rejected: User unknown in local recipient table"),
        ("alice+ext@example.test", "RCPT 550 5.1.1 <alice+ext@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("a@rd.test@example.test", "RCPT 550 5.1.1 <a@rd.test@example.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("a%rd.test", "RCPT 550 5.1.1 <a%rd.test>: Recipient address rejected: User unknown in relay recipient table"),
    ],
    "dud": [
        ("", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob", "ok"),
        ("bob@nodots", "RCPT 454 4.7.1 <bob@nodots>: Relay access denied"),
        ("bob@aonly.test", "RCPT 454 4.7.1 <bob@aonly.test>: Relay access denied"),
        ("bob@mxonly.test", "RCPT 454 4.7.1 <bob@mxonly.test>: Relay access denied"),
        ("bob@[999.1.1.1]", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob@example.test", "ok"),
        ("nosuch@example.test", "RCPT 550 5.1.1 <nosuch@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("alice@example.test", "ok"),
        ("bob@-x.test", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("no@va.test", "RCPT 550 5.1.1 <no@va.test>: Recipient address rejected: User unknown in virtual alias table"),
        ("no@vm.test", "RCPT 550 5.1.1 <no@vm.test>: Recipient address rejected: User unknown in virtual mailbox table"),
        ("no@rd.test", "RCPT 550 5.1.1 <no@rd.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("abuse", "RCPT 550 5.1.1 <abuse>: Recipient address rejected: User unknown in local recipient table"),
        ("alice+ext@example.test", "RCPT 550 5.1.1 <alice+ext@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("a@rd.test@example.test", "RCPT 550 5.1.1 <a@rd.test@example.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("a%rd.test", "RCPT 550 5.1.1 <a%rd.test>: Recipient address rejected: User unknown in relay recipient table"),
    ],
    "pad": [
        ("", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob", "ok"),
        ("bob@nodots", "RCPT 554 5.7.1 <bob@nodots>: Recipient address rejected: Access denied"),
        ("bob@aonly.test", "RCPT 554 5.7.1 <bob@aonly.test>: Recipient address rejected: Access denied"),
        ("bob@mxonly.test", "RCPT 554 5.7.1 <bob@mxonly.test>: Recipient address rejected: Access denied"),
        ("bob@[999.1.1.1]", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob@example.test", "ok"),
        ("nosuch@example.test", "RCPT 550 5.1.1 <nosuch@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("alice@example.test", "ok"),
        ("bob@-x.test", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("no@va.test", "RCPT 550 5.1.1 <no@va.test>: Recipient address rejected: User unknown in virtual alias table"),
        ("no@vm.test", "RCPT 550 5.1.1 <no@vm.test>: Recipient address rejected: User unknown in virtual mailbox table"),
        ("no@rd.test", "RCPT 550 5.1.1 <no@rd.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("abuse", "RCPT 550 5.1.1 <abuse>: Recipient address rejected: User unknown in local recipient table"),
        ("alice+ext@example.test", "RCPT 550 5.1.1 <alice+ext@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("a@rd.test@example.test", "RCPT 550 5.1.1 <a@rd.test@example.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("a%rd.test", "RCPT 550 5.1.1 <a%rd.test>: Recipient address rejected: User unknown in relay recipient table"),
    ],
    "mxb": [
        ("", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob", "ok"),
        ("bob@nodots", "RCPT 554 5.7.1 <bob@nodots>: Relay access denied"),
        ("bob@aonly.test", "RCPT 554 5.7.1 <bob@aonly.test>: Relay access denied"),
        ("bob@mxonly.test", "RCPT 554 5.7.1 <bob@mxonly.test>: Relay access denied"),
        ("bob@servfail.test", "RCPT 450 4.4.4 <bob@servfail.test>: Recipient address rejected: Unable to look up mail exchanger information: Host not found, try again"),
        ("bob@mxnoaddr.test", "RCPT 450 4.4.4 <bob@mxnoaddr.test>: Recipient address rejected: Unable to look up mail exchanger host nowhere.mxnoaddr.test: Name or service not known"),
        ("bob@mxfail.test", "RCPT 450 4.4.4 <bob@mxfail.test>: Recipient address rejected: Unable to look up mail exchanger host mx.servfail.test: Temporary failure in name resolution"),
        ("bob@[999.1.1.1]", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob@example.test", "ok"),
        ("nosuch@example.test", "RCPT 550 5.1.1 <nosuch@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("alice@example.test", "ok"),
        ("bob@-x.test", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("no@va.test", "RCPT 550 5.1.1 <no@va.test>: Recipient address rejected: User unknown in virtual alias table"),
        ("no@vm.test", "RCPT 550 5.1.1 <no@vm.test>: Recipient address rejected: User unknown in virtual mailbox table"),
        ("no@rd.test", "RCPT 550 5.1.1 <no@rd.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("abuse", "RCPT 550 5.1.1 <abuse>: Recipient address rejected: User unknown in local recipient table"),
        ("alice+ext@example.test", "RCPT 550 5.1.1 <alice+ext@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("a@rd.test@example.test", "RCPT 550 5.1.1 <a@rd.test@example.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("a%rd.test", "RCPT 550 5.1.1 <a%rd.test>: Recipient address rejected: User unknown in relay recipient table"),
    ],
    "route": [
        ("", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob", "ok"),
        ("bob@nodots", "RCPT 554 5.7.1 <bob@nodots>: Relay access denied"),
        ("bob@aonly.test", "RCPT 554 5.7.1 <bob@aonly.test>: Relay access denied"),
        ("bob@mxonly.test", "RCPT 554 5.7.1 <bob@mxonly.test>: Relay access denied"),
        ("bob@[999.1.1.1]", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob@example.test", "ok"),
        ("nosuch@example.test", "RCPT 550 5.1.1 <nosuch@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("alice@example.test", "ok"),
        ("bob@-x.test", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("no@va.test", "RCPT 550 5.1.1 <no@va.test>: Recipient address rejected: User unknown in virtual alias table"),
        ("no@vm.test", "RCPT 550 5.1.1 <no@vm.test>: Recipient address rejected: User unknown in virtual mailbox table"),
        ("no@rd.test", "RCPT 550 5.1.1 <no@rd.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("abuse", "RCPT 550 5.1.1 <abuse>: Recipient address rejected: User unknown in local recipient table"),
        ("alice+ext@example.test", "RCPT 550 5.1.1 <alice+ext@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("a@rd.test@example.test", "RCPT 550 5.1.1 <a@rd.test@example.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("a%rd.test", "RCPT 550 5.1.1 <a%rd.test>: Recipient address rejected: User unknown in relay recipient table"),
    ],
    "mx": [
        ("", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob", "ok"),
        ("bob@nodots", "ok"),
        ("bob@aonly.test", "RCPT 554 5.7.1 <bob@aonly.test>: Recipient address rejected: mx addr"),
        ("bob@mxonly.test", "RCPT 554 5.7.1 <bob@mxonly.test>: Recipient address rejected: mx name"),
        ("bob@nothing.test", "ok"),
        ("bob@[999.1.1.1]", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob@cname.test", "RCPT 554 5.7.1 <bob@cname.test>: Recipient address rejected: mx addr"),
        ("nosuch@example.test", "RCPT 550 5.1.1 <nosuch@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("bob@loopmx.test", "RCPT 554 5.7.1 <bob@loopmx.test>: Recipient address rejected: loop"),
        ("bob@-x.test", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("\"quoted user\"@aonly.test", "RCPT 554 5.7.1 <quoted user@aonly.test>: Recipient address rejected: mx addr"),
        ("bob@localhost", "RCPT 554 5.7.1 <bob@localhost>: Recipient address rejected: loop"),
        ("no@va.test", "RCPT 550 5.1.1 <no@va.test>: Recipient address rejected: User unknown in virtual alias table"),
        ("no@vm.test", "RCPT 550 5.1.1 <no@vm.test>: Recipient address rejected: User unknown in virtual mailbox table"),
        ("no@rd.test", "RCPT 550 5.1.1 <no@rd.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("x@err.test", "RCPT 550 5.1.2 <x@err.test>: Recipient address rejected: no such thing"),
        ("x@ret.test", "RCPT 450 4.1.2 <x@ret.test>: Recipient address rejected: try again"),
        ("x@errplain.test", "RCPT 550 5.1.1 <x@errplain.test>: Recipient address rejected: plain text"),
        ("abuse", "RCPT 550 5.1.1 <abuse>: Recipient address rejected: User unknown in local recipient table"),
        ("alice+ext@example.test", "RCPT 550 5.1.1 <alice+ext@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("alice@localhost", "RCPT 554 5.7.1 <alice@localhost>: Recipient address rejected: loop"),
        ("a@rd.test@example.test", "RCPT 550 5.1.1 <a@rd.test@example.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("a%rd.test", "RCPT 550 5.1.1 <a%rd.test>: Recipient address rejected: User unknown in relay recipient table"),
    ],
    "ns": [
        ("", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob", "ok"),
        ("bob@nodots", "ok"),
        ("bob@aonly.test", "ok"),
        ("bob@[999.1.1.1]", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("nosuch@example.test", "RCPT 550 5.1.1 <nosuch@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("bob@ns.test", "RCPT 554 5.7.1 <bob@ns.test>: Recipient address rejected: ns"),
        ("bob@sub.ns.test", "RCPT 554 5.7.1 <bob@sub.ns.test>: Recipient address rejected: ns"),
        ("bob@-x.test", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("no@va.test", "RCPT 550 5.1.1 <no@va.test>: Recipient address rejected: User unknown in virtual alias table"),
        ("no@vm.test", "RCPT 550 5.1.1 <no@vm.test>: Recipient address rejected: User unknown in virtual mailbox table"),
        ("no@rd.test", "RCPT 550 5.1.1 <no@rd.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("x@err.test", "RCPT 550 5.1.2 <x@err.test>: Recipient address rejected: no such thing"),
        ("x@ret.test", "RCPT 450 4.1.2 <x@ret.test>: Recipient address rejected: try again"),
        ("x@errplain.test", "RCPT 550 5.1.1 <x@errplain.test>: Recipient address rejected: plain text"),
        ("abuse", "RCPT 550 5.1.1 <abuse>: Recipient address rejected: User unknown in local recipient table"),
        ("alice+ext@example.test", "RCPT 550 5.1.1 <alice+ext@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("a@rd.test@example.test", "RCPT 550 5.1.1 <a@rd.test@example.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("a%rd.test", "RCPT 550 5.1.1 <a%rd.test>: Recipient address rejected: User unknown in relay recipient table"),
    ],
    "a": [
        ("", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob", "ok"),
        ("bob@nodots", "ok"),
        ("bob@aonly.test", "RCPT 554 5.7.1 <bob@aonly.test>: Recipient address rejected: a"),
        ("bob@mxonly.test", "ok"),
        ("bob@[192.0.2.1]", "RCPT 554 5.7.1 <bob@[192.0.2.1]>: Recipient address rejected: lit"),
        ("bob@[999.1.1.1]", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob@cname.test", "RCPT 554 5.7.1 <bob@cname.test>: Recipient address rejected: a"),
        ("bob@example.test", "RCPT 554 5.7.1 <bob@example.test>: Recipient address rejected: lit"),
        ("nosuch@example.test", "RCPT 554 5.7.1 <nosuch@example.test>: Recipient address rejected: lit"),
        ("bob@-x.test", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("\"quoted user\"@aonly.test", "RCPT 554 5.7.1 <quoted user@aonly.test>: Recipient address rejected: a"),
        ("no@va.test", "RCPT 550 5.1.1 <no@va.test>: Recipient address rejected: User unknown in virtual alias table"),
        ("no@vm.test", "RCPT 550 5.1.1 <no@vm.test>: Recipient address rejected: User unknown in virtual mailbox table"),
        ("no@rd.test", "RCPT 550 5.1.1 <no@rd.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("x@err.test", "RCPT 550 5.1.2 <x@err.test>: Recipient address rejected: no such thing"),
        ("x@ret.test", "RCPT 450 4.1.2 <x@ret.test>: Recipient address rejected: try again"),
        ("x@errplain.test", "RCPT 550 5.1.1 <x@errplain.test>: Recipient address rejected: plain text"),
        ("abuse", "RCPT 550 5.1.1 <abuse>: Recipient address rejected: User unknown in local recipient table"),
        ("a%rd.test", "RCPT 550 5.1.1 <a%rd.test>: Recipient address rejected: User unknown in relay recipient table"),
    ],
    "codes": [
        ("", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob", "RCPT 404 4.5.2 <bob>: Recipient address rejected: need fully-qualified address"),
        ("bob@nodots", "RCPT 404 4.5.2 <bob@nodots>: Recipient address rejected: need fully-qualified address"),
        ("bob@aonly.test", "ok"),
        ("bob@mxonly.test", "ok"),
        ("bob@nothing.test", "RCPT 550 5.1.2 <bob@nothing.test>: Recipient address rejected: Domain not found"),
        ("bob@servfail.test", "RCPT 450 4.1.2 <bob@servfail.test>: Recipient address rejected: Domain not found"),
        ("bob@nullmx.test", "RCPT 556 5.1.10 <bob@nullmx.test>: Recipient address rejected: Domain nullmx.test does not accept mail (nullMX)"),
        ("bob@mxnoaddr.test", "ok"),
        ("bob@[999.1.1.1]", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob@txt.test", "RCPT 550 5.1.2 <bob@txt.test>: Recipient address rejected: Domain not found"),
        ("nosuch@example.test", "RCPT 450 4.1.1 <nosuch@example.test>: Recipient address rejected: User unknown"),
        ("bob@bad_under.test", "RCPT 550 5.1.2 <bob@bad_under.test>: Recipient address rejected: Domain not found"),
        ("bob@-x.test", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob@localhost", "RCPT 404 4.5.2 <bob@localhost>: Recipient address rejected: need fully-qualified address"),
        ("no@va.test", "RCPT 451 4.1.1 <no@va.test>: Recipient address rejected: User unknown in virtual alias table"),
        ("no@vm.test", "RCPT 452 4.1.1 <no@vm.test>: Recipient address rejected: User unknown"),
        ("alice+ext@example.test", "RCPT 450 4.1.1 <alice+ext@example.test>: Recipient address rejected: User unknown"),
        ("x@mx.example.test", "RCPT 450 4.1.1 <x@mx.example.test>: Recipient address rejected: User unknown"),
    ],
    "rel": [
        ("", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob", "ok"),
        ("bob@nodots", "RCPT 521 5.7.1 <bob@nodots>: Relay access denied"),
        ("bob@aonly.test", "RCPT 521 5.7.1 <bob@aonly.test>: Relay access denied"),
        ("bob@mxonly.test", "RCPT 521 5.7.1 <bob@mxonly.test>: Relay access denied"),
        ("bob@[999.1.1.1]", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob@example.test", "ok"),
        ("nosuch@example.test", "RCPT 550 5.1.1 <nosuch@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("alice@example.test", "ok"),
        ("bob@-x.test", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("no@va.test", "RCPT 550 5.1.1 <no@va.test>: Recipient address rejected: User unknown in virtual alias table"),
        ("no@vm.test", "RCPT 550 5.1.1 <no@vm.test>: Recipient address rejected: User unknown in virtual mailbox table"),
        ("no@rd.test", "RCPT 550 5.1.1 <no@rd.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("abuse", "RCPT 550 5.1.1 <abuse>: Recipient address rejected: User unknown in local recipient table"),
        ("alice+ext@example.test", "RCPT 550 5.1.1 <alice+ext@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("a@rd.test@example.test", "RCPT 550 5.1.1 <a@rd.test@example.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("a%rd.test", "RCPT 550 5.1.1 <a%rd.test>: Recipient address rejected: User unknown in relay recipient table"),
    ],
    "defrel": [
        ("", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob", "ok"),
        ("bob@nodots", "RCPT 450 4.7.1 <bob@nodots>: Relay access denied"),
        ("bob@aonly.test", "RCPT 450 4.7.1 <bob@aonly.test>: Relay access denied"),
        ("bob@mxonly.test", "RCPT 450 4.7.1 <bob@mxonly.test>: Relay access denied"),
        ("bob@[999.1.1.1]", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob@example.test", "ok"),
        ("nosuch@example.test", "RCPT 550 5.1.1 <nosuch@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("alice@example.test", "ok"),
        ("bob@-x.test", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("no@va.test", "RCPT 550 5.1.1 <no@va.test>: Recipient address rejected: User unknown in virtual alias table"),
        ("no@vm.test", "RCPT 550 5.1.1 <no@vm.test>: Recipient address rejected: User unknown in virtual mailbox table"),
        ("no@rd.test", "RCPT 550 5.1.1 <no@rd.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("abuse", "RCPT 550 5.1.1 <abuse>: Recipient address rejected: User unknown in local recipient table"),
        ("alice+ext@example.test", "RCPT 550 5.1.1 <alice+ext@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("a@rd.test@example.test", "RCPT 550 5.1.1 <a@rd.test@example.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("a%rd.test", "RCPT 550 5.1.1 <a%rd.test>: Recipient address rejected: User unknown in relay recipient table"),
    ],
    "rfirst": [
        ("", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob", "RCPT 451 4.3.5 <bob>: Recipient address rejected: Server configuration error"),
        ("bob@nodots", "RCPT 451 4.3.5 <bob@nodots>: Recipient address rejected: Server configuration error"),
        ("bob@aonly.test", "RCPT 451 4.3.5 <bob@aonly.test>: Recipient address rejected: Server configuration error"),
        ("bob@[999.1.1.1]", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob@-x.test", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("postmaster", "ok"),
        ("Postmaster", "ok"),
        ("double-bounce@example.test", "ok"),
    ],
    "crd": [
        ("", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob", "ok"),
        ("bob@nodots", "RCPT 554 5.7.1 <bob@nodots>: Recipient address rejected: Relay access denied"),
        ("bob@aonly.test", "RCPT 554 5.7.1 <bob@aonly.test>: Recipient address rejected: Relay access denied"),
        ("bob@mxonly.test", "RCPT 554 5.7.1 <bob@mxonly.test>: Recipient address rejected: Relay access denied"),
        ("bob@[999.1.1.1]", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob@example.test", "ok"),
        ("nosuch@example.test", "RCPT 550 5.1.1 <nosuch@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("alice@example.test", "ok"),
        ("bob@-x.test", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("no@va.test", "RCPT 550 5.1.1 <no@va.test>: Recipient address rejected: User unknown in virtual alias table"),
        ("no@vm.test", "RCPT 550 5.1.1 <no@vm.test>: Recipient address rejected: User unknown in virtual mailbox table"),
        ("no@rd.test", "RCPT 550 5.1.1 <no@rd.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("abuse", "RCPT 550 5.1.1 <abuse>: Recipient address rejected: User unknown in local recipient table"),
        ("alice+ext@example.test", "RCPT 550 5.1.1 <alice+ext@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("a@rd.test@example.test", "RCPT 550 5.1.1 <a@rd.test@example.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("a%rd.test", "RCPT 550 5.1.1 <a%rd.test>: Recipient address rejected: User unknown in relay recipient table"),
    ],
    "okroute": [
        ("", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob", "ok"),
        ("bob@nodots", "RCPT 554 5.7.1 <bob@nodots>: Relay access denied"),
        ("bob@aonly.test", "RCPT 554 5.7.1 <bob@aonly.test>: Relay access denied"),
        ("bob@mxonly.test", "RCPT 554 5.7.1 <bob@mxonly.test>: Relay access denied"),
        ("bob@[999.1.1.1]", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("bob@example.test", "ok"),
        ("nosuch@example.test", "RCPT 550 5.1.1 <nosuch@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("alice@example.test", "ok"),
        ("bob@-x.test", "RCPT 501 5.1.3 Bad recipient address syntax"),
        ("no@va.test", "RCPT 550 5.1.1 <no@va.test>: Recipient address rejected: User unknown in virtual alias table"),
        ("no@vm.test", "RCPT 550 5.1.1 <no@vm.test>: Recipient address rejected: User unknown in virtual mailbox table"),
        ("no@rd.test", "RCPT 550 5.1.1 <no@rd.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("abuse", "RCPT 550 5.1.1 <abuse>: Recipient address rejected: User unknown in local recipient table"),
        ("alice+ext@example.test", "RCPT 550 5.1.1 <alice+ext@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("a@rd.test@example.test", "RCPT 550 5.1.1 <a@rd.test@example.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("a%rd.test", "RCPT 550 5.1.1 <a%rd.test>: Recipient address rejected: User unknown in relay recipient table"),
    ],
    "softb": [
        ("", "RCPT 401 4.1.3 Bad recipient address syntax"),
        ("bob", "ok"),
        ("bob@nodots", "RCPT 454 4.7.1 <bob@nodots>: Relay access denied"),
        ("bob@aonly.test", "RCPT 454 4.7.1 <bob@aonly.test>: Relay access denied"),
        ("bob@mxonly.test", "RCPT 454 4.7.1 <bob@mxonly.test>: Relay access denied"),
        ("bob@[999.1.1.1]", "RCPT 401 4.1.3 Bad recipient address syntax"),
        ("bob@example.test", "ok"),
        ("nosuch@example.test", "RCPT 450 4.1.1 <nosuch@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("alice@example.test", "ok"),
        ("bob@-x.test", "RCPT 401 4.1.3 Bad recipient address syntax"),
        ("no@va.test", "RCPT 450 4.1.1 <no@va.test>: Recipient address rejected: User unknown in virtual alias table"),
        ("no@vm.test", "RCPT 450 4.1.1 <no@vm.test>: Recipient address rejected: User unknown in virtual mailbox table"),
        ("no@rd.test", "RCPT 450 4.1.1 <no@rd.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("abuse", "RCPT 450 4.1.1 <abuse>: Recipient address rejected: User unknown in local recipient table"),
        ("alice+ext@example.test", "RCPT 450 4.1.1 <alice+ext@example.test>: Recipient address rejected: User unknown in local recipient table"),
        ("a@rd.test@example.test", "RCPT 450 4.1.1 <a@rd.test@example.test>: Recipient address rejected: User unknown in relay recipient table"),
        ("a%rd.test", "RCPT 450 4.1.1 <a%rd.test>: Recipient address rejected: User unknown in relay recipient table"),
    ],
}

CLIENT = {
    "uch": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.41]", "450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.41]"),
        ("192.0.2.45", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
    ],
    "urch": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
    ],
    "uchc": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "550 5.7.25 Client host rejected: cannot find your hostname, [192.0.2.41]", "550 5.7.25 Client host rejected: cannot find your hostname, [192.0.2.41]"),
        ("192.0.2.45", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
    ],
    "urchc": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
    ],
    "old": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.41]", "450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.41]"),
        ("192.0.2.45", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
    ],
    "rbl": [
        ("127.0.0.1", "554 5.7.1 Service unavailable; Client host [127.0.0.1] blocked using rbl.test", "554 5.7.1 Service unavailable; Client host [127.0.0.1] blocked using rbl.test"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "554 5.7.1 Service unavailable; Client host [192.0.2.45] blocked using rbl.test; listed because $ client_name 100%", "554 5.7.1 Service unavailable; Client host [192.0.2.45] blocked using rbl.test; listed because $ client_name 100%"),
    ],
    "rblf": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "554 5.7.1 Service unavailable; Client host [192.0.2.45] blocked using rbl2.test", "554 5.7.1 Service unavailable; Client host [192.0.2.45] blocked using rbl2.test"),
    ],
    "rblm": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "554 5.7.1 Service unavailable; Client host [192.0.2.45] blocked using multi.test", "554 5.7.1 Service unavailable; Client host [192.0.2.45] blocked using multi.test"),
    ],
    "rbl3": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "554 5.7.1 Service unavailable; Client host [192.0.2.45] blocked using rbl3.test", "554 5.7.1 Service unavailable; Client host [192.0.2.45] blocked using rbl3.test"),
    ],
    "rblfail": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
    ],
    "oldrbl": [
        ("127.0.0.1", "554 5.7.1 Service unavailable; Client host [127.0.0.1] blocked using rbl.test", "554 5.7.1 Service unavailable; Client host [127.0.0.1] blocked using rbl.test"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "554 5.7.1 Service unavailable; Client host [192.0.2.45] blocked using rbl.test; listed because $ client_name 100%", "554 5.7.1 Service unavailable; Client host [192.0.2.45] blocked using rbl.test; listed because $ client_name 100%"),
    ],
    "oldrbl2": [
        ("127.0.0.1", "554 5.7.1 Service unavailable; Client host [127.0.0.1] blocked using rbl.test", "554 5.7.1 Service unavailable; Client host [127.0.0.1] blocked using rbl.test"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "554 5.7.1 Service unavailable; Client host [192.0.2.45] blocked using rbl.test; listed because $ client_name 100%", "554 5.7.1 Service unavailable; Client host [192.0.2.45] blocked using rbl.test; listed because $ client_name 100%"),
    ],
    "wl": [
        ("127.0.0.1", "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied", "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied"),
        ("192.0.2.41", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied"),
        ("192.0.2.45", "250 2.1.5 Ok", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied"),
    ],
    "wlfail": [
        ("127.0.0.1", "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied", "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied"),
        ("192.0.2.41", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied"),
        ("192.0.2.45", "450 4.7.1 <192.0.2.45>: Client host rejected: Service unavailable", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied"),
    ],
    "rhswl": [
        ("127.0.0.1", "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied", "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied"),
        ("192.0.2.41", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied"),
        ("192.0.2.45", "250 2.1.5 Ok", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied"),
    ],
    "rhsc": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "521 5.7.1 []", "connection closed"),
    ],
    "rhsr": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "521 5.7.1 []", "connection closed"),
    ],
    "rhsh": [
        ("127.0.0.1", "521 5.7.1 []", "connection closed"),
        ("192.0.2.41", "521 5.7.1 []", "connection closed"),
        ("192.0.2.45", "521 5.7.1 []", "connection closed"),
    ],
    "rhss": [
        ("127.0.0.1", "521 5.7.1 []", "connection closed"),
        ("192.0.2.41", "521 5.7.1 []", "connection closed"),
        ("192.0.2.45", "521 5.7.1 []", "connection closed"),
    ],
    "rhsrc": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
    ],
    "rblcode": [
        ("127.0.0.1", "450 4.7.1 Service unavailable; Client host [127.0.0.1] blocked using rbl.test", "450 4.7.1 Service unavailable; Client host [127.0.0.1] blocked using rbl.test"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "450 4.7.1 Service unavailable; Client host [192.0.2.45] blocked using rbl.test; listed because $ client_name 100%", "450 4.7.1 Service unavailable; Client host [192.0.2.45] blocked using rbl.test; listed because $ client_name 100%"),
    ],
    "defrbl": [
        ("127.0.0.1", "554 5.9.9 x Client host; 127.0.0.1; rbl.test", "554 5.9.9 x Client host; 127.0.0.1; rbl.test"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "554 5.9.9 x Client host; 192.0.2.45; rbl.test", "554 5.9.9 x Client host; 192.0.2.45; rbl.test"),
    ],
    "nets": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied"),
        ("192.0.2.45", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied"),
    ],
    "inif": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied"),
        ("192.0.2.45", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied"),
    ],
    "sasl": [
        ("127.0.0.1", "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied", "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied"),
        ("192.0.2.41", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied"),
        ("192.0.2.45", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied"),
    ],
    "tls": [
        ("127.0.0.1", "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied", "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied"),
        ("192.0.2.41", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied"),
        ("192.0.2.45", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied"),
    ],
    "tlsall": [
        ("127.0.0.1", "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied", "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied"),
        ("192.0.2.41", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied"),
        ("192.0.2.45", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied"),
    ],
    "plain": [
        ("127.0.0.1", "450 4.7.1 Session encryption is required", "450 4.7.1 Session encryption is required"),
        ("192.0.2.41", "450 4.7.1 Session encryption is required", "450 4.7.1 Session encryption is required"),
        ("192.0.2.45", "450 4.7.1 Session encryption is required", "450 4.7.1 Session encryption is required"),
    ],
    "plainc": [
        ("127.0.0.1", "530 5.7.1 Session encryption is required", "530 5.7.1 Session encryption is required"),
        ("192.0.2.41", "530 5.7.1 Session encryption is required", "530 5.7.1 Session encryption is required"),
        ("192.0.2.45", "530 5.7.1 Session encryption is required", "530 5.7.1 Session encryption is required"),
    ],
    "pipe": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
    ],
    "unknown": [
        ("127.0.0.1", "451 4.3.5 Server configuration error", "451 4.3.5 Server configuration error"),
        ("192.0.2.41", "451 4.3.5 Server configuration error", "451 4.3.5 Server configuration error"),
        ("192.0.2.45", "451 4.3.5 Server configuration error", "451 4.3.5 Server configuration error"),
    ],
    "noarg": [
        ("127.0.0.1", "451 4.3.5 Server configuration error", "451 4.3.5 Server configuration error"),
        ("192.0.2.41", "451 4.3.5 Server configuration error", "451 4.3.5 Server configuration error"),
        ("192.0.2.45", "451 4.3.5 Server configuration error", "451 4.3.5 Server configuration error"),
    ],
    "badtab": [
        ("127.0.0.1", "451 4.3.5 Server configuration error", "451 4.3.5 Server configuration error"),
        ("192.0.2.41", "451 4.3.5 Server configuration error", "451 4.3.5 Server configuration error"),
        ("192.0.2.45", "451 4.3.5 Server configuration error", "451 4.3.5 Server configuration error"),
    ],
    "cmx": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied"),
    ],
    "cns": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
    ],
    "ca": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: a", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: a"),
    ],
    "ra": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "554 5.7.1 <mismatch.example.org>: Unverified Client host rejected: b", "554 5.7.1 <mismatch.example.org>: Unverified Client host rejected: b"),
        ("192.0.2.45", "554 5.7.1 <client45.example.org>: Unverified Client host rejected: a", "554 5.7.1 <client45.example.org>: Unverified Client host rejected: a"),
    ],
    "rmx": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "554 5.7.1 <mismatch.example.org>: Unverified Client host rejected: b", "554 5.7.1 <mismatch.example.org>: Unverified Client host rejected: b"),
        ("192.0.2.45", "554 5.7.1 <client45.example.org>: Unverified Client host rejected: a", "554 5.7.1 <client45.example.org>: Unverified Client host rejected: a"),
    ],
    "rok": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "451 4.3.5 Server configuration error", "451 4.3.5 Server configuration error"),
        ("192.0.2.45", "451 4.3.5 Server configuration error", "451 4.3.5 Server configuration error"),
    ],
    "defer": [
        ("127.0.0.1", "450 4.3.2 <localhost[127.0.0.1]>: Client host rejected: Try again later", "450 4.3.2 <localhost[127.0.0.1]>: Client host rejected: Try again later"),
        ("192.0.2.41", "450 4.3.2 <unknown[192.0.2.41]>: Client host rejected: Try again later", "450 4.3.2 <unknown[192.0.2.41]>: Client host rejected: Try again later"),
        ("192.0.2.45", "450 4.3.2 <client45.example.org[192.0.2.45]>: Client host rejected: Try again later", "450 4.3.2 <client45.example.org[192.0.2.45]>: Client host rejected: Try again later"),
    ],
    "dip": [
        ("127.0.0.1", "450 4.7.0 <localhost[127.0.0.1]>: Client host rejected: defer_if_permit requested", "450 4.7.0 <localhost[127.0.0.1]>: Client host rejected: defer_if_permit requested"),
        ("192.0.2.41", "450 4.7.0 <unknown[192.0.2.41]>: Client host rejected: defer_if_permit requested", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "450 4.7.0 <client45.example.org[192.0.2.45]>: Client host rejected: defer_if_permit requested", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
    ],
    "dir": [
        ("127.0.0.1", "450 4.7.0 <localhost[127.0.0.1]>: Client host rejected: defer_if_reject requested", "450 4.7.0 <localhost[127.0.0.1]>: Client host rejected: defer_if_reject requested"),
        ("192.0.2.41", "450 4.7.0 <unknown[192.0.2.41]>: Client host rejected: defer_if_reject requested", "450 4.7.0 <unknown[192.0.2.41]>: Client host rejected: defer_if_reject requested"),
        ("192.0.2.45", "450 4.7.0 <client45.example.org[192.0.2.45]>: Client host rejected: defer_if_reject requested", "450 4.7.0 <client45.example.org[192.0.2.45]>: Client host rejected: defer_if_reject requested"),
    ],
    "dirp": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
    ],
    "dipr": [
        ("127.0.0.1", "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied", "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied"),
        ("192.0.2.41", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied"),
        ("192.0.2.45", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied"),
    ],
    "dpdr": [
        ("127.0.0.1", "450 4.7.0 <localhost[127.0.0.1]>: Client host rejected: defer_if_permit requested", "450 4.7.0 <localhost[127.0.0.1]>: Client host rejected: defer_if_permit requested"),
        ("192.0.2.41", "450 4.7.0 <unknown[192.0.2.41]>: Client host rejected: defer_if_permit requested", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "450 4.7.0 <client45.example.org[192.0.2.45]>: Client host rejected: defer_if_permit requested", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
    ],
    "wir": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
    ],
    "wirdip": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
    ],
    "rejt": [
        ("127.0.0.1", "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied", "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied"),
        ("192.0.2.41", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied"),
        ("192.0.2.45", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied"),
    ],
    "bare": [
        ("127.0.0.1", "451 4.3.5 <localhost[127.0.0.1]>: Client host rejected: Server configuration error", "451 4.3.5 <localhost[127.0.0.1]>: Client host rejected: Server configuration error"),
        ("192.0.2.41", "451 4.3.5 <unknown[192.0.2.41]>: Client host rejected: Server configuration error", "451 4.3.5 <unknown[192.0.2.41]>: Client host rejected: Server configuration error"),
        ("192.0.2.45", "451 4.3.5 <client45.example.org[192.0.2.45]>: Client host rejected: Server configuration error", "451 4.3.5 <client45.example.org[192.0.2.45]>: Client host rejected: Server configuration error"),
    ],
    "case": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied"),
        ("192.0.2.45", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied"),
    ],
    "codes": [
        ("127.0.0.1", "421 4.3.2 <localhost[127.0.0.1]>: Client host rejected: Try again later", "connection closed"),
        ("192.0.2.41", "421 4.3.2 <unknown[192.0.2.41]>: Client host rejected: Try again later", "connection closed"),
        ("192.0.2.45", "550 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied", "550 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied"),
    ],
    "rejcode": [
        ("127.0.0.1", "521 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied", "connection closed"),
        ("192.0.2.41", "521 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied", "connection closed"),
        ("192.0.2.45", "521 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied", "connection closed"),
    ],
    "rejcode4": [
        ("127.0.0.1", "450 4.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied", "450 4.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied"),
        ("192.0.2.41", "450 4.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied", "450 4.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied"),
        ("192.0.2.45", "450 4.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied", "450 4.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied"),
    ],
    "badcode": [
        ("127.0.0.1", "450 4.7.1 Service unavailable", "450 4.7.1 Service unavailable"),
        ("192.0.2.41", "450 4.7.1 Service unavailable", "450 4.7.1 Service unavailable"),
        ("192.0.2.45", "450 4.7.1 Service unavailable", "450 4.7.1 Service unavailable"),
    ],
    "mbounce": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
    ],
    "foot2": [
        ("127.0.0.1", "554-5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied\n554-5.7.1 second line localhost\n554 5.7.1 third $ line", "554-5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied\n554-5.7.1 second line localhost\n554 5.7.1 third $ line"),
        ("192.0.2.41", "554-5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied\n554-5.7.1 second line unknown\n554 5.7.1 third $ line", "554-5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied\n554-5.7.1 second line unknown\n554 5.7.1 third $ line"),
        ("192.0.2.45", "554-5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied\n554-5.7.1 second line client45.example.org\n554 5.7.1 third $ line", "554-5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied\n554-5.7.1 second line client45.example.org\n554 5.7.1 third $ line"),
    ],
    "footm": [
        ("127.0.0.1", "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied mapped footer", "554 5.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied mapped footer"),
        ("192.0.2.41", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied mapped footer", "554 5.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied mapped footer"),
        ("192.0.2.45", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied mapped footer", "554 5.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied mapped footer"),
    ],
    "softb": [
        ("127.0.0.1", "454 4.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied", "454 4.7.1 <localhost[127.0.0.1]>: Client host rejected: Access denied"),
        ("192.0.2.41", "454 4.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied", "454 4.7.1 <unknown[192.0.2.41]>: Client host rejected: Access denied"),
        ("192.0.2.45", "454 4.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied", "454 4.7.1 <client45.example.org[192.0.2.45]>: Client host rejected: Access denied"),
    ],
    "mxb": [
        ("127.0.0.1", "451 4.3.5 <bob@bad.example>: Sender address rejected: Server configuration error", "451 4.3.5 <bob@bad.example>: Sender address rejected: Server configuration error"),
        ("192.0.2.41", "451 4.3.5 <bob@bad.example>: Sender address rejected: Server configuration error", "451 4.3.5 <bob@bad.example>: Sender address rejected: Server configuration error"),
        ("192.0.2.45", "451 4.3.5 <bob@bad.example>: Sender address rejected: Server configuration error", "451 4.3.5 <bob@bad.example>: Sender address rejected: Server configuration error"),
    ],
    "lperm": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
    ],
    "lperm2": [
        ("127.0.0.1", "250 2.1.5 Ok", "250 2.1.5 Ok"),
        ("192.0.2.41", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
        ("192.0.2.45", "250 2.1.5 Ok", "454 4.7.1 <x@elsewhere.test>: Relay access denied"),
    ],
}


def first_refusal(c, commands):
    """"VERB reply" of the first command that is refused; "ok" without any."""
    verb, reply = "CONNECT", c.greet()
    for command in commands:
        if reply.eof:
            return "EOF"
        if reply.code >= 400:
            return "%s %s" % (verb, reply)
        verb = command.split()[0] if command else "?"
        reply = c.cmd(command)
    if reply.eof:
        return "EOF"
    return "ok" if reply.code < 400 else "%s %s" % (verb, reply)


class Rows(Group):
    """Services, and for each the stimuli with what Postfix answers."""
    rows = {}

    def commands(self, stimulus):
        raise NotImplementedError

    def play(self, service):
        for stimulus, expected in self.rows[service]:
            c = self.inst.smtp(self.port[service], self.src)
            got = first_refusal(c, self.commands(stimulus))
            c.close()
            self.eq(got, expected, "%s with %r" % (service, stimulus))


def with_cases(cls):
    """One case for each service."""
    for service in cls.rows:
        def case(self, service=service):
            self.play(service)
        setattr(cls, "test_" + service, case)
    return cls


@with_cases
class HeloRestrictions(Rows):
    """The name in EHLO."""
    area = "restrictions"
    cost = 30
    dns = DNS
    rows = HELO
    main = """
smtpd_error_sleep_time = 0
smtpd_client_connection_count_limit = 0
"""
    services = {
        "inv": "smtpd_helo_restrictions = reject_invalid_helo_hostname",
        "fqdn": "smtpd_helo_restrictions = reject_non_fqdn_helo_hostname",
        "unk": "smtpd_helo_restrictions = reject_unknown_helo_hostname",
        "mx": "smtpd_helo_restrictions = check_helo_mx_access inline:{{mx.mxonly.test=REJECT mx name}, {198.51.100.61=REJECT mx addr}, {192.0.2.5=REJECT lit}, {192.0.2.1=REJECT lit1}}",
        "ns": "smtpd_helo_restrictions = check_helo_ns_access inline:{{ns1.ns.test=REJECT ns}, {a.root.test=REJECT rootns}, {198.51.100.63=REJECT}}",
        "a": "smtpd_helo_restrictions = check_helo_a_access inline:{{198.51.100.61=REJECT a}, {192.0.2.1=REJECT lit}, {2001:db8::61=REJECT aaaa}, {2001:db8::1=REJECT lit6}}",
        "codes": "smtpd_helo_restrictions = reject_invalid_helo_hostname, reject_non_fqdn_helo_hostname, reject_unknown_helo_hostname\ninvalid_hostname_reject_code=401\nnon_fqdn_reject_code=404\nunknown_hostname_reject_code=550",
        "tf": "smtpd_helo_restrictions = reject_unknown_helo_hostname\nunknown_helo_hostname_tempfail_action=defer",
        "soft": "smtpd_helo_restrictions = reject_invalid_helo_hostname, reject_non_fqdn_helo_hostname\nsoft_bounce=yes\nsmtpd_delay_reject=no",
        "now": "smtpd_delay_reject=no\nsmtpd_helo_restrictions = reject_invalid_helo_hostname, reject_non_fqdn_helo_hostname, reject_unknown_helo_hostname",
        "req": "smtpd_helo_required=yes\nsmtpd_helo_restrictions=warn_if_reject reject_invalid_helo_hostname, warn_if_reject reject_non_fqdn_helo_hostname",
        "old": "smtpd_helo_restrictions = reject_invalid_hostname, reject_non_fqdn_hostname, reject_unknown_hostname",
    }

    def commands(self, stimulus):
        return ("EHLO " + stimulus, "MAIL FROM:<bob@aonly.test>", "RCPT TO:<alice@example.test>")


@with_cases
class SenderRestrictions(Rows):
    """The address in MAIL."""
    area = "restrictions"
    cost = 30
    dns = DNS
    rows = SENDER
    main = """
smtpd_error_sleep_time = 0
smtpd_client_connection_count_limit = 0
strict_rfc821_envelopes=no
virtual_alias_domains=va.test
virtual_alias_maps=inline:{ok@va.test=alice@example.test}
"""
    services = {
        "fqdn": "smtpd_sender_restrictions = reject_non_fqdn_sender",
        "unk": "smtpd_sender_restrictions = reject_unknown_sender_domain",
        "unl": "smtpd_sender_restrictions = reject_unlisted_sender",
        "unl2": "smtpd_reject_unlisted_sender = yes",
        "mx": "smtpd_sender_restrictions = check_sender_mx_access inline:{{mx.mxonly.test=REJECT mx name}, {198.51.100.61=REJECT mx addr}, {127=REJECT loop}, {192.0.2.5=REJECT lit}, {192.0.2.1=REJECT lit1}}",
        "ns": "smtpd_sender_restrictions = check_sender_ns_access inline:{{ns1.ns.test=REJECT ns}, {a.root.test=REJECT rootns}}",
        "a": "smtpd_sender_restrictions = check_sender_a_access inline:{{198.51.100.61=REJECT a}, {192.0.2.1=REJECT lit}, {2001:db8::61=REJECT aaaa}}",
        "mxok": "smtpd_sender_restrictions = check_sender_mx_access inline:{{mx.mxonly.test=OK}, {198.51.100.61=DUNNO}}",
        "codes": "smtpd_sender_restrictions = reject_non_fqdn_sender, reject_unknown_sender_domain\nnon_fqdn_reject_code=404\nunknown_address_reject_code=550",
        "tf": "smtpd_sender_restrictions = reject_unknown_sender_domain\nunknown_address_tempfail_action=defer",
        "both": "smtpd_recipient_restrictions = reject_non_fqdn_sender, reject_unknown_sender_domain, reject_unlisted_sender, reject_non_fqdn_recipient, reject_unknown_recipient_domain, reject_unlisted_recipient",
        "now": "smtpd_delay_reject=no\nsmtpd_sender_restrictions = reject_non_fqdn_sender, reject_unknown_sender_domain, reject_unlisted_sender",
        "strict": "strict_rfc821_envelopes=yes",
    }

    def commands(self, stimulus):
        return ("EHLO client.example.org", "MAIL FROM:<%s>" % stimulus, "RCPT TO:<alice@example.test>")


@with_cases
class RecipientRestrictions(Rows):
    """The address in RCPT."""
    area = "restrictions"
    cost = 30
    dns = DNS
    rows = RECIPIENT
    main = """
smtpd_error_sleep_time = 0
smtpd_client_connection_count_limit = 0
virtual_alias_domains=va.test
virtual_alias_maps=inline:{ok@va.test=alice@example.test}
virtual_mailbox_domains=vm.test
virtual_mailbox_maps=inline:{ok@vm.test=x}
relay_domains=rd.test
relay_recipient_maps=inline:{ok@rd.test=x}
recipient_canonical_maps=inline:{canon@example.test=alice@example.test}
transport_maps=inline:{{err.test=error:5.1.2 no such thing}, {ret.test=retry:4.1.2 try again}, {errplain.test=error:plain text}}
"""
    services = {
        "fqdn": "smtpd_recipient_restrictions = reject_non_fqdn_recipient",
        "unk": "smtpd_recipient_restrictions = reject_unknown_recipient_domain",
        "unl": "smtpd_recipient_restrictions = reject_unlisted_recipient\nsmtpd_reject_unlisted_recipient=no",
        "noun": "smtpd_reject_unlisted_recipient=no",
        "rud": "smtpd_relay_restrictions = reject_unauth_destination",
        "dud": "smtpd_relay_restrictions = defer_unauth_destination",
        "pad": "smtpd_relay_restrictions = permit_auth_destination, reject",
        "mxb": "smtpd_relay_restrictions = permit_mx_backup, reject_unauth_destination",
        "route": "smtpd_relay_restrictions = reject_unauth_destination\nallow_untrusted_routing=yes",
        "mx": "smtpd_recipient_restrictions = check_recipient_mx_access inline:{{mx.mxonly.test=REJECT mx name}, {198.51.100.61=REJECT mx addr}, {127=REJECT loop}}",
        "ns": "smtpd_recipient_restrictions = check_recipient_ns_access inline:{{ns1.ns.test=REJECT ns}}",
        "a": "smtpd_recipient_restrictions = check_recipient_a_access inline:{{198.51.100.61=REJECT a}, {192.0.2.1=REJECT lit}}",
        "codes": "smtpd_recipient_restrictions = reject_non_fqdn_recipient, reject_unknown_recipient_domain\nnon_fqdn_reject_code=404\nunknown_address_reject_code=550\nunknown_local_recipient_reject_code=450\nunknown_virtual_alias_reject_code=451\nunknown_virtual_mailbox_reject_code=452\nunknown_relay_recipient_reject_code=453\nrelay_domains_reject_code=550\nshow_user_unknown_table_name=no",
        "rel": "smtpd_relay_restrictions = reject_unauth_destination\nrelay_domains_reject_code=521",
        "defrel": "smtpd_relay_restrictions = defer_unauth_destination\nrelay_domains_reject_code=550",
        "rfirst": "smtpd_relay_before_recipient_restrictions=no\nsmtpd_relay_restrictions = reject_unauth_destination\nsmtpd_recipient_restrictions=check_recipient_access inline:{example.test=REJECT rcpt list}",
        "crd": "smtpd_relay_restrictions = check_relay_domains",
        "okroute": "smtpd_relay_restrictions = check_recipient_access inline:{{example.test=OK}, {rd.test=OK}}, reject_unauth_destination",
        "softb": "soft_bounce=yes\nsmtpd_relay_restrictions = reject_unauth_destination",
    }

    def commands(self, stimulus):
        return ("EHLO client.example.org", "MAIL FROM:<bob@aonly.test>", "RCPT TO:<%s>" % stimulus)


@with_cases
class ClientRestrictions(Rows):
    """Who the client is: for a recipient here, and for one elsewhere."""
    area = "restrictions"
    cost = 30
    dns = DNS
    rows = CLIENT
    main = """
smtpd_error_sleep_time = 0
smtpd_client_connection_count_limit = 0
maps_rbl_domains = rbl.test
rbl_reply_maps=inline:{{rbl2.test=$rbl_code own text $rbl_class $rbl_what $rbl_domain $rbl_txt $client_name $client_address $helo_name $sender $recipient $sender_domain $recipient_domain $sender_name $recipient_name $reverse_client_name $rbl_reason${rbl_reason?; has}}, {rhs.test=521 4.7.1 $rbl_class [$rbl_what] ${rbl_reason?r:$rbl_reason}}}
"""
    services = {
        "uch": "smtpd_client_restrictions = reject_unknown_client_hostname",
        "urch": "smtpd_client_restrictions = reject_unknown_reverse_client_hostname",
        "uchc": "smtpd_client_restrictions = reject_unknown_client_hostname\nunknown_client_reject_code=550",
        "urchc": "smtpd_client_restrictions = reject_unknown_reverse_client_hostname\nunknown_client_reject_code=550",
        "old": "smtpd_client_restrictions = reject_unknown_client",
        "rbl": "smtpd_client_restrictions = reject_rbl_client rbl.test",
        "rblf": "smtpd_client_restrictions = reject_rbl_client rbl2.test=127.0.0.[3;5..9], reject_rbl_client rbl2.test=127.0.0.[2..4]",
        "rblm": "smtpd_client_restrictions = reject_rbl_client multi.test=127.0.0.10",
        "rbl3": "smtpd_client_restrictions = reject_rbl_client rbl3.test",
        "rblfail": "smtpd_client_restrictions = reject_rbl_client rblfail.test",
        "oldrbl": "smtpd_client_restrictions = reject_maps_rbl",
        "oldrbl2": "smtpd_client_restrictions = reject_rbl rbl.test",
        "wl": "smtpd_client_restrictions = permit_dnswl_client wl.test, reject",
        "wlfail": "smtpd_client_restrictions = permit_dnswl_client rblfail.test, reject",
        "rhswl": "smtpd_client_restrictions = permit_rhswl_client rhswl.test, reject",
        "rhsc": "smtpd_client_restrictions = reject_rhsbl_client rhs.test",
        "rhsr": "smtpd_client_restrictions = reject_rhsbl_reverse_client rhs.test",
        "rhsh": "smtpd_client_restrictions = reject_rhsbl_helo rhs.test",
        "rhss": "smtpd_client_restrictions = reject_rhsbl_sender rhs.test",
        "rhsrc": "smtpd_client_restrictions = reject_rhsbl_recipient rhs.test",
        "rblcode": "smtpd_client_restrictions = reject_rbl_client rbl.test\nmaps_rbl_reject_code=450",
        "defrbl": "smtpd_client_restrictions = reject_rbl_client rbl.test\ndefault_rbl_reply=$rbl_code 5.9.9 x $rbl_class; $rbl_what; $rbl_domain",
        "nets": "smtpd_client_restrictions = permit_mynetworks, reject",
        "inif": "smtpd_client_restrictions = permit_inet_interfaces, reject",
        "sasl": "smtpd_client_restrictions = permit_sasl_authenticated, reject",
        "tls": "smtpd_client_restrictions = permit_tls_clientcerts, reject",
        "tlsall": "smtpd_client_restrictions = permit_tls_all_clientcerts, reject",
        "plain": "smtpd_client_restrictions = reject_plaintext_session",
        "plainc": "smtpd_client_restrictions = reject_plaintext_session\nplaintext_reject_code=530",
        "pipe": "smtpd_client_restrictions = reject_unauth_pipelining",
        "unknown": "smtpd_client_restrictions = no_such_thing",
        "noarg": "smtpd_client_restrictions = check_client_access",
        "badtab": "smtpd_client_restrictions = check_client_access foo",
        "cmx": "smtpd_client_restrictions = check_client_mx_access inline:{{192.0.2.45=REJECT}}",
        "cns": "smtpd_client_restrictions = check_client_ns_access inline:{{a.root.test=REJECT}, {ns1.ns.test=REJECT}}",
        "ca": "smtpd_client_restrictions = check_client_a_access inline:{{192.0.2.45=REJECT a}}",
        "ra": "smtpd_client_restrictions = check_reverse_client_hostname_a_access inline:{{192.0.2.45=REJECT a}, {192.0.2.42=REJECT b}}",
        "rmx": "smtpd_client_restrictions = check_reverse_client_hostname_mx_access inline:{{192.0.2.45=REJECT a}, {192.0.2.42=REJECT b}}",
        "rok": "smtpd_client_restrictions = check_reverse_client_hostname_access inline:{{client45.example.org=OK}, {mismatch.example.org=permit}}",
        "defer": "smtpd_client_restrictions = defer",
        "dip": "smtpd_client_restrictions = defer_if_permit",
        "dir": "smtpd_client_restrictions = defer_if_reject, reject",
        "dirp": "smtpd_client_restrictions = defer_if_reject, permit",
        "dipr": "smtpd_client_restrictions = defer_if_permit, reject",
        "dpdr": "smtpd_client_restrictions = defer_if_permit, defer_if_reject, permit",
        "wir": "smtpd_client_restrictions = warn_if_reject reject, warn_if_reject defer, permit",
        "wirdip": "smtpd_client_restrictions = warn_if_reject defer_if_permit, permit",
        "rejt": "smtpd_client_restrictions = reject some text",
        "bare": "smtpd_client_restrictions = inline:{192.0.2.45=REJECT bare}",
        "case": "smtpd_client_restrictions = PERMIT_MYNETWORKS, Reject",
        "codes": "smtpd_client_restrictions = check_client_access inline:{{192.0.2.45=REJECT}, {192.0.2.40=DEFER}}, defer\naccess_map_reject_code=550\naccess_map_defer_code=451\ndefer_code=421",
        "rejcode": "smtpd_client_restrictions = reject\nreject_code=521",
        "rejcode4": "smtpd_client_restrictions = reject\nreject_code=450",
        "badcode": "smtpd_client_restrictions = reject\nreject_code=299",
        "mbounce": "smtpd_client_restrictions = reject_multi_recipient_bounce",
        "foot2": "smtpd_client_restrictions = reject\nsmtpd_reject_footer = second line $client_name\\nthird $$ line",
        "footm": "smtpd_client_restrictions = reject\nsmtpd_reject_footer_maps = regexp:{{/5.7.1/ \\c mapped footer}}\nsmtpd_reject_footer = plain",
        "softb": "smtpd_client_restrictions = reject\nsoft_bounce = yes",
        "mxb": "smtpd_client_restrictions = check_sender_access inline:{bob@bad.example=REJECT insender}, check_recipient_access inline:{alice@example.test=REJECT inrcpt}",
        "lperm": "smtpd_client_restrictions = permit_mynetworks, check_client_access inline:{{192.0.2.45=OK}, {192.0.2.40=123}}, permit\nsmtpd_log_access_permit_actions = static:all",
        "lperm2": "smtpd_client_restrictions = check_client_access inline:{{192.0.2.45=OK}, {192.0.2.40=RELAY}}, permit\nsmtpd_log_access_permit_actions = permit, relay",
    }

    def play(self, service):
        for address, here, elsewhere in self.rows[service]:
            c = self.inst.smtp(self.port[service], address)
            c.ehlo("helo.bad.test")
            self.reply(c.cmd("MAIL FROM:<bob@bad.example>"), "250")
            self.eq(str(c.cmd("RCPT TO:<alice@example.test>")), here, "%s from %s" % (service, address))
            try:
                second = str(c.cmd("RCPT TO:<x@elsewhere.test>"))
            except OSError:
                second = "connection closed"
            self.eq(second, elsewhere, "%s from %s" % (service, address))
            c.close()
