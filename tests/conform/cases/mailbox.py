"""Where mail ends: lists, .forward files, mailboxes, commands, refusals.

Most cases are sections of a text: harness/flow.py tells their form.
"""
import os
import re
import subprocess

from harness.flow import Flow


ALIASES = r'''
postmaster: alice
mailer-daemon: postmaster
root: alice
bobal: bob
daveal: \dave
dave: dave, alice
incl: :include:@ETC@/members
increl: :include:members
incmissing: :include:@ETC@/nosuch
incdir: :include:@DIR@/out
incout: :include:@DIR@/out/inc
incspace: ":include: @ETC@/members"
incquoted: :include:"@ETC@/members"
incupper: :INCLUDE:@ETC@/members
inccmd: :include:@ETC@/inccmd
incfile: :include:@ETC@/incfile
incloop: :include:@ETC@/incloop
incbs: :include:@ETC@/incbs
loopa: loopb
loopb: loopa
tilde: ~/foo
tildeuser: ~alice/foo
hash: alice # x, bob
words: alice bob carol
openpar: alice (bob
semi: alice; bob
twoquoted: "alice, bob"
box: @DIR@/out/box
qbox: "@DIR@/out/a b"
ubox: @DIR@/out/a b
nobox: @DIR@/out/none/box
md: @DIR@/out/md/
nomd: @DIR@/out/x/y/
cmdspaced: "|  cat > @DIR@/out/c"
cmdsplit: | cat, alice
cmdq: |"cat > /dev/null"
cmdtab: "|/bin/sh	-c	true"
cmdenv: "|env | sort > @DIR@/out/env; pwd >> @DIR@/out/env; umask >> @DIR@/out/env; ulimit -f >> @DIR@/out/env; id >> @DIR@/out/env"
cmdnosuch: "|/no/such/cmd"
cmdnosuch2: "|nosuchcmd arg"
cmdnoexec: "|@ETC@/members"
cmdsig: "|kill -9 $$"
cmdout: "|echo hello there; echo line two; exit 69"
cmdout0: "|echo all is well"
cmddsn: "|echo 5.7.13 go away; exit 1"
cmddsn4: "|echo 4.7.13 later; exit 1"
cmddsn2: "|echo 2.7.13 fine; exit 1"
cmddsn75: "|echo 5.7.13 go away; exit 75"
cmddsn0: "|echo 5.7.13 go away"
cmddsnsp: "|echo ' 5.7.13 go away'; exit 1"
cmdctl: "|printf 'a\\001\\tb\\r\\n\\nc\\n'; exit 1"
cmderr: "|echo err >&2; exit 69"
cmdnoread: "|exec <&-; exit 0"
ocmd: "|echo no; exit 69", alice
owner-ocmd: carol
oenv: "|env > @DIR@/out/env; cat >> @DIR@/out/env"
owner-oenv: dave
olist: alice, ext@x.test
owner-olist: bob, carol
nest: inner
owner-nest: bob
inner: ext@x.test
owner-inner: carol
remote: ext@x.test
part: alice, "|exit 75"
''' + "".join('cmd%d: "|exit %d"\n' % (n, n) for n in (
    64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 1, 255))
FILES = {
    "members": "# a comment\nalice\nbob, \"carol\"\n  # indented\n",
    "inccmd": "\"|cat > @DIR@/out/ic\"\n", "incfile": "@DIR@/out/if\nalice\n",
    "incloop": ":include:@ETC@/incloop\nalice\n", "incbs": "\\erin, bob\n",
}


class Lists(Flow):
    area = "local"
    cost = 20
    timeout = 120
    main = Flow.main_base
    maps = {"aliases": ALIASES}
    files = FILES
    flow = r"""
== list-of-a-file incl
    > incl 2.0.0 sent forwarded as
    > alice 2.0.0 sent delivered to maildir
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > # 5.1.1 bounced unknown user: "#"
    > indented 5.1.1 bounced unknown user
== include-relative increl
    > increl 5.3.5 bounced mail system configuration error
    warn :include:members uses a relative path
== include-missing incmissing
    > incmissing 5.3.5 bounced mail system configuration error
    warn unable to lookup :include: file .*nosuch: No such file
== include-directory incdir
    > incdir 5.3.5 bounced mail system configuration error
    warn :include: file .* is not a regular file
== include-space incspace
    > incspace 5.3.5 bounced mail system configuration error
== include-quoted incquoted
    > bob 2.0.0 sent delivered to maildir
== include-in-capitals incupper
    > bob 2.0.0 sent delivered to maildir
== include-world-writable incout
    put out/inc mode=666 alice\n
    > incout 5.3.5 bounced mail system configuration error
    warn :include: file .*/out/inc is world writable
== include-group-writable incout
    put out/inc mode=664 alice\n
    > alice 2.0.0 sent delivered to maildir
== include-of-root-unreadable-by-others incout
    put out/inc mode=600 alice\n
    > alice 2.0.0 sent delivered to maildir
== include-unreadable-by-its-owner incout
    put out/inc mode=0 owner=bob alice\n
    > incout 5.3.5 bounced mail system configuration error
    warn cannot open include file .*/out/inc: Permission denied
== include-command-restricted inccmd
    > inccmd 5.7.1 bounced mail to command is restricted
== include-file-restricted incfile
    > incfile 5.7.1 bounced mail to file is restricted
    > alice 2.0.0 sent delivered to maildir
== include-loop incloop
    > alice 2.0.0 sent delivered to maildir
== include-backslash-means-nothing incbs
    put ~erin/.forward carol\n
    > carol 2.0.0 sent delivered to maildir
    > bob 2.0.0 sent delivered to maildir
== alias-loop loopa
    > loopb 5.4.6 bounced alias database loop for loopb
    warn alias database loop for loopb
== tilde-without-home tilde
    > tilde 5.3.5 bounced mail system configuration error
    warn unknown home directory for: ~/foo
== tilde-user tildeuser
    > tildeuser 5.3.5 bounced mail system configuration error
    warn bad home directory syntax for: ~alice/foo
== backslash-in-an-alias daveal
    > dave 2.0.0 sent delivered to maildir
    > alice 2.0.0 sent delivered to maildir
== hash-is-no-comment hash
    > alice 2.0.0 sent delivered to maildir
    > bob 2.0.0 sent delivered to maildir
    > # 5.1.1 bounced unknown user
== words-are-addresses words
    > alice 2.0.0 sent delivered to maildir
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
== comment-that-stays-open openpar
    > alice 2.0.0 sent delivered to maildir
== semicolon semi
    > alice 2.0.0 sent delivered to maildir
    > bob 2.0.0 sent delivered to maildir
== quoted-comma twoquoted
    > "alice,\sbob" 5.1.1 bounced unknown user
== empty-extension alice+
    > alice+ 2.0.0 sent delivered to maildir
    mail alice ^Delivered-To: alice\+@example\.test$
== file-new box
    > box 2.0.0 sent delivered to file: @DIR@/out/box
    file out/box mode=600 owner=nobody \AFrom sender@example\.net  .*\nReturn-Path: <sender@example\.net>\nX-Original-To: box@example\.test\nDelivered-To: box@example\.test\n
== file-existing box
    put out/box mode=644 owner=nobody old\n
    > box 2.0.0 sent delivered to file
    file out/box mode=644 owner=nobody \Aold\nFrom sender@
== file-of-another box
    put out/box mode=666 owner=root old\n
    > box 2.0.0 sent delivered to file
== file-not-writable box
    put out/box mode=644 owner=root old\n
    > box 5.2.0 bounced cannot append message to file @DIR@/out/box: cannot open file: Permission denied
== file-executable box
    put out/box mode=777 owner=nobody old\n
    > box 5.7.1 bounced cannot append message to file @DIR@/out/box: file is executable
== file-link box
    put out/victim mode=644 owner=nobody old\n
    link out/box owner=nobody @DIR@/out/victim
    > box 5.2.0 bounced cannot append message to file @DIR@/out/box: file is a symbolic link
    file out/victim \Aold\n\Z
== file-in-no-directory nobox
    > nobox 5.2.0 bounced cannot append message to file @DIR@/out/none/box: cannot create file exclusively: No such file or directory
    warn unable to create lock file .*none/box.lock: No such file
== file-with-a-space qbox
    > qbox 2.0.0 sent delivered to file: @DIR@/out/a b
== file-ends-at-a-space ubox
    > ubox 2.0.0 sent delivered to file: @DIR@/out/a)
    > b 5.1.1 bounced unknown user
== maildir-new nomd
    > nomd 2.0.0 sent delivered to maildir
== maildir-of-root md
    dir out/md mode=755 owner=root
    > md 5.2.0 bounced maildir delivery failed: create maildir file @DIR@/out/md/tmp/
    warn maildir access problem for UID/GID=65534/65534: create maildir file
    warn perhaps you need to create the maildirs in advance
== maildir-is-a-file md
    put out/md x
    > md 5.2.0 bounced maildir delivery failed: create maildir file @DIR@/out/md/tmp/
== command-text-is-kept cmdspaced
    > cmdspaced 2.0.0 sent delivered to command:   cat > @DIR@/out/c
== command-after-a-space cmdsplit
    > cmdsplit 2.0.0 sent delivered to command: cat)
    > alice 2.0.0 sent delivered to maildir
== command-half-quoted cmdq
    > cmdq 2.0.0 sent delivered to command: cat > /dev/null)
== command-with-tabs cmdtab
    > cmdtab 2.0.0 sent delivered to command: /bin/sh -c true)
== command-environment cmdenv+ext sender=a$b`c@example.net
    > cmdenv+ext 2.0.0 sent delivered to command: env
    file out/env ^CLIENT_ADDRESS=127\.0\.0\.1\nCLIENT_HELO=client\.example\.org\nCLIENT_HOSTNAME=localhost\nCLIENT_PROTOCOL=ESMTP\nDOMAIN=example\.test\nEXTENSION=ext\n(LANG=\S*\n)?LOCAL=cmdenv\+ext\nLOGNAME=cmdenv\nMAIL_CONFIG=\S+\nORIGINAL_RECIPIENT=cmdenv\+ext@example\.test\nPATH=/usr/bin:/bin\nPWD=\S*/queue\nRECIPIENT=cmdenv\+ext@example\.test\nSENDER=a_b_c@example\.net\nTZ=\S*\nUSER=cmdenv\n/\S*/queue\n0077\n100000\nuid=65534
== command-missing cmdnosuch
    > cmdnosuch 4.3.0 deferred temporary failure. Command output: local: fatal: execvp /no/such/cmd: No such file or directory
== command-unknown-to-the-shell cmdnosuch2
    > cmdnosuch2 5.3.0 bounced Command died with status 127: "nosuchcmd arg". Command output: sh: 1: nosuchcmd: not found
== command-not-executable cmdnoexec
    > cmdnoexec 4.3.0 deferred temporary failure. Command output: local: fatal: execvp @ETC@/members: Permission denied
== command-killed cmdsig
    > cmdsig 4.3.0 deferred Command died with signal 9: "kill -9 $$"
== command-output cmdout
    > cmdout 5.3.0 bounced service unavailable. Command output: hello there line two )
== command-output-of-success cmdout0
    > cmdout0 2.0.0 sent delivered to command: echo all is well)
== command-says-a-status cmddsn
    > cmddsn 5.7.13 bounced go away )
== command-says-a-soft-status cmddsn4
    > cmddsn4 4.7.13 deferred later )
== command-says-success-and-fails cmddsn2
    > cmddsn2 5.0.0 bounced fine )
== command-status-beats-exit-status cmddsn75
    > cmddsn75 5.7.13 bounced go away )
== command-status-of-success-is-nothing cmddsn0
    > cmddsn0 2.0.0 sent delivered to command
== command-status-after-a-space cmddsnsp
    > cmddsnsp 5.3.0 bounced Command died with status 1
== command-output-controls cmdctl
    > cmdctl 5.3.0 bounced Command died with status 1: "printf 'a\001\tb\r\n\nc\n'; exit 1". Command output: a_ b_  c )
== command-errors cmderr
    > cmderr 5.3.0 bounced service unavailable. Command output: err )
== command-does-not-read cmdnoread
    > cmdnoread 2.0.0 sent delivered to command
""" + "".join("== exit-%d cmd%d\n    > cmd%d %s\n" % (n, n, n, t) for n, t in (
        (64, "5.3.0 bounced command line usage error)"),
        (65, "5.6.0 bounced data format error)"),
        (66, "5.3.0 bounced cannot open input)"),
        (67, "5.1.1 bounced user unknown)"),
        (68, "5.1.2 bounced host name unknown)"),
        (69, "5.3.0 bounced service unavailable)"),
        (70, "5.3.0 bounced internal software error)"),
        (71, "4.3.0 deferred system resource problem)"),
        (72, "5.3.0 bounced critical OS file missing)"),
        (73, "5.2.0 bounced can't create user output file)"),
        (74, "5.3.0 bounced input/output error)"),
        (75, "4.3.0 deferred temporary failure)"),
        (76, "5.5.0 bounced remote error in protocol)"),
        (77, "5.7.0 bounced permission denied)"),
        (78, "5.3.5 bounced local configuration error)"),
        (79, '5.3.0 bounced Command died with status 79: "exit 79")'),
        (1, '5.3.0 bounced Command died with status 1: "exit 1")'),
        (255, '5.3.0 bounced Command died with status 255: "exit 255")'),
    )) + r"""
== owner-gets-bounces-of-commands ocmd sender=frank@example.test
    > ocmd 5.3.0 bounced service unavailable. Command output: no )
    > ocmd 2.0.0 sent forwarded as
    mail alice ^Return-Path: <owner-ocmd@example\.test>\nX-Original-To: alice@example\.test\n
    mail carol ^X-Original-To: owner-ocmd@example\.test\n
== owner-is-the-sender-of-commands oenv
    > oenv 2.0.0 sent delivered to command
    file out/env ^SENDER=owner-oenv@example\.test$
    file out/env ^Return-Path: <owner-oenv@example\.test>\nDelivered-To: oenv@example\.test\n
== owner-of-a-list olist
    > olist 2.0.0 sent forwarded as
    mail alice ^Return-Path: <owner-olist@example\.test>\nX-Original-To: alice@example\.test\n
    sink ^Delivered-To: olist@example\.test$
== owner-of-the-inner-list nest
    > nest 2.0.0 sent forwarded as
    > ext@x.test 2.0.0 sent
== expansion-is-reported remote notify=SUCCESS sender=frank@example.test
    > remote 2.0.0 sent forwarded as
    mail frank ^Action: expanded$
== expansion-is-reported-with-a-deferral part notify=SUCCESS sender=frank@example.test
    > part 4.3.0 deferred temporary failure
    mail frank ^Action: expanded$
== owned-list-is-reported-delivered olist notify=SUCCESS sender=frank@example.test
    > olist 2.0.0 sent forwarded as
    mail frank ^Action: delivered\nStatus: 2\.0\.0\n
"""

    def test_members_do_not_report_success(self):
        t = self.token()
        self.sent(self.inst.send("frank@example.test", "remote@example.test",
                                 body=t, rcpt_params="NOTIFY=SUCCESS,FAILURE",
                                 mail_params="ENVID=abc RET=HDRS"))
        m = self.at_sink(t)
        self.ok("NOTIFY=FAILURE" in m.rcpt_params[0], "NOTIFY at the next hop",
                m.rcpt_params)
        self.ok("ENVID=abc" in m.sender_params, "ENVID", m.sender_params)


class Forward(Flow):
    area = "local"
    cost = 15
    timeout = 120
    main = Flow.main_base
    maps = {"aliases": "postmaster: alice\nroot: alice\nerinal: erin\n"
            "bsl: \\erin\nbsal: \\erinal\n"}
    files = {"incbs": "\\erin, \\erinal\n"}
    flow = r"""
== several-lines erin
    put ~erin/.forward # comment\nbob\n\ncarol, \\erin\n
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent delivered to maildir
== backslash-for-another-user erin
    put ~erin/.forward \\bob\n
    > erin 2.0.0 sent forwarded as
    > bob 2.0.0 sent delivered to maildir
== backslash-for-an-unknown-user erin
    put ~erin/.forward \\nosuch\n
    > erin 2.0.0 sent forwarded as
    > nosuch 5.1.1 bounced unknown user: "nosuch"
== backslash-for-a-remote-user erin
    put ~erin/.forward \\ext@x.test\n
    > ext@x.test 2.0.0 sent
== own-address-with-extension erin
    put ~erin/.forward erin+x\n
    > erin+x 2.0.0 sent delivered to maildir
== only-comments erin
    put ~erin/.forward # nothing\n
    > erin 2.0.0 sent delivered to maildir
== command-ends-at-a-space erin
    put ~erin/.forward |cat > @HOME@/erin/c\n
    > erin 2.0.0 sent delivered to command: cat)
    > erin 2.0.0 sent delivered to file: @HOME@/erin/c)
== command-after-a-space erin
    put ~erin/.forward | /bin/true\n
    > erin 2.0.0 sent delivered to command: /bin/true)
== command-quoted-with-a-space erin
    put ~erin/.forward "| /bin/true"\n
    > erin 2.0.0 sent delivered to command:  /bin/true)
== command-environment erin+foo
    put ~erin/.forward "|env | sort > @HOME@/erin/c; pwd >> @HOME@/erin/c; id -un >> @HOME@/erin/c"\n
    file ~erin/c owner=erin mode=600 ^EXTENSION=foo\nHOME=@HOME@/erin\n(LANG=.*\n)?LOCAL=erin\+foo\nLOGNAME=erin\n(.*\n)*PATH=/usr/bin:/bin\n(.*\n)*SHELL=/bin/sh\nTZ=.*\nUSER=erin\n.*/queue\nerin\n
== file-below-home erin
    put ~erin/.forward ~/box\n
    > erin 2.0.0 sent delivered to file: @HOME@/erin/box
    file ~erin/box owner=erin mode=600 ^Delivered-To: erin@example\.test$
== maildir-below-home erin
    put ~erin/.forward ~/md/\n
    > erin 2.0.0 sent delivered to maildir
== tilde-user erin
    put ~erin/.forward ~bob/box\n
    > erin 5.3.5 bounced mail system configuration error
    warn bad home directory syntax for: ~bob/box
== file-of-another erin
    put ~erin/.forward @HOME@/bob/box\n
    > erin 5.2.0 bounced cannot append message to file @HOME@/bob/box: cannot create file exclusively: Permission denied
== include-of-own-list erin
    put ~erin/list bob\n
    put ~erin/.forward :include:@HOME@/erin/list\n
    > erin 2.0.0 sent forwarded as
    > bob 2.0.0 sent delivered to maildir
== include-of-a-list-that-another-owns erin
    put ~carol/list mode=600 bob\n
    put ~erin/.forward :include:@HOME@/carol/list\n
    > erin 5.3.5 bounced mail system configuration error
    warn cannot open include file
== include-with-a-command erin
    put ~erin/list |/bin/true\n
    put ~erin/.forward :include:@HOME@/erin/list\n
    > erin 5.7.1 bounced mail to command is restricted
== include-with-backslashes erin
    put ~erin/.forward :include:@ETC@/incbs\n
    > erin 2.0.0 sent delivered to maildir
    > erin 2.0.0 sent forwarded as
    > erin 5.4.6 bounced mail forwarding loop for erin@example.test
== world-writable erin
    put ~erin/.forward mode=666 bob\n
    > erin 2.0.0 sent delivered to maildir
    warn file @HOME@/erin/.forward is world writable
== group-writable erin
    put ~erin/.forward mode=664 bob\n
    > bob 2.0.0 sent delivered to maildir
== unreadable erin
    put ~erin/.forward mode=0 bob\n
    > erin 2.0.0 sent delivered to maildir
    warn cannot open file @HOME@/erin/.forward: Permission denied
== of-another-user erin
    put ~erin/.forward owner=carol bob\n
    > erin 2.0.0 sent delivered to maildir
    warn file @HOME@/erin/.forward has bad owner uid
== of-root erin
    put ~erin/.forward owner=root bob\n
    > bob 2.0.0 sent delivered to maildir
== a-directory erin
    dir ~erin/.forward
    > erin 2.0.0 sent delivered to maildir
    warn file @HOME@/erin/.forward is not a regular file
== a-link erin
    put ~erin/real bob\n
    link ~erin/.forward @HOME@/erin/real
    > erin 2.0.0 sent delivered to maildir
    warn file @HOME@/erin/.forward is not a regular file
== extension-file-refused erin+foo
    put ~erin/.forward+foo mode=666 bob\n
    put ~erin/.forward carol\n
    > erin+foo 2.0.0 sent delivered to maildir
    warn is world writable
== extension-file-empty erin+foo
    put ~erin/.forward+foo mode=644
    put ~erin/.forward carol\n
    > erin+foo 2.0.0 sent delivered to maildir
== extension-in-capitals erin+FOO
    put ~erin/.forward+foo bob\n
    > bob 2.0.0 sent delivered to maildir
== extension-empty erin+
    put ~erin/.forward+ bob\n
    > bob 2.0.0 sent delivered to maildir
== extension-with-a-slash "erin+a/b"
    put ~erin/.forward bob\n
    > bob 2.0.0 sent delivered to maildir
    warn address with illegal extension: erin\+a/b
== extension-filtered erin+a$b
    put ~erin/.forward+a_b bob\n
    > bob 2.0.0 sent delivered to maildir
== two-that-forward-to-each-other erin
    put ~erin/.forward \\erin, bob\n
    put ~bob/.forward \\bob, erin\n
    > erin 2.0.0 sent delivered to maildir
    > bob 2.0.0 sent delivered to maildir
    > erin 5.4.6 bounced mail forwarding loop for erin@example.test
== backslash-alias bsl
    put ~erin/.forward bob\n
    > bob 2.0.0 sent delivered to maildir
== backslash-alias-of-an-alias bsal
    put ~erin/.forward bob\n
    > bob 2.0.0 sent delivered to maildir
== bounces-beside-copies erin
    put ~erin/.forward bob, nosuch, "|exit 69"\n
    > erin 5.3.0 bounced service unavailable)
    > erin 2.0.0 sent forwarded as
    > bob 2.0.0 sent delivered to maildir
    > nosuch 5.1.1 bounced unknown user: "nosuch"
== deferral-holds-everything-back erin
    put ~erin/.forward bob, "|exit 75"\n
    > erin 4.3.0 deferred temporary failure)
== expansion-is-reported erin notify=SUCCESS sender=frank@example.test
    put ~erin/.forward "|true"\n
    > erin 2.0.0 sent delivered to command: true
    mail frank ^Action: expanded$
== loop-header-in-other-words erin headers=Delivered-To:_<erin@example.test>
    > erin 2.0.0 sent delivered to maildir
== loop-header erin headers=delivered-to:_ERIN@example.test
    > erin 5.4.6 bounced mail forwarding loop for erin@example.test
"""


class ForwardPath(Flow):
    area = "local"
    main = """recipient_delimiter = +-_
forward_path = $home/.f.$domain.${extension?{$extension}:{none}}, $home/.l-$local, $home/.r-$recipient, $home/.d$recipient_delimiter$extension, /nonexistent/$user, $home/.last
forward_expansion_filter = abcdefghijklmnopqrstuvwxyz/.0123456789_
"""
    flow = r"""
== conditional-with-extension erin-foo
    put ~erin/.f.example.test.foo bob\n
    > bob 2.0.0 sent delivered to maildir
== conditional-without-extension erin
    put ~erin/.f.example.test.none bob\n
    > bob 2.0.0 sent delivered to maildir
== local-part erin_foo
    put ~erin/.l-erin_foo bob\n
    > bob 2.0.0 sent delivered to maildir
== recipient erin
    put ~erin/.r-erin_example.test bob\n
    > bob 2.0.0 sent delivered to maildir
== delimiter-filtered erin+foo
    put ~erin/.d_foo bob\n
    > bob 2.0.0 sent delivered to maildir
== last erin-foo+bar
    put ~erin/.last "|echo $EXTENSION > @HOME@/erin/c"\n
    file ~erin/c \Afoo\+bar\n
"""


class SpoolFiles(Flow):
    area = "local"
    cost = 10
    main = Flow.main_base + """home_mailbox =
deliver_lock_attempts = 1
deliver_lock_delay = 1s
"""
    flow = r"""
== existing-mode-stays bob
    put spool/bob mode=660 owner=bob From x\n\nold\n
    > bob 2.0.0 sent delivered to mailbox
    file spool/bob mode=660 owner=bob \AFrom x\n\nold\nFrom sender@example\.net  
== of-another-user bob
    put spool/bob mode=666 owner=carol x\n
    > bob 4.2.0 deferred cannot update mailbox @DIR@/spool/bob for user bob. destination @DIR@/spool/bob is not owned by recipient
    warn specify "strict_mailbox_ownership = no" to ignore mailbox ownership mismatch
== read-only bob
    put spool/bob mode=400 owner=bob x\n
    > bob 5.2.0 bounced cannot update mailbox @DIR@/spool/bob for user bob. cannot open file: Permission denied
== a-link bob
    put out/t mode=644 owner=bob x\n
    link spool/bob owner=bob @DIR@/out/t
    > bob 5.2.0 bounced cannot update mailbox @DIR@/spool/bob for user bob. file is a symbolic link
== a-directory bob
    dir spool/bob owner=bob
    > bob 5.2.0 bounced cannot update mailbox @DIR@/spool/bob for user bob. cannot open file: Is a directory
== locked bob
    put spool/bob.lock mode=600 owner=bob x
    > bob 4.2.0 deferred cannot update mailbox @DIR@/spool/bob for user bob. unable to create lock file @DIR@/spool/bob.lock: File exists
== quoted-sender bob sender="a_b"@example.net
    file spool/bob \AFrom a_b@example\.net  \w{3} \w{3} +\d+ [\d:]+ \d{4}\nReturn-Path: <a_b@example\.net>\n
"""

    def test_hard_link(self):
        p = self.path("spool", "bob")
        with open(self.path("out", "t"), "w") as f:
            f.write("x\n")
        os.chown(self.path("out", "t"), 20002, 20002)
        os.link(self.path("out", "t"), p)
        try:
            self.sent(self.inst.send("sender@example.net", "bob@example.test"))
            self.log(r"dsn=5\.2\.0, status=bounced \(cannot update mailbox "
                     r"%s for user bob\. file has 2 hard links" % p)
        finally:
            os.unlink(p)
            os.unlink(self.path("out", "t"))


class Ways(Flow):
    """mailbox_command, transports in place of mailboxes, unknown users."""
    area = "local"
    cost = 8
    main = Flow.main_base + """local_recipient_maps =
mailbox_command_maps = inline:{{bob=exit 75},{carol=echo 5.2.2 full;exit 1},{dave=/bin/nosuch}}
command_time_limit = 2s
export_environment = TZ MAIL_CONFIG FOO=bar PATH=/x {QUX=a b}
mailbox_transport_maps = inline:{{frank=error:5.2.1 mailbox off},{unk2=smtp:[127.0.0.1]:2525}}
fallback_transport_maps = inline:{{unk1=smtp:[127.0.0.1]:2525},{unk3=discard},{unk4=error:5.1.1 not here}}
luser_relay = $user+$local.$domain.$extension@lr.test
"""
    maps = {"aliases": 'slow: "|sleep 30"\nslowout: "|echo hi; sleep 30"\n'
            'env: "|env | sort > @DIR@/out/env"\n'}
    flow = r"""
== mailbox-command-defers bob
    > bob 4.3.0 deferred temporary failure)
== mailbox-command-says-a-status carol
    > carol 5.2.2 bounced full )
== mailbox-command-missing dave
    > dave 4.3.0 deferred temporary failure. Command output: local: fatal: execvp /bin/nosuch: No such file
== time-limit slow
    > slow 5.3.0 bounced Command time limit exceeded: "sleep 30"
    warn pipe_command_read: read time limit exceeded
== time-limit-with-output slowout
    > slowout 5.3.0 bounced Command time limit exceeded: "echo hi; sleep 30". Command output: hi )
== exported-environment env
    file out/env ^FOO=bar\n(.*\n)*PATH=/usr/bin:/bin\n(.*\n)*QUX=a b\n
== mailbox-transport-that-refuses frank sender=alice@example.test
    > frank 5.2.1 bounced mailbox off
    mail alice ^Status: 5\.2\.1$
== mailbox-transport-of-an-unknown-user unk2
    > unk2 2.0.0 sent 250
    sink ^X-Original-To|^Subject
== fallback-transport-with-extension unk1+z
    > unk1+z 2.0.0 sent 250
== fallback-transport-discards unk3
    > unk3 2.0.0 sent
== fallback-transport-refuses unk4 sender=alice@example.test
    > unk4 5.1.1 bounced not here
    mail alice ^Status: 5\.1\.1$
== luser-relay nosuch+ext
    > nosuch+nosuch+ext.example.test.ext@lr.test 2.0.0 sent
"""


BOX = '''
joe@v.test joe/
mbox@v.test ann.mbox
sub@v.test a/b/c/
@v2.test catch/
tag@v.test tag/
tag+x@v.test tagx/
abs@v.test /abs/
low@v.test low/
badid@v.test badid/
noid@v.test noid/
root@v.test rootid/
full@v.test full.mbox
'''


class Boxes(Flow):
    area = "virtual"
    cost = 10
    domain = "v.test"
    main = """recipient_delimiter = +
virtual_mailbox_domains = v.test, v2.test
virtual_mailbox_base = @DIR@/vmail
virtual_mailbox_maps = @DB@:$config_directory/vmailbox, regexp:$config_directory/re
virtual_uid_maps = inline:{{low@v.test=50},{badid@v.test=abc},{root@v.test=0},{@v2.test=20001},{joe@v.test=20007},{mbox@v.test=20007},{sub@v.test=20007},{tag@v.test=20007},{abs@v.test=20007},{full@v.test=20007}}
virtual_gid_maps = static:20007
virtual_mailbox_limit = 20000
message_size_limit = 15000
deliver_lock_attempts = 1
smtpd_reject_unlisted_recipient = no
"""
    maps = {"vmailbox": BOX}
    files = {"re": "/^re@v.test$/ re/\n"}
    flow = r"""
== path-is-below-the-base abs
    > abs 2.0.0 sent delivered to maildir
== directories-are-made sub
    > sub 2.0.0 sent delivered to maildir
== extension-exact tag+x
    > tag+x 2.0.0 sent delivered to maildir
== case JOE@V.test
    > JOE 2.0.0 sent delivered to maildir
== catch-all Who+x@v2.test
    > Who+x@v2.test 2.0.0 sent delivered to maildir
== uid-too-low low
    > low 4.3.5 deferred mail system configuration error
    warn recipient low@v\.test: bad uid 50 in virtual_uid_maps
== uid-no-number badid
    > badid 4.3.5 deferred mail system configuration error
    warn recipient badid@v\.test: bad uid abc in virtual_uid_maps
== uid-of-root root
    > root 4.3.5 deferred mail system configuration error
== uid-missing noid
    > noid 4.3.5 deferred mail system configuration error
    warn recipient noid@v\.test: not found in virtual_uid_maps
== unknown nobody
    > nobody 5.1.1 bounced unknown user: "nobody@v.test"
== no-loop-check joe headers=Delivered-To:_joe@v.test
    > joe 2.0.0 sent delivered to maildir
== over-the-limit full
    put vmail/full.mbox mode=600 owner=vmail @BIG@
    > full 5.2.2 bounced delivery failed to mailbox @DIR@/vmail/full.mbox: error writing message: File too large
== of-another-user mbox
    put vmail/ann.mbox mode=666 owner=alice x\n
    > mbox 4.2.0 deferred delivery failed to mailbox @DIR@/vmail/ann.mbox: destination @DIR@/vmail/ann.mbox is not owned by recipient
== read-only mbox
    put vmail/ann.mbox mode=400 owner=vmail x\n
    > mbox 4.2.0 deferred delivery failed to mailbox @DIR@/vmail/ann.mbox: cannot open file: Permission denied
== locked mbox
    put vmail/ann.mbox.lock mode=600 owner=vmail x
    > mbox 4.2.0 deferred delivery failed to mailbox @DIR@/vmail/ann.mbox: unable to create lock file @DIR@/vmail/ann.mbox.lock: File exists
== maildir-not-writable joe
    dir vmail/joe mode=555 owner=root
    > joe 4.2.0 deferred maildir delivery failed: create maildir file @DIR@/vmail/joe/tmp/
    warn maildir access problem for UID/GID=20007/20007
== maildir-is-a-file joe
    put vmail/joe mode=644 owner=vmail x
    > joe 4.2.0 deferred maildir delivery failed: create maildir file @DIR@/vmail/joe/tmp/
"""

    def make(self, op, words, made):
        super().make(op, [w.replace("@BIG@", "x" * 19900) for w in words],
                     made)


AGENTS = [
    # name, attributes, argv
    ("d", "flags=D user=vmail", "save"), ("fo", "flags=FO user=vmail", "save"),
    ("margs", "user=vmail", "args $client_address $client_helo "
     "$client_hostname $client_protocol $domain $extension $mailbox $nexthop "
     "$original_recipient $recipient $sender $user"),
    ("mhu", "flags=hu user=vmail", "args $domain $extension $mailbox $nexthop "
     "$original_recipient $recipient $user"),
    ("multi", "user=vmail", "args pre $sender x:$recipient:y $user@$nexthop "
     "post"),
    ("munk", "user=vmail", "args $nosuch"),
    ("mempty", "user=vmail", "args $extension end"),
    ("null", "user=vmail", "args $sender"),
    ("nulls", "user=vmail null_sender=", "args $sender x"),
    ("nullf", "flags=FR user=vmail null_sender=foo", "save"),
    ("grp", "user=vmail:nogroup", "args grp"),
    ("dir", "user=vmail directory=@DIR@/out", "/bin/pwd"),
    ("baddir", "user=vmail directory=/no/such", "save"),
    ("size", "user=vmail size=300", "save"),
    ("out0", "user=vmail", "ex 0 all fine here"),
    ("dsn0", "user=vmail", "ex 0 5.7.17 by me"),
    ("dsn4", "user=vmail", "ex 1 4.7.17 by me"),
    ("dsn2", "user=vmail", "ex 1 2.7.17 by me"),
    ("dsnonly", "user=vmail", "ex 1 5.7.17"),
    ("dsnbad", "user=vmail", "ex 1 5.7.17by me"),
    ("sig", "user=vmail", "sig"), ("nosuch", "user=vmail", "/no/such/cmd a"),
    ("nosuch2", "user=vmail", "nosuchcmd a"),
    ("noexec", "user=vmail", "@ETC@/noexec"), ("path", "user=vmail", "true"),
    ("slow", "user=vmail", "slow"), ("env", "user=vmail", "env"),
    ("ctl", "user=vmail", "ctl"), ("x", "flags=X user=vmail", "save"),
] + [("e%d" % n, "user=vmail", "ex %d said this" % n) for n in (
    1, 64, 65, 67, 69, 71, 73, 75, 76, 77, 78, 99)]


class Agents(Flow):
    area = "pipe"
    cost = 12
    timeout = 120
    main = """recipient_delimiter = +
transport_maps = @DB@:$config_directory/transport
slow_time_limit = 2s
"""
    maps = {"transport": "".join("%s.p.test %s:hop.%s\n" % (n, n, n)
                                 for n, _, _ in AGENTS)}
    master = "".join("%s unix - n n - - pipe\n  %s argv=%s\n" % (
        n, a, v if v[0] in "/@" or v.split()[0] in ("true", "nosuchcmd")
        else "@ETC@/%s.sh%s" % (v.split()[0], v[len(v.split()[0]):]))
        for n, a, v in AGENTS)
    files = {
        "save.sh": "#!/bin/sh\ncat > @DIR@/out/save\n",
        "args.sh": "#!/bin/sh\ncat >/dev/null\n(for a in \"$@\"; do "
                   "echo \"[$a]\"; done; id) > @DIR@/out/args\n",
        "ex.sh": "#!/bin/sh\nn=$1; shift; echo \"$@\"; exit $n\n",
        "sig.sh": "#!/bin/sh\necho dying; kill -9 $$\n", "noexec": "x\n",
        "slow.sh": "#!/bin/sh\necho starting; sleep 30\n",
        "env.sh": "#!/bin/sh\n(env | sort; umask; ulimit -f; pwd) "
                  "> @DIR@/out/env\n",
        "ctl.sh": "#!/bin/sh\nprintf 'a\\001\\tb\\r\\n\\nc\\n'; exit 69\n",
    }
    flow = r"""
== loop a@d.p.test headers=Delivered-To:_a@d.p.test
    > a@d.p.test 5.4.6 bounced mail forwarding loop for a@d.p.test
== several-recipients-with-D a@d.p.test b@d.p.test
    > a@d.p.test 4.3.5 deferred mail system configuration error
    warn requires d_destination_recipient_limit = 1
== from-and-original-recipient U@fo.p.test
    file out/save \AFrom sender@example\.net  .*\nX-Original-To: U@fo\.p\.test\nReceived:
== macros Us.er+ext@margs.P.test
    file out/args \A\[127\.0\.0\.1\]\n\[client\.example\.org\]\n\[localhost\]\n\[ESMTP\]\n\[margs\.P\.test\]\n\[ext\]\n\[Us\.er\+ext\]\n\[hop\.margs\]\n\[Us\.er\+ext@margs\.P\.test\]\n\[Us\.er\+ext@margs\.P\.test\]\n\[sender@example\.net\]\n\[Us\.er\]\nuid
== macros-folded Us.er+Ext@mhu.P.test
    file out/args \A\[mhu\.p\.test\]\n\[ext\]\n\[us\.er\+ext\]\n\[hop\.mhu\]\n\[us\.er\+ext@mhu\.p\.test\]\n\[us\.er\+ext@mhu\.p\.test\]\n\[us\.er\]\n
== arguments-of-each-recipient a+1@multi.p.test b@multi.p.test
    file out/args \A\[pre\]\n\[sender@example\.net\]\n\[x:a\+1@multi\.p\.test:y\]\n\[x:b@multi\.p\.test:y\]\n\[a@hop\.multi\]\n\[b@hop\.multi\]\n\[post\]\n
== unknown-macro a@munk.p.test
    > a@munk.p.test 4.3.5 deferred mail system configuration error
    warn unknown macro name: "nosuch"
== empty-argument a@mempty.p.test
    file out/args \A\[\]\n\[end\]\n
== null-sender a@null.p.test sender=
    file out/args \A\[MAILER-DAEMON\]\n
== null-sender-empty a@nulls.p.test sender=
    file out/args \A\[\]\n\[x\]\n
== null-sender-in-headers a@nullf.p.test sender=
    file out/save \AFrom foo  .*\nReturn-Path: <foo>\n
== group a@grp.p.test
    file out/args ^uid=20007\(vmail\) gid=65534\(nogroup\) groups=65534\(nogroup\)
== directory a@dir.p.test
    > a@dir.p.test 2.0.0 sent delivered via dir service (@DIR@/out))
== directory-missing a@baddir.p.test
    > a@baddir.p.test 4.3.0 deferred temporary failure)
== too-large a@size.p.test
    > a@size.p.test 5.2.3 bounced message too large)
== output-of-success a@out0.p.test
    > a@out0.p.test 2.0.0 sent delivered via out0 service (all fine here))
== status-of-success-is-text a@dsn0.p.test
    > a@dsn0.p.test 2.0.0 sent delivered via dsn0 service (5.7.17 by me))
== soft-status a@dsn4.p.test
    > a@dsn4.p.test 4.7.17 deferred by me )
== status-of-success-with-a-failure a@dsn2.p.test
    > a@dsn2.p.test 5.0.0 bounced by me )
    warn ignoring dsn code "2.7.17"
== status-without-text a@dsnonly.p.test
    > a@dsnonly.p.test 5.7.17 bounced )
== status-that-is-none a@dsnbad.p.test
    > a@dsnbad.p.test 5.3.0 bounced Command died with status 1: "@ETC@/ex.sh". Command output: 5.7.17by me )
== killed a@sig.p.test
    > a@sig.p.test 4.3.0 deferred Command died with signal 9: "@ETC@/sig.sh". Command output: dying )
== missing a@nosuch.p.test
    > a@nosuch.p.test 4.3.0 deferred temporary failure. Command output: pipe: fatal: pipe_command: execvp /no/such/cmd: No such file or directory )
== missing-in-the-path a@nosuch2.p.test
    > a@nosuch2.p.test 4.3.0 deferred temporary failure. Command output: pipe: fatal: pipe_command: execvp nosuchcmd: No such file or directory )
== not-executable a@noexec.p.test
    > a@noexec.p.test 4.3.0 deferred temporary failure. Command output: pipe: fatal: pipe_command: execvp @ETC@/noexec: Permission denied )
== found-in-the-path a@path.p.test
    > a@path.p.test 2.0.0 sent delivered via path service)
== time-limit a@slow.p.test
    > a@slow.p.test 5.3.0 bounced Command time limit exceeded: "@ETC@/slow.sh". Command output: starting )
== environment a@env.p.test
    file out/env \A(LANG=.*\n)?MAIL_CONFIG=.*\nPATH=/usr/bin:/bin\nPWD=.*/queue\nTZ=.*\n0077\nunlimited\n.*/queue\n
== controls-in-output a@ctl.p.test
    > a@ctl.p.test 5.3.0 bounced service unavailable. Command output: a_ b_  c )
== final-delivery a@x.p.test notify=SUCCESS sender=frank@example.test
    mail frank ^Action: delivered$
== relayed a@fo.p.test notify=SUCCESS sender=frank@example.test
    mail frank ^Action: relayed$
""" + "".join("== exit-%d a@e%d.p.test\n    > a@e%d.p.test %s said this )\n" % (
        n, n, n, t + ". Command output:") for n, t in (
        (1, '5.3.0 bounced Command died with status 1: "@ETC@/ex.sh"'),
        (64, "5.3.0 bounced command line usage error"),
        (65, "5.6.0 bounced data format error"),
        (67, "5.1.1 bounced user unknown"),
        (69, "5.3.0 bounced service unavailable"),
        (71, "4.3.0 deferred system resource problem"),
        (73, "5.2.0 bounced can't create user output file"),
        (75, "4.3.0 deferred temporary failure"),
        (76, "5.5.0 bounced remote error in protocol"),
        (77, "5.7.0 bounced permission denied"),
        (78, "5.3.5 bounced local configuration error"),
        (99, '5.3.0 bounced Command died with status 99: "@ETC@/ex.sh"')))


class Refusals(Flow):
    """error, retry, discard."""
    area = "pipe"
    domain = "x"
    main = """transport_maps = @DB@:$config_directory/transport
relocated_maps = inline:{{gone@example.test=new@x.test}}
smtpd_reject_unlisted_recipient = no
"""
    maps = {"transport": "e1.test error:\ne2.test error:plain text\n"
            "e3.test error:5.1.2 with code\ne4.test error:4.3.1 soft\n"
            "e5.test error:2.0.0 odd\ne6.test error:5.7.1\n"
            "r1.test retry:\nr2.test retry:later please\n"
            "r3.test retry:4.4.4 with code\nr4.test retry:5.4.4 hard\n"
            "d1.test discard:\nd2.test discard:silently\n"
            "d3.test discard:5.1.1 x\n"}
    flow = "\n".join("== %s x@%s.test\n    > x@%s.test %s" % (n, n, n, t)
                     for n, t in (
        ("e1", "5.0.0 bounced Address is undeliverable)"),
        ("e2", "5.0.0 bounced plain text)"),
        ("e3", "5.1.2 bounced with code)"), ("e4", "5.0.0 bounced soft)"),
        ("e5", "5.0.0 bounced odd)"), ("e6", "5.7.1 bounced )"),
        ("r1", "4.0.0 deferred Address is undeliverable)"),
        ("r2", "4.0.0 deferred later please)"),
        ("r3", "4.4.4 deferred with code)"), ("r4", "4.0.0 deferred hard)"),
        ("d1", "2.0.0 sent d1.test)"), ("d2", "2.0.0 sent silently)"),
        ("d3", "2.0.0 sent x)"))) + r"""
== relocated gone@example.test
    > gone@example.test 5.1.6 bounced User has moved to new@x.test)
"""


OPTIONS = r'''
lst: bob, carol
owner-lst: dave
nest: inner
owner-nest: frank
inner: ext@x.test
multiown: bob
owner-multiown: carol, dave
filea: @DIR@/out/f
cmda: "|cat > @DIR@/out/c"
inc: :include:@ETC@/inc
bobal: bob
remote: ext@x.test
'''


class HeadersOfFiles(Flow):
    """prepend_delivered_header without files; a mailbox below home."""
    area = "local"
    main = Flow.main_base + """home_mailbox = Mail/inbox
prepend_delivered_header = command, forward
"""
    maps = {"aliases": OPTIONS}
    files = {"inc": "alice\n"}
    flow = r"""
== mailbox-directory-missing bob
    > bob 5.2.0 bounced cannot update mailbox @HOME@/bob/Mail/inbox for user bob. unable to create lock file @HOME@/bob/Mail/inbox.lock: No such file or directory
== mailbox-below-home bob
    dir ~bob/Mail
    > bob 2.0.0 sent delivered to mailbox
    file ~bob/Mail/inbox mode=600 owner=bob \AFrom .*\nReturn-Path: .*\nX-Original-To: bob@example\.test\nReceived:
== file-without-delivered-to filea
    file out/f \AFrom .*\nReturn-Path: .*\nX-Original-To: filea@example\.test\nReceived:
== command-with-delivered-to cmda
    file out/c \AFrom .*\nReturn-Path: .*\nX-Original-To: cmda@example\.test\nDelivered-To: cmda@example\.test\nReceived:
"""


class NoHeaders(Flow):
    area = "local"
    main = Flow.main_base + """home_mailbox =
mail_spool_directory = @DIR@/spool/
prepend_delivered_header =
enable_original_recipient = no
owner_request_special = no
"""
    maps = {"aliases": OPTIONS}
    files = {"inc": "alice\n"}
    flow = r"""
== spool-of-maildirs bob
    > bob 2.0.0 sent delivered to maildir
== command-without-headers cmda
    file out/c \AFrom .*\nReturn-Path: <sender@example\.net>\nReceived:
== owner-is-no-name-of-its-own lst
    > bob 2.0.0 sent delivered to maildir
    > carol 2.0.0 sent delivered to maildir
== remote-without-delivered-to remote
    sink \AReceived: by mx\.example\.test .*\n\tid .*\nReceived: from
== loop-is-still-found bob headers=Delivered-To:_bob@example.test
    > bob 5.4.6 bounced mail forwarding loop for bob@example.test
"""


class Owners(Flow):
    area = "local"
    main = Flow.main_base + """expand_owner_alias = yes
reset_owner_alias = yes
frozen_delivered_to = no
allow_mail_to_commands = alias, forward, include
allow_mail_to_files = alias, forward, include
propagate_unmatched_extensions = alias, forward, include
"""
    maps = {"aliases": OPTIONS}
    files = {"inc": "alice\n|/bin/true\n@DIR@/out/i\n"}
    flow = r"""
== owner-expanded lst
    mail bob ^Return-Path: <dave@example\.test>\nX-Original-To: bob@example\.test\nDelivered-To: bob@example\.test\n
== owner-of-several multiown
    mail bob ^Return-Path: <"carol, dave"@example\.test>\n
== extension-into-an-alias lst+ext
    > bob+ext 2.0.0 sent delivered to maildir
    > carol+ext 2.0.0 sent delivered to maildir
== extension-through-two-aliases nest+e
    > ext+e@x.test 2.0.0 sent
== include-may-do-everything inc+e
    > inc+e 2.0.0 sent delivered to command: /bin/true)
    > inc+e 2.0.0 sent delivered to file: @DIR@/out/i)
    > alice+e 2.0.0 sent delivered to maildir
    file out/i owner=nobody Delivered-To: inc\+e@example\.test
== extension-into-a-forward-file erin+foo
    put ~erin/.forward ext@x.test, bob\n
    > bob+foo 2.0.0 sent delivered to maildir
    > ext+foo@x.test 2.0.0 sent
== extension-used-up-by-the-file erin+foo
    put ~erin/.forward+foo ext@x.test, bob\n
    > bob 2.0.0 sent delivered to maildir
    > ext@x.test 2.0.0 sent
"""


class Restricted(Flow):
    area = "local"
    main = Flow.main_base + """allow_mail_to_commands =
allow_mail_to_files =
mailbox_size_limit = 10000
message_size_limit = 5000
home_mailbox =
"""
    maps = {"aliases": OPTIONS}
    files = {"inc": "alice\n|/bin/true\n@DIR@/out/i\n"}
    flow = r"""
== no-files filea
    > filea 5.7.1 bounced mail to file is restricted)
== no-commands cmda
    > cmda 5.7.1 bounced mail to command is restricted)
== no-files-in-forward-files erin
    put ~erin/.forward ~/x, ~/y/, "|true"\n
    > erin 5.7.1 bounced mail to file is restricted)
    > erin 5.7.1 bounced mail to command is restricted)
== mailbox-over-the-limit bob
    put spool/bob mode=600 owner=bob @BIG@
    > bob 5.2.2 bounced cannot update mailbox @DIR@/spool/bob for user bob. error writing message: File too large
    file spool/bob \Ax{9900}\Z
"""

    def make(self, op, words, made):
        super().make(op, [w.replace("@BIG@", "x" * 9900) for w in words], made)


class Names(Flow):
    """Users that are not there, names that are odd."""
    area = "local"
    main = "recipient_delimiter = +\nlocal_recipient_maps =\n"
    maps = {"aliases": "abuse: alice\n"}
    flow = r"""
== postmaster-without-an-alias postmaster
    > postmaster 2.0.0 sent discarded)
    warn required alias not found: postmaster
== mailer-daemon-without-an-alias mailer-daemon
    > mailer-daemon 2.0.0 sent discarded)
== postmaster-with-extension postmaster+x
    warn required alias not found: postmaster
== unknown nosuch+ext
    > nosuch+ext 5.1.1 bounced unknown user: "nosuch")
== a-path "/tmp/x"
    > /tmp/x 5.1.1 bounced unknown user: "/tmp/x")
== a-command "|true"
    > |true 5.1.1 bounced unknown user: "|true")
== case BoB
    mail bob ^Delivered-To: BoB@example\.test$
"""


class FullDisk(Flow):
    """Mailboxes on a file system without room: nothing half written stays."""
    area = "local"
    main = Flow.main_base + """virtual_mailbox_domains = v.test
virtual_mailbox_base = @DIR@/out/full
virtual_mailbox_maps = inline:{{box@v.test=vbox},{md@v.test=vmd/}}
virtual_uid_maps = static:20007
virtual_gid_maps = static:20007
"""
    maps = {"aliases": "box: @DIR@/out/full/box\nmd: @DIR@/out/full/md/\n"}

    def setup(self):
        super().setup()
        full = self.path("out", "full")
        os.makedirs(full)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k,mode=1777",
                        "tmpfs", full], check=True)

    def teardown(self):
        subprocess.run(["umount", "-l", self.path("out", "full")])

    def refused(self, rcpt, spec):
        self.sent(self.inst.send("sender@example.net", rcpt,
                                 body=("y" * 70 + "\n") * 4000))
        self.log(r"to=<%s>.*%s" % (re.escape(rcpt), spec))
        self.inst.purge()

    def test_file(self):
        p = self.path("out", "full", "box")
        with open(p, "w") as f:
            f.write("old\n")
        os.chmod(p, 0o666)
        self.refused("box@example.test", r"dsn=4\.3\.0, status=deferred \(.*error writing "
                     r"message: No space left")
        with open(p) as f:
            self.eq(f.read(), "old\n", "what was there before")

    def test_maildir(self):
        self.refused("md@example.test", r"dsn=4\.3\.0, status=deferred \(.*error writing "
                     r"message: No space left")
        self.eq([n for _, _, fs in os.walk(self.path("out", "full", "md"))
                 for n in fs], [], "files")

    def test_virtual_mailbox(self):
        self.refused("box@v.test", r"dsn=4\.3\.0, status=deferred \(.*error writing "
                     r"message: No space left")
        self.ok(not os.path.exists(self.path("out", "full", "vbox")) or
                os.path.getsize(self.path("out", "full", "vbox")) == 0,
                "an empty mailbox")

    def test_virtual_maildir(self):
        self.refused("md@v.test", r"dsn=4\.3\.0, status=deferred \(.*error writing "
                     r"message: No space left")
        self.eq([n for _, _, fs in os.walk(self.path("out", "full", "vmd"))
                 for n in fs], [], "files")
