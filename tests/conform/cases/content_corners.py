"""Corners of content: long folded headers, checks and empty lines, what replaces a MIME header, which error counts."""
import re

from harness import Group


class LongHeaders(Group):
    """header_size_limit: a line that begins within the limit counts for checks, and where the header is cut."""
    area = "content"
    main = "header_size_limit = 60\nheader_checks = regexp:@ETC@/c\n"
    files = {"c": "/^X-/ WARN seen\n"}

    def got(self, header):
        t = self.token()
        self.sent(self.inst.send(headers=header + "\n", body=t + "\n", rcpts="a@x.test"))
        text = self.at_sink(t).data.decode("latin-1").replace("\r\n", "\n")
        return self.match(r"(?s)Subject: test\n(.*)\nMessage-Id:", text).group(1)

    def row(self, header, expected):
        self.eq(self.got(header), expected, repr(header))

    def test_within_a_line(self):
        self.row("X-A: %s\n %s" % ("a" * 40, "b" * 40), "X-A: %s\n %s" % ("a" * 40, "b" * 13))
        self.row("X-A: " + "a" * 80, "X-A: " + "a" * 55)
        self.row("X-A: %s\n %s" % ("a" * 48, "b" * 40), "X-A: %s\n %s" % ("a" * 48, "b" * 5))

    def test_between_lines(self):
        self.row("X-A: %s\n %s" % ("a" * 49, "b" * 40), "X-A: " + "a" * 49)
        self.row("X-A: %s\n bbb\n c" % ("a" * 51), "X-A: " + "a" * 51)

    def test_exactly(self):
        self.row("X-A: %s\n bb\n c" % ("a" * 51), "X-A: %s\n bb" % ("a" * 51))
        self.row("X-A: %s\n b\n c" % ("a" * 51), "X-A: %s\n b" % ("a" * 51))
        self.row("X-A: %s\n b" % ("a" * 55), "X-A: " + "a" * 55)

    def test_many_lines(self):
        self.row("X-A: %s\n %s\n %s\n fff" % ("a" * 20, "b" * 20, "e" * 40), "X-A: %s\n %s\n %s" % ("a" * 20, "b" * 20, "e" * 11))

    def test_checks_see_whole_lines(self):
        self.got("X-A: %s\n %s" % ("a" * 40, "b" * 40))
        self.log(r"warning: header X-A: a{40}\? b{40} from")

    def test_rewritten(self):
        self.row("Cc: " + "a, " * 40, "Cc: a@example.test, a@example.test, a@example.test, a@exampl")
        self.row("Cc: a@example.test, b@example.test, ccccccccccccccccc, ddddddd", "Cc: a@example.test, b@example.test, ccccccccccccccccc@exampl")


class EmptyLines(Group):
    """No table is asked about an empty line, whatever its patterns match."""
    area = "content"
    main = "body_checks = regexp:@ETC@/b\nheader_checks = regexp:@ETC@/h\n"
    files = {"b": "/^$/ REJECT empty\n/^()$/ STRIP empty\n/^x *$/ IGNORE\n", "h": "/^$/ REJECT empty\n"}

    def test_body(self):
        t = self.token()
        self.sent(self.inst.send(body="a\n\n\nx\n%s\n" % t, rcpts="a@x.test"))
        self.match(r"\r\n\r\na\r\n\r\n\r\n" + re.escape(t), self.at_sink(t).data.decode())
        self.nolog("strip: body")

    def test_no_header(self):
        t = self.token()
        self.sent(self.inst.send(data="\n\n%s\n" % t, rcpts="a@x.test"))
        self.match(r"\r\n\r\n\r\n" + re.escape(t), self.at_sink(t).data.decode())


class MimeReplaced(Group):
    """What replaces a header about the body is written as it is."""
    area = "content"
    main = "header_checks = regexp:@ETC@/h\nmime_header_checks = regexp:@ETC@/m\n"
    files = {"h": "/^X-To: (.*)/ REPLACE Reply-To: $1\n", "m": "/^Content-ID: *(.*)/ REPLACE Reply-To: $1\n/^Content-Desc.*: (.*)/ REPLACE Bcc: $1\n"
                  "/^Content-Disp.*: (.*)/ REPLACE Message-ID: $1\n"}

    def got(self, header):
        t = self.token()
        qid = self.sent(self.inst.send(headers=header + "\n", body=t + "\n", rcpts="a@x.test"))
        return qid, self.at_sink(t).data.decode()

    def test_address_as_it_is(self):
        self.match(r"^Reply-To: ann\r$", self.got("Content-ID: ann")[1])

    def test_address_of_another_header(self):
        self.match(r"^Reply-To: ann@example\.test\r$", self.got("X-To: ann")[1])

    def test_dropped_name_stays(self):
        self.match(r"^Bcc: ann\r$", self.got("Content-Description: ann")[1])

    def test_does_not_count(self):
        qid, text = self.got("Content-Disposition: <odd@id>")
        self.match(r"^Message-ID: <odd@id>\r$", text)
        self.match(r"^Message-Id: <\d+\.%s@" % qid, text)


class FirstError(Group):
    """After the first error nothing more is looked at."""
    area = "content"
    main = "hopcount_limit = 1\nmessage_reject_characters = \\001\nbody_checks = regexp:@ETC@/b\n"
    files = {"b": "/bad/ REJECT bad words\n"}

    def test_hops_before_characters(self):
        self.reply(self.inst.send(headers="Received: x\n", body="a\1b\n"), "554 5.4.0")
        self.nolog("disallowed character")

    def test_hops_before_body(self):
        self.reply(self.inst.send(headers="Received: x\n", body="bad\n"), "554 5.4.0")
        self.nolog("reject: body")


class MailboxLines(Group):
    """Lines "From " in front of a message by SMTP: letter by letter."""
    area = "content"

    def got(self, lines):
        t = self.token()
        self.sent(self.inst.send(data=lines + "\nSubject: %s\n\nx\n" % t, rcpts="a@x.test"))
        return re.split(r"for <a@x\.test>; .*\n", self.at_sink(t).text.replace("\r\n", "\n"))[1]

    def test_two_lines(self):
        self.match(r"\AX-Mailbox-Line: >From joe\nX-Mailbox-Line: From ann\nSubject: ", self.got(">From joe\nFrom ann"))

    def test_header_in_capitals_behind_one(self):
        self.match(r"\AX-Mailbox-Line: From joe\nFROM: x@example\.test\nSubject: ", self.got("From joe\nFROM : x"))

    def test_other_case_ends_the_header(self):
        for line in ("FROM a", "from a: b", "> From a"):
            self.match(r"\n\n%s\nSubject: " % line, self.got(line))


class OwnHeaders(Group):
    """header_size_limit is for what comes in and for what checks make of it, not for headers that are added."""
    area = "content"
    main = """header_size_limit = 30
header_checks = regexp:@ETC@/c
undisclosed_recipients_header = To: undisclosed-recipients-of-a-very-long-name:;
"""
    files = {"c": "/^X-P/ PREPEND X-Prepended: %s\n/^X-R/ REPLACE X-Replaced: %s\n/^X-T/ REPLACE To: %s\n" % ("p" * 60, "r" * 60, "a," * 30)}

    def got(self, header):
        t = self.token()
        self.sent(self.inst.send(data="Subject: x\n%s\n\n%s\n" % (header, t), rcpts="a@x.test"))
        return self.at_sink(t).text.replace("\r\n", "\n").split("Subject: x\n")[1]

    def test_added(self):
        self.match(r"\AX-A: v{25}\nMessage-Id: <\d{14}\.\w+@mx\.example\.test>\nDate: \w{3}, .* \(UTC\)\nFrom: bob@example\.net\n"
                   r"To: undisclosed-recipients-of-a-very-long-name:;\n\n", self.got("X-A: " + "v" * 70))

    def test_added_with_a_full_name(self):
        t = self.token()
        self.inst.sendmail("-F", "A Full Name That Is Quite Long, Yes", "-f", "bob@y.test", "a@x.test", input="\n%s\n" % t)
        self.match(r'^From: "A Full Name That Is Quite Long, Yes" <bob@y\.test>$', self.at_sink(t).text)

    def test_prepended(self):
        self.match(r"\AX-Prepended: p{17}\nX-P: 1\nMessage-Id: ", self.got("X-P: 1"))

    def test_replaced(self):
        self.match(r"\AX-Replaced: r{18}\nMessage-Id: ", self.got("X-R: 1"))

    def test_replaced_and_rewritten(self):
        self.match(r"\ATo: a@example\.test, a@example\.\nMessage-Id: ", self.got("X-T: 1"))


class NoText(Group):
    """smtputf8_enable = no: any bytes are a name, but no domain."""
    area = "rewriting"
    main = "smtputf8_enable = no\n"

    def rcpt(self, address):
        c = self.inst.smtp()
        try:
            c.greet()
            c.ehlo()
            c.cmd("MAIL FROM:<a@b.test>")
            c.send(b"RCPT TO:<%s>\r\n" % address)
            return c.reply()
        finally:
            c.close()

    def test_name(self):
        self.reply(self.rcpt(b"caf\xe9@x.test"), "250 2.1.5")

    def test_own_name(self):
        self.reply(self.rcpt(b"caf\xe9@example.test"), "550 5.1.1 ~unknown")

    def test_domain(self):
        self.reply(self.rcpt(b"joe@caf\xe9.test"), "501 5.1.3")
