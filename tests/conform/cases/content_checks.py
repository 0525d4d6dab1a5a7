"""Header and body checks action by action, MIME structure, missing headers.

Rows: (name, header lines, body, reply, log, delivered).  `reply` is a spec of
the answer to the message; `log` a regex of the log, with "!" in front one that
must not be there; `delivered` a regex of the message in alice's mailbox, or of
the message at the next hop for a recipient there ("!": must not match).
`$T` in the text becomes the token.
"""
from harness import Group

HEADER = r'''
/^X-Rej:/ REJECT
/^X-RejD4:/ REJECT 4.7.42 soft
/^X-RejD2:/ REJECT 2.7.42 odd
/^X-Disc:/ DISCARD
/^X-Hold:/ HOLD
/^X-IgnT:/ IGNORE text
/^X-Strip:/ STRIP
/^X-StripT:/ STRIP because
/^X-Warn:/ WARN
/^X-WarnT:/ WARN odd header
/^X-InfoT:/ INFO noted
/^X-Pre:/ PREPEND X-Before: yes
/^X-PreB:/ PREPEND
/^X-PreN:/ PREPEND not a header
/^X-RepN:/ REPLACE no header at all
/^X-RepB:/ REPLACE
/^X-RedirB:/ REDIRECT
/^X-RedirN:/ REDIRECT carol
/^X-Redir:/ REDIRECT carol@example.test
/^X-BccN:/ BCC dave
/^X-FiltB:/ FILTER
/^X-FiltN:/ FILTER nocolon
/^X-Filt:/ FILTER smtp:[127.0.0.1]:2525
/^X-Pass:/ PASS
/^X-PassT:/ PASS friend
/^X-Delay:/ DELAY 1h
/^X-Bad:/ NOSUCH thing
/^X-low:/ reject lower case action
/^X-Code:/ 550 5.5.5 numeric
/^Content-Type:.*exe/ REJECT exe
'''
BODY = r'''
/^rejb/ REJECT bad body
/^discb/ DISCARD body bye
/^stripb/ STRIP gone
/^warnb/ WARN wbody
/^preb/ PREPEND before it
/^repb(.*)/ REPLACE new$1
/^passb/ PASS
'''
FROM = r" from localhost\[127\.0\.0\.1\]; from=<bob@example\.net> " \
       r"to=<alice@example\.test> proto=ESMTP helo=<client\.example\.org>"


class Rows(Group):
    area = "content"
    rows = ()
    svc = {}

    @classmethod
    def case_names(cls):
        return super().case_names() + [r[0] for r in cls.rows]

    def run_case(self, name):
        for row in self.rows:
            if row[0] == name:
                self.case, self.since = name, self.inst.log_size()
                return self.row(*row[1:])
        return super().run_case(name)

    def row(self, headers, body, reply, log=None, delivered=None, svc=None,
            rcpt="alice@example.test", sender="bob@example.net", params=""):
        t = self.token()
        data = (headers + "X-T: $T\n\n" + body).replace("$T", t)
        r = self.inst.send(sender, rcpt, data=data, mail_params=params,
                           port=self.port[svc] if svc else 25)
        self.reply(r, reply)
        for rx in [log] if isinstance(log, str) else log or ():
            if not rx.startswith("!"):
                self.log(rx)
        if delivered:
            m = self.in_mail("alice", t) if rcpt.startswith("alice@") \
                else self.at_sink(t).text
            for rx in [delivered] if isinstance(delivered, str) else delivered:
                (self.nomatch if rx[0] == "!" else self.match)(
                    rx.lstrip("!"), m, "delivered message")
        for rx in [log] if isinstance(log, str) else log or ():
            if rx.startswith("!"):
                self.nolog(rx[1:])
        self.inst.purge()


OK = "250 2.0.0"


class Actions(Rows):
    cost = 8
    main = """header_checks = regexp:$config_directory/header
body_checks = regexp:$config_directory/body
nested_header_checks = regexp:$config_directory/nested
mime_header_checks = regexp:$config_directory/mime
body_checks_size_limit = 500
"""
    files = {
        "header": HEADER, "body": BODY,
        "nested": "/^Subject: (.*)/ WARN nested $1\n/^X-NB:/ REJECT nb\n",
        "mime": "/^Content-Type: (.*)/ WARN mime $1\n"
                "/^Content-Disp.*evil/ REJECT evil\n"
                "/^Content-ID/ IGNORE\n/^Content-Desc/ PREPEND Content-X: y\n"
    }
    rows = [
        ("reject-without-text", "X-Rej: v\n", "x\n",
         "550 5.7.1 message content rejected",
         r"reject: header X-Rej: v" + FROM + ": 5.7.1 message content reject"),
        ("reject-for-now", "X-RejD4: v\n", "x\n", "451 4.7.42 soft",
         r"reject: header X-RejD4: v" + FROM + r": 4\.7\.42 soft$"),
        ("reject-with-a-good-status", "X-RejD2: v\n", "x\n", "451 4.7.42 odd",
         r"warning: bad DSN action in 2\.7\.42 odd -- need 4\.x\.x or 5"),
        ("discard-without-text", "X-Disc: v\n", "x\n", OK,
         r"discard: header X-Disc: v" + FROM + "$"),
        ("hold-without-text", "X-Hold: v\n", "x\n", OK,
         r"hold: header X-Hold: v" + FROM + "$"),
        ("ignore-with-text", "X-IgnT: v\n", "$T\n", OK, "!X-IgnT", "!X-IgnT"),
        ("strip", "X-Strip: v\n", "$T\n", OK,
         r"strip: header X-Strip: v" + FROM + "$", "!X-Strip"),
        ("strip-with-text", "X-StripT: v\n", "$T\n", OK,
         r"strip: header X-StripT: v" + FROM + ": because$", "!X-Strip"),
        ("warn-without-text", "X-Warn: v\n", "$T\n", OK,
         r"warning: header X-Warn: v" + FROM + "$", "^X-Warn: v$"),
        ("info-of-a-folded-header", "X-InfoT: aaa\n bbb\n\tccc\n", "$T\n", OK,
         r"info: header X-InfoT: aaa\? ?bbb\? ?\??ccc", None),
        ("prepend", "X-Pre: v\nX-Pre: w\n", "$T\n", OK,
         r"prepend: header X-Pre: v" + FROM + ": X-Before: yes$",
         r"^X-Before: yes\nX-Pre: v\nX-Before: yes\nX-Pre: w$"),
        ("prepend-nothing", "X-PreB: v\n", "$T\n", OK,
         r"warning: PREPEND action without text in header_checks map",
         "^X-PreB: v$"),
        ("prepend-no-header", "X-PreN: v\n", "$T\n", OK,
         r'warning: bad PREPEND header text "not a header" in header_checks '
         r'map -- need "headername: headervalue"', "^X-PreN: v$"),
        ("replace-by-no-header", "X-RepN: v\n", "$T\n", OK,
         r'warning: bad REPLACE header text "no header at all" in '
         r'header_checks map', "^X-RepN: v$"),
        ("replace-by-nothing", "X-RepB: v\n", "$T\n", OK,
         r"warning: REPLACE action without text in header_checks map",
         "^X-RepB: v$"),
        ("redirect-nowhere", "X-RedirB: v\n", "$T\n", OK,
         r'warning: bad REDIRECT target "" in header_checks map -- need user@',
         "^X-RedirB: v$"),
        ("redirect-to-a-name", "X-RedirN: v\n", "$T\n", OK,
         r'warning: bad REDIRECT target "carol" in header_checks map -- need',
         "^X-RedirN: v$"),
        ("redirect-ends-the-checks", "X-Redir: v\nX-Filt: w\nX-Rej: x\n",
         "$T\n", OK, ["redirect: header X-Redir: v", "!filter: header",
                      r"to=<carol@example\.test>.*status=sent"]),
        ("bcc-to-a-name", "X-BccN: v\n", "$T\n", OK,
         r'warning: bad BCC address "dave" in header_checks map -- need user@',
         "^X-BccN: v$"),
        ("filter-nothing", "X-FiltB: v\n", "$T\n", OK,
         r"warning: missing FILTER command argument in header_checks map",
         "^X-FiltB: v$"),
        ("filter-no-transport", "X-FiltN: v\n", "$T\n", OK,
         r"warning: bad FILTER command nocolon in header_checks -- need "
         r"transport:destination", "^X-FiltN: v$"),
        ("pass-ends-the-checks", "X-Pass: v\nX-Rej: w\n", "rejb $T\n", OK,
         r"pass: header X-Pass: v" + FROM + "$", "^X-Rej: w$"),
        ("pass-with-text", "X-PassT: v\n", "$T\n", OK,
         r"pass: header X-PassT: v" + FROM + ": friend$"),
        ("delay-is-unknown", "X-Delay: v\n", "$T\n", OK,
         r"warning: unknown command in header_checks map: DELAY 1h",
         "^X-Delay: v$"),
        ("unknown-action", "X-Bad: v\n", "$T\n", OK,
         r"warning: unknown command in header_checks map: NOSUCH thing",
         "^X-Bad: v$"),
        ("reply-code-is-unknown", "X-Code: v\n", "$T\n", OK,
         r"warning: unknown command in header_checks map: 550 5\.5\.5",
         "^X-Code: v$"),
        ("action-in-lower-case", "X-low: v\n", "x\n",
         "550 5.7.1 lower case action"),
        ("space-before-the-colon", "X-WarnT : v\n", "$T\n", OK,
         r"warning: header X-WarnT: v" + FROM, "^X-WarnT: v$"),
        ("warn-then-reject", "X-Warn: v\nX-Rej: w\n", "x\n", "550 5.7.1",
         r"warning: header X-Warn: v"),
        ("body-reject", "", "one\nrejb two\n", "550 5.7.1 bad body",
         r"reject: body rejb two" + FROM + ": 5.7.1 bad body$"),
        ("body-discard", "", "discb\n", OK, r"discard: body discb" + FROM
         + ": body bye$"),
        ("body-strip", "", "one\nstripb\ntwo $T\n", OK, "strip: body stripb",
         r"^one\ntwo "),
        ("body-prepend", "", "one\npreb\ntwo $T\n", OK, "prepend: body preb",
         r"^one\nbefore it\npreb\ntwo "),
        ("body-replace", "", "one\nrepb it\ntwo $T\n", OK,
         "replace: body repb it", r"^one\nnew it\ntwo "),
        ("body-pass", "", "passb\nrejb\n$T\n", OK, "pass: body passb",
         "^rejb$"),
        ("body-size-limit", "", ("a" * 48 + "\n") * 12 + "warnb late\n$T\n",
         OK, "!warnb late", "^warnb late$"),
        ("mime-headers-of-the-message", "MIME-Version: 1.0\nContent-Type: "
         "text/plain; name=a.exe\n", "$T\n", OK,
         r"warning: header Content-Type: text/plain; name=a\.exe" + FROM
         + r": mime text/plain; name=a\.exe", "^Content-Type: text/plain"),
        ("mime-headers-of-a-part", "Content-Type: multipart/mixed; "
         "boundary=b1\n", "pre\n--b1\nContent-Type: a/b\nContent-ID: <1>\n"
         "Content-Description: d\n\nx $T\n--b1--\n", OK,
         r"warning: header Content-Type: a/b" + FROM + ": mime a/b$",
         [r"^--b1\nContent-Type: a/b\nContent-X: y\nContent-Description: d$",
          "!Content-ID"]),
        ("nested-headers", "Content-Type: message/rfc822\n",
         "Subject: inner\nX-Rej: not\n\nbody $T\n", OK,
         r"warning: header Subject: inner" + FROM + ": nested inner$",
         "^X-Rej: not$"),
        ("nested-mime-headers", "Content-Type: message/rfc822\n",
         "Subject: inner\nContent-Disposition: evil\n\nbody\n",
         "550 5.7.1 evil"),
        ("nested-although-encoded", "Content-Type: message/rfc822\n"
         "Content-Transfer-Encoding: base64\n", "Subject: enc\n\n$T\n", OK,
         "nested enc$"),
        ("nested-in-a-digest", "Content-Type: multipart/digest; boundary=q\n",
         "--q\n\nSubject: dig\n\n$T\n--q--\n", OK, "nested dig$"),
        ("first-content-type-counts", "Content-Type: multipart/mixed; "
         "boundary=b1\nContent-Type: multipart/mixed; boundary=b2\n",
         "--b1\nContent-Type: x/1\n\n--b2\nContent-Type: x/2\n\n$T\n", OK,
         [": mime x/1$", "!: mime x/2$"]),
        ("boundary-in-quotes-and-capitals", "content-type: MULTIPART/mixed; "
         "charset=x; BOUNDARY=\"b1\" (c)\n", "--b1 \nContent-Type: a/b\n\n$T\n",
         OK, ": mime a/b$"),
        ("no-boundary", "Content-Type: multipart/mixed\n",
         "--x\nContent-Type: a/b\n\n$T\n", OK, "!: mime a/b$"),
    ]

    def posted(self, headers, body="x\n", sender="alice"):
        t = self.token()
        r = self.inst.sendmail("-f", sender, "bob@example.test",
                               input="%sX-T: %s\n\n%s" % (headers, t, body),
                               user="alice")
        self.eq(r.rc, 0, "sendmail")
        return t

    def test_posted_mail_is_returned(self):
        t = self.posted("X-Rej: 1\n")
        self.log(r"reject: header X-Rej: 1 from local; from=<alice@example\."
                 r"test> to=<bob@example\.test>: 5\.7\.1 message content rej")
        self.log(r"cleanup\[\d+\]: \w+: to=<bob@example\.test>, .*relay=none, "
                 r"delay=.*, delays=.*, dsn=5\.7\.1, status=bounced "
                 r"\(message content rejected\)")
        m = self.in_mail("alice", t)
        self.match("^Content-Type: text/rfc822-headers$", m)

    def test_posted_body_is_not_sent_around(self):
        t = self.posted("", "secret\nrejb\n")
        self.nomatch("^secret$", self.in_mail("alice", t))

    def test_posted_mail_is_discarded(self):
        self.posted("X-Disc: 1\n")
        self.log(r"discard: header X-Disc: 1 from local; from=<alice@exam")


SERVICES = {
    "s7": "strict_7bit_headers=yes", "s8": "strict_8bitmime=yes",
    "s8b": "strict_8bitmime_body=yes", "sed": "strict_mime_encoding_domain=yes",
    "nest": "mime_nesting_limit=2", "bound": "mime_boundary_length_limit=5",
    "hdrlim": "header_size_limit=200",
    "drop": "message_drop_headers=bcc,x-drop,subject",
    "always": "always_add_missing_headers=yes",
    "obs": "header_from_format=obsolete",
    "rej": "message_reject_characters=\\a",
}
ML = "Content-Type: multipart/mixed; boundary=b\n"
LONG = "a" * 150


class Structure(Rows):
    cost = 8
    services = dict({k: "cleanup_service_name = c" + k for k in SERVICES},
                    rem="local_header_rewrite_clients =",
                    remalways="local_header_rewrite_clients =\n"
                              "cleanup_service_name = calways")
    master = "\n".join("c%s unix n - n - 0 cleanup -o %s" % kv
                       for kv in SERVICES.items())
    rows = [
        ("strict-headers-log", "Subject: caf\u00e9\n", "x\n",
         "550 5.6.0 improper use of 8-bit data in message header",
         r"reject: mime-error improper use of 8-bit data in message header: "
         r"Subject: .* from localhost\[127\.0\.0\.1\]; "
         r"from=<bob@example\.net> to=<alice@example\.test>$", None, "s7"),
        ("strict-headers-of-a-part", ML, "--b\nContent-Description: caf\u00e9"
         "\n\nx\n", "550 5.6.0", None, None, "s7"),
        ("strict-headers-leave-the-body", "Subject: x\n", "caf\u00e9 $T\n",
         OK, None, "caf\u00e9", "s7"),
        ("strict-body", "", "caf\u00e9\n", "550 5.6.0 improper use of 8-bit "
         "data in message body", None, None, "s8b"),
        ("strict-body-leaves-headers", "Subject: caf\u00e9\n", "$T\n", OK,
         None, None, "s8b"),
        ("strict-body-of-parts", ML, "--b\nContent-Transfer-Encoding: 8bit\n"
         "\ncaf\u00e9\n--b\n\ncaf\u00e9\n", "550 5.6.0", None, None, "s8b"),
        ("strict-both", "", "caf\u00e9\n", "550 5.6.0", None, None, "s8"),
        ("encoding-of-a-multipart", ML + "Content-Transfer-Encoding: base64\n",
         "x\n", "550 5.6.0 invalid message/* or multipart/* encoding domain",
         r"mime-error invalid message/\* or multipart/\* encoding domain: "
         r"base64 from ", None, "sed"),
        ("encoding-of-message-partial", "Content-Type: message/partial\n"
         "Content-Transfer-Encoding: 8bit\n", "x\n", "550 5.6.0", None, None,
         "sed"),
        ("encoding-unknown", ML + "Content-Transfer-Encoding: nosuch\n",
         "$T\n", OK, None, None, "sed"),
        ("encoding-of-text", "Content-Transfer-Encoding: x-uue\n", "$T\n", OK,
         None, None, "sed"),
        ("nesting-is-no-error-unless-strict", "".join(
            "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i)
            for i in range(5)), "$T\n", OK, None, None, "nest"),
        ("header-limit-cuts-a-continuation", "X-Long: " + LONG + "\n "
         + "b" * 100 + "\n c\nX-After: 1\n", "$T\n", OK, None,
         [r"^X-Long: a{150}\n b{40}\nX-After: 1$"], "hdrlim"),
        ("header-limit-cuts-a-line", "X-Long: " + "a" * 500 + "\nX-After: 1\n",
         "$T\n", OK, None, r"^X-Long: a{192}\nX-After: 1$", "hdrlim"),
        ("dropped-headers", "Bcc: x@x.test\nX-Drop: 1\nSubject: 2\n"
         "Content-Length: 5\nReturn-Path: <x>\n", "$T\n", OK, None,
         ["^Content-Length: 5$", "!^Subject", "!^Bcc", "!^X-Drop"], "drop"),
        ("dropped-by-default", "Return-Path: <x@y>\nBCC : c\nContent-Length: "
         "10\nX-K: 1\n", "$T\n", OK, None,
         ["!^Return-Path: <x", "!(?i)^bcc", "!^Content-Length", "^X-K"]),
        ("missing-headers-from-elsewhere", "Subject: 1\n", "$T\n", OK,
         "message-id=<>", ["!^Message-Id", "!^Date", "!^From:"], "rem"),
        ("missing-headers-always", "Subject: 1\n", "$T\n", OK, None,
         r"^Message-Id: <.*>\nDate: .*\nFrom: bob@example\.net$",
         "remalways"),
        ("addresses-from-elsewhere", "From: joe\nTo: bob\n", "$T\n", OK, None,
         r"^From: joe\nTo: bob$", "rem"),
        ("resent-set", "From: a@b.test\nResent-From: r\n", "$T\n", OK,
         ["message-id=<>", "resent-message-id=<"],
         [r"^Resent-From: r@example\.test\n(.*\n)*Resent-Message-Id: <.*>\n"
          r"Resent-Date: ", "!^Message-Id", "!^Date"]),
        ("two-message-ids", "Message-ID: <a@b>\nMessage-Id: <c@d>\n", "$T\n",
         OK, ["message-id=<a@b>", "message-id=<c@d>"]),
        ("text-after-the-header", "Subject: 1\nno header\nfoo: bar\n", "$T\n",
         OK, None, r"^\nno header\nfoo: bar$"),
        ("no-header-at-all", "no header at all\n", "$T\n", OK, None,
         r"\n\nno header at all\n"),
        ("continuation-first", " continuation\nSubject: 1\n", "$T\n", OK,
         None, r"\n\n continuation\nSubject: 1$"),
        ("space-before-the-colon", "Subject : sp\n", "$T\n", OK, None,
         "^Subject: sp$"),
        ("mbox-line-first", "From a@b Mon\nSubject: 1\n", "$T\n", OK, None,
         None),
        ("reject-characters", "X-A: a\ab\n", "x\n",
         "550 5.7.1 disallowed character",
         r"reject: content X-A: a.b from localhost\[127\.0\.0\.1\]; .*: "
         r"5\.7\.1 disallowed character$", None, "rej"),
    ]


class Posted(Group):
    """sendmail -t and where recipients come from."""
    area = "content"

    def post(self, args, text, ok=True):
        t = self.token()
        r = self.inst.sendmail(*args, input=text.replace("$T", t),
                               user="alice")
        self.eq(r.rc == 0, ok, "exit status 0 (%s)" % r)
        return t, r

    def test_resent_from_alone_takes_to(self):
        t, _ = self.post(["-t"], "To: bob\nResent-From: alice\n\n$T\n")
        self.match("^Resent-From: alice@example", self.in_mail("bob", t))

    def test_resent_to_outweighs_to(self):
        t, _ = self.post(["-t"], "To: bob\nResent-To: carol\n\n$T\n")
        self.in_mail("carol", t)

    def test_apparently_to_is_no_recipient(self):
        _, r = self.post(["-t"], "Apparently-To: bob\n\n$T\n", ok=False)
        self.match("No recipient addresses found in message header", r.err)

    def test_groups_and_comments(self):
        t, _ = self.post(["-t"], "To: friends: bob (B), \"Q, N\" <carol>;\n"
                         "\n$T\n")
        self.in_mail("bob", t)
        self.in_mail("carol", t)

    def test_bcc_alone(self):
        t, _ = self.post(["-t"], "Bcc: bob\n\n$T\n")
        self.nomatch("(?i)^bcc", self.in_mail("bob", t))

    def test_header_and_command_line(self):
        t, _ = self.post(["-t", "dave"], "To: bob\n\n$T\n")
        self.in_mail("bob", t)
        self.in_mail("dave", t)

    def test_dot_ends_the_message(self):
        t, _ = self.post(["bob"], "Subject: x\n\n$T\n.\nafter\n")
        self.nomatch("after", self.in_mail("bob", t))

    def test_dot_kept(self):
        t, _ = self.post(["-i", "bob"], "Subject: x\n\n$T\n.\n..\nafter\n")
        self.match(r"^\.\n\.\.\nafter$", self.in_mail("bob", t))

    def test_full_name(self):
        t, _ = self.post(["-F", "a.b, c", "bob"], "\n$T\n")
        self.match(r'^From: "?a\.b, c"? <alice@example\.test>$',
                   self.in_mail("bob", t))

    def test_crlf_lines(self):
        t, _ = self.post(["bob"], "Subject: x\r\nX-A: b\r\n\r\nbody $T\r\n")
        self.match(r"^X-A: b\n(.*\n)*\nbody \S+$", self.in_mail("bob", t))

    def test_mbox_line(self):
        t, _ = self.post(["bob"], "From old@x.test Mon\nSubject: y\n\n$T\n")
        self.match(r"^Subject: y$", self.in_mail("bob", t))
