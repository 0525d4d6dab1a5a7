"""Random settings of postscreen, and random clients that visit it, some of them several times."""
import os
import random
import re
import socket
import threading
import time

from harness import client_tls
from recorder import Recorder

SEED = int(os.environ.get("DIFFERENTIAL_SEED", "1"))
SCREENS, CLIENTS, AT_ONCE = 16, 24, 24
ACTIONS = ["ignore", "enforce", "drop"]
FILES = {"acl": "192.0.2.0/29 permit\n192.0.2.16/29 reject\n198.51.100.0/28 dunno\n203.0.113.5 bogus\n203.0.113.0/28 reject\n",
         "filter": "/^PING$/ NOOP\n/^SAY (.*)/ VRFY $1\n/^GET/ HELP\n/^X(.*)/ $1\n/^EMPTY/ \n",
         "footers": "/^450/ mapped $client_address\n/^502 (.*)/ \\c; was $1\n/^521/ gone\\nfor good\n"}
ZONES = [("bl.test", "127.0.0.2"), ("bl2.test", "127.0.0.5"), ("bl2.test", "127.0.1.7"), ("wl.test", "127.0.0.1"), ("val.test", "127.0.0.4")]
EARLY = [b"EHLO early\r\n", b"EHLO early\n", b"GET / HTTP/1.0\r\n\r\n", b"\r\n", b"HELO a\r\nMAIL FROM:<a@b.test>\r\n", b"\x16\x03\x01\x02", b"NOOP", b"\x00\xff\\\"\t%s\x7f\r\n",
         b"EHLO " + b"x" * 300 + b"\r\n", b"QUIT\r\n"]
LINES = ["EHLO c.test", "EHLO c.test", "EHLO c.test", "HELO c.test", "MAIL FROM:<x@good.test>", "MAIL FROM:<x@good.test>", "MAIL FROM:<>", "RCPT TO:<alice@example.test>",
         "RCPT TO:<alice@example.test>", "RCPT TO:<alice@example.test>", "RCPT TO:<b@c.test>", "RSET", "NOOP", "NOOP x y", "VRFY alice", "VRFY", "ETRN example.test", "ETRN", "HELP", "EXPN x", "AUTH PLAIN",
         "STARTTLS", "STARTTLS x", "XCLIENT NAME=x", "DATA", "DATA x", "BDAT 4", "BDAT", "BDAT 4 LAST", "QUIT", "QUIT x", "GET / HTTP/1.0", "POST /x", "CONNECT a:25 HTTP/1.0", "Subject: x",
         "X-Y : z", "Foo:", ": x", "Subject:x", "foo", "FOO bar baz", "", " ", "  noop", "\tNOOP", "mail from:<a b>", "MAIL FROM:a@b.test junk", "MAIL FROM <a@b.test>", "MAIL FROM:",
         "RCPT TO:", "RCPT TO", "RCPT TO:<a@b> <c>", "RCPT TO:<\"q r\"@c.test>", "RCPT TO:<@a.test:b@c.test>", "RCPT FROM:<a@b.test>", "MAIL TO:<a@b.test>", "HELO", "EHLO", "EHLO  two words",
         "EHLO <x>", "HELO \xe9.test", "MAIL FROM:<\xe9@b.test>", "NOOP\x00x", "PING", "SAY hi", "XNOOP", "EMPTY", "RCPT TO:<%s@example.test>", "BDATA", "MAILFROM:<a@b.test>",
         "RCPT TO:<" + "r" * 200 + "@c.test>", "N" * 3000, "DATA\t", "RSET x", "quit", "MAIL FROM:<x@good.test> SIZE=1 BODY=8BITMIME SMTPUTF8", "RCPT TO:<a@b.test", "RCPT TO:a@b.test>",
         "MAIL  FROM:<a@b.test>", "MAIL FROM: <a@b.test>", "MAIL FROM :<a@b.test>", "RCPT TO:<>", "RCPT TO:<alice>", "RCPT TO:alice", "RCPT TO:(c) <d@e.test>", "RCPT TO:<a\\b@c.test>"]
SWITCHES = {"pipelining_enable": "yes", "non_smtp_command_enable": "yes", "bare_newline_enable": "yes"}


def some_settings(pick):
    lines = []

    def maybe(chance, name, values):
        if pick.random() < chance:
            lines.append("%s=%s" % (name, pick.choice(values)))
    for name in ("greet_action", "dnsbl_action", "blacklist_action", "pipelining_action", "non_smtp_command_action", "bare_newline_action"):
        maybe(0.7, "postscreen_" + name, ACTIONS)
    for name in ("pipelining_enable", "non_smtp_command_enable", "bare_newline_enable"):
        maybe(0.55, "postscreen_" + name, ["yes"])
    maybe(0.7, "postscreen_dnsbl_sites", ["bl.test", "bl.test*2, bl2.test, wl.test*-2", "val.test=127.0.0.[4..6]*3 bl2.test=127.0.1.7", "bl2.test=127.0.0.5*-1, bl2.test=127.0.1.7*3",
                                          "wl.test*-5, bl.test*4, BL.test*2", "bl.test*0 bl2.test", "wl.test*-1"])
    maybe(0.4, "postscreen_dnsbl_threshold", ["1", "2", "3", "7"])
    maybe(0.3, "postscreen_dnsbl_whitelist_threshold", ["-1", "-2", "0"])
    maybe(0.2, "postscreen_dnsbl_reply_map", ["inline:{bl.test=shown.example}", "inline:{bl.test=one.example, bl2.test=two.example}", "regexp:{{/^bl/ by.$0}}"])
    maybe(0.2, "postscreen_greet_banner", ["", "welcome", "$myhostname $mail_name"])
    maybe(0.5, "postscreen_access_list", ["cidr:@ETC@/acl", "cidr:@ETC@/acl, reject", "cidr:@ETC@/acl permit", "permit_mynetworks, reject", "!192.0.2.1, reject", "inline:{{192.0.2.30=permit},{192.0.2.31=reject},{192.0.2.32=dunno}}",
                                          "static:reject", "permit", "dunno, reject", "cidr:{{192.0.2.0/28 reject}}, permit", "nonsense reject"])
    maybe(0.15, "postscreen_whitelist_interfaces", ["!192.0.2.254, static:all", "192.0.2.254", "192.0.2.253", ""])
    maybe(0.2, "respectful_logging", ["no", "yes"])
    maybe(0.15, "soft_bounce", ["yes"])
    maybe(0.2, "postscreen_disable_vrfy_command", ["yes"])
    maybe(0.2, "postscreen_helo_required", ["yes"])
    maybe(0.2, "postscreen_command_count_limit", ["1", "2", "4"])
    maybe(0.2, "postscreen_forbidden_commands", ["foo, bar", "", "noop", "help, quit", "!foo, static:all"])
    maybe(0.2, "postscreen_command_filter", ["pcre:@ETC@/filter"])
    maybe(0.2, "postscreen_reject_footer", ["plain", "\\c joined to $client_address:$server_port", "one\\ntwo", "$server_name ${client_name} $$"])
    maybe(0.2, "postscreen_reject_footer_maps", ["pcre:@ETC@/footers"])
    maybe(0.2, "postscreen_discard_ehlo_keywords", ["dsn, etrn", "chunking, silent-discard", "starttls", "vrfy, size, 8bitmime, enhancedstatuscodes, smtputf8"])
    maybe(0.2, "postscreen_discard_ehlo_keyword_address_maps", ["cidr:{{192.0.2.0/24 dsn}}", "cidr:{{198.51.100.0/24 etrn silent-discard}}", "static:starttls"])
    maybe(0.35, "postscreen_tls_security_level", ["may", "encrypt", "may", "none"])
    maybe(0.15, "smtputf8_enable", ["no"])
    maybe(0.1, "info_log_address_format", ["internal"])
    maybe(0.15, "message_size_limit", ["0", "1000"])
    maybe(0.1, "line_length_limit", ["100"])
    maybe(0.15, "postscreen_upstream_proxy_protocol", ["haproxy"])
    return lines


def some_visit(pick, proxied, address):
    """Steps: (bytes, how many replies are waited for), or "tls"."""
    steps = []
    head = b""
    if proxied:
        head = pick.choice([b"PROXY TCP4 %s 192.0.2.254 4444 25\r\n"] * 8 + [b"PROXY TCP4 %s 192.0.2.254 0 25\r\n", b"PROXY TCP6 %s 192.0.2.254 1 25\r\n", b"HELLO %s\r\n"]) % address.encode()
    early = pick.random() < 0.2
    steps.append((head + (pick.choice(EARLY) if early else b""), 2 if early else 1))
    if pick.random() < 0.08:
        return steps
    usual = pick.random() < 0.4
    given = ["EHLO c.test", "MAIL FROM:<x@good.test>", "RCPT TO:<alice@example.test>"]
    given += [] if pick.random() < 0.5 else [pick.choice(LINES)]
    lines = given + ["QUIT"] if usual else [pick.choice(LINES) for _ in range(pick.randint(1, 9))]
    while lines:
        several = pick.choice([1, 1, 1, 1, 1, 1, 1, 1, 2, 3])
        group, lines = lines[:several], lines[several:]
        text = "".join(line + pick.choice(["\r\n"] * 14 + ["\n"]) for line in group)
        steps.append((text.encode("latin-1"), len(group)))
        if group[-1] == "STARTTLS":
            steps.append(("tls", 0))
    return steps


class Screens(Recorder):
    area = "random"
    timeout = 900
    cost = 90
    files = FILES

    def open(self):
        pick = random.Random("%s screens" % SEED)
        self.settings = [some_settings(pick) for _ in range(SCREENS)]
        self.master = "smtpd pass - - n - - smtpd\ntlsproxy unix - - n - 0 tlsproxy\ndnsblog unix - - n - 0 dnsblog\n"
        for number, lines in enumerate(self.settings):
            self.master += "192.0.2.254:%d inet n - n - 1 postscreen\n    -o { postscreen_cache_map=btree:$data_directory/ps_%d }\n" % (2600 + number, number)
            self.master += "".join("    -o { %s }\n" % line.replace("$$", "$$$$") for line in lines)
        self.addresses = ["192.0.2.%d" % n for n in range(1, 60)] + ["198.51.100.%d" % n for n in range(1, 40)] + ["203.0.113.%d" % n for n in range(1, 40)]
        self.dns = ""
        for address in self.addresses:
            for zone, answer in ZONES:
                if pick.random() < 0.15:
                    self.dns += "%s.%s A %s\n" % (".".join(reversed(address.split("."))), zone, answer)
        self.main = """mail_name = Postfix
postscreen_greet_wait = 1s
postscreen_access_list =
smtpd_peername_lookup = no
smtpd_forbid_unauth_pipelining = no
smtpd_forbid_bare_newline = no
smtpd_client_connection_count_limit = 0
postscreen_client_connection_count_limit = 0
smtpd_error_sleep_time = 0
smtpd_tls_chain_files = @TLS@/server.pem
smtpd_tls_security_level = may
mynetworks = 198.51.100.0/27
compatibility_level = 3.6
"""
        super().open()

    def visit(self, port, source, steps):
        said = []
        c = None
        try:
            c = self.inst.smtp(port, source, host="192.0.2.254", timeout=5)
            c.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for step, (text, replies) in enumerate(steps):
                if text == "tls":
                    if said[-1].startswith("220 2.0.0 Ready"):
                        c.wrap(client_tls())
                        said.append("(tls)")
                    continue
                if text:
                    c.send(text)
                c.sock.settimeout(4 if step else 5)
                for _ in range(replies):
                    reply = c.reply()
                    said.append(str(reply))
                    if reply.eof:
                        return said
            if steps[-1][0].lower().startswith(b"quit"):
                said.append(str(c.reply()))
        except OSError as failure:
            # Whether input that nobody read makes the end an error is a matter of timing.
            said.append("connection closed" if isinstance(failure, ConnectionError) else "!" + type(failure).__name__)
        finally:
            if c:
                c.close()
        return said

    def one(self, port, source, visits, answers):
        for steps in visits:
            answers.append(self.visit(port, source, steps))
            time.sleep(0.3)

    def lines_of(self, text, address):
        mine, lists = [], []
        for line in text.splitlines():
            m = re.search(r"/postscreen\[\d+\]: (.*)|/dnsblog\[\d+\]: (.*)", line)
            if not m:
                continue
            said = m[1] or m[2]
            if re.match(r"addr %s listed" % re.escape(address), said):
                lists.append(said)
            elif "[%s]" % address in said:
                said = re.sub(r"(\[%s\]):?\d+" % re.escape(address), r"\1:PORT", said)
                mine.append(re.sub(r"after (\d+(\.\d+)?) from", "after TIME from", said))
        return mine, sorted(set(lists))

    def test_random(self):
        pick = random.Random("%s clients" % SEED)
        for number, settings in enumerate(self.settings):
            proxied = any("haproxy" in line for line in settings)
            chosen = pick.sample(self.addresses, CLIENTS)
            jobs = [(address, [some_visit(pick, proxied, address) for _ in range(pick.choice([1, 1, 2, 3]))], []) for address in chosen]
            since = self.inst.log_size()
            waiting = list(jobs)
            lock = threading.Lock()

            def work():
                while True:
                    with lock:
                        if not waiting:
                            return
                        address, visits, answers = waiting.pop(0)
                    self.one(2600 + number, "192.0.2.200" if proxied else address, visits, answers)
            threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            time.sleep(0.5)
            text = self.inst.log_text(since)
            for address, visits, answers in jobs:
                told, lists = self.lines_of(text, address)
                self.record("%s %s %s %s" % (SEED, settings, address, visits),
                            [[self.tidy(text) for text in visit] for visit in answers] + [told, lists])

    def tidy(self, text):
        return re.sub(r"postfix \(?3\.\d+\.\d+", "postfix", self.clean(text))
