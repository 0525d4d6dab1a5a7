"""The log: shape of the lines that people and log readers look at."""
import glob
import os
import re
import time

from harness import Group

NA = r"client\.example\.org\[192\.0\.2\.10\]"


class Sessions(Group):
    """smtpd: connections, their ends, their counts."""
    area = "logging"
    cost = 12
    main = """
smtpd_error_sleep_time = 0
smtpd_hard_error_limit = 4
smtpd_timeout = 2s
smtpd_recipient_restrictions =
    check_recipient_access inline:{ {deny@example.test=550 5.7.1 not you},
      {later@example.test=DEFER come again}, {hang@example.test=HANGUP},
      {hold@example.test=HOLD for review}, {warn@example.test=WARN look},
      {info@example.test=INFO noted}, {disc@example.test=DISCARD} }
    warn_if_reject check_recipient_access inline:{{soft@example.test=REJECT softly}}
"""
    services = {
        "port": "smtpd_client_port_logging = yes",
        "named": "syslog_name = postfix/named",
        "limited": "smtpd_junk_command_limit = 1",
        "etrn": "smtpd_etrn_restrictions = reject",
        "client": "smtpd_client_restrictions = reject",
        "helo": "smtpd_helo_restrictions = reject\n"
                "smtpd_delay_reject = no",
        "early": "smtpd_client_restrictions = reject\n"
                 "smtpd_delay_reject = no",
        "data": "smtpd_data_restrictions = reject",
        "eod": "smtpd_end_of_data_restrictions = reject",
    }

    def client(self, **kw):
        return self.inst.smtp(src="192.0.2.10", **kw)

    def test_connect_and_disconnect(self):
        c = self.client()
        c.greet()
        c.quit()
        self.log(r"postfix/smtpd\[\d+\]: connect from %s$" % NA)
        self.log(r"postfix/smtpd\[\d+\]: disconnect from %s quit=1 "
                 r"commands=1$" % NA)

    def test_counts_in_the_order_of_the_table(self):
        c = self.client()
        c.greet()
        for line in ("HELO x", "EHLO x", "NOOP", "VRFY alice", "RSET",
                     "MAIL FROM:<bob@example.net>",
                     "RCPT TO:<alice@example.test>",
                     "RCPT TO:<deny@example.test>", "RSET", "QUIT"):
            c.cmd(line)
        self.log(r"disconnect from %s helo=1 ehlo=1 mail=1 rcpt=1/2 rset=2 "
                 r"noop=1 vrfy=1 quit=1 commands=9/10$" % NA)

    def test_unknown_commands_are_counted_last(self):
        c = self.client()
        c.ehlo()
        c.cmd("FOO")
        c.cmd("MAIL FROM:")
        c.quit()
        self.log(r"disconnect from %s ehlo=1 mail=0/1 quit=1 unknown=0/1 "
                 r"commands=2/4$" % NA)

    def test_nothing_said(self):
        c = self.client()
        c.greet()
        c.close()
        self.log(r"smtpd\[\d+\]: (NOQUEUE: )?lost connection after CONNECT "
                 r"from %s$" % NA)
        self.log(r"disconnect from %s commands=0/0$" % NA)

    def test_lost_after_each_command(self):
        for say, word in ((["EHLO x"], "EHLO"), (["HELO x"], "HELO"),
                          (["EHLO x", "MAIL FROM:<a@b.test>"], "MAIL"),
                          (["EHLO x", "NOOP"], "NOOP"),
                          (["EHLO x", "RSET"], "RSET"),
                          (["EHLO x", "FOO"], "UNKNOWN")):
            self.since = self.inst.log_size()
            c = self.client()
            c.greet()
            for line in say:
                c.cmd(line)
            c.close()
            self.log(r"lost connection after %s from %s$" % (word, NA))

    def test_lost_in_data(self):
        c = self.client()
        c.ehlo()
        c.cmd("MAIL FROM:<bob@example.net>")
        c.cmd("RCPT TO:<alice@example.test>")
        c.cmd("DATA")
        c.line("one line")
        c.close()
        self.log(r"lost connection after DATA \(\d+ bytes\) from %s$" % NA)
        self.log(r"disconnect from %s ehlo=1 mail=1 rcpt=1 data=0/1 "
                 r"commands=3/4$" % NA)

    def test_timeout(self):
        c = self.client()
        c.ehlo()
        c.eof(6)
        self.log(r"timeout after EHLO from %s$" % NA)

    def test_too_many_errors(self):
        c = self.client()
        c.ehlo()
        for _ in range(5):
            c.cmd("FOO")
        self.log(r"too many errors after UNKNOWN from %s$" % NA)
        self.log(r"disconnect from %s ehlo=1 unknown=0/[45] commands=1/[56]$" % NA)

    def test_non_smtp_command(self):
        c = self.client()
        c.greet()
        c.line("GET / HTTP/1.0")
        c.eof(3)
        self.log(r"warning: non-SMTP command from %s: GET / HTTP/1\.0$" % NA)

    def test_pipelining_too_early(self):
        c = self.client()
        c.greet()
        c.send(b"EHLO x\r\nMAIL FROM:<a@b.test>\r\n")
        c.reply()
        self.log(r"improper command pipelining after EHLO from %s: "
                 r"MAIL FROM:<a@b\.test>\\r\\n$" % NA)

    def test_bad_address(self):
        c = self.client()
        c.ehlo()
        c.cmd("MAIL FROM:<a b@c>")
        self.log(r"warning: Illegal address syntax from %s in MAIL command: "
                 r"<a b@c>$" % NA)

    def test_client_port(self):
        c = self.inst.smtp(self.port["port"], "192.0.2.10")
        c.ehlo()
        c.quit()
        self.log(r"connect from %s:\d+$" % NA)
        self.log(r"disconnect from %s:\d+ ehlo=1 quit=1 commands=2$" % NA)

    def test_syslog_name_of_a_service(self):
        c = self.inst.smtp(self.port["named"], "192.0.2.10")
        c.ehlo()
        c.quit()
        self.log(r" postfix/named/smtpd\[\d+\]: connect from %s$" % NA)

    def refused(self, rcpt, regex, **kw):
        c = self.client(**kw)
        c.ehlo("host.example.org")
        c.cmd("MAIL FROM:<bob@example.net>")
        c.cmd("RCPT TO:<%s>" % rcpt)
        self.log(r"smtpd\[\d+\]: " + regex)

    def test_reject(self):
        self.refused("deny@example.test",
                     r"NOQUEUE: reject: RCPT from %s: 550 5\.7\.1 "
                     r"<deny@example\.test>: Recipient address rejected: "
                     r"not you; from=<bob@example\.net> "
                     r"to=<deny@example\.test> proto=ESMTP "
                     r"helo=<host\.example\.org>$" % NA)

    def test_defer(self):
        self.refused("later@example.test",
                     r"NOQUEUE: reject: RCPT from %s: 450 4\.7\.1 "
                     r"<later@example\.test>: Recipient address rejected: "
                     r"come again; from=<bob@example\.net> "
                     r"to=<later@example\.test> proto=ESMTP helo=<\S+>$" % NA)

    def test_hangup(self):
        self.refused("hang@example.test", r"NOQUEUE: hangup: RCPT from ")

    def test_reject_warning(self):
        self.refused("soft@example.test",
                     r"NOQUEUE: reject_warning: RCPT from %s: 554 5\.7\.1 "
                     r"<soft@example\.test>: Recipient address rejected: "
                     r"softly; from=<bob@example\.net> "
                     r"to=<soft@example\.test> proto=ESMTP helo=<\S+>$" % NA)

    def test_hold(self):
        self.refused("hold@example.test",
                     r"NOQUEUE: hold: RCPT from %s: <hold@example\.test>: "
                     r"Recipient address for review; from=<bob@example\.net> "
                     r"to=<hold@example\.test> proto=ESMTP helo=<\S+>$" % NA)

    def test_warn(self):
        self.refused("warn@example.test",
                     r"NOQUEUE: warn: RCPT from %s: .*look; "
                     r"from=<bob@example\.net> to=<warn@example\.test>" % NA)

    def test_info(self):
        self.refused("info@example.test",
                     r"NOQUEUE: info: RCPT from %s: .*noted; "
                     r"from=<bob@example\.net> to=<info@example\.test>" % NA)

    def test_discard(self):
        self.refused("disc@example.test",
                     r"NOQUEUE: discard: RCPT from %s: "
                     r"<disc@example\.test>: Recipient address triggers "
                     r"DISCARD action; from=<bob@example\.net> "
                     r"to=<disc@example\.test> proto=ESMTP helo=<\S+>$" % NA)

    def test_queue_id_after_the_first_recipient(self):
        c = self.client()
        c.ehlo("host.example.org")
        c.cmd("MAIL FROM:<bob@example.net>")
        c.cmd("RCPT TO:<alice@example.test>")
        c.cmd("RCPT TO:<deny@example.test>")
        q = self.log(r"smtpd\[\d+\]: (\w+): client=%s$" % NA).group(1)
        self.log(r"smtpd\[\d+\]: %s: reject: RCPT from %s: 550 5\.7\.1 "
                 % (q, NA))

    def test_relay_access_denied(self):
        c = self.inst.smtp(src="192.0.2.10")
        c.cmd("HELO host.example.org")
        c.greet()
        c.cmd("MAIL FROM:<>")
        c.cmd("RCPT TO:<far@away.test>")
        self.log(r"NOQUEUE: reject: RCPT from %s: 45?54 4?5?\S* "
                 r"|NOQUEUE: reject: RCPT from %s: 454 4\.7\.1 "
                 r"<far@away\.test>: Relay access denied; from=<> "
                 r"to=<far@away\.test> proto=SMTP helo=<host\.example\.org>$"
                 % (NA, NA))

    def test_user_unknown(self):
        self.refused("nobody.here@example.test",
                     r"NOQUEUE: reject: RCPT from %s: 550 5\.1\.1 "
                     r"<nobody\.here@example\.test>: Recipient address "
                     r"rejected: User unknown in local recipient table; "
                     r"from=<bob@example\.net> "
                     r"to=<nobody\.here@example\.test> proto=ESMTP "
                     r"helo=<host\.example\.org>$" % NA)

    def test_client_refused_at_recipient(self):
        c = self.inst.smtp(self.port["client"], "192.0.2.10")
        c.ehlo("h")
        c.cmd("MAIL FROM:<bob@example.net>")
        c.cmd("RCPT TO:<alice@example.test>")
        self.log(r"NOQUEUE: reject: RCPT from %s: 554 5\.7\.1 <%s>: Client "
                 r"host rejected: Access denied; from=<bob@example\.net> "
                 r"to=<alice@example\.test> proto=ESMTP helo=<h>$" % (NA, NA))

    def test_client_refused_at_once(self):
        c = self.inst.smtp(self.port["early"], "192.0.2.10")
        c.greet()
        self.log(r"NOQUEUE: reject: CONNECT from %s: 554 5\.7\.1 <%s>: Client "
                 r"host rejected: Access denied; proto=SMTP$" % (NA, NA))

    def test_helo_refused(self):
        c = self.inst.smtp(self.port["helo"], "192.0.2.10")
        c.greet()
        c.cmd("EHLO h")
        self.log(r"NOQUEUE: reject: EHLO from %s: 554 5\.7\.1 <h>: Helo "
                 r"command rejected: Access denied; proto=SMTP helo=<h>$" % NA)

    def test_etrn_refused(self):
        c = self.inst.smtp(self.port["etrn"], "192.0.2.10")
        c.ehlo("h")
        c.cmd("ETRN example.test")
        self.log(r"NOQUEUE: reject: ETRN from %s: 554 5\.7\.1 <example\.test>: "
                 r"Etrn command rejected: Access denied; proto=ESMTP "
                 r"helo=<h>$" % NA)

    def mail(self, port):
        c = self.inst.smtp(self.port[port], "192.0.2.10")
        c.ehlo("h")
        c.cmd("MAIL FROM:<bob@example.net>")
        c.cmd("RCPT TO:<alice@example.test>")
        if c.cmd("DATA").code == 354:
            c.line("Subject: x\r\n\r\nx\r\n.")
            c.reply()

    def test_data_refused(self):
        self.mail("data")
        self.log(r"\w+: reject: DATA from %s: 554 5\.7\.1 <DATA>: Data command "
                 r"rejected: Access denied; from=<bob@example\.net> "
                 r"to=<alice@example\.test> proto=ESMTP helo=<h>$" % NA)

    def test_end_of_data_refused(self):
        self.mail("eod")
        self.log(r"\w+: reject: END-OF-MESSAGE from %s: 554 5\.7\.1 "
                 r"<END-OF-MESSAGE>: End-of-data rejected: Access denied; "
                 r"from=<bob@example\.net> to=<alice@example\.test> "
                 r"proto=ESMTP helo=<h>$" % NA)

    def test_unprintable_text(self):
        c = self.client()
        c.greet()
        c.send(b"EHLO a\tb\x01c\r\n")
        c.reply()
        c.cmd("MAIL FROM:<bob@example.net>")
        c.cmd("RCPT TO:<deny@example.test>")
        line = self.log(r"NOQUEUE: reject: RCPT .* helo=<.*>$").group(0)
        self.nomatch(r"[\x00-\x1f]", line)
        self.match(r"helo=<a.b\?c>", line)


class Journey(Group):
    """The lines of one message, from each way in to each way out."""
    area = "logging"
    cost = 12
    main = """
smtpd_recipient_restrictions =
smtpd_reject_unlisted_recipient = no
virtual_mailbox_domains = vbox.test
virtual_mailbox_base = @DIR@
virtual_mailbox_maps = inline:{joe@vbox.test=joe/}
virtual_uid_maps = static:20010
virtual_gid_maps = static:20010
virtual_minimum_uid = 100
transport_maps = inline:{ {pipe.test=piper}, {err.test=error:5.1.2 no such},
    {retry.test=retry:4.7.0 later}, {gone.test=discard:away} }
virtual_alias_maps = inline:{ {list@example.test=alice,bob},
    {al@example.test=alice} }
virtual_alias_domains =
delay_logging_resolution_limit = 2
"""
    master = """
piper unix - n n - - pipe user=alice argv=/bin/cat
"""

    def message(self, rcpt, **kw):
        t = self.token()
        return self.sent(self.inst.send(rcpts=rcpt, body=t, **kw))

    def status(self, program, qid, middle):
        return self.log(r" \S+/%s\[\d+\]: %s: %s$" % (program, qid, middle))

    DELAY = r"delay=[\d.]+, delays=[\d.]+/[\d.]+/[\d.]+/[\d.]+"

    def test_in_by_smtp(self):
        q = self.message("alice@example.test")
        self.log(r"postfix/smtpd\[\d+\]: %s: client=localhost\[127\.0\.0\.1\]$" % q)
        self.log(r"postfix/cleanup\[\d+\]: %s: message-id=<\S*>$" % q)
        self.log(r"postfix/qmgr\[\d+\]: %s: from=<bob@example\.net>, "
                 r"size=\d+, nrcpt=1 \(queue active\)$" % q)
        self.log(r"postfix/qmgr\[\d+\]: %s: removed$" % q)

    def test_in_by_sendmail(self):
        t = self.token()
        self.inst.sendmail("-f", "carol", "alice",
                           input="Subject: x\n\n%s\n" % t)
        q = self.log(r"postfix/pickup\[\d+\]: (\w+): uid=\d+ from=<carol>$").group(1)
        self.log(r"cleanup\[\d+\]: %s: message-id=<\d+\.%s@\S+>$" % (q, q))
        self.log(r"qmgr\[\d+\]: %s: from=<carol@example\.test>, size=\d+, "
                 r"nrcpt=1 \(queue active\)$" % q)

    def test_requeued(self):
        q = self.message("softfail@far.test")
        self.found(self.inst.wait_deferred(q), "deferred")
        self.inst.run("postsuper", "-r", q)
        self.log(r"postsuper\[\d+\]: (\w+: )?requeued|postsuper\[\d+\]: "
                 r"%s: requeued$" % q)
        self.inst.run("postkick", "public", "pickup", "W")
        new = self.log(r"pickup\[\d+\]: (\w+): uid=\d+ from=<bob@example\.net> "
                       r"orig_id=%s$" % q).group(1)
        self.inst.run("postsuper", "-d", new)
        self.log(r"postsuper\[\d+\]: %s: removed$" % new)
        self.log(r"postsuper\[\d+\]: Deleted: 1 message$")

    def test_local(self):
        q = self.message("alice@example.test")
        self.status("local", q, r"to=<alice@example\.test>, relay=local, "
                    + self.DELAY + r", dsn=2\.0\.0, status=sent "
                    r"\(delivered to maildir\)")

    def test_alias_has_orig_to(self):
        q = self.message("al@example.test")
        self.status("local", q, r"to=<alice@example\.test>, "
                    r"orig_to=<al@example\.test>, relay=local, " + self.DELAY +
                    r", dsn=2\.0\.0, status=sent \(delivered to maildir\)")

    def test_two_recipients_of_a_list(self):
        q = self.message("list@example.test")
        self.log(r"%s: from=<bob@example\.net>, size=\d+, nrcpt=2 "
                 r"\(queue active\)$" % q)
        self.log(r"%s: to=<bob@example\.test>, orig_to=<list@example\.test>, " % q)

    def test_smtp(self):
        q = self.message("u@far.test")
        self.status("smtp", q, r"to=<u@far\.test>, "
                    r"relay=127\.0\.0\.1\[127\.0\.0\.1\]:2525, " + self.DELAY +
                    r", dsn=2\.\d\.\d, status=sent \(250 .*\)")

    def test_smtp_bounce_and_its_notice(self):
        q = self.message("hardfail@far.test", sender="alice@example.test")
        self.status("smtp", q, r"to=<hardfail@far\.test>, "
                    r"relay=127\.0\.0\.1\[127\.0\.0\.1\]:2525, " + self.DELAY +
                    r", dsn=5\.\d\.\d+, status=bounced \(host "
                    r"127\.0\.0\.1\[127\.0\.0\.1\] said: 550 .* \(in reply to "
                    r"RCPT TO command\)\)")
        new = self.log(r"bounce\[\d+\]: %s: sender non-delivery notification: "
                       r"(\w+)$" % q).group(1)
        self.log(r"cleanup\[\d+\]: %s: message-id=<\d+\.%s@mx\.example\.test>$"
                 % (new, new))
        self.log(r"qmgr\[\d+\]: %s: from=<>, size=\d+, nrcpt=1 "
                 r"\(queue active\)$" % new)
        self.log(r"local\[\d+\]: %s: to=<alice@example\.test>, relay=local, " % new)
        self.log(r"qmgr\[\d+\]: %s: removed$" % q)

    def test_smtp_deferred(self):
        q = self.message("softfail@far.test")
        self.status("smtp", q, r"to=<softfail@far\.test>, relay=\S+, " +
                    self.DELAY + r", dsn=4\.\d\.\d+, status=deferred "
                    r"\(host 127\.0\.0\.1\[127\.0\.0\.1\] said: 451 .* \(in "
                    r"reply to RCPT TO command\)\)")
        self.nolog(r"%s: removed" % q)
        self.inst.purge()

    def test_virtual(self):
        q = self.message("joe@vbox.test")
        self.status("virtual", q, r"to=<joe@vbox\.test>, relay=virtual, " +
                    self.DELAY + r", dsn=\d\.\d\.\d, status=\w+ \(.*\)")
        self.inst.purge()

    def test_pipe(self):
        q = self.message("x@pipe.test")
        self.status("pipe", q, r"to=<x@pipe\.test>, relay=piper, " + self.DELAY +
                    r", dsn=2\.0\.0, status=sent \(delivered via piper service.*\)")

    def test_error(self):
        q = self.message("x@err.test")
        self.status("error", q, r"to=<x@err\.test>, relay=none, " + self.DELAY +
                    r", dsn=5\.1\.2, status=bounced \(no such\)")

    def test_retry(self):
        q = self.message("x@retry.test")
        self.status("error", q, r"to=<x@retry\.test>, relay=none, " + self.DELAY +
                    r", dsn=4\.7\.0, status=deferred \(later\)")
        self.inst.purge()

    def test_discard(self):
        q = self.message("x@gone.test")
        self.status("discard", q, r"to=<x@gone\.test>, relay=none, " + self.DELAY +
                    r", dsn=2\.0\.0, status=sent \(away\)")

    def test_null_sender(self):
        q = self.message("alice@example.test", sender="")
        self.log(r"%s: from=<>, size=\d+, nrcpt=1 \(queue active\)$" % q)

    def test_quoted_address(self):
        q = self.message("u@far.test", sender='"two words"@example.net')
        self.log(r'%s: from=<"two words"@example\.net>, size=' % q)

    def test_size_counts_content(self):
        q = self.message("alice@example.test")
        size = int(self.log(r"%s: from=<\S+>, size=(\d+)," % q).group(1))
        self.ok(200 < size < 2000, "size", size)

    def test_held(self):
        q = self.message("softfail@far.test")
        self.found(self.inst.wait_deferred(q), "deferred")
        self.inst.run("postsuper", "-h", q)
        self.log(r"postsuper\[\d+\]: %s: placed on hold$" % q)
        self.log(r"postsuper\[\d+\]: Placed on hold: 1 message$")
        self.inst.run("postsuper", "-H", q)
        self.log(r"postsuper\[\d+\]: %s: released from hold$" % q)
        self.log(r"postsuper\[\d+\]: Released from hold: 1 message$")
        self.inst.run("postsuper", "-d", q)

    def test_long_header_is_one_line(self):
        t = self.token()
        c = self.inst.smtp()
        c.ehlo()
        c.cmd("MAIL FROM:<bob@example.net>")
        c.cmd("RCPT TO:<alice@example.test>")
        c.cmd("DATA")
        c.line("Message-ID: <%s@x.test>" % ("m" * 900))
        c.line("")
        c.line(t)
        q = self.sent(c.cmd("."))
        line = self.log(r"%s: message-id=<m+@x\.test>$" % q).group(0)
        self.ok(len(line) > 900, "length", len(line))

    def test_message_id_on_two_lines(self):
        c = self.inst.smtp()
        c.ehlo()
        c.cmd("MAIL FROM:<bob@example.net>")
        c.cmd("RCPT TO:<alice@example.test>")
        c.cmd("DATA")
        c.line("Message-ID:\r\n  <folded@x.test>")
        c.line("")
        c.line("x")
        q = self.sent(c.cmd("."))
        self.log(r"%s: message-id=<folded@x\.test>$" % q)

    def test_no_message_id_from_outside(self):
        c = self.inst.smtp(src="198.51.100.9")
        c.ehlo()
        c.cmd("MAIL FROM:<bob@example.net>")
        c.cmd("RCPT TO:<alice@example.test>")
        c.cmd("DATA")
        c.line("Subject: x\r\n")
        c.line("x")
        q = self.sent(c.cmd("."))
        self.log(r"%s: message-id=<\S*>$" % q)

    def test_resent_message_id(self):
        c = self.inst.smtp()
        c.ehlo()
        c.cmd("MAIL FROM:<bob@example.net>")
        c.cmd("RCPT TO:<alice@example.test>")
        c.cmd("DATA")
        c.line("Resent-Message-ID: <again@x.test>")
        c.line("Message-ID: <once@x.test>")
        c.line("")
        c.line("x")
        q = self.sent(c.cmd("."))
        self.log(r"%s: resent-message-id=<again@x\.test>$" % q)
        self.log(r"%s: message-id=<once@x\.test>$" % q)


class File(Group):
    """maillog_file: who writes it, with which rights."""
    area = "logging"
    cost = 10

    def test_reload_lines(self):
        self.inst.reload()
        self.log(r"postfix/postfix-script\[\d+\]: refreshing the \S+ mail "
                 r"system$")
        self.log(r"postfix/master\[\d+\]: reload -- version \S+, "
                 r"configuration \S+$")

    def test_stop_and_start_lines(self):
        self.inst.stop()
        self.log(r"postfix/postfix-script\[\d+\]: stopping the \S+ mail system$")
        self.inst.start()
        self.log(r"postfix/postfix-script\[\d+\]: starting the \S+ mail system$")
        self.log(r"postfix/master\[\d+\]: daemon started -- version \S+, "
                 r"configuration \S+$")

    def test_postlog_priorities(self):
        for prio, word in (("info", ""), ("warn", "warning: "),
                           ("warning", "warning: "), ("error", "error: "),
                           ("fatal", "fatal: "), ("panic", "panic: ")):
            if prio == "panic":
                continue
            self.inst.run("postlog", "-p", prio, "-t", "tag", "a %s line" % prio)
            self.log(r" tag\[\d+\]: %sa %s line$" % (word, prio))

    def test_postlog_bad_priority(self):
        r = self.inst.run("postlog", "-p", "loud", "x")
        self.eq(r.rc, 1, "exit status")

    def test_postlog_stdin_lines(self):
        self.inst.run("postlog", "-t", "tag", input="one\ntwo\n")
        self.log(r" tag\[\d+\]: one$")
        self.log(r" tag\[\d+\]: two$")

    def test_postlog_with_pid_and_default_tag(self):
        self.inst.run("postlog", "-i", "hello there")
        self.log(r" postfix/postlog\[\d+\]: hello there$")

    def test_postlog_unprintable(self):
        self.inst.run("postlog", "-t", "tag", "a\tb\x07c")
        line = self.log(r" tag\[\d+\]: a.*c$").group(0)
        self.match(r"a\?b\?c$", line)


class Anvil(Group):
    area = "logging"
    cost = 15
    main = """
anvil_status_update_time = 2s
smtpd_client_event_limit_exceptions =
smtpd_client_connection_rate_limit = 3
smtpd_client_message_rate_limit = 2
smtpd_client_recipient_rate_limit = 4
"""

    def test_statistics(self):
        c = self.inst.smtp(src="192.0.2.33")
        c.ehlo()
        c.quit()
        self.log(r"anvil\[\d+\]: statistics: max connection rate \d+/60s for "
                 r"\(smtp:[\d.]+\) at \w{3} [ \d]\d \d\d:\d\d:\d\d$", 20)
        self.log(r"anvil\[\d+\]: statistics: max connection count \d+ for "
                 r"\(smtp:[\d.]+\) at \w{3} [ \d]\d \d\d:\d\d:\d\d$", 20)
        self.log(r"anvil\[\d+\]: statistics: max cache size \d+ at "
                 r"\w{3} [ \d]\d \d\d:\d\d:\d\d$", 20)

    def test_rate_limit(self):
        for _ in range(5):
            c = self.inst.smtp(src="192.0.2.10")
            c.greet()
            c.close()
        self.log(r"warning: Connection rate limit exceeded: 4 from %s for "
                 r"service smtp$" % NA)

    def test_message_limit(self):
        c = self.inst.smtp(src="192.0.2.34")
        c.ehlo()
        for _ in range(3):
            c.cmd("MAIL FROM:<a@b.test>")
            c.cmd("RSET")
        self.log(r"warning: Message delivery request rate limit exceeded: 3 "
                 r"from \S+\[192\.0\.2\.34\] for service smtp$")

    def test_recipient_limit(self):
        c = self.inst.smtp(src="192.0.2.35")
        c.ehlo()
        c.cmd("MAIL FROM:<a@example.net>")
        for _ in range(5):
            c.cmd("RCPT TO:<alice@example.test>")
        self.log(r"warning: Recipient address rate limit exceeded: 5 from "
                 r"\S+\[192\.0\.2\.35\] for service smtp$")


class Masters(Group):
    """master: programs that do not do what they should."""
    area = "logging"
    cost = 15
    main = "service_throttle_time = 1s\n"
    master = """
127.0.0.1:10331 inet n - n - - smtpd -o smtpd_timeout=never
"""

    def test_a_daemon_that_gives_up(self):
        import socket
        s = socket.create_connection(("127.0.0.1", 10331), 5)
        self.log(r"postfix/smtpd\[\d+\]: fatal: .*smtpd_timeout")
        self.log(r"postfix/master\[\d+\]: warning: process \S+/smtpd pid \d+ "
                 r"exit status 1$")
        self.log(r"postfix/master\[\d+\]: warning: \S+/smtpd: bad command "
                 r"startup -- throttling$")
        s.close()

class Names(Group):
    area = "logging"
    cost = 8
    main = "syslog_name = mailhost\n"

    def test_every_program_has_the_name(self):
        t = self.token()
        q = self.sent(self.inst.send(body=t))
        self.in_mail("alice", t)
        self.log(r" mailhost/qmgr\[\d+\]: %s: removed$" % q)
        for program in ("smtpd", "cleanup", "local"):
            self.match(r" mailhost/%s\[\d+\]: %s: " % (program, q),
                       self.inst.log_text(self.since))

    def test_relay_service_has_its_own(self):
        text = self.inst.run("postconf", "-P", "relay/unix/syslog_name").out
        self.match(r"^relay/unix/syslog_name = .*\$service_name$", text)


class ClientNames(Group):
    area = "logging"
    cost = 5
    services = {"nolookup": "smtpd_peername_lookup = no",
                "xclient": "smtpd_authorized_xclient_hosts = 127.0.0.1"}

    def greeted(self, src, port=25):
        c = self.inst.smtp(port, src)
        c.greet()
        c.quit()

    def test_known_name(self):
        self.greeted("192.0.2.20")
        self.log(r"smtpd\[\d+\]: connect from friend\.example\.org"
                 r"\[192\.0\.2\.20\]$")

    def test_no_name(self):
        self.greeted("192.0.2.99")
        self.log(r"smtpd\[\d+\]: connect from unknown\[192\.0\.2\.99\]$")

    def test_name_of_another_address(self):
        self.greeted("192.0.2.11")
        self.log(r"smtpd\[\d+\]: warning: hostname liar\.example\.org does not "
                 r"resolve to address 192\.0\.2\.11$")
        self.log(r"connect from unknown\[192\.0\.2\.11\]$")

    def test_name_without_address(self):
        self.greeted("192.0.2.13")
        self.log(r"smtpd\[\d+\]: warning: hostname nofwd\.example\.org does not "
                 r"resolve to address 192\.0\.2\.13: .+$")
        self.log(r"connect from unknown\[192\.0\.2\.13\]$")

    def test_ipv6(self):
        c = self.inst.smtp(src="2001:db8::77", host="::1")
        c.greet()
        c.quit()
        self.log(r"connect from unknown\[2001:db8::77\]$")
        self.log(r"disconnect from unknown\[2001:db8::77\] quit=1 commands=1$")

    def test_no_lookup(self):
        self.greeted("192.0.2.20", self.port["nolookup"])
        self.log(r"connect from unknown\[192\.0\.2\.20\]$")

    def test_xclient_renames(self):
        c = self.inst.smtp(self.port["xclient"])
        c.ehlo()
        c.cmd("XCLIENT NAME=spike.example.org ADDR=203.0.113.9")
        c.cmd("EHLO x")
        c.cmd("MAIL FROM:<bob@example.net>")
        c.cmd("RCPT TO:<nobody.at.all@example.test>")
        c.quit()
        self.log(r"NOQUEUE: reject: RCPT from spike\.example\.org"
                 r"\[203\.0\.113\.9\]: 550 5\.1\.1 ")
        self.log(r"disconnect from spike\.example\.org\[203\.0\.113\.9\] "
                 r"ehlo=2 xclient=(1|0/1) mail=1 rcpt=0/1 quit=1 commands=")


class Secured(Group):
    """TLS in smtpd: what is logged at which level."""
    area = "logging"
    cost = 8
    main = """
smtpd_tls_security_level = may
smtpd_tls_cert_file = @TLS@/server.crt
smtpd_tls_key_file = @TLS@/server.key
smtpd_tls_loglevel = 1
"""
    services = {"quiet": "smtpd_tls_loglevel = 0",
                "received": "smtpd_tls_received_header = yes",
                "must": "smtpd_tls_security_level = encrypt"}

    def context(self):
        import ssl
        ctx = ssl.create_default_context()
        ctx.check_hostname = False
        ctx.verify_mode = ssl.CERT_NONE
        return ctx

    def encrypted(self, port=25):
        c = self.inst.smtp(port, "192.0.2.10")
        c.ehlo()
        c.starttls(self.context())
        c.ehlo()
        c.quit()

    def test_established(self):
        self.encrypted()
        self.log(r"smtpd\[\d+\]: Anonymous TLS connection established from "
                 r"%s: TLSv1\.3 with cipher TLS_AES_256_GCM_SHA384 \(256/256 "
                 r"bits\) key-exchange \S+( \(.*\))? server-signature .*"
                 r"server-digest SHA\d+$" % NA)
        self.log(r"disconnect from %s ehlo=2 starttls=1 quit=1 commands=4$" % NA)

    def test_quiet(self):
        self.encrypted(self.port["quiet"])
        self.log(r"disconnect from %s ehlo=2 starttls=1 quit=1 commands=4$" % NA)
        self.nolog("TLS connection established")

    def test_handshake_that_fails(self):
        c = self.inst.smtp(src="192.0.2.10")
        c.ehlo()
        c.cmd("STARTTLS")
        c.send(b"this is no handshake\r\n")
        c.eof(3)
        self.log(r"smtpd\[\d+\]: SSL_accept error from %s: -1$" % NA)
        self.log(r"smtpd\[\d+\]: warning: TLS library problem: error:\S+:")
        self.log(r"lost connection after STARTTLS from %s$" % NA)
        self.log(r"disconnect from %s ehlo=1 starttls=0/1 commands=1/2$" % NA)

    def test_handshake_that_is_cut(self):
        c = self.inst.smtp(src="192.0.2.10")
        c.ehlo()
        c.cmd("STARTTLS")
        c.close()
        self.log(r"smtpd\[\d+\]: SSL_accept error from %s: lost connection$" % NA)
        self.log(r"lost connection after STARTTLS from %s$" % NA)

    def test_must_encrypt(self):
        c = self.inst.smtp(self.port["must"], "192.0.2.10")
        c.ehlo()
        c.cmd("MAIL FROM:<bob@example.net>")
        c.quit()
        self.log(r"disconnect from %s ehlo=1 mail=0/1 quit=1 commands=2/3$" % NA)


class ToServers(Group):
    """smtp: what is logged of servers that do not do what they should."""
    area = "logging"
    cost = 10
    main = "relayhost =\nsmtp_connect_timeout = 2s\ndisable_dns_lookups = no\n"
    dns = """
dead.test    MX 10 mx.dead.test
mx.dead.test A  198.51.100.40
two.test     MX 10 mx.dead.test
two.test     MX 20 mx.alive.test
mx.alive.test A 198.51.100.41
noaddr.test  MX 10 nothing.noaddr.test
greet.test   MX 10 mx.greet.test
mx.greet.test A 198.51.100.42
"""

    def prepare(self):
        from harness import fakes
        self.alive = self.keep(fakes.FakeSMTP(("198.51.100.41", 25)))
        self.greet = self.keep(fakes.FakeSMTP(("198.51.100.42", 25)))

    def put(self, domain):
        return self.sent(self.inst.send(rcpts="u@" + domain, body=self.token()))

    def test_refused(self):
        q = self.put("dead.test")
        self.log(r"smtp\[\d+\]: connect to mx\.dead\.test\[198\.51\.100\.40\]:25: "
                 r"Connection refused$")
        self.log(r"smtp\[\d+\]: %s: to=<u@dead\.test>, relay=none, delay=[\d.]+, "
                 r"delays=[\d./]+, dsn=4\.4\.1, status=deferred \(connect to "
                 r"mx\.dead\.test\[198\.51\.100\.40\]:25: Connection refused\)$" % q)
        self.inst.purge()

    def test_second_server(self):
        q = self.put("two.test")
        self.log(r"connect to mx\.dead\.test\[198\.51\.100\.40\]:25: "
                 r"Connection refused$")
        self.log(r"smtp\[\d+\]: %s: to=<u@two\.test>, relay=mx\.alive\.test"
                 r"\[198\.51\.100\.41\]:25, delay=[\d.]+, delays=[\d./]+, "
                 r"dsn=2\.0\.0, status=sent \(250 .*\)$" % q)

    def test_no_address(self):
        q = self.put("noaddr.test")
        self.log(r"smtp\[\d+\]: warning: no MX host for noaddr\.test has a valid "
                 r"address record$")
        self.log(r"%s: to=<u@noaddr\.test>, relay=none, .*status=\w+ \(Host or "
                 r"domain name not found\. Name service error for "
                 r"name=nothing\.noaddr\.test type=AAAA?: " % q)
        self.inst.purge()

    def test_no_domain(self):
        q = self.put("nowhere.at.all.test")
        self.log(r"%s: to=<u@nowhere\.at\.all\.test>, relay=none, .*dsn=5\.4\.4, "
                 r"status=bounced \(Host or domain name not found\. Name service "
                 r"error for name=nowhere\.at\.all\.test type=AAAA?: Host not "
                 r"found\)$" % q)

    def test_greeting_that_refuses(self):
        self.greet.behave["CONNECT"] = "554 5.7.1 not you"
        q = self.put("greet.test")
        self.log(r"%s: to=<u@greet\.test>, relay=mx\.greet\.test"
                 r"\[198\.51\.100\.42\]:25, .*status=deferred \(host mx\.greet\."
                 r"test\[198\.51\.100\.42\] refused to talk to me: 554 5\.7\.1 "
                 r"not you\)$" % q)
        self.greet.behave.clear()
        self.inst.purge()

    def test_lost_connection(self):
        self.greet.behave["RCPT"] = "DROP"
        q = self.put("greet.test")
        self.log(r"%s: to=<u@greet\.test>, relay=mx\.greet\.test"
                 r"\[198\.51\.100\.42\]:25, .*dsn=4\.4\.2, status=deferred \(lost "
                 r"connection with mx\.greet\.test\[198\.51\.100\.42\] while "
                 r"sending RCPT TO\)$" % q)
        self.greet.behave.clear()
        self.inst.purge()

    def test_reply_of_each_stage(self):
        for verb, reply, words in (
                ("MAIL", "550 5.1.0 no", "MAIL FROM command"),
                ("RCPT", "550 5.1.1 no", "RCPT TO command"),
                ("DATA", "554 5.5.1 no", "DATA command"),
                ("DOT", "554 5.6.0 no", "end of DATA command")):
            self.greet.behave[verb] = reply
            q = self.put("greet.test")
            self.log(r"%s: to=<u@greet\.test>, relay=\S+, .*dsn=5\.\d\.\d, "
                     r"status=bounced \(host mx\.greet\.test\[198\.51\.100\.42\] "
                     r"said: %s \(in reply to %s\)\)$"
                     % (q, re.escape(reply), words))
            self.greet.behave.clear()
        self.inst.purge()


class Contents(Group):
    """cleanup: header and body checks."""
    area = "logging"
    cost = 6
    main = """
header_checks = regexp:@ETC@/header
body_checks = regexp:@ETC@/body
"""
    files = {"header": """
/^X-Reject:/ REJECT no such thing
/^X-Bare:/ REJECT
/^X-Warn:/ WARN look here
/^X-Info:/ INFO
/^X-Hold:/ HOLD for review
/^X-Discard:/ DISCARD silently
/^X-Filter:/ FILTER smtp:[127.0.0.1]:2525
/^X-Redirect:/ REDIRECT bob@example.test
/^X-Prepend:/ PREPEND X-New: here
/^X-Replace:/ REPLACE X-Other: value
/^X-Ignore:/ IGNORE
/^X-Strip:/ STRIP gone
/^X-Bcc:/ BCC bob@example.test
""", "body": "/badbody/ REJECT not that\n/warnbody/ WARN\n"}

    CONTEXT = (r" from localhost\[127\.0\.0\.1\]; from=<bob@example\.net> "
               r"to=<alice@example\.test> proto=ESMTP helo=<\S+>")

    def post(self, header=None, body="x"):
        c = self.inst.smtp()
        c.ehlo("host.example.org")
        c.cmd("MAIL FROM:<bob@example.net>")
        c.cmd("RCPT TO:<alice@example.test>")
        c.cmd("DATA")
        c.line("Subject: x")
        if header:
            c.line(header)
        c.line("")
        c.line(body)
        return c.cmd(".")

    def check(self, header, regex):
        self.post(header)
        self.log(r"cleanup\[\d+\]: \w+: " + regex % self.CONTEXT)

    def test_reject(self):
        self.check("X-Reject: 1", r"reject: header X-Reject: 1%s: 5\.7\.1 no such thing$")

    def test_reject_without_text(self):
        self.check("X-Bare: 1", r"reject: header X-Bare: 1%s: 5\.7\.1 message content rejected$")

    def test_warn(self):
        self.check("X-Warn: 1", r"warning: header X-Warn: 1%s: look here$")

    def test_info(self):
        self.check("X-Info: 1", r"info: header X-Info: 1%s$")

    def test_hold(self):
        self.check("X-Hold: 1", r"hold: header X-Hold: 1%s: for review$")
        self.inst.purge()

    def test_discard(self):
        self.check("X-Discard: 1", r"discard: header X-Discard: 1%s: silently$")

    def test_filter(self):
        self.check("X-Filter: 1", r"filter: header X-Filter: 1%s: smtp:\[127\.0\.0\.1\]:2525$")

    def test_redirect(self):
        self.check("X-Redirect: 1", r"redirect: header X-Redirect: 1%s: bob@example\.test$")

    def test_prepend(self):
        self.check("X-Prepend: 1", r"prepend: header X-Prepend: 1%s: X-New: here$")

    def test_replace(self):
        self.check("X-Replace: 1", r"replace: header X-Replace: 1%s: X-Other: value$")

    def test_strip(self):
        self.check("X-Strip: 1", r"strip: header X-Strip: 1%s: gone$")

    def test_bcc(self):
        self.check("X-Bcc: 1", r"bcc: header X-Bcc: 1%s: bob@example\.test$")

    def test_ignore_says_nothing(self):
        t = self.token()
        q = self.sent(self.post("X-Ignore: 1", t))
        self.log(r"%s: removed" % q)
        self.nolog("X-Ignore")

    def test_body(self):
        self.post(body="this is a badbody")
        self.log(r"reject: body this is a badbody%s: 5\.7\.1 not that$" % self.CONTEXT)

    def test_body_warning(self):
        self.post(body="this is a warnbody")
        self.log(r"warning: body this is a warnbody%s$" % self.CONTEXT)

    def test_long_line_is_cut(self):
        self.post("X-Warn: " + "z" * 400)
        line = self.log(r"warning: header X-Warn: z+ from ").group(0)
        self.ok(line.count("z") < 210, "length", len(line))

    def test_folded_header(self):
        self.post("X-Warn: one\r\n two")
        self.log(r"warning: header X-Warn: one\?? ?two from |"
                 r"warning: header X-Warn: one\? two from ")

    def test_from_a_local_user(self):
        self.inst.sendmail("-f", "carol", "alice",
                           input="Subject: x\nX-Warn: local\n\nx\n")
        self.log(r"warning: header X-Warn: local from local; "
                 r"from=<carol@example\.test> to=<alice@example\.test>: look here$")


class Rotation(Group):
    area = "logging"
    cost = 8

    def test_rotation(self):
        self.inst.run("postfix", "logrotate")
        names = [os.path.basename(n) for n in glob.glob(self.inst.logfile + ".*")]
        self.ok(any(re.search(r"\.20\d{6}-\d{6}(\.gz)?$", n) for n in names),
                "a rotated file with date and time", names)
        for _ in range(50):
            if os.path.exists(self.inst.logfile):
                break
            time.sleep(0.1)
        t = self.token()
        self.sent(self.inst.send(body=t))
        self.in_mail("alice", t)
