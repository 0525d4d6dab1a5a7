"""Mail filters of mail from sendmail: what each answer at each stage makes of it, what is logged, where it stays."""
import re

from harness import Group, Milter

STAGES = {"connect": "CONNECT", "helo": "EHLO", "mail": "MAIL", "rcpt": "RCPT", "data": "DATA", "header": "END-OF-MESSAGE",
          "eoh": "END-OF-MESSAGE", "body": "END-OF-MESSAGE", "eom": "END-OF-MESSAGE"}
TEXTS = {"reject": "5.7.1 Command rejected", "tempfail": "4.7.1 Service unavailable - try again later", "550 5.7.9 no": "5.7.9 no",
         "451 4.7.9 later": "4.7.9 later", "DROP": "4.7.1 Service unavailable - try again later"}
MESSAGE = "From: a@y.test\nX-Two: 1\nSubject: s\nX-Two: 2\n\nbody\n"


class PostedFilters(Group):
    area = "milter"
    cost = 40
    timeout = 30
    main = """
non_smtpd_milters = unix:@DIR@/milter.sock
milter_content_timeout = 3s
milter_command_timeout = 3s
"""

    def prepare(self):
        self.milter = self.keep(Milter(self.path("milter.sock")))

    def post(self, answers=None, edits=()):
        self.milter.reset(answers, edits)
        self.sink.reset()
        self.inst.run("sendmail", "-f", "a@y.test", "r1@x.test", input=MESSAGE)

    def logged(self, text):
        self.found(self.inst.wait_log(text, since=self.since), "log line " + text)

    def answer(self, stage, action):
        self.post({stage: action})
        where = STAGES[stage] + re.escape(" from localhost[127.0.0.1]: ")
        told = re.escape("; from=<a@y.test>") + ("$" if stage in ("connect", "helo", "mail") else " to=<r1@x.test>$")
        if action == "discard" and stage in ("connect", "helo"):
            self.logged("DISCARD action is not allowed for connect or helo")
        if action == "accept" or action == "discard" and stage in ("connect", "helo"):
            self.logged(r"to=<r1@x.test>,.* status=sent")
            return
        if action == "discard":
            self.logged("cleanup.*: milter-discard: %smilter triggers DISCARD action%s" % (where, told))
            self.eq(self.inst.queue(), [], "the queue")
            return
        self.logged("cleanup.*: milter-reject: " + where + re.escape(TEXTS[action]) + told)
        permanent = TEXTS[action].startswith("5") and stage != "rcpt"
        if stage == "rcpt":
            self.logged(r"warning: \w+: milter configuration error: can't reject recipient in non-smtpd\(8\) submission")
            self.logged(r"warning: \w+: message not accepted, try again later")
        if permanent:
            self.logged(r"to=<r1@x.test>, relay=none,.* status=bounced \(%s\)" % re.escape(TEXTS[action].split(" ", 1)[1]))
            self.logged(r"to=<a@y.test>,.* status=sent")
        else:
            self.eq([e["queue_name"] for e in self.inst.queue()], ["maildrop"], "the queue")
        log = self.inst.log_text(self.since)
        self.eq(re.findall("pickup.*warning.*", log), [], "warnings of pickup")
        # pickup may look at a message that waits more than once, but a filter refuses it once each time.
        refused = re.findall(r"(\w+): milter-reject", log)
        self.eq(len(refused), len(set(refused)), "messages that were refused, of the refusals in the log")

    def run_case(self, name):
        super().run_case(name)
        self.inst.purge()

    def test_every_edit(self):
        self.post(edits=[("insheader", 0, "X-Ins", "1"), ("chgheader", 2, "X-Two", "new"), ("chgheader", 1, "Subject", ""), ("addheader", "X-New", "1"),
                         ("delrcpt", "<r1@x.test>"), ("addrcpt", "<r2@x.test>"), ("chgfrom", "<new@y.test>"), ("replbody", b"new\r\n")])
        self.logged(r"from=<new@y.test>")
        self.logged(r"to=<r2@x.test>,.* status=sent")
        mail = self.sink.messages[0]
        self.eq((mail.sender, mail.rcpts), ("new@y.test", ["r2@x.test"]), "envelope")
        text = mail.data.decode().replace("\r\n", "\n")
        self.ok(text.startswith("X-Ins: 1\nReceived: "), "the inserted header comes first", text)
        self.ok(re.search(r"\nX-Two: 1\nX-Two: new\n", text), "the changed header", text)
        self.ok("Subject" not in text and text.endswith("X-New: 1\n\nnew\n"), "the rest", text)

    def test_quarantine(self):
        self.post(edits=[("quarantine", "odd mail")])
        self.logged(r"milter-hold: END-OF-MESSAGE from localhost\[127.0.0.1\]: milter triggers HOLD action; from=<a@y.test> to=<r1@x.test>$")
        self.eq([e["queue_name"] for e in self.inst.queue()], ["hold"], "the queue")


for _stage in STAGES:
    for _action in ("accept", "discard", *TEXTS):
        setattr(PostedFilters, "test_%s_%s" % (_stage, _action.split()[0].lower()),
                lambda self, stage=_stage, action=_action: self.answer(stage, action))
