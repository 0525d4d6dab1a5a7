"""Every command in every odd situation: bad options, too few and too many arguments, -v, unreadable and broken main.cf,
no queue directory, an ordinary user, another argv[0], variables of the environment.  What is printed and what is logged."""
import os
import re
import shlex

from recorder import Recorder

# Command: arguments with which it does its work, and some that are too few and too many.
COMMANDS = {
    "postalias": (["-q", "root", "hash:@ETC@/aliases"], [], ["-q", "a", "-d", "b", "hash:@ETC@/aliases"]),
    "postcat": (["@ETC@/main.cf"], ["-q"], ["-s", "x", "@ETC@/main.cf"]),
    "postconf": (["-h", "mail_owner"], ["-e"], ["-n", "-d"]),
    "postdrop": ([], ["-r"], ["x", "y"]),
    "postkick": (["public", "nosuch", "D"], ["public", "qmgr"], ["public", "qmgr", "D", "x"]),
    "postlock": (["@DIR@/mb", "true"], ["@DIR@/mb"], ["-l", "nosuch", "@DIR@/mb", "true"]),
    "postlog": (["-t", "tag", "some text"], ["-t"], ["-p", "nosuch", "x"]),
    "postmap": (["-q", "root", "static:x"], ["-q"], ["-s", "-q", "a", "static:x"]),
    "postmulti": (["-l"], ["-i"], ["-l", "-p", "status"]),
    "postqueue": (["-p"], [], ["-p", "x"]),
    "postsuper": (["-d", "ABCDEF"], ["-d"], ["x", "y"]),
    "sendmail": (["-bv", "alice"], [], ["-bp", "x"]),
    "mailq": ([], ["-C"], ["x"]),
    "newaliases": ([], ["-C"], ["x"]),
    "postfix": (["status"], [], ["status", "x"]),
    "posttls-finger": (["-l", "none", "[127.0.0.1]:1"], [], ["a", "b", "c"]),
    "smtp-source": (["-m", "1", "127.0.0.1:1"], [], ["a", "b"]),
    "smtp-sink": (["-u", "nosuchuser", "127.0.0.1:1", "1"], [], ["a", "b", "c"]),
    "qmqp-source": (["-m", "1", "127.0.0.1:1"], [], ["a", "b"]),
    "qmqp-sink": (["-u", "nosuchuser", "127.0.0.1:1", "1"], [], ["a", "b", "c"]),
}
# What is put before the arguments.
PREFIXES = [["-Z"], ["-@"], ["--"], ["--help"], ["-v"], ["-vv"], ["-c"], ["-c", ""], ["-c", "/nosuch"], ["-c", "etc"], ["-c", "/etc/passwd"]]
ENVIRONMENTS = [{"MAIL_CONFIG": "/nosuch"}, {"MAIL_CONFIG": "etc"}, {"MAIL_CONFIG": ""}, {"MAIL_VERBOSE": "1"}, {"MAIL_LOGTAG": "tagged"},
                {"MAIL_LOGTAG": ""}, {"MAIL_DEBUG": "1"}, {"TZ": "nosuch"}, {"LANG": "de_DE.UTF-8"}]
TAILS = ["syslog_name = named\n", "syslog_name = ${process_name}-x\n", "syslog_facility = nosuch\n", "process_name = x\n", "bad line\n",
         "  = x\n", "mail_owner = nosuchuser\n", "mail_owner = root\n", "mail_owner =\n", "setgid_group = nosuchgroup\n", "setgid_group =\n",
         "default_privs = root\n", "queue_directory = /nosuch\n", "queue_directory = relative\n", "queue_directory =\n", "queue_directory = /etc/passwd\n",
         "inet_protocols = nosuch\n", "inet_interfaces = nosuch.invalid\n", "mynetworks_style = nosuch\n", "myhostname =\n", "mydomain =\n",
         "alias_database = nosuch:x\n", "alias_database =\n", "default_database_type = nosuch\n", "compatibility_level = x\n", "compatibility_level = 0\n",
         "message_size_limit = x\n", "ipc_timeout = x\n", "ipc_timeout = 0\n", "hash_queue_depth = 99\n", "biff = maybe\n", "mail_version =\n",
         "authorized_submit_users = !root, static:all\n", "authorized_flush_users =\n", "authorized_mailq_users =\n", "multi_instance_enable = x\n",
         "import_environment = {TZ=UTC}, {\n", "data_directory = /nosuch\n", "data_directory = $queue_directory\n", "trigger_timeout = 0\n",
         "maillog_file = /nosuch/log\n", "maillog_file = /var/log/x\n", "maillog_file = relative\n", "maillog_file_permissions = 0666\n",
         "mail_name =\n", "daemon_directory = /nosuch\n", "command_directory = /nosuch\n", "sendmail_path = /nosuch\n", "x = $x\n", "myhostname = $mydomain\nmydomain = $myhostname\n"]


class Matrix(Recorder):
    area = "matrix"
    timeout = 900

    def show(self, question, command, args, env=None, user=None, name=None, cwd=None):
        if user and command in ("postdrop", "sendmail"):  # they wait for a maildrop directory that opens up
            return
        path = self.inst.suite.cmd(command)
        mark = self.inst.log_size()
        words = " ".join(shlex.quote(self.inst.sub(a)) for a in args)
        line = "exec -a %s %s %s" % (shlex.quote(name or path), path, words)
        r = self.inst.run("/bin/bash", "-c", line, env=env, user=user, cwd=cwd or self.inst.dir, timeout=4)
        text = self.inst.log_text(mark) if mark is not None else ""
        lines = [re.sub(r"^.*? mx (\S+?)(\[\d+\])?: ", r"\1: ", one) for one in self.clean(text).splitlines()]
        fix = lambda t: re.sub(r"\b[0-9A-F]{10,}\b", "QID", re.sub(r"\[\d+\]", "[N]", self.clean(t)))
        lines = [fix(l) for l in lines if not re.match(r"(postfix/)?(master|qmgr|pickup|cleanup|bounce|local|smtp|flush|anvil|showq)\b", l)]
        verbose = "-v" in args or "-vv" in args or bool((env or {}).get("MAIL_VERBOSE"))
        quiet = lambda some: [l for l in some if re.search(r"fatal|usage|error|warning", l)] if verbose else some
        self.record(question, [r.rc, "" if verbose else fix(r.out)[:400], quiet(fix(r.err).splitlines()), quiet(lines)])

    def test_arguments(self):
        for command, (good, few, many) in COMMANDS.items():
            for user in (None, "bob"):
                for say, args in (("good", good), ("few", few), ("many", many)):
                    self.show("%s %s %s" % (command, say, user), command, args, user=user)
                for prefix in PREFIXES:
                    self.show("%s %s %s" % (command, prefix, user), command, prefix + good, user=user)

    def test_names(self):
        for command, (good, few, many) in COMMANDS.items():
            for name in ("foo", "/x/y/" + command, "-" + command, "", "a b", command + ".sh", "x/"):
                self.show("%s as %r" % (command, name), command, ["-Z"] + good, name=name)
                self.show("%s as %r, good" % (command, name), command, good, name=name)

    def test_environment(self):
        for command, (good, few, many) in COMMANDS.items():
            for env in ENVIRONMENTS:
                self.show("%s %s" % (command, env), command, good, env=env)
                self.show("%s -Z %s" % (command, env), command, ["-Z"], env=env, user="bob")

    def test_main_cf(self):
        path = os.path.join(self.inst.etc, "main.cf")
        with open(path) as f:
            before = f.read()
        try:
            for tail in TAILS:
                with open(path, "w") as f:
                    f.write(before + tail)
                for command, (good, few, many) in COMMANDS.items():
                    for user in (None, "bob"):
                        self.show("%s %r %s" % (command, tail, user), command, good, user=user)
            with open(path, "w") as f:
                f.write(before)
            os.chmod(path, 0)
            for command, (good, few, many) in COMMANDS.items():
                for args in (good, ["-Z"]):
                    self.show("%s unreadable %s" % (command, args), command, args, user="bob")
            os.unlink(path)
            for command, (good, few, many) in COMMANDS.items():
                for user in (None, "bob"):
                    for args in (good, ["-Z"], few):
                        self.show("%s none %s %s" % (command, args, user), command, args, user=user)
        finally:
            with open(path, "w") as f:
                f.write(before)
            os.chmod(path, 0o644)
