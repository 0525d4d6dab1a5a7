"""Scripts with several sessions, and a recorder that fills in what was answered.

    == NAME [on=SERVICE] [port=N] [src=ADDRESS] [host=ADDRESS] [raw]   the first session; raw: no greeting is read
    open NAME [the same]      one more session, which is the current one then
    use NAME                  back to another; the first one is called 1
    > TEXT    >> BYTES        sent; BYTES have escapes and no line end
    < REPLY                   what is answered: its last line, * stands for anything
    <* REPLY                  all lines of it, with | between them
    <<  BYTES                 what comes until the connection is closed, with escapes
    close                     hangs up
    see WHAT ARGS => TEXT     what the method see_WHAT of the group returns
    do WHAT ARGS              calls do_WHAT
    says PROGRAM TEXT         a log line of the case; sessions are closed before the first
    never REGEX               no log line of it
    sleep SECONDS

With CONFORM_RECORD=FILE in the environment nothing is checked: the script is appended to FILE with the answers that came,
and with the log lines of `programs`.
"""
import os
import re
import time

from .case import Group, Mismatch, parse_scripts


def pattern(text):
    return "".join(".*" if c == "*" else re.escape(c) for c in text)


class Talk(Group):
    programs = ("smtpd", "anvil", "qmqpd", "verify", "postscreen")
    boring = r"^(connect from|disconnect from|warning: hostname|statistics:|.*: client=)"   # not recorded

    def clean(self, text):
        """Without what differs from run to run: * instead."""
        text = text.replace(self.inst.dir, "@DIR@").replace(self.token_now, "$T")
        text = re.sub(r"(queued as |\bid |^|warning: |: )[0-9A-F]{6,12}\b", r"\1*", text)
        text = re.sub(r"^250 (CHUNKING|REQUIRETLS)$", "250 *", text)
        text = re.sub(r"ESMTP Post\w+", "ESMTP *", text)
        text = re.sub(r"^\d+:KOk", "*:KOk", text)
        return re.sub(r"(\[[0-9a-f.:]+\]):\d{5}\b", r"\1:*", text)

    def same(self, observed, expected, what):
        if not re.fullmatch(pattern(expected), observed, re.S):
            raise Mismatch(what, expected, observed)

    def connect(self, options):
        port = self.port[options["on"]] if "on" in options else int(options.get("port", 25))
        session = self.inst.smtp(port, options.get("src", self.src), options.get("host", "127.0.0.1"))
        if "raw" not in options:
            self.reply(session.greet(), "220", "banner")
        return session

    def run_script(self, opts, lines):
        self.token_now = self.token()
        self.sessions, self.answers = {}, []
        try:
            self.current, step = "1", "connect"
            if "none" not in opts:
                self.sessions["1"] = self.connect(opts)
            for op, arg in lines:
                arg = arg.replace("$T", self.token_now).replace("@DIR@", self.inst.dir)
                if op in (">", ">>"):
                    step = arg
                self.step(op, arg, step)
        finally:
            for session in self.sessions.values():
                session.close()
        if os.environ.get("CONFORM_RECORD"):
            self.record(opts, lines)

    def compare(self, observed, expected, what):
        self.answers.append(self.clean(observed))
        if not os.environ.get("CONFORM_RECORD"):
            self.same(observed, expected, what)

    def step(self, op, arg, after):
        session = self.sessions.get(self.current)
        if op in (">", ">>"):
            text = arg.encode("utf-8", "surrogateescape")
            try:
                session.send(text + b"\r\n" if op == ">" else text.decode("unicode_escape").encode("latin-1"))
            except OSError:
                pass   # the next answer shows that nobody is there
        elif op == "<":
            self.compare(str(session.reply()).split("\n")[-1], arg, "after %r" % after)
        elif op == "<*":
            self.compare(str(session.reply()).replace("\n", "|"), arg, "after %r" % after)
        elif op == "<<":
            self.compare(self.rest(session), arg, "after %r" % after)
        elif op == "open":
            words = arg.split()
            self.current = words[0]
            self.sessions[self.current] = self.connect(dict((w.split("=", 1) + [True])[:2] for w in words[1:]))
        elif op == "use":
            self.current = arg
        elif op == "close":
            session.close()
        elif op == "see":
            call, _, expected = arg.partition(" =>")
            what, *args = call.split()
            self.compare(getattr(self, "see_" + what)(*args).strip(), expected.strip(), call)
        elif op == "do":
            what, *args = arg.split()
            getattr(self, "do_" + what)(*args)
        elif op == "sleep":
            time.sleep(float(arg))
        elif op == "says":
            if not os.environ.get("CONFORM_RECORD"):
                for one in self.sessions.values():
                    one.close()
                program, _, text = arg.partition(" ")
                self.log(r"/%s\[\d+\]: %s$" % (program, pattern(text)))
        elif op == "never":
            self.nolog(arg)
        else:
            raise ValueError("bad script op %r" % op)

    @staticmethod
    def rest(session):
        data = session.buf
        try:
            while more := session.sock.recv(4096):
                data += more
        except ConnectionResetError:
            pass  # an end, too: whether unread input makes it one is a matter of timing
        except OSError as e:
            data += ("(%s)" % type(e).__name__).encode()
        return data.decode("latin-1").encode("unicode_escape").decode()

    def record(self, opts, lines):
        size, quiet = -1, time.time()
        while time.time() - quiet < 0.5:
            if self.inst.log_size() != size:
                size, quiet = self.inst.log_size(), time.time()
            time.sleep(0.05)
        out = ["== " + " ".join([self.case] + ["%s=%s" % o if o[1] is not True else o[0] for o in opts.items()])]
        answers = iter(self.answers)
        for op, arg in lines:
            if op in ("<", "<*", "<<"):
                arg = next(answers, "?")
            elif op == "see":
                arg = arg.partition(" =>")[0] + " => " + next(answers, "?")
            out.append(op + " " + arg if arg else op)
        for line in self.inst.log_text(self.since).splitlines():
            m = re.search(r"\w+/([\w/.-]+)\[\d+\]: (.*)", line)
            if m and m[1].split("/")[-1] in self.programs and not re.search(self.boring, m[2]):
                line = "says %s %s" % (m[1].split("/")[-1], self.clean(m[2]))
                if line not in out:
                    out.append(line)
        with open(os.environ["CONFORM_RECORD"], "a", errors="surrogateescape") as f:
            f.write("\n".join(out) + "\n")
