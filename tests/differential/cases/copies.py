"""Where copies of mail stand in the queue file, and in which order a next hop gets them."""
import re

from recorder import Recorder

CHECKS = """
/^X-Bcc: (.*)/ BCC $1
/^X-Red: (.*)/ REDIRECT $1
"""


class Copies(Recorder):
    area = "copies"
    main = """sender_bcc_maps = texthash:@ETC@/sender
recipient_bcc_maps = texthash:@ETC@/recipient
header_checks = regexp:@ETC@/checks
virtual_alias_maps = texthash:@ETC@/virtual
recipient_canonical_maps = inline:{canon@x.test=canonical@x.test}
recipient_delimiter = +
delay_warning_time = 4h
"""
    files = {"sender": "s1@y.test copy@x.test\ns2@y.test multi@x.test\ns3@y.test canon@x.test\ns4@y.test r1@x.test\ns5@y.test bare\ns6@y.test a, b\ns7@y.test virt@x.test\n",
             "recipient": "r1@x.test rcopy@x.test\nr2@x.test canon@x.test\n", "checks": CHECKS, "virtual": "virt@x.test v1@x.test, v2@x.test\nmulti@x.test m1@x.test, m2@x.test\n"}
    services = {"plain": "", "limit": "cleanup_service_name = one"}
    master = "one unix n - n - 0 cleanup -o always_bcc=always@x.test -o enable_original_recipient=no\n"

    def ask(self, service, sender, rcpts, headers, params="", rparams="", src=None):
        c = self.inst.smtp(self.port[service], src)
        c.greet()
        c.ehlo()
        c.cmd("MAIL FROM:<%s>%s" % (sender, params))
        for rcpt in rcpts:
            c.cmd("RCPT TO:<%s>%s" % (rcpt, rparams))
        reply = c.data(headers + "X-Hold: x\nSubject: x\n\nbody\n")
        c.close()
        qid = re.search(r"queued as (\w+)", str(reply))
        question = "%s %s %s %r%s%s" % (service, sender, rcpts, headers, params, rparams)
        self.record(question + " reply", re.sub(r"queued as \w+", "queued", str(reply)))
        if not qid:
            return
        text = self.inst.run("postcat", "-e", "-q", qid.group(1)).out
        self.record(question + " file", [re.sub(r"\d\d:\d\d:\d\d \d{4}|\b[0-9A-F]{7}\b", "T", line) for line in text.splitlines()
                                         if re.match(r"(sender|named_attribute: (notify|dsn|log_h|log_p|rewr)|original_recipient|recipient|redirect|\*\*\*|warn)", line)])
        since = self.inst.log_size()
        self.inst.run("postsuper", "-H", qid.group(1))
        self.inst.run("postqueue", "-f")
        self.found(self.inst.wait_log("%s: removed" % qid.group(1), timeout=15, since=since), "removed")
        log = self.inst.log_text(since)
        self.record(question + " log", sorted(set(re.findall(r"%s: (to=<.*?>(?:, orig_to=<.*?>)?)," % qid.group(1), log))))
        self.record(question + " sink", [[m.sender, m.rcpts, m.rcpt_params] for m in self.sink.messages if m.sender or not sender])
        self.sink.reset()

    def test_places(self):
        self.inst.set(header_checks="regexp:@ETC@/checks", smtpd_sender_restrictions="check_sender_access static:HOLD")
        for service in ("plain", "limit"):
            for sender in ("s1@y.test", "s2@y.test", "s3@y.test", "s4@y.test", "s5@y.test", "s6@y.test", "s7@y.test", "none@y.test", ""):
                for rcpts, headers, more in ((["r1@x.test"], "", {}), (["r9@x.test", "r2@x.test"], "X-Bcc: b@x.test\n", {}), (["r9@x.test"], "X-Red: red@x.test\nX-Bcc: b@x.test\n", {}),
                                             (["virt@x.test", "copy@x.test"], "X-Red: red@x.test\n", {"params": " RET=HDRS ENVID=e", "rparams": " NOTIFY=SUCCESS ORCPT=rfc822;o@x.test"})):
                    self.ask(service, sender, rcpts, headers, **more)
