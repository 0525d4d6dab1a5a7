"""Random postscreen services and clients: early talk, DNSBL answers, deep tests, caches, access lists, proxies, STARTTLS."""
import os
import random
import re
import socket
import ssl
import threading
import time

from harness import client_tls
from recorder import Recorder

SEED = int(os.environ.get("DIFFERENTIAL_SEED", "1"))
SERVICES = 16
CLIENTS = 20          # of each service, all at once
OTHERS = """
smtpd pass - - n - - smtpd
    -o smtpd_recipient_restrictions=reject -o smtpd_peername_lookup=no -o smtpd_tls_security_level=none
tlsproxy unix - - n - 0 tlsproxy
dnsblog unix - - n - 0 dnsblog
"""
ACTIONS = ["ignore", "enforce", "enforce", "drop"]
DEEP = ("pipelining", "non_smtp_command", "bare_newline")
ACCESS = ["", "", "", "permit_mynetworks", "inline:{{%(one)s=permit},{%(two)s=reject},{%(three)s=dunno}}", "cidr:@ETC@/acl, reject", "permit_mynetworks, static:bogus",
          "static:dunno, reject", "inline:{%(one)s=reject}", "dunno, reject", "static:{dunno permit}", "bogus, reject", "cidr:@ETC@/acl"]
SITES = ["bl.test", "bl.test*2", "bl2.test=127.0.0.[2..4]*3", "wl.test*-2", "wl.test=127.0.0.2*-5", "bl2.test", "val.test=127.0.[0;2].2*1", "val.test=127.0.0.5*2", "BL.test*1",
         "odd.test=127.[0..255].[0;1;2].[2..11;15]"]
FOOTERS = ["call $client_address:$client_port now", "\\c. See $server_name $server_address $server_port", "one\\ntwo", "at $localtime from $client ${client_name}", "$recipient x", "a\\n\\nb",
           "\\c", "${client_address?{yes}:{no}} $$", "$server_name\\n", "'quoted' <$client_address>\\t"]
LINES = ["EHLO x.test", "EHLO x.test", "HELO y.test", "MAIL FROM:<joe@good.test>", "MAIL FROM:<joe@good.test>", "MAIL FROM:<>", "RCPT TO:<alice@example.test>",
         "RCPT TO:<alice@example.test>", "RCPT TO:<bob@example.test> NOTIFY=NEVER", "NOOP", "RSET", "VRFY alice", "ETRN a.test", "STARTTLS", "DATA", "BDAT 3 LAST", "QUIT", "FOO bar",
         "Subject: x", "GET / HTTP/1.0", "POST /", "CONNECT a:25 HTTP/1.1", "Received: from x", "AUTH PLAIN AGEAYQ==", "HELP", "EXPN x", "", "  NOOP", "noop x", "x-y: z", "From: a",
         "\xe9\xe9 x", "MAIL FROM:<\xe9@a.test> SMTPUTF8", "RCPT TO:<a b@c.test>", "MAIL FROM:joe", "RCPT TO", "MAIL", "EHLO", "BDAT", "DATA x", "ETRN", "VRFY", "EHLO a b", "HELO \x01\x7f",
         "A" * 120 + ": x", "Z" * 200, "MAIL FROM:<\"a\\\"b\"@c.test>", "RCPT TO:<@a.test:b@c.test>", "RCPT TO:<" + "r" * 130 + "@c.test>", "EHLO [192.0.2.1]", "XCLIENT NAME=a", "a:", ":", "a :b",
         "QUIT now", "NOOP\tx", "HELO\tz.test", "mail from:<j@g.test>", "RCPT TO:<>", "RCPT TO:<postmaster>", "MAIL FROM:<a@b.test> SIZE=999999999999999999999", "\"x\": y", "STARTTLS now"]


def options(pick, names):
    """Lines of main.cf of one postscreen."""
    found = {"postscreen_greet_wait": "1s"}

    def sometimes(share, name, value):
        if pick.random() < share:
            found[name] = value if isinstance(value, str) else pick.choice(value)
    sometimes(0.7, "postscreen_greet_action", ACTIONS)
    sometimes(0.1, "postscreen_greet_banner", ["", "welcome", "$myhostname hi"])
    sometimes(0.5, "postscreen_dnsbl_sites", pick.choice([" ", ", "]).join(pick.sample(SITES, pick.randint(1, 5))))
    sometimes(0.7, "postscreen_dnsbl_action", ACTIONS)
    sometimes(0.4, "postscreen_dnsbl_threshold", ["1", "2", "3", "5"])
    sometimes(0.3, "postscreen_dnsbl_allowlist_threshold", ["-1", "-2", "0", "-10"])
    sometimes(0.2, "postscreen_dnsbl_reply_map", "inline:{{bl.test=shown.test},{bl2.test=two words}}")
    for name in DEEP:
        sometimes(0.6, "postscreen_%s_enable" % name, "yes")
        sometimes(0.7, "postscreen_%s_action" % name, ACTIONS)
        sometimes(0.15, "postscreen_%s_ttl" % name, "4s")
    sometimes(0.2, "postscreen_greet_ttl", "4s")
    sometimes(0.2, "postscreen_dnsbl_max_ttl", "4s")
    sometimes(0.3, "postscreen_dnsbl_min_ttl", ["4s", "1s"])
    sometimes(0.6, "postscreen_access_list", [a if "%" not in a else a % names for a in ACCESS])
    sometimes(0.6, "postscreen_denylist_action", ACTIONS)
    sometimes(0.2, "postscreen_command_filter", "regexp:@ETC@/filter")
    sometimes(0.3, "postscreen_forbidden_commands", ["", "FOO", "foo help", "static:all", "CONNECT GET, POST regexp:{{/^[^A-Z]/ Bogus}}", "!foo, static:all"])
    sometimes(0.2, "postscreen_discard_ehlo_keywords", ["dsn, starttls", "silent-discard, size", "chunking vrfy", "bogus"])
    sometimes(0.15, "postscreen_discard_ehlo_keyword_address_maps", ["static:dsn", "static:{silent-discard,etrn}", "inline:{{%(one)s=size dsn}}" % names, "static:"])
    sometimes(0.3, "postscreen_reject_footer", FOOTERS)
    sometimes(0.15, "postscreen_reject_footer_maps", ["regexp:@ETC@/footers"])
    sometimes(0.15, "postscreen_expansion_filter", ["0123456789", "abcdef.:[]", "$smtpd_expansion_filter"])
    sometimes(0.2, "postscreen_helo_required", "yes")
    sometimes(0.2, "postscreen_disable_vrfy_command", "yes")
    sometimes(0.2, "postscreen_command_count_limit", ["2", "4", "6"])
    sometimes(0.15, "soft_bounce", "yes")
    sometimes(0.15, "smtputf8_enable", "no")
    sometimes(0.2, "line_length_limit", ["100", "512"])
    sometimes(0.35, "postscreen_tls_security_level", ["may", "encrypt", "none"])
    sometimes(0.1, "postscreen_allowlist_interfaces", ["!192.0.2.254 static:all", "192.0.2.254", "static:all", "127.0.0.1"])
    sometimes(0.1, "postscreen_command_time_limit", "2s")
    sometimes(0.1, "info_log_address_format", "internal")
    sometimes(0.2, "respectful_logging", ["yes", "no"])
    if pick.random() < 0.12:
        found["postscreen_upstream_proxy_protocol"] = "haproxy"
        found["postscreen_upstream_proxy_timeout"] = "2s"
    return found


class Screens(Recorder):
    area = "random"
    cost = 100
    timeout = 2000
    files = {"acl": "192.0.2.0/26 permit\n192.0.2.64/26 reject\n198.51.100.0/25 dunno\n203.0.113.7 bogus\n",
             "filter": "/^PING$/ NOOP\n/^FOO (.*)/ VRFY $1\n/^(noop)/ QUIT\n/^HELP/ Subject: x\n/^EXPN/ RCPT TO:<filtered@example.test>\n/^RSET$/ \n",
             "footers": "/^5/ mapped $server_name\n/^450 4.3.2/ \\c; again\n"}

    def open(self):
        pick = random.Random("screens %d" % SEED)
        addresses = ["192.0.2.%d" % n for n in range(1, 250)] + ["198.51.100.%d" % n for n in range(1, 250)] + ["203.0.113.%d" % n for n in range(1, 250)]
        pick.shuffle(addresses)
        self.plans, text, zone = [], "", []
        for n in range(SERVICES):
            mine = [addresses.pop() for _ in range(CLIENTS)]
            names = {"one": mine[0], "two": mine[1], "three": mine[2]}
            chosen = options(pick, names)
            chosen["postscreen_cache_map"] = "btree:$data_directory/ps_%d" % n
            text += "192.0.2.254:%d inet n - n - 1 postscreen\n" % (2600 + n)
            for name, value in chosen.items():
                text += "    -o { %s = %s }\n" % (name, value)
            proxied = "postscreen_upstream_proxy_protocol" in chosen
            for address in mine:
                self.plans.append((n, address, chosen, [self.visit(pick, address, proxied) for _ in range(pick.choice([1, 1, 2, 2, 3]))]))
                for domain in ("bl.test", "bl2.test", "wl.test", "val.test", "odd.test"):
                    for value in pick.choice([[], [], ["127.0.0.2"], ["127.0.0.5"], ["127.0.0.3", "127.0.2.2"], ["127.0.0.2", "127.0.0.5"], ["127.9.1.15"], ["FAIL"], ["10.1.2.3"]]):
                        zone.append("%s.%s %s" % (".".join(reversed(address.split("."))), domain, "SERVFAIL" if value == "FAIL" else "A " + value))
        self.dns = "\n".join(zone)
        self.main = "postscreen_access_list =\nsmtpd_peername_lookup = no\nmynetworks = 192.0.2.0/26 127.0.0.0/8\nsmtpd_tls_chain_files = @TLS@/server.pem\n" \
                    "postscreen_client_connection_count_limit = 0\ndefault_process_limit = 1000\n"
        self.master = text + OTHERS
        super().open()

    def visit(self, pick, address, proxied):
        """What is sent: before the greeting, then blob by blob, each (bytes, answers expected); then how it ends; the pause after it."""
        def lines():
            count = pick.choice([1] * 8 + [2, 2, 3])
            text, end = b"", b"\r\n"
            for _ in range(count):
                end = pick.choice([b"\r\n"] * 14 + [b"\n"])
                text += pick.choice(LINES).encode("latin-1") + end
            return text, count
        early = None
        if pick.random() < 0.2:
            early = pick.choice([lines, lambda: (b"EHLO x\r\n", 1), lambda: (b"\x16\x03\x01\x00\xfc", 0), lambda: (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", 3), lambda: (b"EHLO a\r\nMAIL FROM:<a@b.test>\r\n", 2)])()
        polite = [(text, 1) for text in (b"EHLO x.test\r\n", b"MAIL FROM:<joe@good.test>\r\n", b"RCPT TO:<alice@example.test>\r\n")]
        blobs = polite[:pick.choice([3, 3, 3, 2, 1])] if pick.random() < 0.5 else []
        blobs += [lines() for _ in range(pick.randint(0, 5))]
        header = None
        if proxied and pick.random() < 0.9:
            header = pick.choice([b"PROXY TCP4 %s 192.0.2.254 4444 25\r\n" % address.encode()] * 6 +
                                 [b"PROXY TCP4 203.0.113.250 192.0.2.1 5555 25\r\n", b"PROXY TCP6 2001:db8::77 2001:db8::1 5555 25\r\n", b"PROXY TCP4 x y 1 2\r\n",
                                  b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\xcb\0\x71\xd3\xc0\0\x02\x01\x15\xb3\0\x19", b"\r\n\r\n\0\r\nQUIT\n\x20\0\0\0", b"PROXY\r\n", b"EHLO x\r\n",
                                  b"PROXY TCP4 192.0.2.9 192.0.2.1 0 25\r\n", b"proxy TCP4 192.0.2.9 192.0.2.1 1 25\r\n", b"PROXY TCP4 192.0.2.9 192.0.2.1 1 25 x\r\n",
                                  b"\r\n\r\n\0\r\nQUIT\n\x21\x12\0\x0c\xcb\0\x71\xd3\xc0\0\x02\x01\x15\xb3\0\x19"])
        leave = pick.choice(["quit"] * 6 + ["close", "close", "early" if not early else "quit", "partial", "silent"])
        return {"header": header, "early": early, "blobs": blobs, "leave": leave, "pause": pick.choice([0.1, 0.1, 0.1, 5.5]), "tls": pick.random() < 0.6}

    def read(self, talk, patience):
        """One reply, as it is; None: nothing comes."""
        whole = []
        while True:
            while b"\n" not in talk["buffer"]:
                talk["socket"].settimeout(patience)
                try:
                    more = talk["socket"].recv(65536)
                except (socket.timeout, ssl.SSLWantReadError):
                    return " | ".join(whole + ["(silence)"])
                except OSError:
                    more = b""
                if not more:
                    return " | ".join(whole + ["(end)"])
                talk["buffer"] += more
            line, _, talk["buffer"] = talk["buffer"].partition(b"\n")
            whole.append(line.decode("latin-1").rstrip("\r"))
            if line[3:4] != b"-":
                return " | ".join(whole)

    def converse(self, port, address, plan):
        said = []
        s = socket.socket()
        s.settimeout(8)
        s.bind((address, 0))
        s.connect(("192.0.2.254", port))
        talk = {"socket": s, "buffer": b""}
        try:
            if plan["header"]:
                s.sendall(plan["header"])
            if plan["leave"] == "early":
                self.read(talk, 0.3)
                return ["(left)"]
            expected = 1
            if plan["early"]:
                if plan["header"]:
                    time.sleep(0.2)
                s.sendall(plan["early"][0])
                expected += plan["early"][1]
            first = True
            for _ in range(expected):
                said.append(self.read(talk, 4 if first else 1.5))
                first = False
                if said[-1].endswith("(end)"):
                    return said
                if said[-1].endswith("(silence)"):
                    break
            for blob, answers in plan["blobs"]:
                talk["socket"].sendall(blob)
                said.append(">" + repr(blob)[:60])
                for _ in range(answers):
                    said.append(self.read(talk, 1.5))
                    if said[-1].endswith("(end)"):
                        return said
                    if said[-1].startswith("220 2.0.0 Ready"):
                        if not plan["tls"]:
                            talk["socket"].sendall(b"NOOP\r\n")
                            said.append(self.read(talk, 1.5))
                            return said
                        talk["socket"] = client_tls().wrap_socket(talk["socket"])
                        talk["buffer"] = b""
                        break
                    if said[-1].endswith("(silence)"):
                        break
            if plan["leave"] == "quit":
                talk["socket"].sendall(b"QUIT\r\n")
                said.append(self.read(talk, 1.5))
                said.append(self.read(talk, 1.5))
            elif plan["leave"] == "partial":
                talk["socket"].sendall(b"RCPT TO:<unfini")
                time.sleep(0.2)
            elif plan["leave"] == "silent":
                said.append(self.read(talk, 2.5))
        except OSError as failure:
            said.append("!" + type(failure).__name__)
        finally:
            talk["socket"].close()
        return said

    def scrub(self, text):
        text = self.clean(text)
        text = re.sub(r"(\[[0-9a-f.:]+\]):\d{4,5}\b", r"\1:PORT", text)
        text = re.sub(r"after \d+(\.\d+)? from", "after T from", text)
        text = re.sub(r"PREGREET (\d+) after [\d.]+", r"PREGREET \1 after T", text)
        text = re.sub(r"\w{3} [\d ]\d \d\d:\d\d:\d\d", "DATE", text)
        text = re.sub(r"(\d+\.\d+\.\d+\.\d+):\d{5}\b", r"\1:PORT", text)
        return text

    def lines(self, since, address):
        """Of one client, each program's in their order."""
        screen, lists = [], set()
        reversed_address = ".".join(reversed(address.split(".")))
        for line in self.inst.log_text(since).splitlines():
            m = re.search(r"[\w@]+/(?:\S+/)?([\w-]+)\[\d+\]: (.*)", line)
            if not m or m[1] not in ("postscreen", "dnsblog", "tlsproxy"):
                continue
            text = m[2]
            if re.search(r"listed by domain|dnsblog_query", text):
                if " %s " % address in text or " %s." % reversed_address in text:
                    lists.add(self.scrub(text))
            elif "[%s]" % address in text and m[1] != "tlsproxy":
                screen.append(self.scrub(text))
        return [screen, sorted(lists)]

    def one_client(self, service, address, visits, answers):
        for number, plan in enumerate(visits):
            since = self.inst.log_size()
            said = self.converse(2600 + service, address, plan)
            until = time.time() + 3
            seen = re.compile(r"(PASS \w+|LISTED|DISCONNECT) \[%s\]" % re.escape(address))
            while time.time() < until and not seen.search(self.inst.log_text(since)):
                time.sleep(0.05)
            time.sleep(0.2)
            answers.append((number, plan, [self.scrub(text) for text in said], self.lines(since, address)))
            time.sleep(plan["pause"])

    def test_random(self):
        for start in range(0, len(self.plans), 40):
            some = self.plans[start:start + 40]
            answers = [[] for _ in some]
            threads = [threading.Thread(target=self.one_client, args=(service, address, visits, answers[n]))
                       for n, (service, address, _, visits) in enumerate(some)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            for (service, address, chosen, _), found in zip(some, answers):
                for number, plan, said, log in found:
                    self.record("%d service %d %s visit %d %s %s" % (SEED, service, {k[11:] if k.startswith("postscreen_") else k: v for k, v in chosen.items()}, number, address, plan), [said, log])
