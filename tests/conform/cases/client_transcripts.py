"""Sessions of the SMTP client that the postmaster hears of: notify_classes = protocol."""
import os
import shutil
import time

from harness import FakeSMTP, Group

DIALOGUE = r""" In:  220 sink\.example\.net ESMTP
 Out: EHLO mx\.example\.test
 In:  250-sink\.example\.net
 In:  250-PIPELINING
 In:  250 8BITMIME
 Out: MAIL FROM:<alice@example\.test>
 Out: RCPT TO:<u@x\.test>
 Out: DATA
 In:  250 2\.1\.0 ok
"""


class Transcripts(Group):
    area = "smtp-client"
    main = """
smtpd_relay_restrictions = permit_mynetworks, reject
relayhost =
transport_maps = inline:{x.test=smtp:[127.0.0.1]:2600, quiet.test=quiet:[127.0.0.1]:2600, filter.test=filter:[127.0.0.1]:2600}
notify_classes = protocol
error_notice_recipient = frank@example.test
smtp_connection_cache_on_demand = no
minimal_backoff_time = 1000s
default_destination_concurrency_failed_cohort_limit = 50
"""
    master = "quiet unix - - n - - smtp -o notify_classes=bounce\n" \
             "filter unix - - n - - smtp -o {smtp_reply_filter=pcre:{{/^500(.*)/ 500$$1 indeed}}}\n"

    def prepare(self):
        self.hop = self.keep(FakeSMTP(("127.0.0.1", 2600)))
        self.hop.caps = ["PIPELINING", "8BITMIME"]

    def run_case(self, name):
        shutil.rmtree(os.path.join(self.worker.home, "frank", "Maildir"), ignore_errors=True)
        super().run_case(name)
        self.inst.purge()

    def send(self, stage, reply, domain="x.test"):
        self.hop.reset()
        self.hop.behave[stage] = reply
        qid = self.sent(self.inst.send("alice@example.test", "u@" + domain))
        self.log(r"%s: to=<u@\S+>, .*status=" % qid)

    def notice(self, stage, reply):
        self.send(stage, reply)
        return self.found(self.inst.wait_mail("frank", "Transcript of session"), "notice")

    def no_notice(self, stage, reply, domain="x.test"):
        self.send(stage, reply, domain)
        time.sleep(0.7)
        self.eq(self.inst.maildir("frank"), [], "notices")

    def test_what_it_says(self):
        text = self.notice("RCPT", "500 5.5.1 syntax")
        self.match(r"^Return-Path: <double-bounce@mx\.example\.test>$", text)
        self.match(r"^From: Mail Delivery System <MAILER-DAEMON@mx\.example\.test>$", text)
        self.match(r"^To: Postmaster <frank@example\.test>$", text)
        self.match(r"^Subject: \w+ SMTP client: errors from 127\.0\.0\.1\[127\.0\.0\.1\]:2600$", text)
        self.match(r"^Unexpected response from 127\.0\.0\.1\[127\.0\.0\.1\]:2600\.\n\nTranscript of session follows\.\n\n"
                   + DIALOGUE + r" In:  500 5\.5\.1 syntax\n In:  554 ", text)
        self.match(r"^For other details, see the local mail logfile$", text)

    def test_replaced_reply(self):
        self.send("RCPT", "500 5.5.1 syntax", "filter.test")
        text = self.found(self.inst.wait_mail("frank", "Transcript of session"), "notice")
        self.match(r"^ In:  500 5\.5\.1 syntax\n Replaced-by:\n      500 5\.5\.1 syntax indeed$", text)
        self.match(r"^\tid \w+(?:\n\t.*)*; .*\nDate: .*\nFrom: Mail Delivery System", text)

    def test_code_beyond_all_classes(self):
        self.match(r"^ In:  600 what$", self.notice("DOT", "600 what"))

    def test_reply_of_the_wrong_class(self):
        self.match(r"^ In:  250 2\.0\.0 what$", self.notice("DATA", "250 2.0.0 what"))

    def test_no_smtp(self):
        self.match(r"^ In:  hello there$", self.notice("RCPT", "hello there\n450 4.1.1 later"))

    def test_syntax_error_to_mail(self):
        self.match(r"^ In:  501 5\.5\.4 what$", self.notice("MAIL", "501 5.5.4 what"))

    def test_not_for_refusals(self):
        for reply in ("550 5.1.1 nobody", "450 4.2.0 busy", "421 4.3.2 bye", "554 5.7.1 no", "530 5.7.0 login"):
            self.no_notice("RCPT", reply)

    def test_not_for_lost_connections(self):
        self.no_notice("RCPT", "DROP")

    def test_not_without_the_class(self):
        self.no_notice("RCPT", "500 5.5.1 syntax", "quiet.test")
