"""Odd messages row by row: MIME structure, 8-bit data, limits, characters, added headers; and what spawn(8) refuses.

A row of `Messages`: (name, service, message, reply, log, delivered).  `log` and `delivered` are lists of regular
expressions, "!" in front: must not be there; `delivered` is looked for in what the next hop got, from the sender's
own headers on.
"""
import re

from harness import Group

E8 = "caf\u00e9"
ML = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n"
OK = "250 2.0.0"
HEADER = r"""
/^X-Warn:/ WARN
/^X-Rej:/ REJECT
/^X-Text:/ WARN text: $0
/^Content-Type: *(.*)/ WARN type [$1]
/^X-Latin:.*caf.$/ WARN one byte
"""
SERVICES = {
    "s7": "-o strict_7bit_headers=yes",
    "s8": "-o strict_8bitmime=yes",
    "body8": "-o strict_8bitmime_body=yes",
    "domain": "-o strict_mime_encoding_domain=yes",
    "nest1": "-o mime_nesting_limit=1 -o strict_mime_encoding_domain=yes",
    "bound": "-o mime_boundary_length_limit=5 -o header_checks=regexp:@ETC@/header",
    "head": "-o header_checks=regexp:@ETC@/header -o body_checks=regexp:@ETC@/body",
    "parts": "-o mime_header_checks=regexp:@ETC@/parts -o nested_header_checks=regexp:@ETC@/nested",
    "size1": "-o body_checks=regexp:@ETC@/body -o body_checks_size_limit=1",
    "size6": "-o body_checks=regexp:@ETC@/body -o body_checks_size_limit=6",
    "size10": "-o body_checks=regexp:@ETC@/body -o body_checks_size_limit=10",
    "strip": r"-o message_strip_characters=\b\t\101Z\\", "stripnul": r"-o message_strip_characters=\0",
    "stripcr": r"-o message_strip_characters=\r", "rejectcr": r"-o message_reject_characters=\r",
    "rejectnul": r"-o message_reject_characters=\0", "reject8": r"-o message_reject_characters=\200\377",
    "both": "-o message_strip_characters=x -o message_reject_characters=y",
    "keepcr": "-o cleanup_replace_stray_cr_lf=no",
    "drop": "-o message_drop_headers=date,content-type,subject",
    "nocolon": "-o { undisclosed_recipients_header = no header }",
    "undis": "-o { undisclosed_recipients_header = X-To: nobody }",
    "tokens": "-o header_address_token_limit=5",
    "hsize": "-o header_size_limit=100", "hop3": "-o hopcount_limit=3",
    "remote": "-o remote_header_rewrite_domain=",
}
MIME8 = "5.6.0 improper use of 8-bit data in message "
FROM = r" from localhost\[127\.0\.0\.1\]; from=<bob@example\.net> to=<r@x\.test>"
DEEP = lambda n: "".join("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(n)) + "\nx\n"
LAYERS = "Content-Type: message/rfc822\n\n"
PARTS = "\npre\n--ab(c)d\nX-Warn: 1\n\n--abcdeZ\nX-Warn: 2\n\n--abc\nX-Warn: 3\n\n--a\nX-Warn: 4\n"


class Messages(Group):
    area = "content"
    cost = 12
    files = {"header": HEADER, "body": "/^warn/ WARN\n/^rep/ REPLACE new\n/^--b--$/ WARN last\n/^--b$/ WARN boundary\n",
             "parts": "/^(X-.*)/ WARN part $1\n/^Content-Type: (.*)/ WARN mime $1\n",
             "nested": "/^Subject: (.*)/ WARN inner $1\n"}
    services = dict({k: "cleanup_service_name = c" + k for k in SERVICES},
                    domainname="cleanup_service_name = cdomainname\nlocal_header_rewrite_clients =\n"
                    "remote_header_rewrite_domain = domain.invalid",
                    plain="smtpd_banner = mx.example.test plain")
    master = "\n".join("c%s unix n - n - 0 cleanup\n    %s" % kv for kv in SERVICES.items()) + \
        "\ncdomainname unix n - n - 0 cleanup -o remote_header_rewrite_domain=domain.invalid\n"

    rows = [
        # name, service, message, reply, log, delivered
        ("error-in-header-and-body", "s8", "Subject: %s\n\n%s\n" % (E8, E8), "550 " + MIME8 + "header",
         [r"reject: mime-error improper use of 8-bit data in message header: Subject: caf.*" + FROM + "$",
          r"reject: mime-error improper use of 8-bit data in message body: caf.*" + FROM + "$"], ()),
        ("error-of-a-kind-once", "s7", "Subject: %s\nX-A: %s\n\nx\n" % (E8, E8), "550 5.6.0",
         [r"mime-error .*: Subject: caf", "!mime-error .*: X-A: caf"], ()),
        ("error-does-not-stop-the-header", "s7", "Subject: %s\nMessage-ID: <a@b>\n\nx\n" % E8, "550 5.6.0",
         [r"message-id=<a@b>"], ()),
        ("error-in-an-enclosed-message", "s8", LAYERS + "Subject: %s\n\nx\n" % E8, "550 " + MIME8 + "header", (), ()),
        ("8-bit-in-base64", "s8", "Content-Transfer-Encoding: base64\n\n%s\n" % E8, OK, (), ()),
        ("8-bit-in-quoted-printable", "body8", ML + "\n--b\nContent-Transfer-Encoding: Quoted-Printable\n\n%s\n" % E8, OK,
         (), ()),
        ("8-bit-in-unknown-encoding", "body8", "Content-Transfer-Encoding: x-foo\n\n%s\n" % E8, "550 5.6.0", (), ()),
        ("encoding-and-more", "body8", "Content-Transfer-Encoding: 8bit; x\n\n%s\n" % E8, OK, (), ()),
        ("encoding-and-a-word", "body8", "Content-Transfer-Encoding: 8bit x\n\n%s\n" % E8, OK, (), ()),
        ("encoding-and-a-slash", "body8", "Content-Transfer-Encoding: 8bit/x\n\n%s\n" % E8, "550 5.6.0", (), ()),
        ("encoding-behind-comments", "body8", "Content-Transfer-Encoding: (a (b) c) 8BIT\n\n%s\n" % E8, OK, (), ()),
        ("encoding-in-quotes", "body8", 'Content-Transfer-Encoding: "8bit"\n\n%s\n' % E8, "550 5.6.0", (), ()),
        ("encoding-folded", "body8", "Content-Transfer-Encoding:\n 8bit\n\n%s\n" % E8, OK, (), ()),
        ("encoding-known-then-unknown", "body8", "Content-Transfer-Encoding: 8bit\nContent-Transfer-Encoding: x-foo\n"
         "\n%s\n" % E8, OK, (), ()),
        ("encoding-7bit-then-8bit", "body8", "Content-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: 8bit\n\n%s\n"
         % E8, OK, (), ()),
        ("encoding-8bit-then-7bit", "body8", "Content-Transfer-Encoding: 8bit\nContent-Transfer-Encoding: 7bit\n\n%s\n"
         % E8, "550 5.6.0", (), ()),
        ("8-bit-behind-the-last-boundary", "body8", ML + "\n--b\n\nx\n--b--\n%s\n" % E8, "550 5.6.0", (), ()),
        ("8-bit-before-the-first-boundary", "body8", ML + "\n%s\n--b\n\nx\n" % E8, "550 5.6.0", (), ()),
        ("8-bit-in-multipart-of-8-bit", "body8", ML + "Content-Transfer-Encoding: 8bit\n\n--b\n\n%s\n" % E8, "550 5.6.0",
         (), ()),
        ("domain-of-an-encoded-partial", "domain", "Content-Type: message/partial\nContent-Transfer-Encoding: base64\n\n"
         "x\n", OK, (), ()),
        ("domain-of-an-8-bit-external-body", "domain", "Content-Type: message/external-body\n"
         "Content-Transfer-Encoding: 8bit\n\nx\n", "550 5.6.0 invalid message/* or multipart/* encoding domain",
         ["encoding domain: 8bit" + FROM + "$"], ()),
        ("domain-of-an-encoded-status", "domain", "Content-Type: message/delivery-status\n"
         "Content-Transfer-Encoding: base64\n\nx\n", OK, (), ()),
        ("domain-of-an-encoded-global-message", "domain", "Content-Type: message/global\n"
         "Content-Transfer-Encoding: base64\n\nSubject: x\n\nx\n", OK, (), ()),
        ("domain-of-an-encoded-message", "domain", "Content-Type: message/rfc822\nContent-Transfer-Encoding: BASE64 x\n\n"
         "Subject: x\n\nx\n", "550 5.6.0", ["encoding domain: base64" + FROM + "$"], ()),
        ("domain-of-an-encoded-multipart-part", "domain", ML + "\n--b\nContent-Type: multipart/mixed; boundary=c\n"
         "Content-Transfer-Encoding: quoted-printable\n\n--c\n\nx\n", "550 5.6.0",
         ["encoding domain: quoted-printable" + FROM + "$"], ()),
        ("domain-last-encoding-counts", "domain", ML + "Content-Transfer-Encoding: base64\nContent-Transfer-Encoding: 7bit\n"
         "\nx\n", OK, (), ()),
        ("domain-type-behind-encoding", "domain", "Content-Transfer-Encoding: base64\n" + ML + "\nx\n", "550 5.6.0", (), ()),
        ("nesting-two-more-than-the-limit", "nest1", DEEP(3), OK, (), ()),
        ("nesting-beyond-that", "nest1", DEEP(4), "550 5.6.0 MIME nesting exceeds safety limit",
         [r"mime-error MIME nesting exceeds safety limit: Content-Type: multipart/mixed; boundary=b3" + FROM + "$"], ()),
        ("nesting-of-messages-is-free", "nest1", LAYERS * 60 + "Subject: in\n\nx\n", OK, (), ()),
        ("nesting-of-both", "nest1", LAYERS * 20 + DEEP(4), "550 5.6.0", (), ()),
        ("nesting-of-boundaries-in-one-header", "nest1", "Content-Type: multipart/mixed; boundary=a; boundary=b; boundary=c;"
         " boundary=d\n\nx\n", "550 5.6.0", (), ()),
        ("nesting-is-told-apart-from-strictness", "domain", DEEP(102), OK, (), ()),
        ("nesting-default-limit", "domain", DEEP(103), "550 5.6.0", (), ()),
        ("boundary-before-a-comment", "bound", "Content-Type: multipart/mixed; boundary=ab(c)d\n" + PARTS, OK,
         ["header X-Warn: 1", "header X-Warn: 2", "header X-Warn: 3", "!header X-Warn: 4"], ()),
        ("boundary-is-cut", "bound", "Content-Type: multipart/mixed; boundary=abcdefgh\n" + PARTS, OK,
         ["header X-Warn: 2", "!header X-Warn: 1", "!header X-Warn: 3"], ()),
        ("boundary-empty", "bound", 'Content-Type: multipart/mixed; boundary=""\n' + PARTS, OK,
         ["header X-Warn: 1", "header X-Warn: 4"], ()),
        ("boundary-missing", "bound", "Content-Type: multipart/mixed\n" + PARTS, OK, ["!header X-Warn"], ()),
        ("boundary-of-two-words", "bound", "Content-Type: multipart/mixed; boundary=abc d\n" + PARTS, OK,
         ["header X-Warn: 2", "header X-Warn: 3", "!header X-Warn: 4"], ()),
        ("boundary-in-another-parameter", "bound", 'Content-Type: multipart/mixed; x="boundary=abc"\n' + PARTS, OK,
         ["!header X-Warn"], ()),
        ("boundary-behind-an-empty-parameter", "bound", "Content-Type: multipart/mixed;; boundary=abc\n" + PARTS, OK,
         ["header X-Warn: 3"], ()),
        ("boundary-without-semicolon", "bound", "Content-Type: multipart/mixed boundary=abc\n" + PARTS, OK,
         ["!header X-Warn"], ()),
        ("boundary-of-text", "bound", "Content-Type: text/plain; boundary=abc\n" + PARTS, OK, ["!header X-Warn"], ()),
        ("boundary-in-the-second-of-two-types", "bound", "Content-Type: text/plain\nContent-Type: multipart/mixed; "
         "boundary=abc\n" + PARTS, OK, ["header X-Warn: 3"], ()),
        ("boundary-in-the-first-of-two-types", "bound", "Content-Type: multipart/mixed; boundary=abc\n"
         "Content-Type: text/plain\n" + PARTS, OK, ["header X-Warn: 3"], ()),
        ("boundary-of-quoted-multipart", "bound", 'Content-Type: "multipart"/mixed; boundary=abc\n' + PARTS, OK,
         ["!header X-Warn"], ()),
        ("digest-of-an-unknown-type", "parts", "Content-Type: multipart/digest; boundary=q\n\n--q\nContent-Type: image/x\n\n"
         "Subject: in\n\nx\n", OK, [": inner in$"], ()),
        ("digest-of-a-text", "parts", "Content-Type: multipart/digest; boundary=q\n\n--q\nContent-Type: text/plain\n\n"
         "Subject: in\n\nx\n", OK, ["!: inner in$"], ()),
        ("digest-without-a-type", "parts", "Content-Type: multipart/digest; boundary=q\n\n--q\n\nSubject: in\n\nx\n", OK,
         [": inner in$"], ()),
        ("mixed-of-an-unknown-type", "parts", "Content-Type: multipart/mixed; boundary=q\n\n--q\nContent-Type: image/x\n\n"
         "Subject: in\n\nx\n", OK, ["!: inner in$", ": mime image/x$"], ()),
        ("several-boundaries-inner-first", "parts", "Content-Type: multipart/mixed; boundary=a; boundary=b; boundary=c\n\n"
         "--c\nX-1: 1\n\n--b\nX-2: 1\n\n--a\nX-3: 1\n\n--a--\nX-4: 1\n\n", OK,
         [": part X-1: 1$", ": part X-2: 1$", ": part X-3: 1$", "!: part X-4: 1$"], ()),
        ("several-boundaries-outer-first", "parts", "Content-Type: multipart/mixed; boundary=a; boundary=b\n\n--a\nX-1: 1\n\n"
         "--b\nX-2: 1\n\n--a\nX-3: 1\n\n", OK, [": part X-1: 1$", "!: part X-2: 1$", ": part X-3: 1$"], ()),
        ("type-without-a-value", "head", "Content-Type:\n\nx\n", OK, [r": type \[\]$"], ()),
        ("limit-of-a-part-starts-at-its-end", "size10", ML + "\n12345678901\n--b\n\nwarn 1\n--b--\nwarn 2\n", OK,
         ["body warn 1", "body warn 2", "body --b--", "!body --b from"], ()),
        ("limit-counts-the-last-boundary", "size6", ML + "\n--b\n\n--b--\nwarn 2\n", OK,
         ["body --b--", "!body warn 2"], ()),
        ("limit-of-one-byte", "size1", "Subject: x\n\nwarn 1\nwarn 2\n", OK, ["!body warn"], ()),
        ("limit-does-not-count-an-added-line", "size1", "Subject: x\nwarn 1\nwarn 2\n", OK,
         ["body warn 1", "!body warn 2"], ()),
        ("latin-1-header-is-looked-up", "head", b"X-Latin: caf\xe9\n\nx\n", OK, [r"header X-Latin: caf\? from.*: one byte$"],
         ()),
        ("latin-1-body-is-looked-up", "head", b"Subject: x\n\nwarn caf\xe9\n", OK, [r"body warn caf\? from"], ()),
        ("nul-ends-a-header-line", "head", b"X-Warn: a\0b\n cont\n\nx\n", OK, [r"header X-Warn: a\? ?cont from"],
         [r"^X-Warn: a\n[ \t]cont$"]),
        ("nul-ends-what-is-looked-up", "head", b"Subject: x\n\nrep\0x\n", OK, (), [r"^new$"]),
        ("nul-in-a-body-stays", "plain", b"Subject: x\n\na\0b\n", OK, (), ["^a\0b$"]),
        ("nul-in-a-name-ends-the-header", "plain", b"X\0Y: 1\n\nx\n", OK, (), ["\n\nX\0Y: 1\n\nx"]),
        ("nul-rejected", "rejectnul", b"Subject: x\n\na\0b\n", "550 5.7.1 disallowed character",
         [r"reject: content a from localhost"], ()),
        ("nul-stripped", "stripnul", b"Subject: a\0b\n\nc\0d\n", OK, (), ["^Subject: ab$", "^cd$"]),
        ("characters-stripped", "strip", b"Subject: x\n\na\\b\tc\bdAZ\n", OK, (), ["^abcd$"]),
        ("characters-stripped-from-headers", "strip", b"X-A: a\\bZ\n\nx\n", OK, (), ["^X-: ab$"]),
        ("characters-rejected-before-stripped", "both", "Subject: q\n\nxy\n", "550 5.7.1", (), ()),
        ("characters-8-bit-rejected", "reject8", b"Subject: \x80\n\nx\n", "550 5.7.1",
         [r"reject: content Subject: \? from"], ()),
        ("cr-is-a-space-before-it-is-stripped", "stripcr", b"Subject: x\n\na\rb\n", OK, (), ["^a b$"]),
        ("cr-is-a-space-before-it-is-rejected", "rejectcr", b"Subject: x\n\na\rb\n", OK, (), ["^a b$"]),
        ("cr-kept", "keepcr", b"Subject: x\n\na\rb\n", OK, (), ["^a\rb$"]),
        ("cr-cr-lf", "plain", b"Subject: x\r\r\n\r\r\nbody\r\r\nend\r\n", OK, (), ["^Subject: x$", "\n\nbody\nend"]),
        ("dropped-but-for-mime-headers", "drop", "Date: x\nSubject: y\nContent-Type: text/plain\nX-A: 1\n\nx\n", OK, (),
         ["^Content-Type: text/plain\nX-A: 1$", "!^Subject", "!^Date: x"]),
        ("message-id-folded", "plain", "Message-ID: <a\n b@c>\n\nx\n", OK, [r"message-id=<a\? b@c>$"],
         [r"^Message-ID: <a\n[ \t]b@c>$"]),
        ("undisclosed-recipients", "undis", "Subject: x\n\nx\n", OK, (), ["^From: .*\nX-To: nobody$"]),
        ("undisclosed-recipients-with-cc", "undis", "Cc: x@x.test\n\nx\n", OK, (), ["!^X-To"]),
        ("undisclosed-recipients-with-bcc", "undis", "Bcc: x@x.test\n\nx\n", OK, (), ["^X-To: nobody$"]),
        ("undisclosed-recipients-bad", "nocolon", "Subject: x\n\nx\n", OK,
         [r'warning: bad undisclosed_recipients_header header text "no header" -- need "headername: headervalue"$'],
         ["!no header"]),
        ("rewritten-for-others-gets-headers", "domainname", "From: joe\nTo: sue\n\nx\n", OK, (),
         ["^From: joe\nTo: sue\nMessage-Id: <.*>\nDate: "]),
        ("token-limit", "tokens", "To: a, b, c, d, e\nX-A: 1\n\nx\n", OK, (), ["^To: a@example.test, b@example.test,.*c"]),
        ("header-rewritten-beyond-the-limit", "hsize", "To: " + ", ".join("user%d" % i for i in range(9)) + "\nX-A: 1\n\nx\n",
         OK, (), [r"^To: user0@example.test, user1@example.test, user2@example.test,\n[ \t]user3@example.test, "
                  r"user4@example.te$"]),
        ("hops-just-below", "hop3", "Received: x\nSubject: y\n\nx\n", OK, (), ()),
        ("hops-at-the-limit", "hop3", "Received: x\nReceived: y\nSubject: y\n\nx\n", "554 5.4.0 Error: too many hops",
         ["warning: .*message rejected: hopcount exceeded", "!message-id="], ()),
        ("hops-of-parts-do-not-count", "hop3", ML + "\n--b\nReceived: 1\nReceived: 2\nReceived: 3\n\nx\n", OK, (), ()),
        ("reject-in-the-last-header", "head", "X-Rej: 1\n\nx\n", "550 5.7.1", [r"!message-id=<"], ()),
        ("reject-before-other-headers", "head", "X-Rej: 1\nX-A: 1\n\nx\n", "550 5.7.1", [r"!message-id=<"], ()),
    ]

    @classmethod
    def case_names(cls):
        return super().case_names() + [r[0] for r in cls.rows]

    def run_case(self, name):
        row = next((r for r in self.rows if r[0] == name), None)
        if row is None:
            return super().run_case(name)
        self.case, self.since = name, self.inst.log_size()
        service, message, reply, log, delivered = row[1:]
        raw = message if isinstance(message, bytes) else message.encode("utf-8")
        raw = re.sub(rb"(?<!\r)\n", b"\r\n", raw)
        c = self.inst.smtp(self.port[service])
        try:
            c.greet()
            c.ehlo()
            self.reply(c.cmd("MAIL FROM:<bob@example.net>"), "250")
            self.reply(c.cmd("RCPT TO:<r@x.test>"), "250")
            self.reply(c.cmd("DATA"), "354")
            seen = len(self.sink.messages)
            c.send(re.sub(rb"(?m)^\.", b"..", raw) + b".\r\n")
            got = self.reply(c.reply(), reply)
        finally:
            c.close()
        for rx in log:
            if rx[0] != "!":
                self.log(rx)
        if got.code == 250:
            self.found(self.sink.wait(lambda m: m in self.sink.messages[seen:]), "message at the next hop")
            text = self.sink.messages[seen].text
            for rx in delivered:
                (self.nomatch if rx[0] == "!" else self.match)(rx.lstrip("!"), text, "delivered message")
        for rx in log:
            if rx[0] == "!":
                self.nolog(rx[1:])


TYPED = [
    # RCPT TO as the client writes it, MAIL parameters, recipient and ORCPT at the next hop
    ('"alice@q"@x.test', "", '"alice@q"@x.test', 'rfc822;"alice@q"@x.test'),
    ('"a"@x.test', "", "a@x.test", 'rfc822;"a"@x.test'),
    ('"a.b"@x.test', "", "a.b@x.test", 'rfc822;"a.b"@x.test'),
    ('"a b"@x.test', "", '"a b"@x.test', 'rfc822;"a+20b"@x.test'),
    ('"a\\b"@x.test', "", "ab@x.test", 'rfc822;"a\\b"@x.test'),
    ("a\\@b@x.test", "", '"a@b"@x.test', "rfc822;a\\@b@x.test"),
    ("A.B@X.test", "", "A.B@X.test", "rfc822;A.B@X.test"),
    ("a=b+c@x.test", "", "a=b+c@x.test", "rfc822;a+3Db+2Bc@x.test"),
    ("@r.test:a@x.test", "", "a@x.test", "rfc822;@r.test:a@x.test"),
    ("x.test!a", "", "a@x.test", "rfc822;x.test!a"),
    ("a@x.test.", "", "a@x.test", "rfc822;a@x.test."),
    ("a (c) @x.test", "", "a@x.test", "rfc822;a+20(c)+20@x.test"),
    ("caf\u00e9@x.test", " SMTPUTF8", "caf\u00e9@x.test", "rfc822;caf+C3+A9@x.test"),
]
POSTED = [
    ('"a b"@x.test', '"a b"@x.test', "rfc822;a+20b@x.test"),
    ('<"alice@q"@x.test>', '"alice@q"@x.test', "rfc822;alice@q@x.test"),
    (".a@x.test", '".a"@x.test', "rfc822;.a@x.test"),
    ("a\\@b@x.test", '"a@b"@x.test', "rfc822;a@b@x.test"),
    ("caf\u00e9@x.test", "caf\u00e9@x.test", "utf-8;caf\\x{E9}@x.test"),
]


class OriginalRecipients(Group):
    """ORCPT of recipients for whom nobody gave one: what the client wrote, or the plain address of a posted mail."""
    area = "content"
    cost = 3
    main = "local_recipient_maps =\n"

    @classmethod
    def case_names(cls):
        return super().case_names() + ["typed-%d" % n for n in range(len(TYPED))] + ["posted-%d" % n for n in range(len(POSTED))]

    def run_case(self, name):
        kind, _, n = name.partition("-")
        if kind not in ("typed", "posted"):
            return super().run_case(name)
        self.case, self.since = name, self.inst.log_size()
        seen = len(self.sink.messages)
        if kind == "typed":
            typed, params, recipient, original = TYPED[int(n)]
            self.sent(self.inst.send("bob@example.net", typed, data="Subject: x\n\nx\n", mail_params=params.strip()))
        else:
            typed, recipient, original = POSTED[int(n)]
            r = self.inst.sendmail("-f", "bob@example.net", typed, input="Subject: x\n\nx\n")
            self.eq(r.rc, 0, "exit status (%s)" % r.err)
        m = self.found(self.sink.wait(lambda m: m in self.sink.messages[seen:]), "message at the next hop")
        self.eq((m.rcpts, m.rcpt_params), ([recipient], [["ORCPT=" + original]]), "recipient %s" % typed)

    def test_name_without_a_domain(self):
        self.inst.send("back@y.test", "nosuchuser", data="Subject: x\n\nx\n")
        m = self.at_sink("back@y.test")
        self.match(r"^Original-Recipient: rfc822;nosuchuser$", m.text)

    def test_posted_name_without_a_domain(self):
        self.inst.sendmail("-f", "back2@y.test", '"nosuch user"', input="x\n")
        m = self.at_sink("back2@y.test")
        self.match(r"^Original-Recipient: rfc822;nosuch user@example\.test$", m.text)


SPAWN = {
    "no-attribute": ("", "missing user= attribute"),
    "no-user": ("argv=/bin/true", "missing user= attribute"),
    "no-command": ("user=alice", "missing argv= attribute"),
    "unknown-attribute": ("flags=x user=alice argv=/bin/true", "unknown attribute name: flags=x"),
    "unknown-user": ("user=nosuchuser argv=/bin/true", "unknown user name: nosuchuser"),
    "unknown-group": ("user=alice:nosuchgroup argv=/bin/true", "unknown group name: nosuchgroup"),
    "root": ("user=root argv=/bin/true", "request to deliver as root"),
    "group-of-root": ("user=alice:root argv=/bin/true", "request to use privileged group id 0"),
    "mail-owner": ("user=@OWNER@ argv=/bin/true", "request to deliver as mail system owner"),
    "group-of-mail-owner": ("user=alice:@GROUP@ argv=/bin/true", "request to use mail system owner group id"),
}


class Spawn(Group):
    """Lines of master.cf that spawn(8) refuses, and what it runs commands with."""
    area = "daemons"
    cost = 4
    sink = False
    ports = {name: 10150 + n for n, name in enumerate(list(SPAWN) + ["capitals", "group", "status", "missing"])}
    main = "export_environment = TZ MAIL_CONFIG SHOWN=yes\n"

    @classmethod
    def case_names(cls):
        return super().case_names() + ["refuses-" + n for n in SPAWN]

    def prepare(self):
        import grp
        import pwd
        owner = pwd.getpwnam(self.worker.suite.defaults.get("mail_owner", "postfix"))
        lines = dict({n: a.replace("@OWNER@", owner.pw_name).replace("@GROUP@", grp.getgrgid(owner.pw_gid).gr_name)
                      for n, (a, _) in SPAWN.items()},
                     capitals="USER=alice ARGV=/usr/bin/id -un", group="user=alice:bob argv=/usr/bin/id -gn",
                     status="user=alice argv=/bin/sh -c {echo $SHOWN; exit 3}", missing="user=alice argv=/no/such/command")
        self.master = "".join("127.0.0.1:%d inet n n n - 0 spawn %s\n" % (self.ports[n], a) for n, a in lines.items())

    def said(self, name):
        c = self.inst.smtp(self.ports[name])
        try:
            c.sock.settimeout(10)
            out = b""
            while True:
                more = c.sock.recv(1000)
                if not more:
                    return out.decode()
                out += more
        except ConnectionResetError:
            return ""
        finally:
            c.close()

    def run_case(self, name):
        if not name.startswith("refuses-"):
            return super().run_case(name)
        self.case, self.since = name, self.inst.log_size()
        c = self.inst.smtp(self.ports[name[8:]])
        try:
            self.log(r"spawn\[\d+\]: fatal: %s" % re.escape(SPAWN[name[8:]][1]))
        finally:
            c.close()

    def test_names_in_capitals(self):
        self.eq(self.said("capitals"), "alice\n", "output")

    def test_group(self):
        self.eq(self.said("group"), "bob\n", "output")

    def test_environment_and_status(self):
        self.eq(self.said("status"), "yes\n", "output")
        self.log(r"spawn\[\d+\]: warning: command /bin/sh exit status 3$")

    def test_missing_command(self):
        self.said("missing")
        self.log(r"spawn\[\d+\]: .*(/no/such/command|No such file)")
