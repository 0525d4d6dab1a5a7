"""Random next hops: what the SMTP and LMTP clients say to servers that refuse, babble and hang up, and what becomes of
the mail: status lines, transcripts to the postmaster, reports to the sender (run --seed N)."""
import os
import random
import re
import socket
import threading
import time

from harness import Server
from recorder import Recorder

SEED = int(os.environ.get("DIFFERENTIAL_SEED", "1"))
TRIALS = int(os.environ.get("DIFFERENTIAL_TRIALS", "48"))
FIRST_PORT = 3000
BATCH = 12

TEXTS = ["ok", "no such user here", "try again later", "mailbox full", "5.1.1 gone", "4.2.2 over quota", "2.0.0 fine", "5.7.1  two  spaces",
         "4.7.0 <u1@far.test>: greylisted", "", "5.9.99 odd detail", "5.1000.1 long", "x5.1.1 glued", "5.1.1", "2.1.5", "text\twith tab",
         "see http://x.test/?a=b&c", "w\u00f6rter \u20ac", "quo\"te \\ back", "<angle> (paren) {brace}", "%s %d $x", "y" * 300,
         "long words " * 40, "trailing  ", "-dash first", "= equals; semi", "bell \x07 esc \x1b[0m del \x7f", "5.1.1 (in parentheses)",
         "3.3.3 what class", "5.1 short", "4.4.4.4 four"]
GOOD = {"CONNECT": "220", "EHLO": "250", "HELO": "250", "LHLO": "250", "XFORWARD": "250", "MAIL": "250", "RCPT": "250", "DATA": "354",
        "DOT": "250", "RSET": "250", "QUIT": "221"}
SOFT = ["450", "451", "452", "421", "454", "499", "432"]
HARD = ["550", "551", "552", "553", "554", "500", "501", "502", "503", "521", "555", "556", "530", "599"]
ODD = ["100", "199", "200", "251", "252", "299", "300", "334", "354", "399", "600", "999", "000", "221", "220"]


def plain(pick, code):
    text = pick.choice(TEXTS)
    if pick.random() < 0.6:
        text = code[0] + pick.choice([".0.0 ", ".1.1 ", ".7.1 ", ".2.2 ", ".4.7 "]) + text
    return text


def reply(pick, code):
    """bytes of an answer with this code, more or less well formed"""
    shape = pick.random()
    if shape < 0.55:
        return "%s %s\r\n" % (code, plain(pick, code))
    if shape < 0.75:
        return "".join("%s%s%s\r\n" % (code, "-" if i else " ", plain(pick, code)) for i in range(pick.randint(1, 3), -1, -1))
    return pick.choice([
        "%(c)s\r\n", "%(c)s \r\n", "%(c)s-%(t)s\r\n%(c)s\r\n", "%(c)s %(t)s\n", "%(c)s%(t)s\r\n%(c)s %(t)s\r\n", "%(t)s\r\n%(c)s %(t)s\r\n",
        "\r\n%(c)s %(t)s\r\n", "250-%(t)s\r\n%(c)s %(t)s\r\n", "550-%(t)s\r\n%(c)s last\r\n", "%(c)s-\r\n%(c)s-\r\n%(c)s end\r\n",
        "%(c)s\t%(t)s\r\n", "%(c)s  %(t)s\r\n", "%(c)s-%(t)s\r\n\r\n%(c)s %(t)s\r\n", "%(c)s %(t)s\0nul\r\n", "%(c)s %(t)s\rcr\r\n",
        "%(c)s-4.1.1 %(t)s\r\n%(c)s 5.2.2 %(t)s\r\n", "%(c)s-5.1.1 %(t)s\r\n%(c)s-%(t)s\r\n%(c)s 5.1.1 %(t)s\r\n"]) % {
            "c": code, "t": plain(pick, code)}


def answer(pick, stage, badness):
    """None (the usual answer), ("say", text), ("say-close", text) or ("close",)"""
    if pick.random() > badness:
        return None
    kind = pick.random()
    if kind < 0.1:
        return ("close",)
    if kind < 0.13:
        return ("say-close", pick.choice(["%s-half\r\n" % GOOD[stage], "45", "250 no line end", ""]))
    if kind < 0.2:
        return ("say-close", reply(pick, pick.choice(["421", "421", "451", "550", GOOD[stage]])))
    code = pick.choice(SOFT) if kind < 0.45 else pick.choice(HARD) if kind < 0.8 else pick.choice(ODD) if kind < 0.88 else GOOD[stage]
    return ("say", reply(pick, code))


CAPS = ["SIZE", "SIZE 20000000", "SIZE 0", "SIZE 300", "SIZE abc", "SIZE 99999999999999999999", "8BITMIME", "8bitmime", "DSN", "dsn",
        "ENHANCEDSTATUSCODES", "SMTPUTF8", "CHUNKING", "BINARYMIME", "XFORWARD NAME ADDR PROTO HELO SOURCE PORT IDENT",
        "XFORWARD NAME", "PIPELINING", "pipelining", "PIPELINING x", "AUTH PLAIN LOGIN", "AUTH=LOGIN", "HELP", "ETRN", "X-UNKNOWN a b",
        "REQUIRETLS", "VRFY", "8BITMIME DSN", "SMTPUTF8 DSN", ""]
USUAL = ["PIPELINING", "SIZE 20000000", "8BITMIME", "DSN", "ENHANCEDSTATUSCODES", "SMTPUTF8"]
OPTIONS = ["always_send_ehlo=no", "never_send_ehlo=yes", "discard_ehlo_keywords=pipelining", "discard_ehlo_keywords=dsn,size",
           "quote_rfc821_envelope=no", "skip_5xx_greeting=no", "skip_quit_response=no", "send_xforward_command=yes",
           "helo_name=other.test", "line_length_limit=600", "line_length_limit=0", "generic_maps=inline:{b=new@gen.test,@far.test=@near.test}",
           "header_checks=regexp:{{/^Subject: (.*)/ REPLACE Subject: re $$1}, {/^X-Drop/ IGNORE}}", "body_checks=regexp:{{/secret/ REPLACE public}}",
           "reply_filter=regexp:{{/^450 (.*)/ 550 $$1}, {/^([0-9]+)-(.*)/ $$1-filtered $$2}}",
           "delivery_status_filter=regexp:{{/^4(.*)/ 5$$1}, {/^5.1.1 (.*)/ 4.1.1 soft $$1}}", "mx_session_limit=1", "mx_address_limit=1",
           "send_dummy_mail_auth=yes", "destination_recipient_limit=2", "connection_cache_on_demand=no"]
SMTP_ONLY = {"always_send_ehlo=no", "never_send_ehlo=yes"}
COMMON = ["disable_mime_output_conversion=yes", "soft_bounce=yes", "notify_classes=protocol", "notify_classes=protocol,resource,bounce",
          "best_mx_transport=local", "helpful_warnings=no", "lmtp_assume_final=yes"]
SENDERS = ["b%d@back.test"] * 6 + ["\"b %d\"@back.test", "b%d@B\u00e4ck.test", ""]
LOCALS = ["u1", "u2", "Mixed.Case", "\"q q\"", "a+ext", "\u00fcser", "x" * 64, "o'neil", "\"a\\\"b\"", "postmaster"]
BODIES = ["hello\n", ".dot\n..two\n.\n", "w\u00f6rt 8bit\n", "secret\n", "z" * 1200 + "\n", "a\n" * 30, "", "x " * 600 + "\n", "no end", "tab\t \n\x0cff\n"]
HEADS = ["Subject: test\n", "Subject: w\u00f6rt\n", "X-Drop: 1\nSubject: s\n", "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\nMIME-Version: 1.0\n",
         "Content-Type: multipart/mixed; boundary=b\nMIME-Version: 1.0\n", "Subject: " + "long " * 300 + "\n", "To: u1@far.test, b@far.test\nCc: <u2@far.test>\n", ""]
MAIL_PARAMS = ["RET=FULL", "RET=HDRS", "ENVID=env+2Bid", "ENVID=QQ314159"]
NOTIFY = ["NOTIFY=SUCCESS", "NOTIFY=NEVER", "NOTIFY=FAILURE", "NOTIFY=SUCCESS,FAILURE,DELAY", "NOTIFY=DELAY"]
ORCPT = ["ORCPT=rfc822;orig@first.test", "ORCPT=rfc822;a+2Bb@first.test", "ORCPT=utf-8;\u00fc@first.test", "ORCPT=utf-8;\\x{FC}@first.test",
         "ORCPT=x400;odd+3Dtype", "ORCPT=rfc822;+C3+BC@first.test"]


def make_trial(pick, number):
    agent = "lmtp" if pick.random() < 0.35 else "smtp"
    t = {"agent": agent, "number": number}
    options = [agent + "_" + o for o in pick.sample(OPTIONS, pick.choice([0, 0, 1, 1, 2, 3])) if agent == "smtp" or o not in SMTP_ONLY]
    t["limit"] = any("recipient_limit" in o for o in options)
    options = [o for o in options if "recipient_limit" not in o]
    options += pick.sample(COMMON, pick.choice([0, 0, 1, 1, 2]))
    t["options"] = options
    t["hops"] = pick.choice([1, 1, 2])
    t["fallback"] = pick.random() < 0.15
    t["caps"] = [pick.sample(CAPS, pick.randint(0, 8)) if pick.random() < 0.5 else [c for c in USUAL if pick.random() < 0.85] for _ in range(3)]
    t["scripts"] = []
    for _ in range(3):
        badness = pick.choice([0, 0.03, 0.1, 0.2, 0.4])
        sessions = []
        for _ in range(4):
            sessions.append({stage: [answer(pick, stage, badness) for _ in range(6)] for stage in GOOD})
        t["scripts"].append(sessions)
    sender = pick.choice(SENDERS)
    t["sender"] = sender % number if "%" in sender else sender
    rcpts = pick.sample(LOCALS, pick.choice([1, 1, 2, 3, 5]))
    t["rcpts"] = []
    for local in rcpts:
        domain = pick.choice(["far.test"] * 5 + ["F\u00e4r.test".lower()] + ["FAR.test"])
        words = ([pick.choice(NOTIFY)] if pick.random() < 0.35 else []) + ([pick.choice(ORCPT)] if pick.random() < 0.3 else [])
        t["rcpts"].append((local + "@t%d." % number + domain, words))
    t["mail"] = [w for w in pick.sample(MAIL_PARAMS, 1) if pick.random() < 0.3]
    t["utf8"] = any(ord(c) > 127 for c in t["sender"] + repr([r for r, w in t["rcpts"]]) + repr([w for r, w in t["rcpts"]]))
    if t["utf8"] or pick.random() < 0.1:
        t["mail"].append("SMTPUTF8")
    body = pick.choice(BODIES)
    head = pick.choice(HEADS)
    t["content"] = head + "\n" + body
    if any(ord(c) > 127 for c in t["content"]) and pick.random() < 0.8:
        t["mail"].append("BODY=8BITMIME")
    return t


class Hop(Server):
    """Plays one script of a trial and keeps what it was told."""

    def __init__(self, address, caps, scripts, lmtp):
        self.caps, self.scripts, self.lmtp = caps, scripts, lmtp
        self.seen = []
        super().__init__(address)

    def serve(self, conn, peer):
        conn.settimeout(30)
        lines = []
        script = self.scripts[len(self.seen)] if len(self.seen) < len(self.scripts) else {}
        self.seen.append(lines)
        stream = conn.makefile("rb")
        used = {}

        def play(stage, usual):
            """what was said in the end, None after hanging up"""
            n = used.get(stage, 0)
            used[stage] = n + 1
            how = script[stage][n] if script and n < len(script[stage]) else None
            how = how or ("say", usual)
            text = how[1] if len(how) > 1 else ""
            conn.sendall(text.encode("utf-8", "surrogateescape"))
            if how[0] == "say":
                return text
            conn.shutdown(socket.SHUT_WR)
            while stream.read(65536):
                pass
            return None

        if play("CONNECT", "220 hop.test ESMTP\r\n") is None:
            return
        rcpts = 0
        while line := stream.readline():
            text = line.decode("utf-8", "backslashreplace").rstrip("\r\n")
            lines.append(text)
            verb = text.split(" ")[0].upper()
            if verb in ("EHLO", "LHLO"):
                names = ["hop.test"] + self.caps
                usual = "".join("250%s%s\r\n" % ("-" if i < len(names) - 1 else " ", n) for i, n in enumerate(names))
            else:
                usual = {"DATA": "354 go ahead\r\n", "QUIT": "221 2.0.0 bye\r\n"}.get(verb, "250 2.0.0 ok\r\n")
            said = play(verb if verb in GOOD else "RSET", usual)
            if said is None:
                return
            if verb == "MAIL":
                rcpts = 0
            last = re.findall(r"^(\d\d\d)(?: |\r?$|\t|(?=[^\d-]))", said, re.M)
            if verb == "RCPT" and last and last[-1][0] == "2":
                rcpts += 1
            if verb == "QUIT":
                return
            if verb == "DATA" and last and last[-1][0] == "3":
                data = []
                while (line := stream.readline()) not in (b".\r\n", b""):
                    data.append(line.decode("utf-8", "backslashreplace").replace("\r\n", "\n"))
                lines.append("".join(data) + ("." if line else "(end)"))
                for _ in range(rcpts if self.lmtp else 1):
                    if play("DOT", "250 2.0.0 stored\r\n") is None:
                        return


class WayOut(Recorder):
    area = "random"
    cost = 60
    timeout = 900
    trials = [make_trial(random.Random(SEED * 32452843 + n), n) for n in range(TRIALS)]
    lifetime = ""
    main = """
mail_name = Postfix
enable_long_queue_ids = yes
relayhost = [127.0.0.1]:2525
mydestination =
local_recipient_maps =
transport_maps = @DB@:$config_directory/transport
smtpd_relay_restrictions = permit_mynetworks, reject
minimal_backoff_time = 1000s
default_destination_concurrency_limit = 1
smtp_connection_cache_on_demand = no
lmtp_connection_cache_on_demand = no
smtp_tls_security_level = none
lmtp_tls_security_level = none
smtp_pix_workarounds =
smtp_connect_timeout = 5s
"""

    def prepare(self):
        waits = ["connect", "helo", "mail", "rcpt", "data_init", "data_xfer", "data_done", "rset", "quit", "xforward"]
        lines, routes = "", ""
        for t in self.trials:
            n = t["number"]
            made = ["%s_%s_timeout=6s" % (t["agent"], w if w != "helo" or t["agent"] == "smtp" else "lhlo") for w in waits] + t["options"]
            made += ["error_notice_recipient=pm%d@back.test" % n, "bounce_notice_recipient=pm%d@back.test" % n]
            if t["fallback"]:
                made.append("%s_fallback_relay=[127.0.0.1]:%d" % (t["agent"], self.port_of(n, 2)))
            lines += "t%d unix - - n - - %s\n%s" % (n, t["agent"], "".join("    -o {%s}\n" % o.replace("=", " = ", 1) for o in made))
            there = ", ".join("[127.0.0.1]:%d" % self.port_of(n, h) for h in range(t["hops"]))
            routes += "".join("t%d.%s t%d:%s\n" % (n, d, n, there) for d in ("far.test", "f\u00e4r.test"))
            if t["limit"]:
                self.main += "t%d_destination_recipient_limit = 2\n" % n
        self.master = lines
        self.main += self.lifetime
        self.maps = {"transport": routes}

    @staticmethod
    def port_of(number, hop):
        return FIRST_PORT + number * 4 + hop

    def test_trials(self):
        for start in range(0, len(self.trials), BATCH):
            self.play(self.trials[start:start + BATCH])

    def play(self, trials):
        hops, ids = {}, {}
        since = self.inst.log_size()
        self.sink.reset()
        for t in trials:
            n = t["number"]
            hops[n] = [Hop(("127.0.0.1", self.port_of(n, h)), t["caps"][h], t["scripts"][h], t["agent"] == "lmtp")
                       for h in range(3)]
            ids[n] = self.submit(t)
        self.settle()
        log = self.inst.log_text(since).splitlines()
        self.ids = sorted(set(re.findall(r"\]: ([0-9A-Za-z]{10,}): ", "\n".join(log)))) or ["no id"]
        for t in trials:
            n = t["number"]
            question = "%s %s" % (SEED, {k: t[k] for k in ("number", "agent", "options", "limit", "sender", "mail", "rcpts")})
            self.record(question + " sessions", [[self.tidy("\n".join(s)) for s in hop.seen] for hop in hops[n]])
            self.record(question + " log", self.lines(log, n, ids[n]))
            self.record(question + " reports", self.reports(n))
            for hop in hops[n]:
                hop.close()
        self.inst.purge()

    def submit(self, t):
        c = self.inst.smtp(timeout=10)
        try:
            c.greet()
            c.cmd("EHLO client.test")
            said = [str(c.cmd("MAIL FROM:<%s>%s" % (t["sender"], "".join(" " + w for w in t["mail"]))))]
            for rcpt, words in t["rcpts"]:
                said.append(str(c.cmd("RCPT TO:<%s>%s" % (rcpt, "".join(" " + w for w in words)))))
            r = c.cmd("DATA")
            if r.code != 354:
                return "not accepted: %s" % said
            r = c.content("Message-Id: <m@client.test>\nDate: Mon, 1 Jan 2024 00:00:00 +0000\nFrom: <b@far.test>\n" + t["content"])
            found = re.search(r"queued as (\w+)", str(r))
            return found.group(1) if found else "not accepted: %s" % r
        finally:
            c.close()

    def settle(self):
        """until nothing is in motion any more"""
        quiet, end = 0, time.time() + 90
        while quiet < 5 and time.time() < end:
            busy = any(files for name in ("incoming", "active", "maildrop")
                       for _, _, files in os.walk(os.path.join(self.inst.queue_dir, name)))
            quiet = 0 if busy else quiet + 1
            time.sleep(0.1)

    def tidy(self, text):
        text = re.sub("|".join(self.ids), "QID", text)
        text = re.sub(r"(?s)(This is the mail system at host mx.example.test).*?\n {15,}(The mail system)", r"\1...\2", text)
        text = re.sub(r"\w{3}, [ \d]?\d \w{3} 20(?!24)\d\d [\d:]+ \+0000 \(UTC\)", "DATE", text)
        text = re.sub(r"QID\.\d+/mx", "QID.N/mx", text)
        text = re.sub(r"<\d{14}\.QID@", "<ID@", text)
        text = re.sub(r"SIZE=\d+|IDENT=\w+|PORT=\d+", lambda m: m.group().split("=")[0] + "=N", text)
        return re.sub(r"process id \d+|pid \d+", "pid N", text)

    def lines(self, log, n, qid):
        if " " in qid:
            return qid
        mine = re.compile(r"%s|127\.0\.0\.1\]?:(%s)\b|\bt%d\." % (qid, "|".join(str(self.port_of(n, h)) for h in range(3)), n))
        found = []
        for line in log:
            m = re.search(r" postfix/(?:\S+/)?(smtp|lmtp|error|bounce|qmgr|local|cleanup|trivial-rewrite)\[\d+\]: (.*)$", line)
            if not m or not mine.search(line):
                continue
            text = re.sub(r"delay=[\d.]+, delays=[\d./]+, ", "", m.group(2))
            if m.group(1) == "qmgr" and "from=<" in text and "nrcpt" in text:
                continue
            if m.group(1) == "cleanup" and "message-id=" in text:
                continue
            found.append(m.group(1) + ": " + self.tidy(re.sub(r"message size \d+", "message size N", text)))
        return found

    def reports(self, n):
        found = []
        for m in list(self.sink.messages):
            if any(re.match(r'"?(b ?|b\u00fc|pm)%d"?@' % n, r) for r in m.rcpts):
                found.append(self.tidy("%s %s %s %s\n%s" % (m.sender, m.sender_params, m.rcpts, m.rcpt_params, m.text)))
        return sorted(found)


class WayOutLast(WayOut):
    """Every attempt is the last one."""
    lifetime = "maximal_queue_lifetime = 0\nbounce_queue_lifetime = 0\n"
    trials = [make_trial(random.Random(SEED * 49979687 + n), n) for n in range(TRIALS)]
