"""Odd addresses in headers, in the envelope, and where they are sent."""
import re

from harness.odd import ADDRESS_FILES, ADDRESS_MAIN, DISCARDING_AGENTS
from recorder import Recorder

LOCAL = r"""
joe
joe@
joe@host
joe@host.
joe@host..
joe@host.test
joe@host.test.
joe@host.test..
joe@.
joe@..
joe@.host.test
joe@host..test
@
@@
@host.test
@host
joe@@host.test
joe@a@host.test
joe@a.test@b.test
joe%host
joe%host.test
joe%host.test.
%host.test
joe%
%
joe%a%b
joe%a.test%b.test
joe%a@b.test
joe%a.test@host.test
joe%a.test@example.test
joe%a.test@mx.example.test
joe%@example.test
joe@a.test%b.test
host!joe
host.test!joe
host.test.!joe
!joe
host!
!
a!b!joe
a.test!b.test!joe
a!joe@b.test
a.test!joe@example.test
a.test!joe%b.test
a.test!joe%b.test@example.test
joe%b.test!x
joe@b.test!x
joe!
@a.test:joe@b.test
@a.test:joe
@a.test,@b.test:joe@c.test
@a.test,b.test:joe@c.test
@a.test:
@a.test:@b.test
@a:joe@b
@a.test,@b.test
a.test:joe@b.test
"joe"
"joe"@host.test
"joe doe"
"joe doe"@host.test
"joe@a.test"
"joe@a.test"@host.test
"joe@a.test"@example.test
"joe@a.test"@mx.example.test
"joe%a.test"@example.test
"joe%a.test"@host.test
"a.test!joe"@example.test
"a.test!joe"@host.test
"@a.test:joe"@example.test
"joe\"x"@host.test
"joe\\x"@host.test
"joe\ x"@host.test
"joe\x"@host.test
""@host.test
""
""@example.test
" "@host.test
"joe."@host.test
".joe"@host.test
"jo..e"@host.test
joe.@host.test
.joe@host.test
jo..e@host.test
.@host.test
..@host.test
"joe".doe@host.test
joe."doe"@host.test
"joe"."doe"@host.test
"joe""doe"@host.test
"joe" doe@host.test
joe doe@host.test
joe . doe@host.test
joe @ host . test
joe@ host.test
joe @host.test
joe\@a@host.test
joe\ doe@host.test
\joe@host.test
\joe
\
joe\
"joe
joe"
joe"@host.test
"joe@host.test
jo"e@host.test
jo"e"@host.test
joe@"host.test"
joe@"host test"
joe@[1.2.3.4]
joe@[127.0.0.1]
joe@[127.0.0.1].
joe@[ipv6:::1]
joe@[IPv6:::1]
joe@[IPv6:2001:db8::1]
joe@[::1]
joe@[2001:db8::1]
joe@[1.2.3]
joe@[1.2.3.4.5]
joe@[1.2.3.400]
joe@[]
joe@[
joe@[x]
joe@[host.test]
joe@[1.2.3.4
joe@1.2.3.4]
joe@[1.2.3.4]x
joe@[1.2.3.4].test
joe@x[1.2.3.4]
joe@[1\.2.3.4]
joe@[ 1.2.3.4 ]
joe@[1.2.3.4][5.6.7.8]
joe@1.2.3.4
joe@127.0.0.1
joe@1.2.3
joe@12345
joe@::1
joe@IPv6:::1
joe@host_x.test
joe@_host.test
joe@-host.test
joe@host-.test
joe@ho--st.test
joe@host.-test
joe@xn--bcher-kva.test
joe@host.test:25
joe@host.test/x
joe@ho*st.test
joe@host,test
joe@host;test
joe@host(c).test
joe(c)@host.test
(c)joe@host.test
joe@host.test(c)
joe (c) @ (d) host.test (e)
(c)
(c (d) e) joe@host.test
(unclosed joe@host.test
joe@host.test (unclosed
joe)@host.test
)joe@host.test
joe+ext@host.test
joe-ext@host.test
+ext@host.test
joe+@host.test
JOE@HOST.TEST
Joe@Host.Test
JOE@EXAMPLE.TEST
joe@Mx.Example.Test
joe@localhost
joe@localhost.
joe@LOCALHOST
joe@example.test
joe@example.test.
joe@example.test..
joe@.example.test
joe@sub.example.test
postmaster
Postmaster@example.test
MAILER-DAEMON
mailer-daemon@host.test
mailer-daemon@example.test
MAILER-DAEMON@EXAMPLE.TEST
double-bounce
double-bounce@example.test
-joe@host.test
-joe
--
joe'x@host.test
joe/x=y@host.test
joe#x$&*@host.test
joe|cat@host.test
|cat
/tmp/file
:include:/tmp/x
joe`id`@host.test
joe{x}@host.test
joe^~@host.test
joe?@host.test
joe,ann@host.test
joe;ann@host.test
joe:ann@host.test
joe<ann@host.test
joe>ann@host.test
<joe@host.test
joe@host.test>
<joe@host.test>
<<joe@host.test>>
<joe@host.test>x
x<joe@host.test>
<>
< >
<@>
<joe>
< joe @ host.test >
joe@host.test ann@host.test
joe ann
joe, ann
joe,,ann
,joe
joe,
,
;
:
.
..
joe.
.joe
jo..e
user@aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg.test
user@aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg.test
aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg@host.test
aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggg@host.test
jöe@host.test
joe@höst.test
jöe@höst.test
joe@HÖST.test
joe@例え.test
=?utf-8?q?j=C3=B6e?=@host.test
joe=ann@host.test
""joe@host.test
"joe"@
@"joe"
"@"
"%"
"!"
"@"@host.test
"joe@"@example.test
"@host.test"@example.test
"joe@a.test@b.test"@example.test
"joe%a.test%b.test"@example.test
"a!b!joe"@example.test
"\"joe@a.test\""@example.test
"joe@a.test."@example.test
"joe@example.test"@example.test
joe%example.test@example.test
joe@example.test@example.test
joe%example.test%mx.example.test
example.test!joe@example.test
mx.example.test!joe
joe@host.test%example.test
joe%host.test@[127.0.0.1]
joe@host.test@[127.0.0.1]
joe@[127.0.0.1]@host.test
@example.test:joe@host.test
@host.test:joe@example.test
@example.test:joe%host.test@example.test
joe@a.alias.test
joe@alias.test
known@alias.test
joe@vbox.test
known@vbox.test
joe@sub.vbox.test
joe@relay.test
joe@sub.relay.test
joe@a.b.relay.test
joe@both.test
u@trans.test
u+x@trans.test
v@trans.test
x@trans.test
x@sub.trans.test
x@a.sub.trans.test
x@dot.test
x@a.dot.test
x@a.b.dot.test
x@colon.test
x@t.test
x@nh.test
x@err.test
x@errtext.test
x@noc.test
x@spaces.test
"u"@trans.test
"u v"@trans.test
U@TRANS.TEST
moved@example.test
moved+x@example.test
moved@host.test
moved@relay.test
any@gone.test
moved2@host.test
moved2+x@host.test
canon@host.test
canon+x@host.test
canon@EXAMPLE.test
Canon@Host.Test
"canon"@host.test
"can on"@host.test
canon
canon+x
canon@example.test
canon@mx.example.test
canon@[127.0.0.1]
canon@localhost
bare@example.test
bare+x@example.test
bare@host.test
x@candom.test
x+y@candom.test
"x y"@candom.test
x@sub.candom.test
list@alias.test
list+x@alias.test
a@chain.test
loop1@alias.test
self@alias.test
ext+one@alias.test
ext+two@alias.test
multi@canon.test
nodom@canon.test
quoted@canon.test
angle@canon.test
comment@canon.test
route@canon.test
pct@canon.test
""".strip("\n").split("\n")

HEADERS = r"""
Joe Doe <joe@host.test>
Joe <joe>
"Joe Doe" <joe>
Joe. Doe <joe>
Joe (c) Doe <joe>
(c) Joe <joe> (d)
<joe> (d)
joe (Joe Doe)
joe (Joe Doe), ann (Ann)
joe(Joe),ann(Ann)
Joe<joe>
Joe  Doe   <joe>
=?utf-8?q?J=C3=B6e?= <joe>
=?utf-8?b?SsO2ZQ==?= =?utf-8?b?SsO2ZQ==?= <joe>
Jöe <joe>
friends: joe, ann;
friends: joe, ann; , bob
friends:;
friends: ;, joe
friends: Joe <joe>, "Ann" <ann>;
friends:joe
"my friends": joe;
my friends : joe, ann ;
a: joe; b: ann;
undisclosed-recipients:;
joe, ann, bob@x.test
joe,ann,bob
joe , ann
joe;ann
joe; ann
joe ann
joe@x.test ann@y.test
Joe Doe joe@x.test
<joe>, <ann>
<joe> <ann>
<joe><ann>
Joe <joe> Doe
Joe <joe>, Ann <ann>
Joe <joe
Joe <joe, Ann <ann>
Joe joe>
Joe <joe>>
<@a.test:joe>
<@a.test,@b.test:joe@c.test>
@a.test:joe@b.test
@a.test:joe
<joe (comment)>
<joe@host (comment)>
<(comment) joe>
Joe <"joe doe">
Joe <"joe doe"@host>
Joe <joe doe>
Joe <joe doe@host.test>
Joe <>
<>
<> (none)
()
(just a comment)
"just a phrase"
"just a phrase" <
,
, joe
joe,
joe,,ann
,,joe,,
;
:
:;
:joe
joe:
<joe:ann>
joe <joe@x>, ann (x) , "b" <c>
"Joe \"The\" Doe" <joe>
"Joe, Doe" <joe>
Joe, Doe <joe>
"unclosed <joe>
joe (unclosed
(unclosed <joe>
joe \(x\)
Joe \<joe\>
j\oe
Joe [x] <joe>
[x] joe
joe@[1.2.3.4]
<joe@[1.2.3.4]>
joe [1.2.3.4]
joe@[1.2.3.4
a@b, c@d e@f
a@b (c) (d) (e)
a (b) @ (c) d
a . b @ c . d
"a" . "b" @ c
a.b.c
a..b
joe@host.
joe@host.test.
Joe <joe@host.test.>
joe%host (x)
host!joe (x)
Joe <joe%host>
Joe <host!joe>
Joe <a!b!joe>
Joe <joe@a@b>
Joe <joe@@b>
Joe <@>
Joe <joe@>
Joe <@host>
<joe>;
<joe>:
joe@host.test,ann@host.test
joe@host.test,	ann
joe@host.test,  ann
a@b  ,  c
Joe Doe  <joe@x.test>,Ann <ann>
aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@host.test, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb@host.test, c
aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb cccccccccccccccccccccc ddddddd <joe>
a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z
joe@host.test, (c), ann
joe, (c) ann
(a) joe (b), (c) ann (d)
(a)(b)joe
joe (a (b) c)
joe (a \) b)
joe (a " b)
"a (b) c" <joe>
canon@host.test
<canon@host.test>
Joe <canon@host.test> (x)
canon@host.test (Joe Doe)
Joe <canon@host.test>, ann@host.test
friends: canon@host.test, ann@host.test;
Joe Q. Public <canon@host.test>
"canon"@host.test
Canon+Ext@host.test
=?x?q?a?= <canon@host.test>
mas@a.masq.test
Joe <mas@a.masq.test>
root@a.masq.test
mas@keep.masq.test
mas@a.keep.masq.test
mas@masq.test
mas@xmasq.test
mas@MASQ.test
mas@A.Masq.Test
joe ""
"" joe
"" <joe>
"a""b" <joe>
a"b"c <joe>
'joe' <joe>
'Joe Doe' <joe@x>
joe@x.test (Joe) <ann@x.test>
joe@x.test <ann>
"joe@x.test" <ann>
joe@x.test "Ann" <ann>
mailto:joe@x.test
<mailto:joe@x.test>
<http://x.test/>
joe at x.test
joe AT x.test
a b c
a b <c> d e
a,b c,d
a=b
a/b/c
*
*@host
?
~
|cmd
"|cmd arg"
/file
:include:/x
@
@@
%
!
""
" "
\
.
""@host
joe@""
joe@"host"
<"">
< >
<joe >
< joe>
<joe	>
joe@ö.test
<joe@ö>
jöe
""".strip("\n").split("\n")


class Addresses(Recorder):
    area = "addresses"
    cost = 60
    timeout = 300
    main = ADDRESS_MAIN
    master = DISCARDING_AGENTS
    files = ADDRESS_FILES
    headers = HEADERS + LOCAL
    envelope = LOCAL


    def header_test(self, name, sendmail=False):
        # Through the content of one message to a queue on hold: what cleanup wrote.
        text = "".join("X-Number: %d\n%s: %s\n" % (i, name, h) for i, h in enumerate(self.headers))
        t = self.token()
        c = self.inst.smtp()
        c.greet()
        c.ehlo()
        c.cmd("MAIL FROM:<s@host.test> SMTPUTF8")
        c.cmd("RCPT TO:<hold@host.test>")
        r = c.data(text + "Subject: %s\n\nbody\n" % t)
        self.reply(r, "250")
        m = re.search("queued as (\\w+)", str(r))
        out = self.inst.run("postcat", "-hq", m.group(1)).out
        parts = re.split(r"(?m)^X-Number: (\d+)\n", out)
        for i in range(1, len(parts) - 1, 2):
            n = int(parts[i])
            got = parts[i + 1] if n + 1 < len(self.headers) else parts[i + 1].split("Subject:")[0]
            self.record(self.headers[n], got)

    def setup(self):
        self.inst.set(header_checks="regexp:{{/^Subject: t/ HOLD}}")

    def test_to(self):
        self.header_test("To")

    def test_from(self):
        self.header_test("From")

    def envelope_test(self):
        c = self.inst.smtp()
        c.greet()
        c.ehlo()
        ids = {}
        for n, a in enumerate(self.envelope):
            r = c.cmd("MAIL FROM:<%s> SMTPUTF8" % a)
            self.record("MAIL " + a, str(r))
            if r.code == 421:
                c = self.inst.smtp()
                c.greet()
                c.ehlo()
                continue
            if r.code != 250:
                c.cmd("RSET")
                r = c.cmd("MAIL FROM:<s%d@host.test> SMTPUTF8" % n)
            r = c.cmd("RCPT TO:<%s>" % a)
            self.record("RCPT " + a, str(r))
            if r.code != 250:
                c.cmd("RSET")
                continue
            r = c.data("Subject: x\n\nbody\n")
            if r.code != 250:
                self.record("DATA " + a, str(r))
                continue
            ids[re.search("queued as (\\w+)", str(r)).group(1)] = a
        c.quit()
        last = list(ids)[-1]
        self.log(r"\b%s: removed" % last, timeout=60)
        for qid in ids:
            self.log(r"\b%s: (removed|.*status=deferred)" % qid, timeout=20)
        log = self.inst.log_text(self.since)
        lines = {}
        for line in log.splitlines():
            m = re.search(r" (\S+)\[\d+\]: (\w+): (.*)", line)
            if m and m.group(2) in ids:
                lines.setdefault(m.group(2), []).append((m.group(1), m.group(3)))
        for qid, a in ids.items():
            sender = [re.search("from=<(.*)>, size", t).group(1) for p, t in lines[qid] if t.startswith("from=<")]
            self.record("sender " + a, sender[:1])
            routes = []
            for program, text in lines[qid]:
                m = re.match(r"(to=<.*>), relay=.*, (dsn=[\d.]+, status=.*)", text)
                if m:
                    routes.append("%s %s %s" % (program, m.group(1), m.group(2)))
                elif "non-delivery notification" in text:
                    routes.append("%s returned" % program)
                elif not text.startswith(("from=<", "client=", "message-id=", "removed")):
                    routes.append("%s %s" % (program, text))
            self.record("route " + a, sorted(re.sub(r"postrider|postfix", "postfix", r) for r in routes))

    def test_envelope(self):
        self.envelope_test()

    def test_warnings(self):
        warnings = set()
        for line in self.inst.log_text().splitlines():
            m = re.search(r"/([\w-]+)\[\d+\]: (?:\w+: )?(warning: .*)", line)
            if m and "do not list" in m.group(2):
                warnings.add(m.group(1) + " " + m.group(2))
        self.record("warnings", sorted(warnings))


class Strict(Addresses):
    """Every operator switched the other way."""
    main = ADDRESS_MAIN + r"""
swap_bangpath = no
allow_percent_hack = no
append_dot_mydomain = yes
resolve_null_domain = yes
resolve_numeric_domain = yes
resolve_dequoted_address = no
allow_min_user = yes
strict_mailbox_ownership = yes
"""


class Remote(Addresses):
    main = ADDRESS_MAIN + r"""
local_header_rewrite_clients =
remote_header_rewrite_domain = remote.invalid
masquerade_domains = test
parent_domain_matches_subdomains = transport_maps
recipient_delimiter = +-
append_dot_mydomain = yes
relayhost =
"""


class Untouched(Addresses):
    main = ADDRESS_MAIN + r"""
local_header_rewrite_clients =
strict_rfc821_envelopes = yes
append_at_myorigin = no
propagate_unmatched_extensions =
"""
