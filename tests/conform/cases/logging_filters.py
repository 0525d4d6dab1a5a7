"""The log, where others have their say: mail filters, policy servers, logins, failures of delivery."""
import base64
import os
import re

from harness import DovecotAuth, FakeSMTP, Group, Milter, Policy

NA = r"client\.example\.org\[192\.0\.2\.10\]"
FACTS = r"from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP helo=<h>"


def plain(user, pw):
    return base64.b64encode(("\0%s\0%s" % (user, pw)).encode()).decode()


class Filters(Group):
    area = "logging"
    cost = 8
    main = "smtpd_error_sleep_time = 0\nmilter_default_action = tempfail\n"
    services = {"m": "smtpd_milters = inet:127.0.0.1:2710\n"
                     "milter_connect_timeout = 2s",
                "gone": "smtpd_milters = inet:127.0.0.1:2711"}

    def prepare(self):
        self.m = self.keep(Milter(("127.0.0.1", 2710)))

    def stages(self, answers, edits=(), port="m"):
        self.m.reset(answers, edits)
        c = self.inst.smtp(self.port[port], "192.0.2.10")
        c.greet()
        c.cmd("EHLO h")
        c.cmd("MAIL FROM:<bob@example.net>")
        c.cmd("RCPT TO:<alice@example.test>")
        r = c.cmd("DATA")
        if r.code == 354:
            c.content("Subject: x\n\ny\n")
        c.cmd("QUIT")

    def test_connect(self):
        self.stages({"connect": "reject"})
        self.log(r"NOQUEUE: milter-reject: CONNECT from %s: 5\d\d 5\.7\.1 .*; "
                 r"proto=SMTP$" % NA)

    def test_helo(self):
        self.stages({"helo": "reject"})
        self.log(r"NOQUEUE: milter-reject: EHLO from %s: 550 5\.7\.1 Command "
                 r"rejected; proto=SMTP helo=<h>$" % NA)

    def test_mail(self):
        self.stages({"mail": "reject"})
        self.log(r"NOQUEUE: milter-reject: MAIL from %s: 550 5\.7\.1 Command "
                 r"rejected; from=<bob@example\.net> proto=ESMTP helo=<h>$" % NA)

    def test_mail_later(self):
        self.stages({"mail": "tempfail"})
        self.log(r"NOQUEUE: milter-reject: MAIL from %s: 451 4\.7\.1 Service "
                 r"unavailable - try again later; from=<bob@example\.net> "
                 r"proto=ESMTP helo=<h>$" % NA)

    def test_rcpt(self):
        self.stages({"rcpt": "reject"})
        self.log(r"\w+: milter-reject: RCPT from %s: 550 5\.7\.1 Command "
                 r"rejected; %s$" % (NA, FACTS))

    def test_rcpt_with_text(self):
        self.stages({"rcpt": "550 5.1.9 wrong person"})
        self.log(r"\w+: milter-reject: RCPT from %s: 550 5\.1\.9 wrong person; "
                 r"%s$" % (NA, FACTS))

    def test_data(self):
        self.stages({"data": "reject"})
        self.log(r"\w+: milter-reject: DATA from %s: 550 5\.7\.1 Command "
                 r"rejected; %s$" % (NA, FACTS))

    def test_header(self):
        self.stages({"header": "reject"})
        self.log(r"cleanup\[\d+\]: \w+: milter-reject: END-OF-MESSAGE from %s: "
                 r"5\.7\.1 Command rejected; %s$" % (NA, FACTS))

    def test_end(self):
        self.stages({"eom": "reject"})
        self.log(r"cleanup\[\d+\]: \w+: milter-reject: END-OF-MESSAGE from %s: "
                 r"5\.7\.1 Command rejected; %s$" % (NA, FACTS))

    def test_end_later(self):
        self.stages({"eom": "tempfail"})
        self.log(r"cleanup\[\d+\]: \w+: milter-reject: END-OF-MESSAGE from %s: "
                 r"4\.7\.1 Service unavailable - try again later; %s$" % (NA, FACTS))

    def test_discard(self):
        self.stages({"eom": "discard"})
        self.log(r"cleanup\[\d+\]: \w+: milter-discard: END-OF-MESSAGE from %s: "
                 r"milter triggers DISCARD action; %s$" % (NA, FACTS))

    def test_quarantine(self):
        self.stages({}, [("quarantine", "smells")])
        self.log(r"cleanup\[\d+\]: \w+: milter-hold: END-OF-MESSAGE from %s: "
                 r"(smells|milter triggers HOLD action); %s$" % (NA, FACTS))
        self.inst.purge()

    def test_no_filter_there(self):
        self.stages({}, port="gone")
        self.log(r"smtpd\[\d+\]: warning: connect to Milter service "
                 r"inet:127\.0\.0\.1:2711: Connection refused$")
        self.log(r"NOQUEUE: milter-reject: \w+ from %s: 451 4\.7\.1 Service "
                 r"unavailable - try again later; " % NA)


class Policies(Group):
    area = "logging"
    cost = 8
    main = "smtpd_error_sleep_time = 0\nsmtpd_policy_service_timeout = 2s\n" \
           "smtpd_policy_service_try_limit = 1\n" \
           "smtpd_policy_service_retry_delay = 1s\n"
    services = {
        "p": "smtpd_recipient_restrictions = check_policy_service "
             "inet:127.0.0.1:2720",
        "gone": "smtpd_recipient_restrictions = check_policy_service "
                "inet:127.0.0.1:2721",
        "end": "smtpd_end_of_data_restrictions = check_policy_service "
               "inet:127.0.0.1:2720",
    }

    def prepare(self):
        self.p = self.keep(Policy(("127.0.0.1", 2720)))

    def ask(self, answer, port="p"):
        self.p.answer = answer
        c = self.inst.smtp(self.port[port], "192.0.2.10")
        c.greet()
        c.cmd("EHLO h")
        c.cmd("MAIL FROM:<bob@example.net>")
        c.cmd("RCPT TO:<alice@example.test>")
        if port == "end":
            c.cmd("DATA")
            c.content("Subject: x\n\ny\n")
        c.cmd("QUIT")

    def test_reject(self):
        self.ask("REJECT not today")
        self.log(r"NOQUEUE: reject: RCPT from %s: 554 5\.7\.1 "
                 r"<alice@example\.test>: Recipient address rejected: not "
                 r"today; %s$" % (NA, FACTS))

    def test_code(self):
        self.ask("450 4.2.0 greylisted")
        self.log(r"NOQUEUE: reject: RCPT from %s: 450 4\.2\.0 "
                 r"<alice@example\.test>: Recipient address rejected: "
                 r"greylisted; %s$" % (NA, FACTS))

    def test_defer_if_permit(self):
        self.ask("DEFER_IF_PERMIT wait a while")
        self.log(r"NOQUEUE: reject: RCPT from %s: 450 4\.7\.1 "
                 r"<alice@example\.test>: Recipient address rejected: wait a "
                 r"while; %s$" % (NA, FACTS))

    def test_warn(self):
        self.ask("WARN smells")
        self.log(r"NOQUEUE: warn: RCPT from %s: .*smells; %s$" % (NA, FACTS))

    def test_hold(self):
        self.ask("HOLD a look first")
        self.log(r"NOQUEUE: hold: RCPT from %s: <alice@example\.test>: "
                 r"Recipient address a look first; %s$" % (NA, FACTS))

    def test_filter(self):
        self.ask("FILTER smtp:[127.0.0.1]:2525")
        self.log(r"NOQUEUE: filter: RCPT from %s: <alice@example\.test>: "
                 r"Recipient address triggers FILTER smtp:\[127\.0\.0\.1\]:2525; "
                 r"%s$" % (NA, FACTS))

    def test_redirect(self):
        self.ask("REDIRECT bob@example.test")
        self.log(r"NOQUEUE: redirect: RCPT from %s: <alice@example\.test>: "
                 r"Recipient address triggers REDIRECT bob@example\.test; %s$"
                 % (NA, FACTS))

    def test_bad_action(self):
        self.ask("NONSENSE")
        self.log(r"warning: .*NONSENSE")
        self.log(r"NOQUEUE: reject: RCPT from %s: 451 4\.3\.5 .*Server "
                 r"configuration error; %s$" % (NA, FACTS))

    def test_end_of_data(self):
        self.ask("REJECT seen enough", "end")
        self.log(r"\w+: reject: END-OF-MESSAGE from %s: 554 5\.7\.1 "
                 r"<END-OF-MESSAGE>: End-of-data rejected: seen enough; %s$"
                 % (NA, FACTS))

    def test_server_gone(self):
        self.ask("DUNNO", "gone")
        self.log(r"smtpd\[\d+\]: warning: connect to 127\.0\.0\.1:2721: "
                 r"Connection refused$")
        self.log(r"smtpd\[\d+\]: warning: problem talking to server "
                 r"127\.0\.0\.1:2721: Connection refused$")
        self.log(r"NOQUEUE: reject: RCPT from %s: 451 4\.3\.5 "
                 r"<alice@example\.test>: Recipient address rejected: Server "
                 r"configuration problem; %s$" % (NA, FACTS))


class Proxied(Group):
    area = "logging"
    cost = 6
    main = "smtpd_error_sleep_time = 0\n"
    services = {"proxy": "smtpd_proxy_filter = 127.0.0.1:10026",
                "gone": "smtpd_proxy_filter = 127.0.0.1:10027",
                "xf": "smtpd_authorized_xforward_hosts = 127.0.0.1"}

    def prepare(self):
        self.proxy = self.keep(FakeSMTP(("127.0.0.1", 10026)))

    def put(self, port, src="192.0.2.10"):
        return self.inst.send("bob@example.net", "alice@example.test",
                              body=self.token(), src=src, port=self.port[port])

    def test_accepted(self):
        self.put("proxy")
        self.log(r"smtpd\[\d+\]: NOQUEUE: client=%s$" % NA)
        self.log(r"smtpd\[\d+\]: proxy-accept: END-OF-MESSAGE: 250 .*; "
                 r"from=<bob@example\.net> to=<alice@example\.test> proto=ESMTP "
                 r"helo=<\S+>$")

    def test_refused(self):
        self.proxy.behave["DOT"] = "550 5.7.1 virus"
        self.put("proxy")
        self.log(r"smtpd\[\d+\]: proxy-reject: END-OF-MESSAGE: 550 5\.7\.1 "
                 r"virus; from=<bob@example\.net> to=<alice@example\.test> "
                 r"proto=ESMTP helo=<\S+>$")
        self.proxy.behave.clear()

    def test_gone(self):
        self.put("gone")
        self.log(r"smtpd\[\d+\]: warning: connect to proxy filter "
                 r"127\.0\.0\.1:10027: Connection refused$")

    def test_xforward(self):
        c = self.inst.smtp(self.port["xf"])
        c.ehlo()
        c.cmd("XFORWARD NAME=spike.example.org ADDR=203.0.113.9 PORT=77 "
              "PROTO=SMTP HELO=spike IDENT=ABCDE SOURCE=REMOTE")
        c.cmd("MAIL FROM:<bob@example.net>")
        c.cmd("RCPT TO:<alice@example.test>")
        self.log(r"smtpd\[\d+\]: \w+: client=localhost\[127\.0\.0\.1\], "
                 r"orig_queue_id=ABCDE, orig_client=spike\.example\.org"
                 r"\[203\.0\.113\.9\]$")


class Logins(Group):
    area = "logging"
    cost = 6
    main = """
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = @DIR@/auth.sock
smtpd_error_sleep_time = 0
"""

    def prepare(self):
        self.keep(DovecotAuth(os.path.join(self.dir, "auth.sock"), {"joe": "secret"}))

    def session(self):
        c = self.inst.smtp(src="192.0.2.10")
        c.ehlo("h")
        return c

    def test_accepted(self):
        c = self.session()
        c.cmd("AUTH PLAIN " + plain("joe", "secret"))
        c.cmd("MAIL FROM:<bob@example.net>")
        c.cmd("RCPT TO:<alice@example.test>")
        c.quit()
        self.log(r"smtpd\[\d+\]: \w+: client=%s, sasl_method=PLAIN, "
                 r"sasl_username=joe$" % NA)
        self.log(r"disconnect from %s ehlo=1 auth=1 mail=1 rcpt=1 quit=1 "
                 r"commands=5$" % NA)

    def test_with_a_sender(self):
        c = self.session()
        c.cmd("AUTH PLAIN " + plain("joe", "secret"))
        c.cmd("MAIL FROM:<bob@example.net> AUTH=ann@example.net")
        c.cmd("RCPT TO:<alice@example.test>")
        self.log(r"smtpd\[\d+\]: \w+: client=%s, sasl_method=PLAIN, "
                 r"sasl_username=joe, sasl_sender=ann@example\.net$" % NA)

    def test_wrong_password(self):
        c = self.session()
        c.cmd("AUTH PLAIN " + plain("joe", "wrong"))
        c.quit()
        self.log(r"smtpd\[\d+\]: warning: %s: SASL PLAIN authentication failed:"
                 r"( .*)?$" % NA)
        self.log(r"disconnect from %s ehlo=1 auth=0/1 quit=1 commands=2/3$" % NA)

    def test_given_up(self):
        c = self.session()
        c.cmd("AUTH LOGIN")
        c.cmd("*")
        c.quit()
        self.log(r"disconnect from %s ehlo=1 auth=0/1 quit=1 commands=2/3$" % NA)

    def test_lost_in_between(self):
        c = self.session()
        c.cmd("AUTH LOGIN")
        c.close()
        self.log(r"lost connection after AUTH from %s$" % NA)
        self.log(r"disconnect from %s ehlo=1 auth=0/1 commands=1/2$" % NA)

    def test_refused_with_login(self):
        c = self.session()
        c.cmd("AUTH PLAIN " + plain("joe", "secret"))
        c.cmd("MAIL FROM:<bob@example.net>")
        c.cmd("RCPT TO:<nobody.here@example.test>")
        self.log(r"NOQUEUE: reject: RCPT from %s: 550 5\.1\.1 .*; "
                 r"from=<bob@example\.net> to=<nobody\.here@example\.test> "
                 r"proto=ESMTP helo=<h> sasl_username=<joe>$|"
                 r"NOQUEUE: reject: RCPT from %s: 550 5\.1\.1 .*; "
                 r"from=<bob@example\.net> to=<nobody\.here@example\.test> "
                 r"proto=ESMTP helo=<h>$" % (NA, NA))


class Failures(Group):
    """local, pipe and virtual: mail that does not get there."""
    area = "logging"
    cost = 10
    main = """
smtpd_reject_unlisted_recipient = no
local_recipient_maps =
mailbox_size_limit = 100000000
transport_maps = inline:{ {fail1.test=pfail}, {missing.test=pmiss},
   {nowhere.test=nosuchtransport} }
virtual_mailbox_domains = vbox.test
virtual_mailbox_base = /nonexistent
virtual_mailbox_maps = inline:{joe@vbox.test=joe/}
virtual_uid_maps = static:20010
virtual_gid_maps = static:20010
virtual_minimum_uid = 100
"""
    master = """
pfail unix - n n - - pipe user=alice argv=/bin/sh -c {echo said; exit 1}
pmiss unix - n n - - pipe user=alice argv=/no/such/program
"""
    maps = {"aliases": "incl: :include:/no/such/file\n"
                       "cmdfail: |\"echo oops; exit 75\"\n"
                       "filefail: /no/such/directory/file\n"}

    def put(self, rcpt):
        return self.sent(self.inst.send(rcpts=rcpt, body=self.token()))

    def status(self, rcpt, regex):
        q = self.put(rcpt)
        self.log(r" \S+\[\d+\]: %s: to=<%s>, %s" % (q, re.escape(rcpt), regex))
        self.inst.purge()

    def test_unknown_user(self):
        self.status("nobody.here@example.test",
                    r"relay=local, .*dsn=5\.1\.1, status=bounced \(unknown user: "
                    r"\"nobody\.here\"\)$")

    def test_unknown_virtual_user(self):
        self.status("nobody@vbox.test",
                    r"relay=virtual, .*dsn=5\.1\.1, status=bounced \(unknown "
                    r"user: \"nobody@vbox\.test\"\)$")

    def test_virtual_without_directory(self):
        self.status("joe@vbox.test",
                    r"relay=virtual, .*dsn=4\.2\.0, status=deferred \(maildir "
                    r"delivery failed: create maildir file /nonexistent/joe/tmp/"
                    r"\S+: Permission denied\)$")
        self.log(r"virtual\[\d+\]: warning: maildir access problem for "
                 r"UID/GID=20010/20010: create maildir file /nonexistent/joe/tmp/"
                 r"\S+: Permission denied$")

    def test_pipe_fails(self):
        self.status("x@fail1.test",
                    r"relay=pfail, .*dsn=5\.3\.0, status=bounced \(Command died "
                    r"with status 1: \"/bin/sh\"\. Command output: said *\)$")

    def test_pipe_without_program(self):
        q = self.put("x@missing.test")
        self.log(r"%s: to=<x@missing\.test>, relay=pmiss, .*status=\w+ \(" % q)
        self.inst.purge()

    def test_command_says_later(self):
        q = self.put("cmdfail@example.test")
        self.log(r"local\[\d+\]: %s: to=<cmdfail@example\.test>, relay=local, "
                 r".*dsn=4\.3\.0, status=deferred \(temporary failure\. Command "
                 r"output: oops *\)$" % q)
        self.inst.purge()

    def test_file_without_directory(self):
        q = self.put("filefail@example.test")
        self.log(r"local\[\d+\]: %s: to=<filefail@example\.test>, relay=local, "
                 r".*status=\w+ \(cannot append message to file "
                 r"/no/such/directory/file: .*No such file or directory\)$" % q)
        self.inst.purge()

    def test_include_without_file(self):
        q = self.put("incl@example.test")
        self.log(r"local\[\d+\]: warning: unable to lookup :include: file "
                 r"/no/such/file: No such file or directory$")
        self.log(r"local\[\d+\]: %s: to=<incl@example\.test>, relay=local, "
                 r".*dsn=5\.3\.5, status=bounced \(mail system configuration "
                 r"error\)$" % q)
        self.inst.purge()

    def test_transport_that_is_not_there(self):
        q = self.put("x@nowhere.test")
        self.log(r"qmgr\[\d+\]: warning: connect to transport "
                 r"private/nosuchtransport: No such file or directory$")
        self.log(r"(error|retry)\[\d+\]: %s: to=<x@nowhere\.test>, relay=none, "
                 r".*dsn=4\.3\.0, status=deferred \(mail transport unavailable\)$"
                 % q)
        self.inst.purge()
