"""Sections of a text for cases about delivery: what is sent, and what becomes of it.

    == NAME RECIPIENT... [sender=S] [notify=N]     mail to these (example.test)
    put PATH [mode=M] [owner=U] TEXT               a file first (\\n in TEXT)
    dir PATH [mode=M] [owner=U]                    a directory first
    link PATH TARGET
    > USER DSN STATUS TEXT                         a status line: TEXT begins it
    warn REGEX                                     a warning in the log
    log TEXT                                       a line that has this in it
    file PATH [mode=M] [owner=U] REGEX             a file afterwards
    mail USER REGEX                                in a Maildir
    sink REGEX                                     at the next hop

PATH: ~user/... in a home, otherwise in the directory of the instance.
"""
import os
import pwd
import re
import shutil

from .case import Group


def options(words):
    out, rest = {}, list(words)
    while rest and re.match(r"(mode|owner|sender|notify|svc)=", rest[0]):
        k, _, v = rest.pop(0).partition("=")
        out[k] = v
    return out, rest


class Flow(Group):
    """Runs sections; a subclass has them in `flow`."""
    flow = ""
    domain = "example.test"
    main_base = "recipient_delimiter = +\ndefault_privs = nobody\n"

    @classmethod
    def sections(cls):
        out = []
        for line in cls.flow.splitlines():
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            if line.startswith("== "):
                out.append((line[3:].split(), []))
            else:
                out[-1][1].append(line)
        return out

    @classmethod
    def case_names(cls):
        return super().case_names() + [w[0] for w, _ in cls.sections()]

    def run_case(self, name):
        for words, lines in self.sections():
            if words[0] == name:
                self.case, self.since = name, self.inst.log_size()
                return self.play(words, lines)
        return super().run_case(name)

    def setup(self):
        for d in ("out", "vmail"):
            os.makedirs(self.path(d), exist_ok=True)
            os.chmod(self.path(d), 0o1777)
        for n in self.files:
            if n.endswith(".sh"):
                os.chmod(os.path.join(self.inst.etc, n), 0o755)
        self.homes = {n: set(os.listdir(os.path.join(self.worker.home, n)))
                      for n in os.listdir(self.worker.home)}

    def where(self, path):
        if path.startswith("~"):
            return os.path.join(self.worker.home, path[1:])
        return path if path.startswith("/") else self.path(path)

    def own(self, path, opts, default):
        user = opts.get("owner", default)
        if user:
            pw = pwd.getpwnam(user)
            os.chown(path, pw.pw_uid, pw.pw_gid, follow_symlinks=False)

    def make(self, op, words, made):
        path = self.where(words[0])
        default = words[0][1:].split("/")[0] if words[0][0] == "~" else None
        opts, rest = options(words[1:])
        made.append(path)
        if op == "link":
            os.symlink(self.inst.sub(rest[0]), path)
        elif op == "dir":
            os.makedirs(path, exist_ok=True)
        else:
            with open(path, "w") as f:
                f.write(self.inst.sub(" ".join(rest)).encode().decode(
                    "unicode_escape"))
        self.own(path, opts, default)
        if op != "link":
            os.chmod(path, int(opts.get("mode", "755" if op == "dir"
                                        else "644"), 8))

    def play(self, head, lines):
        made = []
        try:
            self.steps(head, lines, made)
        finally:
            self.inst.purge()
            for p in made:
                shutil.rmtree(p, ignore_errors=True) if os.path.isdir(p) \
                    and not os.path.islink(p) else self.unlink(p)
            for d in ("out", "vmail", "spool"):
                for n in os.listdir(self.path(d)):
                    p = self.path(d, n)
                    shutil.rmtree(p) if os.path.isdir(p) else self.unlink(p)
            for user, names in self.homes.items():
                d = os.path.join(self.worker.home, user)
                for n in set(os.listdir(d)) - names:
                    p = os.path.join(d, n)
                    shutil.rmtree(p) if os.path.isdir(p) else self.unlink(p)

    @staticmethod
    def unlink(path):
        try:
            os.unlink(path)
        except OSError:
            pass

    def steps(self, head, lines, made):
        name, rcpts = head[0], [w for w in head[1:] if "=" not in w]
        opts = dict(w.split("=", 1) for w in head[1:] if "=" in w)
        rcpts = [r if "@" in r else r + "@" + self.domain
                 for r in rcpts or [name]]
        for line in lines:
            op, *words = line.split(" ")
            if op in ("put", "dir", "link"):
                self.make(op, words, made)
        t = self.token()
        kw = {}
        if "notify" in opts:
            kw["rcpt_params"] = "NOTIFY=" + opts["notify"]
        headers = opts["headers"].encode().decode("unicode_escape") \
            if "headers" in opts else ""
        self.sent(self.inst.send(opts.get("sender", "sender@example.net"),
                                 rcpts, subject=t, body=opts.get("body", "").encode()
                                 .decode("unicode_escape") + t + "\n",
                                 headers=headers.replace("_", " "), **kw))
        for line in lines:
            op, _, arg = line.partition(" ")
            if op == ">":
                user, dsn, status, text = (arg.split(" ", 3) + [""])[:4]
                user = user.replace("\\s", " ")
                self.log(r"to=<%s(@[^>]*)?>.*, dsn=%s, status=%s \(%s" % (
                    re.escape(user), re.escape(dsn), status,
                    re.escape(self.inst.sub(text))))
            elif op == "log":
                self.log(re.escape(self.inst.sub(arg)))
            elif op == "warn":
                self.log("warning: .*" + self.inst.sub(arg))
            elif op == "file":
                words = arg.split(" ")
                o, rest = options(words[1:])
                p = self.where(words[0])
                text = self.found(self.inst.wait_file(p), "file " + p)
                rx = " ".join(rest).replace("$T", re.escape(t))
                if rx:
                    self.match(self.inst.sub(rx), text, "file " + words[0])
                st = os.stat(p)
                if "mode" in o:
                    self.eq(oct(st.st_mode & 0o7777), "0o" + o["mode"], "mode")
                if "owner" in o:
                    self.eq(pwd.getpwuid(st.st_uid).pw_name, o["owner"],
                            "owner of " + words[0])
            elif op == "mail":
                user, _, rx = arg.partition(" ")
                self.match(rx, self.in_mail(user, t), "mailbox message")
            elif op == "sink":
                self.match(arg, self.at_sink(t).text, "at the next hop")
            elif op not in ("put", "dir", "link"):
                raise ValueError("bad step %r" % line)
