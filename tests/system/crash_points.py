"""Every program of a message's way, killed once before and once after each call that others can notice.

A message that was acknowledged arrives, whole; a bounce that is due comes.  It may come twice, not never.
"""
import contextlib
import mmap
import os
import pwd
import re
import smtplib
import struct
import subprocess

from harness import Failure, ROOT, TOP, until

SHIM = os.path.join(TOP, "tests", "system", "crash_shim.cc")
PLAN = struct.Struct("=24sii32s24sii")
# More calls than one message takes in any program; the plan that nobody falls for ends a round.
MOST_CALLS = 80
FAST = ("minimal_backoff_time = 1s\nmaximal_backoff_time = 1s\nqueue_run_delay = 1s\ntransport_retry_time = 1s\n"
        "service_throttle_time = 1s\nsmtpd_error_sleep_time = 0\nsmtpd_client_connection_rate_limit = 0\n"
        "deliver_lock_delay = 1s\nstale_lock_time = 1s\n")


class CrashPoints:
    def __init__(self, t, main=""):
        self.path = os.path.join(t.directory, "plan")
        library = os.path.join(t.directory, "crash_shim.so")
        built = subprocess.run([os.environ.get("CXX", "g++"), "-std=c++20", "-O1", "-shared", "-fPIC", "-D_GNU_SOURCE",
                                "-o", library, SHIM, "-ldl"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               text=True)
        if built.returncode != 0:
            raise Failure(built.stdout)
        os.chmod(library, 0o755)
        with open(self.path, "wb") as f:
            f.write(bytes(PLAN.size))
        os.chmod(self.path, 0o666)
        with open(self.path, "r+b") as f:
            self.memory = mmap.mmap(f.fileno(), PLAN.size)
        self.environment = {"LD_PRELOAD": library, "CRASH_PLAN": self.path}
        names = " ".join("%s=%s" % pair for pair in self.environment.items())
        self.instance = t.instance(FAST + "import_environment = MAIL_CONFIG %s\n" % names + main).start()
        self.killed = {}

    def plan(self, program, calls, after=False, call="", error=0, times=1):
        """The next `calls`th call is the last one; with an error: it fails, and so do those after it, `times` in all."""
        self.memory[:] = PLAN.pack(program.encode(), calls + times - 1, int(after), b"", call.encode(), error, times)

    def state(self):
        """(whether nobody fell for the plan, the call that was cut off)."""
        _, left, _, victim, _, _, _ = PLAN.unpack(self.memory[:])
        return left > 0, victim.rstrip(b"\0").decode()

    def each(self, program, one_message):
        """one_message(token) for each crash point of the program, until a message gets past all of them."""
        for after in (False, True):
            for calls in range(1, MOST_CALLS):
                token = "%s-%s-%d." % (program, "after" if after else "before", calls)
                self.plan(program, calls, after)
                try:
                    one_message(token)
                except Failure as failure:
                    raise Failure("%s killed %s its call %d (%s): %s" %
                                  (program, "after" if after else "instead of", calls, self.state()[1], failure))
                survived, victim = self.state()
                if survived:
                    break
                self.killed.setdefault(program, []).append(victim)
            else:
                raise Failure("%s makes no end of calls" % program)
        self.plan("", 0, False)

    def submit(self, token, to):
        """As a client does: again until it is acknowledged."""
        def attempt():
            with contextlib.suppress(OSError, smtplib.SMTPException, Failure):
                self.instance.send(token, to=to, sender="me@mail.example.test",
                                   body="first\r\n" + "line\r\n" * 20 + "last\r\n")
                return True
            return False
        until(attempt, "an acknowledgement")

    def settle(self, arrived, what):
        def look():
            if arrived():
                return True
            self.instance.command("postqueue", "-f", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            return False
        until(look, lambda: "%s\n%s\n%s" % (what() if callable(what) else what, self.instance.queue_ids(),
                                            self.instance.log_text()[-3000:]))

    def check(self, programs):
        short = [name for name in programs if len(self.killed.get(name, [])) < 4]
        assert not short, "hardly killed: %s of %s" % (short, self.killed)
        print("  killed: %s" % ", ".join("%s %d" % (n, len(c)) for n, c in self.killed.items()), flush=True)


def whole(message, token):
    return "X-Token: " + token in message and re.search(r"first\r?\n(line\r?\n){20}last\r?\n", message)


def test_from_the_network_to_a_mailbox(t):
    points = CrashPoints(t)
    i = points.instance

    def one(token):
        points.submit(token, "you")
        points.settle(lambda: any(whole(m, token) for m in i.mailbox()), "the message in the mailbox")
    programs = ("smtpd", "cleanup", "qmgr", "virtual", "trivial-rewrite")
    for program in programs:
        points.each(program, one)
    for message in i.mailbox():
        token = re.search(r"X-Token: (\S+)", message)
        if not token or not whole(message, token.group(1)):
            raise Failure("half a message in a mailbox:\n%s" % message)
    points.check(("smtpd", "cleanup", "qmgr", "virtual"))


def test_to_a_mailbox_of_this_machine(t):
    user = "games" if ROOT else pwd.getpwuid(os.geteuid()).pw_name
    points = CrashPoints(t, "mydestination = local.example.test\nlocal_recipient_maps =\nmail_spool_directory = "
                            "$queue_directory/../boxes\nalias_maps = inline:{list=%s@local.example.test}\n" % user)
    boxes = os.path.join(points.instance.directory, "boxes")
    os.makedirs(boxes)
    os.chmod(boxes, 0o1777)
    box = os.path.join(boxes, user)

    def messages():
        if not os.path.exists(box):
            return []
        with open(box, errors="replace") as f:
            return f.read().split("\nFrom ")

    def one(token):
        for address in (user, "list"):
            points.submit(token, address + "@local.example.test")
        points.settle(lambda: sum(bool(whole(m, token)) for m in messages()) >= 2, "the messages in the mailbox")
    points.each("local", one)
    points.check(("local",))


def test_to_another_host(t):
    hop = t.next_hop()
    points = CrashPoints(t, "relayhost = [127.0.0.1]:%d\n" % hop.port)

    def one(token):
        points.submit(token, "somebody@elsewhere.example.test")
        points.settle(lambda: any(whole(text, token) for _, text in list(hop.messages)), "the message at the next hop")
    points.each("smtp", one)
    points.each("qmgr", one)
    points.check(("smtp", "qmgr"))


def test_bounces(t):
    hop = t.next_hop(lambda verb, argument: "550 5.1.1 nobody here" if verb == "RCPT" else None)
    points = CrashPoints(t, "relayhost = [127.0.0.1]:%d\n" % hop.port)
    i = points.instance

    def one(token):
        points.submit(token, "nobody@elsewhere.example.test")
        points.settle(lambda: any(token in m and "multipart/report" in m for m in i.mailbox("me")), "the bounce")
    for program in ("bounce", "smtp"):
        points.each(program, one)
    points.check(("bounce", "smtp"))


def test_from_a_local_user(t):
    points = CrashPoints(t)
    i = points.instance
    environment = dict(os.environ, MAIL_CONFIG=i.etc, **points.environment)
    sendmail, postdrop = (os.path.join(i.directory, "sbin", name) for name in ("sendmail", "postdrop"))
    # No library is preloaded into a set-gid program; root needs no group.
    if ROOT:
        os.chmod(postdrop, 0o755)

    def one(token):
        text = "Subject: x\nX-Token: %s\n\nfirst\n%slast\n" % (token, "line\n" * 20)

        def attempt():
            done = subprocess.run([sendmail, "-f", "me@mail.example.test", "you@mail.example.test"], input=text,
                                  text=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            return done.returncode == 0
        until(attempt, "sendmail to say that all is well")
        points.settle(lambda: any(whole(m, token) for m in i.mailbox()), "the message in the mailbox")
    for program in ("postdrop", "pickup"):
        points.each(program, one)
    points.check(("postdrop", "pickup"))
