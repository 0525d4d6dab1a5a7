"""By which name a command speaks: what it was called by, without its directory."""
import os

from harness import Group

# Called by its whole path with an option that it does not have.
SHORT = ["postalias", "postmap", "postqueue", "postsuper", "postkick"]


class Names(Group):
    area = "commands"
    main = ""

    def test_complaints_of_getopt(self):
        for command in SHORT:
            path = self.inst.suite.cmd(command)
            self.ok(path.startswith("/"), "%s is a path" % path)
            r = self.inst.run(path, "-Z")
            self.ok(r.err.startswith("%s: invalid option -- 'Z'\n%s: fatal: usage: %s" % ((command,) * 3)),
                    "%s says its short name: %r" % (command, r.err))

    def test_missing_arguments_of_options(self):
        for command, option in (("postmap", "q"), ("postalias", "d"), ("postqueue", "s"), ("postsuper", "d"), ("postkick", "c")):
            r = self.inst.run(self.inst.suite.cmd(command), "-" + option)
            self.ok(r.err.startswith("%s: option requires an argument -- '%s'\n" % (command, option)), "%s: %r" % (command, r.err))

    def test_second_names_of_sendmail(self):
        for command in ("sendmail", "mailq", "newaliases"):
            r = self.inst.run(command, "-C")
            self.eq(r.rc, 75, "exit status of %s -C" % command)
            self.ok(r.err.endswith("%s: fatal: usage: %s [options]\n" % (command, command)), "%s -C: %r" % (command, r.err))
            self.ok("%s: option requires an argument -- 'C'\n" % command in r.err, "%s -C: %r" % (command, r.err))
        r = self.inst.run("mailq", "x")
        self.eq((r.rc, r.err), (75, "mailq: fatal: display queue mode requires no recipient\n"), "mailq x")
        r = self.inst.run("newaliases", "x")
        self.eq((r.rc, r.err), (75, "newaliases: fatal: alias initialization mode requires no recipient\n"), "newaliases x")
        self.log(r"postfix/sendmail\[\d+\]: fatal: display queue mode requires no recipient|sendmail\[\d+\]: fatal: display queue")

    def test_sendmail_by_another_name(self):
        path = os.path.join(self.inst.dir, "foo")
        os.symlink(self.inst.suite.cmd("sendmail"), path)
        r = self.inst.run(path, "-Z")
        self.eq(r.rc, 75, "exit status")
        self.ok(r.err.endswith("foo: fatal: usage: foo [options]\n"), "as it was called: %r" % r.err)
        r = self.inst.run(path)
        self.ok(r.err.startswith("foo: fatal: root(0): Recipient addresses must be specified"), "no recipients: %r" % r.err)

    def test_relative_configuration_directories(self):
        r = self.inst.run("postsuper", "-c", "etc", "-p", cwd=self.inst.dir)
        self.eq((r.rc, r.err), (1, "postsuper: fatal: -c requires absolute pathname\n"), "postsuper -c etc")
        self.eq(self.inst.run("postfix", "-c", "etc", "status", cwd=self.inst.dir).rc, 1, "postfix -c etc")
        self.eq(self.inst.run("postconf", "-c", "etc", "-h", "mail_owner", cwd=self.inst.dir).rc, 0, "postconf -c etc")


class Environment(Group):
    area = "commands"
    main = "import_environment = { FOO = a b } BAR BAZ=x, {SOLO}\n"

    def test_of_postlock(self):
        box = os.path.join(self.inst.dir, "box")
        r = self.inst.run("postlock", box, "/usr/bin/env", env={"BAR": "kept", "SOLO": "one", "OTHER": "lost", "BAZ": "lost", "FOO": "lost"})
        lines = r.out.splitlines()
        for line in ("FOO=a b", "BAR=kept", "BAZ=x", "SOLO=one"):
            self.ok(line in lines, "%s is among %s" % (line, lines))
        self.eq([line for line in lines if line.endswith("=lost")], ["OTHER=lost"], "variables with their own values")


class BrokenSettings(Group):
    """Whatever a command does, it does nothing with settings that nobody could use."""

    area = "commands"
    main = ""
    rows = [
        ("import_environment = {TZ=UTC}, {", """import_environment: missing '}' in "{\""""),
        ("mail_owner = nosuchuser", "parameter mail_owner: unknown user name value: nosuchuser"),
        ("setgid_group = nosuchgroup", "parameter setgid_group: unknown group name: nosuchgroup"),
        ("default_privs = root", "parameter default_privs: user root has privileged user ID"),
        ("mail_owner =", "bad string length 0 < 1: mail_owner = "),
    ]

    def test_settings(self):
        path = os.path.join(self.inst.etc, "main.cf")
        with open(path) as f:
            before = f.read()
        try:
            for line, text in self.rows:
                with open(path, "w") as f:
                    f.write(before + line + "\n")
                for argv in (["postmap", "-q", "x", "static:y"], ["postalias", "-q", "x", "static:y"], ["postqueue", "-p"],
                             ["postlock", os.path.join(self.inst.dir, "box"), "true"], ["postkick", "public", "qmgr", "D"]):
                    r = self.inst.run(*argv)
                    self.ok(r.rc != 0 and text in r.err, "%s with %s: %s" % (argv[0], line, r))
        finally:
            with open(path, "w") as f:
                f.write(before)
