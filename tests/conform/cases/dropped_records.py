"""postdrop(1): which records it takes where, one by one."""
import concurrent.futures
import subprocess

from harness import Group

# Letters of records, and bytes that are none.
TYPES = "CTcFIAfSDRONWLXpwmxreE>|oMvtQVPKn 01~Zz\xff9BGHUYabdghijklqsuy"
# What is taken, in each place; all other types are refused.
TAKEN = {"envelope": "FARSVin", "before a recipient": "FARSVin", "content": "LN", "after the content": "AR"}


def record(kind, text=""):
    data, size = text.encode(), len(text.encode())
    out = bytes([ord(kind)])
    while size > 127:
        out, size = out + bytes([size & 127 | 128]), size >> 7
    return out + bytes([size]) + data


class Types(Group):
    area = "queue"
    main = ""
    cost = 10

    def drop(self, place, kind):
        odd = [record(kind, "x=y")]
        front = [record("A", "rewrite_context=local"), record("S", "root")]
        to, content = [record("R", "bob@example.net")], [record("M"), record("N", "Subject: x"), record("N"), record("N", "b")]
        parts = {"envelope": front + to + odd + content + [record("X")], "before a recipient": front + odd + to + content + [record("X")],
                 "content": front + to + content + odd + [record("X")], "after the content": front + to + content + [record("X")] + odd}[place]
        done = subprocess.run([self.inst.suite.cmd("postdrop"), "-r"], input=b"".join(parts + [record("E")]), env=self.inst.env(),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30)
        return done.returncode, done.stderr.decode()

    def look(self, place):
        # Those that end a part of the message make another message of it.
        kinds = [kind for kind in TYPES if not (kind in "MXE" and (place, kind) not in (("envelope", "X"), ("envelope", "E")))]
        with concurrent.futures.ThreadPoolExecutor(8) as pool:  # each refusal takes a second
            answers = list(pool.map(lambda kind: self.drop(place, kind), kinds))
        for kind, (status, text) in zip(kinds, answers):
            taken = kind in TAKEN[place]
            self.eq(status, 0 if taken else 1, "%r in the %s: %s" % (kind, place, text))
            if not taken:
                self.match(r"postdrop: fatal: uid=0: unexpected record type: %d\n" % ord(kind), text, "%r in the %s" % (kind, place))
        self.inst.purge()

    def test_envelope(self):
        self.look("envelope")

    def test_before_a_recipient(self):
        self.look("before a recipient")

    def test_content(self):
        self.look("content")

    def test_after_the_content(self):
        self.look("after the content")
