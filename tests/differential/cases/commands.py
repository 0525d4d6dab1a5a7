"""The small commands: options, what they print, how they end, what they log."""
import os
import re
import time

from recorder import Recorder

MSG = "Subject: x\n\nbody\n"


class Base(Recorder):
    area = "admin"
    main = "fast_flush_domains = example.net\nrelay_domains = example.net\nrecipient_delimiter = +\n"

    def show(self, command, *args, question=None, input=None, **kw):
        mark = self.inst.log_size()
        r = self.inst.run(command, *args, input=input, **kw)
        text = self.inst.log_text(mark) if mark is not None else ""
        lines = [re.sub(r"^.*? mx (\S+)\[\d+\]: ", r"\1: ", l) for l in self.clean(text).splitlines()]
        lines = [re.sub(r"\b[0-9A-F]{10,}\b", "QID", l) for l in lines if re.match("(postfix/)?%s:" % command, l)]
        fix = lambda t: re.sub(r"\b[0-9A-F]{10,}\b", "QID", re.sub(r"\[\d+\]", "[N]", self.clean(t)))
        self.record(question or " ".join([command] + [self.clean(a) for a in args] + ([repr(input)] if input else [])),
                    [r.rc, fix(r.out), fix(r.err), lines])
        return r

    def rows(self, command, *rows, **kw):
        for row in rows:
            self.show(command, *row, **kw)


class Commands(Base):
    def test_postlog(self):
        self.rows("postlog", [], ["x"], ["-v", "x"], ["-i", "x"], ["-p", "info", "x"], ["-p", "panic", "x"], ["-p", "debug", "x"], ["-p", "WARN", "x"],
                  ["-t", "", "x"], ["-t", "a/b", "x"], ["-t", "a b", "x"], ["-c", "@ETC@", "x"], ["-c", "@ETC@/", "-p", "error", "x"], [""], ["", ""], ["a" * 3000], ["-h"], ["-?"], ["--help"])
        self.show("postlog", input="\n\n")
        self.show("postlog", input="a\n" * 3 + "b")
        self.show("postlog", input="x" * 5000 + "\n")
        self.show("postlog", "-p", "fatal", input="a\nb\n")

    def test_postkick(self):
        self.rows("postkick", ["-v", "public", "qmgr", "D"], ["-c", "@ETC@", "public", "qmgr", "D"], ["public", "qmgr", "IDFA"], ["public", "pickup", "W"], ["private", "rewrite", "x"],
                  ["public", "../public/qmgr", "D"], ["pub/lic", "qmgr", "D"], ["", "qmgr", "D"], ["public", "", "D"], ["-h"])

    def test_postlock(self):
        self.rows("postlock", ["-h"], ["-v", "@DIR@/mb", "true"], ["-c", "@ETC@", "@DIR@/mb", "true"], ["-c"], ["-l"], ["-l", "dotlock,flock", "@DIR@/mb", "echo", "x"],
                  ["-l", "none", "@DIR@/mb", "true"], ["@DIR@/mb", "sh", "-c", "exit 75"], ["@DIR@/mb", "sh", "-c", "kill -15 $$"], ["@DIR@", "true"], ["@DIR@/new/x", "true"],
                  ["", "true"], ["@DIR@/mb", ""], ["@DIR@/mb", "/etc/passwd"], ["@DIR@/mb", "sh", "-c", "echo out; echo err >&2; exit 2"])

    def test_postdrop(self):
        self.rows("postdrop", ["-h"], ["x"], ["-z"], ["-v"], ["-r"], ["-c", "/nosuch"])

    def test_postalias_usage(self):
        for c in ("postalias", "postmap"):
            self.rows(c, [], ["-h"], ["-z"], ["-q"], ["-d"], ["-q", "x"], ["-d", "x"], ["-s"], ["nosuchtype:x"], ["-q", "x", "nosuchtype:x"], ["-i"], ["-q", "a", "-d", "b", "hash:@ETC@/aliases"],
                      ["-s", "-q", "a", "hash:@ETC@/aliases"], ["-i", "-q", "a", "hash:@ETC@/aliases"], ["-c", "/nosuch", "hash:x"], ["-q", "root", "hash:@ETC@/nosuch", "hash:@ETC@/aliases"],
                      ["-q", "root:", "hash:@ETC@/aliases"], ["-q", "nosuch", "hash:@ETC@/aliases"], ["-d", "nosuch", "hash:@ETC@/aliases"], ["-b", "-q", "-", "hash:@ETC@/aliases"], ["-hq", "x", "hash:@ETC@/aliases"],
                      ["-b", "hash:@ETC@/aliases"], ["-j", "-s", "hash:@ETC@/aliases"])

    def test_postcat(self):
        q = self.sent(self.inst.send("bob@example.net", ["softfail@x.test", "soft+fail@example.net"], subject="one"))
        self.inst.wait_deferred(q)
        fix = lambda r: None
        for opts in (["-q"], ["-bq"], ["-hq"], ["-eq"], ["-ehq"], ["-bhq"], ["-beq"], ["-nq"], ["-neq"], ["-dq"], ["-ndq"], ["-fq"], ["-oq"], ["-vq"], ["-rq"], ["-erq"], ["-ndoq"], ["-nfdoq"], ["-bvnq"], ["-hvnq"]):
            r = self.inst.run("postcat", *opts, q)
            out = self.clean(r.out).replace(q, "QID")
            out = re.sub(r"\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}|\w{3}, +\d+ \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}", "DATE", out)
            out = re.sub(r"(create_time|message_arrival_time|_time=|Tv_usec=|=)\d{5,}", r"\1N", out)
            out = re.sub(r"client_port=\d+", "client_port=N", out)
            self.record(" ".join(opts), [r.rc, out.splitlines(), self.clean(r.err).replace(q, "QID")])
        self.rows("postcat", ["-q"], ["-q", "nosuch"], ["-q", "ABCDEF0123"], ["-q", "../x"], ["-s", "x", "-q", q], ["-s", "-1", "-q", q], ["-s"], ["-h"], ["-z"], ["nosuch"], ["/etc/passwd"], ["-q", "ABC", "DEF"])
        for s in ("0", "50", "97", "100", "1", "100000"):
            r = self.inst.run("postcat", "-s", s, "-eq", q)
            self.record("-s " + s, [r.rc, len(r.out.splitlines()) if s in "0" else None])
        self.inst.purge()

    def test_postqueue(self):
        self.rows("postqueue", [], ["-h"], ["-z"], ["-p", "x"], ["-f", "x"], ["-j", "x"], ["-s"], ["-i"], ["-fp"], ["-p", "-f"], ["-p", "-j"], ["-s", "x", "-i", "y"], ["-i", "../x"], ["-i", ""], ["-s", ""], ["-s", "x.test"],
                  ["-s", "example.net"], ["-s", "[example.net]"], ["-s", "[192.0.2.1]"], ["-s", "sub.example.net"], ["-s", "ex ample"], ["-v", "-p"], ["-c", "@ETC@", "-p"], ["-c", "/nosuch", "-p"], ["-p", "-p"], ["-ff"], ["-i", "A" * 100], ["-i", "0"], ["-i", "zzz"])

    def test_postsuper(self):
        self.rows("postsuper", ["-h"], ["-z"], ["-d"], ["-d", "x"], ["-d", ""], ["-d", "ABC DEF"], ["-d", "../ABC"], ["-d", "ALL"], ["-d", "all"], ["-d", "ALL", "deferred"], ["-d", "ALL", "nosuch"], ["-d", "ALL", "defer"], ["-d", "ALL", "trace"],
                  ["-h", "ALL"], ["-H", "ALL"], ["-r", "ALL"], ["-e", "ALL"], ["-f", "ALL"], ["-p"], ["-s"], ["-S"], ["-ps"], ["-v"], ["-c", "@ETC@"], ["-c", "/nosuch"], ["x"], ["deferred"], ["-p", "bounce"], ["-s", "bounce"],
                  ["-s", "saved"], ["-s", "corrupt"], ["-s", "pid"], ["-d", "0123456789", "hold"], ["-e", "ABCDEF0123"], ["-f", "ABCDEF0123"], ["-d", "ABCDEF0123", "-h", "ABCDEF0124", "-r", "ABCDEF0125"], ["-d", "-", "-h", "-"])
        self.show("postsuper", "-d", "-", input="")
        self.show("postsuper", "-d", "-", input="\n \nABCDEF0123\nfoo bar\n")
        self.show("postsuper", "-d", "-", "deferred", input="ABCDEF0123 \n")
        self.show("postsuper", "-d", "-", input="ALL\n")
        self.show("postsuper", "-d", "x", user="bob")

    def test_postsuper_work(self):
        def make(n, to="softfail"):
            ids = [self.sent(self.inst.send("bob@example.net", "%s%d@x.test" % (to, i))) for i in range(n)]
            for q in ids:
                self.inst.wait_deferred(q)
            return ids
        a, b, c = make(3)
        for say, args, input in (
                ("hold and release", ["-h", a, "-H", a], None), ("hold", ["-h", a], None), ("hold again", ["-h", a], None), ("release wrong", ["-H", b], None), ("expire held", ["-e", a], None),
                ("expire+release held", ["-f", a], None), ("hold stdin", ["-h", "-"], "%s\n%s\nBAD\n" % (b, c)), ("delete hold dir", ["-d", "ALL", "hold"], None), ("left", ["-d", "ALL"], None)):
            self.show("postsuper", *args, input=input, question=say)
        ids = make(2)
        self.show("postsuper", "-d", "-", input="  %s  \n%s\textra\n" % tuple(ids), question="blanks around")
        self.show("postsuper", "-d", "ALL", question="left after blanks")
        ids = make(3)
        self.show("postsuper", "-d", ids[0], "-d", ids[1], "-h", ids[2], question="several")
        self.show("postsuper", "-r", "ALL", "hold", question="requeue hold")
        time.sleep(2)
        self.show("postsuper", "-d", "ALL", question="end")

    def test_newaliases_mailq(self):
        self.rows("newaliases", ["-v"], ["-h"], ["-C", "@ETC@"], ["-oQ/tmp"], ["-bp"], ["-bs"])
        self.rows("mailq", ["-v"], ["-C", "@ETC@"], ["-oQ/tmp"], ["-Ac"], ["-bi"], ["-q"])

    def test_sendmail(self):
        self.rows("sendmail", ["-bs", "-v"], ["-bs", "-f", "a@b"], ["-bv", "alice"], ["-bv", "-f", "bob", "alice@x.test"], ["-bh", "x"], ["-bH", "x"], ["-bl", "x"], ["-bd", "x"], ["-bp", "-v"], ["-bm", "-t", "alice"],
                  ["-ba", "x"], ["-bD"], ["-bi", "-v"], ["-I", "-v"], ["-q", "-v"], ["-qf"], ["-qFoo"], ["-q1h30m"], ["-qSx"], ["-qQ"], ["-qG"], ["-qp5m"], ["-q-5"], ["-oX", "alice"], ["-oem", "alice"], ["-oep", "alice"], ["-odi", "alice"], ["-odb", "alice"], ["-odq", "alice"],
                  ["-oT", "alice"], ["-or1h", "alice"], ["-o", "alice"], ["-os", "alice"], ["-Odelivery=x", "alice"], ["-OErrorMode=q", "alice"], ["-ODeliveryMode=b", "alice"], ["-O", "requiretls=yes", "alice"], ["-O", "requiretls=maybe", "alice"], ["-O", "smtputf8=yes", "alice"], ["-O", "smtputf8=x", "alice"],
                  ["-B8BITMIME", "alice"], ["-B7BIT", "alice"], ["-B8bitmime", "alice"], ["-BBINARYMIME", "alice"], ["-Ffull name", "alice"], ["-F", "a\nb", "alice"], ["-fa@b.test", "alice"], ["-f<a@b.test>", "alice"], ["-f", "<>", "alice"], ["-r", "a", "alice"], ["-f", "a@", "alice"], ["-f", "@b", "alice"], ["-f", "a,b", "alice"], ["-f", "a (c)", "alice"],
                  ["-N", "success,failure,delay", "alice"], ["-N", "SUCCESS", "alice"], ["-N", "", "alice"], ["-Nnever", "alice"], ["-R", "HDRS", "alice"], ["-Rhdrs", "alice"], ["-R", "", "alice"], ["-Vfoo", "alice"], ["-V", "a b", "alice"], ["-V", "+=", "alice"], ["-XV", "alice"], ["-XV+=", "alice"], ["-XVxx", "alice"], ["-XX", "alice"],
                  ["-L", "x", "alice"], ["-hx", "alice"], ["-Am", "alice"], ["-Ac", "-i", "alice"], ["-tU", "alice"], ["-vv", "alice"], ["-C", "@ETC@/main.cf", "alice"], ["-C", "@ETC@", "alice"], ["-d", "alice"], ["-d0", "alice"], ["-e", "m", "alice"], ["-em", "alice"], ["-s", "alice"], ["-M", "alice"], ["-D", "alice"], ["-u", "alice"], ["-l", "alice"], ["-k", "alice"], ["-j", "alice"], ["-g", "alice"], ["-z", "alice"], ["-w", "alice"], ["-a", "alice"], ["-E", "alice"], ["-J", "alice"], ["-K", "alice"], ["-P", "alice"], ["-S", "alice"], ["-W", "alice"], ["-Y", "alice"], ["-?"], ["--help"], input=MSG)
        self.inst.purge()

    def test_bs(self):
        for text in ("", "QUIT\r\n", "EHLO x\r\nQUIT\r\n", "MAIL FROM:<>\r\nRCPT TO:<alice>\r\nDATA\r\nx\r\n.\r\nQUIT\r\n", "HELO x\nMAIL FROM:<a@b.test>\nRCPT TO:<alice>\nRCPT TO:<z@x.test>\nDATA\nx\n.\nQUIT\n", "STARTTLS\r\nVRFY alice\r\nETRN example.net\r\nXCLIENT NAME=x\r\nXFORWARD NAME=x\r\nNOOP\r\nHELP\r\nRSET\r\nAUTH PLAIN x\r\nFOO\r\n"):
            self.show("sendmail", "-bs", input=text)
        self.show("sendmail", "-bs", input="MAIL FROM:<>\r\nRCPT TO:<alice>\r\nQUIT\r\n", user="bob", question="as bob")
        self.show("sendmail", "-bs", "-C", "@ETC@", input="QUIT\r\n")

    def test_qshape(self):
        self.rows("qshape", ["-h"], ["-z"], ["-b"], ["-b", "0"], ["-b", "3"], ["-b", "x"], ["-t", "1"], ["-t", "0"], ["-t", "x"], ["-l"], ["-m", "1"], ["-m", "x"], ["-w", "50"], ["-w", "5"], ["-n", "1"], ["-n", "x"], ["-p"], ["-s"], ["-N", "5"], ["-N", "x"], ["-d", "/x"], ["-lp"],
                  ["-c", "@ETC@"], ["-c", "/nosuch"], ["hold"], ["nosuch"], ["incoming", "active"], ["maildrop"], ["deferred"], ["/etc"])

    def test_finger(self):
        self.rows("posttls-finger", [], ["-h"], ["-z"], ["-l", "x", "a.test"], ["-l"], ["-t", "x", "a.test"], ["-T", "x", "a.test"], ["-m", "x", "a.test"], ["-m", "-1", "a.test"], ["-L", "x", "a.test"], ["-d", "x", "a.test"], ["-g", "x", "[127.0.0.1]:25"], ["-p", "x", "[127.0.0.1]:25"], ["-o", "x", "[127.0.0.1]"],
                  ["-o", "smtp_tls_loglevel=0", "-l", "none", "[127.0.0.1]:25"], ["-l", "none", "[127.0.0.1]:25"], ["-l", "may", "[127.0.0.1]:25"], ["-l", "encrypt", "[127.0.0.1]:25"], ["-l", "verify", "[127.0.0.1]:25"], ["-l", "secure", "[127.0.0.1]:25"], ["-l", "fingerprint", "[127.0.0.1]:25"], ["-l", "dane", "[127.0.0.1]:25"], ["-l", "dane-only", "[127.0.0.1]:25"],
                  ["-c", "-l", "none", "[127.0.0.1]:25"], ["-S", "-l", "none", "[127.0.0.1]:25"], ["-S", "-l", "none", "unix:/nosuch"], ["-h", "x.test", "-l", "none", "[127.0.0.1]:25"], ["-H", "x", "-l", "none", "[127.0.0.1]:25"], ["[127.0.0.1]:1"], ["nosuch.invalid"], ["[nosuch.invalid]"], ["a b"], ["[127.0.0.1]:99999"], ["-a", "ipv4", "-l", "none", "[127.0.0.1]:25"], ["-a", "x", "[127.0.0.1]:25"],
                  ["-F", "/nosuch", "-l", "secure", "[127.0.0.1]:25"], ["-P", "/nosuch", "-l", "secure", "[127.0.0.1]:25"], ["-k", "/nosuch", "[127.0.0.1]:25"], ["-A", "/nosuch", "-l", "dane", "[127.0.0.1]:25"], ["-f", "-l", "none", "[127.0.0.1]:25"], ["-w", "-l", "encrypt", "[127.0.0.1]:25"], ["-W", "[127.0.0.1]:25"], ["-v", "-l", "none", "[127.0.0.1]:25"], ["-C", "-l", "encrypt", "[127.0.0.1]:25"], ["-X", "[127.0.0.1]:25"], ["-x", "[127.0.0.1]:25"], ["-R", "x", "[127.0.0.1]:25"], ["-r", "x", "[127.0.0.1]:25"], ["-r", "0", "-l", "none", "[127.0.0.1]:25"], ["-M", "0", "[127.0.0.1]:25"], ["-K", "/nosuch", "[127.0.0.1]:25"], ["-s", "x", "-l", "none", "[127.0.0.1]:25"], ["-T", "1", "-l", "none", "[127.0.0.1]:25"], ["-m", "1", "-l", "none", "[127.0.0.1]:25"])

    def test_source_sink(self):
        for args in ([], ["-h"], ["-A", "-m", "1"], ["-m", "2", "-c"], ["-m", "2", "-C", "1"], ["-m", "2", "-d"], ["-m", "2", "-o"], ["-m", "2", "-L"], ["-m", "1", "-F", "/nosuch"], ["-m", "1", "-F", "/etc/hostname"], ["-m", "2", "-N"], ["-m", "1", "-M", "foo.test"], ["-m", "1", "-R", "1"], ["-m", "1", "-w", "1"], ["-m", "1", "-v"], ["-m", "1", "-T", "1000"], ["-m", "1", "-n", "5"], ["-m", "1", "-4"], ["-m", "1", "-6"], ["-m", "1", "-r", "0"], ["-m", "0"], ["-s", "x"], ["-m", "1", "-l", "0"], ["-m", "1", "-S", "a b"], ["-m", "1", "-f", "<>"], ["-m", "1", "-f", ""], ["-m", "1", "-t", ""]):
            to = [] if "-t" in args else ["-t", "q@x.test"]
            self.show("smtp-source", *args, *to, "127.0.0.1:25", question="source " + " ".join(args))
        self.inst.purge()


class Control(Base):
    """Apart, since it starts and stops the mail system."""

    def test_postfix(self):
        self.rows("postfix", ["-h"], ["-?"], ["check", "x"], ["status", "x"], ["reload", "x"], ["flush", "x"], ["-c"], ["-D", "status"], ["-vv", "status"], ["set-permissions", "x=y"], ["set-permissions", "x"], ["upgrade-configuration"], ["upgrade-configuration", "x"],
                  ["set-permissions"], ["set-permissions", "upgrade-configuration"], ["post-install", "x"], ["post-install", "create-missing"], ["post-install", "set-permissions"], ["post-install", "upgrade-source"], ["logrotate"], ["quick-start"], ["quick-stop"], ["drain"], ["tls"], ["tls", "x"], ["non-bdb"])
        self.show("postfix", "status")
