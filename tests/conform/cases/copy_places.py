"""Where automatic copies stand in a queue file, and whose details a redirected message keeps."""
import re

from harness import Group


class Places(Group):
    area = "content"
    main = """sender_bcc_maps = inline:{{s1@y.test = copy@x.test}, {s2@y.test = multi@x.test}}
recipient_bcc_maps = inline:{r2@x.test=rcopy@x.test}
header_checks = regexp:@ETC@/checks
virtual_alias_maps = inline:{{multi@x.test = m1@x.test m2@x.test}, {virt@x.test = v1@x.test v2@x.test}}
"""
    files = {"checks": "/^X-Bcc: (.*)/ BCC $1\n/^X-Red: (.*)/ REDIRECT $1\n/^X-Hold:/ HOLD\n"}

    def send(self, sender, rcpts, headers, **more):
        return self.sent(self.inst.send(sender, rcpts, headers=headers, **more))

    def order(self, sender, rcpts, headers=""):
        """The recipients in the file; `|` stands for the content."""
        qid = self.send(sender, rcpts, headers + "X-Hold: x\n")
        self.log(r"%s: hold: header X-Hold" % qid)
        text = self.inst.run("postcat", "-e", "-q", qid).out
        self.inst.purge()
        words = re.findall(r"(?m)^(?:recipient: (\S+)|\*\*\* (MESSAGE CONTENTS)|named_attribute: (log_helo_name))", text)
        return " ".join(a or ("|" if b else "helo") for a, b, c in words)

    def test_sender_copy_is_first(self):
        self.eq(self.order("s1@y.test", ["r1@x.test"]), "copy@x.test helo r1@x.test |", "records")

    def test_expanded_sender_copy_is_first(self):
        self.eq(self.order("s2@y.test", ["r2@x.test", "r1@x.test"]), "m1@x.test m2@x.test helo r2@x.test rcopy@x.test r1@x.test |", "records")

    def test_header_copy_is_last(self):
        self.eq(self.order("s1@y.test", ["r1@x.test"], "X-Bcc: b@x.test\n"), "copy@x.test helo r1@x.test | b@x.test", "records")

    def redirected(self, sender, rcpts, **more):
        qid = self.send(sender, rcpts, "X-Red: red@x.test\nX-Bcc: b@x.test\n", **more)
        return self.log(r"%s: to=<red@x\.test>, orig_to=<(\S+)>, .*status=sent" % qid).group(1)

    def test_redirected_first_name(self):
        self.eq(self.redirected("none@y.test", ["z@x.test", "r1@x.test", "t@x.test"]), "r1@x.test", "orig_to")

    def test_redirected_copy(self):
        self.eq(self.redirected("s1@y.test", ["z@x.test"]), "copy@x.test", "orig_to")

    def test_redirected_not_the_copy(self):
        self.eq(self.redirected("s2@y.test", ["a@x.test"]), "a@x.test", "orig_to")

    def test_redirected_alias(self):
        self.eq(self.redirected("none@y.test", ["z@x.test", "virt@x.test"]), "virt@x.test", "orig_to")


class MessageIds(Group):
    """What the log says of a Message-ID header with odd white space."""
    area = "content"

    def logged(self, line):
        t = self.token()
        qid = self.sent(self.inst.send(headers=line % t + "\n"))
        return self.log(r"%s: ((?:resent-)?message-id=%s.*)$" % (qid, re.escape(t))).group(1).replace(t, "ID")

    def test_space_behind(self):
        self.eq(self.logged("Message-ID:  %s \t "), "message-id=ID ? ", "log")

    def test_resent_space_behind(self):
        self.eq(self.logged("Resent-Message-ID: %s  "), "resent-message-id=ID  ", "log")
