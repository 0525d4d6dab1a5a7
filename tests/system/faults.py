"""System calls that fail in the programs of a message's way: once, or for as long as a shortage lasts.

What was acknowledged arrives whole at each of its destinations, clients are asked to come again, nothing is returned or
set aside for what the machine lacks, and nobody runs in circles.  FAULTS=all tries every call of every program.
"""
import contextlib
import errno
import os
import pwd
import re
import smtplib
import time

from crash_points import CrashPoints, whole
from harness import Failure, PATIENCE, ROOT, until

USER = "games" if ROOT else pwd.getpwuid(os.geteuid()).pw_name
RECIPIENTS = ("you@mail.example.test", "ok@elsewhere.example.test", "nobody@elsewhere.example.test",
              USER + "@local.example.test")
PROGRAMS = ("smtpd", "cleanup", "trivial-rewrite", "qmgr", "virtual", "local", "smtp", "bounce")
CALLS = ("open", "__open_2", "fsync", "write", "pwrite", "rename", "link", "fchmod", "ftruncate", "socket", "connect",
         "epoll_ctl", "recv", "recvmsg", "read", "pread", "send", "sendmsg", "pthread_create", "flock", "futimens",
         "utimensat", "mkdir", "getrandom")
# Where something has gone wrong once.
ROWS = (
    ("smtpd", "epoll_ctl", errno.ENOSPC), ("smtp", "epoll_ctl", errno.ENOSPC), ("smtp", "pread", errno.EIO),
    ("virtual", "pread", errno.EIO), ("local", "pread", errno.EIO), ("local", "__open_2", errno.EMFILE),
    ("local", "open", errno.EMFILE), ("local", "fsync", errno.EIO), ("local", "write", errno.ENOSPC),
    ("virtual", "fsync", errno.EIO), ("virtual", "write", errno.ENOSPC), ("bounce", "__open_2", errno.EMFILE),
    ("bounce", "pread", errno.EIO), ("bounce", "send", errno.ENOBUFS), ("qmgr", "pread", errno.EIO),
    ("qmgr", "unlink", errno.EROFS),
    ("cleanup", "fsync", errno.EIO), ("cleanup", "rename", errno.ENOSPC), ("cleanup", "pwrite", errno.ENOSPC),
)
# Far more than a program calls while a shortage lasts.
ALWAYS = 1 << 28
SHORTAGE_SECONDS = 2


class Faults(CrashPoints):
    def __init__(self, t):
        self.hop = t.next_hop(lambda verb, argument:
                              "550 5.1.1 nobody" if verb == "RCPT" and "nobody" in argument else None)
        super().__init__(t, "relayhost = [127.0.0.1]:%d\nmydestination = local.example.test\n"
                            "transport_retry_time = 1s\nlocal_recipient_maps =\nmail_spool_directory = $queue_directory/../boxes\n" %
                            self.hop.port)
        self.boxes = os.path.join(self.instance.directory, "boxes")
        os.makedirs(self.boxes)
        os.chmod(self.boxes, 0o1777)

    def attempt(self, token, patience=PATIENCE):
        """Whether one attempt to submit a message was acknowledged."""
        with contextlib.suppress(OSError, smtplib.SMTPException), \
                smtplib.SMTP("127.0.0.1", self.instance.port, "client.example.test", patience) as session:
            session.ehlo()
            code, reply = session.mail("me@mail.example.test")
            for recipient in RECIPIENTS:
                if code == 250:
                    code, reply = session.rcpt(recipient)
            if code == 250:
                code, reply = session.data("X-Token: %s\r\n\r\nfirst\r\n%slast\r\n" % (token, "line\r\n" * 20))
            if code >= 500:
                raise Failure("the client is refused for good: %d %s" % (code, reply))
            return code == 250
        return False

    def missing(self, token):
        """The destinations the message has not come to."""
        i = self.instance
        box = ""
        with contextlib.suppress(OSError), open(os.path.join(self.boxes, USER), errors="replace") as f:
            box = f.read()
        local = re.escape("X-Token: " + token) + r"\n(?:[A-Z].*\n)*\nfirst\n(line\n){20}last\n"
        return [name for name, there in (
            ("virtual", any(whole(m, token) for m in i.mailbox())),
            ("smtp", any(whole(text, token) for to, text in list(self.hop.messages) if RECIPIENTS[1] in to)),
            ("bounce", any(token in m and "multipart/report" in m for m in i.mailbox("me"))),
            ("local", re.search(local, box))) if not there]

    def deliver(self, token):
        until(lambda: self.attempt(token), "an acknowledgement")
        self.settle(lambda: not self.missing(token), lambda: "the message at %s" % self.missing(token))

    def fails(self, program, call, error):
        """Rounds until a message gets by without the call; the failing call of each is the next one."""
        for number in range(1, 40):
            token = "%s-%s-%d." % (program, call, number)
            self.plan(program, number, call=call, error=error)
            try:
                self.deliver(token)
            except Failure as failure:
                raise Failure("%s of %s, call %d, fails with %s: %s" %
                              (call, program, number, os.strerror(error), failure))
            survived, _ = self.state()
            self.plan("", 0)
            if survived:
                return number - 1
        raise Failure("%s makes no end of calls of %s" % (program, call))

    def cpu_seconds(self):
        total = 0
        for pid in self.instance.processes():
            with contextlib.suppress(OSError), open("/proc/%d/stat" % pid) as f:
                fields = f.read().rsplit(")", 1)[1].split()
                total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")

    def shortage(self, program, call, error):
        """Every such call of the program fails for a while, in which clients come; then mail flows again."""
        token = "short-%s-%s." % (program, call)
        self.deliver("before-" + token)
        self.plan(program, 1, call=call, error=error, times=ALWAYS)
        used, lines = self.cpu_seconds(), self.instance.log_text().count("\n")
        end = time.time() + SHORTAGE_SECONDS
        acknowledged = False
        while time.time() < end:
            acknowledged = self.attempt(token, 1) or acknowledged
            time.sleep(0.1)
        used, lines = self.cpu_seconds() - used, self.instance.log_text().count("\n") - lines
        self.plan("", 0)
        what = "%s without %s" % (program, call)
        if used > SHORTAGE_SECONDS / 2:
            raise Failure("%s runs in circles: %.2f s of the CPU" % (what, used))
        if lines > 400:
            raise Failure("%s fills the log: %d lines" % (what, lines))
        if acknowledged:
            self.settle(lambda: not self.missing(token), lambda: "%s: %s" % (what, self.missing(token)))
        self.deliver("after-" + token)

    def check_nothing_set_aside(self):
        corrupt = os.path.join(self.instance.queue, "corrupt")
        left = os.listdir(corrupt) if os.path.isdir(corrupt) else []
        assert not left, "set aside: %s\n%s" % (left, self.instance.log_text()[-3000:])


def test_a_call_that_fails_loses_nothing(t):
    faults = Faults(t)
    rows = ROWS
    if os.environ.get("FAULTS") == "all":
        rows = [(program, call, errno.EIO) for program in PROGRAMS for call in CALLS]
    faults.deliver("warm.")
    rounds = {row: faults.fails(*row) for row in rows}
    faults.check_nothing_set_aside()
    assert sum(count > 0 for count in rounds.values()) >= len(ROWS) / 2, rounds
    print("  %d calls failed" % sum(rounds.values()), flush=True)


def test_a_shortage_is_waited_for(t):
    faults = Faults(t)
    for row in (("smtpd", "accept4", errno.EMFILE), ("cleanup", "accept4", errno.ENFILE),
                ("cleanup", "pthread_create", errno.EAGAIN), ("smtpd", "socket", errno.EMFILE),
                ("virtual", "__open_2", errno.EMFILE)):
        faults.shortage(*row)
    faults.check_nothing_set_aside()
