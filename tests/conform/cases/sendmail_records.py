"""What sendmail writes into maildrop, record by record: odd input, odd recipients, odd options."""
import os

from harness import Group

# What every message here has in front, and what is left out of the rows.
FRONT = ["Arewrite_context=local", "FBob Example", "Sbob"]
REST = ["M", "NSubject: s", "N", "Nbody", "X", "E"]
TEXT = "Subject: s\n\nbody\n"


def records(path):
    with open(path, "rb") as f:
        data = f.read()
    found, at = [], 0
    while at < len(data):
        kind, at, size, shift = chr(data[at]), at + 1, 0, 0
        while True:
            size |= (data[at] & 127) << shift
            shift, at = shift + 7, at + 1
            if data[at - 1] < 128:
                break
        text = data[at:at + size].decode("utf-8", "backslashreplace")
        found.append(kind + (text if size < 100 else "<%d>" % size))
        at += size
    return found


class Written(Group):
    area = "sendmail"
    cost = 6
    sink = False

    # Input, and the content records, for one recipient on the command line.
    inputs = [
        ("", []),
        ("\n", ["N"]),
        ("x", ["Lx"]),
        ("x\ny", ["Nx", "Ly"]),
        (".\n", []),
        ("x\n.", ["Nx"]),
        ("..\n.\nz", ["N.."]),
        (" leading\n", ["N leading"]),
        ("From x\nFrom y\nSubject: q\n\nFrom z\n", ["NSubject: q", "N", "NFrom z"]),
        (">From x\n>>From y\nb\n", ["Nb"]),
        ("a\r\nb\r\n", ["Na", "Nb"]),
        ("a\r\r\nb\n", ["Na", "Nb"]),
        ("x" * 2047 + "\n", ["N<2047>"]),
        ("x" * 2048 + "\n", ["L<2048>", "N"]),
        ("x" * 2048, ["L<2048>"]),
        ("x" * 2049 + "\n", ["L<2048>", "Nx"]),
        ("x" * 4096 + "\ny\n", ["L<2048>", "L<2048>", "N", "Ny"]),
    ]

    # The same with -t: content, then the recipients behind it.
    headers = [
        ("To: a\nbody\n", ["NTo: a", "N", "Nbody"], "a"),
        ("To: a\nbody", ["NTo: a", "N", "Lbody", "N"], "a"),
        ("To: a\n\nbody", ["NTo: a", "N", "Lbody", "N"], "a"),
        ("To: a", ["NTo: a"], "a"),
        ("Foo : x\nTo\t:\ta\n\n", ["NFoo: x", "NTo:\ta", "N"], "a"),
        ("To: a\nFrom me\n\nx\n", ["NTo: a", "N", "NFrom me", "N", "Nx"], "a"),
        ("To: a\n>From me\nX: y\n\n", ["NTo: a", "N", "N>From me", "NX: y", "N"], "a"),
        ("To: a\n: x\n\n", ["NTo: a", "N", "N: x", "N"], "a"),
        ("To: a\nb c: d\n\n", ["NTo: a", "N", "Nb c: d", "N"], "a"),
        ("To: a\n b\n\tc\n\nx\n", ["NTo: a", "N b", "N\tc", "N", "Nx"], "a b c"),
        ("To: g: a, b;\nBcc: c\n\nx\n", ["NTo: g: a, b;", "NBcc: c", "N", "Nx"], "a b c"),
        ("Resent-To: a\nResent-Bcc: z\nTo: b\n\n", ["NResent-To: a", "NResent-Bcc: z", "NTo: b", "N"], "a z"),
        ("to:a\ncC : b\nbcc:\n\n", ["Nto:a", "NcC: b", "Nbcc:", "N"], "a b"),
        ("To: a\nApparently-To: q\n\n", ["NTo: a", "NApparently-To: q", "N"], "a"),
        ("To: a\nContent-Type: message/rfc822\n\nTo: z\n", ["NTo: a", "NContent-Type: message/rfc822", "N", "NTo: z"],
         "a"),
        ("To: \"x y\" <a@b>, (c) d, <@r:e@f>\n\n", ["NTo: \"x y\" <a@b>, (c) d, <@r:e@f>", "N"], "a@b d @r:e@f"),
    ]

    # Options and recipients: what stands before the content, and what else is said.
    options = [
        (["alice", "", "bob"], FRONT + ["Ralice", "R", "Rbob"]),
        (["(c)"], FRONT + ["R"]),
        ([","], FRONT + ["R"]),
        (["alice, bob"], FRONT + ["Ralice", "Rbob"]),
        (["\"a b\"@c"], FRONT + ["Ra b@c"]),
        (["a@b@c"], FRONT + ["Ra@b@c"]),
        (["g:a,b;"], FRONT + ["Ra", "Rb"]),
        (["--", "-a"], FRONT + ["R-a"]),
        (["-N", "never", "", "a"], FRONT + ["R", "Anotify_flags=1", "Ra"]),
        (["-v", "a"], FRONT + ["Atrace_flags=1024", "Ra"]),
        (["-F", "", "a"], [FRONT[0], "F", "Sbob", "Ra"]),
        (["-f", "\"a b\"@c", "a"], FRONT[:2] + ["Sa b@c", "Ra"]),
        (["-f", "Name <x@y>", "a"], FRONT[:2] + ["Sx@y", "Ra"]),
        (["-f", "x@y (c)", "a"], FRONT[:2] + ["Sx@y", "Ra"]),
        (["-f", "", "a"], FRONT[:2] + ["S", "Ra"]),
        (["-f", "x", "-r", "y", "a"], FRONT[:2] + ["Sy", "Ra"]),
        (["-Am", "a"], FRONT + ["Ra"]),
        (["-h", "3", "a"], FRONT + ["Ra"]),
        (["-odb", "-oem", "-o8", "a"], FRONT + ["Ra"]),
        (["-O", "x=y", "-OQueueDirectory=/x", "a"], FRONT + ["Ra"]),
        (["-fx@y", "-Gi", "a"], ["Arewrite_context=remote", FRONT[1], "Sx@y", "Ra"]),
        (["-V", "a=b", "a"], ["Aenvelope_id=a=b"] + FRONT + ["Ra"]),
        (["-V", "xy", "a"], FRONT + ["V+=", "Rxy", "Ra"]),
        (["-V-=", "a"], FRONT + ["V-=", "Ra"]),
        (["-XV", "a"], FRONT + ["V+=", "Ra"]),
    ]

    # Nothing is written, and how it ends.
    nothing = [
        (["-q10", "alice"], 0), (["-q1h"], 0), (["-bm", "-q10", "alice"], 0), (["-bh"], 0), (["-bH"], 0),
        (["-oA", "alice"], 75), (["-oA"], 75), (["-bx", "alice"], 75), (["-B", "x", "alice"], 75),
        (["-Xlog", "alice"], 75), (["-n", "alice"], 75), (["-Vid", "alice"], 75), (["-V"], 75), (["-f"], 75),
    ]

    # Written all the same, with these last words on standard error.
    warnings = [
        (["-N", "bogus", "a"], "bad -N option value -- ignored"),
        (["-N", "never,success", "a"], "bad -N option value -- ignored"),
        (["-R", "bogus", "a"], "bad -R option value -- ignored"),
        (["-V", "", "a"], "bad syntax in -V option value -- ignored"),
        (["-V+=", "a"], "option -V+= is deprecated with Postfix 2.3; specify -XV+= instead"),
        (["-f", "a b", "a"], "-f option specified malformed sender: a b"),
    ]

    def setup(self):
        self.inst.stop()

    def drop(self, args, text):
        """Result, and the records of what was written, without its time."""
        r = self.inst.sendmail(*args, input=text, user="bob")
        queue = os.path.join(self.inst.queue_dir, "maildrop")
        found = None
        for name in os.listdir(queue):
            found = [record for record in records(os.path.join(queue, name)) if record[0] != "T"]
            os.unlink(os.path.join(queue, name))
        return r, found

    def test_input(self):
        for text, content in self.inputs:
            r, found = self.drop(["alice"], text)
            self.eq((r.rc, found), (0, FRONT + ["Ralice", "M"] + content + ["X", "E"]), "records for %r" % text[:40])

    def test_headers(self):
        for text, content, recipients in self.headers:
            r, found = self.drop(["-t"], text)
            self.eq((r.rc, found), (0, FRONT + ["M"] + content + ["X"] + ["R" + one for one in recipients.split()]
                                    + ["E"]), "records for %r" % text)

    def test_options(self):
        for args, front in self.options:
            r, found = self.drop(args, TEXT)
            self.eq((r.rc, found), (0, front + REST), "records for %s" % args)

    def test_nothing(self):
        for args, status in self.nothing:
            r, found = self.drop(args, TEXT)
            self.eq((r.rc, found), (status, None), "%s: %s" % (args, r))

    def test_warnings(self):
        for args, text in self.warnings:
            r, found = self.drop(args, TEXT)
            self.eq((r.rc, r.err.splitlines()[-1]), (0, "sendmail: warning: " + text), "warning for %s" % args)
            self.eq(found[-len(REST):], REST, "content for %s" % args)


class Delivered(Group):
    area = "sendmail"
    cost = 3
    main = "empty_address_recipient = carol\n"

    def test_last_line_without_end(self):
        for args in (["alice"], ["-t"]):
            t = self.token()
            self.eq(self.inst.sendmail(*args, input="To: alice\nSubject: x\n\n" + t).rc, 0, "exit status")
            self.match(r"\n%s\n+\Z" % t, self.in_mail("alice", t))

    def test_nobody(self):
        t = self.token()
        self.eq(self.inst.sendmail("(nobody)", input=t + "\n").rc, 0, "exit status")
        self.in_mail("carol", t)
