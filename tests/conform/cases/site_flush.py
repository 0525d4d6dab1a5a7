"""Mail for a site, asked for by ETRN, sendmail -qR and postqueue -s and -i: what is tried, what is answered, what is
logged."""
import os
import re
import time

from harness import Group

# name: (what is asked, after one message each for a@one.test, b@two.test and c@three.test was deferred).
ASKED = {
    "postqueue_site": ("postqueue", "-s", "one.test"),
    "postqueue_site_in_brackets": ("postqueue", "-s", "[one.test]"),
    "postqueue_site_in_capitals": ("postqueue", "-s", "ONE.test"),
    "postqueue_site_with_dot": ("postqueue", "-s", "one.test."),
    "postqueue_site_with_at": ("postqueue", "-s", "@one.test"),
    "postqueue_other_site": ("postqueue", "-s", "three.test"),
    "postqueue_unknown_site": ("postqueue", "-s", "nowhere.test"),
    "postqueue_empty_site": ("postqueue", "-s", ""),
    "postqueue_bad_site": ("postqueue", "-s", "a b"),
    "postqueue_bad_name": ("postqueue", "-s", "one..test"),
    "postqueue_two_sites": ("postqueue", "-s", "one.test", "two.test"),
    "postqueue_message": ("postqueue", "-i", "ID"),
    "postqueue_message_that_is_not_there": ("postqueue", "-i", "ABCDEF123"),
    "postqueue_bad_message": ("postqueue", "-i", "../x"),
    "postqueue_all": ("postqueue", "-f"),
    "sendmail_site": ("sendmail", "-qRone.test"),
    "sendmail_site_apart": ("sendmail", "-qR", "one.test"),
    "sendmail_other_site": ("sendmail", "-qRthree.test"),
    "sendmail_unknown_site": ("sendmail", "-qRnowhere.test"),
    "sendmail_empty_site": ("sendmail", "-qR"),
    "sendmail_message": ("sendmail", "-qIID"),
    "sendmail_sender": ("sendmail", "-qSbob"),
    "sendmail_all": ("sendmail", "-q"),
    "sendmail_interval": ("sendmail", "-q30m"),
    "etrn": ("ETRN", "one.test"),
    "etrn_other_site": ("ETRN", "three.test"),
    "etrn_unknown": ("ETRN", "nowhere.test"),
    "etrn_queue": ("ETRN", "#one"),
    "etrn_at": ("ETRN", "@one.test"),
    "etrn_brackets": ("ETRN", "[one.test]"),
    "etrn_literal": ("ETRN", "[192.0.2.1]"),
    "etrn_dot": ("ETRN", "one.test."),
    "etrn_bad": ("ETRN", "one..test"),
    "etrn_nothing": ("ETRN", ""),
    "etrn_two": ("ETRN", "one.test two.test"),
    "etrn_subdomain": ("ETRN", "sub.two.test"),
}

EXPECTED = {
    'etrn': """
said: 250 Queuing started
tried: a@one.test
logs: one_test two_test
""",
    'etrn_at': """
said: 250 Queuing started
tried: a@one.test
logs: one_test two_test
""",
    'etrn_bad': (
        '\n'
        'said: 501 Error: invalid parameter syntax\n'
        'tried: \n'
        'logs: one_test two_test\n'),
    'etrn_brackets': (
        '\n'
        'said: 501 Error: invalid parameter syntax\n'
        'tried: \n'
        'logs: one_test two_test\n'),
    'etrn_dot': (
        '\n'
        'said: 501 Error: invalid parameter syntax\n'
        'tried: \n'
        'logs: one_test two_test\n'),
    'etrn_literal': (
        '\n'
        'said: 459 <[192.0.2.1]>: service unavailable\n'
        'tried: \n'
        'logs: one_test two_test\n'
        'warning: reject: ETRN [192.0.2.1]... from localhost[127.0.0.1]\n'),
    'etrn_nothing': (
        '\n'
        'said: 500 Syntax: ETRN domain\n'
        'tried: \n'
        'logs: one_test two_test\n'),
    'etrn_other_site': (
        '\n'
        'said: 459 <three.test>: service unavailable\n'
        'tried: \n'
        'logs: one_test two_test\n'
        'warning: reject: ETRN three.test... from localhost[127.0.0.1]\n'),
    'etrn_queue': (
        '\n'
        'said: 459 <one>: service unavailable\n'
        'tried: \n'
        'logs: one_test two_test\n'
        'warning: reject: ETRN one... from localhost[127.0.0.1]\n'),
    'etrn_subdomain': (
        '\n'
        'said: 250 Queuing started\n'
        'tried: \n'
        'logs: one_test two_test\n'),
    'etrn_two': (
        '\n'
        'said: 500 Syntax: ETRN domain\n'
        'tried: \n'
        'logs: one_test two_test\n'),
    'etrn_unknown': (
        '\n'
        'said: 459 <nowhere.test>: service unavailable\n'
        'tried: \n'
        'logs: one_test two_test\n'
        'warning: reject: ETRN nowhere.test... from localhost[127.0.0.1]\n'),
    'postqueue_all': (
        '\n'
        'said: 0 \n'
        'tried: a@one.test b@two.test c@three.test\n'
        'logs: one_test two_test\n'),
    'postqueue_bad_message': (
        '\n'
        'said: 69 postqueue: fatal: Cannot flush queue ID - invalid name: "../x"\n'
        'tried: \n'
        'logs: one_test two_test\n'
        'fatal: Cannot flush queue ID - invalid name: "../x"\n'),
    'postqueue_bad_name': (
        '\n'
        'said: 69 postqueue: fatal: Cannot flush mail queue - invalid destination: "one..test"\n'
        'tried: \n'
        'logs: one_test two_test\n'
        'fatal: Cannot flush mail queue - invalid destination: "one..test"\n'),
    'postqueue_bad_site': (
        '\n'
        'said: 69 postqueue: fatal: Cannot flush mail queue - invalid destination: "a b"\n'
        'tried: \n'
        'logs: one_test two_test\n'
        'fatal: Cannot flush mail queue - invalid destination: "a b"\n'),
    'postqueue_empty_site': (
        '\n'
        'said: 69 postqueue: fatal: Cannot flush mail queue - invalid destination: ""\n'
        'tried: \n'
        'logs: one_test two_test\n'
        'fatal: Cannot flush mail queue - invalid destination: ""\n'),
    'postqueue_message': (
        '\n'
        'said: 0 \n'
        'tried: c@three.test\n'
        'logs: one_test two_test\n'),
    'postqueue_message_that_is_not_there': (
        '\n'
        'said: 0 \n'
        'tried: \n'
        'logs: one_test two_test\n'),
    'postqueue_other_site': (
        '\n'
        'said: 69 postqueue: fatal: Flush service is not configured for destination "three.test"\n'
        'tried: \n'
        'logs: one_test two_test\n'
        'fatal: Flush service is not configured for destination "three.test"\n'),
    'postqueue_site': (
        '\n'
        'said: 0 \n'
        'tried: a@one.test\n'
        'logs: one_test two_test\n'),
    'postqueue_site_in_brackets': (
        '\n'
        'said: 69 postqueue: fatal: Cannot flush mail queue - invalid destination: "[one.test]"\n'
        'tried: \n'
        'logs: one_test two_test\n'
        'fatal: Cannot flush mail queue - invalid destination: "[one.test]"\n'),
    'postqueue_site_in_capitals': (
        '\n'
        'said: 0 \n'
        'tried: a@one.test\n'
        'logs: one_test two_test\n'),
    'postqueue_site_with_at': (
        '\n'
        'said: 69 postqueue: fatal: Cannot flush mail queue - invalid destination: "@one.test"\n'
        'tried: \n'
        'logs: one_test two_test\n'
        'fatal: Cannot flush mail queue - invalid destination: "@one.test"\n'),
    'postqueue_site_with_dot': (
        '\n'
        'said: 69 postqueue: fatal: Cannot flush mail queue - invalid destination: "one.test."\n'
        'tried: \n'
        'logs: one_test two_test\n'
        'fatal: Cannot flush mail queue - invalid destination: "one.test."\n'),
    'postqueue_two_sites': (
        '\n'
        'said: 69 postqueue: fatal: usage\n'
        'tried: \n'
        'logs: one_test two_test\n'),
    'postqueue_unknown_site': (
        '\n'
        'said: 69 postqueue: fatal: Flush service is not configured for destination "nowhere.test"\n'
        'tried: \n'
        'logs: one_test two_test\n'
        'fatal: Flush service is not configured for destination "nowhere.test"\n'),
    'sendmail_all': (
        '\n'
        'said: 0 \n'
        'tried: a@one.test b@two.test c@three.test\n'
        'logs: one_test two_test\n'),
    'sendmail_empty_site': (
        '\n'
        'said: 75 sendmail: fatal: specify: -qRsitename\n'
        'tried: \n'
        'logs: one_test two_test\n'
        'fatal: specify: -qRsitename\n'),
    'sendmail_interval': (
        '\n'
        'said: 0 \n'
        'tried: \n'
        'logs: one_test two_test\n'),
    'sendmail_message': (
        '\n'
        'said: 0 \n'
        'tried: c@three.test\n'
        'logs: one_test two_test\n'),
    'sendmail_other_site': (
        '\n'
        'said: 69 postqueue: fatal: Flush service is not configured for destination "three.test"\n'
        'tried: \n'
        'logs: one_test two_test\n'
        'fatal: Flush service is not configured for destination "three.test"\n'),
    'sendmail_sender': (
        '\n'
        'said: 75 sendmail: fatal: -qS is not implemented\n'
        'tried: \n'
        'logs: one_test two_test\n'
        'fatal: -qS is not implemented\n'),
    'sendmail_site': (
        '\n'
        'said: 0 \n'
        'tried: a@one.test\n'
        'logs: one_test two_test\n'),
    'sendmail_site_apart': (
        '\n'
        'said: 75 sendmail: fatal: specify: -qRsitename\n'
        'tried: \n'
        'logs: one_test two_test\n'
        'fatal: specify: -qRsitename\n'),
    'sendmail_unknown_site': (
        '\n'
        'said: 69 postqueue: fatal: Flush service is not configured for destination "nowhere.test"\n'
        'tried: \n'
        'logs: one_test two_test\n'
        'fatal: Flush service is not configured for destination "nowhere.test"\n'),
}


class SiteFlush(Group):
    area = "queue"
    cost = 60
    main = """
smtpd_relay_restrictions = permit_mynetworks, reject
minimal_backoff_time = 1000s
default_destination_concurrency_failed_cohort_limit = 1000
fast_flush_domains = one.test, two.test
"""

    def run_case(self, name):
        self.inst.purge()
        self.sink.reset()
        super().run_case(name)
        self.inst.purge()

    def ask(self, word, *arguments):
        if word != "ETRN":
            r = self.inst.run(word, *arguments)
            return "%d %s" % (r.rc, re.sub(r"usage: .*", "usage", r.both.strip()))
        c = self.inst.smtp()
        c.greet()
        c.ehlo("client.example.org")
        r = c.cmd(" ".join((word,) + arguments).strip())
        c.cmd("QUIT")
        c.close()
        return str(r)

    def look(self, name):
        self.sink.behave["RCPT"] = "451 4.3.0 wait"
        ids = {}
        for rcpt in ("a@one.test", "b@two.test", "c@three.test"):
            ids[rcpt] = self.sent(self.inst.send(rcpts=rcpt))
        for qid in ids.values():
            self.found(self.inst.wait_deferred(qid), "deferred")
        self.sink.behave.clear()
        size = self.inst.log_size()
        said = self.ask(*(word.replace("ID", ids["c@three.test"]) if word.endswith("ID") else word
                          for word in ASKED[name]))
        expected = EXPECTED.get(name, "").strip()
        end = time.time() + (4 if not expected or "tried:" in expected else 1)
        while True:
            log = self.inst.log_text(size)
            tried = sorted(rcpt for rcpt, qid in ids.items() if re.search(qid + r": to=\S+ .*status=sent", log))
            kept = sorted(os.listdir(os.path.join(self.inst.queue_dir, "flush")))
            warned = sorted(set(re.findall(r"postfix/(?:flush|smtpd|postqueue|sendmail|qmgr)\[\d+\]: "
                                           r"((?:warning|fatal): .*)", log)))
            seen = "\n".join(["said: " + said.replace(ids["c@three.test"], "ID"), "tried: " + " ".join(tried)]
                             + ["logs: " + " ".join(kept)] + warned)
            if seen == expected or time.time() > end:
                break
            time.sleep(0.1)
        self.eq("\n" + seen + "\n", "\n" + expected + "\n", "what comes of it")


for _name in ASKED:
    setattr(SiteFlush, "test_" + _name, lambda self, name=_name: self.look(name))
