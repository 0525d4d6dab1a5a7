"""tests/system/harness.py - whole instances for the system tests.

A scenario is a file with functions test_*(t); `t` is a Test: it makes instances, waits for events, and leaves no
process behind.  Standard library only; nothing sleeps for a fixed time.
"""
import contextlib
import os
import re
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(TOP, "packaging"))
import instance as private_instance  # noqa: E402

BUILD = os.path.join(TOP, os.environ.get("BUILD", "build"))
ROOT = private_instance.ROOT
PATIENCE = 30


class Failure(Exception):
    pass


class Skip(Exception):
    pass


def until(condition, what, patience=PATIENCE):
    """The first true value of condition(); a Failure naming `what` (a text, or a function that makes one) after
    `patience` seconds."""
    end = time.time() + patience
    while True:
        value = condition()
        if value:
            return value
        if time.time() > end:
            raise Failure("waited %d s for %s" % (patience, what() if callable(what) else what))
        time.sleep(0.02)


class Instance(private_instance.Instance):
    """A private instance with the means to look at it."""

    def start(self):
        done = self.command("postfix", "start", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise Failure("postfix start: %s\n%s" % (done.stdout, self.log_text()[-2000:]))
        return self

    def stop(self):
        self.command("postfix", "stop", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)

    def run(self, name, *args, input=None, check=True):
        """Output of a command; a Failure when it fails and `check`."""
        done = self.command(name, *args, input=input, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                            stdin=subprocess.DEVNULL if input is None else None, timeout=60)
        if check and done.returncode != 0:
            raise Failure("%s %s: status %d: %s" % (name, " ".join(args), done.returncode, done.stdout))
        return done.stdout

    def configure(self, main="", master=""):
        """Appends to main.cf or master.cf."""
        for name, text in (("main.cf", main), ("master.cf", master)):
            with open(os.path.join(self.etc, name), "a") as f:
                f.write(text)

    def log_text(self):
        try:
            with open(self.log, errors="replace") as f:
                return f.read()
        except FileNotFoundError:
            return ""

    def wait_log(self, pattern, patience=PATIENCE):
        found = until(lambda: re.search(pattern, self.log_text(), re.M), 
                      lambda: "log line %r\n%s" % (pattern, self.log_text()[-3000:]), patience)
        return found

    def smtp(self, **kw):
        return smtplib.SMTP("127.0.0.1", self.port, local_hostname="client.example.test", timeout=PATIENCE, **kw)

    def send(self, token, to="you", sender="me@sender.example.test", body="hello\n"):
        """Submits one message; returns its queue ID as acknowledged."""
        if "@" not in to:
            to += "@mail.example.test"
        text = "From: %s\r\nTo: %s\r\nSubject: %s\r\nX-Token: %s\r\n\r\n%s" % (sender, to, token, token, body)
        with self.smtp() as smtp:
            smtp.ehlo()
            code, reply = smtp.mail(sender)
            if code == 250:
                code, reply = smtp.rcpt(to)
            if code == 250:
                code, reply = smtp.data(text)
        if code != 250:
            raise Failure("message refused: %d %s" % (code, reply.decode()))
        return reply.decode().split()[-1]

    def mailbox(self, user="you"):
        """Texts of the messages in a Maildir."""
        new = os.path.join(self.directory, "mail", user, "new")
        texts = []
        for name in sorted(os.listdir(new)) if os.path.isdir(new) else []:
            with contextlib.suppress(FileNotFoundError), open(os.path.join(new, name), errors="replace") as f:
                texts.append(f.read())
        return texts

    def wait_mail(self, token, user="you", patience=PATIENCE):
        return until(lambda: next((m for m in self.mailbox(user) if token in m), None),
                     lambda: "message %s in the mailbox of %s\n%s" % (token, user, self.log_text()[-3000:]), patience)

    def queue_ids(self):
        """{queue ID: queue} of every file that is a message."""
        found = {}
        for queue in ("maildrop", "incoming", "active", "deferred", "hold"):
            for directory, _, names in os.walk(os.path.join(self.queue, queue)):
                found.update({name: queue for name in names if "." not in name})
        return found

    def wait_empty(self, patience=PATIENCE):
        until(lambda: not self.queue_ids(), "an empty queue, not %s\n%s" %
              (self.queue_ids(), self.log_text()[-3000:]), patience)

    def processes(self):
        """{pid: command name} of the processes of this instance."""
        found = {}
        for pid in filter(str.isdigit, os.listdir("/proc")):
            with contextlib.suppress(OSError):
                if os.readlink("/proc/%s/cwd" % pid) == self.queue:
                    with open("/proc/%s/cmdline" % pid, "rb") as f:
                        found[int(pid)] = os.path.basename(f.read().split(b"\0")[0].decode())
        return found

    def master_pid(self):
        with open(os.path.join(self.queue, "pid", "master.pid")) as f:
            return int(f.read())


class Listener:
    """A server whose serve(client) has a thread for each client: on a port of 127.0.0.1, or on a socket that listens."""

    def __init__(self, listener=None):
        self.connections = 0
        self.listener = listener or socket.create_server(("127.0.0.1", 0), backlog=200)
        if listener is None:
            self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                self.connections += 1
                threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def close(self):
        # The thread that waits in accept() holds the socket open until it is woken.
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


class NextHop(Listener):
    """A scripted SMTP server.  `answer(verb, argument)` may return a reply line, "DROP", or None for the usual."""

    def __init__(self, answer=None):
        self.answer = answer or (lambda verb, argument: None)
        self.messages = []  # (recipients, text)
        self.lock = threading.Lock()
        super().__init__()

    def serve(self, client):
        with contextlib.suppress(OSError, ValueError), client, client.makefile("rb") as lines:
            def say(line):
                if line == "DROP":
                    raise OSError("dropped by the script")
                client.sendall(line.encode() + b"\r\n")
            say(self.answer("CONNECT", "") or "220 hop.example.test ESMTP")
            recipients = []
            while True:
                line = lines.readline().decode("latin-1").rstrip("\r\n")
                if not line:
                    return
                verb, _, argument = line.partition(" ")
                verb = verb.upper()
                scripted = self.answer(verb, argument)
                if scripted:
                    say(scripted)
                elif verb == "EHLO":
                    say("250-hop.example.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 0")
                elif verb == "RCPT":
                    recipients.append(argument[4:-1])
                    say("250 2.1.5 ok")
                elif verb == "DATA":
                    say("354 go on")
                    text = []
                    while not text or text[-1] != b".\r\n":
                        text.append(lines.readline())
                        if not text[-1]:
                            return
                    reply = self.answer("DOT", "") or "250 2.0.0 accepted"
                    if reply.startswith("2"):
                        with self.lock:
                            self.messages.append((recipients, b"".join(text).decode("latin-1")))
                    recipients = []
                    say(reply)
                elif verb == "QUIT":
                    say("221 2.0.0 bye")
                    return
                else:
                    say("250 2.0.0 ok")

    def wait(self, token, count=1, patience=PATIENCE):
        def found():
            with self.lock:
                hits = [m for m in self.messages if token in m[1]]
            return hits if len(hits) >= count else None
        return until(found, "message %s at the next hop" % token, patience)


class Test:
    """What one scenario uses; closes everything afterwards."""

    def __init__(self, name):
        self.name = name
        self.instances = []
        self.hops = []
        self.directory = tempfile.mkdtemp(prefix="postrider-%s." % name, dir="/tmp")
        os.chmod(self.directory, 0o755)

    def instance(self, main="", master="", **kw):
        # Ports by process ID: scenarios run side by side.
        first = 20000 + os.getpid() % 400 * 100 + len(self.instances) * 10
        port = private_instance.free_port(first, first + 100)
        made = Instance(os.path.join(self.directory, "i%d" % len(self.instances)), os.path.join(BUILD, "bin"), port,
                        main, master, **kw)
        self.instances.append(made)
        return made

    def next_hop(self, answer=None):
        hop = NextHop(answer)
        self.hops.append(hop)
        return hop

    def close(self):
        """Stops everything; the processes that were left, which is a failure of its own."""
        left = {}
        for made in self.instances:
            made.stop()
            with contextlib.suppress(Failure):
                until(lambda: not made.processes(), "processes", 15)
            left.update(made.processes())
            for pid in made.processes():
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
        for hop in self.hops:
            hop.close()
        crashes = [line for made in self.instances for line in made.log_text().splitlines()
                   if "panic:" in line or re.search(r"killed by signal (6|11)\b", line)]
        if not os.environ.get("KEEP"):
            shutil.rmtree(self.directory, ignore_errors=True)
        return left, crashes
