"""Settings that all daemons share and other cases do not name: other service names, spelling in the log, own mail and checks."""
import os

from harness import Group

class ServiceNames(Group):
    """Helpers by other names; their lines of the log say which one it was."""
    area = "configuration"
    main = "rewrite_service_name = myrewrite\ncleanup_service_name = mycleanup\nshowq_service_name = myshowq\n"
    master = """myrewrite unix - - n - - trivial-rewrite
    -o myorigin=origin.test
mycleanup unix n - n - 0 cleanup
    -o syslog_name=T/cleanup
myshowq unix n - n - - showq
    -o syslog_name=T/showq
"""

    def test_rewriting_and_cleanup(self):
        t = self.token()
        self.inst.sendmail("-f", "me", "a@x.test", input="To: joe\n\n%s\n" % t)
        self.log(r"T/cleanup/cleanup\[\d+\]: \w+: message-id=")
        m = self.at_sink(t)
        self.eq((m.sender, m.header("To")), ("me@origin.test", "joe@origin.test"), "what the other service completed")

    def test_queue_listing(self):
        self.eq(self.inst.run("postqueue", "-p").out, "Mail queue is empty\n", "listing")


class LogSpelling(Group):
    """info_log_address_format = internal."""
    area = "logging"
    main = "info_log_address_format = internal\nlocal_recipient_maps =\n"

    def test_quoted_names(self):
        qid = self.sent(self.inst.send('"s p"@y.test', ['"a b"@x.test', '"c.d"@x.test']))
        self.log(r"qmgr\[\d+\]: %s: from=<s p@y\.test>, size=" % qid)
        self.log(r"smtp\[\d+\]: %s: to=<a b@x\.test>, relay=" % qid)
        self.log(r"smtp\[\d+\]: %s: to=<c\.d@x\.test>, relay=" % qid)

    def test_original_recipient(self):
        self.inst.sendmail("-f", "y@y.test", '"no body"', input="x\n")
        self.log(r"local\[\d+\]: \w+: to=<no body@example\.test>, orig_to=<no body>, relay=")


class InternalMail(Group):
    """internal_mail_filter_classes: checks of mail that the mail system makes itself."""
    area = "content"
    cost = 6
    main_base = """
header_checks = regexp:{{/^Subject: (Undelivered|Postfix SMTP|Postrider SMTP|Successful)/ WARN own}}
transport_maps = inline:{{err.test = error:5.7.9 no}}
notify_classes = policy
error_notice_recipient = chief@x.test
smtpd_recipient_restrictions = check_recipient_access inline:{{no@x.test = REJECT}}, permit_mynetworks, reject
"""
    main = main_base + "internal_mail_filter_classes = bounce, notify\n"

    def report(self):
        self.inst.sendmail("-f", "back@y.test", "a@err.test", input="Subject: x\n\nx\n")
        self.at_sink("Undelivered Mail")

    def notice(self):
        self.inst.send("a@y.test", "no@x.test")
        self.at_sink("Transcript of session follows")

    def test_report(self):
        self.report()
        self.log(r"cleanup\[\d+\]: \w+: warning: header Subject: Undelivered Mail Returned to Sender from local; from=<> to=<back@y\.test>: own")

    def test_notice(self):
        self.notice()
        self.log(r"cleanup\[\d+\]: \w+: warning: header Subject: \w+ SMTP server: errors from .* from local; from=<double-bounce@.*> to=<chief@x\.test>: own")


class InternalMailUnchecked(InternalMail):
    main = InternalMail.main_base

    def test_report(self):
        self.report()
        self.nolog(r"warning: header")

    def test_notice(self):
        self.notice()
        self.nolog(r"warning: header")


class LineEndings(Group):
    """sendmail_fix_line_endings."""
    area = "sendmail"
    expected = {"crlf": "a\nb\n", "mixed": "a\nb\n", "lf-first": "a\nb\n"}
    inputs = {"crlf": "Subject: x\r\n\r\na\r\nb\r\n", "mixed": "Subject: x\r\n\r\na\nb\r\n", "lf-first": "Subject: x\n\na\r\nb\n"}

    @classmethod
    def case_names(cls):
        return sorted(cls.inputs)

    def run_case(self, name):
        self.case, self.since = name, self.inst.log_size()
        seen = len(self.sink.messages)
        self.eq(self.inst.sendmail("-f", "a@y.test", "b@x.test", input=self.inputs[name]).rc, 0, "exit status")
        m = self.found(self.sink.wait(lambda m: m in self.sink.messages[seen:]), "message at the next hop")
        self.eq(m.data.decode().replace("\r\n", "\n").split("\n\n", 1)[1], self.expected[name], "body")


class LineEndingsStrict(LineEndings):
    main = "sendmail_fix_line_endings = strict\n"
    expected = {"crlf": "a\nb\n", "mixed": "a\nb\n", "lf-first": "a \nb\n"}


class LineEndingsNever(LineEndings):
    main = "sendmail_fix_line_endings = never\n"
    expected = {"lf-first": "a \nb\n"}
    inputs = {"lf-first": LineEndings.inputs["lf-first"]}


class PipeTimes(Group):
    """TRANSPORT_time_limit of pipe(8) and spawn(8), and of what is not named."""
    area = "pipe"
    main = """
transport_maps = inline:{{slow.test = slow:}, {other.test = other:}}
slow_time_limit = 1s
other_time_limit = 30s
spawned_time_limit = 1s
command_time_limit = 30s
maximal_queue_lifetime = 1d
"""
    master = """slow unix - n n - - pipe
    user=vmail argv=/bin/sleep 20
other unix - n n - - pipe
    user=vmail argv=/bin/sleep 1
127.0.0.1:10177 inet n n n - 0 spawn user=nobody argv=/bin/sleep 20
"""

    def test_limit_of_a_transport(self):
        self.sent(self.inst.send("a@y.test", "b@slow.test"))
        self.log(r"pipe\[\d+\]: \w+: to=<b@slow\.test>, .*dsn=\S+, status=\w+ \(Command time limit exceeded: \"/bin/sleep\"\)")
        self.inst.purge()

    def test_limit_of_another(self):
        self.sent(self.inst.send("a@y.test", "b@other.test"))
        self.log(r"pipe\[\d+\]: \w+: to=<b@other\.test>, .*dsn=2\.0\.0, status=sent")


class AliasDatabase(Group):
    """newaliases builds what alias_database names, whatever alias_maps are."""
    area = "local"
    main = "alias_database = hash:@ETC@/one, inline:{x=y}, texthash:@ETC@/two, btree:@ETC@/three\nalias_maps = hash:@ETC@/one\n"
    files = {"one": "list: alice\n", "two": "x: bob\n", "three": "y: bob\n"}

    def test_newaliases(self):
        r = self.inst.run("newaliases")
        self.eq(r.rc, 1 if "fatal" in r.err else 0, "exit status")
        self.ok(os.path.exists(os.path.join(self.inst.etc, "one.db")), "one.db")

    def test_sendmail_bi(self):
        os.path.exists(os.path.join(self.inst.etc, "one.db")) and os.unlink(os.path.join(self.inst.etc, "one.db"))
        self.inst.sendmail("-bi")
        self.ok(os.path.exists(os.path.join(self.inst.etc, "one.db")), "one.db")
        t = self.token()
        self.sent(self.inst.send(rcpts="list@example.test", body=t + "\n"))
        self.in_mail("alice", t)


class AutodetectUtf8(Group):
    """smtputf8_autodetect_classes: which mail of ours may turn out to need SMTPUTF8."""
    area = "content"
    cost = 4
    main = "smtputf8_autodetect_classes = sendmail\n"

    def posted(self, *argv, text):
        seen = len(self.sink.messages)
        self.eq(self.inst.sendmail("-f", "a@y.test", *argv, input=text).rc, 0, "exit status")
        return self.found(self.sink.wait(lambda m: m in self.sink.messages[seen:]), "message at the next hop")

    def test_header(self):
        m = self.posted("b@x.test", text="Subject: caf\u00e9\n\nx\n")
        self.eq("SMTPUTF8" in str(m.sender_params), True, "SMTPUTF8 in MAIL FROM (%s)" % m.sender_params)

    def test_recipient(self):
        m = self.posted("caf\u00e9@x.test", text="Subject: x\n\nx\n")
        self.eq("SMTPUTF8" in str(m.sender_params), True, "SMTPUTF8 in MAIL FROM (%s)" % m.sender_params)

    def test_body_alone(self):
        m = self.posted("b@x.test", text="Subject: x\n\ncaf\u00e9\n")
        self.eq("SMTPUTF8" in str(m.sender_params), False, "SMTPUTF8 in MAIL FROM (%s)" % m.sender_params)


class AutodetectAll(AutodetectUtf8):
    main = "smtputf8_autodetect_classes = all\n"
