"""Rows about local(8) and pipe(8): an entry of a list, and what becomes of the mail."""
import os

from harness.flow import Flow

ALIASES = r"""
postmaster: alice
mailer-daemon: postmaster
empty1: ""
empty2: <>
emptyc: ,
emptyp: ()
at1: alice@
at2: "@example.test"
atip: alice@[127.0.0.1]
atlocal: alice@localhost
phrase: A B <alice@x.test>
phrase2: "A, B" <alice>
trail: "|cat >/dev/null" arg
devnull: /dev/null
devnull2: "/dev/null"
inc0: ":include:"
incq2: ":include:@ETC@/inc sp"
foobar: :foo:bar
colon: alice:bob
group: friends: alice, bob;
dcomma: alice,,bob
dcomma2: , alice ,
bslat: \alice@example.test
bslext: \alice+x
bsl2: \\alice
bslx: \nosuch
til: "~"
tils: ~/
tilr: ~root/x
qpipe: "|cmd"@example.test
dots: a..b, .a, a.
spaceq: "alice bob"
qalice: "alice"
qat: "alice@example.test"
comment: alice (comment)
comment2: (comment) alice
dup: alice, alice, Alice, ALICE@example.test, alice@mx.example.test
dupext: alice+a, alice+b, alice
dupfile: @DIR@/out/f, @DIR@/out/f
dupcmd: "|echo x >> @DIR@/out/c", "|echo x >> @DIR@/out/c"
dupmd: @DIR@/out/md/, @DIR@/out/md/
dupremote: ext@x.test, EXT@x.test, ext@X.test
dupinc: :include:@ETC@/l1, :include:@ETC@/l1
dupvia: via1, via2
self: self
selfext: selfext+a
selfother: selfother, alice
selfcase: SELFCASE
self2: \self2
baddom: alice@a..b
percent: alice%x.test
bang: x.test!alice
route: <@a.test:alice@x.test>
upper: ALICE@EXAMPLE.TEST
uncmd: |cat > /dev/null
uncmd2: |/bin/true arg
mixed: alice, ext@x.test, @DIR@/out/mx, "|cat > @DIR@/out/mc", nosuch
via1: bob
via2: bob
"""


class AliasEntries(Flow):
    """What an alias may say."""
    area = "local"
    cost = 15
    timeout = 200
    main = Flow.main_base
    maps = {"aliases": ALIASES}
    files = {"l1": "alice\nbob", "inc sp": "alice\n"}
    flow = r"""
== null-address empty1
    > alice 2.0.0 sent delivered to maildir
== nobody empty2
    > empty2 4.3.0 deferred alias database unavailable
== only-a-comma emptyc
    > emptyc 4.3.0 deferred alias database unavailable
== only-a-comment emptyp
    > emptyp 4.3.0 deferred alias database unavailable
== no-domain at1
    > at1 5.1.3 bounced bad recipient address syntax: alice@
== quoted-address at2
    > alice 2.0.0 sent delivered to maildir
== own-literal atip
    > alice@[127.0.0.1] 2.0.0 sent delivered to maildir
== localhost atlocal
    > alice@localhost 2.0.0 sent delivered to maildir
== display-name phrase
    > phrase 2.0.0 sent forwarded as
== quoted-display-name phrase2
    > alice 2.0.0 sent delivered to maildir
== word-behind-a-command trail
    > trail 2.0.0 sent delivered to command: cat >/dev/null
    > arg 5.1.1 bounced unknown user: "arg"
== dev-null devnull
    > devnull 2.0.0 sent delivered to file: /dev/null
== dev-null-quoted devnull2
    > devnull2 2.0.0 sent delivered to file: /dev/null
== include-nothing inc0
    > inc0 5.3.5 bounced mail system configuration error
== include-quoted-whole incq2
    > incq2 2.0.0 sent forwarded as
    > alice 2.0.0 sent delivered to maildir
== colons foobar
    > ":foo:bar" 5.1.1 bounced unknown user: ":foo:bar"
== colon-in-a-name colon
    > "alice:bob" 5.1.1 bounced unknown user: "alice:bob"
== group group
    > alice 2.0.0 sent delivered to maildir
    > bob 2.0.0 sent delivered to maildir
== two-commas dcomma
    > alice 2.0.0 sent delivered to maildir
    > bob 2.0.0 sent delivered to maildir
== commas-around dcomma2
    > alice 2.0.0 sent delivered to maildir
== backslash-and-domain bslat
    > alice 2.0.0 sent delivered to maildir
== backslash-and-extension bslext
    > alice+x 2.0.0 sent delivered to maildir
== two-backslashes bsl2
    > alice 2.0.0 sent delivered to maildir
== backslash-and-unknown-user bslx
    > nosuch 5.1.1 bounced unknown user: "nosuch"
== tilde-alone til
    > til 5.3.5 bounced mail system configuration error
== tilde-slash tils
    > tils 5.3.5 bounced mail system configuration error
== tilde-of-another tilr
    > tilr 5.3.5 bounced mail system configuration error
== command-with-a-domain qpipe
    > qpipe 5.3.0 bounced Command died with status 127: "cmd@example.test"
== odd-dots dots
    > "a..b" 5.1.1 bounced unknown user: "a..b"
    > ".a" 5.1.1 bounced unknown user: ".a"
    > "a." 5.1.1 bounced unknown user: "a."
== space-in-quotes spaceq
    > "alice\sbob" 5.1.1 bounced unknown user: "alice bob"
== quoted-name qalice
    > alice 2.0.0 sent delivered to maildir
== quoted-with-domain qat
    > alice 2.0.0 sent delivered to maildir
== comment-behind comment
    > alice 2.0.0 sent delivered to maildir
== comment-before comment2
    > alice 2.0.0 sent delivered to maildir
== one-user-five-times dup
    > alice 2.0.0 sent delivered to maildir
== one-user-with-extensions dupext
    > alice+a 2.0.0 sent delivered to maildir
    > alice+b 2.0.0 sent delivered to maildir
    > alice 2.0.0 sent delivered to maildir
== one-file-twice dupfile
    > dupfile 2.0.0 sent delivered to file: @DIR@/out/f
== one-command-twice dupcmd
    > dupcmd 2.0.0 sent delivered to command: echo x >> @DIR@/out/c
== one-maildir-twice dupmd
    > dupmd 2.0.0 sent delivered to maildir
== one-remote-address-thrice dupremote
    > dupremote 2.0.0 sent forwarded as
== one-list-twice dupinc
    > dupinc 2.0.0 sent forwarded as
    > alice 2.0.0 sent delivered to maildir
    > bob 2.0.0 sent delivered to maildir
== one-user-by-two-ways dupvia
    > bob 2.0.0 sent delivered to maildir
== itself self
    > self 5.1.1 bounced unknown user: "self"
== itself-with-extension selfext
    > selfext+a 5.1.1 bounced unknown user: "selfext"
== itself-and-another selfother
    > selfother 5.1.1 bounced unknown user: "selfother"
    > alice 2.0.0 sent delivered to maildir
== itself-in-capitals selfcase
    > SELFCASE 5.1.1 bounced unknown user: "selfcase"
== itself-with-backslash self2
    > self2 5.1.1 bounced unknown user: "self2"
== bad-domain baddom
    > baddom 5.1.3 bounced bad recipient address syntax: alice@a..b
== percent percent
    > percent 2.0.0 sent forwarded as
== bang bang
    > bang 2.0.0 sent forwarded as
== source-route route
    > route 2.0.0 sent forwarded as
== capitals upper
    > ALICE@EXAMPLE.TEST 2.0.0 sent delivered to maildir
== unquoted-command-and-file uncmd
    > uncmd 2.0.0 sent delivered to command: cat
    > uncmd 2.0.0 sent delivered to file: /dev/null
== unquoted-command-and-word uncmd2
    > uncmd2 2.0.0 sent delivered to command: /bin/true
    > arg 5.1.1 bounced unknown user: "arg"
== everything mixed
    > alice 2.0.0 sent delivered to maildir
    > mixed 2.0.0 sent delivered to file: @DIR@/out/mx
    > mixed 2.0.0 sent delivered to command: cat > @DIR@/out/mc
    > nosuch 5.1.1 bounced unknown user: "nosuch"
    > mixed 2.0.0 sent forwarded as
"""


class ListFiles(Flow):
    """:include: files."""
    area = "local"
    cost = 5
    main = Flow.main_base
    maps = {"aliases": "postmaster: alice\nlw: :include:@DIR@/out/lw\nrel: :include:@ETC@/rel\n"}
    files = {"rel": ":include:l1\n:include:@ETC@/l1\n", "l1": "alice\nbob"}
    flow = r"""
== carriage-returns lw
    put out/lw alice\r\nbob\r\n
    > alice 2.0.0 sent delivered to maildir
    > bob 2.0.0 sent delivered to maildir
== indented lw
    put out/lw \talice\n  bob\n
    > alice 2.0.0 sent delivered to maildir
    > bob 2.0.0 sent delivered to maildir
== no-newline-at-the-end lw
    put out/lw alice
    > alice 2.0.0 sent delivered to maildir
== alias-syntax lw
    put out/lw alice: bob\n
    > "alice:bob" 5.1.1 bounced unknown user: "alice:bob"
== forms-of-addresses lw
    put out/lw "alice bob", A B <carol@example.test>, (c) dave\n
    > carol 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > "alice\sbob" 5.1.1 bounced unknown user: "alice bob"
== backslash-before-the-line-end lw
    put out/lw alice\\\nbob\n
    > "alice\s" 5.1.1 bounced unknown user: "alice "
    > bob 2.0.0 sent delivered to maildir
== a-link lw
    put out/real alice\n
    link out/lw @DIR@/out/real
    > alice 2.0.0 sent delivered to maildir
== of-a-user lw
    put out/lw owner=bob alice\n|true\n/x\n
    > lw 5.7.1 bounced mail to command is restricted
    > lw 5.7.1 bounced mail to file is restricted
    > alice 2.0.0 sent delivered to maildir
== list-in-a-list rel
    > rel 5.3.5 bounced mail system configuration error
    > alice 2.0.0 sent delivered to maildir
    > bob 2.0.0 sent delivered to maildir
    warn :include:l1 uses a relative path
"""


class ForwardEntries(Flow):
    """What a line of a .forward file may say."""
    area = "local"
    cost = 20
    timeout = 200
    main = Flow.main_base
    flow = r"""
== command-semicolon erin
    put ~erin/.forward |cat;true\n
    > erin 2.0.0 sent delivered to command: cat
    > erin 2.0.0 sent forwarded as
    > true 5.1.1 bounced unknown user: "true"
== command-angle erin
    put ~erin/.forward |cat<x\n
    > erin 5.3.0 bounced Command died with status 2: "cat<x"
== file-colon erin
    put ~erin/.forward @DIR@/out/a:b\n
    > erin 2.0.0 sent delivered to file: @DIR@/out/a:b
== file-comment erin
    put ~erin/.forward @DIR@/out/a(b)c\n
    > erin 2.0.0 sent delivered to file: @DIR@/out/a
    > erin 2.0.0 sent forwarded as
    > c 5.1.1 bounced unknown user: "c"
== file-at erin
    put ~erin/.forward @DIR@/out/a@b\n
    > erin 2.0.0 sent delivered to file: @DIR@/out/a@b
== command-bang erin
    put ~erin/.forward |a!b\n
    > erin 5.3.0 bounced Command died with status 127: "a!b"
== file-bracket erin
    put ~erin/.forward @DIR@/out/a[b]c\n
    > erin 2.0.0 sent delivered to file: @DIR@/out/a
    > erin 2.0.0 sent forwarded as
    > "[b]" 5.1.1 bounced unknown user: "[b]"
    > c 5.1.1 bounced unknown user: "c"
== home-file-semicolon erin
    put ~erin/.forward ~/a;b\n
    > erin 2.0.0 sent delivered to file: @HOME@/erin/a
    > erin 2.0.0 sent forwarded as
    > b 5.1.1 bounced unknown user: "b"
== command-backslash-space erin
    put ~erin/.forward |a\\ b\n
    > erin 5.3.0 bounced Command died with status 127: "a b"
== file-quote erin
    put ~erin/.forward @DIR@/out/a"b"c\n
    > erin 2.0.0 sent delivered to file: @DIR@/out/a
    > erin 2.0.0 sent forwarded as
    > b 5.1.1 bounced unknown user: "b"
    > c 5.1.1 bounced unknown user: "c"
== file-greater erin
    put ~erin/.forward @DIR@/out/a>b\n
    > erin 2.0.0 sent delivered to file: @DIR@/out/a
    > erin 2.0.0 sent forwarded as
    > b 5.1.1 bounced unknown user: "b"
== command-pipe erin
    put ~erin/.forward |a|b\n
    > erin 5.3.0 bounced Command died with status 127: "a|b".
== file-percent erin
    put ~erin/.forward @DIR@/out/a%b\n
    > erin 2.0.0 sent delivered to file: @DIR@/out/a%b
== include-semicolon erin
    put ~erin/.forward :include:/etc/x;y\n
    > erin 5.2.0 bounced cannot append message to file /etc/x: cannot create file exclusively: Permission denied
    > erin 2.0.0 sent forwarded as
    > y 5.1.1 bounced unknown user: "y"
== quote-in-quotes erin
    put ~erin/.forward "a\\"b"\n
    > erin 2.0.0 sent forwarded as
    > "a\"b" 5.1.1 bounced unknown user: "a"b"
== backslash-in-quotes erin
    put ~erin/.forward "a\\\\b"\n
    > erin 2.0.0 sent forwarded as
    > "a\\b" 5.1.1 bounced unknown user: "a\b"
== literal erin
    put ~erin/.forward [1.2.3.4]\n
    > erin 2.0.0 sent forwarded as
    > "[1.2.3.4]" 5.1.1 bounced unknown user: "[1.2.3.4]"
== literal-domain erin
    put ~erin/.forward bob@[1.2.3.4]\n
    > erin 2.0.0 sent forwarded as
== two-in-angles erin
    put ~erin/.forward <bob> <carol>\n
    > erin 2.0.0 sent forwarded as
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
== two-comments erin
    put ~erin/.forward bob (x) (y)\n
    > erin 2.0.0 sent forwarded as
    > bob 2.0.0 sent delivered to maildir
== quoted-local-parts erin
    put ~erin/.forward "x"."y"@x.test\n
    > erin 2.0.0 sent forwarded as
== spaces-around-dots erin
    put ~erin/.forward x . y @ x.test\n
    > erin 2.0.0 sent forwarded as
== phrase-in-quotes erin
    put ~erin/.forward "a b" <bob@x.test>\n
    > erin 2.0.0 sent forwarded as
== quoted-backslash erin
    put ~erin/.forward "\\bob"\n
    > erin 2.0.0 sent forwarded as
    > bob 2.0.0 sent delivered to maildir
== quoted-two-backslashes erin
    put ~erin/.forward "\\\\bob"\n
    > bob 2.0.0 sent delivered to maildir
== quoted-four-backslashes erin
    put ~erin/.forward "\\\\\\\\erin"\n
    > "\\erin" 5.1.1 bounced unknown user: "\erin"
== backslash-self erin
    put ~erin/.forward \\\\erin\n
    > erin 2.0.0 sent delivered to maildir
== backslash-angle erin
    put ~erin/.forward \\<erin>\n
    > erin 2.0.0 sent forwarded as
    > "<erin" 5.1.1 bounced unknown user: "<erin"
== backslash-in-angles erin
    put ~erin/.forward Erin <\\erin>\n
    > erin 2.0.0 sent delivered to maildir
== backslash-in-a-comment erin
    put ~erin/.forward erin (\\bob)\n
    > erin 2.0.0 sent delivered to maildir
== self-three-ways erin
    put ~erin/.forward \\erin, \\erin+x, erin\n
    > erin 2.0.0 sent delivered to maildir
    > erin+x 2.0.0 sent delivered to maildir
== backslash-extension erin
    put ~erin/.forward \\erin+x\n
    > erin+x 2.0.0 sent delivered to maildir
== backslash-capitals erin
    put ~erin/.forward \\ERIN\n
    > ERIN 2.0.0 sent delivered to maildir
== command-then-word erin
    put ~erin/.forward "|cat > /dev/null" bob\n
    > erin 2.0.0 sent delivered to command: cat > /dev/null
    > erin 2.0.0 sent forwarded as
    > bob 2.0.0 sent delivered to maildir
== command-then-word-at-once erin
    put ~erin/.forward "|cat > /dev/null"bob\n
    > erin 2.0.0 sent delivered to command: cat > /dev/null
    > bob 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
== two-commands erin
    put ~erin/.forward "|a", "|b"\n
    > erin 5.3.0 bounced Command died with status 127: "a"
    > erin 5.3.0 bounced Command died with status 127: "b"
== command-comma erin
    put ~erin/.forward |cat,true\n
    > erin 2.0.0 sent delivered to command: cat
    > erin 2.0.0 sent forwarded as
    > true 5.1.1 bounced unknown user: "true"
== command-with-a-comma erin
    put ~erin/.forward "|echo a, b >/dev/null"\n
    > erin 2.0.0 sent delivered to command: echo a, b >/dev/null
== command-greater-file erin
    put ~erin/.forward "|true" > /dev/null\n
    > erin 2.0.0 sent delivered to command: true
    > erin 2.0.0 sent delivered to file: /dev/null
== comment-command erin
    put ~erin/.forward (c) |true\n
    > erin 2.0.0 sent delivered to command: true
== comment-file erin
    put ~erin/.forward (c) /dev/null\n
    > erin 2.0.0 sent delivered to file: /dev/null
== semicolon-behind erin
    put ~erin/.forward bob;\n
    > erin 2.0.0 sent forwarded as
    > bob 2.0.0 sent delivered to maildir
== colon-behind erin
    put ~erin/.forward bob:\n
    > erin 2.0.0 sent forwarded as
    > "bob:" 5.1.1 bounced unknown user: "bob:"
== group-of-one erin
    put ~erin/.forward bob: carol;\n
    > carol 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
== group-then-another erin
    put ~erin/.forward g: bob, carol;, dave\n
    > erin 2.0.0 sent forwarded as
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
== group-tight erin
    put ~erin/.forward g:bob,carol;dave\n
    > erin 2.0.0 sent forwarded as
    > bob 2.0.0 sent delivered to maildir
    > dave 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
== command-in-a-group erin
    put ~erin/.forward g: "|true";\n
    > erin 2.0.0 sent delivered to command: true
== empty-group erin
    put ~erin/.forward g: ;\n
    > erin 2.0.0 sent delivered to maildir
== mixed-group erin
    put ~erin/.forward g: bob, "|true", carol;\n
    > erin 2.0.0 sent delivered to command: true
    > erin 2.0.0 sent forwarded as
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
== quoted-group-name erin
    put ~erin/.forward "g": bob;\n
    > erin 2.0.0 sent forwarded as
    > bob 2.0.0 sent delivered to maildir
== command-comment erin
    put ~erin/.forward "|true" (comment)\n
    > erin 2.0.0 sent delivered to command: true
== file-comment-behind erin
    put ~erin/.forward /dev/null (comment)\n
    > erin 2.0.0 sent delivered to file: /dev/null
== include-comment erin
    put ~erin/.forward :include:/dev/null (comment)\n
    > erin 5.3.5 bounced mail system configuration error
== include-capital erin
    put ~erin/.forward :Include:/etc/nosuch\n
    > erin 5.3.5 bounced mail system configuration error
== include-without-colon erin
    put ~erin/.forward include:/etc/nosuch\n
    > erin 2.0.0 sent forwarded as
    > "include:/etc/nosuch" 5.1.1 bounced unknown user: "include:/etc/nosuch"
== include-with-a-space erin
    put ~erin/.forward : include:/etc/nosuch\n
    > erin 5.3.5 bounced mail system configuration error
== include-quoted-name erin
    put ~erin/.forward ":include":/etc/nosuch\n
    > erin 5.3.5 bounced mail system configuration error
== tilde-name erin
    put ~erin/.forward ~erin\n
    > erin 5.3.5 bounced mail system configuration error
== tilde-name-path erin
    put ~erin/.forward ~erin/x\n
    > erin 5.3.5 bounced mail system configuration error
== tilde-quoted erin
    put ~erin/.forward "~/"x\n
    > erin 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
    > x 5.1.1 bounced unknown user: "x"
== file-tilde-at-the-end erin
    put ~erin/.forward ~/x~\n
    > erin 2.0.0 sent delivered to file: @HOME@/erin/x~
== command-in-angles erin
    put ~erin/.forward <|true>\n
    > erin 2.0.0 sent delivered to command: true
== file-in-angles erin
    put ~erin/.forward </dev/null>\n
    > erin 2.0.0 sent delivered to file: /dev/null
== angles-in-quotes erin
    put ~erin/.forward "</dev/null>"\n
    > erin 2.0.0 sent forwarded as
    > "</dev/null>" 5.1.1 bounced unknown user: "</dev/null>"
== command-quoted-in-angles erin
    put ~erin/.forward <"|true">\n
    > erin 2.0.0 sent delivered to command: true
== dot-at-the-end erin
    put ~erin/.forward bob@example.test.\n
    > erin 2.0.0 sent forwarded as
    > bob 2.0.0 sent delivered to maildir
== dot-before-domain erin
    put ~erin/.forward bob@.example.test\n
    > erin 5.1.3 bounced bad recipient address syntax: bob@.example.test
== no-domain erin
    put ~erin/.forward bob@\n
    > erin 5.1.3 bounced bad recipient address syntax: bob@
== no-local-part erin
    put ~erin/.forward @bob\n
    > erin 2.0.0 sent forwarded as
== two-ats erin
    put ~erin/.forward bob@@x\n
    > erin 2.0.0 sent forwarded as
== address-in-address erin
    put ~erin/.forward bob@x@y\n
    > erin 2.0.0 sent forwarded as
== quoted-without-domain erin
    put ~erin/.forward "bob"@\n
    > erin 5.1.3 bounced bad recipient address syntax: bob@
== two-dots erin
    put ~erin/.forward a..b@x.test\n
    > erin 2.0.0 sent forwarded as
== dot-first erin
    put ~erin/.forward .a@x.test\n
    > erin 2.0.0 sent forwarded as
== route erin
    put ~erin/.forward <@a.test:bob@x.test>\n
    > erin 2.0.0 sent forwarded as
== bang erin
    put ~erin/.forward x.test!bob\n
    > erin 2.0.0 sent forwarded as
== percent erin
    put ~erin/.forward bob%x.test\n
    > erin 2.0.0 sent forwarded as
== own-literal erin
    put ~erin/.forward bob@[127.0.0.1]\n
    > erin 2.0.0 sent forwarded as
    > bob@[127.0.0.1] 2.0.0 sent delivered to maildir
== ipv6-literal erin
    put ~erin/.forward bob@[IPv6:::1]\n
    > erin 2.0.0 sent forwarded as
    > bob@[IPv6:::1] 2.0.0 sent delivered to maildir
== address-as-domain erin
    put ~erin/.forward bob@127.0.0.1\n
    > erin 5.1.3 bounced bad recipient address syntax: bob@127.0.0.1
== localhost erin
    put ~erin/.forward bob@localhost\n
    > erin 2.0.0 sent forwarded as
    > bob@localhost 2.0.0 sent delivered to maildir
== localhost-in-capitals erin
    put ~erin/.forward BOB@LOCALHOST\n
    > erin 2.0.0 sent forwarded as
    > BOB@LOCALHOST 2.0.0 sent delivered to maildir
== postmaster erin
    put ~erin/.forward postmaster\n
    > erin 2.0.0 sent forwarded as
    > alice 2.0.0 sent delivered to maildir
== mailer-daemon erin
    put ~erin/.forward mailer-daemon\n
    > erin 2.0.0 sent forwarded as
    > alice 2.0.0 sent delivered to maildir
== double-bounce erin
    put ~erin/.forward double-bounce\n
    > erin 2.0.0 sent forwarded as
== mailer-daemon-elsewhere erin
    put ~erin/.forward MAILER-DAEMON@x.test\n
    > erin 2.0.0 sent forwarded as
== nobody erin
    put ~erin/.forward <>\n
    > erin 2.0.0 sent delivered to maildir
== null-and-another erin
    put ~erin/.forward "" , bob\n
    > erin 2.0.0 sent forwarded as
    > alice 2.0.0 sent delivered to maildir
    > bob 2.0.0 sent delivered to maildir
== w99 erin
    put ~erin/.forward bob+\n
    > bob+ 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
"""


class Backslashes(Flow):
    """A backslash before a name, undone or kept."""
    area = "local"
    cost = 5
    main = Flow.main_base
    maps = {"aliases": r"""postmaster: alice
a1: "\\bob"
a2: \bob
a3: :include:@ETC@/i2
a5: "\\nosuch"
a6: "\\a1"
"""}
    files = {"i1": "erin\n", "i2": '"\\\\bob"\n', "i3": '"\\\\erin"\n', "i4": "\\erin\n", "i5": "\\bob\n"}
    flow = r"""
== own-name-in-a-list erin
    put ~erin/.forward :include:@ETC@/i1\n
    > erin 2.0.0 sent forwarded as
    > erin 5.4.6 bounced mail forwarding loop for erin@example.test
== backslash-in-a-list erin
    put ~erin/.forward :include:@ETC@/i4\n
    > erin 2.0.0 sent forwarded as
    > erin 5.4.6 bounced mail forwarding loop for erin@example.test
== quoted-backslash-in-a-list erin
    put ~erin/.forward :include:@ETC@/i3\n
    > erin 2.0.0 sent delivered to maildir
== quoted-backslash-of-another-in-a-list erin
    put ~erin/.forward :include:@ETC@/i2\n
    > bob 2.0.0 sent delivered to maildir
== quoted-backslash-in-an-alias a1
    put ~bob/.forward carol\n
    > bob 2.0.0 sent delivered to maildir
== backslash-in-an-alias-means-nothing a2
    put ~bob/.forward carol\n
    > a2 2.0.0 sent forwarded as
    > carol 2.0.0 sent delivered to maildir
== quoted-backslash-in-the-list-of-an-alias a3
    put ~bob/.forward carol\n
    > bob 2.0.0 sent delivered to maildir
== quoted-backslash-and-an-unknown-user a5
    > nosuch 5.1.1 bounced unknown user: "nosuch"
== quoted-backslash-and-an-alias a6
    > a1 5.1.1 bounced unknown user: "a1"
"""


class Dashes(Flow):
    """recipient_delimiter = -: owner-NAME and NAME-request stay whole."""
    area = "local"
    cost = 5
    main = """default_privs = nobody
recipient_delimiter = -
propagate_unmatched_extensions = alias, forward, include, canonical, virtual
"""
    maps = {"aliases": """postmaster: alice
list: alice, bob
owner-list: carol
list-request: dave
foo-bar: bob
foo: carol
ext: ext@x.test, dave-y
incx: :include:@ETC@/m
"""}
    files = {"m": "bob\next@x.test\nalice-q\n"}
    flow = r"""
== list
    > list 2.0.0 sent forwarded as
    > alice 2.0.0 sent delivered to maildir
    > bob 2.0.0 sent delivered to maildir
== list-x
    > alice-x 2.0.0 sent delivered to maildir
    > bob-x 2.0.0 sent delivered to maildir
    > list-x 2.0.0 sent forwarded as
== owner-list
    > carol 2.0.0 sent delivered to maildir
== list-request
    > dave 2.0.0 sent delivered to maildir
== list-request-x
    > list-request-x 2.0.0 sent forwarded as
    > alice-request-x 2.0.0 sent delivered to maildir
    > bob-request-x 2.0.0 sent delivered to maildir
== foo-bar
    > bob 2.0.0 sent delivered to maildir
== foo-bar-baz
    > carol-bar-baz 2.0.0 sent delivered to maildir
== foo-baz
    > carol-baz 2.0.0 sent delivered to maildir
== mailer-daemon
    > mailer-daemon 2.0.0 sent discarded
== ext-a
    > dave-y-a 2.0.0 sent delivered to maildir
    > ext-a 2.0.0 sent forwarded as
== incx-a
    > incx-a 2.0.0 sent forwarded as
    > bob-a 2.0.0 sent delivered to maildir
    > alice-q-a 2.0.0 sent delivered to maildir
== alice-
    > alice- 2.0.0 sent delivered to maildir
== alice-a-b
    > alice-a-b 2.0.0 sent delivered to maildir
"""


NOTICES = (
    # recipient, NOTIFY, what the sender, or the owner of the list, hears
    ("lst", "SUCCESS", "success"),
    ("lst", "FAILURE", ""),
    ("lst", "NEVER", ""),
    ("lst", "SUCCESS,FAILURE", "success"),
    ("lst", "DELAY", ""),
    ("own", "SUCCESS", "success"),
    ("own", "FAILURE", "failure"),
    ("own", "NEVER", ""),
    ("own", "SUCCESS,FAILURE", "failure success"),
    ("own", "DELAY", ""),
    ("one", "SUCCESS", "success"),
    ("one", "FAILURE", ""),
    ("one", "NEVER", ""),
    ("one", "SUCCESS,FAILURE", "success"),
    ("one", "DELAY", ""),
    ("oner", "SUCCESS", "success"),
    ("oner", "FAILURE", ""),
    ("oner", "NEVER", ""),
    ("oner", "SUCCESS,FAILURE", "success"),
    ("oner", "DELAY", ""),
    ("cmd", "SUCCESS", "success"),
    ("cmd", "FAILURE", ""),
    ("cmd", "NEVER", ""),
    ("cmd", "SUCCESS,FAILURE", "success"),
    ("cmd", "DELAY", ""),
    ("cmdb", "SUCCESS", "success"),
    ("cmdb", "FAILURE", "failure"),
    ("cmdb", "NEVER", ""),
    ("cmdb", "SUCCESS,FAILURE", "failure success"),
    ("cmdb", "DELAY", ""),
    ("ocmdb", "SUCCESS", "success"),
    ("ocmdb", "FAILURE", "failure"),
    ("ocmdb", "NEVER", ""),
    ("ocmdb", "SUCCESS,FAILURE", "failure success"),
    ("ocmdb", "DELAY", ""),
    ("fil", "SUCCESS", "success"),
    ("fil", "FAILURE", ""),
    ("fil", "NEVER", ""),
    ("fil", "SUCCESS,FAILURE", "success"),
    ("fil", "DELAY", ""),
    ("two", "SUCCESS", "success"),
    ("two", "FAILURE", ""),
    ("two", "NEVER", ""),
    ("two", "SUCCESS,FAILURE", "success"),
    ("two", "DELAY", ""),
    ("alice", "SUCCESS", "success"),
    ("alice", "FAILURE", ""),
    ("alice", "NEVER", ""),
    ("alice", "SUCCESS,FAILURE", "success"),
    ("alice", "DELAY", ""),
    ("nobodyhere", "SUCCESS", ""),
    ("nobodyhere", "FAILURE", ""),
    ("nobodyhere", "NEVER", ""),
    ("nobodyhere", "SUCCESS,FAILURE", ""),
    ("nobodyhere", "DELAY", ""),
    ("erin", "SUCCESS", "success"),
    ("erin", "FAILURE", "failure"),
    ("erin", "NEVER", ""),
    ("erin", "SUCCESS,FAILURE", "failure success"),
    ("erin", "DELAY", ""),
)


class Notices(Flow):
    """NOTIFY on its way through lists, owners and luser_relay."""
    area = "local"
    cost = 15
    timeout = 200
    main = Flow.main_base + "luser_relay = $local@x.test\nlocal_recipient_maps =\n"
    maps = {"aliases": """postmaster: alice
lst: alice, ext@x.test, nosuch@y.test
owner-own: carol
own: alice, hardfail@x.test
one: alice
oner: ext@x.test
cmd: "|true"
cmdb: "|exit 67"
ocmdb: "|exit 67"
owner-ocmdb: bob
fil: @DIR@/out/fil
two: one, oner
"""}
    words = {"failure": "sender non-delivery notification", "success": "sender delivery status notification"}

    @classmethod
    def case_names(cls):
        return ["%s-%s" % (r, n.lower().replace(",", "-")) for r, n, _ in NOTICES]

    def run_case(self, name):
        recipient, notify, wanted = NOTICES[self.case_names().index(name)]
        self.case, self.since = name, self.inst.log_size()
        forward = os.path.join(self.worker.home, "erin", ".forward")
        with open(forward, "w") as f:
            f.write('bob, hardfail-e@x.test, "|true"\n')
        os.chown(forward, 20005, 20005)
        self.sent(self.inst.send("frank@example.test", recipient + "@example.test",
                                 rcpt_params="NOTIFY=" + notify))
        self.ok(self.inst.wait_queue(lambda q: not q) is not None, "an empty queue")
        log = self.inst.log_text(self.since)
        self.eq(" ".join(k for k in ("failure", "success") if self.words[k] in log), wanted, "notices")
        os.unlink(forward)


class Round(Flow):
    """Mail that comes round, and who hears of it."""
    area = "local"
    main = Flow.main_base
    maps = {"aliases": "postmaster: alice\nlst: alice, carol\nowner-lst: bob\nplain: dave\n"}
    flow = r"""
== to-a-list-with-an-owner lst headers=Delivered-To:_lst@example.test sender=frank@example.test
    > lst 5.4.6 bounced mail forwarding loop for lst@example.test
    mail bob ^Subject: Undelivered Mail Returned to Sender$
== to-an-extension-of-it lst+x headers=Delivered-To:_lst+x@example.test sender=frank@example.test
    > lst+x 5.4.6 bounced mail forwarding loop for lst+x@example.test
    mail bob ^Subject: Undelivered Mail Returned to Sender$
== to-a-member lst headers=Delivered-To:_alice@example.test sender=frank@example.test
    > alice 5.4.6 bounced mail forwarding loop for alice@example.test
    > lst 2.0.0 sent forwarded as
    mail frank ^Subject: Undelivered Mail Returned to Sender$
== to-a-list-without-an-owner plain headers=Delivered-To:_plain@example.test sender=frank@example.test
    > plain 5.4.6 bounced mail forwarding loop for plain@example.test
    mail frank ^Subject: Undelivered Mail Returned to Sender$
"""
