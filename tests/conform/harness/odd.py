"""Settings, tables and rules with odd entries: asked by the cases odd_*.py, and by tests/differential."""

# Transports that deliver nothing, and tell their names in the log.
DISCARDING_AGENTS = "".join("%s unix - - n - - discard\n    -o syslog_name=T/%s\n" % (t, t)
                            for t in ("tdefault", "tlocal", "trelay", "tvirtual", "tspecial"))

ROUTING_MAIN = r"""
mydestination = example.test, mx.example.test, localhost
local_recipient_maps =
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_reject_unlisted_recipient = no
smtpd_error_sleep_time = 0
smtpd_hard_error_limit = 10000
smtpd_junk_command_limit = 10000
default_transport = tdefault
local_transport = tlocal:$myhostname
relay_transport = trelay
virtual_transport = tvirtual
relayhost = [relay.host.test]
maximal_queue_lifetime = 0
bounce_queue_lifetime = 0
notify_classes =
"""

ROUTING_FILES = {
    "senders": r"""
joe@s.test tspecial:byuser
joe+x@s.test tspecial:byext
@d.test tspecial:bydomain
bare tspecial:bare
dunno@s.test DUNNO
dunnolow@s.test dunno
noc@s.test tspecial
colon@s.test tspecial:
<> tspecial:null
null tspecial:nullkey
""",
    "relays": r"""
joe@s.test [user.relay]
joe+x@s.test [ext.relay]:26
@d.test [domain.relay]
bare [bare.relay]
dunno@s.test DUNNO
<> [null.relay]
nullr [nullkey.relay]
""",
    "valias": r"""
c1@a.test c2@a.test
c2@a.test c3@a.test
c3@a.test c4@a.test
c4@a.test c5@a.test
c5@a.test c6@x.test
l3@a.test a@x.test b@x.test c@x.test
l4@a.test a@x.test b@x.test c@x.test d@x.test
l5@a.test a@x.test b@x.test c@x.test d@x.test e@x.test
l6@a.test a@x.test b@x.test c@x.test d@x.test e@x.test f@x.test
long30@a.test aaaaaaaaaaaaaaaaaaaaaa@xx.test
long31@a.test aaaaaaaaaaaaaaaaaaaaaaa@xx.test
dup@a.test a@x.test, a@x.test, A@x.test
two@a.test dup@a.test, a@x.test
loop@a.test loop@a.test, x@x.test
ping@a.test pong@a.test
pong@a.test ping@a.test
grow@a.test grow@a.test grow2@a.test
grow2@a.test grow2@a.test grow3@a.test
ext@a.test e@x.test
@dom.test @x.test
@dom2.test one@x.test
owner-l@a.test o@x.test
l-request@a.test r@x.test
owner@a.test wrong@x.test
l@a.test rightl@x.test
joe-a@a.test exact@x.test
joe@a.test base@x.test
loc al@x.test
empty@a.test ,
""",
    "bcc": r"""
b@x.test copy@x.test
be+x@x.test copyext@x.test
be@x.test copybase@x.test
@bd.test copydom@x.test
bare copybare@x.test
bv@x.test c1@a.test
bl@x.test bare
b2@x.test one@x.test, two@x.test
bu@x.test <angle@x.test>
""",
    "canon": r"""
k@x.test l@x.test
l@x.test m@x.test
m@x.test n@x.test
ring1@x.test ring2@x.test
ring2@x.test ring1@x.test
ke@x.test le@x.test
""",
}

ADDRESS_MAIN = r"""
mydestination = example.test, mx.example.test, localhost.example.test, localhost, both.test
local_recipient_maps =
relay_domains = relay.test
virtual_alias_domains = alias.test, both.test
virtual_alias_maps = texthash:@ETC@/valias
virtual_mailbox_domains = vbox.test
virtual_mailbox_maps = static:x
canonical_maps = texthash:@ETC@/canon
relocated_maps = texthash:@ETC@/relocated
transport_maps = texthash:@ETC@/transport
masquerade_domains = !keep.masq.test masq.test
masquerade_exceptions = root
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_reject_unlisted_recipient = no
smtpd_recipient_limit = 5000
smtpd_junk_command_limit = 10000
smtpd_hard_error_limit = 100000
smtpd_soft_error_limit = 100000
smtpd_error_sleep_time = 0
recipient_delimiter = +
header_size_limit = 10000000
message_drop_headers =
qmgr_message_recipient_limit = 100000
always_add_missing_headers = no
local_header_rewrite_clients = permit_mynetworks
maximal_queue_lifetime = 0
bounce_queue_lifetime = 0
default_transport = tdefault
local_transport = tlocal:$myhostname
relay_transport = trelay
virtual_transport = tvirtual
relayhost = [relay.host.test]:25
notify_classes =
"""

ADDRESS_FILES = {
    "valias": r"""
known@alias.test    kn@host.test
list@alias.test     one@host.test, two@relay.test  three
list                bare@host.test
a@chain.test        b@chain.test
b@chain.test        c@chain.test
c@chain.test        d@host.test
loop1@alias.test    loop2@alias.test
loop2@alias.test    loop1@alias.test
self@alias.test     self@alias.test, other@host.test
ext+one@alias.test  exact@host.test
ext@alias.test      base@host.test
bare                shown@host.test
""",
    "canon": r"""
canon@host.test     changed@host.test
can@x.test          "quo ted"@x.test
"can on"@host.test  quoted.ok@host.test
canon               local.changed
@candom.test        @newdom.test
multi@canon.test    one@host.test, two@host.test
nodom@canon.test    plain
quoted@canon.test   "a b"@host.test
angle@canon.test    <angled@host.test>
comment@canon.test  com@host.test (comment)
route@canon.test    @r.test:joe@host.test
pct@canon.test      joe%host.test
""",
    "relocated": r"""
moved@example.test  new@place.test
moved2@host.test    new place for two
@gone.test          somewhere
moved               bare name
""",
    "transport": r"""
u@trans.test        tspecial:u.next
u+x@trans.test      tspecial:ux.next
v@trans.test        :v.next
trans.test          tspecial
sub.trans.test      tspecial:[sub]:25
.dot.test           tspecial:dotted
a.b.dot.test        :exact
colon.test          :
t.test              tspecial:
nh.test             :nh
err.test            error:
errtext.test        error:5.1.9 no such place
noc.test            tspecial
spaces.test         tspecial:with spaces here
""",
}

PATTERN_RULES = {
    "regexp": r"""
/^a$/ plain
/^b(.)(.)$/ $1-$2-${1}-$(2)-$$
/^C$/i case
/^c$/ nocase
!/x/ notx
if /^x/
/^xa/ xa
!/^xb/ notxb
endif
/xbc/m m
""",
    "pcre": r"""
/^a$/ plain
/^b(.)(.)$/ $1-$2-${1}-$(2)-$$
/^C$/i case
/^c$/ nocase
/^d.e$/s dot
/^f.g$/ dotall
/^ h i $/x extended
/j$/E end
/k$/ end2
/l/A anchored
/^m+m$/U ungreedy
/^n(?<name>.)$/ named $1
/(o)?(p)?q$/ opt[$1][$2]
if !/^x/
/y/ y
endif
""",
}
