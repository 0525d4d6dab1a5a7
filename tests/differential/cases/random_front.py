"""Random input for the front door: mail filters, policy servers, Dovecot, chunks, proxies' attributes, DSN, postscreen."""
import base64
import os
import random
import re
import struct
import time

from harness.fakes import STAGES, Milter, ScriptedDovecot, ScriptedPolicy
from recorder import Recorder

SEED = int(os.environ.get("DIFFERENTIAL_SEED", "1"))
TAIL = """smtpd_soft_error_limit = 1000
smtpd_hard_error_limit = 2000
smtpd_error_sleep_time = 0
smtpd_junk_command_limit = 10000
mail_name = Postfix
enable_long_queue_ids = yes
local_recipient_maps =
defer_transports = local smtp relay virtual lmtp discard
notify_classes =
smtpd_recipient_restrictions = permit_mynetworks, reject
"""
NOISE = re.compile(r"^connect from|statistics:|is ignored|hostname .* does not resolve|unused parameter|^daemon started|reload|refreshing"
                   r"|table .* has changed|terminating on signal|^start|no SASL support|message-id=<>$|initializing the server-side|bad command startup"
                   r"|process .* exit status|undefined parameter")


class Front(Recorder):
    """What these groups share."""
    area = "random"
    cost = 60

    def pick(self, salt):
        return random.Random("%s %s %s" % (SEED, type(self).__name__, salt))

    def scrub(self, text):
        text = self.clean(text)
        text = re.sub(r"\b4[0-9BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz]{9}z[0-9BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz]{1,8}\b", "QID", text)
        text = re.sub(r"Postfix \(?3\.\d+\.\d+|postfix \(?3\.\d+\.\d+", "postfix", text)
        text = re.sub(r"<\d{14}\.QID@", "<DATE.QID@", text)
        text = re.sub(r"\w{3}, +\d+ \w{3} \d{4} [\d:]+ [+-]\d{4} \(\w+\)", "DATE", text)
        text = re.sub(r"(\[[0-9a-f.:]+\]):\d{4,5}\b", r"\1:PORT", text)
        text = re.sub(r"delays?=[^ ]* ", "", text)
        return text

    sizes = True

    def lines(self, since, programs=("smtpd", "cleanup", "qmgr", "qmqpd", "postscreen", "pickup")):
        found = {}
        for line in self.inst.log_text(since).splitlines():
            m = re.search(r"[\w@]+/(?:\S+/)?([\w-]+)\[\d+\]: (.*)", line)
            if m and m[1] in programs and not NOISE.search(m[2]):
                text = self.scrub(m[2]) if self.sizes else re.sub(r"size=\d+, ", "", self.scrub(m[2]))
                found.setdefault(m[1], []).append(text)
        return found

    def exchange(self, port, lines, src="192.0.2.10", greet=True):
        """Sends and reads; lines: text, bytes, or (text, None) for what gets no answer.  -> what was said, the queue's IDs"""
        said, ids = [], []
        try:
            c = self.inst.smtp(port=port, src=src, timeout=4)
        except OSError as failure:
            return ["!" + type(failure).__name__], ids
        try:
            reply = c.greet()
            said.append(str(reply))
            for line in lines:
                if reply.eof or reply.code in (221, 421):
                    break
                wait = True
                if isinstance(line, tuple):
                    line, wait = line
                c.send(line if isinstance(line, bytes) else (line + "\r\n").encode("latin-1"))
                if not wait:
                    continue
                reply = c.reply()
                m = re.search(r"queued as (\w+)", str(reply))
                if m:
                    ids.append(m[1])
                said.append(str(reply))
        except OSError as failure:
            said.append("!" + type(failure).__name__)
        finally:
            c.close()
        return [self.scrub(text) for text in said], ids

    def after(self, since, ids):
        """Waits until what the log tells is complete; the queue's content is what it answers."""
        self.inst.wait_log("disconnect from", since=since, timeout=1)
        queue = []
        for one in ids:
            self.inst.wait_log("%s: (to=|removed|milter-hold|hold:|milter-discard|discard:|milter-reject)" % one, since=since, timeout=2)
            time.sleep(0.05)
            text = self.inst.run("postcat", "-q", "-e", "-h", "-b", one).out
            keep = [line for line in text.split("\n")
                    if not re.match(r"(\*\*\*|message_size|message_arrival_time|create_time|named_attribute: (create_time|message_id|log_ident|"
                                    r"rewrite_context|log_client_port|client_port)|pointer_record)", line)]
            envelope = re.compile(r"(sender|recipient|original_recipient|done_recipient|canceled_recipient|named_attribute|content_filter|"
                                  r"redirect_to|flags|attribute): ?")
            queue.append(sorted(self.scrub(line) for line in keep if envelope.match(line)) +
                         [self.scrub(line) for line in keep if not envelope.match(line)])
            self.inst.run("postsuper", "-d", one)
        return queue

    def ask(self, question, port, lines, more=None, src="192.0.2.10"):
        since = self.inst.log_size()
        said, ids = self.exchange(port, lines, src)
        queue = self.after(since, ids)
        log = self.lines(since)
        self.record("%s %s" % (SEED, question), [said, log, queue, more() if more else None])


def message(*headers, body="text\r\n"):
    return ("".join(h + "\r\n" for h in headers) + "\r\n" + body + ".\r\n").encode("latin-1")


# ---------------------------------------------------------------------------------------------------- mail filters

ANSWERS = ["continue"] * 12 + ["accept", "reject", "tempfail", "discard", "550 5.7.1 no", "451 4.7.1 later", "550 bare", "450 %s x%",
                               "554 4.1.1 odd", "421 4.7.0 leave", "5xx", "250 2.0.0 fine", "skip", "shutdown", "DROP",
                               "550-5.7.1 a\r\n550 5.7.1 b", "", "nonsense", "connfail"]
ADDRESSES = ["<alice@example.test>", "alice@example.test", "<bob@good.test>", "<>", "", "<a b@example.test>", "<\"a b\"@example.test>",
             "<new@far.test> NOTIFY=NEVER", "<new@far.test", "<x@example.test>,<y@example.test>", "alice", "<ALICE@EXAMPLE.TEST>",
             "carol@example.test", "<carol@example.test>", "Joe <joe@example.test>", "<@a.test:b@c.test>", "<a@b.test> (c)", "  <d@b.test> "]
ARGUMENTS = ["NOTIFY=NEVER", "NOTIFY=SUCCESS,FAILURE", "NOTIFY=bad", "ORCPT=rfc822;x@y.test", "ORCPT=x", "FOO=bar", "RET=FULL ENVID=abc", "RET=x",
             "ENVID=a+2Bb", "", "SIZE=10", "AUTH=<>", "NOTIFY=DELAY ORCPT=rfc822;q@q.test", "BODY=8BITMIME", "SMTPUTF8"]
NAMES = ["X-New", "Subject", "subject", "From", "To", "Received", "X-Twice", "x-none", "Return-Path", "Bcc", "X Y", "Message-Id", "Date",
         "Content-Type", "Content-Length", "Sender"]
VALUES = ["one", " two", "a\nb", "a\n b", "", "caf\xc3\xa9", "x" * 120, "\tt", "a  b", "bad\nX-Smuggled: y", "=?x?"]


def an_edit(pick):
    kind = pick.choice(["addheader", "insheader", "chgheader", "chgheader", "addrcpt", "addrcpt", "delrcpt", "delrcpt", "addrcpt_par",
                        "chgfrom", "replbody", "quarantine", "progress"])
    if kind == "addheader":
        return kind, pick.choice(NAMES), pick.choice(VALUES)
    if kind == "insheader":
        return kind, pick.choice([0, 0, 1, 2, 3, 5, 100]), pick.choice(NAMES), pick.choice(VALUES)
    if kind == "chgheader":
        return kind, pick.choice([1, 1, 1, 2, 3, 9, 0]), pick.choice(NAMES), pick.choice(VALUES)
    if kind == "addrcpt" or kind == "delrcpt":
        return kind, pick.choice(ADDRESSES)
    if kind == "addrcpt_par":
        return kind, pick.choice(ADDRESSES), pick.choice(ARGUMENTS)
    if kind == "chgfrom":
        return (kind, pick.choice(ADDRESSES)) + ((pick.choice(ARGUMENTS),) if pick.random() < 0.4 else ())
    if kind == "replbody":
        return kind, pick.choice([b"new\r\n", b"no end", b"a\nb\n", b"a\r\n.\r\nb\r\n", b"", b"q" * 3000 + b"\r\n", b"From x\r\n"])
    if kind == "quarantine":
        return kind, pick.choice(["why", "", "a\nb", "long " * 30])
    return (kind,)


class RandomMilter(Milter):
    """Tells what it was told, in words."""

    def told(self):
        out = []
        for s in self.sessions:
            events = []
            for stage, args, macros in s["events"]:
                words = [a.decode("latin-1") if isinstance(a, bytes) else str(a) for a in args]
                if stage == "connect":
                    words[2] = "PORT" if words[2] != "0" else "0"
                events.append([stage, words, sorted("%s=%s" % pair for pair in macros.items())])
            out.append([s["offer"], events])
        return out


class Filters(Front):
    sizes = False  # Postfix counts its pointer records in what filters have seen
    timeout = 900
    services = {
        "one": "smtpd_milters = unix:@DIR@/a.sock",
        "two": "smtpd_milters = unix:@DIR@/a.sock, unix:@DIR@/b.sock",
        "accept": "smtpd_milters = unix:@DIR@/a.sock\nmilter_default_action = accept",
        "reject": "smtpd_milters = unix:@DIR@/a.sock unix:@DIR@/b.sock\nmilter_default_action = reject",
        "quarantine": "smtpd_milters = { unix:@DIR@/a.sock, default_action=quarantine }",
        "mixed": "smtpd_milters = { unix:@DIR@/a.sock, default_action=accept }, { unix:@DIR@/b.sock, { default_action = tempfail } }",
        "early": "smtpd_milters = unix:@DIR@/a.sock\nsmtpd_delay_reject = no\nsmtpd_delay_open_until_valid_rcpt = no",
        "old": "smtpd_milters = unix:@DIR@/a.sock\nmilter_protocol = 2",
        "listed": "smtpd_milters = unix:@DIR@/a.sock\nsmtpd_recipient_restrictions = check_recipient_access "
                  "inline:{{bad@example.test=REJECT}, {hold@example.test=HOLD}, {prep@example.test=PREPEND X-P: q}} permit_mynetworks",
        "bcc": "smtpd_milters = unix:@DIR@/a.sock",
    }
    main = TAIL + """milter_header_checks = pcre:{{/^x-none: one/ REJECT}, {/^Subject: one/ HOLD}, {/^X-Twice: two/ WARN}}
virtual_alias_maps = inline:{{list@example.test = one@example.test, two@example.test}}
milter_content_timeout = 3s
milter_command_timeout = 3s
recipient_bcc_maps = inline:{carol@example.test=copy@example.test}
mynetworks = 192.0.2.0/24 127.0.0.0/8
"""
    rcpts = ["alice@example.test", "carol@example.test", "bob@good.test", "list@example.test", "bad@example.test", "hold@example.test",
             "ALICE@example.test", "prep@example.test", "\"a b\"@example.test", "d@b.test"]

    def setup(self):
        self.a = self.keep(RandomMilter(self.path("a.sock")))
        self.b = self.keep(RandomMilter(self.path("b.sock")))

    def prepare_filter(self, pick, milter, calm):
        answers = {}
        for stage in ("connect", "helo", "mail", "rcpt", "data", "header", "eoh", "body", "eom", "unknown"):
            if pick.random() < (0.04 if calm else 0.25):
                many = [pick.choice(ANSWERS) for _ in range(4)]
                answers[stage] = lambda s, a, many=many: many.pop(0) if many else "continue"
        edits = [an_edit(pick) for _ in range(pick.choice([0, 1, 1, 2, 3, 5]))] if pick.random() < (0.9 if calm else 0.3) else []
        milter.reset(answers, edits)
        milter.protocol = pick.choice([0, 0, 0, 0x7f, 0x80, 0xff080, 0x200, 0x1, 0x10, 0x100000, 0x400, 0x800, pick.getrandbits(21)])
        if answers:
            milter.protocol &= ~0xff080  # whether a refusal that nobody waits for is seen is a matter of time
        milter.version = pick.choice([6, 6, 6, 4, 3, 2])
        milter.actions = pick.choice([0x1ff, 0x1ff, 0x1ff, 0x1f, 0, pick.getrandbits(9)])
        return [sorted(answers), edits, milter.protocol, milter.version, milter.actions]

    def test_random(self):
        pick = self.pick(1)
        for number in range(120):
            service = pick.choice(sorted(self.services))
            calm = pick.random() < 0.6
            facts = [self.prepare_filter(pick, self.a, calm), self.prepare_filter(pick, self.b, calm)]
            lines = [pick.choice(["EHLO", "EHLO", "EHLO", "HELO"]) + " client.test"] if pick.random() < 0.95 else []
            if pick.random() < 0.15:
                lines.append(pick.choice(["FOO bar", "NOOP", "VRFY alice", "XFOO", "RSET"]))
            for _ in range(pick.choice([1, 1, 1, 2])):
                lines.append("MAIL FROM:<%s>%s" % (pick.choice(["joe@good.test", "", "joe", "ann@example.test"]),
                                                   pick.choice(["", "", " RET=HDRS ENVID=e", " BODY=8BITMIME", " SIZE=100"])))
                for _ in range(pick.choice([1, 1, 2, 3, 4])):
                    lines.append("RCPT TO:<%s>%s" % (pick.choice(self.rcpts), pick.choice(["", "", "", " NOTIFY=SUCCESS", " ORCPT=rfc822;o@r.test"])))
                if pick.random() < 0.15:
                    lines.append(pick.choice(["FOO", "NOOP", "RSET", "EHLO again.test", "VRFY x"]))
                headers = [pick.choice(["From: joe@good.test", "To: alice@example.test", "Subject: hi", "X-Twice: 1", "X-Twice: 2", "Received: x",
                                        "Subject:nospace", "X-Long: a\r\n b\r\n\tc", "Message-Id: <x@y>", "Date: Mon, 1 Jan 2024 00:00:00 +0000",
                                        "X-8: caf\xc3\xa9", "Bcc: hidden@example.test", "Empty:", "X-Sp :  two"]) for _ in range(pick.randint(0, 5))]
                whole = message(*headers, body=pick.choice(["text\r\n", "", "a\r\n..b\r\n", "x" * 200 + "\r\n"]))
                if pick.random() < 0.2:
                    lines.append(b"BDAT %d LAST\r\n" % (len(whole) - 3) + whole[:-3])
                else:
                    lines += ["DATA", ("?", whole)]
            lines.append("QUIT")
            self.dialogue("%d %s %s %s" % (number, service, facts, lines), service, lines)

    def dialogue(self, question, service, lines):
        """As ask(), but content goes out only after a 354."""
        since = self.inst.log_size()
        said, ids = [], []
        c = None
        try:
            c = self.inst.smtp(port=self.port[service], src="192.0.2.10", timeout=6)
            reply = c.greet()
            said.append(str(reply))
            for line in lines:
                if reply.eof or reply.code in (221, 421):
                    break
                if isinstance(line, tuple):
                    if reply.code != 354:
                        continue
                    line = line[1]
                c.send(line if isinstance(line, bytes) else line + "\r\n")
                reply = c.reply()
                said.append(str(reply))
                ids += re.findall(r"queued as (\w+)", str(reply))
        except OSError as failure:
            said.append("!" + type(failure).__name__)
        finally:
            if c:
                c.close()
        queue = self.after(since, ids)
        time.sleep(0.02)
        told = [[self.scrub(repr(event)) for session in milter.told() for event in [session[0]] + session[1] if event[0] != "abort"]
                for milter in (self.a, self.b)]
        log = self.lines(since)
        self.record("%s %s" % (SEED, question), [[self.scrub(text) for text in said], log, queue, told])


# -------------------------------------------------------------------------------------------------- policy servers

REPLIES = ["action=OK\n\n", "action=ok text\n\n", "action=REJECT\n\n", "action=REJECT go away\n\n", "action=550 5.7.1 no\n\n", "action=450\n\n",
           "action=DUNNO\n\n", "action=dunno x\n\n", "action=DEFER_IF_PERMIT a\n\n", "action=DEFER_IF_REJECT\n\n", "action=WARN look\n\n",
           "action=PREPEND X-A: b\n\n", "action=PREPEND nothing\n\n", "action=HOLD x\n\n", "action=FILTER smtp:x\n\n", "action=REDIRECT a@b\n\n",
           "action=BCC a@b.test\n\n", "action=DISCARD\n\n", "action=nonsense\n\n", "action=\n\n", "action\n\n", "=OK\n\n", "\n", "foo=bar\naction=OK\n\n",
           "action=OK\nfoo=bar\n\n", "action=REJECT\naction=OK\n\n", "ACTION=OK\n\n", " action=OK\n\n", "action =OK\n\n", "action= REJECT\n\n",
           "action=REJECT \xff\xfe\n\n", "action=REJECT caf\xc3\xa9\n\n", "action=REJECT a\x01b\n\n", "action=REJECT a\x00b\n\n", "action=OK\r\n\r\n",
           "action=REJECT a\r\n\n", "action=REJECT " + "x" * 3000 + "\n\n", "DROP", "action=OK\n", "action=REJECT\n\naction=OK\n\n", "x" * 5000 + "\n\n",
           "action=permit_mynetworks\n\n", "action=reject_unauth_destination, permit\n\n", "action=check_sender_access inline:{x=y}\n\n",
           "action=DEFER\n\n", "action=421 4.7.0 bye\n\n", "action=521 x\n\n", "action=INFO i\n\n", "action=REJECT 5.1.1 x\n\n", "action=REJECT 4.1.1 x\n\n",
           "action=5xx x\n\n", "action=250 fine\n\n", "action=12\n\n", "action=DELAY x\n\n", "action=AUTH\n\n", "action=%s%n\n\n", "action=REJECT a=b\n\n",
           "\xef\xbb\xbfaction=OK\n\n", "action=\xffREJECT\n\n", "foo\xff=bar\naction=OK\n\n", "action=REJECT 'q\" \\ \n\n", "action=OK\n\n\n",
           "action=WARN \xff\n\n", "action=PREPEND X-B: \xff\n\n", "action=HOLD \xe4\n\n", "action=INFO \xc3\xa9\n\n", "action=DEFER_IF_PERMIT \xff\n\n",
           "action=450 4.7.1 \xc3(\n\n", "action=DISCARD \xff\n\n", "action=FILTER \xff\n\n"]


class Policy(Front):
    timeout = 900
    main = TAIL.replace("smtpd_recipient_restrictions", "smtpd_relay_restrictions") + """mynetworks = 192.0.2.0/24 127.0.0.0/8
smtpd_policy_service_retry_delay = 1
smtpd_policy_service_timeout = 1s
smtpd_policy_service_request_limit = 1
"""
    services = {
        "rcpt": "smtpd_recipient_restrictions = check_policy_service unix:@DIR@/policy",
        "rcptno": "smtputf8_enable = no\nsmtpd_recipient_restrictions = check_policy_service unix:@DIR@/policy",
        "data": "smtpd_data_restrictions = check_policy_service unix:@DIR@/policy",
        "end": "smtpd_end_of_data_restrictions = check_policy_service unix:@DIR@/policy",
        "client": "smtpd_delay_reject = no\nsmtpd_client_restrictions = check_policy_service unix:@DIR@/policy",
        "helo": "smtpd_delay_reject = no\nsmtpd_helo_restrictions = check_policy_service unix:@DIR@/policy",
        "sender": "smtpd_sender_restrictions = warn_if_reject check_policy_service unix:@DIR@/policy, check_policy_service unix:@DIR@/policy",
        "once": "smtpd_policy_service_try_limit = 1\nsmtpd_policy_service_retry_delay = 5\nsmtpd_policy_service_default_action = 450 4.3.9 none\n"
                "smtpd_recipient_restrictions = check_policy_service unix:@DIR@/policy",
        "soft": "soft_bounce = yes\nsmtpd_policy_service_request_limit = 1\n"
                "smtpd_recipient_restrictions = check_policy_service unix:@DIR@/policy",
        "reply": "smtpd_recipient_restrictions = check_policy_service { unix:@DIR@/policy, default_action=DUNNO, policy_context=x, try_limit=2 }, "
                 "check_policy_service unix:@DIR@/policy, reject",
    }

    def setup(self):
        self.policy = self.keep(ScriptedPolicy(self.path("policy")))

    def test_random(self):
        pick = self.pick(2)
        for number in range(100):
            service = pick.choice(sorted(self.services))
            replies = [pick.choice(REPLIES) for _ in range(pick.randint(1, 4))]
            self.policy.answers, self.policy.requests, self.policy.usual = list(replies), [], "action=DUNNO\n\n"
            lines = ["EHLO client.test", "MAIL FROM:<joe@good.test>" + pick.choice(["", "", " SMTPUTF8"]), "RCPT TO:<alice@example.test>"]
            if pick.random() < 0.3:
                lines.append("RCPT TO:<bob@good.test>")
            lines += ["BDAT 6 LAST\r\na: b\r\n".encode() if pick.random() < 0.5 else b"BDAT 2\r\n\r\n", "QUIT"]
            self.ask("%d %s %s %s" % (number, service, replies, lines), self.port[service], lines, self.heard)

    def heard(self):
        return [[self.scrub(re.sub(r"(instance|client_port|server_port)=.+", r"\1=x", line.decode("latin-1")))
                 for line in request if not re.match(rb"compatibility_level|mail_version|tls_sni", line)] for request in self.policy.requests]


# --------------------------------------------------------------------------------------------------------- logins

class RawDovecot(ScriptedDovecot):
    """Notes the lines as they come."""


class Logins(Front):
    timeout = 900
    main = TAIL + """smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = unix:@DIR@/auth
smtpd_sasl_security_options = noanonymous
"""
    services = {"usual": "", "limit": "smtpd_sasl_response_limit = 12288\nline_length_limit = 600", "off": "smtpd_sasl_mechanism_filter = plain",
                "no8": "smtputf8_enable = no", "anonymous": "smtpd_sasl_security_options ="}
    answers = ["OK\t@\tuser=joe\n"] * 4 + ["FAIL\t@\n", "FAIL\t@\treason=because of\n", 
               "CONT\t@\t\n", "CONT\t@\tVXNlcm5hbWU6\n", "CONT\t@\t====\n", "CONT\t@\tabc\n", "OK\t@\n", "OK\t@\tuser=j\xf6e\n",
               "OK\t@\tuser=a b\n", "OK\t@\tresp=abcd\tuser=joe\n", "OK\t@\tuser=joe\tresp=b2s=\n", 
               "FAIL\t@\tcode=authz_fail\n", "FAIL\t@\treason=two\x01nlines\n", "FAIL\t@\tauthz\n", "DROP", "FAIL\t@\tcode=user_disabled\treason=gone\n"]
    given = ["AGpvZQBzZWNyZXQ=", "AGpvZQBzZWNyZXQ", "AGpvZQBzZWNyZXQ==", "AGpvZQ", "AA", "A", "", "=", "==", "!!!", "AGpv ZQ", "*", " ", "dXNlcg==", "dXNlcg",
             "dXNlcg=", "dX=lcg==", "x" * 300, "AAAA" * 3072, "AAAA" * 3073, "A" * 20000, "\xe4", "AGpvZQBzZWNyZXQ=\t", "-", "_-__", "AGpvZQBzZWNyZXR=", "a" * 2048]

    def setup(self):
        self.dovecot = self.keep(RawDovecot(self.path("auth")))

    def test_random(self):
        pick = self.pick(3)
        for number in range(100):
            service = pick.choice(sorted(self.services))
            answers = [pick.choice(self.answers) for _ in range(pick.randint(1, 4))]
            self.dovecot.answers, self.dovecot.requests, self.dovecot.usual = [a for a in answers], [], "FAIL\t@\treason=usual\n"
            lines = ["EHLO client.test"]
            for _ in range(pick.randint(1, 3)):
                words = ["AUTH", pick.choice(["PLAIN", "LOGIN", "plain", "CRAM-MD5", "Login", "ANONYMOUS", "XPRIV", "NONE", "PLAIN,LOGIN", ""])]
                if pick.random() < 0.6:
                    words.append(pick.choice(self.given))
                if pick.random() < 0.05:
                    words.append("more")
                lines.append(" ".join(words))
            said = self.login(service, lines, [pick.choice(self.given) for _ in range(12)])
            self.record("%s %d %s %s %s" % (SEED, number, service, answers, [line[:80] for line in lines]), said)

    def login(self, service, lines, responses):
        since = self.inst.log_size()
        said = []
        c = self.inst.smtp(port=self.port[service], src="192.0.2.10", timeout=4)
        try:
            reply = c.greet()
            for line in lines + ["NOOP", "QUIT"]:
                c.send((line + "\r\n").encode("latin-1"))
                reply = c.reply()
                said.append(str(reply))
                while reply.code == 334:
                    answer = responses.pop(0) if responses else "*"
                    said.append(answer[:50])
                    c.send((answer + "\r\n").encode("latin-1"))
                    reply = c.reply()
                    said.append(str(reply))
        except OSError as failure:
            said.append("!" + type(failure).__name__)
        finally:
            c.close()
        self.after(since, [])
        heard = [["ID" if n == 1 else word for n, word in enumerate(words)] for words in self.dovecot.requests if words[0] in ("AUTH", "CONT")]
        return [[self.scrub(text) for text in said], self.lines(since), [[w for w in words if not re.match("lip=|rip=", w)] for words in heard]]


# --------------------------------------------------------------------------------------------------------- chunks

class Chunks(Front):
    timeout = 900
    main = TAIL + "mynetworks = 192.0.2.0/24 127.0.0.0/8\nmessage_size_limit = 4000\n"
    services = {"usual": "", "no": "smtpd_discard_ehlo_keywords = chunking", "reject": "smtpd_forbid_bare_newline = reject",
                "normal": "smtpd_forbid_bare_newline = normalize", "data": "smtpd_data_restrictions = check_sender_access inline:{{bad@x.test = REJECT}}",
                "end": "smtpd_end_of_data_restrictions = check_sender_access inline:{{bad@x.test = REJECT}, {hold@x.test = HOLD}}",
                "pipe": "smtpd_forbid_unauth_pipelining = yes", "small": "line_length_limit = 600"}
    pieces = [b"a: b\r\n\r\ntext\r\n", b"a: b\r\n", b"\r\n", b"x", b"", b".\r\n", b".\r\n.\r\n", b"a\nb\n", b"a\rb\r", b"\r", b"\n", b"\r\n.\r\nQUIT\r\n", b"z" * 1500,
              b"q" * 70 + b"\r\n", b"caf\xc3\xa9\r\n", b"\xff\r\n", b"a: \x00b\r\n", b"From x\r\n", b">From x\r\n", b"..\r\n", b"To: y\r\n\r\n", b"y" * 4100 + b"\r\n"]

    def test_random(self):
        pick = self.pick(4)
        for number in range(100):
            service = pick.choice(sorted(self.services))
            lines = [pick.choice(["EHLO", "EHLO", "EHLO", "HELO"]) + " client.test"]
            for _ in range(pick.choice([1, 1, 2])):
                if pick.random() < 0.95:
                    lines.append("MAIL FROM:<%s>%s" % (pick.choice(["joe@good.test", "bad@x.test", "hold@x.test", ""]),
                                                       pick.choice(["", "", " BODY=BINARYMIME", " BODY=8BITMIME", " SIZE=5000", " SMTPUTF8"])))
                if pick.random() < 0.95:
                    lines += ["RCPT TO:<alice@example.test>"] * pick.randint(1, 2)
                for _ in range(pick.randint(1, 4)):
                    piece = pick.choice(self.pieces)
                    word = pick.choice(["BDAT %d", "BDAT %d", "BDAT %d LAST", "bdat %d last", "BDAT  %d  LAST", "BDAT %d LAST x", "BDAT %d LAS", "BDAT 0%d", "BDAT +%d"])
                    lines.append((word % len(piece)).encode() + b"\r\n" + piece)
                    if pick.random() < 0.15:
                        lines.append(pick.choice(["NOOP", "RSET", "DATA", "MAIL FROM:<x@y.test>", "RCPT TO:<alice@example.test>", "BDAT", "BDAT x", "BDAT -1", "EHLO x.test",
                                                  "BDAT 99999999999999999999", "BDAT 0 LAST", "VRFY alice", "BDAT 5000000000", "FOO", "AUTH PLAIN", "STARTTLS"]))
                if pick.random() < 0.6:
                    lines.append("BDAT 0 LAST")
            lines.append("QUIT")
            self.ask("%d %s %s" % (number, service, lines), self.port[service], lines)


# ---------------------------------------------------------------------------------------------- XCLIENT and XFORWARD

class Proxied(Front):
    timeout = 900
    main = TAIL + "mynetworks = 192.0.2.0/24 127.0.0.0/8 198.51.100.0/24\nsmtpd_authorized_xclient_hosts = 192.0.2.0/24\n" \
                  "smtpd_authorized_xforward_hosts = 192.0.2.0/24\nsmtpd_peername_lookup = yes\n"
    services = {"usual": "", "restricted": "smtpd_client_restrictions = check_client_access inline:{{203.0.113.9 = REJECT}, {bad.test = REJECT}}\nsmtpd_delay_reject = no",
                "logins": "smtpd_sasl_auth_enable = no\nsmtpd_sender_restrictions = permit_sasl_authenticated, check_sasl_access inline:{joe=REJECT}",
                "no8": "smtputf8_enable = no", "helo": "smtpd_helo_required = yes"}
    names = ["NAME", "ADDR", "PORT", "PROTO", "HELO", "REVERSE_NAME", "LOGIN", "DESTADDR", "DESTPORT", "IDENT", "SOURCE", "FOO", "name", "Addr"]
    values = ["host.test", "203.0.113.9", "198.51.100.7", "2001:db8::9", "IPV6:2001:db8::9", "ipv6:2001:db8::9", "[UNAVAILABLE]", "[TEMPUNAVAIL]", "[unavailable]", "25", "0", "65536", "-1",
              "x", "", "ESMTP", "SMTP", "esmtp", "LMTP", "joe", "a+20b", "a+3Db", "a+", "a+zz", "+41", "caf+C3+A9", "caf\xc3\xa9", "\xff", "+FF", "a+00b", "a+0Ab", "LOCAL", "REMOTE", "local",
              "ABC123", "[203.0.113.9]", "bad..name", "-x", "x" * 300, "999.1.1.1", "1", "bad.test", "127.0.0.1", "::1", "IPV6:::1", "<x>", "a@b", "host_under.test", "tempfail"]

    def test_random(self):
        pick = self.pick(5)
        for number in range(100):
            service = pick.choice(sorted(self.services))
            lines = ["EHLO client.test"] if pick.random() < 0.8 else []
            for _ in range(pick.randint(1, 3)):
                words = [pick.choice(["XCLIENT", "XCLIENT", "XFORWARD", "xclient"])]
                for _ in range(pick.choice([0, 1, 1, 1, 2, 2, 3, 5])):
                    words.append(pick.choice(self.names) + pick.choice(["=", "=", "=", "=", "=", "=", "=", "", " = "]) + pick.choice(self.values))
                lines.append(" ".join(words))
                if pick.random() < 0.15:
                    lines.append(pick.choice(["HELO x.test", "EHLO y.test", "RSET", "MAIL FROM:<a@b.test>"]))
            if pick.random() < 0.6:
                lines.append("EHLO second.test")
            lines += ["MAIL FROM:<joe@good.test>", "RCPT TO:<alice@example.test>", b"BDAT 6 LAST\r\na: b\r\n", "QUIT"]
            self.ask("%d %s %s" % (number, service, lines), self.port[service], lines, src=pick.choice(["192.0.2.10"] * 6 + ["198.51.100.7"]))


# ------------------------------------------------------------------------------------------------------------- DSN

class Reports(Front):
    timeout = 900
    main = TAIL + "mynetworks = 192.0.2.0/24 127.0.0.0/8\nrecipient_delimiter = +\nvirtual_alias_maps = inline:{{v@example.test = one@example.test, two@far.test}}\n"
    services = {"usual": "", "no8": "smtputf8_enable = no", "strict8": "strict_smtputf8 = yes", "nodsn": "smtpd_discard_ehlo_keywords = dsn, smtputf8",
                "strict": "strict_rfc821_envelopes = yes"}
    xtexts = ["abc", "a+2Bb", "a+2bb", "a+b", "a+", "", "+", "a+3D", "a=b", "x" * 99, "x" * 101, "+00", "+0A", "+20", "caf\xc3\xa9", "\xff", "+C3+A9", "+FF", "a+2", "(c)", "<x>", "a\tb", "a;b"]
    types = ["rfc822;", "RFC822;", "utf-8;", "UTF-8;", "x400;", "", ";", "rfc822", " ;", "unknown;", "rfc822;;", "utf-8-addr-xtext;", "x-y;", "r+66c822;"]
    targets = ["a@b.test", "a+40b.test", "a+2Bx@b.test", "\\x{e9}@b.test", "\\x{110000}", "\\x{}", "\\x{41}", "a\\b", "caf\xc3\xa9@b.test", "\xff@b", "", "a+20b", "a b", "a+E9", "a+C3+A9@b.test", "x" * 500]
    addresses = ["alice@example.test", "v@example.test", "caf\xc3\xa9@example.test", "a@\xc3\xa9.test", "a@xn--9ca.test", "\xff@example.test", "a+b@example.test", "\"a b\"@example.test", "far@far.test"]

    def test_random(self):
        pick = self.pick(6)
        for number in range(100):
            service = pick.choice(sorted(self.services))
            lines = [pick.choice(["EHLO", "EHLO", "EHLO", "HELO"]) + " " + pick.choice(["client.test", "client.test", "caf\xc3\xa9.test", "\xff.test"])]
            options = []
            for _ in range(pick.choice([0, 1, 1, 2, 3])):
                options.append(pick.choice(["RET=FULL", "RET=HDRS", "ret=full", "RET=", "RET=x", "ENVID=" + pick.choice(self.xtexts), "ENVID=" + pick.choice(self.xtexts), "SMTPUTF8", "SMTPUTF8",
                                            "SMTPUTF8=", "smtputf8", "AUTH=" + pick.choice(self.xtexts + ["<>"]), "BODY=8BITMIME", "SIZE=" + pick.choice(["1", "0", "-1", "", "00001", "99999999", "1x"])]))
            lines.append(" ".join(["MAIL FROM:<%s>" % pick.choice(self.addresses + ["", "joe@good.test", "joe@good.test"])] + options))
            for _ in range(pick.randint(1, 3)):
                options = []
                for _ in range(pick.choice([0, 1, 1, 2])):
                    options.append(pick.choice(["NOTIFY=" + ",".join(pick.choice(["NEVER", "SUCCESS", "FAILURE", "DELAY", "never", "x", ""]) for _ in range(pick.randint(1, 3))),
                                                "ORCPT=" + pick.choice(self.types) + pick.choice(self.targets), "ORCPT=" + pick.choice(self.types[:4]) + pick.choice(self.targets),
                                                "ORCPT=" + pick.choice(self.types[:4]) + pick.choice(self.targets), "orcpt=rfc822;x@y"]))
                lines.append(" ".join(["RCPT TO:<%s>" % pick.choice(self.addresses)] + options))
            head = pick.choice([b"a: b\r\n\r\n", b"Subject: caf\xc3\xa9\r\n\r\n", b"From: \xff\r\n\r\n", b"To: caf\xc3\xa9@example.test\r\n\r\n", b"\r\nbody caf\xc3\xa9\r\n"])
            lines += [b"BDAT %d LAST\r\n" % len(head) + head, "VRFY " + pick.choice(self.addresses) + pick.choice(["", " SMTPUTF8", " x"]), "QUIT"]
            self.ask("%d %s %s" % (number, service, lines), self.port[service], lines)
