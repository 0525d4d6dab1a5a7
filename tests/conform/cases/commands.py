"""What commands say and how they end, option by option."""
import os
import subprocess

from harness import Group, wait_port

MSG = "Subject: x\n\nbody\n"


class Quick(Group):
    area = "commands"
    main = """
smtpd_error_sleep_time = 0
recipient_delimiter = +
authorized_submit_users = !erin, static:all
fast_flush_domains = example.net
relay_domains = example.net
"""
    cost = 20

    def rows(self, name, rows, input=""):
        """Rows: arguments, exit status, regex in stderr (or stdout)."""
        for args, rc, regex in rows:
            args = [a.replace("@DIR@", self.inst.dir).replace(
                "@ETC@", self.inst.etc) for a in args]
            r = self.inst.run(name, *args, input=input)
            what = "%s %s" % (name, " ".join(args))
            self.eq(r.rc, rc, "exit status of %s (%s%s)"
                    % (what, r.out, r.err))
            if regex:
                self.match(regex, r.both, what)


class SendmailOptions(Quick):
    def teardown(self):
        self.inst.purge()

    def test_refused(self):
        self.rows("sendmail", [
            (["-bz"], 75, "unsupported: -bz"),
            (["-ba"], 75, "unsupported: -ba"),
            (["-bt"], 75, "unsupported: -bt"),
            (["-b"], 75, ""), (["-f"], 75, ""), (["-C"], 75, ""),
            (["-O"], 75, ""), (["-B"], 75, ""),
            (["-n", "alice"], 75, "-n option not supported"),
            (["-B", "9BIT", "alice"], 75, "-B option needs"),
            (["-X", "/tmp/x", "alice"], 75, "unsupported: -X/"),
            (["-XVa", "alice"], 75, "requires two characters from -=\\+"),
            (["-C", "/nosuch", "alice"], 75, "open /nosuch/main.cf"),
            (["-qX"], 75, "-qX is not implemented"),
            (["-q!"], 75, "-q! is not implemented"),
            (["-qR"], 75, "specify: -qRsitename"),
            (["-qI"], 75, "specify: -qIqueueid"),
            (["-oA"], 75, "-oA requires pathname"),
            (["-M", "x", "alice"], 75, ""), (["-d", "alice"], 75, ""),
            (["-s", "alice"], 75, ""), (["-T", "alice"], 75, ""),
            (["-Q", "alice"], 75, ""), (["-y"], 75, ""),
            (["-Z", "alice"], 75, ""), (["-H", "alice"], 75, ""),
        ], MSG)

    def test_combinations(self):
        self.rows("sendmail", [
            (["-bv"], 75, "Recipient addresses must be specified"),
            (["-bv", "-t"], 75, "-t option cannot be used with -bv"),
            (["-bv", "-N", "never", "alice"], 75,
             "-N option cannot be used with -bv"),
            (["-bv", "-R", "full", "alice"], 75,
             "-R option cannot be used with -bv"),
            (["-bv", "-v", "alice"], 75, "-v option cannot be used with -bv"),
            (["-I", "alice"], 75,
             "alias initialization mode requires no recipient"),
            (["-bi", "alice"], 75,
             "alias initialization mode requires no recipient"),
            (["-t", "-bs"], 75, "-t can be used only in delivery mode"),
            (["-bs", "alice"], 75, "stand-alone mode requires no recipient"),
            (["-bp", "alice"], 75,
             "display queue mode requires no recipient"),
            (["-q", "alice"], 75, "flush queue mode requires no recipient"),
            (["-om"], 75, "root\\(0\\): Recipient addresses must be "
             "specified on the command line or via the -t option"),
            (["--"], 75, "Recipient addresses must be specified"),
            (["-t"], 75, "No recipient addresses found in message header"),
            (["-tv"], 75, "No recipient addresses found"),
        ], MSG)

    def test_ignored(self):
        self.rows("sendmail", [(args, 0, "") for args in (
            ["-oee", "alice"], ["-om", "-oi", "alice"], ["-o7", "alice"],
            ["-h", "3", "alice"], ["-L", "tag", "alice"], ["-m", "alice"],
            ["-A", "m", "alice"], ["-Ac", "alice"], ["-e", "q", "alice"],
            ["-U", "alice"], ["-p", "x", "alice"], ["-x", "alice"],
            ["-c", "alice"], ["-bh"], ["-bH"], ["-bh", "alice"],
            ["-q5", "alice"], ["-O", "foo=bar", "alice"], ["-G", "alice"],
            ["-i", "alice"], ["-bm", "alice"], ["--", "alice"],
            ["-F", "", "alice"], ["-f", "", "alice"])], MSG)

    def test_warned(self):
        self.rows("sendmail", [
            (["-N", "foo", "alice"], 0, "bad -N option value -- ignored"),
            (["-N", "never,success", "alice"], 0,
             "bad -N option value -- ignored"),
            (["-R", "foo", "alice"], 0, "bad -R option value -- ignored"),
            (["-V", "", "alice"], 0,
             "bad syntax in -V option value -- ignored"),
            (["-V+=", "alice"], 0, "option -V(\\+=)? is deprecated"),
            (["-V", "+=", "alice"], 0, "option -V(\\+=)? is deprecated"),
            (["-f", "a b", "alice"], 0, "malformed sender: a b"),
            (["-bd", "-q"], 0, "ignoring -q option in daemon mode"),
        ], MSG)

    def test_daemon_mode_while_running(self):
        self.rows("sendmail", [(["-bd"], 0, ""), (["-bl"], 0, "")])

    def test_addresses(self):
        self.rows("sendmail", [([a], 0, "") for a in (
            "alice,bob", "alice bob", "<alice>", "Alice <alice>",
            "group:alice,bob;", '"quoted string"@example.test', "alice@",
            "alice@[127.0.0.1]", "-", "\\alice", "(c) alice",
            "a" * 300 + "@example.test")], MSG)

    def test_headers_with_recipients(self):
        for text, good in (
                ("To: alice\n\nx\n", 1), ("Cc: alice\nBcc: bob\n\nx\n", 1),
                ("To: \n\n", 0), ("To: alice@\n\n", 1), ("", 0), ("\n", 0),
                ("no header\n", 0), ("x\nTo: alice\n\n", 0),
                ("Resent-To: alice\nTo: bob\n\n", 1),
                ("Resent-Subject: x\nTo: bob\n\n", 1),
                ('To: "a b" <alice>, (c) bob\n\n', 1),
                ("To:alice\n  ,bob\n\n", 1), ("To: alice;bob\n\n", 1),
                ("To: undisclosed-recipients:;\n\nx\n", 0),
                ("Apparently-To: alice\n\n", 0),
                ("From x\nTo: alice\n\nx\n", 1),
                (">From x\n>From y\nTo: alice\n\nz\n", 1),
                ("X: y\r\nTo: alice\r\n\r\nhi\r\n", 1)):
            r = self.inst.sendmail("-t", input=text)
            self.eq(r.rc, 0 if good else 75, "exit status for %r (%s)"
                    % (text, r.err))

    def test_flushing(self):
        self.rows("sendmail", [
            (["-q"], 0, ""), (["-q30m"], 0, ""),
            (["-qRexample.net"], 0, ""), (["-qInosuch"], 0, ""),
            (["-qRnosuch.test"], 69, "Flush service is not configured for "
             'destination "nosuch.test"'),
            (["-qI"], 75, "specify: -qIqueueid")])

    def test_aliases(self):
        self.rows("sendmail", [
            (["-bi"], 0, ""), (["-I"], 0, ""),
            (["-bi", "-oA@ETC@/nosuch"], 1, "open @?.*/nosuch: No such"),
            (["-I", "-oA@ETC@/nosuch"], 1, "nosuch: No such file")])
        self.rows("newaliases", [
            ([], 0, ""), (["-x"], 0, ""),
            (["foo"], 75, "alias initialization mode requires no recipient"),
            (["-oA@ETC@/nosuch"], 1, "nosuch: No such file")])

    def test_mailq(self):
        self.rows("mailq", [
            ([], 0, ""), (["-x"], 0, ""), (["-f"], 75, ""),
            (["alice"], 75, "display queue mode requires no recipient")])

    def test_verbose_report(self):
        self.rows("sendmail", [
            (["-v", "alice"], 0, "Mail Delivery Status Report will be "
             "mailed to <root>"),
            (["-bv", "alice"], 0, "Mail Delivery Status Report will be "
             "mailed to <root>")], MSG)

    def test_smtp_dialogue_without_input(self):
        self.rows("sendmail", [(["-bs"], 0, "220 mx.example.test")])

    def test_not_allowed(self):
        for args, text in ((["alice"], ""), (["-t"], "To: alice\n\n"),
                           (["-bs"], "QUIT\r\n")):
            r = self.inst.sendmail(*args, input=text, user="erin")
            self.eq(r.rc, 75, "exit status (%s)" % r)
            self.match("User erin\\(20005\\) is not allowed to submit mail",
                       r.both)

    def test_foreign_configuration(self):
        r = self.inst.sendmail("-C", "/etc/foo", "alice", input=MSG,
                               user="bob")
        self.eq(r.rc, 75, "exit status (%s)" % r)


class Postlog(Quick):
    def logged(self, args, lines, input="", tag="postfix/postlog"):
        mark = self.inst.log_size()
        r = self.inst.run("postlog", *args, input=input)
        self.eq(r.rc, 0, "exit status (%s)" % r)
        for line in lines:
            self.found(self.inst.wait_log(
                r" %s\[\d+\]: %s$" % (tag, line), since=mark),
                "log line %r" % line)

    def test_text(self):
        self.logged(["text"], ["text"])
        self.logged(["a", "b  c"], ["a b  c"])
        self.logged(["--", "-x"], ["-x"])
        self.logged(["%s%n"], ["%s%n"])

    def test_control_characters(self):
        self.logged(["a\nb"], ["a\\?b"])
        self.logged(["x\x01\x7fy"], ["x\\?\\?y"])

    def test_standard_input(self):
        self.logged([], ["in1", "in2", "", "in3"], "in1\nin2\n\nin3")
        self.logged(["-t", "x"], ["in1", "in2"], "in1\nin2\n", "x")

    def test_tag(self):
        self.logged(["-t", "label", "hi"], ["hi"], tag="label")
        self.logged(["-i", "-t", "postfix/x", "hi"], ["hi"], tag="postfix/x")

    def test_priorities(self):
        for name, text in (("info", "x"), ("warn", "warning: x"),
                           ("warning", "warning: x"), ("error", "error: x"),
                           ("fatal", "fatal: x")):
            self.logged(["-p", name, "x"], [text])

    def test_refused(self):
        self.rows("postlog", [(["-p", "foo", "x"], 1, ""), (["-x"], 1, ""),
                              (["-p"], 1, ""),
                              (["-c", "/nosuch", "x"], 1, "")])


class Postkick(Quick):
    def test_usage(self):
        self.rows("postkick", [(a, 1, "usage: \\S*postkick") for a in (
            [], ["public"], ["public", "qmgr"], ["public", "qmgr", "D", "x"],
            ["-x"])])

    def test_services(self):
        self.rows("postkick", [
            (["public", "qmgr", "D"], 0, ""), (["public", "qmgr", ""], 0, ""),
            (["private", "bounce", "x"], 0, ""),
            (["public", "flush", "x"], 0, ""),
            (["public", "nosuch", "D"], 1, "unable to look up public/nosuch: "
             "No such file or directory(.|\n)*Cannot contact class public "
             "service nosuch - perhaps the mail system is down"),
            (["nosuch", "qmgr", "D"], 1, "Cannot contact class nosuch "
             "service qmgr"),
            (["-c", "/nosuch", "public", "qmgr", "D"], 1,
             "open /nosuch/main.cf: No such file")])


class Postlock(Quick):
    def test_status(self):
        self.rows("postlock", [
            (["@DIR@/mb", "true"], 0, ""), (["@DIR@/mb", "false"], 1, ""),
            (["@DIR@/mb", "sh", "-c", "exit 9"], 9, ""),
            (["@DIR@/mb", "sh", "-c", "kill -9 $$"], 1, ""),
            (["@DIR@/mb", "nosuchcmd"], 1, "fatal: execvp nosuchcmd: No such"),
            (["@DIR@/mb", "ls", "-d", "/"], 0, "^/$")])

    def test_usage(self):
        self.rows("postlock", [(a, 75, "usage: \\S*postlock") for a in (
            [], ["@DIR@/mb"], ["-x"])])

    def test_styles(self):
        self.rows("postlock", [
            (["-l", "", "@DIR@/mb", "true"], 0, ""),
            (["-l", "flock,fcntl", "@DIR@/mb", "echo", "hi"], 0, "^hi$"),
            (["-l", "flock fcntl, dotlock", "@DIR@/mb", "true"], 0, ""),
            (["-l", "dotlock", "@DIR@/mb", "ls", "@DIR@/mb.lock"], 0,
             "mb.lock"),
            (["-l", "foo", "@DIR@/mb", "true"], 75,
             'unknown mailbox_delivery_lock value "foo" in "foo"')])
        self.ok(not os.path.exists(self.path("mb.lock")), "lock file gone")

    def test_cannot_lock(self):
        self.rows("postlock", [
            (["-l", "dotlock", "/nosuch/mb", "true"], 75,
             "unable to create lock file /nosuch/mb.lock: No such file"),
            (["-l", "flock", "/nosuch/mb", "true"], 75,
             "/nosuch/mb: .*No such file"),
            (["-l", "flock", "/", "true"], 75, "Is a directory"),
            (["-c", "/nosuch", "@DIR@/mb", "true"], 75,
             "open /nosuch/main.cf")])

    def test_input_is_the_command_s(self):
        r = self.inst.run("postlock", self.path("mb"), "cat", input="in\n")
        self.eq((r.rc, r.out), (0, "in\n"), "result")

    def test_held_by_another(self):
        self.inst.set(deliver_lock_attempts="1")
        path = self.path("held")
        open(path, "w").close()
        holder = subprocess.Popen(
            ["flock", path, "sh", "-c", "echo; read x"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        holder.stdout.readline()
        self.rows("postlock", [(["-l", "flock", path, "true"], 75, "")])
        holder.communicate(b"\n")
        self.rows("postlock", [(["-l", "flock", path, "true"], 0, "")])


class Sink(Group):
    """smtp-sink, option by option."""
    area = "commands"
    daemon = False
    sink = False
    cost = 8
    EHLO = ("PIPELINING", "8BITMIME", "AUTH PLAIN LOGIN", "XCLIENT NAME HELO",
            "XFORWARD NAME ADDR PROTO HELO", "ENHANCEDSTATUSCODES", "DSN")

    def start(self, *args):
        self.port_ = getattr(self, "port_", 2800) + 1
        p = subprocess.Popen(
            [self.inst.suite.cmd("smtp-sink"), "-u", "nobody", *args,
             "127.0.0.1:%d" % self.port_, "10"], stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT)
        self.keep(Stop(p))
        self.ok(wait_port(self.port_), "smtp-sink listens")
        return p

    def talk(self, *lines):
        """Connects; lines are a command and what its reply begins with."""
        c = self.inst.smtp(port=self.port_)
        self.reply(c.greet(), lines[0])
        for command, spec in zip(lines[1::2], lines[2::2]):
            self.reply(c.cmd(command), spec)
        return c

    def test_features(self):
        for option, missing in (("-4", ""), ("-8", "8BITMIME"),
                                ("-a", "AUTH"), ("-C", "XCLIENT"),
                                ("-E", "ENHANCED"), ("-F", "XFORWARD"),
                                ("-N", "DSN"), ("-p", "PIPELINING")):
            self.start(option)
            c = self.inst.smtp(port=self.port_)
            c.greet()
            got = str(c.cmd("EHLO x"))
            for word in self.EHLO:
                here = not missing or not word.startswith(missing)
                self.eq(word in got, here, "%s with %s" % (word, option))
            c.close()

    def test_dialogue(self):
        self.start()
        self.talk("220 smtp-sink ESMTP", "HELO y", "250 smtp-sink",
                  "RCPT TO:<a@b>", "503 5.5.1", "MAIL FROM:<a@b>",
                  "250 2.1.0 Ok", "DATA", "503 5.5.1", "RCPT TO:<c@d>",
                  "250 2.1.5 Ok", "DATA", "354", "x\r\n.", "250 2.0.0 Ok",
                  "NOOP", "250 2.0.0 Ok", "RSET", "250 2.1.0 Ok", "FOO",
                  "500 5.5.1", "AUTH PLAIN x", "250", "XCLIENT NAME=x",
                  "250", "QUIT", "221 Bye")

    def test_old_servers(self):
        self.start("-e")
        self.talk("220 smtp-sink", "EHLO x", "500 5.5.1", "HELO x", "250")
        self.start("-P")
        self.talk("220 ********", "EHLO x", "500 5.5.1", "HELO x", "250")
        self.start("-L", "-h", "foo.test")
        self.talk("220 foo.test", "EHLO x", "500 5.5.1", "LHLO x", "250",
                  "MAIL FROM:<a@b>", "250", "RCPT TO:<a@b>", "250",
                  "DATA", "354", "x\r\n.", "250")

    def test_refusals(self):
        self.start("-f", "rcpt")
        self.talk("220", "MAIL FROM:<a@b>", "250", "RCPT TO:<a@b>",
                  "500 5.3.0 Error: command failed")
        self.start("-r", "MAIL")
        self.talk("220", "MAIL FROM:<a@b>", "450 4.3.0 Error: command failed")
        self.start("-r", "connect")
        self.talk("450 4.3.0", "NOOP", "250")
        self.start("-b", "451 4.1.1 foo", "-B", "551 5.1.1 bar", "-r", "mail",
                   "-f", "noop")
        self.talk("220", "MAIL FROM:<a@b>", "451 4.1.1 foo", "NOOP",
                  "551 5.1.1 bar")
        self.start("-Q", "rcpt")
        self.talk("220", "MAIL FROM:<a@b>", "250", "RCPT TO:<a@b>",
                  "421 4.0.0 Server closing connection")

    def test_leaves_after_messages(self):
        p = self.start("-M", "1")
        c = self.talk("220", "MAIL FROM:<a@b>", "250", "RCPT TO:<a@b>",
                      "250", "DATA", "354")
        c.send(b"x\r\n.\r\n")
        self.eq(p.wait(timeout=10), 0, "exit status")

    def test_keeps_messages(self):
        d = self.path("kept")
        os.makedirs(d)
        os.chmod(d, 0o777)
        for args in (["-d", d + "/%Y/m."], ["-D", d + "/%Y.all"]):
            self.start(*args)
            self.talk("220", "HELO y", "250", "MAIL FROM:<a@b>", "250",
                      "RCPT TO:<c@d>", "250", "RCPT TO:<e@f>", "250",
                      "DATA", "354", "Subject: x\r\n\r\n..dot\r\n.", "250")
            found = [os.path.join(a, f) for a, _, fs in os.walk(d)
                     for f in fs]
            self.eq(len(found), 1, "files")
            with open(found[0]) as f:
                text = f.read()
            os.unlink(found[0])
            self.match("^X-Client-Addr: 127.0.0.1\nX-Client-Proto: SMTP\n"
                       "X-Helo-Args: y\nX-Mail-Args: <a@b>\n"
                       "X-Rcpt-Args: <c@d>\nX-Rcpt-Args: <e@f>\n"
                       "Received: from y \\(\\[127\\.0\\.0\\.1\\]\\)\n"
                       "\tby smtp-sink \\(smtp-sink\\) with SMTP id "
                       "[0-9a-f]+;\n\t.*\nSubject: x\n\n\\.dot\n", text)

    def test_refused(self):
        for args in ([], ["127.0.0.1:2799"], ["127.0.0.1:2799", "x"],
                     ["127.0.0.1:2799", "0"], ["-x"],
                     ["-u", "nosuch", "127.0.0.1:2799", "5"],
                     ["-m", "0", "-u", "nobody", "127.0.0.1:2799", "5"],
                     ["-f", "foo", "-u", "nobody", "127.0.0.1:2799", "5"],
                     ["-H", "x", "-u", "nobody", "127.0.0.1:2799", "5"]):
            r = self.inst.run("smtp-sink", *args)
            self.eq(r.rc, 1, "exit status for %r (%s)" % (args, r))

    def test_source_refused(self):
        for args in ([], ["-x"], ["-m", "x", "127.0.0.1"],
                     ["-s", "0", "127.0.0.1"], ["-l", "x", "127.0.0.1"],
                     ["127.0.0.1:1"], ["unix:/nosuch"]):
            r = self.inst.run("smtp-source", *args)
            self.eq(r.rc, 1, "exit status for %r (%s)" % (args, r))


class Stop:
    def __init__(self, process):
        self.process = process

    def close(self):
        self.process.terminate()
        self.process.wait()


class PostfixCommand(Quick):
    def test_words(self):
        self.rows("postfix", [
            (["status"], 0, ""), (["-v", "status"], 0, ""),
            (["flush"], 0, ""), (["check"], 0, ""), ([], 1, ""),
            (["foo"], 1, ""), (["-x"], 1, ""), (["Status"], 1, ""),
            (["start"], 1, ""), (["start-fg"], 1, ""),
            (["logrotate", "x"], 1, ""), (["tls"], 1, ""),
            (["tls", "foo"], 1, ""), (["non-bdb", "foo"], 1, ""),
            (["-c", "/nosuch", "status"], 1, "")])

    def test_reload_is_logged(self):
        mark = self.inst.log_size()
        self.rows("postfix", [(["reload"], 0, "")])
        for regex in ("postfix/postfix-script\\[\\d+\\]: refreshing the "
                      "\\w+ mail system$",
                      "postfix/master\\[\\d+\\]: reload -- version \\S+, "
                      "configuration /"):
            self.found(self.inst.wait_log(regex, since=mark), regex)

    def test_ordinary_user(self):
        for word in ("stop", "reload", "abort"):
            r = self.inst.run("postfix", word, user="bob")
            self.ok(r.rc != 0, "exit status of %s" % word, r)
        self.eq(self.inst.run("postfix", "status").rc, 0, "status")


class Tls(Group):
    """postfix tls."""
    area = "commands"
    daemon = False
    sink = False
    cost = 30

    def setup(self):
        self.base = open(os.path.join(self.inst.etc, "main.cf")).read()

    def run_case(self, name):
        self.inst.write("main.cf", self.base)
        for f in os.listdir(self.inst.etc):
            if f.endswith(".pem"):
                os.unlink(os.path.join(self.inst.etc, f))
        super().run_case(name)

    def do(self, *args, rc=0):
        r = self.inst.run("postfix", "tls", *args, timeout=60)
        self.eq(r.rc, rc, "exit status of postfix tls %s (%s) %s"
                % (" ".join(args), r, self.inst.log_text()[-800:]))
        return r.out

    def conf(self, *names):
        r = self.inst.run("postconf", "-h", *names)
        return r.out.splitlines()

    def pems(self, prefix):
        return sorted(os.path.join(self.inst.etc, f)
                      for f in os.listdir(self.inst.etc)
                      if f.startswith(prefix) and f.endswith(".pem"))

    def openssl(self, *args):
        return subprocess.run(("openssl",) + args, capture_output=True,
                              text=True).stdout

    def test_defaults(self):
        self.inst.write("main.cf", self.base + "smtp_tls_loglevel = 1\n")
        self.do("all-default-client")
        self.do("all-default-server")
        self.inst.write("main.cf", self.base + "smtp_use_tls = yes\n")
        self.do("all-default-client", rc=1)
        self.do("all-default-server")
        self.do("all-default-server", "x", rc=1)

    def test_enable_client(self):
        self.do("enable-client")
        self.eq(self.conf("smtp_tls_security_level", "smtp_tls_loglevel"),
                ["may", "1"], "settings")
        self.do("all-default-client", rc=1)
        before = open(os.path.join(self.inst.etc, "main.cf")).read()
        self.do("enable-client")
        self.eq(open(os.path.join(self.inst.etc, "main.cf")).read(), before,
                "main.cf")

    def test_enable_server(self):
        self.do("enable-server")
        (key,), (cert,) = self.pems("key-"), self.pems("cert-")
        self.eq(self.conf("smtpd_tls_security_level", "smtpd_tls_key_file",
                          "smtpd_tls_cert_file"), ["may", key, cert],
                "settings")
        self.eq(os.stat(key).st_mode & 0o777, 0o600, "mode of the key")
        text = self.openssl("x509", "-in", cert, "-noout", "-text")
        self.match("DNS:mx\\.example\\.test", text)
        self.match("Public-Key: \\(2048 bit\\)", text)
        out = self.do("output-server-tlsa")
        self.match("^; %s\n_25\\._tcp\\.mx\\.example\\.test\\. IN TLSA 3 1 1 "
                   "[0-9a-f]{64}\n$" % key, out)
        self.match("^-----BEGIN CERTIFICATE REQUEST-----\n",
                   self.do("output-server-csr"))

    def test_new_key_and_deploy(self):
        self.do("new-server-key", "-a", "ecdsa", "a.test", "b.test")
        (key,), (cert,) = self.pems("eckey-"), self.pems("eccert-")
        text = self.openssl("x509", "-in", cert, "-noout", "-text")
        self.match("DNS:a\\.test, DNS:b\\.test", text)
        self.match("CN ?= ?a\\.test", text)
        self.eq(self.conf("smtpd_tls_eckey_file"),
                ["$smtpd_tls_eccert_file"], "not deployed")
        self.do("deploy-server-cert", cert, key)
        self.eq(self.conf("smtpd_tls_eckey_file", "smtpd_tls_eccert_file"),
                [key, cert], "deployed")
        out = self.do("output-server-tlsa", "-h", "foo.test", key)
        self.match("_25\\._tcp\\.foo\\.test\\. IN TLSA 3 1 1 [0-9a-f]{64}$",
                   out)

    def test_mismatch_is_not_deployed(self):
        self.do("new-server-key", "-a", "rsa")
        self.do("new-server-key", "-a", "ecdsa")
        self.do("deploy-server-cert", self.pems("cert-")[0],
                 self.pems("eckey-")[0], rc=1)

    def test_refused(self):
        for args in (["new-server-key", "-a", "foo"], ["enable-client", "x"],
                     ["deploy-server-cert"], ["deploy-server-cert", "a"],
                     ["deploy-server-cert", "/nosuch", "/nosuch"],
                     ["output-server-csr"], ["output-server-csr", "-k",
                                             "/nosuch"],
                     ["output-server-tlsa", "/nosuch"], [], ["foo"]):
            self.do(*args, rc=1)
