"""Who is told that an alias leads nowhere: owner-NAME of the address that failed, or the sender."""
import os
import re
import time

from harness import Group

ALIASES = r"""
postmaster: alice
a: b
owner-a: owna@x.test
b: "|exit 69"
cmd: "|exit 69"
owner-cmd: ownc@x.test
owner-bob: ownbob@x.test
owner-nosuch: ownnosuch@x.test
c: d
owner-c: ownc2@x.test
d: cmd
e: \bob
f: bob
owner-f: ownf@x.test
g: @DIR@/none/g/
owner-g: owng@x.test
h: @DIR@/none/h
owner-h: ownh@x.test
i: @DIR@/none/i
j: i
owner-j: ownj@x.test
cmd+exact: "|exit 69"
k: nosuch
owner-k: ownk@x.test
missing: :include:@DIR@/none/m
owner-missing: ownm@x.test
relative: :include:m
owner-relative: ownm@x.test
writable: :include:@DIR@/writable
owner-writable: ownm@x.test
inner: :include:@DIR@/inner
owner-inner: ownm@x.test
listcmd: :include:@DIR@/listcmd
owner-listcmd: ownm@x.test
listfile: :include:@DIR@/listfile
owner-listfile: ownlf@x.test
two: :include:@DIR@/none/m, nosuch
owner-two: ownt@x.test
unknown: \nobodyhere
owner-unknown: ownu@x.test
loop: loop2
loop2: loop
owner-loop: ownl@x.test
self: self
owner-self: owns@x.test
UP: "|exit 69"
owner-up: ownup@x.test
"""
# Recipient, who gets the report where commands deliver to users, and where Maildirs that cannot be made do.
ROWS = [
    ("a", "back@y.test", None), ("bob", "ownbob@x.test", "back@y.test"), ("bob+x", "ownbob@x.test", "back@y.test"), ("cmd", "ownc@x.test", None),
    ("cmd+x", "ownc@x.test", None), ("cmd+exact", "ownc@x.test", None), ("nosuch", "back@y.test", None), ("nosuch+x", "back@y.test", None),
    ("c", "ownc@x.test", None), ("e", "ownbob@x.test", "back@y.test"), ("f", "ownbob@x.test", "ownf@x.test"), ("g", "back@y.test", None),
    ("h", "ownh@x.test", None), ("i", "back@y.test", None), ("j", "back@y.test", None), ("k", "ownk@x.test", None), ("missing", "back@y.test", None),
    ("relative", "back@y.test", None), ("writable", "back@y.test", None), ("inner", "back@y.test", None), ("listcmd", "back@y.test", None),
    ("listfile", "ownlf@x.test", None), ("two", "back@y.test ownt@x.test", None), ("unknown", "back@y.test", "ownu@x.test"), ("loop", "back@y.test", None),
    ("self", "owns@x.test", None), ("up", "ownup@x.test", None),
]


class Owners(Group):
    area = "local"
    cost = 8
    which = 1
    more = "mailbox_command = exit 69\n"
    base = "local_recipient_maps =\nbounce_queue_lifetime = 0\nrecipient_delimiter = +\nallow_mail_to_commands = alias\nallow_mail_to_files = alias\n"
    main = base + more

    @classmethod
    def case_names(cls):
        return [row[0].replace("+", "-") for row in ROWS]

    def prepare(self):
        for name, text, mode in (("writable", "alice\n", 0o666), ("inner", ":include:%s\n" % self.path("none/m"), 0o644),
                                 ("listcmd", '"|exit 0"\n', 0o644), ("listfile", self.path("x") + "\n", 0o644)):
            with open(self.path(name), "w") as f:
                f.write(text)
            os.chmod(self.path(name), mode)
        self.maps = {"aliases": ALIASES}

    def run_case(self, name):
        row = next(r for r in ROWS if r[0].replace("+", "-") == name)
        self.case, self.since = name, self.inst.log_size()
        expected = (row[self.which] or row[1]).split()
        self.sink.reset()
        qid = self.sent(self.inst.send("back@y.test", row[0] + "@example.test", body="x\n"))
        self.found(self.inst.wait_gone(qid), "%s is done" % qid)
        for who in expected:
            self.found(self.sink.wait(lambda m: not m.sender and who in m.rcpts), "report to %s" % who)
        time.sleep(0.2)
        self.eq(sorted(r for m in self.sink.messages for r in m.rcpts), sorted(expected), "who is told")
        for m in self.sink.messages:
            self.match(r"^Subject: Undelivered Mail Returned to Sender$", m.text)


class OwnersOfMaildirs(Owners):
    which = 2
    main = Owners.base + "home_mailbox = ../alice/none/\nexpand_owner_alias = yes\n"


class NoOwners(Group):
    """owner_request_special = no: everything goes to the sender."""
    area = "local"
    main = Owners.base + "mailbox_command = exit 69\nowner_request_special = no\n"
    maps = {"aliases": 'cmd: "|exit 69"\nowner-cmd: ownc@x.test\nowner-bob: ownbob@x.test\nk: nosuch\nowner-k: ownk@x.test\n'}

    def told(self, recipient):
        self.sink.reset()
        self.sent(self.inst.send("back@y.test", recipient, body="x\n"))
        self.found(self.sink.wait(lambda m: not m.sender), "a report")
        return [r for m in self.sink.messages for r in m.rcpts]

    def test_command(self):
        self.eq(self.told("cmd@example.test"), ["back@y.test"])

    def test_mailbox_command(self):
        self.eq(self.told("bob@example.test"), ["back@y.test"])

    def test_unknown_member(self):
        self.eq(self.told("k@example.test"), ["back@y.test"])
        self.log(r"to=<nosuch@example\.test>, orig_to=<k@example\.test>, .*%s" % re.escape('status=bounced (unknown user: "nosuch")'))
